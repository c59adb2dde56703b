"""What one can ask. A verb is a file here with a function of the same name; every face offers every verb.

The first line of the file is the verb in one sentence, the function's docstring is its manual, its arguments are what
can be asked for; it answers and prints nothing.
"""

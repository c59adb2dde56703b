"""The crew: documents are read by processes that are watched, on this machine or on many, and one that falls costs one.

Whoever works on a batch of documents (a thread here, a worker of Dask, any ``Executor``) gives it to a process of its
own and minds it: how long a document takes, how much memory it needs, whether the process lives. A document that runs
over is killed with its process and becomes trouble; a new process does the others.
"""

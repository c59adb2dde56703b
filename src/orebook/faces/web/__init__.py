"""The open book: the pages of a book in a browser, drawn and written on the server, needing nothing from outside.

A page is one file in ``pages`` with a ``PAGE`` in it, and its template of the same name; it is found by its place.
"""

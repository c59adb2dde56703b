"""Made fit to show: results in, page out. One folder for each kind of result, in it one file for each format.

A format is a module with a function ``page(results, paper)`` that yields the page piece by piece, as text or bytes.
``DEFAULT`` of a folder names the format that people get who ask for none.
"""

"""Rules on the document as a document: what it names, dates, refers to, and what a reader would look for in it."""

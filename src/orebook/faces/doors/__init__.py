"""Doors: verbs that open another face, such as a browser's; the command line offers them beside those of the desk."""

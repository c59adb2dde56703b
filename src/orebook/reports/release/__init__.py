"""A release made fit to send: from templates, pages, tables and drawings to one document whose numbers lead back."""

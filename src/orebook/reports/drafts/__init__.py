"""Drafts of releases as documents: to edit and compare (Markdown), to look at (HTML), to send round (DOCX, PDF)."""

DEFAULT = "md"

"""Printed tables as pages: for people, for documents, and for programs. Formats set type; they round nothing."""

DEFAULT = "text"

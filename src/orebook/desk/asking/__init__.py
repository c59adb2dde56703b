"""Asking: questions in SQL that nobody has looked at are answered by processes of their own, under watch."""

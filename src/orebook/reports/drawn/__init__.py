"""Drawings as files: for pages and editing (SVG), for print (PDF), as pictures (PNG)."""

DEFAULT = "svg"

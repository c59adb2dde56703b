"""Findings as pages: for people, for programs, and for the tools that mark them in a change."""

DEFAULT = "text"

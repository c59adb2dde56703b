"""The catalogue of rules as pages."""

DEFAULT = "text"

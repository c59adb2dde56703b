"""Charts made fit to show: one file for each format."""

DEFAULT = "svg"

"""Holes in space as files for other programs: geographic systems, modelling, drawing, logs."""

DEFAULT = "gpkg"

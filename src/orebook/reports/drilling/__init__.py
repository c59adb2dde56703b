"""Drilling made fit to print: intersections, collars, programmes and sentences from tables of results."""

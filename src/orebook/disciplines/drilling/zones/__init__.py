"""Zones: planes in the ground, how holes meet them, how thick they are and how far they reach."""

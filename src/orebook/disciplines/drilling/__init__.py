"""Holes in the ground: intervals, what they hold, how square they cut a zone, and how much was drilled."""

"""Intersections: what a rule set calls ore in a hole, chosen exactly, with all that belongs to it."""

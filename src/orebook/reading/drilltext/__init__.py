"""Drill results in prose: the pieces of a sentence, the intercepts they make, and which hole each belongs to."""

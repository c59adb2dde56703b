"""Who owns what, what may be earned, and what is owed."""

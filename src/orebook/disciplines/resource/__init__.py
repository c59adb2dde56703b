"""How much there is, how rich, and how surely."""

"""Orebook: from drill core to news release, every number computed, traced and checked.

A **figure** is a number as it was said. A **fact** is a figure with its meaning and its place. A **table** is rows of
one kind. A **finding** is what a rule noticed. A **book** is a folder that holds them all.
"""

__version__ = "0.1.0"

"""Pages of tenure: what is to be said of options in a release, from tables of unrounded figures."""

"""The language of releases: numbers with units, dates, names of metals, places and companies, and their links."""

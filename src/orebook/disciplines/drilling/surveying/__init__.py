"""Surveying: where holes run: collars, stations, paths, north, errors, sections."""

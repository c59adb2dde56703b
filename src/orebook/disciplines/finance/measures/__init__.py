"""Measures of a company's own: definitions as data, bridges that add up, costs per unit, and the words they need."""

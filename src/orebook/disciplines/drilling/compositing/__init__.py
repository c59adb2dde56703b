"""Compositing: samples averaged over lengths, domains and any other stretches of a hole."""

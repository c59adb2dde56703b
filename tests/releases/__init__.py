"""Invented releases with answer keys, written apart from the readers, and the score of a reading against them."""

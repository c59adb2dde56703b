"""Drawings: results as pictures, each one function from tables to a drawing that pages, files and notebooks share."""

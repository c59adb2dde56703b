"""Assistance at the desk: the endpoint that somebody named is asked about what the readers missed.

Nothing of it is loaded, and nothing leaves this machine, unless ``--assist`` names an endpoint.
"""

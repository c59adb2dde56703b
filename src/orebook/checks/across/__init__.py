"""Rules across releases: the figures of one issuer, told again later, must be those that were told before."""

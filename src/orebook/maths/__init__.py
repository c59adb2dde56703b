"""Mathematics that knows no mining word."""

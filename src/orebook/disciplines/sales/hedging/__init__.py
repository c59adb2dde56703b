"""Hedging: forwards, swaps, puts, calls and collars on metal and currency: value, gains, and what is still open."""

"""Ledger: accounts and what was posted to them, by period, to the cent, in every version that was published."""

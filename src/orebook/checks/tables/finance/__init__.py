"""Rules on accounts, ledgers, shares and what belongs to them: T8."""

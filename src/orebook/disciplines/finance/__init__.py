"""What it earned and what it cost: per share, changes, parts and totals, currencies."""

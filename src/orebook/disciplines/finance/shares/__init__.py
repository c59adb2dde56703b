"""Shares: how many there were, day by day, weighted, basic and diluted, and what a bid for own shares may buy."""

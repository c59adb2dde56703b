"""How well Orebook reads: our facts against the facts that people found in real releases."""

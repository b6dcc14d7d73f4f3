"""How a plan becomes papers."""

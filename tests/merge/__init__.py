"""How records become a plan."""

"""The nouns passed between stages: frozen, typed, no input or output."""

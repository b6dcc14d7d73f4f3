"""The whole way, from the blank to the papers."""

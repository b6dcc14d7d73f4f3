"""The traps of the source documents: oddities that really stand in them, each a small document or file (README.md lists them)."""

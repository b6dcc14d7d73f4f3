"""The Word master and the blanks stamped from it."""

"""Hangs, crashes and greed end with one document: tests of the bounded child, and the faults that it is tested with."""

"""Asking back: a partnership's own return as a clean Word file with a comment on each place in question, and what changed between returns.

Knows Word and the model. Nothing of a stranger's file goes out but its text, tables, styles, lists and notes.
"""

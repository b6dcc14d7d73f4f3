"""From the inbox to a receipt: every document is kept as it came before anything looks inside.

Knows file names and bytes, nothing of what they hold. The inbox itself is never changed.
"""

"""The Word masters of the reports: compiled, fenced in, and followed tag by tag without printing anything.

Start at `pipeline.publish.masters.master`.
"""

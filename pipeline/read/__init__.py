"""Bytes to a `Document`: one module or folder per format. Knows formats, nothing of forms."""

from pipeline.read.reading import Source, document

__all__ = ["Source", "document"]

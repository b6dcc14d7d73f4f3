"""Plain text, and the plain body of a mail. Start at `pipeline.read.text.reader`."""

from pipeline.read.text.blocks import blocks_of
from pipeline.read.text.reader import TextReader

__all__ = ["TextReader", "blocks_of"]

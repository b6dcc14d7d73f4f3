"""Word documents: .docx, .docm, .dotx, transitional and strict. Start at `pipeline.read.docx.reader`."""

from pipeline.read.docx.reader import DocxReader

__all__ = ["DocxReader"]

"""PDF documents: the words, lines, form fields and annotations of pages with a text layer."""

from pipeline.read.pdf.reader import PdfReader

__all__ = ["PdfReader"]

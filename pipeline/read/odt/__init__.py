"""OpenDocument text."""

from pipeline.read.odt.reader import OdtReader

__all__ = ["OdtReader"]

"""Rich Text Format, as Word, LibreOffice and WordPad write it. Start at `pipeline.read.rtf.reader`."""

from pipeline.read.rtf.reader import RtfReader

__all__ = ["RtfReader"]

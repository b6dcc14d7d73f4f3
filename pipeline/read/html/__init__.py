"""Web pages: .html, what Word saves as one, single-file pages, and the HTML body of a mail. Start at `pipeline.read.html.reader`."""

from pipeline.read.html.blocks import Said, blocks_of
from pipeline.read.html.reader import HtmlReader

__all__ = ["HtmlReader", "Said", "blocks_of"]

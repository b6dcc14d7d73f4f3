"""Lay a return against the blank that was issued: which words answer which field.

One way for every format. The blank is known text with known slots; the return is that text, damaged, with answers. Control tags, labels,
table columns and the order of the form are evidence for where a slot is; what lies in the slot is the answer.
Knows the form's shape, nothing of what values mean.
"""

from pipeline.align.alignment import align
from pipeline.align.layout import Layout, layout
from pipeline.model.alignments import Alignment
from pipeline.model.documents import Document
from pipeline.model.pages import PrintedBlank


def align_scan(document: Document, layout: Layout, blank: PrintedBlank) -> Alignment:
    """Say which words of a scan answer which field, by their labels and by where they stand on the printed blank.

    What it needs beside is only there where scans are read, and so is not loaded for others.
    """
    from pipeline.align.over import align_over

    return align_over(document, layout, blank)


__all__ = ["Layout", "align", "align_scan", "layout"]

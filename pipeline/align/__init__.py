"""Lay a return against the blank that was issued: which words answer which field.

One way for every format. The blank is known text with known slots; the return is that text, damaged, with answers. Control tags, labels,
table columns and the order of the form are evidence for where a slot is; what lies in the slot is the answer.
Knows the form's shape, nothing of what values mean.
"""

from pipeline.align.alignment import align
from pipeline.align.layout import Layout, layout

__all__ = ["Layout", "align", "layout"]

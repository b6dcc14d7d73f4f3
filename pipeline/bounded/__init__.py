"""Strangers' documents are read behind a wall: one bounded process for each, and many side by side.

    caller ──bytes──► nursery (imports the readers and sets up once) ──fork──► child: one document, then gone
           ◄─answer──                                               ◄─answer──

The caller never looks inside a document. The nursery does not either: it hands bytes on, watches the clock and clears up. What may go
wrong with a document goes wrong in its child, and is a state of that document: `timeout`, `memory` or `crashed`.

Knows nothing of forms, formats or stages: what a child does is named by the caller.
"""

from pipeline.bounded.bounds import Bounds, Work
from pipeline.bounded.nursery import Nursery, NurseryError, unbounded
from pipeline.bounded.side_by_side import Item, read_all

__all__ = ["Bounds", "Item", "Nursery", "NurseryError", "Work", "read_all", "unbounded"]

"""Rows of a table that no page break parts, as long as they are short: a long text that could not be parted would leave a page half empty.

A row that the master marks (in Word: “Allow row to break across pages” switched off) keeps its mark where what it came to say has room on
a part of a page. Otherwise it loses it, and is not held to the next row either: else all that is held to it would move to a page of its
own. Works on the stream of a paper, and knows nothing of what the rows say.

Source: ECMA-376-1 4th ed., 17.4.6 (cantSplit).
"""

import re
from collections.abc import Iterator

_MARK, _HELD, _END = "<w:cantSplit/>", "<w:keepNext/>", "</w:tr>"
_BEGINNING = 300
"""Characters of XML from the mark in which the first paragraph of the row begins."""
_TAGS = re.compile(r"<[^>]*>")
_SURELY_SHORT = 1_500
"""Characters of XML from the mark to the end of the row: nearly every row has fewer."""
_SURELY_LONG = 12_000
_MOST = 1_500
"""Letters that a short row has, all its cells together: some twenty lines in a column of half the page."""
_A_PARAGRAPH = 60
"""Letters that a paragraph takes the room of, however short it is."""


def short_rows_whole(pieces: Iterator[str]) -> Iterator[str]:
    """Yield the XML of a part without the marks of its long rows.

    Args:
        pieces: the XML from its beginning; no mark is parted between two of them. What is held back is a part of one row.
    """
    held = ""
    for piece in pieces:
        text = "".join((held, piece))  # of a piece that Jinja marked as escaped, plain text
        if _MARK not in text:
            held = ""
            yield text
            continue
        done, held = _judged(text)
        yield done
    yield held


def _judged(text: str) -> tuple[str, str]:
    """Return XML whose rows have been judged, and what follows of a row that has not ended yet."""
    made: list[str] = []
    after = 0
    while (mark := text.find(_MARK, after)) >= 0:
        start = mark + len(_MARK)
        end = text.find(_END, start, start + _SURELY_LONG)
        if end < 0 and len(text) - start < _SURELY_LONG:
            return "".join((*made, text[after:mark])), text[mark:]
        if end >= 0 and _is_short(text[start:end]):
            made.append(text[after:start])
            after = start
        else:
            made += text[after:mark], text[start : start + _BEGINNING].replace(_HELD, "", 1)
            after = start + _BEGINNING
    return "".join((*made, text[after:])), ""


def _is_short(row: str) -> bool:
    return len(row) < _SURELY_SHORT or len(_TAGS.sub("", row)) + _A_PARAGRAPH * row.count("<w:p>") <= _MOST

"""Lines that a program broke to fit a width, put together again. Labels, items of lists and short lines stay by themselves.

A line goes on in the next where the next one's first word would not have fitted behind it. Knows nothing of what the lines say.
"""

import re
from typing import NamedTuple

_MARKER = re.compile(r"(?:[•·▪▫◦‣●○■□➢✓*–—-]|o(?=\s)|\(?(?:\d{1,3}|[a-z]|[ivx]{1,5})[.)])(?:\s+|$)", re.IGNORECASE)
"""What begins an item of a typed list."""
_LABEL = re.compile(r"[^\W\d_][^:\n]{0,60}:(?:\s|$)")
_LABEL_WORDS = 9
_RULE = re.compile(r"[-=_*~+|─━═\s]{3,}")
_QUOTED = re.compile(r"[>|]")
_NARROWEST, _WIDEST = 60, 84
"""Characters between which mail programs and typists break lines."""


class Line(NamedTuple):
    """A line as a person would read it: what was broken to fit is whole again."""

    text: str
    indent: int
    """Columns before its first word."""
    item: bool
    """True where a marker was typed before it."""
    number: int
    """Which line of the text it began in, from 0."""


def is_item(text: str) -> bool:
    """Say whether a line begins an item of a typed list."""
    return _MARKER.match(text) is not None


def is_rule(text: str) -> bool:
    """Say whether a line is only drawn: it has no words."""
    return _RULE.fullmatch(text) is not None


def width(lines: list[str]) -> int:
    """Return the width that a text was broken to; 0 where nothing says that it was broken."""
    lengths = sorted(len(line.rstrip()) for line in lines if line.strip())
    if not lengths or lengths[-1] > _WIDEST * 2:
        return 0
    near = [length for length in lengths if _NARROWEST <= length <= _WIDEST]
    return near[-1] if near else 0


def unwrapped(lines: list[str], wide: int, *, in_cell: bool = False) -> list[Line]:
    """Put lines together that belong together.

    Args:
        lines: without a blank one among them.
        wide: the width that the text was broken to; 0 for none.
        in_cell: True for the lines of a narrow cell, in which a label may be broken too.

    Returns:
        The lines as a person would read them, from top to bottom.
    """
    out: list[Line] = []
    last = ""
    for number, raw in enumerate(lines):
        typed = raw.rstrip().expandtabs(8)
        text, indent = raw.strip(), len(typed) - len(typed.lstrip())
        labels = is_label(text) and not (in_cell and out and _ends_label(out[-1].text, text))
        if out and wide and not labels and _goes_on(out[-1], last, text, indent, wide):
            out[-1] = out[-1]._replace(text=f"{out[-1].text} {text}")
        else:
            out.append(Line(text, indent, is_item(text), number))
        last = typed
    return out


def _goes_on(line: Line, last: str, text: str, indent: int, wide: int) -> bool:
    """Say whether a line goes on in the next one."""
    fits = len(last) + 1 + len(text.split(None, 1)[0]) <= wide
    if (
        (fits and not (len(last) >= _NARROWEST and text[0].islower()))
        or is_item(text)
        or is_rule(text)
        or is_rule(line.text)
        or _QUOTED.match(text)
    ):
        return False
    return indent == line.indent or (line.item and indent > line.indent) or (line.number == 0 and indent < line.indent)


def _ends_label(text: str, rest: str) -> bool:
    """Say whether a line is the end of a label that was broken in a cell: "Cabinet" and then "Member:"."""
    return rest.endswith(":") and ":" not in text


def is_label(text: str) -> bool:
    """Say whether a line begins as a label does: a few words with a capital, and a colon."""
    found = _LABEL.match(text)
    return found is not None and text[0].isupper() and len(found[0].split()) <= _LABEL_WORDS


def flowed(text: str) -> str:
    """Put the lines of a `format=flowed` text together: one that ends in a space goes on in the next.

    Source: RFC 3676, 4.2 (flowed lines), 4.3 (the line before a signature), 4.4 (a space put before a line).
    """
    out: list[str] = []
    going = False
    for line in text.split("\n"):
        body = line.removeprefix(" ")
        quoted = body.startswith(">")
        if going and out and not quoted and body != "-- ":
            out[-1] += body
        else:
            out.append(body)
        going = body.endswith(" ") and body != "-- " and not quoted
    return "\n".join(out)

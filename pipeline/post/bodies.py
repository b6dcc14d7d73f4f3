"""The two bodies of a letter: plain text, and a page of HTML that a screen reader can read aloud; both from one text.

A paragraph that is bold from end to end is a heading. Lists are lists; nothing is laid out with tables, and there are no pictures.
"""

import textwrap
from collections.abc import Iterable
from html import escape
from itertools import groupby

from pipeline.grammar.narrative import passages
from pipeline.model.records import Passage
from pipeline.post.letters import unguarded

_WIDTH = 76
"""Characters of a line of plain text. Source: RFC 5322, 2.1.1 (78 with what a reply puts in front)."""
_BULLET = "•"
_TAGS = {"bold": "strong", "italic": "em"}

_PAGE = """\
<!DOCTYPE html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>body {{ font: 100%/1.5 Arial, sans-serif; max-width: 42em; margin: 1em; }} h2 {{ font-size: 1.15em; margin: 1.2em 0 0.4em; }}</style>
</head>
<body>
{body}
</body>
</html>
"""


def plain_text(body: str) -> str:
    """Return a letter's body as plain text.

    Args:
        body: as `Letter.body` has it.

    Returns:
        Lines of at most 76 characters, where no single word is longer, each with its end.
    """
    said, last = [], None
    for passage in passages(body):
        together = last is not None and bool(last.bullet) and bool(passage.bullet)
        if last is not None and not together:
            said.append("")
        marker = f"{'-' if passage.bullet == _BULLET else passage.bullet} " if passage.bullet else ""
        margin = "  " * passage.level
        said += textwrap.wrap(
            unguarded(passage.text),
            _WIDTH,
            initial_indent=margin + marker,
            subsequent_indent=margin + " " * len(marker),
            break_long_words=False,
            break_on_hyphens=False,
        )
        last = passage
    return "\n".join(said) + "\n"


def page(title: str, body: str) -> str:
    """Return a letter's body as a page of HTML.

    Args:
        title: what the letter is about; plain.
        body: as `Letter.body` has it.
    """
    blocks: list[str] = []
    for listed, found in groupby(passages(body), lambda passage: bool(passage.bullet)):
        together = list(found)
        blocks += _lists(together) if listed else [_paragraph(passage) for passage in together]
    return _PAGE.format(title=escape(title), body="\n".join(blocks))


def _paragraph(passage: Passage) -> str:
    heading = any(mark.kind == "bold" and (mark.start, mark.end) == (0, len(passage.text)) for mark in passage.marks)
    return f"<h2>{escape(unguarded(passage.text))}</h2>" if heading else f"<p>{_inline(passage)}</p>"


def _lists(items: list[Passage]) -> list[str]:
    """Return the lists that a run of items makes: another kind of marker on one level begins another list."""
    open_: list[tuple[int, str]] = []
    made: list[str] = []
    for item in items:
        kind = "ul" if item.bullet == _BULLET else "ol"
        while open_ and (open_[-1][0] > item.level or (open_[-1][0] == item.level and open_[-1][1] != kind)):
            made.append(f"</li></{open_.pop()[1]}>")
        if open_ and open_[-1][0] == item.level:
            made.append("</li>")
        else:
            open_.append((item.level, kind))
            made.append(f"<{kind}>")
        number = f' value="{item.bullet.rstrip(".)")}"' if kind == "ol" else ""
        made.append(f"<li{number}>{_inline(item)}")
    made += [f"</li></{kind}>" for _, kind in reversed(open_)]
    return ["".join(made)]


def _inline(passage: Passage) -> str:
    """Return the words of a passage with their emphasis, which does not overlap."""
    said, end = "", 0
    spans: Iterable[tuple[int, int, str]] = sorted((mark.start, mark.end, mark.kind) for mark in passage.marks)
    for (start, stop), marks in groupby(spans, lambda span: span[:2]):
        tags = [_TAGS[kind] for _, _, kind in marks]
        opened, closed = "".join(f"<{tag}>" for tag in tags), "".join(f"</{tag}>" for tag in reversed(tags))
        said += f"{escape(unguarded(passage.text[end:start]))}{opened}{escape(unguarded(passage.text[start:stop]))}{closed}"
        end = stop
    return said + escape(unguarded(passage.text[end:]))

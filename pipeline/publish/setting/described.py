"""Content, described for the template `paper.typ`: blocks with the space before each, lists put together, every look once.

Source: ECMA-376-1 4th ed., 17.3.1.33 (the space after a paragraph and before the next are added), 17.3.1.9 (contextual spacing).
"""

import json
import re
from collections.abc import Iterable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

from pipeline.publish.setting.content import (
    Block,
    Cell,
    Chart,
    Content,
    Contents,
    Footnote,
    Inline,
    PageBreak,
    Paragraph,
    Picture,
    Row,
    Run,
    Section,
    Table,
)
from pipeline.publish.setting.dress import BETWEEN, EDGES, SANS, differences, look_of, plot_of
from pipeline.publish.setting.looks import Properties

_LONGEST_LABEL = 12
"""Letters of a number or bullet that was typed before a tab."""
_BULLETS = "•▪–-›✓◦"
_SHORT = 1_200
"""Letters of what fits on half a page: only that may be held together."""


class Pictures:
    """The files that the template reads pictures from."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._numbers = count(1)

    def put(self, picture: Picture) -> str:
        """Write a picture, and return the name of its file."""
        name = f"picture-{next(self._numbers)}.{picture.kind}"
        (self._folder / name).write_bytes(picture.data)
        return name


class Described:
    """Content, described for the template: lengths in points, each look once.

    Args:
        content: the paper.
        pictures: where its pictures go.
    """

    def __init__(self, content: Content, pictures: Pictures) -> None:
        self._content = content
        self._pictures = pictures
        self._looks: dict[str, int] = {}
        self._kept: list[dict[str, Any]] = []
        self._level = 0
        self._led_to = frozenset(_asked(content))
        self._anchored: set[str] = set()

    def whole(self) -> dict[str, Any]:
        """Return all that the template reads."""
        language, _, region = self._content.language.partition("-")
        sections = [self._section(section) for section in self._content.sections]
        title = self._content.title or "Paper"
        told = {"title": title, "author": self._content.author, "lang": language, "region": region or "GB", "fonts": SANS}
        return {**told, "sections": sections, "looks": self._kept}

    def _section(self, section: Section) -> dict[str, Any]:
        first = None if section.first is None else [[self._paragraph(one) for one in beside] for beside in section.first]
        around = {name: [self._paragraph(one) for one in getattr(section, name)] for name in ("header", "footer")}
        margins = dict(section.margins)
        for side, name in (("top", "header"), ("bottom", "footer")):
            margins[side] = max(margins[side], margins[name] + max(map(_height, _ways(section, name))))
        size = {"width": section.width, "height": section.height, "margins": margins, "counts_from": section.counts_from}
        return {**size, **around, "first": first, "blocks": self._blocks(section.blocks)}

    def _blocks(self, blocks: Iterable[Block]) -> list[dict[str, Any]]:
        """Describe blocks, the space between two of them with the second, and put paragraphs of a list together."""
        made: list[dict[str, Any]] = []
        after, lists = 0.0, list[dict[str, Any]]()
        close = ""
        for block in blocks:
            if not isinstance(block, Paragraph):
                described = self._other(block)
                made.append({**described, "gap": after or (6.0 if isinstance(block, Chart) else 0.0)})
                after, lists, close = 0.0, [], ""
                continue
            look = block.look
            together = look.get("close", False) and close == block.style
            gap = 0.0 if together else after + look.get("before", 0.0)
            after, close = (look.get("after", 0.0), block.style if look.get("close") else "")
            if look.get("break") and made:
                made.append({"kind": "break"})
            item = _item(block)
            if item.label and not item.level:
                self._list(item, gap, lists, made)
            else:
                made.append({**self._paragraph(item), "gap": gap})
                lists = []
        return made

    def _list(self, block: Paragraph, gap: float, lists: list[dict[str, Any]], made: list[dict[str, Any]]) -> None:
        """Add an item to the list that is open at its depth, or begin one."""
        edge = block.look.get("left", 0.0) + block.look.get("first", 0.0)
        described = self._paragraph(block)
        item = {"label": block.label, "inner": [], **{name: described[name] for name in ("look", "runs", "anchors")}}
        while lists and edge < lists[-1]["edge"] - 1:
            lists.pop()
        if lists and edge < lists[-1]["edge"] + 1:
            if len(lists[-1]["items"]) == 1:
                lists[-1]["spacing"] = gap
            lists[-1]["items"].append(item)
            lists[-1]["bullets"] = lists[-1]["bullets"] and block.label == lists[-1]["items"][0]["label"]
            return
        above = lists[-1]["items"][-1]["inner"] if lists else made
        from_left = edge - (lists[-1]["left"] if lists else 0.0)
        begun = {
            "kind": "list",
            "edge": edge,
            "left": block.look.get("left", 0.0),
            "indent": from_left,
            "gap": gap,
            "spacing": gap,
            "items": [item],
            "bullets": not block.label.strip(_BULLETS),
        }
        above.append(begun)
        lists.append(begun)

    def _other(self, block: Table | Chart | Contents | PageBreak) -> dict[str, Any]:
        if isinstance(block, Table):
            return self._table(block)
        if isinstance(block, Chart):
            return plot_of(block)
        if isinstance(block, Contents):
            return {"kind": "contents", "levels": block.levels, "looks": [self._look(look) for look in block.looks] or [self._look({})]}
        return {"kind": "break"}

    def _paragraph(self, block: Paragraph) -> dict[str, Any]:
        level = min(block.level, self._level + 1)
        if block.level:
            self._level = level
        anchors = [name for name in block.anchors if name in self._led_to and name not in self._anchored]
        self._anchored |= set(anchors)
        runs = [part for inline in block.inlines for part in self._inline(inline, block.look)]
        look = {**block.look, "whole": block.look.get("whole", False) and len(block.text) < _SHORT}
        told = {"kind": "paragraph", "look": self._look(look), "gap": 0.0, "level": level, "title": block.style == "title"}
        return {**told, "runs": runs, "anchors": anchors, "label": block.label}

    def _inline(self, inline: Inline, look: Properties) -> Iterator[dict[str, Any]]:
        if isinstance(inline, Footnote):
            yield {"note": self._blocks(inline.blocks)}
        elif isinstance(inline, Picture):
            if inline.kind:
                size = {"width": inline.width, "height": inline.height}
                yield {"picture": self._pictures.put(inline), "alt": inline.alt, **size}
            elif inline.alt:
                yield {"x": f"[{inline.alt}]"}
        else:
            yield from self._run(inline, look)

    def _run(self, run: Run, look: Properties) -> Iterator[dict[str, Any]]:
        dressed = differences(run.look, look)
        if run.link.startswith("#"):
            dressed |= {"anchor": run.link[1:]} if run.link[1:] in self._led_to else {}
        elif run.link:
            dressed |= {"to": run.link}
        if run.counts.startswith("page of "):
            name = run.counts.removeprefix("page of ")
            yield {"count": name, **dressed} if name in self._led_to else {"x": "", **dressed}
        elif run.counts:
            yield {"count": run.counts, **dressed}
        for piece in re.split(r"([\t\n])", run.text):
            if piece == "\t":
                yield {"tab": "fill" if look.get("fills") else "step"}
            elif piece == "\n":
                yield {"break": True}
            elif piece:
                yield {"x": piece.upper() if run.look.get("caps", look.get("caps")) else piece, **dressed}

    def _look(self, look: Properties) -> int:
        described = look_of(look)
        key = json.dumps(described)
        if key not in self._looks:
            self._looks[key] = len(self._kept)
            self._kept.append(described)
        return self._looks[key]

    def _table(self, table: Table) -> dict[str, Any]:
        rows = [[self._cell(cell, row.whole, table.headings - at) for cell in row.cells] for at, row in enumerate(table.rows)]
        edges = {
            side: list(table.edges[side][:2]) if side in table.edges and table.edges[side][0] else None
            for side in (*EDGES, "insideH", "insideV")
        }
        held = [_keeps(row) for row in table.rows]
        whole = all(held[:-1]) and len(_text(table)) < _SHORT
        told = {"kind": "table", "widths": table.widths, "shares": set(table.widths) == {1.0}, "headings": table.headings}
        return {**told, "rows": rows, "edges": edges, "room": table.room, "whole": whole, "keep": whole and all(held)}

    def _cell(self, cell: Cell, whole: bool, headings_left: int) -> dict[str, Any]:
        rows = min(cell.rows, headings_left) if headings_left > 0 else cell.rows
        whole = whole and sum(len(one.text) for one in paragraphs_in(cell.blocks)) < _SHORT
        return {"blocks": self._blocks(cell.blocks), "columns": cell.columns, "rows": rows, "shade": cell.shade, "whole": whole}


def _asked(content: Content) -> Iterator[str]:
    """Yield the names of the anchors that something leads to and that are there."""
    asked, there = set[str](), set[str]()
    for paragraph in paragraphs_of(content):
        there |= set(paragraph.anchors)
        for inline in paragraph.inlines:
            if isinstance(inline, Run):
                asked |= {inline.link[1:]} if inline.link.startswith("#") else set()
                asked |= {inline.counts.removeprefix("page of ")} if inline.counts.startswith("page of ") else set()
    yield from asked & there


def _keeps(row: Row) -> bool:
    """Say whether a row stays with the next: in Word its first paragraph does."""
    first = next((one for cell in row.cells for one in paragraphs_in(cell.blocks)), None)
    return first is not None and bool(first.look.get("keep"))


def _text(table: Table) -> str:
    return "".join(one.text for one in paragraphs_in((table,)))


def paragraphs_of(content: Content) -> Iterator[Paragraph]:
    """Yield the paragraphs of a paper in reading order, those of tables row by row; headers, footers and footnotes are not among them."""
    for section in content.sections:
        yield from paragraphs_in(section.blocks)


def paragraphs_in(blocks: Iterable[Block]) -> Iterator[Paragraph]:
    """Yield the paragraphs of blocks in reading order."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block
        elif isinstance(block, Table):
            for row in block.rows:
                for cell in row.cells:
                    yield from paragraphs_in(cell.blocks)


def _item(block: Paragraph) -> Paragraph:
    """Return a paragraph with what its author typed before a tab as its label, where it hangs out as that of a list does."""
    first = block.inlines[0] if block.inlines else None
    if block.label or block.level or block.look.get("first", 0.0) >= 0 or not isinstance(first, Run):
        return block
    rest = list(block.inlines)
    label, tab, words = first.text.partition("\t")
    if not tab and len(rest) > 1 and isinstance(rest[1], Run) and rest[1].text.startswith("\t"):
        label, tab, words = first.text, "\t", ""
        rest[1] = rest[1]._replace(text=rest[1].text[1:])
    if not tab or not label.strip() or len(label) > _LONGEST_LABEL:
        return block
    rest[0] = first._replace(text=words)
    return block._replace(inlines=tuple(rest), label=label)


def _ways(section: Section, name: str) -> Iterator[tuple[Paragraph, ...]]:
    """Yield the headers or footers of a section: of its pages, and of its first where that has its own."""
    yield getattr(section, name)
    if section.first is not None:
        yield section.first[0 if name == "header" else 1]


def _height(paragraphs: tuple[Paragraph, ...]) -> float:
    """Return about how high paragraphs of a line each are, in points."""
    return float(sum(one.look.get("before", 0.0) + one.look.get("after", 0.0) + _line_height(one) for one in paragraphs))


def _line_height(paragraph: Paragraph) -> float:
    pictures = (inline.height for inline in paragraph.inlines if isinstance(inline, Picture))
    return max(float(paragraph.look.get("size", 10.0)) * BETWEEN, *pictures, 0.0)

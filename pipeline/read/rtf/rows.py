"""Control words that end paragraphs, cells and rows, and that say how rows lie.

Source: RTF 1.9.1, "Table Definitions", "Nested Table Definitions".
"""

from pipeline.read.rtf.story import Story
from pipeline.read.rtf.tables import Definition
from pipeline.read.rtf.walk import Act, Walk

_FAR_TWIPS = 31_680
"""The widest page that Word knows."""


def rows(walk: Walk) -> dict[str, Act]:
    """Return what these words do in a text; elsewhere they do nothing."""

    def depth() -> int:
        """Return how deep the row stands that is described."""
        return max(walk.group.setting.tables, 2) if walk.group.nested else 1

    def paragraph(number: int | None) -> None:
        story, setting = walk.group.where, walk.group.setting
        if isinstance(story, Story):
            story.finish_paragraph(setting, story.depth(setting), walk.group.look)

    def section(number: int | None) -> None:
        if isinstance(walk.group.where, Story) and walk.group.where.is_open():
            paragraph(number)

    def page_break(number: int | None) -> None:
        if isinstance(walk.group.where, Story) and walk.group.where.line.length:
            walk.say("\n")

    def cell(least: int, most: int) -> Act:
        def act(number: int | None) -> None:
            if isinstance(walk.group.where, Story):
                deep = max(least, min(walk.group.setting.tables, most))
                walk.group.where.finish_cell(walk.group.setting, deep)

        return act

    def row(number: int | None) -> None:
        if isinstance(walk.group.where, Story):
            walk.group.where.finish_row(walk.group.setting, depth())

    def definition() -> Definition:
        return walk.story.rows.setdefault(depth(), Definition())

    def begin(number: int | None) -> None:
        walk.story.rows[depth()] = Definition()

    def left(number: int | None) -> None:
        definition().left = max(-_FAR_TWIPS, min(number or 0, _FAR_TWIPS))

    def nested(number: int | None) -> None:
        walk.group.nested = True

    def attribute(name: str, value: str | bool) -> Act:
        return lambda number: setattr(definition(), name, value)

    return {
        "par": paragraph,
        "\n": paragraph,
        "\r": paragraph,
        "sect": section,
        "page": page_break,
        "cell": cell(1, 1),
        "nestcell": cell(2, 64),
        "row": row,
        "nestrow": row,
        "trowd": begin,
        "nesttableprops": nested,
        "trleft": left,
        "trhdr": attribute("heading", True),
        "lastrow": attribute("last", True),
        "clmgf": attribute("across", "first"),
        "clmrg": attribute("across", "on"),
        "clvmgf": attribute("down", "first"),
        "clvmrg": attribute("down", "on"),
        "cellx": lambda number: definition().end(max(-_FAR_TWIPS, min(number or 0, _FAR_TWIPS))),
    }

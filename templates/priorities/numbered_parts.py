"""Numbering as UK committee papers have it, native to Word: headings 1., paragraphs 1.1, options a. and i., recommendations (1).

The number belongs to the style, so that an officer who adds a paragraph in Word types none. A style and its numbering name each other.
"""

from report_base import Look
from report_base import _heading as heading
from report_base import _spacing as spacing
from report_base import _style as paragraph_style

_LEFT, _STEP, _BULLET = 709, 567, 340
"""Where the words of a numbered paragraph begin, how much further in each level is, and the room of a bullet."""
_OUTLINE, _RECOMMENDED, _DOTS = 11, 12, 13
"""Ids of the lists."""


def _level(number: int, form: str, text: str, left: int, hanging: int, style: str) -> str:
    return (
        f'<w:lvl w:ilvl="{number}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:pStyle w:val="{style}"/><w:lvlText w:val="{text}"/>'
        f'<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{left}" w:hanging="{hanging}"/></w:pPr></w:lvl>'
    )


def _list(id_: int, *levels: str) -> str:
    return f'<w:abstractNum w:abstractNumId="{id_}"><w:multiLevelType w:val="multilevel"/>{"".join(levels)}</w:abstractNum>'


def _in_list(id_: int, level: int) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{id_}"/></w:numPr>'


_LISTS = (
    _list(
        _OUTLINE,
        _level(0, "decimal", "%1.", _LEFT, _LEFT, "Heading1"),
        _level(1, "decimal", "%1.%2", _LEFT, _LEFT, "NumberedParagraph"),
        _level(2, "lowerLetter", "%3.", _LEFT + _STEP, _STEP, "NumberedParagraph2"),
        _level(3, "lowerRoman", "%4.", _LEFT + 2 * _STEP, _STEP, "NumberedParagraph3"),
    ),
    _list(
        _RECOMMENDED,
        _level(0, "decimal", "(%1)", _LEFT + _STEP, _STEP, "Recommendation2"),
        _level(1, "lowerLetter", "(%2)", _LEFT + 2 * _STEP, _STEP, "Recommendation3"),
    ),
    _list(
        _DOTS,
        _level(0, "bullet", "•", _LEFT + _STEP, _BULLET, "NumberedParagraphBullet"),
        _level(1, "bullet", "–", _LEFT + 2 * _STEP, _BULLET, "NumberedParagraphBullet2"),
    ),
)


def _styles() -> dict[str, str]:
    """Return the paragraph styles by id."""
    tight = spacing(0, 80, 269)

    def question(level: int) -> str:
        left = _LEFT + _STEP * level
        tab = f'<w:tabs><w:tab w:val="left" w:pos="{left}"/></w:tabs>'
        return f'<w:keepLines/>{tab}{spacing(60, 100, 269)}<w:ind w:left="{left}" w:hanging="{_STEP}"/>'

    def numbered(list_: int, level: int, room: str = "") -> str:
        return _in_list(list_, level) + room

    unnumbered = f'<w:numPr><w:numId w:val="0"/></w:numPr>{spacing(0, 160)}<w:ind w:left="0" w:firstLine="0"/><w:outlineLvl w:val="0"/>'
    first = heading(1, 15, 320, 120).replace("<w:spacing", numbered(_OUTLINE, 0) + "<w:spacing", 1)
    indented = f'{spacing(0, 120, 269)}<w:ind w:left="{_LEFT}"/>'
    return {
        "Heading1": first,
        "HeadingAnnex": paragraph_style("Heading Annex", "Heading1", unnumbered, "", "Normal"),
        "NumberedParagraph": paragraph_style("Numbered Paragraph", "Normal", numbered(_OUTLINE, 1, spacing(80, 120, 269))),
        "NumberedParagraph2": paragraph_style("Numbered Paragraph 2", "Normal", numbered(_OUTLINE, 2)),
        "NumberedParagraph3": paragraph_style("Numbered Paragraph 3", "Normal", numbered(_OUTLINE, 3, tight)),
        "NumberedParagraphBullet": paragraph_style("Numbered Paragraph Bullet", "Normal", numbered(_DOTS, 0, tight)),
        "NumberedParagraphBullet2": paragraph_style("Numbered Paragraph Bullet 2", "Normal", numbered(_DOTS, 1, tight)),
        "Recommendation": paragraph_style("Recommendation", "Normal", f"<w:keepNext/>{indented}"),
        "Recommendation2": paragraph_style("Recommendation 2", "Normal", numbered(_RECOMMENDED, 0)),
        "Recommendation3": paragraph_style("Recommendation 3", "Normal", numbered(_RECOMMENDED, 1, tight)),
        "Question": paragraph_style("Question", "Normal", question(1)),
        "Question2": paragraph_style("Question 2", "Normal", question(2)),
    }


NUMBERED = Look(
    _styles(),
    "".join(_LISTS),
    "".join(f'<w:num w:numId="{id_}"><w:abstractNumId w:val="{id_}"/></w:num>' for id_ in (_OUTLINE, _RECOMMENDED, _DOTS)),
)
"""The look of a committee paper."""

"""The officer's words of round.yaml as a paper prints them: numbered by Word, and the questions to members numbered through the paper.

A question to members is an item of a list, or a paragraph that is bold from end to end, that ends with a question mark. It is printed in
the master's style `Question`, with a number that Word counts on (a SEQ field); where the master has no such style, as any other item.
Lists take the styles that belong to the style of the tag's own paragraph: for `Numbered Paragraph` numbers become `Numbered Paragraph 2`
and `Numbered Paragraph 3`, bullets `Numbered Paragraph Bullet`. A master without them gets its markers typed.

Source: document 001, the questions to members (A001-8, A001-P3); ECMA-376-1 4th ed., 17.16.5.56 (SEQ).
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from pipeline.grammar.narrative import passages
from pipeline.model.records import Passage
from pipeline.publish.runs import Styles, paragraph, paragraphs, run, runs
from pipeline.publish.views import Words

STYLE = "question"
"""The name of the style of questions, in lower case."""
_FIRST_BOOKMARK = 9000
"""Ids of bookmarks, which a document must not use twice; Word's own begin at 0."""
_DOTS = "•"
_TAB = "<w:r><w:tab/></w:r>"
_BOLD = "<w:b/>"


class Question(NamedTuple):
    """A question to members."""

    number: int
    """Counts through the paper, from 1."""
    text: str
    name: str
    """Of the narrative that asks it."""
    option: str
    """The letter of the option that it stands under; empty where it stands under none."""


class Narrative(Words):
    """A text of the officer, laid out in the numbering of the master.

    Args:
        text: as in round.yaml.
        first: the number of the first question in it.
    """

    __slots__ = ("first",)

    def __init__(self, text: str, first: int = 1) -> None:
        super().__init__(text, text, passages(text))
        self.first = first

    def laid_out(self, style: str, styles: Styles) -> str:
        """Return its paragraphs, lists in the styles that belong to that of the tag, questions with their numbers."""
        made, number = [], self.first
        for at, passage in enumerate(self.passages):
            asks = is_question(passage) and bool(styles.id(STYLE))
            over_list = not passage.bullet and at + 1 < len(self.passages) and bool(self.passages[at + 1].bullet)
            made.append(_laid_out(passage, style, styles, number if asks else 0, over_list))
            number += asks
        return "".join(made)


def is_question(passage: Passage) -> bool:
    """Say whether a passage of the officer asks members something."""
    text = passage.text.rstrip()
    bold = any(mark.kind == "bold" and mark.start == 0 and mark.end >= len(text) for mark in passage.marks)
    return text.endswith("?") and (bool(passage.bullet) or bold)


def questions(narrative: Mapping[str, str]) -> Iterator[Question]:
    """Yield the questions to members.

    Args:
        narrative: the texts by name, in the order in which the paper prints them.
    """
    number = 0
    for name, text in narrative.items():
        options = 0
        for passage in passages(text):
            if not passage.bullet:
                options = 0
            elif passage.bullet != _DOTS and passage.level == 0:
                options += 1
            if is_question(passage):
                number += 1
                yield Question(number, passage.text, name, letters(options) if passage.level or passage.bullet != _DOTS else "")


def letters(number: int) -> str:
    """Return a number as Word letters it: a … z, aa, bb; nothing for 0."""
    return chr(ord("a") + (number - 1) % 26) * ((number + 25) // 26)


def _laid_out(passage: Passage, style: str, styles: Styles, question: int, over_list: bool) -> str:
    content = runs(passage.text, passage.marks)
    is_option = passage.bullet not in ("", _DOTS)
    if question and not is_option:
        label = _label(question) + _TAB
        return paragraph(styles.id(f"{STYLE} 2") if passage.level else styles.id(STYLE), label + content)
    if not passage.bullet:
        return paragraph(style, content, keep=over_list)
    own = _own(passage, style, styles)
    if not own:
        return paragraphs((passage,), style, styles)
    return paragraph(own, f"{_label(question)}{run(' ')}{content}" if question else content)


def _own(passage: Passage, style: str, styles: Styles) -> str:
    """Return the id of the style that belongs to the style of the tag, for an item of a list; empty where the master has none."""
    name = styles.name(style)
    number = f"{name} {passage.level + 2}"
    bullet = f"{name} bullet" + (f" {passage.level + 1}" if passage.level else "")
    wanted = (bullet, number) if passage.bullet == _DOTS else (number,)
    return next((id_ for one in wanted if (id_ := styles.id(one))), "")


def _label(question: int) -> str:
    """Return "Q1": Word counts it, and a link can lead to it."""
    id_, bold = _FIRST_BOOKMARK + question, f"<w:rPr>{_BOLD}</w:rPr>"
    return (
        f'<w:bookmarkStart w:id="{id_}" w:name="{bookmark(question)}"/>{run("Q", _BOLD)}'
        f'<w:fldSimple w:instr=" SEQ Question \\* ARABIC "><w:r>{bold}<w:t>{question}</w:t></w:r></w:fldSimple>'
        f'<w:bookmarkEnd w:id="{id_}"/>'
    )


def bookmark(question: int) -> str:
    """Return the name of the place where a question is asked."""
    return f"question_{question}"

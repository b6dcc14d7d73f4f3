"""Answers to numbered questions in the text of a mail: "Q1: 31 March 2012", "2) Jane Smith", or words under a question that is quoted.

Knows how people answer numbered questions; knows no mail, no form and no question's meaning.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

_NAMED = re.compile(
    r"[\s>*_]*(?:Q|Question|Query)\s*\.?\s*(\d{1,3})\b[*_]*(?:\s*[:.)–]+|\s+-|(?!\s*(?:of\s+)?(?:19|20)?\d\d\b|[/-]))[*_]*\s*",
    re.IGNORECASE,
)
"""Without a mark behind it, "Q3 2012/13" is a quarter."""
_BARE = re.compile(r"[\s>*_]*\(?(\d{1,3})\s*[:.)](?:\s+|$)")
_WORD = re.compile(r"\w+")
_QUOTED = 7
"""Words in a row that nobody writes who does not quote us."""


class Told(NamedTuple):
    """What a mail says to one question."""

    number: int
    words: str
    """A line each, without our own words and without what marks it."""
    line: int
    """Where it begins: the index of the line, from 0."""


class Replies(NamedTuple):
    """What a mail says to numbered questions."""

    told: tuple[Told, ...]
    """In the order of the mail; several may be of one question."""
    beside: tuple[tuple[str, int], ...]
    """Other words, each line with its index from 0."""


class _Stretch(NamedTuple):
    number: int
    """0 before the first number."""
    lines: list[tuple[str, int]]


def numbered(lines: Sequence[str], questions: Mapping[int, str], letter: str) -> Replies:
    """Find what a mail says to numbered questions.

    Args:
        lines: the mail's words, a paragraph or line each.
        questions: what was asked, by number.
        letter: the words of the letter that asked: what of it is quoted back is no answer.

    Returns:
        The answers. Where any is named with a Q, a number alone begins no answer: it may be an item of a list.
    """
    own = _words(letter)
    told, beside = [], []
    for number, found in _stretches(lines, questions):
        kept = [(text, at) for text, at in _not_ours(found, questions.get(number, ""), own) if text]
        if number and kept:
            told.append(Told(number, "\n".join(text for text, _ in kept), kept[0][1]))
        elif kept:
            beside += kept
    return Replies(tuple(told), tuple(beside))


def _stretches(lines: Sequence[str], questions: Mapping[int, str]) -> Iterator[_Stretch]:
    """Cut the lines where a question's number begins one."""
    split = [(line.strip(), at) for at, text in enumerate(lines) for line in text.split("\n")]
    marker = _NAMED if any(_number(_NAMED, line, questions) for line, _ in split) else _BARE
    stretch = _Stretch(0, [])
    for line, at in split:
        number = _number(marker, line, questions)
        if number:
            yield stretch
            found = marker.match(line)
            stretch = _Stretch(number, [(line[found.end() if found else 0 :].strip(), at)])
        else:
            stretch.lines.append((line.lstrip("> ").strip(), at))
    yield stretch


def _number(marker: re.Pattern[str], line: str, questions: Mapping[int, str]) -> int:
    found = marker.match(line)
    number = int(found[1]) if found else 0
    return number if number in questions else 0


def _not_ours(found: list[tuple[str, int]], question: str, letter: str) -> Iterator[tuple[str, int]]:
    """Yield the lines without the question itself, wherever lines break in it, and without the rest of our letter."""
    asked = _WORD.findall(question.casefold())
    quoting = False
    for text, at in found:
        rest, asked = _after(text, asked)
        said = _words(rest)
        if rest and not ((said.count(" ") >= _QUOTED or quoting) and said in letter):
            yield rest, at
            quoting = False
        else:
            quoting = quoting or bool(rest)


def _after(text: str, asked: list[str]) -> tuple[str, list[str]]:
    """Return what of a line comes after the words of a question that it begins with, and the words of the question still to come.

    A question that breaks off is not quoted whole: then its words are left, for a person to see.
    """
    words = list(_WORD.finditer(text))
    same = 0
    while same < min(len(words), len(asked)) and words[same][0].casefold() == asked[same]:
        same += 1
    if same == len(asked) and same:
        return text[words[same - 1].end() :].lstrip("?.!:;,)”\"’'*_ –-").strip(), []
    if same == len(words) and same:
        return "", asked[same:]
    return text, []


def _words(text: str) -> str:
    return f" {' '.join(_WORD.findall(text.casefold()))} "

"""Which lines of a mail are an older mail, quoted; and which of those belong to the answers all the same.

Who answers a form in a mail quotes the questions and types between them. Then the quoted lines are the form's own words, which the
answers are found by, and stay. An older mail that only trails behind goes.
"""

import re
from typing import NamedTuple

from pipeline.read.mail.lines import Line
from pipeline.read.mail.signing import greets, signed

_RULE = re.compile(
    r"\s*[-_=*]{2,}\s*(original message|original appointment|forwarded message|forwarded by .{1,200}|reply message)\s*[-_=*]{2,}.*$"
    r"|\s*(begin forwarded message|forwarded message|original message)\s*:\s*$",
    re.IGNORECASE,
)
_FORWARDS = re.compile(r"forward", re.IGNORECASE)
_FORWARDED_SUBJECT = re.compile(r"\s*(fwd?|wg|tr)\s*:", re.IGNORECASE)
_FROM = re.compile(r"\s*\*?from\*?\s*:", re.IGNORECASE)
_FIELD = re.compile(r"\s*\*?(sent|date|to|cc|subject|importance|reply-to|attachments)\*?\s*:", re.IGNORECASE)
_WROTE = re.compile(r"\s*(on\b.{5,300}|.{3,200}(@|\d{4}).{0,100})\b(wrote|writes)\s*:\s*$", re.IGNORECASE | re.DOTALL)
_BELOW = re.compile(
    r"\b(below|beneath|underneath|in[- ]?line|interspersed|in (red|blue|green|purple|bold|capitals|caps|italics)|against each)\b",
    re.IGNORECASE,
)
_RULER = re.compile(r"\s*[-_=*]{10,}\s*$")
_FEW_WORDS = 40
"""As many words as somebody writes who only passes a mail on."""
_POINTING = 60
"""As many as somebody writes who says where the answers stand."""
_HEAD_LINES = 10
_LOOKED_AT = 600
"""Characters of a line in which an attribution shows itself."""


class Attribution(NamedTuple):
    """The lines that say whose mail follows: `start` to `end`, counted from 0, the end not included."""

    start: int
    end: int
    forwards: bool


def attributions(lines: list[Line]) -> list[Attribution]:
    """Return every place where a mail says that an older one follows, in order."""
    found: list[Attribution] = []
    at = 0
    while at < len(lines):
        end = _attributed(lines, at)
        if end > at:
            said = "\n".join(line.text for line in lines[at:end])
            found.append(Attribution(at, end, bool(_FORWARDS.search(said.partition("\n")[0]))))
        at = max(end, at + 1)
    return found


def _attributed(lines: list[Line], at: int) -> int:
    """Return where an attribution that begins at a line ends; the same line where none begins there."""
    text = lines[at].text[:_LOOKED_AT]
    if _RULE.match(text):
        return _head(lines, at + 1)
    if _RULER.match(text):
        end = _head(lines, at + 1)
        return end if end > at + 1 else at
    if _FROM.match(text):
        return _head(lines, at)
    for count in (1, 2, 3):
        together = lines[at : at + count]
        if len({line.depth for line in together}) == 1 and not any(line.blank for line in together):
            said = " ".join(line.text[:_LOOKED_AT].strip() for line in together)
            if _WROTE.match(said) and (count == 1 or re.match(r"\s*on\b", said, re.IGNORECASE)):
                return at + count
    return at


def _head(lines: list[Line], at: int) -> int:
    """Return the end of the lines From, Sent, To, Subject; the beginning where they do not stand there."""
    start = at
    while at < len(lines) and lines[at].blank and at - start < 3:
        at += 1
    named = 0
    end = at
    opened = False
    for place in range(at, min(at + _HEAD_LINES, len(lines))):
        said = [piece for piece in lines[place].text.split("\n") if piece.strip()]
        fields = sum(bool(_FIELD.match(piece) or _FROM.match(piece)) for piece in said)
        if not fields and (opened and lines[place].text[:1] not in (" ", "\t")):
            break
        opened = opened or any(_FROM.match(piece) or _FIELD.match(piece) for piece in said)
        if not opened:
            break
        named += fields
        end = place + 1
    return end if named >= 2 else start


def kinds(lines: list[Line], subject: str, *, whole: bool = False) -> list[str]:
    """Say of each line what it is: "" for the mail's own words and for quoted questions that were answered, else "quoted".

    Args:
        lines: of the mail, in order.
        subject: which tells a mail that was passed on.
        whole: True where older mails are to stay: only the lines that name them go.
    """
    found = attributions(lines)
    result = [""] * len(lines)
    for one in found:
        result[one.start : one.end] = ["quoted"] * (one.end - one.start)
    if whole:
        return result
    first = next((one for one in found if not lines[one.start].depth), None)
    bare = first is not None and _bare(lines, first)
    own_end = first.start if first is not None and bare else len(lines)
    if interleaved(lines[:own_end], result[:own_end]):
        own_found = [one for one in found if one.start < own_end]
        return _kept_with_answers(lines[:own_end], result[:own_end], own_found) + ["quoted"] * (len(lines) - own_end)
    own = [line for at, line in enumerate(lines) if not line.depth and (first is None or at < first.start)]
    if _answers_follow(own, subject, first, bare):
        return _without_older(lines, result, found, first)
    return [kind or ("quoted" if line.depth or at >= own_end else "") for at, (line, kind) in enumerate(zip(lines, result, strict=True))]


def _bare(lines: list[Line], first: Attribution) -> bool:
    """Say whether the older mail behind an attribution bears no marks. Then all that follows is older, whatever that quotes itself."""
    return not next((line.depth for line in lines[first.end :] if not line.blank), 0)


def interleaved(lines: list[Line], result: list[str]) -> bool:
    """Say whether somebody typed between quoted lines: own words with quoted ones both before and behind them."""
    order = [bool(line.depth) for line, kind in zip(lines, result, strict=True) if not kind and not line.blank]
    first = order.index(True) if True in order else len(order)
    last = len(order) - 1 - order[::-1].index(True) if True in order else 0
    return not all(order[first : last + 1])


def _kept_with_answers(lines: list[Line], result: list[str], found: list[Attribution]) -> list[str]:
    """Keep the quoted questions; what an older mail quotes itself, behind the last answer, goes."""
    last_own = max((at for at, line in enumerate(lines) if not line.depth and not line.blank and not result[at]), default=0)
    last_quoted = max(at for at, line in enumerate(lines) if line.depth)
    between = max((at for at in range(last_quoted) if not lines[at].depth and not lines[at].blank and not result[at]), default=last_own)
    older = next((one.start for one in found if one.start > between and lines[one.start].depth), len(lines))
    return ["quoted" if kind or (at >= older and line.depth) else "" for at, (line, kind) in enumerate(zip(lines, result, strict=True))]


def _answers_follow(own: list[Line], subject: str, first: Attribution | None, bare: bool) -> bool:
    """Say whether the older mail is what the sender wants read: it was passed on, or answered without marks."""
    words = sum(len(line.text.split()) for line in _said(own))
    if first is not None and (first.forwards or _FORWARDED_SUBJECT.match(subject)) and words <= _FEW_WORDS:
        return True
    if not bare:
        return False
    return words == 0 or (words <= _POINTING and any(_BELOW.search(line.text) for line in own))


def _said(own: list[Line]) -> list[Line]:
    """Return what is neither greeting nor signature."""
    kinds_of_own = signed(own)
    return [line for line, kind in zip(own, kinds_of_own, strict=True) if not kind and not greets(line.text)]


def _without_older(lines: list[Line], result: list[str], found: list[Attribution], first: Attribution | None) -> list[str]:
    """Keep the older mail that was passed on or answered, but not those that it brings along itself."""
    start = first.end if first else 0
    # Programs write a rule and then the older mail's head: the two are one attribution.
    older = next((one.start for one in found if one.start > start and not one.forwards), len(lines))
    return [kind or ("quoted" if at >= older else "") for at, kind in enumerate(result)]

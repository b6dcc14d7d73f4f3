"""People as forms name them: "Zoë Hargreaves, Head of Partnerships", "Alan Webb (Oxfordshire PCT)", "Co-Chairs: A and B".

An answer keeps what was written. The name alone serves for comparisons and for contact officers.
"""

import re
from typing import NamedTuple

from pipeline.grammar.texts import fold, tidy


class Person(NamedTuple):
    """A person as named in one place."""

    name: str
    detail: str
    """Job title or organisation; empty where none is given."""


_ROLE = re.compile(
    r"(?:joint |co-? ?)?(?:chair(?:man|men|s|persons?|woman)?|cabinet (?:lead|member)|lead(?: officers?)?|name|contact)\s*:\s*",
    re.IGNORECASE,
)
_DETAIL = re.compile(r",\s*|\s+[-–—]\s+|\s*\(|(?<=[a-z]{2})(?<!Cllr)(?<!Mrs)(?<!Prof)(?<!Revd)(?<!Rev)\.\s+(?=[A-Z]{2,6}$)")
"""What parts a name from what is said of the person; a full stop only before the initials of an organisation: "John Pickard. OCC"."""
_LETTERS_AFTER = re.compile(
    r"(?:[GKDCOM]BE|KCB|CB|BEM|QPM|KPM|QFSM|CStJ|TD|RD|JP|DL|MP|MEP|QC|KC|B(?:A|Sc|Ed)|LL[BM]|M(?:A|Sc|Ed|BA|Phil|PH|D)|PhD|DPhil|MBBS|"
    r"(?:F|M)R(?:C(?:P|S|GP|N|VS)|ICS|TPI|S|SA|GS)|FCA|ACA|CPFA|FFPH|FRSPH)\b"
)
"""A closed list: any other capitals after a comma are an organisation, such as "OCC" or "SODC"."""
_BETWEEN = re.compile(r"\s*;\s*|\s*/\s*|\s+(?:and|&)\s+(?=\S+\s+\S)")


def read_person(text: str) -> Person:
    """Part a name from what is said of the person.

    Args:
        text: one person, a role in front ("Cabinet Lead:") allowed.
    """
    text = tidy(text)
    role = _ROLE.match(text)
    text = text[role.end() :] if role else text
    for match in _DETAIL.finditer(text):
        rest = text[match.end() :]
        if match.start() and not _LETTERS_AFTER.match(rest):
            return Person(text[: match.start()], rest.removesuffix(")") if "(" in match[0] else rest)
    return Person(text, "")


def without_job(name: str) -> Person:
    """Part a name from a job title that follows it with nothing between: "Peter van der Meer Flood Risk Engineer".

    Where lines of a form were run together, only the words tell. A text that does not end in a job stays whole.
    """
    words = name.split()
    if len(words) < _FEWEST_WORDS or fold(words[-1]) not in _JOBS:
        return Person(name, "")
    at = 0
    while at < len(words) - 1 and _TITLE.fullmatch(fold(words[at])):
        at += 1
    at += 1
    while at < len(words) - 1 and (words[at][0].islower() or len(words[at].rstrip(".")) == 1):
        at += 1
    return Person(" ".join(words[: at + 1]), " ".join(words[at + 1 :])) if at + 1 < len(words) else Person(name, "")


_FEWEST_WORDS = 3
_TITLES_OF_JOBS = (
    "officer manager director lead engineer specialist coordinator ordinator partner analyst adviser advisor head executive assistant"
    " secretary planner inspector surveyor consultant administrator"
)
_JOBS = frozenset(_TITLES_OF_JOBS.split())
"""The last words of job titles, folded."""


def read_people(text: str) -> tuple[Person, ...]:
    """Split a text that may name several people: "Co-Chairmen: Cllr Jim Couchman and Dr Stephen Richards"."""
    text = tidy(text)
    role = _ROLE.match(text)
    parts = _BETWEEN.split(text[role.end() :] if role else text)
    return tuple(read_person(part) for part in parts if part)


def same_person(one: str, other: str) -> bool:
    """Tell whether two names are the same but for titles, letters after the name, case and accents."""
    return bool(name_key(one)) and name_key(one) == name_key(other)


_TITLE = re.compile(
    r"\b(?:cllr|councillor|mr|mrs|ms|miss|dr|prof|professor|sir|dame|lord|lady|the|revd|rev|reverend|canon|insp|supt|"
    r"obe|cbe|mbe|jp|dl|mp|qpm|qc|kc|phd)\b"
)


def name_key(text: str) -> str:
    """Return what two writings of one name have in common."""
    return " ".join(_TITLE.sub("", fold(read_person(text).name)).split())

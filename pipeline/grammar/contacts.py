"""E-mail addresses and United Kingdom telephone numbers, alone or in a cell that says everything about a contact at once.

A number is kept as it was typed. Its national digits serve for comparisons and tell whether it can be a number at all.

Source: Ofcom, The National Telephone Numbering Plan (lengths of national numbers).
"""

import re
from typing import NamedTuple

from pipeline.grammar.people import read_person, without_job
from pipeline.grammar.texts import LONGEST_TEXT, tidy

_EMAIL = re.compile(r"(?<![\w.+-])[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8}")
_AROUND_AN_AT = re.compile(r"[^\s<>()\[\]{},;:|\"“”]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
"""Whatever people write for an address, curly apostrophes included."""
_PHONE = re.compile(
    r"(?<![\w@.])(?:\+\s?44|\(?0)[\d\s().–-]{6,24}\d(?:\s{0,3}(?:ext(?:n|ension)?|x)\.?\s{0,3}\d{1,6})?(?![\w@])", re.IGNORECASE
)
_EXTENSION = re.compile(r"\s?(?:ext|x).*", re.IGNORECASE)
_COUNTRY = re.compile(r"(?:\+|00)44")
_LENGTHS = {"01": (10, 11), "02": (11,), "03": (11,), "05": (10, 11), "07": (11,), "08": (8, 10, 11), "09": (11,)}
"""Digits of a national number with its leading 0, by how it begins."""

_LABEL = re.compile(
    r"\b(?:e-?mail|tel(?:ephone)?|phone|mobile|mob|contact(?: officer)?|name)(?: ?(?:address|no|number|details))?\.?"
    r"[ \t]*(?:[:=]|(?=\n|$))",
    re.IGNORECASE,
)
_SEPARATORS = re.compile(r"[,;|/\n]|:\s|\s[-–—]\s")
_EDGES = " .:<>()–—-"


class Contact(NamedTuple):
    """A contact cell, taken apart. What is missing is empty."""

    name: str
    email: str
    phone: str
    rest: str
    """Job title, organisation and whatever else was written."""


def find_email(text: str) -> str | None:
    """Return the first e-mail address in a text, as written."""
    match = _EMAIL.search(text[:LONGEST_TEXT]) if "@" in text else None
    return match[0].rstrip(".-") if match else None


def find_phone(text: str) -> str | None:
    """Return the first telephone number in a text, as written, whether or not it has the right number of digits."""
    match = _PHONE.search(text[:LONGEST_TEXT])
    return match[0].strip() if match else None


def without_contacts(text: str) -> str:
    """Return a text in which something else stands for every e-mail address and every telephone number."""
    text = _AROUND_AN_AT.sub("[e-mail address]", text) if "@" in text else text
    return _PHONE.sub(lambda found: "[telephone number]" if phone_digits(found[0]) else found[0], text)


def phone_digits(text: str) -> str | None:
    """Return a telephone number as national digits: "+44 (0)1632 960105" is "01632960105".

    Returns:
        The digits; None where they cannot be a United Kingdom number: "01865 8160077" has one too many.
    """
    text = _EXTENSION.sub("", text).replace("(0)", "")
    digits = "".join(character for character in text if character.isdigit() or character == "+")
    digits = _COUNTRY.sub("0", digits, count=1) if _COUNTRY.match(digits) else digits
    return digits if digits.isascii() and len(digits) in _LENGTHS.get(digits[:2], ()) else None


def split_contact(text: str) -> Contact:
    """Take apart a cell that says everything about a contact at once.

    Args:
        text: such as "D’Arcy O’Neill, Policy Officer, 01632 960105, darcy.oneill@example.org"; lines are parts too.
    """
    email, phone = find_email(text) or "", find_phone(text) or ""
    rest = text.replace(email, "\n", 1) if email else text
    rest = rest.replace(phone, "\n", 1) if phone else rest
    parts = [tidy(part) for part in _SEPARATORS.split(_LABEL.sub("\n", rest))]
    said = [part for part in (part if "(" in part.strip("()") else part.strip(_EDGES) for part in parts) if part]
    if not said:
        return Contact("", email, phone, "")
    name, detail = read_person(said[0])
    name, job = without_job(name)
    return Contact(name, email, phone, ", ".join(filter(None, [job, detail, *said[1:]])))

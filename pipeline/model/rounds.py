"""One circulation of a form to all partnerships: period, vocabularies, timetable, register.

`pipeline.rounds` reads it from a round folder; everything else is given it.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Literal, NamedTuple

from pipeline.model.forms import Form, Term
from pipeline.settings import Limits


class Period(NamedTuple):
    """A span of days, both ends included, and how the round's papers write it."""

    written: str
    start: dt.date
    end: dt.date


class Contact(NamedTuple):
    """A person whom partnerships can ask."""

    name: str
    role: str
    email: str
    phone: str


class Step(NamedTuple):
    """A line of the timetable, as written and as understood."""

    what: str
    written: str
    """The date as the officer wrote it: "2nd June/23rd June", "March"."""
    start: dt.date | None
    end: dt.date | None
    who: tuple[str, ...] = ()
    kind: str = ""
    """circulated, due, review, agreed or meeting where the program acts on the step; otherwise empty."""


class Meeting(NamedTuple):
    """The meeting that the committee paper goes to."""

    body: str
    date: dt.date | None
    title: str


class Server(NamedTuple):
    """A mail server and how to log in. The password is never here: it comes from the environment or the keyring."""

    host: str
    port: int
    security: Literal["tls", "starttls", "none"]
    """How the line is encrypted; `none` only on this very machine."""
    login: str = ""
    token_command: str = ""
    """A command that prints an OAuth 2 access token; then that logs in instead of a password."""


class Mailbox(NamedTuple):
    """Where replies arrive."""

    server: Server
    folder: str
    done: str
    """The folder that mails are moved to once they are kept; empty where they stay and are only marked as seen."""


class Post(NamedTuple):
    """How the round's mail goes out and comes in."""

    name: str = ""
    """Who writes: shown beside the address."""
    address: str = ""
    """The address that the round's mail comes from."""
    reply_to: str = ""
    """Where replies go; empty where that is the same."""
    plus: bool = False
    """Whether the server delivers name+anything@domain to name@domain, so that each partnership has an address to reply to."""
    to: tuple[str, ...] = ("chair_email", "contact_email")
    """Columns of the register: the first that is filled in is written to."""
    copy: tuple[str, ...] = ("contact_email",)
    """Columns of the register whose addresses get a copy."""
    smtp: Server | None = None
    """None where drafts are written for a mail program."""
    mailbox: Mailbox | None = None
    a_minute: int = 30
    """Messages sent in a minute at most."""
    reminders: int = 3
    """Reminders that a partnership gets at most."""


@dataclass(frozen=True, slots=True)
class Partnership:
    """Who is asked: a row of the register."""

    id: str
    """Lower case with hyphens, made from the name; what the store and the JSON call it."""
    code: str
    """Two or more characters A–Z and 0–9, unique in the register: part of the reference on the blank."""
    name: str
    columns: Mapping[str, str]
    """Every column of the register by its heading in lower case with underscores: `chair`, `cabinet_member`, `annex_name` …"""
    lists: Mapping[str, tuple[str, ...]]
    """The columns that hold several values, one a line: `aliases`, `pledges`, `lineage`."""

    @property
    def names(self) -> tuple[str, ...]:
        """Every name that the partnership is known by, its own first."""
        return (self.name, *self.lists.get("aliases", ()), *self.lists.get("lineage", ()))

    @property
    def addresses(self) -> frozenset[str]:
        """The e-mail addresses in its row, in small letters."""
        return frozenset(value.lower() for value in self.columns.values() if "@" in value)


@dataclass(frozen=True)
class Round:
    """A round, ready for work: checked, and complete with its kit and register."""

    folder: Path
    id: str
    """Lower case with hyphens; what the store and the JSON call it."""
    name: str
    reference: str
    """A–Z, 0–9 and hyphens: the first part of the reference on every blank."""
    period: Period
    horizon: Period
    """How far the priorities look, which may differ from the period."""
    form: Form
    kit: Path
    """The folder of the kit: form.yaml, masters, mail texts."""
    vocabularies: Mapping[str, tuple[Term, ...]]
    """Those of the round and of the form, by name: `objectives`, `focus_areas` …"""
    timetable: tuple[Step, ...]
    contacts: tuple[Contact, ...]
    meeting: Meeting
    partnerships: tuple[Partnership, ...]
    narrative: Mapping[str, str]
    """The officer's words for the papers, by name."""
    options: Mapping[str, str]
    """Choices of the round that change how results are made, such as `annex_wording`; docs/round.md lists them."""
    post: Post = field(default_factory=Post)
    limits: Limits = field(default_factory=Limits)
    """What one returned document may cost in this round."""
    warnings: tuple[str, ...] = ()
    """What is odd in the files and does not stop the work: where – what – what was done about it."""

    @property
    def inbox(self) -> Path:
        """Where returns are put."""
        return self.folder / "inbox"

    @property
    def outbox(self) -> Path:
        """Where everything made lies."""
        return self.folder / "outbox"

    @cached_property
    def by_id(self) -> Mapping[str, Partnership]:
        """The partnerships by their ids."""
        return {partnership.id: partnership for partnership in self.partnerships}

    def reference_of(self, partnership: Partnership) -> str:
        """Return the reference that stands on every page of a partnership's blank: `OX2030-11-SPI-K`."""
        body = f"{self.reference}-{partnership.code}"
        return f"{body}-{check_character(body)}"

    @cached_property
    def by_reference(self) -> Mapping[str, Partnership]:
        """The partnerships by the references on their blanks."""
        return {self.reference_of(partnership): partnership for partnership in self.partnerships}


_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def check_character(text: str) -> str:
    """Return the ISO/IEC 7064 MOD 37,36 check character of the letters and digits in `text`.

    It catches every single wrong character and nearly every swap of neighbours, as when a reference is retyped from paper.

    Source: ISO/IEC 7064:2003, hybrid system MOD 37,36.
    """
    check = 36
    for character in text.upper():
        if character in _ALPHABET:
            check = (check + _ALPHABET.index(character)) % 36 or 36
            check = check * 2 % 37
    return _ALPHABET[(37 - check) % 36]

"""What may stand in round.yaml. docs/round.md and the JSON Schema for editors are made from these models."""

import datetime as dt
from collections.abc import Mapping
from typing import Annotated, Literal

from email_validator import EmailNotValidError, validate_email
from pydantic import BeforeValidator, WithJsonSchema, model_validator
from pydantic import Field as Setting

from pipeline.grammar.dates import read_when
from pipeline.model.forms import Key, Strict, Term, Ways
from pipeline.model.rounds import Mailbox, Period, Post, Server
from pipeline.settings import Limits

_LIMITS = Limits()
_THIS_MACHINE = ("localhost", "127.0.0.1", "::1")
_SMTP_PORTS = {"tls": 465, "starttls": 587, "none": 25}
"""Source: RFC 8314, 3.3; RFC 6409, 3.1; RFC 5321, 4.5.4.2."""
_IMAP_PORTS = {"tls": 993, "starttls": 143, "none": 143}
"""Source: RFC 8314, 3.2; RFC 9051, 2.1."""


def read_day(text: object) -> object:
    """Read a day as people or programs write it: “1 April 2026”, “1/4/11”, “2011-04-01”.

    Raises:
        ValueError: it is not one day of one year.
    """
    when = read_when(text) if isinstance(text, str) else None
    if when is None or when.start is None or when.start != when.end:
        raise ValueError(f"“{text}” is not a day with its year – write it like “1 April 2026”")
    return when.start


def read_address(text: object) -> object:
    """Read an e-mail address; nobody is asked whether its domain exists.

    Raises:
        ValueError: it is not one address.
    """
    try:
        validate_email(str(text), check_deliverability=False)
    except EmailNotValidError as error:
        raise ValueError(f"“{text}” is not an e-mail address – write one address, like “name@example.org”") from error
    return text


def _term(value: object) -> object:
    return {"name": value} if isinstance(value, str) else value


def _one_or_more(value: object) -> object:
    return [value] if isinstance(value, str) else value


Day = Annotated[dt.date, BeforeValidator(read_day), WithJsonSchema({"type": "string", "examples": ["1 April 2026"]})]
Address = Annotated[str, BeforeValidator(read_address), WithJsonSchema({"type": "string", "format": "email"})]
TermEntry = Annotated[Term, BeforeValidator(_term, json_schema_input_type=str | Term)]
Bodies = Annotated[tuple[str, ...], BeforeValidator(_one_or_more, json_schema_input_type=str | tuple[str, ...])]
Kind = Literal["", "circulated", "due", "review", "agreed", "meeting"]


class Span(Strict):
    """A span of days, both ends included."""

    written: str = Setting(description="How the papers write it.", examples=["2026-29"])
    start: Day = Setting(description="Its first day.", examples=["1 April 2026"])
    end: Day = Setting(description="Its last day.", examples=["31 March 2029"])

    @model_validator(mode="after")
    def _in_order(self) -> "Span":
        if self.end < self.start:
            raise ValueError(f"“{self.written}” ends before it starts – write the later day after “end:”")
        return self

    def as_period(self) -> Period:
        """Return the noun that the stages share."""
        return Period(self.written, self.start, self.end)


class StepEntry(Strict):
    """A line of the timetable."""

    what: str = Setting(description="What happens.", examples=["Final pro formas due in"])
    when: str = Setting(description="The date as people write it; without a year, the year of the meeting is meant.", examples=["8th May"])
    who: Bodies = Setting((), description="Who does it: one body or a list.", examples=["Thematic partnerships"])
    kind: Kind = Setting("", description="Where the program acts on the step: what sort it is.", examples=["due"])


class ContactEntry(Strict):
    """A person whom partnerships can ask."""

    name: str = Setting(description="The person.", examples=["Jo Marsh"])
    role: str = Setting("", description="What the person does.", examples=["Performance and Review Officer"])
    email: Address = Setting(description="One address.", examples=["jo.marsh@example.org"])
    phone: str = Setting("", description="As it is dialled.", examples=["01632 960844"])


class MeetingEntry(Strict):
    """The meeting that the committee paper goes to."""

    body: str = Setting(description="Who meets.", examples=["Partnership board"])
    date: Day | None = Setting(None, description="The day, where it is known.", examples=["14 July 2026"])
    title: str = Setting(description="The title of the paper.", examples=["Our partnerships’ priorities: 2026-29"])


class ServerEntry(Strict):
    """A mail server."""

    host: str = Setting(description="Its name.", examples=["smtp.example.org"])
    port: int = Setting(0, ge=0, le=65535, description="Its port; where left out, the usual one for the security chosen.", examples=["587"])
    security: Literal["tls", "starttls", "none"] = Setting(
        "tls", description="How the line is encrypted: tls from the start, or starttls. “none” only for a server on this very machine."
    )
    login: str = Setting("", description="The account’s name, where the server asks for one.", examples=["partnerships@example.org"])
    token_command: str = Setting(
        "",
        description="A command that prints an OAuth 2 access token, where the server takes no password (XOAUTH2).",
        examples=["get-token --account partnerships@example.org"],
    )

    @model_validator(mode="after")
    def _encrypted(self) -> "ServerEntry":
        if self.security == "none" and self.host not in _THIS_MACHINE:
            raise ValueError(f"mail to {self.host} would travel in the clear – write “security: tls” or “security: starttls”")
        return self

    def as_server(self, usual: Mapping[str, int]) -> Server:
        """Return the noun that the stages share.

        Args:
            usual: the port for each kind of security.
        """
        return Server(self.host, self.port or usual[self.security], self.security, self.login, self.token_command)


class MailboxEntry(ServerEntry):
    """The mailbox that replies arrive in (IMAP)."""

    folder: str = Setting("INBOX", description="Which folder is looked into.", examples=["INBOX"])
    done: str = Setting(
        "",
        description="The folder that mails are moved to once they are kept. Where left out they stay, marked as seen. Nothing is deleted.",
        examples=["Proforma"],
    )


class PostEntry(Strict):
    """How the round’s mail goes out and comes in."""

    name: str = Setting("", description="Who writes; the first contact where left out.", examples=["Partnership and Policy team"])
    address: Address | None = Setting(
        None, description="The address that mail comes from; the first contact’s where left out.", examples=["partnerships@example.org"]
    )
    reply_to: Address | None = Setting(
        None, description="Where replies go, where that is another address, as of a shared mailbox.", examples=["replies@example.org"]
    )
    plus: bool = Setting(
        False, description="Whether the mail server delivers name+anything@… to name@…: then each partnership replies to its own."
    )
    to: Bodies = Setting(
        ("chair_email", "contact_email"),
        description="Columns of the register: the first that is filled in is written to.",
        examples=["[chair_email, contact_email]"],
    )
    copy_to: Bodies = Setting(
        ("contact_email",), description="Columns of the register whose addresses get a copy.", examples=["[contact_email]"]
    )
    a_minute: int = Setting(30, ge=1, description="Messages sent in a minute at most.")
    reminders: int = Setting(3, ge=0, description="Reminders that a partnership gets at most; at most one a day.")
    smtp: ServerEntry | None = Setting(
        None,
        description="The server that sends. Where left out, drafts are written into outbox/mail/ for a mail program.",
        examples=["{host: smtp.example.org, security: starttls, login: partnerships@example.org}"],
    )
    imap: MailboxEntry | None = Setting(
        None,
        description="The mailbox that proforma collect looks into.",
        examples=["{host: imap.example.org, login: partnerships@example.org, done: Proforma}"],
    )

    def as_post(self, contact: ContactEntry | None) -> Post:
        """Return the noun that the stages share.

        Args:
            contact: who writes where nobody is named.
        """
        imap = self.imap
        return Post(
            name=self.name or (contact.name if contact else ""),
            address=self.address or (contact.email if contact else ""),
            reply_to=self.reply_to or "",
            plus=self.plus,
            to=self.to,
            copy=self.copy_to,
            smtp=self.smtp.as_server(_SMTP_PORTS) if self.smtp else None,
            mailbox=Mailbox(imap.as_server(_IMAP_PORTS), imap.folder, imap.done) if imap else None,
            a_minute=self.a_minute,
            reminders=self.reminders,
        )


class RoundOptions(Strict):
    """Choices that change how results are made."""

    annex_wording: Literal["as-written", "as-agreed"] = Setting(
        "as-written",
        description="What the annex prints for a choice: the words of the return, or the agreed name of the vocabulary.",
        examples=["as-written"],
    )
    accept: Literal["without-errors", "by-person"] = Setting(
        "without-errors",
        description="Which returns enter the plan: all in which no rule found an error, or those that a person has accepted.",
        examples=["without-errors"],
    )
    decides: str = Setting(
        "",
        description="Who decides, as it is kept and printed with each decision, where --by and PROFORMA_BY do not say. Where left out, the "
        "name of the account.",
        examples=["Jo Marsh"],
    )


class RoundLimits(Strict):
    """What one returned document may cost. Settings of the command line and the environment go before these."""

    bytes: int = Setting(_LIMITS.bytes, ge=1, description="Of the file as received.")
    unpacked_bytes: int = Setting(_LIMITS.unpacked_bytes, ge=1, description="Of all the parts of a package together.")
    part_bytes: int = Setting(_LIMITS.part_bytes, ge=1, description="Of one part of a package.")
    members: int = Setting(_LIMITS.members, ge=1, description="How many parts a package may have.")
    ratio: int = Setting(_LIMITS.ratio, ge=1, description="Unpacked to packed bytes, for large parts.")

    def as_limits(self) -> Limits:
        """Return the noun that the stages share."""
        return Limits(**self.model_dump())


class RoundFile(Strict):
    """The whole of round.yaml."""

    name: str = Setting(description="What people call the round.", examples=["Priorities 2026-29"])
    reference: str = Setting(
        pattern=r"^[A-Z0-9]+(-[A-Z0-9]+)*$",
        max_length=20,
        description="The first part of the reference on every blank: capitals, digits and hyphens.",
        examples=["PRI-26"],
    )
    form: Key = Setting(description="The kit: the name of its folder in templates/.", examples=["priorities"])
    period: Span = Setting(
        description="The period that the plan covers.",
        examples=["{written: 2026-29, start: 1 April 2026, end: 31 March 2029}"],
    )
    horizon: Span | None = Setting(
        None,
        description="How far the priorities look, where that is further than the period.",
        examples=["{written: until 2029/30, start: 1 April 2026, end: 31 March 2030}"],
    )
    objectives: tuple[TermEntry, ...] = Setting((), description="The long-term objectives: names, or {name, aliases, label}.")
    focus_areas: tuple[TermEntry, ...] = Setting((), description="The areas of focus: names, or {name, aliases, label}.")
    vocabularies: dict[Key, tuple[TermEntry, ...]] = Setting(
        default_factory=dict,
        description="Further vocabularies that the form’s choices refer to, by name; one of the form’s own may be replaced.",
    )
    words: dict[Key, Ways] = Setting(
        default_factory=dict,
        description="What the form and the papers call things here, in the place of the kit’s words of the same key; in a list, the first, "
        "and then other ways in which returns write it.",
        examples=["{objectives: Northshire 2040 objectives, plan: Northshire 2040 Plan}"],
    )
    instructions: tuple[str, ...] = Setting(
        (), description="Lines of forms that went round before and may still come back which are guidance, and no answers."
    )
    timetable: tuple[StepEntry, ...] = Setting((), description="What happens when, in order.")
    contacts: tuple[ContactEntry, ...] = Setting((), description="Whom partnerships can ask; the first is named in every letter.")
    meeting: MeetingEntry = Setting(
        description="The meeting that the committee paper goes to.",
        examples=["{body: Partnership board, date: 14 July 2026, title: …}"],
    )
    post: PostEntry = Setting(PostEntry.model_validate({}), description="How the round’s mail goes out and comes in.")
    narrative: dict[Key, str] = Setting(default_factory=dict, description="The officer’s words for the papers, by name.")
    options: RoundOptions = Setting(RoundOptions.model_validate({}), description="Choices that change how results are made.")
    limits: RoundLimits | None = Setting(None, description="What one returned document may cost.")

    @property
    def year(self) -> int:
        """The year of dates that are written without one: that of the meeting, otherwise of the period’s start."""
        return (self.meeting.date or self.period.start).year

    def terms(self) -> dict[str, tuple[Term, ...]]:
        """Return the round’s vocabularies by name, those left out not among them."""
        named = {"objectives": self.objectives, "focus_areas": self.focus_areas}
        return {name: terms for name, terms in {**named, **self.vocabularies}.items() if terms}

"""By-when in a respondent's words, with the day that it resolves to, and the ways of joining it to what is delivered."""

from random import Random
from typing import NamedTuple


class When(NamedTuple):
    """A by-when phrase."""

    words: str
    days: tuple[str | None, ...]
    """The day it resolves to, and others that are as fair a reading."""
    kind: str
    bare: bool = False
    """True where "by" does not go before it."""


def _kind(kind: str, phrases: dict[str, str | tuple[str | None, ...] | None], bare: bool = False) -> tuple[When, ...]:
    return tuple(When(words, day if isinstance(day, tuple) else (day,), kind, bare) for words, day in phrases.items())


USUAL = (
    *_kind(
        "day",
        {
            "31 March 2012": "2012-03-31",
            "31st March 2012": "2012-03-31",
            "31/3/12": "2012-03-31",
            "30/09/2011": "2011-09-30",
            "Friday 30 September 2011": "2011-09-30",
            "1 April 2013": "2013-04-01",
            "the 30th of June 2012": "2012-06-30",
            "15 Jan 2012": "2012-01-15",
            "31.12.11": "2011-12-31",
        },
    ),
    *_kind(
        "month",
        {
            "March 2012": "2012-03-31",
            "end March 2012": "2012-03-31",
            "the end of December 2011": "2011-12-31",
            "Sept '11": "2011-09-30",
            "June 2013": "2013-06-30",
            "Mar-12": "2012-03-31",
            "end of Feb 2012": "2012-02-29",
            "Jan 2013": "2013-01-31",
            "October 2011": "2011-10-31",
            "end Sept 2012": "2012-09-30",
        },
    ),
    *_kind(
        "quarter",
        {
            "Q3 2011/12": "2011-12-31",
            "Q4 2012-13": "2013-03-31",
            "Q1 13/14": "2013-06-30",
            "quarter 2 of 2012/13": "2012-09-30",
            "the end of Q2 2011/12": "2011-09-30",
        },
    ),
    *_kind(
        "year",
        {
            "2012/13": "2013-03-31",
            "the end of 2011/12": "2012-03-31",
            "FY 2012-13": "2013-03-31",
            "2013/14": "2014-03-31",
            "the end of the financial year 2012/13": "2013-03-31",
        },
    ),
    *_kind(
        "season",
        {
            "spring 2012": "2012-05-31",
            "summer 2013": "2013-08-31",
            "autumn 2011": "2011-11-30",
            "Autumn 2012": "2012-11-30",
            "winter 2012/13": "2013-02-28",
            "winter 2011/12": "2012-02-29",
        },
    ),
)
AWKWARD = (
    *_kind(
        "awkward",
        {
            "31 March 2012 at the latest": "2012-03-31",
            "the end of the summer of 2012": "2012-08-31",
            "December 2011 (provisional)": "2011-12-31",
            "March ’13": "2013-03-31",
            "Dec 31st 2012": "2012-12-31",
            "end of the third quarter 2012/13": "2012-12-31",
            "year end 2012/13": "2013-03-31",
            "1st Oct. 2012": "2012-10-01",
            "mid June 2012": ("2012-06-30", "2012-06-15", None),
            "the end of 2012": "2012-12-31",
        },
    ),
    *_kind(
        "awkward",
        {
            "no later than 31 Jan 2013": "2013-01-31",
            "April to June 2012": "2012-06-30",
            "July–Sept 2012": "2012-09-30",
            "in place from April 2012": ("2012-04-30", "2012-04-01", None),
            "during 2012/13": "2013-03-31",
            "year 2 (2012/13)": "2013-03-31",
        },
        bare=True,
    ),
)
OPEN = _kind("open", {"ongoing": None, "Ongoing": None, "TBC": None, "annually": None, "to be confirmed": None}, bare=True)
NOTHING = When("", (None,), "nothing", bare=True)

JOINS = ("by", "comma", "dash", "brackets", "first", "colon-first", "sentence", "square")
DISTRACTIONS = (
    " (as agreed in February 2011)",
    ", building on the pilot of 2009,",
    " for the 2012 Games",
    " under the Act of 2010",
    " started in 2008/09",
)
"""Dates that say something else."""


def choose(rng: Random, awkward: bool) -> When:
    """Return a by-when as a deliverable might have it."""
    throw = rng.random()
    if throw < 0.05:
        return NOTHING
    if throw < 0.13:
        return rng.choice(OPEN)
    return rng.choice(AWKWARD if awkward and throw < 0.45 else USUAL)


def dated(what: str, when: When, join: str) -> str:
    """Return one deliverable with its by-when, as a sentence or a note."""
    if not when.words:
        return what
    by = when.words if when.bare else f"by {when.words}"
    opening = by[0].upper() + by[1:]
    lower = what if what[:2].isupper() or not what[0].isalpha() else what[0].lower() + what[1:]
    return {
        "by": f"{what} {by}",
        "comma": f"{what}, {when.words}",
        "dash": f"{what} – {by}",
        "brackets": f"{what} ({by})",
        "first": f"{opening}, {lower}",
        "colon-first": f"{when.words[0].upper() + when.words[1:]}: {lower}",
        "sentence": f"{what}. Target date: {when.words}",
        "square": f"{what} [{when.words}]",
    }[join]


def distracted(rng: Random, what: str) -> str:
    """Return a deliverable that mentions a date which is not its by-when."""
    return what + rng.choice(DISTRACTIONS)

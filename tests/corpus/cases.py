"""The returns of the corpus: each is decided by its set and number alone, so that the same number is the same return for ever.

Development returns show what the program misunderstands. Held-out returns have other people, other priorities, other wordings and list
styles besides; only their figures are looked at.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from random import Random
from typing import Literal

from tests.corpus import lists, wording
from tests.corpus.answers import Answers, Priority, Truth, answer, truth
from tests.corpus.blocks import BLOCKS
from tests.corpus.dates import JOINS
from tests.corpus.habits import HABITS, Desk
from tests.corpus.hand import Hand
from tests.corpus.headers import HEADERS
from tests.corpus.issued import issued
from tests.corpus.lists import Lists
from tests.corpus.pledges import PLEDGES
from tests.corpus.sheets import form
from tests.corpus.summaries import SUMMARIES
from tests.corpus.word import Saved, Sheet, write

Set = Literal["development", "held-out"]
SETS: tuple[Set, ...] = ("development", "held-out")

_EMPTY = Priority("[Priority]", "[Priority]", "", (), (), (), ())
_SAVED: tuple[Saved, ...] = ("plain", "word", "word", "google")
_CONTACTS = ("commas", "lines", "labelled", "brackets", "semicolons", "name-alone")
_ONE_LINE = ("commas", "brackets", "semicolons", "name-alone")


@dataclass(frozen=True)
class Case:
    """One return of the corpus."""

    name: str
    axes: Mapping[str, tuple[str, ...]]
    """What is varied, and how it is here: header, summary, blocks, list, wording, habit …"""
    document: bytes
    """A Word document; `tests.corpus.office` makes other formats of it."""
    truth: Truth


def case(set_: Set, number: int) -> Case:
    """Return one return of a set: every eighth on the blank that was issued, the others retyped in the form of 2011."""
    rng = Random(f"{set_} {number}")
    if number % 8 == 7:
        said = answer(rng, kept_back=set_ == "held-out", join=rng.choice(JOINS), awkward=rng.random() < 0.35)
        axes, document, said, carried = issued(rng, said)
        return Case(f"{set_}-{number:03}", axes, document, truth(said, carried))
    return _retyped(rng, set_, number)


def _retyped(rng: Random, set_: Set, number: int) -> Case:
    """Return a return in a layout of its own.

    Layouts follow one another, so that a run of returns has all of them about equally often; everything else is by chance.
    """
    held_out = set_ == "held-out"
    header, summary, pledges = (_in_turn(table, number) for table in (HEADERS, SUMMARIES, PLEDGES))
    blocks = _in_turn(BLOCKS, number)
    join = rng.choice((*JOINS, "mixed", "mixed", "by", "by"))
    habits = _habits(rng)
    said = _blanked(rng, answer(rng, kept_back=held_out, join=join, awkward=rng.random() < 0.35), habits)
    words = wording.WORDINGS_OF[set_][number % len(wording.WORDINGS_OF[set_])]
    style = _in_turn({one: None for one in lists.STYLES if held_out or one not in lists.KEPT_BACK}, number)
    said = _listable(said, style)
    in_block = not BLOCKS[blocks].leads and (summary == "nothing" or rng.random() < 0.1)
    contact_form = rng.choice(_ONE_LINE if header == "columns" else _CONTACTS)
    hand = Hand(
        said,
        rng,
        wording.worded(rng, words),
        rng.choice(wording.COLONS[:3] if rng.random() < 0.2 else (":", ":", "")),
        Lists(style),
        habits,
        contact_form,
        in_block,
    )
    desk = _laid_out(hand, header, summary, blocks, pledges)
    for habit in habits:
        if change := HABITS[habit]:
            change(desk)
    saved = rng.choice(_SAVED)
    sheet = Sheet(saved, desk.landscape, desk.header, desk.footer)
    document = write(tuple(block for section in desk.sections.values() for block in section), sheet)
    carried = BLOCKS[blocks].carried._replace(
        leads=summary != "nothing" or in_block or BLOCKS[blocks].leads,
        titles="short" if summary == "nothing" and blocks != "matrix" and "short-titles" in habits else "title",
        pledges=PLEDGES[pledges].carries,
        email=header == "separate" or contact_form != "name-alone",
        phone=header == "separate" or contact_form != "name-alone",
    )
    axes = {
        "header": (header,),
        "summary": (summary,),
        "blocks": (blocks,),
        "pledges": (pledges,),
        "list": (style if BLOCKS[blocks].uses_list else "none",),
        "by-when": (join if carried.dates == "sentence" else "column",),
        "wording": (words,),
        "habit": habits or ("none",),
        "saved": (saved,),
        "contact": (contact_form if header != "separate" else "separate",),
    }
    return Case(f"{set_}-{number:03}", axes, document, truth(said, carried, desk.stray, desk.tracked))


def _in_turn(table: Mapping[str, object], number: int) -> str:
    """Return the entry whose turn it is, in an order that is another for each round through the table."""
    lap, at = divmod(number, len(table))
    order = list(table)
    Random(f"lap {lap} {len(table)}").shuffle(order)
    return order[at]


def _habits(rng: Random) -> tuple[str, ...]:
    wanted = rng.choice((0, 1, 1, 2, 2, 3))
    return tuple(sorted(rng.sample(tuple(HABITS), wanted)))


def _listable(said: Answers, style: str) -> Answers:
    """Return answers without the deliverables that nobody would write in a list style: in commas those that have commas of their own."""

    def fitting(priority: Priority) -> Priority:
        kept = tuple(one for one in priority.deliverables if lists.fits(style, (one.whole, one.measure)))
        return priority._replace(deliverables=kept)

    fitted = tuple(priority for priority in map(fitting, said.priorities) if priority.deliverables)
    return replace(said, priorities=fitted or said.priorities)


def _blanked(rng: Random, said: Answers, habits: tuple[str, ...]) -> Answers:
    """Return answers with some left out."""
    if "not-applicable" in habits:
        said = replace(said, cabinet="N/A")
    if "blank-fields" in habits:
        first, *rest = said.priorities
        emptied = first._replace(lead="") if rng.random() < 0.5 else first._replace(policies=(), link=(), plans=())
        said = replace(said, chair="", cabinet="", priorities=(emptied, *rest))
    return said


def _laid_out(hand: Hand, header: str, summary: str, blocks: str, pledges: str) -> Desk:
    """Return a return as it lies on the desk before habits change it."""
    title = (form(hand.rng.choice(wording.TITLES), style="Title"),) if hand.rng.random() < 0.8 else ()
    unused = replace(hand.answers, priorities=(*hand.answers.priorities, _EMPTY)) if "unused-block" in hand.habits else hand.answers
    gap = (form(""),)
    sections = {"top": title, "header": HEADERS[header](hand) + gap, "summary": SUMMARIES[summary](hand) + gap}
    given, hand.answers = hand.answers, unused
    sections["blocks"] = BLOCKS[blocks].layout(hand)
    hand.answers = given
    return Desk(hand.rng, {**sections, "pledges": PLEDGES[pledges].layout(hand), "end": ()})

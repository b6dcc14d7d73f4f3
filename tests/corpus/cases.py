"""The returns of the corpus: each is decided by its set and number alone, so that the same number is the same return for ever.

Development returns show what the program misunderstands. Held-out returns have other people, other priorities, other wordings and list
styles besides; only their figures are looked at.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from random import Random
from typing import Any, Literal

from tests.corpus import lists, wording
from tests.corpus.answers import Answers, Carried, Priority, Truth, answer, truth
from tests.corpus.blocks import BLOCKS
from tests.corpus.dates import JOINS
from tests.corpus.habits import HABITS, Desk
from tests.corpus.hand import OVER, Hand
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
    return _retyped(rng, manner(rng, set_, number), f"{set_}-{number:03}", held_out=set_ == "held-out")


@dataclass(frozen=True)
class Manner:
    """How a return is laid out, typed and saved."""

    header: str = "rows"
    summary: str = "rows"
    blocks: str = "titled-rows"
    pledges: str = "nothing"
    list: str = "dash"
    by_when: str = "by"
    wording: str = "original"
    habit: tuple[str, ...] = ()
    saved: Saved = "word"
    contact: str = "commas"
    colon: str = ":"
    over: str = "number"
    """What stands over each block."""
    in_block: bool = False
    """Whether blocks name their lead officers although the list does."""
    awkward: bool = False
    """Whether by-whens may be odd ones."""

    def carried(self) -> Carried:
        """Return what there is room for."""
        style, contact = BLOCKS[self.blocks], self.header == "separate" or self.contact != "name-alone"
        shortened = self.summary == "nothing" and not BLOCKS[self.blocks].leads and "short-titles" in self.habit
        return style.carried._replace(
            titles="short" if shortened else "title", pledges=PLEDGES[self.pledges].carries, email=contact, phone=contact
        )

    def axes(self) -> dict[str, tuple[str, ...]]:
        """Return what is varied, and how it is here."""
        return {
            "header": (self.header,),
            "summary": (self.summary,),
            "blocks": (self.blocks,),
            "pledges": (self.pledges,),
            "list": (self.list if BLOCKS[self.blocks].uses_list else "none",),
            "by-when": (self.by_when if BLOCKS[self.blocks].carried.dates == "sentence" else "column",),
            "wording": (self.wording,),
            "habit": self.habit or ("none",),
            "saved": (self.saved,),
            "contact": (self.contact if self.header != "separate" else "separate",),
            "colon": (self.colon or "none",),
            "over": (self.over if self.blocks not in ("titled-rows", "headings", "matrix", "long-table") else "none",),
        }


VARIED: Mapping[str, tuple[str, ...]] = {
    "header": tuple(HEADERS),
    "summary": tuple(SUMMARIES),
    "blocks": tuple(BLOCKS),
    "pledges": tuple(PLEDGES),
    "list": tuple(one for one in lists.STYLES if one not in lists.KEPT_BACK),
    "by_when": JOINS,
    "wording": tuple(dict.fromkeys(wording.WORDINGS_OF["development"])),
    "habit": tuple(HABITS),
    "saved": ("plain", "word", "google"),
    "contact": _CONTACTS,
    "colon": wording.COLONS,
    "over": OVER,
}
"""What may be varied alone, and how."""


PLAIN: Mapping[str, Manner] = {
    "tables": Manner(),
    "form of 2011": Manner(header="original", summary="one-row", blocks="boxes", pledges="two-boxes"),
    "paragraphs": Manner(header="lines", summary="rows", blocks="bold-labels", pledges="two-questions"),
}
"""Manners in which one thing at a time is changed."""


def alone(plain: str, axis: str, value: str, number: int) -> Case:
    """Return a return that is as plain as can be but for one thing.

    Args:
        plain: of `PLAIN`.
        axis: of `VARIED`; empty to change nothing.
        value: one of its values.
        number: another number is another partnership with other priorities.
    """
    changed: dict[str, Any] = {axis: (value,) if axis == "habit" else value} if axis else {}
    return _retyped(Random(f"alone {number}"), replace(PLAIN[plain], **changed), f"{plain}, {axis} {value} {number}", held_out=False)


def manner(rng: Random, set_: Set, number: int) -> Manner:
    """Return a manner by chance; layouts follow one another, so that a run of returns has all of them about equally often."""
    header, summary, pledges, blocks = (_in_turn(tuple(table), number) for table in (HEADERS, SUMMARIES, PLEDGES, BLOCKS))
    words = wording.WORDINGS_OF[set_]
    return Manner(
        header=header,
        summary=summary,
        blocks=blocks,
        pledges=pledges,
        list=_in_turn(tuple(one for one in lists.STYLES if set_ == "held-out" or one not in lists.KEPT_BACK), number),
        by_when=rng.choice((*JOINS, "mixed", "mixed", "by", "by")),
        wording=words[number % len(words)],
        habit=_habits(rng),
        saved=rng.choice(_SAVED),
        contact=rng.choice(_ONE_LINE if header == "columns" else _CONTACTS),
        colon=rng.choice(wording.COLONS if rng.random() < 0.2 else (":", ":", "")),
        over=rng.choice(("number", "number", *OVER)),
        in_block=rng.random() < 0.1,
        awkward=rng.random() < 0.35,
    )


def _retyped(rng: Random, how: Manner, name: str, *, held_out: bool) -> Case:
    """Return a return in a layout of its own."""
    said = answer(rng, kept_back=held_out, join=how.by_when, awkward=how.awkward)
    said = _listable(_blanked(rng, said, how.habit), how.list)
    in_block = not BLOCKS[how.blocks].leads and (how.summary == "nothing" or how.in_block)
    words = wording.worded(rng, how.wording)
    hand = Hand(said, rng, words, how.colon, Lists(how.list), how.habit, how.contact, how.over, in_block)
    desk = _laid_out(hand, how)
    for habit in how.habit:
        if change := HABITS[habit]:
            change(desk)
    sheet = Sheet(how.saved, desk.landscape, desk.header, desk.footer)
    document = write(tuple(block for section in desk.sections.values() for block in section), sheet)
    return Case(name, how.axes(), document, truth(said, how.carried(), desk.stray, desk.tracked))


def _in_turn(table: tuple[str, ...], number: int) -> str:
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


def _laid_out(hand: Hand, manner: Manner) -> Desk:
    """Return a return as it lies on the desk before habits change it."""
    title = (form(hand.rng.choice(wording.TITLES), style="Title"),) if hand.rng.random() < 0.8 else ()
    unused = replace(hand.answers, priorities=(*hand.answers.priorities, _EMPTY)) if "unused-block" in hand.habits else hand.answers
    gap = (form(""),)
    sections = {"top": title, "header": HEADERS[manner.header](hand) + gap, "summary": SUMMARIES[manner.summary](hand) + gap}
    given, hand.answers = hand.answers, unused
    sections["blocks"] = BLOCKS[manner.blocks].layout(hand)
    hand.answers = given
    return Desk(hand.rng, {**sections, "pledges": PLEDGES[manner.pledges].layout(hand), "end": ()})

"""Returns on the blank that was issued: filled in by Word, its boxes kept, unnamed, gone, or pasted into a fresh document."""

import io
from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import replace
from random import Random

import docx

from tests.align.returns import edited, uncontrolled, untagged
from tests.corpus.answers import Answers, Carried, Priority
from tests.corpus.register import blank, corpus_round
from tests.corpus.word import settled
from tests.documents import package
from tests.sample.typed import Line, lines
from tests.sample.word import fill

ROOM = 4
"""Deliverables that a block of the blank has room for, and priorities that the blank has blocks for."""


def pasted(data: bytes) -> bytes:
    """Return a document whose body was copied and pasted into a new one: no boxes, no headers, no properties."""
    body = docx.Document(io.BytesIO(edited(data, uncontrolled))).element.body
    fresh = docx.Document()
    for element in list(body)[:-1]:
        fresh.element.body[-1].addprevious(deepcopy(element))
    stream = io.BytesIO()
    fresh.save(stream)
    return package(settled(stream.getvalue()))


MANNERS: Mapping[str, Callable[[bytes], bytes]] = {
    "whole": lambda data: data,
    "names-lost": lambda data: edited(data, untagged),
    "boxes-lost": lambda data: edited(data, uncontrolled),
    "pasted": pasted,
}
FILLINGS = ("tidy", "dates-in-sentences", "lists-in-one-box")


def issued(rng: Random, said: Answers) -> tuple[dict[str, tuple[str, ...]], bytes, Answers, Carried]:
    """Return a blank filled in: what is odd about it, the document, and what it truly says.

    Args:
        rng: decides how it is filled in, and what happens to it.
        said: the answers; those that the blank has no room for are left out.
    """
    manner, filling = rng.choice(tuple(MANNERS)), rng.choice(FILLINGS)
    row = corpus_round().by_id[said.partnership_id]
    kept = tuple(one._replace(deliverables=one.deliverables[:ROOM]) for one in said.priorities)
    said = replace(said, partnership=row.name, chair=row.columns["chair"], cabinet=row.columns["cabinet_member"], priorities=kept)
    typed = _typed(said, filling)
    copies = max(len(kept) - ROOM, 0)
    data = fill(blank(row.id), typed, said.contact[0], f"priorities[{ROOM}]" if copies else "", copies)
    axes: dict[str, tuple[str, ...]] = {"issued": (manner,), "filling": (filling,)}
    carried = Carried(dates="column" if filling == "tidy" else "sentence", measures="column", parts=True, pledges="grid")
    return axes, MANNERS[manner](data), said, carried


def _typed(said: Answers, filling: str) -> dict[str, tuple[Line, ...]]:
    typed: dict[str, tuple[str, ...]] = {}
    for at, one in enumerate(said.priorities, 1):
        typed |= {f"priorities[{at}].{key}": texts for key, texts in _block(one, filling).items()}
    for at, pledge in enumerate(said.pledges, 1):
        typed[f"pledges[{at}].status"] = ("Already met" if pledge.status == "met" else "Not yet met",)
        typed[f"pledges[{at}].relevance"] = (pledge.relevance,)
    return {tag: lines(texts) for tag, texts in typed.items() if any(texts)}


def _block(one: Priority, filling: str) -> dict[str, tuple[str, ...]]:
    typed: dict[str, tuple[str, ...]] = {"title": (one.title,), "lead_officer": (one.lead,)}
    for key, texts in (("policies", one.policies), ("objectives_link", one.link), ("business_plans", one.plans)):
        typed[f"context.{key}"] = tuple(text.replace("* ", "- ", 1) if text.startswith("* ") else text for text in texts)
    if filling == "lists-in-one-box":
        typed["deliverables[1].what"] = tuple(given.whole for given in one.deliverables)
        typed["deliverables[1].measure"] = one.measures
        return typed
    for number, given in enumerate(one.deliverables, 1):
        here = f"deliverables[{number}]"
        typed[f"{here}.what"] = (given.bare if filling == "tidy" else given.whole,)
        typed[f"{here}.due"] = (given.when.words if filling == "tidy" else "",)
        typed[f"{here}.measure"] = (given.measure,)
    return typed

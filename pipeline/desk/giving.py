"""Behind the wall: a partnership's return is made into the clean Word file that goes back to it.

A stranger's package is only ever opened in a bounded process of its own; this is what that process does.
"""

from datetime import datetime
from typing import NamedTuple

from pipeline.asking.marking import Spot, mark
from pipeline.asking.returned import opened, packed, taken_over
from pipeline.bounded import Item, Work, read_all
from pipeline.desk.wall import executor
from pipeline.errors import UnreadableError
from pipeline.settings import Limits

_SET_UP, _ANSWER, _PATIENCE = (f"{__name__}:{name}" for name in ("set_up", "answer", "patience_for"))


class Order(NamedTuple):
    """What is made of a return."""

    blank: bytes
    """The partnership's own blank."""
    spots: tuple[Spot, ...]
    author: str
    at: datetime
    limits: Limits


class Made(NamedTuple):
    """The Word file that goes back."""

    data: bytes
    lost: tuple[int, ...] = ()
    """The numbers of the questions whose place was not found."""
    dropped: tuple[str, ...] = ()
    """What of the return was not taken over, in words."""


def set_up(order: Order) -> Order:
    """Return the order, for the process that carries it out."""
    return order


def answer(order: Order, data: bytes, file: str) -> bytes:
    """Make the file, and say before it what is lost and dropped."""
    given = taken_over(data, order.blank, order.limits)
    lost = mark(given, order.spots, order.author, order.at)
    head = f"{','.join(map(str, lost))}\n{','.join(given.dropped)}\n"
    return head.encode() + packed(given)


def patience_for(data: bytes) -> int:
    """Return the patience for a Word file: the usual."""
    return 1


def own_return(data: bytes, file: str, order: Order) -> Made:
    """Return a return as a clean Word file with the questions in it.

    Raises:
        UnreadableError: it cannot be read after all, or whatever made it took too much.
    """
    with executor() as threads:
        (said,) = read_all([Item(file, data)], Work(_SET_UP, _ANSWER, order, _PATIENCE), threads)
    if isinstance(said, UnreadableError):
        raise said
    lost, dropped, made = said.split(b"\n", 2)
    return Made(made, tuple(int(one) for one in lost.split(b",") if one), tuple(one for one in dropped.decode().split(",") if one))


def from_blank(blank: bytes, order: Order) -> Made:
    """Return a blank of ours with the questions in it. It is no stranger's, so it needs no wall."""
    given = opened(blank)
    lost = mark(given, order.spots, order.author, order.at)
    return Made(packed(given), lost)

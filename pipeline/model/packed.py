"""Many things in little room: what a round has thousands of is held packed, and unpacked one at a time as it is gone through.

The first things are held as they are, so that a round of the usual size is as fast as if nothing were ever packed. What is packed are
this program's own nouns, in its own memory: nothing is read from a file or written to one.
"""

import pickle
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Generic, TypeVar, overload

T = TypeVar("T")
U = TypeVar("U")

OPEN = 1_000
"""Things that are held as they are."""
_EXAMPLES = 8
"""Things whose words the later ones need not repeat."""
_WINDOW = 1 << 15
"""As many bytes back DEFLATE can look. Source: RFC 1951, 2."""
_RAW = -15
"""DEFLATE without a head and a checksum."""


class Held(Generic[T]):
    """A thing that is held, packed or as it is."""

    __slots__ = ("_examples", "_thing")

    def __init__(self, thing: object, examples: bytes | None = None) -> None:
        self._thing = thing
        self._examples = examples

    def get(self) -> T:
        """Return the thing; where it is packed, a copy at each call."""
        thing: Any = self._thing
        if self._examples is not None:
            thing = pickle.loads(zlib.decompressobj(_RAW, self._examples).decompress(thing))  # noqa: S301 - packed below
        found: T = thing
        return found

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Held) and bool(self.get() == other.get())

    __hash__ = None  # type: ignore[assignment]


class Packing(Generic[T]):
    """Packs things of one kind.

    Args:
        open_: how many are held as they are; `OPEN` where it is not told.
    """

    def __init__(self, open_: int | None = None) -> None:
        self._open = OPEN if open_ is None else open_
        self._examples: list[bytes] = []
        self._known = b""

    def hold(self, thing: T) -> Held[T]:
        """Return a thing as it is to be held."""
        if self._open:
            self._open -= 1
            return Held(thing)
        data = pickle.dumps(thing, pickle.HIGHEST_PROTOCOL)
        known = self._known
        packer = zlib.compressobj(1, zlib.DEFLATED, _RAW, zdict=known)
        held: Held[T] = Held(packer.compress(data) + packer.flush(), known)
        if len(self._examples) < _EXAMPLES:
            self._examples.append(data)
            self._known = b"".join(self._examples)[-_WINDOW:]
        return held


class Each(Sequence[U], Generic[T, U]):
    """What a function makes of each of some things, made anew whenever it is asked for.

    Args:
        things: what it is made of.
        view: makes it.
    """

    __slots__ = ("_things", "_view")

    def __init__(self, things: Sequence[T], view: Callable[[T], U]) -> None:
        self._things = things
        self._view = view

    @overload
    def __getitem__(self, at: int) -> U: ...

    @overload
    def __getitem__(self, at: slice) -> "Each[T, U]": ...

    def __getitem__(self, at: int | slice) -> "U | Each[T, U]":
        if isinstance(at, slice):
            return Each(self._things[at], self._view)
        return self._view(self._things[at])

    def __iter__(self) -> Iterator[U]:
        return map(self._view, self._things)

    def __len__(self) -> int:
        return len(self._things)

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, Sequence)
            and len(self) == len(other)
            and all(one == another for one, another in zip(self, other, strict=True))
        )

    __hash__ = None  # type: ignore[assignment]


def packed(things: Iterable[T], open_: int | None = None) -> Sequence[T]:
    """Return things that come one after the other as a sequence that holds them packed.

    Args:
        things: of one kind; gone through once.
        open_: how many are held as they are; `OPEN` where it is not told.
    """
    packing: Packing[T] = Packing(open_)
    return Each(tuple(map(packing.hold, things)), Held.get)

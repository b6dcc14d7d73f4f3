"""Hold a reading against the truth: every value that either of them has is right, wrong, missing or extra.

Texts are compared as the contract keeps them: composed (NFC), single spaces, nothing invisible, quotes and dashes as typed. A full stop,
comma or semicolon at the end does not count. A context is right where it is nearly all there and nothing much besides.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from typing import Literal, NamedTuple

from rapidfuzz import fuzz

from pipeline.model.outcomes import Outcome
from pipeline.model.records import Answer, Record, Value
from tests.corpus.answers import Truth

Verdict = Literal["right", "wrong", "missing", "extra"]

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_NEARLY = 98.0
"""How alike two contexts must be (0 to 100)."""
_SAME_ITEM = 55.0
"""How alike two items must be to be held against each other."""
_SURE = 0.9
"""A wrong value that is surer than this misleads."""

HEADER = ("partnership", "chair", "cabinet_member", "contact_officer.name", "contact_officer.email", "contact_officer.phone")
_UNASKED = ("introduction",)
_UNASKED_OF_PRIORITY = ("group", "focus")
_PARTS = ("policies", "objectives_link", "business_plans")


class Judged(NamedTuple):
    """One value, judged."""

    field: str
    """Its path in the form, without numbers: `priorities.deliverables.due`."""
    path: str
    """Its path in the reading, or in the truth where it was not read."""
    true: str | None
    read: str | None
    verdict: Verdict
    answer: Answer | None = None
    """Where the reading has it from."""

    @property
    def misleads(self) -> bool:
        """Say whether it is wrong and the program sure of it."""
        return self.verdict in ("wrong", "extra") and self.answer is not None and self.answer.confidence > _SURE


def judge(record: Record, truth: Truth) -> list[Judged]:
    """Return every value of a reading and of the truth, judged."""
    answers = {answer.field: answer for answer in record.answers}
    judged = [_judged("identity", "partnership", truth.partnership, record.partnership, {})]
    if record.outcome is Outcome.REFUSED:
        return judged + [_judged(path, path, said, None, {}) for path, said in _leaves(truth.values, "") if said is not None]
    judged += list(_header(record.values, truth.values, answers))
    judged += list(_priorities(_items(record.values, "priorities"), _items(truth.values, "priorities"), truth, answers))
    judged += list(_pledges(_items(record.values, "pledges"), _items(truth.values, "pledges"), answers))
    judged.append(
        _judged("pledges_text", "pledges_text", _text(truth.values, "pledges_text"), _text(record.values, "pledges_text"), answers)
    )
    judged += list(_stray(record, truth))
    return [one for one in judged if one.true is not None or one.read is not None]


def normal(text: str | None) -> str | None:
    """Return a text as texts are compared; None for none."""
    if text is None:
        return None
    text = unicodedata.normalize("NFC", _INVISIBLE.sub("", text))
    return " ".join(text.split()).rstrip(" .;,") or None


def _judged(field: str, path: str, true: str | None, read: str | None, answers: dict[str, Answer], right: bool | None = None) -> Judged:
    same = normal(true) == normal(read) if right is None else right
    verdict: Verdict = "right" if same else "missing" if read is None else "extra" if true is None else "wrong"
    return Judged(field, path, true, read, verdict, answers.get(path))


def _header(read: Value, true: Value, answers: dict[str, Answer]) -> Iterator[Judged]:
    for path in HEADER:
        yield _judged(path, path, _text(true, path), _text(read, path), answers)
    for path in _UNASKED:
        yield _judged("unasked", path, None, _text(read, path), answers)


def _priorities(read: list[Value], true: list[Value], truth: Truth, known: dict[str, Answer]) -> Iterator[Judged]:
    for at, number in _aligned(true, read, _same_priority):
        path = f"priorities[{_numbered(at, number)}]"
        own = true[at] if at is not None else None
        said = read[number] if number is not None else None
        answers = known if said is not None else {}
        for key in ("title", "lead_officer"):
            yield _judged(f"priorities.{key}", f"{path}.{key}", _text(own, key), _text(said, key), answers)
        yield from _context(own, said, path, answers)
        objectives = _text(own, "objectives")
        yield _judged(
            "priorities.objectives" if objectives else "unasked", f"{path}.objectives", objectives, _text(said, "objectives"), answers
        )
        for key in _UNASKED_OF_PRIORITY:
            yield _judged("unasked", f"{path}.{key}", None, _text(said, key), answers)
        accept = (
            {}
            if at is None
            else {key.split(".", 1)[1]: days for key, days in truth.due_accept.items() if key.startswith(f"priorities[{at + 1}].")}
        )
        yield from _deliverables(_items(said, "deliverables"), _items(own, "deliverables"), path, accept, answers)
        yield from _listed("priorities.measures", f"{path}.measures", _items(own, "measures"), _items(said, "measures"), answers)


def _context(own: Value, said: Value, path: str, answers: dict[str, Answer]) -> Iterator[Judged]:
    true, read = _text(own, "context.text"), _text(said, "context.text")
    alike = fuzz.ratio(normal(true) or "", normal(read) or "") >= _NEARLY
    yield _judged("priorities.context.text", f"{path}.context.text", true, read, answers, alike)
    for part in _PARTS:
        field = f"priorities.context.{part}" if _text(own, f"context.{part}") else "unasked"
        yield _judged(field, f"{path}.context.{part}", _text(own, f"context.{part}"), _text(said, f"context.{part}"), answers)


def _deliverables(
    read: list[Value], true: list[Value], path: str, accept: dict[str, tuple[str | None, ...]], known: dict[str, Answer]
) -> Iterator[Judged]:
    for at, number in _aligned(true, read, _by(lambda item: _text(item, "what") or "")):
        own = true[at] if at is not None else None
        said = read[number] if number is not None else None
        answers = known if said is not None else {}
        here = f"{path}.deliverables[{_numbered(at, number)}]"
        what = _judged("priorities.deliverables.what", f"{here}.what", _text(own, "what"), _text(said, "what"), answers)
        yield what
        if what.verdict != "right":
            continue
        fair = accept.get(f"deliverables[{(at or 0) + 1}].due", (None,))
        due = _text(said, "due")
        yield _judged("priorities.deliverables.due", f"{here}.due", fair[0], due, answers, due in fair)
        if isinstance(own, dict) and "measure" in own:
            yield _judged("priorities.deliverables.measure", f"{here}.measure", _text(own, "measure"), _text(said, "measure"), answers)


def _listed(field: str, path: str, true: list[Value], read: list[Value], answers: dict[str, Answer]) -> Iterator[Judged]:
    for at, number in _aligned(true, read, _by(str)):
        said = str(read[number]) if number is not None else None
        own = str(true[at]) if at is not None else None
        yield _judged(field, f"{path}[{_numbered(at, number)}]", own, said, answers if said is not None else {})


def _pledges(read: list[Value], true: list[Value], answers: dict[str, Answer]) -> Iterator[Judged]:
    for at, number in _aligned(true, read, _by(lambda item: f"{_text(item, 'pledge')} {_text(item, 'relevance')}")):
        own = true[at] if at is not None else None
        said = read[number] if number is not None else None
        for key in ("pledge", "status", "relevance"):
            path = f"pledges[{_numbered(at, number)}].{key}"
            yield _judged(f"pledges.{key}", path, _text(own, key), _text(said, key), answers if said is not None else {})


def _stray(record: Record, truth: Truth) -> Iterator[Judged]:
    """Judge words that no answer may hold."""
    for words in truth.must_not_contain:
        wanted = normal(words) or words
        holder = next((answer for answer in record.answers if answer.value is not None and wanted in (normal(answer.value) or "")), None)
        if holder is None:
            yield Judged("stray words", "", words, None, "right")
        else:
            yield Judged("stray words", holder.field, None, holder.value, "extra", holder)


# -- items against items -------------------------------------------------------------------------------------------------


def _aligned(true: Sequence[Value], read: Sequence[Value], same: Callable[[Value, Value], float]) -> list[tuple[int | None, int | None]]:
    """Return which item of the truth and of the reading are the same, in order; None where the other has none.

    The order counts: items that stand in another order than in the truth are missing there and extra here.
    """
    alike = [[same(one, other) for other in read] for one in true]
    best = [[0.0] * (len(read) + 1) for _ in range(len(true) + 1)]
    for at in range(len(true) - 1, -1, -1):
        for number in range(len(read) - 1, -1, -1):
            paired = best[at + 1][number + 1] + alike[at][number]
            best[at][number] = max(paired, best[at + 1][number], best[at][number + 1])
    pairs: list[tuple[int | None, int | None]] = []
    at = number = 0
    while at < len(true) and number < len(read):
        if alike[at][number] and best[at][number] == best[at + 1][number + 1] + alike[at][number]:
            pairs.append((at, number))
            at, number = at + 1, number + 1
        elif best[at][number] == best[at + 1][number]:
            pairs.append((at, None))
            at += 1
        else:
            pairs.append((None, number))
            number += 1
    return [*pairs, *((rest, None) for rest in range(at, len(true))), *((None, rest) for rest in range(number, len(read)))]


def _numbered(at: int | None, number: int | None) -> int:
    """Return the number by which an item is called: the reading's where it has one, counted from 1."""
    return (number if number is not None else at or 0) + 1


def _by(said: Callable[[Value], str]) -> Callable[[Value, Value], float]:
    """Return how to compare items by what they say: 1000 where that is the same, nothing where they are no pair."""

    def same(one: Value, other: Value) -> float:
        if normal(said(one)) == normal(said(other)):
            return 1000.0
        alike = fuzz.ratio(said(one), said(other))
        return alike if alike >= _SAME_ITEM else 0.0

    return same


def _same_priority(one: Value, other: Value) -> float:
    """Compare priorities by their titles, or where those differ by everything that they say, in whatever order."""
    title = normal(_text(one, "title"))
    if title and title == normal(_text(other, "title")):
        return 1000.0
    alike = fuzz.token_sort_ratio(_gist(one), _gist(other))
    return alike if alike >= _SAME_ITEM else 0.0


def _gist(priority: Value) -> str:
    """Return everything that a priority says, as far as it tells it from others."""
    return " ".join(said for path, said in _leaves(priority, "") if said and not path.endswith((".due", "lead_officer", "objectives")))


# -- values --------------------------------------------------------------------------------------------------------------


def _text(value: Value, path: str) -> str | None:
    """Return the text at a path of keys; several values as one text."""
    for key in path.split("."):
        value = value.get(key) if isinstance(value, dict) else None
    if isinstance(value, list):
        return "; ".join(str(one) for one in value) or None
    return value if isinstance(value, str) and value else None


def _items(value: Value, key: str) -> list[Value]:
    found = value.get(key) if isinstance(value, dict) else None
    return found if isinstance(found, list) else []


def _leaves(value: Value, path: str) -> Iterator[tuple[str, str | None]]:
    """Yield the texts of a nested value with their paths, without numbers."""
    if isinstance(value, dict):
        for key, child in value.items():
            yield from _leaves(child, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        for child in value:
            yield from _leaves(child, path)
    else:
        yield path, value

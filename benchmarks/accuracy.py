"""How much of what partnerships send back is understood, by field and by what is odd about the return.

    python -m benchmarks.accuracy                            both sets
    python -m benchmarks.accuracy --worst 5                  the development returns with most errors, each with truth, reading and place
    python -m benchmarks.accuracy --show development-017     one return: what it shows, and its errors (--save FOLDER keeps it)
    python -m benchmarks.accuracy --field chair              every error of a field
    python -m benchmarks.accuracy --list                     what each return shows, a line a return
    python -m benchmarks.accuracy --alone                    plain returns with one thing changed in each: what each costs
    python -m benchmarks.accuracy --alone tables list D1     the errors of those
    python -m benchmarks.accuracy --formats                  the same returns as other programs save them
    python -m benchmarks.accuracy --json                     the figures for a program

Returns are made by `tests.corpus`. Errors are shown of the development set only: a program that is mended by the held-out set is measured
by nothing.
"""

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import NamedTuple

from pipeline.flow import Desk, read_return
from pipeline.model.outcomes import Outcome, Reason
from pipeline.model.records import Record
from pipeline.read import Source, document
from tests.corpus.cases import PLAIN, SETS, VARIED, Case, Set, alone, case
from tests.corpus.office import FORMATS, saved_as
from tests.corpus.register import corpus_round
from tests.corpus.scoring import Judged, judge

DEFAULT = 300
"""Returns a set."""
ALONE = 3
"""Plain returns with one thing changed, of each."""
CONVERTED = 24
"""Returns of a set that are saved in each format."""


class Read(NamedTuple):
    """A return of the corpus, as it was read."""

    case: Case
    outcome: str
    reason: str
    judged: list[Judged]

    @property
    def errors(self) -> list[Judged]:
        """What is not right."""
        return [one for one in self.judged if one.verdict != "right"]


_DESK: list[Desk] = []


def read(set_: Set, number: int) -> Read:
    """Make a return, read it and judge the reading."""
    return _reading(case(set_, number))


def _reading(one: Case, data: bytes = b"", ending: str = "docx") -> Read:
    """Read a return, or the same in another format. One on which the program fails counts as a return of which nothing was read."""
    if not _DESK:
        _DESK.append(Desk(corpus_round()))
    try:
        record, _ = read_return(data or one.document, f"{one.name}.{ending}", _DESK[0])
    except Exception as error:  # whatever it is, the other returns are measured all the same
        record = Record(one.name, "", "", Outcome.REFUSED, Reason("crashed"), repr(error))
    return Read(one, str(record.outcome), str(record.reason or ""), judge(record, one.truth))


def read_as(set_: Set, many: int, ending: str) -> list[Read]:
    """Read the first returns of a set as LibreOffice saves them in a format."""
    cases = [case(set_, number) for number in range(many)]
    saved = saved_as({one.name: one.document for one in cases}, ending)
    return [_reading(one, saved[one.name], ending) for one in cases]


def read_alone(plain: str, axis: str, value: str) -> list[Read]:
    """Read plain returns with one thing changed."""
    return [_reading(alone(plain, axis, value, number)) for number in range(ALONE)]


def read_set(set_: Set, many: int) -> list[Read]:
    """Read the first returns of a set, on every processor."""
    with ProcessPoolExecutor() as pool:
        return list(pool.map(read, [set_] * many, range(many), chunksize=10))


class Figures(NamedTuple):
    """Counts of judged values."""

    right: int
    total: int
    misleading: int

    @property
    def share(self) -> float:
        """Return the share that is right; 1 of nothing."""
        return self.right / self.total if self.total else 1.0


def figures(judged: Iterable[Judged]) -> Figures:
    """Count judged values."""
    counted = Counter((one.verdict == "right", one.misleads) for one in judged)
    right = counted[True, False]
    return Figures(right, sum(counted.values()), counted[False, True])


def by_field(reads: Sequence[Read]) -> dict[str, Figures]:
    """Return the figures of each field, in the order of the form."""
    found: dict[str, list[Judged]] = defaultdict(list)
    for one in reads:
        for judged in one.judged:
            found[judged.field].append(judged)
    return {field: figures(judged) for field, judged in found.items()}


def by_axis(reads: Sequence[Read]) -> dict[str, dict[str, tuple[int, Figures]]]:
    """Return how many returns show each thing that is varied, and their figures."""
    found: dict[str, dict[str, list[Read]]] = defaultdict(lambda: defaultdict(list))
    for one in reads:
        for axis, shown in one.case.axes.items():
            for value in shown:
                found[axis][value].append(one)
    return {
        axis: {value: (len(those), figures(judged for one in those for judged in one.judged)) for value, those in values.items()}
        for axis, values in found.items()
    }


# -- what is printed -----------------------------------------------------------------------------------------------------


def show(set_: Set, reads: Sequence[Read], axes: bool) -> None:
    """Print the figures of a set."""
    whole = sum(not one.errors for one in reads)
    outcomes = Counter(f"{one.outcome} {one.reason}".strip() for one in reads)
    total = figures(judged for one in reads for judged in one.judged)
    print(f"\n{set_}: {len(reads)} returns ({', '.join(f'{many} {outcome}' for outcome, many in outcomes.most_common())})")
    print(f"  values right {total.share:.1%} of {total.total}; wrong but sure {total.misleading / total.total:.2%}", end="; ")
    print(f"returns without an error {whole / len(reads):.0%}")
    print(f"\n  {'field':38} {'right':>7} {'of':>6} {'sure and wrong':>15}")
    for field, own in by_field(reads).items():
        print(f"  {field:38} {own.share:7.1%} {own.total:6} {own.misleading:15}")
    for axis, values in by_axis(reads).items() if axes else ():
        print(f"\n  {axis:38} {'right':>7} {'returns':>8}")
        for value, (many, own) in sorted(values.items(), key=lambda item: item[1][1].share):
            print(f"    {value:36} {own.share:7.1%} {many:8}")


def show_alone() -> None:
    """Print what each thing that is varied costs by itself, in plain returns of several layouts."""
    wanted = [(plain, axis, value) for axis, values in (("", ("",)), *VARIED.items()) for value in values for plain in PLAIN]
    with ProcessPoolExecutor() as pool:
        found = zip(wanted, pool.map(read_alone, *zip(*wanted, strict=True), chunksize=4), strict=True)
        shares = {one: figures(judged for read in reads for judged in read.judged).share for one, reads in found}
    print(f"  {'':36} {' '.join(f'{plain:>13}' for plain in PLAIN)}")
    for axis, values in (("", ("",)), *VARIED.items()):
        print(f"  {axis or 'nothing changed'}")
        for value in sorted(values, key=lambda value: shares["tables", axis, value]):
            print(f"    {value or '–':34} {' '.join(f'{shares[plain, axis, value]:13.1%}' for plain in PLAIN)}")


def show_formats(many: int) -> None:
    """Print the figures of the same returns as Word wrote them and as LibreOffice saves them."""
    print(f"{'format':8} {'development':>12} {'held-out':>10}   refused")
    for ending in ("as typed", *FORMATS):
        sets = {set_: [read(set_, at) for at in range(many)] if ending not in FORMATS else read_as(set_, many, ending) for set_ in SETS}
        shares = [figures(judged for one in reads for judged in one.judged).share for reads in sets.values()]
        refused = Counter(one.reason for reads in sets.values() for one in reads if one.outcome == "refused")
        print(f"{ending:8} {shares[0]:12.1%} {shares[1]:10.1%}   {', '.join(f'{many} {reason}' for reason, many in refused.items())}")


def show_errors(one: Read) -> None:
    """Print what is not right in a return."""
    print(f"\n{one.case.name} {one.outcome} {one.reason}: {len(one.errors)} of {len(one.judged)} values are not right")
    print("  " + "; ".join(f"{axis} {', '.join(shown)}" for axis, shown in one.case.axes.items()))
    if one.outcome == "refused":
        print("    nothing was read")
        return
    for error in one.errors:
        show_error(error)


def show_error(error: Judged) -> None:
    """Print one value that is not right."""
    print(f"    {error.verdict:8}{error.path}")
    print(f"        true  {error.true!r}")
    print(f"        read  {error.read!r}")
    if error.answer is not None:
        print(f"        quote {error.answer.quote[:160]!r} at {error.answer.place}, {error.answer.method}, {error.answer.confidence}")


def show_document(one: Read) -> None:
    """Print what a return shows, a paragraph a line, with the place of each."""
    for paragraph in document(Source(one.case.document)).paragraphs():
        print(f"  {paragraph.place!s:34} {paragraph.text!r}")


def as_json(reads: Sequence[Read]) -> dict[str, object]:
    """Return the figures of a set for a program."""
    total = figures(judged for one in reads for judged in one.judged)
    return {
        "returns": len(reads),
        "right": total.share,
        "values": total.total,
        "misleading": total.misleading / total.total,
        "whole": sum(not one.errors for one in reads) / len(reads),
        "fields": {field: own.share for field, own in by_field(reads).items()},
        "axes": {axis: {value: own.share for value, (_, own) in values.items()} for axis, values in by_axis(reads).items()},
    }


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the corpus and print what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--returns", type=int, default=DEFAULT, help="returns a set")
    parser.add_argument("--worst", type=int, default=0, metavar="N", help="print the errors of the N worst development returns")
    parser.add_argument("--show", metavar="NAME", help="print the errors of one development return")
    parser.add_argument("--save", metavar="FOLDER", help="with --show: write the return there, to be opened in Word")
    parser.add_argument("--field", metavar="NAME", help="print every error of one field in the development set")
    parser.add_argument("--axes", action="store_true", help="print the figures by what is varied, for the held-out set too")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    parser.add_argument("--list", action="store_true", help="print what each return shows")
    parser.add_argument(
        "--alone", nargs="*", metavar="WHAT", help="plain returns with one thing changed; with LAYOUT AXIS VALUE: their errors"
    )
    parser.add_argument("--formats", action="store_true", help="print the figures of returns as LibreOffice saves them")
    asked = parser.parse_args(arguments)
    if asked.list:
        for set_ in SETS:
            for number in range(asked.returns):
                one = case(set_, number)
                print(one.name, "; ".join(f"{axis} {', '.join(shown)}" for axis, shown in one.axes.items()))
        return
    if asked.alone == []:
        show_alone()
        return
    if asked.alone:
        for one in read_alone(*asked.alone):
            show_errors(one)
        return
    if asked.formats:
        show_formats(CONVERTED)
        return
    if asked.show:
        one = read("development", int(asked.show.rsplit("-", 1)[1]))
        show_document(one)
        show_errors(one)
        if asked.save:
            (Path(asked.save) / f"{one.case.name}.docx").write_bytes(one.case.document)
        return
    sets = {set_: read_set(set_, asked.returns) for set_ in SETS if set_ == "development" or not (asked.worst or asked.field)}
    if asked.json:
        print(json.dumps({set_: as_json(reads) for set_, reads in sets.items()}, indent=1))
        return
    for set_, reads in sets.items():
        show(set_, reads, axes=set_ == "development" or asked.axes)
    development = sets["development"]
    for one in sorted(development, key=lambda one: -len(one.errors))[: asked.worst]:
        show_errors(one)
    for one in development if asked.field else ():
        for error in (error for error in one.errors if error.field == asked.field):
            print(
                one.case.name,
                {
                    axis: shown
                    for axis, shown in one.case.axes.items()
                    if axis in ("header", "summary", "blocks", "list", "wording", "habit")
                },
            )
            show_error(error)


if __name__ == "__main__":
    main()

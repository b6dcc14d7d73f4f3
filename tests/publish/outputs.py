"""Every output of both kits, made once for the tests that hold them to standards."""

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from pipeline.blanks.generating import generate
from pipeline.flow import board, explained, read_documents, read_return, report_progress
from pipeline.merge import merge
from pipeline.model.history import Decision, DecisionKind
from pipeline.model.plans import Plan
from pipeline.model.post import MessageKind
from pipeline.publish.board_page import page
from pipeline.publish.masters.master import Master
from pipeline.publish.papers import publish
from pipeline.publish.publication import publication
from pipeline.store.store import Store
from tests.desk.rounds import ROADS, SAFER, SENT, WASTE, a_round_of_three, complete, on, post, take_in
from tests.publish.returns import NARRATIVE, a_record, a_round_of_nine, nine_records
from tests.publish.test_papers import AT, a_return
from tests.publish.test_workbook import LATE, OPEN
from tests.traps.updates import KIT as UPDATE
from tests.traps.updates import returned, update_desk, update_round, updates

DAY = dt.date(2011, 4, 21)


class Outputs(NamedTuple):
    """What was made."""

    files: tuple[Path, ...]
    pages: dict[str, str]
    """Web pages by name."""


def every_output(folder: Path) -> Outputs:
    """Make every output of both kits.

    Args:
        folder: where they go: `priorities`, `update`, and in each of them `publication`, `progress` and `blanks`.
    """
    made: list[Path] = []
    for kit, plan in (("priorities", priorities_plan()), ("update", update_plan())):
        made += publish(plan, folder / kit)
        made += publish(publication(plan), folder / kit / "publication")
    pages = {}
    for kit in ("priorities", "update"):
        report, pages[f"{kit} board"] = progress(folder / kit / "progress", kit)
        made.append(report)
    for round_ in (a_round_of_nine(), update_round()):
        _, blank = next(iter(generate(replace(round_, folder=folder / round_.form.form))))
        made.append(blank)
    desk = update_desk()
    said = read_documents([("update.docx", returned(updates()[0]))], desk)
    pages |= {f"update explained {number}": text for number, text in enumerate(explained(next(iter(said)), desk), 1)}
    return Outputs(tuple(made), pages)


def priorities_plan() -> Plan:
    """Return the plan of nine returns, one with all that a partnership can say, one finding open and one accepted with a reason."""
    override = Decision(DecisionKind.OVERRIDE, "safer-communities", LATE.key, None, "Sam", AT, "Agreed by telephone")
    correction = Decision(DecisionKind.CORRECT, "safer-communities", "chair", "Cllr Sam Hill", "Sam", AT, "By telephone")
    records = [*nine_records()[:5], a_record("safer-communities", a_return()), *nine_records()[6:]]
    round_ = a_round_of_nine()
    return merge(replace(round_, narrative=a_narrative(round_.kit)), records, [override, correction], [LATE, OPEN])


def update_plan() -> Plan:
    """Return the plan of the nine updates of 2008."""
    desk = update_desk()
    records = [record for update in updates() for record in read_return(returned(update), "update.docx", desk)[:1]]
    return merge(replace(update_round(), narrative=a_narrative(UPDATE)), records)


def a_narrative(kit: Path) -> dict[str, str]:
    """Return a text for everything that the masters of a kit ask the officer for."""
    asked = (Master(kit / f"{name}.docx").asked_of("narrative") for name in ("plan", "annex", "paper", "interim"))
    return {name: NARRATIVE.get(name, f"What is said of {name}.") for name in sorted(frozenset().union(*asked))}


def progress(folder: Path, kit: str) -> tuple[Path, str]:
    """Return the progress report and the board of a round in which three were asked."""
    folder.mkdir(parents=True)
    changes = {"kit": UPDATE} if kit == "update" else {}
    round_ = a_round_of_three(folder, **changes)
    with Store.open(folder) as store:
        for name in (ROADS, SAFER, WASTE):
            post(store, name, MessageKind.PROFORMA, on(4, 3), *SENT)
        take_in(store, ROADS, complete(lead_officer=None), on(18, 4))
        return report_progress(round_, store, DAY), page(board(round_, store, DAY))

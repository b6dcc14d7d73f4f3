"""The progress report: what partial returns say so far, and where the round stands on a day. Made by the kit's master `interim.docx`.

Besides what `pipeline.publish.context` lists, its tags can name `board`:

| word | what |
|---|---|
| `board.on` | the day of the report |
| `board.replied` | "8 of 9 partnerships have replied." |
| `board.heading` | sentences: what is next, when returns are due, when papers must be out |
| `board.stages` | each: what, who, written, away ("in 15 days (7 working)"), over |
| `board.partnerships` | each: name, state, returned (the day), expected (whether a return is), items (how many), deadline, support, |
| | missing (by the form's labels) |
| `board.gaps` | the names of the chapters in which nobody has put anything forward |
| `board.ahead` | as `stages`, without what is over |

Source: document 002, "progress reviewed and feedback provided" (A002-P4).
"""

from collections.abc import Callable, Mapping
from pathlib import Path

from pipeline.model.board import Board, Line, Stage
from pipeline.model.history import Progress
from pipeline.model.plans import Plan
from pipeline.model.post import LogKind
from pipeline.publish import board_words
from pipeline.publish.files import put
from pipeline.publish.masters.kept import beside_the_program
from pipeline.publish.masters.master import Master
from pipeline.publish.papers import Report, check_masters
from pipeline.publish.views import Facts, day

_NOTHING_TO_COME = (Progress.NIL_RETURN, Progress.DECLINED)


def publish_interim(plan: Plan, board: Board, folder: Path) -> Path:
    """Write the progress report. One that would not change is left as it lies.

    Args:
        plan: of everything that came, accepted or not.
        board: of the same round, on the day of the report.
        folder: where it goes.

    Raises:
        SetupError: the master is missing or broken, or names what is not there; or the folder cannot be written to.
    """
    makers: Mapping[str, Callable[[], object]] = {"board": lambda: board_facts(plan, board)}
    report = Report(
        "Progress report", Master(plan.round.kit / "interim.docx", beside_the_program()), f"{plan.round.name}: progress report", makers
    )
    check_masters((report,), plan)
    return put(folder / f"{report.name}.docx", lambda target: report.write(target, plan), listed=True)


def board_facts(plan: Plan, board: Board) -> Facts:
    """Return what the tags that begin with `board` can name."""
    items = {entry.partnership.id: len(entry.items) for entry in plan.entries}
    stages = [_stage(stage) for stage in board.stages]
    return Facts(
        "the board",
        {
            "on": day(board.on),
            "replied": board_words.replied(board),
            "heading": list(board_words.heading(board)),
            "stages": stages,
            "ahead": [seen for seen, stage in zip(stages, board.stages, strict=True) if stage.state != "past"],
            "partnerships": [_line(line, items.get(line.partnership.id, 0), plan) for line in board.lines],
            "gaps": [chapter.name for chapter in plan.chapters if chapter.name and not chapter.items],
        },
    )


def _stage(stage: Stage) -> Facts:
    step = stage.step
    facts = {"what": step.what, "who": list(step.who), "written": step.written}
    return Facts("a step", {**facts, "away": board_words.stage(stage), "over": stage.state == "past"})


def _line(line: Line, items: int, plan: Plan) -> Facts:
    support = [entry.words for entry in line.log if entry.kind is LogKind.SUPPORT]
    facts = {"name": line.partnership.name, "state": board_words.state(line), "returned": day(line.returned), "items": items}
    expected = line.progress not in _NOTHING_TO_COME
    missing = board_words.missing(line, plan.round.form) if expected else ""
    return Facts("a partnership", {**facts, "expected": expected, "missing": missing, "deadline": day(line.deadline), "support": support})

"""What the commands have in common by which a person decides: who it is, and what is said of it."""

import getpass
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from pipeline.cli.app import App
from pipeline.cli.show import line, next_step, plain
from pipeline.cli.whose import the_partnership
from pipeline.model.history import Decision, DecisionKind

if TYPE_CHECKING:
    from pipeline.desk.deciding import Decided, Who
    from pipeline.model.history import Reading
    from pipeline.model.rounds import Partnership
    from pipeline.store.store import Store

Command = Callable[..., Any]

by_option = click.option("--by", default="", metavar="NAME", help="Who decided, where that is not you.  [default: docs/board.md says]")


def reason_option(*, needed: bool) -> Callable[[Command], Command]:
    """Return `--reason TEXT`, which a command may insist on."""
    if not needed:
        return click.option("--reason", default="", metavar="TEXT", help="Why; it is kept with who and when.")
    said = "Why; it is kept with who and when, and shown with it."
    return click.option("--reason", required=True, metavar="TEXT", callback=_words, help=said)


def _words(context: click.Context, parameter: click.Parameter, said: str) -> str:
    if not said.strip():
        raise click.BadParameter("it needs words")
    return said


def whoever(app: App, by: str = "") -> str:
    """Return who decides: `--by`, or PROFORMA_BY, or “decides” in round.yaml, or else the name of the account at the keyboard."""
    return by.strip() or app.settings.by.strip() or app.round.options.get("decides", "").strip() or getpass.getuser()


def who(app: App, by: str, reason: str = "") -> "Who":
    """Return who decides, when and why."""
    from pipeline.desk.deciding import Who

    return Who(whoever(app, by), app.now, reason.strip())


def reading_of(app: App, partnership: "Partnership", store: "Store") -> "Reading | None":
    """Return the reading that counts of a partnership; None where it has none."""
    from pipeline.flow import standing

    return next((one for one in standing(app.round, store) if one.record.partnership == partnership.id), None)


def note_without_return(app: App, kind: DecisionKind, partnership: str, says: str, *, by: str, reason: str, as_json: bool) -> None:
    """Note that no return is to be expected of a partnership, and say so.

    Args:
        app: the command line.
        kind: why none is.
        partnership: as it was typed.
        says: what is said after its name.
        by: who decided; empty for whoever is at the keyboard.
        reason: why.
        as_json: print the decision as an object instead.
    """
    from pipeline.desk import deciding

    whose = the_partnership(app.round, partnership)
    with app.store() as store:
        decided = deciding.without_return(kind, whose, who(app, by, reason), store)
    show_decided(decided, f"{whose.name} {says}", as_json=as_json, then="proforma status")


def show_decided(decided: "Decided", what: str, *, as_json: bool, then: str) -> None:
    """Say what was decided, or that it was so already.

    Args:
        decided: the decision that stands.
        what: it, as a sentence without its full stop.
        as_json: print the decision as an object instead.
        then: what to do next.
    """
    decision, new = decided
    if as_json:
        line(as_object(decision) | {"new": new})
        return
    if new:
        click.echo(plain(_ended(what)))
    else:
        click.echo(plain(f"Already so: {_ended(what)} Nothing was changed. Said by {decision.by} on {said_day(decision)}."))
    next_step(then)


def _ended(what: str) -> str:
    """Return a sentence with a sign at its end: a question has its own."""
    return what if what.endswith(("?", "!", ".", "…")) else f"{what}."


def said_day(decision: Decision) -> str:
    """Return the day of a decision as people read it."""
    from pipeline.publish.views import day

    return day(decision.at.date())


def as_object(decision: Decision) -> dict[str, Any]:
    """Return a decision as JSON shows it."""
    return {**decision._asdict(), "at": decision.at.isoformat()}

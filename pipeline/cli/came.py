"""Show what came by mail."""

from typing import TYPE_CHECKING

import click

from pipeline.cli.app import App
from pipeline.cli.show import line, plain, table
from pipeline.model.contract import reading_as_json
from pipeline.model.outcomes import Outcome, Reason
from pipeline.model.post import Incoming, Nature

if TYPE_CHECKING:
    from pipeline.flow import Taken
    from pipeline.intake.mailbox import Left


def show_mails(app: App, taken: "list[Taken]", left: "list[Left]", *, as_json: bool) -> bool:
    """Show each mail with what it is, whose, and what came in it; and say whether a person has something to look at.

    Args:
        app: whose round it is.
        taken: the documents of the mails that were read, those of one mail behind one another.
        left: what stays in the mailbox.
        as_json: print an object a mail, with its documents in the public contract.
    """
    mails: dict[str, list[Taken]] = {}
    for one in taken:
        mails.setdefault(str(one.path) if one.incoming is None else one.incoming.sha256, []).append(one)
    if as_json:
        for documents in mails.values():
            line(_as_json(documents))
        for rest in left:
            line({"file": rest.file, "left": rest.why})
    else:
        _show(app, list(mails.values()), left)
    return any(map(_to_look_at, mails.values())) or any(one.waits for one in left)


def _show(app: App, mails: "list[list[Taken]]", left: "list[Left]") -> None:
    if mails:
        table(("Mail", "From", "Subject", "What it is", "Partnership"), [_row(app, documents) for documents in mails])
    for documents in mails:
        for sentence in _sentences(documents):
            click.secho(plain(sentence), fg="yellow")
    for one in left:
        click.secho(plain(f"{one.file}: {one.why}"), fg="yellow")
    returns = sum(one.new and one.record.outcome is Outcome.READ for documents in mails for one in documents)
    waiting = sum(map(_to_look_at, mails))
    came = "1 mail" if len(mails) == 1 else f"{len(mails)} mails"
    new = "1 new return" if returns == 1 else f"{returns} new returns"
    click.echo(
        f"{came} read, {new} in them; {waiting or 'nothing'} for you to look at{': see above' if waiting else ''}."
        if mails
        else "No new mail."
    )


def _row(app: App, documents: "list[Taken]") -> tuple[str, ...]:
    mail = documents[0].incoming
    if mail is None:
        return (str(documents[0].path), "–", "–", "document", _name(app, documents[0].record.partnership or ""))
    came = any(one.record.outcome is Outcome.READ for one in documents)
    what = "return" if came else "held" if any(one.record.outcome is Outcome.HELD for one in documents) else mail.nature
    return (str(documents[0].path), mail.sender or "–", mail.subject, what, _name(app, mail.partnership))


def _name(app: App, partnership: str) -> str:
    return app.round.by_id[partnership].name if partnership in app.round.by_id else "–"


def _sentences(documents: "list[Taken]") -> "list[str]":
    """Say what a person has to know of a mail beside its row."""
    file, mail = str(documents[0].path), documents[0].incoming
    said = [f"{file}: {mail.said}"] if mail and mail.said else []
    said += [f"{one.record.file}: {one.record.message}" for one in documents if one.record.message and not _is_talk(one, mail)]
    if mail and _in_the_pen(mail) and not any(one.record.outcome is Outcome.HELD for one in documents):
        said.append(f'{file}: nobody knows whose it is. Say so: proforma assign "{file}" PARTNERSHIP.')
    return said


def _is_talk(one: "Taken", mail: Incoming | None) -> bool:
    """Say whether a document is only what a mail that brings no return says."""
    return mail is not None and one.record.reason is Reason.NOT_A_RETURN


def _in_the_pen(mail: Incoming) -> bool:
    return not mail.partnership and mail.nature is not Nature.AUTOMATIC


def _to_look_at(documents: "list[Taken]") -> bool:
    mail = documents[0].incoming
    if mail and (_in_the_pen(mail) or mail.nature is Nature.BOUNCE or mail.said):
        return True
    return any(one.record.outcome is not Outcome.READ and not _is_talk(one, mail) for one in documents)


def _as_json(documents: "list[Taken]") -> dict[str, object]:
    mail = documents[0].incoming
    said: dict[str, object] = {"file": str(documents[0].path)}
    if mail:
        said |= {name: value for name, value in mail._asdict().items() if name != "sent"}
        said["sent"] = mail.sent.isoformat() if mail.sent else None
    return said | {"documents": [reading_as_json(one.record, one.findings) for one in documents]}

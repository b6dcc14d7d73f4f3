"""Rows C1 and A2: the same work twice, at once or one after the other, has the effect of once."""

import subprocess
from pathlib import Path

from pipeline.model.outcomes import Outcome
from pipeline.store.store import Store
from tests.envelopes.mails import mail
from tests.faults.kept import Kept, what_is_kept
from tests.faults.rounds import a_return, returns
from tests.faults.running import command
from tests.faults.taking_in import take_in


def test_several_programs_at_once_do_the_work_of_one(folder: Path, expected: Kept) -> None:
    """Row C1: the same folder with its envelopes, from a fresh store on."""
    programs = [subprocess.Popen(command(folder), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) for _ in range(3)]
    for program in programs:
        _, said = program.communicate()
        assert (program.returncode, said) == (0, "")
    assert what_is_kept(folder) == expected


def test_a_document_in_however_many_mails_is_one_return(folder: Path) -> None:
    """Row A2: the same mail again, the same document in another mail, and another document under the same Message-ID."""
    inbox = folder / "inbox"
    for path in inbox.iterdir():
        path.unlink()
    first = mail("Attached.", ("roads.docx", a_return("roads")))
    (inbox / "1.eml").write_bytes(first)
    (inbox / "2.eml").write_bytes(first)
    (inbox / "3.eml").write_bytes(mail("Once more.", ("again.docx", a_return("roads")), message_id="<2@example.org>"))
    (inbox / "4.eml").write_bytes(mail("Attached.", ("roads.docx", a_return("roads", "Cllr Ada Swift"))))
    take_in(folder)
    with Store.open(folder) as store:
        assert store.check() == ()
        said = [(one.record.sha256, one.record.outcome, one.superseded) for one in store.readings()]
        seen = {(one.file, one.via) for one in store.sightings()}
        current = store.current()["roads"].record
    assert [outcome for _, outcome, _ in said] == [Outcome.READ, Outcome.READ]
    assert [superseded for *_, superseded in said] == [True, False]
    assert current.values["chair"] == "Cllr Ada Swift"
    assert {("1.eml", "inbox"), ("2.eml", "inbox"), ("1.eml › roads.docx", "envelope"), ("3.eml › again.docx", "envelope")} <= seen


def test_a_return_in_a_mail_gives_way_to_one_that_came_after_it(folder: Path) -> None:
    """Whatever was opened first: the mail is taken in before the next file, and what lies in it after."""
    for path in (folder / "inbox").iterdir():
        path.unlink()
    (folder / "inbox" / "1.eml").write_bytes(mail("Attached.", ("roads.docx", a_return("roads", "Cllr Ada Swift"))))
    (folder / "inbox" / "2.docx").write_bytes(returns()["1 roads.docx"])
    take_in(folder)
    with Store.open(folder) as store:
        assert store.current()["roads"].record.values["chair"] == "Cllr Jo Penrose"

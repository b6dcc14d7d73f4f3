"""A whole round with real parts: sent over SMTP, filled in with LibreOffice, collected over IMAP, asked back, decided and published."""

import email
import json
import re
import shutil
import socket
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP as AS_SENT
from email.policy import default
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from click.testing import Result

from pipeline.cli.app import App
from pipeline.rounds.loading import load_round
from tests.cli.folders import proforma
from tests.collect.dovecot import LOGIN, PASSWORD, Dovecot, dovecot, needs_dovecot
from tests.needs import needs
from tests.post.test_delivering import Kept
from tests.publish.reading import complaints, tables, texts
from tests.publish.test_annex import GOLDEN
from tests.sample.make_returns import RETURNS, ROOT, make, missing

pytestmark = [needs("soffice", "libreoffice-writer"), needs_dovecot, pytest.mark.skipif(bool(missing()), reason=f"needs {missing()}")]

OFFICE = "partnerships@example.org"
SILENT = "Oxfordshire Learning and Skills Partnership"
ASKED = "breaking-the-cycle"


class World:
    """The officer's folder, the server that sends, the mailbox, and the people who answer."""

    def __init__(self, folder: Path, sent: Kept, port: int, box: Dovecot) -> None:
        self.folder, self.sent, self.box = folder, sent, box
        folder.mkdir()
        shutil.copy(ROOT / "partnerships.xlsx", folder)
        server = box.server()
        servers = (
            f"\n  a_minute: 10000\n  smtp: {{host: 127.0.0.1, port: {port}, security: none}}\n"
            f"  imap: {{host: 127.0.0.1, port: {server.port}, security: none, login: {LOGIN}}}\n"
        )
        said = (ROOT / "round.yaml").read_text(encoding="utf-8")
        address = f"  address: {OFFICE}\n"
        assert said.count(address) == 1
        (folder / "round.yaml").write_text(said.replace(address, address + servers), encoding="utf-8")
        self.round = load_round(folder)
        self.answers = iter(range(1, 100))
        self.today = datetime(2011, 3, 4, 9, 0, tzinfo=UTC)

    def do(self, *words: str, code: int | None = 0) -> Result:
        """Run a command, and look how it ends."""
        result = proforma(self.folder, *words)
        assert code is None or result.exit_code == code, (words, result.output)
        return result

    def status(self) -> dict[str, str]:
        """Return where each partnership stands, by its id."""
        board = json.loads(self.do("status", "--json", code=None).stdout)
        return {line["partnership"]: line["state"] for line in board["partnerships"]}

    def mails(self) -> list[EmailMessage]:
        """Return every mail that the server took."""
        contents = (envelope.content for envelope in self.sent.envelopes)
        return [email.message_from_bytes(content, policy=default) for content in contents if isinstance(content, bytes)]

    def to(self, partnership: str, number: int = -1) -> EmailMessage:
        """Return a mail that went to a partnership."""
        reference = self.round.reference_of(self.round.by_id[partnership])
        return [mail for mail in self.mails() if f"[{reference}]" in mail["Subject"]][number]

    def answer(self, partnership: str, text: str, *attached: tuple[str, bytes], **headers: str) -> None:
        """Answer the last mail to a partnership, as its contact officer does with a mail program."""
        asked = self.to(partnership)
        reply = EmailMessage(policy=AS_SENT)
        reply["From"] = self.round.by_id[partnership].columns["contact_email"]
        reply["To"], reply["Subject"] = OFFICE, f"Re: {asked['Subject']}"
        reply["Message-ID"], reply["In-Reply-To"] = f"<{next(self.answers)}@partner.example.org>", asked["Message-ID"]
        for name, value in headers.items():
            reply[name.replace("_", "-")] = value
        reply.set_content(text)
        for name, data in attached:
            reply.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
        self.box.deliver(reply.as_bytes())


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    monkeypatch.setenv("PROFORMA_IMAP_PASSWORD", PASSWORD)
    kept = Kept()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(kept, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        with dovecot() as box:
            world = World(tmp_path / "round", kept, port, box)
            monkeypatch.setattr(App, "now", property(lambda app: world.today))
            yield world
    finally:
        controller.stop()


def attachment(mail: EmailMessage) -> bytes:
    (attached,) = mail.iter_attachments()
    content: bytes = attached.get_content()
    return content


@pytest.mark.timeout(900)
def test_a_whole_round_from_the_blank_form_to_the_committee_paper(world: World, tmp_path: Path) -> None:
    """Issue 4, done when: send, reply, collect, ingest, query, answer, accept, publish."""
    _send(world)
    _reply(world, tmp_path)
    _chase(world)
    _ask_back(world)
    _decide(world)
    _publish(world)


def _send(world: World) -> None:
    world.do("send")
    assert world.mails() == [], "sending is a dry run unless told"
    world.do("send", "--yes")
    assert len(world.mails()) == len(world.round.partnerships) == 10
    world.do("send", "--yes")
    assert len(world.mails()) == 10, "a second send right after does nothing"
    assert set(world.status().values()) == {"sent"}


def _reply(world: World, tmp_path: Path) -> None:
    """Nine partnerships fill in what they were sent; one reply comes twice, and somebody is away first."""
    (tmp_path / "replies").mkdir()
    for one, path in zip(RETURNS, make(tmp_path / "replies"), strict=True):
        if one.partnership == "environment-waste":
            world.answer(one.partnership, "I am away until Monday.", Auto_Submitted="auto-replied")
        world.answer(one.partnership, "Please find attached.", (one.file, path.read_bytes()))
    world.answer(RETURNS[0].partnership, "Once more, to be sure.", (RETURNS[0].file, (tmp_path / "replies" / RETURNS[0].file).read_bytes()))
    world.do("collect", code=None)
    states = world.status()
    assert sorted(states.values()) == ["returned"] * 9 + ["sent"]
    assert world.do("collect", "--json", code=None).stdout == "", "a second collect right after does nothing"
    assert world.status() == states


def _chase(world: World) -> None:
    """After the deadline who has sent nothing is reminded, and nobody else; on the day that somebody was written to nobody is."""
    world.do("chase", "--yes", code=None)
    assert len(world.mails()) == 10
    world.today = datetime(2011, 5, 9, 10, 0, tzinfo=UTC)
    sent = len(world.mails())
    world.do("chase", "--yes", code=None)
    silent = next(body.id for body in world.round.partnerships if body.name == SILENT)
    reminders = world.mails()[sent:]
    assert silent in {world.round.by_reference[found[1]].id for mail in reminders if (found := re.search(r"\[(.+)\]$", mail["Subject"]))}
    world.do("chase", "--yes", code=None)
    assert len(world.mails()) == sent + len(reminders), "a second chase right after does nothing"


def _ask_back(world: World) -> None:
    """One partnership is asked about its own return, and answers the first question in the mail alone."""
    world.today = datetime(2011, 5, 10, 10, 0, tzinfo=UTC)
    world.do("query", ASKED, "--yes", code=None)
    world.do("send", "--yes", code=None)
    asked = world.to(ASKED)
    body = asked.get_body(("plain",))
    assert body is not None and "Q1" in body.get_content()
    returned = attachment(asked)
    path = world.folder / "asked.docx"
    path.write_bytes(returned)
    assert complaints(path) == []
    with zipfile.ZipFile(path) as archive:
        assert "Q1" in archive.read("word/comments.xml").decode()
    assert world.status()[ASKED] == "queried"
    world.answer(ASKED, "Q1: met")
    world.do("collect", code=None)
    changed = [json.loads(line) for line in world.do("diff", ASKED, "--json", code=None).stdout.splitlines()]
    assert len(changed) == 1, changed


def _decide(world: World) -> None:
    world.today = datetime(2011, 6, 2, 10, 0, tzinfo=UTC)
    world.do("decline", SILENT, "--reason", "It was wound up in March.")
    findings = [json.loads(line) for line in world.do("check", "--json", code=None).stdout.splitlines()]
    for finding in findings:
        if finding["severity"] in ("error", "query") and finding["partnership"]:
            world.do("override", finding["key"], "--reason", "Agreed by telephone.")
    for one in RETURNS:
        world.do("accept", one.partnership)
    world.do("sign-off", RETURNS[0].partnership, "--reason", "Agreed on 2 June")
    states = world.status()
    assert states[RETURNS[0].partnership] == "signed off"
    assert sorted(set(states.values())) == ["accepted", "declined", "signed off"]


def _publish(world: World) -> None:
    world.do("publish")
    made = world.folder / "outbox" / "plan"
    (annex,) = tables(made / "Annex 1.docx")
    assert annex == GOLDEN
    paper = "\n".join(texts(made / "Committee paper.docx"))
    assert "9 of 10 partnerships replied" in paper or "10 of 10 partnerships replied" in paper
    assert "Draft" not in paper
    assert {path.suffix for path in made.glob("[!.]*") if path.is_file()} == {".docx", ".xlsx", ".pdf", ".odt"}

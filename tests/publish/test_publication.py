"""The publication copy: what the public may read, and that nothing else is anywhere in the files."""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from pypdf import PdfReader
from pypdf.generic import StreamObject

from pipeline.grammar.contacts import without_contacts
from pipeline.merge import merge
from pipeline.model.board import Board, Line, Todo, Urgency
from pipeline.model.findings import Finding, Severity
from pipeline.model.flaws import Flaw
from pipeline.model.history import Decision, DecisionKind, Progress
from pipeline.model.places import Place
from pipeline.model.plans import Plan
from pipeline.model.post import LogEntry, LogKind
from pipeline.model.records import Unplaced
from pipeline.publish import portable as made_portable
from pipeline.publish.interim import publish_interim
from pipeline.publish.papers import publish
from pipeline.publish.portable import portable
from pipeline.publish.publication import public_board, public_flaws, publication
from tests.needs import needs
from tests.publish.reading import texts
from tests.publish.returns import NARRATIVE, Said, a_record, a_round_of_nine
from tests.publish.test_papers import AT, a_return

PRIVATE = re.compile(r"canary|1632\W*960\W?1\d\d|sam\.officer|Morgan Lee|private-name", re.IGNORECASE)
"""What is planted below and must not come out."""


def a_plan() -> Plan:
    """Return a plan with personal details in every place where somebody may write them."""
    contact: Said = {"name": "Canary Contact", "email": "canary@example.org", "phone": "01632 960101"}
    priority: Said = {
        "title": "Safer streets: canary.title@example.org",
        "lead_officer": "Morgan Lee",
        "focus": "Community Safety",
        "context": {"text": "Ring (01632) 960 103\n• or write to canary.context@example.org"},
        "deliverables": [{"what": "A line, +44 1632 960104, by 2012", "due": "2012-03-31", "measure": "It works"}],
    }
    said = a_return() | {
        "contact_officer": contact,
        "introduction": "Ask canary@example.org or ring 01632 960102.",
        "priorities": [priority, {"lead_officer": "Canary Lead", "group": "A heading of nothing, canary.group@example.org"}],
    }
    said["pledges_text"] = "canary.pledge@example.org"
    base = a_round_of_nine(narrative=NARRATIVE)
    private = {"contact_email": "canary@example.org", "notes": "canary"}
    bodies = tuple(replace(body, columns={**body.columns, **private}) for body in base.partnerships)
    round_ = replace(base, partnerships=bodies)
    finding = Finding("lead-missing", Severity.QUERY, "priorities[1].lead_officer", "Is Morgan Lee the lead?", "safer-communities")
    late = Finding("due-after", Severity.QUERY, "priorities[1].deliverables[1].due", "Ask canary@example.org.", "safer-communities")
    decisions = [
        Decision(DecisionKind.OVERRIDE, "safer-communities", late.key, None, "sam.officer", AT, "As canary@example.org said"),
        Decision(DecisionKind.CORRECT, "safer-communities", "contact_officer.name", "Canary Other", "sam.officer", AT, "By telephone"),
        Decision(DecisionKind.CORRECT, "safer-communities", "introduction", "Ask 01632 960105.", "sam.officer", AT, "By telephone"),
    ]
    stray = Unplaced("Canary scribbled this in the margin", Place())
    record = a_record("safer-communities", said, file="private-name reply.docx", unplaced=(stray,))
    beside = Finding("comments", Severity.WARNING, "", "Notes stand beside it, for instance “Canary Lead to confirm”.", "safer-communities")
    open_ = Finding("no-measure", Severity.QUERY, "priorities[1].deliverables[1].measure", "Is it canary@example.org?", "safer-communities")
    return merge(round_, [record], decisions, [finding, late, beside, open_])


def a_board() -> Board:
    """Return where the round of the plan stands, with personal details in what people wrote down and who they are."""
    plan = a_plan()
    body = plan.round.by_id["safer-communities"]
    signed = Decision(DecisionKind.SIGN_OFF, body.id, "", None, "sam.officer", AT, "As canary@example.org agreed")
    entry = LogEntry(body.id, LogKind.SUPPORT, AT, "sam.officer", "Canary Contact would like help: 01632 960101")
    asked = tuple(finding for finding in plan.findings if finding.partnership == body.id)
    day = AT.date()
    file = "private-name reply.docx"
    line = Line(body, Progress.RETURNED, day, day, file, day, None, 0, asked, asked, 0, day, (entry,), True, signed, ("canary",))
    todo = Todo(Urgency.NOW, "Ring Canary Contact.", "proforma log canary@example.org")
    return Board(plan.round, day, (), None, None, (line,), plan.replies, (todo,))


@pytest.fixture(scope="module")
def copies(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder with the publication copies of the plan and of the progress report."""
    folder = tmp_path_factory.mktemp("publication")
    publish(publication(a_plan()), folder)
    publish_interim(publication(a_plan()), public_board(a_board()), folder)
    return folder


def said_in(data: bytes, name: str = "") -> Iterator[tuple[str, str]]:
    """Yield every text of a file by the name of its part: what is packed in it unpacked; with and without its tags."""
    if data.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            yield f"{name}, comment", archive.comment.decode(errors="replace")
            for info in archive.infolist():
                yield name, info.filename + info.comment.decode(errors="replace")
                yield from said_in(archive.read(info), f"{name}, {info.filename}")
    elif data.startswith(b"%PDF"):
        yield from of_pdf(data, name)
    for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
        text = data.decode(encoding, errors="replace")
        yield name, text
        yield f"{name}, without tags", re.sub(r"<[^>]+>", "", text)


def of_pdf(data: bytes, name: str) -> Iterator[tuple[str, str]]:
    """Yield what stands on the pages of a PDF, in its properties and in every one of its objects."""
    with pypdfium2.PdfDocument(data) as pages:
        yield f"{name}, pages", "\n".join(page.get_textpage().get_text_range() for page in pages)
    reader = PdfReader(io.BytesIO(data))
    yield f"{name}, properties", str(reader.metadata)
    for number in range(1, int(str(reader.trailer["/Size"]))):
        thing = reader.get_object(number)
        yield f"{name}, object {number}", repr(thing)
        if isinstance(thing, StreamObject):
            yield f"{name}, stream {number}", thing.get_data().decode("latin-1")


def private_in(folder: Path) -> list[tuple[str, list[str]]]:
    """Return the personal details that are in any part of any file."""
    said = (found for path in sorted(folder.iterdir()) for found in said_in(path.read_bytes(), path.name))
    return [(name, PRIVATE.findall(text)) for name, text in said if PRIVATE.search(text)]


def test_no_personal_detail_is_in_any_part_of_any_file(copies: Path) -> None:
    """Threats, disclosure: canaries in every field, in the register and in what people decided."""
    assert {path.name for path in copies.iterdir()} >= {"Annex 1.xlsx", "Progress report.docx"}
    assert private_in(copies) == []


def test_nor_is_one_in_what_typst_sets_from_them(copies: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(made_portable, "found", lambda: "")
    assert [path.suffix for path in portable_in(copies, tmp_path)] == [".pdf"] * 4
    assert private_in(tmp_path) == []


@needs("soffice", "libreoffice-writer")
def test_nor_in_what_libreoffice_makes_of_them(copies: Path, tmp_path: Path) -> None:
    assert [path.suffix for path in portable_in(copies, tmp_path)] == [".pdf", ".odt"] * 4
    assert private_in(tmp_path) == []


def portable_in(copies: Path, folder: Path) -> tuple[Path, ...]:
    """Return what is made for those without Word, in another folder."""
    papers = [folder / path.name for path in sorted(copies.glob("*.docx"))]
    for paper in papers:
        paper.write_bytes((copies / paper.name).read_bytes())
    return portable(papers)


def test_the_canaries_would_be_seen_in_every_kind_of_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A search that finds nothing proves something only where it can find."""
    monkeypatch.setattr(made_portable, "found", lambda: "")
    papers = [*publish(a_plan(), tmp_path), publish_interim(a_plan(), a_board(), tmp_path)]
    portable(path for path in papers if path.suffix == ".docx")
    seen = {name.split(",")[0] for name, _ in private_in(tmp_path)}
    assert {"Delivery plan.docx", "Delivery plan.pdf", "Annex 1.xlsx", "Progress report.docx", "Progress report.pdf"} <= seen


def test_the_full_papers_have_what_the_copies_leave_out(tmp_path: Path) -> None:
    publish(a_plan(), tmp_path)
    assert PRIVATE.search("\n".join(texts(tmp_path / "Delivery plan.docx")))


def test_what_is_public_stays(copies: Path) -> None:
    said = "\n".join(texts(copies / "Delivery plan.docx"))
    for words in (
        "Cllr Jo Penrose",
        "Safer streets: [e-mail address]",
        "Ring [telephone number]",
        "A line, [telephone number], by 2012",
        "It works",
    ):
        assert words in said


def test_a_copy_has_no_comment_revision_or_hidden_text(copies: Path) -> None:
    for path in copies.glob("*.docx"):
        with zipfile.ZipFile(path) as archive:
            assert not [name for name in archive.namelist() if "comments" in name or "custom" in name]
            body = archive.read("word/document.xml").decode()
            assert not re.search(r"<w:(?:ins|del|vanish|comment\w*)\b", body)


def test_the_workbook_in_the_charts_copy_holds_its_figures_and_nothing_else(copies: Path) -> None:
    with zipfile.ZipFile(copies / "Delivery plan.docx") as archive:
        inside = [name for name in archive.namelist() if "embeddings" in name]
        assert inside == ["word/embeddings/Figures1.xlsx"]
        with zipfile.ZipFile(io.BytesIO(archive.read(inside[0]))) as book:
            strings = re.findall(r"<t[^>]*>([^<]*)</t>", book.read("xl/sharedStrings.xml").decode())
            whole = "".join(book.read(name).decode() for name in book.namelist())
    quarters = [f"Q{number}" for number in range(1, 5)]
    assert sorted(strings) == sorted(["Financial year", "Deliverables", *quarters, "2011/12", "2012/13", "2013/14", "2014/15"])
    assert not PRIVATE.search(whole)


def test_a_copy_links_to_no_file_and_names_none(copies: Path) -> None:
    with zipfile.ZipFile(copies / "Delivery plan.docx") as archive:
        assert "External" not in archive.read("word/_rels/document.xml.rels").decode()
    assert "Return of Safer Communities" in texts(copies / "Delivery plan.docx")


def test_a_plan_without_personal_details_is_published_as_it_is() -> None:
    plan = publication(a_plan())
    assert publication(plan) == plan


def test_what_is_asked_about_the_round_stays_and_what_stood_beside_the_answers_goes() -> None:
    """A finding about a return as a whole quotes words that are in no field: a comment, what was struck out, what was left over."""
    of_round = Finding("gap", Severity.INFO, "", "Nobody names homes.")
    plan = replace(a_plan(), findings=(*a_plan().findings, of_round))
    assert [(one.code, one.message) for one in publication(plan).findings] == [
        ("no-measure", "Is it [e-mail address]?"),
        ("gap", "Nobody names homes."),
    ]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Ask jo.o’neill+x@example.org.uk, please.", "Ask [e-mail address], please."),
        ("Two: a@example.org; b@example.org", "Two: [e-mail address]; [e-mail address]"),
        ("01632 960105 or +44 (0)1632 960106", "[telephone number] or [telephone number]"),
        ("£125,000 by 2011-14, ref 0123", "£125,000 by 2011-14, ref 0123"),
        ("NI 163 and 164, 01 02 2012", "NI 163 and 164, 01 02 2012"),
    ],
)
def test_addresses_and_numbers_are_taken_out_of_running_text(text: str, shown: str) -> None:
    assert without_contacts(text) == shown


def test_a_draft_for_the_public_says_that_it_is_one_and_gives_no_advice_that_is_meant_for_the_office(tmp_path: Path) -> None:
    plan = merge(a_round_of_nine(), [a_record("safer-communities", a_return())])
    flaws = [Flaw("placeholder", Severity.ERROR, "narrative.background", "round.yaml, narrative", "“TBC” is left.", "Write the text.")]
    papers = {name: publish(plan, tmp_path / name, shown)[2] for name, shown in (("ours", flaws), ("public", public_flaws(flaws)))}
    said = {name: " ".join(texts(paper)) for name, paper in papers.items()}
    assert "Write the text." in said["ours"] and "Write the text." not in said["public"]
    assert all("Draft" in words for words in said.values())

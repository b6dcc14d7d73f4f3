"""What went out to partnerships, as the public may have it: the form and the letter, and masters in which their authors left something."""

import io
import shutil
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.desk.public import public_copies
from pipeline.merge import merge
from pipeline.model.rounds import Contact, Post, Round
from pipeline.ooxml.package import Package
from pipeline.ooxml.traces import without_traces
from pipeline.publish.papers import publish
from pipeline.publish.publication import publication
from tests.documents import read
from tests.publish.reading import complaints
from tests.publish.returns import NARRATIVE, a_record, a_round_of_nine
from tests.publish.test_papers import a_return
from tests.publish.test_publication import private_in, said_in

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
AUTHOR = 'w:id="1" w:author="Canary Author" w:date="2011-05-06T10:00:00Z"'
LEFT = (
    f"<w:p><w:r><w:t>Kept. </w:t></w:r><w:ins {AUTHOR}><w:r><w:t>Added. </w:t></w:r></w:ins>"
    f"<w:del {AUTHOR}><w:r><w:delText>Canary deleted</w:delText></w:r></w:del>"
    "<w:r><w:rPr><w:vanish/></w:rPr><w:t>Canary hidden</w:t></w:r>"
    '<w:commentRangeStart w:id="3"/><w:r><w:t>Said.</w:t></w:r><w:commentRangeEnd w:id="3"/><w:r><w:commentReference w:id="3"/></w:r></w:p>'
)
"""A paragraph that somebody worked on in Word."""
PARTS = {
    "word/comments.xml": f'<w:comments xmlns:w="{W}"><w:comment {AUTHOR}><w:p/></w:comment></w:comments>',
    "word/people.xml": f'<w:people xmlns:w="{W}"><w:person w:author="Canary Author"/></w:people>',
    "docProps/custom.xml": "<Properties>Canary property</Properties>",
    "docProps/thumbnail.jpeg": "canary",
    "customXml/item9.xml": '<p xmlns="http://schemas.microsoft.com/office/2006/metadata/properties">Canary Owner</p>',
    "customXml/itemProps9.xml": "<canary/>",
}


def worked_on(master: Path) -> None:
    """Leave in a master what authors leave: in its text, beside it, and in what is known of it."""
    with zipfile.ZipFile(master) as package:
        parts = {name: package.read(name).decode("latin-1") for name in package.namelist()}
    parts["word/document.xml"] = parts["word/document.xml"].replace("<w:body>", f"<w:body>{LEFT}", 1)
    parts["word/settings.xml"] = parts["word/settings.xml"].replace("<w:zoom", '<w:rsids><w:rsid w:val="00C0FFEE"/></w:rsids><w:zoom', 1)
    app = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
    parts["docProps/app.xml"] = f'<Properties xmlns="{app}"><Company>Canary Council</Company></Properties>'
    types = "".join(f'<Override PartName="/{name}" ContentType="application/xml"/>' for name in PARTS)
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace("</Types>", f"{types}</Types>")
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    related = "".join(
        f'<Relationship Id="rId90{number}" Type="{office}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(
            (("comments", "comments.xml"), ("people", "people.xml"), ("customXml", "../customXml/item9.xml"))
        )
    )
    rels = "word/_rels/document.xml.rels"
    parts[rels] = parts[rels].replace("</Relationships>", f"{related}</Relationships>")
    with zipfile.ZipFile(master, "w") as package:
        for name, text in {**parts, **PARTS}.items():
            package.writestr(name, text.encode("latin-1"))


def a_kit(folder: Path) -> Path:
    """Return the kit with masters that somebody worked on."""
    kit = folder / "templates" / "priorities"
    shutil.copytree(a_round_of_nine().kit, kit, ignore=shutil.ignore_patterns("__pycache__", "*.py"))
    for master in kit.glob("*.docx"):
        worked_on(master)
    return kit


def a_round_with_canaries(folder: Path, kit: Path | None = None) -> Round:
    """Return a round with personal details wherever the form and the letter could take one from."""
    base = a_round_of_nine()
    private = {
        "contact_email": "canary@example.org",
        "contact": "Canary Contact",
        "chair": "Canary Chair",
        "cabinet_member": "Canary Member",
    }
    bodies = tuple(
        replace(body, name=f"Canary {body.name}", columns={**body.columns, **private}, lists={**body.lists, "pledges": ("Canary pledge",)})
        for body in base.partnerships
    )
    contacts = (
        Contact("Canary Officer", "Policy Officer", "canary.o@example.org", "01632 960101"),
        Contact("Canary Two", "", "c2@example.org", ""),
    )
    post = Post("Canary Officer", "canary.post@example.org", "canary.reply@example.org")
    words = {**NARRATIVE, "guidance": "Ask canary.g@example.org or ring 01632 960102."}
    return replace(base, folder=folder, kit=kit or base.kit, partnerships=bodies, contacts=contacts, post=post, narrative=words)


@pytest.fixture(scope="module")
def copies(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder with the public form and letter, from masters that somebody worked on."""
    folder = tmp_path_factory.mktemp("public")
    form, letter = public_copies(a_round_with_canaries(folder, a_kit(folder)))
    assert form.parent == letter.parent == folder / "outbox" / "publication"
    return form.parent


def test_no_personal_detail_is_in_the_form_or_the_letter(copies: Path) -> None:
    assert private_in(copies) == []
    assert "c2@example.org" not in (copies / "Guidance letter.html").read_text("utf-8")


def test_the_form_asks_nobody_in_particular_and_opens_without_repair(copies: Path) -> None:
    form = copies / "Proforma.docx"
    said = [paragraph.text for paragraph in read(form.read_bytes()).paragraphs()]
    assert any("Please send the form to the contact officer by" in text for text in said)
    assert "Kept. Added. Said." in said
    assert complaints(form) == []
    words = "".join(text for _, text in said_in(form.read_bytes()))
    assert "OX2030-11-PUBLIC-" in words


def test_the_letter_says_what_partnerships_were_asked_and_where_to_reach_nobody(copies: Path) -> None:
    said = (copies / "Guidance letter.html").read_text("utf-8")
    assert "Your partnership is asked to identify its key priorities" in said
    assert "Ask [e-mail address] or ring [telephone number]." in said
    assert "the contact officer, Policy Officer: [e-mail address], [telephone number]" in said
    assert "its reference is" not in said


def test_the_same_round_gives_the_same_copies(copies: Path, tmp_path: Path) -> None:
    form, letter = public_copies(a_round_with_canaries(tmp_path, a_kit(tmp_path)))
    assert form.read_bytes() == (copies / form.name).read_bytes()
    assert letter.read_bytes() == (copies / letter.name).read_bytes()


def test_papers_from_masters_that_somebody_worked_on_have_no_trace_of_it(tmp_path: Path) -> None:
    round_ = replace(a_round_of_nine(), kit=a_kit(tmp_path))
    papers = publish(publication(merge(round_, [a_record("safer-communities", a_return())])), tmp_path / "papers")
    assert private_in(tmp_path / "papers") == []
    assert [complaints(paper) for paper in papers if paper.suffix == ".docx"] == [[]] * 3


def test_a_master_without_traces_is_not_touched() -> None:
    for master in a_round_of_nine().kit.glob("*.docx"):
        data = master.read_bytes()
        assert without_traces(data) is data


def test_a_row_that_was_deleted_goes_and_one_that_was_added_stays() -> None:
    def row(change: str, text: str) -> str:
        return f"<w:tr><w:trPr><w:{change} {AUTHOR}/></w:trPr><w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc></w:tr>"

    made = io.BytesIO()
    table = f"<w:tbl>{row('ins', 'a')}{row('del', 'b')}</w:tbl>"
    with zipfile.ZipFile(made, "w") as package:
        package.writestr("word/document.xml", f'<w:document xmlns:w="{W}"><w:body>{table}</w:body></w:document>')
    part = Package(without_traces(made.getvalue())).read("word/document.xml").decode()
    assert "<w:t>a</w:t>" in part and "<w:t>b</w:t>" not in part and "Canary" not in part

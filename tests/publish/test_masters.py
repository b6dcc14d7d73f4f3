"""Report masters: what an officer can write in them, and what is said where a tag is wrong."""

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from pipeline.errors import SetupError
from pipeline.model.documents import Mark
from pipeline.model.places import Place
from pipeline.model.records import Passage
from pipeline.publish.files import put
from pipeline.publish.masters.master import Master
from pipeline.publish.views import Facts, Words
from tests.publish.reading import part

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
NAMES = {"Textkrper": "Body Text", "Aufz": "List Bullet", "Aufz2": "List Bullet 2", "T": "Table Text", "TB": "Table Bullet"}
STYLES = "".join(f'<w:style w:type="paragraph" w:styleId="{id_}"><w:name w:val="{name}"/></w:style>' for id_, name in NAMES.items())
"""As a German Word writes them: ids of its own, names as everywhere."""


def p(text: str, style: str = "Textkrper") -> str:
    """Return a paragraph of a master."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>'


def a_master(folder: Path, body: str) -> Master:
    """Return a master with this body and nothing else."""
    path = folder / "master.docx"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("word/document.xml", f"<w:document {W}><w:body>{body}</w:body></w:document>")
        package.writestr("word/styles.xml", f"<w:styles {W}>{STYLES}</w:styles>")
    return Master(path)


def filled(master: Master, context: Mapping[str, object]) -> str:
    """Return the body of the filled master."""
    target = io.BytesIO()
    master.write(target, context, "Title", "Creator")
    return part(target.getvalue()).partition("<w:body>")[2].partition("</w:body>")[0]


def test_a_tag_that_word_tore_apart_is_one_tag(tmp_path: Path) -> None:
    torn = '<w:p><w:r><w:t>{{ na</w:t></w:r><w:proofErr w:type="spellStart"/><w:r><w:t>me }}</w:t></w:r></w:p>'
    assert ">Ann<" in filled(a_master(tmp_path, torn), {"name": "Ann"})


def test_a_block_tag_becomes_paragraphs_in_the_style_of_its_own_and_lists_in_that_of_the_master(tmp_path: Path) -> None:
    bold = (Mark(0, 1, "bold"),)
    words = Words("", "x", (Passage("One", Place(), bold), Passage("two", Place(), (), "•", 1), Passage("3", Place(), (), "iii.", 0)))
    made = filled(a_master(tmp_path, p("{{p text }}")), {"text": words})
    assert made.count("<w:p>") == 3
    assert '<w:pStyle w:val="Textkrper"/><w:keepNext/></w:pPr><w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">O</w:t>' in made
    assert '<w:pStyle w:val="Aufz2"/></w:pPr><w:r><w:t xml:space="preserve">two</w:t>' in made
    assert '<w:t xml:space="preserve">iii.</w:t></w:r><w:r><w:tab/></w:r>' in made


def test_a_list_in_a_table_takes_the_tables_bullets(tmp_path: Path) -> None:
    words = Words("", "x", (Passage("two", Place(), (), "•", 2),))
    assert 'w:val="TB"' in filled(a_master(tmp_path, p("{{p text }}", "T")), {"text": words})


def test_a_block_tag_with_nothing_to_say_vanishes_but_leaves_a_cell_whole(tmp_path: Path) -> None:
    nothing = Words("", "", ())
    assert filled(a_master(tmp_path, p("{{p text }}")), {"text": nothing}) == ""
    made = filled(a_master(tmp_path, f"<w:tbl><w:tr><w:tc>{p('{{p text }}', 'T')}</w:tc></w:tr></w:tbl>"), {"text": nothing})
    assert '<w:tc><w:p><w:pPr><w:pStyle w:val="T"/></w:pPr></w:p></w:tc>' in made


def test_a_line_break_inside_a_line_is_a_line_break(tmp_path: Path) -> None:
    made = filled(a_master(tmp_path, p("{{ text }}")), {"text": Words("", "a\nb\tc\x01<", ())})
    assert 'a</w:t><w:br/><w:t xml:space="preserve">b</w:t><w:tab/><w:t xml:space="preserve">c\ufffd&lt;' in made


@pytest.mark.parametrize(
    "tag", ["{{ round.pame }}", "{{ nobody }}", "{{ round.name.foo }}", "{{ ''.__class__.__mro__ }}", "{{ round.name() }}"]
)
def test_a_tag_that_cannot_be_filled_is_a_set_up_error(tag: str, tmp_path: Path) -> None:
    master = a_master(tmp_path, p(tag))
    with pytest.raises(SetupError, match=r"master\.docx: a tag cannot be filled"):
        filled(master, {"round": Facts("the round", {"name": "2030"})})


@pytest.mark.parametrize("tag", ["{{ round.name", "{{ round.name|upperr }}"])
def test_a_tag_that_is_not_finished_or_has_an_unknown_filter_is_a_set_up_error(tag: str, tmp_path: Path) -> None:
    with pytest.raises(SetupError, match="a tag is not understood"):
        a_master(tmp_path, p(tag))


def test_a_master_that_is_missing_or_no_word_file_is_a_set_up_error(tmp_path: Path) -> None:
    with pytest.raises(SetupError, match="missing"):
        Master(tmp_path / "none.docx")
    (tmp_path / "text.docx").write_text("not a zip")
    with pytest.raises(SetupError, match="cannot be opened"):
        Master(tmp_path / "text.docx")


def test_a_master_says_what_it_asks_for(tmp_path: Path) -> None:
    master = a_master(tmp_path, p("{{ round.name }}") + p("{{p narrative.purpose }}") + p("{% if narrative.end %}{% endif %}"))
    assert master.names == {"round", "narrative"}
    assert master.asked_of("narrative") == {"purpose", "end"}


def test_a_file_that_cannot_be_written_leaves_the_old_one(tmp_path: Path) -> None:
    def full(target: io.BufferedIOBase) -> None:
        target.write(b"half")
        raise OSError(28, "No space left on device")

    (tmp_path / "paper.docx").write_bytes(b"old")
    with pytest.raises(SetupError, match="No space left on device"):
        put(tmp_path / "paper.docx", full)  # type: ignore[arg-type]
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"old"]

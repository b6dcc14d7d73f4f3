"""The table of contents: Word's own, filled in, and numbered with the pages of the real layout."""

import io
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from pipeline.merge import merge
from pipeline.publish import papers as made_papers
from pipeline.publish.contents import Contents, Entry, table
from pipeline.publish.page_numbers import entries_of, known_pages, write_with_pages
from pipeline.publish.papers import publish
from pipeline.publish.runs import Styles
from tests.publish.reading import part
from tests.publish.returns import a_round_of_nine, nine_records
from tests.publish.test_papers import a_plan

STYLES = Styles({"toc 1": "TOC1", "toc 2": "TOC2", "heading 1": "Heading1", "heading 2": "Heading2"})
PLAN = "Delivery plan.docx"


def lines(paper: Path) -> list[str]:
    """Return the table of contents line by line, as a person reads it."""
    found = re.search(r"<w:sdt>.*?</w:sdt>", part(paper))
    assert found is not None
    rows = found[0].split("</w:p>")[:-1]
    return ["".join(re.findall(r"<w:t[^>]*>([^<]*)</w:t>|<w:(tab)/>", row)[0]) for row in rows]


def headings(paper: Path, levels: str = "12") -> list[str]:
    found = re.findall(rf'<w:pStyle w:val="Heading[{levels}]"/>.*?</w:p>', part(paper))
    return ["".join(re.findall(r"<w:t[^>]*>([^<]*)</w:t>", heading)) for heading in found]


def test_the_table_lists_every_chapter_and_partnership_in_order(tmp_path: Path) -> None:
    publish(merge(a_round_of_nine(), nine_records()), tmp_path)
    assert lines(tmp_path / PLAN) == headings(tmp_path / PLAN)
    assert "6 Community Safety" in lines(tmp_path / PLAN) and "Safer Communities" in lines(tmp_path / PLAN)


def test_each_line_leads_to_the_bookmark_of_its_heading(tmp_path: Path) -> None:
    publish(a_plan(), tmp_path)
    xml = part(tmp_path / PLAN)
    leads = re.findall(r'<w:hyperlink w:anchor="(_Toc\d+)"', xml)
    assert leads == re.findall(r'w:name="(_Toc\d+)"/>', xml)
    ids = re.findall(r'<w:bookmarkStart w:id="(\d+)"', xml)
    assert len(ids) == len(set(ids)), "two bookmarks with one number are mended by Word"


def test_nobody_is_asked_on_opening(tmp_path: Path) -> None:
    publish(a_plan(), tmp_path)
    assert "updateFields" not in part(tmp_path / PLAN, "word/settings.xml")
    assert "w:dirty" not in part(tmp_path / PLAN)


def test_without_libreoffice_the_lines_are_links_without_numbers_and_the_field_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(made_papers, "found", lambda: "")
    publish(a_plan(), tmp_path)
    assert r' TOC \n \o "1-2" \h \z ' in part(tmp_path / PLAN)
    assert "PAGEREF" not in part(tmp_path / PLAN)


def test_a_master_without_the_tag_has_no_bookmarks_at_its_headings(tmp_path: Path) -> None:
    publish(a_plan(), tmp_path)
    assert "_Toc" not in part(tmp_path / "Committee paper.docx")


def test_a_heading_with_markup_characters_is_listed_as_it_stands() -> None:
    contents = Contents(STYLES, 9000)
    made = contents.heading(2, '<w:r><w:t xml:space="preserve">A &amp; B</w:t></w:r><w:r><w:tab/></w:r><w:r><w:t>c</w:t></w:r>')
    whole = "".join(contents.placed(iter(("before", contents.__html__(), made))))
    assert whole.startswith("before<w:sdt>") and whole.endswith(made)
    assert ">A &amp; B c</w:t>" in whole


def test_a_master_without_the_styles_of_a_table_and_with_two_tags_for_it_gets_one_whole_table() -> None:
    contents = Contents(Styles({"heading 1": "Heading1"}), 9000)
    made = contents.heading(1, "<w:r><w:t>One</w:t></w:r>")
    whole = "".join(contents.placed(iter((contents.__html__(), made, contents.__html__()))))
    assert whole.count("<w:sdt>") == 1 and "pStyle" not in whole and "\x00" not in whole


def test_a_heading_without_words_is_no_line() -> None:
    contents = Contents(STYLES, 9000)
    assert contents.heading(1, "<w:r/>") == "<w:r/>"
    assert "".join(contents.placed(iter((contents.__html__(), "<w:p/>")))) == "<w:p/>"


@given(some.lists(some.text(alphabet="ab <é€𝄞", max_size=40), max_size=30), some.integers(0, 30))
def test_what_follows_the_table_comes_out_as_it_went_in(pieces: list[str], at: int) -> None:
    contents = Contents(STYLES, 9000)
    put = [*pieces[:at], contents.__html__(), *pieces[at:]]
    assert "".join(contents.placed(iter(put))) == "".join(pieces)


@given(some.lists(some.integers(1, 999), min_size=1, max_size=20))
def test_numbers_that_come_later_give_the_same_bytes_as_numbers_known_from_the_start(pages: list[int]) -> None:
    entries = [Entry("TOC1", f"Heading {number} &amp; more 12") for number in range(len(pages))]

    def paper(xml: str) -> bytes:
        from pipeline.ooxml.package import Writer

        target = io.BytesIO()
        with Writer(target) as writer:
            writer.add("a.xml", b"<a/>")
            writer.stream("word/document.xml", iter(("<w:p/>" * 20_000, xml, "<w:p>99</w:p>" * 20_000)))
        return target.getvalue()

    without, known = paper(table(entries, 9000)), paper(table(entries, 9000, pages))
    assert (entries_of(without), known_pages(without)) == (len(pages), ())
    assert known_pages(known) == tuple(pages)
    target = io.BytesIO()
    write_with_pages(target, without, pages)
    assert target.getvalue() == known
    back = io.BytesIO()
    write_with_pages(back, known, ())
    assert back.getvalue() == without


def test_no_file_and_no_word_file_know_no_pages(tmp_path: Path) -> None:
    torn = tmp_path / "torn.docx"
    torn.write_bytes(b"PK torn")
    assert known_pages(torn) == known_pages(tmp_path / "none.docx") == ()

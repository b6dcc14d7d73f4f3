"""Tracked changes of Word documents, both ways: as if all were accepted, and as if all were rejected."""

from pipeline.model.documents import Document
from tests.documents import Xml, cell, control, deleted, docx, inserted, para, read, row, run, table

MARK_DELETED = '<w:rPr><w:del w:id="9"/></w:rPr>'
MARK_INSERTED = '<w:rPr><w:ins w:id="9"/></w:rPr>'


def both(document: Document) -> list[tuple[str, str | None]]:
    """Return each paragraph's text accepted and rejected."""
    return [(paragraph.text, paragraph.before) for paragraph in document.paragraphs()]


def deletions(document: Document) -> list[str]:
    return [aside.text for aside in document.asides if aside.kind == "deleted"]


def test_a_document_without_changes_has_one_version() -> None:
    document = read(docx("as it is"))
    assert both(document) == [("as it is", None)] and not document.tracked_changes


def test_insertions_are_in_the_text_and_deletions_beside_it() -> None:
    document = read(docx(para("by ", deleted("May"), inserted("June"), " 2012")))
    assert both(document) == [("by June 2012", "by May 2012")]
    assert deletions(document) == ["May"] and document.tracked_changes


def test_what_was_moved_stands_where_it_went() -> None:
    gone = Xml(f'<w:moveFrom w:id="1">{run("homes").xml}</w:moveFrom>')
    come = Xml(f'<w:moveTo w:id="2">{run("homes").xml}</w:moveTo>')
    document = read(docx(para("a ", gone), para("b ", come)))
    assert both(document) == [("a ", "a homes"), ("b homes", "b ")]


def test_what_was_inserted_and_deleted_again_is_in_neither_version() -> None:
    document = read(docx(para("a", inserted(deleted("passing")), "b")))
    assert both(document) == [("ab", "ab")] and deletions(document) == ["passing"]


def test_a_paragraph_whose_mark_was_deleted_runs_on_into_the_next() -> None:
    document = read(docx(para("Build", properties=MARK_DELETED), para(" homes"), "after"))
    assert both(document) == [("Build homes", "Build\n homes"), ("after", None)]
    assert [paragraph.place.paragraph for paragraph in document.paragraphs()] == [1, 2]


def test_a_paragraph_whose_mark_was_deleted_at_the_end_of_a_cell_stays_there() -> None:
    ends = cell(para("one", properties=MARK_DELETED))
    document = read(docx(table(row(ends, "two"), row("three")), "after"))
    assert [(p.text, p.place.row, p.place.column) for p in document.paragraphs()] == [
        ("one", 1, 1),
        ("two", 1, 2),
        ("three", 2, 1),
        ("after", None, None),
    ]


def test_the_last_paragraph_of_a_document_is_kept_though_its_mark_was_deleted() -> None:
    assert [text for text, _ in both(read(docx(para("end", properties=MARK_DELETED))))] == ["end"]


def test_an_inserted_paragraph_was_not_there_before() -> None:
    assert both(read(docx(para(inserted("new"), properties=MARK_INSERTED)))) == [("new", "")]


def test_a_deleted_row_is_beside_the_text() -> None:
    gone = row(cell(para(deleted("old"), properties=MARK_DELETED)), properties='<w:del w:id="5"/>')
    document = read(docx(table(row("a"), gone, row("b"))))
    assert [(p.text, p.place.row) for p in document.paragraphs()] == [("a", 1), ("b", 2)]
    assert deletions(document) == ["old"] and document.tracked_changes


def test_a_deleted_row_whose_words_are_not_marked_is_beside_the_text_too() -> None:
    document = read(docx(table(row("a"), row("old", "older", properties='<w:del w:id="5"/>'))))
    assert [paragraph.text for paragraph in document.paragraphs()] == ["a"]
    assert deletions(document) == ["old", "older"]


def test_an_inserted_row_is_a_row() -> None:
    document = read(docx(table(row("a"), row(para(inserted("new")), properties='<w:ins w:id="5"/>'))))
    assert both(document) == [("a", None), ("new", "")] and document.tracked_changes


def test_the_answer_of_a_control_is_what_is_left_of_it() -> None:
    document = read(docx(para("By ", control("due", deleted("May"), inserted("June")), ".")))
    (paragraph,) = document.paragraphs()
    (found,) = paragraph.controls
    assert paragraph.text[found.start : found.end] == "June"


def test_changes_in_a_header_are_seen() -> None:
    document = read(docx("a", beside={"header": para(deleted("old"), inserted("new")).xml}))
    assert [(aside.kind, aside.text) for aside in document.asides] == [("deleted", "old"), ("header", "new")]
    assert document.tracked_changes

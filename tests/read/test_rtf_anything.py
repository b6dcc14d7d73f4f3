"""Nothing in an RTF file vanishes, and no RTF file does harm: it is read or refused, whatever it says (design, laws 4 and 11)."""

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.errors import UnreadableError
from pipeline.model.documents import Document
from tests.documents import read
from tests.read.rtf import Code, Level, bold, cell, field, group, para, row, rtf, run, shape, table
from tests.read.test_everything import WORDS, check

SPOTS: dict[str, Callable[[str], bytes]] = {
    "a paragraph": lambda said: rtf("x", said, "y"),
    "a run": lambda said: rtf(para("x ", bold(said), " y")),
    "a heading": lambda said: rtf(para(said, settings=r"\outlinelevel0")),
    "a cell": lambda said: rtf("x", table(row("x", "y"), row("x", cell("y", said, "z")))),
    "a wide cell": lambda said: rtf(table(row("x", "y"), row(said, edges=(r"\cellx4000",)))),
    "a table in a table": lambda said: rtf(table(row("x", cell("y", _inner("z", said), "u")))),
    "the paragraph after a table in a cell": lambda said: rtf(table(row(cell(_inner("x"), said)))),
    "a text box": lambda said: rtf(para("x", shape("y", said)), "z"),
    "a text box in a cell": lambda said: rtf(table(row("x", cell(Code("y" + shape(said).code))))),
    "an insertion": lambda said: rtf(para("x ", run(said, r"\revised"))),
    "a deletion": lambda said: rtf("x", para("y ", run(said, r"\deleted"))),
    "hidden words": lambda said: rtf(table(row("x", Code("y " + run(said, r"\v").code)))),
    "a field's result": lambda said: rtf(para("x ", field("DATE", said))),
    "a legacy form field": lambda said: rtf(para("x ", field("FORMTEXT", said, form=r"\fftype0"))),
    "under a merged cell": lambda said: rtf(table(row("x", edges=(r"\clvmgf\cellx9",)), row(said, edges=(r"\clvmrg\cellx9",)))),
    "a footnote": lambda said: rtf(para("x", group(r"\footnote", said))),
    "a comment": lambda said: rtf(para("x", group(r"\*\annotation", said))),
    "a header": lambda said: rtf("x", head=group(r"\header", table(row(said))).code),
    "an object's result": lambda said: rtf(para(Code(rf"{{\object\objemb{{\*\objdata 01}}{{\result {run(said, '').code}}}}}"))),
}


def _inner(*words: str) -> Code:
    return Code(table(row(*words, depth=2)).code.removesuffix("\\pard "), Level.BLOCK)


@pytest.mark.parametrize("spot", SPOTS)
@settings(max_examples=15, deadline=None)
@given(said=WORDS)
def test_words_anywhere_in_an_rtf_document_are_read_with_their_place(spot: str, said: str) -> None:
    data = SPOTS[spot](said)
    document = read(data)
    check(document, said)
    assert read(data) == document


def outcome(data: bytes) -> Document | str:
    """Return the document, or the reason that it is refused with."""
    try:
        return read(data)
    except UnreadableError as error:
        assert str(error) and error.hint
        return error.reason


def words(document: Document | str) -> list[str]:
    assert isinstance(document, Document)
    return [one.text for one in document.paragraphs()]


def test_groups_inside_one_another_as_deep_as_no_program_writes_are_refused() -> None:
    assert outcome(b"{\\rtf1 " + b"{" * 200_000 + b"x") == "bomb"
    assert words(outcome(b"{\\rtf1 " + b"{" * 9_000 + b"x" + b"}" * 9_001)) == ["x"]


def test_tables_inside_one_another_deeper_than_believed_are_read_as_if_they_were_not() -> None:
    document = outcome(rb"{\rtf1\pard\intbl\itap2000000000 x\nestcell\pard\intbl y\cell\row}")
    assert isinstance(document, Document)
    assert len(list(document.tables())) == 64
    assert words(document) == ["x", "y"]


@pytest.mark.parametrize("length", [b"2000000000", b"9999999999", b"-1", b"0", b"", b"1000"])
def test_lengths_of_binary_data_that_lie_swallow_nothing(length: bytes) -> None:
    assert words(outcome(rb"{\rtf1 a{\pict\bin" + length + rb"}b\par}")) == ["ab"]


def test_binary_data_is_passed_over_whatever_is_in_it() -> None:
    assert words(outcome(rb"{\rtf1 a{\pict\bin8 }}}{{{\\}b\par}")) == ["ab"]


@pytest.mark.parametrize(
    "code",
    [
        rb"\trowd" + rb"\cellx1" * 50_000 + rb"\intbl x\cell\row",
        rb"\trowd\intbl x" + rb"\cell" * 20_000 + rb"\row",
        rb"\u99999999999?x",
        rb"\uc999999999\u65?x" + b"y" * 99,
        rb"{\field{\field{\field}}}{\fldrslt x}{\*\fldinst y}",
        rb"{\*\ffname x}{\*\formfield\fftype1}\ffres1",
        rb"{\shptxt x}{\sv y}{\sn z}{\result u}{\shprslt v}",
        rb"{\listtext x}{\listtext y}",
        rb"{\footnote{\footnote{\footnote x}}}",
        rb"{\upr}{\ud x}{\upr{\upr{\*\ud x}}}",
        rb"\nestcell\nestrow\cell\row\cellx5\clmrg\clvmrg x\cell",
        rb"\f999999999 x\s-5\outlinelevel-9\ilvl99 y",
        rb"{\fonttbl{\f0\fcharset999\cpg999 x;}}\f0 \'e9",
    ],
)
def test_words_where_they_make_no_sense_do_no_harm(code: bytes) -> None:
    assert isinstance(outcome(rb"{\rtf1 a\par " + code + rb"\par b\par}"), Document)


def test_the_payload_of_an_object_is_never_text() -> None:
    document = outcome(rb"{\rtf1 a{\object\objupdate\objocx{\*\objclass Word.Document.8}{\*\objdata d0cf11e0{\b evil}\bin3 abc}}b\par}")
    assert isinstance(document, Document)
    assert words(document) == ["ab"]
    assert [note.code for note in document.notes] == ["embedded-object"]


WHOLE = rtf(
    para("Chair: ", field("FORMTEXT", "Jo", form=r"\fftype0{\*\ffname c}"), settings=r"\s1"),
    table(row("a", run("b", r"\revised")), row(Code(shape("c").code), Code(run("d", r"\deleted").code))),
    para(run("e", r"\v"), group(r"\footnote", "f"), marker="1."),
    styles=r"{\s1 heading 1;}",
    head=group(r"\header", "g").code,
)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_an_rtf_file_changed_anywhere_is_read_or_refused(data: st.DataObject) -> None:
    """Groups and words go missing, come twice or change places; numbers become other numbers."""
    said = WHOLE.replace(b"{", b"\x01{").replace(b"}", b"\x01}").replace(b"\\", b"\x01\\").split(b"\x01")
    for _ in range(data.draw(st.integers(1, 6))):
        at, other = data.draw(st.integers(1, len(said) - 1)), data.draw(st.integers(1, len(said) - 1))
        change = data.draw(st.sampled_from(["swap", "drop", "twice", "number"]))
        if change == "swap":
            said[at], said[other] = said[other], said[at]
        elif change == "drop":
            said[at] = b""
        elif change == "twice":
            said[at] += said[other]
        else:
            said[at] = data.draw(st.sampled_from([b"-1", b"99999999", b""])).join(said[at].split(b"1"))
    assert outcome(b"{\\rtf1 " + b"".join(said)[6:]) is not None


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=200))
def test_bytes_of_any_kind_in_an_rtf_file_are_read_or_refused(data: bytes) -> None:
    assert outcome(b"{\\rtf1 " + data) is not None

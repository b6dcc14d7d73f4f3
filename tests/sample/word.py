"""Fill in a blank as Word leaves it: tags and controls kept, text in several runs, proofing marks, revision ids, real bullets.

Word itself is not at hand where the tests run, so this writes what Word writes. The same answers give the same bytes.

Source: returns saved by Word 2010 to 2021 in content controls; ECMA-376-1 5th ed., 17.5.2 (content controls), 17.13.8 (proofErr);
[MS-DOCX] 2.5 (w14:paraId).
"""

import io
import re
from collections.abc import Iterator, Mapping
from copy import deepcopy

from lxml import etree

from pipeline.blanks.controls import CONTENT, PARAGRAPH, ROW, RUN, SDT, controls, parent, retag, setting, tag
from pipeline.ooxml.names import W14, q
from pipeline.ooxml.package import Package, Writer
from pipeline.ooxml.xml import parse, serialise
from tests.sample.typed import Line, numbered

Typed = Mapping[str, tuple[Line, ...]]
"""The paragraphs of each answer, by tag."""

_REVISIONS = ("004B21C7", "00A91E30", "00D5406F")
"""Word gives every sitting at the document a number and marks what was typed in it."""
_PIECE = re.compile(r"\s*(?:\S+\s*){1,5}")
_BULLETS = "7"
_SAVED = "2011-05-04T15:42:00Z"
_BULLET = (
    '<w:abstractNum xmlns:w="{w}" w:abstractNumId="7"><w:multiLevelType w:val="hybridMultilevel"/>'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="\uf0b7"/><w:lvlJc w:val="left"/>'
    '<w:pPr><w:ind w:left="720" w:hanging="360"/></w:pPr>'
    '<w:rPr><w:rFonts w:ascii="Symbol" w:hAnsi="Symbol" w:hint="default"/></w:rPr></w:lvl></w:abstractNum>'
)
_LIST_PARAGRAPH = (
    '<w:style xmlns:w="{w}" w:type="paragraph" w:styleId="ListParagraph"><w:name w:val="List Paragraph"/><w:basedOn w:val="Normal"/>'
    '<w:uiPriority w:val="34"/><w:qFormat/><w:pPr><w:ind w:left="720"/><w:contextualSpacing/></w:pPr></w:style>'
)


def fill(blank: bytes, typed: Typed, person: str, copied: str = "", copies: int = 0) -> bytes:
    """Return a blank with its answers typed in, saved by Word.

    Args:
        blank: as it was issued.
        typed: what is typed, by the tag of the control. Controls with one tag all get it. Those that are not named stay as they are.
        person: who saved it last.
        copied: the item, such as `priorities[4]`, whose row and block are copied and pasted after themselves.
        copies: how many times. A copy keeps the tags of its original, as Word does it; `typed` numbers it on.

    Raises:
        KeyError: the blank has no control of a tag that is typed into.
    """
    package = Package(blank)
    parts = {name: package.read(name) for name in package.names}
    document = parse(_with_w14(parts["word/document.xml"]))
    pasted = _paste(document, copied, copies) if copies else []
    _type(document, typed)
    for control in pasted:
        retag(control, numbered(tag(control), int(copied[copied.index("[") + 1 : -1])))
    _number(document)
    parts["word/document.xml"] = serialise(document)
    parts["word/settings.xml"] = serialise(_settings(parse(parts["word/settings.xml"]), unprotected=bool(copies)))
    parts["word/styles.xml"] = serialise(_with_style(parse(parts["word/styles.xml"])))
    parts["word/numbering.xml"] = serialise(_with_bullets(parse(parts["word/numbering.xml"])))
    parts["docProps/core.xml"] = _saved_by(parts["docProps/core.xml"], person)
    stream = io.BytesIO()
    with Writer(stream) as out:
        for name, data in parts.items():
            out.add(name, data)
    return stream.getvalue()


def _with_w14(document: bytes) -> bytes:
    """Declare the namespace of paragraph ids, which older versions of Word are told to ignore."""
    declared = document.replace(b"<w:document ", f'<w:document xmlns:w14="{W14}" '.encode(), 1)
    return declared.replace(b'mc:Ignorable="', b'mc:Ignorable="w14 ', 1)


# -- what a person does --------------------------------------------------------------------------------------------------


def _type(document: etree._Element, typed: Typed) -> None:
    left = set(typed)
    for control in controls(document):
        if tag(control) in typed:
            left.discard(tag(control))
            _answer(control, typed[tag(control)])
    if left:
        raise KeyError(f"the blank has no control for {', '.join(sorted(left))}")


def _answer(control: etree._Element, said: tuple[Line, ...]) -> None:
    prompt = control.find(f"{q('w:sdtPr')}/{q('w:showingPlcHdr')}")
    if prompt is not None:
        parent(prompt).remove(prompt)
    content = control.find(CONTENT)
    assert content is not None
    paragraph = content.find(PARAGRAPH)
    style = None if paragraph is None else paragraph.find(q("w:pPr"))
    content[:] = []
    if paragraph is None:
        for number, line in enumerate(said):
            if number:
                etree.SubElement(etree.SubElement(content, RUN), q("w:br"))
            content.extend(_runs(line))
        return
    for line in said:
        typed = etree.SubElement(content, PARAGRAPH)
        typed.append(_bullet() if line.bullet else deepcopy(style) if style is not None else _element("w:pPr"))
        typed.extend(_runs(line))


def _bullet() -> etree._Element:
    properties = _element("w:pPr")
    properties.append(_element("w:pStyle", val="ListParagraph"))
    numbering = etree.SubElement(properties, q("w:numPr"))
    numbering.append(_element("w:ilvl", val="0"))
    numbering.append(_element("w:numId", val=_BULLETS))
    return properties


def _runs(line: Line) -> Iterator[etree._Element]:
    """Yield the runs of a paragraph: cut every few words, as sittings and the spelling checker do."""
    number = 0
    for stretch, bold in _stretches(line):
        for piece in _PIECE.findall(stretch):
            yield from _run(piece, bold, number)
            number += 1


def _stretches(line: Line) -> Iterator[tuple[str, bool]]:
    rest = line.text
    for words in line.bold:
        before, found, rest = rest.partition(words)
        yield from ((text, bold) for text, bold in ((before, False), (found, True)) if text)
    if rest:
        yield rest, False


def _run(text: str, bold: bool, number: int) -> Iterator[etree._Element]:
    run = etree.Element(RUN, {q("w:rsidR"): _REVISIONS[number % 3]})
    properties = etree.SubElement(run, q("w:rPr"))
    if bold:
        properties.extend((_element("w:b"), _element("w:bCs")))
    if number % 2:
        properties.append(_element("w:lang", val="en-US"))
    if not len(properties):
        run.remove(properties)
    words = etree.SubElement(run, q("w:t"))
    words.text = text
    if text != text.strip():
        words.set(q("xml:space"), "preserve")
    kind = "gram" if number % 4 == 2 else "spell"
    if number % 2:
        yield run
    else:
        yield _element("w:proofErr", type=f"{kind}Start")
        yield run
        yield _element("w:proofErr", type=f"{kind}End")


def _paste(document: etree._Element, copied: str, copies: int) -> list[etree._Element]:
    """Copy and paste an item's row and block; return the tagged controls of the copies, numbered on until they are filled in."""
    found = [control for control in controls(document) if tag(control).startswith(f"{copied}.")]
    rows = [next(element for element in found[0].iterancestors(SDT) if element.find(f"{CONTENT}/{ROW}") is not None)]
    number = int(copied[copied.index("[") + 1 : -1])
    pasted: list[etree._Element] = []
    for originals in (rows, _block(document, found[-1], str(number))):
        last = originals[-1]
        for copy in range(number + 1, number + copies + 1):
            for original in originals:
                twin = deepcopy(original)
                pasted += _renumber(twin, number, copy)
                last.addnext(twin)
                last = twin
    return pasted


def _block(document: etree._Element, inside: etree._Element, number: str) -> list[etree._Element]:
    """Return the elements of the body from the heading of a block to the next heading of its level or higher."""
    body = document[0]
    last = next(element for element in inside.iterancestors() if element.getparent() is body)
    block = [last]
    while _heading(block[0]) not in ("Heading1", "Heading2"):
        previous = block[0].getprevious()
        assert previous is not None
        block.insert(0, previous)
    while (following := block[-1].getnext()) is not None and _heading(following) not in ("Heading1", "Heading2"):
        block.append(following)
    return block


def _heading(element: etree._Element) -> str:
    style = element.find(f"{q('w:pPr')}/{q('w:pStyle')}")
    return "" if style is None else style.get(q("w:val"), "")


def _renumber(twin: etree._Element, old: int, new: int) -> list[etree._Element]:
    """Change the number that people see, in a heading or a row's first cell, and the tags, for as long as it takes to fill them in."""
    for words in twin.iter(q("w:t")):
        outside = next((element for element in words.iterancestors(SDT) if tag(element)), None) is None
        if outside and words.text == str(old):
            words.text = str(new)
    tagged = [control for control in controls(twin) if tag(control)]
    for control in tagged:
        retag(control, numbered(tag(control), new))
    return tagged


# -- what Word does ------------------------------------------------------------------------------------------------------


def _number(document: etree._Element) -> None:
    """Give every paragraph its id and revision marks, and every control an id of its own."""
    for number, paragraph in enumerate(document.iter(PARAGRAPH), 1):
        paragraph.set(q("w14:paraId"), f"{0x10000000 + number * 0x2F1B7:08X}")
        paragraph.set(q("w14:textId"), "77777777")
        paragraph.set(q("w:rsidR"), _REVISIONS[0])
        paragraph.set(q("w:rsidRDefault"), _REVISIONS[number % 3])
    seen: set[str] = set()
    for control in controls(document):
        known = control.find(f"{q('w:sdtPr')}/{q('w:id')}")
        if known is not None and setting(control, "w:id") in seen:
            known.set(q("w:val"), str(100_000 + len(seen)))
        seen.add(setting(control, "w:id"))


def _settings(settings: etree._Element, unprotected: bool) -> etree._Element:
    protection = settings.find(q("w:documentProtection"))
    assert protection is not None
    if unprotected:
        protection.set(q("w:enforcement"), "0")
    protection.addprevious(_element("w:proofState", spelling="clean", grammar="clean"))
    revisions = _element("w:rsids")
    revisions.append(_element("w:rsidRoot", val=_REVISIONS[0]))
    revisions.extend(_element("w:rsid", val=revision) for revision in _REVISIONS)
    compatibility = settings.find(q("w:compat"))
    assert compatibility is not None
    compatibility.addnext(revisions)
    return settings


def _with_style(styles: etree._Element) -> etree._Element:
    styles.append(etree.fromstring(_LIST_PARAGRAPH.format(w=styles.nsmap["w"])))
    return styles


def _with_bullets(numbering: etree._Element) -> etree._Element:
    first = numbering.find(q("w:num"))
    assert first is not None
    first.addprevious(etree.fromstring(_BULLET.format(w=numbering.nsmap["w"])))
    number = etree.SubElement(numbering, q("w:num"), {q("w:numId"): _BULLETS})
    number.append(_element("w:abstractNumId", val=_BULLETS))
    return numbering


def _saved_by(core: bytes, person: str) -> bytes:
    dates = "".join(
        f'<dcterms:{what} xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
        f'xsi:type="dcterms:W3CDTF">{_SAVED}</dcterms:{what}>'
        for what in ("created", "modified")
    )
    end = f"<cp:lastModifiedBy>{person}</cp:lastModifiedBy><cp:revision>3</cp:revision>{dates}</cp:coreProperties>"
    return core.replace(b"</cp:coreProperties>", end.encode())


def _element(name: str, **settings: str) -> etree._Element:
    return etree.Element(q(name), {q(f"w:{key}"): value for key, value in settings.items()})

"""Content controls in the XML of a Word part: finding, filling and unwrapping them.

Source: ECMA-376-1 5th ed., 17.5.2 (structured document tags).
"""

from collections.abc import Iterator

from lxml import etree

from pipeline.ooxml.names import q

SDT, CONTENT, PARAGRAPH, RUN, ROW, TABLE = (q(f"w:{name}") for name in ("sdt", "sdtContent", "p", "r", "tr", "tbl"))
PROMPT = "PlaceholderText"
"""The character style of prompts: Word's own."""
_VAL = q("w:val")
_TAG = f"{q('w:sdtPr')}/{q('w:tag')}"
_KINDS = {
    q("w:text"): "text",
    q("w:richText"): "rich",
    q("w:dropDownList"): "choice",
    q("w:comboBox"): "choice",
    q("w:date"): "date",
    q("w:picture"): "picture",
    q("w15:repeatingSection"): "section",
    q("w15:repeatingSectionItem"): "item",
}


def controls(root: etree._Element) -> Iterator[etree._Element]:
    """Yield every control under an element, in document order, outer ones before those inside them."""
    return root.iter(SDT)


def parent(element: etree._Element) -> etree._Element:
    """Return what an element stands in: everything but the root stands in something."""
    found = element.getparent()
    if found is None:
        raise ValueError("the root of a part stands in nothing")
    return found


def setting(control: etree._Element, name: str) -> str:
    """Return the value of a property such as `w:tag`, `w:alias` or `w:lock`; empty where it is not set."""
    found = control.find(f"{q('w:sdtPr')}/{q(name)}")
    return "" if found is None else found.get(_VAL, "")


def tag(control: etree._Element) -> str:
    """Return the tag: the path of the field that the control answers."""
    return setting(control, "w:tag")


def retag(control: etree._Element, path: str) -> None:
    """Give a control that has a tag another one."""
    found = control.find(_TAG)
    if found is not None:
        found.set(_VAL, path)


def kind(control: etree._Element) -> str:
    """Return text, rich, choice, date, picture, section (of rows that repeat) or item (one of them)."""
    properties = control.find(q("w:sdtPr"))
    found = () if properties is None else (_KINDS[child.tag] for child in properties if child.tag in _KINDS)
    return next(iter(found), "rich")


def shows_prompt(control: etree._Element) -> bool:
    """Say whether the control shows its prompt and no answer."""
    flag = control.find(f"{q('w:sdtPr')}/{q('w:showingPlcHdr')}")
    return flag is not None and flag.get(_VAL, "1") not in ("0", "false", "off")


def content(control: etree._Element) -> etree._Element:
    """Return what a control holds."""
    found = control.find(CONTENT)
    return etree.SubElement(control, CONTENT) if found is None else found


def text(element: etree._Element) -> str:
    """Return the words of an element, a line a paragraph or break."""
    parts: list[str] = []
    for node in element.iter(q("w:t"), q("w:br"), q("w:tab"), PARAGRAPH):
        if node.tag == q("w:t"):
            parts.append(node.text or "")
        else:
            parts.append(" " if node.tag == q("w:tab") else "\n")
    return "".join(parts).strip()


def fill(control: etree._Element, words: str | etree._Element) -> None:
    """Put words, or the mark that stands for them, where the prompt was: one run, no longer shown as a prompt."""
    flag = control.find(f"{q('w:sdtPr')}/{q('w:showingPlcHdr')}")
    if flag is not None:
        parent(flag).remove(flag)
    runs = list(content(control).iter(RUN))
    for extra in runs[1:]:
        parent(extra).remove(extra)
    run = runs[0] if runs else etree.SubElement(content(control), RUN)
    for child in list(run):
        if child.tag != q("w:rPr"):
            run.remove(child)
    for dress in run.findall(q("w:rPr")):
        for style in dress.findall(q("w:rStyle")):
            if style.get(_VAL) == PROMPT:
                dress.remove(style)
        if not len(dress):
            run.remove(dress)
    written = etree.SubElement(run, q("w:t"), {q("xml:space"): "preserve"})
    if isinstance(words, str):
        written.text = words
    else:
        written.append(words)


def unwrap(control: etree._Element) -> None:
    """Put what a control holds in its place, so that it is part of the text around it."""
    around = parent(control)
    at = around.index(control)
    for child in reversed(list(content(control))):
        around.insert(at, child)
    around.remove(control)

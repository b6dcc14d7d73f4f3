"""Turn the Word master into a `Master`, once a round: repeats written out, drop-downs filled, gaps marked, all the rest packed."""

from copy import deepcopy

from lxml import etree

from pipeline.blanks.controls import controls, fill, tag, unwrap
from pipeline.blanks.facts import CODE, REFERENCE, WHERE, facts, state_words
from pipeline.blanks.identity import identity
from pipeline.blanks.masters import DOCUMENT, MASTER, SETTINGS, check_master, margins, opened
from pipeline.blanks.repeats import Repeats, write_out_choices
from pipeline.blanks.sources import Sources
from pipeline.blanks.stamping import Master, Picture
from pipeline.blanks.template import Template, mark
from pipeline.errors import SetupError
from pipeline.model.forms import Field, Form, schema_path
from pipeline.model.rounds import Round
from pipeline.ooxml.names import q
from pipeline.ooxml.package import Package
from pipeline.ooxml.splice import Part, deflated, join, plain
from pipeline.ooxml.xml import serialise

_PACKED = (".png", ".jpg", ".jpeg", ".gif")
"""Endings of parts that are packed already."""


def compile_master(round_: Round) -> Master:
    """Compile the Word master of a round's kit.

    Raises:
        SetupError: there is no master, it is no Word document, it disagrees with the form, or it asks for a fact that the round
            does not say.
    """
    path = round_.kit / MASTER
    mistakes = check_master(path, round_.form) or _unsaid(opened(path), round_)
    if mistakes:
        raise SetupError(
            f"The Word master {MASTER} of the kit “{round_.form.form}” cannot be used.",
            "Put right what is listed, in Word or in form.yaml, and try again.",
            mistakes,
        )
    package = opened(path)
    sources = Sources(round_)
    changed: dict[str, bytes] = {DOCUMENT: serialise(_document(package, round_, sources))}
    pictures = set()
    for name in margins(package):
        root = package.xml(name)
        pictures |= _code(root, package, name)
        state_words(root, round_.form)
        _state_facts(root, round_, sources)
        changed[name] = serialise(root)
    changed[SETTINGS] = serialise(_protected(package.xml(SETTINGS)))
    changed |= identity(package, round_, sources)
    names = dict.fromkeys((*package.names, *changed))
    parts = tuple(Picture(name) if name in pictures else _part(name, changed.get(name) or package.read(name)) for name in names)
    return Master(round_, tuple(sources.all), parts, sources.longest)


def _part(name: str, data: bytes) -> Part | Template:
    template = Template(name, data)
    if len(template.steps) > 1:
        return template
    return plain(name, data) if name.endswith(_PACKED) else join(name, (deflated(data),))


def _document(package: Package, round_: Round, sources: Sources) -> etree._Element:
    """Return the document with everything written out and its gaps marked."""
    root = package.xml(DOCUMENT)
    state_words(root, round_.form)
    Repeats(round_.form, sources).write_out(root)
    write_out_choices(root, round_.form)
    for control in list(controls(root)):
        field = round_.form.by_path.get(schema_path(tag(control)))
        if field is not None and field.choices:
            _offer(control, field, round_)
        if field is not None and field.prefill:
            _prefill(control, field, round_.form, sources)
    _state_facts(root, round_, sources)
    _identify(root)
    return root


def _offer(control: etree._Element, field: Field, round_: Round) -> None:
    """Put the words of a vocabulary into a drop-down, after its prompt, which takes an answer back."""
    terms = round_.vocabularies.get(field.choices, ())
    for choice in control.iter(q("w:dropDownList"), q("w:comboBox")):
        choice[:] = []
        etree.SubElement(choice, q("w:listItem"), {q("w:value"): field.prompt})
        for term in terms:
            etree.SubElement(choice, q("w:listItem"), {q("w:displayText"): term.shown, q("w:value"): term.name})


def _prefill(control: etree._Element, field: Field, form: Form, sources: Sources) -> None:
    """Put the control twice, filled and empty, for the register to choose from."""
    path = tag(control)
    listed = sources.lists(field.prefill) and schema_path(path).rpartition(".")[0] in form.repeats
    if listed or (field.many and not path.endswith("[1]")):
        return
    source = sources.column(field.prefill, field.choices)
    given = deepcopy(control)
    given.tail = None
    fill(given, mark("put", source))
    for before in (mark("given", source), given, mark("otherwise", source)):
        control.addprevious(before)
    control.addnext(mark("end", source))


def _state_facts(root: etree._Element, round_: Round, sources: Sources) -> None:
    """Make facts part of the text around them."""
    said = facts(round_)
    for control in list(controls(root)):
        own = tag(control)
        if own in said:
            fill(control, said[own])
        elif own == REFERENCE:
            fill(control, mark("put", sources.reference()))
        else:
            continue
        unwrap(control)


def _unsaid(package: Package, round_: Round) -> tuple[str, ...]:
    """Name the facts that the master shows and the round does not say."""
    said = facts(round_)
    shown = {tag(control) for name in (DOCUMENT, *margins(package)) for control in controls(package.xml(name))}
    return tuple(
        f"{MASTER} – shows “{name}”, which the round does not say – add {WHERE[name]}, or delete the control from the master"
        for name, words in said.items()
        if name in shown and not words
    )


def _code(root: etree._Element, package: Package, name: str) -> set[str]:
    """Return the pictures that are the square code, and make them part of the text."""
    folder, _, file = name.rpartition("/")
    found = set()
    for control in [control for control in controls(root) if tag(control) == CODE]:
        for blip in control.iter(q("a:blip")):
            related = package.xml(f"{folder}/_rels/{file}.rels")
            wanted = blip.get(q("r:embed"))
            found |= {f"{folder}/{relation.get('Target')}" for relation in related if relation.get("Id") == wanted}
        unwrap(control)
    return found


def _identify(root: etree._Element) -> None:
    """Give every control a number of its own: Word repairs documents in which two have the same."""
    for number, control in enumerate(controls(root), 1):
        for properties in control.iterfind(q("w:sdtPr")):
            for old in properties.findall(q("w:id")):
                properties.remove(old)
            at = sum(child.tag in _BEFORE_ID for child in properties)
            properties.insert(at, etree.Element(q("w:id"), {q("w:val"): str(number)}))


_BEFORE_ID = {q("w:rPr"), q("w:alias"), q("w:tag")}
# fmt: off
_BEFORE_PROTECTION = (
    "writeProtection", "view", "zoom", "removePersonalInformation", "removeDateAndTime", "doNotDisplayPageBoundaries",
    "displayBackgroundShape", "printPostScriptOverText", "printFractionalCharacterWidth", "printFormsData", "embedTrueTypeFonts",
    "embedSystemFonts", "saveSubsetFonts", "saveFormsData", "mirrorMargins", "alignBordersAndEdges", "bordersDoNotSurroundHeader",
    "bordersDoNotSurroundFooter", "gutterAtTop", "hideSpellingErrors", "hideGrammaticalErrors", "activeWritingStyle", "proofState",
    "formsDesign", "attachedTemplate", "linkStyles", "stylePaneFormatFilter", "stylePaneSortMethod", "documentType", "mailMerge",
    "revisionView", "trackRevisions", "doNotTrackMoves", "doNotTrackFormatting",
)
# fmt: on
"""The settings that stand before the protection."""


def _protected(settings: etree._Element) -> etree._Element:
    """Lock everything but the answers, without a password.

    Source: ECMA-376-1 5th ed., 17.15.1.29 (document protection) and 17.15.1.78 (the order of settings).
    """
    for old in settings.findall(q("w:documentProtection")):
        settings.remove(old)
    at = sum(etree.QName(child).localname in _BEFORE_PROTECTION for child in settings)
    settings.insert(at, etree.Element(q("w:documentProtection"), {q("w:edit"): "forms", q("w:enforcement"): "1"}))
    return settings

"""Write out the parts of a master that repeat: one item becomes as many as the form says, each control with its own path.

A control tagged with the path of a repeat wraps one item: a table row, or the blocks of a whole item. In the blank a row stays
inside a repeating section, which gives it a + in Word; blocks stand by themselves, because LibreOffice 7.4 turns a heading inside
a repeating section into a field.

    master      priorities.deliverables.due
    blank       priorities[2].deliverables[3].due        the third deliverable of the second priority
"""

from collections.abc import Iterator
from copy import deepcopy

from lxml import etree

from pipeline.blanks.controls import CONTENT, PARAGRAPH, ROW, SDT, TABLE, content, controls, fill, kind, parent, retag, tag, unwrap
from pipeline.blanks.facts import NUMBER
from pipeline.blanks.sources import Sources
from pipeline.blanks.template import mark
from pipeline.model.forms import Form, schema_path
from pipeline.ooxml.names import q


class Repeats:
    """Writes out the repeats of one form.

    Args:
        form: says what repeats, and how often.
        sources: takes the lists of the register that rows are made for.
    """

    def __init__(self, form: Form, sources: Sources) -> None:
        self._form = form
        self._sources = sources

    def write_out(self, root: etree._Element) -> None:
        """Write out every repeat under an element, those inside others included."""
        for wrapper in list(self._outermost(root)):
            if parent(wrapper).tag == TABLE:
                self._rows(wrapper)
            else:
                self._blocks(wrapper)

    def _outermost(self, root: etree._Element) -> Iterator[etree._Element]:
        for child in root:
            if child.tag == SDT and schema_path(tag(child)) in self._form.repeats:
                yield child
            else:
                yield from self._outermost(child)

    def _blocks(self, wrapper: etree._Element) -> None:
        """Put the copies of an item where its wrapper stood."""
        path = tag(wrapper)
        for number in range(1, self._form.field(path).copies + 1):
            item = deepcopy(content(wrapper))
            self._number(item, path, number)
            self.write_out(item)
            for block in item:
                wrapper.addprevious(block)
        parent(wrapper).remove(wrapper)

    def _rows(self, wrapper: etree._Element) -> None:
        """Put the copies of a row, an item each, into the section that wraps it."""
        path = tag(wrapper)
        row = next(wrapper.iter(ROW))
        section = content(wrapper)
        section[:] = []
        listed, sources = self._listed(path)
        for number in range(1, (len(sources) or self._form.field(path).copies) + 1):
            item = _item(deepcopy(row))
            self._number(item, path, number)
            self.write_out(content(item))
            if not sources:
                section.append(item)
                continue
            source = sources[number - 1]
            given = deepcopy(item)
            for control in controls(given):
                if schema_path(tag(control)) == listed:
                    fill(control, mark("put", source))
            section.extend((mark("given", source), given, mark("otherwise", source), item, mark("end", source)))

    def _listed(self, path: str) -> tuple[str, list[int]]:
        """Return the field whose prefill lists the rows of a repeat, and the source of each row."""
        repeat = self._form.field(path)
        for key, field in repeat.fields.items():
            if field.prefill and self._sources.lists(field.prefill):
                return f"{schema_path(path)}.{key}", self._sources.rows(field.prefill, repeat.copies)
        return "", []

    def _number(self, item: etree._Element, path: str, number: int) -> None:
        """Give the controls of an item its number, in their tags and where it is shown."""
        inner = {control for nested in self._outermost(item) for control in controls(nested)}
        for control in list(controls(item)):
            own = tag(control)
            if own.startswith(f"{path}."):
                retag(control, f"{path}[{number}]{own[len(path) :]}")
            elif own == NUMBER and control not in inner:
                fill(control, str(number))
                unwrap(control)


def write_out_choices(root: etree._Element, form: Form) -> None:
    """Repeat the paragraph of every drop-down that may have several answers, and number the drop-downs."""
    for control in list(controls(root)):
        path = tag(control)
        field = form.by_path.get(schema_path(path))
        if field is None or not field.many or kind(control) != "choice":
            continue
        line = next(control.iterancestors(PARAGRAPH))
        for number in range(field.copies, 1, -1):
            another = deepcopy(line)
            for copied in controls(another):
                if tag(copied) == path:
                    retag(copied, f"{path}[{number}]")
            line.addnext(another)
        retag(control, f"{path}[1]")


def _item(row: etree._Element) -> etree._Element:
    item = etree.Element(SDT)
    etree.SubElement(etree.SubElement(item, q("w:sdtPr")), q("w15:repeatingSectionItem"))
    etree.SubElement(item, CONTENT).append(row)
    return item

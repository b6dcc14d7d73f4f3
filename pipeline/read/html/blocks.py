"""Go through a web page and return its blocks in reading order. Nothing that it refers to is fetched.

One loop over the beginnings and ends of elements, whatever their depth. Knows pages, Word's and LibreOffice's among them; nothing of
mails, in which an older one may be quoted.

Source: WHATWG HTML 15; Microsoft Office HTML and XML Reference (`mso-element`, `mso-list`).
"""

import re
from collections.abc import Callable
from typing import NamedTuple

from lxml.etree import _Element as Element

from pipeline.errors import UnreadableError
from pipeline.model.documents import Aside, Block, Note
from pipeline.ooxml.xml import parse_html, steps_through
from pipeline.read.counts import count
from pipeline.read.html.decoding import decoded
from pipeline.read.html.filling import Filling, ListOpen
from pipeline.read.html.inputs import Inputs
from pipeline.read.html.looks import PLAIN, Look, Style, classes, is_hidden, list_level, look, style
from pipeline.read.lists import Counters, ListLevel

_BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "dir", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "legend", "li",
    "listing", "main", "menu", "nav", "ol", "optgroup", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead",
    "tr", "ul", "xmp",
))  # fmt: skip
_DROPPED = frozenset((
    "script", "style", "head", "template", "xml", "noembed", "noframes", "audio", "video", "canvas", "map", "datalist", "colgroup", "col",
))  # fmt: skip
_LISTS = frozenset({"ul", "ol", "menu", "dir"})
_FORMS = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_STYLED_FORMS = {"lower-alpha": "a", "lower-latin": "a", "upper-alpha": "A", "upper-latin": "A", "lower-roman": "i", "upper-roman": "I"}
_EMBEDDED = frozenset({"iframe", "frame", "object", "embed", "applet"})
_REMOTE = re.compile(r"\s*(?:[a-z][a-z0-9+.-]*:)?//|\s*(?:ftp|file):", re.IGNORECASE)
_REFERS = {"img": "src", "iframe": "src", "frame": "src", "embed": "src", "script": "src", "video": "src", "audio": "src", "input": "src"}
_REFERS |= {"object": "data", "link": "href", "body": "background", "table": "background", "td": "background", "base": "href"}
_BESIDE = {"footnote": "footnote", "endnote": "endnote", "comment": "comment", "header": "header", "footer": "footer"}
_COLUMNS, _ROWS, _HIGHEST = 63, 1_000, 32_767
"""The most columns and rows that a cell is believed to cover, and the highest number that a list is believed to start from."""
_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
"""Characters that nobody sees; LibreOffice leaves those in that it keeps its fields behind."""
_ANCHORS = re.compile(r"(?:sd(?:foot|end)noteanc|_(?:ftn|edn)ref\d+)")
"""The class or the name of the number that stands for a note in the text; the note begins with it once more."""
_DATA = re.compile(r"data:[\w/+.;=-]{0,100},[A-Za-z0-9+/=%\s]{200,}")
"""A picture that stands in the page itself."""


class Said(NamedTuple):
    """What a page says."""

    blocks: tuple[Block, ...]
    asides: tuple[Aside, ...]
    notes: tuple[Note, ...]
    tracked_changes: bool


def blocks_of(page: str | bytes, part: str = "document", charset: str = "") -> Said:
    """Return everything that a person would see on a page, in reading order.

    Args:
        page: the page, or its bytes as received.
        part: what its places are to call it.
        charset: what a mail or envelope says that the bytes are written in; empty where it does not.

    Raises:
        UnreadableError: it has more tags than any form, or nests deeper (`bomb`).
    """
    text = decoded(page, charset) if isinstance(page, bytes) else page
    try:
        root = parse_html(_DATA.sub("data:,", _UNSEEN.sub("", text)))
    except ValueError as error:
        raise UnreadableError("bomb", f"The web page cannot be read: {error}.", "Ask for the form as a Word document.") from error
    walk = _Walk(root, part)
    walk.follow(root)
    beside = walk.filling.beside
    asides = tuple(said for said in beside if isinstance(said, Aside))
    notes = tuple(said for said in beside if isinstance(said, Note))
    return Said(tuple(walk.filling.frame.out), asides, notes, walk.filling.tracked)


class _Walk:
    """Walks one page."""

    def __init__(self, root: Element, part: str) -> None:
        self.filling = Filling(part)
        self.inputs = Inputs(self.filling)
        self.classes = classes("\n".join("".join(map(str, sheet.itertext())) for sheet in root.iter("style"))[:200_000])
        self.look = PLAIN
        self.looks: list[Look] = []
        self.heads = 0
        """How many heads of tables are open."""
        self.referred: set[str] = set()
        self.begins: dict[str, Callable[[Element, Style], None]] = {
            "table": self._begin_table,
            "tr": self._begin_row,
            "td": self._begin_cell,
            "th": self._begin_cell,
            "thead": self._begin_head,
            "li": self._begin_item,
            "br": self._break,
            "img": self._picture,
            "a": self._link,
            **dict.fromkeys(_LISTS, self._begin_list),
        }
        self.ends: dict[str, Callable[[Element], None]] = {
            "table": self._finish_table,
            "tr": self._finish_row,
            "td": self._finish_cell,
            "th": self._finish_cell,
            "thead": self._finish_head,
            "li": self._finish_item,
            **dict.fromkeys(_LISTS, self._finish_list),
        }

    def follow(self, root: Element) -> None:
        """Go through the page."""
        steps = steps_through(root)
        passed: Element | None = None
        for event, element in steps:
            if event == "start":
                if self._passes(element):
                    passed = element
                    steps.skip_subtree()
                else:
                    self._begin(element)
            elif passed is not None:
                self._say(passed.tail)
                passed = None
            else:
                self._end(element)
        self.filling.finish(self.look)

    def _say(self, text: str | None) -> None:
        if text:
            self.filling.say(text, self.look)

    def _begin(self, element: Element) -> None:
        said = self._style(element)
        if element.tag in _BLOCKS:
            self.filling.finish(self.look)
        self.looks.append(self.look)
        self.look = look(element.tag, said, self.look)
        if element.tag in self.begins:
            self.begins[element.tag](element, said)
        if (level := list_level(said)) is not None and element.tag not in _LISTS:
            self.filling.frame.level = level
        self._say(element.text)

    def _end(self, element: Element) -> None:
        if element.tag in _BLOCKS:
            self.filling.finish(self.look)
        if element.tag in self.ends:
            self.ends[element.tag](element)
        self.look = self.looks.pop()
        self._say(element.tail)

    def _style(self, element: Element) -> Style:
        own, named = element.get("style"), element.get("class")
        said: dict[str, str] = {}
        for name in (named or "").split() if self.classes else ():
            said |= self.classes.get(name, {})
        return said | dict(style(own)) if own else said

    # -- what is passed over -------------------------------------------------------------------------------------------

    def _passes(self, element: Element) -> bool:
        """Say whether an element is passed over with all that is in it; what it holds is kept beside the text where words are seen."""
        tag = element.tag
        if not isinstance(tag, str):
            return True
        self._refers(element, tag)
        if tag == "head":
            for inside in element.iter("link", "script", "base"):
                self._refers(inside, inside.tag)
        if tag in _DROPPED:
            return True
        if tag in self.inputs.acts:
            self.inputs.acts[tag](element)
            return True
        if tag == "a" and (_ANCHORS.fullmatch(element.get("class", "")) or _ANCHORS.fullmatch(element.get("name", ""))):
            return True
        said = self._style(element)
        if tag in _EMBEDDED:
            self._note("embedded-object", "An embedded object (a sheet, a file) is here; it was not read.", element.get("title", ""))
            self._aside("alternative", element)
            return True
        if said.get("mso-list") == "ignore":
            self.filling.frame.bullet = _bullet(_words(element))
            return True
        kind = _BESIDE.get(said.get("mso-element", "")) or _margin(element)
        if kind or is_hidden(said, frozenset(map(str, element.attrib))):
            self._aside(kind or "hidden", element)
            return True
        return said.get("mso-element", "").endswith(("separator", "separation"))

    def _aside(self, kind: str, element: Element) -> None:
        if words := _words(element):
            self.filling.beside.append(Aside(kind, words, self.filling.place))

    def _note(self, code: str, message: str, quote: str = "") -> None:
        self.filling.beside.append(Note(code, message, self.filling.place, quote))

    def _refers(self, element: Element, tag: str) -> None:
        """Note once what lies outside the page."""
        target = element.get(_REFERS.get(tag, "src"), "")
        if _REMOTE.match(target) and target not in self.referred:
            self.referred.add(target)
            what = f"{'picture' if tag == 'img' else tag} outside itself ({target[:200]})"
            self._note("external-relationship", f"The document refers to {what}. It was not followed.")

    # -- paragraphs and lists ------------------------------------------------------------------------------------------

    def _break(self, element: Element, said: Style) -> None:
        self.filling.break_line(self.look)

    def _link(self, element: Element, said: Style) -> None:
        self.look = self.look._replace(link=element.get("href", ""))

    def _picture(self, element: Element, said: Style) -> None:
        self._note("picture", "A picture is here; what it shows was not read.", element.get("alt", ""))

    def _begin_list(self, element: Element, said: Style) -> None:
        form = element.get("type", "1") if element.tag == "ol" else ""
        styled = said.get("list-style-type", "")
        if element.tag == "ol":
            form = _STYLED_FORMS.get(styled, form)
        self.filling.frame.lists.append(ListOpen(form, count(element.get("start"), _HIGHEST, 1), styled != "none"))

    def _finish_list(self, element: Element) -> None:
        if self.filling.frame.lists:
            self.filling.frame.lists.pop()

    def _begin_item(self, element: Element, said: Style) -> None:
        frame = self.filling.frame
        if not frame.lists:
            frame.bullet = "•"
            return
        last = frame.lists[-1]
        if element.get("value") is not None:
            last.next = count(element.get("value"), _HIGHEST, 1)
        if last.shown and said.get("list-style-type") != "none" and said.get("display", "list-item") == "list-item":
            frame.bullet = _number(last) if last.form else "•"
        last.next += 1

    def _finish_item(self, element: Element) -> None:
        self.filling.frame.bullet = ""

    # -- tables --------------------------------------------------------------------------------------------------------

    def _begin_table(self, element: Element, said: Style) -> None:
        self.filling.begin_table()

    def _finish_table(self, element: Element) -> None:
        self.filling.finish_table()

    def _begin_head(self, element: Element, said: Style) -> None:
        self.heads += 1

    def _finish_head(self, element: Element) -> None:
        self.heads -= 1

    def _begin_row(self, element: Element, said: Style) -> None:
        if self.filling.tables:
            self.filling.tables[-1].finish_row(False)
            self.filling.tables[-1].begin_row()

    def _finish_row(self, element: Element) -> None:
        if self.filling.tables:
            self.filling.tables[-1].finish_row(self.heads > 0)

    def _begin_cell(self, element: Element, said: Style) -> None:
        if self.filling.tables:
            self.filling.begin_cell(count(element.get("colspan"), _COLUMNS, 1), count(element.get("rowspan"), _ROWS, 1))

    def _finish_cell(self, element: Element) -> None:
        if self.filling.tables:
            self.filling.finish_cell(element.tag == "th", self.look)


def _number(of: ListOpen) -> str:
    level = ListLevel(_FORMS.get(of.form, "decimal"), "%1.", of.next)
    return Counters({"": {0: level}}).mark("", 0)


def _bullet(shown: str) -> str:
    """Return a marker that Word wrote out: "•" for a sign of any shape, otherwise what is shown."""
    shown = shown.strip(" \t\n\xa0")
    return "•" if len(shown) == 1 and (not shown.isalnum() or shown in "o") else shown


def _margin(element: Element) -> str:
    """Return what LibreOffice calls a part of its page that stands beside the text; empty for the text."""
    title = element.get("title", "")
    if element.tag == "div" and title in ("header", "footer"):
        return title
    name = element.get("id", "")
    return next((kind for kind in ("footnote", "endnote") if element.tag == "div" and re.fullmatch(rf"sd{kind}\d+", name)), "")


def _words(element: Element) -> str:
    """Return the words of an element, a line for each of its paragraphs."""
    pieces: list[str] = []
    for event, one in steps_through(element):
        seen = isinstance(one.tag, str) and one.tag not in ("script", "style")
        if event == "start":
            pieces.append("\n" if one.tag in _BLOCKS or one.tag == "br" else "")
            pieces.append(re.sub(r"\s+", " ", one.text or "") if seen else "")
        elif one is not element:
            pieces.append(re.sub(r"\s+", " ", one.tail or ""))
    lines = (re.sub(r"[ \t]+", " ", line).strip(" ") for line in "".join(pieces).split("\n"))
    return "\n".join(line for line in lines if line)

"""Go through the tokens of an RTF file: groups, where their words go, and what control words do.

One loop and a stack of groups, no recursion. Characters, fonts, tables and fields have modules of their own.

Source: RTF 1.9.1, "RTF Syntax", "Destinations", "Unicode RTF".
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from pipeline.errors import UnreadableError
from pipeline.model.documents import Note
from pipeline.model.places import Place
from pipeline.read.rtf.charsets import PAGES, Fonts, page
from pipeline.read.rtf.looks import DEEPEST_LIST, DEEPEST_TABLE, Look, Setting, Styles
from pipeline.read.rtf.story import Beside, Story
from pipeline.read.rtf.tokens import Token

Act = Callable[[int | None], None]
"""What a control word does, given its number."""
_DEEPEST = 10_000
"""Groups inside one another; Word writes about twenty."""
_CHARACTERS = {
    "tab": "\t", "line": "\n", "lbr": "\n", "softline": "\n", "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’",
    "ldblquote": "“", "rdblquote": "”", "bullet": "•", "emspace": "\u2003", "enspace": "\u2002", "qmspace": "\u2005",
    "~": "\u00a0", "_": "\u2011", "-": "\u00ad", "\t": "\t", "zwj": "\u200d", "zwnj": "\u200c", "ltrmark": "\u200e", "rtlmark": "\u200f",
}  # fmt: skip


_LOOK, _SETTING = Look(), Setting()
"""What holds where nothing is said."""


class Sink:
    """Takes words that nobody sees; control words inside it still do what they do."""

    def say(self, text: str, look: Look) -> None:
        """Drop words."""


@dataclass(slots=True)
class Capture:
    """Takes words that are not text of the document: the code of a field, the marker of a list item."""

    pieces: list[str] = field(default_factory=list)

    def say(self, text: str, look: Look) -> None:
        """Add words, whatever they look like."""
        self.pieces.append(text)


class Naming:
    """Takes the names of fonts, or of styles."""

    def __init__(self, named: Callable[[str], None]) -> None:
        self.named = named

    def say(self, text: str, look: Look) -> None:
        """Give what is being described this name."""
        self.named(text)


Where = Story | Capture | Naming | Sink
SINK = Sink()


@dataclass(slots=True)
class Group:
    """A group that is open: what holds inside it."""

    where: Where | None
    """Where its words go; None where everything in it is passed over."""
    look: Look = _LOOK
    setting: Setting = _SETTING
    skips: int = 1
    """How many characters stand in for one that is named by `\\u`."""
    nested: bool = False
    """True where it describes a row of a table inside a table."""
    around: Where | None = None
    """Where words went before a group whose other half is to be read (`\\upr`)."""
    closes: Callable[[], None] | None = None
    """What its end means."""


class Walk:
    """Walks one file. Then read `beside`, `properties` and what `finish` returns."""

    def __init__(self, destinations: "Callable[[Walk], dict[str, Act]]") -> None:
        self.fonts, self.styles, self.beside = Fonts(), Styles(), Beside()
        self.body = Story("document", self.beside, self.styles)
        self.stories: list[Story] = [self.body]
        self.groups: list[Group] = []
        self.group = Group(self.body)
        self.properties: dict[str, str] = {}
        self.naming: list[str] = []
        """The name of the style that the style sheet describes."""
        self._waiting = b""
        self._skip = 0
        self._high = 0
        self._starred = False
        self._destinations = destinations(self)
        self._words = {**_looks(self), **_settings(self), **_encodings(self)}

    @property
    def story(self) -> Story:
        """The text that is being filled."""
        return self.stories[-1]

    def follow(self, tokens: Iterable[Token]) -> None:
        """Go through the tokens of a file.

        Raises:
            UnreadableError: `bomb` where groups nest deeper than any program writes.
        """
        for word, number, data in tokens:
            if not word:
                self._bytes(data)
                continue
            if self._waiting:
                self._flush()
            if word == "{":
                self._open()
            elif word == "}":
                self._end()
                if not self.groups:
                    return
            elif word == "*":
                self._starred = True
            else:
                self._word(word, number)
        self._flush()
        if self.groups:
            cut = Note("truncated", "The file ends in the middle. What came after is not there to be read.", Place("document"))
            self.beside.said.append(cut)

    # -- characters ----------------------------------------------------------------------------------------------------

    def _bytes(self, data: bytes) -> None:
        if self._skip:
            passed = min(self._skip, len(data))
            self._skip -= passed
            data = data[passed:]
        if self.group.where is not None:
            self._waiting += data

    def _flush(self) -> None:
        """Say what has gathered: characters of several bytes are only whole together."""
        data, self._waiting = self._waiting, b""
        if data:
            self.say(self.fonts.text(data, self._font()))

    def _font(self) -> int:
        return self.fonts.default if self.group.look.font < 0 else self.group.look.font

    def say(self, text: str) -> None:
        """Put words where words of the open group go."""
        if self.group.where is not None and text:
            self.group.where.say(text, self.group.look)

    def unicode(self, number: int | None) -> None:
        """A character is named by its number; those that stand in for it are passed over."""
        value = (number or 0) % 0x10000
        self._skip = self.group.skips
        if 0xD800 <= value < 0xDC00:
            self._high = value
        elif 0xDC00 <= value < 0xE000:
            self.say(chr(0x10000 + ((self._high - 0xD800) << 10) + (value - 0xDC00)) if self._high else "\ufffd")
            self._high = 0
        elif value:
            self.say(self.fonts.character(value, self._font()))

    # -- groups --------------------------------------------------------------------------------------------------------

    def _open(self) -> None:
        if len(self.groups) >= _DEEPEST:
            raise UnreadableError("bomb", "The file nests deeper than any form.", "Do not open it; ask the sender what it is.")
        outer = self.group
        self.groups.append(outer)
        self.group = Group(outer.where, outer.look, outer.setting, outer.skips, outer.nested)
        self._skip, self._starred = 0, False

    def _end(self) -> None:
        self._skip = 0
        if not self.groups:
            return
        if self.group.closes is not None:
            self.group.closes()
        self.group = self.groups.pop()

    def _word(self, word: str, number: int | None) -> None:
        starred, self._starred = self._starred, False
        self._skip = 0
        if word == "ud" and self.groups and self.groups[-1].around is not None:
            self.group.where = self.groups[-1].around
        if self.group.where is None:
            return
        if word in self._destinations:
            self._destinations[word](number)
        elif starred:
            self.group.where = None
        elif word in _CHARACTERS:
            self.say(_CHARACTERS[word])
        elif word in self._words:
            self._words[word](number)


def _looks(walk: Walk) -> dict[str, Act]:
    """Return what the words of emphasis and tracked changes do."""

    def toggle(name: str) -> Act:
        def act(number: int | None) -> None:
            walk.group.look = walk.group.look._replace(**{name: number != 0})

        return act

    def font(number: int | None) -> None:
        if isinstance(walk.group.where, Naming):
            walk.fonts.begin(number or 0)
        walk.group.look = walk.group.look._replace(font=number or 0)

    def plain(number: int | None) -> None:
        walk.group.look = Look()

    def no_underline(number: int | None) -> None:
        walk.group.look = walk.group.look._replace(underline=False)

    toggles = {
        "b": "bold",
        "i": "italic",
        "strike": "strike",
        "striked": "strike",
        "v": "hidden",
        "revised": "inserted",
        "deleted": "deleted",
    }
    underlines = ("ul", "uld", "uldb", "ulw", "uldash", "uldashd", "uldashdd", "ulth", "ulwave", "ulhwave", "ulthd", "ulthdash", "ulldash")
    acts = {word: toggle(name) for word, name in (toggles | dict.fromkeys(underlines, "underline")).items()}
    return acts | {"f": font, "plain": plain, "ulnone": no_underline}


def _settings(walk: Walk) -> dict[str, Act]:
    """Return what the words of paragraphs do."""

    def count(number: int | None, most: int) -> int:
        return max(0, min(number or 0, most))

    def style(number: int | None) -> None:
        walk.group.setting = walk.group.setting._replace(style=count(number, 2**31))

    def outline(number: int | None) -> None:
        walk.group.setting = walk.group.setting._replace(outline=count(number, 9))

    def level(number: int | None) -> None:
        walk.group.setting = walk.group.setting._replace(level=count(number, DEEPEST_LIST))

    def depth(number: int | None) -> None:
        walk.group.setting = walk.group.setting._replace(depth=count(number, DEEPEST_TABLE))

    def default(number: int | None) -> None:
        walk.group.setting = Setting()

    def in_table(number: int | None) -> None:
        walk.group.setting = walk.group.setting._replace(in_table=number != 0)

    return {"pard": default, "intbl": in_table, "itap": depth, "s": style, "outlinelevel": outline, "ilvl": level}


def _encodings(walk: Walk) -> dict[str, Act]:
    """Return what the words of code pages and characters do."""

    def of_file(name: str) -> Act:
        def act(number: int | None) -> None:
            walk.fonts.page = name

        return act

    def code_page(number: int | None) -> None:
        walk.fonts.page = page(number or 0)

    def default_font(number: int | None) -> None:
        walk.fonts.default = number or 0

    def skips(number: int | None) -> None:
        walk.group.skips = max(0, min(1 if number is None else number, 64))

    return {word: of_file(name) for word, name in PAGES.items()} | {
        "ansicpg": code_page,
        "deff": default_font,
        "fcharset": lambda number: walk.fonts.charset(number or 0),
        "cpg": lambda number: walk.fonts.code_page(number or 0),
        "u": walk.unicode,
        "uc": skips,
    }

"""Groups of RTF whose words go elsewhere: beside the text, into tables of fonts and styles, or nowhere.

Source: RTF 1.9.1, "Destinations", "Word 97 Through Word 2007 RTF for Drawing Objects", "Objects", "Footnotes", "Comments".
"""

from collections.abc import Callable
from dataclasses import dataclass

from pipeline.model.documents import Aside, Note
from pipeline.model.places import Place
from pipeline.read.rtf.fields import Field, Form, finish
from pipeline.read.rtf.looks import Look, Setting, bullet
from pipeline.read.rtf.rows import rows
from pipeline.read.rtf.story import Story
from pipeline.read.rtf.walk import SINK, Act, Capture, Naming, Walk, Where

_NOWHERE = (
    "colortbl", "filetbl", "revtbl", "rsidtbl", "listtable", "listoverridetable", "listpicture", "pgptbl", "xmlnstbl", "themedata",
    "colorschememapping", "datastore", "latentstyles", "generator", "xe", "tc", "tcn", "rxe", "nonshppict", "objdata", "objalias",
    "objsect", "nonesttables", "mmathPr", "mmathPict", "ftnsep", "ftnsepc", "ftncn", "aftnsep", "aftnsepc", "aftncn", "bkmkstart",
    "bkmkend", "atnid", "atnauthor", "atntime", "atndate", "atnicn", "atnref", "atrfstart", "atrfend", "atnparent", "pnseclvl", "pn",
    "keycode",
)  # fmt: skip
_MARGINS = {f"{kind}{pages}": kind for kind in ("header", "footer") for pages in ("", "l", "r", "f")}
_THROUGH = ("shppict", "moMath", "moMathPara", "mmath", "ud", "shpgrp")
"""Groups that a reader may pass over and that this one reads as if they were not there."""
_ENTRIES = 10_000
_SAYS = ("wzDescription", "gtextUNICODE")
"""Properties of a shape that hold words: what it shows, for those who cannot see it, and the text of word art."""


@dataclass(slots=True)
class Drawing:
    """A shape, picture or object that is open."""

    is_object: bool = False
    linked: bool = False
    read: bool = False
    """True where it holds a text box, which is read."""
    property: str = ""
    says: str = ""
    told: str = ""
    """What an object says that it is."""


class Destinations:
    """What the control words that begin a destination do, and those that only mean something inside one."""

    def __init__(self, walk: Walk) -> None:
        self.walk = walk
        self.fields: list[Field] = []
        self.drawings: list[Drawing] = []
        self.property = ""

    def acts(self) -> dict[str, Act]:
        """Return them by word."""
        walk = self.walk
        acts: dict[str, Act] = {
            "fonttbl": self._into(Naming(walk.fonts.named)),
            "stylesheet": self._stylesheet,
            "info": self._into(SINK),
            "upr": self._either,
            "listtext": self._marker,
            "pntext": self._marker,
            "footnote": self._beside("footnote"),
            "annotation": self._beside("comment"),
            "ftnalt": self._endnote,
            "userprops": self._into(SINK),
            "propname": self._captured(lambda said: setattr(self, "property", said)),
            "staticval": self._captured(lambda said: walk.properties.__setitem__(self.property, said)),
            "template": self._captured(self._template),
        }
        acts |= dict.fromkeys(_NOWHERE, self._nowhere) | dict.fromkeys(_THROUGH, self._nothing)
        acts |= {word: self._margin(kind) for word, kind in _MARGINS.items()}
        return acts | self._of_fields() | self._of_drawings() | rows(walk)

    # -- kinds of destination ------------------------------------------------------------------------------------------

    def _nothing(self, number: int | None) -> None:
        """Stand in for a group that is read as if it were not there."""

    def _nowhere(self, number: int | None) -> None:
        self.walk.group.where = None

    def _into(self, where: Where) -> Act:
        def act(number: int | None) -> None:
            self.walk.group.where = where

        return act

    def _captured(self, done: Callable[[str], None]) -> Act:
        """Give the words of the group to `done` where it ends."""

        def act(number: int | None) -> None:
            capture = Capture()
            self.walk.group.where = capture
            self.walk.group.closes = lambda: done("".join(capture.pieces))

        return act

    def _told(self, part: str, done: Callable[[Story, Setting], None]) -> None:
        """Fill a text of its own, and give it to `done` where the group ends."""
        walk = self.walk
        story = Story(part, walk.beside, walk.styles)
        walk.stories.append(story)
        walk.group.where, walk.group.look, walk.group.setting = story, Look(), Setting()

        def closes() -> None:
            walk.stories.pop()
            done(story, walk.group.setting)

        walk.group.closes = closes

    # -- fonts, styles, properties -------------------------------------------------------------------------------------

    def _stylesheet(self, number: int | None) -> None:
        walk = self.walk
        names: list[str] = []

        def named(text: str) -> None:
            """A style's name ends it: the words before said how it looks."""
            names.append(text)
            if text.rstrip().endswith(";"):
                walk.styles.add(walk.group.setting, "".join(names))
                names.clear()

        walk.group.where = Naming(named)

    def _either(self, number: int | None) -> None:
        """Of a text that is given twice, read the second, in Unicode."""
        self.walk.group.around, self.walk.group.where = self.walk.group.where, None

    def _template(self, said: str) -> None:
        note = f"The document refers to attachedTemplate outside itself ({said[:200]}). It was not followed."
        self.walk.beside.said.append(Note("external-relationship", note))

    # -- beside the text -----------------------------------------------------------------------------------------------

    def _marker(self, number: int | None) -> None:
        story = self.walk.group.where
        if isinstance(story, Story):
            self._captured(lambda said: setattr(story, "bullet", bullet(said)))(number)

    def _margin(self, kind: str) -> Act:
        def done(story: Story, setting: Setting) -> None:
            aside = Aside(kind, story.words(setting), Place(kind))
            if aside.text and aside not in self.walk.beside.said:
                self.walk.beside.said.append(aside)

        return lambda number: self._told(kind, done)

    def _beside(self, kind: str) -> Act:
        def done(story: Story, setting: Setting) -> None:
            if words := story.words(setting):
                self.walk.story.beside_it(story.part, words)

        return lambda number: self._told(kind, done)

    def _endnote(self, number: int | None) -> None:
        if self.walk.story.part == "footnote":
            self.walk.story.part = "endnote"

    # -- fields --------------------------------------------------------------------------------------------------------

    def _of_fields(self) -> dict[str, Act]:
        def form(name: str, most: int) -> Act:
            return lambda number: setattr(self._form(), name, max(0, min(number or 0, most)))

        return {
            "field": self._field,
            "fldinst": self._captured(lambda said: setattr(self._last(), "code", said)),
            "fldrslt": self._nothing,
            "formfield": self._begin_form,
            "fftype": form("kind", 2),
            "ffres": form("result", _ENTRIES),
            "ffdefres": form("default", _ENTRIES),
            "ffname": self._captured(lambda said: setattr(self._form(), "name", said)),
            "ffl": self._captured(lambda said: self._form().entries.append(said)),
            "ffdeftext": self._nowhere,
            "ffhelptext": self._nowhere,
            "ffstattext": self._nowhere,
            "ffformat": self._nowhere,
        }

    def _last(self) -> Field:
        return self.fields[-1] if self.fields else Field(self.walk.story.line, 0)

    def _form(self) -> Form:
        """Return the form field that is open, or one that nobody asks for where the word stands elsewhere."""
        return self._last().form or Form()

    def _field(self, number: int | None) -> None:
        story = self.walk.group.where
        if not isinstance(story, Story):
            return
        self.fields.append(Field(story.line, story.line.length))
        self.walk.group.closes = lambda: finish(self.fields.pop(), story, self.walk.group.look)

    def _begin_form(self, number: int | None) -> None:
        self._last().form = Form()
        self.walk.group.where = SINK

    # -- drawings and objects ------------------------------------------------------------------------------------------

    def _of_drawings(self) -> dict[str, Act]:
        return {
            "shp": lambda number: self._drawing(Drawing()),
            "do": lambda number: self._drawing(Drawing()),
            "pict": lambda number: self._drawing(Drawing()),
            "object": lambda number: self._drawing(Drawing(is_object=True)),
            "objlink": self._linked,
            "objautlink": self._linked,
            "objclass": self._captured(lambda said: setattr(self._drawn(), "told", said)),
            "objname": self._nowhere,
            "result": self._shown,
            "shpinst": self._nothing,
            "picprop": self._nothing,
            "sp": self._nothing,
            "sn": self._captured(lambda said: setattr(self._drawn(), "property", said.strip())),
            "sv": self._captured(self._value),
            "shptxt": self._box,
            "dptxbxtext": self._box,
            "shprslt": self._fallback,
        }

    def _drawn(self) -> Drawing:
        return self.drawings[-1] if self.drawings else Drawing()

    def _drawing(self, drawing: Drawing) -> None:
        """Begin a drawing; a picture inside one is how that looks, and no other."""
        group = self.walk.group
        if not (self.drawings and (self._drawn().is_object or group.where is not self.walk.story)):
            self.drawings.append(drawing)
            group.closes = self._finish_drawing
        group.where = SINK

    def _value(self, said: str) -> None:
        if self._drawn().property in _SAYS:
            self._drawn().says = said

    def _linked(self, number: int | None) -> None:
        self._drawn().linked = True

    def _shown(self, number: int | None) -> None:
        """What an object looks like: words in it are read, a picture is not told again."""
        if self.drawings:
            self.walk.group.where = self.walk.story

    def _fallback(self, number: int | None) -> None:
        """The shape once more, for older programs: read only where the shape itself had nothing to read."""
        self.walk.group.where = None if self._drawn().read or not self.drawings else self.walk.story

    def _box(self, number: int | None) -> None:
        """A text box: it is read after the paragraph that it hangs on."""
        if self.drawings:
            self.drawings[-1].read = True
        since = len(self.walk.beside.said)

        def done(box: Story, setting: Setting) -> None:
            host, said = self.walk.story, self.walk.beside.said
            host.boxes += box.finish(setting)
            host.waiting += [one for one in said[since:] if one.place.table is None]
            said[since:] = [one for one in said[since:] if one.place.table is not None]

        self._told(self.walk.story.part, done)

    def _finish_drawing(self) -> None:
        done, story = self.drawings.pop(), self.walk.story
        if done.is_object and done.linked:
            said = f"The document refers to an object outside itself ({done.told[:200]}). It was not followed."
            story.waiting.append(Note("external-relationship", said))
        if done.is_object:
            story.waiting.append(
                Note("embedded-object", "An embedded object (a sheet, a file) is here; it was not read.", Place(), done.told)
            )
        elif not done.read:
            story.waiting.append(Note("picture", "A picture is here; what it shows was not read.", Place(), done.says))


def destinations(walk: Walk) -> dict[str, Act]:
    """Return what every word does that sends words elsewhere, and what ends paragraphs, cells and rows."""
    return Destinations(walk).acts()

"""Letters: what a kit's mail texts make of the facts of a round.

A mail text is `mail/<kind>.txt` in the kit: a line `Subject: …` and the letter in the markup of `pipeline.grammar.narrative`, with Jinja
in between. It can print, loop and ask, and nothing else. Whatever a fact says, it is words: it makes no list, no emphasis and no header.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from types import TracebackType
from typing import NamedTuple

from jinja2 import StrictUndefined, Template, TemplateError, TemplateSyntaxError, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from pipeline.errors import SetupError
from pipeline.model.post import MessageKind

FOLDER = "mail"
"""Of a kit, where its mail texts lie."""

SUBJECT = "Subject:"

_STAR, _GUARD = "\ue000", "\ue001"
"""Stand for a star of a fact, and before a fact that would begin an item of a list; both are for private use in Unicode."""
_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_LIKE_AN_ITEM = re.compile(r"(?:[-•]|\d{1,3}[.)])(?:\s|$)")
_UNSEEN = frozenset(("Cc", "Cs", "Co", "Cn", "Zl", "Zp"))


class Attachment(NamedTuple):
    """A Word document that goes with a letter."""

    name: str
    """A file name in ASCII."""
    data: bytes


class Letter(NamedTuple):
    """A letter to a partnership, ready to be made into a mail or a draft."""

    to: tuple[str, ...]
    """Addresses from the register."""
    copies: tuple[str, ...]
    """Addresses from the register that get a copy."""
    subject: str
    """One line."""
    body: str
    """In the markup of `pipeline.grammar.narrative`; words that a fact brought are guarded, and `unguarded` shows them."""
    attachments: tuple[Attachment, ...] = ()


class Marked(str):
    """A text in which the markup of `pipeline.grammar.narrative` counts, such as the officer's words in round.yaml."""

    __slots__ = ()


class _Texts(ImmutableSandboxedEnvironment):
    """Where mail texts run: they reach facts by their names, and no Python."""

    def __init__(self) -> None:
        super().__init__(undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, finalize=_words)
        self.globals.clear()

    def getattr(self, obj: object, attribute: str) -> object:
        """Return what a name within a fact stands for."""
        if isinstance(obj, Mapping):
            return self._named(obj, attribute)
        if isinstance(obj, str | int | list | tuple) or obj is None:
            return self.undefined(f"there is nothing called “{attribute}” in {_shown(obj)}")
        return super().getattr(obj, attribute)

    def getitem(self, obj: object, argument: object) -> object:
        """Return what a name within a fact, or a place in a list, stands for."""
        if isinstance(obj, Mapping):
            return self._named(obj, str(argument))
        return super().getitem(obj, argument)

    def _named(self, facts: Mapping[str, object], name: str) -> object:
        if name in facts:
            return facts[name]
        return self.undefined(f"there is no “{name}” here – known are: {'; '.join(sorted(map(str, facts))) or 'none'}")


def render(kit: Path, kind: MessageKind, facts: Mapping[str, object]) -> tuple[str, str]:
    """Make the subject and the body of a letter.

    Args:
        kit: the folder of the kit.
        kind: what the letter is for.
        facts: what its text can name: texts, whole numbers, lists and mappings of those. A `Marked` text keeps its markup.

    Returns:
        The subject, one line; and the body, for `Letter.body`.

    Raises:
        SetupError: the kit has no such text, or there is a mistake in it: where – what – what to write instead.
    """
    path = kit / FOLDER / f"{kind}.txt"
    shown = f"templates/{kit.name}/{FOLDER}/{kind}.txt"
    try:
        said = _compiled(path.read_text(encoding="utf-8-sig"), shown).render(facts)
    except (OSError, UnicodeDecodeError) as error:
        raise _unusable(f"{shown}: the text of the {kind} cannot be read – {error} – put a text file there, saved as UTF-8") from error
    except TemplateSyntaxError as error:
        raise _unusable(f"{shown}, line {error.lineno}: {error.message} – put the tag right") from error
    except (TemplateError, TypeError, ValueError, ArithmeticError, LookupError, AttributeError) as error:
        raise _unusable(f"{shown}, line {_line(error.__traceback__, shown)}: {_what(error, facts)}") from error
    first, _, body = said.lstrip().partition("\n")
    if not first.startswith(SUBJECT) or not (subject := one_line(unguarded(first.removeprefix(SUBJECT)))):
        raise _unusable(f"{shown}, line 1: the text does not begin with its subject – write “{SUBJECT} …” in the first line")
    return subject, body.strip("\n")


def texts_of(kit: Path) -> Iterator[tuple[str, str]]:
    """Yield the mail texts of a kit as they say it themselves, tags left out: file name and text. One that cannot be read says nothing."""
    for kind in MessageKind:
        try:
            text = (kit / FOLDER / f"{kind}.txt").read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError):
            continue
        yield f"{kind}.txt", _TAG.sub(lambda tag: "\n" * tag[0].count("\n"), text)


@lru_cache(maxsize=32)
def _compiled(source: str, shown: str) -> Template:
    """Compile a mail text, once for all the letters that are made of it."""
    texts = _Texts()
    code = texts.compile(source, name=shown, filename=shown)
    return texts.template_class.from_code(texts, code, texts.make_globals(None))


def one_line(text: str) -> str:
    """Return a text without anything that is not seen, on one line."""
    return " ".join("".join(" " if unicodedata.category(character) in _UNSEEN else character for character in text).split())


def unguarded(text: str) -> str:
    """Return words of a letter's body as people read them."""
    return text.replace(_STAR, "*").replace(_GUARD, "")


def _words(said: object) -> object:
    """Make a fact into words that cannot be taken for markup, as it is printed."""
    if isinstance(said, Marked) or not isinstance(said, str):
        return said if isinstance(said, Marked | int | Undefined) else _listed(said)
    words = one_line(said).replace("*", _STAR)
    return _GUARD + words if _LIKE_AN_ITEM.match(words) else words


def _listed(said: object) -> object:
    """Print a list of texts as people do: “this; that”."""
    if isinstance(said, Iterable):
        return "; ".join(str(_words(one)) for one in said)
    return "" if said is None else _words(str(said))


def _shown(said: object) -> str:
    return f"“{said}”" if isinstance(said, str | int) else "a list" if said is not None else "nothing"


def _line(trace: TracebackType | None, shown: str) -> int:
    """Return the line of a mail text at which something went wrong."""
    line = 1
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == shown:
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def _what(error: Exception, facts: Mapping[str, object]) -> str:
    """Say what is wrong and what to write instead."""
    said = one_line(str(error))
    found = re.fullmatch(r"'(\w+)' is undefined", said)
    if found:
        return f"there is no “{found[1]}” – known are: {'; '.join(sorted(facts))}"
    return said if "–" in said else f"{said} – put the tag right"


def _unusable(mistake: str) -> SetupError:
    hint = "Correct what is listed and try again; docs/post.md explains mail texts."
    return SetupError("A mail text of the kit cannot be used.", hint, (mistake,))

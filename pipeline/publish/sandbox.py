"""Where report masters run: they can print, loop and ask, and nothing else.

Source: docxtpl issues 549 and 632 (templates of an unfenced environment run any Python).
"""

from collections.abc import Callable

from jinja2 import StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from pipeline.publish.narrative import LaidOut
from pipeline.publish.runs import Block, Styles, paragraph, paragraphs
from pipeline.publish.views import Branch, Facts, Words, day, in_order_of, joined, plain, where


class Sandbox(ImmutableSandboxedEnvironment):
    """A Jinja environment that escapes everything, refuses names it does not know and reaches no Python.

    Args:
        styles: the paragraph styles of the master.
    """

    def __init__(self, styles: Styles) -> None:
        super().__init__(autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True)
        self.globals.clear()
        self.filters["in_order_of"] = in_order_of
        self.filters["where"] = where
        self.filters["joined"] = joined
        self.filters["day"] = day
        self.filters["as_paragraphs"] = _as_paragraphs(styles)

    def getattr(self, obj: object, attribute: str) -> object:
        """Return what a name stands for. Answers are looked up by the form; everything else as the sandbox allows."""
        if type(obj) is Branch or type(obj) is Facts:
            try:
                return _safe(obj.see(attribute))
            except KeyError:
                return self.undefined(f"{obj.kind} has no “{attribute}”")
        return _safe(super().getattr(obj, attribute))

    def getitem(self, obj: object, argument: object) -> object:
        """Return an item of a list or mapping."""
        if isinstance(obj, Branch | Facts):
            return self.getattr(obj, str(argument))
        return _safe(super().getitem(obj, argument))


def _safe(said: object) -> object:
    """Make a text of the round safe to print: it may hold what XML cannot."""
    return plain(said) if type(said) is str and not said.isprintable() else said


def _as_paragraphs(styles: Styles) -> Callable[[object, str, bool], Block]:
    """Return the filter that every `{{p …}}` of a master goes through."""

    def as_paragraphs(said: object, style: str, filled: bool) -> Block:
        """Return what stands in for a paragraph of the master.

        Args:
            said: an answer, a narrative, a text, or a block that the program has made.
            style: the id of the style of the paragraph that stood there.
            filled: True in a table cell, which may not be without a paragraph.
        """
        if isinstance(said, Block):
            return said
        if isinstance(said, LaidOut):
            return Block(said.laid_out(style, styles))
        passages = said.passages if isinstance(said, Words) else plain(str(said)).passages
        made = paragraphs(passages, style, styles)
        return Block(made or (paragraph(style, "") if filled else ""))

    return as_paragraphs

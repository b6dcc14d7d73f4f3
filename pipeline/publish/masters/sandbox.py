"""Where report masters run: they can print, loop and ask, and nothing else.

Source: docxtpl issues 549 and 632 (templates of an unfenced environment run any Python).
"""

from collections.abc import Callable

from jinja2 import StrictUndefined, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.idtracking import VAR_LOAD_RESOLVE
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import escape

from pipeline.publish.narrative import Narrative
from pipeline.publish.runs import Block, Flow, Styles, inline, paragraph, paragraphs
from pipeline.publish.views import Branch, Facts, Words, apart_from, day, in_order_of, joined, plain, where, without_colon


class _Printing(CodeGenerator):
    """Writes templates that print what a tag names through `Sandbox.printed`, where Jinja's own would through `escape`.

    Notes what they ask for on the way: to find that out alone takes as long again.
    """

    environment: "Sandbox"

    def enter_frame(self, frame: Frame) -> None:
        super().enter_frame(frame)
        self.environment.asked.update(name for action, name in frame.symbols.loads.values() if action == VAR_LOAD_RESOLVE and name)

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        self.write("environment.printed(")


class Sandbox(ImmutableSandboxedEnvironment):
    """A Jinja environment that escapes everything, refuses names it does not know and reaches no Python.

    Args:
        styles: the paragraph styles of the master.
    """

    code_generator_class = _Printing

    def __init__(self, styles: Styles) -> None:
        super().__init__(autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True)
        self.globals.clear()
        self.asked: set[str] = set()
        """The first word of every tag of the templates that were compiled."""
        self.filters["in_order_of"] = in_order_of
        self.filters["where"] = where
        self.filters["joined"] = joined
        self.filters["day"] = day
        self.filters["apart_from"] = apart_from
        self.filters["without_colon"] = without_colon
        self.filters["as_paragraphs"] = _as_paragraphs(styles)

    @staticmethod
    def printed(said: object) -> str:
        """Return what a tag prints. Everything is escaped; answers in one step, for a plan has a hundred thousand."""
        if type(said) is Block:
            return said.xml
        if isinstance(said, Flow):
            return said
        return inline(said.said) if type(said) is Words else escape(said)

    def getattr(self, obj: object, attribute: str) -> object:
        """Return what a name stands for. Answers are looked up by the form; everything else as the sandbox allows."""
        if type(obj) is Branch or type(obj) is Facts:
            try:
                said = obj.see(attribute)
                return _safe(said) if type(said) is str else said
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


def _as_paragraphs(styles: Styles) -> Callable[[object, str, bool], Block | Flow]:
    """Return the filter that every `{{p …}}` of a master goes through."""

    def as_paragraphs(said: object, style: str, filled: bool) -> Block | Flow:
        """Return what stands in for a paragraph of the master.

        Args:
            said: an answer, a narrative, a text, or a block that the program has made.
            style: the id of the style of the paragraph that stood there.
            filled: True in a table cell, which may not be without a paragraph.
        """
        if type(said) is Words:  # nearly all are
            return Block(paragraphs(said.passages, style, styles) or (paragraph(style, "") if filled else ""))
        if isinstance(said, Block | Flow):
            return said
        if isinstance(said, Narrative):
            return Block(said.laid_out(style, styles))
        return Block(paragraphs(plain(str(said)).passages, style, styles) or (paragraph(style, "") if filled else ""))

    return as_paragraphs

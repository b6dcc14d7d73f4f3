"""The words of a vocabulary: how a choice is spelt, and where it stands in the order."""

from collections.abc import Sequence

from pipeline.model.forms import Term
from pipeline.model.plans import Group, Node
from pipeline.model.records import Answer, State


class Vocabulary:
    """The terms of a choice, in order.

    Args:
        terms: as the round or the form lists them.
    """

    def __init__(self, terms: Sequence[Term]) -> None:
        self.names = tuple(term.name for term in terms)
        self._spelt = {alias.casefold(): term.name for term in reversed(terms) for alias in (*term.aliases, term.label, term.name) if alias}
        self._order = {name: number for number, name in enumerate(self.names)}

    def spelling(self, text: str) -> str:
        """Return the agreed spelling of a term, or the text itself where it is none."""
        return self._spelt.get(text.casefold(), text)

    def rank(self, text: str) -> int:
        """Return where a term stands: after all of them for a text that is none, and last for no text."""
        return self._order.get(self.spelling(text), len(self.names) + (not text))


def words(node: Node | None) -> Answer | None:
    """Return a field's answer, the first where it has several, None where nothing was answered."""
    if node is not None and not isinstance(node, Answer | Group):
        return next((found for part in node if (found := words(part))), None)
    return node if isinstance(node, Answer) and node.state is State.GIVEN else None


def text(answer: Answer | None) -> str:
    """Return an answer as one line: as understood, or as written where it could not be; empty for none."""
    return " ".join((answer.value or answer.quote).split()) if answer else ""


def written(answer: Answer | None) -> str:
    """Return an answer as one line, in the words of the return."""
    return " ".join((answer.quote or answer.value or "").split()) if answer else ""


def find(group: Group, path: str) -> Node | None:
    """Follow a path of keys below a group; None where it leads nowhere."""
    node: Node | None = group
    for key in path.split("."):
        node = node.parts.get(key) if isinstance(node, Group) else None
    return node

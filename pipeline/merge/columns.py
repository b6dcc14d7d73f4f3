"""What a column of the annex shows for an item: from the return, or from the register."""

from pipeline.errors import SetupError
from pipeline.merge.vocabulary import Vocabulary, find, text, words, written
from pipeline.model.forms import AnnexColumn
from pipeline.model.plans import Entry, Group, Node
from pipeline.model.records import Answer
from pipeline.model.rounds import Round

AGREED, WRITTEN = "as-agreed", "as-written"


class Columns:
    """The columns of a round's annex.

    Args:
        round_: the round, with its form, vocabularies and the option `annex_wording`.

    Raises:
        SetupError: `annex_wording` is neither `as-agreed` nor `as-written`.
    """

    def __init__(self, round_: Round) -> None:
        form = round_.form
        wording = round_.options.get("annex_wording", AGREED)
        if wording not in (AGREED, WRITTEN):
            hint = f"Write {AGREED} (the agreed spelling) or {WRITTEN} (the words of the return)."
            raise SetupError(f"round.yaml, options: annex_wording is “{wording}”.", hint)
        self._as_written = wording == WRITTEN
        self._prefix = form.annex.of + "."
        self._vocabularies = {path: Vocabulary(round_.vocabularies.get(field.choices, ())) for path, field in form.walk() if field.choices}
        self._chapters, self._themes, self._columns = form.plan.chapters, form.plan.themes, form.annex.columns
        self._chapter_column = next((column for column in form.annex.columns if column.of == form.plan.chapters), None)

    @property
    def chapters(self) -> Vocabulary:
        """The vocabulary that arranges plan and annex."""
        return self._vocabularies.get(self._chapters, Vocabulary(()))

    def chapter(self, entry: Entry, item: Group) -> str:
        """Return the chapter that an item belongs to, in its agreed spelling; empty where it names none."""
        said = text(words(self.node(self._chapters, entry, item))) or self._chapter_default(entry)
        return self.chapters.spelling(said)

    @property
    def themes(self) -> Vocabulary:
        """The vocabulary of the long-term objectives."""
        return self._vocabularies.get(self._themes, Vocabulary(()))

    def served(self, entry: Entry, item: Group) -> tuple[str, ...]:
        """Return the long-term objectives that an item serves, each once, in their agreed spelling."""
        if not self._themes:
            return ()
        node = self.node(self._themes, entry, item)
        many = (node,) if node is None or isinstance(node, Answer | Group) else node
        default = next((self._default(column, entry) for column in self._columns if column.of == self._themes), "")
        said = [text(words(one)) for one in many] if any(words(one) for one in many) else [default]
        return tuple(dict.fromkeys(self.themes.spelling(one) for one in said if one))

    def node(self, path: str, entry: Entry, item: Group) -> Node | None:
        """Return the field of a schema path: of the item where the path leads into the annex's repeat, else of the whole return."""
        if path.startswith(self._prefix):
            return find(item, path.removeprefix(self._prefix))
        return find(entry.answers, path)

    def answer(self, path: str, entry: Entry, item: Group) -> Answer | None:
        """Return the first answer of a schema path; None where nothing was answered."""
        return words(self.node(path, entry, item))

    def agreed(self, column: AnnexColumn, entry: Entry, item: Group) -> str:
        """Return what a cell is about, in the agreed spelling: what rows are told apart by."""
        if column.register_column:
            return entry.partnership.columns.get(column.register_column, "")
        said = text(self.answer(column.of, entry, item)) or self._default(column, entry)
        vocabulary = self._vocabularies.get(column.of)
        return vocabulary.spelling(said) if vocabulary else said

    def shown(self, column: AnnexColumn, entry: Entry, item: Group) -> str:
        """Return what a cell prints: the agreed spelling, or the words of the return where the round says so."""
        said = written(self.answer(column.of, entry, item)) if self._as_written and column.of else ""
        return said or self.agreed(column, entry, item)

    def _chapter_default(self, entry: Entry) -> str:
        return self._default(self._chapter_column, entry) if self._chapter_column else ""

    def _default(self, column: AnnexColumn, entry: Entry) -> str:
        return entry.partnership.columns.get(column.default, "") if column.default else ""

"""What is asked: the typed form of a kit, as `form.yaml` says it.

Two kinds of path name a field. A *schema path* names it in the form: `priorities.deliverables.due`. An *instance path* names one
answer in a return, items of a repeat counted from 1: `priorities[1].deliverables[2].due`.
"""

import re
from collections.abc import Iterator, Mapping
from enum import StrEnum
from functools import cached_property, lru_cache
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, StringConstraints
from pydantic import Field as Setting

from pipeline.model.findings import Severity

Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
Code = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]*$")]


def _one_or_more(value: object) -> object:
    return [value] if isinstance(value, str) else value


Ways = Annotated[
    tuple[Annotated[str, StringConstraints(min_length=1)], ...],
    Setting(min_length=1),
    BeforeValidator(_one_or_more, json_schema_input_type=str | tuple[str, ...]),
]
"""What something is called, and after it the other ways that people write it."""

_INDEX = re.compile(r"\[\d+\]")


@lru_cache(maxsize=8192)
def schema_path(path: str) -> str:
    """Turn an instance path into the schema path of its field."""
    return _INDEX.sub("", path)


class Strict(BaseModel):
    """A part of a file that an officer or an engineer writes: frozen, and every unknown key is a mistake."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class FieldType(StrEnum):
    """What kind of value a field holds."""

    TEXT = "text"
    PASSAGE = "passage"
    PERSON = "person"
    EMAIL = "email"
    PHONE = "phone"
    DATE = "date"
    CHOICE = "choice"
    LIST = "list"
    GROUP = "group"
    REPEAT = "repeat"


class Term(Strict):
    """A word of a vocabulary, with the other ways people write it."""

    name: str
    aliases: tuple[str, ...] = ()
    label: str = ""
    """What a drop-down shows; the name where empty."""

    @property
    def shown(self) -> str:
        """What people see."""
        return self.label or self.name


_OF_A_PERSON = (FieldType.PERSON, FieldType.EMAIL, FieldType.PHONE)


class Box(Strict):
    """A box of another layout that lists items of a repeat: "Which pledges have already been met?"."""

    labels: tuple[str, ...] = Setting(description="The words over or in front of the box.")
    sets: dict[Key, str] = Setting(default_factory=dict, description="What every item in the box has, by the key of the field.")
    then: str = Setting("", description="The field of an item that follows its name on the same line, after a dash.")


class Field(Strict):
    """One field of the form, or a group or repeat of fields."""

    type: FieldType = FieldType.TEXT
    label: str = Setting(description="The words in front of the answer in the master.")
    labels: tuple[str, ...] = Setting((), description="Other wordings of the label that returns have been seen to use.")
    prompt: str = Setting("", description="What the empty answer shows: what to write there.")
    prefill: str = Setting("", description="The column of the register that the blank is prefilled from.")
    choices: str = Setting("", description="The vocabulary of a choice: one of round.yaml or of this form.")
    many: bool = Setting(False, description="A choice or list that may have several values.")
    copies: int = Setting(1, ge=1, le=50, description="How many empty items a repeat has on the blank.")
    optional: bool = Setting(False, description="True where nobody is asked why it is empty.")
    personal: bool | None = Setting(
        None,
        description="Whether a publication copy leaves the answer out as a personal detail. Where left out: yes for a person, an e-mail "
        "address or a telephone number, no for anything else.",
    )
    gathers: tuple[str, ...] = Setting(
        (), description="Sibling fields whose words, in reading order, make this value where the return has none of its own."
    )
    pairs: str = Setting(
        "", description="For a list: the sibling repeat's field that each of its items belongs to, by number, order or wording."
    )
    boxes: tuple[Box, ...] = Setting((), description="For a repeat: boxes of other layouts in which its items are listed.")
    prose: str = Setting("", description="For a repeat: the passage beside it that prose belongs to which stands in place of its items.")
    fields: dict[Key, "Field"] = Setting(default_factory=dict, description="The fields of a group, or of each item of a repeat.")

    @property
    def is_personal(self) -> bool:
        """True where a publication copy leaves the answer out."""
        return self.type in _OF_A_PERSON if self.personal is None else self.personal

    @property
    def is_leaf(self) -> bool:
        """True where the field holds an answer of its own."""
        return self.type not in (FieldType.GROUP, FieldType.REPEAT)


class RuleSpec(BaseModel):
    """A rule of the form: a generic kind with its parameters. Further keys are the parameters of the kind."""

    model_config = ConfigDict(frozen=True, extra="allow")

    code: Code = Setting(description="What findings and overrides call the rule.")
    kind: Code = Setting(description="One of the kinds that `proforma rules --kinds` lists.")
    of: str = Setting("", description="The schema path that the rule looks at; empty for the whole record.")
    severity: Severity
    ask: str = Setting(description="The sentence that the partnership is asked; {…} are filled from what was found.")
    why: str = Setting(description="Why the rule exists.")
    passes: str = Setting(description="An example that passes.")
    fails: str = Setting(description="An example that fails.")
    source: str = Setting(description="The document or decision that makes it so.")


class AnnexColumn(Strict):
    """A column of the annex."""

    heading: str
    of: str = Setting("", description="The schema path of the answers shown; the first value where it has several.")
    register_column: str = Setting("", alias="register", description="Or the column of the register shown.")
    default: str = Setting("", description="The column of the register used where the answer is empty.")
    merge: bool = Setting(False, description="True where equal neighbours below one another become one cell.")
    listed: bool = Setting(False, description="True for the column that lists the items of a row as bullets.")
    introduction: str = Setting("", description="For the listed column: the field that stands over the list.")
    group: str = Setting("", description="For the listed column: the field whose value heads the items that share it.")
    width: int = Setting(25, description="Per cent of the table's width.")

    @property
    def from_register(self) -> frozenset[str]:
        """The columns of the register that its cells may show."""
        return frozenset(column for column in (self.register_column, self.default) if column)


class Annex(Strict):
    """How the annex is made from records: a row for each partnership and each combination of the merged columns."""

    title: str
    of: Key = Setting(description="The repeat whose items the annex lists.")
    columns: tuple[AnnexColumn, ...]


class TimelineLayout(Strict):
    """The chart and table of what falls due in each quarter of the financial year."""

    title: str = Setting(description="What stands under the chart: “Deliverables by financial quarter”.")
    things: str = Setting(description="What is counted, in the plural: “Deliverables”.")


class TallyLayout(Strict):
    """How the items of a repeat are counted by the words of a vocabulary."""

    by: str = Setting(description="The schema path of the choice in the items that says which word they are counted under.")


class PlanLayout(Strict):
    """Which answers the delivery plan is arranged by."""

    of: Key = Setting(description="The repeat whose items the plan is made of.")
    title: str = Setting(description="The schema path that names an item.")
    chapters: str = Setting(description="The schema path whose vocabulary gives the chapters.")
    due: str = Setting("", description="The schema path of the dates that the timeline shows.")
    timeline: TimelineLayout | None = Setting(
        None, description="Where the plan shows what falls due when; `due` says which date counts. Left out, there is no such chart."
    )
    tallies: dict[Key, TallyLayout] = Setting(
        default_factory=dict, description="What the plan counts, under the name that its master calls each count by."
    )
    themes: str = Setting("", description="The schema path of the long-term objectives.")


class Form(Strict):
    """A kit's form: its fields, the rules about them and how results are laid out."""

    form: Key = Setting(description="The kit's name: its folder in templates/.")
    title: str
    version: int = 1
    identified_by: str = Setting(description="The schema path of the field that says whose return it is.")
    words: dict[Key, Ways] = Setting(
        default_factory=dict,
        description="What each council calls by a name of its own: {words.plan} in a text stands for the one called plan. round.yaml may "
        "say others.",
    )
    vocabularies: dict[Key, tuple[Term, ...]] = Setting(
        default_factory=dict, description="Choices that belong to the form, not to the round."
    )
    placeholders: tuple[str, ...] = Setting((), description="Texts of any layout that, left in, mean that nothing was answered.")
    instructions: tuple[str, ...] = Setting((), description="Texts of other layouts that are guidance, not answers.")
    fields: dict[Key, Field]
    rules: tuple[RuleSpec, ...] = ()
    annex: Annex
    plan: PlanLayout

    def walk(self) -> Iterator[tuple[str, Field]]:
        """Yield every field with its schema path, parents before children, in the order of the form."""
        return _walk(self.fields, "")

    @cached_property
    def by_path(self) -> Mapping[str, Field]:
        """Every field by its schema path."""
        return dict(self.walk())

    def field(self, path: str) -> Field:
        """Return the field of a schema or instance path.

        Raises:
            KeyError: the form has no such field.
        """
        return self.by_path[schema_path(path)]

    @cached_property
    def repeats(self) -> frozenset[str]:
        """The schema paths of the repeats."""
        return frozenset(path for path, field in self.walk() if field.type is FieldType.REPEAT)


def _walk(fields: Mapping[str, Field], prefix: str) -> Iterator[tuple[str, Field]]:
    for key, field in fields.items():
        yield prefix + key, field
        yield from _walk(field.fields, f"{prefix}{key}.")

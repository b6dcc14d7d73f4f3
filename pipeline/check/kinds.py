"""What a kind of rule is. The table of all kinds is in `pipeline.check.table`.

A kind is a generic check with parameters, such as "every item has a value". A rule of the form applies it to one field: its
code, severity, question and parameters stand in `form.yaml`. So a new form needs no new code.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Annotated, Any, NamedTuple, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, ValidationInfo

from pipeline.check.views import View
from pipeline.model.forms import FieldType, Form


def _known(path: str, info: ValidationInfo) -> str:
    form = info.context
    if isinstance(form, Form) and path not in form.by_path:
        raise ValueError(f"the form has no field {path}")
    return path


FieldPath = Annotated[str, AfterValidator(_known)]
"""A parameter that is the schema path of a field of the form, which is the validation context."""


class Params(BaseModel):
    """The parameters of a kind, as `form.yaml` gives them."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class NoParams(Params):
    """For kinds that have none."""


class Hit(NamedTuple):
    """A place where a rule does not hold."""

    field: str
    """As in `Finding.field`."""
    words: Mapping[str, str] = {}
    """What the rule's question is filled with, besides what every question may use."""
    partnership: str = ""
    """Only across records: whose answer it is; empty where it is about the round."""


P = TypeVar("P", bound=Params)

REPEAT = (FieldType.REPEAT,)
CHOICE = (FieldType.CHOICE,)
DATE = (FieldType.DATE,)
CONTACT = (FieldType.EMAIL, FieldType.PHONE)
WORDS = (FieldType.TEXT, FieldType.PASSAGE, FieldType.PERSON, FieldType.LIST)
LEAF = (*WORDS, *CONTACT, *DATE, *CHOICE)


class Kind(NamedTuple):
    """A generic check."""

    name: str
    of: tuple[FieldType, ...]
    """The types of field it can look at; empty for the whole return."""
    params: type[Params]
    words: frozenset[str]
    """What its question may be filled with, besides `COMMON_WORDS`."""
    doc: str
    in_record: Callable[[Any, str, View], Iterator[Hit]] | None
    across: Callable[[Any, str, Sequence[View]], Iterator[Hit]] | None


COMMON_WORDS = ("label", "item", "parent", "partnership", "written")
"""What every question may be filled with: the field's label, the words that name its item and the item around that, the
partnership's name, and the words of the answer."""


def kind(name: str, of: tuple[FieldType, ...], params: type[P], *words: str) -> Callable[[Callable[[P, str, View], Iterator[Hit]]], Kind]:
    """Make a kind of a check of one record.

    Args:
        name: what `form.yaml` calls it.
        of: the types of field it can look at.
        params: its parameters.
        words: what its question may be filled with, besides `COMMON_WORDS`.
    """
    return lambda check: Kind(name, of, params, frozenset(words), check.__doc__ or "", check, None)


def kind_across(
    name: str, of: tuple[FieldType, ...], params: type[P], *words: str
) -> Callable[[Callable[[P, str, Sequence[View]], Iterator[Hit]]], Kind]:
    """Make a kind of a check across the records of a round. Arguments as for `kind`."""
    return lambda check: Kind(name, of, params, frozenset(words), check.__doc__ or "", None, check)

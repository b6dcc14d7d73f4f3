"""Mistakes in the files of a round, gathered so that an officer sees all of them at once.

A mistake is one line: where – what is wrong – what to write instead.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import ParamSpec, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails
from rapidfuzz import fuzz, process

from pipeline.errors import SetupError
from pipeline.rounds.yaml_file import Keys, YamlFile

P = ParamSpec("P")
T = TypeVar("T")
M = TypeVar("M", bound=BaseModel)

_NEAR = 75
"""From 0 to 100: how alike two words must be for one to be suggested in place of the other."""


class Mistakes:
    """A list of mistakes that grows while files are read."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def add(self, where: str, what: str, instead: str) -> None:
        """Note a mistake."""
        self.lines.append(f"{where}: {what} – {instead}")

    def attempt(self, step: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T | None:
        """Take a step; where it raises a `SetupError`, keep its mistakes and return None, so that the next step can be tried."""
        try:
            return step(*args, **kwargs)
        except SetupError as error:
            self.lines.extend(error.mistakes)
            return None

    def stop_if_any(self, cannot: str, hint: str) -> None:
        """Raise everything noted, in the order of the files.

        Raises:
            SetupError: there is at least one mistake.
        """
        lines = tuple(dict.fromkeys(self.lines))
        if lines:
            count = "1 mistake" if len(lines) == 1 else f"{len(lines)} mistakes"
            raise SetupError(f"{cannot}: {count}.", hint, lines)


def suggestion(word: str, known: Iterable[str]) -> str:
    """Say what may have been meant: “did you mean …?” where one known word is near, otherwise all of them."""
    known = list(known)
    near = process.extractOne(word, known, scorer=fuzz.WRatio, processor=str.casefold, score_cutoff=_NEAR)
    if near:
        return f"did you mean “{near[0]}”?"
    return f"known are: {'; '.join(known)}" if known else "there is none to choose from"


def validated(model: type[M], file: YamlFile) -> M:
    """Check what a file says against its model.

    Raises:
        SetupError: with a line for every mistake.
    """
    try:
        return model.model_validate(file.data)
    except ValidationError as error:
        lines = tuple(_line(details, model, file) for details in error.errors(include_url=False))
        raise SetupError(f"{file.shown} cannot be used.", mistakes=lines) from error


def said(keys: Keys) -> str:
    """Say the way to a value as answers are named, items counted from 1: `timetable[3].when`."""
    parts = [f"[{key + 1}]" if isinstance(key, int) else f".{key}" for key in keys if key != "[key]"]
    return "".join(parts).lstrip(".")


def _line(details: ErrorDetails, model: type[BaseModel], file: YamlFile) -> str:
    keys: Keys = details["loc"]
    kind, last = details["type"], str(keys[-1]) if keys else ""
    owner = _model_at(model, keys[:-1])
    if kind == "missing":
        return f"{file.where(keys)}: {said(keys[:-1]) or 'the file'} – its “{last}” is missing – write {_example(owner, last)}"
    if kind == "extra_forbidden":
        return f"{file.where(keys)}: {said(keys)} – “{last}” is not a key here – {suggestion(last, _keys_of(owner))}"
    return f"{file.where(keys)}: {said(keys)} – {_wrong(details, owner, last)}"


def _wrong(details: ErrorDetails, owner: type[BaseModel] | None, last: str) -> str:
    """Say what is wrong with a value and what to write."""
    kind, given = details["type"], details["input"]
    shown = f"“{given}”" if isinstance(given, str) else "what stands there"
    if kind == "value_error":
        return str(details["ctx"]["error"])
    if kind in ("literal_error", "enum"):
        return f"{shown} is not one of the choices – write {details['ctx']['expected']}"
    if kind in ("tuple_type", "list_type"):
        return f"{shown} is not a list – start each line below the key with “- ”"
    if kind in ("model_type", "dict_type", "model_attributes_type"):
        return f"{shown} has no keys – write {_example(owner, last)}"
    if kind == "string_type":
        return f"{shown} is not a text – write one value after the colon, in quotation marks if it holds “: ”, [ or {{"
    if kind == "string_pattern_mismatch":
        return f"{shown} has characters that cannot stand here – write {_example(owner, last)}"
    return f"{shown}: {details['msg'][:1].lower()}{details['msg'][1:]} – write {_example(owner, last)}"


def _example(owner: type[BaseModel] | None, key: str) -> str:
    """Show how a key is written, from the examples and description of its field."""
    field = owner.model_fields.get(key) if owner else None
    if field and field.examples:
        return f"“{key}: {field.examples[0]}”"
    return f"“{key}: …”" + (f" ({field.description.rstrip('.')})" if field and field.description else "")


def _keys_of(model: type[BaseModel] | None) -> list[str]:
    return [field.alias or name for name, field in model.model_fields.items()] if model else []


def _model_at(model: type[BaseModel] | None, keys: Keys) -> type[BaseModel] | None:
    """Find the model that describes the table at the end of `keys`."""
    for key in keys:
        if model is None:
            return None
        if isinstance(key, int) or key not in model.model_fields:
            continue  # an item of a list, or a name that the officer gave: the same model describes it
        model = next(_models_in(model.model_fields[key].annotation), None)
    return model


def _models_in(annotation: object) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from _models_in(argument)

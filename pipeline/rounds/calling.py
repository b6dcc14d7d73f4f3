"""What a round calls things: a council's own names in the place of `{words.…}` in the texts of a form.

Knows the form's texts and how words stand in them; knows nothing of where a council writes its own.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from pipeline.grammar.words import Words, keys_in, ways
from pipeline.model.forms import Form


def called(form: Form, words: Words, instructions: Sequence[str] = ()) -> Form:
    """Return a form in which everything is called as a round calls it.

    A label that can be written in several ways is called the first; the others are labels that returns use. Lists of texts get every way.

    Args:
        form: as its kit has it.
        words: the round's own words; what it leaves out is called as the kit does.
        instructions: further lines of other layouts that are guidance.
    """
    said = _resolved({key: words.get(key, names) for key, names in form.words.items()})
    data = form.model_dump(by_alias=True, exclude_unset=True)
    whole = {key: _fields(value, said) if key == "fields" else _called(value, said) for key, value in data.items() if key != "words"}
    guidance = (*whole.get("instructions", ()), *instructions)
    return Form.model_validate({**whole, "words": said, "instructions": guidance})


def unknown_words(form: Form) -> Iterator[str]:
    """Yield the key of every `{words.…}` in a form that stands for nothing; within a word, for none of those above it."""
    known: list[str] = []
    for key, names in form.words.items():
        yield from (other for way in names for other in keys_in(way) if other not in known)
        known.append(key)
    found = dict.fromkeys(key for text in _texts(form.model_dump(exclude={"words"})) for key in keys_in(text))
    yield from (key for key in found if key not in known)


def _resolved(words: Words) -> dict[str, tuple[str, ...]]:
    """Return words in which no other stands any more: one may be made of those above it."""
    said: dict[str, tuple[str, ...]] = {}
    for key, names in words.items():
        said[key] = tuple(way for text in names for way in ways(text, said))
    return said


def _called(value: Any, said: Words) -> Any:
    if isinstance(value, str):
        return ways(value, said)[0]
    if isinstance(value, dict):
        return {key: _called(inner, said) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [way for item in value for way in (ways(item, said) if isinstance(item, str) else [_called(item, said)])]
    return value


def _fields(fields: dict[str, Any], said: Words) -> dict[str, Any]:
    """Call fields, and those within them; what a label is called otherwise becomes a label that returns use."""
    made = {}
    for name, field in fields.items():
        others = ways(field["label"], said)[1:]
        made[name] = {key: _called(value, said) for key, value in field.items() if key != "fields"}
        made[name]["labels"] = list(dict.fromkeys((*others, *made[name].get("labels", ()))))
        made[name]["fields"] = _fields(field.get("fields", {}), said)
    return made


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list | tuple):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _texts(inner)

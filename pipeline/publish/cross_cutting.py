"""What cuts across partnerships, as far as the returns themselves say: the same area, objective, officer or words in several of them.

Nothing is guessed. Two items are not called alike because they sound alike; whether they are one matter is for people to say.

| word | what |
|---|---|
| `across.objectives` | each long-term objective: name, count, bodies |
| `across.areas` | each chapter in which several partnerships put something forward: name, count, bodies |
| `across.shared` | each objective that several partnerships serve: name, count, bodies |
| `across.gaps`, `across.unserved` | the names of the chapters, and of the objectives, for which nobody puts anything forward |
| `across.officers` | each person who leads for several partnerships: name, count, bodies |
| `across.same` | each text that several partnerships give in the same words: label, text, bodies |
| `across.noticed` | what the rules noticed across returns and nobody has answered: partnership, message |

Source: document 000, the cross-cutting look by the Chief Executives Group (A000-P5).
"""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping

from pipeline.model.forms import Field, FieldType
from pipeline.model.plans import Chapter, Entry, Group, Node, Plan
from pipeline.model.records import Answer, State
from pipeline.publish.views import Facts

_ACROSS = ("alike", "load")
"""Kinds of rule that look across returns at something that several partnerships say."""
_SHORTEST = 12
"""Characters of the shortest text that says something when two partnerships give it: "Ongoing" and "Monthly" do not."""
_LEADERS = FieldType.PERSON
_WORDED = (FieldType.TEXT, FieldType.LIST)


def across(plan: Plan) -> Facts:
    """Return what the tags that begin with `across` can name."""
    objectives = [_shared("an objective", theme) for theme in plan.themes]
    several = [theme for theme in plan.themes if len(_bodies(theme)) > 1]
    areas = [chapter for chapter in plan.chapters if chapter.name and len(_bodies(chapter)) > 1]
    return Facts(
        "what cuts across",
        {
            "objectives": objectives,
            "areas": [_shared("an area", chapter) for chapter in areas],
            "shared": [_shared("an objective", theme) for theme in several],
            "gaps": [chapter.name for chapter in plan.chapters if chapter.name and not chapter.items],
            "unserved": [theme.name for theme in plan.themes if not theme.items],
            "officers": [_said("an officer", name, entries) for name, entries in _officers(plan)],
            "same": [_same(label, text, entries) for label, text, entries in _same_words(plan)],
            "noticed": list(_noticed(plan)),
        },
    )


def _bodies(chapter: Chapter) -> list[str]:
    return list(dict.fromkeys(item.entry.partnership.name for item in chapter.items))


def _shared(kind: str, chapter: Chapter) -> Facts:
    return Facts(kind, {"name": chapter.name, "count": len(chapter.items), "bodies": _bodies(chapter)})


def _said(kind: str, name: str, entries: list[Entry]) -> Facts:
    bodies = list(dict.fromkeys(entry.partnership.name for entry in entries))
    return Facts(kind, {"name": name, "count": len(entries), "bodies": bodies})


def _same(label: str, text: str, entries: list[Entry]) -> Facts:
    return Facts("a text", {"label": label, "text": text, "bodies": list(dict.fromkeys(entry.partnership.name for entry in entries))})


def _officers(plan: Plan) -> Iterator[tuple[str, list[Entry]]]:
    """Yield the people who lead items of several partnerships, as first written, with the return of each item."""
    fields = plan.round.form.fields[plan.round.form.plan.of].fields
    return _several(
        (answer.value or answer.quote, entry)
        for entry in plan.entries
        for item in entry.items
        for field, answer in _answers(item.parts, fields)
        if field.type is _LEADERS
    )


def _same_words(plan: Plan) -> Iterator[tuple[str, str, list[Entry]]]:
    """Yield what several partnerships say in the same words, with the label of its field."""
    fields = plan.round.form.fields[plan.round.form.plan.of].fields
    by_label: dict[str, list[tuple[str, Entry]]] = {}
    for entry in plan.entries:
        for item in entry.items:
            for field, answer in _answers(item.parts, fields):
                text = answer.value or answer.quote
                if field.type in _WORDED and not field.gathers and len(text) >= _SHORTEST:
                    by_label.setdefault(field.label, []).append((text, entry))
    for label, said in by_label.items():
        for text, entries in _several(said):
            yield label, text, entries


def _several(said: Iterable[tuple[str, Entry]]) -> Iterator[tuple[str, list[Entry]]]:
    """Yield the texts that stand in the returns of several partnerships, capitals and punctuation aside."""
    found: dict[str, list[tuple[str, Entry]]] = {}
    for text, entry in said:
        found.setdefault(_folded(text), []).append((text, entry))
    for key, texts in found.items():
        if key and len({entry.partnership.id for _, entry in texts}) > 1:
            yield texts[0][0], [entry for _, entry in texts]


def _folded(text: str) -> str:
    kept = "".join(character if character.isalnum() else " " for character in unicodedata.normalize("NFKC", text))
    return " ".join(kept.casefold().split())


def _answers(parts: Mapping[str, Node], fields: Mapping[str, Field]) -> Iterator[tuple[Field, Answer]]:
    """Yield the given answers of an item, those of what repeats within it among them."""
    waiting = [(parts, fields)]
    while waiting:
        inner, known = waiting.pop()
        for key, node in inner.items():
            for part in node if isinstance(node, tuple) and not isinstance(node, Answer | Group) else (node,):
                if isinstance(part, Group):
                    waiting.append((part.parts, known[key].fields))
                elif part.state is State.GIVEN:
                    yield known[key], part


def _noticed(plan: Plan) -> Iterator[Facts]:
    codes = {rule.code for rule in plan.round.form.rules if rule.kind in _ACROSS}
    for finding in plan.findings:
        if finding.code in codes:
            body = plan.round.by_id.get(finding.partnership)
            yield Facts("what was noticed", {"partnership": body.name if body else "", "message": finding.message})

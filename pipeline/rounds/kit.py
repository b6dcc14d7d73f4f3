"""Find a round's kit and read its form: the typed fields, and whether they refer to things that exist."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

import pipeline
from pipeline.errors import SetupError
from pipeline.model.forms import Field, FieldType, Form, schema_path
from pipeline.rounds.calling import called, unknown_words
from pipeline.rounds.mistakes import Mistakes, suggestion, validated
from pipeline.rounds.yaml_file import Keys, YamlFile, read_yaml

FORM = "form.yaml"


def own_kits() -> Path:
    """Return the folder of the kits that come with the program: inside an installed package, beside it in a checkout."""
    package = Path(pipeline.__file__).parent
    inside = package / "templates"
    return inside if inside.is_dir() else package.parent / "templates"


def find_kit(folder: Path, name: str, kits: Path | None = None) -> Path:
    """Return the folder of a kit: the round's own `templates/`, then those that come with the program.

    Args:
        folder: the round folder.
        name: the kit.
        kits: the folder of kits to fall back on; the program's own where None.

    Raises:
        SetupError: neither has it.
    """
    places = (folder / "templates", kits or own_kits())
    for place in places:
        if (place / name / FORM).is_file():
            return place / name
    known = sorted({found.parent.name for place in places for found in place.glob(f"*/{FORM}")})
    mistake = f"round.yaml: form – there is no kit “{name}” with a {FORM} – {suggestion(name, known)}"
    raise SetupError(f"The kit “{name}” was not found.", "Name one of the folders in templates/.", (mistake,))


def read_form(
    kit: Path, words: Mapping[str, Sequence[str]] = MappingProxyType({}), instructions: Sequence[str] = ()
) -> tuple[Form, YamlFile]:
    """Read the form of a kit, check that its parts fit together, and call everything in it as a round does.

    Args:
        kit: the kit's folder.
        words: the round's own words, by key; what is left out is called as the kit calls it.
        instructions: the round's lines of guidance beside those of the form.

    Returns:
        The form, and its file for messages about it.

    Raises:
        SetupError: with every mistake in it.
    """
    file = read_yaml(kit / FORM, f"templates/{kit.name}/{FORM}")
    form = validated(Form, file)
    mistakes = Mistakes()
    for keys, what, instead in _misfits(form):
        mistakes.add(file.where(keys), what, instead)
    mistakes.stop_if_any(f"{file.shown} cannot be used", "Correct the lines named.")
    return called(form, words, instructions), file


def check_references(form: Form, file: YamlFile, vocabularies: Collection[str], columns: Collection[str]) -> tuple[str, ...]:
    """Return the mistakes of a form within a round: vocabularies and register columns that do not exist.

    Args:
        form: the form.
        file: the file it was read from.
        vocabularies: the names of those of the round and of the form.
        columns: the register's columns, by name.
    """
    mistakes = Mistakes()
    for path, field in form.walk():
        keys = _keys(path)
        if field.choices and field.choices not in vocabularies:
            what = f"{path} chooses from “{field.choices}”, which neither this form nor round.yaml has"
            mistakes.add(file.where((*keys, "choices")), what, suggestion(field.choices, vocabularies))
    for position, column in enumerate(form.annex.columns):
        for key, name in (("register", column.register_column), ("default", column.default)):
            if name and name not in columns:
                what = f"the annex column “{column.heading}” shows “{name}”, which is no column of the register"
                mistakes.add(file.where(("annex", "columns", position, key)), what, suggestion(name, columns))
    return tuple(mistakes.lines)


def idle_prefills(form: Form, columns: Collection[str], where: str) -> Iterator[str]:
    """Yield a warning for each prefill that finds no column in the register, so that its field stays empty on the blanks.

    Args:
        form: the form.
        columns: the register's columns, by name.
        where: how messages call the register.
    """
    for _, field in form.walk():
        if field.prefill and field.prefill not in columns:
            heading = field.prefill.replace("_", " ").capitalize()
            yield f"{where}: there is no column “{heading}” – “{field.label}” stays empty on the blanks"


Misfit = tuple[Keys, str, str]


def _misfits(form: Form) -> Iterator[Misfit]:
    """Yield where a form does not fit together: the keys of the place, what is wrong, what to write instead."""
    if form.identified_by not in form.by_path:
        yield _no_field(form, ("identified_by",), form.identified_by)
    for path, field in form.walk():
        yield from _field_misfits(form, path, field)
    for name in unknown_words(form):
        yield (), f"“{{words.{name}}}” stands for nothing", suggestion(name, form.words)
    for position, rule in enumerate(form.rules):
        if rule.of and schema_path(rule.of) not in form.by_path:
            yield _no_field(form, ("rules", position, "of"), rule.of)
    yield from _layout_misfits(form)


def _field_misfits(form: Form, path: str, field: Field) -> Iterator[Misfit]:
    keys = _keys(path)
    if field.type is FieldType.CHOICE and not field.choices:
        yield keys, f"{path} is a choice from nothing", "write “choices: …” with the name of a vocabulary"
    if field.is_leaf and field.fields:
        yield keys, f"{path} has fields of its own, but is a {field.type}", "write “type: group” or “type: repeat”"
    if not field.is_leaf and not field.fields:
        yield keys, f"{path} is a {field.type} without fields", "write its “fields:”"
    parent = path.rpartition(".")[0]
    references: list[tuple[Keys, str]] = [(("gathers", position), other) for position, other in enumerate(field.gathers)]
    references += [((key,), other) for key, other in (("pairs", field.pairs), ("prose", field.prose)) if other]
    for where, other in references:
        if (f"{parent}.{other}" if parent else other) not in form.by_path:
            yield (*keys, *where), f"{path} refers to “{other}”, which does not stand beside it", suggestion(other, _beside(form, parent))


def _layout_misfits(form: Form) -> Iterator[Misfit]:
    for part, of in (("annex", form.annex.of), ("plan", form.plan.of)):
        if of not in form.repeats:
            yield (part, "of"), f"“{of}” is no repeat of this form", suggestion(of, form.repeats)
    for position, column in enumerate(form.annex.columns):
        here: Keys = ("annex", "columns", position)
        if not column.of and not column.register_column:
            yield here, f"the annex column “{column.heading}” shows nothing", "write “of: …” with a field, or “register: …” with a column"
        for key, path in (("of", column.of), ("introduction", column.introduction), ("group", column.group)):
            if path and path not in form.by_path:
                yield _no_field(form, (*here, key), path)
    plan = form.plan
    for key, path in (("title", plan.title), ("chapters", plan.chapters), ("due", plan.due), ("themes", plan.themes)):
        if path and path not in form.by_path:
            yield _no_field(form, ("plan", key), path)
    if plan.timeline and not (plan.due in form.by_path and form.by_path[plan.due].type is FieldType.DATE):
        yield ("plan", "timeline"), "the timeline shows no date", "write “due: …” with a date of this form beside it"
    for name, tally in plan.tallies.items():
        keys: Keys = ("plan", "tallies", name, "by")
        if tally.by not in form.by_path:
            yield _no_field(form, keys, tally.by)
        elif not form.by_path[tally.by].choices:
            yield keys, f"“{tally.by}” is no choice, so nothing can be counted by it", "write the path of a choice of this form"


def _no_field(form: Form, keys: Keys, path: str) -> Misfit:
    return keys, f"{keys[-1]} – the form has no field “{path}”", suggestion(path, form.by_path)


def _beside(form: Form, parent: str) -> list[str]:
    prefix = f"{parent}." if parent else ""
    return [path.removeprefix(prefix) for path in form.by_path if path.startswith(prefix) and path != parent]


def _keys(path: str) -> Keys:
    """Turn a schema path into the keys of form.yaml: `a.b` stands at fields, a, fields, b."""
    return tuple(key for name in path.split(".") for key in ("fields", name))

"""Load a round folder: round.yaml, the kit and the register, each checked by itself and against the others."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from pipeline.model.forms import Form, Term
from pipeline.model.rounds import Contact, Meeting, Partnership, Round, Step
from pipeline.rounds.kit import check_references, find_kit, idle_prefills, read_form
from pipeline.rounds.mistakes import Mistakes, suggestion, validated
from pipeline.rounds.naming import folded, identifier
from pipeline.rounds.register import COLUMNS, EXAMPLE, Register, enrol, read_register
from pipeline.rounds.round_file import RoundFile
from pipeline.rounds.timetable import read_timetable
from pipeline.rounds.yaml_file import YamlFile, read_yaml
from pipeline.settings import Limits

ROUND = "round.yaml"


def load_round(folder: Path, kits: Path | None = None) -> Round:
    """Read a round folder.

    Args:
        folder: holds round.yaml and the register; `inbox/` and `outbox/` need not exist.
        kits: where kits are found that the folder has no copy of; the program's own where None.

    Returns:
        The round, complete and checked. What is odd but can be worked with is in its `warnings`.

    Raises:
        SetupError: with every mistake of every file at once.
    """
    mistakes = Mistakes()
    file = mistakes.attempt(read_yaml, folder / ROUND, ROUND)
    entries = mistakes.attempt(validated, RoundFile, file) if file else None
    kit = mistakes.attempt(find_kit, folder, name, kits) if (name := _kit_name(file)) else None
    words, instructions = (entries.words, entries.instructions) if entries else ({}, ())
    found = mistakes.attempt(read_form, kit, words, instructions) if kit else None
    register = mistakes.attempt(read_register, folder)
    vocabularies: Mapping[str, tuple[Term, ...]] = {}
    if file and entries and found:
        vocabularies = {**found[0].vocabularies, **entries.terms()}
        mistakes.lines += _double_terms(entries, file)
        mistakes.lines += _unknown_words(entries, found[0], file)
        mistakes.lines += check_references(*found, vocabularies, {*COLUMNS, *(register.columns if register else ())})
    partnerships = mistakes.attempt(enrol, register, found[0], vocabularies) if register and found else None
    mistakes.stop_if_any(f"The round in {folder} cannot be used", "Correct what is listed and try again; docs/round.md explains every key.")
    assert file and entries and kit and found and register and partnerships, "where one is missing, a mistake says why"
    return _round(folder, file, entries, kit, found[0], register, vocabularies, partnerships)


def _round(
    folder: Path,
    file: YamlFile,
    entries: RoundFile,
    kit: Path,
    form: Form,
    register: Register,
    vocabularies: Mapping[str, tuple[Term, ...]],
    partnerships: tuple[Partnership, ...],
) -> Round:
    timetable, odd_dates = read_timetable(entries.timetable, entries.year, lambda position: file.where(("timetable", position)))
    period = entries.period.as_period()
    meeting = Meeting(entries.meeting.body, entries.meeting.date, entries.meeting.title)
    warnings = (*odd_dates, *_odd_meeting(timetable, meeting, file), *register.warnings)
    warnings += (*idle_prefills(form, register.columns, register.where), *_odd_names(register, partnerships))
    return Round(
        folder=folder,
        id=identifier(entries.name) or entries.reference.lower(),
        name=entries.name,
        reference=entries.reference,
        period=period,
        horizon=entries.horizon.as_period() if entries.horizon else period,
        form=form,
        kit=kit,
        vocabularies=vocabularies,
        timetable=timetable,
        contacts=tuple(Contact(contact.name, contact.role, contact.email, contact.phone) for contact in entries.contacts),
        meeting=meeting,
        post=entries.post.as_post(next(iter(entries.contacts), None)),
        partnerships=partnerships,
        narrative=entries.narrative,
        options=entries.options.model_dump(),
        limits=entries.limits.as_limits() if entries.limits else Limits(),
        warnings=warnings,
    )


def _kit_name(file: YamlFile | None) -> str:
    """Return the kit that round.yaml names, though the file may have mistakes elsewhere."""
    name = file.data.get("form") if file else None
    return name if isinstance(name, str) and identifier(name) and "/" not in name and "\\" not in name else ""


def _unknown_words(entries: RoundFile, form: Form, file: YamlFile) -> Iterator[str]:
    for key in entries.words:
        if key not in form.words:
            yield f"{file.where(('words', key))}: words – the kit’s form says nothing with “{key}” – {suggestion(key, form.words)}"


def _double_terms(entries: RoundFile, file: YamlFile) -> Iterator[str]:
    """Yield a mistake for each word that stands for two terms of one vocabulary."""
    for vocabulary, terms in entries.terms().items():
        keys = ("vocabularies", vocabulary) if vocabulary in entries.vocabularies else (vocabulary,)
        owners: dict[str, str] = {}
        for position, term in enumerate(terms):
            for way in {way: None for way in (term.name, term.label, *term.aliases) if way}:
                other = owners.setdefault(folded(way), term.name)
                if other is not term.name:
                    where = file.where((*keys, position))
                    yield f"{where}: {vocabulary}[{position + 1}] – “{way}” already stands for “{other}” – write it in one place"


def _odd_meeting(timetable: tuple[Step, ...], meeting: Meeting, file: YamlFile) -> Iterator[str]:
    for step in timetable:
        if step.kind == "meeting" and meeting.date and step.end and step.end != meeting.date:
            yield (
                f"{file.where(('meeting', 'date'))}: meeting – {meeting.date.isoformat()} is not the day of “{step.what}” in the timetable "
                f"(“{step.written}”) – papers carry {meeting.date.isoformat()}"
            )


def _odd_names(register: Register, partnerships: tuple[Partnership, ...]) -> Iterator[str]:
    unnamed = [partnership.name for partnership in partnerships if not partnership.columns["annex_name"]]
    if unnamed:
        names = "; ".join(f"“{name}”" for name in unnamed)
        yield f"{register.where}: no annex name for {names} – the annex names no partnership in their rows"
    owners: dict[str, Partnership] = {}
    for row, partnership in zip(register.rows, partnerships, strict=True):
        if partnership.name == EXAMPLE:
            yield f"{row['name'].where}: “{EXAMPLE}” is the example that the register began with – write your own partnerships over it"
        for way in partnership.names:
            other = owners.setdefault(folded(way), partnership)
            if other is not partnership:
                yield (
                    f"{row['name'].where}: “{way}” names “{other.name}” and “{partnership.name}” – "
                    "a return that says only that name is held until a person says whose it is"
                )

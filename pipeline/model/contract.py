"""The public JSON of a reading: one object for each returned document, the same on the screen, in an export and in the store.

`reading_as_json` and `reading_from_json` are the only two places that know its keys, and one undoes the other without loss.
What can be told from the rest is left out, so that the JSON stays readable: an answer that is one plain paragraph has `quote`
and `place` and no `passages`; a date alone has `precision`; a finding names its partnership only where it is not the record's.

Knows nothing of files, forms or databases.
"""

from collections.abc import Mapping
from sys import intern
from typing import Any

from pipeline.model.documents import Mark, Note, PageFile, PageNumber
from pipeline.model.findings import Finding, Severity
from pipeline.model.outcomes import Outcome, Reason
from pipeline.model.places import Box, Place
from pipeline.model.records import Answer, Claim, Passage, Record, State, Unplaced

SCHEMA = 1
"""Goes up when a key changes its meaning or goes away; a new key alone does not change it."""

Json = dict[str, Any]


def reading_as_json(record: Record, findings: tuple[Finding, ...] = ()) -> Json:
    """Return a record and what the rules noticed in it as a JSON object.

    Args:
        record: what the return said, or why it could not be read.
        findings: in the order to be shown.

    Returns:
        Only objects, lists, text, numbers, booleans and nulls; keys in the order of docs/json.md.
    """
    said: Json = {
        "schema": SCHEMA,
        "file": record.file,
        "sha256": record.sha256,
        "format": record.format,
        "outcome": record.outcome.value,
        "reason": record.reason.value if record.reason else None,
        "message": record.message,
        "round": record.round,
        "form": record.form,
        "partnership": record.partnership,
        "identity": [claim._asdict() for claim in record.identity],
        "values": record.values,
        "answers": [_answer(answer) for answer in record.answers],
        "unplaced": [{"quote": left.quote, "place": _place(left.place)} for left in record.unplaced],
        "notes": [{**note._asdict(), "place": _place(note.place)} for note in record.notes],
        "findings": [_finding(finding, record.partnership or "") for finding in findings],
        "tracked_changes": record.tracked_changes,
        "damage": list(record.damage),
    }
    if record.pages:
        said["pages"] = [{"place": _place(page.place), "number": page.number, "of": page.of} for page in record.pages]
    if record.files:
        said["files"] = [file._asdict() for file in record.files]
    return said


def reading_from_json(said: Mapping[str, Any]) -> tuple[Record, tuple[Finding, ...]]:
    """Return the record and the findings that `reading_as_json` wrote.

    Args:
        said: the object, as it was made or as `json.loads` gives it back.

    Raises:
        ValueError: it has another schema, or a word that is in none of the closed lists.
        KeyError: a key is missing.
    """
    if said["schema"] != SCHEMA:
        raise ValueError(f"the reading has schema {said['schema']}; this version of proforma knows {SCHEMA}")
    record = Record(
        file=said["file"],
        sha256=said["sha256"],
        format=said["format"],
        outcome=Outcome(said["outcome"]),
        reason=Reason(said["reason"]) if said["reason"] else None,
        message=said["message"],
        round=said["round"],
        form=said["form"],
        partnership=said["partnership"],
        identity=tuple(Claim(**claim) for claim in said["identity"]),
        answers=tuple(_answer_from(answer) for answer in said["answers"]),
        values=said["values"],
        unplaced=tuple(Unplaced(left["quote"], _place_from(left["place"])) for left in said["unplaced"]),
        notes=tuple(
            Note(note["code"], note["message"], _place_from(note["place"]), note["quote"], note.get("field", "")) for note in said["notes"]
        ),
        tracked_changes=said["tracked_changes"],
        damage=tuple(said["damage"]),
        pages=tuple(PageNumber(_place_from(page["place"]), page["number"], page["of"]) for page in said.get("pages", ())),
        files=tuple(PageFile(file["file"], file["sha256"]) for file in said.get("files", ())),
    )
    return record, tuple(_finding_from(finding, record.partnership or "") for finding in said["findings"])


def _place(place: Place) -> Json:
    said: Json = place.as_json()
    if place.box is not None:
        said["box"] = list(place.box)
    return said


def _place_from(said: Json) -> Place:
    """Return a place; the name of its part, which a thousand answers have, is held once."""
    known = {**said, "part": intern(said["part"])} if "part" in said else said
    if "box" in said:
        return Place(**{**known, "box": Box(*said["box"])})
    return Place(**known)


def _answer(answer: Answer) -> Json:
    said: Json = {
        "field": answer.field,
        "value": answer.value,
        "state": answer.state.value,
        "quote": answer.quote,
        "place": _place(answer.place),
        "method": answer.method,
        "confidence": answer.confidence,
    }
    if answer.precision:
        said["precision"] = answer.precision
    said |= {name: value for name, value in (("sha256", answer.sha256), ("file", answer.file)) if value}
    if answer.passages != _plain_passages(answer.quote, answer.place):
        said["passages"] = [_passage(passage) for passage in answer.passages]
    return said


def _answer_from(said: Json) -> Answer:
    """Return an answer; what it has in common with those of other returns, and the value that is its quote, are held once."""
    place = _place_from(said["place"])
    passages, value, quote = said.get("passages"), said["value"], said["quote"]
    return Answer(
        field=intern(said["field"]),
        value=quote if value == quote else value,
        state=State(said["state"]),
        passages=_plain_passages(quote, place) if passages is None else tuple(map(_passage_from, passages)),
        method=said["method"],
        confidence=said["confidence"],
        precision=said.get("precision", ""),
        sha256=said.get("sha256") or "",
        file=said.get("file") or "",
    )


def _plain_passages(quote: str, place: Place) -> tuple[Passage, ...]:
    """Return the passages of an answer of which nothing but its quote and place is known."""
    return (Passage(quote, place),) if quote or place != Place() else ()


def _passage(passage: Passage) -> Json:
    said: Json = {"quote": passage.text, "place": _place(passage.place)}
    if passage.marks:
        said["marks"] = [_mark(mark) for mark in passage.marks]
    if passage.bullet:
        said["bullet"] = passage.bullet
    if passage.level:
        said["level"] = passage.level
    return said


def _passage_from(said: Json) -> Passage:
    marks = tuple(Mark(**mark) for mark in said.get("marks", ()))
    return Passage(said["quote"], _place_from(said["place"]), marks, said.get("bullet", ""), said.get("level", 0))


def _mark(mark: Mark) -> Json:
    said: Json = {"start": mark.start, "end": mark.end, "kind": mark.kind}
    return {**said, "target": mark.target} if mark.target else said


def _finding(finding: Finding, partnership: str) -> Json:
    said: Json = {"code": finding.code, "severity": finding.severity.value, "field": finding.field, "message": finding.message}
    return said if finding.partnership == partnership else {**said, "partnership": finding.partnership}


def _finding_from(said: Json, partnership: str) -> Finding:
    about = said.get("partnership", partnership)
    return Finding(said["code"], Severity(said["severity"]), said["field"], said["message"], about)

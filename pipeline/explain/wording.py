"""The words in which a page speaks of answers: labels for paths, and what methods, states and carriers mean."""

import re
from collections.abc import Mapping

from pipeline.model.findings import Severity
from pipeline.model.forms import schema_path
from pipeline.model.outcomes import Outcome
from pipeline.model.records import Answer, Carrier, Method, State

METHODS: Mapping[Method, str] = {
    "control": "in its answer box",
    "bookmark": "at its bookmark",
    "cell": "in its table cell",
    "phrase": "after the form’s words",
    "ocr": "in its box on the page",
    "sender": "from the sender of the mail",
    "register": "from the register",
}

CARRIERS: Mapping[Carrier, str] = {
    "control": "an answer box",
    "property": "a property of the file",
    "code": "the reference on its pages",
    "barcode": "the square code on its pages",
    "name": "the name written in it",
    "thread": "the message of yours that its mail answers",
    "file-name": "the name of the file",
    "sender": "the sender of the mail",
}

STATES: Mapping[State, str] = {
    State.GIVEN: "answered",
    State.BLANK: "left blank",
    State.NOT_APPLICABLE: "does not apply",
    State.REMOVED: "not in the document",
}

OUTCOMES: Mapping[Outcome, str] = {
    Outcome.READ: "Read",
    Outcome.HELD: "Held: a person has to decide",
    Outcome.REFUSED: "Refused",
}

SEVERITIES: Mapping[Severity, str] = {
    Severity.ERROR: "Error",
    Severity.QUERY: "Query",
    Severity.WARNING: "Warning",
    Severity.INFO: "Note",
}

ASIDES: Mapping[str, str] = {
    "header": "Header",
    "footer": "Footer",
    "comment": "Comment",
    "footnote": "Footnote",
    "endnote": "Endnote",
    "hidden": "Hidden text",
    "deleted": "Deleted with tracked changes",
    "struck": "Struck out",
    "alternative": "Description of a picture",
    "quoted": "An older mail, quoted",
    "signature": "Signature of the mail",
}

_LONGEST = 160
"""Characters of a value that stand beside the return; the table of all fields has the whole."""

_LAST_ITEM = re.compile(r"\[(\d+)\]$")


def label(path: str, labels: Mapping[str, str]) -> str:
    """Return what a person calls a field: its label, and its number where it is one of several.

    Args:
        path: an instance path: `items[2].due`.
        labels: by schema path: `items.due`. A path that has none is called by its last word.
    """
    schema = schema_path(path)
    said = labels.get(path) or labels.get(schema) or schema.rpartition(".")[2].replace("_", " ").capitalize()
    number = _LAST_ITEM.search(path)
    return f"{said.rstrip(': ')} {number[1]}" if number else said.rstrip(": ")


def value(answer: Answer) -> str:
    """Return what was understood, in brackets where it is no words of the return."""
    if answer.value is None:
        return "(not understood)" if answer.state is State.GIVEN else f"({STATES[answer.state]})"
    return f"{answer.value} ({STATES[answer.state]})" if answer.state is State.NOT_APPLICABLE else answer.value


def briefly(answer: Answer) -> str:
    """Return what was understood for the margin: not again what is long and stands there just as it was understood."""
    said = value(answer)
    if len(said) <= _LONGEST:
        return said
    if " ".join(said.split()) == " ".join(answer.quote.split()):
        return "(as written)"
    return said[:_LONGEST].rpartition(" ")[0] + " …"


def sure(answer: Answer) -> str:
    """Return how sure an answer is: "95 %". It is cut, not rounded up, so that what counts as unsure also reads so."""
    return f"{int(answer.confidence * 100 + 1e-9)}\u00a0%"


def counted(number: int, one: str, several: str) -> str:
    """Return "1 answer" or "3 answers"."""
    return f"{number} {one if number == 1 else several}"

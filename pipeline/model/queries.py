"""Questions that are put back to a partnership, and what its answers to them did."""

import re
from typing import NamedTuple

from pipeline.model.findings import Finding
from pipeline.model.forms import FieldType, Form, schema_path

_STEP = re.compile(r"([a-z0-9_]+)(?:\[([^\]]*)\])?")


class Question(NamedTuple):
    """A finding as the partnership is asked about it."""

    number: int
    """From 1: the partnership answers "Q1: …"."""
    finding: Finding
    where: str
    """Where in the form, in the form's own words: "Priority 2, Deliverable 1, By when"; empty for the whole return."""

    @property
    def words(self) -> str:
        """What the comment says: `Q1: By when will it be delivered?`."""
        return f"Q{self.number}: {self.finding.message}"


def where(form: Form, path: str) -> str:
    """Say a place in the form in its own words.

    Args:
        form: the form.
        path: of a finding: an instance path, or one with a word of the register in brackets.
    """
    said, schema = [], ""
    for key, number in _STEP.findall(path.partition("[")[0] if not _known(form, path) else path):
        schema = f"{schema}.{key}" if schema else key
        field = form.by_path.get(schema)
        if field is None:
            break
        counted = f" {number}" if number.isdecimal() and field.type is FieldType.REPEAT else ""
        said.append(f"{field.label}{counted}")
    return ", ".join(said)


def _known(form: Form, path: str) -> bool:
    return schema_path(path) in form.by_path


def field_of(key: str) -> str:
    """Return the field that the key of a finding names."""
    return key.split("/", 2)[2] if key.count("/") >= 2 else ""


def code_of(key: str) -> str:
    """Return the code of the rule that the key of a finding names."""
    return key.split("/", 2)[1] if "/" in key else ""

"""What a rule noticed, in one record or across records."""

import hashlib
from enum import StrEnum
from typing import NamedTuple


class Severity(StrEnum):
    """How much a finding matters. Only an error keeps a record out of the plan until a person decides."""

    ERROR = "error"
    QUERY = "query"
    WARNING = "warning"
    INFO = "info"


class Finding(NamedTuple):
    """Something a rule noticed."""

    code: str
    """The rule's code in the form: `due-after-period`."""
    severity: Severity
    field: str
    """The path of the answer concerned, as in `Answer.field`, or of the item that lacks it; empty for the whole record or the round.

    Where no answer is concerned but a word, a person or a line of the register, that stands in brackets after the field it is missing
    from: `priorities.focus[Big Society]`.
    """
    message: str
    """The sentence that the partnership is asked, in plain words."""
    partnership: str = ""
    """The partnership's id; empty where the finding is about the round."""

    @property
    def key(self) -> str:
        """Name the finding for as long as it is about the same thing: what an override refers to."""
        return "/".join((self.partnership, self.code, self.field))

    @property
    def short(self) -> str:
        """Name it in six characters that a person can type; made from the key, so that they stay the same as long."""
        return hashlib.sha256(self.key.encode()).hexdigest()[:6]

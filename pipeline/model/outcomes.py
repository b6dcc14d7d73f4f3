"""How a reading ended, and the closed list of reasons for the two bad endings."""

from enum import StrEnum


class Outcome(StrEnum):
    """What became of a returned document."""

    READ = "read"
    HELD = "held"
    REFUSED = "refused"


class Reason(StrEnum):
    """Why a document was held or refused. Part of the public contract; docs/reading.md says what to do for each."""

    EMPTY = "empty"
    CORRUPT = "corrupt"
    ENCRYPTED = "encrypted"
    BOMB = "bomb"
    UNSUPPORTED = "unsupported"
    NOT_A_RETURN = "not-a-return"
    UNKNOWN_PARTNERSHIP = "unknown-partnership"
    TWO_PARTNERSHIPS = "two-partnerships"
    OTHER_ROUND = "other-round"
    INCOMPLETE = "incomplete"
    TOO_LARGE = "too-large"
    TIMEOUT = "timeout"
    MEMORY = "memory"
    CRASHED = "crashed"

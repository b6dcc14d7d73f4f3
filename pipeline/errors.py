"""What stops a command, and what to do about it.

Exceptions are for what stops the command. A strange document is not one of them: it makes notes and findings.
Every error carries an exit code and a hint, and its message names the place: file, line, sheet or cell.
"""

from enum import IntEnum


class ExitCode(IntEnum):
    """What the shell sees. The meanings are part of the public contract (docs/cli.md)."""

    CLEAN = 0
    ATTENTION = 1
    USAGE = 2
    SETUP = 3
    UNREADABLE = 4
    TOOL_MISSING = 5
    STORE = 6
    MAIL = 7
    FAULT = 70
    """The program itself is at fault. Source: sysexits.h, EX_SOFTWARE."""
    INTERRUPTED = 130


class PipelineError(Exception):
    """Something stopped the command.

    Args:
        message: one sentence that says where and what is wrong.
        hint: what to do next, one sentence; empty where the message says it.
    """

    exit_code = ExitCode.ATTENTION

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


class SetupError(PipelineError):
    """The round folder, the kit or the register cannot be used. Lists every mistake at once.

    Args:
        message: what cannot be used.
        hint: what to do next.
        mistakes: one line each: where – what is wrong – what to write instead.
    """

    exit_code = ExitCode.SETUP

    def __init__(self, message: str, hint: str = "", mistakes: tuple[str, ...] = ()) -> None:
        super().__init__(message, hint)
        self.mistakes = mistakes


class UnreadableError(PipelineError):
    """A returned document cannot be read.

    Args:
        reason: a word of the closed list in `pipeline.model.outcomes.Reason`.
        message: what is wrong with the document.
        hint: what the officer can do.
    """

    exit_code = ExitCode.UNREADABLE

    def __init__(self, reason: str, message: str, hint: str = "") -> None:
        super().__init__(message, hint)
        self.reason = reason


class ToolMissingError(PipelineError):
    """An outside program is needed and is not installed."""

    exit_code = ExitCode.TOOL_MISSING


class StoreError(PipelineError):
    """The store cannot be opened, written or trusted."""

    exit_code = ExitCode.STORE


class MailError(PipelineError):
    """Mail cannot be sent or collected."""

    exit_code = ExitCode.MAIL

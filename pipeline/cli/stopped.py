"""The one place where what stopped a command becomes a message and an exit code."""

import errno
import os
from pathlib import Path

import click

from pipeline.errors import ExitCode, PipelineError, SetupError

_DISK = frozenset(
    (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EACCES, errno.EPERM, errno.EROFS, errno.EIO, errno.ENOENT, errno.ENOTDIR, errno.EISDIR)
)
"""What the machine refuses; anything else that the system says is a fault of the program until shown otherwise."""

_PACKAGE = Path(__file__).parent.parent


def stopped(error: BaseException) -> ExitCode:
    """Say on standard error what stopped a command and what to do, and return its exit code.

    Args:
        error: what was raised. One that is neither a `PipelineError` nor the machine's refusal is a fault of the program, and is
            said to be one; its traceback is shown where PROFORMA_DEBUG is set.
    """
    if isinstance(error, KeyboardInterrupt):
        said = "Stopped. Nothing was lost: what was taken in is kept, and the same command goes on where this one stopped."
        click.echo(f"\n{said}", err=True)
        return ExitCode.INTERRUPTED
    if isinstance(error, PipelineError):
        _explain(error)
        return error.exit_code
    if isinstance(error, OSError) and error.errno in _DISK:
        where = f"{error.filename} cannot be used" if error.filename else "A file cannot be used"
        hint = "See that the disk has room and that the folder may be read and written, then run the command again."
        _explain(SetupError(f"{where}: {(error.strerror or str(error)).lower()}.", hint))
        return ExitCode.SETUP
    _own_up(error)
    return ExitCode.FAULT


def _explain(error: PipelineError) -> None:
    click.secho(str(error), fg="red", err=True)
    if isinstance(error, SetupError):
        for mistake in error.mistakes:
            click.echo(f"  • {mistake}", err=True)
    if error.hint:
        click.echo(error.hint, err=True)


def _own_up(error: BaseException) -> None:
    """Say that the fault is the program's. The error's own words are left out: they may hold words of a return."""
    from traceback import extract_tb, format_exception

    frames = extract_tb(error.__traceback__)
    own = [frame for frame in frames if Path(frame.filename).is_relative_to(_PACKAGE)] or frames
    place = f" at {Path(own[-1].filename).name}, line {own[-1].lineno}" if own else ""
    click.secho(f"This is a fault in proforma, not in your files: {type(error).__name__}{place}. Nothing was lost.", fg="red", err=True)
    if os.environ.get("PROFORMA_DEBUG"):
        click.echo("".join(format_exception(error)), err=True)
    else:
        click.echo("Please report it: run the same command with PROFORMA_DEBUG=1 and send what it prints (CONTRIBUTING.md).", err=True)

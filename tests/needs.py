"""What a test needs that pip does not install. Without it the test is skipped, with the line that installs it.

`.ci/run` installs all of it, and fails where a test is skipped all the same.
"""

import shutil

import pytest

_OF_SERVERS = "/usr/sbin:/usr/local/sbin"
"""Where programs lie that serve others; on the path of an administrator alone."""


def found(program: str) -> str | None:
    """Return where a program lies; None where it is not installed."""
    return shutil.which(program) or shutil.which(program, path=_OF_SERVERS)


def needs(program: str, package: str) -> pytest.MarkDecorator:
    """Mark tests that need a program.

    Args:
        program: its name on the path.
        package: the Debian package that brings it.
    """
    return pytest.mark.skipif(found(program) is None, reason=f"needs {program}: apt-get install {package}")

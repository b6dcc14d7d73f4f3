"""A test that is skipped says what to install; where everything is installed, it fails the run."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import NO_SKIPS

SKIPPED = """\
from tests.needs import needs

@needs("no-such-program", "no-such-package")
def test_it():
    raise AssertionError("not skipped")
"""


@pytest.mark.parametrize(("environment", "code"), [({}, 0), ({NO_SKIPS: "1"}, 1)])
def test_a_skipped_test_fails_the_run_only_where_nothing_may_be_skipped(tmp_path: Path, environment: dict[str, str], code: int) -> None:
    """Issue 2: `.ci/run` fails if anything was skipped; pytest's closing line is printed all the same."""
    (tmp_path / "test_skipped.py").write_text(SKIPPED, encoding="utf-8")
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", NO_SKIPS))}
    command = [sys.executable, "-m", "pytest", "-p", "tests.conftest", "-c", os.devnull, "--rootdir", str(tmp_path), "-rs", "-n", "1"]
    result = subprocess.run([*command, str(tmp_path)], capture_output=True, text=True, env={**clean, **environment})
    assert result.returncode == code, result.stdout
    assert "needs no-such-program: apt-get install no-such-package" in result.stdout
    assert "1 skipped in " in result.stdout.splitlines()[-1]

"""What holds for the whole suite: where everything is installed, a skipped test is a failed one."""

import os

import pytest
from hypothesis import Phase, settings

settings.register_profile("steady", deadline=None, derandomize=True, phases=[Phase.explicit, Phase.generate])
"""The same examples on every run, and no minutes of shrinking whole documents."""
settings.register_profile("wild", deadline=None, max_examples=300, print_blob=True)
"""New examples on every run: pytest --hypothesis-profile=wild."""
settings.load_profile("steady")

NO_SKIPS = "PROFORMA_NO_SKIPS"
"""Set by `.ci/run`, which has installed everything that a test may need."""


def _skipped(config: pytest.Config) -> int:
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    return len(reporter.stats.get("skipped", ())) if reporter else 0


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Turn a run with skipped tests into a failed one where nothing may be skipped."""
    on_its_own = not hasattr(session.config, "workerinput")
    if on_its_own and os.environ.get(NO_SKIPS) and _skipped(session.config) and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say why such a run failed."""
    if os.environ.get(NO_SKIPS) and (skipped := _skipped(config)):
        terminalreporter.write_line(f"{skipped} skipped, and {NO_SKIPS} allows none: install what is missing.", red=True)

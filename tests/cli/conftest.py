"""What the tests of the command line share."""

import pytest

from pipeline.publish import portable


@pytest.fixture(autouse=True)
def no_libreoffice(monkeypatch: pytest.MonkeyPatch) -> None:
    """Publish without LibreOffice: it is quicker. `tests/publish` and `tests/journey` have the real LibreOffice make the rest."""
    monkeypatch.setattr(portable, "found", lambda: "")

"""A password or a token is found outside the round folder, and shown nowhere."""

import shlex
import sys

import pytest

from pipeline.errors import MailError
from pipeline.model.rounds import Server
from pipeline.tools.secrets import Secret, secret_of

SERVER = Server("mail.example.org", 993, "tls", "round@example.org")
VARIABLE = "PROFORMA_IMAP_PASSWORD"


def printing(code: str) -> Server:
    """Return a server whose token command is a small program."""
    return SERVER._replace(token_command=shlex.join([sys.executable, "-c", code]))


def none_kept(service: str, login: str) -> None:
    """Keep nothing."""


def test_a_server_without_a_login_needs_nothing() -> None:
    assert secret_of(SERVER._replace(login=""), VARIABLE, {}) is None


def test_the_environment_goes_before_the_keyring() -> None:
    assert secret_of(SERVER, VARIABLE, {VARIABLE: "s3cret"}, lambda *_: "other") == Secret("round@example.org", "s3cret")


def test_the_keyring_is_asked_for_the_login() -> None:
    kept = {("proforma", "round@example.org"): "from the ring"}
    found = secret_of(SERVER, VARIABLE, {}, lambda service, login: kept.get((service, login)))
    assert found and found.text == "from the ring"


def test_where_there_is_none_both_places_are_named() -> None:
    with pytest.raises(MailError, match=r"no password for round@example\.org") as raised:
        secret_of(SERVER, VARIABLE, {}, none_kept)
    assert VARIABLE in raised.value.hint and "keyring set proforma" in raised.value.hint


def test_a_secret_is_shown_nowhere() -> None:
    assert "s3cret" not in repr(secret_of(SERVER, VARIABLE, {VARIABLE: "s3cret"}))


def test_a_password_with_a_line_break_would_be_a_command_of_its_own() -> None:
    with pytest.raises(MailError, match="line break"):
        secret_of(SERVER, VARIABLE, {VARIABLE: "a\r\nb"})


def test_a_command_gives_a_token_and_no_password_is_asked_for() -> None:
    found = secret_of(printing("print('ya29.token')"), VARIABLE, {VARIABLE: "s3cret"})
    assert found and (found.text, found.is_token) == ("ya29.token", True)


@pytest.mark.parametrize(
    ("code", "problem"),
    [
        ("import sys; sys.exit(3)", "ended with code 3"),
        ("print()", "printed no token"),
        ("print('two words')", "printed no token"),
        ("print('x' * 20000)", "printed no token"),
    ],
)
def test_a_command_that_gives_no_token_is_named(code: str, problem: str) -> None:
    with pytest.raises(MailError, match=problem):
        secret_of(printing(code), VARIABLE, {})


@pytest.mark.parametrize("command", ["no-such-program-at-all", "'", " "])
def test_a_command_that_cannot_be_run_is_told(command: str) -> None:
    with pytest.raises(MailError, match="cannot be run"):
        secret_of(SERVER._replace(token_command=command), VARIABLE, {})

"""How an account on a mail server is logged in to: with a password or a token, found outside the round folder.

A secret is never written down, printed or logged: its text is shown as dots. Knows no protocol.
"""

import os
import shlex
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib import import_module

from pipeline.errors import MailError
from pipeline.model.rounds import Server

SERVICE = "proforma"
"""Under which the keyring of the operating system keeps passwords."""
_TOKEN_SECONDS = 120
"""A command that prints a token may ask its own server first."""
_LONGEST_TOKEN = 16_384
"""Characters; Microsoft's have some two thousand."""

Keyring = Callable[[str, str], str | None]
"""Returns the password kept for a service and a login."""


@dataclass(frozen=True)
class Secret:
    """What logs an account in."""

    login: str
    text: str = field(repr=False)
    """The password, or the token."""
    is_token: bool = False
    """True where it is an OAuth 2 access token, for XOAUTH2."""


def secret_of(server: Server, variable: str, environment: Mapping[str, str] | None = None, keyring: Keyring | None = None) -> Secret | None:
    """Find what logs in to a mail server: a token where a command for one is set, else a password from the environment or the keyring.

    Args:
        server: whose login and token command are used.
        variable: of the environment that may hold the password: PROFORMA_SMTP_PASSWORD.
        environment: the process's own where None.
        keyring: looks a password up; that of the operating system where None.

    Returns:
        None where the server asks for no login.

    Raises:
        MailError: there is no password, or the command gives no token.
    """
    if not server.login:
        return None
    if server.token_command:
        return Secret(server.login, _token(server.token_command), is_token=True)
    said = (os.environ if environment is None else environment).get(variable) or (keyring or _kept)(SERVICE, server.login)
    if not said:
        raise MailError(
            f"There is no password for {server.login} on {server.host}.",
            f"Set {variable}, or keep it in the keyring: keyring set {SERVICE} {server.login} (docs/post.md).",
        )
    if any(character in said for character in "\r\n\0"):
        raise MailError(f"The password for {server.login} holds a line break.", f"Set {variable} to the password alone.")
    return Secret(server.login, said)


def _kept(service: str, login: str) -> str | None:
    """Ask the keyring of the operating system, where the package `keyring` is installed and there is one."""
    try:
        package = import_module("keyring")
        errors = import_module("keyring.errors")
    except ImportError:
        return None
    try:
        found = package.get_password(service, login)
    except errors.KeyringError as error:
        raise MailError(f"The keyring gives no password for {login}: {type(error).__name__}.", "Unlock it, and run it again.") from error
    return str(found) if found else None


def _token(command: str) -> str:
    """Run the command that prints a token; what it says on standard error is shown to the person as it is."""
    hint = "Run it by hand: it must print an access token and nothing else (docs/post.md)."
    try:
        words = shlex.split(command)
        done = subprocess.run(  # noqa: S603 – the officer's own command, from the round's settings
            words, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, timeout=_TOKEN_SECONDS, check=True
        )
    except subprocess.CalledProcessError as error:
        raise MailError(f"The token command ({words[0]}) ended with code {error.returncode}.", hint) from None
    except subprocess.TimeoutExpired:
        raise MailError(f"The token command ({words[0]}) printed nothing for {_TOKEN_SECONDS} seconds.", hint) from None
    except (OSError, ValueError, IndexError) as error:
        raise MailError(f"The token command cannot be run: {getattr(error, 'strerror', None) or error}.", hint) from None
    token = done.stdout.decode("ascii", "replace").strip()
    if not token or len(token) > _LONGEST_TOKEN or not all("!" <= character <= "~" for character in token):
        raise MailError(f"The token command ({words[0]}) printed no token.", hint)
    return token

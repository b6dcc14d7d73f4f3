"""A real IMAP server for tests: Dovecot as a plain process on a port of this machine, with its own folder, account and mails."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from imaplib import IMAP4
from pathlib import Path

from pipeline.intake.mailbox_imap import ImapMailbox
from pipeline.model.rounds import Mailbox, Server
from pipeline.settings import Limits
from pipeline.tools.secrets import Secret
from tests.needs import found, needs

needs_dovecot = needs("dovecot", "dovecot-imapd")

LOGIN, PASSWORD = "returns@example.org", 's3cret "quoted" \\ word'
_HOST = "127.0.0.1"
_CONFIGURATION = """
base_dir = {folder}/run
log_path = {folder}/log
protocols = imap
listen = 127.0.0.1
default_internal_user = {internal}
default_internal_group = {group}
default_login_user = {login}
mail_location = maildir:{folder}/mails
mail_uid = {owner}
mail_gid = {group}
first_valid_uid = 1
first_valid_gid = 0
ssl = yes
ssl_cert = <{folder}/server.pem
ssl_key = <{folder}/server.key
disable_plaintext_auth = no
mail_plugins = {plugins}
protocol imap {{
  mail_plugins = {plugins_imap}
}}
passdb {{
  driver = passwd-file
  args = scheme=PLAIN {folder}/accounts
}}
userdb {{
  driver = static
  args = uid={owner} gid={group} home={folder}
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = {tls_port}
    ssl = yes
  }}
}}
service anvil {{
  chroot =
}}
plugin {{
  acl = vfile:{folder}/rights
}}
"""


class Dovecot:
    """A running server.

    Args:
        folder: where all of it lies.
        port: for the clear and for STARTTLS.
        tls_port: encrypted from the start.
    """

    def __init__(self, folder: Path, port: int, tls_port: int) -> None:
        self.folder, self.port, self.tls_port = folder, port, tls_port

    @property
    def authority(self) -> Path:
        """The certificate that vouches for the server."""
        return self.folder / "server.pem"

    def server(self, security: str = "none", port: int = 0) -> Server:
        """Return the settings for reaching it."""
        usual = self.tls_port if security == "tls" else self.port
        return Server(_HOST if security == "none" else "localhost", port or usual, security, LOGIN)  # type: ignore[arg-type]

    def mailbox(self, *, done: str = "", folder: str = "INBOX", port: int = 0, timeout_s: float = 30, most: int = 2**20) -> ImapMailbox:
        """Return the mailbox as the program sees it, perhaps over another port that leads to it."""
        return ImapMailbox(Mailbox(self.server(port=port), folder, done), Secret(LOGIN, PASSWORD), Limits(bytes=most), timeout_s)

    @contextmanager
    def client(self) -> Iterator[IMAP4]:
        """Log in as another program of the same person."""
        with IMAP4(_HOST, self.port) as client:
            client.login(LOGIN, PASSWORD)
            yield client

    def deliver(self, *mails: bytes, folder: str = "INBOX") -> None:
        """Put mails into a folder."""
        with self.client() as client:
            for mail in mails:
                said, _ = client.append(folder, None, None, mail)
                assert said == "OK"

    def flags(self, folder: str = "INBOX") -> dict[int, bool]:
        """Return the numbers of a folder's mails, and whether each is marked as seen."""
        with self.client() as client:
            client.select(folder, readonly=True)
            found = client.uid("SEARCH", "ALL")[1][0].split(), client.uid("SEARCH", "SEEN")[1][0].split()
        return {int(uid): uid in found[1] for uid in found[0]}


@contextmanager
def dovecot(*, plugins: str = "") -> Iterator[Dovecot]:
    """Run a server, and end it."""
    program = found("dovecot")
    assert program is not None
    with tempfile.TemporaryDirectory(prefix="dovecot") as name:
        folder = Path(name)
        folder.chmod(0o755)
        port, tls_port = ports = _free_ports(2)
        (folder / "dovecot.conf").write_text(_configuration(folder, port, tls_port, plugins), encoding="utf-8")
        _certify(folder)
        with subprocess.Popen([program, "-F", "-c", str(folder / "dovecot.conf")]) as running:
            try:
                _until_it_listens(ports, running, folder)
                yield Dovecot(folder, port, tls_port)
            finally:
                running.terminate()


def _configuration(folder: Path, port: int, tls_port: int, plugins: str) -> str:
    """Return what the server is told; where tests run as root it serves under accounts that may do nothing."""
    root = os.getuid() == 0
    me = pwd.getpwuid(os.getuid()).pw_name
    group = "nogroup" if root else str(os.getgid())
    (folder / "mails").mkdir()
    (folder / "accounts").write_text(f"{LOGIN}:{PASSWORD}\n", encoding="utf-8")
    if root:
        shutil.chown(folder / "mails", "nobody", "nogroup")
    return _CONFIGURATION.format(
        folder=folder,
        internal="dovecot" if root else me,
        login="dovenull" if root else me,
        owner="nobody" if root else me,
        group=group,
        port=port,
        tls_port=tls_port,
        plugins=plugins,
        plugins_imap=f"{plugins} imap_{plugins}" if plugins else "",
    )


def _certify(folder: Path) -> None:
    """Make a certificate for this machine that vouches for itself."""
    words = "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost"
    command = ["openssl", *words.split(), "-keyout", str(folder / "server.key"), "-out", str(folder / "server.pem")]
    subprocess.run(command, check=True, capture_output=True)


def _free_ports(number: int) -> list[int]:
    sockets = [socket.create_server((_HOST, 0)) for _ in range(number)]
    try:
        return [one.getsockname()[1] for one in sockets]
    finally:
        for one in sockets:
            one.close()


def _until_it_listens(ports: list[int], running: "subprocess.Popen[bytes]", folder: Path) -> None:
    """Knock until the server greets; it opens its ports before it answers, so nobody knocks for long."""
    while True:
        assert running.poll() is None, (folder / "log").read_text(encoding="utf-8")
        try:
            socket.create_connection((_HOST, ports[0])).close()
            return
        except ConnectionRefusedError:
            os.sched_yield()

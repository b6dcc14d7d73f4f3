"""LibreOffice, as a converter: how it is found, and the one call.

Every call has a profile of its own that is thrown away, an empty environment, no macros, no links followed and, where bubblewrap works,
no network and no sight of this machine's files beyond the programs. Knows nothing of what it converts.
"""

import os
import resource
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from functools import cache
from hashlib import sha256
from pathlib import Path

from pipeline.errors import ToolMissingError, UnreadableError

INSTALL = "apt-get install libreoffice-writer"
"""The line that installs it on Debian."""
_MEMORY_BYTES = 4 * 2**30
"""Of address space; LibreOffice 7.4 converts a form within 1 GiB, a report of a hundred pages with pictures asks for more."""
_WRITTEN_BYTES = 256 * 2**20
_SEES = ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/opt", "/etc/fonts", "/etc/libreoffice", "/etc/ld.so.cache")
"""What the program itself is made of; Debian keeps a part of it in /etc and reads fonts through /var/cache/fontconfig."""
_PIPES = (Path("/tmp"), Path("/var/tmp"))  # noqa: S108
"""Where its starter puts a pipe: it gives up where it may write neither, as in the child that reads a document, and looks nowhere else."""
_FONTS = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"))
_AGAIN = 81
"""The exit code with which the program proper asks its starter to be started anew: it has just filled its profile."""
_CACHES = ("/etc/alternatives", "/var/cache/fontconfig", "/var/lib/libreoffice")
_SETTINGS = (
    ("Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Writer/Content/Update", "Link", "0"),
    ("Common/Misc", "FirstRun", "false"),
)
"""What the profile says: very high macro security, no macro runs all the same, no link is followed or brought up to date."""


def found() -> str:
    """Return the path of LibreOffice; empty where it is not installed."""
    return shutil.which("soffice") or shutil.which("libreoffice") or ""


@cache
def edition() -> str:
    """Return a word that is another with another LibreOffice, or other fonts that it can see: it may lay a page out differently then.

    The program is not started: its own note of its build is read, and the fonts are told by name and size.
    """
    program = Path(os.path.realpath(found())).parent if found() else None
    build = [path.read_bytes() for path in (program / "versionrc",) if path.is_file()] if program else []
    fonts = sorted((str(path), path.stat().st_size) for folder in _FONTS for path in folder.rglob("*") if path.is_file())
    return sha256(repr((build, fonts)).encode()).hexdigest()[:16]


@cache
def fence() -> tuple[str, ...]:
    """Return the beginning of a command that runs in bubblewrap without network; empty where that is not installed or not allowed."""
    bwrap = shutil.which("bwrap")
    if bwrap is None:
        return ()
    sees = [word for path in (*_SEES, *_CACHES) for word in ("--ro-bind-try", path, path)]
    alone = ("--unshare-all", "--die-with-parent", "--new-session", "--proc", "/proc", "--dev", "/dev", "--tmpfs", "/tmp")  # noqa: S108
    command = (bwrap, *alone, *sees)
    try:
        nothing = subprocess.DEVNULL  # no pipe: where bubblewrap is not allowed, a process that it leaves behind would hold it open
        tried = subprocess.run(  # noqa: S603
            (*command, "true"), stdin=nothing, stdout=nothing, stderr=nothing, timeout=10, env=_environment(Path("/"))
        )
    except (OSError, subprocess.SubprocessError):
        return ()
    return command if tried.returncode == 0 else ()


def convert(data: bytes, suffix: str, read_as: str, write_as: str, seconds: float = 60) -> bytes:
    """Convert a file.

    Args:
        data: the file.
        suffix: of its name, without the dot. Its own name is never used.
        read_as: the import filter, so that the file is opened as what it was found to be and nothing else.
        write_as: the suffix and the export filter, `docx:MS Word 2007 XML`.
        seconds: how long it may take; then the whole process group is killed.

    Returns:
        The converted file.

    Raises:
        ToolMissingError: LibreOffice is not installed.
        UnreadableError: it took too long (`timeout`), or came back without a file (`corrupt`); its exit code says nothing.
    """
    (written,) = convert_all([data], suffix, read_as, write_as, seconds)
    if not written:
        raise UnreadableError("corrupt", "LibreOffice could not open the file.", "Ask for it again, or open it in Word and save it anew.")
    return written


def convert_all(documents: Sequence[bytes], suffix: str, read_as: str, write_as: str, seconds: float) -> list[bytes]:
    """Convert files of one kind in one run, which costs hardly more than one file.

    Returns:
        The converted files, in the order given; nothing for each that could not be converted.

    Raises:
        ToolMissingError: LibreOffice is not installed.
        UnreadableError: it took too long (`timeout`).
    """
    office = found()
    if not office:
        raise ToolMissingError("LibreOffice is not installed.", f"{INSTALL}, or install it from libreoffice.org.")
    with tempfile.TemporaryDirectory(prefix="proforma-") as name:
        folder = Path(name)
        sources = [folder / f"return{number or ''}.{suffix}" for number in range(len(documents))]
        for source, data in zip(sources, documents, strict=True):
            source.write_bytes(data)
        _write_profile(folder)
        _run(_command(office, sources, folder, read_as, write_as), folder, seconds)
        made = [folder / "made" / source.with_suffix(f".{write_as.partition(':')[0]}").name for source in sources]
        return [file.read_bytes() if file.is_file() and not file.is_symlink() else b"" for file in made]


def _command(office: str, sources: Sequence[Path], folder: Path, read_as: str, write_as: str) -> list[str]:
    fenced = [*fence(), "--bind", str(folder), str(folder), "--chdir", str(folder)] if fence() else []
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    pipes = "-env:OSL_SOCKET_PATH=."  # it runs in the folder, whose whole name and the pipe's are longer than a socket's may be
    quiet = ("--headless", "--norestore", "--nologo", "--nolockcheck", "--nodefault")
    task = (f"--infilter={read_as}", "--convert-to", write_as, "--outdir", str(folder / "made"), *map(str, sources))
    return [*fenced, office if fenced else _proper(office), profile, pipes, *quiet, *task]


def _proper(office: str) -> str:
    """Return the program proper where its starter could not work, and the starter elsewhere."""
    program = Path(office).resolve().parent / "soffice.bin"
    return office if any(os.access(folder, os.W_OK) for folder in _PIPES) or not program.is_file() else str(program)


def _write_profile(folder: Path) -> None:
    user = folder / "profile" / "user"
    user.mkdir(parents=True)
    said = "".join(
        f'<item oor:path="/org.openoffice.Office.{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, name, value in _SETTINGS
    )
    whole = f'<oor:items xmlns:oor="http://openoffice.org/2001/registry">{said}</oor:items>'
    (user / "registrymodifications.xcu").write_text(whole, encoding="utf-8")


def _run(command: list[str], folder: Path, seconds: float) -> None:
    """Run a command to its end, once more where it asks for that, or kill it with everything that it started."""
    until = time.monotonic() + seconds
    if _once(command, folder, seconds) == _AGAIN:
        _once(command, folder, max(until - time.monotonic(), 0))


def _once(command: list[str], folder: Path, seconds: float) -> int:
    """Run a command, and return its exit code. Its words are ours, the file's path too."""
    running = subprocess.Popen(  # noqa: S603
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=folder,
        env=_environment(folder),
        start_new_session=True,
        preexec_fn=_bound,
    )
    try:
        return running.wait(seconds)
    except subprocess.TimeoutExpired as error:
        hint = "Open it in Word and save it anew, or ask for a .docx."
        raise UnreadableError("timeout", "LibreOffice took too long over the file.", hint) from error
    finally:
        _kill(running)


def _kill(running: "subprocess.Popen[bytes]") -> None:
    with suppress(ProcessLookupError):
        os.killpg(running.pid, signal.SIGKILL)
    running.wait()


def _environment(folder: Path) -> dict[str, str]:
    return {
        "PATH": "/usr/local/bin:/usr/bin:/bin",
        "HOME": str(folder),
        "TMPDIR": str(folder),
        "LANG": "C.UTF-8",
        "SAL_USE_VCLPLUGIN": "svp",
    }


def _bound() -> None:
    """Give the program bounds of its own in place of the caller's, as far as the caller's hard bounds allow."""
    for what, most in ((resource.RLIMIT_AS, _MEMORY_BYTES), (resource.RLIMIT_FSIZE, _WRITTEN_BYTES), (resource.RLIMIT_CORE, 0)):
        hard = resource.getrlimit(what)[1]
        resource.setrlimit(what, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))

"""Where operating systems differ: how a process is walled off, bounded and cleared away.

    Linux            everything below, as far as the kernel allows; `wall_off` returns what it did not
    macOS, Windows   a process of its own and the clock; `wall_off` says so

Source: unshare(2), pid_namespaces(7), user_namespaces(7), mount_setattr(2), prctl(2), capabilities(7), getrlimit(2).
"""

import ctypes
import os
import select
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path

from pipeline.bounded.bounds import Bounds

if sys.platform != "win32":
    import resource

FORKS = sys.platform == "linux"
"""Whether each document has a process of its own. Elsewhere the documents of a worker share one, which is ended when time runs out."""

POLLS = sys.platform != "win32"
"""Whether one can wait for a pipe and a clock at once."""

OWN_GROUP = 0x200 if sys.platform == "win32" else 0
"""CREATE_NEW_PROCESS_GROUP: how Windows starts a program that the interrupt key does not reach; elsewhere a session of its own does it."""

NETWORK = "a child may reach the network"
PROCESSES = "a process that a child starts and cuts loose may outlive it"
FILES = "a child may write wherever the officer may"
COSTS = "memory, processor time and bytes written of a child have no bound"
SHARED = "documents that are read one after the other share a process"

NOTHING = (NETWORK, PROCESSES, FILES, COSTS, SHARED)
"""What is not bounded where a document has no process of its own."""

SCRATCH = Path("/dev/shm")  # noqa: S108
"""Covered by a disk of the nursery's own: every Linux has this folder, and none keeps anything in it."""

_NEW_MOUNTS, _NEW_IPC, _NEW_USER, _NEW_PIDS, _NEW_NETWORK = 0x20000, 0x8000000, 0x10000000, 0x20000000, 0x40000000
_REC, _PRIVATE, _RECURSIVE, _READ_ONLY, _MOUNT_SETATTR, _AT_FDCWD = 0x4000, 0x40000, 0x8000, 1, 442, -100
_NOSUID, _NODEV = 2, 4
_DEATH_SIGNAL, _DROP_BOUNDING, _SUBREAPER, _NO_NEW_PRIVILEGES = 1, 24, 36, 38
_CAPABILITY_VERSION = 0x20080522
_KILLED_WITHIN_S = 2


@cache
def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


@contextmanager
def patience(pipe: int, seconds: float, lost: Callable[[], None]) -> Iterator[None]:
    """Call `lost` where nothing can be read from a pipe for so long. What stands in the block reads it, and waits where nobody did here.

    Windows cannot wait for a pipe and a clock at once: there a thread keeps the time.
    """
    if POLLS:
        waiting = select.poll()
        waiting.register(pipe, select.POLLIN)
        if not waiting.poll(seconds * 1_000):
            lost()
        yield
        return
    clock = threading.Timer(seconds, lost)
    clock.daemon = True
    clock.start()
    try:
        yield
    finally:
        clock.cancel()


# -- the nursery, once ---------------------------------------------------------------------------------------------------


def wall_off(bounds: Bounds) -> tuple[str, ...]:
    """Cut this process, and all that it will start, off from network, files and other processes.

    It goes on in a new process, the first of its own process namespace; the one that called waits for it and ends with it. So call
    it early, with one thread and nothing open that matters.

    Returns:
        What could not be had: some of `NETWORK`, `PROCESSES`, `FILES`, `COSTS` and `SHARED`.
    """
    if sys.platform != "linux":
        return NOTHING
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    everything = _NEW_NETWORK | _NEW_PIDS | _NEW_MOUNTS | _NEW_IPC
    if not _unshare(everything):
        _prctl(_SUBREAPER, 1)
        alone = _unshare(_NEW_NETWORK)
        _never_gain_rights()
        return (PROCESSES, FILES) if alone else (NETWORK, PROCESSES, FILES)
    child = os.fork()
    if child:
        _, status = os.waitpid(child, 0)
        os._exit(os.waitstatus_to_exitcode(status) & 0xFF)
    _prctl(_DEATH_SIGNAL, signal.SIGKILL)
    fenced = _own_disk(bounds.written_bytes)
    _never_gain_rights()
    return () if fenced else (FILES,)


def _unshare(what: int) -> bool:
    """Leave some namespaces: as a superuser at once, else in a user namespace, where everybody is allowed to."""
    if os.geteuid() == 0 and _libc().unshare(what) == 0:
        return True
    user, group = os.getuid(), os.getgid()
    if _libc().unshare(what | _NEW_USER):
        return False
    for name, said in (("setgroups", "deny"), ("uid_map", f"{user} {user} 1"), ("gid_map", f"{group} {group} 1")):
        with suppress(OSError):
            Path("/proc/self", name).write_text(said)
    return True


def _own_disk(size: int) -> bool:
    """Make every file read-only, but for an empty disk in memory over `SCRATCH`."""
    libc = _libc()
    attributes = (ctypes.c_uint64 * 4)(_READ_ONLY, 0, 0, 0)
    return bool(
        libc.mount(b"none", b"/", None, _REC | _PRIVATE, None) == 0
        and libc.syscall(_MOUNT_SETATTR, _AT_FDCWD, b"/", _RECURSIVE, ctypes.byref(attributes), ctypes.sizeof(attributes)) == 0
        and libc.mount(b"tmpfs", bytes(SCRATCH), b"tmpfs", _NOSUID | _NODEV, f"size={size},nr_inodes=16384,mode=700".encode()) == 0
    )


# -- a child -------------------------------------------------------------------------------------------------------------


def bind(bounds: Bounds) -> None:
    """Put every bound on this process, for good. Call it in a child, before it sees the document."""
    os.setsid()
    _prctl(_DEATH_SIGNAL, signal.SIGKILL)
    for what, limits in limited(bounds):
        resource.setrlimit(what, limits)
    _give_up_rights()


@cache
def limited(bounds: Bounds) -> tuple[tuple[int, tuple[int, int]], ...]:
    """Return each limit of the operating system with its soft and its hard value. The nursery asks first, its children look it up."""
    wanted = {
        resource.RLIMIT_AS: (bounds.memory_bytes, max(bounds.memory_bytes, bounds.program_memory_bytes)),
        resource.RLIMIT_CPU: (bounds.cpu_seconds, bounds.cpu_seconds + 1),
        resource.RLIMIT_FSIZE: (bounds.written_bytes, bounds.written_bytes),
        resource.RLIMIT_NOFILE: (bounds.open_files, bounds.open_files),
        resource.RLIMIT_CORE: (0, 0),
    }
    if _counts_alone():
        wanted[resource.RLIMIT_NPROC] = (bounds.processes, bounds.processes)
    return tuple((what, _allowed(what, soft, hard)) for what, (soft, hard) in wanted.items())


def _allowed(what: int, soft: int, hard: int) -> tuple[int, int]:
    most = resource.getrlimit(what)[1]
    return (soft, hard) if most == resource.RLIM_INFINITY else (min(soft, most), min(hard, most))


def room_to_answer() -> None:
    """Let a process whose memory has run out say so."""
    if sys.platform != "win32":
        hard = resource.getrlimit(resource.RLIMIT_AS)[1]
        resource.setrlimit(resource.RLIMIT_AS, (hard, hard))


def _counts_alone() -> bool:
    """Say whether this process is not counted with the officer's others: a map of one user is that of `_unshare`."""
    with suppress(OSError, ValueError):
        return int(Path("/proc/self/uid_map").read_text().split()[2]) == 1
    return False


def _never_gain_rights() -> None:
    """See to it that no program which is run from here on has a right that its caller has not."""
    capability = 0
    while _prctl(_DROP_BOUNDING, capability):
        capability += 1
    _prctl(_NO_NEW_PRIVILEGES, 1)


def _give_up_rights() -> None:
    """Drop every capability, so that no wall can be taken down from inside."""
    header, none = (ctypes.c_uint32 * 2)(_CAPABILITY_VERSION, 0), (ctypes.c_uint32 * 6)()
    _libc().capset(ctypes.byref(header), ctypes.byref(none))


def _prctl(option: int, value: int) -> bool:
    return bool(_libc().prctl(option, value, 0, 0, 0) == 0)


# -- clearing up ---------------------------------------------------------------------------------------------------------


def sweep(child: int) -> bool:
    """Kill a child and everything that it started, and collect what is left of them.

    Args:
        child: its process id, which is also that of its group. It has not been collected before.

    Returns:
        False where something would not die.
    """
    until = time.monotonic() + _KILLED_WITHIN_S
    _kill_all(child)
    wait_for(child, _KILLED_WITHIN_S)
    while time.monotonic() < until:
        try:
            if not os.waitpid(-1, os.WNOHANG)[0]:
                time.sleep(0.001)
                _kill_all(child)
        except ChildProcessError:
            return True
    return False


def wait_for(child: int, seconds: float) -> None:
    """Wait until a child has ended, and leave it to be collected."""
    with suppress(OSError):
        ended = os.pidfd_open(child)
        try:
            select.select([ended], [], [], seconds)
        finally:
            os.close(ended)


def _kill_all(child: int) -> None:
    if os.getpid() == 1:
        _kill(-1)  # everything in this namespace but its first process
    else:
        _kill(-child)
        for orphan in _children():
            _kill(orphan)


def _kill(process: int) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.kill(process, signal.SIGKILL)


def _children() -> list[int]:
    """Return the processes that this one is to collect: its own and, as a subreaper, those that were cut loose."""
    with suppress(OSError):
        return [int(said) for said in Path("/proc/thread-self/children").read_text().split()]
    return []

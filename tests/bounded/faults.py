"""Parsers that misbehave on purpose, by name: what a stranger's file may make of any library. They run in a child and nowhere else."""

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from pipeline.errors import UnreadableError


def set_up(given: object) -> object:
    """Return what was given, as the desk."""
    return given


def run(desk: object, data: bytes, name: str) -> bytes:
    """Do what the document names: `fault` or `fault argument`."""
    fault, _, argument = data.decode().partition(" ")
    return FAULTS[fault](argument) or b"went on"


def hang(_: str) -> None:
    """Wait for something that never comes."""
    time.sleep(3_600)


def spin(_: str) -> None:
    """Loop for ever."""
    while True:
        pass


def spin_in_c(_: str) -> None:
    """Loop for ever where Python looks at no signal."""
    sum(range(10**15))


def deaf(_: str) -> None:
    """Sleep, and hear no signal that can be shut out."""
    signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
    while True:
        with suppress(BaseException):
            time.sleep(3_600)


def stopped(_: str) -> None:
    """Stop, as a job in the background."""
    os.kill(os.getpid(), signal.SIGSTOP)


def allocate(_: str) -> None:
    """Take memory for ever."""
    taken = []
    while True:
        taken.append(bytearray(2**24))


def one_large_allocation(_: str) -> None:
    """Ask for more than there is at once, as a lying length makes a parser do."""
    bytearray(2**40)


def memory_error_swallowed(_: str) -> None:
    """Take memory for ever, and never give up."""
    taken = []
    while True:
        with suppress(MemoryError):
            taken.append(bytearray(2**20))


def segfault(_: str) -> None:
    """Read where nothing is."""
    ctypes.string_at(0)


def abort(_: str) -> None:
    """Give up, as the C library does on a corrupt heap."""
    os.abort()


def killed(_: str) -> None:
    """Be ended as by somebody else."""
    os.kill(os.getpid(), signal.SIGKILL)


def leave(_: str) -> None:
    """Leave as if all were well."""
    sys.exit(0)


def leave_at_once(_: str) -> None:
    """Leave without a word."""
    os._exit(0)


def print_1_gb(_: str) -> None:
    """Print noise to both outputs."""
    for stream in (1, 2):
        for _turn in range(512):
            os.write(stream, b"noise " * 2**18)


def write_1_gb(_: str) -> None:
    """Fill the disk, in files of its own."""
    for number in range(64):
        Path(f"large-{number}").write_bytes(bytes(2**24))


def recurse(_: str) -> None:
    """Call itself until Python objects."""
    recurse(_)


def error(_: str) -> None:
    """Stumble, with words of the document in the message."""
    raise KeyError("secret words of the return")


def unreadable(_: str) -> None:
    """Say that the document cannot be read."""
    raise UnreadableError("encrypted", "The file is locked.", "Ask for it without its password.")


def fork(listener: str) -> None:
    """Leave a process behind that works on after the answer, in a session of its own. A socket hears its heart beat."""
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as to:
                while True:
                    to.sendto(b"beat", listener)
                    time.sleep(0.01)
        os._exit(0)
    time.sleep(0.2)


def fork_bomb(_: str) -> None:
    """Fork for ever, in small."""
    for _turn in range(200):
        with suppress(OSError):
            if os.fork() == 0:
                os.setsid()
                time.sleep(3_600)
    time.sleep(3_600)


def run_a_program(_: str) -> None:
    """Wait for a program that never ends."""
    subprocess.run(["sleep", "3600"], check=True)


def lie(_: str) -> None:
    """Write an answer that is none into whatever is open."""
    for descriptor in range(3, 64):
        with suppress(OSError):
            os.write(descriptor, b'\0\0\0\0\0\0\0\x08x{"a":1}')
    os._exit(0)


def promise_too_much(_: str) -> None:
    """Begin an answer of an exabyte."""
    os.write(3, b"\x0f" + bytes(7))
    time.sleep(3_600)


def half_an_answer(_: str) -> None:
    """End in the middle of an answer."""
    os.write(3, b"\0\0\0\0\0\0\0\xff+half")
    os._exit(0)


def answer_large(size: str) -> bytes:
    """Answer at length."""
    return b"x" * int(size)


def connect(port: str) -> bytes:
    """Call home."""
    try:
        with socket.create_connection(("127.0.0.1", int(port)), timeout=2):
            return b"connected"
    except OSError:
        return b"refused"


def write(path: str) -> bytes:
    """Write a file wherever it is told."""
    try:
        Path(path).write_text("written by a stranger")
    except OSError:
        return b"refused"
    return b"written"


def surroundings(_: str) -> bytes:
    """Tell the environment and the working folder, which it then makes hard to remove."""
    Path("locked").mkdir(mode=0)
    Path("x" * 200).write_text("left behind")
    return "\n".join([*(f"{name}={value}" for name, value in os.environ.items()), f"cwd={Path.cwd()}"]).encode()


FAULTS: dict[str, Callable[[str], bytes | None]] = {
    fault.__name__: fault
    for fault in (
        hang, spin, spin_in_c, deaf, stopped, allocate, one_large_allocation, memory_error_swallowed, segfault, abort, killed, leave,
        leave_at_once, print_1_gb, write_1_gb, recurse, error, unreadable, fork, fork_bomb, run_a_program, lie, promise_too_much,
        half_an_answer, answer_large, connect, write, surroundings,
    )
}  # fmt: skip
"""Source: the MockParser of Apache Tika, and the table of threats."""

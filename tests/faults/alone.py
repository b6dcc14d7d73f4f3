"""Run a program and see to it that no process of it is left.

    python -m tests.faults.alone PROGRAM ARGUMENT…

Ends as the program did (137 where it was killed), or with 99 where something of it still runs ten seconds later.
"""

import ctypes
import os
import signal
import subprocess
import sys
from typing import NoReturn

LEFT_BEHIND = 99
_BECOME_SUBREAPER = 36
_PATIENCE_S = 10


def main(command: list[str]) -> int:
    """Run a command, and wait for every process that it leaves."""
    ctypes.CDLL(None).prctl(_BECOME_SUBREAPER, 1, 0, 0, 0)
    code = subprocess.run(command).returncode
    signal.signal(signal.SIGALRM, _give_up)
    signal.alarm(_PATIENCE_S)
    try:
        while True:
            os.wait()
    except ChildProcessError:
        return code if code >= 0 else 128 - code


def _give_up(*_: object) -> NoReturn:
    os._exit(LEFT_BEHIND)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

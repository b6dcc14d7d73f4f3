"""Is another program still writing a file?"""

import fcntl
import signal


def is_being_written(descriptor: int) -> bool:
    """Say whether any program has the file open for writing, where the system can tell.

    Linux grants a read lease on a file only while nobody has it open for writing. The lease is given back at once; a program
    that opens the file in between waits that long, and what it makes the system send us is a signal that is ignored by default.

    Args:
        descriptor: of the file, opened for reading.

    Returns:
        False also where the system has no leases (macOS) or grants none here (a network folder, another user's file).

    Source: fcntl(2), "Leases".
    """
    if not hasattr(fcntl, "F_SETLEASE"):
        return False
    try:
        fcntl.fcntl(descriptor, fcntl.F_SETSIG, signal.SIGURG)
        fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_RDLCK)
        fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_UNLCK)
    except BlockingIOError:
        return True
    except OSError:
        return False
    return False

"""What happens to one document, in the process that is there for it alone.

Whatever it raises becomes an answer. Of an error that nobody foresaw it tells the kind and the place in the program, not the words:
they may be those of the return.
"""

import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from pipeline.bounded import answers
from pipeline.bounded.bounds import Bounds
from pipeline.bounded.system import room_to_answer
from pipeline.errors import UnreadableError


def answer(run: Callable[[bytes, str], bytes], data: bytes, name: str, bounds: Bounds) -> bytes:
    """Return what a child says of a document: a tag of `answers.FROM_A_CHILD` and its words.

    Args:
        run: what is done with it.
        data: the document.
        name: what it was called.
        bounds: for the sentence that tells them.
    """
    try:
        return answers.SAID + bytes(run(data, name))
    except UnreadableError as error:
        return answers.UNREADABLE + answers.unreadable(str(error.reason), str(error), error.hint)
    except MemoryError:
        room_to_answer()
        return answers.UNREADABLE + answers.memory(bounds.memory_bytes)
    except RecursionError:
        return answers.UNREADABLE + answers.crashed("it is nested too deeply")
    except BaseException as error:
        return answers.UNREADABLE + answers.crashed(_told(error))


def _told(error: BaseException) -> str:
    return f"{type(error).__name__}{_where(error.__traceback__)}"


def _where(trace: TracebackType | None) -> str:
    """Return the last place in the program, not in a library, as ` in pipeline/read/…, line 12`."""
    here = Path(__file__).parent
    for frame in reversed(traceback.extract_tb(trace)):
        path = Path(frame.filename)
        if path.is_relative_to(here.parent) and path.parent != here:
            return f" in pipeline/{path.relative_to(here.parent).as_posix()}, line {frame.lineno}"
    return ""

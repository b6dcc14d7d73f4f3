"""Which pages of a return are not there: by the numbers that are printed on those that are.

Knows page numbers and which fields a document holds, nothing of files.
"""

from collections.abc import Iterator, Sequence

from pipeline.model.documents import Note, PageNumber
from pipeline.model.forms import Form
from pipeline.model.records import Answer, State

LACKING = "missing-page"
_MOST = 40
"""Pages of a form. Where more are counted, the form is a part of a larger document, whose other pages nobody asked for."""


def lacking(pages: Sequence[PageNumber], answers: Sequence[Answer], form: Form) -> Iterator[Note]:
    """Yield a note that names the pages which are missing, if any are.

    Pages before the first that is there are not missed where that one holds the form's first field: they are guidance, or another document.

    Args:
        pages: the numbers of the pages that are there.
        answers: what was found on them.
        form: for its first field.
    """
    totals = {page.of for page in pages}
    if len(totals) != 1 or (of := totals.pop()) > _MOST:
        return
    there = {page.number for page in pages}
    first = min(there) if _begins(answers, form) else 1
    runs = [*_runs([number for number in range(first, of + 1) if number not in there])]
    if runs:
        which = " and ".join(str(start) if start == end else f"{start} to {end}" for start, end in runs)
        many = len(runs) > 1 or runs[0][0] != runs[0][1]
        yield Note(LACKING, f"{'Pages' if many else 'Page'} {which} of {of} {'are' if many else 'is'} not among the pages that came.")


def _begins(answers: Sequence[Answer], form: Form) -> bool:
    """Say whether the first field of a form is there, answered or not."""
    first = next(iter(form.fields), "")
    return any(answer.field == first or answer.field.startswith((f"{first}.", f"{first}[")) for answer in answers if _there(answer))


def _there(answer: Answer) -> bool:
    return answer.state is not State.REMOVED


def _runs(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield the first and last of each run of numbers that follow one another."""
    for at, number in enumerate(numbers):
        if not at or numbers[at - 1] != number - 1:
            length = next((n for n in range(1, len(numbers) - at) if numbers[at + n] != number + n), len(numbers) - at)
            yield number, number + length - 1

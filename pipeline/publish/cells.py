"""Text as a cell of a spreadsheet may hold it: words of a return never become a formula, a link or a number."""

import re

from pipeline.publish.runs import legal

LONGEST = 32_767
"""Characters that a cell can hold. Source: Excel specifications and limits."""

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""What spreadsheet programs take for the start of a formula, the full-width forms that some of them fold included.

Source: OWASP, "CSV Injection"."""

_FORMULA = re.compile(rf"[\s\ufeff]*[{re.escape(''.join(FORMULA_STARTS))}]|[\t\r]")


def guarded(text: str) -> str:
    """Return a text for a CSV file: an apostrophe goes before one that a spreadsheet program would take for a formula."""
    text = legal(text)
    return f"'{text}" if _FORMULA.match(text) else text


def fitting(text: str, elsewhere: str) -> str:
    """Return a text for a cell of a workbook: at most as long as a cell can hold.

    Args:
        text: of any length.
        elsewhere: where the whole text stands: "the Word annex".
    """
    text = legal(text)
    cut = f" … (cut here: {elsewhere} has the whole text)"
    return text if len(text) <= LONGEST else text[: LONGEST - len(cut)] + cut

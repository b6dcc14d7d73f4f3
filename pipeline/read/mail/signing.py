"""Where a mail's own words end and its signature begins: the close, name and ways to reach the sender, and what mail servers add."""

import re

from pipeline.model.documents import Table
from pipeline.read.mail.lines import Line

_SEPARATOR = re.compile(r"\s*--\s?$")
_CLOSE = re.compile(
    r"\s*((with )?(very )?(kind(est)?|best|warm(est)?) (regards|wishes)|(with )?regards|best|all the best|(many|with) thanks"
    r"|thanks( again| in advance)?|thank you|yours (sincerely|faithfully|truly|ever)|sincerely|cheers|rgds|kr|br)"
    r"( and .{3,20})?\s*([,.!–-]+\s*(\w[\w.’' -]{0,40})?)?$",
    re.IGNORECASE,
)
_GREETING = re.compile(r"\s*(dear|hi|hello|hiya|good (morning|afternoon|evening)|all)\b[^.:]{0,60}[,.!:-]?\s*$", re.IGNORECASE)
_CONTACT = re.compile(
    r"@[\w-]+\.\w|\b(https?://|www\.)|(?<!\d)(\+44|\(?0)[\d\s()-]{8,}\d|\b[A-Z]{1,2}\d[A-Z\d]?\s*\d[A-Z]{2}\b"
    r"|^\s*(tel|t|mob(ile)?|m|direct( dial| line)?|ddi|fax|f|e-?mail|e|web(site)?|w|switchboard|ext(ension)?|twitter|address)\b\.?\s*[:.]",
    re.IGNORECASE,
)
_LABEL = re.compile(r"\s*[^:]{2,80}:(\s|$)|\s*([-•*o]|\d{1,2}[.)]|\([a-z\d]{1,3}\))\s")
_NOTICE = re.compile(
    r"[*_\s]*((this|the) (e-?mail|message|communication|transmission)\b"
    r".{0,160}\b(confidential|intended|privileged|virus|scanned|swept|monitored|sent by)"
    r"|(any )?(views|opinions) (expressed|of the author)|disclaimer\b|confidentiality( notice)?\b"
    r"|caution:|\[?external( e-?mail| sender)?\]?\s*:?\s*(this|do not|$)|warning: this (e-?mail|message)"
    r"|please consider the environment|(please )?think before you print|save paper"
    r"|sent from (my|the|outlook|yahoo|mail for)\b|get outlook for|sent via "
    r"|if you (are not the|have received this|received this (e-?mail|message))|e-?mails? (may|are) (be )?(monitored|recorded)"
    r"|this footnote (also )?confirms|click here to report)",
    re.IGNORECASE | re.DOTALL,
)
_NOTICED = 400
"""Characters in which a notice shows itself."""
_LONGEST = 90
"""Characters of a line of a signature."""
_MOST = 12
"""Lines of a signature."""
_NAMES = 5
"""Of them, lines that say no way to reach the sender: the name, the post, the body, a street."""


def greets(text: str) -> bool:
    """Say whether a line only greets."""
    return len(text) <= _LONGEST and bool(_GREETING.match(text))


def signed(lines: list[Line]) -> list[str]:
    """Say of each line of a mail's own words whether it is "signature"; "" for the others.

    Behind the sign "-- " everything is (RFC 3676, 4.3). Otherwise it begins with a close on a line of its own, and goes on through the
    lines that follow at once, and those behind a gap that say how to reach somebody. A line with a label is an answer and ends it.
    """
    result = [""] * len(lines)
    at = 0
    while at < len(lines):
        line = lines[at]
        if _SEPARATOR.match(line.text):
            result[at:] = ["signature"] * (len(lines) - at)
            break
        end = _notice(lines, at) or (_end(lines, at) if _closes(line) else at)
        result[at:end] = ["signature"] * (end - at)
        at = max(end, at + 1)
    return result


def _closes(line: Line) -> bool:
    return len(line.text) <= _LONGEST and not line.blank and bool(_CLOSE.match(line.text))


def _notice(lines: list[Line], at: int) -> int:
    """Return the end of a notice that a mail server adds, its lines up to a gap; 0 where none begins here."""
    together = " ".join(line.text[:_NOTICED] for line in lines[at : at + 3] if not line.blank)
    if lines[at].blank or not (_NOTICE.match(lines[at].text[:_NOTICED]) or _NOTICE.match(together[:_NOTICED])):
        return 0
    end = at + 1
    if lines[at].block is None:
        while end < len(lines) and not lines[end].blank and not _LABEL.match(lines[end].text):
            end += 1
    return end


def _end(lines: list[Line], at: int) -> int:
    """Return where a signature that begins with its close at a line ends."""
    end, gap, named, unreachable = at + 1, False, 0, 0
    for place in range(at + 1, len(lines)):
        line = lines[place]
        if line.blank:
            gap = gap or bool(named)
            continue
        strange = isinstance(line.block, Table) or len(line.text) > _LONGEST or named >= _MOST or _SEPARATOR.match(line.text)
        reaches = not strange and bool(_CONTACT.search(line.text))
        if strange or (not reaches and (gap or unreachable >= _NAMES or _LABEL.match(line.text))):
            break
        named += 1
        unreachable += not reaches
        end = place + 1
    return end

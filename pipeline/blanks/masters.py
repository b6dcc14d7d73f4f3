"""Prove that a Word master and its form agree, both ways, before anybody is sent a blank."""

from collections.abc import Iterator
from pathlib import Path

from pipeline.blanks.audit import Audit
from pipeline.blanks.controls import PARAGRAPH, SDT
from pipeline.blanks.facts import state_words
from pipeline.blanks.identity import RELATED
from pipeline.errors import SetupError, UnreadableError
from pipeline.model.forms import Form
from pipeline.ooxml.names import q
from pipeline.ooxml.package import Package
from pipeline.ooxml.traces import without_traces

MASTER = "proforma.docx"
"""The file name of the master of a kit's form."""
DOCUMENT = "word/document.xml"
SETTINGS = "word/settings.xml"
_NEEDED = ("[Content_Types].xml", "_rels/.rels", DOCUMENT, RELATED, SETTINGS)


def check_master(master: Path, form: Form) -> tuple[str, ...]:
    """Return what is wrong with a master, a line each: where – what – what to do. Nothing where it can be used.

    Args:
        master: the Word document.
        form: the form that it is the layout of.

    Raises:
        SetupError: there is no such file, or it is no Word document.
    """
    package = opened(master)
    document, *others = [package.xml(name) for name in (DOCUMENT, *margins(package))]
    for part in (document, *others):
        state_words(part, form)
    return Audit(master.name, form).mistakes(document, others)


def fixed_words(master: Path) -> Iterator[str]:
    """Yield what the paragraphs of a master say by themselves, without what controls within them show.

    Raises:
        SetupError: there is no such file, or it is no Word document.
    """
    package = opened(master)
    for name in (DOCUMENT, *margins(package)):
        for paragraph in package.xml(name).iter(PARAGRAPH):
            own = (run for run in paragraph.iter(q("w:t")) if next(run.iterancestors(SDT, PARAGRAPH)) is paragraph)
            if words := "".join(run.text or "" for run in own).strip():
                yield words


def opened(master: Path) -> Package:
    """Open a master.

    Raises:
        SetupError: there is no such file, or it is no Word document.
    """
    advice = "Put the Word master back, save it as a Word document (.docx), or draw it anew with the kit's draw_proforma.py."
    try:
        package = Package(without_traces(master.read_bytes()))
        missing = next((name for name in _NEEDED if name not in package), "")
        for name in () if missing else (*_NEEDED, *margins(package)):
            package.xml(name)
    except OSError as error:
        raise SetupError(f"The Word master {master} cannot be opened: {error.strerror}.", advice) from error
    except UnreadableError as error:
        raise SetupError(f"The Word master {master} is no Word document. {error}", advice) from error
    if missing:
        raise SetupError(f"The Word master {master} is no Word document: it has no {missing}.", advice)
    return package


def margins(package: Package) -> Iterator[str]:
    """Yield the names of the headers and footers."""
    return (name for name in package.names if name.startswith(("word/header", "word/footer")) and name.endswith(".xml"))

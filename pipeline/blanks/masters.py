"""Prove that a Word master and its form agree, both ways, before anybody is sent a blank."""

from collections.abc import Iterator
from pathlib import Path

from pipeline.blanks.audit import Audit
from pipeline.blanks.identity import RELATED
from pipeline.errors import SetupError, UnreadableError
from pipeline.model.forms import Form
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
    audit = Audit(master.name, form)
    return audit.mistakes(package.xml(DOCUMENT), [package.xml(name) for name in margins(package)])


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

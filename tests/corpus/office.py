"""Save a return as another program's document: LibreOffice opens what Word wrote and saves it anew.

Many returns are saved by one call; what was saved once is kept in the folder for temporary files, by what it was made from.
"""

import hashlib
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

FORMATS = {
    "docx": "docx:MS Word 2007 XML",
    "odt": "odt:writer8",
    "rtf": "rtf:Rich Text Format",
    "doc": "doc:MS Word 97",
    "pdf": "pdf:writer_pdf_Export",
    "html": "html:HTML (StarWriter)",
}
"""LibreOffice's filters, by the ending of the file."""
_SECONDS = 600


def saved_as(documents: Mapping[str, bytes], ending: str) -> dict[str, bytes]:
    """Return Word documents as LibreOffice saves them.

    Args:
        documents: by name.
        ending: of `FORMATS`.

    Raises:
        RuntimeError: LibreOffice is missing, or made nothing of a document.
    """
    kept = Path(tempfile.gettempdir()) / "proforma-corpus" / ending
    kept.mkdir(parents=True, exist_ok=True)
    names = {name: hashlib.sha256(data).hexdigest()[:32] for name, data in documents.items()}
    missing = {own: documents[name] for name, own in names.items() if not (kept / f"{own}.{ending}").exists()}
    if missing:
        _save(missing, ending, kept)
    return {name: (kept / f"{own}.{ending}").read_bytes() for name, own in names.items()}


def _save(documents: Mapping[str, bytes], ending: str, kept: Path) -> None:
    office = shutil.which("soffice")
    if office is None:
        raise RuntimeError("LibreOffice is needed: apt-get install libreoffice-writer")
    with tempfile.TemporaryDirectory(prefix="proforma-corpus-") as aside:
        source, made = Path(aside) / "from", Path(aside) / "to"
        source.mkdir()
        for name, data in documents.items():
            (source / f"{name}.docx").write_bytes(data)
        profile = f"-env:UserInstallation={(Path(aside) / 'profile').as_uri()}"
        command = [
            office,
            profile,
            "--headless",
            "--convert-to",
            FORMATS[ending],
            "--outdir",
            str(made),
            *map(str, sorted(source.iterdir())),
        ]
        subprocess.run(command, check=True, capture_output=True, timeout=_SECONDS)
        for name in documents:
            file = made / f"{name}.{ending}"
            if not file.exists():
                raise RuntimeError(f"LibreOffice made no {ending} of a return")
            shutil.copyfile(file, kept / file.name)

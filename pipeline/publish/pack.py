"""The data pack: what was answered as open data, without personal details, with a descriptor that says what each file and each column is.

Source: Data Package (v1) and Table Schema of Frictionless Data, specs.frictionlessdata.io.
"""

import io
import json
from collections.abc import Callable, Mapping
from hashlib import sha256
from pathlib import Path
from typing import IO, Any

from pipeline.publish.data import COLUMNS, FINDING_COLUMNS, Data, write_csv, write_findings, write_json
from pipeline.publish.files import put
from pipeline.publish.publication import public_data

DESCRIPTOR = "datapackage.json"

_TOLD = {
    "partnership": "The partnership's id in the register.",
    "name": "What the partnership is called.",
    "field": "The path of the answer in the form, items of a repeat counted from 1.",
    "value": "As it was understood: dates in ISO 8601, a choice by the name of its term.",
    "state": "given, blank, not-applicable or removed: three ways of not answering are three things.",
    "quote": "The words of the return, as they stand there.",
    "file": "The name that the return came with.",
    "place": "Where the words begin in it.",
    "method": "How they were found.",
    "confidence": "How sure that is: the share of answers found this way that are right.",
    "sha256": "Of the return's bytes.",
    "code": "The rule that noticed it.",
    "severity": "How much it matters.",
    "message": "What the partnership is asked.",
}
_STATES = ("given", "blank", "not-applicable", "removed")
_SEVERITIES = ("error", "query", "warning", "info")

_TABLES: Mapping[str, tuple[str, tuple[str, ...], Callable[[IO[bytes], Data], None]]] = {
    "answers": ("A row for each answer of the return that counts of each partnership.", COLUMNS, write_csv),
    "findings": ("A row for each thing that a rule noticed.", FINDING_COLUMNS, write_findings),
}


def write_pack(folder: Path, data: Data) -> tuple[Path, ...]:
    """Write the data pack, without personal details. A file that would not change is left as it lies.

    Args:
        folder: where it goes.
        data: what is exported.

    Returns:
        The files; the descriptor is the last.

    Raises:
        SetupError: the folder or the disk does not take it.
    """
    data = public_data(data)
    made, resources = [], []
    for name, (title, columns, write) in _TABLES.items():
        path, written = _written(folder / f"{name}.csv", data, write)
        made.append(path)
        fields = [_field(column) for column in columns]
        resources.append(_resource(name, title, path, written, "csv", "text/csv") | {"encoding": "utf-8", "schema": {"fields": fields}})
        resources[-1] |= {"profile": "tabular-data-resource", "dialect": {"caseSensitiveHeader": True}}
    path, written = _written(folder / "records.json", data, write_json)
    title = "The same answers nested as the form nests them, with all that is left over of each return."
    resources.append(_resource("records", title, path, written, "json", "application/json"))
    text = json.dumps(_package(data, resources), ensure_ascii=False, indent=2) + "\n"
    return (*made, path, put(folder / DESCRIPTOR, lambda target: _put(target, text.encode())))


def _written(path: Path, data: Data, write: Callable[[IO[bytes], Data], None]) -> tuple[Path, bytes]:
    content = io.BytesIO()
    write(content, data)
    return put(path, lambda target: _put(target, content.getvalue())), content.getvalue()


def _put(target: IO[bytes], content: bytes) -> None:
    target.write(content)


def _resource(name: str, title: str, path: Path, content: bytes, format_: str, kind: str) -> dict[str, Any]:
    size = {"bytes": len(content), "hash": f"sha256:{sha256(content).hexdigest()}"}
    return {"name": name, "path": path.name, "title": title, "format": format_, "mediatype": kind, **size}


def _field(column: str) -> dict[str, Any]:
    field: dict[str, Any] = {"name": column, "type": "number" if column == "confidence" else "string", "description": _TOLD[column]}
    if column == "confidence":
        field["constraints"] = {"minimum": 0, "maximum": 1}
    if column in ("state", "severity"):
        field["constraints"] = {"enum": list(_STATES if column == "state" else _SEVERITIES), "required": True}
    return field


def _package(data: Data, resources: list[dict[str, Any]]) -> dict[str, Any]:
    round_ = data.round
    share = f"{len(data.records)} of {len(round_.partnerships)}"
    about = f"What {share} partnerships answered to “{round_.form.title}”, each answer with its source; without personal details."
    return {"profile": "data-package", "name": round_.id, "title": round_.name, "description": about, "resources": resources}

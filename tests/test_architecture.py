"""The laws that hold between the parts of the program, read from its own text (docs/design.md)."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from pipeline.model.forms import Form
from pipeline.rounds.kit import read_form

ROOT = Path(__file__).parent.parent
SOURCES = sorted((ROOT / "pipeline").rglob("*.py"))

SEE_SEVERAL = ("flow", "desk", "cli", "review")
"""They know the order of the stages, or show what came of it."""

SHARED = ("model", "errors", "settings", "tools", "ooxml", "grammar")
"""What a stage may import besides itself."""

BELOW = {
    "model": ("model", "errors", "settings"),
    "errors": (),
    "settings": (),
    "ooxml": ("ooxml", "errors", "settings"),
    "grammar": ("grammar", "model"),
}
"""What is shared stands on less still."""

ORDINARY = frozenset(
    ("partnership", "chair", "introduction", "title", "group", "focus", "objectives", "context", "text", "policies", "due", "what")
) | {"measure", "measures", "pledge", "status", "relevance", "name", "email", "phone", "priorities"}
"""Keys of the sample form that are also words of this program or of English: a name in Python that is one of them says nothing.
`priorities` is also the name of the kit."""


@cache
def tree(path: Path) -> ast.Module:
    """Return a source file as Python sees it."""
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def shown(path: Path) -> str:
    return str(path.relative_to(ROOT))


def part(path: Path) -> str:
    """Return the part of the program that a file belongs to: its folder in pipeline/, or its own name."""
    return path.relative_to(ROOT / "pipeline").parts[0].removesuffix(".py")


def imported(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the parts of the program that a file imports, with the line."""
    for node in ast.walk(tree(path)):
        if not isinstance(node, ast.Import | ast.ImportFrom):
            continue
        modules = [alias.name for alias in node.names]
        if isinstance(node, ast.ImportFrom):
            assert not node.level, f"{shown(path)}, line {node.lineno}: imports are written in full"
            modules = [f"pipeline.{alias.name}" for alias in node.names] if node.module == "pipeline" else [node.module or ""]
        for module in modules:
            if module.startswith("pipeline.") and not module.endswith("__version__"):
                yield node.lineno, module.split(".")[1]


def test_a_stage_imports_no_other_stage() -> None:
    """Design: only flow, cli and review see several."""
    wrong = []
    for path in SOURCES:
        own = part(path)
        if own in SEE_SEVERAL:
            continue
        allowed = BELOW.get(own, (*SHARED, own))
        wrong += [f"{shown(path)}, line {line}: imports {other}" for line, other in imported(path) if other not in allowed]
    assert wrong == []


def test_what_sets_a_paper_knows_neither_plans_nor_masters() -> None:
    """Design: it takes a Word file."""
    wanted = re.compile(r"from pipeline\.(publish\.(?!setting\.)|model)")
    assert [shown(path) for path in SOURCES if path.parent.name == "setting" and wanted.search(path.read_text(encoding="utf-8"))] == []


def test_nothing_but_the_command_line_and_the_journey_knows_the_command_line() -> None:
    """The core can be used without it."""
    assert [shown(path) for path in SOURCES if part(path) != "cli" and any(other == "cli" for _, other in imported(path))] == []


def test_strangers_xml_is_parsed_in_one_place() -> None:
    """Threats, XXE: one hardened parser, and no other way to XML. Escaping parses nothing, nor does the name of an error."""
    forbidden = re.compile(
        r"etree\.(fromstring|fromstringlist|parse|iterparse|XML|HTML|XMLID|XMLParser|XMLPullParser|HTMLParser)\b"
        r"|lxml\.etree import (?!_Element )|(?<!l)xml\.etree(?!\.ElementTree import ParseError$)"
        r"|xml\.sax(?!\.saxutils)|xml\.dom|minidom|expat"
    )
    found = [
        f"{shown(path)}, line {number}: {line.strip()}"
        for path in SOURCES
        if path != ROOT / "pipeline" / "ooxml" / "xml.py"
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if forbidden.search(line)
    ]
    assert found == []


def docstrings(path: Path) -> set[int]:
    """Return the identities of the strings that explain and do nothing."""
    return {id(node.value) for node in ast.walk(tree(path)) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)}


def words(path: Path) -> Iterator[tuple[int, str]]:
    """Yield every name and every text that the program acts on, with the line."""
    explaining = docstrings(path)
    for node in ast.walk(tree(path)):
        line = getattr(node, "lineno", 0)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in explaining:
            yield line, node.value
        for name in ("id", "attr", "arg", "name"):
            if isinstance(said := getattr(node, name, None), str):
                yield line, said


def forms() -> list[Form]:
    """Return the form of every kit that comes with the program."""
    return [read_form(path.parent)[0] for path in sorted((ROOT / "templates").glob("*/form.yaml"))]


def test_no_python_file_knows_the_fields_of_a_form() -> None:
    """Law 1: a new form needs no new code. Docstrings may use the sample form's fields as examples; the program may not."""
    keys = {key for form in forms() for path, _ in form.walk() for key in path.split(".")}
    telling = keys - ORDINARY
    assert {"year_priorities", "achievements", "laa_targets", "sub_groups"} <= telling
    assert {"lead_officer", "cabinet_member", "contact_officer", "deliverables", "pledges", "pledges_text", "business_plans"} <= telling
    wanted = re.compile(rf"\b({'|'.join(sorted(telling))})\b")
    found = [f"{shown(path)}, line {line}: {text}" for path in SOURCES for line, text in words(path) if wanted.search(text)]
    assert found == []


def public(body: list[ast.stmt], inside: str = "") -> Iterator[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef]]:
    """Yield the public classes, functions and methods of a module."""
    for node in body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            yield inside + node.name, node
            if isinstance(node, ast.ClassDef):
                yield from public(node.body, f"{node.name}.")


def test_everything_public_is_explained() -> None:
    """Style: docstrings on modules, classes, functions and methods."""
    silent = [shown(path) for path in SOURCES if path.stat().st_size and not ast.get_docstring(tree(path))]
    silent += [f"{shown(path)}: {name}" for path in SOURCES for name, node in public(tree(path).body) if not ast.get_docstring(node)]
    assert silent == []


def composed(node: ast.expr) -> bool:
    """Say whether a statement is put together from values, other than constants of the program.

    `PRAGMA` is SQLite's own settings: it takes no parameters, and a stranger's words never come near it.
    """
    if isinstance(node, ast.JoinedStr):
        first = node.values[0]
        if isinstance(first, ast.Constant) and str(first.value).startswith("PRAGMA "):
            return False
        filled = [part.value for part in node.values if isinstance(part, ast.FormattedValue)]
        return any(not (isinstance(value, ast.Name) and value.id.isupper()) for value in filled)
    if isinstance(node, ast.Call):
        return isinstance(node.func, ast.Attribute) and node.func.attr in ("format", "format_map", "join")
    return isinstance(node, ast.BinOp)


def test_no_statement_of_the_database_is_put_together_from_text() -> None:
    """Threats, SQL injection: parameters only."""
    calls = ("execute", "exec_driver_sql", "executemany", "text", "scalar", "scalars")
    found = [
        f"{shown(path)}, line {node.lineno}"
        for path in SOURCES
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and node.args
        and composed(node.args[0])
        and (node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")) in calls
        and part(path) == "store"
    ]
    assert found == []


@pytest.mark.parametrize("statement", ['f"SELECT {name}"', '"SELECT " + name', '"SELECT {}".format(name)', '"SELECT %s" % name'])
def test_such_a_statement_would_be_found(statement: str) -> None:
    """The test above tests something."""
    assert composed(ast.parse(statement, mode="eval").body)


def test_no_file_is_one_of_leftovers() -> None:
    """Style: names are an officer's words."""
    vague = {"utils", "util", "helpers", "helper", "misc", "common", "manager", "handler", "processor", "engine"}
    assert [shown(path) for path in SOURCES if path.stem in vague or path.parent.name in vague] == []

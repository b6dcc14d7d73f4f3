"""The register: who is asked. A workbook `partnerships.xlsx`, or `partnerships.csv`, that officers keep.

The program itself knows a few columns (`COLUMNS`). The kit's form decides what else is used, by its prefills; every other column is kept.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from pipeline.errors import SetupError
from pipeline.model.forms import Field, FieldType, Form, Term
from pipeline.model.rounds import Partnership
from pipeline.rounds.mistakes import Mistakes, suggestion
from pipeline.rounds.naming import column_name, folded, identifier, initials
from pipeline.rounds.round_file import read_address
from pipeline.rounds.tables import Cell, Sheet, is_error, read_table

WORKBOOK, CSV, SHEET = "partnerships.xlsx", "partnerships.csv", "Register"
EXAMPLE = "Example Partnership"
"""The row that `proforma init` writes to show how a row looks."""

COLUMNS: Mapping[str, str] = {
    "name": "What the partnership is called. The only column that must be filled in.",
    "code": "Two to eight capitals and digits, different in every row: part of the reference on the blank. "
    "Where empty, the name’s initials.",
    "aliases": "Other names and abbreviations that people use for it, one a line or with “;” between them.",
    "lineage": "What it was called before, or the bodies that it follows, one a line or with “;” between them.",
    "annex_name": "What the annex prints. A cell left empty prints nothing; where no cell of the column is filled in, names are printed.",
    "chair_email": "Where the proforma is sent. Where empty, it goes to the contact officer.",
    "kind": "What sort of body it is: statutory, business led …",
    "id": "What the store calls it: lower case with hyphens. Where empty, it is made from the name; "
    "fill it in with the old id when a name changes in the middle of a round.",
}
"""The columns that the program itself knows, and what to write in them."""

LISTS = ("aliases", "lineage")
"""Those of them that hold several values."""

_CODE = re.compile(r"[A-Z0-9]{2,8}")
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class Register(NamedTuple):
    """The register as its file says it, before the kit is asked what the columns mean."""

    where: str
    rows: tuple[Mapping[str, Cell], ...]
    """A row for each partnership: its cells by column name. Every row has a name."""
    columns: frozenset[str]
    """The columns of the register and the names of its lists on sheets of their own."""
    sheets: tuple[Sheet, ...]
    """Further sheets that begin with a column “Partnership”: one value a row, the list named as the sheet."""
    warnings: tuple[str, ...]


def read_register(folder: Path) -> Register:
    """Read the register of a round folder.

    Raises:
        SetupError: there is none, it cannot be read, it is empty, or rows have no name.
    """
    path, warnings = _find(folder)
    sheets = read_table(path)
    main = _main_sheet(path.name, sheets)
    mistakes = Mistakes()
    for double in main.doubles:
        mistakes.add(double.where, f"the heading “{double.text}” stands there a second time", "give one of the two another heading")
    if "name" not in main.headings:
        mistakes.add(main.where, "there is no column “Name”", "write “Name” over the column with the names of the partnerships")
    elif not main.rows:
        mistakes.add(main.where, "the register is empty", "write one partnership a row below the headings")
    for row in main.rows:
        for cell in row.values():
            if is_error(cell):
                mistakes.add(cell.where, f"Excel shows “{cell.text}”", "correct the formula, or write the value")
        if "name" in row and not row["name"].text:
            mistakes.add(row["name"].where, "the row has no name", "write the partnership’s name, or delete the row")
    mistakes.stop_if_any(f"{path.name} cannot be used", "Correct the cells named and save the file.")
    further = tuple(sheet for sheet in sheets if sheet is not main and next(iter(sheet.headings), "") == "partnership")
    columns = frozenset(main.headings) | {column_name(sheet.name) for sheet in further}
    return Register(main.where, main.rows, columns, further, warnings)


def _find(folder: Path) -> tuple[Path, tuple[str, ...]]:
    workbook, text = folder / WORKBOOK, folder / CSV
    if workbook.is_file():
        both = f"{CSV}: register – there is also {WORKBOOK} – only {WORKBOOK} is used"
        return workbook, (both,) if text.is_file() else ()
    if text.is_file():
        return text, ()
    mistake = f"{WORKBOOK}: there is no register – write the partnerships into {WORKBOOK} or {CSV}, beside round.yaml"
    raise SetupError("The round has no register.", "`proforma init` makes a register to fill in.", (mistake,))


def _main_sheet(file: str, sheets: tuple[Sheet, ...]) -> Sheet:
    for sheet in sheets:
        if sheet.name.casefold() in ("", SHEET.casefold()):
            return sheet
    if len(sheets) == 1:
        return sheets[0]
    names = "; ".join(sheet.name for sheet in sheets)
    mistake = f"{file}: there is no sheet “{SHEET}” (there are: {names}) – rename the sheet with the partnerships “{SHEET}”"
    raise SetupError(f"{file} cannot be used.", "Correct it and save it.", (mistake,))


def enrol(register: Register, form: Form, vocabularies: Mapping[str, tuple[Term, ...]]) -> tuple[Partnership, ...]:
    """Make the partnerships of a round from its register.

    Args:
        register: the rows.
        form: says which columns are addresses, choices and lists.
        vocabularies: what a choice may be, by name.

    Returns:
        The partnerships in the register's order. Choices are the names of their terms, whichever alias the register used.

    Raises:
        SetupError: with every cell that cannot stand.
    """
    mistakes = Mistakes()
    fields = {field.prefill: (path, field) for path, field in form.walk() if field.prefill}
    listed = {*LISTS, *(column for column, (path, field) in fields.items() if is_list(form, path, field))}
    named_in_annex = any(row["annex_name"].text for row in register.rows if "annex_name" in row)
    partnerships = [_partnership(row, fields, listed, vocabularies, named_in_annex, mistakes) for row in register.rows]
    _check_unique(register, partnerships, mistakes)
    lists = [dict(partnership.lists) for partnership in partnerships]
    for sheet in register.sheets:
        _add_list(sheet, partnerships, lists, mistakes)
    mistakes.stop_if_any(f"{register.where} cannot be used", "Correct the cells named and save the file.")
    return tuple(
        Partnership(partnership.id, partnership.code, partnership.name, partnership.columns, own)
        for partnership, own in zip(partnerships, lists, strict=True)
    )


def is_list(form: Form, path: str, field: Field) -> bool:
    """Say whether a prefill fills a repeat: one item for each line of its column."""
    parent = path.rpartition(".")[0]
    return parent in form.repeats and field.type is not FieldType.CHOICE


def _partnership(
    row: Mapping[str, Cell],
    fields: Mapping[str, tuple[str, Field]],
    listed: set[str],
    vocabularies: Mapping[str, tuple[Term, ...]],
    named_in_annex: bool,
    mistakes: Mistakes,
) -> Partnership:
    name = row["name"]
    columns = {column: cell.text for column, cell in row.items()}
    for column, (_, field) in fields.items():
        if columns.get(column):
            columns[column] = _checked(row[column], field, vocabularies, mistakes)
    if not named_in_annex:
        columns["annex_name"] = name.text
    columns["code"] = code = _code(row.get("code"), name, mistakes)
    identity = columns.get("id") or identifier(name.text) or code.lower()
    if not _ID.fullmatch(identity):
        mistakes.add(row.get("id", name).where, f"“{identity}” is no id", "write lower-case letters and digits with hyphens between words")
    lists = {column: _lines(columns.get(column, "")) for column in sorted(listed)}
    return Partnership(identity, code, name.text, columns, lists)


def _code(cell: Cell | None, name: Cell, mistakes: Mistakes) -> str:
    code = cell.text if cell else ""
    if code and not _CODE.fullmatch(code):
        mistakes.add((cell or name).where, f"“{code}” is no code", "write two to eight capitals and digits, like “SPI”")
    made = code or initials(name.text)[:8]
    if len(made) < 2:
        mistakes.add((cell or name).where, f"no code can be made from “{name.text}”", "write one in a column “Code”, like “SPI”")
    return made


def _checked(cell: Cell, field: Field, vocabularies: Mapping[str, tuple[Term, ...]], mistakes: Mistakes) -> str:
    """Return a cell's value as its field takes it."""
    if field.type is FieldType.EMAIL:
        try:
            read_address(cell.text)
        except ValueError as error:
            mistakes.lines.append(f"{cell.where}: {error}")
    elif field.type is FieldType.CHOICE and field.choices in vocabularies:
        return "\n".join(_term(choice, cell, vocabularies[field.choices], mistakes) for choice in _lines(cell.text))
    elif field.type is FieldType.PHONE and cell.number:
        lost = f"{cell.text} is kept as a number, so a 0 in front is lost"
        mistakes.add(cell.where, lost, f"format the cell as Text and write “0{cell.text}”")
    return cell.text


def _term(choice: str, cell: Cell, terms: tuple[Term, ...], mistakes: Mistakes) -> str:
    for term in terms:
        if folded(choice) in {folded(way) for way in (term.name, term.label, *term.aliases) if way}:
            return term.name
    mistakes.add(cell.where, f"“{choice}” is not in round.yaml", suggestion(choice, [term.name for term in terms]))
    return choice


def _lines(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in re.split(r"[\n;]", text) if part.strip())


def _check_unique(register: Register, partnerships: list[Partnership], mistakes: Mistakes) -> None:
    """Note every name, alias, code and id by which two partnerships could be taken for one another."""
    owners: dict[str, tuple[int, str]] = {}
    for number, (row, partnership) in enumerate(zip(register.rows, partnerships, strict=True)):
        ways = [("name", partnership.name), ("code", partnership.code), ("id", partnership.id)]
        ways += [("aliases", alias) for alias in partnership.lists["aliases"]]
        for column, way in ways:
            key = f"id {way}" if column == "id" else folded(way) or way
            owner, first = owners.setdefault(key, (number, row.get(column, row["name"]).where))
            if owner != number:
                what = f"“{way}” already stands for “{partnerships[owner].name}” ({first.rpartition(', ')[2]})"
                mistakes.add(row.get(column, row["name"]).where, what, "write another one, or delete one of the two rows")


def _add_list(sheet: Sheet, partnerships: list[Partnership], lists: list[dict[str, tuple[str, ...]]], mistakes: Mistakes) -> None:
    """Add the values of a further sheet to the partnerships that it names."""
    known = dict(_known_names(partnerships))
    key = column_name(sheet.name)
    value_column = next((column for column in sheet.headings if column != "partnership"), "")
    last = ""
    for row in sheet.rows:
        named = row["partnership"]
        last = named.text or last  # a name that is written once stands for the rows below it
        value = row[value_column].text if value_column else ""
        position = known.get(folded(last))
        if position is None:
            names = [partnership.name for partnership in partnerships]
            mistakes.add(named.where, f"“{last}” is not in the register", suggestion(last, names))
        elif value:
            lists[position][key] = (*lists[position].get(key, ()), value)


def _known_names(partnerships: list[Partnership]) -> Iterator[tuple[str, int]]:
    counts = Counter(folded(way) for partnership in partnerships for way in {*partnership.names, partnership.code, partnership.id})
    for position, partnership in enumerate(partnerships):
        for way in (*partnership.names, partnership.code, partnership.id):
            if counts[folded(way)] == 1 or way == partnership.name:
                yield folded(way), position

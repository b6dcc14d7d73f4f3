r"""RTF documents that a test writes down, so that it shows the document it reads.

    rtf(para("Chair: ", bold("Jo")), table(row("Name", "Jo"), row("Tel", "01632 960100")))

Plain text stands for what would hold it: in a row a cell with a paragraph, in a document a paragraph. Written as Word writes it: groups
around words that look alike, `\uc1` with a question mark for what the code page lacks, `\trowd` before and after the cells of a row.
"""

from enum import IntEnum
from typing import NamedTuple

_SPECIAL = {"\\": r"\\", "{": r"\{", "}": r"\}", "\n": r"\line ", "\t": r"\tab "}
FONTS = (
    r"{\fonttbl{\f0\froman\fcharset0 Times New Roman{\*\falt Times};}{\f1\froman\fcharset2\fprq2 Symbol;}"
    r"{\f2\fnil\fcharset2 Wingdings;}{\f3\fswiss\fcharset238 Arial CE;}{\f4\fnil\fcharset128 MS Mincho;}}"
)


class Level(IntEnum):
    """Where in a document a piece may stand."""

    RUN = 0
    BLOCK = 1
    ROW = 2


class Code(NamedTuple):
    """A piece of a document."""

    code: str
    level: Level = Level.RUN


Piece = str | Code


def words(text: str) -> str:
    """Return the code of words; what is beyond ASCII is named by number, once for each UTF-16 unit."""
    return "".join(_SPECIAL.get(character) or (character if character.isascii() else _named(character)) for character in text)


def _named(character: str) -> str:
    units = character.encode("utf-16-le")
    numbers = (int.from_bytes(units[at : at + 2], "little", signed=True) for at in range(0, len(units), 2))
    return "".join(rf"\u{number}?" for number in numbers)


def run(text: Piece, look: str) -> Code:
    """Return words in a look: control words such as `\\b`."""
    return Code(f"{{{look} {text.code if isinstance(text, Code) else words(text)}}}")


def bold(text: str) -> Code:
    """Return words in bold."""
    return run(text, r"\b")


def field(code: str, *result: Piece, form: str = "") -> Code:
    """Return a field: its code, which is not shown, and its result, which is.

    Args:
        code: such as `PAGE`.
        result: what was last shown.
        form: what stands inside `\\formfield`, for a legacy form field.
    """
    settings = rf"{{\*\formfield{{{form}}}}}" if form else ""
    return Code(rf"{{\field{{\*\fldinst {{{words(code)}}}{settings}}}{{\fldrslt {_all(result, Level.RUN)}}}}}")


def group(destination: str, *content: Piece) -> Code:
    """Return a group whose words go elsewhere: `\\footnote`, `\\*\\annotation`, `\\header`."""
    return Code(f"{{{destination} {_all(content, Level.RUN)}}}")


def shape(*blocks: Piece, fallback: bool = True) -> Code:
    """Return a text box as Word writes it: once for itself, and once more for programs that do not know the first."""
    inside = _all(blocks, Level.BLOCK)
    again = rf"{{\shprslt{{\*\do\dobxcolumn\dptxbx{{\dptxbxtext {inside}}}}}}}" if fallback else ""
    return Code(rf"{{\shp{{\*\shpinst\shpleft0{{\sp{{\sn shapeType}}{{\sv 202}}}}{{\shptxt {inside}}}}}{again}}}")


def para(*pieces: Piece, settings: str = "", marker: str = "", end: str = r"\par") -> Code:
    """Return a paragraph.

    Args:
        pieces: words and runs.
        settings: control words such as `\\outlinelevel0`.
        marker: what `\\listtext` shows before it.
        end: what ends it; `\\cell` at the end of a cell.
    """
    listed = rf"{{\listtext\pard\plain {marker}\tab}}" if marker else ""
    return Code(f"\\pard\\plain{settings} {listed}{_all(pieces, Level.RUN)}{end}\n", Level.BLOCK)


def table(*rows: Code) -> Code:
    """Return a table, and the paragraph settings that lead out of it."""
    return Code(_all(rows, Level.ROW) + "\\pard ", Level.BLOCK)


def row(*cells: Piece, edges: tuple[str, ...] = (), settings: str = "", depth: int = 1) -> Code:
    """Return a row.

    Args:
        cells: words, or what `cell` returns.
        edges: for each cell where it ends, with what is said of it: `\\clvmgf\\cellx2000`; by default 2,000 twips each.
        settings: what is said of the row, `\\trhdr`.
        depth: how many tables stand around its words.
    """
    ends = edges or tuple(rf"\cellx{2000 * number}" for number in range(1, len(cells) + 1))
    defined = rf"\trowd\trleft0{settings}{''.join(ends)}"
    said = "".join(one.code if isinstance(one, Code) and one.level is Level.ROW else cell(one, depth=depth).code for one in cells)
    if depth > 1:
        return Code(rf"{said}{{\*\nesttableprops{defined}\nestrow}}{{\nonesttables\par}}", Level.ROW)
    return Code(f"{defined}{said}{defined}\\row\n", Level.ROW)


def cell(*blocks: Piece, depth: int = 1) -> Code:
    """Return a cell: paragraphs and tables from top to bottom, the last a paragraph."""
    inside, ending = (rf"\intbl\itap{depth}", r"\cell" if depth == 1 else r"\nestcell")
    made = []
    for block in blocks[:-1]:
        made.append(block.code if isinstance(block, Code) and block.level is Level.BLOCK else para(block, settings=inside).code)
    return Code("".join(made) + para(blocks[-1], settings=inside, end=ending).code, Level.ROW)


def rtf(*blocks: Piece, head: str = "", fonts: str = FONTS, styles: str = "", page: str = r"\ansicpg1252") -> bytes:
    """Return an RTF document.

    Args:
        blocks: its body.
        head: groups before the body: `\\info`, `\\header`.
        fonts: its font table.
        styles: entries of the style sheet.
        page: its code page.
    """
    sheet = rf"{{\stylesheet{{\ql Normal;}}{styles}}}"
    body = _all(blocks, Level.BLOCK)
    return f"{{\\rtf1\\ansi{page}\\deff0\\uc1\n{fonts}{sheet}{head}\n{body}}}".encode("ascii")


def _all(pieces: tuple[Piece, ...], level: Level) -> str:
    return "".join(_raised(piece if isinstance(piece, Code) else Code(words(piece)), level).code for piece in pieces)


def _raised(piece: Code, level: Level) -> Code:
    return para(piece) if piece.level is Level.RUN and level is Level.BLOCK else piece

"""Round folders that a person would have, and the command run on them as a person would run it."""

from pathlib import Path

from click.testing import CliRunner, Result

from pipeline.cli import main
from pipeline.flow import generate
from pipeline.rounds.loading import load_round
from pipeline.rounds.starting import init_round
from tests.sample.typed import Line
from tests.sample.word import fill

ROADS, SCHOOLS = "Roads Partnership,RDS,Roads", "Schools Partnership,SCH,Schools"


def a_folder(folder: Path, *partnerships: str) -> Path:
    """Start a round from the kit, with an officer and a register that is a plain text file."""
    init_round(folder, "priorities")
    said = (folder / "round.yaml").read_text(encoding="utf-8")
    said = said.replace("Your name", "Sam Field").replace("your.name@", "sam.field@")
    (folder / "round.yaml").write_text(said, encoding="utf-8")
    (folder / "partnerships.xlsx").unlink()
    register(folder, *(partnerships or (ROADS, SCHOOLS)))
    return folder


def register(folder: Path, *partnerships: str, columns: str = "name,code,annex_name") -> None:
    """Write the register of a round: a line a partnership."""
    (folder / "partnerships.csv").write_text("\n".join((columns, *partnerships)) + "\n", encoding="utf-8")


def put_return(folder: Path, code: str, title: str = "Mend the bridges") -> Path:
    """Put the return of a partnership into the inbox: its blank with one priority, saved by Word."""
    blank = next(path.read_bytes() for partnership, path in generate(load_round(folder)) if partnership.code == code)
    words = {
        "contact_officer.email": "jo.penrose@example.org",
        "priorities[1].title": title,
        "priorities[1].lead_officer": "Jo Penrose",
        "priorities[1].deliverables[1].what": "Twelve bridges open",
        "priorities[1].deliverables[1].due": "end March 2028",
    }
    path = folder / "inbox" / f"{code.lower()} reply.docx"
    path.write_bytes(fill(blank, {tag: (Line(text),) for tag, text in words.items()}, "Jo Penrose"))
    return path


def proforma(folder: Path, *words: str) -> Result:
    """Run a command on a round. It never ends in a traceback."""
    result = CliRunner().invoke(main, ["--round", str(folder), *words])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert "Traceback" not in result.output
    return result

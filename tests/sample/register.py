"""Write the sample round's register, partnerships.xlsx in the repository root, from register.yaml beside this file."""

from pathlib import Path

from ruamel.yaml import YAML

from pipeline.rounds.kit import read_form
from pipeline.rounds.mistakes import validated
from pipeline.rounds.register_book import Row, write_register
from pipeline.rounds.round_file import RoundFile
from pipeline.rounds.yaml_file import read_yaml

ROOT = Path(__file__).parent.parent.parent


def sample_rows() -> list[Row]:
    """Return the rows of the sample register, in the order of the annex."""
    rows: list[Row] = YAML(typ="safe").load((Path(__file__).parent / "register.yaml").read_text(encoding="utf-8"))
    return rows


def write_sample(path: Path) -> None:
    """Write the sample register to a file."""
    entries = validated(RoundFile, read_yaml(ROOT / "round.yaml", "round.yaml"))
    write_register(path, read_form(ROOT / "templates" / entries.form, entries.words)[0], entries.terms(), sample_rows())


if __name__ == "__main__":
    write_sample(ROOT / "partnerships.xlsx")

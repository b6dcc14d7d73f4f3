"""A new round folder."""

from pathlib import Path

import pytest

from pipeline.errors import SetupError
from pipeline.rounds.loading import load_round
from pipeline.rounds.register import EXAMPLE
from pipeline.rounds.starting import init_round


def test_a_new_round_loads_without_mistakes(tmp_path: Path) -> None:
    """A000-P1."""
    folder = tmp_path / "new"
    made = init_round(folder, "priorities")
    round_ = load_round(folder)
    assert [partnership.name for partnership in round_.partnerships] == [EXAMPLE]
    assert round_.kit == folder / "templates" / "priorities"
    assert round_.inbox.is_dir() and round_.outbox.is_dir()
    assert {path.relative_to(folder).as_posix() for path in made} >= {
        "README.txt",
        "round.yaml",
        "partnerships.xlsx",
        "templates/priorities/form.yaml",
        "docs/schemas/round.schema.json",
    }
    assert all(path.is_file() and path.suffix != ".py" for path in made)


def test_a_new_round_warns_of_nothing_but_its_years_and_its_example(tmp_path: Path) -> None:
    init_round(tmp_path, "priorities")
    years, example = load_round(tmp_path).warnings
    assert "no year is given" in years
    assert "is the example that the register began with" in example


def test_the_readme_explains_every_file_at_the_top_of_the_folder(tmp_path: Path) -> None:
    init_round(tmp_path, "priorities")
    explained = (tmp_path / "README.txt").read_text(encoding="utf-8")
    assert all(path.name in explained for path in tmp_path.iterdir() if path.name != "README.txt")


def test_the_same_kit_gives_the_same_bytes(tmp_path: Path) -> None:
    made = [init_round(tmp_path / name, "priorities") for name in ("a", "b")]
    assert [path.read_bytes() for path in made[0]] == [path.read_bytes() for path in made[1]]


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    (tmp_path / "round.yaml").write_text("mine", encoding="utf-8")
    with pytest.raises(SetupError, match="nothing is overwritten") as caught:
        init_round(tmp_path, "priorities")
    assert caught.value.mistakes == ("round.yaml: it is already there – move it away, or start the round in another folder",)
    assert [path.name for path in tmp_path.iterdir()] == ["round.yaml"]


def test_an_unknown_kit_names_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(SetupError, match="“prioritys” was not found") as caught:
        init_round(tmp_path / "new", "prioritys")
    assert "did you mean “priorities”?" in caught.value.mistakes[0]


def test_where_nothing_can_be_written_nothing_is_left_behind(tmp_path: Path) -> None:
    (tmp_path / "docs").write_text("a file where a folder should be", encoding="utf-8")
    with pytest.raises(SetupError, match="could not be started"):
        init_round(tmp_path, "priorities")
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ["docs"]

"""YAML as officers write it."""

from pathlib import Path

import pytest

from pipeline.errors import SetupError
from pipeline.rounds.yaml_file import YamlFile, read_yaml


def _read(tmp_path: Path, text: str) -> YamlFile:
    path = tmp_path / "round.yaml"
    path.write_text(text, encoding="utf-8")
    return read_yaml(path, "round.yaml")


def _mistakes(tmp_path: Path, text: str) -> tuple[str, ...]:
    with pytest.raises(SetupError) as caught:
        _read(tmp_path, text)
    return caught.value.mistakes


def test_every_value_stays_the_text_that_was_written(tmp_path: Path) -> None:
    file = _read(tmp_path, "a: no\nphone: 01632\nperiod: 2011-14\nday: 2011-04-01\nempty:\nnought: null\nquoted: ''\n")
    assert file.data == {"a": "no", "phone": "01632", "period": "2011-14", "day": "2011-04-01", "quoted": ""}


def test_every_value_knows_its_line(tmp_path: Path) -> None:
    file = _read(tmp_path, "a:\n  b: 1\n  c:\n    - x\n    - d: 2\n")
    assert file.where(("a", "c", 1, "d")) == "round.yaml, line 5"
    assert file.where(("a", "missing")) == "round.yaml, line 1"
    assert file.where() == "round.yaml"


def test_a_byte_order_mark_is_no_part_of_the_first_key(tmp_path: Path) -> None:
    assert _read(tmp_path, "\ufeffname: x\n").data == {"name": "x"}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("a: [1\nb: 2\n", "line 2: the YAML is broken"),
        ("a: 1\n\tb: 2\n", "line 2: the YAML is broken"),
        ("a: \x07\n", "round.yaml: the YAML is broken"),
        ("just words\n", "it has no keys"),
        ("", "it has no keys"),
        ("a: 1\nb: 2\na: 3\n", "line 3: “a” stands here a second time (first in line 1)"),
        ("a: &x [1]\nb: *x\n", "a reference (*) repeats another part of the file"),
        ("a: &x\n  b: *x\n", "a reference (*) repeats another part of the file"),
        ("[a, b]: 1\n", "line 1: a key is a word"),
        ("[" * 400, "the YAML is broken"),
    ],
)
def test_a_broken_file_is_one_clear_sentence_with_its_line(tmp_path: Path, text: str, says: str) -> None:
    (mistake,) = _mistakes(tmp_path, text)
    assert says in mistake


def test_a_file_that_is_no_utf_8_says_so(tmp_path: Path) -> None:
    (tmp_path / "round.yaml").write_bytes("name: Café".encode("utf-16"))
    with pytest.raises(SetupError, match="not UTF-8"):
        read_yaml(tmp_path / "round.yaml", "round.yaml")


def test_a_folder_in_place_of_the_file_says_so(tmp_path: Path) -> None:
    with pytest.raises(SetupError, match="cannot be opened"):
        read_yaml(tmp_path, "round.yaml")

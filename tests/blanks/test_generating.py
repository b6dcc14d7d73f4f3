"""The blanks of a round lie in its outbox, whole, and are written only where they change."""

import os
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.blanks.generating import blank_name, generate
from pipeline.errors import SetupError
from tests.builders import a_partnership, a_round

OTHERS = (a_partnership(), a_partnership(id="safer-communities", code="SC", name="Safer Communities Partnership", lists={"pledges": ()}))


def test_each_partnership_gets_its_blank(tmp_path: Path) -> None:
    round_ = a_round(folder=tmp_path, partnerships=OTHERS)
    made = list(generate(round_))
    assert [partnership.id for partnership, _ in made] == ["spatial-planning-infrastructure", "safer-communities"]
    assert [path.name for _, path in made] == [blank_name(round_, partnership) for partnership in OTHERS]
    assert sorted(path.name for path in (tmp_path / "outbox" / "blanks").iterdir()) == sorted(path.name for _, path in made)
    assert all(path.read_bytes().startswith(b"PK") for _, path in made)


def test_a_blank_that_would_not_change_is_left_alone(tmp_path: Path) -> None:
    round_ = a_round(folder=tmp_path)
    ((_, path),) = generate(round_)
    os.utime(path, (0, 0))
    list(generate(round_))
    assert path.stat().st_mtime == 0


def test_a_blank_that_changes_is_replaced(tmp_path: Path) -> None:
    round_ = a_round(folder=tmp_path)
    ((_, path),) = generate(round_)
    before = path.read_bytes()
    list(generate(replace(round_, name="Oxfordshire 2030 Second Refresh")))
    assert path.read_bytes() != before


def test_the_file_name_begins_with_the_reference_and_is_plain() -> None:
    round_ = a_round()
    strange = a_partnership(name="Børn / Children’s: “Trust” & Café\n..\\x")
    assert blank_name(round_, strange) == "OX2030-11-SPI-X brn-childrens-trust-cafe-x.docx"
    assert blank_name(round_, a_partnership(name="合作")) == "OX2030-11-SPI-X.docx"
    assert len(blank_name(round_, a_partnership(name="long " * 50))) < 90


def test_a_folder_that_cannot_be_written_ends_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "outbox").write_text("a file where the folder should be")
    with pytest.raises(SetupError, match="The blank for Spatial Planning & Infrastructure Partnership could not be written") as caught:
        list(generate(a_round(folder=tmp_path)))
    assert caught.value.hint


def test_a_full_disk_leaves_the_old_blank_and_no_half_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    round_ = a_round(folder=tmp_path)
    ((_, path),) = generate(round_)
    before = path.read_bytes()

    def full(self: Path, data: bytes) -> int:
        with self.open("wb") as half:
            half.write(data[:100])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(SetupError, match="No space left on device"):
        list(generate(replace(round_, name="Another name")))
    assert path.read_bytes() == before
    assert [found.name for found in path.parent.iterdir()] == [path.name]

"""What was made of a master before is used again while nothing differs that it was made from. It lies where compiled modules do."""

import sys
from pathlib import Path

import pytest

from pipeline.publish.masters import kept
from pipeline.publish.masters.compiling import Uncompiled
from pipeline.publish.masters.kept import MOST, Shelf, beside_the_program
from pipeline.publish.masters.master import Master
from tests.builders import sample_form
from tests.publish.test_masters import a_master, filled, p


def a_path(folder: Path, text: str) -> Path:
    """Return a master that says something."""
    return a_master(folder, p(text)).path


def works(_: object) -> None:
    pytest.fail("it was compiled again")


def test_a_master_that_was_compiled_before_is_filled_the_same_without_being_compiled(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paragraphs = ("{{ name }}", "{%p if narrative.end is defined %}", "{{p narrative.purpose }}", "{%p endif %}")
    path, shelf = a_master(tmp_path, "".join(map(p, paragraphs))).path, Shelf(tmp_path / "shelf")
    first = Master(path, shelf)
    monkeypatch.setattr(Uncompiled, "compiled", works)
    second = Master(path, shelf)
    assert filled(second, {"name": "Ann", "narrative": {}}) == filled(first, {"name": "Ann", "narrative": {}})
    assert second.names == first.names == {"name", "narrative"}
    assert second.asked_of("narrative") == first.asked_of("narrative") == {"end", "purpose"}
    assert second.optional_of("narrative") == first.optional_of("narrative") == {"end"}
    assert second.text_width == first.text_width


def test_a_master_that_was_edited_is_compiled_anew(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "shelf")
    assert Master(a_path(tmp_path, "{{ one }}"), shelf).names == {"one"}
    assert Master(a_path(tmp_path, "{{ two }}"), shelf).names == {"two"}


def test_another_version_of_the_program_compiles_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shelf = Shelf(tmp_path)
    assert shelf.kept((b"master",), lambda: ("old",)) == ("old",)
    monkeypatch.setattr(kept, "program", lambda: "newer")
    assert shelf.kept((b"master",), lambda: ("new",)) == ("new",)


def test_what_is_printed_of_one_form_is_not_taken_for_what_is_printed_of_another(tmp_path: Path) -> None:
    path, shelf = a_path(tmp_path, "{% for entry in entries %}{{ entry.chair }}{% endfor %}"), Shelf(tmp_path / "shelf")
    form = sample_form()
    fields = {key: field for key, field in form.fields.items() if key != "chair"}
    without = type(form).model_construct(**{**{name: getattr(form, name) for name in type(form).model_fields}, "fields": fields})
    for _ in range(2):
        assert "chair" in Master(path, shelf).printed(form)
        assert "chair" not in Master(path, shelf).printed(without)


def test_what_was_cut_short_or_is_something_else_is_made_anew(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    shelf.kept((b"master",), lambda: ("one",))
    (there,) = tmp_path.glob("*.kept")
    whole = there.read_bytes()
    for damaged in (b"", whole[:-1], whole[:10], bytes(len(whole))):
        there.write_bytes(damaged)
        assert shelf.kept((b"master",), lambda: ("two",)) == ("two",)
        assert there.read_bytes() != damaged


def test_a_folder_that_takes_nothing_stops_nobody(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    assert Shelf(tmp_path / "file").kept((b"master",), lambda: ("made",)) == ("made",)


def test_older_things_make_room(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    for number in range(MOST + 3):
        shelf.kept((str(number).encode(),), lambda: ("made",))
    assert len(list(tmp_path.iterdir())) == MOST


def test_what_is_kept_lies_among_the_compiled_modules_of_the_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who can write there can change the program; nobody else has a say in what is run."""
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    beside_the_program().kept((b"master",), lambda: ("made",))
    (there,) = tmp_path.rglob("*.kept")
    assert there.parent == tmp_path / Path(kept.__file__).parent.relative_to("/")


def test_nothing_is_added_where_python_is_told_to_add_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path))
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert beside_the_program().kept((b"master",), lambda: ("made",)) == ("made",)
    assert list(tmp_path.rglob("*.kept")) == []

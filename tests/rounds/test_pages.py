"""The reference pages say what the models say."""

import json
from pathlib import Path

from pipeline.rounds.pages import refreshed, schemas, write_pages
from pipeline.rounds.round_file import RoundFile, RoundLimits
from pipeline.rounds.yaml_file import read_yaml
from pipeline.settings import Limits
from tests.sample.register import ROOT

REFRESH = "run: python -m pipeline.rounds.pages docs"


def test_the_page_is_current() -> None:
    page = (ROOT / "docs" / "round.md").read_text(encoding="utf-8")
    assert page == refreshed(page), REFRESH


def test_the_schemas_are_current() -> None:
    for name, text in schemas().items():
        assert (ROOT / "docs" / "schemas" / name).read_text(encoding="utf-8") == text, REFRESH


def test_the_page_explains_every_key() -> None:
    page = (ROOT / "docs" / "round.md").read_text(encoding="utf-8")
    assert [key for key in RoundFile.model_fields if f"| `{key}` |" not in page] == []


def test_the_schema_knows_every_key_of_the_sample_round_and_of_its_form() -> None:
    for name, path in (("round", ROOT / "round.yaml"), ("form", ROOT / "templates" / "priorities" / "form.yaml")):
        schema = json.loads(schemas()[f"{name}.schema.json"])
        assert set(read_yaml(path, path.name).data) <= set(schema["properties"])
        assert f"docs/schemas/{name}.schema.json" in path.read_text(encoding="utf-8").splitlines()[0]


def test_the_limits_of_a_round_are_those_of_the_settings() -> None:
    assert RoundLimits.model_validate({}).as_limits() == Limits()


def test_writing_the_pages_twice_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "round.md").write_text((ROOT / "docs" / "round.md").read_text(encoding="utf-8"), encoding="utf-8")
    write_pages(tmp_path)
    once = {path.name: path.read_bytes() for path in tmp_path.rglob("*.*") if path.is_file()}
    write_pages(tmp_path)
    assert once == {path.name: path.read_bytes() for path in tmp_path.rglob("*.*") if path.is_file()}

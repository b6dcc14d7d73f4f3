"""The commands about papers: what is wrong is shown, accepted or mended, and a final paper is no draft."""

import json
import shutil
from pathlib import Path

import pytest

from pipeline.errors import ExitCode
from tests.blanks.documents import changed
from tests.builders import KIT
from tests.cli.folders import a_folder, proforma, put_return, register
from tests.publish.reading import texts

WRITTEN = """
narrative:
  purpose: To report.
  background: Much has changed.
  refresh: The priorities were collected in spring. There are 2 priorities.
  next_steps: They begin.
  recommendation: 1. To agree.
"""


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a round with one return taken in, its queries accepted, and a stale figure in the officer's words."""
    made = a_folder(tmp_path_factory.mktemp("round"))
    register(made, "Roads Partnership,RDS,Roads,Jo Penrose", columns="name,code,annex_name,chair")
    put_return(made, "RDS")
    path = made / "round.yaml"
    text = path.read_text(encoding="utf-8").partition("narrative:")[0].replace("Sam Field", "Alex Byrne")
    path.write_text(text + WRITTEN, encoding="utf-8")
    proforma(made, "ingest")
    for finding in json_lines(made, "check"):
        proforma(made, "override", str(finding["key"]), "--reason", "As agreed", "--by", "Alex Byrne")
    return made


@pytest.fixture
def folder(prepared: Path, tmp_path: Path) -> Path:
    """Return a copy of that round, to be changed."""
    return shutil.copytree(prepared, tmp_path / "round")


def json_lines(folder: Path, *words: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in proforma(folder, *words, "--json").stdout.splitlines()]


def paper(folder: Path) -> list[str]:
    return texts(folder / "outbox" / "plan" / "Committee paper.docx")


def errors(folder: Path) -> list[dict[str, object]]:
    return [flaw for flaw in json_lines(folder, "check", "--paper") if flaw["severity"] == "error"]


def test_a_final_paper_is_not_written_while_something_is_to_be_mended(folder: Path) -> None:
    (flaw,) = errors(folder)
    assert (flaw["code"], flaw["place"]) == ("stale-figure", "round.yaml, narrative, refresh, paragraph 1")
    refused = proforma(folder, "publish", "--final")
    assert refused.exit_code == 1
    assert "“2 priorities” is not what the records say: 1." in refused.stdout and "Nothing was written" in refused.stdout
    assert not (folder / "outbox" / "plan").exists()


def test_a_draft_is_written_all_the_same_and_says_why(folder: Path) -> None:
    done = proforma(folder, "publish")
    assert done.exit_code == 0 and "The papers are drafts" in done.stdout
    assert "Draft. What follows may change." in paper(folder)
    assert any("“2 priorities” is not what the records say: 1." in text for text in paper(folder))


def test_what_is_accepted_with_a_reason_keeps_nothing_back(folder: Path) -> None:
    (flaw,) = errors(folder)
    for _ in range(2):
        assert proforma(folder, "override", str(flaw["short"]), "--reason", "Two were merged", "--by", "Alex Byrne").exit_code == 0
    assert proforma(folder, "publish", "--final").exit_code == 0
    said = paper(folder)
    assert not any(text.startswith("Draft") for text in said)
    assert any(text.startswith("Two were merged (Alex Byrne, ") for text in said)


def test_what_is_mended_makes_a_final_paper(folder: Path) -> None:
    path = folder / "round.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("There are 2 priorities", "There is one priority"), encoding="utf-8")
    assert errors(folder) == []
    done = proforma(folder, "publish", "--final")
    assert done.exit_code == 0 and "No paper is a draft" in done.stdout


def test_a_new_round_names_every_text_that_is_still_to_be_written(tmp_path: Path) -> None:
    made = a_folder(tmp_path)
    written = (made / "round.yaml").read_text(encoding="utf-8")
    (made / "round.yaml").write_text(written.replace("Sam Field", "Your name"), encoding="utf-8")
    codes = [flaw for flaw in errors(made) if flaw["code"] == "placeholder"]
    assert {str(flaw["about"]).partition("[")[0] for flaw in codes} == {
        *(f"narrative.{name}" for name in ("background", "refresh", "next_steps", "future_direction", "continuing", "options")),
        *(f"narrative.implications_{name}" for name in ("finance", "legal", "equality", "risk", "climate")),
        "contacts, 1",
    }
    assert "empty-annex" in {flaw["code"] for flaw in errors(made)}


def test_masters_as_json_gives_mistakes_and_warnings_apart(folder: Path) -> None:
    assert [(one["kind"], one["count"], one["lines"]) for one in json_lines(folder, "masters")] == [
        ("mistakes", 0, []),
        ("warnings", 0, []),
    ]
    master = folder / "templates" / "priorities" / "paper.docx"
    changed(master, lambda xml: xml.replace("{{ line.name }}", "{{ line.nome }}"), master=KIT / "paper.docx")
    result = proforma(folder, "masters")
    assert result.exit_code == 3 and "did you mean “name”?" in result.stdout
    mistakes, _ = json_lines(folder, "masters")
    assert mistakes["count"] == str(mistakes["lines"]).count("'of': 'report'") > 0


def test_a_fact_that_is_forgotten_is_shown_and_stops_nothing(folder: Path) -> None:
    master = folder / "templates" / "priorities" / "annex.docx"
    changed(master, lambda xml: xml.replace("{%p if draft %}", "{%p if true %}"), master=KIT / "annex.docx")
    result = proforma(folder, "masters")
    assert result.exit_code == 1 and "annex.docx – it does not say that it is a draft" in result.stdout
    assert proforma(folder, "publish").exit_code == 0


@pytest.mark.parametrize(
    ("old", "new"), [("{{ meeting.body }}", "{{ meeting.boddy }}"), ("{{ meeting.body }}", "{{ meeting.body|shouted }}")]
)
def test_a_mistyped_tag_is_told_by_publish_in_the_words_of_masters(old: str, new: str, folder: Path) -> None:
    kit = folder / "templates" / "priorities"
    changed(kit / "new.docx", lambda xml: xml.replace(old, new), master=kit / "paper.docx").replace(kit / "paper.docx")
    told = [line["line"] for line in json_lines(folder, "masters")[0]["lines"]]  # type: ignore[attr-defined]
    assert told and new in told[0]
    result = proforma(folder, "publish")
    assert result.exit_code == ExitCode.SETUP
    assert all(line in result.stderr for line in told)

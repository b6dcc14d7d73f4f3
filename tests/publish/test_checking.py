"""All masters of a kit, checked tag by tag: what leads nowhere, where it stands, and what a master forgets."""

import re
import shutil
from pathlib import Path

import pytest

from pipeline.desk.mastering import Fault, check_kit
from pipeline.desk.specimen import specimen
from pipeline.publish.masters.checking import CARRIED
from pipeline.publish.masters.tags import read_tags
from pipeline.rounds.loading import load_round
from pipeline.rounds.starting import init_round
from tests.blanks.documents import changed
from tests.builders import KIT, a_round
from tests.publish.returns import NARRATIVE

KITS = ("priorities", "update")


def faults(kit: Path, **changes: object) -> list[Fault]:
    return list(check_kit(a_round(kit=kit, narrative=NARRATIVE, **changes)))


def a_kit(folder: Path, old: str = "", new: str = "", master: str = "paper.docx") -> Path:
    """Return the kit with one thing changed in one of its masters."""
    kit = shutil.copytree(KIT, folder / "priorities")
    if old:
        changed(kit / master, lambda xml: xml.replace(old, new, 1), master=KIT / master)
    return kit


def lines(kit: Path, kind: str = "mistake") -> list[str]:
    return [fault.line for fault in faults(kit) if fault.kind == kind]


def test_where_nothing_has_a_name_the_way_out_lists_none() -> None:
    line = next(check_kit(a_round(kit=KIT, narrative={}))).line
    assert line.endswith("has no “purpose” – write it there, or take the tag out")


@pytest.mark.parametrize("kit", KITS)
def test_the_masters_and_mail_texts_of_our_own_kits_have_no_mistake_and_forget_nothing(kit: str, tmp_path: Path) -> None:
    init_round(tmp_path, kit)
    assert list(check_kit(load_round(tmp_path))) == []


def test_the_example_has_something_of_everything() -> None:
    plan = specimen(a_round())
    counts = (plan.entries, plan.queries, plan.overrides, plan.themes, *plan.replies, *(entry.corrections for entry in plan.entries[:1]))
    assert all(counts)
    assert {path for entry in plan.entries for path in entry.answers.parts} == set(plan.round.form.fields)


@pytest.mark.parametrize(
    ("old", "new", "master", "said"),
    [
        ("{{ line.name }}", "{{ line.nome }}", "paper.docx", "a return has no “nome” – did you mean “name”?"),
        ("{{ counts.total }}", "{{ count.total }}", "paper.docx", "nothing is called “count” – did you mean “counts”?"),
        ("{{ counts.total }}", "{{ counts.total.sum }}", "paper.docx", "is a text and has no “sum” – write counts.total alone"),
        ("{{ counts.total }}", "{{ overrides.reason }}", "paper.docx", "are several, and have no “reason” – go through them"),
        ("{{ counts.total }}", "{{ counts.total|upperr }}", "paper.docx", "there is no filter “upperr” – did you mean “upper”?"),
        ("{{ line.name }}", "{{ line.name", "paper.docx", "a tag is begun and not ended here – end it"),
        ("{{ counts.total }}", "{{ counts. }}", "paper.docx", "put the tag right"),
        ("narrative.purpose", "narrative.propose", "paper.docx", "round.yaml, narrative, has no “propose” – did you mean “purpose”?"),
        ("{{ priority.number }}", "{{ priority.nummer }}", "plan.docx", "the form has no “nummer” – did you mean “number”?"),
        ("priority.lead_officer", "priority.lead_oficer", "plan.docx", "the form has no “lead_oficer” – did you mean “lead_officer”?"),
        ("{{p deliverable.due", "{{p deliverable.dew", "plan.docx", "the form has no “dew” – did you mean “due”?"),
        ("in_order_of('due')", "in_order_of('dew')", "plan.docx", "the form has no “dew” – did you mean “due”?"),
        ("{{ board.on }}", "{{ board.one }}", "interim.docx", "the board has no “one” – did you mean “on”?"),
    ],
)
def test_a_tag_that_leads_nowhere_is_a_mistake(old: str, new: str, master: str, said: str, tmp_path: Path) -> None:
    found = lines(a_kit(tmp_path, old, new, master))
    assert len(found) == 1, found
    assert said in found[0] and found[0].startswith(f"{master}, ")


def test_a_mistake_is_named_with_paragraph_table_and_row(tmp_path: Path) -> None:
    (found,) = lines(a_kit(tmp_path, "{{ line.name }}", "{{ line.nome }}"))
    assert found.startswith("paper.docx, paragraph ")
    assert "(“{{ line.nome }}”), table 2 row " in found and "– {{ line.nome }}: " in found


def test_the_page_is_told_where_word_has_laid_the_master_out(tmp_path: Path) -> None:
    laid_out = a_kit(tmp_path, "{{ line.name }}", "{{ line.nome }}")
    broken = "<w:r><w:lastRenderedPageBreak/><w:t"
    changed(laid_out / "new.docx", lambda xml: xml.replace("<w:r><w:t", broken, 2), master=laid_out / "paper.docx").replace(
        laid_out / "paper.docx"
    )
    (found,) = lines(laid_out)
    assert found.startswith("paper.docx, page 3, paragraph ")


def test_a_tag_in_a_footer_is_found(tmp_path: Path) -> None:
    kit = a_kit(tmp_path)
    changed(kit / "paper.docx", lambda xml: xml.replace("meeting.title", "meeting.tilte"), "word/footer1.xml", KIT / "paper.docx")
    (found,) = lines(kit)
    assert found.startswith("paper.docx, footer, paragraph 1 (“{{ meeting.tilte }}Page 1 of 1”)")


def test_every_mistake_of_every_master_is_named_at_once(tmp_path: Path) -> None:
    kit = a_kit(tmp_path, "{{ line.name }}", "{{ line.nome }}")
    changed(kit / "plan.docx", lambda xml: xml.replace("{{ priority.number }}", "{{ priority.nummer }}"), master=KIT / "plan.docx")
    (kit / "mail" / "query.txt").write_text("Subject: Query\n\n{{ round.nane }}", encoding="utf-8")
    (kit / "annex.docx").unlink()
    assert sorted({fault.line.partition(",")[0].partition(" – ")[0] for fault in faults(kit)}) == [
        "annex.docx", "paper.docx", "plan.docx", "templates/priorities/mail/query.txt"
    ]  # fmt: skip


def test_word_made_quotes_within_a_tag_are_no_mistake(tmp_path: Path) -> None:
    assert lines(a_kit(tmp_path, "or 'Not fixed yet'", "or ‘Not fixed yet’")) == []


def test_a_narrative_that_the_master_asks_for_first_is_no_mistake(tmp_path: Path) -> None:
    needed = dict.fromkeys(("purpose", "background", "refresh", "next_steps", "recommendation"), "x")
    kit = a_kit(tmp_path)
    assert list(check_kit(a_round(kit=kit, narrative=needed))) == []
    found = [fault.line for fault in check_kit(a_round(kit=kit, narrative={**needed, "background": " "}))]
    assert len(found) == 1 and "has no “background”" in found[0]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("contacts", "contact."), "the contact officer"),
        (("override",), "what was accepted with a reason, and the reason"),
        (("recommendation",), "the recommendations"),
        (("annex.table",), "the annex"),
        (("replies.declined", "in returns", "line."), "who declined"),
    ],
)
def test_a_fact_that_a_master_forgets_is_a_warning(words: tuple[str, ...], said: str, tmp_path: Path) -> None:
    kit = a_kit(tmp_path)
    drop(kit / "paper.docx", *words)
    assert any(line.startswith(f"paper.docx – it does not say {said} – put a tag ") for line in lines(kit, "warning"))


def drop(master: Path, *words: str) -> None:
    """Make the tags with some words say nothing; those that open and close still do."""

    def quiet(tag: re.Match[str]) -> str:
        if not any(word in tag[0] for word in words):
            return tag[0]
        if tag[0].startswith("{{"):
            return "nothing"
        return re.sub(r"(for \w+ in|if|elif) .+? %\}", lambda found: f"{found[1]} {'[]' if 'for' in found[1] else 'true'} %}}", tag[0])

    changed(master.with_suffix(".new"), lambda xml: re.sub(r"\{\{.*?\}\}|\{%.*?%\}", quiet, xml), master=master).replace(master)


def test_a_field_that_no_master_prints_is_a_warning(tmp_path: Path) -> None:
    """The annex counts as printed; whom to ask about a return does not belong into a paper."""
    kit = a_kit(tmp_path)
    drop(kit / "plan.docx", "pledges_text")
    label = a_round().form.by_path["pledges_text"].label
    assert lines(kit, "warning") == [f"priorities – no master prints “{label}” – put a tag that ends with .pledges_text into one"]


def test_what_masters_must_carry_names_only_what_there_is() -> None:
    """The lists of names cannot fall behind the code: each name leads somewhere in a kit of ours."""
    used = {tag.code for kit in KITS for name in CARRIED for tag in read_tags(KIT.parent / kit / name).tags}
    last = {name.rpartition(".")[2] for facts in CARRIED.values() for fact in facts for name in fact.names}
    assert [name for name in sorted(last) if not any(name in code for code in used)] == []

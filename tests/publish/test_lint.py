"""The paper linted like code: what is found, what is not, and what a person can accept all the same."""

import datetime as dt
import shutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree

from pipeline.desk.proofreading import Proofread, proofread
from pipeline.merge import merge
from pipeline.model.findings import Finding, Severity
from pipeline.model.flaws import Flaw
from pipeline.model.history import Decision, DecisionKind, Progress
from pipeline.model.plans import Plan
from pipeline.model.rounds import Step
from pipeline.publish.papers import publish
from pipeline.publish.proof.lint import CHECKS, lint
from pipeline.publish.proof.words import scaffold_of
from pipeline.rounds.scaffold import scaffold
from tests.blanks.documents import changed
from tests.builders import KIT
from tests.journey.rounds import ROOT
from tests.publish.reading import texts
from tests.publish.returns import NARRATIVE, a_round_of_nine, nine_records

AT = dt.datetime(2011, 5, 20, 9, 30, tzinfo=dt.UTC)
SAFER = "safer-communities"
IMPLICATIONS = {f"implications_{name}": "None." for name in ("finance", "legal", "equality", "risk", "climate")}


def a_plan(narrative: str = "", **changes: object) -> Plan:
    """Return the plan of nine returns with 36 priorities, of ten partnerships asked; `narrative` is the background."""
    words = {**NARRATIVE, **IMPLICATIONS, "background": narrative or "Much has changed."}
    return merge(a_round_of_nine(**{"narrative": words, **changes}), nine_records())


def complete(**changes: object) -> Plan:
    """Return a plan in which everybody replied."""
    return a_plan(**{"partnerships": a_round_of_nine().partnerships[:9], **changes})  # type: ignore[arg-type]


def found(plan: Plan, code: str, on: dt.date | None = None) -> list[Flaw]:
    """Return the flaws of one code."""
    return [flaw for flaw in lint(plan, scaffold_of(scaffold(KIT)), on) if flaw.code == code]


def quoted(plan: Plan, code: str) -> list[tuple[str, str]]:
    """Return what flaws of a code quote first, with how much they matter."""
    return [(flaw.message.partition("“")[2].partition("”")[0], str(flaw.severity)) for flaw in found(plan, code)]


def test_a_paper_with_nothing_wrong_has_no_flaw() -> None:
    assert lint(complete(), scaffold_of(scaffold(KIT)), dt.date(2011, 7, 1)) == ()


def test_every_check_is_explained_on_the_page_of_papers() -> None:
    page = (ROOT / "docs" / "papers.md").read_text(encoding="utf-8")
    codes = [code for check in CHECKS for code in check.codes]
    assert [code for code in codes if f"`{code}`" not in page] == []
    assert len(set(codes)) == len(codes)


@pytest.mark.parametrize(
    "text",
    ["[Why now.]", "[…]", "[...]", "TBC", "Costs are £XX.", "By TBA.", "____.", "When??", "<insert date>", "It is to be confirmed."],
)  # fmt: skip
def test_a_sign_that_something_is_still_to_be_written_is_an_error(text: str) -> None:
    (flaw,) = found(a_plan(text), "placeholder")
    assert flaw.blocks and flaw.place == "round.yaml, narrative, background, paragraph 1"


@pytest.mark.parametrize("text", ["Why the priorities are being reviewed now.", "- The first option.", "1. the second option"])
def test_the_kits_own_words_left_standing_are_placeholders_with_their_brackets_or_without(text: str) -> None:
    assert [flaw.blocks for flaw in found(a_plan(text), "placeholder")] == [True]


@pytest.mark.parametrize("text", ["It was [sic] agreed.", "[2010] said so.", "XV were too many.", "Do you agree?", "Max is here."])
def test_ordinary_words_are_no_placeholders(text: str) -> None:
    assert found(a_plan(text), "placeholder") == []


def test_the_contact_of_the_kit_is_a_placeholder() -> None:
    usual = a_round_of_nine().contacts[0]
    assert [flaw.place for flaw in found(a_plan(contacts=(usual._replace(name="Your name"),)), "placeholder")] == [
        "round.yaml, contacts, 1"
    ]


def test_a_placeholder_in_a_master_is_named_with_its_place(tmp_path: Path) -> None:
    kit = shutil.copytree(KIT, tmp_path / "kit")
    changed(kit / "paper.docx", lambda xml: xml.replace("Background papers", "Background papers TBC"), master=KIT / "paper.docx")
    (flaw,) = found(complete(kit=kit), "placeholder")
    assert flaw.place.startswith("paper.docx, paragraph ") and "(“Background papers TBC”)" in flaw.place


def with_query(**changes: object) -> Plan:
    query = Finding("no-date", Severity.QUERY, "priorities[1]", "When?", SAFER)
    return merge(a_round_of_nine(narrative={**NARRATIVE, **IMPLICATIONS}, **changes), nine_records(), findings=[query])


def test_an_open_query_is_an_error_that_the_paper_declares() -> None:
    (flaw,) = found(with_query(), "open-query")
    assert flaw.blocks and flaw.declared
    assert flaw.message == "Safer Communities: 1 query is not answered."


def test_a_return_that_waits_is_an_error() -> None:
    plan = merge(a_round_of_nine(), nine_records()[:8], progress={"environment-waste": Progress.RETURNED})
    (flaw,) = found(plan, "not-accepted")
    assert flaw.blocks and "proforma accept environment-waste" in flaw.advice


def test_a_partnership_without_a_return_is_declared_and_an_error_where_the_master_does_not_say_so(tmp_path: Path) -> None:
    (flaw,) = found(a_plan(), "no-return")
    assert not flaw.blocks and flaw.declared and flaw.message == "Voluntary Sector has not replied."
    kit = shutil.copytree(KIT, tmp_path / "kit")
    forget(kit / "paper.docx", "replies.silent", "in returns")
    (flaw,) = found(a_plan(kit=kit), "no-return")
    assert flaw.blocks and "Let the paper say so" in flaw.advice


def forget(master: Path, *words: str) -> None:
    """Take the paragraphs and tags that hold some words out of a master."""

    def without(xml: str) -> str:
        root = etree.fromstring(xml.encode())
        for paragraph in list(root.iter("{*}p")):
            text = "".join(one.text or "" for one in paragraph.iter("{*}t"))
            if any(word in text for word in words):
                for one in paragraph.iter("{*}t"):
                    one.text = ""
        return etree.tostring(root, encoding="unicode")

    changed(master.with_suffix(".new"), without, master=master).replace(master)


def test_figures_that_do_not_add_up_are_found() -> None:
    plan = complete()
    assert found(plan, "totals") == []
    lost = replace(plan, annex=plan.annex[:-1])
    assert [flaw.message for flaw in found(lost, "totals")] == [
        "The figures do not add up: 28 in Annex 1, 36 in the returns accepted."
    ]  # fmt: skip
    miscounted = replace(plan, replies=plan.replies._replace(replied=plan.replies.replied[:-1]))
    assert len(found(miscounted, "totals")) == 2


def test_an_empty_annex_is_an_error() -> None:
    assert found(merge(a_round_of_nine(), []), "empty-annex")[0].blocks


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("They put forward 27 priorities.", [("27 priorities", "error")]),
        ("They put forward twenty-seven priorities.", [("twenty-seven priorities", "error")]),
        ("There are 27 high level priorities.", [("27 high level priorities", "warning")]),
        ("They put forward 36 priorities.", []),
        ("They put forward thirty-six priorities.", []),
        ("Each names 3 to 4 priorities.", []),
        ("At most four priorities are named.", []),
        ("The top 4 priorities count.", []),
        ("They name 4 priorities each.", []),
        ("The 2011-14 priorities follow.", []),
        ("The 2030 priorities follow.", []),
        ("Of these, 3 priorities are for Community Safety.", []),
        ("Of these, 4 priorities are for Community Safety.", [("4 priorities", "warning")]),
        ("Eight partnerships replied.", [("Eight partnerships", "error")]),
        ("Nine partnerships replied.", []),
        ("Ten partnerships were asked.", []),
        ("Nine partnerships were asked.", [("Nine partnerships", "error")]),
        ("9 of 10 partnerships replied.", []),
        ("8 of 10 partnerships replied.", [("10 partnerships", "error")]),
        ("9 of the 12 partnerships replied.", [("12 partnerships", "error")]),
        ("The 7 thematic partnerships were asked.", [("7 thematic partnerships", "warning")]),
        ("There are 5 deliverables.", [("5 deliverables", "error")]),
        ("Over 20 partnerships exist elsewhere.", []),
    ],
)
def test_figures_in_the_officers_words_are_held_against_the_records(text: str, wanted: list[tuple[str, str]]) -> None:
    assert quoted(a_plan(text), "stale-figure") == wanted


def test_the_discrepancy_of_the_source_is_noticed() -> None:
    """A001-T11: the paper says seven, the register has ten."""
    sample = "The 7 thematic partnerships were asked to identify 3 to 4 priorities which would support these areas of focus."
    assert quoted(a_plan(sample), "stale-figure") == [("7 thematic partnerships", "warning")]


@pytest.mark.parametrize("text", ["All partnerships replied.", "Every partnership has responded.", "All of the partnerships have replied."])
def test_everybody_replied_is_an_error_where_one_did_not(text: str) -> None:
    assert [flaw.blocks for flaw in found(a_plan(text), "all-replied")] == [True]
    assert found(complete(narrative=text), "all-replied") == []
    assert found(a_plan("Not all partnerships were asked."), "all-replied") == []


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        ("It goes to the meeting on 14 July 2011.", "error"),
        ("It goes to the meeting of the Oxfordshire Partnership on 14th July.", "error"),
        ("It goes to the meeting on 13th July.", ""),
        ("It was agreed at the meeting on 12 March 2010.", "warning"),
        ("The final proformas were due on 9 May 2011.", "warning"),
        ("The final proformas were due on 6 May 2011.", ""),
        ("A conference was held on 9 May 2011.", ""),
    ],
)
def test_dates_in_the_officers_words_are_held_against_round_yaml(text: str, severity: str) -> None:
    assert [str(flaw.severity) for flaw in found(a_plan(text), "other-date")] == ([severity] if severity else [])


def test_a_window_of_the_timetable_allows_every_day_in_it() -> None:
    window = Step("Chief executives agree the final version", "2nd June/23rd June", dt.date(2011, 6, 2), dt.date(2011, 6, 23))
    said = "The chief executives agree the final version on {} June 2011."
    assert found(a_plan(said.format(10), timetable=(window,)), "other-date") == []
    assert len(found(a_plan(said.format(24), timetable=(window,)), "other-date")) == 1


def test_a_partnership_that_did_not_reply_and_is_named_is_a_warning() -> None:
    (flaw,) = found(a_plan("The Voluntary Sector leads on this."), "silent-named")
    assert not flaw.blocks and "Voluntary Sector, which has not replied" in flaw.message
    assert found(a_plan("The Safer Communities partnership leads on this."), "silent-named") == []


def test_a_body_that_the_register_does_not_know_is_a_suggestion() -> None:
    usual = a_round_of_nine().partnerships
    bodies = (replace(usual[6], name="Safer Communities Partnership"), *usual[:6], *usual[7:])
    (flaw,) = found(a_plan("The Saver Communities Partnership leads.", partnerships=bodies), "unknown-named")
    assert not flaw.blocks and flaw.advice == "Is Safer Communities Partnership meant?"
    for known in (
        "The Safer Communities Partnership leads.",
        "The Oxfordshire Partnership met.",
        "Local Strategic Partnerships were set up.",
    ):
        assert found(a_plan(known, partnerships=bodies), "unknown-named") == []


def test_a_meeting_that_is_past_or_has_no_date_is_a_warning() -> None:
    """Never an error: what a paper says may not depend on the day on which it is made."""
    assert not found(complete(), "meeting-past", dt.date(2011, 7, 14))[0].blocks
    assert found(complete(), "meeting-past", dt.date(2011, 7, 13)) == []
    undated = complete(meeting=a_round_of_nine().meeting._replace(date=None), contacts=())
    assert not found(undated, "no-meeting-date")[0].blocks
    assert not found(undated, "no-contact")[0].blocks


def test_sections_that_round_yaml_has_no_words_for_are_named() -> None:
    assert found(complete(), "left-out") == []
    (flaw,) = found(merge(a_round_of_nine(narrative={**NARRATIVE, "options": " "}), nine_records()), "left-out")
    assert "implications_legal" in flaw.message and "options" in flaw.message and not flaw.blocks


def accepting(flaw: Flaw) -> list[Decision]:
    return [Decision(DecisionKind.OVERRIDE, "", flaw.finding.key, None, "A. Byrne", AT, "The register is newer")]


def read(plan: Plan, flaw: Flaw | None = None) -> Proofread:
    return proofread(plan, accepting(flaw) if flaw else [])


def test_a_flaw_can_be_accepted_with_a_reason_that_the_paper_prints(tmp_path: Path) -> None:
    """Law 6."""
    plan = complete(narrative="They put forward 27 priorities.")
    (flaw,) = read(plan).blocking
    proofed = read(plan, flaw)
    assert proofed.blocking == ()
    publish(proofed.plan, tmp_path, proofed.flaws)
    said = texts(tmp_path / "Committee paper.docx")
    assert "“27 priorities” is not what the records say: 36." in said
    assert "The register is newer (A. Byrne, 20 May 2011)" in said
    assert not any(text.startswith("Draft") for text in said)


def test_an_accepted_query_does_not_accept_the_next_one() -> None:
    """A person accepts what is open on that day, not whatever is asked of the partnership later."""
    plan = with_query()
    flaw = next(one for one in lint(plan) if one.code == "open-query")
    later = Finding("no-lead", Severity.QUERY, "priorities[2]", "Who leads?", SAFER)
    more, other = (replace(plan, findings=findings) for findings in ((*plan.findings, later), (later,)))
    assert [[one.code for one in read(now, flaw).blocking] for now in (plan, more, other)] == [[], ["open-query"], ["open-query"]]


def test_an_accepted_figure_is_not_accepted_when_the_records_change_again() -> None:
    """A person accepts “27, and the records say 36”, not whatever the records say later."""
    plan = complete(narrative="They put forward 27 priorities. All partnerships replied.")
    (flaw,) = [one for one in lint(plan) if one.code == "stale-figure"]
    fewer = replace(plan, entries=plan.entries[1:], chapters=())
    assert [one.code for one in read(plan, flaw).blocking if one.code == "stale-figure"] == []
    assert [one.code for one in read(fewer, flaw).blocking if one.code == "stale-figure"] == ["stale-figure"]


def test_nor_is_all_replied_when_another_partnership_is_silent() -> None:
    plan = a_plan("All partnerships replied.")
    silent = plan.replies.silent
    other = replace(plan, replies=plan.replies._replace(silent=(*silent, plan.replies.asked[0])))
    about = {one.about for case in (plan, other) for one in lint(case) if one.code == "all-replied"}
    assert len(about) == 2


def test_what_a_flaw_is_called_does_not_depend_on_what_else_is_wrong() -> None:
    alone, among = (read(a_plan(text)).blocking for text in ("It names 27 priorities.", "[TBC] It names 27 priorities."))
    keys: Mapping[str, str] = {flaw.code: flaw.finding.key for flaw in among}
    assert keys["stale-figure"] == alone[0].finding.key

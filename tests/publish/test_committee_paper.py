"""The committee paper: numbered by Word, with its questions, its returns, what they have in common, and what is missing."""

import datetime as dt
import re
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree

from pipeline.grammar.narrative import passages
from pipeline.merge import merge
from pipeline.model.findings import Finding, Severity
from pipeline.model.flaws import Flaw
from pipeline.model.history import Decision, DecisionKind, Progress
from pipeline.model.plans import Plan
from pipeline.publish.asked_at import Place, Questions
from pipeline.publish.narrative import Narrative, is_question, letters, questions
from pipeline.publish.papers import publish
from pipeline.publish.publication import publication
from pipeline.publish.runs import Styles
from pipeline.publish.setting.body import content_of
from pipeline.publish.setting.content import Paragraph
from pipeline.publish.views import Facts
from tests.publish.reading import W, complaints, part, tables, texts
from tests.publish.returns import NARRATIVE, Said, a_record, a_round_of_nine, nine_records

AT = dt.datetime(2011, 5, 20, 9, 30, tzinfo=dt.UTC)
SAFER, ENTERPRISE = "safer-communities", "local-enterprise"


def a_priority(title: str = "Safer streets", more: dict[str, Said] | None = None) -> dict[str, Said]:
    return {"title": title, "focus": "Community Safety", "objectives": ["World Class Economy"], **(more or {})}


def paper(folder: Path, plan: Plan | None = None, flaws: tuple[Flaw, ...] = ()) -> Path:
    """Return the committee paper of a plan; of the nine returns where none is given."""
    publish(plan or merge(a_round_of_nine(), nine_records()), folder, flaws)
    return folder / "Committee paper.docx"


def styled(path: Path) -> list[tuple[str, str]]:
    """Return each paragraph outside tables with its style."""
    body = etree.fromstring(part(path).encode())[0]
    return [(_style(one), "".join(text.text or "" for text in one.iter(f"{W}t"))) for one in body.iterchildren(f"{W}p")]


def _style(paragraph: etree._Element) -> str:
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    return "" if style is None else style.get(f"{W}val", "")


def of_style(path: Path, style: str) -> list[str]:
    return [text for one, text in styled(path) if one == style]


def rows(path: Path, first_heading: str) -> list[list[str]]:
    """Return the rows of the table whose first heading is given, without the headings."""
    table = next(table for table in tables(path) if table[0][0].paragraphs == [first_heading])
    return [[" ".join(cell.paragraphs) for cell in row] for row in table[1:]]


def test_headings_paragraphs_options_and_recommendations_are_numbered_by_their_styles(tmp_path: Path) -> None:
    made = paper(tmp_path)
    styles = etree.fromstring(part(made, "word/styles.xml").encode())
    numbered = {
        style.get(f"{W}styleId"): (number.get(f"{W}val"), level.get(f"{W}val"))
        for style in styles.iter(f"{W}style")
        if (number := style.find(f"{W}pPr/{W}numPr/{W}numId")) is not None and (level := style.find(f"{W}pPr/{W}numPr/{W}ilvl")) is not None
    }
    outline = numbered["Heading1"][0]
    assert [numbered[name] for name in ("Heading1", "NumberedParagraph", "NumberedParagraph2", "NumberedParagraph3")] == [
        (outline, "0"), (outline, "1"), (outline, "2"), (outline, "3")
    ]  # fmt: skip
    assert numbered["Recommendation2"][0] not in (outline, "0")
    assert of_style(made, "NumberedParagraph2") == ["That the partnership meets once a year. To:", "That briefings are held."]
    assert of_style(made, "NumberedParagraphBullet2") == ["review"]
    assert of_style(made, "Recommendation2") == ["To discuss the options and agree a way forward."]
    typed = re.compile(r"(\d+\.)+\d*\s|\(\d+\)\s|[a-z]\.\s")
    assert not [text for style, text in styled(made) if typed.match(text)]
    assert "<w:numPr>" not in part(made), "numbers belong to styles"


def test_an_old_master_without_such_styles_gets_its_numbers_typed() -> None:
    styles = Styles({"normal": "Normal", "list marker": "ListMarker", "list bullet": "ListBullet"})
    made = Narrative("One:\n\n1. first\n- **Do you agree?**").laid_out("Normal", styles)
    assert '<w:pStyle w:val="ListMarker"/></w:pPr><w:r><w:t xml:space="preserve">1.</w:t></w:r><w:r><w:tab/></w:r>' in made
    assert "SEQ" not in made and '<w:pStyle w:val="ListBullet"/>' in made


def test_the_questions_of_document_001_are_seven() -> None:
    """A001-8."""
    from pipeline.rounds.loading import load_round
    from tests.journey.rounds import ROOT

    found = list(questions(load_round(ROOT).narrative))
    assert [one.number for one in found] == [1, 2, 3, 4, 5, 6, 7]
    assert [one.option for one in found] == ["", "a", "b", "b", "c", "c", "d"]
    assert found[0].text == "Do you have any comments on the high-level priorities proposed?"
    assert found[6].text.endswith("do you agree?")


@pytest.mark.parametrize(
    ("text", "asks"), [("- Do you agree?", True), ("**Agreed?**", True), ("Why? Because.", False), ("Is it so?", False)]
)
def test_a_question_is_an_item_or_a_bold_line_that_ends_with_its_mark(text: str, asks: bool) -> None:
    assert is_question(passages(text)[0]) is asks


@pytest.mark.parametrize(("number", "letter"), [(0, ""), (1, "a"), (26, "z"), (27, "aa"), (53, "aaa")])
def test_options_are_lettered_as_word_letters_them(number: int, letter: str) -> None:
    assert letters(number) == letter


def test_questions_to_members_are_numbered_through_the_paper_and_listed_with_where_they_stand(tmp_path: Path) -> None:
    """A001-P3: the order is that of the paper, whatever the order of round.yaml."""
    turned = dict(reversed(NARRATIVE.items()))
    made = paper(tmp_path, merge(a_round_of_nine(narrative=turned), nine_records()))
    assert rows(made, "No.") == [
        ["Q1", "Do you have any comments on the priorities?", "Question to members, section 3"],
        ["Q2", "Do members agree?", "Options, paragraph 4.3 a"],
        ["Q3", "Do you support this?", "Options, paragraph 4.3 b"],
    ]
    assert of_style(made, "Question") == ["Q1Do you have any comments on the priorities?"]
    assert of_style(made, "Question2") == ["Q2Do members agree?", "Q3Do you support this?"]
    xml = part(made)
    assert re.findall(r'w:name="(question_\d)"', xml) == ["question_1", "question_2", "question_3"]
    assert re.findall(r'w:anchor="(question_\d)"', xml) == ["question_1", "question_2", "question_3"]
    assert xml.count(" SEQ Question \\* ARABIC ") == 3


def test_the_places_of_questions_are_the_numbers_that_are_counted_from_the_word_file(tmp_path: Path) -> None:
    """Word, LibreOffice and Typst count the same paragraphs; the list must name what they show."""
    made = paper(tmp_path)
    shown: dict[str, str] = {}
    labels = [""]
    for block in (block for section in content_of(made.read_bytes()).sections for block in section.blocks if isinstance(block, Paragraph)):
        labels = [*labels[: block.depth], block.label.rstrip(".")] if block.label[:1].isalnum() else labels
        shown |= {anchor: " ".join(labels[1:]) for anchor in block.anchors if anchor.startswith("question_")}
    places = {f"question_{number[1:]}": place for number, _, place in rows(made, "No.")}
    assert {name: place.rpartition(" paragraph ")[2] for name, place in places.items() if "paragraph" in place} == {
        name: where for name, where in shown.items() if name != "question_1"
    }


def test_a_list_of_questions_before_the_questions_says_what_they_stand_under() -> None:
    place = Place(1, "Options", "a")
    asked = Questions([Facts("a question", {"place": place})])
    asked.master = a_round_of_nine().kit / "paper.docx"
    pieces = [f"<w:p><w:r><w:t>{place.__html__()}</w:t></w:r></w:p>", '<w:bookmarkStart w:id="1" w:name="question_1"/>']
    assert next(asked.placed(iter(pieces))) == "<w:p><w:r><w:t>Options, option a</w:t></w:r></w:p>"


def test_where_the_future_is_left_out_its_heading_does_not_stand_alone(tmp_path: Path) -> None:
    texts_ = {**NARRATIVE, "future_direction": "", "options": "1. One."}
    made = paper(tmp_path, merge(a_round_of_nine(narrative=texts_), nine_records()))
    said = styled(made)
    at = next(number for number, (style, text) in enumerate(said) if style == "Heading1" and text.endswith("future direction"))
    assert said[at + 1][0] == "NumberedParagraph"


def test_what_the_round_leaves_out_takes_its_heading_with_it(tmp_path: Path) -> None:
    short = {name: NARRATIVE[name] for name in ("purpose", "background", "refresh", "next_steps", "recommendation")}
    made = paper(tmp_path, merge(a_round_of_nine(narrative={**short, "options": "  \n"}), nine_records()))
    assert of_style(made, "Heading1") == [
        "Purpose of report", "Background", "Oxfordshire 2030 Refresh", "Next steps", "Recommendation", "Background papers"
    ]  # fmt: skip
    assert "Options" not in of_style(made, "Heading2")


def test_implications_stand_under_headings_of_their_own(tmp_path: Path) -> None:
    more = {**NARRATIVE, "implications_legal": "None.", "implications_climate": "Few."}
    made = paper(tmp_path, merge(a_round_of_nine(narrative=more), nine_records()))
    said = styled(made)
    at = said.index(("Heading1", "Implications"))
    assert said[at + 1 : at + 5] == [
        ("Heading2", "Legal implications"),
        ("NumberedParagraph", "None."),
        ("Heading2", "Climate and environmental implications"),
        ("NumberedParagraph", "Few."),
    ]


def test_the_paper_opens_with_the_meeting_and_whom_to_ask(tmp_path: Path) -> None:
    opening = {row[0].paragraphs[0]: row[1].paragraphs for row in tables(paper(tmp_path))[0]}
    assert opening["Report to"] == ["Oxfordshire Partnership"]
    assert opening["Date of meeting"] == ["13 July 2011"]
    assert opening["Contact officer"] == ["Alex Byrne, Performance and Review Officer: alex.byrne@example.org, 01632 960844"]


def a_mixed_plan() -> Plan:
    """Return a plan in which partnerships reply in every way that there is."""
    query = Finding("no-date", Severity.QUERY, "priorities[1].deliverables[2].due", "By when?", SAFER)
    accepted = Finding("too-few", Severity.WARNING, "priorities", "You name 1 priority.", SAFER)
    override = Decision(DecisionKind.OVERRIDE, SAFER, accepted.key, None, "A. Byrne", AT, "One is enough")
    records = [a_record(name, {"priorities": [a_priority()]}) for name in (SAFER, ENTERPRISE)]
    stands = {
        ENTERPRISE: Progress.SIGNED_OFF,
        "breaking-the-cycle": Progress.NIL_RETURN,
        "health-wellbeing": Progress.DECLINED,
        "chief-executives": Progress.RETURNED,
        "environment-waste": Progress.NOT_SENT,
    }
    return merge(a_round_of_nine(), records, [override], [query, accepted], stands, {SAFER: dt.date(2011, 5, 6)})


def test_the_returns_are_listed_with_their_state_the_day_they_came_and_what_they_put_forward(tmp_path: Path) -> None:
    made = paper(tmp_path, a_mixed_plan())
    assert {row[0]: row[1:] for row in rows(made, "Partnership")} == {
        "Spatial Planning Infrastructure": ["No reply", "–", "0"],
        "Breaking The Cycle": ["Nothing to propose", "–", "0"],
        "Local Enterprise": ["Signed off", "–", "1"],
        "Children Young People": ["No reply", "–", "0"],
        "Health Wellbeing": ["Declined", "–", "0"],
        "Chief Executives": ["Received, not accepted yet", "–", "0"],
        "Safer Communities": ["Accepted; 1 query open", "6 May 2011", "1"],
        "Stronger Communities": ["No reply", "–", "0"],
        "Environment Waste": ["Not asked", "–", "0"],
        "Voluntary Sector": ["No reply", "–", "0"],
        "All": ["5 of 9 replied", "", "2"],
    }
    assert complaints(made) == []


def test_what_is_missing_or_disputed_is_declared(tmp_path: Path) -> None:
    said = texts(paper(tmp_path, a_mixed_plan()))
    for sentence in (
        "Received but not accepted yet, and so not in the figures: Chief Executives.",
        "Nothing to propose: Breaking The Cycle.",
        "Declined to reply: Health Wellbeing.",
        "By when?",
        "One is enough (A. Byrne, 20 May 2011)",
        "Areas of focus for which no partnership puts a priority forward:",
    ):
        assert sentence in said
    assert any(text.startswith("No return has come from Spatial Planning Infrastructure, Children Young People,") for text in said)
    assert not any(text.startswith("Every partnership that was asked has replied.") for text in said)


def test_where_nothing_is_missing_the_paper_says_so(tmp_path: Path) -> None:
    round_ = a_round_of_nine()
    complete = merge(replace(round_, partnerships=round_.partnerships[:9]), nine_records())
    assert any(text.startswith("Every partnership that was asked has replied.") for text in texts(paper(tmp_path, complete)))


def test_what_cuts_across_partnerships_comes_from_the_records_only(tmp_path: Path) -> None:
    """A000-P5."""
    shared: dict[str, Said] = {
        "lead_officer": "Morgan Lee",
        "deliverables": [{"what": "A joint plan for the towns", "due": None, "measure": "Yes"}],
    }
    records = [
        a_record(SAFER, {"priorities": [a_priority("Streets", shared)]}),
        a_record(ENTERPRISE, {"priorities": [a_priority("Growth", shared), a_priority("Skills", {"lead_officer": "Sam Hill"})]}),
    ]
    alike = Finding("priorities-alike", Severity.INFO, "priorities[1].title", "Do you work on it together?", SAFER)
    made = paper(tmp_path, merge(a_round_of_nine(), records, findings=[alike]))
    assert [row for row in rows(made, "Long-term objective") if row[1] != "0"] == [
        ["World Class Economy", "3", "Local Enterprise; Safer Communities"]
    ]
    bullets = of_style(made, "NumberedParagraphBullet")
    assert "Community Safety (3): Local Enterprise; Safer Communities" in bullets
    assert "Morgan Lee (2): Local Enterprise; Safer Communities" in bullets
    assert not any("Sam Hill" in text for text in bullets)
    assert "What will be delivered: “A joint plan for the towns” (Local Enterprise; Safer Communities)" in bullets
    assert not any("“Yes”" in text for text in bullets), "too short to say anything"
    assert "Safer Communities: Do you work on it together?" in bullets


def test_the_public_copy_names_no_officer_and_no_file(tmp_path: Path) -> None:
    records = [a_record(name, {"priorities": [a_priority("Streets", {"lead_officer": "Morgan Lee"})]}) for name in (SAFER, ENTERPRISE)]
    made = paper(tmp_path, publication(merge(a_round_of_nine(), records, received={SAFER: dt.date(2011, 5, 6)})))
    assert "Return of Safer Communities, received 6 May 2011" in of_style(made, "NumberedParagraphBullet")
    said = " ".join(texts(made))
    assert "Morgan Lee" not in said and ".docx" not in said


def test_the_returns_are_the_background_papers(tmp_path: Path) -> None:
    """Local Government Act 1972, s. 100D."""
    made = of_style(paper(tmp_path, a_mixed_plan()), "NumberedParagraphBullet")
    assert [text for text in made if text.startswith("Return of")] == [
        "Return of Local Enterprise",
        "Return of Safer Communities, received 6 May 2011",
    ]
    assert made[-1] == "The proforma of the round (OX2030-11) and the guidance sent out with it"


def test_a_draft_lists_what_is_to_be_mended_and_a_final_paper_nothing(tmp_path: Path) -> None:
    wrong = Flaw("placeholder", Severity.ERROR, "x", "round.yaml, narrative", "“TBC” stands there still.", "Write it.")
    said_elsewhere = wrong._replace(message="A query is open.", declared=True)
    known = wrong._replace(severity=Severity.WARNING, message="The meeting was on 13 July 2011.")
    made = texts(paper(tmp_path, flaws=(wrong, said_elsewhere, known)))
    assert "Draft. What follows may change." in made
    assert "• round.yaml, narrative: “TBC” stands there still. Write it." in made
    assert not any("A query is open" in text or "The meeting was on" in text for text in made)
    final = texts(paper(tmp_path, flaws=(known,)))
    assert not any(text.startswith(("Draft", "To be mended")) for text in final)


@pytest.mark.parametrize("many", [1, 9, 60])
def test_a_paper_of_any_number_of_partnerships_opens_without_repair(many: int, tmp_path: Path) -> None:
    usual = a_round_of_nine()
    bodies = tuple(replace(usual.partnerships[0], id=f"b{number}", code=f"C{number}", name=f"Body {number}") for number in range(many))
    records = [a_record(body.id, {"priorities": [a_priority()]}) for body in bodies]
    made = paper(tmp_path, merge(replace(usual, partnerships=bodies), records))
    assert complaints(made) == []
    said = " ".join(texts(made))
    assert ("; and 48 more" in said) is (many == 60)
    assert ("1 of 1 partnership replied" in said) is (many == 1)

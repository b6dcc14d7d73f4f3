"""Law 4 in the delivery plan: every word of a return stands in it, with the return and the place that said it."""

import io
import re
import shutil
import zipfile
from dataclasses import replace
from functools import cache
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from lxml import etree

from pipeline.errors import StoreError
from pipeline.merge import merge
from pipeline.model.documents import Mark
from pipeline.model.forms import Field, FieldType
from pipeline.model.places import Place
from pipeline.model.plans import Plan
from pipeline.model.records import Answer, Passage, Record, State, Unplaced
from pipeline.publish.attached import RELATIONSHIPS
from pipeline.publish.masters.master import Master
from pipeline.publish.papers import Report, publish
from pipeline.publish.publication import publication
from pipeline.publish.sources import BESIDE, _plain_name
from tests.builders import KIT, sample_form
from tests.publish.reading import W, complaints, part, tables, texts
from tests.publish.returns import Said, a_record, a_round_of_nine
from tests.publish.test_papers import a_plan, a_return

PLAN = "Delivery plan.docx"
LEAVES = [path for path, field in sample_form().walk() if field.is_leaf]


@cache
def the_master() -> Master:
    return Master(KIT / "plan.docx")


def words_of(plan: Plan) -> str:
    """Return all words of the delivery plan."""
    target = io.BytesIO()
    Report("Delivery plan", the_master(), "Plan").write(target, plan)
    body = etree.fromstring(part(target.getvalue()).encode())
    return "\n".join("".join(text.text or "" for text in paragraph.iter(W + "t")) for paragraph in body.iter(W + "p"))


def everything(fields: dict[str, Field], left_out: frozenset[str], path: str = "") -> dict[str, Said]:
    """Return an answer of its own words for every field, twice for every item of a repeat; fields whose path is left out are blank."""
    said: dict[str, Said] = {}
    for key, field in fields.items():
        here = f"{path}.{key}" if path else key
        if field.type is FieldType.GROUP:
            said[key] = everything(dict(field.fields), left_out, here)
        elif field.type is FieldType.REPEAT:
            said[key] = [everything(dict(field.fields), left_out, f"{here}#{number}") for number in (1, 2)]
        else:
            blank = re.sub(r"#\d", "", here) in left_out
            token = f"words of {here.replace('.', ' ')}"
            said[key] = None if blank else [f"{token} one", f"{token} two"] if field.many or field.type is FieldType.LIST else token
    return said


def status(record: Record, value: str | None) -> Record:
    """Return a record in which a word of the vocabulary says how the pledges stand."""
    changed = (answer._replace(value=value) if answer.field.endswith(".status") else answer for answer in record.answers)
    return replace(record, answers=tuple(changed))


@settings(deadline=None, max_examples=40)
@given(some.frozensets(some.sampled_from(LEAVES), max_size=12), some.sampled_from(["met", "remaining", None]))
def test_every_answer_of_an_accepted_return_stands_in_the_plan(left_out: frozenset[str], pledged: str | None) -> None:
    said = everything(dict(sample_form().fields), left_out)
    record = status(a_record("safer-communities", said), pledged)
    text = words_of(merge(a_round_of_nine(), [record]))
    plan = merge(a_round_of_nine(), [record])
    used = {item.path for item in plan.entries[0].items}
    for answer in record.answers:
        if (
            answer.quote
            and not answer.field.endswith(".status")
            and (answer.field.split(".")[0] in used or "priorities[" not in answer.field)
        ):
            assert answer.quote in text, answer.field


def test_a_context_that_says_more_than_its_parts_is_printed_beside_them() -> None:
    context: Said = {"policies": "The policy.", "text": "The policy.\nAnd a word of its own."}
    text = words_of(a_plan({"priorities": [{"title": "Safer", "context": context}]}))
    assert text.count("The policy.") == 1
    assert "And a word of its own." in text


def test_measures_that_belong_to_no_deliverable_are_listed_and_the_others_are_not_said_twice() -> None:
    priority: Said = {
        "title": "Safer",
        "deliverables": [{"what": "A thing", "measure": "It works"}],
        "measures": ["It works", "More of it"],
    }
    text = words_of(a_plan({"priorities": [priority]}))
    assert text.count("It works") == 1
    assert "Measures of success, beside those above\nMore of it" in text


def test_words_that_answer_no_question_are_listed_with_their_place(tmp_path: Path) -> None:
    stray = Unplaced("By the way, thank you.", Place(part="word/document.xml", paragraph=12))
    publish(merge(a_round_of_nine(), [a_record("safer-communities", a_return(), unplaced=(stray,))]), tmp_path)
    rows = next(table for table in tables(tmp_path / PLAN) if table[0][0].paragraphs == ["In answer to"])
    assert [cell.paragraphs for cell in rows[1]] == [["No question of the form"], ["By the way, thank you."], ["paragraph 12"]]


def further(paper: Path) -> list[list[str]]:
    """Return the further words of the first return that has any: in answer to what, the words, and where."""
    rows = next(table for table in tables(paper) if table[0][0].paragraphs == ["In answer to"])
    return [[" ".join(cell.paragraphs) for cell in row] for row in rows[1:]]


def test_a_spare_block_that_somebody_wrote_something_into_is_not_lost(tmp_path: Path) -> None:
    """Nobody named the second priority and the third: one has another area than the blank brought, one says that it does not apply."""
    round_ = a_round_of_nine()
    columns = {"default_focus": "Community Safety"}
    bodies = tuple(replace(body, columns={**body.columns, **columns}) for body in round_.partnerships)
    priorities: Said = [
        {"title": "Safer", "focus": "Community Safety"},
        {"focus": "Big Society"},
        {"title": "N/A", "focus": "community safety"},
    ]
    record = a_record("safer-communities", {"priorities": priorities})
    answers = tuple(answer._replace(state=State.NOT_APPLICABLE) if answer.value == "N/A" else answer for answer in record.answers)
    publish(merge(replace(round_, partnerships=bodies), [replace(record, answers=answers)]), tmp_path)
    assert [line[:2] for line in further(tmp_path / PLAN)] == [
        ["Key priorities for the medium term 2, Area of focus", "Big Society"],
        ["Key priorities for the medium term 3, Priority", "N/A"],
    ]


def test_an_answer_to_a_question_that_the_form_has_no_more_is_not_lost(tmp_path: Path) -> None:
    record = a_record("safer-communities", {**a_return(), "motto": "Safe as houses"})
    publish(merge(a_round_of_nine(), [record]), tmp_path)
    assert further(tmp_path / PLAN)[0][:2] == ["No question of the form", "Safe as houses"]


def test_an_answer_that_an_officers_master_does_not_print_is_listed_among_further_words(tmp_path: Path) -> None:
    kit = tmp_path / "kit"
    shutil.copytree(KIT, kit, ignore=shutil.ignore_patterns("mail", "*.py"))
    with_tag = part(kit / "plan.docx")
    parts = _members(kit / "plan.docx")
    parts["word/document.xml"] = with_tag.replace("{{p entry.pledges_text }}", "Ask the partnership.").encode()
    _write(kit / "plan.docx", parts)
    publish(a_plan(kit=kit), tmp_path)
    rows = next(table for table in tables(tmp_path / PLAN) if table[0][0].paragraphs == ["In answer to"])
    assert [cell.paragraphs for cell in rows[1]][:2] == [["Anything else about your pledges"], ["The rest was merged."]]
    publish(a_plan(), tmp_path)
    assert "Further words of the return" not in texts(tmp_path / PLAN)


def _members(paper: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(paper) as package:
        return {name: package.read(name) for name in package.namelist()}


def _write(paper: Path, parts: dict[str, bytes]) -> None:
    with zipfile.ZipFile(paper, "w") as package:
        for name, data in parts.items():
            package.writestr(name, data)


def test_an_answer_that_says_that_it_does_not_apply_is_printed_as_it_was_typed() -> None:
    record = a_record("safer-communities", a_return())
    typed = (Passage("N/A – see the other plan", Place()),)
    answers = tuple(
        answer._replace(state=State.NOT_APPLICABLE, value="N/A", passages=typed) if answer.field.endswith("due") else answer
        for answer in record.answers
    )
    assert "N/A – see the other plan" in words_of(merge(a_round_of_nine(), [replace(record, answers=answers)]))


# -- the index ---------------------------------------------------------------------------------------------------------


def the_index(paper: Path) -> list[list[str]]:
    rows = next(
        table for table in tables(paper) if table[0][0].paragraphs == ["No."] and "words of the return" in table[0][1].paragraphs[0]
    )
    return [[" ".join(cell.paragraphs) for cell in row] for row in rows[1:]]


def test_every_priority_has_a_line_that_says_where_it_comes_from(tmp_path: Path) -> None:
    publish(a_plan(), tmp_path)
    assert the_index(tmp_path / PLAN) == [
        ["6.1", "Safer streets & squares", "safer-communities.docx", "table 1, row 4, column 2, paragraph 1"]
    ]


def test_a_priority_and_its_line_lead_to_each_other(tmp_path: Path) -> None:
    publish(a_plan(), tmp_path)
    xml = part(tmp_path / PLAN)
    number = the_index(tmp_path / PLAN)[0][0].replace(".", "_")
    for name in (f"item_{number}", f"source_{number}"):
        assert xml.count(f'w:name="{name}"') == 1 == xml.count(f'<w:hyperlink w:anchor="{name}"')
    assert xml.index(f'w:name="item_{number}"') < xml.index(f'w:anchor="source_{number}"') < xml.index(f'w:name="source_{number}"')


@pytest.mark.parametrize(
    ("place", "said"),
    [
        (Place("word/document.xml", 4, 2, 3, 1), "table 4, row 2, column 3, paragraph 1"),
        (Place(page=3), "page 3"),
        (Place("mail"), "mail"),
    ],
)
def test_a_place_is_said_in_words_for_word_files_pages_and_mails(place: Place, said: str, tmp_path: Path) -> None:
    record = a_record("safer-communities", {"priorities": [{"title": "Safer"}]})
    answers = tuple(answer._replace(passages=(Passage("Safer", place, (Mark(0, 5, "bold"),)),)) for answer in record.answers)
    publish(merge(a_round_of_nine(), [replace(record, answers=answers)]), tmp_path)
    assert the_index(tmp_path / PLAN)[0][3] == said


def test_a_priority_that_a_mail_named_is_traced_to_the_mail(tmp_path: Path) -> None:
    record = a_record("safer-communities", {"priorities": [{"title": "Safer"}]})
    answers = tuple(answer._replace(sha256="1" * 64, file="Re questions.eml") for answer in record.answers)
    publish(merge(a_round_of_nine(), [replace(record, answers=answers)]), tmp_path)
    assert the_index(tmp_path / PLAN)[0][2] == "Re questions.eml"


def test_a_priority_without_words_in_the_return_says_so(tmp_path: Path) -> None:
    title = Answer("priorities[1].title", "Safer", State.GIVEN, (), "register", 1.0)
    publish(merge(a_round_of_nine(), [a_record("safer-communities", {}, answers=(title,))]), tmp_path)
    assert the_index(tmp_path / PLAN)[0][3] == "The register"


def a_plan_from_the_inbox(folder: Path, *, lying: bytes = b"as read", file: str = "Our reply & more.docx") -> Plan:
    """Return a plan whose return came through the inbox and still lies there."""
    (folder / "inbox").mkdir(parents=True)
    (folder / "inbox" / file).write_bytes(lying)
    record = a_record("safer-communities", a_return(), file=file, sha256=sha256(b"as read").hexdigest())
    return merge(a_round_of_nine(folder=folder), [record])


def test_a_source_leads_to_the_file_in_the_inbox(tmp_path: Path) -> None:
    publish(a_plan_from_the_inbox(tmp_path), tmp_path / "outbox" / "plan")
    related = part(tmp_path / "outbox" / "plan" / PLAN, RELATIONSHIPS)
    assert 'Target="../../inbox/Our%20reply%20%26%20more.docx" TargetMode="External"' in related
    assert complaints(tmp_path / "outbox" / "plan" / PLAN) == []


def test_a_file_that_is_no_longer_the_one_that_was_read_is_not_led_to(tmp_path: Path) -> None:
    publish(a_plan_from_the_inbox(tmp_path, lying=b"another"), tmp_path / "outbox" / "plan")
    assert "External" not in part(tmp_path / "outbox" / "plan" / PLAN, RELATIONSHIPS)
    assert the_index(tmp_path / "outbox" / "plan" / PLAN)[0][2] == "Our reply & more.docx"


def test_a_name_that_a_mail_gave_leads_nowhere_outside_the_inbox(tmp_path: Path) -> None:
    (tmp_path / "secret.docx").write_bytes(b"as read")
    plan = a_plan_from_the_inbox(tmp_path)
    entries = tuple(entry._replace(file="../secret.docx") for entry in plan.entries)
    chapters = tuple(chapter._replace(items=tuple(replace(item, entry=entries[0]) for item in chapter.items)) for chapter in plan.chapters)
    publish(replace(plan, entries=entries, chapters=chapters), tmp_path / "outbox" / "plan")
    assert "External" not in part(tmp_path / "outbox" / "plan" / PLAN, RELATIONSHIPS)


def test_a_document_that_came_by_mail_is_put_beside_the_paper_and_led_to(tmp_path: Path) -> None:
    plan, kept = a_plan_from_the_inbox(tmp_path), {sha256(b"as read").hexdigest(): b"as read"}
    (tmp_path / "inbox" / "Our reply & more.docx").unlink()
    folder = tmp_path / "outbox" / "plan"
    for _ in range(2):
        publish(plan, folder, original=kept.__getitem__)
    (beside,) = (folder / BESIDE).iterdir()
    assert (beside.name, beside.read_bytes()) == (f"{next(iter(kept))[:6]} Our reply & more.docx", b"as read")
    related = part(folder / "Delivery plan.docx", "word/_rels/document.xml.rels")
    assert f'Target="returns/{quote(beside.name)}" TargetMode="External"' in related


@pytest.mark.parametrize("file", ["reply.docm", "reply.html", "reply.exe", "reply"])
def test_what_a_program_might_run_is_not_put_beside_the_paper(file: str, tmp_path: Path) -> None:
    plan = a_plan_from_the_inbox(tmp_path, file=file)
    (tmp_path / "inbox" / file).unlink()
    publish(plan, tmp_path / "outbox" / "plan", original=lambda _: b"as read")
    assert not (tmp_path / "outbox" / "plan" / BESIDE).exists()


def test_a_document_that_the_store_has_lost_is_named_and_not_led_to(tmp_path: Path) -> None:
    def lost(_: str) -> bytes:
        raise StoreError("It is damaged.", "Bring it back.")

    plan = a_plan_from_the_inbox(tmp_path, lying=b"another")
    publish(plan, tmp_path / "outbox" / "plan", original=lost)
    assert "External" not in part(tmp_path / "outbox" / "plan" / "Delivery plan.docx", "word/_rels/document.xml.rels")


def test_a_name_from_a_mail_is_a_name_in_the_folder_beside_the_paper() -> None:
    assert _plain_name("../../etc/a:b?\n\u202ec.DOCX") == "a b c.docx"


def test_a_publication_copy_leads_to_no_file(tmp_path: Path) -> None:
    publish(publication(a_plan_from_the_inbox(tmp_path)), tmp_path / "outbox" / "publication")
    assert "External" not in part(tmp_path / "outbox" / "publication" / PLAN, RELATIONSHIPS)
    assert the_index(tmp_path / "outbox" / "publication" / PLAN)[0][2] == "Return of Safer Communities"


# -- pledges -----------------------------------------------------------------------------------------------------------


def test_pledges_are_counted_by_partnership_and_in_all(tmp_path: Path) -> None:
    """A002-22."""
    other: Said = [{"pledge": "Plant trees", "status": "met"}, {"pledge": "Clean rivers", "status": "met"}]
    records = [a_record("safer-communities", a_return()), a_record("environment-waste", {"pledges": other})]
    publish(merge(a_round_of_nine(), records), tmp_path)
    rows = next(table for table in tables(tmp_path / PLAN) if len(table[0]) == 5 and table[0][1].paragraphs == ["Met"])
    assert [[cell.paragraphs[0] for cell in row] for row in rows[1:]] == [
        ["Safer Communities", "1", "1", "1", "3"],
        ["Environment Waste", "2", "0", "0", "2"],
        ["All", "3", "1", "1", "5"],
    ]


def test_a_plan_without_pledges_counts_none(tmp_path: Path) -> None:
    publish(a_plan({"priorities": [{"title": "Safer"}]}), tmp_path)
    assert "Pledges of the current plan" not in texts(tmp_path / PLAN)

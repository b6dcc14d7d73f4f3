"""The partnerships update of 2008 (source document 003): nine returns with eight labelled answers each, and what is odd about them."""

from dataclasses import replace

import pytest

from pipeline.blanks.compiling import compile_master
from pipeline.blanks.masters import check_master
from pipeline.check import check_record, check_round, check_rules
from pipeline.flow import Desk, read_return
from pipeline.grammar.people import read_people, read_person, same_person
from pipeline.model.outcomes import Outcome, Reason
from pipeline.model.places import Place
from pipeline.model.records import Answer, Record, State
from tests.documents import cell, docx, para, row, table
from tests.sample.typed import lines as typed
from tests.sample.word import fill
from tests.traps.updates import (
    KEYS,
    KIT,
    Update,
    answers,
    lines,
    paragraphs,
    returned,
    told,
    update_desk,
    update_form,
    update_of,
    update_round,
    update_table,
    updates,
)

NAMES = [update["Partnership"] for update in updates()]


def record(update: Update, ending: str = "") -> Record:
    """Read the return of one table."""
    return read_return(returned(update, ending=ending), "update.docx", update_desk())[0]


def said_by(name: str, label: str) -> list[str]:
    """Return what the return of a partnership holds for a label, a line each."""
    return told(record(update_of(name)), label)


def kept(said: Record) -> str:
    """Return all the words that a record keeps, wherever it keeps them."""
    quotes = [kept.quote for part in (said.answers, said.unplaced, said.notes) for kept in part]
    return " ".join(" ".join(quotes).split())


def lost(said: Record, *tables: Update) -> list[str]:
    """Return the lines of tables that a record keeps nowhere."""
    words = kept(said)
    return [line for update in tables for text in update.values() for line in text.splitlines() if " ".join(line.split()) not in words]


# -- the kit -------------------------------------------------------------------------------------------------------------


def test_the_kit_of_the_update_agrees_with_its_master_and_its_rules_can_be_used() -> None:
    assert check_master(KIT / "proforma.docx", update_form()) == ()
    assert check_rules(update_form()) == ()


def test_the_next_update_is_filled_in_from_the_register() -> None:
    """A003-15."""
    economy = update_of("Economic")
    known = update_round().partnerships[2]
    known = replace(
        known,
        columns={**known.columns, "chair": economy["Chairman"], "cabinet_member": economy["Cabinet member"]},
        lists={**known.lists, **{KEYS[label]: tuple(lines(economy, label)) for label in PREFILLED}},
    )
    desk = Desk(replace(update_round(), partnerships=(known,)))
    said, _ = read_return(desk.blank, "blank.docx", desk)
    assert (said.outcome, said.partnership, said.damage) == (Outcome.READ, known.id, ())
    assert [told(said, label) for label in ("Chairman", "Cabinet member", *PREFILLED)] == [
        lines(economy, label) for label in ("Chairman", "Cabinet member", *PREFILLED)
    ]
    assert [told(said, label) for label in ("Progress/ achievements in the last quarter", "Issues to note")] == [[], []]


PREFILLED = ("Priorities for the year ahead", "Responsibility for LAA 2 targets", "Sub-groups which report to the partnership")


def test_our_own_blank_comes_back_with_what_was_typed_into_it() -> None:
    blank = compile_master(update_round()).stamp(update_round().partnerships[5])
    entered = {
        "chair": "Robin Buxton",
        "year_priorities[1].title": "Responding to the Sustainable Community Strategy",
        "laa_targets[1].indicator": "NI 185 CO2 reduction",
        "laa_targets[1].latest_figure": "3% below 2006",
        "sub_groups[1].name": "N/A",
        "meeting_dates[1].what": "Last meeting",
        "meeting_dates[1].held_on": "17 March 2008",
        "meeting_dates[2].what": "Away day",
    }
    said, findings = read_return(fill(blank, {tag: typed((text,)) for tag, text in entered.items()}, "A. Person"), "x.docx", update_desk())
    assert {answer.field: answer.value for answer in said.answers if answer.value} == {
        "partnership": "Oxfordshire Environment Partnership",
        **entered,
        "meeting_dates[1].held_on": "2008-03-17",
    }
    assert {finding.code for finding in findings} >= {"no-cabinet-member", "no-progress", "no-issues"}


# -- nine returns --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("ending", ["", ":"])
@pytest.mark.parametrize("update", updates(), ids=NAMES)
def test_every_labelled_answer_of_the_nine_updates_is_right(update: Update, ending: str) -> None:
    """A003-1 to A003-10: 72 answers. A003-T8, A003-T10, A003-T12, A003-T14, A003-T15, A003-T16: as they were typed."""
    said = record(update, ending=ending)
    assert {label: told(said, label) for label in KEYS} == {label: lines(update, label) for label in KEYS}
    assert (said.outcome, said.unplaced, said.notes, lost(said, update)) == (Outcome.READ, (), (), [])


@pytest.mark.parametrize("update", updates(), ids=NAMES)
def test_an_update_whose_labels_are_worded_anew_has_the_same_answers(update: Update) -> None:
    """A003-T3, A003-T15."""
    other = ("Chair", "Cabinet Lead", "Priorities", "Progress", "Issues", "LAA targets", "Sub groups", "Dates of last and future meetings")
    rows = [row(label, cell(*paragraphs(update[known]))) for label, known in zip(other, KEYS, strict=True)]
    said, _ = read_return(docx(table(row("Name of partnership", update["Partnership"]), *rows)), "x.docx", update_desk())
    assert {label: told(said, label) for label in KEYS} == {label: lines(update, label) for label in KEYS}


@pytest.mark.parametrize("update", updates(), ids=NAMES)
def test_a_title_row_without_a_label_says_whose_the_answers_are(update: Update) -> None:
    """A003-1, A003-T11: the source has the bare name over its table."""
    said, _ = read_return(returned(update, titled=""), "x.docx", update_desk())
    assert {label: told(said, label) for label in KEYS} == {label: lines(update, label) for label in KEYS}
    assert (said.partnership, lost(said, update)) == (update_round().partnerships[updates().index(update)].id, [])


@pytest.mark.parametrize("update", [update for update in updates() if not any(": " in update[label] for label in list(KEYS)[:2])])
def test_labels_and_answers_on_lines_of_their_own_behind_tabs_are_told_apart(update: Update) -> None:
    """A003-T15: as the source's own text shows its cells."""
    blocks = [para("\tPartnership"), para(f"\t{update['Partnership']}")]
    for label in KEYS:
        blocks += [para(f"\t{label}"), *(para(("" if at else "\t") + part) for at, part in enumerate(update[label].split("\n\n")))]
    said, _ = read_return(docx(*blocks), "x.docx", update_desk())
    assert {label: told(said, label) for label in KEYS} == {label: lines(update, label) for label in KEYS}


@pytest.mark.parametrize("update", updates(), ids=NAMES)
def test_each_update_is_known_by_the_name_over_it(update: Update) -> None:
    """A003-10, A003-T11: the bracket after "Improvement Partnership)" was never opened."""
    said = record(update)
    assert said.partnership == update_round().partnerships[updates().index(update)].id
    assert [(claim.carrier, claim.says, claim.believed) for claim in said.identity] == [("name", update["Partnership"], True)]


def test_a_name_of_2008_leads_to_the_body_that_followed() -> None:
    """A-X2: the Environment and the Waste Partnerships became one."""
    heir = replace(
        update_round().partnerships[5],
        id="environment-waste",
        name="Environment & Waste",
        lists={"aliases": (), "lineage": ("Oxfordshire Environment Partnership", "Oxfordshire Waste Partnership"), "sub_groups": ()},
    )
    desk = Desk(replace(update_round(), partnerships=(heir,)))
    found = [read_return(returned(update_of(name)), "x.docx", desk)[0].partnership for name in ("Environment", "Waste", "Economic")]
    assert found == ["environment-waste", "environment-waste", None]


# -- people --------------------------------------------------------------------------------------------------------------


def test_co_chairmen_in_one_cell_are_one_answer_and_two_people() -> None:
    """A003-T1."""
    [chairs] = said_by("Health", "Chairman")
    assert chairs.startswith("Co-Chairmen: Cllr Jim Couchman and Dr Stephen Richards (")
    assert [person.name for person in read_people(chairs)] == ["Cllr Jim Couchman", "Dr Stephen Richards"]


def test_a_chair_keeps_the_organisation_in_brackets() -> None:
    """A003-T2."""
    [chair] = said_by("Economic", "Chairman")
    assert read_person(chair) == ("Frank Nigriello", "Unipart Group of Companies")


def test_a_label_typed_into_the_answer_stays_as_typed_and_is_no_part_of_the_name() -> None:
    """A003-T3."""
    assert said_by("MKOB", "Cabinet member") == ["Cabinet Lead: Cllr John Howell OBE"]
    assert read_person("Cabinet Lead: Cllr John Howell OBE").name == "Cllr John Howell OBE"


def test_one_person_may_be_chairman_and_cabinet_member() -> None:
    """A003-T4."""
    both = [update["Partnership"] for update in updates() if same_person(*(told(record(update), label)[0] for label in list(KEYS)[:2]))]
    assert [name.split()[1] for name in both] == ["Partnership", "Public", "Safer", "Children’s"]


# -- dates ---------------------------------------------------------------------------------------------------------------


def days(name: str) -> list[tuple[str, str | None]]:
    """Return the meetings of a partnership as written, each with its day."""
    said = record(update_of(name))
    dated = {answer.field: answer.value for answer in said.answers}
    return [(answer.quote, dated.get(answer.field.replace(".what", ".held_on"))) for answer in answers(said, "meeting_dates")]


def test_a_meeting_that_was_cancelled_is_kept_and_the_other_date_on_its_line_counts() -> None:
    """A003-T5."""
    assert days("Public Service") == [
        ("22 May 2008. 11 June 2008 (meeting cancelled)", "2008-05-22"),
        ("10 September 2008", "2008-09-10"),
    ]


def test_a_kind_of_meeting_may_follow_its_date() -> None:
    """A003-T6, A003-13."""
    assert days("Health") == [
        ("20 March 2008", "2008-03-20"),
        ("19 June 2008 – Away day", "2008-06-19"),
        ("18 September 2008", "2008-09-18"),
    ]


def test_dates_that_a_line_break_parts_are_meetings_of_their_own() -> None:
    """A003-13."""
    assert [day for _, day in days("MKOB")] == ["2008-04-24", "2008-06-11", "2008-08-28"]


def test_dates_within_priorities_stay_in_their_words() -> None:
    """A003-T13."""
    priorities = said_by("Safer", "Priorities for the year ahead")
    assert [priority for priority in priorities if "by " in priority and "08" in priority] == [
        "Deliver a quality Strategic Intelligence Assessment by September 2008",
        "Completion of tactical business group strategies by July 08",
    ]


# -- indicators, groups, counts ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "targets"),
    [
        ("Economic", ["NI 152 work related benefits", "NI 163 and 164 level 2 and level 3 qualifications of adults"]),
        ("Environment", ["NI 185 CO2 reduction from Local Authority operations", "NI 188 Adapting to climate change"]),
        (
            "Safer",
            [
                "NI 20: Assault with injury crime rate",
                "NI32: Repeat incidents of domestic violence",
                "NI21: Dealing with local concerns about anti-social behaviour and crime by the local council and police",
                "NI40: Drug users in effective treatment",
                "NI111: First time entrants to the youth justice system aged 10-1",
            ],
        ),
    ],
)
def test_an_indicator_is_an_item_however_its_number_is_typed(name: str, targets: list[str]) -> None:
    """A003-11, A003-T7; A003-T8: “10-1” is not mended."""
    assert said_by(name, "Responsibility for LAA 2 targets") == targets


def test_a_word_that_broke_in_two_stays_broken() -> None:
    """A003-T8."""
    assert said_by("Environment", "Priorities for the year ahead")[-1] == (
        "Mitigation – reducing CO2 emissions from domestic ener gy consumption"
    )


def test_progress_under_issues_and_a_website_stay_where_they_were_typed() -> None:
    """A003-T10, A003-T12."""
    assert said_by("Health", "Issues to note")[0] == "Overseen production of Joint Strategic Needs Assessment for the County"
    assert said_by("Waste", "Issues to note") == ["For more information please see the website: www.oxfordshirewaste.gov.uk"]


def test_a_sentence_with_counts_is_one_item_where_a_list_was_asked_for() -> None:
    """A003-T14."""
    assert said_by("Children", "Responsibility for LAA 2 targets") == [
        "Children’s Trust is responsible for 16 statutory attainment targets and 8 other targets in the LAA2"
    ]


def test_sub_groups_keep_their_leads_codes_and_order_and_one_may_have_no_lead() -> None:
    """A003-12, A003-T16, A003-T17."""
    assert said_by("Waste", "Sub-groups which report to the partnership") == [
        "Waste Reduction project group (Lowelle Bryan, SODC)",
        "Waste & Recycling Operations group (John Pickard. OCC)",
        "Environmental Quality & Cleansing group (Mark Harmon, Cherwell DC)",
    ]
    economy = answers(record(update_of("Economic")), "sub_groups")
    assert [answer.value for answer in economy][:3] == [
        "OEP Development group",
        "Special interest groups:",
        "Business and education (Frank Nigriello)",
    ]
    assert "Transport" in [answer.value for answer in economy]
    assert economy[2].quote == "· Business and education (Frank Nigriello)"


# -- blank and not applicable --------------------------------------------------------------------------------------------


def state(name: str, label: str) -> list[tuple[str | None, State]]:
    """Return the answers to a label with their states."""
    return [(answer.value, answer.state) for answer in answers(record(update_of(name)), KEYS[label])]


def test_an_empty_cell_and_both_spellings_of_not_applicable_are_told_apart() -> None:
    """A003-16, A003-T9."""
    assert state("Environment", "Issues to note") == [(None, State.BLANK)]
    assert state("Economic", "Issues to note") == [("N/A", State.NOT_APPLICABLE)]
    assert state("MKOB", "Responsibility for LAA 2 targets") == [("N/a", State.NOT_APPLICABLE)]
    assert state("Health", "Sub-groups which report to the partnership") == [("N/A", State.NOT_APPLICABLE)]


def test_only_the_empty_cell_is_asked_about() -> None:
    """A003-16, A003-T9."""
    asked = {update["Partnership"]: {finding.code for finding in check_record(record(update), update_round())} for update in updates()}
    assert [name for name, codes in asked.items() if "no-issues" in codes] == ["Oxfordshire Environment Partnership"]
    assert not any(codes & {"no-targets", "no-sub-groups", "no-chair", "no-progress", "no-meetings"} for codes in asked.values())


def test_a_meeting_before_the_quarter_is_mentioned() -> None:
    """A003-17, as far as the kinds of rules allow."""
    said = [finding.message for finding in check_record(record(update_of("Waste")), update_round())]
    assert said == [
        "The meeting of 29 February 2008 was before the period of this update, which begins on 1 April 2008. Has the partnership met since?"
    ]


def test_no_two_updates_claim_the_same_target() -> None:
    """A003-18: of the indicators none is claimed twice; one that is, is asked about."""
    records = [record(update) for update in updates()]
    assert check_round(records, update_round()) == ()
    claimed = {**update_of("Waste"), "Responsibility for LAA 2 targets": "NI 188: Adapting to climate change"}
    assert {finding.code for finding in check_round([*records[:7], record(claimed), records[8]], update_round())} == {"targets-alike"}


# -- the whole report ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("titled", ["Partnership", ""])
def test_the_report_of_all_nine_is_held_and_nothing_of_it_is_lost(titled: str) -> None:
    """A003-P1, A003-19: one document with nine tables is nobody's return."""
    blocks = [block for update in updates() for block in (update_table(update, titled=titled), para(""))]
    said, findings = read_return(docx(*blocks), "update.docx", update_desk())
    assert (said.outcome, findings) == (Outcome.HELD, ())
    assert said.reason is Reason.TWO_PARTNERSHIPS
    assert lost(said, *updates()) == []


def test_every_answer_of_the_report_says_in_which_table_it_stands() -> None:
    """Law 3: each word of the nine can be traced."""
    blocks = [block for update in updates() for block in (update_table(update), para(""))]
    said, _ = read_return(docx(*blocks), "update.docx", update_desk())
    places: list[Place] = [passage.place for answer in said.answers if given(answer) for passage in answer.passages]
    assert {place.table for place in places} == set(range(1, 10))


def given(answer: Answer) -> bool:
    """Say whether an answer was given."""
    return answer.value is not None

"""The mail texts of the kits, and what happens to one with a mistake in it."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.desk.sending import Occasion, Office, letter
from pipeline.errors import MailError, SetupError
from pipeline.model.history import Decision, DecisionKind
from pipeline.model.post import MessageKind
from pipeline.model.rounds import Partnership, Round
from pipeline.post.bodies import page, plain_text
from pipeline.post.letters import Marked, one_line, render
from pipeline.rounds.loading import load_round
from pipeline.rounds.starting import init_round
from pipeline.store.store import Store
from tests.post.rounds import AT, a_post_round
from tests.sample.register import ROOT
from tests.store.samples import later

RETURNED = {"file": "reply.docx", "on": "5 May 2011", "answers": 41}
MISSING = [{"where": "Priority 2, Lead officer", "question": "Who is the lead officer for “Homes”?"}]
FACTS: dict[MessageKind, dict[str, object]] = {
    MessageKind.PROFORMA: {},
    MessageKind.REMINDER: {"asked": "4 March 2011", "returned": False, "missing": []},
    MessageKind.QUERY: {"returned": RETURNED, "queries": [{"number": 1, **MISSING[0]}, {"number": 2, "where": "", "question": "Why?"}]},
    MessageKind.ACKNOWLEDGEMENT: {"returned": RETURNED, "missing": MISSING},
}


@pytest.fixture(scope="module")
def sample() -> Round:
    return load_round(ROOT)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path) as store:
        yield store


def said(kind: MessageKind, round_: Round, store: Store, **facts: object) -> str:
    """Return the plain text of a letter to the first partnership, on one line."""
    written = letter(Occasion(kind, round_.partnerships[0], facts={**FACTS[kind], **facts}), Office(round_, store, AT))
    return " ".join(plain_text(written.body).split())


def test_the_guidance_letter_says_what_source_document_002_says(sample: Round, store: Store) -> None:
    """A002-P1, A002-1, A002-2, A002-24, A002-25, A002-P7: all of it from the round, the register and the form."""
    text = said(MessageKind.PROFORMA, sample, store)
    wanted = [
        "Dear Cllr Margaret Ashdown,",
        "Introduction The context for partnership working and the landscape around it has rapidly changed",
        "This work is now being re-started in order to reflect the new environment we are all operating within.",
        "What partnerships are being asked to do",
        "identify its key priorities for 2011-14",
        *(f"- {term.name}" for term in sample.vocabularies["objectives"]),
        *(f"- {term.name}" for term in sample.vocabularies["focus_areas"]),
        "OX2030-11-SPI-",
        "What to supply for each priority",
        "existing or emerging policies and strategies that underpin this priority",
        "How this priority moves the long-term objectives forward",
        "In terms of financial planning: The business plans",
        "what will be delivered, and by when",
        "how will we know that the outcome is a success?",
        "which of them have already been met, and how relevant are the remaining ones now?",
        "- Reduce congestion on the main routes into Oxford",
        "Managing the process Please complete the proforma by 6 May 2011.",
        *(f"- {step.written}: {step.what}" for step in sample.timetable),
        "The Partnership and Policy team will be providing support",
        "attend your next partnership meeting",
        "- Sarah Carter, Performance and Review Officer: sarah.carter@example.org, 01632 960844",
        "Claire Moore Partnerships Manager",
    ]
    at = 0
    for words in wanted:
        assert words in text[at:], f"“{words}” is missing, or not in its place"
        at = text.index(words, at)


def test_a_reminder_knows_the_deadline_and_the_days_that_are_left(sample: Round, store: Store) -> None:
    text = said(MessageKind.REMINDER, sample, store)
    assert "It is due on 6 May 2011: 63 days are left." in text
    assert "We have not received your proforma yet." in text


def test_a_reminder_knows_what_is_still_missing(sample: Round, store: Store) -> None:
    text = said(MessageKind.REMINDER, sample, store, returned=RETURNED, missing=MISSING)
    assert "- Priority 2, Lead officer: Who is the lead officer for “Homes”?" in text
    assert "We have not received" not in text


def test_a_deadline_that_was_put_off_is_the_one_that_counts(sample: Round, store: Store) -> None:
    first = sample.partnerships[0].id
    store.decide(Decision(DecisionKind.EXTEND, first, "", "2011-03-01", "Sam", AT, "The chair was away."))
    text = said(MessageKind.REMINDER, sample, store)
    assert "It was due on 1 March 2011." in text
    store.decide(Decision(DecisionKind.EXTEND, first, "", "2011-03-05", "Sam", later(), "Still away."))
    assert "It is due on 5 March 2011, which is tomorrow." in said(MessageKind.REMINDER, sample, store)


def test_queries_are_numbered(sample: Round, store: Store) -> None:
    text = said(MessageKind.QUERY, sample, store)
    assert "Q1 Priority 2, Lead officer: Who is the lead officer for “Homes”? Q2 Why?" in text


def test_an_acknowledgement_says_what_was_received_read_and_is_missing(sample: Round, store: Store) -> None:
    text = said(MessageKind.ACKNOWLEDGEMENT, sample, store)
    assert "“reply.docx”, on 5 May 2011, and have read 41 answers in it." in text
    assert "- Priority 2, Lead officer:" in text
    assert "Nothing is missing." in said(MessageKind.ACKNOWLEDGEMENT, sample, store, missing=[])


@pytest.mark.parametrize("kit", ["priorities", "update"])
@pytest.mark.parametrize("kind", MessageKind)
def test_every_kit_has_every_text_and_needs_nothing_that_a_round_may_leave_out(kit: str, kind: MessageKind, tmp_path: Path) -> None:
    init_round(tmp_path / "round", kit)
    round_ = load_round(tmp_path / "round")
    for bare in (round_, _bare(round_)):
        with Store.open(tmp_path / "round") as store:
            written = letter(Occasion(kind, _addressed(bare), facts=FACTS[kind]), Office(bare, store, AT))
        text = plain_text(written.body)
        assert "{" not in text + written.subject
        assert "None" not in text
        assert "**" not in text
        assert "  " not in " ".join(line.strip() for line in text.splitlines() if line.strip())
        assert page(written.subject, written.body).count("<h1>") == 0
        assert written.subject.endswith(f"[{bare.reference_of(bare.partnerships[0])}]")


def _bare(round_: Round) -> Round:
    return replace(round_, timetable=(), contacts=(), narrative={}, vocabularies={})


def _addressed(round_: Round) -> Partnership:
    first = round_.partnerships[0]
    return replace(first, columns={**first.columns, "chair_email": "chair@example.org"})


def test_a_partnership_without_an_address_cannot_be_written_to(tmp_path: Path, store: Store) -> None:
    round_ = a_post_round(tmp_path, to=("secretary_email",))
    with pytest.raises(MailError, match="Roads Board has no e-mail address in the register"):
        said(MessageKind.PROFORMA, round_, store)


# -- mistakes ------------------------------------------------------------------------------------------------------------


def a_kit(folder: Path, text: str) -> Path:
    """Return a kit whose proforma text is this one."""
    (folder / "kit" / "mail").mkdir(parents=True, exist_ok=True)
    (folder / "kit" / "mail" / "proforma.txt").write_text(text, encoding="utf-8")
    return folder / "kit"


@pytest.mark.parametrize(
    ("text", "mistake"),
    [
        ("Subject: x\n\nDear {{ chairr }}", "templates/kit/mail/proforma.txt, line 3: there is no “chairr” – known are: chair; round"),
        ("Subject: x\n\n{{ round.nam }}", "templates/kit/mail/proforma.txt, line 3: there is no “nam” here – known are: name"),
        ("Subject: x\n{% for one in %}", "templates/kit/mail/proforma.txt, line 2: Expected an expression, got 'end of statement block'"),
        ("Subject: x\n\n\n{% if chair %}", "templates/kit/mail/proforma.txt, line 4: Unexpected end of template."),
        ("Dear chair", "templates/kit/mail/proforma.txt, line 1: the text does not begin with its subject – write “Subject: …”"),
        ("Subject:\n", "templates/kit/mail/proforma.txt, line 1: the text does not begin with its subject"),
        ("Subject: x\n{{ 1 / 0 }}", "templates/kit/mail/proforma.txt, line 2: division by zero"),
        ("Subject: x\n{{ chair | shout }}", "templates/kit/mail/proforma.txt, line 2: No filter named 'shout'."),
        ("Subject: x\n\n{{ chair.__class__ }}", "templates/kit/mail/proforma.txt, line 3: there is nothing called “__class__” in “Jo”"),
        ("Subject: x\n{{ lipsum() }}", "templates/kit/mail/proforma.txt, line 2: there is no “lipsum” – known are"),
    ],
)
def test_a_mistake_in_a_mail_text_is_told_with_its_line(text: str, mistake: str, tmp_path: Path) -> None:
    with pytest.raises(SetupError) as raised:
        render(a_kit(tmp_path, text), MessageKind.PROFORMA, {"chair": "Jo", "round": {"name": "2030"}})
    (line,) = raised.value.mistakes
    assert line.startswith(mistake), line


def test_a_kit_without_a_text_is_told(tmp_path: Path) -> None:
    with pytest.raises(SetupError) as raised:
        render(tmp_path, MessageKind.QUERY, {})
    assert "mail/query.txt: the text of the query cannot be read" in raised.value.mistakes[0]


@given(st.text(max_size=60) | st.sampled_from(("- x", "1. x", "**x**", "x\n\n- y", "\ue000", "•", "*", "{{ chair }}", "12)")))
def test_what_a_fact_says_is_words_and_never_markup(tmp_path_factory: pytest.TempPathFactory, words: str) -> None:
    kit = a_kit(tmp_path_factory.getbasetemp(), "Subject: {{ said }} x\n\n{{ said }}\n\nend\n")
    subject, body = render(kit, MessageKind.PROFORMA, {"said": words})
    assert subject == one_line(f"{one_line(words)} x")
    assert " ".join(plain_text(body).split()) == f"{one_line(words)} end".strip()
    assert not any(tag in page("", body) for tag in ("<li", "<em", "<strong", "<h2"))


def test_the_officers_own_words_keep_their_markup(tmp_path: Path) -> None:
    _, body = render(a_kit(tmp_path, "Subject: x\n\n{{ said }}\n"), MessageKind.PROFORMA, {"said": Marked("- one\n- **two**")})
    assert "<ul><li>one</li><li><strong>two</strong></li></ul>" in page("", body)

"""The committee paper of this kit, and the parts that papers of other kits have too.

Paragraphs, options and recommendations are numbered by their styles (`numbered_parts.py`). What its tags can name is listed in
`pipeline/publish/context.py`. A narrative asked for with `is defined` may be left out of round.yaml, and its heading goes with it.
"""

from report_base import ACROSS, KEEP, UPRIGHT, listing, p, row, section, shares, short_listing, table, tag, whole
from round_parts import CORRECTIONS, DRAFT, EXCEPTIONS, GATHERED, PRIORITIES_FROM, QUERIES, REPLIED, by_focus, named

TEXT, BULLET = "Numbered Paragraph", "Numbered Paragraph Bullet"
NOTICE = (
    *DRAFT[:-1],
    tag("if flaws"),
    p("Notice", "To be mended before it is final:", KEEP),
    tag("for flaw in flaws"),
    p("List Bullet", "{{ flaw.place }}: {{ flaw.message }} {{ flaw.advice }}"),
    tag("endfor"),
    tag("endif"),
    DRAFT[-1],
)
IMPLICATIONS = (
    ("finance", "Financial implications"),
    ("legal", "Legal implications"),
    ("equality", "Equality implications"),
    ("risk", "Risk"),
    ("climate", "Climate and environmental implications"),
)


def told(name: str, heading: str, level: int = 1) -> tuple[str, ...]:
    """Return a section of the officer's words that the round must have."""
    return p(f"Heading {level}", heading), p(TEXT, "{{p narrative." + name + " }}")


def may_tell(name: str, heading: str, level: int = 2) -> tuple[str, ...]:
    """Return a section of the officer's words that the round may leave out."""
    return tag(f"if narrative.{name} is defined"), *told(name, heading, level), tag("endif")


def listed(things: str, line: str) -> tuple[str, ...]:
    """Return a bullet for each of some things."""
    return tag(f"for {things}"), p(BULLET, line), tag("endfor")


def opening() -> tuple[str, ...]:
    """Return the title, the meeting, whom to ask, and what is still to be mended."""
    wide = shares(UPRIGHT, 24, 76)
    contact = (
        tag("for contact in contacts"),
        p("Table Text", "{{ contact.name }}{% if contact.role %}, {{ contact.role }}{% endif %}: {{ contact.email }}"
          "{% if contact.phone %}, {{ contact.phone }}{% endif %}"),
        tag("endfor"),
        tag("if not contacts"),
        p("Table Text", "Not named"),
        tag("endif"),
    )  # fmt: skip
    said = [
        ("Report to", p("Table Text", "{{ meeting.body }}")),
        ("Date of meeting", p("Table Text", "{{ meeting.date or 'Not fixed yet' }}")),
        ("Contact officer", "".join(contact)),
        ("Round", p("Table Text", "{{ round.name }}, reference {{ round.reference }}")),
    ]
    drawn = [whole(row(wide, [p("Table Heading", name), what])) for name, what in said]
    return (
        p("Title", "{{ meeting.title }}"),
        p("Subtitle", "{{ meeting.body }}{% if meeting.date %}, {{ meeting.date }}{% endif %}"),
        table("The meeting and whom to ask", wide, drawn, sideways=True),
        *NOTICE,
    )


def returned(things: str) -> str:
    """Return the table of the returns.

    Args:
        things: what the plan is made of, with a capital: "Priorities".
    """
    return listing(
        "The returns of the round",
        shares(UPRIGHT, 40, 28, 20, 12),
        ["Partnership", "State", "Received", things],
        "line in returns",
        ["{{ line.name }}", "{{ line.state }}", "{{ line.received or '–' }}", "{{ line.count }}"],
        ("All", "{{ counts.replied }} of {{ counts.asked }} replied", "", "{{ counts.total }}"),
    )


def cuts_across() -> tuple[str, ...]:
    """Return what cuts across partnerships.

    Source: document 000, the cross-cutting look by the Chief Executives Group (A000-P5).
    """
    return (
        p("Heading 2", "What cuts across partnerships"),
        p(TEXT, "What follows is drawn only from what the returns name: objectives, areas of focus, lead officers, and words that are the "
          "same. A priority may serve several objectives.", KEEP),
        listing(
            "Priorities by long-term objective",
            shares(UPRIGHT, 46, 14, 40),
            ["Long-term objective", "Priorities", "Partnerships"],
            "objective in across.objectives",
            ["{{ objective.name }}", "{{ objective.count }}", named("objective.bodies")],
        ),
        tag("if across.areas"),
        p(TEXT, "Areas of focus in which more than one partnership puts priorities forward:", KEEP),
        *listed("area in across.areas", "{{ area.name }} ({{ area.count }}): " + named("area.bodies")),
        tag("else"),
        p(TEXT, "In no area of focus does more than one partnership put priorities forward."),
        tag("endif"),
        tag("if across.officers"),
        p(TEXT, "Officers who lead priorities of more than one partnership:", KEEP),
        *listed("officer in across.officers", "{{ officer.name }} ({{ officer.count }}): " + named("officer.bodies")),
        tag("endif"),
        tag("if across.same"),
        p(TEXT, "Returns of more than one partnership say in the same words:", KEEP),
        *listed("one in across.same", "{{ one.label }}: “{{ one.text }}” (" + named("one.bodies") + ")"),
        tag("endif"),
        tag("if across.noticed"),
        p(TEXT, "Noticed across the returns, and still to be answered:", KEEP),
        *listed("one in across.noticed", "{% if one.partnership %}{{ one.partnership }}: {% endif %}{{ one.message }}"),
        tag("endif"),
    )  # fmt: skip


LISTED_IN_THE_PLAN = (
    p(TEXT, "Officers corrected answers in {{ counts.corrections }} place{% if counts.corrections != 1 %}s{% endif %}. "
      "The delivery plan lists each with what the return said and why."),
)  # fmt: skip
LISTED_HERE = (p(TEXT, "Officers corrected these answers.", KEEP), CORRECTIONS)


def missing(*gaps: str, corrected: tuple[str, ...] = LISTED_IN_THE_PLAN) -> tuple[str, ...]:
    """Return what is missing or disputed: who did not reply, what is open, what was accepted all the same.

    Args:
        gaps: what a kit adds: the areas that nobody has written to.
        corrected: what it says of corrections.
    """
    lack = "replies.silent or replies.waiting or replies.nil or replies.declined or queries or overrides or corrections"
    return (
        p("Heading 2", "What is missing or disputed"),
        tag(f"if not ({lack})"),
        p(TEXT, "Every partnership that was asked has replied. No query is open, and no exception to what was asked was agreed."),
        tag("endif"),
        tag("if replies.silent"),
        p(TEXT, "No return has come from {{ replies.silent|joined }}. What they would say is not in this paper."),
        tag("endif"),
        tag("if replies.waiting"),
        p(TEXT, "Received but not accepted yet, and so not in the figures: {{ replies.waiting|joined }}."),
        tag("endif"),
        tag("if replies.nil"),
        p(TEXT, "Nothing to propose: {{ replies.nil|joined }}."),
        tag("endif"),
        tag("if replies.declined"),
        p(TEXT, "Declined to reply: {{ replies.declined|joined }}."),
        tag("endif"),
        *gaps,
        tag("if queries"),
        p(TEXT, "These questions were put to partnerships, or are still to be, and are not answered.", KEEP),
        QUERIES,
        tag("endif"),
        tag("if overrides"),
        p(TEXT, "In these points a return, or this paper, is not as was asked. Each exception was agreed for the reason given.", KEEP),
        EXCEPTIONS,
        tag("endif"),
        tag("if corrections"),
        *corrected,
        tag("endif"),
    )


def no_one() -> tuple[str, ...]:
    """Return the areas of focus and the objectives that nobody has put anything forward for."""
    return (
        tag("if across.gaps"),
        p(TEXT, "Areas of focus for which no partnership puts a priority forward:", KEEP),
        *listed("gap in across.gaps", "{{ gap }}"),
        tag("endif"),
        tag("if across.unserved"),
        p(TEXT, "Objectives that no priority serves:", KEEP),
        *listed("objective in across.unserved", "{{ objective }}"),
        tag("endif"),
    )


def implications() -> tuple[str, ...]:
    """Return what the officer says of finance, law, equality, risk and climate; what is left out takes its heading with it."""
    keys = [f"narrative.implications_{key} is defined" for key, _ in IMPLICATIONS]
    sections = [block for key, heading in IMPLICATIONS for block in may_tell(f"implications_{key}", heading)]
    return tag(f"if {' or '.join(keys)}"), p("Heading 1", "Implications"), *sections, tag("endif")


def timetable() -> tuple[str, ...]:
    """Return the timetable of the round."""
    return (
        tag("if timetable"),
        p("Heading 2", "Timetable"),
        short_listing(
            "The timetable of the round",
            shares(UPRIGHT, 50, 24, 26),
            ["Step", "When", "Who"],
            "step in timetable",
            ["{{ step.what }}", "{{ step.written }}", "{{ step.who|joined or '–' }}"],
        ),
        tag("endif"),
    )


def recommended() -> tuple[str, ...]:
    """Return the recommendations, numbered."""
    return (
        p("Heading 1", "Recommendation"),
        p("Recommendation", "The {{ meeting.body }} is asked:"),
        p("Recommendation", "{{p narrative.recommendation }}"),
    )


def asked() -> tuple[str, ...]:
    """Return the questions to members in one place.

    Source: document 001 (A001-P3).
    """
    return (
        tag("if questions"),
        p("Heading 1", "Questions to members in one place"),
        p(TEXT, "Members are asked to answer these questions, which stand in the paragraphs named.", KEEP),
        short_listing(
            "Questions to members",
            shares(UPRIGHT, 8, 60, 32),
            ["No.", "Question", "Where it is asked"],
            "question in questions",
            ["{{ question.reference }}", "{{ question.text }}", "{{ question.place }}"],
        ),
        tag("endif"),
    )


def background_papers() -> tuple[str, ...]:
    """Return the background papers: the returns themselves, and what they answered. They end the pages before the annex.

    Source: Local Government Act 1972, s. 100D.
    """
    return (
        p("Heading 1", "Background papers"),
        p(TEXT, "These papers disclose facts on which this report is based (Local Government Act 1972, section 100D). "
          "They are open to inspection; the contact officer arranges it.", KEEP),
        tag("for line in returns if line.accepted"),
        tag("if 2 >= loop.revindex"),
        p(BULLET, _BACKGROUND, KEEP),
        tag("else"),
        p(BULLET, _BACKGROUND),
        tag("endif"),
        tag("endfor"),
        p(BULLET, "The proforma of the round ({{ round.reference }}) and the guidance sent out with it", section(UPRIGHT, "footer1")),
    )  # fmt: skip


_BACKGROUND = "Return of {{ line.name }}{% if line.received %}, received {{ line.received }}{% endif %}"


def annex_on_its_own(note: str) -> tuple[str, ...]:
    """Return the annex on pages of its own.

    Args:
        note: what stands under its table.
    """
    return (
        p("Heading Annex", "{{ annex.title }}"),
        p("Normal", "{{p annex.table }}"),
        p("Source Note", note),
        section(ACROSS, "footer2"),
    )


def paper() -> str:
    """Return the committee paper.

    Source: document 001 (A001-1): its sections in their order; what UK committee papers carry besides stands between them.
    """
    blocks = (
        *opening(),
        *told("purpose", "Purpose of report"),
        *told("background", "Background"),
        *told("refresh", "{{ round.name }}"),
        p("Heading 2", "The round and its returns"),
        p(TEXT, f"{REPLIED} {GATHERED}", KEEP),
        returned("Priorities"),
        p("Heading 2", "What the partnerships put forward"),
        p(TEXT, "The priorities by area of focus are counted below; {{ annex.title }} lists them all.", KEEP),
        by_focus(),
        *cuts_across(),
        *missing(*no_one()),
        *may_tell("comments_question", "Question to members"),
        tag("if narrative.future_direction is defined or narrative.continuing is defined or narrative.options is defined"),
        p("Heading 1", "{{ meeting.body }}: future direction"),
        tag("if narrative.future_direction is defined"),
        p(TEXT, "{{p narrative.future_direction }}"),
        tag("else"),
        p(TEXT, "What is proposed for the future of the {{ meeting.body }} follows."),
        tag("endif"),
        *may_tell("continuing", "Partnerships that continue"),
        *may_tell("options", "Options"),
        tag("endif"),
        *implications(),
        *asked(),
        *told("next_steps", "Next steps"),
        *timetable(),
        *recommended(),
        *background_papers(),
        *annex_on_its_own(PRIORITIES_FROM),
    )
    return "".join(blocks)

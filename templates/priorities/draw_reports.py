"""Draw the first report masters of this kit: plan.docx, annex.docx, paper.docx and interim.docx.

    python templates/priorities/draw_reports.py

From then on the masters are edited in Word. What their tags can name is listed in `pipeline/publish/context.py`; the fields are those
of `form.yaml`.
"""

from pathlib import Path

from numbered_parts import NUMBERED
from paper_parts import paper
from progress_parts import happens_next, position, progress
from report_base import (
    ACROSS,
    UPRIGHT,
    draw,
    footer,
    heading_row,
    loop,
    p,
    row,
    section,
    shares,
    table,
    tag,
)
from round_parts import DRAFT, GATHERED, KEEP, REPLIED, by_focus, facts

NEW_PAGE = "<w:pageBreakBefore/>"


def priority() -> tuple[str, ...]:
    """Return the page of one priority."""
    wide, deliverable = shares(UPRIGHT, 24, 76), shares(UPRIGHT, 46, 18, 36)
    parts = "priority.context.policies or priority.context.objectives_link or priority.context.business_plans"
    return (
        p("Heading 3", "{{ priority.number }} {{ priority.title or '[no title given]' }}"),
        facts(
            "What the priority is about",
            wide,
            [
                ("Partnership", "{{ priority.register.name }}"),
                ("Lead officer", "{{p priority.lead_officer or 'Not given' }}"),
                ("Objectives", "{{ priority.objectives|joined('; ', '; ') or 'Not given' }}"),
                ("", f"if {parts}"),
                ("Policies and strategies", "{{p priority.context.policies }}"),
                ("Link to the objectives", "{{p priority.context.objectives_link }}"),
                ("Business plans and finance", "{{p priority.context.business_plans }}"),
                ("", "else"),
                ("Context", "{{p priority.context.text or 'Not given' }}"),
                ("", "endif"),
            ],
        ),
        tag("if priority.deliverables"),
        p("Table Lead-in", "What will be delivered, by date"),
        table(
            "Deliverables, by date",
            deliverable,
            [
                heading_row(deliverable, ["What will be delivered", "By when", "Measure of success"]),
                loop(deliverable, "for deliverable in priority.deliverables|in_order_of('due')"),
                row(
                    deliverable,
                    [
                        p("Table Text", "{{p deliverable.what }}"),
                        p("Table Text", "{{p deliverable.due or 'No date given' }}"),
                        p("Table Text", "{{p deliverable.measure }}"),
                    ],
                ),
                loop(deliverable, "endfor"),
            ],
        ),
        tag("else"),
        p("Table Lead-in", "The return names no deliverables."),
        tag("endif"),
        tag("if priority.measures and priority.measures|length > priority.deliverables|map(attribute='measure')|select|list|length"),
        p("Table Lead-in", "Measures of success"),
        tag("for measure in priority.measures"),
        p("List Bullet", "{{ measure }}"),
        tag("endfor"),
        tag("endif"),
    )


def partnership() -> tuple[str, ...]:
    """Return the page of one partnership: who it is, what it put forward, its pledges."""
    wide, listed, pledge = shares(UPRIGHT, 24, 76), shares(UPRIGHT, 8, 38, 36, 18), shares(UPRIGHT, 55, 45)
    return (
        p("Heading 2", "{{ entry.register.name }}"),
        facts(
            "Who the partnership is",
            wide,
            [("Chair", "{{p entry.chair or 'Not given' }}"), ("Cabinet member", "{{p entry.cabinet_member or 'Not given' }}")],
        ),
        p("Table Lead-in", "Priorities"),
        tag("if entry.introduction"),
        p("Normal", "{{p entry.introduction }}"),
        tag("endif"),
        table(
            "Priorities of the partnership",
            listed,
            [
                heading_row(listed, ["No.", "Priority", "Area of focus", "Lead officer"]),
                loop(listed, "for priority in entry.priorities"),
                row(
                    listed,
                    [
                        p("Table Text", "{{ priority.number }}"),
                        p("Table Text", "{{p priority.title }}"),
                        p("Table Text", "{{ priority.chapter or 'None named' }}"),
                        p("Table Text", "{{p priority.lead_officer }}"),
                    ],
                ),
                loop(listed, "endfor"),
            ],
        ),
        tag("if entry.pledges|where('status', 'met')|list"),
        p("Table Lead-in", "Pledges of the current plan that have been met"),
        tag("for pledge in entry.pledges|where('status', 'met')"),
        p("List Bullet", "{{ pledge.pledge }}"),
        tag("endfor"),
        tag("endif"),
        tag("if entry.pledges|where('status', 'met')|list|length < entry.pledges|length"),
        p("Table Lead-in", "Pledges of the current plan that remain"),
        table(
            "Pledges that remain",
            pledge,
            [
                heading_row(pledge, ["Pledge", "Relevance now"]),
                loop(pledge, "for pledge in entry.pledges if pledge.status != 'met'"),
                row(pledge, [p("Table Text", "{{p pledge.pledge }}"), p("Table Text", "{{p pledge.relevance or 'No answer' }}")]),
                loop(pledge, "endfor"),
            ],
        ),
        tag("endif"),
        tag("if entry.pledges_text"),
        p("Table Lead-in", "What the partnership says about its pledges"),
        p("Normal", "{{p entry.pledges_text }}"),
        tag("endif"),
    )


def registers() -> tuple[str, ...]:
    """Return what was decided, what is open and who did not reply."""
    override, query, correction = shares(UPRIGHT, 26, 37, 37), shares(UPRIGHT, 26, 24, 50), shares(UPRIGHT, 26, 24, 25, 25)
    return (
        p("Heading 1", "Part 3: How this plan was made", NEW_PAGE),
        p("Heading 2", "Replies"),
        p("Normal", REPLIED),
        p("Heading 2", "Accepted with a reason"),
        tag("if overrides"),
        p("Normal", "These returns depart from what was asked. They were accepted for the reasons given."),
        table(
            "Overrides and their reasons",
            override,
            [
                heading_row(override, ["Partnership", "What was noticed", "Why it was accepted"]),
                loop(override, "for override in overrides"),
                row(
                    override,
                    [
                        p("Table Text", "{{ override.partnership }}"),
                        p("Table Text", "{{ override.message }}"),
                        p("Table Text", "{{ override.reason }} ({{ override.by }}, {{ override.on }})"),
                    ],
                ),
                loop(override, "endfor"),
            ],
        ),
        tag("else"),
        p("Normal", "Nothing had to be accepted against what was asked."),
        tag("endif"),
        p("Heading 2", "Corrections"),
        tag("if corrections"),
        table(
            "Corrections",
            correction,
            [
                heading_row(correction, ["Partnership", "Where", "The return said", "It was corrected to"]),
                loop(correction, "for correction in corrections"),
                row(
                    correction,
                    [
                        p("Table Text", "{{ correction.partnership }}"),
                        p("Table Text", "{{ correction.where }}"),
                        p("Table Text", "{{ correction.before or 'Nothing' }}"),
                        p("Table Text", "{{ correction.after }} ({{ correction.reason }}; {{ correction.by }}, {{ correction.on }})"),
                    ],
                ),
                loop(correction, "endfor"),
            ],
        ),
        tag("else"),
        p("Normal", "No answer was corrected."),
        tag("endif"),
        tag("if queries"),
        p("Heading 2", "Queries still open"),
        table(
            "Queries still open",
            query,
            [
                heading_row(query, ["Partnership", "About", "Question"]),
                loop(query, "for query in queries"),
                row(
                    query,
                    [
                        p("Table Text", "{{ query.partnership or 'All' }}"),
                        p("Table Text", "{{ query.where or 'The whole return' }}"),
                        p("Table Text", "{{ query.message }}"),
                    ],
                ),
                loop(query, "endfor"),
            ],
        ),
        tag("endif"),
    )


def plan() -> str:
    """Return the delivery plan: by area of focus, by partnership, and how it was made."""
    blocks = (
        p("Title", "Delivery plan"),
        p("Subtitle", "{{ round.name }}. Priorities {{ round.horizon }}"),
        *DRAFT,
        p("Heading 1", "The plan at a glance"),
        p("Normal", f"{REPLIED} {GATHERED}"),
        p("Normal", "Part 1 sets out the priorities by area of focus, part 2 by partnership with its pledges of the current plan.", KEEP),
        by_focus(),
        p("Heading 1", "Part 1: Priorities by area of focus", NEW_PAGE),
        tag("for chapter in chapters"),
        p("Heading 2", "{{ chapter.number }} {{ chapter.name or 'No area of focus named' }}"),
        tag("if not chapter.count"),
        p("Normal", "No partnership put forward a priority for this area."),
        tag("endif"),
        tag("for priority in chapter.priorities"),
        *priority(),
        tag("endfor"),
        tag("endfor"),
        p("Heading 1", "Part 2: Priorities and pledges by partnership", NEW_PAGE),
        tag("for entry in entries"),
        *partnership(),
        tag("endfor"),
        *registers(),
        section(UPRIGHT, "footer1"),
    )
    return "".join(blocks)


def annex() -> str:
    """Return the annex on its own."""
    blocks = (
        p("Title", "{{ annex.title }}"),
        p("Subtitle", "{{ round.name }}: medium-term priorities {{ round.horizon }}"),
        *DRAFT,
        p("Normal", "{{p annex.table }}"),
        p("Source Note", "{{ counts.total }} priorities from the returns of {{ counts.accepted }} partnerships."),
        section(ACROSS, "footer1"),
    )
    return "".join(blocks)


def interim() -> str:
    """Return the progress report, made from partial returns.

    Source: document 002, "progress reviewed and feedback provided to Chief Executives and Leaders group" (A002-P4).
    """
    blocks = (
        p("Title", "Progress report"),
        p("Subtitle", "{{ round.name }}: medium-term priorities {{ round.horizon }}. Position on {{ board.on }}"),
        p("Notice", "Drawn from the returns received so far, as they came. Partnerships may still change what they say."),
        *position(),
        *progress("Priorities"),
        p("Heading 1", "Priorities so far"),
        p("Normal", "Returns received so far: {{ counts.accepted }}. Priorities put forward in them: {{ counts.total }}.", KEEP),
        by_focus(),
        tag("for chapter in chapters if chapter.count"),
        p("Heading 2", "{{ chapter.name or 'No area of focus named' }}"),
        tag("for priority in chapter.priorities"),
        p("List Bullet", "{{ priority.title or '[no title given]' }} ({{ priority.register.name }})"),
        tag("endfor"),
        tag("endfor"),
        p("Heading 1", "Gaps"),
        tag("if board.gaps"),
        p("Normal", "No partnership has yet put forward a priority for:", KEEP),
        tag("for gap in board.gaps"),
        p("List Bullet", "{{ gap }}"),
        tag("endfor"),
        tag("else"),
        p("Normal", "Every area of focus has at least one priority."),
        tag("endif"),
        *happens_next(),
        section(UPRIGHT, "footer1"),
    )
    return "".join(blocks)


def main() -> None:
    """Write the four masters beside this script."""
    kit = Path(__file__).parent
    draw(kit / "plan.docx", plan(), {"footer1": footer(UPRIGHT, "{{ round.name }}: delivery plan")})
    draw(kit / "annex.docx", annex(), {"footer1": footer(ACROSS, "{{ round.name }}: {{ annex.title }}")})
    title = "{{ meeting.title }}"
    draw(kit / "interim.docx", interim(), {"footer1": footer(UPRIGHT, "{{ round.name }}: progress report, {{ board.on }}")})
    draw(kit / "paper.docx", paper(), {"footer1": footer(UPRIGHT, title), "footer2": footer(ACROSS, title)}, NUMBERED)


if __name__ == "__main__":
    main()

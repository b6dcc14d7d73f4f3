"""The delivery plan: by area of focus, by partnership, and how it was made.

What its tags can name is listed in `pipeline/publish/context.py`; the fields are those of `form.yaml`.
"""

from further_parts import further
from report_base import UPRIGHT, heading_row, loop, p, row, section, shares, table, tag, whole
from round_parts import DRAFT, GATHERED, KEEP, NEW_PAGE, REPLIED, by_focus, facts


def priority() -> tuple[str, ...]:
    """Return the page of one priority."""
    wide, deliverable = shares(UPRIGHT, 24, 76), shares(UPRIGHT, 46, 18, 36)
    parts = "said.policies or said.objectives_link or said.business_plans"
    return (
        tag("set said = priority.context"),
        tag("set rest = said.text|apart_from(said.policies, said.objectives_link, said.business_plans)"),
        tag("set deliverables = priority.deliverables"),
        p("Heading 3", "{{ priority.anchor }}{{ priority.number }} {{ priority.title or '[no title given]' }}"),
        facts(
            "What the priority is about",
            wide,
            [
                ("Partnership", "{{ priority.register.name }}"),
                ("", "if priority.group"),
                ("Heading", "{{p priority.group }}"),
                ("", "endif"),
                ("Lead officer", "{{p priority.lead_officer or 'Not given' }}"),
                ("Objectives", "{{ priority.objectives|joined('; ', '; ') or 'Not given' }}"),
                ("", f"if {parts}"),
                ("Policies and strategies", "{{p said.policies }}"),
                ("Link to the objectives", "{{p said.objectives_link }}"),
                ("Business plans and finance", "{{p said.business_plans }}"),
                ("", "endif"),
                ("", f"if rest or not ({parts})"),
                ("Context", "{{p rest or 'Not given' }}"),
                ("", "endif"),
                ("", "if not deliverables"),
                ("Deliverables", "The return names none."),
                ("", "endif"),
                ("Source", "{{ priority.source }}"),
            ],
        ),
        tag("if deliverables"),
        p("Table Lead-in", "What will be delivered, by date"),
        table(
            "Deliverables, by date",
            deliverable,
            [
                heading_row(deliverable, ["What will be delivered", "By when", "Measure of success"]),
                loop(deliverable, "for deliverable in deliverables|in_order_of('due')"),
                whole(
                    row(
                        deliverable,
                        [
                            p("Table Text", "{{p deliverable.what }}"),
                            p("Table Text", "{{p deliverable.due or 'No date given' }}"),
                            p("Table Text", "{{p deliverable.measure }}"),
                        ],
                    )
                ),
                loop(deliverable, "endfor"),
            ],
        ),
        tag("endif"),
        tag("set measures = priority.measures"),
        tag("set others = measures|reject('in', deliverables|map(attribute='measure')|list)|list if measures else []"),
        tag("if others"),
        p("Table Lead-in", "Measures of success{% if others|length < measures|length %}, beside those above{% endif %}"),
        tag("for measure in others"),
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
            [
                ("", "if entry.partnership and entry.partnership != entry.register.name"),
                ("Name in the return", "{{p entry.partnership }}"),
                ("", "endif"),
                ("Chair", "{{p entry.chair or 'Not given' }}"),
                ("Cabinet member", "{{p entry.cabinet_member or 'Not given' }}"),
                ("", "if entry.contact_officer.name"),
                ("Contact officer", "{{p entry.contact_officer.name }}"),
                ("", "endif"),
                ("", "if entry.contact_officer.email"),
                ("E-mail", "{{p entry.contact_officer.email }}"),
                ("", "endif"),
                ("", "if entry.contact_officer.phone"),
                ("Telephone", "{{p entry.contact_officer.phone }}"),
                ("", "endif"),
            ],
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
                whole(
                    row(
                        listed,
                        [
                            p("Table Text", "{{ priority.number }}"),
                            p("Table Text", "{{p priority.title or '[no title given]' }}"),
                            p("Table Text", "{{ priority.chapter or 'None named' }}"),
                            p("Table Text", "{{p priority.lead_officer or 'Not given' }}"),
                        ],
                    )
                ),
                loop(listed, "endfor"),
            ],
        ),
        tag("if entry.pledges|where('status', 'met')|list"),
        p("Table Lead-in", "Pledges of the current plan that have been met"),
        tag("for pledge in entry.pledges|where('status', 'met')"),
        p("List Bullet", "{{ pledge.pledge or '[no pledge named]' }}{% if pledge.relevance %} ({{ pledge.relevance }}){% endif %}"),
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
                whole(row(pledge, [p("Table Text", "{{p pledge.pledge }}"), p("Table Text", "{{p pledge.relevance or 'No answer' }}")])),
                loop(pledge, "endfor"),
            ],
        ),
        tag("endif"),
        tag("if entry.pledges_text"),
        p("Table Lead-in", "What the partnership says about its pledges"),
        p("Normal", "{{p entry.pledges_text }}"),
        tag("endif"),
        *further(),
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


def index() -> tuple[str, ...]:
    """Return the index of sources: each priority with the return and the place that said it; the two lead to each other."""
    wide = shares(UPRIGHT, 8, 40, 30, 22)
    return (
        p("Heading 1", "Part 4: Index of sources", NEW_PAGE),
        tag("if not counts.total"),
        p("Normal", "No return in this plan names a priority."),
        tag("else"),
        p("Normal", "Each priority with the document that named it, and where in it. The number leads back to the priority.", KEEP),
        table(
            "Index of sources",
            wide,
            [
                heading_row(wide, ["No.", "Priority, in the words of the return", "Return", "Place in it"]),
                loop(wide, "for source in sources"),
                whole(
                    row(
                        wide,
                        [
                            p("Table Text", "{{ source.anchor }}{{ source.number }}"),
                            p("Table Text", "{{p source.said or '[no title given]' }}"),
                            p("Table Text", "{{ source.file }}"),
                            p("Table Text", "{{ source.place }}"),
                        ],
                    )
                ),
                loop(wide, "endfor"),
            ],
        ),
        tag("endif"),
    )


def when() -> tuple[str, ...]:
    """Return what will be delivered in which quarter, as a chart and in figures."""
    wide = shares(UPRIGHT, 46, 34, 20)

    def rows(of: str, beside: str) -> list[str]:
        cells = [p("Table Text", text) for text in ("{{ row.name }}", beside, "{{ row.count }}")]
        return [loop(wide, f"for row in timeline.{of}"), row(wide, cells), loop(wide, "endfor")]

    number = '<w:fldSimple w:instr=" SEQ Figure \\* ARABIC "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
    caption = p("Caption", "{{ timeline.title }}: {{ timeline.shown }} of {{ timeline.total }} fall in one of these quarters.")
    return (
        tag("if timeline"),
        p("Heading 2", "{{ timeline.title }}", NEW_PAGE),
        p("Chart", "{{p timeline.chart }}"),
        caption.replace("<w:r>", f'<w:r><w:t xml:space="preserve">Figure </w:t></w:r>{number}<w:r><w:t>. </w:t></w:r><w:r>', 1),
        table(
            "The figures of the chart, and what has no quarter",
            wide,
            [
                heading_row(wide, ["When", "Months", "{{ timeline.things }}"]),
                *rows("quarters", "{{ row.months }}"),
                *rows("others", "Not in the chart"),
                row(wide, [p("Table Heading", text) for text in ("All", "All", "{{ timeline.total }}")]),
            ],
        ),
        tag("endif"),
    )


def pledges() -> tuple[str, ...]:
    """Return how many pledges have been met and how many remain; which they are stands with each partnership."""
    wide = shares(UPRIGHT, 40, 15, 15, 15, 15)

    def figures(style: str, name: str, of: str) -> str:
        return row(wide, [p(style, text) for text in (name, *(f"{{{{ {of}.{key} }}}}" for key in _COUNTED))])

    return (
        tag("if tallies.pledges.total"),
        p("Heading 2", "Pledges of the current plan"),
        p("Normal", "Which pledges they are stands with each partnership in part 2.", KEEP),
        table(
            "Pledges met and remaining",
            wide,
            [
                heading_row(wide, ["Partnership", "Met", "Remaining", "No answer", "All"]),
                loop(wide, "for body in tallies.pledges.bodies"),
                figures("Table Text", "{{ body.name }}", "body"),
                loop(wide, "endfor"),
                figures("Table Heading", "All", "tallies.pledges"),
            ],
        ),
        tag("endif"),
    )


_COUNTED = ("counts.met", "counts.remaining", "counts.none", "total")


def plan() -> str:
    """Return the delivery plan: by area of focus, by partnership, and how it was made."""
    blocks = (
        p("Title", "Delivery plan"),
        p("Subtitle", "{{ round.name }}. Priorities {{ round.horizon }}"),
        *DRAFT,
        p("TOC Heading", "Contents"),
        p("Normal", "{{p contents }}"),
        p("Heading 1", "The plan at a glance", NEW_PAGE),
        p("Normal", f"{REPLIED} {GATHERED}"),
        p(
            "Normal",
            "Part 1 sets out the priorities by area of focus, part 2 by partnership with its pledges of the current plan. "
            "Part 3 says how it was made, and part 4 where each priority comes from.",
            KEEP,
        ),
        by_focus(),
        *pledges(),
        *when(),
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
        tag("if not counts.accepted"),
        p("Normal", "No return is in this plan yet."),
        tag("endif"),
        tag("for entry in entries"),
        *partnership(),
        tag("endfor"),
        *registers(),
        *index(),
        section(UPRIGHT, "footer1"),
    )
    return "".join(blocks)

"""The delivery plan: by area of focus, by partnership, and how it was made.

What its tags can name is listed in `pipeline/publish/context.py`; the fields are those of `form.yaml`.
"""

from further_parts import further
from report_base import KEEP, UPRIGHT, heading_row, listing, loop, p, row, section, shares, sums, table, tag, whole
from round_parts import CORRECTIONS, DRAFT, EXCEPTIONS, GATHERED, NEW_PAGE, QUERIES, REPLIED, by_focus, facts


def priority() -> tuple[str, ...]:
    """Return the page of one priority."""
    wide = shares(UPRIGHT, 24, 76)
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
                ("Listed under", "{{p priority.group|without_colon }}"),
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
        listing(
            "Deliverables, by date",
            shares(UPRIGHT, 46, 18, 36),
            ["What will be delivered", "By when", "Measure of success"],
            "deliverable in deliverables|in_order_of('due')",
            ["{{p deliverable.what }}", "{{p deliverable.due or 'No date given' }}", "{{p deliverable.measure }}"],
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
    return (
        p("Heading 2", "{{ entry.register.name }}"),
        facts(
            "Who the partnership is",
            shares(UPRIGHT, 24, 76),
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
        listing(
            "Priorities of the partnership",
            shares(UPRIGHT, 8, 38, 36, 18),
            ["No.", "Priority", "Area of focus", "Lead officer"],
            "priority in entry.priorities",
            [
                "{{ priority.number }}",
                "{{p priority.title or '[no title given]' }}",
                "{{ priority.chapter or 'None named' }}",
                "{{p priority.lead_officer or 'Not given' }}",
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
        listing(
            "Pledges that remain",
            shares(UPRIGHT, 55, 45),
            ["Pledge", "Relevance now"],
            "pledge in entry.pledges if pledge.status != 'met'",
            ["{{p pledge.pledge }}", "{{p pledge.relevance or 'No answer' }}"],
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
    return (
        p("Heading 1", "Part 3: How this plan was made", NEW_PAGE),
        p("Heading 2", "Replies"),
        p("Normal", REPLIED),
        p("Heading 2", "Exceptions agreed"),
        tag("if overrides"),
        p("Normal", "In these points a return, or a paper, is not as was asked. Each exception was agreed for the reason given.", KEEP),
        EXCEPTIONS,
        tag("else"),
        p("Normal", "No exception to what was asked was agreed."),
        tag("endif"),
        p("Heading 2", "Corrections"),
        tag("if corrections"),
        p("Normal", "Officers corrected these answers; what the return said stands beside each.", KEEP),
        CORRECTIONS,
        tag("else"),
        p("Normal", "No answer was corrected."),
        tag("endif"),
        tag("if queries"),
        p("Heading 2", "Queries still open"),
        p("Normal", "These questions were put to partnerships, or are still to be, and are not answered.", KEEP),
        QUERIES,
        tag("endif"),
    )


def index() -> tuple[str, ...]:
    """Return the index of sources: each priority with the return and the place that said it; the two lead to each other."""
    return (
        p("Heading 1", "Part 4: Index of sources", NEW_PAGE),
        tag("if not counts.total"),
        p("Normal", "No return in this plan names a priority."),
        tag("else"),
        p("Normal", "Each priority with the document that named it, and where in it. The number leads back to the priority.", KEEP),
        listing(
            "Index of sources",
            shares(UPRIGHT, 8, 40, 30, 22),
            ["No.", "Priority, in the words of the return", "Return", "Place in it"],
            "source in sources",
            [
                "{{ source.anchor }}{{ source.number }}",
                "{{p source.said or '[no title given]' }}",
                "{{ source.file }}",
                "{{ source.place }}",
            ],
        ),
        tag("endif"),
    )


def when() -> tuple[str, ...]:
    """Return what will be delivered in which quarter, as a chart and in figures."""
    wide = shares(UPRIGHT, 46, 34, 20)

    def rows(of: str, beside: str, held: str = "") -> list[str]:
        cells = [p("Table Text", text, held) for text in ("{{ row.name }}", beside, "{{ row.count }}")]
        return [loop(wide, f"for row in timeline.{of}"), whole(row(wide, cells)), loop(wide, "endfor")]

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
                *rows("others", "Not in the chart", KEEP),
                sums(wide, ("All", "", "{{ timeline.total }}")),
            ],
        ),
        tag("endif"),
    )


def pledges() -> tuple[str, ...]:
    """Return how many pledges have been met and how many remain; which they are stands with each partnership."""
    counted = ("counts.met", "counts.remaining", "counts.none", "total")
    return (
        tag("if tallies.pledges.total"),
        p("Heading 2", "Pledges of the current plan"),
        p("Normal", "How many there are; part 2 lists the pledges of each partnership and what it says of them.", KEEP),
        listing(
            "Pledges met and remaining",
            shares(UPRIGHT, 40, 15, 15, 15, 15),
            ["Partnership", "Met", "Remaining", "No answer", "All"],
            "body in tallies.pledges.bodies",
            ["{{ body.name }}", *(f"{{{{ body.{key} }}}}" for key in counted)],
            ("All", *(f"{{{{ tallies.pledges.{key} }}}}" for key in counted)),
        ),
        tag("endif"),
    )


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
        p("Heading 2", "{{ chapter.number }} {{ chapter.name or 'Priorities that name no area of focus' }}"),
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

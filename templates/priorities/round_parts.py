"""What several reports of a round print: that it is a draft, who replied, priorities by area of focus, tables of facts."""

from report_base import KEEP, UPRIGHT, listing, loop, p, row, shares, table, tag, whole

NEW_PAGE = "<w:pageBreakBefore/>"

DRAFT = (
    tag("if draft"),
    p(
        "Notice",
        "Draft. {% if counts.queries %}Queries still open: {{ counts.queries }}. {% endif %}"
        "{% if counts.waiting %}Returns not accepted yet: {{ counts.waiting }} ({{ replies.waiting|joined }}). {% endif %}"
        "What follows may change.",
    ),
    tag("endif"),
)
REPLIED = (
    "{{ counts.replied }} of {{ counts.asked }} partnership{% if counts.asked != 1 %}s{% endif %} replied"
    "{% if replies.silent %}; no reply came from {{ replies.silent|joined }}{% endif %}."
    "{% if replies.nil %} Nothing to propose: {{ replies.nil|joined }}.{% endif %}"
    "{% if replies.declined %} Declined: {{ replies.declined|joined }}.{% endif %}"
)
GATHERED = (
    "{% if not counts.accepted %}No return has been accepted so far"
    "{% elif counts.accepted == 1 %}The one return accepted{% if draft %} so far{% endif %} puts forward"
    "{% else %}The {{ counts.accepted }} returns accepted{% if draft %} so far{% endif %} put forward{% endif %}"
    "{% if counts.accepted %} {{ counts.total }} priorit{{ 'y' if counts.total == 1 else 'ies' }}{% endif %}"
    "{% if counts.overrides == 1 %}. One exception to what was asked was agreed, with a reason"
    "{% elif counts.overrides %}. {{ counts.overrides }} exceptions to what was asked were agreed, each with a reason{% endif %}."
)


FROM_RETURNS = (
    "the return{% if counts.accepted != 1 %}s{% endif %} of {{ counts.accepted }} partnership{% if counts.accepted != 1 %}s{% endif %}."
)
PRIORITIES_FROM = "{{ counts.total }} priorit{{ 'y' if counts.total == 1 else 'ies' }}, from " + FROM_RETURNS
"""Under the annex."""


def _decided(which: str) -> str:
    """Return why something was decided, by whom and when; a publication copy does not name people."""
    by = f"{{% if {which}.by %}}{{{{ {which}.by }}}}, {{% endif %}}"
    return f"{{{{ {which}.reason }}}} ({by}{{{{ {which}.on }}}})"


EXCEPTIONS = listing(
    "Exceptions agreed, and why",
    shares(UPRIGHT, 26, 37, 37),
    ["Partnership", "What was noticed", "Why it was agreed"],
    "override in overrides",
    ["{{ override.partnership or 'The round' }}", "{{ override.message }}", _decided("override")],
)
CORRECTIONS = listing(
    "Corrections",
    shares(UPRIGHT, 26, 24, 25, 25),
    ["Partnership", "Where", "The return said", "It was corrected to"],
    "correction in corrections",
    [
        "{{ correction.partnership }}",
        "{{ correction.where }}",
        "{{ correction.before or 'Nothing' }}",
        "{{ correction.after or 'Nothing' }}. " + _decided("correction"),
    ],
)
QUERIES = listing(
    "Queries still open",
    shares(UPRIGHT, 26, 24, 50),
    ["Partnership", "About", "Question"],
    "query in queries",
    ["{{ query.partnership or 'All' }}", "{{ query.where or 'The whole return' }}", "{{ query.message }}"],
)
"""Tables that several reports have."""

MOST_NAMES = 12
"""In one cell or sentence; the annex has them all."""


def named(bodies: str, none: str = "No partnership") -> str:
    """Return the tags that name partnerships, of very many the first, and how many more there are."""
    more = f"{{% if {bodies}|length > {MOST_NAMES} %}}; and {{{{ {bodies}|length - {MOST_NAMES} }}}} more{{% endif %}}"
    return f"{{{{ {bodies}[:{MOST_NAMES}]|joined('; ', '; ') or '{none}' }}}}{more}"


def facts(caption: str, wide: list[int], rows: list[tuple[str, str]]) -> str:
    """Return a table of names on the left and what they say on the right, whose rows stay together.

    Args:
        caption: what a screen reader says of it.
        wide: the widths of the two columns.
        rows: each a name and what stands beside it; where the name is empty, a tag.
    """
    drawn = [_fact(wide, name, said, KEEP if number < len(rows) else "") for number, (name, said) in enumerate(rows, 1)]
    return table(caption, wide, drawn, sideways=True)


def _fact(wide: list[int], name: str, said: str, held: str) -> str:
    return whole(row(wide, [p("Table Label", name, held), p("Table Text", said)])) if name else loop(wide, said)


def by_focus() -> str:
    """Return the table that counts priorities by area of focus."""
    bodies = "{{ counts.contributing }} partnership{{ '' if counts.contributing == 1 else 's' }}"
    return listing(
        "Priorities by area of focus",
        shares(UPRIGHT, 46, 14, 40),
        ["Area of focus", "Priorities", "Put forward by"],
        "chapter in chapters",
        ["{{ chapter.name or 'None named' }}", "{{ chapter.count }}", named("chapter.bodies")],
        ("All", "{{ counts.total }}", bodies),
    )

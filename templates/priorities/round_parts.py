"""What several reports of a round print: that it is a draft, who replied, priorities by area of focus, tables of facts."""

from report_base import UPRIGHT, heading_row, loop, p, row, shares, table, tag

NEW_PAGE = "<w:pageBreakBefore/>"
KEEP = "<w:keepNext/>"

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
    "{% if counts.overrides == 1 %}. One departure from what was asked was accepted, with a reason"
    "{% elif counts.overrides %}. {{ counts.overrides }} departures from what was asked were accepted, each with a reason{% endif %}."
)


MOST_NAMES = 12
"""In one cell or sentence; the annex has them all."""


def named(bodies: str, none: str = "No partnership") -> str:
    """Return the tags that name partnerships, of very many the first, and how many more there are."""
    more = f"{{% if {bodies}|length > {MOST_NAMES} %}}; and {{{{ {bodies}|length - {MOST_NAMES} }}}} more{{% endif %}}"
    return f"{{{{ {bodies}[:{MOST_NAMES}]|joined('; ', '; ') or '{none}' }}}}{more}"


def facts(caption: str, wide: list[int], rows: list[tuple[str, str]]) -> str:
    """Return a table of names on the left and what they say on the right. A row that begins with `{%` is a tag."""
    drawn = [loop(wide, said) if not name else row(wide, [p("Table Label", name), p("Table Text", said)]) for name, said in rows]
    return table(caption, wide, drawn, sideways=True)


def by_focus() -> str:
    """Return the table that counts priorities by area of focus."""
    wide = shares(UPRIGHT, 46, 14, 40)
    bodies = "{{ counts.contributing }} partnership{{ '' if counts.contributing == 1 else 's' }}"
    return table(
        "Priorities by area of focus",
        wide,
        [
            heading_row(wide, ["Area of focus", "Priorities", "Put forward by"]),
            loop(wide, "for chapter in chapters"),
            row(
                wide,
                [
                    p("Table Text", "{{ chapter.name or 'No area of focus named' }}"),
                    p("Table Text", "{{ chapter.count }}"),
                    p("Table Text", named("chapter.bodies")),
                ],
            ),
            loop(wide, "endfor"),
            row(
                wide,
                [p("Table Heading", text) for text in ("All", "{{ counts.total }}", bodies)],
            ),
        ],
    )

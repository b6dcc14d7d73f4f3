"""What the progress reports of all kits have in common: the timetable, the partnerships, what happens next.

Their tags are listed in `pipeline/publish/interim.py`.
"""

from report_base import UPRIGHT, listing, p, shares, short_listing, tag


def progress(things: str) -> tuple[str, ...]:
    """Return what the progress report says of the partnerships.

    Args:
        things: what the plan is made of, with a capital: "Priorities".
    """
    return (
        p("Heading 1", "Partnerships"),
        p(
            "Normal",
            "{{ board.replied }}{% if replies.silent %} No reply yet from {{ replies.silent|joined }}.{% endif %}",
            "<w:keepNext/>",
        ),
        listing(
            "Where each partnership stands",
            shares(UPRIGHT, 26, 19, 14, 12, 29),
            ["Partnership", "State", "Received", things, "Still missing"],
            "line in board.partnerships",
            [
                "{{ line.name }}",
                "{{ line.state }}",
                "{{ line.returned or ('Not yet' if line.expected else '–') }}",
                "{{ line['items'] }}",
                "{{ line.missing or ('The return' if line.expected and not line.returned else 'Nothing') }}",
            ],
        ),
        p(
            "Source Note",
            "“Still missing” names the parts of the form about which questions are open, with their number where there are several.",
        ),
        tag("for line in board.partnerships if line.support"),
        p("List Bullet", "{{ line.name }}, support: {{ line.support|joined('; ', '; ') }}"),
        tag("endfor"),
    )


def position() -> tuple[str, ...]:
    """Return the timetable as it stands on the day of the report."""
    return (
        p("Heading 1", "Where the round stands"),
        tag("for sentence in board.heading"),
        p("List Bullet", "{{ sentence }}"),
        tag("endfor"),
        short_listing(
            "The timetable and where it stands",
            shares(UPRIGHT, 44, 26, 30),
            ["Step", "When", "Position"],
            "step in board.stages",
            ["{{ step.what }}", "{{ step.written }}", "{% if step.over %}Over{% else %}{{ step.away }}{% endif %}"],
        ),
    )


def happens_next() -> tuple[str, ...]:
    """Return what happens next, and whom to ask."""
    return (
        p("Heading 1", "What happens next"),
        tag("if not board.ahead"),
        p("Normal", "The timetable is at its end."),
        tag("endif"),
        tag("for step in board.ahead"),
        p("List Bullet", "{{ step.written }}: {{ step.what }}{% if step.who %} ({{ step.who|joined }}){% endif %}"),
        tag("endfor"),
        tag("if contacts"),
        p("Heading 1", "Contact"),
        tag("for contact in contacts"),
        p("Normal", "{{ contact.name }}, {{ contact.role }}: {{ contact.email }}, {{ contact.phone }}"),
        tag("endfor"),
        tag("endif"),
    )

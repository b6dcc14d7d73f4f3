"""What the progress reports of all kits have in common: the timetable, the partnerships, what happens next.

Their tags are listed in `pipeline/publish/interim.py`.
"""

from report_base import UPRIGHT, heading_row, loop, p, row, shares, table, tag, whole


def progress(things: str) -> tuple[str, ...]:
    """Return what the progress report says of the partnerships.

    Args:
        things: what the plan is made of, with a capital: "Priorities".
    """
    wide = shares(UPRIGHT, 26, 19, 14, 12, 29)
    return (
        p("Heading 1", "Partnerships"),
        p(
            "Normal",
            "{{ board.replied }}{% if replies.silent %} No reply yet from {{ replies.silent|joined }}.{% endif %}",
            "<w:keepNext/>",
        ),
        table(
            "Where each partnership stands",
            wide,
            [
                heading_row(wide, ["Partnership", "State", "Received", things, "Still missing"]),
                loop(wide, "for line in board.partnerships"),
                whole(
                    row(
                        wide,
                        [
                            p("Table Text", "{{ line.name }}"),
                            p("Table Text", "{{ line.state }}"),
                            p("Table Text", "{{ line.returned or 'Not yet' }}"),
                            p("Table Text", "{{ line['items'] }}"),
                            p("Table Text", "{{ line.missing or ('Nothing' if line.returned else 'The return') }}"),
                        ],
                    )
                ),
                loop(wide, "endfor"),
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
    wide = shares(UPRIGHT, 44, 26, 30)
    return (
        p("Heading 1", "Where the round stands"),
        tag("for sentence in board.heading"),
        p("List Bullet", "{{ sentence }}"),
        tag("endfor"),
        table(
            "The timetable and where it stands",
            wide,
            [
                heading_row(wide, ["Step", "When", "Position"]),
                loop(wide, "for step in board.stages"),
                whole(
                    row(
                        wide,
                        [
                            p("Table Text", "{{ step.what }}"),
                            p("Table Text", "{{ step.written }}"),
                            p("Table Text", "{% if step.over %}Over{% else %}{{ step.away }}{% endif %}"),
                        ],
                    )
                ),
                loop(wide, "endfor"),
            ],
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

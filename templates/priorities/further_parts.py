"""What the plans of all kits have in common: the words of a return that the plan prints nowhere else.

Which those are, `pipeline/publish/sources.py` finds out from the tags of the master.
"""

from report_base import UPRIGHT, heading_row, loop, p, row, shares, table, tag


def further() -> tuple[str, ...]:
    """Return what a return says that the plan prints nowhere else, so that nothing is left out unseen."""
    wide = shares(UPRIGHT, 26, 48, 26)
    return (
        tag("if entry.further"),
        p("Table Lead-in", "Further words of the return"),
        table(
            "Further words of the return",
            wide,
            [
                heading_row(wide, ["In answer to", "What the return says", "Where"]),
                loop(wide, "for words in entry.further"),
                row(
                    wide,
                    [
                        p("Table Text", "{{ words.where or 'No question of the form' }}"),
                        p("Table Text", "{{p words.words }}"),
                        p("Table Text", "{{ words.place or 'The return' }}"),
                    ],
                ),
                loop(wide, "endfor"),
            ],
        ),
        tag("endif"),
    )

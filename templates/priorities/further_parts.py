"""What the plans of all kits have in common: the words of a return that the plan prints nowhere else.

Which those are, `pipeline/publish/sources.py` finds out from the tags of the master.
"""

from report_base import UPRIGHT, listing, p, shares, tag


def further() -> tuple[str, ...]:
    """Return what a return says that the plan prints nowhere else, so that nothing is left out unseen."""
    return (
        tag("if entry.further"),
        p("Table Lead-in", "Further words of the return"),
        listing(
            "Further words of the return",
            shares(UPRIGHT, 26, 48, 26),
            ["In answer to", "What the return says", "Where"],
            "words in entry.further",
            ["{{ words.where or 'No question of the form' }}", "{{p words.words }}", "{{ words.place or 'The return' }}"],
        ),
        tag("endif"),
    )

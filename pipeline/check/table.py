"""The one table of all kinds of rules."""

from pipeline.check import across, amounts, answered, dates, legible, measured, pairs, registered, whole, wording
from pipeline.check.kinds import Kind

KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        answered.required,
        answered.one_of,
        amounts.count,
        pairs.paired,
        pairs.same_number,
        wording.vocabulary,
        wording.well_formed,
        wording.same_title,
        wording.distinct,
        dates.within_period,
        dates.understood,
        dates.open_ended,
        measured.measurable,
        registered.against_register,
        registered.unchanged,
        whole.left_over,
        whole.tracked,
        whole.beside,
        legible.sure,
        legible.unread,
        legible.by_hand,
        across.coverage,
        across.alike,
        across.load,
    )
}
"""Every kind by its name."""

"""Kinds that count."""

from collections.abc import Iterator

from pipeline.check.kinds import REPEAT, Hit, Params, kind
from pipeline.check.views import View, child, repeat_of


class Count(Params):
    """Parameters of `count`."""

    least: int = 0
    most: int | None = None
    unless_none: bool = False
    """True where another rule speaks about none at all."""


@kind("count", REPEAT, Count, "count", "least", "most")
def count(params: Count, of: str, view: View) -> Iterator[Hit]:
    """A repeat has a number of items, within bounds; in each item around it where it is nested. Unused items do not count."""
    around = repeat_of(view.round.form, of)
    for owner in view.items(around) if around else [""]:
        number = len(view.items(of, owner))
        if number == 0 and params.unless_none:
            continue
        if number < params.least or (params.most is not None and number > params.most):
            most = "" if params.most is None else str(params.most)
            yield Hit(child(of, owner), {"count": str(number), "least": str(params.least), "most": most})

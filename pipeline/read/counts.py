"""Counts that a file states of itself: believed within bounds. Numbers that lie ask for memory (a span of 2^31 columns)."""


def count(said: str | None, most: int, least: int = 0) -> int:
    """Return a count within bounds; the least where the file states none, or no whole number of at most nine digits."""
    if said is None or len(said) > 9 or not said.isdecimal():
        return least
    return max(least, min(int(said), most))

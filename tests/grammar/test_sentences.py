"""The by-when of a sentence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.grammar.dates import find_when

BY_WHEN = {
    "Agree the terms of reference by Q3 12/13": ("by Q3 12/13", "2012-12-31"),
    "Adopt the strategy (Jun 2012)": ("Jun 2012", "2012-06-30"),
    "Agree the plan with the district – target date 31/3/12": ("31/3/12", "2012-03-31"),
    "Open a shop. To be completed by Feb 2012": ("by Feb 2012", "2012-02-29"),
    "Open a shop By when: Autumn 2013": ("Autumn 2013", "2013-11-30"),
    "Autumn 2012: Publish the flood strategy (first proposed in the 2010/11 plan)": ("Autumn 2012", "2012-11-30"),
    "In FY 2011/12: Complete 30 schemes as agreed in February 2011": ("In FY 2011/12", "2012-03-31"),
    "By Q4 2011/12 – Agree a list of materials": ("By Q4 2011/12", "2012-03-31"),
    "In 2012/13 we will deliver 500 homes": ("In 2012/13", "2013-03-31"),
    "Adopt a protocol as agreed in February 2011, by the end of Feb 2012": ("by the end of Feb 2012", "2012-02-29"),
    "Deliver the March 2009 action plan by May 2012": ("by May 2012", "2012-05-31"),
    "Reduce waste to 715 kg per household by 2010/11": ("by 2010/11", "2011-03-31"),
    "Consult by March 2012 and publish by June 2012": ("by June 2012", "2012-06-30"),
    "Strategy to be adopted in March 2012": ("in March 2012", "2012-03-31"),
    "Run workshops during 2011/12": ("during 2011/12", "2012-03-31"),
    "Complete phase 1 (March 2012) and phase 2 (June 2013)": ("June 2013", "2013-06-30"),
    "Open the hub [end of August 2011]": ("end of August 2011", "2011-08-31"),
    "Hold a round table, in Autumn 2011": ("in Autumn 2011", "2011-11-30"),
    "Develop a tool — Q3 2013/14.": ("Q3 2013/14", "2013-12-31"),
}

NO_BY_WHEN = [
    "Give all eligible adults a personal budget",
    "Support residents who may benefit",
    "Refresh the protocol as agreed in February 2011",
    "Publish the strategy adopted in March 2009",
    "Increase recycling from 40% to 45% of 2010/11 levels",
    "Raise rates to the 2012/13 average",
    "Bring 20 sites into management building on the 2008 pilot",
    "Extend collections following the Cabinet decision of 15 March 2011",
    "Implement the Equality Act (2010)",
    "Work with Year 10-11 pupils",
    "Provide 2,012 homes at £2013 each",
]


@pytest.mark.parametrize(("sentence", "found"), BY_WHEN.items())
def test_the_by_when_is_found_among_the_dates_of_a_sentence(sentence: str, found: tuple[str, str]) -> None:
    """A002-10, A002-18, A003-T13."""
    by_when = find_when(sentence)
    assert by_when and by_when.when.end
    assert (sentence[by_when.start : by_when.end], by_when.when.end.isoformat()) == found
    assert by_when.when.written == found[0]


@pytest.mark.parametrize("sentence", NO_BY_WHEN)
def test_a_date_that_is_about_something_else_is_no_by_when(sentence: str) -> None:
    assert find_when(sentence) is None


@pytest.mark.parametrize("sentence", ["Train councillors (date TBC)", "Support schools – ongoing", "Meet the parishes annually"])
def test_an_open_by_when_is_found_and_names_no_day(sentence: str) -> None:
    found = find_when(sentence)
    assert found and found.when.precision == "open" and found.when.end is None


def test_a_date_counts_above_an_open_word() -> None:
    found = find_when("Review the plan by March 2012 (ongoing)")
    assert found and found.when.written == "by March 2012"


@pytest.mark.parametrize("sentence", ["Publish it by 31 February 2012", "Report by Tuesday 22 February 2012", "Agree it by end May"])
def test_a_by_when_that_cannot_be_resolved_is_found_all_the_same(sentence: str) -> None:
    found = find_when(sentence)
    assert found and found.when.end is None and found.when.written.startswith("by ")


def test_what_stands_around_a_date_says_how_sure_it_is() -> None:
    clear, likely, loose = (
        find_when(sentence)
        for sentence in ("Agree it by May 2012", "Offer it everywhere April - June 2012", "Offer it in May 2012 across the county")
    )
    assert clear and likely and loose
    assert clear.sure > likely.sure > loose.sure


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("22 May 2008. 11 June 2008 (meeting cancelled)", "22 May 2008"),
        ("11 June 2008 (cancelled), 12 July 2008", "12 July 2008"),
        ("11 June 2008 – now cancelled. 10 September 2008", "10 September 2008"),
        ("11 June 2008 (meeting cancelled)", "11 June 2008"),
    ],
)
def test_the_day_of_what_was_called_off_counts_least(said: str, written: str) -> None:
    """A003-T5."""
    found = find_when(said)
    assert found and found.when.written == written


@given(st.text(max_size=80), st.sampled_from(["", " by March 2012", " (Q3 12/13)", " – ongoing"]))
def test_offsets_always_lie_in_the_sentence(text: str, tail: str) -> None:
    sentence = text + tail
    found = find_when(sentence)
    assert found is None or sentence[found.start : found.end] == found.when.written

"""Which date of a sentence is its by-when: a judgement by the words and marks around it.

"Deliver the March 2009 action plan by May 2012" has two dates and one by-when. For: a label, "by", brackets, a dash or comma
before it at the end, a colon after it at the start. Against: a noun after it ("the 2010/11 plan"), a participle before it
("as agreed in February 2011"), a preposition that looks back ("since", "following the decision of"), "(meeting cancelled)".
"""

import re

from pipeline.grammar.leads import Lead
from pipeline.grammar.phrases import Phrase
from pipeline.grammar.shapes import NOUN_FOLLOWS

_NOTHING = re.compile(r"[\W_]*")
_END = re.compile(r"\W*$|[.;)\]]|,? ?[(\[]")
_INTRODUCES = re.compile(r" ?:|,| - ?")
_SET_OFF = re.compile(r"(?:[,;:.]| -) ?$")
_SET_OFF_REACH = 3
_LOOKS_BACK = re.compile(
    r"(?:(?<!\w)(?:be|being|is|are|get) )?(?<!\w)(?!need|speed|feed|seed|shed|indeed|hundred)"
    r"(?:\w{2,30}ed|seen|done|made|held|begun|taken|given|written|built|put|run|set|drawn)(?: up| out| on| first)? $"
)
_CALLED_OFF = re.compile(r" ?[(\[-] ?(?:the )?(?:meeting |event )?(?:was |is )?(?:now )?(?:cancelled|called off)")
_LOOKS_AHEAD = ("be ", "being ", "is ", "are ", "get ")
_BELONGS_TO_DATE = re.compile(
    r"(?<!\w)(?:of|since|the|after|following|than|to|and|dated|at|as|with|a|an|for|from|in|on|or|until|by|per|\w{2,30}ed) $"
)
_REACH = 36
_NOUN = re.compile(NOUN_FOLLOWS)


def sureness(words: str, phrase: Phrase, lead: Lead) -> float:
    """Return how clearly a phrase is the by-when of the sentence it stands in.

    Args:
        words: the flat text of the sentence.
        phrase: one of its date phrases.
        lead: what stands in front of it.

    Returns:
        From 0 to 1; 0 where the date is about something else, and little for the day of something that was called off: it counts where
        the sentence has no other.
    """
    sure = _as_it_stands(words, phrase, lead)
    return min(sure, 0.3) if _CALLED_OFF.match(words, phrase.end) else sure


def _as_it_stands(words: str, phrase: Phrase, lead: Lead) -> float:
    if lead.label:
        return 0.97
    if _NOUN.match(words, phrase.end) and (phrase.precision == "year" or not lead.is_firm):
        return 0.0
    if lead.is_firm:
        return 0.0 if phrase.precision == "open" else 0.95
    return _set_apart(words, phrase, lead) or _in_the_flow(words, phrase, lead)


def _set_apart(words: str, phrase: Phrase, lead: Lead) -> float:
    """Judge a phrase that brackets, dashes or colons part from the sentence; 0 where it is not."""
    at_start = bool(_NOTHING.fullmatch(words, 0, lead.start))
    at_end = bool(_NOTHING.fullmatch(words, phrase.end))
    if at_start and _INTRODUCES.match(words, phrase.end):
        return 0.95
    if not lead.preposition and _is_calendar_year(phrase):
        return 0.0
    if words[lead.start - 1 : lead.start] in ("(", "[") and words[phrase.end : phrase.end + 1] in (")", "]"):
        return 0.95 if at_end else 0.75
    if _END.match(words, phrase.end) and _SET_OFF.search(words, max(0, lead.start - _SET_OFF_REACH), lead.start):
        return 0.5 if words.rfind("(", 0, lead.start) > words.rfind(")", 0, lead.start) else 0.93
    return 0.88 if at_start and lead.is_loose else 0.0


def _in_the_flow(words: str, phrase: Phrase, lead: Lead) -> float:
    """Judge a phrase that nothing parts from the sentence."""
    at_end = bool(_END.match(words, phrase.end))
    if phrase.precision == "open":
        return 0.75 if at_end else 0.0
    before = max(0, lead.start - _REACH)
    looks_back = _LOOKS_BACK.search(words, before, lead.start)
    if not phrase.has_year or (looks_back and not looks_back[0].startswith(_LOOKS_AHEAD)):
        return 0.0
    if lead.is_loose:
        return 0.88 if at_end else 0.6
    if not at_end or phrase.precision == "year" or (not lead.preposition and _BELONGS_TO_DATE.search(words, before, lead.start)):
        return 0.0
    return 0.7


def _is_calendar_year(phrase: Phrase) -> bool:
    """Tell a bare year, which may as well be part of a title: "the Equality Act (2010)"."""
    return phrase.precision == "year" and phrase.end - phrase.start <= 4

"""How respondents word the labels of the form when they retype it."""

from collections.abc import Mapping
from random import Random

_ORIGINAL = {
    "partnership": "Name of thematic partnership",
    "chair": "Chairman",
    "cabinet": "OCC Cabinet Member",
    "contact": "Contact officer details",
    "name": "Name",
    "email": "E-mail",
    "phone": "Telephone",
    "summary": "Key Priorities for medium term 2011 -14    (preferably kept to a maximum of 4)",
    "lead": "Lead Officer",
    "priority": "Priority",
    "objectives": "2030 objectives",
    "context": "Context",
    "policies": "Policies and strategies",
    "link": "Link to 2030 objectives",
    "plans": "Business plans",
    "deliverables": "Deliverables",
    "what": "What",
    "due": "By when",
    "measure": "Measure of success",
    "measures": "Measures of success",
    "pledges": "Review of your partnership’s pledges in the current 2030 Delivery Plan",
    "met": "Which pledges have already been met?",
    "remaining": "What is the current strategic relevance of the remaining pledges?",
    "pledge": "Pledge",
    "status": "Already met?",
    "relevance": "Current strategic relevance",
}

WORDINGS: Mapping[str, Mapping[str, str]] = {
    "original": _ORIGINAL,
    "issued": _ORIGINAL
    | {
        "partnership": "Name of partnership",
        "chair": "Chair",
        "cabinet": "County Council cabinet member",
        "contact": "Contact officer",
        "summary": "Key priorities for the medium term",
        "policies": "Policies and strategies",
        "link": "Link to the 2030 objectives",
        "plans": "Business plans and finance",
        "what": "What will be delivered",
        "status": "Has it been met?",
        "relevance": "If not, how relevant is it now?",
    },
    "capitals": {key: words.upper() for key, words in _ORIGINAL.items()},
    "short": _ORIGINAL
    | {
        "partnership": "Partnership",
        "chair": "Chair",
        "cabinet": "Cabinet Member",
        "contact": "Contact",
        "email": "Email",
        "phone": "Tel",
        "summary": "Key Priorities",
        "lead": "Lead",
        "measures": "Measures",
        "measure": "Measure",
        "pledges": "Pledges",
        "met": "Pledges already met",
        "remaining": "Relevance of remaining pledges",
        "status": "Met?",
        "relevance": "Relevance",
    },
    "reworded": _ORIGINAL
    | {
        "partnership": "Thematic partnership",
        "chair": "Chairperson",
        "cabinet": "Cabinet portfolio holder",
        "contact": "Contact officer",
        "email": "Email address",
        "phone": "Phone number",
        "summary": "Medium term priorities 2011-14",
        "lead": "Responsible officer",
        "context": "Background",
        "policies": "Existing and emerging policies and strategies",
        "link": "Links to longer term 2030 objectives",
        "plans": "Relevant business plans",
        "deliverables": "Key deliverables",
        "what": "Deliverable",
        "due": "Timescale",
        "measure": "Success measure",
        "measures": "Success measures",
        "pledges": "Pledge review",
        "met": "Pledges which have been met",
        "remaining": "Current relevance of remaining pledges",
    },
    "misspelt": _ORIGINAL
    | {
        "partnership": "Name of thematic parnership",
        "chair": "Chariman",
        "cabinet": "OCC Cabinet Memeber",
        "contact": "Contact oficer details",
        "summary": "Key Prioritys for medium term 2011-14",
        "lead": "Lead Oficer",
        "context": "Contex",
        "deliverables": "Deliverbles",
        "measures": "Measures of sucess",
        "measure": "Measure of sucess",
        "met": "Which pledges have allready been met?",
        "remaining": "What is the current stategic relevance of the remaining pledges?",
    },
    "milestones": _ORIGINAL
    | {
        "chair": "Chair of partnership",
        "cabinet": "Cabinet Lead",
        "contact": "Contact details",
        "summary": "Our key priorities",
        "lead": "Lead officer(s)",
        "context": "Context and background",
        "deliverables": "Milestones",
        "what": "Milestone",
        "due": "Date",
        "measure": "How will we measure success?",
        "measures": "How will we measure success?",
    },
    "paraphrased": _ORIGINAL
    | {
        "partnership": "Name of your partnership",
        "chair": "Chaired by",
        "cabinet": "Portfolio holder",
        "contact": "For queries please contact",
        "summary": "Top priorities, 2011 to 2014",
        "lead": "Led by",
        "context": "Policy context",
        "policies": "Policy background",
        "link": "Fit with Oxfordshire 2030",
        "plans": "Financial planning",
        "deliverables": "What we will deliver, and by when",
        "what": "Action",
        "due": "Deadline",
        "measure": "Success criteria",
        "measures": "Success criteria",
        "pledges": "Our current pledges",
        "met": "Already met",
        "remaining": "Still to be met, and how relevant",
    },
    "asked": _ORIGINAL
    | {
        "partnership": "Which partnership is this?",
        "chair": "Who is the chair?",
        "cabinet": "Who is the cabinet member?",
        "contact": "Who is the contact officer?",
        "summary": "What are your key priorities?",
        "lead": "Who leads?",
        "context": "What is the context?",
        "deliverables": "What will be delivered and by when?",
        "what": "What will be delivered?",
        "due": "By when?",
        "measure": "How will we know the outcome is a success?",
        "measures": "How will we know the outcome is a success?",
    },
}
WORDINGS_OF = {
    "development": ("original", "reworded", "original", "short", "issued", "original", "misspelt", "capitals", "milestones"),
    "held-out": (
        "original",
        "paraphrased",
        "original",
        "asked",
        "short",
        "original",
        "misspelt",
        "reworded",
        "issued",
        "milestones",
        "capitals",
    ),
}
"""Whose turn it is. Most people leave the labels as they are; two wordings only held-out returns have."""


def worded(rng: Random, wording: str) -> Mapping[str, str]:
    """Return the labels of one return: those of a wording, but for some that were left as they were."""
    if wording in ("original", "issued", "capitals"):
        return WORDINGS[wording]
    changed = 0.4 if wording == "misspelt" else 0.7
    return {key: WORDINGS[wording][key] if rng.random() < changed else _ORIGINAL[key] for key in _ORIGINAL}


INSTRUCTIONS = {
    "context": (
        "for each priority :",
        "• references to existing/emerging policies and strategies underpinning each priority",
        "• link to longer term 2030 objectives",
        "• references to relevant business plan[s] in terms of financial planning",
    ),
    "deliverables": ("List of what will be delivered and by when?",),
    "measures": ("success measures corresponding to each of the deliverables - how will we know the outcome is a success?",),
}
REPEAT = "[*Please repeat format for each key priority]"
PROVIDE = "For each of the key priorities please provide*"
TITLES = (
    "2030 Refresh - Pro forma for partnerships",
    "Oxfordshire 2030 Refresh: pro forma",
    "Refresh of Oxfordshire 2030 Delivery Plan – medium term priorities",
)
COLONS = (":", "", ":-", " :", " –")

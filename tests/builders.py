"""Small rounds, made by hand: a test shows what it needs to be different and nothing else."""

import datetime as dt
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from pipeline.model.forms import Form, Term
from pipeline.model.rounds import Contact, Meeting, Partnership, Period, Round, Step
from pipeline.rounds.kit import read_form

KIT = Path(__file__).parent.parent / "templates" / "priorities"

OBJECTIVES = (
    Term(name="World Class Economy"),
    Term(name="Healthy & Thriving Communities"),
    Term(name="Climate Change & Environment"),
    Term(name="Reducing Inequalities & Breaking the Cycle of Deprivation", aliases=("Breaking the Cycle",)),
)

FOCUS_AREAS = (
    Term(name="Housing and Infrastructure"),
    Term(name="Breaking the Cycle of deprivation"),
    Term(name="Economy (skills/educational attainment/NEETS/infrastructure)", aliases=("Economy",)),
    Term(name="Community Safety"),
    Term(name="Big Society"),
)

PLEDGES = (
    "Deliver 2,400 new homes a year, four in ten of them affordable",
    "Halve the number of homes without a broadband line of 2 Mbit/s",
    "Agree one list of the roads & junctions that hold up growth",
)


@cache
def sample_form() -> Form:
    """Return the form of the `priorities` kit, read from its own file, with the words of the sample round in it."""
    here = YAML(typ="safe").load((KIT.parent.parent / "round.yaml").read_text(encoding="utf-8"))
    words = {key: [ways] if isinstance(ways, str) else ways for key, ways in here["words"].items()}
    return read_form(KIT, words, here["instructions"])[0]


def a_partnership(**changes: Any) -> Partnership:
    """Return a partnership with a full row in the register.

    Args:
        changes: what should be different: fields of `Partnership` by name; `columns` and `lists` are added to the usual ones.
    """
    usual = Partnership(
        id="spatial-planning-infrastructure",
        code="SPI",
        name="Spatial Planning & Infrastructure Partnership",
        columns={
            "name": "Spatial Planning & Infrastructure Partnership",
            "code": "SPI",
            "annex_name": "Spatial Planning & Infrastructure",
            "chair": "Cllr Jo Penrose",
            "cabinet_member": "Cllr Siobhán O’Dowd",
            "contact_officer": "Morgan Lee",
            "contact_email": "morgan.lee@example.org",
            "contact_phone": "01632 960123",
            "default_focus": "Housing and Infrastructure",
            "default_objective": "World Class Economy",
        },
        lists={"aliases": ("SPIP",), "lineage": (), "pledges": PLEDGES},
    )
    columns = {**usual.columns, **changes.pop("columns", {})}
    lists = {**usual.lists, **changes.pop("lists", {})}
    if "name" in changes:
        columns["name"] = changes["name"]
    return replace(usual, columns=columns, lists=lists, **changes)


def a_round(**changes: Any) -> Round:
    """Return a round on the `priorities` kit with one partnership.

    Args:
        changes: what should be different: fields of `Round` by name. `folder` is where its inbox and outbox lie.
    """
    form = changes.get("form", sample_form())
    usual = Round(
        folder=Path("round"),
        id="oxfordshire-2030-2011-14",
        name="Oxfordshire 2030 Refresh",
        reference="OX2030-11",
        period=Period("2011-14", dt.date(2011, 4, 1), dt.date(2014, 3, 31)),
        horizon=Period("until 2014/15", dt.date(2011, 4, 1), dt.date(2015, 3, 31)),
        form=form,
        kit=KIT,
        vocabularies={"objectives": OBJECTIVES, "focus_areas": FOCUS_AREAS, **form.vocabularies},
        timetable=(
            Step("Proforma circulated", "4th March", dt.date(2011, 3, 4), dt.date(2011, 3, 4), kind="circulated"),
            Step("Final proformas due", "6th May", dt.date(2011, 5, 6), dt.date(2011, 5, 6), kind="due"),
        ),
        contacts=(Contact("Alex Byrne", "Performance and Review Officer", "alex.byrne@example.org", "01632 960844"),),
        meeting=Meeting("Oxfordshire Partnership", dt.date(2011, 7, 13), "Oxfordshire Partnership and Oxfordshire 2030: future direction"),
        partnerships=(a_partnership(),),
        narrative={},
        options={},
    )
    return replace(usual, **changes)

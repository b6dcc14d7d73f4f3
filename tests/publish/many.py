"""Plans of few and many partnerships, of short and long answers, in several languages: what papers have to bear."""

from dataclasses import replace

from pipeline.merge import merge
from pipeline.model.plans import Plan
from tests.builders import a_partnership
from tests.publish.returns import FOCUS_AREAS, NARRATIVE, Said, a_record, a_round_of_nine

WELSH = (
    "Partneriaeth Iechyd a Lles Ynys Môn a’r Fflint",
    "Gwella’r afonydd a’r llynnoedd: dŵr glân ym mhob tŷ",
    "Erbyn diwedd y flwyddyn bydd pob ysgol yn y sir wedi’i chysylltu, a bydd gwasanaethau ar gael yn Gymraeg ac yn Saesneg.",
)
POLISH = (
    "Partnerstwo na rzecz Zdrowia, Łódź i Śląsk",
    "Zmniejszyć różnice w zdrowiu między dzielnicami",
    "Do końca roku każda gmina przygotuje listę źródeł zanieczyszczeń; mieszkańcy będą mogli ją sprawdzić w internecie.",
)
ARABIC = (
    "شراكة الصحة والرفاه",
    "تحسين صحة السكان في جميع أنحاء المقاطعة",
    "بحلول نهاية عام 2012 ستكون الخدمات متاحة للجميع، وستنشر النتائج كل ستة أشهر.",
)
ENGLISH = (
    "Safer & Stronger Communities Partnership",
    "Fewer people are harmed by crime & anti-social behaviour",
    "By the end of the year each town will have a plan that residents helped to write, and its results will be published.",
)
TONGUES = {"english": (ENGLISH,), "arabic": (ARABIC,), "several": (WELSH, POLISH, ARABIC, ENGLISH)}
LONG = 1_300
"""Words of three pages."""


def a_plan_of(number: int, tongue: str = "english", *, long: bool = False) -> Plan:
    """Return the plan of so many partnerships, each with three priorities.

    Args:
        number: of partnerships.
        tongue: one of `TONGUES`: what their names and answers are written in, by turns where there are several.
        long: whether the first priority of each has a context of three pages.
    """
    said = [TONGUES[tongue][count % len(TONGUES[tongue])] for count in range(number)]
    names = [name if number == 1 else f"{name} {count}" for count, (name, _, _) in enumerate(said, 1)]
    bodies = tuple(a_partnership(id=f"body-{count}", code=f"B{count}", name=name) for count, name in enumerate(names, 1))
    round_ = a_round_of_nine(narrative=NARRATIVE, partnerships=bodies)
    records = (a_record(body.id, _return(count, *said[count][1:], long=long)) for count, body in enumerate(bodies))
    return merge(replace(round_, partnerships=bodies), records)


def _return(count: int, title: str, text: str, *, long: bool) -> dict[str, Said]:
    priorities: list[Said] = [_priority(count, at, title, text, long=long and at == 0) for at in range(3)]
    pledges: list[Said] = [
        {"pledge": f"{title} 2008", "status": "met", "relevance": None},
        {"pledge": f"{title} 2009", "status": "remaining", "relevance": text},
    ]
    return {"chair": "Cllr Jo Penrose", "cabinet_member": "Cllr Siobhán O’Dowd", "priorities": priorities, "pledges": pledges}


def _priority(count: int, at: int, title: str, text: str, *, long: bool) -> Said:
    times = LONG // len(text.split()) if long else 2
    deliverables: list[Said] = [
        {"what": f"{text} ({row})", "due": f"201{1 + row % 3}-{3 * row + 3:02}-28", "measure": text} for row in range(3)
    ]
    return {
        "title": f"{title} {at + 1}",
        "lead_officer": "Morgan Lee",
        "focus": FOCUS_AREAS[(count + at) % len(FOCUS_AREAS)].name,
        "objectives": ["World Class Economy"],
        "context": {"text": " ".join([text] * times)},
        "deliverables": deliverables,
    }

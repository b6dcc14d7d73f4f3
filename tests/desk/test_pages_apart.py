"""Pages of one form that come as files of their own are one return; a part of a form never takes the place of more."""

import json
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from pipeline.desk import wall
from pipeline.read.bundle.packing import unpacked
from pipeline.rounds.loading import load_round
from pipeline.store.store import Store
from tests.cli.folders import a_folder, proforma, put_return
from tests.desk.pages import a_page, read_here, zipped

Document = dict[str, Any]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Start a round whose returns are read in this process: how the wall holds is tested elsewhere, and a nursery takes its time."""
    monkeypatch.setattr(wall, "read_all", read_here)
    return a_folder(tmp_path / "round")


@pytest.fixture
def roads(folder: Path) -> str:
    return reference(folder, "RDS")


def reference(folder: Path, code: str) -> str:
    round_ = load_round(folder)
    return next(round_.reference_of(one) for one in round_.partnerships if one.code == code)


def put(folder: Path, name: str, data: bytes) -> None:
    path = folder / "inbox" / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(data)


def put_pages(folder: Path, reference: str, *numbers: int) -> None:
    for number in numbers:
        put(folder, f"IMG_{number}.pdf", a_page(number, reference=reference))


def ingested(folder: Path, *words: str) -> list[Document]:
    """Ingest, and return what was said of each document."""
    said = [json.loads(line) for line in proforma(folder, "ingest", "--json", *words).stdout.splitlines()]
    with Store.open(folder) as store:
        assert store.check() == ()
    return said


def shown(said: list[Document]) -> list[tuple[str, str, str | None, list[int]]]:
    """Return of each document its name, how it ended, whose it is, and the numbers of its pages."""
    return [
        (one["file"], one["reason"] or one["outcome"], one["partnership"], [page["number"] for page in one.get("pages", ())])
        for one in said
    ]


def codes(one: Document, what: str) -> list[str]:
    return [entry["code"] for entry in one[what]]


def counts(folder: Path) -> dict[str, str]:
    """Return the file that counts of each partnership."""
    with Store.open(folder) as store:
        return {partnership: reading.record.file for partnership, reading in store.current().items()}


def waits(folder: Path) -> list[str]:
    with Store.open(folder) as store:
        return [reading.record.file for reading in store.held()]


def mail(*enclosed: tuple[str, bytes]) -> bytes:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"], message["Message-ID"] = (
        "jo@example.org",
        "r@example.org",
        "Return",
        "<1@example.org>",
    )
    message.set_content("Photographed this morning.")
    for name, data in enclosed:
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


# -- in one run ----------------------------------------------------------------------------------------------------------


def test_pages_in_the_inbox_are_one_return_in_the_order_of_their_numbers(folder: Path, roads: str) -> None:
    for name, number in (("IMG_1.pdf", 3), ("IMG_2.pdf", 1), ("IMG_3.pdf", 2)):
        put(folder, name, a_page(number, reference=roads))
    (said,) = ingested(folder)
    assert shown([said]) == [("IMG_1.pdf and 2 more", "read", "roads", [1, 2, 3])]
    assert [file["file"] for file in said["files"]] == ["IMG_1.pdf", "IMG_2.pdf", "IMG_3.pdf"]
    assert said["values"]["chair"] == "Cllr Jo Penrose" and said["values"]["priorities"][0]["title"] == "Mend the bridges"
    assert "missing-page" not in codes(said, "notes")


def test_each_answer_names_the_file_that_shows_it(folder: Path, roads: str) -> None:
    """Design, law 3."""
    put_pages(folder, roads, 1, 2, 3)
    (said,) = ingested(folder)
    places = {answer["field"]: answer["place"] for answer in said["answers"] if answer["state"] == "given"}
    assert (places["chair"]["part"], places["chair"]["page"]) == ("IMG_1.pdf", 1)
    assert (places["priorities[1].title"]["part"], places["priorities[1].title"]["page"]) == ("IMG_2.pdf", 2)
    assert places["priorities[1].context.business_plans"]["part"] == "IMG_3.pdf"


def test_every_page_and_the_bundle_of_them_are_kept(folder: Path, roads: str) -> None:
    """Design, law 7."""
    put_pages(folder, roads, 1, 2, 3)
    (said,) = ingested(folder)
    with Store.open(folder) as store:
        files = unpacked(store.original(said["sha256"]))
        assert [store.original(file["sha256"]) for file in said["files"]] == [file.data for file in files]
    assert [file.data for file in files] == [(folder / "inbox" / f"IMG_{number}.pdf").read_bytes() for number in (1, 2, 3)]


def test_a_dry_run_says_what_would_be_stored(folder: Path, roads: str) -> None:
    put_pages(folder, roads, 1, 2, 3)
    before = ingested(folder, "--dry-run")
    assert not counts(folder)
    assert shown(before) == shown(ingested(folder))


def test_a_second_run_finds_nothing_new_in_pages(folder: Path, roads: str) -> None:
    put_pages(folder, roads, 1, 2, 3)
    first, again = ingested(folder), ingested(folder)
    assert first == again and len(first) == 1
    assert "0 of them new" in proforma(folder, "ingest").stdout


def test_a_page_that_is_missing_is_an_error_until_it_is_there(folder: Path, roads: str) -> None:
    put_pages(folder, roads, 1, 3)
    (said,) = ingested(folder)
    (finding,) = (one for one in said["findings"] if one["code"] == "missing-page")
    assert finding["severity"] == "error" and "Page 2 of 3 is not among the pages that came." in finding["message"]
    put_pages(folder, roads, 2)
    whole = ingested(folder)[-1]
    assert shown([whole]) == [("IMG_1.pdf and 2 more", "read", "roads", [1, 2, 3])]
    assert "missing-page" not in codes(whole, "findings")


def test_the_same_page_twice_is_read_once_and_the_earlier_one_quoted(folder: Path, roads: str) -> None:
    put_pages(folder, roads, 1, 2, 3)
    put(folder, "IMG_4.pdf", a_page(2, reference=roads, says="Lead officer: Zoe Hart"))
    (said,) = ingested(folder)
    (note,) = (one for one in said["notes"] if one["code"] == "page-again")
    assert "IMG_2.pdf shows page 2 of 3, and so does IMG_4.pdf" in note["message"]
    assert "Policies and strategies: The county plan." in note["quote"] and "Zoe Hart" not in note["quote"]
    assert {answer["place"].get("part") for answer in said["answers"]} >= {"IMG_1.pdf", "IMG_3.pdf", "IMG_4.pdf"}
    assert "IMG_2.pdf" not in {answer["place"].get("part") for answer in said["answers"]}


def test_pages_of_two_partnerships_in_one_folder_are_two_returns(folder: Path, roads: str) -> None:
    put_pages(folder, roads, 1, 2, 3)
    schools = reference(folder, "SCH")
    for number in (1, 2, 3):
        put(folder, f"IMG_{number + 3}.pdf", a_page(number, reference=schools, name="Schools Partnership"))
    assert shown(ingested(folder)) == [
        ("IMG_1.pdf and 2 more", "read", "roads", [1, 2, 3]),
        ("IMG_4.pdf and 2 more", "read", "schools", [1, 2, 3]),
    ]


def test_a_page_that_says_nobody_is_not_guessed_between_two(folder: Path, roads: str) -> None:
    put_pages(folder, roads, 1, 2)
    schools = reference(folder, "SCH")
    for number in (1, 2):
        put(folder, f"IMG_{number + 3}.pdf", a_page(number, reference=schools, name="Schools Partnership"))
    put(folder, "IMG_6.pdf", a_page(3))
    said = shown(ingested(folder))
    assert ("IMG_6.pdf", "unknown-partnership", None, [3]) in said and len(said) == 3


def test_a_page_that_says_nobody_belongs_to_the_only_pages_that_lack_it(folder: Path, roads: str) -> None:
    put_pages(folder, roads, 1, 2)
    put(folder, "IMG_3.pdf", a_page(3))
    assert shown(ingested(folder)) == [("IMG_1.pdf and 2 more", "read", "roads", [1, 2, 3])]


def test_pages_without_any_reference_are_one_return_whose_first_page_names_it(folder: Path) -> None:
    put_pages(folder, "", 1, 2, 3)
    assert shown(ingested(folder)) == [("IMG_1.pdf and 2 more", "read", "roads", [1, 2, 3])]


# -- in mails and zips ---------------------------------------------------------------------------------------------------


def test_pages_in_a_mail_are_one_return(folder: Path, roads: str) -> None:
    put(folder, "reply.eml", mail(*((f"IMG_{number}.pdf", a_page(number, reference=roads)) for number in (1, 2, 3))))
    (said,) = ingested(folder)
    assert shown([said]) == [("reply.eml › IMG_1.pdf and 2 more", "read", "roads", [1, 2, 3])]
    assert "Photographed this morning." in [note["quote"] for note in said["notes"] if note["code"] == "covering-words"]
    assert ingested(folder) == [said]


def test_a_mail_with_a_part_and_one_with_the_rest_are_one_return(folder: Path, roads: str) -> None:
    put(folder, "1.eml", mail(("a.pdf", a_page(1, reference=roads)), ("b.pdf", a_page(2, reference=roads))))
    assert codes(ingested(folder)[0], "findings").count("missing-page") == 1
    put(folder, "2.zip", zipped(("c.pdf", a_page(3, reference=roads))))
    assert shown(ingested(folder))[-1] == ("1.eml › a.pdf and 2 more", "read", "roads", [1, 2, 3])
    assert counts(folder) == {"roads": "1.eml › a.pdf and 2 more"} and not waits(folder)


def test_the_same_pages_in_two_mails_are_one_return_seen_twice(folder: Path, roads: str) -> None:
    """Threats, A2."""
    pages = [(f"IMG_{number}.pdf", a_page(number, reference=roads)) for number in (1, 2, 3)]
    put(folder, "1.zip", zipped(*pages))
    ingested(folder)
    put(folder, "2.zip", zipped(*pages, ("notes.txt", b"Once more, to be sure that it has come.")))
    again = ingested(folder)
    assert len({one["sha256"] for one in again if one.get("files")}) == 1
    assert counts(folder) == {"roads": "1.zip › IMG_1.pdf and 2 more"}


def test_the_signed_page_beside_the_whole_return_is_a_note_to_it(folder: Path, roads: str) -> None:
    whole = put_return(folder, "RDS")
    put(
        folder, "reply.eml", mail(("roads.docx", whole.read_bytes()), ("signed.pdf", a_page(3, reference=roads, says="Signed: J. Penrose")))
    )
    whole.unlink()
    (said,) = ingested(folder)
    assert (said["file"], said["format"], said["outcome"]) == ("reply.eml › roads.docx", "docx", "read")
    (note,) = (one for one in said["notes"] if one["code"] == "page-beside")
    assert "signed.pdf shows page 3 of 3" in note["message"] and "It moves them on" in note["quote"]
    assert "not-read" in codes(said, "findings")


# -- over several days, and beside other returns -------------------------------------------------------------------------


def test_a_part_does_not_take_the_place_of_a_fuller_return(folder: Path, roads: str) -> None:
    put_return(folder, "RDS")
    ingested(folder)
    put_pages(folder, roads, 2)
    said = next(one for one in ingested(folder) if one["file"] == "IMG_2.pdf")
    assert said["reason"] == "incomplete" and "page 2 of 3" in said["message"] and "rds reply.docx" in said["message"]
    assert counts(folder) == {"roads": "rds reply.docx"} and waits(folder) == ["IMG_2.pdf"]


def test_a_part_beside_the_fuller_return_of_the_same_run_waits_too(folder: Path, roads: str) -> None:
    put_return(folder, "RDS")
    put_pages(folder, roads, 2)
    ingested(folder)
    assert counts(folder) == {"roads": "rds reply.docx"} and waits(folder) == ["IMG_2.pdf"]


def test_with_the_other_pages_a_part_that_waited_is_a_return(folder: Path, roads: str) -> None:
    put_return(folder, "RDS")
    put_pages(folder, roads, 2)
    ingested(folder)
    (folder / "inbox" / "IMG_2.pdf").unlink()
    put_pages(folder, roads, 1, 3)
    (said,) = (one for one in ingested(folder) if one.get("files"))
    assert shown([said]) == [("IMG_2.pdf and 2 more", "read", "roads", [1, 2, 3])]
    assert counts(folder) == {"roads": "IMG_2.pdf and 2 more"} and not waits(folder)


def test_a_person_may_let_a_part_count(folder: Path, roads: str) -> None:
    put_return(folder, "RDS")
    ingested(folder)
    put_pages(folder, roads, 2)
    ingested(folder)
    assert proforma(folder, "assign", "IMG_2.pdf", "RDS", "--reason", "Only this page changed").exit_code == 0
    assert counts(folder) == {"roads": "IMG_2.pdf"} and not waits(folder)
    ingested(folder)
    assert counts(folder) == {"roads": "IMG_2.pdf"}


def test_a_page_that_is_assigned_joins_the_others(folder: Path, roads: str) -> None:
    put_pages(folder, roads, 1, 2)
    ingested(folder)
    put(folder, "late/third.pdf", a_page(3))
    assert waits(folder) == [] and ingested(folder)[-1]["reason"] == "unknown-partnership"
    assert proforma(folder, "assign", "late/third.pdf", "RDS").exit_code == 0
    assert counts(folder) == {"roads": "IMG_1.pdf and 2 more"} and not waits(folder)


def test_pages_of_nobody_wait_as_one_and_are_assigned_by_the_name_of_any(folder: Path) -> None:
    for number in (2, 3):
        put(folder, f"IMG_{number}.pdf", a_page(number))
    (said,) = ingested(folder)
    assert shown([said]) == [("IMG_2.pdf and 1 more", "unknown-partnership", None, [2, 3])]
    assert proforma(folder, "assign", "IMG_3.pdf", "RDS").exit_code == 0
    assert counts(folder) == {"roads": "IMG_2.pdf and 1 more"} and not waits(folder)


def test_a_better_page_of_tomorrow_is_read_in_place_of_todays(folder: Path, roads: str) -> None:
    put_pages(folder, roads, 1, 2, 3)
    ingested(folder)
    put(folder, "again.pdf", a_page(2, reference=roads, says="Lead officer: Zoe Hart"))
    said = ingested(folder)[-1]
    assert shown([said]) == [("IMG_1.pdf and 3 more", "read", "roads", [1, 2, 3])] and "page-again" in codes(said, "notes")
    assert said["values"]["priorities"][0]["lead_officer"] == "Zoe Hart"


def test_a_bundle_is_explained_like_any_return(folder: Path, roads: str) -> None:
    put(folder, "pages.zip", zipped(*((f"IMG_{number}.pdf", a_page(number, reference=roads)) for number in (1, 2, 3))))
    assert proforma(folder, "explain", str(folder / "inbox" / "pages.zip"), "--html").exit_code == 0
    (page,) = (folder / "outbox" / "explained").iterdir()
    assert "data:image/png;base64," in page.read_text(encoding="utf-8")


def test_files_that_are_read_together_are_put_together(folder: Path, roads: str) -> None:
    put_pages(folder, roads, 1, 2, 3)
    paths = [str(folder / "inbox" / f"IMG_{number}.pdf") for number in (1, 2, 3)]
    (said,) = (json.loads(line) for line in proforma(folder, "read", *paths, "--json").stdout.splitlines())
    assert shown([said]) == [("IMG_1.pdf and 2 more", "read", "roads", [1, 2, 3])]

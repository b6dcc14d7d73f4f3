"""What a mail says itself: its sender's words, told from what is quoted and from the signature."""

import pytest

from pipeline.model.documents import Document, Paragraph, Table
from pipeline.model.envelopes import Mail, Words
from pipeline.read.mail import own_words


def read(text: str = "", html: str = "", subject: str = "RE: Pro forma", rtf: bytes = b"") -> Document:
    """Return the words of a mail."""
    return own_words(Mail(subject=subject, body=(Words(text, html, rtf),)))


def said(document: Document) -> list[str]:
    """Return the lines of a document's paragraphs, those in tables as well."""
    return [line for paragraph in document.paragraphs() for line in paragraph.text.split("\n") if line.strip()]


def beside(document: Document, kind: str) -> str:
    """Return what stands beside the words."""
    return "\n".join(aside.text for aside in document.asides if aside.kind == kind)


def lines(*texts: str) -> str:
    return "\n".join(texts)


# -- the head ------------------------------------------------------------------------------------------------------------


def test_a_mails_head_travels_as_properties() -> None:
    mail = Mail("jo@example.org", "Jo", "RE: Pro forma", "<1@x>", "<0@x>", body=(Words("Chair: Jo"),))
    document = own_words(mail)
    assert document.format == "mail"
    assert document.properties == {
        "mail.from": "jo@example.org",
        "mail.subject": "RE: Pro forma",
        "mail.message-id": "<1@x>",
        "mail.in-reply-to": "<0@x>",
    }


def test_a_page_is_read_before_the_plain_text_and_either_only_once() -> None:
    assert said(read("Chair: Jo", "<p>Chair: <b>Jo</b></p>")) == ["Chair: Jo"]
    assert said(read("Chair: Jo", "<html><body> </body></html>")) == ["Chair: Jo"]
    assert said(read("", "", rtf=rb"{\rtf1\ansi Chair: Jo\par}")) == ["Chair: Jo"]


def test_a_form_that_was_pasted_in_keeps_its_tables_and_places() -> None:
    page = "<p>Dear Claire</p><table><tr><td>Chair</td><td>Jo</td></tr></table><p>End</p><table><tr><td>x</td></tr></table>"
    document = read("", page)
    first, table, last, second = document.blocks
    assert isinstance(first, Paragraph) and isinstance(last, Paragraph) and isinstance(table, Table) and isinstance(second, Table)
    assert (first.place.part, first.place.paragraph, last.place.paragraph) == ("mail", 1, 2)
    assert (table.place.table, second.place.table) == (1, 2)
    assert str(next(document.tables()).rows[0].cells[1].blocks[0].place) == "table 1, row 1, column 2, paragraph 1"


def test_a_mail_of_very_much_text_is_read_up_to_a_bound_with_a_note() -> None:
    document = read("word\n" * 200_000)
    assert [note.code for note in document.notes] == ["not-read"]


# -- signatures ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "signature",
    [
        ("Kind regards", "Łukasz Nowak", "Tel 01632 960504"),
        ("Regards,", "Jo"),
        ("Many thanks", "", "Jo Smith", "Head of Policy", "", "Tel: 01632 960504", "www.example.org"),
        ("Best wishes, Jo",),
        ("-- ", "Jo Smith", "Anything at all: here", "", "And here"),
        ("Yours sincerely", "Cllr Jo Smith", "Health Partnership", "County Hall, Oxford OX1 1ND"),
        ("Sent from my iPhone",),
        ("This e-mail is confidential and intended only for", "the person to whom it is addressed."),
        ("This email, and any attachments, may contain privileged information. If you are not the intended recipient, delete it.",),
        ("Thanks", "Jo", "", "Please consider the environment before you print this."),
    ],
)
def test_a_signature_stands_beside(signature: tuple[str, ...]) -> None:
    document = read(lines("Dear Claire", "", "Chair: Jo", "", *signature))
    assert said(document) == ["Dear Claire", "Chair: Jo"]
    assert beside(document, "signature") == lines(*(line.strip() for line in signature if line.strip()))


def test_answers_below_a_signature_are_answers() -> None:
    text = lines(
        "Our return is below.", "", "Kind regards", "Jo Smith", "", "Name of partnership: Health", "Chairman: Jo Smith", "1. Homes"
    )
    document = read(text)
    assert said(document) == ["Our return is below.", "Name of partnership: Health", "Chairman: Jo Smith", "1. Homes"]
    assert beside(document, "signature") == "Kind regards\nJo Smith"


def test_a_table_below_a_signature_is_no_part_of_it() -> None:
    document = read("", "<p>Regards</p><p>Jo</p><table><tr><td>Chair</td><td>Jo</td></tr></table>")
    assert said(document) == ["Chair", "Jo"]


@pytest.mark.parametrize(
    "line", ["Thanks for the form.", "Best value review", "With regards to homes, we will build 400.", "Cheers up the town centre"]
)
def test_a_sentence_that_begins_as_a_close_does_is_none(line: str) -> None:
    assert said(read(lines("Dear Claire", line, "More"))) == ["Dear Claire", line, "More"]


# -- an older mail that only trails behind -------------------------------------------------------------------------------

OUTLOOK = ("-----Original Message-----", "From: Partnership Team", "Sent: 4 March 2011 09:12", "To: Jo Smith", "Subject: Pro forma")
OLDER = ("Dear Jo", "Please complete the attached pro forma.", "Chairman:", "Contact officer:")


def quoted(*texts: str) -> tuple[str, ...]:
    """Return lines as they are quoted."""
    return tuple(f"> {text}".rstrip() for text in texts)


@pytest.mark.parametrize(
    "history",
    [
        (*OUTLOOK, "", *OLDER),
        (*OUTLOOK, "", *quoted(*OLDER)),
        ("From: Partnership Team [mailto:team@example.org]", "Sent: 4 March 2011 09:12", "To: Jo Smith", "Subject: Pro forma", "", *OLDER),
        ("_" * 32, "From: Partnership Team", "Sent: 4 March 2011", "To: Jo", "Subject: Pro forma", "", *OLDER),
        ("On 4 March 2011 09:12, Partnership Team <team@example.org> wrote:", "", *quoted(*OLDER)),
        ("On Fri, 4 Mar 2011 at 09:12, Partnership Team in the County Council", "<team@example.org> wrote:", "", *quoted(*OLDER)),
        ("Partnership Team <team@example.org> wrote:", *quoted(*OLDER)),
        ("*From:* Partnership Team", "*Sent:* 4 March 2011", "*To:* Jo", "", *OLDER),
        quoted(*OLDER),
    ],
    ids=lambda history: history[0][:30],
)
def test_an_older_mail_behind_the_words_stands_beside(history: tuple[str, ...]) -> None:
    document = read(lines("Dear Claire", "Please find our return attached to this mail, as agreed.", "", *history))
    assert said(document) == ["Dear Claire", "Please find our return attached to this mail, as agreed."]
    assert beside(document, "quoted").endswith(lines(*OLDER))


def test_an_older_mail_without_marks_is_older_whatever_it_quotes_itself() -> None:
    older = ("Dear Jo", "> What is due?", "The form is due.", "> When?", "In May.")
    document = read(lines("Dear Claire", "Please find our return attached to this mail.", "", *OUTLOOK, "", *older))
    assert said(document) == ["Dear Claire", "Please find our return attached to this mail."]
    assert "In May." in beside(document, "quoted")


def test_answers_above_a_quoted_form_are_read_and_the_form_is_not() -> None:
    document = read(lines("Chairman: Jo Smith", "Contact officer: Al", "", *OUTLOOK, "", *OLDER))
    assert said(document) == ["Chairman: Jo Smith", "Contact officer: Al"]


@pytest.mark.parametrize(
    "history",
    [
        '<div class="gmail_quote"><div class="gmail_attr">On Fri, 4 Mar 2011 at 09:12, Team &lt;team@example.org&gt; wrote:<br></div>'
        '<blockquote class="gmail_quote" style="border-left:1px solid">{}</blockquote></div>',
        '<div class="moz-cite-prefix">On 04/03/2011 09:12, Team wrote:<br></div><blockquote type="cite" cite="mid:1">{}</blockquote>',
        '<div><br><blockquote type="cite"><div>On 4 Mar 2011, at 09:12, Team wrote:</div><br>{}</blockquote></div>',
        '<div style="border:none;border-top:solid #B5C4DF 1.0pt"><p class="MsoNormal"><b>From:</b> Team<br><b>Sent:</b> 4 March 2011<br>'
        "<b>To:</b> Jo<br><b>Subject:</b> Pro forma</p></div>{}",
        '<hr tabindex="-1"><div id="divRplyFwdMsg"><font><b>From:</b> Team &lt;team@example.org&gt;<br><b>Sent:</b> 4 March 2011<br>'
        "<b>To:</b> Jo<br><b>Subject:</b> Pro forma</font></div><div>{}</div>",
    ],
    ids=["Gmail", "Thunderbird", "Apple Mail", "Outlook", "Outlook on the web"],
)
def test_an_older_mail_on_a_page_stands_beside(history: str) -> None:
    older = "<p>Dear Jo</p><table><tr><td>Chairman</td><td></td></tr></table>"
    document = read("", f"<p>Dear Claire</p><p>Please find our return attached to this mail.</p>{history.format(older)}")
    assert said(document) == ["Dear Claire", "Please find our return attached to this mail."]
    assert "Chairman" in beside(document, "quoted")


# -- answers within a quoted form ----------------------------------------------------------------------------------------

THUNDERBIRD = lines(
    *("Dear Claire, our answers:", "", "On 04/03/2011 09:12, Partnership Team wrote:"),
    *quoted("Dear Jo", "", "Name of thematic partnership"),
    *("Health and Wellbeing Partnership", ""),
    *quoted("Chairman"),
    *("Cllr Jo Smith", ""),
    *quoted("Contact officer details", "Key priorities"),
    *("Kind regards", "Jo"),
)


def test_answers_between_quoted_questions_stay_with_the_questions_in_their_order() -> None:
    document = read(THUNDERBIRD)
    assert said(document) == [
        *("Dear Claire, our answers:", "Dear Jo", "Name of thematic partnership", "Health and Wellbeing Partnership"),
        *("Chairman", "Cllr Jo Smith", "Contact officer details", "Key priorities"),
    ]
    assert beside(document, "quoted") == "On 04/03/2011 09:12, Partnership Team wrote:"
    assert beside(document, "signature") == "Kind regards\nJo"


def test_answers_between_quoted_questions_on_a_page_stay_too() -> None:
    quotation = '<blockquote type="cite"><p>{}</p></blockquote>'
    page = "<p>See below</p>" + "".join(
        f"{quotation.format(question)}<p>{answer}</p>" for question, answer in (("Partnership", "Health"), ("Chairman", "Jo"))
    )
    assert said(read("", page + quotation.format("Contact officer"))) == [
        "See below",
        "Partnership",
        "Health",
        "Chairman",
        "Jo",
        "Contact officer",
    ]


def test_what_a_quoted_form_quotes_itself_goes_from_the_last_answer_on() -> None:
    text = lines(THUNDERBIRD, "", *quoted("On 1 March 2011, Team wrote:", "> The oldest mail"))
    assert "The oldest mail" in beside(read(text), "quoted")


def test_a_line_that_a_program_broke_while_quoting_is_no_answer() -> None:
    question = "Please set out what the partnership will deliver in each of the three"
    text = lines("Dear Claire, see below.", f"> {question}", "years of the plan.", "> Thank you")
    assert beside(read(text), "quoted") == f"{question} years of the plan.\nThank you"


@pytest.mark.parametrize(
    "words", ["Please see my answers below in red.", "Answers in line below", "Hi Claire, answers in capitals beneath.", ""]
)
def test_answers_typed_into_an_older_mail_without_marks_stay(words: str) -> None:
    document = read(lines(words, "", "Regards", "Jo", "", *OUTLOOK, "", "Chairman:", "CLLR JO SMITH", "Contact officer:", "AL"))
    assert said(document)[-4:] == ["Chairman:", "CLLR JO SMITH", "Contact officer:", "AL"]
    assert beside(document, "quoted") == lines(*OUTLOOK)


@pytest.mark.parametrize(
    ("rule", "marks"),
    [
        (("---------- Forwarded message ---------", "From: Jo <jo@example.org>", "Date: Fri, 6 May 2011", "Subject: Our return"), False),
        (("Begin forwarded message:", "", "From: Jo <jo@example.org>", "Date: 6 May 2011 09:12", "Subject: Our return", "To: Al"), True),
        (("From: Jo", "Sent: 6 May 2011", "To: Al", "Subject: Our return"), False),
    ],
)
def test_a_return_that_was_passed_on_is_read(rule: tuple[str, ...], marks: bool) -> None:
    answers = ("Chairman: Jo Smith", "Contact officer: Al")
    head = quoted(*rule[1:]) if marks else rule[1:]
    text = lines("FYI", "", rule[0], *head, "", *(quoted(*answers) if marks else answers))
    document = read(text, subject="FW: Our return")
    assert said(document) == ["FYI", *answers]
    assert "From: Jo" in beside(document, "quoted")


def test_an_older_mail_can_be_read_too_where_its_words_may_hold_the_answers() -> None:
    text = lines(
        "Dear Claire",
        "I have done what I could, the rest follows when the board has met.",
        "",
        *OUTLOOK,
        "",
        "Chairman:",
        "Jo",
        "Regards",
        "Al",
    )
    assert "Chairman:" not in said(read(text))
    document = own_words(Mail(subject="RE: Pro forma", body=(Words(text),)), whole=True)
    assert said(document)[2:] == ["Chairman:", "Jo"]
    assert beside(document, "quoted") == lines(*OUTLOOK)


# -- nothing vanishes ----------------------------------------------------------------------------------------------------


def test_the_real_words_of_a_reply_with_its_return_attached_are_a_letter() -> None:
    text = lines(
        *("Dear Claire", "", "Please find attached our return, agreed by the Chairman yesterday. Apologies for the delay.", ""),
        *("Kind regards", "Łukasz Nowak", "Tel 01632 960504", "", "-----Original Message-----", "From: Partnership and Policy team"),
        *(
            "Sent: 4 March 2011",
            "Subject: 2030 Refresh - pro forma",
            "",
            "> Please complete the attached pro forma: Name of thematic",
            "> Chairman,",
        ),
    )
    document = read(text)
    assert said(document) == ["Dear Claire", "Please find attached our return, agreed by the Chairman yesterday. Apologies for the delay."]
    assert [aside.kind for aside in document.asides] == ["signature", "quoted", "quoted"]

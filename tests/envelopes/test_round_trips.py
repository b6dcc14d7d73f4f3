"""Whatever is put into an envelope comes out of it: the same names, the same bytes, in the same order."""

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.envelopes import mapi
from pipeline.model.names import shown_name
from tests.envelopes.looking import held
from tests.envelopes.mails import mail
from tests.envelopes.outlook import File, Message, msg
from tests.envelopes.winmail import Value, winmail
from tests.envelopes.zips import zipped

_LETTERS = st.characters(blacklist_categories=("Cs", "Cc", "Zl", "Zp"))
NAMES = st.text(_LETTERS, min_size=1, max_size=40).map(lambda name: " ".join(name.split())).filter(lambda name: name.strip("/\\ ") != "")
BYTES = st.binary(min_size=1, max_size=3000).map(lambda data: b"=" + data)
"""Never empty, and never the beginning of an envelope."""
FILES = st.dictionaries(NAMES.map(lambda name: f"{name}.bin"), BYTES, min_size=1, max_size=5)
TEXT = st.text(_LETTERS, min_size=1, max_size=200).filter(lambda text: text.strip() != "")


def out_of(data: bytes) -> dict[str, bytes]:
    """Return what came out."""
    return {leaf.chain[-1]: leaf.data for leaf in held(data, "x").leaves if not leaf.own_words}


def shown(files: dict[str, bytes]) -> dict[str, bytes]:
    """Return what should come out: names as they are shown."""
    return {shown_name(name): data for name, data in files.items()}


@settings(max_examples=100, deadline=None)
@given(FILES, TEXT)
def test_a_mail_gives_back_what_is_attached_to_it(files: dict[str, bytes], text: str) -> None:
    data = mail(text, *files.items())
    assert out_of(data) == shown(files)
    body = held(data, "x").leaves[0].mails[0].body
    assert [words.text.rstrip("\n") for words in body] == [text]


@settings(max_examples=100, deadline=None)
@given(FILES)
def test_a_zip_gives_back_what_was_packed(files: dict[str, bytes]) -> None:
    assert out_of(zipped(*files.items())) == shown(files)


@settings(max_examples=60, deadline=None)
@given(FILES, TEXT)
def test_outlook_gives_back_what_is_attached(files: dict[str, bytes], text: str) -> None:
    parts = tuple(File(name, data) for name, data in files.items())
    assert out_of(msg(Message({mapi.SUBJECT: "x", mapi.BODY: text}, parts))) == shown(files)
    attached: list[dict[int, Value]] = [{mapi.LONG_NAME: name, mapi.SHORT_NAME: "A~1", mapi.DATA: data} for name, data in files.items()]
    assert out_of(winmail({mapi.BODY: text}, *attached)) == shown(files)


@settings(max_examples=60, deadline=None)
@given(FILES, st.lists(st.sampled_from(["mail", "zip", "outlook"]), min_size=2, max_size=3))
def test_what_lies_up_to_three_envelopes_deep_comes_out(files: dict[str, bytes], kinds: list[str]) -> None:
    data = b""
    inside = files
    for kind in kinds:
        if kind == "mail":
            data = mail("x", *inside.items())
        elif kind == "zip":
            data = zipped(*inside.items())
        else:
            data = msg(Message({mapi.SUBJECT: "x"}, tuple(File(name, one) for name, one in inside.items())))
        inside = {"inner.bin": data}
    assert out_of(data) == shown(files)

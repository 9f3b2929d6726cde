import pytest
from httpx import Request
from hypothesis import given
from hypothesis import strategies as st

from entrypoints.http.errors import ParametersInvalid
from entrypoints.http.web.forms import FIELDS, masked, read_form, read_query, same

HEADER = "multipart/form-data; boundary=b"


@given(
    st.dictionaries(
        st.text("abc_.", min_size=1), st.text(st.characters(exclude_categories=["Cs"]))
    ),
    st.binary(),
)
def test_a_file_and_its_fields_come_as_they_were_sent(fields: dict[str, str], file: bytes) -> None:
    """Whatever another implementation (httpx) sends, is read as it was, byte for byte."""
    sent = Request(
        "POST", "https://x", data=fields, files={"table": ("机构.xlsx", file, "x/y")}
    )  # fmt: skip
    read = read_form(sent.read(), sent.headers["content-type"], files=("table",))
    assert (read.form, read.files) == (fields, {"table": file})


@given(st.dictionaries(st.text(min_size=1), st.text()))
def test_fields_come_as_they_were_sent(fields: dict[str, str]) -> None:
    """The same without a file."""
    sent = Request("POST", "https://x", data=fields)
    assert read_form(sent.read(), FIELDS).form == fields


def _part(name: str, content: str, *, file: bool = False) -> str:
    kind = '; filename="x"' if file else ""
    return f'--b\r\nContent-Disposition: form-data; name="{name}"{kind}\r\n\r\n{content}\r\n'


@pytest.mark.parametrize(
    "body",
    ["", "--b", _part("a", "1"), "x" + _part("a", "1") + "--b--\r\n",
     _part("a", "1") + _part("a", "2") + "--b--\r\n",
     _part("t", "1", file=True) + _part("t", "2", file=True) + "--b--\r\n",
     "--b\r\nContent-Disposition: form-data\r\n\r\n1\r\n--b--\r\n",
     '--b\r\nContent-Disposition: form-data; name="a"\r\n1\r\n--b--\r\n'],
    ids=["empty", "open", "endless", "before", "twice", "files", "nameless", "headless"],
)  # fmt: skip
def test_what_is_no_form_is_refused(body: str) -> None:
    """Error: http.form_unreadable, whatever is wrong with it."""
    with pytest.raises(ParametersInvalid) as caught:
        read_form(body.encode(), HEADER, files=("t",))
    assert [one.code for one in caught.value.reasons] == ["http.form_unreadable"]


@pytest.mark.parametrize(
    "body",
    [b"a=1&a=2", b"a=%FF", "a=é".encode(), b"a&" * 601],
    ids=["twice", "latin", "bare", "many"],
)
def test_what_are_no_fields_is_refused(body: bytes) -> None:
    """A name twice, other encodings, too many: none is guessed at."""
    with pytest.raises(ParametersInvalid):
        read_form(body, FIELDS)


def test_a_name_twice_in_an_address_is_none() -> None:
    """Nobody knows which was meant."""
    assert read_query(b"text=a&text=b") == {}
    assert read_query(b"text=%E5%8D%97") == {"text": "南"}


@given(st.text(st.characters(codec="ascii"), max_size=64), st.binary(min_size=64, max_size=64))
def test_a_masked_token_is_known_again(token: str, pad: bytes) -> None:
    """BREACH: whatever hides a token, it is the same; another token is not."""
    hidden = masked(token, pad)
    if token:
        assert same(hidden, token)
        assert not same(hidden, f"{token}x")

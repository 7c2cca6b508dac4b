"""A masked text holds no spelling of the secret."""

import base64
import html
import json
from urllib.parse import quote, quote_plus

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dingcomposer.core.redaction import MASK, SecretPattern, masker

SECRET = "SECb909+3e1/9e58="


def mask(text: str, *secrets: str | None) -> str:
    return masker(*secrets)(text)


@pytest.mark.parametrize(
    "spelling",
    [
        SECRET,
        SECRET.upper(),
        quote(SECRET, safe=""),
        quote(SECRET, safe="").lower(),
        quote(quote(SECRET, safe=""), safe=""),
        base64.b64encode(SECRET.encode()).decode(),
        base64.urlsafe_b64encode(f"before {SECRET} after".encode()).decode(),
        base64.b64encode(f"token={quote(SECRET, safe='')}".encode()).decode(),
        SECRET.replace("/", "\\/"),
        SECRET.replace("=", "\\u003d").replace("+", "\\u002B"),
        SECRET.replace("+", "&#43;").replace("/", "&#x2F;"),
    ],
)
def test_every_spelling_is_hidden(spelling: str) -> None:
    assert mask(f"a {spelling} b {spelling}", SECRET) == f"a {MASK} b {MASK}"


def test_letters_that_are_not_ascii_are_spelt_in_many_ways_too() -> None:
    secret = "密钥 é'&"
    for spelling in (json.dumps(secret), repr(secret), quote_plus(secret), html.escape(secret)):
        assert mask(spelling.strip("\"'"), secret) == MASK


def test_a_secret_that_holds_another_is_hidden_whole() -> None:
    assert mask("canary-token-1", "canary", "canary-token-1") == MASK


def test_nothing_shows_what_is_looked_for() -> None:
    assert "canary" not in repr(SecretPattern("canary"))


def test_a_value_too_short_to_be_a_secret_hides_nothing() -> None:
    assert mask('{"errcode":0}', "0", None, "") == '{"errcode":0}'


@given(secret=st.text(alphabet="abcXYZ0129+/=&%", min_size=6), around=st.text())
def test_nothing_of_a_secret_is_left(secret: str, around: str) -> None:
    assert secret not in mask(f"{around}{secret}{around}", secret)

"""A masked text holds no spelling of the secret."""

import base64
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dingcomposer.core.secrecy import MASK, mask

SECRET = "SECb909+3e1/9e58="


@pytest.mark.parametrize(
    "spelling",
    [
        SECRET,
        SECRET.upper(),
        quote(SECRET, safe=""),
        quote(SECRET, safe="").lower(),
        quote(quote(SECRET, safe=""), safe=""),
        base64.b64encode(SECRET.encode()).decode(),
    ],
)
def test_every_spelling_is_hidden(spelling: str) -> None:
    assert mask(f"a {spelling} b {spelling}", SECRET) == f"a {MASK} b {MASK}"


def test_a_value_too_short_to_be_a_secret_hides_nothing() -> None:
    assert mask('{"errcode":0}', "0", None, "") == '{"errcode":0}'


@given(secret=st.text(alphabet="abcXYZ0129+/=&%", min_size=6), around=st.text())
def test_nothing_of_a_secret_is_left(secret: str, around: str) -> None:
    assert secret not in mask(f"{around}{secret}{around}", secret)

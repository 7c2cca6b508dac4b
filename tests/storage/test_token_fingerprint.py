"""Fingerprints of tokens: alike for one token, useless without the folder's key."""

from hypothesis import given
from hypothesis import strategies as st

from dingcomposer.storage.token_fingerprint import KEY_BYTES, fingerprint

KEY, OTHER_KEY = b"k" * KEY_BYTES, b"o" * KEY_BYTES
TOKEN = "0123456789abcdef" * 4


@given(st.text(min_size=1), st.text(min_size=1))
def test_two_tokens_have_one_fingerprint_only_where_they_are_one(one: str, other: str) -> None:
    assert (fingerprint(KEY, one) == fingerprint(KEY, other)) == (one == other)


def test_two_installations_cannot_compare_theirs() -> None:
    assert fingerprint(KEY, TOKEN) != fingerprint(OTHER_KEY, TOKEN)


def test_half_a_character_has_one_and_no_token_has_none() -> None:
    assert len(fingerprint(KEY, "\ud83d")) == 32
    assert fingerprint(KEY, "") == ""


def test_a_fingerprint_is_shorter_than_a_token_and_holds_nothing_of_it() -> None:
    found = fingerprint(KEY, TOKEN)
    assert len(found) == 32 and found not in TOKEN and TOKEN[:8] not in found

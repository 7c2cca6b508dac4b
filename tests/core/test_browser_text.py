"""Links of a text in their plain and their long form, there and back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dingcomposer.core.browser_links import to_browser_link
from dingcomposer.core.draft import (
    Draft,
    from_message,
    to_message,
    with_browser_links,
    without_browser_links,
)
from dingcomposer.core.messages import Kind, Markdown

LONG = to_browser_link("https://a.com/?b=1")


def test_links_to_the_web_are_made_long_and_nothing_else() -> None:
    text = (
        "[甲](https://a.com/?b=1) ![图](https://a.com/b.png) `[码](https://a.com)`\n"
        "[问](dtmd://dingtalkclient/x) [乙](https://a.com/?b=1)"
    )
    made = with_browser_links(text)
    assert made == text.replace("(https://a.com/?b=1)", f"({LONG})")
    assert without_browser_links(made) == text


def test_an_address_is_read_as_clients_read_it() -> None:
    assert with_browser_links("[甲](https://a.com/a\\_b?c=1&amp;d=2)") == (
        f"[甲]({to_browser_link('https://a.com/a_b?c=1&d=2')})"
    )


@pytest.mark.parametrize(
    "text", ["", "甲", "[甲](https://a.com)", f"[甲]({LONG}) [乙](https://b.com)", f"`]({LONG})`"]
)
def test_a_text_that_is_not_long_throughout_stays_as_it_is(text: str) -> None:
    assert without_browser_links(text) is None
    assert from_message(Markdown("题", text)).text == text


@given(st.text("[]()!`\\\\\n\r甲 ", max_size=30), st.sampled_from(["https://a.com/", LONG, ""]))
def test_what_was_sent_comes_back_and_goes_out_the_same(words: str, address: str) -> None:
    for text in (words, f"{words}[甲]({address}){words}"):
        message = Markdown("题", text)
        assert to_message(from_message(message)) == message
        draft = Draft(Kind.MARKDOWN, text=text, browser_links=True)
        assert to_message(from_message(to_message(draft))) == to_message(draft)

"""A link that opens in the browser: DingTalk's long form of it, and the plain address in it."""

from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dingcomposer.core.browser_links import from_browser_link, to_browser_link

PLAIN = "https://example.com"
BOTH = (
    "dingtalk://dingtalkclient/action/open_platform_link"
    "?pcLink=dingtalk%3A%2F%2Fdingtalkclient%2Fpage%2Flink%3Furl%3Dhttps%253A%252F%252Fexample.com"
    "%26pc_slide%3Dfalse"
    "&mobileLink=dingtalk%3A%2F%2Fdingtalkclient%2Faction%2Fjump%3Furl%3D"
    "https%253A%252F%252Fexample.com"
)
OLD = "dingtalk://dingtalkclient/page/link?url=https%3A%2F%2Fexample.com&pc_slide=false"


def test_the_long_form_is_written_as_it_was_measured() -> None:
    assert to_browser_link(f" {PLAIN} ") == BOTH


@pytest.mark.parametrize(
    "link",
    [
        BOTH,
        OLD,
        OLD.replace("pc_slide=false", "pc_slide=False"),
        OLD.replace("link?", "link/?"),
        f"dingtalk://dingtalkclient/action/open_platform_link?pcLink={quote(PLAIN, safe='')}"
        f"&mobileLink={quote(PLAIN, safe='')}",
    ],
)
def test_every_form_that_opens_the_browser_is_read_back(link: str) -> None:
    assert from_browser_link(link) == PLAIN


@pytest.mark.parametrize(
    "link",
    [
        "",
        PLAIN,
        OLD.replace("false", "true"),
        OLD.replace("&pc_slide=false", ""),
        f"{OLD}&x=1",
        f"{OLD}&url=https%3A%2F%2Fother.example",
        OLD.replace("https%3A", "file%3A"),
        BOTH.replace("example.com%26", "other.example%26"),
        BOTH.partition("&mobileLink")[0],
        "dtmd://dingtalkclient/sendMessage?content=a",
        "dingtalk://dingtalkclient/action/open_platform_link",
    ],
)
def test_every_other_link_stays_as_it_is_written(link: str) -> None:
    assert from_browser_link(link) is None


@pytest.mark.parametrize("link", ["", OLD, BOTH, "mailto:a@b.com", "dtmd://x", "www.example.com"])
def test_what_is_no_web_address_is_not_wrapped(link: str) -> None:
    assert to_browser_link(link) == link


@given(st.text(max_size=60))
def test_there_and_back_is_the_same_address(rest: str) -> None:
    address = f"https://example.com/{rest}".strip()
    address = address.encode("utf-8", "ignore").decode()
    assert from_browser_link(to_browser_link(address)) == address


@given(st.text(max_size=200))
def test_any_text_can_be_asked(link: str) -> None:
    from_browser_link(link)
    from_browser_link(f"dingtalk://dingtalkclient/page/link?{link}")

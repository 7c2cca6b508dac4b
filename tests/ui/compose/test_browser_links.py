"""Links that open in the browser: the plain address in the field, the long one in the message."""

import pytest

from dingcomposer.core.browser_links import to_browser_link
from dingcomposer.core.draft import Draft, from_message, to_message
from dingcomposer.core.messages import ActionCard, Button, FeedLink, Kind
from dingcomposer.ui.compose.link_line import LinkLine

from .conftest import ComposeDriver

PAGE = "https://a.com/?b=1&c=时间"
LONG = to_browser_link(PAGE)


def link(driver: ComposeDriver, name: str) -> LinkLine:
    found = driver.find(name)
    assert isinstance(found, LinkLine)
    return found


def test_the_box_makes_the_long_link_and_the_field_keeps_the_plain_one(
    driver: ComposeDriver,
) -> None:
    driver.choose_kind(Kind.WHOLE_JUMP)
    driver.type("jump.url", PAGE)
    driver.pause()
    driver.click("jump.url.browser")
    assert driver.draft.jump.url == LONG
    assert link(driver, "jump.url").shown_text == PAGE
    message = to_message(driver.draft)
    assert isinstance(message, ActionCard)
    assert message.action == Button("", LONG)
    driver.undo("jump.url")
    assert driver.draft.jump.url == PAGE
    assert not link(driver, "jump.url").browser_box.isChecked()
    driver.redo("jump.url")
    assert driver.draft.jump.url == LONG
    assert link(driver, "jump.url").browser_box.isChecked()


def test_a_message_that_is_read_back_shows_plain_links_and_ticks(driver: ComposeDriver) -> None:
    old = "dingtalk://dingtalkclient/page/link?url=https%3A%2F%2Fb.com%2F&pc_slide=false"
    driver.session.restore(
        Draft(Kind.INDEPENDENT, buttons=(Button("甲", LONG), Button("乙", old))), None
    )
    assert [link(driver, f"buttons.{at}.url").shown_text for at in (0, 1)] == [
        PAGE,
        "https://b.com/",
    ]
    assert all(link(driver, f"buttons.{at}.url").browser_box.isChecked() for at in (0, 1))
    assert [one.url for one in driver.draft.buttons] == [LONG, old]
    driver.click("buttons.0.url.browser")
    assert [one.url for one in driver.draft.buttons] == [PAGE, old]


def test_a_box_ticked_first_stays_ticked_while_the_address_is_written(
    driver: ComposeDriver,
) -> None:
    driver.choose_kind(Kind.LINK)
    driver.click("message_url.browser")
    for letter in "https://a.com":
        driver.type("message_url", letter)
    assert driver.draft.message_url == to_browser_link("https://a.com")
    assert link(driver, "message_url").shown_text == "https://a.com"
    driver.session.begin(Draft(Kind.LINK))
    assert not link(driver, "message_url").browser_box.isChecked()
    assert link(driver, "message_url").shown_text == ""


def test_a_pasted_long_link_becomes_the_plain_one(driver: ComposeDriver) -> None:
    driver.choose_kind(Kind.FEED_CARD)
    driver.paste("feed.0.message_url", LONG)
    assert driver.draft.feed[0].message_url == LONG
    assert link(driver, "feed.0.message_url").shown_text == PAGE
    assert link(driver, "feed.0.message_url").browser_box.isChecked()


@pytest.mark.parametrize("to", ["down", "copy"])
def test_the_tick_goes_along_with_its_item(driver: ComposeDriver, to: str) -> None:
    items = (FeedLink("甲", LONG), FeedLink("乙", "https://b.com/"))
    driver.session.restore(Draft(Kind.FEED_CARD, feed=items), None)
    driver.click(f"feed.0.{to}")
    assert link(driver, "feed.1.message_url").browser_box.isChecked()
    assert link(driver, "feed.0.message_url").browser_box.isChecked() is (to == "copy")


def test_what_is_odd_about_the_address_inside_is_told(driver: ComposeDriver) -> None:
    unfinished = to_browser_link("https://")
    driver.session.restore(
        Draft(Kind.WHOLE_JUMP, title="题", text="文", jump=Button("看", unfinished)), None
    )
    assert any("not a complete address" in row for row in driver.checked())


def test_half_a_character_in_a_ticked_address_is_no_fault_of_the_program(
    driver: ComposeDriver,
) -> None:
    driver.choose_kind(Kind.LINK)
    driver.click("message_url.browser")
    link(driver, "message_url").edit_text("https://a.com/\ud83d", 0, 0)
    assert driver.draft.message_url == "https://a.com/\ud83d"


def test_links_in_a_text_stay_plain_in_the_editor_and_are_long_in_the_message(
    driver: ComposeDriver,
) -> None:
    driver.choose_kind(Kind.WHOLE_JUMP)
    driver.type("text", f"见 [通知]({PAGE})")
    driver.pause()
    driver.click("text.browser")
    assert driver.field("text").text() == f"见 [通知]({PAGE})"
    message = to_message(driver.draft)
    assert isinstance(message, ActionCard)
    assert message.text == f"见 [通知]({LONG})"
    driver.undo("text")
    assert not driver.draft.browser_links
    driver.session.restore(from_message(message), None)
    assert driver.field("text").text() == f"见 [通知]({PAGE})"
    assert driver.button("text.browser").isChecked()
    assert to_message(driver.draft) == message

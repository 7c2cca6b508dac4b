"""The toolbar asks for a link's words and address instead of writing marks to fill in."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QLabel

from dingcomposer.core.messages import Kind

from .conftest import ComposeDriver

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def writer(driver: ComposeDriver) -> ComposeDriver:
    QApplication.clipboard().clear()
    driver.choose_kind(Kind.MARKDOWN)
    driver.type("text", "详见通知")
    driver.pause()
    return driver


def test_the_button_asks_and_inserts_what_was_answered(writer: ComposeDriver) -> None:
    writer.field("text").select(2, 4)
    writer.click("toolbar.link")
    assert writer.draft.text == "详见通知"
    assert writer.field("link.words").text() == "通知"
    assert writer.field("link.words").accessibleName() == "Words"
    assert not writer.find("link.insert").isEnabled()
    box = writer.find("link.insert").parentWidget()
    assert isinstance(box, QDialogButtonBox), "the buttons stand in the platform's order"
    writer.type("link.address", "https://a.com/")
    writer.click("link.insert")
    assert writer.draft.text == "详见[通知](https://a.com/)"
    assert not writer.sees("link")
    assert writer.field("text").hasFocus()
    writer.undo("text")
    assert writer.draft.text == "详见通知"


def test_an_address_in_the_clipboard_is_offered_and_enter_takes_it(writer: ComposeDriver) -> None:
    QApplication.clipboard().setText("https://a.com/b.png")
    writer.key("text", Qt.Key.Key_K, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    assert writer.field("link.address").text() == "https://a.com/b.png"
    writer.key("link.address", Qt.Key.Key_Return)
    assert writer.draft.text == "详见通知![](https://a.com/b.png)"


def test_escape_gives_up_and_an_unfinished_address_is_not_taken(writer: ComposeDriver) -> None:
    writer.key("text", Qt.Key.Key_K, CONTROL)
    writer.type("link.address", "https://")
    writer.key("link.address", Qt.Key.Key_Return)
    assert writer.sees("link")
    writer.key("link.address", Qt.Key.Key_Escape)
    assert not writer.sees("link")
    assert writer.draft.text == "详见通知"
    assert writer.field("text").hasFocus()


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("", ""),
        ("https:/", ""),
        ("https://a.com/b.png", ""),
        ("C:\\Users\\li\\a.png", "put it online first"),
        ("\\\\nas\\a.png", "put it online first"),
        ("/home/li/a.png", "put it online first"),
        ("file:///C:/a.png", "put it online first"),
        ("data:image/png;base64,AAAA", "put it online first"),
        ("example.com/a.png", "begins with https://"),
    ],
)
def test_why_an_address_is_not_inserted_stands_beside_the_button(
    writer: ComposeDriver, address: str, why: str
) -> None:
    writer.click("toolbar.picture")
    before = writer.find("link").geometry()
    writer.type("link.address", address)
    note = writer.find("link.note")
    assert isinstance(note, QLabel)
    assert why in note.text()
    assert bool(note.text()) == bool(why)
    assert writer.find("link").geometry() == before


def test_another_kind_closes_it(writer: ComposeDriver) -> None:
    writer.click("toolbar.link")
    assert writer.sees("link")
    writer.choose_kind(Kind.TEXT)
    assert not writer.sees("link")

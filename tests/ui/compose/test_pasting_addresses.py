"""Addresses that are pasted or dropped into the markdown text, and words that are dropped."""

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from dingcomposer.core.dialect import to_html
from dingcomposer.core.messages import Kind
from dingcomposer.ui.compose.formatting import Selection, pasted_address

from .conftest import ComposeDriver

ADDRESS = "https://example.com/duty"
PICTURE = "https://example.com/a.PNG?x=1"


@pytest.fixture
def writer(driver: ComposeDriver) -> ComposeDriver:
    driver.choose_kind(Kind.MARKDOWN)
    return driver


def drop(driver: ComposeDriver, name: str, mime: QMimeData, place: int) -> None:
    """Let something fall before the character at this place."""
    field = driver.field(name)
    cursor = field.textCursor()
    cursor.setPosition(place)
    at = QPointF(field.cursorRect(cursor).center())
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(at.toPoint(), copy, mime, left, none)
    QApplication.sendEvent(field.viewport(), enter)
    assert enter.isAccepted()
    QApplication.sendEvent(field.viewport(), QDropEvent(at, copy, mime, left, none))


def words(text: str) -> QMimeData:
    mime = QMimeData()
    mime.setText(text)
    return mime


@pytest.mark.parametrize(
    ("text", "pasted", "made"),
    [
        ("见|值班表|。", ADDRESS, f"见[值班表]({ADDRESS})。"),
        ("见| 值班表 |。", f" {ADDRESS}\n", f"见 [值班表]({ADDRESS}) 。"),
        ("|[a]|", ADDRESS, f"[\\[a\\]]({ADDRESS})"),
        ("|**a**|", ADDRESS, f"[**a**]({ADDRESS})"),
        ("|看图|", PICTURE, f"[看图]({PICTURE})"),
        ("图：||", PICTURE, f"图：![]({PICTURE})"),
        ("||", "@lADOpwk3K80C0M0FoA", "![](@lADOpwk3K80C0M0FoA)"),
        ("|a|", "https://example.com/a(b)", "[a](https://example.com/a%28b%29)"),
    ],
)
def test_an_address_becomes_a_link_or_a_picture(text: str, pasted: str, made: str) -> None:
    start, end = text.index("|"), text.rindex("|") - 1
    found = pasted_address(Selection(text.replace("|", ""), start, end), pasted)
    assert found is not None
    assert found.text == made
    assert "<a " in to_html(made) or "<img" in to_html(made)


@pytest.mark.parametrize(
    ("text", "pasted"),
    [
        ("见||", ADDRESS),
        ("|值班表|", "没有地址"),
        ("|一\n二|", ADDRESS),
        ("|https://old.example.com|", ADDRESS),
        ("| |", ADDRESS),
        ("[值班表](||)", PICTURE),
        ("[值班表](||", PICTURE),
        ("[值班表](https://|old|.com)", ADDRESS),
        ("[|值班表|](https://old.com)", ADDRESS),
        ("`|码|`", ADDRESS),
        ("```\n|码|\n```", ADDRESS),
        ("<||", PICTURE),
        ("|词|", "https://oapi.dingtalk.com/robot/send?access_token=" + "a1" * 32),
    ],
)
def test_elsewhere_it_stays_an_address(text: str, pasted: str) -> None:
    start, end = text.index("|"), text.rindex("|") - 1
    assert pasted_address(Selection(text.replace("|", ""), start, end), pasted) is None


def test_it_is_pasted_in_one_step(writer: ComposeDriver) -> None:
    writer.type("text", "见值班表")
    writer.pause()
    writer.field("text").select(1, 4)
    writer.paste("text", ADDRESS)
    assert writer.draft.text == f"见[值班表]({ADDRESS})"
    writer.undo("text")
    assert writer.draft.text == "见值班表"


def test_plain_text_takes_an_address_as_it_is(driver: ComposeDriver) -> None:
    driver.type("text", "值班表")
    driver.field("text").selectAll()
    driver.paste("text", ADDRESS)
    assert driver.draft.text == ADDRESS


def test_words_and_addresses_can_be_dropped(writer: ComposeDriver) -> None:
    writer.type("text", "头尾")
    drop(writer, "text", words("中"), 1)
    assert writer.draft.text == "头中尾"
    mime = QMimeData()
    mime.setUrls([QUrl(PICTURE)])
    drop(writer, "text", mime, 2)
    assert writer.draft.text == f"头中![]({PICTURE})尾"
    mime = QMimeData()
    mime.setUrls([QUrl(ADDRESS)])
    drop(writer, "title", mime, 0)
    assert writer.draft.title == ADDRESS


def test_dropped_lines_stay_lines(writer: ComposeDriver) -> None:
    drop(writer, "text", words("一\n二"), 0)
    assert writer.draft.text == "一  \n二"

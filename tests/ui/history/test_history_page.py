"""The page of the history, by its own widgets, on a real database."""

import subprocess
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from shutil import which

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAction, QContextMenuEvent, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLabel,
    QMenu,
    QScrollArea,
    QWidget,
)
from pytestqt.qtbot import QtBot

from dingcomposer.core.answers import Cause
from dingcomposer.core.delivery import Fault, Status
from dingcomposer.core.messages import Link, Markdown, Message, Text
from dingcomposer.sandbox.server import SandboxServer
from dingcomposer.services.history.archive import HistoryArchive
from dingcomposer.services.recovery import Offer, RecoveryAction
from dingcomposer.services.settings import Settings
from dingcomposer.storage.database import StorageFault
from dingcomposer.ui.history.model import SendColumn
from dingcomposer.ui.history.page import HistoryPage
from dingcomposer.ui.preview.bubble.bubble import Bubble, RenderContext
from dingcomposer.ui.preview.images.store import ImageStore
from dingcomposer.ui.texts.storage import storage_sentence
from tests.fakes.navigators import Asked
from tests.fakes.widget_driver import WidgetDriver, choose_in

from .conftest import NOW, URL, HistoryFiller


class HistoryDriver(WidgetDriver):
    """A person at the page."""

    def __init__(self, page: HistoryPage, asked: Asked) -> None:
        super().__init__(page)
        self.page = page
        self.asked = asked

    def copy_as_curl(self) -> None:
        choose_in(self.page.details.make_snippet_menu(), "copy_as.bash")

    def look(self, name: str) -> QImage:
        return self.get(QWidget, name).grab(QRect(0, 0, 8, 24)).toImage()

    def attempts(self) -> list[list[str]]:
        return self.cells("history.attempts")


@pytest.fixture
def make_reader(
    qtbot: QtBot, past: HistoryFiller, archive: HistoryArchive
) -> Callable[[], HistoryDriver]:
    def make() -> HistoryDriver:
        asked = Asked()
        render = RenderContext(ImageStore())
        page = HistoryPage(past.history, asked.navigator, render, archive, now=lambda: NOW)
        qtbot.addWidget(page)
        page.resize(1060, 760)
        page.show()
        page.details.show_technical(is_shown=True)
        return HistoryDriver(page, asked)

    return make


def clipboard() -> str:
    return QGuiApplication.clipboard().text()


def test_an_empty_history_says_so(
    make_reader: Callable[[], HistoryDriver], past: HistoryFiller
) -> None:
    reader = make_reader()
    assert reader.sees("history.empty")
    assert not reader.sees("history.table")
    reader.page.show_send(past.row(past.queue()))
    assert not reader.sees("history.empty")
    assert reader.sees("history.table")


def test_the_newest_send_is_looked_at_first(
    make_reader: Callable[[], HistoryDriver], past: HistoryFiller
) -> None:
    past.deliver()
    newest = past.refuse()
    assert make_reader().page.selected == newest


def test_a_refusal_and_an_unknown_are_told_apart(
    make_reader: Callable[[], HistoryDriver], past: HistoryFiller
) -> None:
    refused, lost = past.refuse(), past.lose()
    reader = make_reader()
    reader.page.select(refused)
    assert reader.label("history.verdict.headline").startswith("Refused: 运维值班 · production")
    assert "Put one of the keywords" in reader.label("history.verdict.happened")
    assert "310000 · keywords not in content" in reader.label("history.verdict.technical")
    reader.click("history.technical")  # they stand behind the fold
    assert reader.label("history.verdict.technical") == ""
    refused_look = reader.look("history.verdict")
    reader.page.select(lost)
    assert reader.label("history.verdict.headline").startswith("Unknown: ")
    assert "no answer came" in reader.label("history.verdict.happened")
    assert reader.label("history.verdict.own_words") == ""
    assert reader.look("history.verdict") != refused_look


def test_every_attempt_of_a_send_has_its_line(
    make_reader: Callable[[], HistoryDriver], past: HistoryFiller
) -> None:
    uuid = past.queue()
    past.announce(uuid)
    past.complete(
        uuid,
        Status.QUEUED,
        cause=Cause.BUSY,
        errcode="-1",
        errmsg="系统繁忙",
        answer='{"errcode":-1}',
        retry_at=NOW + timedelta(seconds=9),
    )
    reader = make_reader()
    again = (NOW + timedelta(seconds=9)).astimezone()
    assert f"{again:%H:%M:%S}" in reader.label("history.verdict.happened")
    past.announce(uuid, attempt=2)
    reader.page.show_send(past.row(uuid))
    past.complete(uuid, Status.UNKNOWN, attempt=2, fault=Fault.READ_TIMEOUT)
    reader.page.show_send(past.row(uuid))
    started = past.at().astimezone()
    assert reader.attempts() == [
        ["1", f"{started:%H:%M:%S}", "Refused", "182 ms", "200", "-1 · 系统繁忙"],
        [
            "2",
            f"{started:%H:%M:%S}",
            "Unknown",
            "182 ms",
            "",
            "It was sent, but no answer came in the time allowed. What came back was not recorded.",
        ],
    ]
    assert reader.label("history.verdict.headline").startswith("Unknown: ")
    assert "Attempt 1" in reader.text("history.answer")
    assert '{"errcode":-1}' in reader.text("history.answer")


def test_the_traces_of_a_send_can_be_read(
    make_reader: Callable[[], HistoryDriver], past: HistoryFiller
) -> None:
    uuid = past.refuse()
    reader = make_reader()
    request = reader.text("history.request")
    assert f"POST {URL}?access_token=***" in request
    assert "headers were not recorded" in request
    assert f"(4,321 bytes, SHA-256 {'ab' * 32})" in request
    # These bytes were not made here: their hash tells.
    assert "cannot be made again" in request
    assert uuid in request
    assert '"content": "通知 1"' in reader.text("history.json")
    assert reader.text("history.answer") == (
        '{"errcode":310000,"errmsg":"keywords not in content"}\n\n'
        "(HTTP 200; what else came was not recorded.)"
    )


def test_what_never_left_has_no_request(
    make_reader: Callable[[], HistoryDriver], past: HistoryFiller
) -> None:
    past.queue()
    reader = make_reader()
    assert reader.attempts() == []
    for tab in ("history.request", "history.answer"):
        assert reader.text(tab) == "It waits: nothing has left this computer yet."


def test_the_bubble_is_the_message_as_readers_see_it(
    qtbot: QtBot, make_reader: Callable[[], HistoryDriver], past: HistoryFiller
) -> None:
    past.deliver(Markdown("值班", "**今晚** 见"))
    reader = make_reader()
    bubble = reader.page.findChild(Bubble)
    assert isinstance(bubble, Bubble)
    qtbot.waitUntil(lambda: reader.page.details.is_settled)
    qtbot.waitUntil(lambda: bubble.accessibleName() == "运维值班: 今晚 见")


def test_open_as_new_brings_the_message_and_nothing_else(
    qtbot: QtBot, make_reader: Callable[[], HistoryDriver], past: HistoryFiller
) -> None:
    message: Message = Link("标题", "文字", "https://a/", "https://p/")
    past.deliver(message)
    reader = make_reader()
    with qtbot.waitSignal(reader.asked.opened_as_new) as opened:
        reader.click("history.open")
    assert opened.args == [message]


def test_copy_json_is_the_message(
    qtbot: QtBot, make_reader: Callable[[], HistoryDriver], past: HistoryFiller
) -> None:
    past.deliver(Text("你好"))
    reader = make_reader()
    with qtbot.waitSignal(reader.asked.said):
        reader.click("history.copy_json")
    assert clipboard() == '{\n  "msgtype": "text",\n  "text": {\n    "content": "你好"\n  }\n}'
    QGuiApplication.clipboard().clear()
    QTest.keyClick(reader.page.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert '"你好"' in clipboard()


def test_copy_as_curl_holds_no_secret_and_says_where_they_belong(
    qtbot: QtBot, make_reader: Callable[[], HistoryDriver], past: HistoryFiller
) -> None:
    uuid = past.deliver(Text("你好"))
    reader = make_reader()
    with qtbot.waitSignal(reader.asked.said) as said:
        reader.copy_as_curl()
    assert said.args is not None
    assert "DINGTALK_TOKEN" in said.args[0]
    assert "DINGTALK_SECRET" in said.args[0]
    script = clipboard()
    assert uuid not in script  # each run posts anew
    assert URL in script
    assert "你好" in script
    # The token comes from a variable, and nothing like one stands in the script.
    assert 'access_token=$(percent "$DINGTALK_TOKEN")' in script
    assert "access_token=" not in script.replace('access_token=$(percent "$DINGTALK_TOKEN")', "")
    assert "SEC" not in script.replace("DINGTALK_SECRET", "").replace("with SEC.", "")


@pytest.mark.skipif(not all(map(which, ("bash", "curl", "openssl"))), reason="no such tools here")
@pytest.mark.parametrize("is_signed", [True, False])
def test_the_script_signs_where_it_is_given_a_secret(
    make_reader: Callable[[], HistoryDriver], past: HistoryFiller, *, is_signed: bool
) -> None:
    with SandboxServer(secret_required=is_signed) as server:
        uuid = past.queue()
        past.announce(uuid, url=server.url)
        make_reader().copy_as_curl()
        # It was not recorded whether this send was signed: whoever runs the script says.
        secret = server.secret if is_signed else ""
        variables = {"DINGTALK_TOKEN": server.access_token, "DINGTALK_SECRET": secret}
        subprocess.run(
            ["bash"],
            input=clipboard().encode(),
            env={"PATH": "/usr/local/bin:/usr/bin:/bin", **variables},
            capture_output=True,
            check=True,
        )
        [exchange] = server.exchanges()
    assert exchange.is_taken
    assert exchange.msg_uuid not in ("", uuid)
    assert ("sign=" in exchange.query) == is_signed


def test_the_menu_by_right_click_takes_its_languages_with_it(
    qtbot: QtBot, make_reader: Callable[[], HistoryDriver], past: HistoryFiller
) -> None:
    past.deliver(Text("你好"))
    details = make_reader().page.details
    menu = details.make_menu()
    assert menu.findChild(QMenu, "copy_as") is not None
    menu.deleteLater()
    qtbot.waitUntil(lambda: not details.findChildren(QMenu, "copy_as"))


def test_a_message_that_cannot_be_sent_cannot_be_copied_as_a_command(
    qtbot: QtBot, make_reader: Callable[[], HistoryDriver], past: HistoryFiller
) -> None:
    past.queue(Text("half \ud83d"))
    reader = make_reader()
    with qtbot.waitSignal(reader.asked.said) as said:
        reader.copy_as_curl()
    assert said.args is not None
    assert "half a character" in said.args[0]


def test_new_sends_leave_the_reader_where_they_are(
    make_reader: Callable[[], HistoryDriver], past: HistoryFiller
) -> None:
    uuids = past.fill(100)
    reader = make_reader()
    table = reader.page.table
    reader.page.select(uuids[20])
    top = table.rowAt(0)
    before = table.model().index(top, 3).data()
    reader.page.show_send(past.row(past.queue()))
    assert reader.page.selected == uuids[20]
    assert table.model().index(table.rowAt(0), 3).data() == before


def test_a_send_far_back_is_found(
    make_reader: Callable[[], HistoryDriver], past: HistoryFiller
) -> None:
    uuids = past.fill(700)
    reader = make_reader()
    reader.page.select(uuids[3])
    assert reader.page.selected == uuids[3]
    rect = reader.page.table.visualRect(reader.page.table.currentIndex())
    assert reader.page.table.viewport().rect().intersects(rect)
    reader.page.select("nobody knows this")
    assert reader.page.selected == uuids[3]


def test_the_open_part_stays_open_while_the_send_goes_on(
    make_reader: Callable[[], HistoryDriver], past: HistoryFiller
) -> None:
    uuid = past.queue()
    reader = make_reader()
    reader.click("history.part.json")
    past.announce(uuid)
    reader.page.show_send(past.row(uuid))
    assert reader.sees("history.json")
    assert reader.label("history.verdict.headline").startswith("Sending: ")


def test_in_a_narrow_window_the_message_stands_above_what_is_technical(
    qtbot: QtBot, make_reader: Callable[[], HistoryDriver], past: HistoryFiller
) -> None:
    past.deliver()
    reader = make_reader()
    stage, fold = reader.find("history.stage"), reader.find("history.technical")

    def is_above() -> bool:
        assert reader.sees("history.stage")
        places = [one.mapTo(reader.page, QPoint()).y() for one in (stage, fold)]
        return stage.height() > 100 and places[0] < places[1] and stage.x() == 0

    reader.page.resize(680, 520)
    qtbot.waitUntil(is_above)
    for part in ("attempts", "request", "answer", "json", "timing", "robot"):
        reader.click(f"history.part.{part}")
        assert is_above()
    assert reader.page.findChild(QWidget, "history.part.message") is None
    reader.page.resize(1060, 760)
    qtbot.waitUntil(lambda: stage.mapTo(reader.page, QPoint()).y() > 0 and stage.width() > 400)


def test_enter_leads_to_the_details(
    make_reader: Callable[[], HistoryDriver], past: HistoryFiller
) -> None:
    past.deliver()
    reader = make_reader()
    reader.page.table.setFocus()
    QTest.keyClick(reader.page.table, Qt.Key.Key_Return)
    focused = reader.page.focusWidget()
    assert focused is not None
    assert reader.page.details.isAncestorOf(focused)


def test_a_history_that_cannot_be_read_is_a_sentence_and_can_be_read_again(
    make_reader: Callable[[], HistoryDriver], past: HistoryFiller
) -> None:
    past.deliver()
    past.history.fault = StorageFault.LOCKED
    reader = make_reader()
    assert storage_sentence(StorageFault.LOCKED) in reader.label("history.notice")
    assert not reader.sees("history.empty")
    past.history.fault = None
    reader.click("history.again")
    assert reader.label("history.notice") == ""
    assert reader.page.table.model().rowCount() == 1
    assert reader.page.selected is not None


def test_every_control_has_a_name_for_screen_readers(
    make_reader: Callable[[], HistoryDriver], past: HistoryFiller
) -> None:
    past.deliver()
    reader = make_reader()
    for name in ("history.table", "history.attempts", "history.json", "history.request"):
        assert reader.get(QWidget, name).accessibleName(), name
    for button in reader.page.findChildren(QAbstractButton):
        if button.isVisibleTo(reader.page) and button.objectName().startswith("history"):
            assert button.accessibleName(), button.objectName()


def test_technical_details_are_closed_until_somebody_opens_them_and_remembered(
    qtbot: QtBot, past: HistoryFiller, archive: HistoryArchive, tmp_path: Path
) -> None:
    past.deliver()
    settings = Settings(tmp_path / "settings.ini")

    def read() -> HistoryDriver:
        asked = Asked()
        render = RenderContext(ImageStore())
        page = HistoryPage(
            past.history, asked.navigator, render, archive, now=lambda: NOW, settings=settings
        )
        qtbot.addWidget(page)
        page.resize(1060, 760)
        page.show()
        return HistoryDriver(page, asked)

    technical = ("history.part.attempts", "history.copy_as", "history.copy_json")
    reader = read()
    assert not any(map(reader.sees, technical))
    assert reader.page.table.isColumnHidden(SendColumn.DURATION)
    words = [one.text() for one in reader.page.findChildren(QLabel) if one.isVisible()]
    assert not any("0 · ok" in one or "ms" in one for one in words)
    reader.click("history.technical")
    assert all(map(reader.sees, technical))
    assert not reader.page.table.isColumnHidden(SendColumn.DURATION)
    again = read()
    assert all(map(again.sees, technical))
    again.click("history.technical")
    assert not any(map(read().sees, technical))


def test_two_clicks_open_a_send_as_a_new_message(
    qtbot: QtBot, make_reader: Callable[[], HistoryDriver], past: HistoryFiller
) -> None:
    past.deliver(Text("你好"))
    reader = make_reader()
    table = reader.page.table
    place = table.visualRect(table.model().index(0, SendColumn.TITLE)).center()
    said: list[str] = []
    reader.asked.said.connect(said.append)
    with qtbot.waitSignal(reader.asked.opened_as_new) as opened:
        QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
        QTest.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert opened.args == [Text("你好")]
    assert said[-1] == "Opened as a new draft, for no group yet."


@pytest.mark.qt_log_ignore("does not support")  # without a screen no popup is one
def test_the_menu_of_a_send_has_what_can_be_done_with_it(
    qtbot: QtBot, make_reader: Callable[[], HistoryDriver], past: HistoryFiller
) -> None:
    past.refuse()
    past.deliver()
    reader = make_reader()

    def entries() -> list[str]:
        return [one.text() for one in reader.page.details.make_menu().actions() if one.text()]

    assert entries() == [
        "Open as new message",
        "Send again…",
        "Write a correction",
        "Keep as a template…",
        "Copy the receipt",
        "Save the receipt…",
        "Technical details",
    ]
    keep = reader.page.details.make_menu().findChild(QAction, "history.keep_template")
    assert keep is not None
    with qtbot.waitSignal(reader.asked.kept_as_template):
        keep.trigger()
    table = reader.page.table
    place = table.visualRect(table.model().index(1, 0)).center()
    event = QContextMenuEvent(
        QContextMenuEvent.Reason.Mouse, place, table.viewport().mapToGlobal(place)
    )
    with qtbot.waitSignal(table.menu_wanted):
        QApplication.sendEvent(table.viewport(), event)
    assert table.currentIndex().row() == 1
    assert "Write a correction" not in entries()


def test_the_menu_offers_what_stands_beside_the_outcome(
    make_reader: Callable[[], HistoryDriver], past: HistoryFiller
) -> None:
    lost = past.lose()
    reader = make_reader()
    details, row = reader.page.details, past.row(lost)
    details.show_send(row, past.history.attempts(lost), Offer(RecoveryAction.RETRY_SAFELY, "x"))
    wanted: list[str] = []
    details.recovery_requested.connect(wanted.append)
    entries = {one.text(): one for one in details.make_menu().actions()}
    entries["Retry safely"].trigger()
    assert wanted == [lost]


def test_the_details_of_another_send_begin_at_their_top(
    qtbot: QtBot, make_reader: Callable[[], HistoryDriver], past: HistoryFiller
) -> None:
    past.deliver()
    past.refuse()
    reader = make_reader()
    reader.page.resize(680, 420)
    (area,) = (
        one for one in reader.page.findChildren(QScrollArea) if one.widget() is reader.page.details
    )
    bar = area.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 40)
    bar.setValue(bar.maximum())
    reader.page.show_send(past.row(reader.page.selected or ""))
    assert bar.value() == bar.maximum()  # the same send stays where it is read
    reader.page.look_at(1)
    assert bar.value() == 0


def test_tab_leads_from_the_list_to_open_as_new(
    make_reader: Callable[[], HistoryDriver], past: HistoryFiller
) -> None:
    past.deliver()
    reader = make_reader()
    reader.page.table.setFocus()
    QTest.keyClick(reader.page.table, Qt.Key.Key_Tab)
    focused = reader.page.focusWidget()
    assert focused is not None
    assert focused.objectName() == "history.open"


def test_more_than_eight_sends_are_in_sight_in_a_window_as_it_first_opens(
    qtbot: QtBot, make_reader: Callable[[], HistoryDriver], past: HistoryFiller
) -> None:
    past.fill(20)
    reader = make_reader()
    reader.page.resize(1056, 740)  # what a window of 1280 x 820 leaves
    table = reader.page.table

    def in_sight() -> int:
        rects = (table.visualRect(table.model().index(row, 0)) for row in range(20))
        return sum(table.viewport().rect().contains(rect) for rect in rects)

    qtbot.waitUntil(lambda: in_sight() > 8)

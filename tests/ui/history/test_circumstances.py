"""Details of a send: what took how long, the robot as it was, its place in the chain, and another
send beside it.
"""

from dataclasses import replace

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QPlainTextEdit
from pytestqt.qtbot import QtBot

from dingcomposer.core.answers import Cause
from dingcomposer.core.delivery import PhaseTimes, Report, Status
from dingcomposer.core.messages import Text
from dingcomposer.core.robot import ProxyMode, Robot, Stage
from dingcomposer.services.history.archive import HistoryArchive
from dingcomposer.storage.evidence.chain import Chain
from dingcomposer.ui.history.overview.bar_chart import BarChart
from dingcomposer.ui.history.page import HistoryPage
from dingcomposer.ui.history.receipt import ReceiptButton
from dingcomposer.ui.history.two_sends import TwoSendsDialog
from dingcomposer.ui.preview.bubble.bubble import RenderContext
from dingcomposer.ui.preview.images.store import ImageStore
from tests.fakes.navigators import Asked

from .conftest import NOW, URL, HistoryFiller

THEN = Robot(
    "duty",
    "运维值班",
    "#C5302B",
    Stage.PRODUCTION,
    keywords=("通知", "运维"),
    expects_signature=True,
)


@pytest.fixture
def asked() -> Asked:
    return Asked()


@pytest.fixture
def robots() -> dict[str, Robot]:
    """The robots as they are now."""
    return {"duty": THEN}


@pytest.fixture
def page(
    qtbot: QtBot,
    past: HistoryFiller,
    archive: HistoryArchive,
    asked: Asked,
    robots: dict[str, Robot],
) -> HistoryPage:
    page = HistoryPage(
        past.history,
        asked.navigator,
        RenderContext(ImageStore()),
        archive,
        now=lambda: NOW,
        robot_of=robots.get,
    )
    qtbot.addWidget(page)
    page.resize(1060, 760)
    page.details.show_technical(is_shown=True)
    return page


def robot_words(page: HistoryPage) -> str:
    found = page.findChild(QPlainTextEdit, "history.robot")
    assert found is not None
    return found.toPlainText()


def copied(receipt: ReceiptButton) -> str:
    receipt.copy()
    return QGuiApplication.clipboard().text()


def test_each_part_of_an_attempt_is_a_bar(page: HistoryPage, past: HistoryFiller) -> None:
    uuid = past.queue()
    past.announce(uuid)
    past.history.complete(
        Report(
            uuid,
            1,
            Status.DELIVERED,
            past.at(),
            cause=Cause.DELIVERED,
            phases=PhaseTimes(1_500.0, 3.0, 12.0, None, 140.0),
        )
    )
    page.select(uuid)
    bars = page.findChild(BarChart, "history.phases")
    assert bars is not None
    assert [bar.label for bar in bars.bars] == [
        "Waiting for its turn",
        "Looking up the name",
        "Connecting",
        "Waiting for the answer",
    ]
    assert bars.bars[0].words == "Waiting for its turn: 1,500 ms"


def test_the_robot_is_told_as_it_was_and_what_is_otherwise_now(
    page: HistoryPage, past: HistoryFiller, robots: dict[str, Robot]
) -> None:
    uuid = past.deliver(robot=THEN)
    page.select(uuid)
    told = robot_words(page)
    assert "Keywords: 通知, 运维" in told
    assert "Signature: expected" in told
    assert "now:" not in told

    robots["duty"] = replace(THEN, name="值班群", keywords=(), way=ProxyMode.DIRECT)
    page.show_send(past.row(uuid))
    told = robot_words(page)
    assert "(now: 值班群 · production)" in told
    assert "Keywords: 通知, 运维   (now: none)" in told
    assert "(now: no proxy)" in told
    assert "Signature: expected\n" in told

    del robots["duty"]
    page.show_send(past.row(uuid))
    assert "It is not in the list of robots any more." in robot_words(page)


def test_a_send_from_before_says_that_nothing_was_recorded(
    page: HistoryPage, past: HistoryFiller
) -> None:
    uuid = past.deliver()
    past.database.run("UPDATE sends SET robot_then = NULL")
    page.select(uuid)
    assert robot_words(page).endswith("How it was set up then was not recorded by that version.")


def test_the_receipt_names_the_link_and_the_head(page: HistoryPage, past: HistoryFiller) -> None:
    uuid = past.deliver()
    newest = past.deliver()
    page.select(uuid)
    receipt = page.findChild(ReceiptButton)
    assert receipt is not None
    links = [Chain(past.database).last_of(past.row(one).key) for one in (uuid, newest)]
    for link, name in zip(links, ("In the chain of this history", "Newest link"), strict=True):
        assert link is not None
        line = next(one for one in copied(receipt).splitlines() if one.startswith(name))
        assert link.digest.hex() in line
    waiting = past.queue()
    page.show_send(past.row(waiting))
    page.select(waiting)
    assert "chain" not in copied(receipt)


def test_sending_again_is_asked_for_once_a_send_is_over(
    qtbot: QtBot, page: HistoryPage, past: HistoryFiller
) -> None:
    page.show()
    waiting = past.queue()
    page.show_send(past.row(waiting))
    page.select(waiting)
    again = page.findChild(QAbstractButton, "history.again_as_new")
    assert again is not None
    assert not again.isVisible()
    uuid = past.deliver()
    page.show_send(past.row(uuid))
    page.select(uuid)
    with qtbot.waitSignal(page.again_requested) as wanted:
        QTest.mouseClick(again, Qt.MouseButton.LeftButton)
    assert wanted.args[0].msg_uuid == uuid


def choose(page: HistoryPage, *rows: int) -> None:
    flags = QItemSelectionModel.SelectionFlag
    for at, row in enumerate(rows):
        index = page.table.model().index(row, 0)
        how = flags.Select | flags.Rows if at else flags.ClearAndSelect | flags.Rows
        page.table.selectionModel().select(index, how)


def test_two_sends_stand_side_by_side_with_their_differences(
    page: HistoryPage, past: HistoryFiller, asked: Asked
) -> None:
    past.deliver(Text("停机到 22:00"))
    past.count += 5
    past.deliver(Text("停机到 23:00"))
    page.show()
    choose(page, 0, 1)
    page.archive.compare()
    dialog = page.findChild(TwoSendsDialog)
    assert dialog is not None
    assert dialog.differences == ["Written down", "msgUuid", "SHA-256 without msgUuid"]
    dialog.reject()


def test_two_of_the_same_message_say_so(page: HistoryPage, past: HistoryFiller) -> None:
    same = Text("一样")
    past.deliver(same)
    lost = past.queue(same)
    past.announce(lost, url=f"{URL}x")
    past.complete(lost, Status.UNKNOWN)
    page.show()
    choose(page, 1, 0)
    page.archive.compare()
    dialog = page.findChild(TwoSendsDialog)
    assert dialog is not None
    assert "Outcome" in dialog.differences
    assert "Address" in dialog.differences
    assert "SHA-256 without msgUuid" not in dialog.differences


def test_it_takes_two(qtbot: QtBot, page: HistoryPage, past: HistoryFiller, asked: Asked) -> None:
    past.deliver()
    page.show()
    with qtbot.waitSignal(asked.said) as said:
        page.archive.compare()
    assert said.args[0].startswith("Choose two messages in the table first")
    assert page.findChild(TwoSendsDialog) is None

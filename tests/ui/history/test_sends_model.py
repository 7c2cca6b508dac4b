"""The table of sends: read by pages, true while rows change, and told apart without colours."""

from datetime import timedelta
from typing import Any

import pytest
from PySide6.QtCore import QModelIndex, QModelRoleData, QModelRoleDataSpan, Qt
from PySide6.QtGui import QColor, QIcon
from pytestqt.qtbot import QtBot

from dingcomposer.core.answers import Cause
from dingcomposer.core.delivery import Status
from dingcomposer.core.messages import Markdown, Text
from dingcomposer.core.robot import Robot
from dingcomposer.ui.history.model import SendColumn, SendsModel

from .conftest import NOW, HistoryFiller

ROOT = QModelIndex()
Role = Qt.ItemDataRole


@pytest.fixture
def model(qtbot: QtBot, past: HistoryFiller) -> SendsModel:
    return SendsModel(past.history, lambda: NOW)


def cell(model: SendsModel, row: int, column: SendColumn, role: Role = Role.DisplayRole) -> Any:
    return model.data(model.index(row, column), role)


def titles(model: SendsModel) -> list[str]:
    return [cell(model, row, SendColumn.TITLE) for row in range(model.rowCount())]


def put(model: SendsModel, past: HistoryFiller, uuid: str) -> None:
    row = past.history.row(uuid)
    assert row is not None
    model.put(row)


def test_a_thousand_rows_are_there_at_once_newest_first(
    model: SendsModel, past: HistoryFiller
) -> None:
    past.fill(1000)
    model.reload()
    assert model.rowCount() == 1000
    assert titles(model) == [f"通知 {number}" for number in range(1000, 0, -1)]


def test_the_rows_keep_no_messages(model: SendsModel, past: HistoryFiller) -> None:
    past.deliver(Text("x" * 10_000))
    model.reload()
    row = model.row_at(0)
    assert row is not None
    assert row.payload == ""


def test_a_new_send_comes_on_top_and_pushes_nothing_out(
    model: SendsModel, past: HistoryFiller
) -> None:
    past.fill(205)
    model.reload()
    assert cell(model, 100, SendColumn.TITLE) == "通知 105"
    put(model, past, past.queue(Text("新")))
    assert titles(model) == ["新", *(f"通知 {n}" for n in range(205, 0, -1))]


def test_what_is_gone_past_is_not_read_until_the_disk_has_brought_it(
    qtbot: QtBot, model: SendsModel, past: HistoryFiller
) -> None:
    past.fill(205)
    model.reload()
    assert cell(model, 0, SendColumn.TITLE) == "通知 205"
    model.pass_by(is_passing=True)
    assert cell(model, 0, SendColumn.TITLE) == "通知 205"  # it is known
    with qtbot.waitSignal(model.rows_wanted):
        assert cell(model, 100, SendColumn.TITLE) is None
    assert cell(model, 120, SendColumn.STATUS) is None
    windows, keys = model.wanted_rows()
    assert sorted(keys, reverse=True) == list(keys) == list(range(109, 77, -1))
    with qtbot.waitSignal(model.dataChanged):
        model.show_brought(windows)
    assert cell(model, 100, SendColumn.TITLE) == "通知 105"
    assert cell(model, 120, SendColumn.TITLE) == "通知 85"
    assert cell(model, 200, SendColumn.TITLE) is None
    model.pass_by(is_passing=False)
    assert cell(model, 200, SendColumn.TITLE) == "通知 5"


def test_a_row_changes_in_its_place(qtbot: QtBot, model: SendsModel, past: HistoryFiller) -> None:
    first = past.queue()
    past.queue()
    model.reload()
    past.announce(first)
    with qtbot.waitSignal(model.dataChanged) as changed:
        put(model, past, first)
    assert changed.args is not None
    assert changed.args[0].row() == 1
    assert cell(model, 1, SendColumn.STATUS) == "Sending"
    assert model.rowCount() == 2


def test_a_change_of_a_row_that_was_not_read_yet_adds_none(
    model: SendsModel, past: HistoryFiller
) -> None:
    oldest = past.fill(201)[0]
    model.reload()
    past.announce(oldest)
    put(model, past, oldest)
    assert model.rowCount() == 201
    assert cell(model, 200, SendColumn.STATUS) == "Sending"


def test_an_old_send_is_found_without_those_before_it(
    model: SendsModel, past: HistoryFiller
) -> None:
    uuids = past.fill(600)
    model.reload()
    row = past.history.row(uuids[10])
    assert row is not None
    assert model.number_of(row) == 600 - 11


def test_a_row_says_all_in_words(model: SendsModel, past: HistoryFiller) -> None:
    past.refuse()
    model.reload()
    words = [cell(model, 0, column) for column in SendColumn]
    local = (NOW + timedelta(seconds=1)).astimezone()
    assert words == [
        f"{local:%H:%M}",
        "运维值班 · production",
        "Text",
        "通知 1",
        "Refused",
        "The message contains none of the robot's keywords.",
        "182 ms",
    ]


def test_what_was_not_sent_today_has_its_date(qtbot: QtBot, past: HistoryFiller) -> None:
    past.queue()
    model = SendsModel(past.history, lambda: NOW + timedelta(days=3))
    model.reload()
    local = (NOW + timedelta(seconds=1)).astimezone()
    # Not %-d: Windows does not know it.
    assert cell(model, 0, SendColumn.TIME) == f"{local:%a} {local.day} {local:%b %H:%M}"
    later = SendsModel(past.history, lambda: NOW + timedelta(days=300))
    later.reload()
    assert cell(later, 0, SendColumn.TIME) == f"{local:%a} {local.day} {local:%b %Y %H:%M}"


def test_each_status_has_a_word_a_colour_and_a_sign_of_its_own(
    model: SendsModel, past: HistoryFiller
) -> None:
    waiting, sending, cancelled = past.queue(), past.queue(), past.queue()
    past.announce(sending)
    past.complete(cancelled, Status.CANCELLED, attempt=0)
    past.complete(past.queue(), Status.NOT_SENT, attempt=0)
    past.deliver()
    past.refuse()
    past.lose()
    model.reload()
    rows = range(model.rowCount())
    words = [cell(model, row, SendColumn.STATUS) for row in rows]
    assert words == [
        "Unknown",
        "Refused",
        "Delivered",
        "Not sent",
        "Cancelled",
        "Sending",
        "Waiting",
    ]
    colours = [cell(model, row, SendColumn.STATUS, Role.ForegroundRole) for row in rows[:3]]
    assert all(isinstance(colour, QColor) for colour in colours)
    assert len({colour.name() for colour in colours}) == 3
    signs = [cell(model, row, SendColumn.STATUS, Role.DecorationRole) for row in rows]
    assert all(isinstance(sign, QIcon) for sign in signs)
    pictures = [bytes(sign.pixmap(16, 16).toImage().constBits()) for sign in signs]
    assert len(set(pictures)) == len(Status)
    assert waiting


def test_a_tip_shows_markup_as_text(model: SendsModel, past: HistoryFiller) -> None:
    past.deliver(Markdown("<img src='https://x/'>", "x"))
    model.reload()
    tip = cell(model, 0, SendColumn.TITLE, Role.ToolTipRole)
    assert "&lt;img" in tip
    assert "<img" not in tip


def test_a_view_that_asks_for_all_at_once_is_told_the_same(
    model: SendsModel, past: HistoryFiller
) -> None:
    past.refuse()
    past.deliver(Text("停机"))
    model.reload()
    for row in range(2):
        for column in SendColumn:
            for role in (Role.FontRole, Role.DisplayRole, Role.TextAlignmentRole, Role.ToolTipRole):
                asked = QModelRoleData(role)
                model.multiData(model.index(row, column), QModelRoleDataSpan(asked))
                assert asked.data() == cell(model, row, column, role)


def test_a_robot_is_shown_as_it_was(model: SendsModel, past: HistoryFiller) -> None:
    past.deliver(robot=Robot("x", "测试群", "#00B042"))
    model.reload()
    assert cell(model, 0, SendColumn.ROBOT) == "测试群 · test"


def test_busy_waits_and_says_so(model: SendsModel, past: HistoryFiller) -> None:
    uuid = past.queue()
    past.announce(uuid)
    past.complete(
        uuid, Status.QUEUED, cause=Cause.BUSY, errcode="-1", retry_at=NOW + timedelta(seconds=9)
    )
    model.reload()
    assert cell(model, 0, SendColumn.STATUS) == "Waiting"


def test_titles_have_names_in_the_place_of_numbers(past: HistoryFiller) -> None:
    past.deliver(Text("@13800138000 @13900139000 请处理"))
    names: dict[str, str] = {"13800138000": "王芳"}
    model = SendsModel(past.history, lambda: NOW, names=lambda: dict(names))
    model.reload()
    assert cell(model, 0, SendColumn.TITLE) == "@王芳 @13900139000 请处理"
    names["13900139000"] = "李雷"
    model.show_names()
    assert cell(model, 0, SendColumn.TITLE) == "@王芳 @李雷 请处理"

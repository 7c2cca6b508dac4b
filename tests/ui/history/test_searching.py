"""Searching the history, as a person does it: typed, filtered by chips, kept, and gone through."""

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPlainTextEdit, QTextEdit, QWidget
from pytestqt.qtbot import QtBot

from dingcomposer.core.messages import Link, Markdown, Mentions, Text
from dingcomposer.core.robot import Robot
from dingcomposer.services.history.archive import HistoryArchive
from dingcomposer.services.settings import Settings
from dingcomposer.storage.database import Database
from dingcomposer.storage.history import HistoryStore
from dingcomposer.storage.migrations import STEPS
from dingcomposer.ui import theme
from dingcomposer.ui.history.model import HIT_ROLE, SendColumn
from dingcomposer.ui.history.page import HistoryPage
from dingcomposer.ui.history.table import HitDelegate
from dingcomposer.ui.preview.bubble.bubble import Bubble, RenderContext
from dingcomposer.ui.preview.images.store import ImageStore
from dingcomposer.ui.preview.richtext.rich_view import RichView
from tests.fakes.navigators import Asked
from tests.fakes.widget_driver import WidgetDriver

from .conftest import NOW, HistoryFiller

NAMES = {"13800138000": "王芳"}


class Searcher(WidgetDriver):
    """A person who looks for something."""

    def __init__(self, qtbot: QtBot, page: HistoryPage, archive: HistoryArchive) -> None:
        super().__init__(page)
        self.qtbot, self.page, self.search = qtbot, page, archive.search
        self.field = self.get(QLineEdit, "history.search")

    def look_for(self, text: str) -> None:
        """Type it, and see what comes."""
        with self.qtbot.waitSignal(self.search.found, check_params_cb=lambda *it: it[2]):
            self.field.setText(text)

    def titles(self) -> list[str]:
        model = self.page.table.model()
        rows = range(model.rowCount())
        return [str(model.index(row, SendColumn.TITLE).data()) for row in rows]

    def chips(self) -> list[str]:
        return [
            label.text()
            for chip in self.page.searching.bar.findChildren(QWidget)
            if chip.property("chip") and not chip.isHidden()
            for label in chip.findChildren(QLabel)
        ]


@pytest.fixture
def make_searcher(
    qtbot: QtBot, past: HistoryFiller, archive: HistoryArchive
) -> Iterator[Callable[[], Searcher]]:
    def make() -> Searcher:
        render = RenderContext(ImageStore(), lambda: NAMES)
        page = HistoryPage(past.history, Asked().navigator, render, archive, now=lambda: NOW)
        qtbot.addWidget(page)
        page.resize(1060, 760)
        page.show()
        return Searcher(qtbot, page, archive)

    yield make


def test_the_first_chinese_character_finds_and_the_hit_is_shown(
    make_searcher: Callable[[], Searcher], past: HistoryFiller
) -> None:
    past.deliver(Text("放假通知"))
    past.deliver(Text("会议"))
    past.deliver(Markdown("周报", f"{'前' * 90}，国庆放假七天，{'后' * 200}"))
    searcher = make_searcher()
    searcher.look_for("假")
    title = searcher.titles()
    assert title[1] == "放假通知"
    assert title[0].startswith("周报 · …前")
    assert "国庆放假七天" in title[0]
    (start, end) = searcher.page.table.model().index(0, SendColumn.TITLE).data(HIT_ROLE)[0]
    assert title[0][start:end] == "假"
    assert searcher.label("history.search.count") == "2 found"
    assert "国庆放<span" in searcher.label("history.hits")
    searcher.field.clear()
    assert len(searcher.titles()) == 3
    assert not searcher.sees("history.hits")


@pytest.mark.parametrize("width", [660, 760, 1060, 1400])
def test_a_hit_is_seen_however_narrow_its_column_is(
    make_searcher: Callable[[], Searcher], past: HistoryFiller, width: int
) -> None:
    past.deliver(Markdown("关于本周各项工作安排与进度的通知", f"{'前' * 90}，国庆放假七天"))
    searcher = make_searcher()
    table = searcher.page.table
    searcher.look_for("假")
    searcher.page.resize(width, 760)
    index = table.model().index(0, SendColumn.TITLE)
    (_, end) = index.data(HIT_ROLE)[0]
    seen = table.fontMetrics().horizontalAdvance(f"{str(index.data())[:end]}…")
    assert seen < table.columnWidth(SendColumn.TITLE)


def marked(edit: QTextEdit | QPlainTextEdit) -> list[str]:
    """What is marked in a text, as a person sees it."""
    return [one.cursor.selectedText() for one in edit.extraSelections()]


def test_hits_are_marked_in_the_message_and_in_its_technical_details(
    qtbot: QtBot, make_searcher: Callable[[], Searcher], past: HistoryFiller
) -> None:
    past.deliver(Markdown("周报", "🎉🎉 国庆**放假**七天\n\n不放假的人值班"))
    past.deliver(Text("会议"))
    searcher = make_searcher()
    searcher.look_for("放假")
    body = searcher.get(RichView, "preview.body")
    qtbot.waitUntil(lambda: marked(body) == ["放假", "放假"])
    assert "放假" in marked(searcher.get(QPlainTextEdit, "history.json"))
    searcher.field.clear()
    qtbot.waitUntil(lambda: not marked(body))
    assert not marked(searcher.get(QPlainTextEdit, "history.json"))


def test_a_hit_in_a_card_marks_its_part(
    make_searcher: Callable[[], Searcher], past: HistoryFiller
) -> None:
    past.deliver(Link("体检安排", "请按时参加", "https://a.example/1"))
    searcher = make_searcher()
    bubble = searcher.get(Bubble, "bubble")
    searcher.look_for("没有的")
    plain = bubble.grab().toImage()
    searcher.look_for("体检")
    assert bubble.grab().toImage() != plain


def test_while_the_bar_is_dragged_rows_are_shown_and_their_hits_once_it_rests(
    qtbot: QtBot, make_searcher: Callable[[], Searcher], past: HistoryFiller
) -> None:
    for number in range(200):
        past.deliver(Markdown(f"周报 {number}", f"{'前' * 90}国庆放假{'后' * 20}"))
    searcher = make_searcher()
    searcher.look_for("放假")
    table = searcher.page.table
    place = table.model().index(190, SendColumn.TITLE)
    bar = table.verticalScrollBar()
    bar.setSliderDown(True)
    bar.setValue(bar.maximum())
    table.viewport().repaint()
    assert place.data() is None  # the disk is not waited for
    assert not isinstance(table.itemDelegateForIndex(place), HitDelegate)  # Qt's own is quicker
    qtbot.waitUntil(lambda: bool(place.data(HIT_ROLE)))  # it rests, still held
    assert isinstance(table.itemDelegateForIndex(place), HitDelegate)
    assert "国庆放假" in place.data()
    bar.setValue(0)
    bar.setSliderDown(False)
    assert table.model().index(100, SendColumn.TITLE).data(HIT_ROLE)


def test_a_hit_in_a_table_is_marked_in_its_cell(
    qtbot: QtBot, make_searcher: Callable[[], Searcher], past: HistoryFiller
) -> None:
    table = "| 日期 | 安排 |\n| --- | --- |\n| 10月1日 | 放假 |\n| 10月8日 | 上班 |"
    past.deliver(Markdown("安排", f"如下\n\n{table}"))
    searcher = make_searcher()
    bubble = searcher.get(Bubble, "bubble")
    ground = QColor(theme.current().warn_soft).rgb()

    def marked_px() -> int:
        drawn = bubble.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
        return memoryview(drawn.constBits()).cast("B").cast("I").tolist().count(ground)

    qtbot.waitUntil(lambda: searcher.page.details.is_settled)
    assert not marked_px()
    searcher.look_for("放假")
    qtbot.waitUntil(lambda: marked_px() > 100)
    searcher.field.clear()
    qtbot.waitUntil(lambda: not marked_px())


def test_a_hit_far_down_that_is_none_is_found_out_when_it_is_looked_at(
    qtbot: QtBot,
    make_searcher: Callable[[], Searcher],
    past: HistoryFiller,
    expect_log: Callable[[str], None],
) -> None:
    past.deliver(Text("会议"))
    for number in range(200):
        past.deliver(Text(f"停机 {number}"))
    searcher = make_searcher()
    index = searcher.search.index
    with qtbot.waitSignal(index.completed):
        index.start()
    state = past.database.rows("SELECT generation FROM search_state")[0][0]
    past.database.run(f"INSERT INTO send_words_{state} (rowid, words) VALUES (1, '停 机')")
    searcher.look_for("停机")
    assert searcher.label("history.search.count") == "201 found"
    searcher.page.table.scrollToBottom()
    qtbot.waitUntil(lambda: searcher.label("history.search.count").startswith("200 found"))
    qtbot.waitUntil(lambda: not index.is_building)
    assert "会议" not in searcher.titles()
    expect_log("the index of the history is damaged")


def test_filters_are_typed_become_chips_and_go_by_their_cross(
    make_searcher: Callable[[], Searcher], past: HistoryFiller
) -> None:
    past.refuse()
    past.deliver(Text("停机"), Robot("x", "人事", "#00B042"))
    past.deliver(Text("停机"))
    searcher = make_searcher()
    searcher.look_for("机器人:运维 状态:已送达 停机")
    assert searcher.titles() == ["停机"]
    assert searcher.chips() == ["Robot: 运维", "Status: delivered"]
    with searcher.qtbot.waitSignal(searcher.search.found):
        searcher.click("history.search.chip.robot")
    assert searcher.field.text() == "状态:已送达 停机"
    assert searcher.titles() == ["停机", "停机"]


def test_what_is_no_filter_is_told_and_not_while_it_can_become_one(
    make_searcher: Callable[[], Searcher], past: HistoryFiller
) -> None:
    past.deliver(Text("放假通知"))
    searcher = make_searcher()
    note = searcher.get(QLabel, "history.search.unread")
    searcher.field.setText("时间:某某 通知")
    assert not note.isHidden()
    assert "时间:某某" in note.text()
    assert "2026-03" in note.text()
    for fine in ("时间:上周", "time:last-week", "https://a.cn", "通知", ""):
        searcher.field.setText(fine)
        assert note.isHidden(), fine
    QTest.keyClicks(searcher.field, "status:ref")
    assert note.isHidden()
    searcher.field.clear()
    QTest.keyClicks(searcher.field, "time:2026-")
    assert note.isHidden()
    QTest.keyClicks(searcher.field, " x")
    assert "time:2026-" in note.text()
    assert not note.isHidden()


def test_typing_moves_no_button(make_searcher: Callable[[], Searcher], qtbot: QtBot) -> None:
    searcher = make_searcher()
    keep = searcher.get(QWidget, "history.search.save")
    filters = searcher.get(QWidget, "history.search.filter")
    before = filters.geometry()
    assert not keep.isVisible()
    searcher.look_for("通知")
    qtbot.waitUntil(keep.isVisible)
    QApplication.processEvents()
    assert filters.geometry() == before
    assert not keep.geometry().intersects(before)


def test_nothing_found_says_so_and_leads_back(
    make_searcher: Callable[[], Searcher], past: HistoryFiller
) -> None:
    past.deliver()
    searcher = make_searcher()
    searcher.look_for("没有这个词")
    assert searcher.sees("history.none")
    assert searcher.label("history.search.count") == "0 found"
    searcher.click("history.none.all")
    assert searcher.titles() == ["通知 1"]


def test_a_person_is_found_by_name_wherever_the_number_stands(
    make_searcher: Callable[[], Searcher], past: HistoryFiller
) -> None:
    past.deliver(Text("@13800138000 请处理", Mentions(("13800138000",))))
    past.deliver(Text("请处理"))
    searcher = make_searcher()
    searcher.look_for("王芳")
    assert searcher.titles() == ["@王芳 请处理"]
    searcher.look_for("person:王")
    assert searcher.titles() == ["@王芳 请处理"]


def test_what_is_typed_is_completed(
    make_searcher: Callable[[], Searcher], past: HistoryFiller, qtbot: QtBot
) -> None:
    past.deliver()
    searcher = make_searcher()
    searcher.field.setFocus()
    QTest.keyClicks(searcher.field, "sta")
    searcher.field.resize(searcher.field.width() - 20, searcher.field.height())
    assert [one.split(":")[0] for one in searcher.page.searching.bar.completer.offered] == [
        "status",
        "stage",
    ]
    QTest.keyClicks(searcher.field, "tus:re")
    assert searcher.page.searching.bar.completer.offered == ["refused"]
    QTest.keyClick(searcher.field, Qt.Key.Key_Tab)
    assert searcher.field.text() == "status:refused "
    assert searcher.chips() == ["Status: refused"]
    assert searcher.page.searching.bar.completer.offered == []


def test_a_new_send_that_matches_comes_on_top_and_another_does_not(
    make_searcher: Callable[[], Searcher], past: HistoryFiller
) -> None:
    past.deliver(Text("停机一"))
    searcher = make_searcher()
    searcher.look_for("停机")
    searcher.page.show_send(past.row(past.queue(Text("会议"))))
    searcher.page.show_send(past.row(past.queue(Text("停机二"))))
    assert searcher.titles() == ["停机二", "停机一"]
    assert searcher.label("history.search.count") == "2 found"


def test_a_search_is_kept_at_the_left_renamed_and_removed(
    make_searcher: Callable[[], Searcher], past: HistoryFiller, qtbot: QtBot
) -> None:
    past.deliver(Text("停机"))
    past.deliver(Text("会议"))
    searcher = make_searcher()
    saved = searcher.page.searching.saved
    assert not saved.isVisible()
    searcher.look_for("停机 time:today")
    searcher.click("history.search.save")
    qtbot.waitUntil(saved.isVisible)
    assert [saved.item(row).text() for row in range(2)] == ["All messages", "停机 time:today"]
    assert saved.currentRow() == 1
    saved.item(1).setText("今天停机")
    qtbot.waitUntil(lambda: searcher.search.saved[0].name == "今天停机")
    saved.setCurrentRow(0)
    assert len(searcher.titles()) == 2
    with qtbot.waitSignal(searcher.search.found):
        saved.setCurrentRow(1)
    assert searcher.titles() == ["停机"]
    QTest.keyClick(saved, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: not saved.isVisible())


def test_a_message_uuid_leads_to_its_send_among_all(
    make_searcher: Callable[[], Searcher], past: HistoryFiller
) -> None:
    uuids = past.fill(300)
    searcher = make_searcher()
    searcher.field.setText(uuids[7])
    assert searcher.page.selected == uuids[7]
    assert len(searcher.titles()) == 300


def test_details_of_a_send_that_was_not_looked_for_show_all_again(
    make_searcher: Callable[[], Searcher], past: HistoryFiller
) -> None:
    wanted = past.deliver(Text("会议"))
    past.deliver(Text("停机"))
    searcher = make_searcher()
    searcher.look_for("停机")
    searcher.page.select(wanted)
    assert searcher.page.selected == wanted
    assert searcher.field.text() == ""


def test_a_day_is_gone_to(make_searcher: Callable[[], Searcher], past: HistoryFiller) -> None:
    uuids = past.fill(600)
    searcher = make_searcher()
    model = searcher.page.table.model()
    at = NOW + timedelta(seconds=200)
    assert model.number_before(at) == 400  # type: ignore[attr-defined]
    assert model.row_at(400).msg_uuid == uuids[199]  # type: ignore[attr-defined]
    assert model.number_before(NOW) == 599  # type: ignore[attr-defined]
    assert model.number_before(NOW + timedelta(days=1)) == 0  # type: ignore[attr-defined]
    searcher.look_for("通知")
    assert model.number_before(at) == 400  # type: ignore[attr-defined]


def test_a_history_from_before_says_how_far_it_is_and_is_used_meanwhile(
    qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "old.sqlite3"
    step = next(at for at, step in enumerate(STEPS) if any("TABLE chain " in one for one in step))
    with closing(Database(path, steps=STEPS[:step])) as before, before.transaction():
        for number in range(8_000):
            before.run(
                "INSERT INTO sends (msg_uuid, robot_id, robot_name, robot_colour, stage,"
                " is_sandbox, kind, headline, status, created_at, payload)"
                " VALUES (?, 'r', 'R', '', 'test', 0, 'text', '停机', 'delivered', ?,"
                """ '{"msgtype":"text","text":{"content":"停机"}}')""",
                *(f"old-{number}", number * 1_000_000),
            )
    with closing(Database(path)) as database:
        archive = HistoryArchive(database, Settings(tmp_path / "old.ini"), now=lambda: NOW)
        render = RenderContext(ImageStore(), lambda: NAMES)
        history = HistoryStore(database)
        page = HistoryPage(history, Asked().navigator, render, archive, now=lambda: NOW)
        qtbot.addWidget(page)
        page.show()
        searcher = Searcher(qtbot, page, archive)
        with qtbot.waitSignal(archive.upkeep.progressed, timeout=20_000):
            archive.upkeep.start()
        assert searcher.label("history.search.count") == "Being secured as evidence: 0 %"
        assert len(searcher.titles()) == 8_000
        with qtbot.waitSignal(archive.search.index.progressed):
            archive.search.index.start()
        assert searcher.label("history.search.count").startswith("Being indexed: ")
        page.close()
        archive.close()

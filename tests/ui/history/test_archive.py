"""Exporting, reading back, checking and the overview, by the dialogs' own widgets."""

import errno
import sqlite3
from collections.abc import Generator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QDialog,
    QLabel,
    QListWidget,
    QRadioButton,
    QToolButton,
    QToolTip,
    QWidget,
)
from pytestqt.qtbot import QtBot

from dingcomposer.core.delivery import SendJob
from dingcomposer.core.messages import Text
from dingcomposer.core.robot import Robot
from dingcomposer.services.history.archive import HistoryArchive
from dingcomposer.services.history.exports import ExportTask
from dingcomposer.services.settings import Settings
from dingcomposer.storage.archive.sums import BEIJING
from dingcomposer.storage.database import Database
from dingcomposer.storage.evidence.chain import Chain
from dingcomposer.storage.evidence.verification import verified
from dingcomposer.storage.history import HistoryStore
from dingcomposer.ui import questions
from dingcomposer.ui.history.export.dialog import ExportDialog
from dingcomposer.ui.history.export.import_dialog import ImportDialog
from dingcomposer.ui.history.overview.bar_chart import BarChart
from dingcomposer.ui.history.page import HistoryPage
from dingcomposer.ui.history.verification import VerificationDialog
from dingcomposer.ui.preview.bubble.bubble import RenderContext
from dingcomposer.ui.preview.images.store import ImageStore
from dingcomposer.ui.texts.archive.exports import ExportFormat
from tests.fakes.navigators import Asked

from .conftest import NOW, HistoryFiller

OTHER = Robot("other", "测试群")


@pytest.fixture
def asked() -> Asked:
    return Asked()


@pytest.fixture
def page(qtbot: QtBot, past: HistoryFiller, archive: HistoryArchive, asked: Asked) -> HistoryPage:
    for _ in range(3):
        past.deliver()
    past.refuse()
    past.lose()
    past.deliver(Text("致测试群"), OTHER)
    render = RenderContext(ImageStore())
    page = HistoryPage(past.history, asked.navigator, render, archive, now=lambda: NOW)
    qtbot.addWidget(page)
    page.resize(1060, 900)
    page.show()
    return page


def dialog_of(page: HistoryPage, kind: type[QDialog]) -> QDialog:
    return next(one for one in page.findChildren(kind) if one.isVisible())


def button(inside: QWidget, name: str) -> QAbstractButton:
    found = inside.findChild(QAbstractButton, name)
    assert found is not None
    return found


def choose(page: HistoryPage, *rows: int) -> None:
    flags = QItemSelectionModel.SelectionFlag
    for at, row in enumerate(rows):
        index = page.table.model().index(row, 0)
        how = flags.Select | flags.Rows if at else flags.ClearAndSelect | flags.Rows
        page.table.selectionModel().select(index, how)


def answer_with(monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
    monkeypatch.setattr(questions, "choose_new_file", lambda *_args: str(path))
    monkeypatch.setattr(questions, "choose_file", lambda *_args: str(path))


# Export


@pytest.mark.parametrize("chosen", ExportFormat)
def test_what_is_chosen_is_exported(
    *,
    qtbot: QtBot,
    page: HistoryPage,
    asked: Asked,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    chosen: ExportFormat,
) -> None:
    choose(page, 0, 2)
    target = tmp_path / "out"
    answer_with(monkeypatch, target)
    page.archive.export()
    dialog = dialog_of(page, ExportDialog)
    scopes = [one.objectName() for one in dialog.findChildren(QRadioButton)][:2]
    assert scopes == ["export.scope.chosen", "export.scope.all"]
    radio = dialog.findChild(QRadioButton, f"export.format.{chosen.value}")
    assert radio is not None
    QTest.mouseClick(radio, Qt.MouseButton.LeftButton, pos=QPoint(8, radio.height() // 2))
    with qtbot.waitSignal(asked.said) as said:
        QTest.mouseClick(button(dialog, "export.start"), Qt.MouseButton.LeftButton)
    written = target.with_suffix(f".{chosen.value}")
    assert said.args == [f"Exported to {written}"]
    assert written.is_file()
    assert list(tmp_path.glob(".out*")) == []
    if chosen is ExportFormat.CSV:
        text = written.read_text(encoding="utf-8-sig")
        assert "致测试群" in text
        assert text.count("-4000-8000-") == 2
    if chosen is ExportFormat.PDF:
        pdf = written.read_bytes()
        assert pdf.startswith(b"%PDF-")
        assert pdf.rstrip().endswith(b"%%EOF")
        assert pdf.count(b"/Subtype /Image") >= 2
    if chosen is ExportFormat.JSON_LINES:
        assert written.read_text(encoding="utf-8").count("\n") == 3


def test_a_pdf_that_is_cancelled_leaves_nothing(
    qtbot: QtBot, page: HistoryPage, past: HistoryFiller, tmp_path: Path
) -> None:
    page.archive.export()
    dialog = dialog_of(page, ExportDialog)
    assert isinstance(dialog, ExportDialog)
    dialog.choose(ExportFormat.PDF)
    dialog.write_to(tmp_path / "out.pdf")
    qtbot.waitUntil(lambda: list(tmp_path.glob(".out*")) != [])
    dialog.reject()
    qtbot.waitUntil(lambda: not dialog.is_running)
    assert list(tmp_path.glob("*out*")) == []


def test_a_pdf_is_offered_for_as_many_as_it_holds(
    page: HistoryPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dingcomposer.ui.history.export.dialog.MOST_IN_PDF", 5)
    page.archive.export()
    dialog = dialog_of(page, ExportDialog)
    pdf = dialog.findChild(QRadioButton, "export.format.pdf")
    assert pdf is not None
    assert not pdf.isEnabled()
    one = dialog.findChild(QRadioButton, "export.scope.chosen")
    assert one is not None
    one.setChecked(True)
    assert pdf.isEnabled()


def test_what_was_found_is_offered_first(
    qtbot: QtBot, page: HistoryPage, past: HistoryFiller
) -> None:
    page.searching.bar.set_text("status:delivered")
    qtbot.waitUntil(lambda: page.found_keys is not None and len(page.found_keys) == 4)
    page.archive.export()
    dialog = dialog_of(page, ExportDialog)
    words = [one.text() for one in dialog.findChildren(QRadioButton)][:2]
    assert words == ["Those that were found (4)", "All messages (6)"]


def test_a_place_that_cannot_be_written_is_told(
    qtbot: QtBot, page: HistoryPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    answer_with(monkeypatch, tmp_path / "file" / "out.csv")
    page.archive.export()
    dialog = dialog_of(page, ExportDialog)
    words = dialog.findChild(QLabel, "export.words")
    assert words is not None
    QTest.mouseClick(button(dialog, "export.start"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: words.text().startswith("Nothing was exported."))
    assert dialog.isVisible()


def test_a_full_disk_is_said_to_be_one(
    qtbot: QtBot, page: HistoryPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_task: ExportTask) -> Generator[tuple[int, int], None, None]:
        yield 0, 6
        raise OSError(errno.ENOSPC, "no space left")

    monkeypatch.setattr("dingcomposer.ui.history.export.dialog.export", full)
    page.archive.export()
    dialog = dialog_of(page, ExportDialog)
    words = dialog.findChild(QLabel, "export.words")
    assert words is not None
    assert isinstance(dialog, ExportDialog)
    dialog.write_to(tmp_path / "out.csv")
    qtbot.waitUntil(lambda: words.text().startswith("Nothing was exported."))
    assert "The disk is full." in words.text()


# Reading back


def test_an_export_is_read_back_once(
    *,
    qtbot: QtBot,
    page: HistoryPage,
    past: HistoryFiller,
    asked: Asked,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    target = tmp_path / "out.jsonl"
    answer_with(monkeypatch, target)
    page.archive.export()
    dialog = dialog_of(page, ExportDialog)
    assert isinstance(dialog, ExportDialog)
    dialog.choose(ExportFormat.JSON_LINES)
    with qtbot.waitSignal(asked.said):
        dialog.write_to(target)
    with closing(Database(tmp_path / "elsewhere.sqlite3")) as database:
        history = HistoryStore(database)
        elsewhere = HistoryArchive(database, Settings(tmp_path / "e.ini"), now=lambda: NOW)
        render = RenderContext(ImageStore())
        other = HistoryPage(history, asked.navigator, render, elsewhere, now=lambda: NOW)
        qtbot.addWidget(other)
        other.show()
        for sentence in ("6 sends were added.", "0 sends were added. 6 were here already."):
            with qtbot.waitSignal(other.archive.imported):
                other.archive.import_file()
            reading = dialog_of(other, ImportDialog)
            words = reading.findChild(QLabel, "import.words")
            assert words is not None
            assert words.text() == sentence
            assert other.table.model().rowCount() == 6
            reading.reject()
        elsewhere.close()
        other.close()
    assert verified(tmp_path / "elsewhere.sqlite3").is_whole


def test_another_file_is_refused_in_a_sentence(
    qtbot: QtBot, page: HistoryPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("notes", encoding="utf-8")
    answer_with(monkeypatch, path)
    with qtbot.waitSignal(page.archive.imported):
        page.archive.import_file()
    words = dialog_of(page, ImportDialog).findChild(QLabel, "import.words")
    assert words is not None
    assert words.text() == "This is no file that was exported as JSON Lines."


# Checking


def check(qtbot: QtBot, page: HistoryPage) -> VerificationDialog:
    page.archive.verify()
    dialog = dialog_of(page, VerificationDialog)
    assert isinstance(dialog, VerificationDialog)
    qtbot.waitUntil(lambda: dialog.is_over)
    return dialog


def headline(dialog: QDialog) -> str:
    label = dialog.findChild(QLabel, "verification.result.headline")
    assert label is not None
    return label.text()


def test_a_whole_history_says_so_and_its_head_can_be_posted(
    qtbot: QtBot, page: HistoryPage, past: HistoryFiller, asked: Asked
) -> None:
    dialog = check(qtbot, page)
    assert headline(dialog) == "The history is whole."
    head = Chain(past.database).head()
    assert head is not None
    QTest.mouseClick(button(dialog, "verification.copy"), Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == f"6:{head.digest}"
    with qtbot.waitSignal(asked.opened_as_new) as opened:
        QTest.mouseClick(button(dialog, "verification.post"), Qt.MouseButton.LeftButton)
    assert head.digest in opened.args[0].content


def test_a_changed_send_is_named_and_gone_to(
    qtbot: QtBot, page: HistoryPage, past: HistoryFiller
) -> None:
    with closing(sqlite3.connect(past.database.path, isolation_level=None)) as tool:
        tool.execute("UPDATE sends SET robot_name = 'x' WHERE key = 2")
    dialog = check(qtbot, page)
    assert headline(dialog) == "The history was changed outside of this program."
    found = dialog.findChild(QListWidget, "verification.findings")
    assert found is not None
    assert found.item(0).text().startswith("This send was changed after it was finished (link 2).")
    found.itemActivated.emit(found.item(0))
    assert page.selected == "00000002-0000-4000-8000-000000000000"


# The overview


def chart(page: HistoryPage, name: str) -> BarChart:
    found = page.findChild(BarChart, f"history.overview.{name}")
    assert found is not None
    return found


def test_the_overview_counts_what_was_sent(page: HistoryPage) -> None:
    today = NOW.astimezone(BEIJING).date()
    days = chart(page, "days").bars
    assert [bar.value for bar in days] == [0] * (today.day - 1) + [6]
    assert [(bar.label, bar.value) for bar in chart(page, "outcomes").bars] == [
        ("Delivered", 4),
        ("Refused", 1),
        ("Unknown", 1),
    ]
    assert [(bar.label, bar.value) for bar in chart(page, "robots").bars] == [
        ("运维值班", 5),
        ("测试群", 1),
    ]
    assert len(chart(page, "causes").bars) == 2
    plan = page.findChild(QLabel, "history.overview.plan")
    assert plan is not None
    assert plan.text() == "Calls this month: 6 of 3,000"
    assert all(bar.sign is not None for bar in chart(page, "outcomes").bars)


@pytest.mark.parametrize(
    ("name", "at", "rows"),
    [("days", -1, 6), ("outcomes", 1, 1), ("causes", 0, 1), ("robots", 0, 5)],
)
def test_a_click_on_a_bar_filters_by_it(
    qtbot: QtBot, page: HistoryPage, name: str, at: int, rows: int
) -> None:
    bars = chart(page, name)
    number = at % len(bars.bars)
    if name == "days":
        place = QPoint(int((number + 0.5) * bars.width() / len(bars.bars)), bars.height() // 2)
    else:
        place = QPoint(bars.width() // 2, number * 22 + 11)
    QTest.mouseClick(bars, Qt.MouseButton.LeftButton, pos=place)
    qtbot.waitUntil(lambda: page.found_keys is not None and len(page.found_keys) == rows)
    assert bars.bars[number].value == rows


@pytest.mark.qt_log_ignore("This plugin does not support raise", extend=True)
def test_the_keyboard_walks_over_the_bars_and_chooses(qtbot: QtBot, page: HistoryPage) -> None:
    bars = chart(page, "outcomes")
    bars.setFocus()
    assert bars.accessibleDescription() == "Delivered: 4 of 6 messages (66.7 %)"
    QTest.keyClick(bars, Qt.Key.Key_Down)
    assert bars.accessibleDescription() == "Refused: 1 of 6 messages (16.7 %)"
    assert "Refused: 1 of 6 messages (16.7 %)" in QToolTip.text()  # as hovering tells it
    QTest.keyClick(bars, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.found_keys is not None and len(page.found_keys) == 1)


def test_tab_leads_through_the_bars_to_the_search_and_the_table(page: HistoryPage) -> None:
    page.resize(1_200, 1_000)  # all of them have room
    names: list[str] = []
    widget = page.nextInFocusChain()
    while widget is not None and widget is not page:
        if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            names.append(widget.objectName())
        widget = widget.nextInFocusChain()
    charts = [f"history.overview.{one}" for one in ("days", "outcomes", "causes", "robots")]
    order = [name for name in names if name in (*charts, "history.search", "history.table")]
    assert order == [*charts, "history.search", "history.table"]


def test_a_month_without_messages_says_so(
    qtbot: QtBot, past: HistoryFiller, archive: HistoryArchive, asked: Asked
) -> None:
    past.deliver()
    later = NOW + timedelta(days=40)
    render = RenderContext(ImageStore())
    page = HistoryPage(past.history, asked.navigator, render, archive, now=lambda: later)
    qtbot.addWidget(page)
    page.resize(1060, 900)
    page.show()
    total = page.findChild(QLabel, "history.overview.total")
    assert total is not None
    assert total.text() == "No message in this time yet"
    assert chart(page, "outcomes").bars == ()


def test_the_figures_follow_a_send(qtbot: QtBot, page: HistoryPage, past: HistoryFiller) -> None:
    uuid = past.deliver()
    page.show_send(past.row(uuid))
    qtbot.waitUntil(lambda: chart(page, "outcomes").bars[0].value == 5)


def test_in_a_low_window_the_overview_gives_way_until_it_is_opened(
    qtbot: QtBot, page: HistoryPage
) -> None:
    bars = chart(page, "days")
    assert bars.isVisible()
    page.resize(1200, 800)  # in a window of 1440 by 900
    assert bars.isVisible()
    page.resize(1060, 600)
    assert not bars.isVisible()
    fold = page.findChild(QToolButton, "history.overview.fold")
    assert fold is not None
    QTest.mouseClick(fold, Qt.MouseButton.LeftButton)
    assert bars.isVisible()


def test_a_year_and_all_are_shown_by_month(
    qtbot: QtBot, page: HistoryPage, past: HistoryFiller
) -> None:
    past.count -= 40 * 24 * 3600
    past.history.add(SendJob("old", OTHER, Text("alt"), NOW - timedelta(days=40)))
    page.overview.refresh()
    for period, months in (("year", 12), ("ever", 3)):
        QTest.mouseClick(
            button(page, f"history.overview.period.{period}"),
            Qt.MouseButton.LeftButton,
        )
        bars = chart(page, "days").bars
        assert len(bars) == months if period == "year" else len(bars) in (2, months)
        assert sum(bar.value for bar in bars) == 7

"""Keeping the history, by its dialog: what would go is said before, and nothing goes unasked."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QListWidget, QSpinBox
from pytestqt.qtbot import QtBot

from dingcomposer.core.messages import Mentions, Text
from dingcomposer.core.robot import Robot, Stage
from dingcomposer.services.history.archive import HistoryArchive
from dingcomposer.ui import questions
from dingcomposer.ui.history.upkeep_dialog import UpkeepDialog
from dingcomposer.ui.questions import Question
from tests.fakes.widget_driver import WidgetDriver

from .conftest import HistoryFiller

Asked = list[Question]
TEST_GROUP = Robot("t", "测试群", "#00B042", Stage.TEST)


class Keeper(WidgetDriver):
    """A person who keeps the history in order."""

    def __init__(self, qtbot: QtBot, dialog: UpkeepDialog, archive: HistoryArchive) -> None:
        super().__init__(dialog)
        self.qtbot, self.dialog, self.archive = qtbot, dialog, archive

    def words(self, name: str) -> str:
        label = self.dialog.findChild(QLabel, name)
        assert label is not None
        return label.text()

    def keep(self, name: str, kind: int, number: int) -> None:
        """Set how long a class is kept, and see what would go."""
        combo = next(
            one for one in self.dialog.findChildren(QComboBox) if one.accessibleName() == name
        )
        spin = next(
            one for one in self.dialog.findChildren(QSpinBox) if one.accessibleName() == name
        )
        combo.setCurrentIndex(kind)
        with self.qtbot.waitSignal(self.archive.removal.planned):
            spin.setValue(number)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Asked:
    """Every question, answered with its destructive choice."""
    heard: Asked = []

    def answer(_parent: object, question: Question) -> str:
        heard.append(question)
        return next(one.key for one in question.choices if one.is_destructive)

    monkeypatch.setattr(questions, "ask", answer)
    return heard


@pytest.fixture
def make_keeper(qtbot: QtBot, archive: HistoryArchive) -> Callable[[], Keeper]:
    def make() -> Keeper:
        dialog = UpkeepDialog(archive, lambda: {"13800138000": "王芳"})
        qtbot.addWidget(dialog)
        with qtbot.waitSignal(archive.removal.planned):
            dialog.show()
        return Keeper(qtbot, dialog, archive)

    return make


def test_what_would_go_is_said_and_goes_once_it_was_asked(
    qtbot: QtBot,
    past: HistoryFiller,
    archive: HistoryArchive,
    make_keeper: Callable[[], Keeper],
    asked: Asked,
) -> None:
    for _ in range(5):
        past.deliver()
    past.refuse()
    keeper = make_keeper()
    assert keeper.words("history.upkeep.preview") == "By these rules nothing goes now."
    keeper.keep("Production, Delivered", 2, 2)
    assert "3 message(s) would go." in keeper.words("history.upkeep.preview")
    assert "通知 1" in keeper.words("history.upkeep.preview")
    assert len(past.history.all_sends()) == 6
    with qtbot.waitSignal(archive.removal.completed) as completed:
        keeper.click("history.upkeep.apply")
    assert completed.args == [3]
    assert asked[0].text == "Delete for good: 3 messages?"
    assert list(past.history.all_sends().keys(0, 9)) == [6, 5, 4]
    again = make_keeper()
    assert again.words("history.upkeep.preview") == "By these rules nothing goes now."
    assert [one.rows for one in archive.removal.rules if one.rows] == [2]


def test_what_would_go_is_told_by_outcome_and_by_where_it_went(
    past: HistoryFiller, make_keeper: Callable[[], Keeper]
) -> None:
    for _ in range(3):
        past.deliver()
    past.refuse()
    past.refuse()
    past.deliver(robot=TEST_GROUP)
    past.deliver(robot=TEST_GROUP)
    keeper = make_keeper()
    keeper.keep("Production, Delivered", 2, 1)
    keeper.keep("Production, Refused", 2, 1)
    keeper.keep("Test and sandbox, Delivered", 2, 1)
    lines = keeper.words("history.upkeep.preview").splitlines()
    assert lines[:3] == [
        "4 message(s) would go.",
        "Production: Delivered 2, Refused 1",
        "Test and sandbox: Delivered 1",
    ]


def test_whoever_says_no_keeps_everything(
    past: HistoryFiller, make_keeper: Callable[[], Keeper], monkeypatch: pytest.MonkeyPatch
) -> None:
    past.deliver()
    past.deliver()
    monkeypatch.setattr(questions, "ask", lambda *_: "back")
    keeper = make_keeper()
    keeper.keep("Production, Delivered", 2, 1)
    keeper.click("history.upkeep.apply")
    assert not keeper.archive.removal.is_busy
    assert keeper.archive.removal.rules == ()
    assert len(past.history.all_sends()) == 2


def test_what_mentions_a_person_goes_by_name_and_by_number(
    qtbot: QtBot,
    past: HistoryFiller,
    archive: HistoryArchive,
    make_keeper: Callable[[], Keeper],
    asked: Asked,
) -> None:
    past.deliver(Text("@13800138000 请处理", Mentions(("13800138000",))))
    past.deliver(Text("王芳今天请假"))
    past.deliver(Text("别人"))
    keeper = make_keeper()
    keeper.click("history.upkeep.part.person")
    keeper.get(QLineEdit, "history.upkeep.person").setText("王芳")
    with qtbot.waitSignal(archive.removal.person_planned):
        keeper.click("history.upkeep.find")
    assert "2 message(s) would go." in keeper.words("history.upkeep.person.preview")
    with qtbot.waitSignal(archive.removal.completed):
        keeper.click("history.upkeep.delete")
    assert "backups" in asked[0].details
    assert list(past.history.all_sends().keys(0, 9)) == [3]


def test_what_else_holds_a_persons_name_is_told_before_it_goes(
    qtbot: QtBot,
    past: HistoryFiller,
    archive: HistoryArchive,
    make_keeper: Callable[[], Keeper],
    asked: Asked,
) -> None:
    past.deliver(Text("别人"))
    past.database.run("INSERT INTO searches (name, question) VALUES ('芳', '王芳')")
    past.database.run("INSERT INTO contacts VALUES (1, '王芳', '13800138000', '', '', '')")
    keeper = make_keeper()
    keeper.click("history.upkeep.part.person")
    field = keeper.get(QLineEdit, "history.upkeep.person")
    field.setText("13800138000")
    with qtbot.waitSignal(archive.removal.person_planned):
        QTest.keyClick(field, Qt.Key.Key_Return)
    assert keeper.dialog.isVisible()  # Enter looks, and closes nothing
    said = keeper.words("history.upkeep.person.preview")
    assert "Nothing in the history mentions this person." in said
    assert "And 1 thing(s) of the past" in said
    assert "1 contact(s)" in said
    keeper.click("history.upkeep.delete")
    assert asked
    assert not past.database.rows("SELECT 1 FROM searches")


def test_a_backup_is_made_listed_looked_into_and_put_ready(
    qtbot: QtBot,
    past: HistoryFiller,
    archive: HistoryArchive,
    make_keeper: Callable[[], Keeper],
    asked: Asked,
) -> None:
    past.deliver()
    keeper = make_keeper()
    listed = keeper.dialog.findChild(QListWidget, "history.upkeep.backups")
    assert listed is not None
    assert listed.count() == 0
    assert archive.safety.back_up()
    qtbot.waitUntil(lambda: listed.count() == 1)
    assert keeper.words("history.upkeep.said") == "The backup is made."
    listed.setCurrentRow(0)
    with qtbot.waitSignal(archive.safety.backup_checked):
        archive.safety.check_backup(archive.safety.folder.list()[0].path)
    assert asked[0].text == "Restore this backup? It holds 1 message(s)."
    assert "next start" in keeper.words("history.upkeep.said")
    assert past.database.path.with_name(f"{past.database.path.name}.restore").exists()


def test_a_check_says_that_all_is_well_or_what_is_not(
    qtbot: QtBot, past: HistoryFiller, archive: HistoryArchive, make_keeper: Callable[[], Keeper]
) -> None:
    past.deliver()
    past.deliver()
    keeper = make_keeper()
    with qtbot.waitSignal(archive.search.index.completed):
        archive.search.index.start()
    with qtbot.waitSignal(archive.safety.checked):
        archive.safety.check()
    assert keeper.words("history.upkeep.said").startswith("The database is sound")
    past.database.run("DELETE FROM send_words_1_docsize WHERE id = 1")
    with qtbot.waitSignal(archive.safety.checked):
        archive.safety.check()
    assert keeper.words("history.upkeep.said") == "1 message(s) missing in the search."


def test_weekly_backups_are_made_by_themselves(
    qtbot: QtBot, past: HistoryFiller, archive: HistoryArchive
) -> None:
    archive.safety.start()
    assert not archive.safety.is_busy  # nothing was sent yet
    past.deliver()
    with qtbot.waitSignal(archive.safety.backed_up):
        archive.safety.start()
    assert [one.is_automatic for one in archive.safety.folder.list()] == [True]
    archive.safety.start()
    assert not archive.safety.is_busy

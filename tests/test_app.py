"""What the whole program does where the machine or the person does something unexpected."""

import errno
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from keyring import errors
from PySide6.QtCore import QCoreApplication, QPoint, Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from dingcomposer.core.delivery import Fault, Status
from dingcomposer.core.messages import Kind, Mentions, Text
from dingcomposer.core.robot import Stage
from dingcomposer.runtime import AlreadyOpen, DamagedDatabase, StartError
from dingcomposer.sandbox.faults import FaultKind, FaultPlan
from dingcomposer.services.translations import Language, Translators
from dingcomposer.storage.database import Database
from dingcomposer.storage.migrations import STEPS
from dingcomposer.storage.secrets import no_keyring
from dingcomposer.ui import questions
from dingcomposer.ui.history.backup_form import ask_at_the_start
from dingcomposer.ui.questions import Question
from dingcomposer.ui.robots.dialog import RobotDialog
from dingcomposer.ui.send import confirm_dialog
from tests.fakes import old_schemas
from tests.fakes.fake_dialogs import Answer, FakeConfirmations
from tests.fakes.fake_keyring import FakeKeyring
from tests.fakes.programs import Person, Start, fill_disk, free_disk

ROOT = Path(__file__).parents[1]


def database_of(tmp_path: Path) -> Path:
    return tmp_path / "data" / "dingcomposer.sqlite3"


# Starting


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (Language.ENGLISH, r"The folder .* cannot be created\."),
        (Language.CHINESE, "无法创建文件夹"),
    ],
)
def test_a_folder_below_a_file_is_told_in_a_sentence(
    qapp: QApplication, start: Start, tmp_path: Path, language: Language, words: str
) -> None:
    (tmp_path / "file").write_text("here", encoding="utf-8")
    try:
        with pytest.raises(StartError, match=rf"^{words}.*\n.*--data-dir"):
            start(data_dir=tmp_path / "file" / "data", language=language)
    finally:
        Translators(qapp).use(Language.ENGLISH)


@contextmanager
def no_handles() -> Iterator[None]:
    """This process can open nothing more; what is open stays so."""
    resource = pytest.importorskip("resource")
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (1, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def test_without_a_handle_nothing_leaves_and_that_is_the_reason_that_is_told(
    start: Start, expect_log: Callable[[str], None]
) -> None:
    expect_log("what was committed could not be synced")
    expect_log("not written: no_handles")
    person = start()
    person.write_text("first")
    assert person.send().status is Status.DELIVERED
    person.write_text(", second")
    with no_handles():
        row = person.send()
    assert (row.status, row.fault) == (Status.NOT_SENT, Fault.NO_HANDLES)
    assert "no handles are left" in person.read_verdict()
    assert "disk" not in person.read_verdict()
    assert len(person.sandbox.exchanges()) == 1
    assert person.send().status is Status.DELIVERED


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (OSError(errno.EMFILE, "Too many open files"), "no handles are left"),
        (ValueError("odd"), "Something went wrong in this program. If it happens again"),
    ],
)
def test_what_nobody_caught_is_said_and_not_in_the_log_alone(
    start: Start, expect_log: Callable[[str], None], error: Exception, words: str
) -> None:
    expect_log("Nobody caught this")
    person = start()
    sys.excepthook(type(error), error, None)
    assert words in person.driver.read("status.said")


def test_a_second_start_on_the_same_folder_is_refused_and_raises_the_first(
    start: Start, qtbot: QtBot, expect_log: Callable[[str], None]
) -> None:
    expect_log(r"does not support raise\(\)")  # the offscreen platform has no stack of windows
    person = start()
    with (
        qtbot.waitSignal(person.program.instance.raised),
        pytest.raises(AlreadyOpen, match="already open") as refused,
    ):
        start()
    assert refused.value.was_raised
    person.write_text("the first one lives on")
    assert person.send().status is Status.DELIVERED


def test_a_database_of_a_newer_version_is_left_alone(start: Start, tmp_path: Path) -> None:
    start().program.shut_down()
    connection = sqlite3.connect(database_of(tmp_path))
    connection.execute("PRAGMA user_version = 9999")
    connection.close()
    before = database_of(tmp_path).read_bytes()
    with pytest.raises(StartError, match="newer version"):
        start()
    assert database_of(tmp_path).read_bytes() == before


@pytest.mark.parametrize("version", [1, 7, 14, 20])
def test_a_data_folder_of_an_earlier_version_opens_and_is_used_at_once(
    version: int, start: Start, tmp_path: Path
) -> None:
    data = database_of(tmp_path).parent
    (data / "config").mkdir(parents=True)
    settings = data / "config" / "dingcomposer.ini"
    settings.write_text("[General]\nof_another_version=7\ntheme=dark\n", encoding="utf-8")
    old_schemas.unpack(version, database_of(tmp_path))
    person = start()
    names = [one.name for one in person.program.robot_profiles.robots if not one.is_sandbox]
    assert names == ["运维0群", "运维1群", "运维2群"]
    assert len(person.program.history.all_sends()) == old_schemas.SENDS
    person.add_group("试发群", Stage.TEST)
    person.new_message()
    person.aim("试发群")
    person.write_text("after the update")
    assert person.send().status is Status.DELIVERED
    person.program.shut_down()
    copy = data / f"dingcomposer.sqlite3.v{version}"
    with closing(sqlite3.connect(copy)) as kept:
        assert kept.execute("SELECT count(*) FROM sends").fetchone() == (old_schemas.SENDS,)
        assert kept.execute("PRAGMA user_version").fetchone() == (version,)
    assert "of_another_version=7" in settings.read_text(encoding="utf-8")


def test_who_goes_back_to_an_earlier_version_is_told_of_the_copy_and_finds_everything_in_it(
    start: Start, tmp_path: Path
) -> None:
    person = start()
    person.write_text("before the update")
    row = person.send()
    person.program.shut_down()
    later = (*STEPS, ("CREATE TABLE of_a_later_version (a INTEGER) STRICT",))
    Database(database_of(tmp_path), steps=later).close()
    copy = f"dingcomposer.sqlite3.v{len(STEPS)}"
    with pytest.raises(StartError, match=f"To go back to this version: {copy} beside it"):
        start()
    # As the sentence says:
    database_of(tmp_path).rename(tmp_path / "elsewhere")
    (tmp_path / "data" / copy).rename(database_of(tmp_path))
    again = start()
    assert again.program.history.row(row.msg_uuid) == row
    assert again.program.session.draft.text == "before the update"


def test_a_damaged_database_is_left_alone(start: Start, tmp_path: Path) -> None:
    start().program.shut_down()
    database_of(tmp_path).write_bytes(b"no database" * 1000)
    with pytest.raises(StartError, match="damaged"):
        start()
    assert database_of(tmp_path).read_bytes() == b"no database" * 1000


@pytest.mark.parametrize("chosen", ["restore", "anew", "close"])
def test_a_damaged_database_gives_way_to_a_backup_or_to_an_empty_one(
    start: Start,
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    chosen: str,
) -> None:
    person = start()
    person.write_text("在备份里")
    assert person.send().status is Status.DELIVERED
    safety = person.program.history_archive().safety
    with qtbot.waitSignal(safety.backed_up):
        safety.back_up()
    person.program.shut_down()
    path = database_of(tmp_path)
    path.write_bytes(b"no database" * 1000)
    with pytest.raises(DamagedDatabase) as caught:
        start()
    asked: list[Question] = []

    explained: list[tuple[str, Language]] = []

    def answer(_parent: object, question: Question) -> str:
        asked.append(question)
        return chosen if explained else "meaning"

    def explain(topic: str, language: Language) -> None:
        explained.append((topic, language))

    monkeypatch.setattr(questions, "ask", answer)
    language = caught.value.language
    assert ask_at_the_start(caught.value.path, language, explain) is (chosen != "close")
    assert explained == [("storage.damaged", Language.ENGLISH)]
    assert "It holds 1 messages" in asked[0].details
    assert QCoreApplication.translate("_Preview", "%Ln message(s) would go.", "", 1) == (
        "1 message(s) would go."
    ), "a start that failed leaves no language on"
    assert str(path) in asked[0].details
    if chosen == "close":
        assert path.read_bytes() == b"no database" * 1000
        return
    again = start()
    assert len(again.program.history.all_sends()) == (1 if chosen == "restore" else 0)
    aside = path.with_name(f"{path.name}.aside-1")
    assert aside.read_bytes() == b"no database" * 1000


def test_a_locked_database_is_told_in_a_sentence(start: Start, tmp_path: Path) -> None:
    start().program.shut_down()
    other = sqlite3.connect(database_of(tmp_path))
    other.execute("BEGIN EXCLUSIVE")
    try:
        with pytest.raises(StartError, match="Another program is using"):
            start()
    finally:
        other.close()
    assert start().statuses() == []


def test_writing_begins_at_once_without_a_click(start: Start) -> None:
    person = start()
    person.program.show()
    assert person.program.window.focusWidget() is person.driver.find("compose.text")


# Writing and keeping


def test_a_full_disk_keeps_the_draft_in_the_window_and_sends_nothing(
    start: Start, answer: Answer, expect_log: Callable[[str], None]
) -> None:
    expect_log("not written: full")
    answers = answer()
    person = start()
    fill_disk(person)
    person.write_text("long " * 3000)
    person.program.session.flush()
    said = person.program.window.status.findChild(QLabel, "status.said")
    assert said is not None
    assert "disk is full" in said.text()
    person.driver.click("compose.send")
    assert [one.name for one in answers.asked] == ["unwritten"]
    assert person.program.session.draft.text.startswith("long")
    assert person.sandbox.exchanges() == ()
    free_disk(person)
    assert person.send().status is Status.DELIVERED


def test_a_killed_program_has_its_draft_and_its_target_back(tmp_path: Path, start: Start) -> None:
    script = (
        "import sys, os\n"
        "from pathlib import Path\n"
        "from dingcomposer import app\n"
        "from dingcomposer.core.draft import Draft\n"
        "from dingcomposer.core.robot import Robot\n"
        "from dingcomposer.storage.secrets import no_keyring\n"
        "from dingcomposer.runtime import make_application\n"
        "application = make_application(['x'])\n"
        "options = app.Options(data_dir=Path(sys.argv[1]), find_keyring=no_keyring)\n"
        "program = app.build(application, options)\n"
        "program.robot_profiles.add(Robot('duty', '运维值班'))\n"
        "program.session.edit(Draft(text='写到一半'))\n"
        "program.session.set_target('duty')\n"
        "program.autosave.saved.connect(lambda: os._exit(9))\n"
        "application.exec()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / "data")],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=False,
        timeout=60,
    )
    assert done.returncode == 9
    again = start()
    assert again.program.session.draft.text == "写到一半"
    assert again.target_id == "duty"


def test_a_production_robot_is_asked_about_once_with_group_and_message(
    start: Start, confirmed: FakeConfirmations
) -> None:

    person = start()
    _make_production(person)
    confirmed.reply = False
    person.write_text("to everybody who matters")
    person.driver.click("compose.send")
    assert person.statuses() == []
    confirmed.reply = True
    assert person.send().status is Status.DELIVERED
    shown = confirmed.shown
    assert [one.robot.name for one in shown] == ["Sandbox", "Sandbox"]
    assert shown[0].message == shown[1].message


def test_at_everyone_is_asked_about_even_for_a_test_robot(
    start: Start, confirmed: FakeConfirmations
) -> None:
    confirmed.reply = False
    person = start()
    person.write_text("hello")
    QTest.mouseClick(
        person.driver.find("compose.mentions.is_all"), Qt.MouseButton.LeftButton, pos=_left(person)
    )
    person.driver.click("compose.send")
    assert len(confirmed.shown) == 1
    assert person.statuses() == []


def test_the_confirmation_shows_group_message_and_who_is_pinged(start: Start, qtbot: QtBot) -> None:
    person = start()
    _make_production(person)
    robot = person.program.robot_profiles.robots[0]
    message = Text("hello @13800000000", Mentions(("13800000000",)))
    dialog = confirm_dialog.ConfirmDialog(confirm_dialog.Confirmation(message, robot))
    qtbot.addWidget(dialog)
    dialog.show()
    words = " ".join(label.text() for label in dialog.findChildren(QLabel))
    assert "Sandbox" in words
    assert "production" in words
    assert "13800000000" in words
    back = dialog.findChild(QWidget, "confirm.back")
    assert back is not None
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert dialog.result() == 0


def test_an_empty_message_is_asked_about_and_not_sent(start: Start, answer: Answer) -> None:
    answers = answer()
    person = start()
    person.driver.click("compose.send")
    (question,) = answers.asked
    assert question.name == "insist"
    assert "Text" in question.details
    assert person.statuses() == []


def test_a_picture_that_nobody_would_see_is_asked_about_without_a_word_of_refusing(
    start: Start, answer: Answer
) -> None:
    answers = answer()
    person = start()
    draft = replace(
        person.program.session.draft,
        kind=Kind.MARKDOWN,
        title="通知",
        text="![图](file:///C:/a.png)",
    )
    person.program.session.edit(draft)
    person.program.window.flow.send()
    (question,) = answers.asked
    assert "refuse" not in question.text
    assert "picture" in question.text
    assert "https://" in question.details
    assert person.statuses() == []


def test_half_a_character_cannot_be_insisted_on(start: Start, answer: Answer) -> None:
    answers = answer(insist="send")
    person = start()
    person.program.session.edit(replace(person.program.session.draft, text="a\ud83db"))
    person.program.window.flow.send()
    (question,) = answers.asked
    assert [choice.key for choice in question.choices] == ["back"]
    assert person.statuses() == []


# While something is under way


def test_typing_goes_on_while_a_server_keeps_silent_and_the_same_is_not_sent_twice(
    start: Start, answer: Answer
) -> None:
    answer(close="close")
    person = start()
    person.sandbox.robot.faults = (FaultPlan(FaultKind.SILENT, times=None),)
    person.write_text("hello")
    person.driver.click("compose.send")
    person.wait(person.sandbox.exchanges)
    assert not person.driver.find("compose.send").isEnabled()
    person.driver.type("compose.text", ", and more")
    assert person.program.session.draft.text == "hello, and more"
    person.wait(person.driver.find("compose.send").isEnabled)
    person.program.shut_down()


def test_close_now_calls_unknown_what_was_under_way(start: Start, answer: Answer) -> None:
    answers = answer(close="close")
    person = start()
    person.sandbox.robot.faults = (FaultPlan(FaultKind.SILENT, times=None),)
    person.write_text("hello")
    person.driver.click("compose.send")
    person.wait(person.sandbox.exchanges)
    event = QCloseEvent()
    QApplication.sendEvent(person.program.window, event)
    assert event.isAccepted()
    assert [one.name for one in answers.asked] == ["close"]
    person.program.shut_down()
    row = start().program.history.page()[0]
    assert (row.status, row.fault) == (Status.UNKNOWN, Fault.CLOSED_WHILE_WAITING)


def test_staying_keeps_the_window_open(start: Start, answer: Answer) -> None:
    answers = answer(close="stay")
    person = start()
    person.sandbox.robot.faults = (FaultPlan(FaultKind.SILENT, times=None),)
    person.write_text("hello")
    person.driver.click("compose.send")
    person.wait(person.sandbox.exchanges)
    event = QCloseEvent()
    QApplication.sendEvent(person.program.window, event)
    assert not event.isAccepted()
    assert len(answers.asked) == 1


# Keyrings


def test_a_robot_without_keyring_works_in_this_run_and_is_asked_for_in_the_next(
    start: Start, qtbot: QtBot
) -> None:
    person = start(find_keyring=no_keyring)
    notice = person.program.window.status.findChild(QLabel, "status.notice")
    assert notice is not None
    webhook = f"{person.sandbox.url}?access_token={person.sandbox.access_token}"
    person.add_robot("mine", f"{webhook}\n{person.sandbox.secret}")
    person.wait(lambda: "password store" in notice.text())
    person.write_text("hello")
    person.aim("mine")
    assert person.send().status is Status.DELIVERED
    person.program.shut_down()
    again = start(find_keyring=no_keyring)
    again.wait(lambda: again.program.window.findChildren(QWidget, "missing"))


def test_without_a_robot_that_could_have_a_webhook_the_keyring_is_left_alone(start: Start) -> None:
    asked: list[FakeKeyring] = []

    def find() -> FakeKeyring:
        asked.append(FakeKeyring({}))
        return asked[-1]

    person = start(find_keyring=find)
    person.write_text("hello")
    assert person.send().status is Status.DELIVERED
    assert asked == []
    dialog = RobotDialog(person.program.robot_profiles, parent=person.program.window)
    person.wait(lambda: asked)
    dialog.deleteLater()


def test_a_locked_keyring_is_told_and_nothing_leaves(start: Start, ring: FakeKeyring) -> None:
    person = start()
    webhook = f"{person.sandbox.url}?access_token={person.sandbox.access_token}"
    person.add_robot("mine", f"{webhook}\n{person.sandbox.secret}")
    kept = dict(ring.entries)
    person.program.shut_down()
    locked = FakeKeyring(kept, errors.KeyringLocked("locked"), ("get", "set"))
    again = start(find_keyring=lambda: locked)
    again.write_text("hello")
    again.aim("mine")
    row = again.send()
    assert (row.status, row.fault) == (Status.NOT_SENT, Fault.SECRETS_LOCKED)
    assert "password store is locked" in again.read_verdict()
    assert locked.entries == kept


def test_a_keyring_that_hangs_does_not_hold_up_the_window(start: Start) -> None:
    slow = FakeKeyring({})
    slow.may_go_on.clear()
    try:
        person = start(find_keyring=lambda: slow)
        person.write_text("hello")
        assert person.send().status is Status.DELIVERED
    finally:
        slow.may_go_on.set()


def _make_production(person: Person) -> None:
    sandbox = person.program.robot_profiles.robots[0]
    person.program.robot_profiles.save(replace(sandbox, stage=Stage.PRODUCTION))


def _left(person: Person) -> QPoint:
    return QPoint(10, person.driver.find("compose.mentions.is_all").height() // 2)

"""The list of robots as a person uses it: aiming, keys, order, menus, what is missing."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from keyring import errors
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QMenu
from pytestqt.qtbot import QtBot

from dingcomposer.core.delivery import SendJob
from dingcomposer.core.messages import Text
from dingcomposer.core.robot import CLEARLY_APART, Robot, Stage, distance
from dingcomposer.storage.database import StorageFault
from dingcomposer.storage.history import HistoryStore
from dingcomposer.storage.secrets import SERVICE, SecretsReason
from dingcomposer.ui import theme
from dingcomposer.ui.robots.list_delegate import pencil_rect
from dingcomposer.ui.robots.list_panel import RobotListPanel
from dingcomposer.ui.texts.robots import secrets_trouble, stage_word
from dingcomposer.ui.texts.storage import secrets_sentence, storage_sentence
from tests.fakes.fake_dialogs import FakeQuestions
from tests.fakes.fake_keyring import FakeKeyring

from .conftest import DUTY, SANDBOX, SECRET, TOKEN, TRIAL, RobotsHarness

LEFT = Qt.MouseButton.LeftButton
ALT = Qt.KeyboardModifier.AltModifier
SPOKEN = Qt.ItemDataRole.AccessibleTextRole
TIP = Qt.ItemDataRole.ToolTipRole


TEST, PRODUCTION = stage_word(Stage.TEST), stage_word(Stage.PRODUCTION)


class RobotListDriver:
    """A person at the list, which follows the aim as the window makes it."""

    def __init__(self, harness: RobotsHarness, qtbot: QtBot, target: str | None = None) -> None:
        self.harness = harness
        self.list = RobotListPanel(harness.robot_profiles)
        qtbot.addWidget(self.list)
        self.list.set_target(target)
        self.aims: list[str | None] = []
        self.edits: list[str] = []
        self.said: list[str] = []
        self.list.target_chosen.connect(self.aims.append)
        self.list.target_chosen.connect(self.list.set_target)
        self.list.edit_requested.connect(self.edits.append)
        self.list.said.connect(self.said.append)
        self.list.resize(200, 400)
        self.list.show()
        self.list.activateWindow()
        self.list.view.setFocus()

    @property
    def order(self) -> list[str]:
        return [robot.robot_id for robot in self.harness.robot_profiles.robots]

    def at(self, row: int) -> QPoint:
        return self.list.view.visualRect(self.list.model.index(row)).center()

    def click(self, row: int) -> None:
        QTest.mouseClick(self.list.view.viewport(), LEFT, pos=self.at(row))

    def double_click(self, row: int) -> None:
        """As a mouse does it: the first of the two is a click like any other."""
        self.click(row)
        QTest.mouseDClick(self.list.view.viewport(), LEFT, pos=self.at(row))

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier | None = None) -> None:
        QTest.keyClick(self.list.view, key, modifier or Qt.KeyboardModifier.NoModifier)

    def go_to(self, row: int) -> None:
        self.list.view.setCurrentIndex(self.list.model.index(row))

    def row(self, row: int, role: int) -> str:
        return str(self.list.model.index(row).data(role))

    def actions(self, row: int) -> dict[str, QAction]:
        menu = self.list.menu_for(self.list.model.index(row))
        return {
            action.objectName().removeprefix("robots.menu."): action
            for action in menu.actions()
            if not action.isSeparator()
        }


@pytest.fixture
def driver(harness: RobotsHarness, qtbot: QtBot) -> RobotListDriver:
    """A list of three robots; the message is for the sandbox."""
    harness.robot_profiles.add(SANDBOX)
    harness.add(DUTY, secret=SECRET)
    harness.add(TRIAL)
    return RobotListDriver(harness, qtbot, "sandbox")


def test_a_click_aims(driver: RobotListDriver) -> None:
    driver.click(1)
    assert driver.aims == ["duty"]
    assert driver.edits == []


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_enter_and_space_aim(driver: RobotListDriver, key: Qt.Key) -> None:
    driver.go_to(2)
    driver.key(key)
    assert driver.aims == ["trial"]


def test_the_arrow_keys_move_the_row_and_not_the_aim(driver: RobotListDriver) -> None:
    driver.go_to(0)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_End, Qt.Key.Key_Home):
        driver.key(key)
    driver.key(Qt.Key.Key_Down)
    assert driver.list.view.currentIndex().row() == 1
    assert driver.aims == []
    assert driver.list.model.target_id == "sandbox"


def test_a_double_click_edits_and_leaves_the_aim_where_it_was(driver: RobotListDriver) -> None:
    driver.double_click(1)
    assert driver.edits == ["duty"]
    assert driver.list.model.target_id == "sandbox"
    assert driver.aims[-1] == "sandbox"


def test_a_double_click_on_the_aim_keeps_it(driver: RobotListDriver) -> None:
    driver.double_click(0)
    assert driver.edits == ["sandbox"]
    assert driver.list.model.target_id == "sandbox"


def test_the_pencil_edits_and_does_not_aim(driver: RobotListDriver) -> None:
    viewport = driver.list.view.viewport()
    pencil = pencil_rect(driver.list.view.visualRect(driver.list.model.index(1))).center()
    QTest.mouseClick(viewport, LEFT, pos=pencil)
    QTest.mouseDClick(viewport, LEFT, pos=pencil)
    assert driver.aims == []
    assert driver.edits and set(driver.edits) == {"duty"}


def test_f2_edits_the_row_of_the_keyboard(driver: RobotListDriver) -> None:
    driver.go_to(2)
    driver.key(Qt.Key.Key_F2)
    assert (driver.edits, driver.aims) == (["trial"], [])


def test_each_row_says_name_stage_and_aim_to_a_screen_reader(driver: RobotListDriver) -> None:
    plain = [f"Sandbox, {TEST}", f"运维值班, {PRODUCTION}", f"测试群, {TEST}"]
    for aim in (0, 1):
        driver.list.set_target(driver.order[aim])
        spoken = [driver.row(row, SPOKEN) for row in range(3)]
        assert spoken[aim].startswith(f"{plain[aim]}, ")
        assert spoken[:aim] + spoken[aim + 1 :] == plain[:aim] + plain[aim + 1 :]
    driver.list.set_target(None)
    assert [driver.row(row, SPOKEN) for row in range(3)] == plain


def test_the_aim_is_seen_on_its_row_and_moves_when_it_is_told(driver: RobotListDriver) -> None:
    def bar(row: int) -> str:
        rect = driver.list.view.visualRect(driver.list.model.index(row))
        picture = driver.list.view.viewport().grab(rect).toImage()
        return picture.pixelColor(5, picture.height() // 2).name()

    accent = theme.current().accent.lower()
    driver.list.view.clearFocus()
    assert (bar(0) == accent, bar(1) == accent) == (True, False)
    driver.list.set_target("duty")
    assert (bar(0) == accent, bar(1) == accent) == (False, True)


def test_alt_with_an_arrow_reorders_and_the_order_is_kept(driver: RobotListDriver) -> None:
    driver.go_to(2)
    driver.key(Qt.Key.Key_Up, ALT)
    assert driver.order == ["sandbox", "trial", "duty"]
    driver.key(Qt.Key.Key_Up, ALT)
    driver.key(Qt.Key.Key_Up, ALT)  # it is at the top already
    assert driver.order == ["trial", "sandbox", "duty"]
    driver.key(Qt.Key.Key_Down, ALT)
    assert driver.list.view.currentIndex().row() == 1, "the keyboard stays on the row that moved"
    driver.harness.restart()
    assert driver.order == ["sandbox", "trial", "duty"]
    assert driver.aims == []


@pytest.mark.parametrize(
    ("row", "above", "order"),
    [
        (2, 0, ["trial", "sandbox", "duty"]),
        (0, 2, ["duty", "sandbox", "trial"]),
        (0, 3, ["duty", "trial", "sandbox"]),
        (1, 1, ["sandbox", "duty", "trial"]),
    ],
)
def test_a_row_that_is_dragged_stays_where_it_is_dropped(
    driver: RobotListDriver, row: int, above: int, order: list[str]
) -> None:
    view, model = driver.list.view, driver.list.model
    assert view.dragDropMode() == QAbstractItemView.DragDropMode.InternalMove
    assert model.index(row).flags() & Qt.ItemFlag.ItemIsDragEnabled
    assert not model.index(row).flags() & Qt.ItemFlag.ItemIsDropEnabled
    model.moveRow(QModelIndex(), row, QModelIndex(), above)  # as the view does on a drop
    assert driver.order == order
    driver.harness.restart()
    assert driver.order == order


def test_an_order_that_the_disk_refuses_is_said_and_not_shown(driver: RobotListDriver) -> None:
    driver.harness.database.run("PRAGMA query_only = ON")
    driver.go_to(2)
    driver.key(Qt.Key.Key_Up, ALT)
    assert driver.order == ["sandbox", "duty", "trial"]
    assert driver.said == [storage_sentence(StorageFault.READ_ONLY)]


def test_the_menu_offers_what_can_be_done_with_a_row(driver: RobotListDriver) -> None:
    first, last = driver.actions(0), driver.actions(2)
    assert not first["up"].isEnabled() and first["down"].isEnabled()
    assert last["up"].isEnabled() and not last["down"].isEnabled()
    assert not first["aim"].isEnabled() and last["aim"].isEnabled()
    last["aim"].trigger()
    last["edit"].trigger()
    assert (driver.aims, driver.edits) == (["trial"], ["trial"])
    last["up"].trigger()
    assert driver.order == ["sandbox", "trial", "duty"]


def test_a_duplicate_has_a_name_of_its_own_and_no_webhook(driver: RobotListDriver) -> None:
    driver.actions(1)["duplicate"].trigger()
    driver.actions(1)["duplicate"].trigger()
    names = [robot.name for robot in driver.harness.robot_profiles.robots]
    assert names[-2:] == ["运维值班 (2)", "运维值班 (3)"]
    twin = driver.harness.robot_profiles.robots[-1]
    assert (twin.stage, twin.keywords) == (Stage.PRODUCTION, ("告警",))
    assert not twin.has_token and not twin.has_secret
    assert driver.edits[-1] == twin.robot_id, "its webhook is asked for"


def test_a_robot_made_of_another_has_a_colour_of_its_own(driver: RobotListDriver) -> None:
    driver.actions(1)["duplicate"].trigger()
    driver.actions(1)["twin"].trigger()
    driver.harness.robot_profiles.add_sandbox("沙箱")
    colours = [robot.colour for robot in driver.harness.robot_profiles.robots]
    assert len(colours) == 6
    for new in colours[3:]:
        others = [one for one in colours if one is not new]
        assert min(distance(new, other) for other in others) >= CLEARLY_APART


def test_an_archived_robot_leaves_the_list_and_comes_back(driver: RobotListDriver) -> None:
    button = driver.list.archived_button
    assert not button.isVisible()
    driver.actions(1)["archive"].trigger()
    assert driver.order == ["sandbox", "trial"]
    assert button.isVisible() and "1" in button.accessibleName()
    entry = driver.list.archived_menu.actions()[0]
    assert entry.text() == "运维值班"
    menu = entry.menu()
    assert isinstance(menu, QMenu)
    menu.actions()[0].trigger()
    assert driver.order == ["sandbox", "duty", "trial"]
    assert not button.isVisible()


def test_deleting_asks_keeps_the_history_and_forgets_the_secrets(
    driver: RobotListDriver, answers: FakeQuestions, qtbot: QtBot
) -> None:
    answers.prepared["delete_robot"] = "keep"
    driver.go_to(1)
    driver.key(Qt.Key.Key_Delete)
    assert driver.order == ["sandbox", "duty", "trial"]
    question = answers.asked[0]
    assert "运维值班" in question.text and question.details
    assert next(one for one in question.choices if one.is_default).key == question.cancel == "keep"

    history = HistoryStore(driver.harness.database)
    history.add(SendJob("uuid-1", DUTY, Text("告警"), datetime(2026, 8, 22, tzinfo=UTC)))
    answers.prepared["delete_robot"] = "delete"
    driver.key(Qt.Key.Key_Delete)
    assert driver.order == ["sandbox", "trial"]
    assert [row.robot_name for row in history.page()] == ["运维值班"]
    qtbot.waitUntil(lambda: (SERVICE, "duty") not in driver.harness.ring.entries)
    assert (SERVICE, "trial") in driver.harness.ring.entries


def test_the_sandbox_can_be_put_away_and_not_deleted(
    driver: RobotListDriver, answers: FakeQuestions
) -> None:
    actions = driver.actions(0)
    assert "delete" not in actions and "archive" in actions
    driver.go_to(0)
    driver.key(Qt.Key.Key_Delete)
    assert answers.asked == [] and driver.order[0] == "sandbox"


def test_a_robot_without_its_webhook_has_a_sign_that_says_why(
    harness: RobotsHarness, qtbot: QtBot
) -> None:
    harness.robot_profiles.add(TRIAL)
    harness.look()
    driver = RobotListDriver(harness, qtbot)
    trouble = secrets_trouble(harness.robot_profiles, TRIAL)
    assert trouble and trouble in driver.row(0, TIP) and trouble in driver.row(0, SPOKEN)


def test_a_locked_keyring_is_told_apart_from_an_empty_one(
    harness: RobotsHarness, qtbot: QtBot
) -> None:
    harness.add(DUTY)
    harness.restart()
    harness.ring.fault = errors.KeyringLocked()
    harness.look()
    driver = RobotListDriver(harness, qtbot)
    assert secrets_sentence(SecretsReason.LOCKED) in driver.row(0, TIP)
    harness.ring.fault = None
    harness.look()
    assert driver.row(0, SPOKEN) == f"运维值班, {PRODUCTION}"


def test_without_a_keyring_the_tip_says_that_webhooks_are_forgotten(
    make_desk: Callable[[FakeKeyring | None], RobotsHarness], qtbot: QtBot
) -> None:
    harness = make_desk(None)
    harness.add(DUTY)
    driver = RobotListDriver(harness, qtbot)
    assert driver.row(0, SPOKEN) == f"运维值班, {PRODUCTION}"
    harness.restart()
    harness.look()
    assert "password store" in RobotListDriver(harness, qtbot).row(0, TIP)


def test_a_signing_robot_whose_secret_is_gone_has_a_sign(
    harness: RobotsHarness, qtbot: QtBot
) -> None:
    harness.add(replace(DUTY, expects_signature=True))
    driver = RobotListDriver(harness, qtbot)
    assert secrets_trouble(harness.robot_profiles, harness.now(DUTY)) in driver.row(0, TIP)
    assert "<p>" in driver.row(0, TIP).partition("</p>")[2], "a second paragraph says why"


def test_a_name_that_looks_like_markup_is_shown_letter_by_letter(
    harness: RobotsHarness, qtbot: QtBot
) -> None:
    harness.add(Robot("odd", "<img src=x> & co"))
    driver = RobotListDriver(harness, qtbot)
    assert "&lt;img" in driver.row(0, TIP)
    assert driver.row(0, SPOKEN) == f"<img src=x> & co, {TEST}"


def test_the_robot_that_the_message_is_for_is_in_sight(
    harness: RobotsHarness, qtbot: QtBot
) -> None:
    for number in range(8):
        harness.robot_profiles.add(Robot(f"r-{number}", f"群{number}"))
    driver = RobotListDriver(harness, qtbot)
    driver.list.resize(200, 220)
    view = driver.list.view
    for number in (7, 0):
        driver.list.set_target(f"r-{number}")
        place = view.visualRect(view.model().index(number, 0))
        assert view.viewport().rect().contains(place)


def test_an_empty_list_says_where_robots_come_from(harness: RobotsHarness, qtbot: QtBot) -> None:
    driver = RobotListDriver(harness, qtbot)
    assert not driver.list.view.isVisible()
    assert driver.list.hint.isVisible() and driver.list.hint.text()
    harness.robot_profiles.add(SANDBOX)
    assert driver.list.view.isVisible() and driver.list.hint.isVisible()
    whole = driver.list.size()
    driver.list.resize(200, 160)
    assert not driver.list.hint.isVisible(), "cut, it would help nobody"
    driver.list.resize(whole)
    assert driver.list.hint.height() >= driver.list.hint.heightForWidth(driver.list.hint.width())
    harness.add(TRIAL)
    assert not driver.list.hint.isVisible()


def test_the_button_asks_for_a_new_robot(driver: RobotListDriver, qtbot: QtBot) -> None:
    with qtbot.waitSignal(driver.list.add_requested):
        QTest.mouseClick(driver.list.add_button, LEFT)
    assert driver.list.add_button.accessibleName()


def test_no_secret_is_anywhere_in_the_list(driver: RobotListDriver) -> None:
    for row in range(3):
        for role in range(Qt.ItemDataRole.UserRole + 8):
            assert TOKEN not in driver.row(row, role)
            assert SECRET not in driver.row(row, role)

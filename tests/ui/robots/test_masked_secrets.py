"""Token and secret in the robot dialog: masked, kept, shown on request, never overwritten."""

from collections.abc import Callable
from dataclasses import replace

from keyring import errors
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from dingcomposer.core.robot import Credentials
from dingcomposer.storage.secrets import CredentialsChange, SecretsReason
from dingcomposer.ui.texts.storage import secrets_sentence
from tests.fakes.fake_dialogs import FakeQuestions
from tests.fakes.fake_keyring import FakeKeyring

from .conftest import (
    DUTY,
    OTHER_TOKEN,
    SECRET,
    TOKEN,
    TRIAL,
    WEBHOOK,
    OpenDialog,
    RobotsHarness,
    visible_words,
)

LOCKED = secrets_sentence(SecretsReason.LOCKED)


def test_editing_without_touching_a_masked_secret_keeps_it(
    harness: RobotsHarness, open_dialog: OpenDialog
) -> None:
    driver = open_dialog(harness.add(DUTY, secret=SECRET))
    writes = harness.ring.writes
    driver.type("name", "新名字")
    robot = driver.save_and_wait()
    assert (robot.name, robot.has_token, robot.has_secret) == ("新名字", True, True)
    assert harness.ring.writes == writes
    harness.restart()
    assert harness.kept("duty") == Credentials(TOKEN, SECRET)


def test_a_new_secret_leaves_the_token_and_the_other_way_round(
    harness: RobotsHarness, open_dialog: OpenDialog
) -> None:
    harness.add(DUTY, secret=SECRET)
    harness.restart()
    driver = open_dialog(harness.now(DUTY))
    driver.type("token", OTHER_TOKEN)
    assert driver.tone("token.note") == "quiet", "that it replaces the one that is kept"
    driver.save_and_wait()
    assert harness.kept("duty") == Credentials(OTHER_TOKEN, SECRET)
    other_secret = "SEC" + "ab" * 32
    again = open_dialog(harness.now(DUTY))
    again.type("secret", other_secret)
    again.save_and_wait()
    assert harness.kept("duty") == Credentials(OTHER_TOKEN, other_secret)


def test_text_that_was_typed_and_deleted_again_changes_nothing(
    harness: RobotsHarness, open_dialog: OpenDialog
) -> None:
    driver = open_dialog(harness.add(DUTY, secret=SECRET))
    driver.type("token", "a")
    driver.type("token", "")
    driver.type("secret", "S")
    driver.type("secret", "")
    driver.save_and_wait()
    assert harness.kept("duty") == Credentials(TOKEN, SECRET)


def test_removing_the_secret_is_an_action_of_its_own_and_can_be_taken_back(
    harness: RobotsHarness, open_dialog: OpenDialog
) -> None:
    robot = harness.add(replace(DUTY, expects_signature=True), secret=SECRET)
    driver = open_dialog(robot)
    remove = driver.secret.remove
    assert "secret" in remove.accessibleName()
    remove.click()
    assert driver.tone("secret.note") == "warn"
    signature = driver.dialog.form.connection.signature
    assert not signature.isChecked()
    assert remove.isVisible(), "it can be taken back"
    remove.click()
    assert driver.note("secret.note") == ""
    assert signature.isChecked()
    remove.click()
    robot = driver.save_and_wait()
    assert harness.kept("duty") == Credentials(TOKEN, None)
    assert not robot.has_secret


def test_a_kept_secret_is_shown_on_request_and_hidden_again(
    harness: RobotsHarness, open_dialog: OpenDialog, qtbot: QtBot
) -> None:
    harness.add(DUTY, secret=SECRET)
    harness.restart()
    driver = open_dialog(harness.now(DUTY))
    assert (driver.line("token").text(), driver.line("secret").text()) == ("", "")
    assert driver.line("token").placeholderText() == "●" * 12
    driver.token.eye.click()
    qtbot.waitUntil(lambda: driver.line("token").displayText() == TOKEN)
    assert driver.line("secret").text() == "", "each is shown by its own eye"
    assert driver.token.typed == ""
    driver.token.eye.click()
    assert driver.line("token").text() == ""
    writes = harness.ring.writes
    driver.token.eye.click()
    qtbot.waitUntil(lambda: driver.line("token").displayText() == TOKEN)
    driver.save_and_wait()
    assert harness.ring.writes == writes, "looking changes nothing"


def test_a_shown_secret_that_is_changed_is_a_new_one(
    harness: RobotsHarness, open_dialog: OpenDialog, qtbot: QtBot
) -> None:
    driver = open_dialog(harness.add(DUTY))
    driver.token.eye.click()
    qtbot.waitUntil(lambda: driver.line("token").displayText() == TOKEN)
    QTest.keyClick(driver.line("token"), Qt.Key.Key_End)
    QTest.keyClick(driver.line("token"), Qt.Key.Key_Backspace)
    QTest.keyClick(driver.line("token"), Qt.Key.Key_F)
    driver.save_and_wait()
    assert harness.kept("duty").access_token == TOKEN[:-1] + "f"


def test_a_slow_keyring_holds_up_nothing_and_its_answer_may_come_too_late(
    harness: RobotsHarness, open_dialog: OpenDialog, qtbot: QtBot
) -> None:
    harness.add(DUTY)
    harness.restart()
    driver = open_dialog(harness.now(DUTY))
    harness.ring.may_go_on.clear()
    driver.token.eye.click()
    driver.type("token", OTHER_TOKEN)
    harness.ring.may_go_on.set()
    answered: list[object] = []
    harness.robot_profiles.request_credentials("duty", answered.append)
    qtbot.waitUntil(lambda: bool(answered))
    assert driver.token.typed == OTHER_TOKEN, "what was typed meanwhile stays"


def test_cannot_be_read_differs_from_empty_and_is_never_overwritten(
    harness: RobotsHarness, open_dialog: OpenDialog
) -> None:
    harness.add(replace(DUTY, expects_signature=True), secret=SECRET)
    harness.restart()
    entries = dict(harness.ring.entries)
    harness.ring.fault = errors.KeyringLocked()
    harness.look()
    driver = open_dialog(harness.now(DUTY))
    for name in ("token", "secret"):
        assert driver.line(name).placeholderText() not in ("", "●" * 12)
        assert LOCKED in driver.note(f"{name}.note")
    assert not driver.secret.remove.isVisible()
    driver.type("name", "新名字")
    assert driver.save_and_wait().name == "新名字"
    harness.ring.fault = None
    assert harness.ring.entries == entries
    assert harness.kept("duty") == Credentials(TOKEN, SECRET)


def test_the_eye_says_that_a_secret_cannot_be_read(
    harness: RobotsHarness, open_dialog: OpenDialog, qtbot: QtBot
) -> None:
    harness.add(DUTY, secret=SECRET)
    harness.restart()
    driver = open_dialog(harness.now(DUTY))
    harness.ring.fault = errors.KeyringLocked()
    driver.secret.eye.click()
    qtbot.waitUntil(lambda: LOCKED in driver.note("secret.note"))
    assert not driver.secret.eye.isChecked()
    harness.ring.fault = None
    driver.secret.eye.click()
    qtbot.waitUntil(lambda: driver.line("secret").displayText() == SECRET)


def test_an_empty_entry_is_shown_as_empty(harness: RobotsHarness, open_dialog: OpenDialog) -> None:
    harness.robot_profiles.add(TRIAL)
    harness.look()
    driver = open_dialog(harness.now(TRIAL))
    assert driver.line("token").placeholderText() == ""
    assert driver.note("token.note") == ""
    assert driver.dialog.save_button.isEnabled(), "other things can be changed without it"


def test_a_locked_keyring_on_saving_keeps_the_dialog_open_with_what_was_typed(
    harness: RobotsHarness, open_dialog: OpenDialog, qtbot: QtBot
) -> None:
    harness.look()
    harness.ring.fault = errors.KeyringLocked()
    driver = open_dialog()
    driver.paste(f"{WEBHOOK}\n{SECRET}")
    driver.type("name", "群")
    driver.save()
    qtbot.waitUntil(lambda: LOCKED in driver.note("reason"))
    assert driver.dialog.isVisible()
    assert (driver.token.typed, driver.secret.typed) == (TOKEN, SECRET)
    harness.ring.fault = None
    robot = driver.save_and_wait()
    assert [one.name for one in harness.robot_profiles.robots] == ["群"], "it is one robot, not two"
    assert harness.kept(robot.robot_id) == Credentials(TOKEN, SECRET)


def test_while_the_keyring_thinks_the_dialog_waits_and_can_be_closed(
    harness: RobotsHarness, open_dialog: OpenDialog, answers: FakeQuestions
) -> None:
    harness.ring.may_go_on.clear()
    driver = open_dialog()
    driver.paste(WEBHOOK)
    driver.type("name", "群")
    driver.save()
    assert driver.tone("reason") == "quiet"
    assert not driver.dialog.save_button.isEnabled()
    driver.dialog.reject()
    assert not driver.dialog.isVisible() and answers.asked == []
    harness.ring.may_go_on.set()
    assert harness.kept(harness.robot_profiles.robots[0].robot_id).access_token == TOKEN


def test_without_a_keyring_the_dialog_says_so_and_the_robot_can_send(
    make_desk: Callable[[FakeKeyring | None], RobotsHarness], open_dialog: OpenDialog
) -> None:
    harness = make_desk(None)
    harness.add(DUTY)
    driver = open_dialog(None, harness)
    driver.paste(OTHER_TOKEN)
    driver.type("name", "群")
    assert driver.note("reason") == secrets_sentence(SecretsReason.MISSING)
    robot = driver.save_and_wait()
    assert harness.kept(robot.robot_id) == Credentials(OTHER_TOKEN)


def test_no_secret_is_in_titles_tips_or_names_while_editing(
    harness: RobotsHarness, open_dialog: OpenDialog, qtbot: QtBot
) -> None:
    harness.add(DUTY, secret=SECRET)
    driver = open_dialog(harness.now(DUTY))
    driver.type("token", OTHER_TOKEN)
    seen = visible_words(driver.dialog)
    assert not any(secret in seen for secret in (TOKEN, OTHER_TOKEN, SECRET))


def test_what_is_learned_of_secrets_while_a_dialog_is_open_is_not_undone(
    harness: RobotsHarness, open_dialog: OpenDialog, qtbot: QtBot
) -> None:
    harness.robot_profiles.add(TRIAL)
    driver = open_dialog(harness.now(TRIAL))
    kept: list[object] = []
    harness.robot_profiles.save(TRIAL, CredentialsChange(TOKEN), kept.append)
    qtbot.waitUntil(lambda: bool(kept))
    assert driver.line("token").placeholderText() == "●" * 12
    driver.type("name", "新名字")
    assert driver.save_and_wait().has_token

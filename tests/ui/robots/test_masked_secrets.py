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

from .conftest import (
    DUTY,
    OTHER_TOKEN,
    SECRET,
    TOKEN,
    TRIAL,
    WEBHOOK,
    Answers,
    Desk,
    OpenDialog,
    Ring,
    visible_words,
)

LOCKED = secrets_sentence(SecretsReason.LOCKED)


def test_editing_without_touching_a_masked_secret_keeps_it(
    queue_launcher: Desk, open_dialog: OpenDialog
) -> None:
    driver = open_dialog(queue_launcher.add(DUTY, secret=SECRET))
    writes = queue_launcher.ring.writes
    driver.type("name", "新名字")
    robot = driver.save_and_wait()
    assert (robot.name, robot.has_token, robot.has_secret) == ("新名字", True, True)
    assert queue_launcher.ring.writes == writes
    queue_launcher.restart()
    assert queue_launcher.kept("duty") == Credentials(TOKEN, SECRET)


def test_a_new_secret_leaves_the_token_and_the_other_way_round(
    queue_launcher: Desk, open_dialog: OpenDialog
) -> None:
    queue_launcher.add(DUTY, secret=SECRET)
    queue_launcher.restart()
    driver = open_dialog(queue_launcher.now(DUTY))
    driver.type("token", OTHER_TOKEN)
    assert driver.tone("token.note") == "quiet", "that it replaces the one that is kept"
    driver.save_and_wait()
    assert queue_launcher.kept("duty") == Credentials(OTHER_TOKEN, SECRET)
    other_secret = "SEC" + "ab" * 32
    again = open_dialog(queue_launcher.now(DUTY))
    again.type("secret", other_secret)
    again.save_and_wait()
    assert queue_launcher.kept("duty") == Credentials(OTHER_TOKEN, other_secret)


def test_text_that_was_typed_and_deleted_again_changes_nothing(
    queue_launcher: Desk, open_dialog: OpenDialog
) -> None:
    driver = open_dialog(queue_launcher.add(DUTY, secret=SECRET))
    driver.type("token", "a")
    driver.type("token", "")
    driver.type("secret", "S")
    driver.type("secret", "")
    driver.save_and_wait()
    assert queue_launcher.kept("duty") == Credentials(TOKEN, SECRET)


def test_removing_the_secret_is_an_action_of_its_own_and_can_be_taken_back(
    queue_launcher: Desk, open_dialog: OpenDialog
) -> None:
    robot = queue_launcher.add(replace(DUTY, expects_signature=True), secret=SECRET)
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
    assert queue_launcher.kept("duty") == Credentials(TOKEN, None)
    assert not robot.has_secret


def test_a_kept_secret_is_shown_on_request_and_hidden_again(
    queue_launcher: Desk, open_dialog: OpenDialog, qtbot: QtBot
) -> None:
    queue_launcher.add(DUTY, secret=SECRET)
    queue_launcher.restart()
    driver = open_dialog(queue_launcher.now(DUTY))
    assert (driver.line("token").text(), driver.line("secret").text()) == ("", "")
    assert driver.line("token").placeholderText() == "●" * 12
    driver.token.eye.click()
    qtbot.waitUntil(lambda: driver.line("token").displayText() == TOKEN)
    assert driver.line("secret").text() == "", "each is shown by its own eye"
    assert driver.token.typed == ""
    driver.token.eye.click()
    assert driver.line("token").text() == ""
    writes = queue_launcher.ring.writes
    driver.token.eye.click()
    qtbot.waitUntil(lambda: driver.line("token").displayText() == TOKEN)
    driver.save_and_wait()
    assert queue_launcher.ring.writes == writes, "looking changes nothing"


def test_a_shown_secret_that_is_changed_is_a_new_one(
    queue_launcher: Desk, open_dialog: OpenDialog, qtbot: QtBot
) -> None:
    driver = open_dialog(queue_launcher.add(DUTY))
    driver.token.eye.click()
    qtbot.waitUntil(lambda: driver.line("token").displayText() == TOKEN)
    QTest.keyClick(driver.line("token"), Qt.Key.Key_End)
    QTest.keyClick(driver.line("token"), Qt.Key.Key_Backspace)
    QTest.keyClick(driver.line("token"), Qt.Key.Key_X)
    driver.save_and_wait()
    assert queue_launcher.kept("duty").access_token == TOKEN[:-1] + "x"


def test_a_slow_keyring_holds_up_nothing_and_its_answer_may_come_too_late(
    queue_launcher: Desk, open_dialog: OpenDialog, qtbot: QtBot
) -> None:
    queue_launcher.add(DUTY)
    queue_launcher.restart()
    driver = open_dialog(queue_launcher.now(DUTY))
    queue_launcher.ring.gate.clear()
    driver.token.eye.click()
    driver.type("token", OTHER_TOKEN)
    queue_launcher.ring.gate.set()
    answered: list[object] = []
    queue_launcher.robot_profiles.request_credentials("duty", answered.append)
    qtbot.waitUntil(lambda: bool(answered))
    assert driver.token.typed == OTHER_TOKEN, "what was typed meanwhile stays"


def test_cannot_be_read_differs_from_empty_and_is_never_overwritten(
    queue_launcher: Desk, open_dialog: OpenDialog
) -> None:
    queue_launcher.add(replace(DUTY, expects_signature=True), secret=SECRET)
    queue_launcher.restart()
    entries = dict(queue_launcher.ring.entries)
    queue_launcher.ring.trouble = errors.KeyringLocked()
    queue_launcher.look()
    driver = open_dialog(queue_launcher.now(DUTY))
    for name in ("token", "secret"):
        assert driver.line(name).placeholderText() not in ("", "●" * 12)
        assert LOCKED in driver.note(f"{name}.note")
    assert not driver.secret.remove.isVisible()
    driver.type("name", "新名字")
    assert driver.save_and_wait().name == "新名字"
    queue_launcher.ring.trouble = None
    assert queue_launcher.ring.entries == entries
    assert queue_launcher.kept("duty") == Credentials(TOKEN, SECRET)


def test_the_eye_says_that_a_secret_cannot_be_read(
    queue_launcher: Desk, open_dialog: OpenDialog, qtbot: QtBot
) -> None:
    queue_launcher.add(DUTY, secret=SECRET)
    queue_launcher.restart()
    driver = open_dialog(queue_launcher.now(DUTY))
    queue_launcher.ring.trouble = errors.KeyringLocked()
    driver.secret.eye.click()
    qtbot.waitUntil(lambda: LOCKED in driver.note("secret.note"))
    assert not driver.secret.eye.isChecked()
    queue_launcher.ring.trouble = None
    driver.secret.eye.click()
    qtbot.waitUntil(lambda: driver.line("secret").displayText() == SECRET)


def test_an_empty_entry_is_shown_as_empty(queue_launcher: Desk, open_dialog: OpenDialog) -> None:
    queue_launcher.robot_profiles.add(TRIAL)
    queue_launcher.look()
    driver = open_dialog(queue_launcher.now(TRIAL))
    assert driver.line("token").placeholderText() == ""
    assert driver.note("token.note") == ""
    assert driver.dialog.save_button.isEnabled(), "other things can be changed without it"


def test_a_locked_keyring_on_saving_keeps_the_dialog_open_with_what_was_typed(
    queue_launcher: Desk, open_dialog: OpenDialog, qtbot: QtBot
) -> None:
    queue_launcher.look()
    queue_launcher.ring.trouble = errors.KeyringLocked()
    driver = open_dialog()
    driver.paste(f"{WEBHOOK}\n{SECRET}")
    driver.type("name", "群")
    driver.save()
    qtbot.waitUntil(lambda: LOCKED in driver.note("reason"))
    assert driver.dialog.isVisible()
    assert (driver.token.typed, driver.secret.typed) == (TOKEN, SECRET)
    queue_launcher.ring.trouble = None
    robot = driver.save_and_wait()
    assert [one.name for one in queue_launcher.robot_profiles.robots] == ["群"], (
        "it is one robot, not two"
    )
    assert queue_launcher.kept(robot.robot_id) == Credentials(TOKEN, SECRET)


def test_while_the_keyring_thinks_the_dialog_waits_and_can_be_closed(
    queue_launcher: Desk, open_dialog: OpenDialog, answers: Answers
) -> None:
    queue_launcher.ring.gate.clear()
    driver = open_dialog()
    driver.paste(WEBHOOK)
    driver.type("name", "群")
    driver.save()
    assert driver.tone("reason") == "quiet"
    assert not driver.dialog.save_button.isEnabled()
    driver.dialog.reject()
    assert not driver.dialog.isVisible() and answers.asked == []
    queue_launcher.ring.gate.set()
    assert (
        queue_launcher.kept(queue_launcher.robot_profiles.robots[0].robot_id).access_token == TOKEN
    )


def test_without_a_keyring_the_dialog_says_so_and_the_robot_can_send(
    make_desk: Callable[[Ring | None], Desk], open_dialog: OpenDialog
) -> None:
    queue_launcher = make_desk(None)
    queue_launcher.add(DUTY)
    driver = open_dialog(None, queue_launcher)
    driver.paste(WEBHOOK)
    driver.type("name", "群")
    assert driver.note("reason") == secrets_sentence(SecretsReason.MISSING)
    robot = driver.save_and_wait()
    assert queue_launcher.kept(robot.robot_id) == Credentials(TOKEN)


def test_no_secret_is_in_titles_tips_or_names_while_editing(
    queue_launcher: Desk, open_dialog: OpenDialog, qtbot: QtBot
) -> None:
    queue_launcher.add(DUTY, secret=SECRET)
    driver = open_dialog(queue_launcher.now(DUTY))
    driver.type("token", OTHER_TOKEN)
    seen = visible_words(driver.dialog)
    assert not any(secret in seen for secret in (TOKEN, OTHER_TOKEN, SECRET))


def test_what_is_learned_of_secrets_while_a_dialog_is_open_is_not_undone(
    queue_launcher: Desk, open_dialog: OpenDialog, qtbot: QtBot
) -> None:
    queue_launcher.robot_profiles.add(TRIAL)
    driver = open_dialog(queue_launcher.now(TRIAL))
    kept: list[object] = []
    queue_launcher.robot_profiles.save(TRIAL, CredentialsChange(TOKEN), kept.append)
    qtbot.waitUntil(lambda: bool(kept))
    assert driver.line("token").placeholderText() == "●" * 12
    driver.type("name", "新名字")
    assert driver.save_and_wait().has_token

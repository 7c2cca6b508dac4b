"""The robot dialog as a person uses it: adding, faults beside their fields, saving, closing."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QDialog, QLineEdit, QPlainTextEdit

from dingcomposer.core.checks.problems import ProblemCode
from dingcomposer.core.messages import Mentions
from dingcomposer.core.robot import DEFAULT_ENDPOINT, Credentials, Robot, Stage
from dingcomposer.storage.database import StorageFault
from dingcomposer.ui.robots import colour_picker
from dingcomposer.ui.texts.problems import field_label
from dingcomposer.ui.texts.storage import storage_sentence

from .conftest import (
    DUTY,
    OTHER_TOKEN,
    SANDBOX,
    SECRET,
    TOKEN,
    TRIAL,
    WEBHOOK,
    Answers,
    Desk,
    OpenDialog,
    said,
)

LEFT = Qt.MouseButton.LeftButton


# Adding


def test_a_new_robot_is_kept_with_all_that_was_entered(open_dialog: OpenDialog) -> None:
    hand = open_dialog()
    hand.paste(f"{WEBHOOK}\n{SECRET}")
    hand.type("name", "发布群")
    hand.dialog.form.profile.test.click()
    hand.dialog.form.keywords.box.setPlainText("发布\n\n 通知 ")
    hand.dialog.form.more_button.click()
    hand.dialog.form.more.addresses.box.setPlainText("8.8.8.8\n8.8.4.0/24")
    hand.type("mobiles", "13800000000, +852-12345678")
    hand.type("user_ids", "manager123")
    hand.dialog.form.more.everyone.click()
    hand.type("connect_timeout_s", "2.5")
    hand.type("read_timeout_s", "60")
    robot = hand.save_and_wait()
    assert robot == Robot(
        robot.robot_id,
        "发布群",
        colour=robot.colour,
        stage=Stage.TEST,
        keywords=("发布", "通知"),
        addresses=("8.8.8.8", "8.8.4.0/24"),
        default_mentions=Mentions(("13800000000", "+852-12345678"), ("manager123",), True),
        expects_signature=True,
        has_token=True,
        has_secret=True,
        connect_timeout_s=2.5,
        read_timeout_s=60.0,
    )
    assert hand.desk.kept(robot.robot_id) == Credentials(TOKEN, SECRET)
    hand.desk.restart()
    assert hand.desk.now(robot) == robot


def test_a_new_robot_counts_as_production_unless_the_person_says_otherwise(
    open_dialog: OpenDialog,
) -> None:
    hand = open_dialog()
    assert hand.robot.stage is Stage.PRODUCTION
    assert hand.note("stage.note"), "and says so"


def test_a_new_robot_gets_a_colour_that_no_other_has(desk: Desk, open_dialog: OpenDialog) -> None:
    first = open_dialog().robot.colour
    desk.add(replace(TRIAL, colour=first))
    assert open_dialog().robot.colour != first


def test_a_colour_is_chosen_by_a_click_or_freely(
    open_dialog: OpenDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand = open_dialog()
    swatch = hand.dialog.findChild(colour_picker.Swatch, "robot.colour.5")
    assert isinstance(swatch, colour_picker.Swatch)
    swatch.click()
    assert hand.robot.colour == swatch.colour == colour_picker.COLOURS[5]
    monkeypatch.setattr(colour_picker, "pick_colour", lambda parent, colour: None)
    hand.dialog.form.profile.colour.other.click()
    assert hand.robot.colour == colour_picker.COLOURS[5]
    monkeypatch.setattr(colour_picker, "pick_colour", lambda parent, colour: "#123456")
    hand.dialog.form.profile.colour.other.click()
    assert hand.robot.colour == "#123456"


def test_save_says_what_it_waits_for(open_dialog: OpenDialog) -> None:
    hand = open_dialog()
    assert hand.waits_for == [field_label("robot.endpoint"), field_label("robot.name")]
    assert hand.note("name.note") == "", "nobody was there yet"
    hand.paste(WEBHOOK)
    assert hand.waits_for == [field_label("robot.name")]
    hand.type("name", "群")
    assert hand.waits_for == []


# Faults


def test_two_robots_of_the_same_name_are_refused(desk: Desk, open_dialog: OpenDialog) -> None:
    desk.add(DUTY)
    hand = open_dialog()
    hand.paste(WEBHOOK)
    hand.type("name", " 运维值班 ")
    assert hand.note("name.note") == said(ProblemCode.ROBOT_NAME_TAKEN)
    assert not hand.dialog.save_button.isEnabled()
    own = open_dialog(desk.now(DUTY))
    assert own.dialog.save_button.isEnabled(), "its own name is not another robot's"


def test_an_archived_robot_holds_its_name_too(desk: Desk, open_dialog: OpenDialog) -> None:
    desk.add(DUTY)
    desk.roster.archive("duty")
    hand = open_dialog()
    hand.type("name", "运维值班")
    assert hand.note("name.note") == said(ProblemCode.ROBOT_NAME_TAKEN)


def test_an_eleventh_keyword_is_refused_in_words_and_kept(
    desk: Desk, open_dialog: OpenDialog
) -> None:
    hand = open_dialog(desk.add(DUTY))
    lines = "\n".join(f"词{number}" for number in range(11))
    hand.dialog.form.keywords.box.setPlainText(lines)
    assert hand.note("keywords.note") == said(ProblemCode.TOO_MANY_KEYWORDS, count=11, limit=10)
    assert hand.waits_for == [field_label("robot.keywords")]
    assert not hand.dialog.save_button.isEnabled()
    assert hand.dialog.form.keywords.box.toPlainText() == lines
    hand.dialog.form.keywords.box.setPlainText(lines.rpartition("\n")[0])
    assert hand.dialog.save_button.isEnabled()
    assert len(hand.save_and_wait().keywords) == 10


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("fe80::1", ProblemCode.ADDRESS_IPV6),
        ("1.1.1.300", ProblemCode.ADDRESS_BROKEN),
        ("1.1.1.0/33", ProblemCode.ADDRESS_BROKEN),
        ("1.1.1.0/255.255.255.0", ProblemCode.ADDRESS_BROKEN),
    ],
)
def test_a_broken_address_is_refused_in_words(
    desk: Desk, open_dialog: OpenDialog, address: str, code: ProblemCode
) -> None:
    hand = open_dialog(desk.add(DUTY))
    assert not hand.dialog.form.more.isVisible()
    hand.dialog.form.more.addresses.box.setPlainText(f"8.8.8.8\n{address}")
    assert hand.note("addresses.note") == said(code, address=address)
    assert hand.tone("addresses.note") == "bad"
    assert not hand.dialog.save_button.isEnabled()
    assert hand.dialog.form.more.isVisible(), "a fault is never hidden in a folded section"


def test_a_private_address_warns_and_can_be_saved(desk: Desk, open_dialog: OpenDialog) -> None:
    hand = open_dialog(desk.add(DUTY))
    hand.dialog.form.more.addresses.box.setPlainText("192.168.1.1")
    note = said(ProblemCode.ADDRESS_NOT_PUBLIC, address="192.168.1.1")
    assert (hand.note("addresses.note"), hand.tone("addresses.note")) == (note, "warn")
    assert hand.save_and_wait().addresses == ("192.168.1.1",)


@pytest.mark.parametrize("text", ["0", "121", "", "soon", "nan"])
def test_a_time_out_out_of_its_bounds_is_refused(
    desk: Desk, open_dialog: OpenDialog, text: str
) -> None:
    hand = open_dialog(desk.add(DUTY))
    hand.dialog.form.more_button.click()
    hand.type("read_timeout_s", text)
    note = said(ProblemCode.TIMEOUT_OUT_OF_RANGE, minimum=1, maximum=120)
    assert hand.note("timeouts.note") == note
    assert not hand.dialog.save_button.isEnabled()


@pytest.mark.parametrize(
    ("endpoint", "code"),
    [
        ("", ProblemCode.ENDPOINT_EMPTY),
        ("oapi.dingtalk.com/robot/send", ProblemCode.ENDPOINT_NO_SCHEME),
        ("http://oapi.dingtalk.com/robot/send", ProblemCode.ENDPOINT_HTTP),
        ("https://oapi.dingtalk.com/robot send", ProblemCode.ENDPOINT_SPACES),
        ("https://me:pw@oapi.dingtalk.com/robot/send", ProblemCode.ENDPOINT_CREDENTIALS),
        ("https://oapi.dingtalk.com/robot/send?a=b", ProblemCode.ENDPOINT_QUERY),
    ],
)
def test_a_webhook_that_cannot_be_used_is_refused_beside_its_field(
    desk: Desk, open_dialog: OpenDialog, endpoint: str, code: ProblemCode
) -> None:
    hand = open_dialog(desk.add(DUTY))
    hand.type("endpoint", endpoint)
    assert hand.note("endpoint.note") == said(code)
    assert not hand.dialog.save_button.isEnabled()


def test_a_token_with_a_space_inside_is_refused_and_an_odd_one_only_warns(
    open_dialog: OpenDialog,
) -> None:
    hand = open_dialog()
    hand.type("name", "群")
    hand.type("token", "abc def")
    assert hand.note("token.note") == said(ProblemCode.TOKEN_SPACES)
    assert not hand.dialog.save_button.isEnabled()
    hand.type("token", "abcdef")
    assert hand.note("token.note") == said(ProblemCode.TOKEN_ODD)
    assert hand.tone("token.note") == "warn"
    assert hand.dialog.save_button.isEnabled()


def test_white_space_around_a_typed_secret_is_taken_off_and_told(
    open_dialog: OpenDialog,
) -> None:
    hand = open_dialog()
    hand.paste(WEBHOOK)
    hand.type("name", "群")
    hand.dialog.form.connection.signature.click()
    hand.type("secret", f"{SECRET} ")
    assert hand.tone("secret.note") == "quiet", "that white space is taken off"
    robot = hand.save_and_wait()
    assert hand.desk.kept(robot.robot_id).secret == SECRET


def test_a_signature_without_its_secret_is_warned_of(open_dialog: OpenDialog) -> None:
    hand = open_dialog()
    assert not hand.secret.isVisible()
    hand.dialog.form.connection.signature.click()
    assert hand.secret.isVisible()
    assert hand.tone("signature.note") == "warn"
    hand.type("secret", SECRET)
    assert hand.note("signature.note") == ""


# Hosts


def test_a_host_that_is_not_dingtalks_is_confirmed_once(
    desk: Desk, open_dialog: OpenDialog, answers: Answers
) -> None:
    hand = open_dialog()
    hand.paste(WEBHOOK.replace("oapi.dingtalk.com", "ding.example.com"))
    hand.type("name", "专有")
    answers.next["host"] = "back"
    hand.save()
    assert hand.dialog.isVisible() and desk.roster.robots == ()
    assert "ding.example.com" in answers.asked[0].text
    assert TOKEN not in str(answers.asked[0])
    answers.next["host"] = "confirm"
    robot = hand.save_and_wait()
    assert robot.is_host_confirmed
    answers.asked.clear()
    again = open_dialog(robot)
    again.type("name", "专有钉钉")
    assert again.save_and_wait().is_host_confirmed
    assert answers.names == []
    third = open_dialog(desk.now(robot))
    third.paste(WEBHOOK.replace("oapi.dingtalk.com", "other.example.com"))
    third.save_and_wait()
    assert answers.names == ["host"], "another host is another question"


@pytest.mark.parametrize(
    "endpoint",
    [DEFAULT_ENDPOINT, "https://oapi.dingtalk.io/robot/send", "http://127.0.0.1:8000/robot/send"],
)
def test_dingtalks_own_hosts_and_this_computer_are_not_asked_about(
    open_dialog: OpenDialog, answers: Answers, endpoint: str
) -> None:
    hand = open_dialog()
    hand.paste(f"{endpoint}?access_token={TOKEN}")
    hand.type("name", "群")
    robot = hand.save_and_wait()
    assert (robot.endpoint, robot.is_host_confirmed) == (endpoint, False)
    assert answers.asked == []


# The disk, closing, the sandbox


def test_a_full_disk_keeps_the_dialog_open_and_loses_nothing(
    desk: Desk, open_dialog: OpenDialog
) -> None:
    hand = open_dialog(desk.add(DUTY))
    desk.fill_disk()
    words = "\n".join(str(number) * 3_000 for number in range(10))
    hand.dialog.form.keywords.box.setPlainText(words)
    hand.type("token", OTHER_TOKEN)
    hand.save()
    assert hand.note("reason") == storage_sentence(StorageFault.FULL)
    assert hand.dialog.isVisible()
    assert hand.dialog.form.keywords.box.toPlainText() == words
    assert hand.token.typed == OTHER_TOKEN
    desk.database.max_pages = 10_000
    assert len(hand.save_and_wait().keywords) == 10
    assert desk.kept("duty").access_token == OTHER_TOKEN


def test_closing_with_something_entered_asks_once(
    open_dialog: OpenDialog, answers: Answers
) -> None:
    hand = open_dialog()
    hand.type("name", "群")
    answers.next["discard_robot"] = "back"
    QTest.keyClick(hand.dialog, Qt.Key.Key_Escape)
    assert hand.dialog.isVisible()
    answers.next["discard_robot"] = "discard"
    QTest.mouseClick(hand.dialog.cancel_button, LEFT)
    assert not hand.dialog.isVisible()
    assert hand.desk.roster.robots == ()


def test_closing_what_was_only_looked_at_asks_nothing(
    desk: Desk, open_dialog: OpenDialog, answers: Answers
) -> None:
    robot = replace(
        DUTY,
        addresses=("8.8.8.8",),
        default_mentions=Mentions(("13800000000",), ("u1",), True),
        connect_timeout_s=2.5,
    )
    hand = open_dialog(desk.add(robot, secret=SECRET))
    hand.dialog.reject()
    assert answers.asked == []
    assert hand.dialog.result() == QDialog.DialogCode.Rejected


def test_the_sandbox_has_no_webhook_to_edit(desk: Desk, open_dialog: OpenDialog) -> None:
    desk.roster.add(SANDBOX)
    desk.roster.put_sandbox_at(
        "sandbox", "http://127.0.0.1:5555/robot/send", Credentials(TOKEN, SECRET)
    )
    hand = open_dialog(desk.now(SANDBOX))
    assert not hand.line("token").isVisible() and not hand.dialog.form.paste.isVisible()
    hand.type("name", "沙箱")
    robot = hand.save_and_wait()
    assert (robot.name, robot.endpoint) == ("沙箱", "http://127.0.0.1:5555/robot/send")
    desk.restart()
    assert desk.now(SANDBOX).endpoint == SANDBOX.endpoint, "where it stood is stored nowhere"


def test_the_dialog_fits_into_a_small_window(open_dialog: OpenDialog) -> None:
    hand = open_dialog()
    hand.dialog.form.more_button.click()
    hand.paste(f"{WEBHOOK}\n{SECRET}")
    assert hand.dialog.height() <= 600 and hand.dialog.width() <= 900
    assert hand.dialog.minimumSizeHint().height() <= 600


def test_every_control_has_a_name_for_a_screen_reader(desk: Desk, open_dialog: OpenDialog) -> None:
    hand = open_dialog(desk.add(DUTY, secret=SECRET))
    kinds = (QLineEdit, QPlainTextEdit, QAbstractButton)
    controls = [one for kind in kinds for one in hand.dialog.findChildren(kind)]
    assert len(controls) > 15
    for one in controls:
        assert one.objectName() and one.accessibleName(), one

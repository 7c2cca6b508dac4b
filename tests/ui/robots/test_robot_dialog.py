"""The robot dialog as a person uses it: adding, faults beside their fields, saving, closing."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QDialog, QLabel, QLineEdit, QPlainTextEdit

from dingcomposer.core.checks.problems import ProblemCode, problem
from dingcomposer.core.messages import Mentions
from dingcomposer.core.robot import (
    CLEARLY_APART,
    COLOURS,
    DEFAULT_ENDPOINT,
    Credentials,
    Robot,
    Stage,
    distance,
)
from dingcomposer.storage.database import StorageFault
from dingcomposer.ui.robots import colour_picker
from dingcomposer.ui.texts.problems import field_label, problem_sentence
from dingcomposer.ui.texts.storage import storage_sentence
from tests.fakes.fake_dialogs import FakeQuestions
from tests.fakes.fake_keyring import FakeKeyring
from tests.fakes.tokens import fingerprint_of

from .conftest import (
    DUTY,
    OTHER_TOKEN,
    SANDBOX,
    SECRET,
    TOKEN,
    TRIAL,
    WEBHOOK,
    OpenDialog,
    RobotsHarness,
    said,
)

LEFT = Qt.MouseButton.LeftButton


# Adding


def test_a_new_robot_is_kept_with_all_that_was_entered(open_dialog: OpenDialog) -> None:
    driver = open_dialog()
    driver.paste(f"{WEBHOOK}\n{SECRET}")
    driver.type("name", "发布群")
    driver.dialog.form.profile.test.click()
    driver.dialog.form.keywords.box.setPlainText("发布\n\n 通知 ")
    driver.dialog.form.more_button.click()
    driver.dialog.form.more.addresses.box.setPlainText("8.8.8.8\n8.8.4.0/24")
    driver.type("mobiles", "13800000000, +852-12345678")
    driver.type("user_ids", "manager123")
    driver.dialog.form.more.everyone.click()
    driver.type("connect_timeout_s", "2.5")
    driver.type("read_timeout_s", "60")
    robot = driver.save_and_wait()
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
        token_fingerprint=fingerprint_of(TOKEN),
    )
    assert driver.harness.kept(robot.robot_id) == Credentials(TOKEN, SECRET)
    driver.harness.restart()
    assert driver.harness.now(robot) == robot


def test_a_new_robot_counts_as_production_unless_the_person_says_otherwise(
    open_dialog: OpenDialog,
) -> None:
    driver = open_dialog()
    assert driver.robot.stage is Stage.PRODUCTION
    assert driver.note("stage.note"), "and says so"


def test_a_new_robot_gets_a_colour_clearly_apart_from_the_others(
    harness: RobotsHarness, open_dialog: OpenDialog
) -> None:
    first = open_dialog().robot.colour
    harness.add(replace(TRIAL, colour=first))
    second = open_dialog().robot.colour
    assert distance(first, second) >= CLEARLY_APART


def test_a_colour_is_chosen_by_a_click_or_freely(
    open_dialog: OpenDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    driver = open_dialog()
    swatch = driver.dialog.findChild(colour_picker.Swatch, "robot.colour.5")
    assert isinstance(swatch, colour_picker.Swatch)
    swatch.click()
    assert driver.robot.colour == swatch.colour == COLOURS[5]
    monkeypatch.setattr(colour_picker, "pick_colour", lambda parent, colour: None)
    driver.dialog.form.profile.colour.other.click()
    assert driver.robot.colour == COLOURS[5]
    monkeypatch.setattr(colour_picker, "pick_colour", lambda parent, colour: "#123456")
    driver.dialog.form.profile.colour.other.click()
    assert driver.robot.colour == "#123456"


def test_save_says_what_it_waits_for(open_dialog: OpenDialog) -> None:
    driver = open_dialog()
    assert driver.waits_for == [field_label("robot.endpoint"), field_label("robot.name")]
    assert driver.note("name.note") == "", "nobody was there yet"
    driver.paste(WEBHOOK)
    assert driver.waits_for == [field_label("robot.name")]
    driver.type("name", "群")
    assert driver.waits_for == []


# Faults


def test_two_robots_of_the_same_name_are_refused(
    harness: RobotsHarness, open_dialog: OpenDialog
) -> None:
    harness.add(DUTY)
    driver = open_dialog()
    driver.paste(WEBHOOK)
    driver.type("name", " 运维值班 ")
    assert driver.note("name.note") == said(ProblemCode.ROBOT_NAME_TAKEN)
    assert not driver.dialog.save_button.isEnabled()
    own = open_dialog(harness.now(DUTY))
    assert own.dialog.save_button.isEnabled(), "its own name is not another robot's"


def test_an_archived_robot_holds_its_name_too(
    harness: RobotsHarness, open_dialog: OpenDialog
) -> None:
    harness.add(DUTY)
    harness.robot_profiles.archive("duty")
    driver = open_dialog()
    driver.type("name", "运维值班")
    assert driver.note("name.note") == said(ProblemCode.ROBOT_NAME_TAKEN)


def test_an_eleventh_keyword_is_refused_in_words_and_kept(
    harness: RobotsHarness, open_dialog: OpenDialog
) -> None:
    driver = open_dialog(harness.add(DUTY))
    lines = "\n".join(f"词{number}" for number in range(11))
    driver.dialog.form.keywords.box.setPlainText(lines)
    assert driver.note("keywords.note") == said(ProblemCode.TOO_MANY_KEYWORDS, count=11, limit=10)
    assert driver.waits_for == [field_label("robot.keywords")]
    assert not driver.dialog.save_button.isEnabled()
    assert driver.dialog.form.keywords.box.toPlainText() == lines
    driver.dialog.form.keywords.box.setPlainText(lines.rpartition("\n")[0])
    assert driver.dialog.save_button.isEnabled()
    assert len(driver.save_and_wait().keywords) == 10


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
    harness: RobotsHarness, open_dialog: OpenDialog, address: str, code: ProblemCode
) -> None:
    driver = open_dialog(harness.add(DUTY))
    assert not driver.dialog.form.more.isVisible()
    driver.dialog.form.more.addresses.box.setPlainText(f"8.8.8.8\n{address}")
    assert driver.note("addresses.note") == said(code, address=address)
    assert driver.tone("addresses.note") == "bad"
    assert not driver.dialog.save_button.isEnabled()
    assert driver.dialog.form.more.isVisible(), "a fault is never hidden in a folded section"


def test_a_private_address_warns_and_can_be_saved(
    harness: RobotsHarness, open_dialog: OpenDialog
) -> None:
    driver = open_dialog(harness.add(DUTY))
    driver.dialog.form.more.addresses.box.setPlainText("192.168.1.1")
    note = said(ProblemCode.ADDRESS_NOT_PUBLIC, address="192.168.1.1")
    assert (driver.note("addresses.note"), driver.tone("addresses.note")) == (note, "warn")
    assert driver.save_and_wait().addresses == ("192.168.1.1",)


@pytest.mark.parametrize("text", ["0", "121", "", "soon", "nan"])
def test_a_time_out_out_of_its_bounds_is_refused(
    harness: RobotsHarness, open_dialog: OpenDialog, text: str
) -> None:
    driver = open_dialog(harness.add(DUTY))
    driver.dialog.form.more_button.click()
    driver.type("read_timeout_s", text)
    note = said(ProblemCode.TIMEOUT_OUT_OF_RANGE, minimum=1, maximum=120)
    assert driver.note("timeouts.note") == note
    assert not driver.dialog.save_button.isEnabled()


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
    harness: RobotsHarness, open_dialog: OpenDialog, endpoint: str, code: ProblemCode
) -> None:
    driver = open_dialog(harness.add(DUTY))
    driver.type("endpoint", endpoint)
    assert driver.note("endpoint.note") == said(code)
    assert not driver.dialog.save_button.isEnabled()


def test_a_token_with_a_space_inside_is_refused_and_an_odd_one_only_warns(
    open_dialog: OpenDialog,
) -> None:
    driver = open_dialog()
    driver.type("name", "群")
    driver.type("token", "abc def")
    assert driver.note("token.note") == said(ProblemCode.TOKEN_SPACES)
    assert not driver.dialog.save_button.isEnabled()
    driver.type("token", "abcdef")
    assert driver.note("token.note") == said(ProblemCode.TOKEN_ODD)
    assert driver.tone("token.note") == "warn"
    assert driver.dialog.save_button.isEnabled()


def test_white_space_around_a_typed_secret_is_taken_off_and_told(
    open_dialog: OpenDialog,
) -> None:
    driver = open_dialog()
    driver.paste(WEBHOOK)
    driver.type("name", "群")
    driver.dialog.form.connection.signature.click()
    driver.type("secret", f"{SECRET} ")
    assert driver.tone("secret.note") == "quiet", "that white space is taken off"
    robot = driver.save_and_wait()
    assert driver.harness.kept(robot.robot_id).secret == SECRET


def test_a_signature_without_its_secret_is_warned_of(open_dialog: OpenDialog) -> None:
    driver = open_dialog()
    assert not driver.secret.isVisible()
    driver.dialog.form.connection.signature.click()
    assert driver.secret.isVisible()
    assert driver.tone("signature.note") == "warn"
    driver.type("secret", SECRET)
    assert driver.note("signature.note") == ""


# Hosts


def test_a_host_that_is_not_dingtalks_is_confirmed_once(
    harness: RobotsHarness, open_dialog: OpenDialog, answers: FakeQuestions
) -> None:
    driver = open_dialog()
    driver.paste(WEBHOOK.replace("oapi.dingtalk.com", "ding.example.com"))
    driver.type("name", "专有")
    answers.prepared["host"] = "back"
    driver.save()
    assert driver.dialog.isVisible() and harness.robot_profiles.robots == ()
    assert "ding.example.com" in answers.asked[0].text
    assert TOKEN not in str(answers.asked[0])
    answers.prepared["host"] = "confirm"
    robot = driver.save_and_wait()
    assert robot.is_host_confirmed
    answers.asked.clear()
    answers.names.clear()
    again = open_dialog(robot)
    again.type("name", "专有钉钉")
    assert again.save_and_wait().is_host_confirmed
    assert answers.names == []
    third = open_dialog(harness.now(robot))
    third.paste(WEBHOOK.replace("oapi.dingtalk.com", "other.example.com"))
    third.save_and_wait()
    assert answers.names == ["host"], "another host is another question"


@pytest.mark.parametrize(
    "endpoint",
    [DEFAULT_ENDPOINT, "https://oapi.dingtalk.io/robot/send", "http://127.0.0.1:8000/robot/send"],
)
def test_dingtalks_own_hosts_and_this_computer_are_not_asked_about(
    open_dialog: OpenDialog, answers: FakeQuestions, endpoint: str
) -> None:
    driver = open_dialog()
    driver.paste(f"{endpoint}?access_token={TOKEN}")
    driver.type("name", "群")
    robot = driver.save_and_wait()
    assert (robot.endpoint, robot.is_host_confirmed) == (endpoint, False)
    assert answers.asked == []


# The disk, closing, the sandbox


def test_a_full_disk_keeps_the_dialog_open_and_loses_nothing(
    harness: RobotsHarness, open_dialog: OpenDialog
) -> None:
    driver = open_dialog(harness.add(DUTY))
    harness.fill_disk()
    words = "\n".join(str(number) * 3_000 for number in range(10))
    driver.dialog.form.keywords.box.setPlainText(words)
    driver.type("token", OTHER_TOKEN)
    driver.save()
    assert driver.note("reason") == storage_sentence(StorageFault.FULL)
    assert driver.dialog.isVisible()
    assert driver.dialog.form.keywords.box.toPlainText() == words
    assert driver.token.typed == OTHER_TOKEN
    harness.database.max_pages = 10_000
    assert len(driver.save_and_wait().keywords) == 10
    assert harness.kept("duty").access_token == OTHER_TOKEN


def test_closing_with_something_entered_asks_once(
    open_dialog: OpenDialog, answers: FakeQuestions
) -> None:
    driver = open_dialog()
    driver.type("name", "群")
    answers.prepared["discard_robot"] = "back"
    QTest.keyClick(driver.dialog, Qt.Key.Key_Escape)
    assert driver.dialog.isVisible()
    answers.prepared["discard_robot"] = "discard"
    QTest.mouseClick(driver.dialog.cancel_button, LEFT)
    assert not driver.dialog.isVisible()
    assert driver.harness.robot_profiles.robots == ()


def test_closing_what_was_only_looked_at_asks_nothing(
    harness: RobotsHarness, open_dialog: OpenDialog, answers: FakeQuestions
) -> None:
    robot = replace(
        DUTY,
        addresses=("8.8.8.8",),
        default_mentions=Mentions(("13800000000",), ("u1",), True),
        connect_timeout_s=2.5,
    )
    driver = open_dialog(harness.add(robot, secret=SECRET))
    driver.dialog.reject()
    assert answers.asked == []
    assert driver.dialog.result() == QDialog.DialogCode.Rejected


def test_the_sandbox_has_no_webhook_to_edit(
    harness: RobotsHarness, open_dialog: OpenDialog
) -> None:
    harness.robot_profiles.add(SANDBOX)
    harness.robot_profiles.set_sandbox_url(
        "sandbox", "http://127.0.0.1:5555/robot/send", Credentials(TOKEN, SECRET)
    )
    driver = open_dialog(harness.now(SANDBOX))
    assert not driver.line("token").isVisible() and not driver.dialog.form.paste.isVisible()
    driver.type("name", "沙箱")
    robot = driver.save_and_wait()
    assert (robot.name, robot.endpoint) == ("沙箱", "http://127.0.0.1:5555/robot/send")
    harness.restart()
    assert harness.now(SANDBOX).endpoint == SANDBOX.endpoint, "where it stood is stored nowhere"


def test_the_dialog_fits_into_a_small_window(open_dialog: OpenDialog) -> None:
    driver = open_dialog()
    driver.dialog.form.more_button.click()
    driver.paste(f"{WEBHOOK}\n{SECRET}")
    assert driver.dialog.height() <= 600 and driver.dialog.width() <= 900
    assert driver.dialog.minimumSizeHint().height() <= 600


def test_every_control_has_a_name_for_a_screen_reader(
    harness: RobotsHarness, open_dialog: OpenDialog
) -> None:
    driver = open_dialog(harness.add(DUTY, secret=SECRET))
    kinds = (QLineEdit, QPlainTextEdit, QAbstractButton)
    controls = [one for kind in kinds for one in driver.dialog.findChildren(kind)]
    assert len(controls) > 15
    for one in controls:
        assert one.objectName() and one.accessibleName(), one


# The right webhook


@pytest.fixture(params=[True, False], ids=["keyring", "no keyring"])
def desk(
    request: pytest.FixtureRequest, make_desk: Callable[[FakeKeyring | None], RobotsHarness]
) -> RobotsHarness:
    """With a keyring and without, after a restart: what is known comes from the disk."""
    harness = make_desk(FakeKeyring({}) if request.param else None)
    harness.add(DUTY, TOKEN)
    harness.add(TRIAL, OTHER_TOKEN)
    harness.robot_profiles.archive(TRIAL.robot_id)
    harness.restart()
    return harness


@pytest.mark.parametrize("owner", [DUTY, TRIAL], ids=["listed", "archived"])
def test_a_webhook_that_another_robot_has_is_asked_about_before_it_is_added(
    desk: RobotsHarness, open_dialog: OpenDialog, answers: FakeQuestions, owner: Robot
) -> None:
    driver = open_dialog(at=desk)
    driver.paste(TOKEN if owner is DUTY else OTHER_TOKEN)
    driver.type("name", "全员群")
    answers.prepared["token_taken"] = "back"
    driver.save()
    assert driver.dialog.isVisible() and not driver.saved
    assert owner.name in answers.asked[0].text and "全员群" in answers.asked[0].details
    answers.prepared["token_taken"] = "confirm"
    robot = driver.save_and_wait()
    assert answers.names == ["token_taken", "token_taken"]
    assert robot.token_fingerprint == desk.now(owner).token_fingerprint


@pytest.mark.parametrize(
    "token",
    [
        pytest.param(TOKEN[:-1], id="one letter short"),
        pytest.param(f"{TOKEN}0", id="one letter more"),
        pytest.param(TOKEN.replace("0", "o"), id="letters for digits"),
        pytest.param(TOKEN.upper(), id="capital letters"),
    ],
)
def test_a_webhook_that_does_not_look_whole_is_saved_only_where_a_person_says_it_is(
    open_dialog: OpenDialog, answers: FakeQuestions, token: str
) -> None:
    driver = open_dialog()
    said_first = driver.paste(WEBHOOK.replace(TOKEN, token))
    assert driver.tone("paste.sentence") == "warn"
    assert problem_sentence(problem(ProblemCode.TOKEN_ODD, "robot")) in said_first
    driver.type("name", "全员群")
    answers.prepared["looks"] = "back"
    driver.save()
    assert driver.dialog.isVisible() and not driver.saved
    (asked,) = answers.asked
    assert [one.key for one in asked.choices if one.is_default] == ["back"]
    assert token not in str(asked)
    assert (str(len(token)) in asked.details) == (len(token) != len(TOKEN))
    answers.prepared["looks"] = "confirm"
    robot = driver.save_and_wait()
    assert driver.harness.kept(robot.robot_id).access_token == token


@pytest.mark.parametrize("secret", [SECRET[:-1], SECRET.upper()])
def test_a_secret_that_does_not_look_whole_is_asked_about_too(
    open_dialog: OpenDialog, answers: FakeQuestions, secret: str
) -> None:
    driver = open_dialog()
    driver.paste(f"{WEBHOOK}\nsecret: {secret}")
    driver.type("name", "全员群")
    answers.prepared["looks"] = "back"
    driver.save()
    assert driver.dialog.isVisible() and answers.names == ["looks"]
    assert secret not in str(answers.asked)
    answers.prepared["looks"] = "confirm"
    assert driver.harness.kept(driver.save_and_wait().robot_id).secret == secret


def test_whoever_pastes_sees_that_the_webhook_is_there_and_no_words_of_programmers(
    harness: RobotsHarness, open_dialog: OpenDialog
) -> None:
    driver = open_dialog()
    before = driver.note("webhook")
    driver.paste(WEBHOOK)
    assert "oapi.dingtalk.com" in driver.note("webhook") != before
    assert not driver.sees("token") and not driver.sees("endpoint")
    shown = [one.text() for one in driver.dialog.findChildren(QLabel) if one.isVisible()]
    assert not re.search("token|curl|keyring", "\n".join(shown), re.IGNORECASE)
    driver.dialog.form.more_button.click()
    assert driver.sees("token") and driver.sees("endpoint")
    kept = open_dialog(harness.add(DUTY))
    assert "oapi.dingtalk.com" in kept.note("webhook")


def test_another_webhook_for_a_robot_that_had_one_is_asked_about(
    desk: RobotsHarness, open_dialog: OpenDialog, answers: FakeQuestions
) -> None:
    before = desk.now(DUTY).token_fingerprint
    driver = open_dialog(desk.now(DUTY), at=desk)
    driver.paste("ab" * 32)
    answers.prepared["token_other"] = "back"
    driver.save()
    assert driver.dialog.isVisible() and desk.now(DUTY).token_fingerprint == before
    assert DUTY.name in answers.asked[0].text
    answers.prepared["token_other"] = "confirm"
    assert driver.save_and_wait().token_fingerprint not in ("", before)


def test_another_robots_webhook_for_one_that_had_its_own_says_both_at_once(
    desk: RobotsHarness, open_dialog: OpenDialog, answers: FakeQuestions
) -> None:
    driver = open_dialog(desk.now(DUTY), at=desk)
    driver.paste(OTHER_TOKEN)
    answers.prepared["token_taken"] = "confirm"
    driver.save_and_wait()
    assert answers.names == ["token_taken"]
    assert TRIAL.name in answers.asked[0].text and DUTY.name in answers.asked[0].details


def test_the_same_webhook_again_and_other_changes_are_not_asked_about(
    desk: RobotsHarness, open_dialog: OpenDialog, answers: FakeQuestions
) -> None:
    driver = open_dialog(desk.now(DUTY), at=desk)
    driver.paste(WEBHOOK)
    driver.type("name", "运维")
    known = desk.now(DUTY).token_fingerprint
    assert driver.save_and_wait().token_fingerprint == known
    assert answers.asked == []


def test_no_token_stands_in_the_file_that_knows_their_fingerprints(desk: RobotsHarness) -> None:
    rows = desk.database.rows("SELECT token_fingerprint FROM robots")
    assert len({row["token_fingerprint"] for row in rows} - {""}) == 2
    dump = desk.database.path.read_bytes()
    wal = desk.database.path.with_name(f"{desk.database.path.name}-wal")
    dump += wal.read_bytes() if wal.exists() else b""
    assert not any(token.encode() in dump for token in (TOKEN, OTHER_TOKEN))

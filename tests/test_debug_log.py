"""What the log says of each step, at each level. That no secret is in it: test_canaries.py."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton, QWidget

from dingcomposer.core.delivery import Status
from dingcomposer.sandbox.faults import FaultKind, FaultPlan
from tests.fakes.programs import Start


def log_lines(folder: Path, *words: str) -> list[str]:
    """The lines that hold all these words."""
    text = (folder / "logs" / "dingcomposer.log").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if all(word in line for word in words)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data"


def test_each_send_leaves_one_line_that_says_what_became_of_it(start: Start, folder: Path) -> None:
    person = start()
    person.write_text("hello")
    delivered = person.send().msg_uuid
    person.sandbox.robot.faults = (FaultPlan(FaultKind.RESET),)
    person.write_text(" again")
    unknown = person.send()
    assert unknown.status is Status.UNKNOWN
    (line,) = log_lines(folder, delivered)
    assert "attempt 1: delivered, delivered, HTTP 200" in line
    (line,) = log_lines(folder, unknown.msg_uuid)
    assert f"attempt 1: unknown, {unknown.fault}" in line


def test_at_debug_each_step_of_a_send_leaves_a_line(start: Start, folder: Path) -> None:
    person = start(is_debug=True)
    person.write_text("hello")
    uuid = person.send().msg_uuid
    steps = [line.partition("] ")[2] for line in log_lines(folder, uuid)]
    for step, words in zip(
        steps,
        (
            "queued for robot",
            "its turn has come",
            "secrets read",
            "committed",
            "written down",
            "delivered",
            "stands as delivered",
        ),
        strict=True,
    ):
        assert words in step
    assert log_lines(folder, "posting to 127.0.0.1, signed, without a proxy")
    assert log_lines(folder, "answered: HTTP 200")


def test_at_debug_each_call_to_the_keyring_leaves_two_lines(start: Start, folder: Path) -> None:
    person = start(is_debug=True)
    webhook = f"{person.sandbox.url}?access_token={person.sandbox.access_token}"
    person.add_robot("mine", f"{webhook}\n{person.sandbox.secret}")
    robot_id = person.robot_called("mine").robot_id
    assert log_lines(folder, "keyring, find")
    assert [line.rpartition(": ")[2] for line in log_lines(folder, f"put {robot_id}")] == [
        "asked",
        "token, secret",
    ]


def test_at_debug_each_line_of_a_check_up_leaves_one(start: Start, folder: Path) -> None:
    person = start(is_debug=True)
    robot = person.robot_called("Sandbox")
    person.program.window.check_up(robot.robot_id)
    person.wait(lambda: person.program.window.findChildren(QWidget, "checkup"))
    (dialog,) = person.program.window.findChildren(QWidget, "checkup")
    again = dialog.findChild(QPushButton, "checkup.again")
    assert again is not None
    person.wait(again.isEnabled)
    lines = log_lines(folder, f"check-up of {robot.robot_id}: ")
    for step in ("name is ", "connection is ", "secret is tick, "):
        assert any(step in line for line in lines), step
    dialog.close()


def test_at_debug_each_picture_leaves_lines_with_its_host_and_no_more(
    start: Start, folder: Path
) -> None:
    person = start(is_debug=True)
    address = "https://pictures.example.com/a.png?sig=private"
    person.write({"msgtype": "markdown", "markdown": {"title": "t", "text": f"![]({address})"}})
    person.wait(lambda: log_lines(folder, "picture 1 is known"))
    assert log_lines(folder, "picture 1: fetched from pictures.example.com")
    assert log_lines(folder, "picture 1: unreachable")
    assert not log_lines(folder, "private")

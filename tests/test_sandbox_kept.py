"""A port and a token of the sandbox that outlive the run, for a person's own scripts."""

import json
import socket
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

from keyring.backends.null import Keyring
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QLabel, QLineEdit

from dingcomposer.core.delivery import Status
from tests.fakes.fake_keyring import FakeKeyring
from tests.fakes.programs import Person, Start


def webhook(person: Person) -> tuple[str, str, str]:
    """Where the sandbox is called, and with what."""
    sandbox = person.sandbox
    return sandbox.url, sandbox.access_token, sandbox.secret


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def choose_port(person: Person, port: str) -> None:
    person.driver.click("place.sandbox")
    line = person.driver.find("sandbox.port")
    assert isinstance(line, QLineEdit)
    line.setFocus()
    line.selectAll()
    QTest.keyClick(line, Qt.Key.Key_Delete)
    QTest.keyClicks(line, port)
    QTest.keyClick(line, Qt.Key.Key_Return)


def keep_token(person: Person) -> QCheckBox:
    person.driver.click("place.sandbox")
    person.driver.click("sandbox.keep_token")
    box = person.driver.find("sandbox.keep_token")
    assert isinstance(box, QCheckBox)
    return box


def kept_in(ring: FakeKeyring) -> list[dict[str, str]]:
    return [json.loads(text) for text in ring.entries.copy().values()]


def text_of(person: Person, name: str) -> str:
    label = person.driver.find(name)
    assert isinstance(label, QLabel)
    return label.text()


def test_that_no_handle_is_left_for_a_caller_is_told(start: Start) -> None:
    person = start()
    person.sandbox.on_exhausted()
    person.wait(lambda: "no file handles left" in text_of(person, "status.said"))


def test_everything_is_new_at_each_start_unless_it_is_kept(start: Start, ring: FakeKeyring) -> None:
    first = start()
    before = webhook(first)
    first.program.shut_down()
    assert ring.entries == {}
    after = webhook(start())
    assert before[1] != after[1]
    assert before[2] != after[2]


def test_a_chosen_port_holds_at_once_and_at_the_next_start(start: Start) -> None:
    person = start()
    port = free_port()
    choose_port(person, str(port))
    person.wait(lambda: urlsplit(person.sandbox.url).port == port)
    person.wait(lambda: str(port) in text_of(person, "sandbox.address"))
    person.driver.click("place.write")
    person.write_text("你好")
    assert person.send().status is Status.DELIVERED
    person.program.shut_down()

    again = start()
    assert urlsplit(again.sandbox.url).port == port
    again.driver.click("place.sandbox")
    line = again.driver.find("sandbox.port")
    assert isinstance(line, QLineEdit)
    assert line.text() == str(port)
    choose_port(again, "")
    again.program.shut_down()
    assert start().program.sandbox.port == 0


def test_a_port_that_is_taken_is_told_and_the_old_one_stays(start: Start) -> None:
    person = start()
    before = person.sandbox.url
    with closing(socket.socket()) as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        choose_port(person, str(port))
        words = f"Port {port} is taken by another program; the sandbox listens on"
        person.wait(lambda: words in text_of(person, "status.said"))
    person.wait(lambda: person.sandbox.url == before)
    assert person.program.sandbox.port == 0
    person.driver.click("place.write")
    person.write_text("你好")
    assert person.send().status is Status.DELIVERED


def test_a_kept_port_that_is_taken_at_the_start_is_told(start: Start) -> None:
    person = start()
    port = free_port()
    choose_port(person, str(port))
    person.wait(lambda: urlsplit(person.sandbox.url).port == port)
    person.program.shut_down()
    with closing(socket.socket()) as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        other.bind(("127.0.0.1", port))
        other.listen()
        again = start()
        assert urlsplit(again.sandbox.url).port != port
        again.wait(lambda: f"Port {port} is taken" in text_of(again, "status.said"))
        assert again.program.sandbox.port == port  # it may be free the next time


def test_a_kept_token_lies_in_the_keyring_and_nowhere_else(
    start: Start, ring: FakeKeyring, tmp_path: Path
) -> None:
    person = start()
    _, token, secret = webhook(person)
    keep_token(person)
    person.wait(lambda: kept_in(ring))
    assert kept_in(ring) == [{"access_token": token, "secret": secret}]
    assert "stay the same" in text_of(person, "sandbox.address")
    person.program.shut_down()
    for file in (path for path in tmp_path.rglob("*") if path.is_file()):
        content = file.read_bytes()
        assert token.encode() not in content, file
        assert secret.encode() not in content, file

    again = start()
    assert webhook(again)[1:] == (token, secret)
    again.write_text("你好")
    assert again.send().status is Status.DELIVERED

    twin = again.program.robot_profiles.add_sandbox("第二")
    again.wait(lambda: len(kept_in(ring)) == 2)
    again.program.robot_profiles.delete(twin.robot_id)
    again.wait(lambda: len(kept_in(ring)) == 1)


def test_a_token_that_is_kept_no_more_leaves_the_keyring_and_holds_for_this_run(
    start: Start, ring: FakeKeyring
) -> None:
    person = start()
    _, token, _ = webhook(person)
    keep_token(person)
    person.wait(lambda: kept_in(ring))
    keep_token(person)
    person.wait(lambda: not kept_in(ring))
    person.driver.click("place.write")
    person.write_text("你好")
    assert person.send().status is Status.DELIVERED
    person.program.shut_down()
    assert webhook(start())[1] != token


def test_without_a_keyring_no_token_can_be_kept_and_that_is_told(start: Start) -> None:
    person = start(find_keyring=Keyring)
    box = keep_token(person)
    person.wait(lambda: "did not take the sandbox's token" in text_of(person, "status.said"))
    assert not box.isChecked()
    assert not person.program.sandbox.keeps_token


def test_a_silent_keyring_is_told_and_what_is_in_it_is_not_written_over(
    start: Start, ring: FakeKeyring, expect_log: Callable[[str], None]
) -> None:
    person = start()
    _, token, _ = webhook(person)
    keep_token(person)
    person.wait(lambda: kept_in(ring))
    person.program.shut_down()
    locked = FakeKeyring(ring.entries, OSError("locked"), ("get",))
    during = start(find_keyring=lambda: locked)
    assert webhook(during)[1] != token
    during.wait(lambda: "has a new token in this run" in text_of(during, "status.said"))
    during.program.shut_down()
    assert webhook(start())[1] == token

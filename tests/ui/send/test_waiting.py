"""A message that waits says so beside itself and on the button: for what, and until when."""

import re

from dingcomposer.sandbox.faults import FaultKind, FaultPlan
from tests.fakes.programs import Person, Start

CLOCK = r"[0-9]{2}:[0-9]{2}:[0-9]{2}"


def send(person: Person, text: str) -> None:
    person.write_text(text)
    person.driver.click("compose.send")


def too_fast(person: Person) -> None:
    """DingTalk says that this robot was too fast, so that it rests."""
    person.sandbox.robot.faults = (FaultPlan(FaultKind.TOO_FAST, times=1),)
    person.write_text("太快了")
    person.send()


def test_a_message_of_a_robot_that_rests_says_until_when(start: Start) -> None:
    person = start()
    too_fast(person)
    send(person, "等一等")
    person.wait(lambda: "It waits until" in person.driver.read("compose.reason"))
    reason = person.driver.read("compose.reason")
    assert re.fullmatch(f"It waits until {CLOCK}: the robot rests .*", reason)
    assert re.fullmatch(f"Waits until {CLOCK}", person.driver.read("compose.send"))
    person.write_text("别的")
    assert "Send to" in person.driver.read("compose.send")
    assert "waits" not in person.driver.read("compose.reason")


def test_a_pause_is_named_and_its_end_shows(start: Start) -> None:
    person = start()
    person.program.outbox.pause()
    send(person, "先停一停")
    person.wait(lambda: person.driver.read("compose.send") == "Paused")
    assert person.driver.read("compose.reason") == "It waits: sending is paused."
    person.program.outbox.resume()
    person.wait(lambda: person.driver.read("compose.send").startswith("Send to"))


def test_a_safe_retry_of_a_robot_that_rests_says_that_it_waits(start: Start) -> None:
    person = start()
    person.sandbox.robot.faults = (
        FaultPlan(FaultKind.CLOSE, times=1),
        FaultPlan(FaultKind.TOO_FAST, times=1),
    )
    person.write_text("可能到了")
    lost = person.send()
    person.write_text("太快了")
    person.send()
    person.program.window.recovery_actions.carry_out(lost.msg_uuid)
    said = person.driver.read("status.said")
    assert re.search(f"It waits until {CLOCK}: the robot rests", said)
    assert "Trying again" not in said

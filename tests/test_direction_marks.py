"""Words from outside that would turn the letters round: nowhere in the window do they."""

import json
from pathlib import Path

from PySide6.QtWidgets import QApplication

from dingcomposer.core.contacts import Contact
from dingcomposer.core.draft import Draft
from dingcomposer.core.messages import Kind
from dingcomposer.core.plain_text import DIRECTION_MARKS, clean
from dingcomposer.core.robot import Robot, Stage
from dingcomposer.core.templates.documents import to_document
from dingcomposer.core.templates.template import Template, TemplateField
from dingcomposer.sandbox.faults import FaultKind, FaultPlan
from dingcomposer.storage.secrets import CredentialsChange
from dingcomposer.storage.templates.files import ENDING
from tests.fakes.canaries import texts_on_screen
from tests.fakes.programs import Person, Start

TURNED = "\u202egnp.\u2066全员群\u200f"


def turning() -> list[tuple[str, str]]:
    """The widgets that hold such a mark, with the text."""
    return [one for one in texts_on_screen() if any(mark in one[1] for mark in DIRECTION_MARKS)]


def with_turned_robot(start: Start) -> Person:
    """A program whose folder holds a robot with such a name, as an older one could write it."""
    person = start()
    server = person.sandbox
    robot = Robot("t", TURNED, "#C5302B", Stage.TEST, server.url, expects_signature=True)
    person.program.robot_profiles.add(robot, CredentialsChange(server.access_token, server.secret))
    person.wait(lambda: person.robot_called(clean(TURNED)).has_token)
    return person


def test_a_robots_name_turns_nothing_wherever_it_is_shown(start: Start) -> None:
    person = with_turned_robot(start)
    person.aim(clean(TURNED))
    person.write_text("通知")
    assert turning() == []
    person.send()
    assert turning() == []
    person.driver.click("verdict.details")
    assert turning() == []


def test_a_servers_words_are_kept_as_they_came_and_turn_nothing(start: Start) -> None:
    person = with_turned_robot(start)
    person.aim(clean(TURNED))
    body = json.dumps({"errcode": 310000, "errmsg": f"sign not match {TURNED}"}).encode()
    person.sandbox.robot.faults = (FaultPlan(FaultKind.CUSTOM, body=body, times=None),)
    person.write_text("通知")
    row = person.send()
    assert TURNED in row.errmsg
    assert turning() == []
    person.driver.click("verdict.details")
    assert "sign not match" in "\n".join(text for _, text in texts_on_screen())
    assert turning() == []


def test_a_message_that_turns_letters_is_copied_as_json_that_shows_it(start: Start) -> None:
    person = start()
    person.write_text(f"通知{TURNED}")
    person.send()
    person.driver.click("verdict.details")
    person.driver.click("history.technical")
    person.driver.click("history.copy_json")
    copied = QApplication.clipboard().text()
    assert json.loads(copied)["text"]["content"] == f"通知{TURNED}"
    assert not set(copied) & set(DIRECTION_MARKS)
    # Only where a person typed them, and in the picture of what the group will see.
    assert {where for where, _ in turning()} <= {
        "MessageEditor compose.text",
        "RichView preview.body",
        "Notification preview.notification",
        "ConversationLine preview.listLine",
    }


def test_a_template_from_elsewhere_turns_nothing(start: Start, tmp_path: Path) -> None:
    name = f"停机{TURNED}"
    template = Template(
        name,
        Draft(kind=Kind.TEXT, text=f"{{{{系统{TURNED}}}}}"),
        (TemplateField(f"系统{TURNED}", hint=f"例如{TURNED}"),),
        f"运维{TURNED}",
    )
    folder = tmp_path / "data" / "templates"
    folder.mkdir(parents=True)
    (folder / f"a{ENDING}").write_text(json.dumps(to_document(template)), encoding="utf-8")
    person = start()
    person.program.window.launchers.templates.show()
    assert any("停机" in text for _, text in texts_on_screen())
    # The picture shows the message as the group will see it; of the rest nothing turns.
    assert {where for where, _ in turning()} <= {"RichView preview.body"}


def test_a_contacts_name_turns_nothing(start: Start) -> None:
    person = start()
    person.program.contacts.put((Contact(f"张三{TURNED}", "13800000000"),))
    person.write_text("@")
    assert turning() == []

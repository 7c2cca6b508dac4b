"""The queue in the real program: countdowns, pause, order, cancelling, and one out of many."""

from PySide6.QtWidgets import (
    QLabel,
    QLineEdit,
    QPushButton,
    QTableView,
    QToolButton,
    QWidget,
)

from dingcomposer.core.answers import Cause
from dingcomposer.core.contacts import Contact
from dingcomposer.core.delivery import Status
from dingcomposer.core.limits import PACE_PER_MINUTE
from dingcomposer.core.messages import Text
from dingcomposer.core.robot import Robot
from dingcomposer.sandbox.faults import FaultKind, FaultPlan
from dingcomposer.services.settings import CALLS
from dingcomposer.ui.queue.dialog import QueueDialog
from tests.fakes.fake_dialogs import Answer
from tests.fakes.programs import Person, Start
from tests.fakes.widget_driver import WidgetDriver


class QueueDriver(WidgetDriver):
    """The queue's dialog as a person sees it."""

    def __init__(self, person: Person) -> None:
        person.program.window.queue.show()
        dialog = person.program.window.findChild(QueueDialog)
        assert dialog is not None
        super().__init__(dialog)

    def rows(self) -> list[tuple[str, ...]]:
        return [tuple(row[:3]) for row in self.cells("queue.table")]

    def messages(self) -> list[str]:
        return [row[1] for row in self.rows()]

    def choose_row(self, number: int) -> None:
        table = self.get(QTableView, "queue.table")
        table.setCurrentIndex(table.model().index(number, 0))


def sandbox_robot(person: Person) -> Robot:
    return next(one for one in person.program.robot_profiles.robots if one.is_sandbox)


def submit(person: Person, *texts: str) -> list[str]:
    robot = sandbox_robot(person)
    return [person.program.outbox.submit(Text(text), robot) for text in texts]


def in_status_line(person: Person, name: str) -> QToolButton:
    button = person.program.window.status.findChild(QToolButton, name)
    assert button is not None
    return button


def test_in_a_pause_messages_wait_in_sight_and_go_in_the_order_they_are_put_in(
    start: Start,
) -> None:
    person = start()
    queue = QueueDriver(person)
    queue.click("queue.pause")
    assert in_status_line(person, "status.queue").text() == "Sending is paused"
    submit(person, "one", "two", "three")
    assert queue.rows() == [
        ("Sandbox", "one", "paused"),
        ("Sandbox", "two", "paused"),
        ("Sandbox", "three", "paused"),
    ]
    queue.choose_row(2)
    queue.click("queue.earlier")
    queue.click("queue.earlier")
    assert queue.messages() == ["three", "one", "two"]
    assert not queue.get(QPushButton, "queue.earlier").isEnabled()
    queue.choose_row(1)
    queue.click("queue.cancel")
    person.wait(lambda: Status.CANCELLED in person.statuses())
    assert queue.messages() == ["three", "two"]
    assert person.sandbox.exchanges() == ()
    queue.click("queue.pause")
    person.wait(lambda: person.statuses().count(Status.DELIVERED) == 2)
    assert [one.message for one in person.sandbox.exchanges()] == [Text("three"), Text("two")]
    person.wait(lambda: not in_status_line(person, "status.queue").isVisible())


def test_too_fast_rests_the_robot_and_the_sandbox_takes_its_rest_with_it(start: Start) -> None:
    person = start()
    person.sandbox.robot.faults = (FaultPlan(FaultKind.TOO_FAST),)
    (first,) = submit(person, "too fast")
    history = person.program.history
    person.wait(lambda: getattr(history.row(first), "cause", None) is Cause.TOO_FAST)
    assert person.program.outbox.left(sandbox_robot(person)) == 0
    submit(person, "after the rest")
    queue = QueueDriver(person)
    ((_, message, wait),) = queue.rows()
    assert message == "after the rest"
    assert wait.startswith(("9 min", "10 min"))
    person.wait(lambda: in_status_line(person, "status.queue").isVisible())
    assert in_status_line(person, "status.queue").text().startswith("1 waiting · next in ")
    person.program.shut_down()
    again = start()
    assert again.program.outbox.left(sandbox_robot(again)) == PACE_PER_MINUTE
    (third,) = submit(again, "to the next sandbox")
    again.wait(lambda: again.program.history.row(third).status is Status.DELIVERED)  # type: ignore[union-attr]


def test_more_than_twenty_for_one_robot_can_become_one_draft_for_nobody_yet(
    start: Start, answer: Answer
) -> None:
    asked = answer(merge="merge").asked
    person = start()
    queue = QueueDriver(person)
    person.program.outbox.pause()
    submit(person, *(f"line {number}" for number in range(20)))
    assert not queue.get(QLabel, "queue.hint").isVisible()
    submit(person, "line 20")
    assert "21 messages wait for one robot" in queue.get(QLabel, "queue.hint").text()
    queue.click("queue.merge")
    assert [one.name for one in asked] == ["merge"]
    session = person.program.session
    assert session.draft.text == "\n\n".join(f"line {number}" for number in range(21))
    assert session.target_id is None
    person.wait(lambda: person.statuses() == [Status.CANCELLED] * 21)
    person.program.outbox.resume()
    assert person.sandbox.exchanges() == ()


def test_who_does_not_want_them_merged_leaves_them_in_the_queue(
    start: Start, answer: Answer
) -> None:
    answer(merge="back")
    person = start()
    queue = QueueDriver(person)
    person.program.outbox.pause()
    submit(person, *(f"line {number}" for number in range(21)))
    queue.click("queue.merge")
    assert len(queue.rows()) == 21
    assert person.program.session.draft.text == ""


def test_a_window_that_closes_in_a_pause_does_not_wait_for_what_will_not_come(
    start: Start, answer: Answer
) -> None:
    asked = answer(close="stay").asked
    person = start()
    person.program.outbox.pause()
    submit(person, "held back")
    assert not person.program.window.close()
    (question,) = asked
    assert {choice.key for choice in question.choices} == {"stay", "close"}


def test_the_month_counts_against_the_number_that_the_plan_has(start: Start) -> None:
    person = start()
    month = in_status_line(person, "status.month")
    assert month.text() == "0 of 3,000 this month"
    month.click()
    dialog = person.program.window.findChild(QWidget, "plan")
    assert dialog is not None
    field = dialog.findChild(QLineEdit, "plan.calls")
    save = dialog.findChild(QPushButton, "plan.save")
    assert field is not None
    assert save is not None
    assert field.text() == "3000"
    field.setText("")
    assert not save.isEnabled()
    field.setText("50000")
    save.click()
    assert month.text() == "0 of 50,000 this month"
    assert person.program.settings.value(CALLS) == 50_000
    submit(person, "the sandbox is free")
    person.wait(lambda: person.statuses() == [Status.DELIVERED])
    assert month.text() == "0 of 50,000 this month"


def test_the_queue_calls_people_by_their_names(start: Start) -> None:
    person = start()
    person.program.contacts.put((Contact("王芳", "13800138000"),))
    queue = QueueDriver(person)
    queue.click("queue.pause")
    submit(person, "@13800138000 请处理")
    assert queue.messages() == ["@王芳 请处理"]

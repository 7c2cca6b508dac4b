"""Schedules in the real program: kept from the composer, listed, asked about, sent."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QDate, Qt, QTime
from PySide6.QtGui import QAction, QImage, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDateEdit,
    QDialog,
    QLabel,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QPushButton,
    QTableView,
    QTimeEdit,
    QToolButton,
    QWidget,
)

from dingcomposer.core.delivery import BroadcastOrder, Status
from dingcomposer.core.draft import Draft
from dingcomposer.core.robot import Stage
from dingcomposer.core.robot_lists import RobotList
from dingcomposer.core.scheduling.schedule import RunState
from dingcomposer.core.scheduling.timing import DayRule
from dingcomposer.core.templates.template import Template, TemplateField
from dingcomposer.sandbox.faults import FaultKind, FaultPlan
from dingcomposer.services.settings import KEEPS_RUNNING
from dingcomposer.storage.database import Database
from dingcomposer.storage.planned.schedules import ScheduleStore
from dingcomposer.ui.context import Page
from dingcomposer.ui.drafts.list_panel import DraftRole
from dingcomposer.ui.schedules.entry_dialog import EntryDialog
from dingcomposer.ui.schedules.rows import MessagePicture
from dingcomposer.ui.templates.dialog import TemplatesDialog
from tests.fakes.fake_dialogs import Answer
from tests.fakes.programs import Person, Start
from tests.fakes.widget_driver import WidgetDriver

WEEKDAYS = "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"


class Clock:
    """The time by which the program's schedules go, as Shanghai has it."""

    def __init__(self) -> None:
        self.now = datetime.now(UTC)
        self.set("2026-11-30 08:00")

    def set(self, local: str) -> None:
        self.now = datetime.fromisoformat(f"{local}+08:00").astimezone(UTC)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[Clock]:
    monkeypatch.setenv("TZ", "Asia/Shanghai")
    time.tzset()
    for module in ("dialog", "page"):
        monkeypatch.setattr(
            f"dingcomposer.ui.schedules.{module}.local_zone", lambda: "Asia/Shanghai"
        )
    yield Clock()
    monkeypatch.undo()
    time.tzset()


@pytest.fixture
def person(start: Start, clock: Clock) -> Person:
    return start(now=lambda: clock.now)


class ScheduleDriver(WidgetDriver):
    """The dialog of one schedule as a person sees it."""

    def __init__(self, person: Person) -> None:
        dialogs = person.program.window.findChildren(QDialog, "schedule")
        super().__init__(dialogs[-1], "schedule.")
        self._person = person

    def choose_kind(self, kind: str) -> None:
        combo = self.get(QComboBox, "repetition")
        combo.setCurrentIndex(combo.findData(kind))
        combo.activated.emit(combo.currentIndex())

    def choose_days(self, rule: DayRule) -> None:
        combo = self.get(QComboBox, "days")
        combo.setCurrentIndex(combo.findData(rule.value))
        combo.activated.emit(combo.currentIndex())

    def choose_time(self, day: date, hour: int, minute: int) -> None:
        self.get(QDateEdit, "day").setDate(QDate(day.year, day.month, day.day))
        self.get(QTimeEdit, "time").setTime(QTime(hour, minute))

    def check(self, name: str, *, is_on: bool = True) -> None:
        groups = self.get(QListWidget, "groups")
        for row in range(groups.count()):
            item = groups.item(row)
            if item.text().startswith(name):
                item.setCheckState(Qt.CheckState.Checked if is_on else Qt.CheckState.Unchecked)

    def expected(self) -> list[str]:
        found = self.get(QListWidget, "expected")
        return [found.item(row).text() for row in range(found.count())]

    def save(self) -> None:
        self._person.wait(self.button("save").isEnabled)
        self.button("save").click()


def begin(person: Person, text: str = "早上好") -> ScheduleDriver:
    """Write a text, and choose "Send at a time…" beside Send."""
    person.write_text(text)
    action = person.program.window.findChild(QAction, "compose.more.schedule")
    assert action is not None
    action.trigger()
    return ScheduleDriver(person)


def plan(person: Person, text: str = "早上好", kind: str = "daily") -> str:
    """Keep a schedule for tomorrow at nine; its id."""
    dialog = begin(person, text)
    dialog.choose_kind(kind)
    dialog.save()
    return person.program.planner().schedules[-1].schedule_id


def words_in(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def page(person: Person) -> QWidget:
    person.program.window.go_to(Page.SCHEDULES)
    found = person.program.window.findChild(QWidget, "schedules")
    assert isinstance(found, QWidget)
    return found


def press(person: Person, name: str, *, within: QWidget | None = None) -> None:
    button = (within or person.program.window).findChild(QPushButton, name)
    assert button is not None, name
    button.click()


def look(person: Person, clock: Clock, local: str) -> None:
    clock.set(local)
    person.program.planner().look()


def test_the_draft_is_kept_and_sent_at_its_time(person: Person, clock: Clock) -> None:
    dialog = begin(person)
    assert dialog.get(QLineEdit, "name").text() == "早上好"
    assert dialog.expected() == ["Tue 1 Dec 09:00    Sandbox"]
    dialog.choose_kind("weekdays")
    dialog.choose_days(DayRule.WORKING_DAYS)
    person.wait(lambda: len(dialog.expected()) == 10)
    assert [one[:10] for one in dialog.expected()[:5]] == [
        *("Tue 1 Dec ", "Wed 2 Dec ", "Thu 3 Dec ", "Fri 4 Dec ", "Mon 7 Dec ")
    ]
    dialog.save()
    (schedule,) = person.program.planner().schedules
    assert schedule.timing.rule == WEEKDAYS
    assert person.program.window.place is Page.SCHEDULES
    shown = page(person)
    person.wait(lambda: "Next: Tue 1 Dec 09:00" in words_in(shown))
    assert "Each weekday at 09:00 · on working days, worked weekends too" in words_in(shown)
    look(person, clock, "2026-12-01 09:00")
    person.wait(lambda: person.statuses() == [Status.DELIVERED])
    person.wait(lambda: "Last: 09:00: Delivered" in words_in(page(person)))
    assert "Next: Wed 2 Dec 09:00" in words_in(page(person))


def test_what_is_still_to_be_filled_in_is_asked_for_first(person: Person) -> None:
    person.write_text("{{事项}}")
    action = person.program.window.findChild(QAction, "menu.schedule")
    assert action is not None
    action.trigger()
    assert person.program.window.findChild(QDialog, "schedule") is None
    assert person.program.window.findChild(QDialog, "fill") is not None


def test_an_empty_draft_is_told(person: Person) -> None:
    press(person, "schedules.new", within=page(person))
    assert person.program.window.findChild(QDialog, "schedule") is None
    assert person.program.window.place is Page.WRITE


def test_the_page_helps_while_there_is_nothing(person: Person) -> None:
    shown = words_in(page(person))
    assert "Nothing is planned yet" in shown
    assert "Send at a time…" in shown


def test_a_rule_of_ones_own_is_told_what_is_wrong_with_it(person: Person) -> None:
    dialog = begin(person)
    dialog.choose_kind("custom")
    line = dialog.get(QLineEdit, "rule")
    line.setText("FREQ=MINUTELY")
    line.textEdited.emit(line.text())
    person.wait(lambda: "FREQ is HOURLY" in dialog.label("reason"))
    assert not dialog.button("save").isEnabled()
    line.setText("FREQ=MONTHLY;BYDAY=-1FR")
    line.textEdited.emit(line.text())
    assert dialog.get(QComboBox, "repetition").currentData() == "monthly_weekday"
    person.wait(lambda: dialog.button("save").isEnabled())
    dialog.save()
    assert "Each month on the last Friday at 09:00" in words_in(page(person))


def test_the_days_of_a_week_are_clicked_and_the_next_runs_follow(person: Person) -> None:
    dialog = begin(person)
    dialog.choose_kind("weekly")
    chosen = dialog.get(QToolButton, "weekday.1")
    assert chosen.isChecked(), "tomorrow is a Tuesday"
    friday = dialog.get(QToolButton, "weekday.4")
    friday.click()
    person.wait(lambda: any("Fri" in one for one in dialog.expected()))
    chosen.click()
    person.wait(lambda: not any("Tue" in one for one in dialog.expected()))
    friday.click()
    assert friday.isChecked(), "a week has one of them at least"
    dialog.save()
    (kept,) = person.program.planner().schedules
    assert kept.timing.rule == "FREQ=WEEKLY;BYDAY=FR"


def test_production_is_agreed_to_once_and_sees_what_goes_where(
    person: Person, answer: Answer
) -> None:
    person.add_group("正式群", Stage.PRODUCTION)
    asked = answer(schedule_production="back")
    dialog = begin(person)
    dialog.check("Sandbox", is_on=False)
    dialog.check("正式群")
    dialog.choose_kind("daily")
    person.wait(lambda: len(dialog.expected()) == 10 and "正式群" in dialog.expected()[9])
    dialog.save()
    assert asked.names == ["schedule_production"]
    assert person.program.planner().schedules == ()
    asked.prepared["schedule_production"] = "save"
    dialog.save()
    assert [one.name for one in person.program.planner().schedules[0].robots] == ["正式群"]


def test_a_group_or_a_name_that_is_missing_is_told(person: Person) -> None:
    dialog = begin(person)
    dialog.check("Sandbox", is_on=False)
    person.wait(lambda: dialog.label("reason") == "Choose a group.")
    dialog.check("Sandbox")
    dialog.choose_time(date(2026, 11, 30), 7, 0)
    person.wait(lambda: dialog.label("reason") == "All of its times lie in the past.")


def test_it_is_paused_goes_on_is_sent_now_and_deleted(
    person: Person, clock: Clock, answer: Answer
) -> None:
    plan(person)
    shown = page(person)
    press(person, "schedules.pause", within=shown)
    person.wait(lambda: "Paused" in words_in(shown))
    look(person, clock, "2026-12-02 12:00")
    assert person.statuses() == []
    press(person, "schedules.resume", within=shown)
    person.wait(lambda: "Next: Thu 3 Dec 09:00" in words_in(shown))
    asked = answer(schedule_run="send", schedule_delete="delete")
    for key in ("run", "delete"):
        action = shown.findChild(QAction, f"schedules.{key}")
        assert action is not None
        action.trigger()
    person.wait(lambda: person.statuses() == [Status.DELIVERED])
    assert asked.names == ["schedule_run", "schedule_delete"]
    assert "“早上好”" in asked.asked[0].details, "what goes is seen"
    assert "Nothing is planned yet" in words_in(shown)


def said(person: Person) -> str:
    label = person.program.window.findChild(QLabel, "status.said")
    assert label is not None
    return label.text()


def test_what_is_paused_or_deleted_is_said_and_nothing_else_stands_there(
    person: Person, answer: Answer
) -> None:
    plan(person)
    assert "Kept. It is sent" in said(person)
    shown = page(person)
    press(person, "schedules.pause", within=shown)
    assert said(person) == "“早上好” is paused: nothing of it is sent."
    press(person, "schedules.resume", within=shown)
    assert said(person).startswith("“早上好” goes on. It is sent ")
    answer(schedule_delete="delete")
    action = shown.findChild(QAction, "schedules.delete")
    assert action is not None
    action.trigger()
    assert said(person) == "“早上好” is deleted: nothing of it is sent any more."


def test_the_keyboard_stays_with_the_schedule_that_was_paused(person: Person) -> None:
    ids = []
    for text in ("一", "二", "三"):
        person.program.window.write()
        ids.append(plan(person, text))
    shown = page(person)
    person.program.window.activateWindow()
    row = shown.findChild(QWidget, f"schedules.row.{ids[1]}")
    assert row is not None
    pause = row.findChild(QPushButton, "schedules.pause")
    assert pause is not None
    pause.setFocus()
    QTest.keyClick(pause, Qt.Key.Key_Space)
    now = person.program.window.focusWidget()
    assert now is not None
    assert now.objectName() == "schedules.resume"
    parent = now.parentWidget()
    assert parent is not None
    assert parent.objectName() == f"schedules.row.{ids[1]}"
    order = []
    for _step in range(3):
        QTest.keyClick(person.program.window.focusWidget(), Qt.Key.Key_Tab)
        focused = person.program.window.focusWidget()
        assert focused is not None
        above = focused.parentWidget()
        assert above is not None
        order.append((above.objectName()[-len(ids[0]) :], focused.objectName()))
    assert order == [
        (ids[1], "schedules.more"),
        (ids[2], "schedules.change"),
        (ids[2], "schedules.pause"),
    ]


def test_the_keyboard_stays_with_the_schedule_that_was_changed(person: Person) -> None:
    plan(person, "一")
    person.program.window.write()
    schedule_id = plan(person, "二")
    shown = page(person)
    row = shown.findChild(QWidget, f"schedules.row.{schedule_id}")
    assert row is not None
    change = row.findChild(QPushButton, "schedules.change")
    assert change is not None
    change.setFocus()
    change.click()
    dialog = ScheduleDriver(person)
    time_of_day = dialog.get(QTimeEdit, "time")
    time_of_day.window().activateWindow()
    person.wait(time_of_day.hasFocus)
    dialog.choose_kind("daily")
    dialog.save()
    now = person.program.window.focusWidget()
    assert now is not None
    above = now.parentWidget()
    assert above is not None
    assert (above.objectName(), now.objectName()) == (row.objectName(), "schedules.change")
    assert above is not row, "it is shown anew"


def test_what_is_over_has_nothing_to_pause(person: Person, clock: Clock) -> None:
    plan(person, kind="once")
    shown = page(person)
    assert shown.findChild(QPushButton, "schedules.pause") is not None
    look(person, clock, "2026-12-01 09:00")
    person.wait(lambda: person.statuses() == [Status.DELIVERED])
    person.wait(lambda: "Over: no run is to come" in words_in(shown))
    buttons = shown.findChildren(QPushButton, "schedules.pause")
    assert not [one for one in buttons if one.isVisible()]


def test_the_month_shows_what_is_paused(person: Person) -> None:
    plan(person)
    shown = page(person)
    press(person, "schedules.pause", within=shown)
    WidgetDriver(person.program.window).click("schedules.view.month")
    month = shown.findChild(QTableView, "schedules.month")
    assert month is not None
    cell = month.model().index(5, 1).data(Qt.ItemDataRole.AccessibleTextRole)
    assert str(cell).splitlines() == ["2026-12-01", "09:00 早上好, paused: nothing is sent"]


def test_a_list_brings_its_groups_in_its_order(person: Person) -> None:
    for name in ("一", "二", "三"):
        person.add_group(name, Stage.TEST)
    lists = person.program.engine.robot_lists
    lists.save(RobotList("l-1", "所有分店", ("三", "一"), gap_s=30.0, stops_at_failure=True))
    person.program.session.set_target("list:l-1")
    dialog = begin(person)
    assert dialog.expected() == ["Tue 1 Dec 09:00    三, 一"]
    told = dialog.label("list")
    assert "the list “所有分店” as it is now; who joins it later does not get this" in told
    assert "One group after the other. 30 s between two of them" in told
    assert "It stops at the first that does not get it." in told
    dialog.save()
    lists.save(RobotList("l-1", "所有分店", ("三", "一", "二")))
    (schedule,) = person.program.planner().schedules
    assert [one.name for one in schedule.robots] == ["三", "一"]
    assert schedule.order == BroadcastOrder("所有分店", 30.0, stops_at_failure=True)


def test_a_list_is_sent_now_in_its_order_and_the_question_says_so(
    person: Person, answer: Answer
) -> None:
    for name in ("一", "二", "三"):
        person.add_group(name, Stage.TEST)
    lists = person.program.engine.robot_lists
    lists.save(RobotList("l-1", "所有分店", ("三", "一"), stops_at_failure=True))
    person.program.session.set_target("list:l-1")
    begin(person).save()
    asked = answer(schedule_run="send")
    run = page(person).findChild(QAction, "schedules.run")
    assert run is not None
    run.trigger()
    assert "One group after the other." in asked.asked[0].details
    assert "It stops at the first that does not get it." in asked.asked[0].details
    person.wait(lambda: person.statuses() == [Status.DELIVERED] * 2)


def test_a_reason_is_told_once_for_all_its_groups(person: Person, answer: Answer) -> None:
    names = ("一", "二", "三", "四", "五")
    for name in names:
        person.add_group(name, Stage.TEST)
    lists = person.program.engine.robot_lists
    lists.save(RobotList("l-1", "所有分店", names, stops_at_failure=True))
    person.program.session.set_target("list:l-1")
    begin(person).save()
    person.sandbox.robot.faults = (FaultPlan(FaultKind.ROBOT_GONE),)
    answer(schedule_run="send")
    shown = page(person)
    run = shown.findChild(QAction, "schedules.run")
    assert run is not None
    run.trigger()
    person.wait(
        lambda: len(person.statuses()) == 5 and all(one.is_final for one in person.statuses())
    )
    person.wait(lambda: "二, 三 and 2 more: " in words_in(shown))
    reasons = shown.findChildren(QLabel, "schedules.reason")
    (reason,) = [one.text() for one in reasons if one.isVisible()]
    assert reason.count(": ") == 2, "one for the first, one for those behind it"


def test_the_message_of_a_schedule_is_written_anew_as_a_draft(person: Person) -> None:
    plan(person, "今天是 {{today}}")
    person.program.window.begin_new()
    write = page(person).findChild(QAction, "schedules.write")
    assert write is not None
    write.trigger()
    session = person.program.session
    assert session.draft.text == "今天是 {{today}}", "its date stays another one at each run"
    assert "“Take the draft's message” in “Change…”" in said(person)
    person.write_text("，改过了")
    press(person, "schedules.change", within=page(person))
    dialog = ScheduleDriver(person)
    dialog.button("take").click()
    dialog.save()
    (schedule,) = person.program.planner().schedules
    assert schedule.template.draft.text == "今天是 {{today}}，改过了"


def test_the_month_keeps_the_picture_of_what_was_sent(person: Person, clock: Clock) -> None:
    def picture() -> QImage:
        def found() -> list[MessagePicture]:
            return [one for one in shown.findChildren(MessagePicture) if one.isVisible()]

        person.wait(lambda: len(found()) == 1)
        (only,) = found()
        empty = MessagePicture(QPixmap, only.parentWidget()).grab().toImage()
        person.wait(lambda: only.grab().toImage() != empty)
        return only.grab().toImage()

    plan(person, "早上好")
    look(person, clock, "2026-12-01 09:00")
    person.wait(lambda: person.statuses() == [Status.DELIVERED])
    clock.set("2026-12-01 09:01")
    shown = page(person)
    WidgetDriver(person.program.window).click("schedules.view.month")
    sent = picture()
    person.program.window.write()
    person.write_text("，从明天起是另一条更长的消息")
    planner = person.program.planner()
    (schedule,) = planner.schedules
    page(person)
    template = replace(schedule.template, draft=person.program.session.draft)
    planner.change(replace(schedule, template=template))
    assert picture() == sent
    month = shown.findChild(QTableView, "schedules.month")
    assert month is not None
    month.setCurrentIndex(month.model().index(0, 2))
    assert picture() != sent, "tomorrow's is the new one"


def test_a_change_takes_over_the_message_that_is_written(person: Person) -> None:
    plan(person)
    person.program.window.write()
    person.write_text("，改过了")
    press(person, "schedules.change", within=page(person))
    dialog = ScheduleDriver(person)
    dialog.button("take").click()
    dialog.save()
    (schedule,) = person.program.planner().schedules
    assert schedule.template.draft.text == "早上好，改过了"
    assert schedule.revision == 2


def test_what_was_missed_is_asked_about_at_the_start(
    start: Start, clock: Clock, answer: Answer
) -> None:
    person = start(now=lambda: clock.now)
    plan(person)
    person.program.shut_down()
    clock.set("2026-12-02 12:00")
    again = start(now=lambda: clock.now)
    dialog = again.program.window.findChild(QDialog, "missed")
    assert dialog is not None
    assert dialog.isVisible()
    assert "Missed: Tue 1 Dec 09:00, 09:00" in words_in(dialog)
    assert again.statuses() == [], "nothing is sent late by itself"
    assert "2 runs wait for your decision." in words_in(page(again))
    asked = answer(schedule_run="send")
    press(again, "missed.send", within=dialog)
    again.wait(lambda: again.statuses() == [Status.DELIVERED])
    assert asked.names == ["schedule_run"]
    again.wait(lambda: again.program.window.findChild(QDialog, "missed") is None)
    (schedule,) = again.program.planner().schedules
    runs = again.program.planner().runs.of_schedule(schedule.schedule_id)
    assert [one.state for one in runs] == [RunState.TAKEN, RunState.LEFT]


def test_the_first_schedule_of_another_program_is_looked_after(start: Start, clock: Clock) -> None:
    person = start(now=lambda: clock.now)
    plan(person, kind="once")
    path = person.program.database.path
    (schedule,) = person.program.planner().schedules
    person.program.planner().remove(schedule.schedule_id)
    person.program.shut_down()
    clock.set("2026-12-01 09:02")
    again = start(now=lambda: clock.now)
    assert again.program.window.findChild(QDialog, "missed") is None
    long_ago = datetime(2026, 11, 30, tzinfo=UTC)
    with closing(Database(path)) as other:
        ScheduleStore(other).restore(schedule.schedule_id, long_ago)
    again.wait(lambda: again.program.window.findChild(QDialog, "missed") is not None)
    assert again.statuses() == []


def test_what_was_due_a_moment_before_the_start_is_asked_about_too(
    start: Start, clock: Clock
) -> None:
    person = start(now=lambda: clock.now)
    plan(person, kind="once")
    person.program.shut_down()
    clock.set("2026-12-01 09:02")
    again = start(now=lambda: clock.now)
    dialog = again.program.window.findChild(QDialog, "missed")
    assert dialog is not None
    assert dialog.isVisible()
    assert again.statuses() == []


def test_what_was_missed_can_be_left(person: Person, clock: Clock) -> None:
    plan(person)
    look(person, clock, "2026-12-01 12:00")
    dialog = person.program.window.findChild(QDialog, "missed")
    assert dialog is not None
    press(person, "missed.leave", within=dialog)
    assert person.statuses() == []
    shown = page(person)
    person.wait(lambda: "Last: 09:00: not sent, as you said" in words_in(shown))


def test_the_month_shows_what_was_and_what_is_to_come(person: Person, clock: Clock) -> None:
    plan(person)
    look(person, clock, "2026-12-01 09:00")
    person.wait(lambda: person.statuses() == [Status.DELIVERED])
    shown = page(person)
    switch = WidgetDriver(person.program.window)
    switch.click("schedules.view.month")
    month = shown.findChild(QTableView, "schedules.month")
    assert month is not None
    cells = [
        str(month.model().index(row, column).data(Qt.ItemDataRole.AccessibleTextRole))
        for row in range(6)
        for column in range(7)
    ]
    by_day = {one[:10]: one for one in cells}
    assert "Delivered" in by_day["2026-12-01"]
    assert "to come" in by_day["2026-12-02"]
    assert "09:00 早上好" in words_in(shown).replace("09:00  ", "09:00 ")
    press(person, "schedules.month.after", within=shown)
    assert "January 2027" in words_in(shown)
    days = [str(month.model().index(row, 4).data(Qt.ItemDataRole.AccessibleTextRole))
            for row in range(6)]  # fmt: skip
    assert not any("off" in one for one in days), "of 2027 nobody knows the holidays here"
    press(person, "schedules.month.today", within=shown)
    assert "December 2026" in words_in(shown)


def test_a_year_that_nobody_knows_is_told_and_its_days_are_entered(
    person: Person, clock: Clock
) -> None:
    clock.set("2034-12-29 08:00")
    dialog = begin(person)
    dialog.choose_kind("weekdays")
    dialog.choose_days(DayRule.NO_HOLIDAYS)
    person.wait(lambda: len(dialog.expected()) == 10)
    assert "if that day is worked" in dialog.expected()[0]
    dialog.save()
    shown = page(person)
    assert "China's holidays of 2035 are not known" in words_in(shown)
    press(person, "schedules.answer", within=shown)
    days = person.program.window.findChild(QDialog, "china_days")
    assert days is not None
    field = days.findChild(QDateEdit, "china_days.day")
    assert field is not None
    last = days.findChild(QDateEdit, "china_days.last")
    assert last is not None
    field.setDate(QDate(2035, 1, 1))
    press(person, "china_days.add", within=days)
    field.setDate(QDate(2035, 2, 8))
    last.setDate(QDate(2035, 4, 8))
    press(person, "china_days.add", within=days)
    assert "At most 31 days at a time." in words_in(days)
    last.setDate(QDate(2035, 2, 10))
    press(person, "china_days.add", within=days)
    assert (field.date(), last.date()) == (QDate(2035, 2, 11),) * 2, "the next one follows"
    assert "At most" not in words_in(days)
    for year in (2035,):
        box = days.findChild(QCheckBox, f"china_days.year.{year}")
        assert box is not None
        box.click()
    planner = person.program.planner()
    spring = [date(2035, 2, day) for day in (8, 9, 10)]
    assert [one.day for one in planner.calendar.entered] == [date(2035, 1, 1), *spring]
    assert planner.calendar.whole_years == (2035,)
    assert "are not known" not in words_in(shown)


def test_the_systems_entry_is_shown_before_it_is_written(
    person: Person, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    home = tmp_path_factory.mktemp("config")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home))
    called: list[tuple[str, ...]] = []

    def run(words: Sequence[str], _typed: str) -> str:
        called.append(tuple(words))
        return ""

    defaults = EntryDialog.__init__.__kwdefaults__
    assert defaults is not None
    monkeypatch.setitem(defaults, "run", run)
    page(person)
    action = person.program.window.findChild(QAction, "schedules.page.entry")
    assert action is not None
    action.trigger()
    dialog = person.program.window.findChild(QDialog, "entry")
    assert dialog is not None
    text = dialog.findChild(QPlainTextEdit, "entry.text")
    assert text is not None
    assert "schedule run-due" in text.toPlainText()
    assert list(home.rglob("*.timer")) == []
    press(person, "entry.write", within=dialog)
    assert [one.name for one in home.rglob("*.timer")] == ["dingcomposer-schedule.timer"]
    assert called[-1][:3] == ("systemctl", "--user", "enable")
    press(person, "entry.remove", within=dialog)
    assert list(home.rglob("*.timer")) == []
    kinds = dialog.findChild(QComboBox, "entry.kind")
    assert kinds is not None
    kinds.setCurrentIndex(kinds.findData("windows"))
    kinds.activated.emit(kinds.currentIndex())
    assert "never tried" in words_in(dialog)


@pytest.fixture
def in_background(start: Start, clock: Clock) -> Iterator[Person]:
    yield start(now=lambda: clock.now, has_tray=lambda: True)


def expect_no_screen(expect_log: Callable[[str], None]) -> None:
    """What Qt says where a window is brought forward, and a tray is there, without a screen."""
    expect_log("systemTrayWindowChanged")
    expect_log(r"does not support raise\(\)")


def test_the_program_stays_in_the_tray_if_a_person_wants_it(
    in_background: Person, expect_log: Callable[[str], None]
) -> None:
    expect_no_screen(expect_log)
    person = in_background
    program = person.program
    ended: list[None] = []
    program.closed.connect(lambda: ended.append(None))
    action = program.window.findChild(QAction, "menu.background")
    assert action is not None
    action.trigger()
    dialog = program.window.findChild(QDialog, "background")
    assert dialog is not None
    keeps = dialog.findChild(QCheckBox, "background.tray")
    assert keeps is not None
    assert not keeps.isChecked(), "off at first"
    keeps.setEnabled(True)  # offscreen there is no tray
    keeps.click()
    dialog.close()
    program.window.close()
    assert not program.window.isVisible()
    assert ended == []
    icon = program.background().icon
    assert icon is not None
    opening, quitting = (program.findChild(QAction, name) or icon.menu.findChild(QAction, name)
                         for name in ("tray.open", "tray.quit"))  # fmt: skip
    assert opening is not None
    assert quitting is not None
    opening.trigger()
    assert program.window.isVisible()
    program.window.close()
    quitting.trigger()
    assert len(ended) == 1


def test_without_a_tray_closing_ends_the_program_and_it_says_so(person: Person) -> None:
    program = person.program
    ended: list[None] = []
    program.closed.connect(lambda: ended.append(None))
    action = program.window.findChild(QAction, "menu.background")
    assert action is not None
    action.trigger()
    dialog = program.window.findChild(QDialog, "background")
    assert dialog is not None
    assert "no tray" in words_in(dialog)
    dialog.close()
    program.window.close()
    assert len(ended) == 1


def test_a_start_in_the_tray_shows_no_window_and_sends_all_the_same(
    start: Start, clock: Clock, expect_log: Callable[[str], None]
) -> None:
    expect_no_screen(expect_log)
    first = start(now=lambda: clock.now)
    plan(first)
    first.program.shut_down()
    person = start(now=lambda: clock.now, has_tray=lambda: True, is_in_tray=True)
    program = person.program
    program.window.hide()
    assert program.start_hidden()
    look(person, clock, "2026-12-01 09:00")
    person.wait(lambda: person.statuses() == [Status.DELIVERED])
    assert not program.window.isVisible()
    look(person, clock, "2026-12-02 12:00")
    assert program.window.findChild(QDialog, "missed") is None
    program.background().opened.emit()
    dialog = program.window.findChild(QDialog, "missed")
    assert dialog is not None, "asked about once the window is seen"


def test_a_template_is_kept_with_its_values_and_filled_in_anew(
    person: Person, clock: Clock
) -> None:
    templates = person.program.window.launchers.templates.templates
    draft = Draft(text="{{今天}}：{{事项}}")
    saved = templates.save(Template("每日提醒", draft, (TemplateField("事项"),)))
    person.program.window.launchers.show_template(saved.key)
    dialog = person.program.window.findChild(TemplatesDialog)
    assert dialog is not None
    later = dialog.findChild(QPushButton, "templates.schedule")
    assert later is not None
    assert not later.isEnabled(), "a field is still empty"
    field = dialog.form.field("事项")
    assert isinstance(field, QPlainTextEdit | QLineEdit)
    field.setFocus()
    QTest.keyClicks(field, "standup")
    person.wait(later.isEnabled)
    later.click()
    asking = ScheduleDriver(person)
    asking.choose_kind("daily")
    asking.save()
    (schedule,) = person.program.planner().schedules
    assert schedule.values == (("事项", "standup"),)
    assert schedule.name == "每日提醒"
    look(person, clock, "2026-12-01 09:00")
    look(person, clock, "2026-12-02 09:00")
    person.wait(lambda: person.statuses() == [Status.DELIVERED] * 2)
    sent = [one.headline for one in person.program.history.page()]
    assert sent == ["12月2日（周三）：standup", "12月1日（周二）：standup"]


def test_the_draft_that_is_planned_bears_a_mark(person: Person, clock: Clock) -> None:
    schedule_id = plan(person)
    model = person.program.window.drafts.model
    told = model.current.data(Qt.ItemDataRole.AccessibleTextRole)
    assert "Planned: it is sent Tue 1 Dec 09:00" in told
    assert model.current.data(DraftRole.DUE) == clock.now.replace(day=1, month=12, hour=1)
    person.program.planner().set_paused(schedule_id, is_paused=True)
    assert model.current.data(DraftRole.DUE) is None
    person.program.planner().set_paused(schedule_id, is_paused=False)
    person.program.window.write()
    person.write_text("早上好，各位")
    person.wait(lambda: model.current.data(DraftRole.DUE) is None)  # it is another message now


def test_a_name_has_no_field_in_it(person: Person) -> None:
    dialog = begin(person, "{{today}} 值班提醒")
    assert dialog.get(QLineEdit, "name").text() == "值班提醒"


def test_a_time_zone_has_the_name_of_a_city(person: Person) -> None:
    dialog = begin(person)
    zones = dialog.get(QComboBox, "zone")
    assert zones.currentText() == "Beijing time (China)"
    names = [zones.itemText(at) for at in range(zones.count())]
    assert len(names) == len(set(names))
    assert "Coordinated Universal Time (UTC)" in names
    assert "Asia, Tashkent" in names
    assert not any("Etc/" in one for one in names)
    zones.setCurrentText("Berlin")
    dialog.save()
    (schedule,) = person.program.planner().schedules
    assert schedule.timing.zone == "Europe/Berlin"
    shown = page(person)
    person.wait(lambda: "09:00 · Berlin" in words_in(shown))
    assert "by this computer's clock" in words_in(shown)


@pytest.fixture
def no_entry(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No scheduler of the system's calls the program."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("PATH", str(tmp_path))


@pytest.mark.usefixtures("no_entry")
def test_who_quits_is_told_once_that_nothing_planned_is_sent(
    person: Person, answer: Answer
) -> None:
    program = person.program
    ended: list[None] = []
    program.closed.connect(lambda: ended.append(None))
    plan(person)
    asked = answer(planned="back")
    program.window.quit()
    assert ended == []
    assert asked.names == ["planned"]
    assert "Next is Tue 1 Dec 09:00" in asked.asked[0].details
    assert [one.key for one in asked.asked[0].choices] == ["ways", "quit", "back"], "no tray here"
    asked = answer(planned="ways")
    program.window.close()
    assert ended == []
    dialog = program.window.findChild(QDialog, "background")
    assert dialog is not None
    press(person, "background.entry", within=dialog)
    assert program.window.findChild(QDialog, "entry") is not None
    asked = answer(planned="quit")
    program.window.close()
    assert len(ended) == 1
    asked = answer()
    program.window.close()
    assert asked.names == [], "asked once"


@pytest.mark.usefixtures("no_entry")
def test_who_quits_can_stay_in_the_tray_instead(
    in_background: Person, answer: Answer, expect_log: Callable[[str], None]
) -> None:
    expect_log("systemTrayWindowChanged")
    program = in_background.program
    plan(in_background)
    answer(planned="tray")
    program.window.close()
    assert not program.window.isVisible()
    assert program.settings.value(KEEPS_RUNNING)


@pytest.mark.usefixtures("no_entry")
def test_nobody_is_asked_where_nothing_is_planned_or_the_system_sends_it(
    person: Person, answer: Answer, tmp_path: Path
) -> None:
    program = person.program
    ended: list[None] = []
    program.closed.connect(lambda: ended.append(None))
    asked = answer()
    program.window.close()
    plan(person)
    unit = tmp_path / "config" / "systemd" / "user" / "dingcomposer-schedule.timer"
    unit.parent.mkdir(parents=True)
    unit.write_text("")
    program.window.close()
    assert asked.names == []
    assert len(ended) == 2

"""The form that says when: what it shows is what it gives back, untouched or changed in part."""

from datetime import datetime

import pytest
from PySide6.QtWidgets import QComboBox, QLineEdit, QTimeEdit, QWidget
from pytestqt.qtbot import QtBot

from dingcomposer.core.scheduling.timing import DayRule, ScheduleTiming, next_dues, timing_of
from dingcomposer.core.scheduling.working_calendar import WorkingCalendar
from dingcomposer.ui.schedules.repetition_form import RepetitionForm
from dingcomposer.ui.texts.schedules import timing_words
from tests.fakes.planned import MORNING, ZONE

NOW = datetime.fromisoformat("2026-11-30T08:00")
WEEKDAYS = "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"


def timing(start: str, rule: str = "", until: str = "", count: int | None = None) -> ScheduleTiming:
    end = datetime.fromisoformat(until) if until else None
    return timing_of(ZONE, datetime.fromisoformat(start), rule, until=end, count=count)


def form_of(qtbot: QtBot, shown: ScheduleTiming) -> RepetitionForm:
    form = RepetitionForm(ZONE, NOW)
    qtbot.addWidget(form)
    form.show_timing(shown)
    return form


def get(form: QWidget, name: str) -> QLineEdit:
    found = form.findChild(QLineEdit, name)
    assert isinstance(found, QLineEdit)
    return found


@pytest.mark.parametrize(
    "shown",
    [
        timing("2026-12-04T09:00"),
        timing("2026-12-04T09:00", WEEKDAYS),
        timing("2026-11-27T09:00", "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR"),
        timing("2026-11-27T09:00", "FREQ=WEEKLY;BYDAY=FR", count=10),
        timing("2026-11-27T09:00", "FREQ=DAILY", until="2026-12-31T08:00"),
        timing("2026-11-27T09:00", "FREQ=DAILY;INTERVAL=120"),
        timing("2026-11-27T09:00", "FREQ=MONTHLY;BYDAY=-1FR"),
        timing("2026-11-27T09:00", "FREQ=MONTHLY;BYDAY=-2FR"),
        timing("2026-11-27T09:00", "FREQ=MONTHLY;BYMONTHDAY=-2"),
        timing("2026-11-27T09:00", "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=8"),
        timing("2026-12-04T09:00", "FREQ=YEARLY;INTERVAL=2;BYMONTH=12;BYMONTHDAY=4"),
        timing("2026-11-27T09:00", "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR;WKST=SU"),
    ],
    ids=lambda one: f"{one.rule or 'once'} {one.count or one.until or ''}",
)
def test_what_is_looked_at_and_kept_stays_as_it_was(qtbot: QtBot, shown: ScheduleTiming) -> None:
    form = form_of(qtbot, shown)
    assert form.timing() == shown
    assert timing_words(form.timing(), ZONE) == timing_words(shown, ZONE)


def test_another_time_of_day_leaves_the_weeks_and_the_count_alone(qtbot: QtBot) -> None:
    """It began on a Friday that is past; ten times in all are ten from then on."""
    shown = timing("2026-11-27T09:00", "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR", count=10)
    form = form_of(qtbot, shown)
    at = form.findChild(QTimeEdit, "schedule.time")
    assert at is not None
    at.setTime(at.time().addSecs(3600))
    changed = form.timing()
    calendar = WorkingCalendar()
    before = next_dues(shown, calendar, MORNING, 20)
    after = next_dues(changed, calendar, MORNING, 20)
    assert [one.wall.date() for one in after] == [one.wall.date() for one in before]
    assert after[0].wall == datetime.fromisoformat("2026-12-11T10:00")


def test_a_rule_is_typed_without_being_written_over(qtbot: QtBot) -> None:
    form = form_of(qtbot, timing("2026-12-04T09:00"))
    line = get(form, "schedule.rule")
    typed = "freq=daily;byhour=9,15;count=12"
    for length in range(1, len(typed) + 1):
        line.setText(typed[:length])
        line.textEdited.emit(line.text())
        assert line.text() == typed[:length]
    kept = form.timing()
    assert (kept.rule, kept.count) == ("FREQ=DAILY;BYHOUR=9,15", 12)
    ends = form.findChild(QComboBox, "schedule.ends")
    assert ends is not None
    ends.setCurrentIndex(ends.findData("never"))
    ends.activated.emit(ends.currentIndex())
    assert form.timing().count is None, "what was chosen last counts"


def test_the_end_that_a_typed_rule_brings_is_kept_to_the_minute(qtbot: QtBot) -> None:
    form = form_of(qtbot, timing("2026-12-04T09:00"))
    line = get(form, "schedule.rule")
    line.setText("FREQ=DAILY;UNTIL=20261210T000000Z")
    line.textEdited.emit(line.text())
    kept = form.timing()
    assert kept.until == datetime.fromisoformat("2026-12-10T08:00"), "midnight in Greenwich"
    assert kept.day_rule is DayRule.ANY

"""The form that says when: day and time, how often, on which days, until when."""

from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime, time
from functools import partial
from typing import Final
from zoneinfo import available_timezones

from PySide6.QtCore import QDate, QSize, Qt, QTime, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSizePolicy,
    QSpinBox,
    QStackedWidget,
    QTimeEdit,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from dingcomposer.core.scheduling.patterns import (
    LAST,
    PLACES,
    Repetition,
    RepetitionPattern,
    pattern_of,
)
from dingcomposer.core.scheduling.recurrence import (
    MOST_INTERVAL,
    RecurrenceRule,
    RuleError,
    parse_rule,
)
from dingcomposer.core.scheduling.timing import (
    DayRule,
    ScheduleTiming,
    TimingError,
    timing_of,
    zone_of,
)
from dingcomposer.ui.texts.schedules import (
    DAY_RULES,
    offered_zones,
    place_words,
    rule_sentence,
    weekday_name,
    zone_words,
)
from dingcomposer.ui.texts.translate import translated
from dingcomposer.ui.widgets.dates import DayEdit
from dingcomposer.ui.widgets.layouts import FlowLayout
from dingcomposer.ui.widgets.plain_text import plain_label

_EXAMPLE: Final = "FREQ=MONTHLY;BYDAY=-1FR"
_TIME_PX: Final = 92
_TEXT_PX: Final = 8
_COUNT_PX: Final = 124
_NEVER, _ON_DAY, _AFTER = "never", "day", "count"
_WITH_INTERVAL: Final = (
    Repetition.HOURLY,
    Repetition.DAILY,
    Repetition.WEEKLY,
    Repetition.MONTHLY_DAY,
    Repetition.MONTHLY_WEEKDAY,
    Repetition.YEARLY,
)


class RepetitionForm(QWidget):
    """Everything about the time, in words; as a rule of iCalendar's behind a fold.

    Signals:
        changed(): something was chosen; `timing` says what it comes to.
    """

    changed = Signal()

    def __init__(self, zone: str, now: datetime, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_filling = False
        self._shown_until: datetime | None = None
        self._make_when(zone, now)
        self._make_repetition()
        self._make_ends()
        self._lay_out()
        self._connect()
        self.show_timing(ScheduleTiming(zone, now))

    def timing(self) -> ScheduleTiming:
        """What was chosen. Raises RuleError and TimingError."""
        ends = str(self._ends.currentData())
        is_once = self._kind() is Repetition.ONCE
        until, count = None, None
        if not is_once and ends == _ON_DAY:
            until = self._chosen_end()
        elif not is_once and ends == _AFTER:
            count = self._count.value()
        return timing_of(
            self.zone,
            self._start(),
            self._rule(),
            day_rule=DayRule.ANY if is_once else DayRule(self._days.currentData()),
            until=until,
            count=count,
        )

    @property
    def zone(self) -> str:
        """The time zone that was chosen."""
        words = self._zone.currentText().strip()
        index = self._zone.findText(words, Qt.MatchFlag.MatchFixedString)
        return words if index < 0 else str(self._zone.itemData(index))

    def show_timing(self, timing: ScheduleTiming) -> None:
        """Show this as what was chosen."""
        self._is_filling = True
        start = timing.start
        first = QDate(start.year, start.month, start.day)
        # What began before stays so: every other week counts from there.
        self._day.setMinimumDate(min(first, self._day.minimumDate()))
        self._day.setDate(first)
        self._time.setTime(QTime(start.hour, start.minute))
        if self._zone.findData(timing.zone) < 0:
            self._zone.addItem(zone_words(timing.zone), timing.zone)
        self._zone.setCurrentIndex(self._zone.findData(timing.zone))
        self._show_pattern(pattern_of(timing.rule))
        self._days.setCurrentIndex(self._days.findData(timing.day_rule.value))
        ends = _ON_DAY if timing.until else _AFTER if timing.count else _NEVER
        self._ends.setCurrentIndex(self._ends.findData(ends))
        self._shown_until = timing.until
        until = timing.until or start
        self._until.setDate(QDate(until.year, until.month, until.day))
        self._count.setValue(timing.count or 10)
        self._is_filling = False
        self._show_what_counts()

    def focus_first(self) -> None:
        """Put the keyboard where the time is written."""
        self._time.setFocus()

    # Building

    def _make_when(self, zone: str, now: datetime) -> None:
        self._day = DayEdit(self)
        self._day.setObjectName("schedule.day")
        self._day.setAccessibleName(self.tr("Day of the first run"))
        self._day.setMinimumDate(QDate(now.year, now.month, now.day))
        self._time = QTimeEdit(self)
        self._time.setObjectName("schedule.time")
        self._time.setAccessibleName(self.tr("Time of day"))
        self._time.setDisplayFormat("HH:mm")
        self._time.setMinimumWidth(_TIME_PX)
        self._zone = QComboBox(self)
        self._zone.setObjectName("schedule.zone")
        self._zone.setAccessibleName(self.tr("Time zone"))
        self._zone.setEditable(True)
        if (line := self._zone.lineEdit()) is not None:
            line.setAccessibleName(self._zone.accessibleName())
        self._zone.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        for name in offered_zones(zone, available_timezones()):
            self._zone.addItem(zone_words(name), name)
        completer = QCompleter(self._zone.model(), self._zone)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._zone.setCompleter(completer)
        self._zone.setMinimumContentsLength(14)
        self._zone.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def _make_repetition(self) -> None:
        self._repetition = QComboBox(self)
        self._repetition.setObjectName("schedule.repetition")
        self._repetition.setAccessibleName(self.tr("How often"))
        words = {
            Repetition.ONCE: self.tr("Once"),
            Repetition.DAILY: self.tr("Every day"),
            Repetition.WEEKDAYS: self.tr("Each weekday"),
            Repetition.WEEKLY: self.tr("Each week on …"),
            Repetition.MONTHLY_DAY: self.tr("Each month on a day"),
            Repetition.MONTHLY_WEEKDAY: self.tr("Each month on a weekday"),
            Repetition.YEARLY: self.tr("Each year"),
            Repetition.HOURLY: self.tr("Every hour"),
            Repetition.CUSTOM: self.tr("By a rule of your own"),
        }
        for kind, label in words.items():
            self._repetition.addItem(label, kind.value)
        self._interval = QSpinBox(self)
        self._interval.setObjectName("schedule.interval")
        self._interval.setAccessibleName(self.tr("Every so many"))
        self._interval.setRange(1, MOST_INTERVAL)
        self._interval.setPrefix(self.tr("every "))
        self._interval.setMinimumWidth(_COUNT_PX)
        self._weekdays = QWidget(self)
        days = FlowLayout(self._weekdays)
        self._weekday_buttons: list[QToolButton] = []
        for number in range(7):
            button = QToolButton(self._weekdays)
            button.setObjectName(f"schedule.weekday.{number}")
            button.setText(self._short_name(number))
            button.setAccessibleName(weekday_name(number))
            button.setCheckable(True)
            days.addWidget(button)
            self._weekday_buttons.append(button)
        self._month_day = QComboBox(self)
        self._month_day.setObjectName("schedule.month_day")
        self._month_day.setAccessibleName(self.tr("Day of the month"))
        for number in range(1, 32):
            self._month_day.addItem(self.tr("day {number}").format(number=number), number)
        self._month_day.addItem(self.tr("the last day"), LAST)
        self._month_weekday = QComboBox(self)
        self._month_weekday.setObjectName("schedule.month_weekday")
        self._month_weekday.setAccessibleName(self.tr("Weekday of the month"))
        for place in PLACES:
            for number in range(7):
                self._month_weekday.addItem(place_words(place, number), f"{place},{number}")
        self._days = QComboBox(self)
        self._days.setObjectName("schedule.days")
        self._days.setAccessibleName(self.tr("Holidays"))
        for rule, phrase in DAY_RULES.items():
            self._days.addItem(translated(phrase), rule.value)
        self._days.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._fold = QToolButton(self)
        self._fold.setObjectName("schedule.rule.show")
        self._fold.setProperty("fold", True)
        self._fold.setText(self.tr("As iCalendar's RRULE"))
        self._fold.setCheckable(True)
        self._fold.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._fold.setArrowType(Qt.ArrowType.RightArrow)
        self._rule_line = QLineEdit(self)
        self._rule_line.setObjectName("schedule.rule")
        self._rule_line.setAccessibleName(self.tr("The rule as RRULE"))
        self._rule_line.setPlaceholderText(_EXAMPLE)
        self._rule_line.hide()

    def _make_ends(self) -> None:
        self._ends = QComboBox(self)
        self._ends.setObjectName("schedule.ends")
        self._ends.setAccessibleName(self.tr("Until when"))
        self._ends.addItem(self.tr("Without end"), _NEVER)
        self._ends.addItem(self.tr("Until a day"), _ON_DAY)
        self._ends.addItem(self.tr("So many times"), _AFTER)
        self._until = DayEdit(self)
        self._until.setObjectName("schedule.until")
        self._until.setAccessibleName(self.tr("The last day"))
        self._count = QSpinBox(self)
        self._count.setObjectName("schedule.count")
        self._count.setAccessibleName(self.tr("How many times"))
        self._count.setRange(1, 9_999)
        self._count.setSuffix(self.tr(" times"))
        self._end_details = QStackedWidget(self)
        for page in (QWidget(self), self._until, self._count):
            self._end_details.addWidget(page)
        self._end_details.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._heading(self.tr("When")))
        when = QHBoxLayout()
        when.setSpacing(8)
        when.addWidget(self._day, 3)
        when.addWidget(self._time, 2)
        when.addWidget(self._zone, 4)
        column.addLayout(when)
        often = QHBoxLayout()
        often.setSpacing(8)
        often.addWidget(self._repetition, 1)
        often.addWidget(self._interval)
        column.addLayout(often)
        for details in (self._weekdays, self._month_day, self._month_weekday):
            column.addWidget(details)
        column.addWidget(self._days)
        until = QHBoxLayout()
        until.setSpacing(8)
        until.addWidget(self._ends, 1)
        until.addWidget(self._end_details, 1)
        column.addLayout(until)
        column.addWidget(self._fold, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._rule_line)

    def _heading(self, words: str) -> QLabel:
        label = plain_label(words, self)
        label.setProperty("heading", True)
        return label

    def _unit(self, kind: Repetition) -> str:
        """What is counted between two runs, behind the number."""
        match kind:
            case Repetition.HOURLY:
                return self.tr(" h")
            case Repetition.DAILY:
                return self.tr(" d")
            case Repetition.WEEKLY:
                return self.tr(" wk")
            case Repetition.YEARLY:
                return self.tr(" yr")
            case _:
                return self.tr(" mo")

    def _short_name(self, number: int) -> str:
        return self.locale().dayName(number + 1, self.locale().FormatType.ShortFormat)

    def _connect(self) -> None:
        for box in (self._time, self._interval, self._count):
            box.lineEdit().setTextMargins(_TEXT_PX, 0, _TEXT_PX, 0)
        for combo in (self._repetition, self._month_day, self._month_weekday, self._days):
            combo.activated.connect(self._on_chosen)
        self._ends.activated.connect(self._on_chosen)
        self._zone.currentTextChanged.connect(self._on_chosen)
        self._interval.valueChanged.connect(self._on_chosen)
        self._count.valueChanged.connect(self._on_chosen)
        for day in (self._day, self._until):
            day.dateChanged.connect(self._on_chosen)
        self._time.timeChanged.connect(self._on_chosen)
        for number, button in enumerate(self._weekday_buttons):
            button.clicked.connect(partial(self._on_weekday, number))
        self._fold.toggled.connect(self._on_folded)
        self._rule_line.textEdited.connect(self._on_rule_typed)

    # What was chosen

    def _kind(self) -> Repetition:
        return Repetition(self._repetition.currentData())

    def _start(self) -> datetime:
        day, at = self._day.date(), self._time.time()
        whole = (day.year(), day.month(), day.day(), at.hour(), at.minute())
        return datetime(*whole)  # noqa: DTZ001 - by the clock of the zone that was chosen

    def _rule(self) -> str:
        kind, start = self._kind(), self._start()
        if kind is Repetition.CUSTOM:
            return self._rule_line.text()
        weekdays = tuple(
            number for number, one in enumerate(self._weekday_buttons) if one.isChecked()
        )
        pattern = RepetitionPattern(
            kind, self._interval.value() if kind in _WITH_INTERVAL else 1, weekdays
        )
        if kind is Repetition.MONTHLY_DAY:
            pattern = RepetitionPattern(
                kind, pattern.interval, day=int(self._month_day.currentData())
            )
        elif kind is Repetition.MONTHLY_WEEKDAY:
            place, number = str(self._month_weekday.currentData()).split(",")
            pattern = RepetitionPattern(kind, pattern.interval, (int(number),), place=int(place))
        elif kind is Repetition.YEARLY:
            pattern = RepetitionPattern(kind, pattern.interval, day=start.day, month=start.month)
        return pattern.to_rule

    def _chosen_end(self) -> datetime:
        """The end of the last day; where it is the day that was shown, the time of then."""
        day: date = self._until.date().toPython()  # type: ignore[assignment]
        shown = self._shown_until
        is_same = shown is not None and shown.date() == day
        return shown if is_same and shown is not None else datetime.combine(day, time(23, 59, 59))

    # What happens

    def _on_chosen(self, _what: object = None) -> None:
        if self._is_filling:
            return
        self._show_what_counts()
        self.changed.emit()

    def _on_weekday(self, number: int) -> None:
        if not any(one.isChecked() for one in self._weekday_buttons):
            self._weekday_buttons[number].setChecked(True)  # a week has one of them at least
            return
        self._on_chosen()

    def _on_folded(self, is_open: bool) -> None:
        self._fold.setArrowType(Qt.ArrowType.DownArrow if is_open else Qt.ArrowType.RightArrow)
        self._rule_line.setVisible(is_open)
        if is_open:
            self._rule_line.setFocus()

    def _on_rule_typed(self, text: str) -> None:
        """What was typed is shown in words, too, where there are some."""
        self._is_filling = True
        try:
            rule = parse_rule(text)
        except RuleError:
            self._repetition.setCurrentIndex(self._repetition.findData(Repetition.CUSTOM.value))
        else:
            self._show_pattern(pattern_of(rule.text), is_typing=True)
            self._show_end_of(rule)
        self._is_filling = False
        self._show_what_counts(is_typing=True)
        self.changed.emit()

    def _show_end_of(self, rule: RecurrenceRule) -> None:
        """The end that a rule brings along."""
        if rule.count is not None:
            self._ends.setCurrentIndex(self._ends.findData(_AFTER))
            self._count.setValue(rule.count)
            return
        try:
            until = rule.until_in(zone_of(self.zone))
        except TimingError:
            return  # the zone is what has to be told
        if until is not None:
            self._ends.setCurrentIndex(self._ends.findData(_ON_DAY))
            self._shown_until = until
            self._until.setDate(QDate(until.year, until.month, until.day))

    def _show_pattern(self, pattern: RepetitionPattern, *, is_typing: bool = False) -> None:
        start = self._start()
        if pattern.kind is Repetition.YEARLY and (pattern.month, pattern.day) != (
            start.month,
            start.day,
        ):
            # "Each year" is on the day of the first run; another one is said by its rule.
            pattern = replace(pattern, kind=Repetition.CUSTOM)
        self._repetition.setCurrentIndex(self._repetition.findData(pattern.kind.value))
        self._interval.setValue(min(pattern.interval, self._interval.maximum()))
        chosen = pattern.weekdays or (start.weekday(),)
        for number, button in enumerate(self._weekday_buttons):
            button.setChecked(number in chosen)
        self._month_day.setCurrentIndex(max(self._month_day.findData(pattern.day), 0))
        place = pattern.place if pattern.kind is Repetition.MONTHLY_WEEKDAY else LAST
        weekday = pattern.weekdays[0] if pattern.weekdays else 4
        self._month_weekday.setCurrentIndex(
            max(self._month_weekday.findData(f"{place},{weekday}"), 0)
        )
        if pattern.kind is Repetition.CUSTOM:
            if not is_typing:
                self._rule_line.setText(pattern.rule)
            self._fold.setChecked(True)

    def _show_what_counts(self, *, is_typing: bool = False) -> None:
        """Show what the chosen repetition has to be told, and keep the place of all else."""
        kind = self._kind()
        self._interval.setVisible(kind in _WITH_INTERVAL)
        self._weekdays.setVisible(kind is Repetition.WEEKLY)
        self._month_day.setVisible(kind is Repetition.MONTHLY_DAY)
        self._month_weekday.setVisible(kind is Repetition.MONTHLY_WEEKDAY)
        self._interval.setSuffix(self._unit(kind))
        is_once = kind is Repetition.ONCE
        for widget in (self._days, self._ends, self._end_details):
            widget.setEnabled(not is_once)
        if kind is not Repetition.WEEKDAYS and self._days.currentData() == DayRule.WORKING_DAYS:
            self._days.setCurrentIndex(self._days.findData(DayRule.NO_HOLIDAYS.value))
        pages_of_end = {_NEVER: 0, _ON_DAY: 1, _AFTER: 2}
        self._end_details.setCurrentIndex(pages_of_end[str(self._ends.currentData())])
        if kind is Repetition.CUSTOM:
            self._fold.setChecked(True)
            if not is_typing:
                self._leave_end_to_choice()
        elif not is_typing:
            self._rule_line.setText(self._rule())

    def _leave_end_to_choice(self) -> None:
        """Take the end out of the rule that was typed: it stands in the fields above."""
        with suppress(RuleError):
            self._rule_line.setText(parse_rule(self._rule_line.text()).text)

    def fault(self) -> str:
        """What is wrong with what was chosen, in a sentence; "" where nothing is."""
        try:
            self.timing()
        except (RuleError, TimingError) as error:
            return rule_sentence(error)
        return ""

    def sizeHint(self) -> QSize:
        """Wide enough for its words."""
        return super().sizeHint().expandedTo(QSize(380, 0))

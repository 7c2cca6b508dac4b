"""Overview panel: what was sent in a month, a year or ever, as bars; a click filters the table."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QProgressBar,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from dingcomposer.core.search.query import Filter, SearchField
from dingcomposer.services.settings import CALLS, SHOWS_OVERVIEW, Settings
from dingcomposer.storage.archive.sums import CauseCount, Overview, SumStore, today
from dingcomposer.storage.database import StorageError
from dingcomposer.storage.history import HistoryStore
from dingcomposer.ui.history.overview.bar_chart import Bar, BarChart
from dingcomposer.ui.texts.archive import overview as words
from dingcomposer.ui.texts.outcomes import explain, status_word
from dingcomposer.ui.widgets.icons import dot_icon
from dingcomposer.ui.widgets.plain_text import ElidedLabel, plain_label
from dingcomposer.ui.widgets.segmented_bar import SegmentedBar
from dingcomposer.ui.widgets.status_icons import colours_of, sign_icon

REFRESH_MS = 400
"""So long after a send has changed the figures follow."""
_BODY_PX = 150
_ROBOTS_FROM_PX = 900
_CAUSES_FROM_PX = 660
_ROOM_FROM_PX = 780


class OverviewPanel(QWidget):
    """A line that folds it, and below that the bars. It reads the kept sums, and no send.

    `now` gives aware UTC. Days are Beijing's, as the sums are.

    Signals:
        filters_chosen(tuple): a bar was chosen; these filters find what it counts.
        trouble(StorageError): the sums cannot be read.
    """

    filters_chosen = Signal(object)
    trouble = Signal(object)

    def __init__(
        self,
        history: HistoryStore,
        now: Callable[[], datetime],
        settings: Settings | None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("history.overview")
        self.setAccessibleName(self.tr("Overview"))
        self._history = history
        self._now = now
        self._settings = settings
        self._is_wanted = settings is None or bool(settings.value(SHOWS_OVERVIEW))
        self._has_room = True
        self._period = words.Period.MONTH
        self._fold = QToolButton(self)
        self._fold.setObjectName("history.overview.fold")
        self._fold.setCheckable(True)
        self._fold.setProperty("fold", True)
        self._total = ElidedLabel(self)
        self._total.setObjectName("history.overview.total")
        self._periods = SegmentedBar(self)
        self._periods.setObjectName("history.overview.period")
        self.days = BarChart("history.overview.days", "", self, is_upright=True)
        self.outcomes = BarChart("history.overview.outcomes", self.tr("Outcomes"), self)
        self.causes = BarChart("history.overview.causes", self.tr("Most frequent causes"), self)
        self.robots = BarChart("history.overview.robots", self.tr("Robots by use"), self)
        self._plan = plain_label("", self, "history.overview.plan")
        self._plan_bar = QProgressBar(self)
        self._body = QWidget(self)
        self._columns: dict[str, QWidget] = {}
        self._timer = QTimer(self, interval=REFRESH_MS, singleShot=True)
        self._timer.timeout.connect(self.refresh)
        self._lay_out()
        self._show_fold()

    @property
    def is_open(self) -> bool:
        """True where the bars are shown."""
        return self._body.isVisibleTo(self)

    def set_room(self, height_px: int) -> None:
        """So high the page is: in a low one the bars give way to the table."""
        has_room = height_px >= _ROOM_FROM_PX
        if has_room != self._has_room:
            self._has_room = has_room
            self._show_fold()

    def refresh_soon(self) -> None:
        """A send has changed."""
        if self.is_open and not self._timer.isActive():
            self._timer.start()

    def refresh(self) -> None:
        """Show the figures as they stand, where somebody sees them."""
        if not self._body.isVisible():
            return
        try:
            sums = SumStore(self._history.database)
            day = today(self._now())
            found = sums.overview(self._first(sums, day), day)
            # As the status line counts them: by this computer's clock.
            local = self._now().astimezone().replace(day=1, hour=0, minute=0, second=0)
            calls = self._history.calls_since(
                local.replace(microsecond=0, tzinfo=None).astimezone()
            )
        except StorageError as error:
            self.trouble.emit(error)
            return
        self._show(found, calls)

    # Building

    def _lay_out(self) -> None:
        for period in words.Period:
            self._periods.add(period.value, words.period_name(period))
        self._periods.choose(self._period.value)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._fold)
        head.addWidget(self._total, 1)
        self._periods.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._periods.setMinimumWidth(300)
        head.addWidget(self._periods)
        head.addStretch(0)  # folded, its button stays at the left
        self._total.setProperty("quiet", True)
        body = QHBoxLayout(self._body)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(24)
        counted = QVBoxLayout()
        counted.setSpacing(4)
        self._days_title = plain_label("", self._body)
        self._days_title.setProperty("quiet", True)
        counted.addWidget(self._days_title)
        counted.addWidget(self.days, 1)
        counted.addWidget(self._plan)
        self._plan.setProperty("quiet", True)
        self._plan_bar.setObjectName("history.overview.plan.bar")
        self._plan_bar.setTextVisible(False)
        self._plan_bar.setFixedHeight(6)
        counted.addWidget(self._plan_bar)
        body.addLayout(counted, 3)
        for chart in (self.outcomes, self.causes, self.robots):
            column = QWidget(self._body)
            inside = QVBoxLayout(column)
            inside.setContentsMargins(0, 0, 0, 0)
            inside.setSpacing(4)
            title = plain_label(chart.accessibleName(), column)
            title.setProperty("quiet", True)
            inside.addWidget(title)
            inside.addWidget(chart)
            inside.addStretch(1)
            # Causes are sentences.
            body.addWidget(column, 3 if chart is self.causes else 2)
            self._columns[chart.objectName()] = column
        self._body.setFixedHeight(_BODY_PX + self.fontMetrics().height())
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(6)
        whole.addLayout(head)
        whole.addWidget(self._body)
        for chart in (self.days, self.outcomes, self.causes, self.robots):
            chart.chosen.connect(self.filters_chosen)
        self._fold.clicked.connect(self._on_fold_clicked)
        self._periods.chosen.connect(self._on_period_chosen)

    def _show_fold(self) -> None:
        is_open = self._is_wanted and self._has_room
        self._body.setVisible(is_open)
        self._periods.setVisible(is_open)
        self._total.setVisible(is_open)
        self._fold.setChecked(is_open)
        label = self.tr("Overview")
        self._fold.setText(f"{'▾' if is_open else '▸'}  {label}")
        self._fold.setAccessibleName(label)

    # Showing

    def _first(self, sums: SumStore, day: date) -> date:
        """The first month of the period."""
        match self._period:
            case words.Period.MONTH:
                return day.replace(day=1)
            case words.Period.YEAR:
                return date(day.year - (day.month < 12), day.month % 12 + 1, 1)
            case words.Period.EVER:
                return sums.first_day() or day

    def _show(self, found: Overview, calls: int) -> None:
        span = self._span(found)
        self._total.setText(words.total_sentence(found.total, is_complete=found.is_complete))
        is_by_day = self._period is words.Period.MONTH
        is_beijing = self._now().astimezone().utcoffset() == timedelta(hours=8)
        title = words.days_title(is_by_day=is_by_day, is_beijing=is_beijing)
        self._days_title.setText(title)
        self.days.setAccessibleName(title)
        self.days.show_bars(_days(found) if is_by_day else _months(found))
        total = found.total or 1
        self.outcomes.show_bars(
            [
                Bar(
                    status_word(status),
                    words.share(count, total),
                    count,
                    words.figure(status_word(status), count, total),
                    (*span, Filter(SearchField.STATUS, status.value)),
                    colours_of(status)[0],
                    sign_icon(status),
                )
                for status, count in sorted(found.outcomes, key=lambda one: -one[1])[:6]
            ]
        )
        self.causes.show_bars(
            [
                Bar(
                    name,
                    words.number(one.sends),
                    one.sends,
                    words.figure(name, one.sends, total),
                    (
                        *span,
                        Filter(SearchField.STATUS, one.status.value),
                        Filter(SearchField.CAUSE, _reason(one)),
                    ),
                    colours_of(one.status)[0],
                    sign_icon(one.status),
                )
                for one in found.causes
                if (name := explain(one.cause, one.fault).happened or status_word(one.status))
            ]
        )
        self.robots.show_bars(
            [
                Bar(
                    one.name,
                    words.number(one.sends),
                    one.sends,
                    words.figure(one.name, one.sends, total),
                    (*span, Filter(SearchField.ROBOT, one.name)),
                    None,
                    dot_icon(one.colour),
                )
                for one in found.robots
            ]
        )
        self._show_plan(calls)

    def _show_plan(self, calls: int) -> None:
        limit = CALLS.default if self._settings is None else self._settings.value(CALLS)
        sentence = words.plan_sentence(calls, limit)
        self._plan.setText(sentence)
        self._plan_bar.setRange(0, max(limit, 1))
        self._plan_bar.setValue(min(calls, limit))
        self._plan_bar.setAccessibleName(sentence)

    def _span(self, found: Overview) -> tuple[Filter, ...]:
        """What keeps the table to the period."""
        first, last = f"{found.first:%Y-%m}", f"{found.last:%Y-%m}"
        match self._period:
            case words.Period.MONTH:
                return (Filter(SearchField.TIME, first),)
            case words.Period.YEAR:
                return (Filter(SearchField.TIME, f"{first}..{last}"),)
            case words.Period.EVER:
                return ()

    # What happens

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room the robots go first, then the causes."""
        super().resizeEvent(event)
        width = event.size().width()
        self._columns[self.robots.objectName()].setVisible(width >= _ROBOTS_FROM_PX)
        self._columns[self.causes.objectName()].setVisible(width >= _CAUSES_FROM_PX)

    def _on_fold_clicked(self, is_open: bool) -> None:
        self._is_wanted, self._has_room = is_open, self._has_room or is_open
        if self._settings is not None:
            self._settings.set(SHOWS_OVERVIEW, is_open)
        self._show_fold()
        self.refresh()

    def _on_period_chosen(self, key: str) -> None:
        self._period = words.Period(key)
        self.refresh()


def _reason(one: CauseCount) -> str:
    key = one.fault or one.cause
    return "" if key is None else key.value


def _days(found: Overview) -> list[Bar]:
    """Each day of the month, up to the last."""
    counts = dict(found.days)
    bars = []
    day = found.first
    while day <= found.last:
        count = counts.get(day, 0)
        choice = (Filter(SearchField.TIME, f"{day:%Y-%m-%d}"),)
        bars.append(Bar(str(day.day), "", count, words.day_figure(day, count), choice))
        day += timedelta(days=1)
    return bars


def _months(found: Overview) -> list[Bar]:
    """Each month of the span."""
    counts: dict[tuple[int, int], int] = {}
    for day, count in found.days:
        counts[day.year, day.month] = counts.get((day.year, day.month), 0) + count
    bars = []
    year, month = found.first.year, found.first.month
    while (year, month) <= (found.last.year, found.last.month):
        count = counts.get((year, month), 0)
        choice = (Filter(SearchField.TIME, f"{year}-{month:02}"),)
        label = words.month_label(year, month)
        bars.append(Bar(label, "", count, words.month_figure(year, month, count), choice))
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return bars

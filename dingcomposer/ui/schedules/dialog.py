"""The dialog of one schedule: to whom, when, and beside it what will go where in the next runs."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from dingcomposer.core.draft import Draft, headline_of_draft
from dingcomposer.core.plain_text import clean
from dingcomposer.core.robot import Robot
from dingcomposer.core.robot_lists import RobotList
from dingcomposer.core.scheduling.recurrence import RuleError
from dingcomposer.core.scheduling.schedule import MessageSchedule, scheduled
from dingcomposer.core.scheduling.timing import ScheduleTiming, TimingError, zone_of
from dingcomposer.core.templates.template import PLACEHOLDER, Template
from dingcomposer.services.scheduling.planner import Planner, local_zone
from dingcomposer.ui import questions
from dingcomposer.ui.context import Context
from dingcomposer.ui.preview.bubble.bubble import RenderContext
from dingcomposer.ui.schedules.expected_runs import ExpectedRuns
from dingcomposer.ui.schedules.repetition_form import RepetitionForm
from dingcomposer.ui.texts.robots import robot_words
from dingcomposer.ui.texts.schedules import is_elsewhere, obstacle_sentence, rule_sentence
from dingcomposer.ui.texts.send.broadcast import order_sentence
from dingcomposer.ui.texts.translate import join_names, join_sentences
from dingcomposer.ui.widgets.buttons import DefaultButton, DialogButton, answer_row
from dingcomposer.ui.widgets.icons import dot_icon
from dingcomposer.ui.widgets.layouts import OrderedDialog, PlainArea, resize_within_screen
from dingcomposer.ui.widgets.plain_text import plain_label

_ID = Qt.ItemDataRole.UserRole
_ROW_PX = 30
_GROUPS_SHOWN = 5
_NAME_CHARACTERS = 60
SETTLE_MS = 150


def new_schedule(
    planner: Planner,
    template: Template,
    robots: Sequence[Robot],
    values: Mapping[str, str] | None = None,
) -> MessageSchedule:
    """What a person starts from: this message, tomorrow at nine, for these robots."""
    values = values or {}
    zone = local_zone()
    tomorrow = planner.now.astimezone(zone_of(zone)) + timedelta(days=1)
    start = tomorrow.replace(hour=9, minute=0, second=0, microsecond=0, tzinfo=None)
    name = template.name or _name_of(template.draft, values)
    confirmed = tuple(map(scheduled, robots))
    timing = ScheduleTiming(zone, start)
    return MessageSchedule("", name, template, confirmed, timing, tuple(values.items()))


def _name_of(draft: Draft, values: Mapping[str, str]) -> str:
    """What its message begins with, without the dates that are others at each run."""
    words = PLACEHOLDER.sub(lambda field: values.get(field[1], ""), headline_of_draft(draft))
    return " ".join(words.split()).strip("·|-—_,，、:：")[:_NAME_CHARACTERS].strip()


class ScheduleDialog(OrderedDialog):
    """Changes a schedule, or makes a new one. `draft` is the message that is being written,
    `robot_list` the list from which a new one has its robots.

    Signals:
        saved(MessageSchedule): the person wants it so; whoever keeps it accepts the dialog.
    """

    saved = Signal(object)

    def __init__(
        self,
        context: Context,
        planner: Planner,
        render: RenderContext,
        schedule: MessageSchedule,
        parent: QWidget | None = None,
        *,
        draft: Draft | None = None,
        robot_list: RobotList | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("schedule")
        is_new = not schedule.schedule_id
        self.setWindowTitle(self.tr("Send at a time") if is_new else self.tr("Change the schedule"))
        self._context, self._planner = context, planner
        self._schedule = schedule
        self._draft = draft
        self._name = QLineEdit(schedule.name, self)
        self._name.setObjectName("schedule.name")
        self._name.setAccessibleName(self.tr("Name"))
        self._name.setPlaceholderText(self.tr("What it is called in the list"))
        self._name.setMaxLength(_NAME_CHARACTERS)
        self._take_draft = DialogButton("schedule.take", self.tr("Take the draft's message"), self)
        self._take_draft.setToolTip(self.tr("Instead of the message that it has now"))
        self._take_draft.setVisible(not is_new and draft is not None and not draft.is_blank)
        self._groups = self._make_groups()
        self._of_list = plain_label("", self, "schedule.list")
        self._of_list.setProperty("quiet", True)
        self._of_list.setWordWrap(True)
        self._list_name = None if robot_list is None else clean(robot_list.name)
        zone = schedule.timing.zone
        self.form = RepetitionForm(zone, planner.now.astimezone(zone_of(zone)), self)
        self.form.show_timing(schedule.timing)
        self._expected = ExpectedRuns(render, self)
        self._reason = QLabel(self)
        self._reason.setObjectName("schedule.reason")
        self._reason.setProperty("note", "warn")
        self._reason.setWordWrap(True)
        self._save = DefaultButton("schedule.save", self.tr("Save"), self)
        self._cancel = DialogButton("schedule.cancel", self.tr("Cancel"), self)
        self._settle = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._settle.timeout.connect(self._show_expected)
        self._lay_out()
        self._connect()
        self._show_expected()
        self.form.focus_first()

    @property
    def chosen(self) -> tuple[Robot, ...]:
        """The robots that are checked, in the person's order."""
        robots = {one.robot_id: one for one in self._context.robot_profiles.robots}
        items = (self._groups.item(row) for row in range(self._groups.count()))
        ids = (str(one.data(_ID)) for one in items if one.checkState() is Qt.CheckState.Checked)
        return tuple(robots[one] for one in ids if one in robots)

    # Building

    def _make_groups(self) -> QListWidget:
        groups = QListWidget(self)
        groups.setObjectName("schedule.groups")
        groups.setAccessibleName(self.tr("Groups"))
        groups.setProperty("rows", True)
        chosen = {one.robot_id: place for place, one in enumerate(self._schedule.robots)}
        robots = self._context.robot_profiles.robots
        for robot in sorted(robots, key=lambda one: chosen.get(one.robot_id, len(chosen))):
            item = QListWidgetItem(robot_words(robot.name, robot.stage), groups)
            item.setIcon(dot_icon(robot.colour))
            item.setData(_ID, robot.robot_id)
            item.setSizeHint(QSize(0, _ROW_PX))
            is_chosen = robot.robot_id in chosen
            item.setCheckState(Qt.CheckState.Checked if is_chosen else Qt.CheckState.Unchecked)
            if not robot.has_token and not robot.is_sandbox:
                item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsEnabled)
                item.setToolTip(self.tr("Its webhook is missing"))
        lines = min(max(groups.count(), 2), _GROUPS_SHOWN)
        groups.setFixedHeight(lines * (_ROW_PX + 2) + 10)
        return groups

    def _lay_out(self) -> None:
        left, inside = QWidget(self), QWidget(self)
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 12, 0)
        column.setSpacing(8)
        column.addWidget(self._heading(self.tr("Name")))
        named = QHBoxLayout()
        named.setSpacing(8)
        named.addWidget(self._name, 1)
        named.addWidget(self._take_draft)
        column.addLayout(named)
        column.addSpacing(4)
        column.addWidget(self._heading(self.tr("To")))
        column.addWidget(self._groups)
        column.addWidget(self._of_list)
        column.addSpacing(4)
        column.addWidget(self.form)
        column.addStretch(1)
        area = PlainArea(inside, left)
        for_area = QVBoxLayout(left)
        for_area.setContentsMargins(0, 0, 0, 0)
        for_area.addWidget(area)
        columns = QSplitter(Qt.Orientation.Horizontal, self)
        columns.setChildrenCollapsible(False)
        columns.setHandleWidth(12)
        columns.addWidget(left)
        columns.addWidget(self._expected)
        left.setMinimumWidth(360)
        self._expected.setMinimumWidth(260)
        columns.setSizes([470, 440])
        whole = QVBoxLayout(self)
        whole.setContentsMargins(24, 20, 24, 16)
        whole.setSpacing(12)
        whole.addWidget(columns, 1)
        whole.addLayout(answer_row(self, self._reason, self._save, self._cancel))
        resize_within_screen(self, QSize(980, 640), QSize(680, 420))

    def _heading(self, words: str) -> QLabel:
        label = plain_label(words, self)
        label.setProperty("heading", True)
        return label

    def _connect(self) -> None:
        self._name.textEdited.connect(lambda _text: self._settle.start())
        self._groups.itemChanged.connect(lambda _item: self._settle.start())
        self.form.changed.connect(self._settle.start)
        self._take_draft.clicked.connect(self._on_take_draft)
        self._save.clicked.connect(self._on_save)
        self._cancel.clicked.connect(self.reject)

    # What happens

    def _made(self, robots: Sequence[Robot]) -> MessageSchedule:
        """What was chosen. Raises RuleError and TimingError."""
        return replace(
            self._schedule,
            name=" ".join(self._name.text().split()),
            robots=tuple(scheduled(one) for one in robots),
            timing=self.form.timing(),
        )

    def _show_expected(self) -> None:
        """Show the next runs of what was chosen, or why there is none."""
        robots = self.chosen
        colours = {one.robot_id: one.colour for one in robots}
        self._show_list_words(len(robots))
        try:
            schedule = self._made(robots)
            runs = self._planner.expect(schedule)
        except (RuleError, TimingError) as error:
            self._expected.show_runs((), self._planner.now, colours)
            self._show_reason(rule_sentence(error))
            return
        elsewhere = is_elsewhere(schedule.timing, local_zone())
        self._expected.show_runs(runs, self._planner.now, colours, is_elsewhere=elsewhere)
        obstacles = [one.obstacle for run in runs[:1] for one in run.sends if one.obstacle]
        if not schedule.name:
            self._show_reason(self.tr("Give it a name."))
        elif not robots:
            self._show_reason(self.tr("Choose a group."))
        elif not runs:
            self._show_reason(self.tr("All of its times lie in the past."))
        elif obstacles:
            self._show_reason(obstacle_sentence(obstacles[0]))
        else:
            self._show_reason("")

    def _show_list_words(self, count: int) -> None:
        """What is taken from a list: its groups as they are now, and its order and gaps."""
        told = []
        if self._list_name is not None:
            words = self.tr(
                "Ticked are the groups of the list “{name}” as it is now; who joins it later does"
                " not get this."
            )
            told.append(words.format(name=self._list_name))
        if self._schedule.order.is_in_line and count > 1:
            told.append(order_sentence(self._schedule.order, count))
        self._of_list.setText(join_sentences(told))
        self._of_list.setVisible(bool(told))

    def _show_reason(self, reason: str) -> None:
        self._reason.setText(reason)
        self._save.setEnabled(not reason)

    def _on_take_draft(self) -> None:
        if self._draft is not None:
            template = Template(self._schedule.template.name, self._draft)
            self._schedule = replace(self._schedule, template=template, values=(), people=())
            self._show_expected()

    def _on_save(self) -> None:
        self._show_expected()
        if not self._save.isEnabled():
            return
        schedule = self._made(self.chosen)
        if schedule.is_production and not self._is_agreed(schedule):
            return
        self.saved.emit(schedule)

    def _is_agreed(self, schedule: MessageSchedule) -> bool:
        """Ask, once for all runs: production gets it without a question each time."""
        production = [one.name for one in self.chosen if one.is_production]
        words = self.tr("Send to production at these times, without asking each time?")
        details = self.tr("To {groups}. The next runs are those that you see in the list.")
        save = questions.Choice("save", self.tr("Save the schedule"))
        question = questions.Question(
            "schedule_production",
            self.tr("Send at a time"),
            words,
            (questions.back(), save),
            "back",
            details.format(groups=join_names(production)),
        )
        return questions.ask(self, question) == "save"

"""How long sends are kept, class by class, and what would go; and what mentions a person."""

from collections.abc import Callable, Mapping
from typing import assert_never

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from dingcomposer.core.delivery import Status
from dingcomposer.core.plain_text import clean
from dingcomposer.services.history.removal import HistoryRemoval
from dingcomposer.storage.evidence.chain import RemovalReason
from dingcomposer.storage.upkeep.retention import (
    PersonPlace,
    PersonTraces,
    RemovalPlan,
    RetentionRule,
)
from dingcomposer.ui import questions
from dingcomposer.ui.questions import Choice, Question
from dingcomposer.ui.texts.outcomes import status_word
from dingcomposer.ui.texts.time import full_day_time
from dingcomposer.ui.texts.translate import join_names, translate
from dingcomposer.ui.widgets.buttons import DialogButton

_LOOK_MS = 300
_FOR_EVER, _DAYS, _ROWS = range(3)
_SHOWN = 60
_NO_TRACES = PersonTraces()
_OUTCOMES = (
    Status.DELIVERED,
    Status.REFUSED,
    Status.NOT_SENT,
    Status.UNKNOWN,
    Status.CANCELLED,
)


class RetentionForm(QWidget):
    """Classes of sends, by how they ended and where they went, and how long each is kept.

    Signals:
        changed(): sends are going, or are kept by other rules now.
    """

    changed = Signal()

    def __init__(self, removal: HistoryRemoval, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._removal = removal
        self._plan: RemovalPlan | None = None
        self._later = QTimer(self, singleShot=True, interval=_LOOK_MS)
        self._later.timeout.connect(self._look)
        self._limits = {
            (is_production, status): _Limit(
                self.tr("{stage}, {outcome}").format(
                    stage=_stage_name(is_production=is_production), outcome=status_word(status)
                ),
                self,
            )
            for status in _OUTCOMES
            for is_production in (True, False)
        }
        self._preview = _Preview("history.upkeep.preview", self)
        self._apply = DialogButton("history.upkeep.apply", self.tr("Keep like this"), self)
        self._apply.setProperty("primary", True)
        self._apply.clicked.connect(self._on_apply)
        self._lay_out()
        for rule in removal.rules:
            self._limits[rule.is_production, rule.status].show_rule(rule)
        for limit in self._limits.values():
            limit.changed.connect(self._on_changed)
        removal.planned.connect(self._on_planned)
        self._look()

    @property
    def rules(self) -> tuple[RetentionRule, ...]:
        """The rules as they stand in the form."""
        return tuple(limit.rule(*key) for key, limit in self._limits.items())

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(6)
        for at, is_production in ((1, True), (4, False)):
            heading = _quiet(_stage_name(is_production=is_production), self)
            grid.addWidget(heading, 0, at, 1, 2)
        for line, status in enumerate(_OUTCOMES, 1):
            grid.addWidget(QLabel(status_word(status), self), line, 0)
            for at, is_production in ((1, True), (4, False)):
                limit = self._limits[is_production, status]
                grid.addWidget(limit.kind, line, at)
                grid.addWidget(limit.number, line, at + 1)
        grid.setColumnMinimumWidth(3, 12)
        grid.setColumnStretch(6, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 12, 4, 4)
        column.setSpacing(12)
        column.addWidget(
            _quiet(
                self.tr(
                    "What goes is deleted for good, also from the search. The chain of evidence"
                    " keeps a note that it went. Messages that wait or are under way stay."
                ),
                self,
            )
        )
        column.addLayout(grid)
        column.addWidget(self._preview, 1)
        column.addWidget(self._apply, 0, Qt.AlignmentFlag.AlignRight)

    def _on_changed(self) -> None:
        self._plan = None
        self._apply.setEnabled(False)
        self._later.start()

    def _look(self) -> None:
        self._preview.show_waiting()
        self._removal.plan(self.rules)

    def _on_planned(self, plan: RemovalPlan) -> None:
        self._plan = plan
        self._preview.show_plan(plan, self.tr("By these rules nothing goes now."))
        self._apply.setEnabled(True)

    def _on_apply(self) -> None:
        if self._plan is None:
            return
        count = len(self._plan.keys)
        if count and not _ask_to_delete(self, count):
            return
        self._removal.set_rules(self.rules)
        self._removal.carry_out(self._plan, RemovalReason.RETENTION)
        self.changed.emit()


class PersonForm(QWidget):
    """Deletes what mentions a person. `names` are those of people, by number or id.

    Signals:
        deleted(): sends are going.
    """

    deleted = Signal()

    def __init__(
        self,
        removal: HistoryRemoval,
        names: Callable[[], Mapping[str, str]],
        remove_backups: Callable[[], int],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._removal, self._names, self._remove_backups = removal, names, remove_backups
        self._plan: RemovalPlan | None = None
        self._words: tuple[str, ...] = ()
        self._field = QLineEdit(self)
        self._field.setObjectName("history.upkeep.person")
        self._field.setAccessibleName(self.tr("Name, mobile number or user ID"))
        self._field.setPlaceholderText(self.tr("Name, mobile number or user ID"))
        self._find = DialogButton("history.upkeep.find", self.tr("Look"), self)
        self._preview = _Preview("history.upkeep.person.preview", self)
        self._delete = DialogButton("history.upkeep.delete", self.tr("Delete these…"), self)
        self._delete.setEnabled(False)
        self._lay_out()
        self._field.textChanged.connect(self._on_changed)
        self._field.returnPressed.connect(self._on_find)
        self._find.clicked.connect(self._on_find)
        self._delete.clicked.connect(self._on_delete)
        removal.person_planned.connect(self._on_planned)
        self._on_changed()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._field, 1)
        row.addWidget(self._find)
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 12, 4, 4)
        column.setSpacing(12)
        column.addWidget(
            _quiet(
                self.tr(
                    "When somebody asks for what is kept about them to be deleted: every message"
                    " that mentions them or holds their name or number, what else is of the past"
                    " (closed drafts, earlier versions, rehearsals, tables that were sent), and all"
                    " backups made so far."
                ),
                self,
            )
        )
        column.addLayout(row)
        column.addWidget(self._preview, 1)
        column.addWidget(self._delete, 0, Qt.AlignmentFlag.AlignRight)

    def _on_changed(self) -> None:
        self._plan = None
        self._delete.setEnabled(False)
        self._find.setEnabled(bool(self._field.text().strip()))
        self._preview.setText("")

    def _on_find(self) -> None:
        person = self._field.text().strip()
        if person:
            self._preview.show_waiting()
            self._removal.plan_person(person, self._names())

    def _on_planned(self, plan: RemovalPlan, words: tuple[str, ...], traces: PersonTraces) -> None:
        if " ".join(self._field.text().split()) not in words:
            return
        self._plan, self._words = plan, words
        self._preview.show_plan(
            plan,
            self.tr("Nothing in the history mentions this person."),
            traces,
        )
        self._delete.setEnabled(bool(plan.keys) or bool(traces.going))

    def _on_delete(self) -> None:
        plan = self._plan
        if plan is None or not _ask_to_delete(self, len(plan.keys), by_person=True):
            return
        self._removal.forget_person(self._words)
        self._remove_backups()
        self._removal.carry_out(plan, RemovalReason.PERSON)
        self.deleted.emit()
        self._on_changed()
        self._preview.setText(self.tr("Deleted."))


class _Limit(QWidget):
    """How one class is kept, and the number that belongs to it."""

    changed = Signal()

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.hide()
        self.kind = QComboBox(parent)
        self.kind.addItems([self.tr("for ever"), self.tr("for days"), self.tr("the newest")])
        self.kind.setAccessibleName(name)
        self.number = QSpinBox(parent)
        self.number.setRange(1, 10_000_000)
        self.number.setGroupSeparatorShown(True)
        self.number.setAccessibleName(name)
        self.number.lineEdit().setTextMargins(6, 0, 0, 0)
        self.number.setMinimumWidth(136)
        self.kind.currentIndexChanged.connect(self._on_kind_changed)
        self.number.valueChanged.connect(lambda _value: self.changed.emit())
        self._on_kind_changed(_FOR_EVER)

    def show_rule(self, rule: RetentionRule) -> None:
        """Show how the class is kept."""
        kind = _DAYS if rule.days else _ROWS if rule.rows else _FOR_EVER
        self.kind.setCurrentIndex(kind)
        self.number.setValue(rule.days or rule.rows or 1)

    def rule(self, is_production: bool, status: Status) -> RetentionRule:
        """As it stands here."""
        value = self.number.value()
        match self.kind.currentIndex():
            case 1:
                return RetentionRule(is_production, status, days=value)
            case 2:
                return RetentionRule(is_production, status, rows=value)
            case _:
                return RetentionRule(is_production, status)

    def _on_kind_changed(self, kind: int) -> None:
        policy = self.number.sizePolicy()
        policy.setRetainSizeWhenHidden(True)  # nothing moves when it comes
        self.number.setSizePolicy(policy)
        self.number.setVisible(kind != _FOR_EVER)
        if kind == _DAYS:
            self.number.setSuffix(self.tr(" days"))
            self.number.setValue(365)
        elif kind == _ROWS:
            self.number.setSuffix(self.tr(" messages"))
            self.number.setValue(10_000)
        self.changed.emit()


class _Preview(QLabel):
    """What would go, in words."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.setMinimumHeight(120)

    def show_waiting(self) -> None:
        """It is being found out."""
        self.setText(self.tr("Looking …"))

    def show_plan(self, plan: RemovalPlan, nothing: str, traces: PersonTraces = _NO_TRACES) -> None:
        """Say how many, of what, from when to when, name the first ones; and what else there is."""
        more = self._trace_lines(traces)
        if plan.oldest_at is None or plan.newest_at is None:
            self.setText("\n".join((nothing, *more)))
            return
        count = len(plan.keys)
        lines = [
            self.tr("%Ln message(s) would go.", "", count),
            *self._class_lines(plan),
            self.tr("From {first} to {last}").format(
                first=full_day_time(plan.oldest_at), last=full_day_time(plan.newest_at)
            ),
            "",
            *(f"·  {clean(one)[:_SHOWN]}" for one in plan.examples),
        ]
        if count > len(plan.examples):
            lines.append("…")
        self.setText("\n".join((*lines, *more)))

    def _class_lines(self, plan: RemovalPlan) -> list[str]:
        """How many of each class, in a line for production and one for all else."""
        lines = []
        for is_production in (True, False):
            outcomes = [
                self.tr("{outcome} {number}").format(
                    outcome=status_word(status), number=f"{count:,}"
                )
                for place, status, count in plan.counts
                if place is is_production
            ]
            if outcomes:
                words = self.tr("{stage}: {outcomes}")
                stage = _stage_name(is_production=is_production)
                lines.append(words.format(stage=stage, outcomes=join_names(outcomes)))
        return lines

    def _trace_lines(self, traces: PersonTraces) -> list[str]:
        """Where else a person is named: what goes of it, and what stays."""
        lines = []
        if traces.going:
            lines.append(
                self.tr(
                    "And %n thing(s) of the past beside them: closed drafts, earlier versions,"
                    " rehearsals, what was given to templates, kept searches, tables.",
                    "",
                    traces.going,
                )
            )
        if traces.staying:
            places = join_names(self._place(place, count) for place, count in traces.staying)
            words = self.tr("In use, and not deleted here: {places}. Change or delete them there.")
            lines.append(words.format(places=places))
        return ["", *lines] if lines else []

    def _place(self, place: PersonPlace, count: int) -> str:
        match place:
            case PersonPlace.DRAFTS:
                return self.tr("%n open draft(s)", "", count)
            case PersonPlace.TEMPLATES:
                return self.tr("%n template(s)", "", count)
            case PersonPlace.SCHEDULES:
                return self.tr("%n schedule(s)", "", count)
            case PersonPlace.TABLES:
                return self.tr("%n table(s) under way", "", count)
            case PersonPlace.CONTACTS:
                return self.tr("%n contact(s)", "", count)
            case _:
                assert_never(place)


def _stage_name(*, is_production: bool) -> str:
    if is_production:
        return translate("Retention", "Production")
    return translate("Retention", "Test and sandbox")


def _quiet(words: str, parent: QWidget) -> QLabel:
    label = QLabel(words, parent)
    label.setProperty("quiet", True)
    label.setWordWrap(True)
    return label


def _ask_to_delete(parent: QWidget, count: int, *, by_person: bool = False) -> bool:
    """Whether these are really to go."""
    details = translate("Retention", "They cannot be brought back.")
    if by_person:
        details = translate(
            "Retention",
            "They cannot be brought back. All backups that were made so far are deleted too.",
        )
    question = Question(
        "history.delete",
        translate("Retention", "Delete messages"),
        translate("Retention", "Delete for good: {number} messages?").format(number=f"{count:,}"),
        (questions.back(), Choice("delete", translate("Retention", "Delete"), is_destructive=True)),
        "back",
        details,
    )
    return questions.ask(parent, question) == "delete"

"""What goes wrong on demand: which fault, how often, and whether the message still arrives."""

from enum import StrEnum
from functools import partial

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QIntValidator, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLabel, QLineEdit, QWidget

from dingcomposer.sandbox.faults import HONEST, FaultKind, FaultPlan
from dingcomposer.ui.texts.sandbox import fault_groups, fault_name
from dingcomposer.ui.widgets.plain_text import plain_tip

_MOST = 999


class Often(StrEnum):
    """How often a fault strikes."""

    ONCE = "once"
    NEXT = "next"
    CHANCE = "chance"


class FaultPicker(QObject):
    """Orders a fault. What is shown is what is still to come.

    `kind`, `times` and `taken` stand one behind the other, wherever there is room for them.

    Signals:
        ordered(tuple[FaultPlan, ...]): a person chose what goes wrong from now on.
    """

    ordered = Signal(tuple)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.kind = QComboBox(parent)
        self.kind.setObjectName("sandbox.fault")
        self.kind.setAccessibleName(self.tr("What goes wrong"))
        self.times = QWidget(parent)
        self.often = QComboBox(self.times)
        self.often.setObjectName("sandbox.fault.often")
        self.often.setAccessibleName(self.tr("How often it goes wrong"))
        self.often.addItem(self.tr("once"), Often.ONCE.value)
        self.often.addItem(self.tr("for the next requests"), Often.NEXT.value)
        self.often.addItem(self.tr("by chance"), Often.CHANCE.value)
        self.count = self._number("sandbox.fault.count", self.tr("For how many requests"), _MOST, 3)
        words = self.tr("How likely, in percent")
        self.percent = self._number("sandbox.fault.percent", words, 100, 50)
        self._percent_sign = QLabel("%", self.times)
        self.taken = QCheckBox(self.tr("the message arrives all the same"), parent)
        self.taken.setObjectName("sandbox.fault.taken")
        self.taken.setAccessibleName(self.taken.text())
        self._fill()
        row = QHBoxLayout(self.times)
        row.setContentsMargins(0, 0, 8, 0)
        row.setSpacing(8)
        for widget in (self.often, self.count, self.percent, self._percent_sign):
            row.addWidget(widget)
        self.kind.activated.connect(self._on_set)
        self.often.activated.connect(self._on_set)
        self.taken.clicked.connect(self._on_set)
        for line in (self.count, self.percent):
            line.editingFinished.connect(partial(self._on_number_left, line))
        self._show()

    def show_plans(self, plans: tuple[FaultPlan, ...]) -> None:
        """Show what is still to come."""
        if plans:
            plan = plans[0]
            self.kind.setCurrentIndex(self.kind.findData(plan.kind.value))
            self.taken.setChecked(plan.is_taken)
            if plan.times is None:
                _show_number(self.percent, round(plan.probability * 100))
                self._choose(Often.CHANCE)
            elif self._chosen is not Often.NEXT or plan.times > 1:
                _show_number(self.count, plan.times)
                self._choose(Often.ONCE if plan.times == 1 else Often.NEXT)
            else:
                _show_number(self.count, 1)
        else:
            self.kind.setCurrentIndex(0)
        self._show()

    @property
    def _chosen(self) -> Often:
        return Often(self.often.currentData())

    def _choose(self, often: Often) -> None:
        self.often.setCurrentIndex(self.often.findData(often.value))

    def _number(self, name: str, label: str, most: int, value: int) -> QLineEdit:
        line = QLineEdit(str(value), self.times)
        line.setObjectName(name)
        line.setAccessibleName(label)
        line.setValidator(QIntValidator(1, most, line))
        line.setFixedWidth(52)
        return line

    def _fill(self) -> None:
        model = QStandardItemModel(self.kind)
        nothing = QStandardItem(self.tr("nothing goes wrong"))
        nothing.setData("", Qt.ItemDataRole.UserRole)
        model.appendRow(nothing)
        for heading, kinds in fault_groups():
            item = QStandardItem(heading)
            item.setFlags(Qt.ItemFlag.NoItemFlags)
            model.appendRow(item)
            for kind in kinds:
                item = QStandardItem(fault_name(kind))
                item.setData(kind.value, Qt.ItemDataRole.UserRole)
                model.appendRow(item)
        self.kind.setModel(model)
        self.kind.setMaxVisibleItems(16)
        self.kind.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.kind.view().setMinimumWidth(480)
        # The box is narrower than some names.
        self.kind.currentTextChanged.connect(lambda words: self.kind.setToolTip(plain_tip(words)))

    def _show(self) -> None:
        """Only what has a meaning for what is chosen."""
        kind = self.kind.currentData()
        self.times.setVisible(bool(kind))
        self.count.setVisible(self._chosen is Often.NEXT)
        for widget in (self.percent, self._percent_sign):
            widget.setVisible(self._chosen is Often.CHANCE)
        self.taken.setVisible(bool(kind) and FaultKind(kind) not in HONEST)

    def _on_number_left(self, line: QLineEdit) -> None:
        if line.isModified():  # not where it shows what is left of an earlier order
            line.setModified(False)
            self._on_set()

    def _on_set(self) -> None:
        self._show()
        self.ordered.emit(self._plans())

    def _plans(self) -> tuple[FaultPlan, ...]:
        kind = self.kind.currentData()
        if not kind:
            return ()
        count, percent = _number_in(self.count), _number_in(self.percent)
        times = {Often.ONCE: 1, Often.NEXT: count, Often.CHANCE: None}[self._chosen]
        is_chance = self._chosen is Often.CHANCE
        return (
            FaultPlan(
                FaultKind(kind),
                times=times,
                probability=percent / 100 if is_chance else 1.0,
                is_taken=self.taken.isChecked() and FaultKind(kind) not in HONEST,
            ),
        )


def _show_number(line: QLineEdit, number: int) -> None:
    if not line.isModified():  # a person is typing
        line.setText(str(number))


def _number_in(line: QLineEdit) -> int:
    return int(line.text()) if line.hasAcceptableInput() else 1

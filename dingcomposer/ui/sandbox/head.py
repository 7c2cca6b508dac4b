"""Where the sandbox stands, what its first robot enforces, and what goes wrong next."""

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from dingcomposer.core.limits import PACE_PER_MINUTE
from dingcomposer.sandbox.faults import FaultKind, FaultPlan
from dingcomposer.ui.sandbox.words import fault_groups, fault_name
from dingcomposer.ui.widgets.flow_layout import FlowLayout
from dingcomposer.ui.widgets.tips import plain_tip

if TYPE_CHECKING:
    from dingcomposer.sandbox.server import SandboxServer

_ROW_PX = 32
_COMMAS = re.compile(r"[,，、]")


class SandboxHead(QFrame):
    """Every control works on the server at once; what it shows is read from there.

    Signals:
        clear_wanted(): a person wants an empty view.
    """

    clear_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sandbox.head")
        self.setProperty("panel", True)
        self._server: SandboxServer | None = None
        self._address = QLabel(self)
        self._address.setObjectName("sandbox.address")
        self._address.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._clear = QPushButton(self.tr("Clear view"), self)
        self._clear.setObjectName("sandbox.clear")
        self._clear.setAccessibleName(self.tr("Clear view"))
        self._clear.clicked.connect(self.clear_wanted)
        self._signature = QCheckBox(self.tr("Signature required"), self)
        self._signature.setObjectName("sandbox.signature")
        self._pace = QCheckBox(self)
        self._pace.setText(self.tr("{limit} messages per minute").format(limit=PACE_PER_MINUTE))
        self._pace.setObjectName("sandbox.pace")
        self._keywords = QLineEdit(self)
        self._keywords.setObjectName("sandbox.keywords")
        self._keywords.setPlaceholderText(self.tr("none"))
        self._keywords.setToolTip(
            self.tr("A message must contain one of them; separate them with commas")
        )
        self._fault = QComboBox(self)
        self._fault.setObjectName("sandbox.fault")
        self._fill_faults()
        self._lay_out()
        self._signature.clicked.connect(self._on_signature_clicked)
        self._pace.clicked.connect(self._on_pace_clicked)
        self._keywords.editingFinished.connect(self._on_keywords_edited)
        self._fault.activated.connect(self._on_fault_chosen)
        self.show_waiting(self.tr("The sandbox is starting…"))

    def set_server(self, server: "SandboxServer") -> None:
        """The sandbox is up."""
        self._server = server
        self._address.setText(
            self.tr("Listens on {address}, for this computer only").format(address=server.url)
        )
        self._controls.setEnabled(True)
        self.refresh()

    def show_waiting(self, sentence: str) -> None:
        """There is no sandbox (yet), and why."""
        self._server = None
        self._address.setText(sentence)
        self._controls.setEnabled(False)

    def refresh(self) -> None:
        """Show what is enforced, and whether a fault is still to come."""
        if self._server is None:
            return
        rules = self._server.rules
        self._signature.setChecked(rules.secret_required)
        self._pace.setChecked(rules.pace_per_minute is not None)
        if not self._keywords.hasFocus():
            self._keywords.setText(", ".join(rules.keywords))
        faults = self._server.robot.faults
        at = self._fault.findData(faults[0].kind.value) if faults else 0
        self._fault.setCurrentIndex(max(at, 0))

    # Building

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self._address, 1)
        top.addWidget(self._clear)
        kept = QLabel(self.tr("Its token and secret are new at each start and never stored."), self)
        kept.setProperty("quiet", True)
        kept.setWordWrap(True)
        self._address.setWordWrap(True)
        self._controls = QWidget(self)
        flow = FlowLayout(self._controls, gap=8)
        flow.addWidget(self._row(self._signature))
        flow.addWidget(self._row(self._pace))
        flow.addWidget(self._row(self._keywords, self.tr("Keywords"), 176))
        flow.addWidget(self._row(self._fault, self.tr("For the next request"), 264))
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self._controls.setSizePolicy(policy)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(4)
        column.addLayout(top)
        column.addWidget(kept)
        column.addWidget(self._controls)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def _row(self, widget: QWidget, label: str = "", width_px: int = 0) -> QWidget:
        """A control with its label, as high as all others."""
        row = QWidget(self._controls)
        row.setFixedHeight(_ROW_PX)
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 8, 0)
        line.setSpacing(8)
        if label:
            words = QLabel(label, row)
            words.setBuddy(widget)
            widget.setAccessibleName(label)
            line.addWidget(words)
        if width_px:
            widget.setFixedWidth(width_px)
        line.addWidget(widget)
        return row

    def _fill_faults(self) -> None:
        model = QStandardItemModel(self._fault)
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
        self._fault.setModel(model)
        self._fault.setMaxVisibleItems(16)
        self._fault.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self._fault.view().setMinimumWidth(480)
        self._fault.currentTextChanged.connect(
            lambda words: self._fault.setToolTip(plain_tip(words))
        )

    # What a person does

    def _on_fault_shown(self, name: str) -> None:
        self._fault.setToolTip(plain_tip(name))  # the box is narrower than some names

    def _on_signature_clicked(self, is_on: bool) -> None:
        if self._server is not None:
            self._server.rules = replace(self._server.rules, secret_required=is_on)

    def _on_pace_clicked(self, is_on: bool) -> None:
        if self._server is not None:
            pace = PACE_PER_MINUTE if is_on else None
            self._server.rules = replace(self._server.rules, pace_per_minute=pace)

    def _on_keywords_edited(self) -> None:
        if self._server is None:
            return
        words = tuple(filter(None, map(str.strip, _COMMAS.split(self._keywords.text()))))
        if words != self._server.rules.keywords:
            self._server.rules = replace(self._server.rules, keywords=words)

    def _on_fault_chosen(self, index: int) -> None:
        if self._server is not None:
            chosen = self._fault.itemData(index)
            self._server.robot.faults = (FaultPlan(FaultKind(chosen)),) if chosen else ()

"""How many calls a month the company's plan has: asked in one small dialog."""

from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from dingcomposer.core.limits import CALLS_A_MONTH
from dingcomposer.ui.widgets.layouts import OrderedDialog, resize_to_hold

MOST_CALLS = 100_000_000


class QuotaDialog(OrderedDialog):
    """Asks for the number; `calls` is the answer once it is accepted."""

    def __init__(self, calls: int, parent: QWidget | None = None, *, used: int = 0) -> None:
        super().__init__(parent)
        self.setObjectName("plan")
        self.setWindowTitle(self.tr("Calls a month"))
        self._field = QLineEdit(str(calls), self)
        self._field.setObjectName("plan.calls")
        self._field.setAccessibleName(self.tr("Calls a month"))
        self._field.setValidator(QIntValidator(1, MOST_CALLS, self._field))
        self._field.selectAll()
        self._field.setMaximumWidth(140)
        heading = QLabel(self.tr("How many calls a month does your plan have?"), self)
        heading.setProperty("heading", True)
        heading.setWordWrap(True)
        unit = QLabel(self.tr("calls a month"), self)
        went_out = self.tr("%n went out from here this month.", "", used)
        gone = QLabel(went_out, self)
        gone.setObjectName("plan.used")
        gone.setProperty("quiet", True)
        words = QLabel(
            self.tr(
                "DingTalk's Standard edition has {count}, for all robots of the company together."
                " The status line counts what went out from this computer; what others send does"
                " not show here."
            ).format(count=self.locale().toString(CALLS_A_MONTH)),
            self,
        )
        words.setProperty("quiet", True)
        words.setWordWrap(True)
        box = QDialogButtonBox(self)
        cancel = box.addButton(self.tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        cancel.setObjectName("plan.cancel")
        save = QPushButton(self.tr("Save"), box)
        save.setObjectName("plan.save")
        save.setProperty("primary", True)
        box.addButton(save, QDialogButtonBox.ButtonRole.AcceptRole)
        save.setDefault(True)
        self._field.textChanged.connect(
            lambda _text: save.setEnabled(self._field.hasAcceptableInput())
        )
        box.accepted.connect(self.accept)
        box.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(12)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._field)
        row.addWidget(unit)
        row.addStretch(1)
        column.addWidget(heading)
        column.addLayout(row)
        column.addWidget(gone)
        column.addWidget(words)
        column.addStretch(1)
        column.addWidget(box)
        resize_to_hold(self, 420)
        self._field.setFocus()

    @property
    def calls(self) -> int:
        """The number as it stands in the field."""
        return int(self._field.text())

"""Check-up row: what one step found, what it means, what to do, with a sign and a word."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QToolButton, QWidget

from dingcomposer.core.checkup.report import (
    CheckupStep,
    FindingCode,
    StepFinding,
    StepResult,
    waiting,
)
from dingcomposer.ui.texts.checkup import line_words, step_label, verdict_word
from dingcomposer.ui.texts.outcomes import topic_of
from dingcomposer.ui.widgets.plain_text import plain_label
from dingcomposer.ui.widgets.status_icons import CheckupIcon, colours_of

_LABEL_PX = 118
_VERDICT_PX = 96
_ROWS = 4


class CheckupRow(QFrame):
    """The line of one step; its parts are named `checkup.STEP.found` and so on.

    `who` answers what is sent to the robot.

    Signals:
        meaning_wanted(str): a person asks what it means; a section of the guide.
    """

    meaning_wanted = Signal(str)

    def __init__(self, step: CheckupStep, who: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._who = who
        name = f"checkup.{step.value}"
        self.setObjectName(name)
        self._sign = CheckupIcon(self)
        self._label = QLabel(step_label(step), self)
        self._found = self._text(f"{name}.found")
        self._means = self._text(f"{name}.means")
        self._helps = self._text(f"{name}.helps")
        self._verdict = QLabel(self)
        self._verdict.setObjectName(f"{name}.verdict")
        self._meaning = QToolButton(self)
        self._meaning.setText(self.tr("What does this mean?"))
        self._meaning.setObjectName(f"{name}.meaning")
        self._meaning.setProperty("fold", True)
        self._meaning.clicked.connect(self._on_meaning_clicked)
        self._grid = QGridLayout(self)
        self._lay_out()
        self.finding = waiting(step)
        self.show_finding(self.finding)

    def show_finding(self, finding: StepFinding) -> None:
        """Say what is known of this step now."""
        self.finding = finding
        words = line_words(finding, self._who)
        word = verdict_word(finding)
        self._sign.set_result(finding.verdict)
        self._verdict.setText(word)
        self._colour_verdict()
        helps = self.tr("→ {helps}").format(helps=words.helps) if words.helps else ""
        for label, text in (
            (self._found, words.found),
            (self._means, words.means),
            (self._helps, helps),
        ):
            label.setText(text)
            label.setVisible(bool(text))
        self._meaning.setVisible(finding.verdict in (StepResult.WARN, StepResult.CROSS))
        self._meaning.setAccessibleName(
            self.tr("{step}: what does this mean?").format(step=self._label.text())
        )
        spoken = (self._label.text(), word, words.found, words.means, words.helps)
        self.setAccessibleName(". ".join(filter(None, spoken)))

    def changeEvent(self, event: QEvent) -> None:
        """Takes the colours of the theme that is on."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._colour_verdict()

    def _colour_verdict(self) -> None:
        palette = self._verdict.palette()
        palette.setColor(QPalette.ColorRole.WindowText, QColor(colours_of(self.finding.verdict)[0]))
        self._verdict.setPalette(palette)

    def _on_meaning_clicked(self) -> None:
        code = self.finding.code
        if isinstance(code, FindingCode):
            self.meaning_wanted.emit(f"checkup.{self.finding.step}")
        else:
            self.meaning_wanted.emit(topic_of(code))

    def _text(self, name: str) -> QLabel:
        label = plain_label("", self, name)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        return label

    def _lay_out(self) -> None:
        top = Qt.AlignmentFlag.AlignTop
        # No weight: where the Chinese letters have no bold ones, half of a label would be.
        self._label.setFixedWidth(_LABEL_PX)
        self._label.setWordWrap(True)
        grid = self._grid
        grid.setContentsMargins(14, 10, 14, 10)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(3)
        grid.setColumnStretch(2, 1)
        grid.setColumnMinimumWidth(3, _VERDICT_PX)
        grid.addWidget(self._sign, 0, 0, _ROWS, 1, top)
        grid.addWidget(self._label, 0, 1, _ROWS, 1, top)
        grid.addWidget(self._verdict, 0, 3, _ROWS, 1, top | Qt.AlignmentFlag.AlignRight)
        self._means.setProperty("quiet", True)
        for row, label in enumerate((self._found, self._means, self._helps)):
            grid.addWidget(label, row, 2, top)
        grid.addWidget(self._meaning, 3, 2, top | Qt.AlignmentFlag.AlignLeft)

"""What is checked before sending: a tick for each thing that a person may choose not to be told."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from dingcomposer.core.checks.problems import CAN_BE_SWITCHED_OFF, ProblemCode
from dingcomposer.ui.texts.problems import problem_pattern
from dingcomposer.ui.texts.translate import QT_TRANSLATE_NOOP, Phrase, translated
from dingcomposer.ui.widgets.layouts import OrderedDialog, resize_within_screen

CHECKS: dict[ProblemCode, Phrase] = {
    ProblemCode.FIELD_UNFILLED: QT_TRANSLATE_NOOP(
        "ChecksDialog", "Fields of a template that nobody has filled in: {{name}}, ${name}, %s"
    ),
    ProblemCode.GROUP_NAME_ASKED: QT_TRANSLATE_NOOP(
        "ChecksDialog", "{{group_name}}, which becomes each group's own name"
    ),
    ProblemCode.WEEKDAY_WRONG: QT_TRANSLATE_NOOP(
        "ChecksDialog", "A weekday that does not go with its date"
    ),
    ProblemCode.DATE_PAST: QT_TRANSLATE_NOOP("ChecksDialog", "A day that is past"),
    ProblemCode.DAYS_PAST: QT_TRANSLATE_NOOP("ChecksDialog", "Several days that are all past"),
    ProblemCode.TIME_PAST: QT_TRANSLATE_NOOP("ChecksDialog", "A time of today that is over"),
    ProblemCode.TITLE_VAGUE: QT_TRANSLATE_NOOP(
        "ChecksDialog", "A title that says nothing, such as “Notice”"
    ),
    ProblemCode.TITLE_MARKDOWN: QT_TRANSLATE_NOOP("ChecksDialog", "Markdown signs in a title"),
    ProblemCode.MARKDOWN_IN_TEXT: QT_TRANSLATE_NOOP(
        "ChecksDialog", "Markdown signs in a text message"
    ),
    ProblemCode.HTML_IN_TEXT: QT_TRANSLATE_NOOP("ChecksDialog", "HTML in plain text"),
    ProblemCode.ESCAPE_TYPED: QT_TRANSLATE_NOOP("ChecksDialog", "\\n or \\t typed as two signs"),
    ProblemCode.TABLE: QT_TRANSLATE_NOOP("ChecksDialog", "Tables, which phones do not draw"),
    ProblemCode.LINE_NOT_BROKEN: QT_TRANSLATE_NOOP(
        "ChecksDialog", "Lines that run on into the next one"
    ),
    ProblemCode.URL_FILE: QT_TRANSLATE_NOOP(
        "ChecksDialog", "Links to files of your own computer or network drive"
    ),
    ProblemCode.URL_LAN: QT_TRANSLATE_NOOP("ChecksDialog", "Links into the company's own network"),
    ProblemCode.URL_HTTP: QT_TRANSLATE_NOOP("ChecksDialog", "Links without encryption"),
    ProblemCode.OPENS_SIDE_PANEL: QT_TRANSLATE_NOOP(
        "ChecksDialog", "Links that open in DingTalk's side panel"
    ),
    ProblemCode.MENTION_NUMBER_LOOSE: QT_TRANSLATE_NOOP(
        "ChecksDialog", "Numbers behind an @ that DingTalk does not read"
    ),
    ProblemCode.MENTION_NAME_UNKNOWN: QT_TRANSLATE_NOOP(
        "ChecksDialog", "Names behind an @ that are not among the contacts"
    ),
    ProblemCode.LONG_FOR_READERS: QT_TRANSLATE_NOOP(
        "ChecksDialog", "Titles, labels and texts that are cut off"
    ),
    ProblemCode.EMOJI_CODE: QT_TRANSLATE_NOOP("ChecksDialog", "Emoji as a code, such as :smile:"),
}
"""The usual ones, in the order in which they are listed; the others follow in their own words."""


class ChecksDialog(OrderedDialog):
    """A list of ticks; each counts at once.

    Signals:
        chosen(frozenset[ProblemCode]): these are not to be told of.
    """

    chosen = Signal(object)

    def __init__(self, hidden: frozenset[ProblemCode], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("checks")
        self.setWindowTitle(self.tr("What is checked"))
        about = QLabel(
            self.tr(
                "These are told before you send. What DingTalk would refuse is always told and"
                " stands in no list."
            ),
            self,
        )
        about.setWordWrap(True)
        self._list = QListWidget(self)
        self._list.setObjectName("checks.list")
        self._list.setAccessibleName(self.windowTitle())
        self._list.setProperty("rows", True)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        others = [code for code in ProblemCode if code in CAN_BE_SWITCHED_OFF - CHECKS.keys()]
        for code in (*CHECKS, *others):
            words = translated(CHECKS[code]) if code in CHECKS else problem_pattern(code)
            item = QListWidgetItem(words, self._list)
            item.setData(Qt.ItemDataRole.UserRole, code)
            item.setToolTip(item.text())
            item.setFlags(Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsEnabled)
            is_told = code not in hidden
            item.setCheckState(Qt.CheckState.Checked if is_told else Qt.CheckState.Unchecked)
        self._list.setCurrentRow(0)
        self._list.itemChanged.connect(self._on_changed)
        box = QDialogButtonBox(self)
        close = box.addButton(self.tr("Close"), QDialogButtonBox.ButtonRole.RejectRole)
        close.setObjectName("checks.close")
        box.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(12)
        column.addWidget(about)
        column.addWidget(self._list, 1)
        column.addWidget(box)
        resize_within_screen(self, QSize(520, 560), QSize(320, 260))

    def _on_changed(self) -> None:
        items = (self._list.item(row) for row in range(self._list.count()))
        hidden = (
            ProblemCode(item.data(Qt.ItemDataRole.UserRole))
            for item in items
            if item.checkState() is Qt.CheckState.Unchecked
        )
        self.chosen.emit(frozenset(hidden))

"""Problem list of the message: a line that counts, and below it each problem."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from dingcomposer.core.checks.problems import Problem, ProblemCode, Severity
from dingcomposer.ui.texts.problems import fix_words
from dingcomposer.ui.texts.translate import join_sentences
from dingcomposer.ui.widgets.icons import IconLabel, IconName
from dingcomposer.ui.widgets.layouts import AutoHeightArea, set_tab_order_after
from dingcomposer.ui.widgets.plain_text import ElidedLabel

_LEAST_PX = 84
_MOST_PX = 160
_SHARE = 0.15  # of the page's height
_ICONS: dict[Severity, IconName] = {
    Severity.BLOCKS: "blocks",
    Severity.WARNS: "warns",
    Severity.HINTS: "hints",
}


class ProblemRow(QFrame):
    """One problem: its sign, its field, its sentence. A click or Enter leads to the field.

    Signals:
        activated: lead there.
        fix_asked: set it right.
        menu_asked(QPoint): show what else can be done, at this place of the screen.
    """

    activated = Signal()
    fix_asked = Signal()
    menu_asked = Signal(QPoint)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("problem", True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._sign = IconLabel(self)
        self._words = QLabel(self)
        self._words.setWordWrap(True)
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.fix_button = QPushButton(self.tr("Fix"), self)
        self.fix_button.setAutoDefault(False)
        self.fix_button.setProperty("fix", True)
        self.fix_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.fix_button.setCursor(Qt.CursorShape.ArrowCursor)
        self.fix_button.clicked.connect(self.fix_asked)
        row = QHBoxLayout(self)
        row.setContentsMargins(6, 3, 6, 3)
        row.setSpacing(8)
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._words, 1)
        row.addWidget(self.fix_button, 0, Qt.AlignmentFlag.AlignTop)

    def show_words(self, icon_name: IconName, words: str, fix: str) -> None:
        """Show another problem here; `fix` says what its fix does, "" where there is none."""
        self._sign.set_icon_name(icon_name)
        self.fix_button.setVisible(bool(fix))
        self.fix_button.setToolTip(fix)
        self.fix_button.setAccessibleName(fix)
        self.fix_button.setAccessibleDescription(words)
        self._words.setText(words)
        self.setAccessibleName(words)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Lead to the field."""
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(
            event.position().toPoint()
        ):
            self.activated.emit()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """By the mouse or by the menu key."""
        self.menu_asked.emit(event.globalPos())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Space lead to the field."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.activated.emit()
        else:
            super().keyPressEvent(event)


class ProblemList(QWidget):
    """The problems of the message; nothing but a friendly hint where there is none.

    It is one line that counts. The problems lie above it over the end of the form, in `rows`,
    which whoever lays the page out puts there: nothing moves when one comes or goes.

    `sentence_of` and `label_of` put a problem and a field's path into words; `can_fix` tells
    whether a problem has a fix.

    Signals:
        activated(Problem): a person wants to be led to what it is about.
        fix_asked(tuple[Problem, ...]): these, which one row told of, are to be set right.
        menu_asked(tuple[Problem, ...], QPoint): the same, to choose what is done about them.
        sample_asked(): fill in what a message of this kind may look like.
    """

    activated = Signal(object)
    fix_asked = Signal(object)
    menu_asked = Signal(object, QPoint)
    sample_asked = Signal()

    def __init__(
        self,
        sentence_of: Callable[[Problem], str],
        label_of: Callable[[str], str],
        can_fix: Callable[[Problem], bool],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._sentence_of, self._label_of, self._can_fix = sentence_of, label_of, can_fix
        self._shown: tuple[tuple[Problem, ...], ...] = ()
        self._rows: list[ProblemRow] = []
        self._lines: Sequence[tuple[str, str, str]] = ()
        self.header = QToolButton(self)
        self.header.setObjectName("compose.problems.header")
        self.header.setProperty("flat", True)
        self.header.setProperty("problemHeader", True)
        self.header.setMinimumWidth(24)  # a long count is cut off in a narrow window
        self.header.setCheckable(True)
        self.header.setChecked(True)
        self.header.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.header.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.header.toggled.connect(self._on_toggled)
        self._hint = ElidedLabel(self)
        self._hint.setObjectName("compose.problems.hint")
        self._hint.setProperty("quiet", True)
        self._room_px = _LEAST_PX
        self._sample = QToolButton(self)
        self._sample.setObjectName("compose.sample")
        self._sample.setText(self.tr("Fill in a sample"))
        self._sample.setAccessibleName(self._sample.text())
        self._sample.setProperty("fold", True)
        self._sample.clicked.connect(self.sample_asked)
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        self._column.addStretch(1)
        self.rows = AutoHeightArea(inside, _LEAST_PX, self)
        self.rows.setObjectName("compose.problems")
        self.rows.setAccessibleName(self.tr("Problems"))
        self.rows.setProperty("drawer", True)
        self.rows.hide()
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(self.header)
        line.addWidget(self._hint, 1)
        line.addWidget(self._sample)
        line.addStretch(0)
        self.setFixedHeight(max(self.header.sizeHint().height(), self._sample.sizeHint().height()))
        self.show_hint("")

    @property
    def room_px(self) -> int:
        """How high the problems can become."""
        return self._room_px

    def set_room(self, height_px: int) -> None:
        """Bound the problems by the height of the page: the form is what matters."""
        self._room_px = min(_MOST_PX, max(_LEAST_PX, int(height_px * _SHARE)))
        self.rows.set_most_px(self._room_px)

    def show_hint(self, words: str, *, offers_sample: bool = False) -> None:
        """Show no problem, but a friendly word, if there is one, and whether a sample is there."""
        self._shown = ()
        self.header.hide()
        self.rows.hide()
        self._hint.setText(words)
        self._hint.setToolTip(words)
        self._hint.setVisible(bool(words))
        self._sample.setVisible(offers_sample)

    def show_problems(
        self, problems: Sequence[Problem], *, to_fill: Sequence[Problem], is_ready: bool
    ) -> None:
        """Show these in their order; `to_fill` are empty fields that nobody was in yet.

        `is_ready` says whether nothing else keeps the message from being sent.
        """
        if not problems and not to_fill:
            self.show_hint(self.tr("Ready to send.") if is_ready else self.tr("No problems found."))
            return
        groups = _grouped(problems)
        self._shown = (*groups, *([tuple(to_fill)] if to_fill else []))
        lines = [
            (_ICONS[group[0].severity], self._line(group), self._fix(group)) for group in groups
        ]
        if to_fill:
            names = " · ".join(self._label_of(one.field) for one in to_fill)
            lines.append(("hints", self.tr("Still to fill in: {fields}").format(fields=names), ""))
        if lines == self._lines and not self.header.isHidden():
            return  # as at most pauses of the typing
        self._lines = lines
        while len(self._rows) > len(lines):
            row = self._rows.pop()
            self._column.removeWidget(row)
            row.setParent(None)
            row.deleteLater()
        while len(self._rows) < len(lines):
            self._add_row(len(self._rows))
            parts = (part for row in self._rows for part in (row, row.fix_button))
            set_tab_order_after(self.header, parts)
        for row, line in zip(self._rows, lines, strict=True):
            row.show_words(*line)
        self.header.setText(self._count(groups, len(to_fill)))
        self.header.setAccessibleName(self.header.text())
        self._hint.hide()
        self._sample.hide()
        self.header.show()
        self._on_toggled(self.header.isChecked())

    def _fix(self, group: tuple[Problem, ...]) -> str:
        return fix_words(group[0].code) if any(map(self._can_fix, group)) else ""

    def _line(self, group: tuple[Problem, ...]) -> str:
        label, sentence = self._label_of(group[0].field), self._sentence_of(group[0])
        line = self.tr("{field}: {sentence}").format(field=label, sentence=sentence)
        more = sum(map(_places, group)) - 1
        if more:
            line = join_sentences((line, self.tr("(and %n more like it)", "", more)))
        return line

    def _count(self, groups: Sequence[tuple[Problem, ...]], to_fill: int) -> str:
        severities = [group[0].severity for group in groups]
        of_pictures = [one for one in groups if one[0].code is ProblemCode.PICTURE_UNREACHABLE]
        unseen = sum(_places(one) for group in of_pictures for one in group)
        blocks = severities.count(Severity.BLOCKS) - len(of_pictures)
        warns = severities.count(Severity.WARNS)
        hints = severities.count(Severity.HINTS)
        parts = []
        if blocks:
            parts.append(self.tr("%n will be refused", "", blocks))
        if unseen:
            parts.append(self.tr("%n shown to nobody", "", unseen))
        if warns:
            parts.append(self.tr("%n to look at", "", warns))
        if hints:
            parts.append(self.tr("%n worth knowing", "", hints))
        if to_fill:
            parts.append(self.tr("%n still to fill in", "", to_fill))
        return " · ".join(parts)

    def _add_row(self, number: int) -> None:
        row = ProblemRow(self.rows.widget())
        row.setObjectName(f"compose.problem.{number}")
        row.fix_button.setObjectName(f"compose.problem.{number}.fix")
        row.activated.connect(lambda: self.activated.emit(self._shown[number][0]))
        row.fix_asked.connect(lambda: self.fix_asked.emit(self._shown[number]))
        row.menu_asked.connect(lambda place: self.menu_asked.emit(self._shown[number], place))
        self._column.insertWidget(number, row)
        row.show()
        self._rows.append(row)

    def _on_toggled(self, is_open: bool) -> None:
        self.header.setArrowType(Qt.ArrowType.UpArrow if is_open else Qt.ArrowType.RightArrow)
        self.rows.setVisible(is_open and bool(self._shown))
        self.rows.fit()


def _places(problem: Problem) -> int:
    """In how many places of its text it is: what is found line by line says the first of them."""
    found = dict(problem.params)
    count = found.get("count", 1)
    return count if "lines" in found and isinstance(count, int) else 1


def _grouped(problems: Sequence[Problem]) -> list[tuple[Problem, ...]]:
    """Each problem by itself; only what is said of many people is said once."""
    groups: list[list[Problem]] = []
    places: dict[str, list[Problem]] = {}
    for problem in problems:
        is_person = problem.field.startswith(("mentions.mobiles.", "mentions.user_ids."))
        if is_person and problem.code in places:
            places[problem.code].append(problem)
            continue
        groups.append([problem])
        if is_person:
            places[problem.code] = groups[-1]
    return [tuple(group) for group in groups]

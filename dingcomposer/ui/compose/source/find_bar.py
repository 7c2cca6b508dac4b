"""Find and replace over all fields of the message that are shown."""

from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QHideEvent, QKeyEvent, QTextCursor
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QTextEdit,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from dingcomposer.core.draft import with_texts
from dingcomposer.services.draft_session import DraftSession
from dingcomposer.ui import theme
from dingcomposer.ui.compose.form import DraftForm
from dingcomposer.ui.compose.form_area import GUTTER_PX, FormArea
from dingcomposer.ui.compose.source.text_search import (
    Match,
    Search,
    expression,
    matches,
    replaced,
)
from dingcomposer.ui.widgets.text_fields import TextField

_COUNT_PX: Final = 96


class FindBar(QFrame):
    """Two lines above the form: what is looked for, and what stands in its place.

    Signals:
        said(str): what came of it, in a sentence.
    """

    said = Signal(str)

    def __init__(
        self, form: DraftForm, area: FormArea, session: DraftSession, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._form, self._area, self._session = form, area, session
        self._found: list[tuple[str, Match]] = []
        self._at = -1
        self.setObjectName("compose.find")
        self.setAccessibleName(self.tr("Find and replace"))
        self._again = QTimer(self, singleShot=True, interval=0)
        self._again.timeout.connect(self._find)
        self._make_widgets()
        self._lay_out()
        session.changed.connect(self._on_changed)
        area.installEventFilter(self)
        self.hide()

    def open_bar(self, *, replaces: bool) -> None:
        """Show it, with the words that are selected, and the keyboard in its first line."""
        focused = QApplication.focusWidget()
        if isinstance(focused, TextField) and self._form.isAncestorOf(focused):
            start, end = focused.selected_range()
            chosen = focused.shown_text[start:end]
            if chosen and "\n" not in chosen:
                self.words.setText(chosen)
        for part in self._replacing:
            part.setVisible(replaces)
        self.show()
        self.words.setFocus()
        self.words.selectAll()
        self._search()

    def close_bar(self) -> None:
        """Put the keyboard where it stands that was found last."""
        if self.isHidden():
            return
        self._catch_up()
        self.hide()
        for field in self._fields().values():
            field.setExtraSelections([])
        if 0 <= self._at < len(self._found):
            path, match = self._found[self._at]
            shown = self._fields().get(path)
            if shown is not None:
                shown.setFocus()
                shown.setTextCursor(_cursor(shown, match))
                return
        self._form.focus_field("message")

    # --- building -------------------------------------------------------------------------------

    def _make_widgets(self) -> None:
        self.words = self._line("words", self.tr("Find"))
        self.words.textChanged.connect(self._search)
        self.by = self._line("by", self.tr("Replace with"))
        self.case = self._switch("case", "Aa", self.tr("Mind capital letters"))
        self.whole = self._switch(
            "word", self.tr("Word"), self.tr("Whole words only; beside Chinese a word always ends")
        )
        self.expression = self._switch(
            "expression",
            ".*",
            self.tr("Regular expression; \\1 is what its first (…) holds"),
        )
        self.count = QLabel(self)
        self.count.setObjectName("compose.find.count")
        self.count.setProperty("quiet", True)
        self.count.setMinimumWidth(_COUNT_PX)
        self._before = self._step("previous", "▲", self.tr("Previous (Shift+Enter)"), -1)
        self._next = self._step("next", "▼", self.tr("Next (Enter)"), 1)
        self._one = self._button("replace", self.tr("Replace"), self._replace_one)
        self._all = self._button("all", self.tr("Replace all"), self._replace_all)
        self._close = QToolButton(self)
        self._close.setText("×")
        self._close.setProperty("flat", True)
        self._close.setObjectName("compose.find.close")
        self._close.setAccessibleName(self.tr("Close"))
        self._close.clicked.connect(self.close_bar)
        self._replacing = (self.by, self._one, self._all)

    def _line(self, name: str, words: str) -> QLineEdit:
        line = QLineEdit(self)
        line.setObjectName(f"compose.find.{name}")
        line.setAccessibleName(words)
        line.setPlaceholderText(words)
        line.installEventFilter(self)
        return line

    def _switch(self, name: str, words: str, tip: str) -> QToolButton:
        button = QToolButton(self)
        button.setText(words)
        button.setCheckable(True)
        button.setObjectName(f"compose.find.{name}")
        button.setAccessibleName(tip)
        button.setToolTip(tip)
        button.toggled.connect(self._search)
        return button

    def _step(self, name: str, words: str, tip: str, step: int) -> QToolButton:
        button = QToolButton(self)
        button.setText(words)
        button.setObjectName(f"compose.find.{name}")
        button.setAccessibleName(tip)
        button.setToolTip(tip)
        button.clicked.connect(lambda: self._go(step))
        return button

    def _button(self, name: str, words: str, do: object) -> QPushButton:
        button = QPushButton(words, self)
        button.setAutoDefault(False)
        button.setProperty("fix", True)
        button.setObjectName(f"compose.find.{name}")
        button.setAccessibleName(words)
        button.clicked.connect(do)
        return button

    def _lay_out(self) -> None:
        """The words have a row nearly of their own: the column may be narrow."""
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, GUTTER_PX, 4)
        rows.setSpacing(4)
        for parts in (
            (self.words, self._before, self._next, self._close),
            (self.case, self.whole, self.expression, self.count),
            (self.by, self._one, self._all),
        ):
            row = QHBoxLayout()
            row.setSpacing(4)
            for part in parts:
                row.addWidget(part, 1 if part in (self.words, self.by, self.count) else 0)
            rows.addLayout(row)

    # --- looking --------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter goes on, with Shift back; in the second line it replaces. Esc closes.

        With the form it goes: in the JSON there is nothing that it could look through.
        """
        if watched is self._area and event.type() == QEvent.Type.HideToParent:
            self.hide()
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Escape:
                self.close_bar()
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                if watched is self.by:
                    self._replace_one()
                else:
                    is_back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
                    self._go(-1 if is_back else 1)
                return True
        return super().eventFilter(watched, event)

    def _fields(self) -> dict[str, TextField]:
        return self._form.shown_fields()

    def _wanted(self) -> Search:
        return Search(
            self.words.text(),
            self.case.isChecked(),
            self.whole.isChecked(),
            self.expression.isChecked(),
        )

    def hideEvent(self, event: QHideEvent) -> None:
        """What is written from now on is not looked through; nothing is marked any more."""
        super().hideEvent(event)
        self._again.stop()

    def _on_changed(self) -> None:
        if self.isVisible():
            self._again.start()

    def _catch_up(self) -> None:
        """What was written just now may have moved what was found, or taken it away."""
        if self._again.isActive():
            self._again.stop()
            self._find()

    def _search(self) -> None:
        """Find it, and bring the match that is shown into sight."""
        self._find()
        self._show_match()

    def _find(self) -> None:
        """Find it anew; the match that was shown stays the one, or the next one behind it.

        Whoever writes on meanwhile keeps the caret.
        """
        before = self._found[self._at] if 0 <= self._at < len(self._found) else None
        wanted = expression(self._wanted())
        fields = self._fields()
        self._found = [
            (path, one)
            for path, field in fields.items()
            for one in matches(wanted, field.shown_text)
        ]
        self._at = self._nearest(before, [*fields]) if self._found else -1
        self._show_found(is_valid=wanted.isValid())

    def _nearest(self, before: tuple[str, Match] | None, order: list[str]) -> int:
        if before is None or before[0] not in order:
            return 0
        place = (order.index(before[0]), before[1].start)
        behind = (
            number
            for number, (path, one) in enumerate(self._found)
            if (order.index(path), one.start) >= place
        )
        return next(behind, 0)

    def _go(self, step: int) -> None:
        self._catch_up()
        if self._found:
            self._at = (self._at + step) % len(self._found)
            self._show_found()
            self._show_match()

    def _show_found(self, *, is_valid: bool = True) -> None:
        """Mark all that was found, and the one that is shown otherwise."""
        now = theme.current()
        by_field: dict[str, list[QTextEdit.ExtraSelection]] = {}
        fields = self._fields()
        for number, (path, one) in enumerate(self._found):
            mark = QTextEdit.ExtraSelection()
            mark.cursor = _cursor(fields[path], one)
            is_shown = number == self._at
            shown = mark.format
            shown.setBackground(QColor(now.accent if is_shown else now.warn_soft))
            if is_shown:
                shown.setForeground(QColor(now.on_accent))
            by_field.setdefault(path, []).append(mark)
        for path, field in fields.items():
            field.setExtraSelections(by_field.get(path, []))
        if not is_valid:
            words = self.tr("Not valid")
        elif self._found:
            words = self.tr("{number} of {count}").format(
                number=self._at + 1, count=len(self._found)
            )
        else:
            words = self.tr("Nothing found") if self.words.text() else ""
        self.count.setText(words)
        for button in (self._before, self._next, self._one, self._all):
            button.setEnabled(bool(self._found))

    def _show_match(self) -> None:
        """Bring the one that is shown into sight; the keyboard stays here."""
        if not 0 <= self._at < len(self._found):
            return
        path, one = self._found[self._at]
        field = self._fields()[path]
        cursor = _cursor(field, one)
        cursor.setPosition(cursor.selectionStart())
        field.setTextCursor(cursor)
        field.ensureCursorVisible()
        self._area.ensureWidgetVisible(field, 0, 12)

    # --- replacing ------------------------------------------------------------------------------

    def _replace_one(self) -> None:
        self._catch_up()
        if 0 <= self._at < len(self._found):
            path, one = self._found[self._at]
            self._replace({path: self._fields()[path]}, only=one.start)

    def _replace_all(self) -> None:
        count = self._replace(self._fields(), only=None)
        self.said.emit(self.tr("%n replaced. Undo takes all of it back.", "", count))

    def _replace(self, fields: dict[str, TextField], *, only: int | None) -> int:
        """Write what was replaced into the draft, as one step."""
        wanted, search = expression(self._wanted()), self._wanted()
        made, counts = {}, 0
        for path, field in fields.items():
            text, count = replaced(
                wanted,
                field.shown_text,
                self.by.text(),
                is_expression=search.is_expression,
                only=only,
            )
            counts += count
            if count:
                made[path] = field.as_sent(text)
        self._session.edit(with_texts(self._session.draft, made))
        self._search()
        return counts


def _cursor(field: TextField, match: Match) -> QTextCursor:
    cursor = QTextCursor(field.document())
    cursor.setPosition(match.start)
    cursor.setPosition(match.start + match.length, QTextCursor.MoveMode.KeepAnchor)
    return cursor

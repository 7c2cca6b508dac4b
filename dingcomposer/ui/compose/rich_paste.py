"""What was copied with its looks becomes markdown, and a bar over the text says what was lost.

The bar offers the other ways of the same paste. It lies over the text, so nothing moves, and goes
with the next key.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from dingcomposer.ui.texts.pasting.pasted import rich_losses
from dingcomposer.ui.texts.translate import join_sentences
from dingcomposer.ui.widgets.icons import IconButton
from dingcomposer.ui.widgets.text_fields import FIELD_BYTES, TextField

if TYPE_CHECKING:
    from dingcomposer.interchange.html_reader import RichText

_GAP_PX = 8
_WIDEST_PX = 520
_BLOCK_STARTS = ("#", "- ", "> ", "1. ", "|", "```", "---")


class PasteBar(QFrame):
    """A sentence and what can be done instead, at the lower edge of a text field.

    Signals:
        closed(): it is not shown any more.
    """

    closed = Signal()

    def __init__(self, field: TextField) -> None:
        super().__init__(field)
        self._field = field
        self.setObjectName("compose.paste_bar")
        self.setProperty("panel", True)
        self._words = QLabel(self)
        self._words.setObjectName("compose.paste_bar.words")
        self._words.setProperty("quiet", True)
        self._words.setWordWrap(True)
        self._close = IconButton("remove", self.tr("Close"), self)
        self._close.setObjectName("compose.paste_bar.close")
        self._close.clicked.connect(self.close_bar)
        self._buttons: list[QPushButton] = []
        self._row = QHBoxLayout()
        self._row.setSpacing(6)
        self._row.addStretch(1)
        self._row.addWidget(self._close)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 8, 8)
        column.setSpacing(4)
        column.addWidget(self._words)
        column.addLayout(self._row)
        self.hide()
        field.installEventFilter(self)

    def show_words(
        self, words: str, choices: Sequence[tuple[str, str, Callable[[], object]]]
    ) -> None:
        """Say something; each choice has a name, its words, and what it does."""
        for button in self._buttons:
            self._row.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._buttons = []
        for place, (name, label, do) in enumerate(choices):
            button = QPushButton(label, self)
            button.setObjectName(f"compose.paste_bar.{name}")
            button.setAccessibleName(label)
            button.clicked.connect(lambda _checked=False, do=do: do())
            self._row.insertWidget(place, button)
            self._buttons.append(button)
        self._words.setText(words)
        self._words.setAccessibleName(words)
        self.show()
        self.raise_()
        self._place()

    def close_bar(self) -> None:
        """Take it away; the keyboard goes on in the text."""
        if not self.isHidden():
            focus = QApplication.focusWidget()
            had_focus = focus is not None and self.isAncestorOf(focus)
            self.hide()
            if had_focus:
                self._field.setFocus()
            self.closed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the place at the lower edge."""
        if event.type() == QEvent.Type.Resize and not self.isHidden():
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        inside = self._field.viewport().geometry()
        width = min(inside.width() - 2 * _GAP_PX, _WIDEST_PX)
        for part in (self, self._words, self._close, *self._buttons):
            part.ensurePolished()  # else it does not know yet how high it is
        layout = self.layout()
        if layout is None:
            return
        layout.invalidate()
        height = max(layout.totalHeightForWidth(width), layout.totalMinimumSize().height())
        left = inside.right() - _GAP_PX - width
        self.setGeometry(left, inside.bottom() - _GAP_PX - height, width, height)
        layout.activate()


@dataclass(frozen=True, slots=True)
class _Pasted:
    """The last paste: what was on the clipboard, and the selection whose place it took."""

    html: str
    plain: str
    start: int
    end: int


class RichPaste(QObject):
    """Pastes HTML into a field of markdown.

    Signals:
        tables_chosen(bool): a person chose what becomes of tables: lines where True.
        markdown_wanted(str): this is to be the text, in a message in markdown.
    """

    tables_chosen = Signal(bool)
    markdown_wanted = Signal(str)

    def __init__(self, field: TextField, *, as_lines: bool) -> None:
        super().__init__(field)
        self._field = field
        self._as_lines = as_lines
        self._last: _Pasted | None = None
        self._is_inserting = self._is_too_much = False
        self.bar = PasteBar(field)
        self.bar.closed.connect(self._forget)
        field.edited.connect(self.end)
        field.textChanged.connect(self.end)

    def set_tables_as_lines(self, *, as_lines: bool) -> None:
        """What becomes of tables."""
        self._as_lines = as_lines

    def insert(self, html: str, plain: str) -> bool:
        """Paste it; False where the plain text says as much."""
        rich = self._read(html)
        if rich is None:
            return False
        self._last = _Pasted(html, plain, *self._field.selected_range())
        self._put(rich.markdown)
        self._show_bar(rich)
        return True

    def tell_loss(self) -> None:
        """After the words were pasted alone: say so, where there was too much to read."""
        if self._is_too_much:
            self._is_too_much = False
            words = self.tr("This was too much to keep its looks: the words alone were pasted.")
            self.bar.show_words(words, [])

    def offer(self, html: str, plain: str, place: tuple[int, int]) -> None:
        """The words were pasted at `place` of a message without looks: offer one in markdown."""
        if self._read(html) is None:
            return
        self._last = _Pasted(html, plain, *place)
        words = self.tr("A text message shows no headings, bold words, links or colours.")
        label = self.tr("Make it a Markdown message")
        self.bar.show_words(words, [("markdown", label, self._become_markdown)])

    def _become_markdown(self) -> None:
        last = self._take_back()
        rich = self._read(last.html) if last else None
        if rich is not None:
            self.markdown_wanted.emit(self._with(rich.markdown)[0])
        self.bar.close_bar()
        self._field.setFocus()

    def _read(self, html: str) -> "RichText | None":
        from dingcomposer.interchange.html_reader import TooMuchHtmlError, read_html

        try:
            rich = read_html(html, tables_as_lines=self._as_lines)
        except TooMuchHtmlError:
            self._is_too_much = True
            return None
        is_fitting = rich and len(rich.markdown.encode("utf-8", "replace")) <= FIELD_BYTES
        return rich if is_fitting else None

    def _put(self, words: str) -> None:
        text, place = self._with(words)
        self._is_inserting = True
        self._field.edit_text(text, place, place)
        self._is_inserting = False
        self._field.ensureCursorVisible()

    def _with(self, words: str) -> tuple[str, int]:
        """The whole text with the words in the selection's place, and where they end."""
        text = self._field.shown_text
        start, end = self._field.selected_range()
        before, after = text[:start], text[end:]
        if "\n\n" in words or words.startswith(_BLOCK_STARTS):
            words = _gap_after(before) + words + _gap_before(after)
        return before + words + after, start + len(words)

    def _show_bar(self, rich: "RichText") -> None:
        words = [self.tr("Pasted as markdown.")]
        if rich.losses:
            words.append(rich_losses(one.value for one in rich.losses))
        choices: list[tuple[str, str, Callable[[], object]]] = []
        if rich.tables:
            if self._as_lines:
                words.append(self.tr("Phones draw no tables: it became lines."))
                choices.append(
                    ("table", self.tr("As a table"), lambda: self._again(as_lines=False))
                )
            else:
                words.append(self.tr("Phones show this table as its source."))
                choices.append(("lines", self.tr("As lines"), lambda: self._again(as_lines=True)))
        choices.append(("plain", self.tr("Plain text"), self._paste_plain))
        self.bar.show_words(join_sentences(words), choices)

    def _take_back(self) -> _Pasted | None:
        """The paste is undone, and what it replaced is selected again."""
        last = self._last
        if last is None:
            return None
        self._is_inserting = True
        self._field.undo_asked.emit()
        self._is_inserting = False
        self._field.select(last.start, last.end)
        return last

    def _again(self, *, as_lines: bool) -> None:
        """The same once more, its tables the other way; that is remembered."""
        self._as_lines = as_lines
        self.tables_chosen.emit(as_lines)
        last = self._take_back()
        rich = self._read(last.html) if last else None
        if rich is not None:
            self._field.paste_as_step(lambda: self._put(rich.markdown))
            self._show_bar(rich)
        self._field.setFocus()

    def _paste_plain(self) -> None:
        last = self._take_back()
        if last is not None:
            self._field.paste_as_step(lambda: self._put(last.plain))
        self.bar.close_bar()
        self._field.setFocus()

    def end(self) -> None:
        """Something else was done since: undo would lead elsewhere than before the paste."""
        if not self._is_inserting:
            self.bar.close_bar()

    def _forget(self) -> None:
        self._last = None


def _gap_after(before: str) -> str:
    """What parts a block from the words in front of it."""
    if not before.strip() or before.endswith("\n\n"):
        return ""
    return "\n" if before.endswith("\n") else "\n\n"


def _gap_before(after: str) -> str:
    if not after.strip() or after.startswith("\n\n"):
        return ""
    return "\n" if after.startswith("\n") else "\n\n"

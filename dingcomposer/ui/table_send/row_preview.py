"""The message of one row as its group will see it, with what is found in it."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from dingcomposer.core.messages import ActionCard, Markdown, Message, mentions_of
from dingcomposer.core.plain_text import clean
from dingcomposer.ui import theme
from dingcomposer.ui.preview.bubble.bubble import Bubble, MessageAuthor, RenderContext
from dingcomposer.ui.preview.viewport import BubbleArea
from dingcomposer.ui.widgets.buttons import DialogButton
from dingcomposer.ui.widgets.plain_text import plain_label

_NEUTRAL = "#8A919C"


class RowPreview(QFrame):
    """Shows a row's message; the two arrows go through the rows.

    Signals:
        step_wanted(int): the next row, or the one before.
    """

    step_wanted = Signal(int)

    def __init__(self, render: RenderContext, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("table_send.preview")
        self._render = render
        self.before = DialogButton("table_send.previous", "←", self)
        self.before.setAccessibleName(self.tr("The row before"))
        self.before.setToolTip(self.tr("The row before"))
        self.after = DialogButton("table_send.next", "→", self)
        self.after.setAccessibleName(self.tr("The next row"))
        self.after.setToolTip(self.tr("The next row"))
        self.before.clicked.connect(lambda: self.step_wanted.emit(-1))
        self.after.clicked.connect(lambda: self.step_wanted.emit(1))
        self._place = QLabel(self)
        self._place.setObjectName("table_send.place")
        self._place.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._title = plain_label("", self, "table_send.title")
        self._title.setProperty("quiet", True)
        self._bubble = Bubble(self, pictures=render.pictures)
        self._area = BubbleArea(self._bubble, self)
        self._area.setObjectName("table_send.message")
        self._area.setAccessibleName(self.tr("The message as the group will see it"))
        self._found = plain_label("", self, "table_send.found")
        self._found.setProperty("notice", "warn")
        self._empty = plain_label("", self, "table_send.empty")
        self._empty.setProperty("quiet", True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.before)
        top.addWidget(self._place, 1)
        top.addWidget(self.after)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 10, 10, 10)
        column.setSpacing(8)
        column.addLayout(top)
        column.addWidget(self._title)
        column.addWidget(self._area, 1)
        column.addWidget(self._empty, 1)
        column.addWidget(self._found)
        self._follow_theme()
        self.show_nothing("")

    def show_nothing(self, words: str) -> None:
        """There is no row to show, and why."""
        for widget in (self._area, self._title, self._found, self._place, self.before, self.after):
            widget.hide()
        self._empty.setText(words)
        self._empty.show()

    def show_row(
        self,
        message: Message | None,
        author: tuple[str, str] | None,
        place: tuple[int, int],
        found: Sequence[str],
    ) -> None:
        """Show a message by a robot of this name and colour; `place` is its number, of how many."""
        words = self.tr("{number} of {count}")
        self._place.setText(words.format(number=f"{place[0]:,}", count=f"{place[1]:,}"))
        for widget in (self._place, self.before, self.after):
            widget.show()
        self.before.setEnabled(place[0] > 1)
        self.after.setEnabled(place[0] < place[1])
        self._found.setText("\n".join(found))
        self._found.setVisible(bool(found))
        if message is None:
            self._area.hide()
            self._title.hide()
            self._empty.setText(self.tr("This row is not sent."))
            self._empty.show()
            return
        self._empty.hide()
        title = message.title if isinstance(message, Markdown | ActionCard) else ""
        words = self.tr("Title in the conversation list: {title}")
        self._title.setText(words.format(title=clean(title)))
        self._title.setVisible(bool(title))
        self._bubble.show_message(
            message,
            MessageAuthor(*(author or (self.tr("Robot"), _NEUTRAL))),
            at_names=self._render.names(),
            is_reader_mentioned=bool(mentions_of(message)),
        )
        self._area.show()

    def changeEvent(self, event: QEvent) -> None:
        """The frame follows the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._follow_theme()

    def _follow_theme(self) -> None:
        wanted = (
            f"QFrame#table_send\\.preview {{ border: 1px solid {theme.current().line};"
            " border-radius: 8px; }"
        )
        if wanted != self.styleSheet():
            self.setStyleSheet(wanted)

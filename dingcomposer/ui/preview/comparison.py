"""Two messages compared: what is set otherwise in words, and both as a group sees them, marked."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from dingcomposer.core.messages import ActionCard, Markdown, Message, Text, mentions_of
from dingcomposer.core.payload.differences import TextChange, compare
from dingcomposer.ui import theme
from dingcomposer.ui.preview.bubble import style as dt
from dingcomposer.ui.preview.bubble.bubble import (
    Bubble,
    Compared,
    MessageAuthor,
    RenderContext,
)
from dingcomposer.ui.preview.bubble.style import Device
from dingcomposer.ui.preview.richtext.paragraphs import ChangeMark
from dingcomposer.ui.texts.send.differences import (
    setting_sentence,
    text_change_html,
    text_change_sentence,
)
from dingcomposer.ui.widgets.layouts import FlowLayout
from dingcomposer.ui.widgets.plain_text import plain_label

_GAP_PX = 16
_LINES_SHOWN = 20
BESIDE_PX = 2 * dt.CARD_WIDTH_PX[Device.PC] + _GAP_PX
"""How wide the two messages are beside each other; where it is narrower, one is below the other."""


class Comparison(QWidget):
    """Shows `before` and `after`. Nothing can be changed here."""

    def __init__(
        self,
        before: Message,
        after: Message,
        author: MessageAuthor,
        render: RenderContext | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._author = author
        self._render = render
        self._names = {} if render is None else render.names()
        self._texts: dict[QLabel, TextChange] = {}
        self._differences = compare(before, after)
        parts = self._differences.parts_before, self._differences.parts_after
        self._old = self._bubble(before, Compared(after, ChangeMark.REMOVED, parts[0]))
        self._new = self._bubble(after, Compared(before, ChangeMark.ADDED, parts[1]))
        self._lay_out(self._has_marks(before, after))
        self.setAccessibleDescription(self.words)

    @property
    def words(self) -> str:
        """The differences a line each: settings, then texts, "-" what is gone and "+" what is new.

        A screen reader says them.
        """
        return "\n".join(
            [
                *(setting_sentence(one, self._names) for one in self._differences.settings),
                *(text_change_sentence(one) for one in self._texts.values()),
                *(f"-{one}" for one in self._old.marked_words),
                *(f"+{one}" for one in self._new.marked_words),
            ]
        )

    def changeEvent(self, event: QEvent) -> None:
        """Marks in the colours of the theme that is on."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._follow_theme()

    def _has_marks(self, before: Message, after: Message) -> bool:
        """Whether the cards show what changed in the text."""
        are_bodies = all(isinstance(one, Text | Markdown | ActionCard) for one in (before, after))
        return are_bodies and bool(self._old.marked_words or self._new.marked_words)

    def _bubble(self, message: Message, compared: Compared) -> Bubble:
        render = self._render
        bubble = Bubble(self, pictures=None if render is None else render.pictures, has_frame=False)
        bubble.show_message(
            message,
            self._author,
            at_names=self._names,
            is_reader_mentioned=bool(mentions_of(message)),
            compared=compared,
        )
        return bubble

    def _lay_out(self, has_marks: bool) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        sentences = [setting_sentence(one, self._names) for one in self._differences.settings]
        more = len(sentences) - _LINES_SHOWN
        if more > 0:
            sentences[_LINES_SHOWN:] = [self.tr("%n more", "", more)]
        for sentence in sentences:
            column.addWidget(plain_label(f"• {sentence}", self))
        for change in self._differences.texts[:_LINES_SHOWN]:
            if change.field == "text" and has_marks:
                continue  # it stands below, whole
            label = QLabel(self)
            label.setTextFormat(Qt.TextFormat.RichText)
            label.setWordWrap(True)
            label.setAccessibleName(text_change_sentence(change))
            self._texts[label] = change
            column.addWidget(label)
        flow = FlowLayout(gap=_GAP_PX)
        flow.addWidget(self._half(self.tr("Before"), self._old))
        flow.addWidget(self._half(self.tr("Now"), self._new))
        column.addSpacing(4 if column.count() else 0)
        column.addLayout(flow)
        column.addStretch(1)
        self._follow_theme()

    def _half(self, heading: str, bubble: Bubble) -> QWidget:
        half = QWidget(self)
        half.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        half.setFixedWidth(dt.CARD_WIDTH_PX[Device.PC])
        label = plain_label(heading, half)
        label.setProperty("quiet", True)
        column = QVBoxLayout(half)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(label)
        column.addWidget(bubble)
        column.addStretch(1)
        return half

    def _follow_theme(self) -> None:
        look = dt.style_of(is_dark=theme.current().is_dark)
        for label, change in self._texts.items():
            label.setText(f"• {text_change_html(change, look.removed, look.added)}")

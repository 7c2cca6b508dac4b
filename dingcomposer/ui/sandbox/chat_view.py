"""The sandbox's group as its members see it: one bubble below the other, the newest last."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from dingcomposer.core.messages import Text, mentions_of
from dingcomposer.services.background import Background
from dingcomposer.ui import theme
from dingcomposer.ui.context import Navigator
from dingcomposer.ui.preview.bubble import style as dt
from dingcomposer.ui.preview.bubble.bubble import Bubble, MessageAuthor, RenderContext
from dingcomposer.ui.preview.bubble.style import Device
from dingcomposer.ui.texts.time import minute

if TYPE_CHECKING:
    from dingcomposer.sandbox.server import Exchange

BATCH = 20
"""How many older messages are built at a time."""
MOST_BUBBLES = 60
"""So many are built while nobody scrolls back; older ones come on demand."""

_PC_FROM_PX = 428
_NEAR_PX = 12


class ChatView(QFrame):
    """Bubbles are built while somebody looks. It follows the newest until a person scrolls back.

    Signals:
        chosen(int): a person wants to see the request of this number.
    """

    chosen = Signal(int)

    def __init__(
        self,
        navigator: Navigator,
        render: RenderContext,
        parent: QWidget | None = None,
        *,
        colour_of: Callable[[int], str],
    ) -> None:
        super().__init__(parent)
        self._colour_of = colour_of
        self._navigator = navigator
        self._render = render
        self.setObjectName("sandbox.group")
        self.setAccessibleName(self.tr("Messages in the sandbox group, newest last"))
        self._background = Background(self)
        self._taken: list[Exchange] = []
        self._entries: list[_Entry] = []  # of the messages from _first up to _last
        self._first = self._last = 0
        self._from_bottom: int | None = 0
        self._is_restoring = False
        self._device = Device.PC
        self._earlier = QPushButton(self.tr("Show earlier messages"))
        self._earlier.setObjectName("sandbox.earlier")
        self._earlier.setAccessibleName(self.tr("Show earlier messages"))
        self._earlier.setProperty("flat", True)
        self._earlier.clicked.connect(self.show_earlier)
        self._area = QScrollArea(self)
        self._stack = QStackedWidget(self)
        self._lay_out()
        self._follow_theme()
        self._refresh()

    @property
    def numbers(self) -> tuple[int, ...]:
        """The numbers of the exchanges whose bubbles are built, from the top."""
        return tuple(entry.number for entry in self._entries)

    @property
    def is_settled(self) -> bool:
        """True where every bubble is drawn."""
        return all(entry.bubble.is_settled for entry in self._entries)

    def add(self, exchange: "Exchange") -> None:
        """A message was put into the group."""
        self._taken.append(exchange)
        if self.isVisible():
            self._show_newest()

    def set_robot(self, name: str) -> None:
        """Whose group is shown; an empty one says how to send there."""
        words = self.tr(
            "Choose the robot {robot} in the list on the left, write something, and press"
            " Send. The message arrives here and never leaves this computer."
        )
        self._how.setText(words.format(robot=name))

    def clear(self) -> None:
        """Forget all messages."""
        self._taken = []
        self._drop(len(self._entries))
        self._first = self._last = 0
        self._from_bottom = 0
        self._refresh()

    def show_earlier(self) -> None:
        """Build older messages, above the others, which stay in their place."""
        bar = self._area.verticalScrollBar()
        self._from_bottom = bar.maximum() - bar.value()
        for _ in range(min(BATCH, self._first)):
            self._first -= 1
            self._insert(0, self._taken[self._first])
        self._refresh()

    def showEvent(self, event: QShowEvent) -> None:
        """Catches up with what came in meanwhile."""
        super().showEvent(event)
        self._show_newest()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As on a PC where there is room, else as on a phone."""
        super().resizeEvent(event)
        device = Device.PC if self.width() >= _PC_FROM_PX else Device.PHONE
        if device is not self._device:
            self._device = device
            for entry in self._entries:
                entry.show_on(device)

    def show_names(self) -> None:
        """Show the messages with the names as they are now."""
        for entry in self._entries:
            entry.show_on(self._device)

    def changeEvent(self, event: QEvent) -> None:
        """Follows the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._follow_theme()

    # Building

    def _lay_out(self) -> None:
        inside = QWidget()
        inside.setProperty("plain", True)
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(8, 12, 2, 12)
        self._column.setSpacing(12)
        self._column.addWidget(self._earlier, 0, Qt.AlignmentFlag.AlignHCenter)
        self._column.addStretch(1)
        self._area.setWidget(inside)
        self._area.setWidgetResizable(True)
        self._area.setProperty("ringed", True)
        self._area.setProperty("plain", True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setObjectName("sandbox.chat")
        self._area.setAccessibleName(self.accessibleName())
        bar = self._area.verticalScrollBar()
        bar.valueChanged.connect(self._on_scrolled)
        bar.rangeChanged.connect(self._on_range_changed)
        self._stack.addWidget(self._make_empty())
        self._stack.addWidget(self._area)
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 4, 4, 4)
        column.addWidget(self._stack)
        self.setMinimumWidth(388)

    def _make_empty(self) -> QWidget:
        empty = QWidget(self)
        empty.setObjectName("sandbox.empty")
        heading = QLabel(self.tr("No message here yet"), empty)
        heading.setProperty("heading", True)
        heading.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        how = self._how = QLabel(empty)
        self.set_robot(self.tr("Sandbox"))
        how.setProperty("quiet", True)
        how.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        how.setWordWrap(True)
        column = QVBoxLayout(empty)
        column.setContentsMargins(32, 32, 32, 32)
        column.setSpacing(8)
        column.addStretch(1)
        column.addWidget(heading)
        column.addWidget(how)
        column.addStretch(1)
        return empty

    def _follow_theme(self) -> None:
        on = theme.current()
        chat = dt.style_of(is_dark=on.is_dark).chat
        sheet = (
            f"QFrame#sandbox\\.group {{ background: {chat}; border: 1px solid {on.line};"
            " border-radius: 8px; }"
        )
        if sheet != self.styleSheet():  # setting it changes the palette, which leads here again
            self.setStyleSheet(sheet)
            for entry in self._entries:
                entry.show_on(self._device)

    # Bubbles

    def _show_newest(self) -> None:
        if len(self._taken) - self._last > BATCH:  # too many at once: as after a start
            self._drop(len(self._entries))
            self._first = self._last = len(self._taken) - BATCH
        while self._last < len(self._taken):
            self._insert(len(self._entries), self._taken[self._last])
            self._last += 1
        if self._from_bottom == 0:
            self._drop(len(self._entries) - MOST_BUBBLES)
        self._refresh()

    def _insert(self, place: int, exchange: "Exchange") -> None:
        colour = self._colour_of(exchange.group)
        entry = _Entry(exchange, colour, self._device, self._background, self._render)
        entry.chosen.connect(self.chosen)
        entry.bubble.link_clicked.connect(self._navigator.open_link)
        self._entries.insert(place, entry)
        self._column.insertWidget(place + 1, entry)  # below the button for earlier ones

    def _drop(self, count: int) -> None:
        """Take the oldest bubbles away."""
        for entry in self._entries[: max(count, 0)]:
            self._background.forget(id(entry.bubble))
            self._column.removeWidget(entry)
            entry.hide()
            entry.deleteLater()
            self._first += 1
        del self._entries[: max(count, 0)]

    def _refresh(self) -> None:
        self._earlier.setVisible(self._first > 0)
        self._stack.setCurrentIndex(int(bool(self._taken)))

    # Scrolling

    def _on_scrolled(self, value: int) -> None:
        if self._is_restoring:
            return
        is_at_end = self._area.verticalScrollBar().maximum() - value <= _NEAR_PX
        self._from_bottom = 0 if is_at_end else None

    def _on_range_changed(self, _least: int, most: int) -> None:
        # Bubbles get their height when they are drawn, some time after they came.
        if self._from_bottom is not None:
            self._is_restoring = True
            self._area.verticalScrollBar().setValue(most - self._from_bottom)
            self._is_restoring = False


class _Entry(QWidget):
    """A bubble, and below it the way to its request."""

    chosen = Signal(int)

    def __init__(
        self,
        exchange: "Exchange",
        colour: str,
        device: Device,
        background: Background,
        render: RenderContext,
    ) -> None:
        super().__init__()
        self._colour = colour
        self._names = render.names
        self.number = exchange.number
        self._exchange = exchange
        self.setObjectName(f"sandbox.message.{exchange.number}")
        self.bubble = Bubble(self, background=background, pictures=render.pictures)
        self._request = QToolButton(self)
        self._request.setObjectName(f"sandbox.message.{exchange.number}.request")
        self._request.setText(self.tr("Request {number}").format(number=exchange.number))
        self._request.setAccessibleName(self._request.text())
        self._request.setProperty("flat", True)
        self._request.clicked.connect(self._on_request_clicked)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self.bubble)
        self._column.addWidget(self._request)
        self.show_on(device)

    def show_on(self, device: Device) -> None:
        """Show the message as this device does."""
        message = self._exchange.message or Text("")
        self.bubble.show_message(
            message,
            MessageAuthor(self._exchange.robot, self._colour),
            device=device,
            at_names=self._names(),
            clock=minute(self._exchange.at),
            is_reader_mentioned=bool(mentions_of(message)),
        )
        indent = dt.AVATAR_PX[device] + dt.AVATAR_GAP_PX - 4
        self._request.setStyleSheet(
            f"QToolButton {{ margin-left: {indent}px; padding: 2px 4px;"
            f" font-size: {theme.scaled_px(11)}px; color: {theme.current().quiet}; }}"
        )

    def _on_request_clicked(self) -> None:
        self.chosen.emit(self.number)

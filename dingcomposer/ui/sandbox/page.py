"""The sandbox: its group as readers see it, and beside it each request with its verdict."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QFontDatabase, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHeaderView,
    QPlainTextEdit,
    QScrollArea,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from dingcomposer.services.robot_profiles import SANDBOX_COLOUR
from dingcomposer.ui.context import Navigator
from dingcomposer.ui.preview.bubble.bubble import RenderContext
from dingcomposer.ui.sandbox.chat_view import ChatView
from dingcomposer.ui.sandbox.controls import SandboxControls
from dingcomposer.ui.sandbox.diagnosis_list import DiagnosisList
from dingcomposer.ui.sandbox.requests_model import (
    RequestColumn,
    RequestsModel,
    answer_line,
    received_text,
)
from dingcomposer.ui.texts import sandbox
from dingcomposer.ui.widgets.outcome_panel import OutcomePanel
from dingcomposer.ui.widgets.row_table import RowTable

if TYPE_CHECKING:
    from dingcomposer.sandbox.server import Exchange, SandboxServer

_WIDE_FROM_PX = 820
_PC_PX = 448
_PHONE_PX = 388


class SandboxPage(QWidget):
    """Shows one sandbox server. What it shows may be cleared; the server forgets nothing.

    `kept` gives the port that stays (0: none does) and whether the tokens do. `is_divided` says,
    before it is first seen, that its halves are as a person left them.

    Signals:
        robot_wanted(): a person wants one more sandbox robot.
        rules_set(SandboxRobot): a person changed what this robot enforces.
    """

    robot_wanted = Signal()
    rules_set = Signal(object)

    def __init__(
        self,
        navigator: Navigator,
        render: RenderContext,
        parent: QWidget | None = None,
        *,
        kept: Callable[[], tuple[int, bool]] = lambda: (0, False),
        colour_of: Callable[[int], str] = lambda _group: SANDBOX_COLOUR,
    ) -> None:
        super().__init__(parent)
        self._kept = kept
        self.setObjectName("sandbox")
        self.setAccessibleName(self.tr("Sandbox"))
        self._known: set[int] = set()
        self._cleared = 0  # up to this number nothing is shown
        self._server: SandboxServer | None = None
        self.is_divided = False
        self._is_wide: bool | None = None
        self._model = RequestsModel(self)
        self.head = SandboxControls(self)
        self.chat = ChatView(navigator, render, self, colour_of=colour_of)
        self.table = RowTable(self)
        self._verdict = OutcomePanel("sandbox.verdict", self.tr("Answer to the request"), self)
        self._request = QPlainTextEdit(self)
        self._diagnoses = DiagnosisList(self)
        self._details = QWidget(self)
        self._halves = QSplitter(Qt.Orientation.Horizontal, self)
        self._set_up_table()
        self._set_up_details()
        self._lay_out()
        self.head.clear_wanted.connect(self.clear)
        self.head.robot_chosen.connect(self._on_robot_chosen)
        self.head.robot_wanted.connect(self.robot_wanted)
        self.head.rules_set.connect(self.rules_set)
        self.chat.chosen.connect(self._on_request_chosen)
        self.table.selectionModel().currentRowChanged.connect(self._on_current_changed)

    def set_server(self, server: "SandboxServer") -> None:
        """The sandbox is up, or has other robots: show where, and what it received already."""
        self._server = server
        self.head.set_server(server)
        for exchange in server.exchanges():
            self.on_exchange(exchange)

    def show_kept(self) -> None:
        """Show what stays the same at each start."""
        port, keeps_token = self._kept()
        self.head.show_kept(port, keeps_token=keeps_token)

    def set_failed(self, sentence: str) -> None:
        """The sandbox could not be started, and why."""
        self.head.show_waiting(sentence)

    def on_exchange(self, exchange: "Exchange") -> None:
        """A request came in and was answered. One that is shown already changes nothing.

        Only what the robot that is looked at received is shown, and what named no robot at all.
        """
        self.head.refresh()
        robot = self.head.robot
        is_other = robot is not None and exchange.group not in (0, robot.number)
        if exchange.number in self._known or exchange.number <= self._cleared or is_other:
            return
        self._known.add(exchange.number)
        self._model.add(exchange)
        if exchange.is_taken and exchange.message is not None:
            self.chat.add(exchange)
        if not self.table.currentIndex().isValid() or self.table.currentIndex().row() == 1:
            self._look_at(0)  # whoever looks at the newest goes on doing so

    def clear(self) -> None:
        """Show nothing of what was received so far."""
        exchanges = self._server.exchanges() if self._server is not None else ()
        self._cleared = exchanges[-1].number if exchanges else 0
        self._empty()

    def _empty(self) -> None:
        self._known.clear()
        self.chat.clear()
        self._model.clear()
        self._details.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where room is short the group is shown as on a phone, and the times give way."""
        super().resizeEvent(event)
        is_wide = event.size().width() >= _WIDE_FROM_PX
        if is_wide != self._is_wide:
            was_restored = self._is_wide is None and self.is_divided
            self._is_wide = is_wide
            if not was_restored:
                width = _PC_PX if is_wide else _PHONE_PX
                self._halves.setSizes([width, event.size().width() - width])
            self.table.setColumnHidden(RequestColumn.TIME, not is_wide)

    # Building

    def _set_up_table(self) -> None:
        self.table.setObjectName("sandbox.requests")
        self.table.setAccessibleName(self.tr("Requests, newest first"))
        self.table.setModel(self._model)
        self.table.setMinimumHeight(72)
        columns = self.table.horizontalHeader()
        columns.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        columns.setSectionResizeMode(RequestColumn.WORDS, QHeaderView.ResizeMode.Stretch)
        advance = self.fontMetrics().horizontalAdvance
        self.table.setColumnWidth(RequestColumn.TIME, advance("00:00:00") + 20)
        widest = max(map(advance, sandbox.all_verdict_words()))
        self.table.setColumnWidth(RequestColumn.VERDICT, widest + 48)

    def _set_up_details(self) -> None:
        self._request.setObjectName("sandbox.request")
        self._request.setAccessibleName(self.tr("Request as received"))
        self._request.setReadOnly(True)
        self._request.setTabChangesFocus(True)
        self._request.setMinimumHeight(36)  # the verdict above it needs its room first
        self._request.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        column = QVBoxLayout(self._details)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._verdict)
        column.addWidget(self._diagnoses)
        column.addWidget(self._request, 1)
        self._details.hide()

    def _lay_out(self) -> None:
        right = QSplitter(Qt.Orientation.Vertical, self)
        right.setObjectName("sandbox.right")
        right.addWidget(self.table)
        right.addWidget(self._details)
        right.setSizes([240, 320])
        halves = self._halves
        halves.setObjectName("sandbox.halves")
        halves.addWidget(self.chat)
        halves.addWidget(right)
        halves.setStretchFactor(1, 1)
        for splitter in (right, halves):
            splitter.setChildrenCollapsible(False)
            splitter.setHandleWidth(8)
        inside = QWidget()
        inside.setProperty("plain", True)
        column = QVBoxLayout(inside)
        column.setContentsMargins(4, 12, 12, 8)
        column.setSpacing(8)
        column.addWidget(self.head)
        column.addWidget(halves, 1)
        # On a low screen it is higher than the window.
        area = QScrollArea(self)
        area.setProperty("plain", True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(area)

    # What happens

    def _look_at(self, row: int) -> None:
        self.table.setCurrentIndex(self._model.index(row, RequestColumn.TIME))

    def _on_robot_chosen(self) -> None:
        self._empty()
        robot = self.head.robot
        if self._server is None or robot is None:
            return
        self.chat.set_robot(robot.name)
        for exchange in self._server.exchanges():
            self.on_exchange(exchange)

    def _on_request_chosen(self, number: int) -> None:
        row = self._model.row_of(number)
        if row is not None:
            self._look_at(row)

    def _on_current_changed(self, current: QModelIndex) -> None:
        exchange = self._model.exchange_at(current.row())
        self._details.setVisible(exchange is not None)
        if exchange is None:
            return
        headline = self.tr("{verdict}: request {number}").format(
            verdict=sandbox.verdict_word(exchange), number=exchange.number
        )
        answered = " · ".join(filter(None, (answer_line(exchange), sandbox.own_words(exchange))))
        self._verdict.show_status(
            sandbox.standing(exchange), headline, sandbox.happened(exchange), answered
        )
        self._diagnoses.show_diagnoses(exchange.diagnoses)
        self._request.setPlainText(received_text(exchange))

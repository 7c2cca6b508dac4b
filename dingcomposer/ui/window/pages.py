"""The pages that are made when they are first wanted, not on the way to the first window."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QButtonGroup, QPushButton, QStackedWidget, QWidget

from dingcomposer.ui.context import Context, Navigator, Page
from dingcomposer.ui.preview.bubble.bubble import RenderContext
from dingcomposer.ui.send.broadcast_controller import BroadcastController
from dingcomposer.ui.send.recovery_actions import RecoveryActions
from dingcomposer.ui.texts.translate import translate
from dingcomposer.ui.window.layout_state import LayoutState

if TYPE_CHECKING:
    from dingcomposer.sandbox.server import Exchange, SandboxServer
    from dingcomposer.ui.history.page import HistoryPage
    from dingcomposer.ui.sandbox.page import SandboxPage


class LazyPages(QObject):
    """All pages of a window but the first, put into its `stack` once they are there.

    `make_schedules` makes the page of the schedules.
    """

    def __init__(
        self,
        context: Context,
        navigator: Navigator,
        render: RenderContext,
        stack: QStackedWidget,
        *,
        state: LayoutState,
        broadcast: BroadcastController,
        recovery_actions: RecoveryActions,
        make_schedules: Callable[[QWidget], QWidget],
    ) -> None:
        super().__init__(stack)
        self._context = context
        self._navigator = navigator
        self._render = render
        self._stack = stack
        self._state = state
        self._broadcast = broadcast
        self._recovery_actions = recovery_actions
        self._history: HistoryPage | None = None
        self._sandbox: SandboxPage | None = None
        self._make_schedules = make_schedules
        self._schedules: QWidget | None = None
        self._why_failed = ""
        context.sandbox.changed.connect(self._on_server_changed)
        context.sandbox.failed.connect(self._on_server_failed)

    @property
    def history(self) -> "HistoryPage":
        """The page of the history."""
        if self._history is None:
            self._history = self._make_history()
        return self._history

    @property
    def sandbox(self) -> "SandboxPage":
        """The page of the sandbox."""
        if self._sandbox is None:
            self._sandbox = self._make_sandbox()
        return self._sandbox

    @property
    def schedules(self) -> QWidget:
        """The page of the schedules."""
        if self._schedules is None:
            self._schedules = self._make_schedules(self._stack)
            self._stack.addWidget(self._schedules)
        return self._schedules

    def page(self, place: Page) -> QWidget:
        """One of them, made when it is first wanted."""
        match place:
            case Page.HISTORY:
                return self.history
            case Page.SANDBOX:
                return self.sandbox
            case _:
                return self.schedules

    def show_exchange(self, exchange: "Exchange") -> None:
        """The sandbox took a request; a page that is made later asks the server for it."""
        if self._sandbox is not None:
            self._sandbox.on_exchange(exchange)

    def _on_server_changed(self, server: "SandboxServer") -> None:
        if self._sandbox is not None:
            self._sandbox.set_server(server)

    def _on_server_failed(self, words: str) -> None:
        self._why_failed = words
        if self._sandbox is not None:
            self._sandbox.set_failed(words)

    def _make_history(self) -> "HistoryPage":
        from dingcomposer.ui.history.page import HistoryPage

        context, recovery_actions = self._context, self._recovery_actions
        page = HistoryPage(
            context.history,
            self._navigator,
            self._render,
            context.archive(),
            self._stack,
            robot_of=context.robot_profiles.get,
            offer_of=recovery_actions.offer,
            lines_of=recovery_actions.lines_of,
            waits_of=recovery_actions.waits_of,
            settings=context.settings,
        )
        context.outbox.added.connect(page.show_send)
        context.outbox.changed.connect(page.show_send)
        context.outbox.queue_changed.connect(page.show_waits)
        context.contacts.changed.connect(page.show_names)
        page.failed_wanted.connect(self._broadcast.send_to_failed)
        page.again_requested.connect(recovery_actions.send_again)
        page.correction_requested.connect(recovery_actions.correct)
        page.recovery_requested.connect(recovery_actions.carry_out)
        recovery_actions.offers_changed.connect(page.show_offer)
        self._state.restore_splitters(page)
        self._stack.addWidget(page)
        return page

    def _make_sandbox(self) -> "SandboxPage":
        from dingcomposer.ui.sandbox.page import SandboxPage

        context = self._context
        page = SandboxPage(
            self._navigator,
            self._render,
            self._stack,
            kept=lambda: (context.sandbox.port, context.sandbox.keeps_token),
            colour_of=context.sandbox.colour_of,
        )
        context.contacts.changed.connect(page.chat.show_names)
        page.robot_wanted.connect(context.sandbox.add)
        page.rules_set.connect(context.sandbox.keep)
        page.head.port_chosen.connect(context.sandbox.choose_port)
        page.head.token_kept.connect(context.sandbox.keep_token)
        page.head.said.connect(self._navigator.say)
        context.sandbox.kept.connect(page.show_kept)
        page.show_kept()
        if context.sandbox.server is not None:
            page.set_server(context.sandbox.server)
        elif self._why_failed:
            page.set_failed(self._why_failed)
        page.is_divided = self._state.restore_splitters(page)
        self._stack.addWidget(page)
        return page


def make_place_buttons(parent: QWidget) -> dict[Page, QPushButton]:
    """The buttons that lead to the pages, of which one is checked."""
    words = {
        Page.WRITE: translate("MainWindow", "Write"),
        Page.HISTORY: translate("MainWindow", "History"),
        Page.SANDBOX: translate("MainWindow", "Sandbox"),
        Page.SCHEDULES: translate("MainWindow", "Schedules"),
    }
    group = QButtonGroup(parent)
    buttons = {}
    for place, label in words.items():
        button = QPushButton(label, parent)
        button.setObjectName(f"place.{place}")
        button.setAccessibleName(label)
        button.setCheckable(True)
        button.setProperty("place", True)
        group.addButton(button)
        buttons[place] = button
    return buttons

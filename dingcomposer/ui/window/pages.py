"""The pages that are made when they are first wanted, not on the way to the first window."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedWidget

if TYPE_CHECKING:
    from dingcomposer.sandbox.server import Exchange, SandboxServer
    from dingcomposer.ui.history.page import HistoryPage
    from dingcomposer.ui.sandbox.page import SandboxPage
    from dingcomposer.ui.window.main_window import Context, MainWindow


class LazyPages:
    """History and sandbox of a window, put into its `stack` once they are there."""

    def __init__(self, window: "MainWindow", parts: "Context", stack: QStackedWidget) -> None:
        self._window = window
        self._parts = parts
        self._stack = stack
        self._history: HistoryPage | None = None
        self._sandbox: SandboxPage | None = None
        self._server: SandboxServer | None = None
        self._server_trouble = ""

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

    def set_server(self, server: "SandboxServer") -> None:
        """The sandbox is up."""
        self._server = server
        if self._sandbox is not None:
            self._sandbox.set_server(server)

    def set_server_failed(self, sentence: str) -> None:
        """The sandbox could not be started, and why."""
        self._server_trouble = sentence
        if self._sandbox is not None:
            self._sandbox.set_failed(sentence)

    def on_exchange(self, exchange: "Exchange") -> None:
        """The sandbox took a request; a page that is made later asks the server for it."""
        if self._sandbox is not None:
            self._sandbox.on_exchange(exchange)

    def _make_history(self) -> "HistoryPage":
        from dingcomposer.ui.history.page import HistoryPage

        window, parts = self._window, self._parts
        page = HistoryPage(
            parts.history,
            self._stack,
            pictures=parts.pictures,
            at_names=lambda: parts.contacts.names,
            offer_of=window.recovery_actions.offer,
        )
        parts.outbox.added.connect(page.show_send)
        parts.outbox.changed.connect(page.show_send)
        parts.contacts.changed.connect(page.details.show_names)
        page.open_requested.connect(window.open_as_new)
        page.failed_wanted.connect(window.broadcast.send_to_failed)
        page.correction_requested.connect(window.recovery_actions.correct)
        page.recovery_requested.connect(window.recovery_actions.carry_out)
        page.said.connect(window.status.say)
        page.link_clicked.connect(window.links.ask)
        window.state.restore_splitters(page)
        self._stack.addWidget(page)
        return page

    def _make_sandbox(self) -> "SandboxPage":
        from dingcomposer.ui.sandbox.page import SandboxPage

        window, parts = self._window, self._parts
        page = SandboxPage(
            self._stack,
            pictures=parts.pictures,
            at_names=lambda: parts.contacts.names,
            kept=lambda: (parts.sandbox.port, parts.sandbox.keeps_token),
        )
        parts.contacts.changed.connect(page.chat.show_names)
        page.link_clicked.connect(window.links.ask)
        page.robot_wanted.connect(self._parts.sandbox.add)
        page.rules_set.connect(self._parts.sandbox.keep)
        page.head.port_chosen.connect(parts.sandbox.choose_port)
        page.head.token_kept.connect(parts.sandbox.keep_token)
        page.head.said.connect(window.status.say)
        parts.sandbox.kept.connect(page.show_kept)
        page.show_kept()
        if self._server is not None:
            page.set_server(self._server)
        elif self._server_trouble:
            page.set_failed(self._server_trouble)
        page.is_divided = window.state.restore_splitters(page)
        self._stack.addWidget(page)
        return page

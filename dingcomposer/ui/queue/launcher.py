"""Opens the queue of a window, from wherever it is asked for."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget

from dingcomposer.services.outbox import Outbox
from dingcomposer.storage.database import StorageError
from dingcomposer.storage.history import HistoryStore
from dingcomposer.ui.context import Navigator
from dingcomposer.ui.texts.storage import storage_sentence


class QueueLauncher(QObject):
    """One for each window; the dialog is made when it is first wanted."""

    def __init__(
        self,
        outbox: Outbox,
        history: HistoryStore,
        navigator: Navigator,
        window: QWidget,
        *,
        names: Callable[[], Mapping[str, str]] = dict,
    ) -> None:
        super().__init__(window)
        self._navigator = navigator
        self._outbox = outbox
        self._history = history
        self._window = window
        self._names = names

    def show(self) -> None:
        """Open the queue, or bring it to the front."""
        from dingcomposer.ui.queue.dialog import QueueDialog

        dialog = self._window.findChild(QueueDialog)
        if dialog is None:
            dialog = QueueDialog(
                self._outbox, self._history, self._navigator.say, self._window, names=self._names
            )
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.merge_wanted.connect(self._on_merge_wanted)
        dialog.show()
        dialog.activateWindow()

    def _on_merge_wanted(self, robot_id: str) -> None:
        from dingcomposer.ui.queue.merge import merge_waiting

        try:
            message = merge_waiting(self._window, self._outbox, self._history, robot_id)
        except StorageError as error:
            self._navigator.say(storage_sentence(error.fault))
            return
        if message is not None:
            self._navigator.open_as_new(message)

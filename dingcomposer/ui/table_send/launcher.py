"""Opens the sending of a table from wherever it is asked for, at what is under way or was left."""

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget

from dingcomposer.services.table_runs.runner import TableRunProgress
from dingcomposer.storage.database import StorageError
from dingcomposer.storage.planned.table_runs import TableRun
from dingcomposer.ui.context import Context, Navigator
from dingcomposer.ui.preview.bubble.bubble import RenderContext
from dingcomposer.ui.table_send.dialog import TableSendDialog
from dingcomposer.ui.texts.storage import storage_sentence


class TableSendLauncher(QObject):
    """One for each window, made when it is first wanted."""

    def __init__(
        self, context: Context, navigator: Navigator, render: RenderContext, window: QWidget
    ) -> None:
        super().__init__(window)
        self._context, self._navigator, self._render = context, navigator, render
        self._window = window
        self._runs = context.engine.table_runs
        self._runs.trouble.connect(lambda error: navigator.say(storage_sentence(error.fault)))

    @property
    def progress(self) -> TableRunProgress | None:
        """How the newest run fares; None where there was none."""
        return self._runs.progress

    def show(self) -> None:
        """Open it: at the run that is under way or was left behind, else for a new table."""
        found = self._window.findChild(TableSendDialog)
        if found is not None:
            found.activateWindow()
            return
        try:
            self._open(self._current())
        except StorageError as error:
            self._navigator.say(storage_sentence(error.fault))

    def _current(self) -> TableRun | None:
        progress = self._runs.progress
        if progress is not None and self._runs.is_running:
            return self._runs.store.run(progress.run_id)
        left = self._runs.store.unfinished()
        return left[0] if left else None

    def _open(self, run: TableRun | None) -> None:
        dialog = TableSendDialog(
            self._context, self._runs, self._render, self._navigator.say, self._window
        )
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if run is not None:
            dialog.show_run(run)
        dialog.open()

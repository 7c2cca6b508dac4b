"""What is done with the history as a whole: exported, read back, checked. One dialog for each."""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QDialog, QWidget

from dingcomposer.storage.database import StorageError
from dingcomposer.storage.history import HistoryStore
from dingcomposer.ui import questions
from dingcomposer.ui.context import Navigator
from dingcomposer.ui.preview.bubble.bubble import RenderContext
from dingcomposer.ui.texts.archive.exports import scope_all, scope_chosen, scope_found
from dingcomposer.ui.texts.storage import storage_sentence

Keys = Callable[[], Sequence[int] | None]


class ArchiveActions(QObject):
    """Opens the dialogs above the page of the history.

    `chosen` and `found` give the keys of the sends that are chosen in the table, and of those that
    are looked for (None where all are shown).

    Signals:
        send_wanted(str): a person wants to see the send of this msgUuid.
        imported(): other sends stand in the history now.
    """

    send_wanted = Signal(str)
    imported = Signal()

    def __init__(
        self,
        history: HistoryStore,
        navigator: Navigator,
        page: QWidget,
        *,
        now: Callable[[], datetime],
        chosen: Keys,
        found: Keys,
        render: RenderContext,
    ) -> None:
        super().__init__(page)
        self._history = history
        self._navigator = navigator
        self._page = page
        self._now = now
        self._chosen = chosen
        self._found = found
        self._render = render

    def carry_out(self, name: str) -> None:
        """Do what the window's action of this name is for."""
        {
            "export": self.export,
            "import": self.import_file,
            "compare": self.compare,
            "verify": self.verify,
        }[name]()

    def export(self) -> None:
        """Ask what is to be carried out, in which form and where to."""
        from dingcomposer.storage.evidence.chain import Chain
        from dingcomposer.ui.history.export.dialog import ExportDialog, ExportScope

        database = self._history.database
        try:
            count = len(self._history.all_sends())
            head = Chain(database).head()
        except StorageError as error:
            self._navigator.say(storage_sentence(error.fault))
            return
        if not count:
            self._navigator.say(self.tr("Nothing has been sent yet."))
            return
        chosen, found = self._chosen() or [], self._found()
        scopes = [ExportScope("all", scope_all(count), count, None)]
        if found:
            scopes.insert(0, ExportScope("found", scope_found(len(found)), len(found), found))
        if chosen:
            one = ExportScope("chosen", scope_chosen(len(chosen)), len(chosen), chosen)
            scopes.insert(0 if len(chosen) > 1 else len(scopes), one)
        dialog = ExportDialog(database.path, scopes, head, self._now, self._page)
        dialog.written.connect(self._on_written)
        _open(dialog)

    def compare(self) -> None:
        """Show two sends side by side: those that are chosen in the table."""
        from dingcomposer.ui.history.two_sends import TwoSendsDialog

        keys = sorted(self._chosen() or ())
        if len(keys) != 2:
            self._navigator.say(
                self.tr("Choose two messages in the table first: Ctrl and a click adds one.")
            )
            return
        try:
            light = self._history.light_rows(keys)
            rows = [self._history.row(light[key].msg_uuid) for key in keys if key in light]
            sent = [(row, self._history.attempts(row.msg_uuid)) for row in rows if row is not None]
        except StorageError as error:
            self._navigator.say(storage_sentence(error.fault))
            return
        if len(sent) == 2:
            _open(TwoSendsDialog(sent[0], sent[1], self._render, self._page))

    def import_file(self) -> None:
        """Ask for a file of JSON Lines, and add what is in it."""
        from dingcomposer.storage.archive.imports import SendImporter
        from dingcomposer.ui.history.export.import_dialog import ImportDialog

        chosen = questions.choose_file(self._page, self.tr("Read back an export"))
        if chosen:
            importer = SendImporter(self._history.database)
            dialog = ImportDialog(Path(chosen), importer, self._now, self._page)
            dialog.ended.connect(lambda _count: self.imported.emit())
            _open(dialog)

    def verify(self) -> None:
        """Read the chain through, and say what does not fit."""
        from dingcomposer.ui.history.verification import VerificationDialog

        path = self._history.database.path
        dialog = VerificationDialog(path, self._navigator, self._now, self._page)
        dialog.send_wanted.connect(self.send_wanted)
        _open(dialog)

    def _on_written(self, path: str) -> None:
        self._navigator.say(self.tr("Exported to {path}").format(path=path))


def _open(dialog: QDialog) -> None:
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()

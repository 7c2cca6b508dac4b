"""Opens what carries robots and more out and in, from the menu or for a file that was dropped."""

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QDialog, QWidget

from dingcomposer.core.bundle import Bundle, BundleKind
from dingcomposer.interchange.bundles.container import (
    ENDING,
    BundleError,
    BundleFault,
    SealedBundle,
    is_bundle,
    is_sealed,
    read_content,
)
from dingcomposer.interchange.bundles.webhook_tables import WebhookTable
from dingcomposer.services.bundles.exporting import BundleExporter
from dingcomposer.services.bundles.inventory import Inventory, InventoryFound, InventoryOutcome
from dingcomposer.services.bundles.restoring import BundleLook, BundleRestorer, LookOutcome
from dingcomposer.services.bundles.webhooks import WebhookImporter, look_at
from dingcomposer.storage.database import StorageError
from dingcomposer.ui import questions
from dingcomposer.ui.context import Context, Navigator
from dingcomposer.ui.texts.bundles import bundle_sentence, table_sentence, trouble_sentence

_TABLES = "*.xlsx *.xls *.xlsm *.xlsb *.ods *.csv *.tsv *.txt *.json"


class BundleLauncher(QObject):
    """One for each window; one file at a time."""

    def __init__(self, context: Context, navigator: Navigator, window: QWidget) -> None:
        super().__init__(window)
        self._context = context
        self._inventory = Inventory(context.engine)
        self._restorer = BundleRestorer(self._inventory, self)
        self._restorer.restored.connect(self._on_restored)
        self._exporter = BundleExporter(self._inventory, self)
        self._importer = WebhookImporter(self)
        self._navigator, self._window = navigator, window

    def export(self) -> None:
        """Ask what is to be carried out, and where to."""
        self._inventory.read(self._on_counted)

    def choose_import(self) -> None:
        """Ask for a file, then look at it."""
        kinds = self.tr("Tables of webhooks and DingComposer files ({endings})")
        endings = f"*{ENDING} {_TABLES}"
        title = self.tr("Import robots")
        path = questions.choose_file(self._window, title, kinds.format(endings=endings))
        if path:
            self.open_file(Path(path))

    def open_file(self, path: Path) -> None:
        """BundleLook at a file; what is in it is taken over only then."""
        try:
            content = read_content(path)
            if not is_bundle(path, content):
                self._importer.read(path, partial(self._on_table, path))
            elif is_sealed(content):
                self._ask_passphrase(path, content)
            else:
                self._restorer.look(SealedBundle(content), partial(self._on_look, path, None))
        except BundleError as error:
            self._tell(path, bundle_sentence(error))

    def _on_restored(self) -> None:
        self._context.contacts.read_again()
        self._context.templates().reload()
        planner = self._context.planner()
        with suppress(StorageError):  # its page says so
            planner.reload()
        planner.changed.emit()

    def _ask_passphrase(self, path: Path, content: bytes) -> None:
        from dingcomposer.ui.bundles.passphrase_fields import PassphraseDialog

        dialog = PassphraseDialog(path.name, self._window)

        def on_tried(passphrase: str) -> None:
            sealed = SealedBundle(content, passphrase)
            self._restorer.look(sealed, partial(self._on_look, path, dialog))

        dialog.tried.connect(on_tried)
        self._open(dialog)

    def _on_look(self, path: Path, asked: "QDialog | None", outcome: LookOutcome) -> None:
        from dingcomposer.ui.bundles.passphrase_fields import PassphraseDialog

        if isinstance(asked, PassphraseDialog):
            if not asked.isVisible():
                return  # a person let it be
            is_wrong = isinstance(outcome, BundleError) and (
                outcome.fault is BundleFault.WRONG_PASSPHRASE
            )
            if is_wrong and isinstance(outcome, BundleError):
                asked.show_wrong(bundle_sentence(outcome))
                return
            asked.accept()
        if isinstance(outcome, BundleError):
            self._tell(path, bundle_sentence(outcome))
        elif isinstance(outcome, BundleLook):
            from dingcomposer.ui.bundles.restore_dialog import RestoreDialog

            dialog = RestoreDialog(self._restorer, outcome, path.name, self._window)
            dialog.restored.connect(self._navigator.say)
            self._open(dialog)
        else:
            self._tell(path, trouble_sentence(outcome))

    def _on_table(self, path: Path, table: WebhookTable) -> None:
        if table.fault is not None:
            self._tell(path, table_sentence(table.fault))
            return
        if not table.rows:
            self._tell(path, self.tr("There is no row in this file."))
            return
        self._restorer.compare(Bundle(()), partial(self._on_table_looked, path, table))

    def _on_table_looked(self, path: Path, table: WebhookTable, outcome: LookOutcome) -> None:
        if not isinstance(outcome, BundleLook):
            words = (
                bundle_sentence(outcome)
                if isinstance(outcome, BundleError)
                else trouble_sentence(outcome)
            )
            self._tell(path, words)
            return
        from dingcomposer.ui.bundles.webhooks_dialog import WebhooksDialog

        fingerprint_of = self._inventory.engine.fingerprint_of
        dialog = WebhooksDialog(
            self._restorer,
            outcome,
            look_at(table.rows, outcome.here, fingerprint_of),
            self._window,
            fingerprint_of=fingerprint_of,
            is_whole=table.is_whole,
        )
        dialog.restored.connect(self._navigator.say)
        self._open(dialog)

    def _on_counted(self, outcome: InventoryOutcome) -> None:
        if not isinstance(outcome, InventoryFound):
            self._tell(Path(), trouble_sentence(outcome))
            return
        from dingcomposer.ui.bundles.export_dialog import BundleExportDialog, exported_sentence

        here = outcome.here
        counts = {kind: len(getattr(here, kind.value)) for kind in BundleKind}
        counts[BundleKind.ROBOTS] = sum(not one.is_built_in for one in here.robots)
        dialog = BundleExportDialog(self._exporter, counts, Path(), self._window)
        say: Callable[[str], None] = self._navigator.say
        dialog.written.connect(lambda name: say(exported_sentence(name)))
        self._open(dialog)

    def _tell(self, path: Path, words: str) -> None:
        title = self.tr("Import robots")
        question = questions.Question("bundle", path.name or title, words, (questions.ok(),), "ok")
        questions.ask(self._window, question)

    def _open(self, dialog: QDialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

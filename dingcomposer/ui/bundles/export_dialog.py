"""The dialog that carries robots and more out: what, and with or without webhooks."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QLabel, QRadioButton, QVBoxLayout, QWidget

from dingcomposer.core.bundle import BundleKind
from dingcomposer.core.plain_text import clean
from dingcomposer.interchange.bundles.container import ENDING
from dingcomposer.services.bundles.exporting import BundleExport, BundleExporter, ExportDone
from dingcomposer.ui import questions
from dingcomposer.ui.bundles.passphrase_fields import NewPassphrase
from dingcomposer.ui.robots.form_fields import show_note
from dingcomposer.ui.texts.bundles import kind_label, trouble_sentence
from dingcomposer.ui.texts.translate import join_sentences, translate
from dingcomposer.ui.widgets.buttons import DefaultButton, DialogButton, answer_row
from dingcomposer.ui.widgets.layouts import OrderedDialog, resize_within_screen
from dingcomposer.ui.widgets.plain_text import plain_label


class BundleExportDialog(OrderedDialog):
    """Asks, and writes. `counts` are how many there are of each kind; none of nothing is chosen.

    Signals:
        written(str): the file of this name is there.
    """

    written = Signal(str)

    def __init__(
        self,
        exporter: BundleExporter,
        counts: Mapping[BundleKind, int],
        folder: Path,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("bundle_export")
        self.setWindowTitle(self.tr("Export robots and more"))
        self._exporter, self._folder, self._path = exporter, folder, folder
        self.kinds: dict[BundleKind, QCheckBox] = {}
        for kind in BundleKind:
            count = counts.get(kind, 0)
            words = self.tr("{kind} ({count})").format(kind=kind_label(kind), count=count)
            box = self.kinds[kind] = QCheckBox(words, self)
            box.setObjectName(f"bundle_export.{kind}")
            box.setChecked(count > 0)
            box.setEnabled(count > 0)
        self.plain = QRadioButton(self.tr("Without webhooks: nobody can send with it"), self)
        self.plain.setObjectName("bundle_export.plain")
        self.sealed = QRadioButton(self.tr("With webhooks and secrets, behind a passphrase"), self)
        self.sealed.setObjectName("bundle_export.sealed")
        self.plain.setChecked(True)
        self.passphrase = NewPassphrase(self)
        self.passphrase.hide()
        self.reason = QLabel(self)
        self.reason.setObjectName("bundle_export.reason")
        self.save_button = DefaultButton("bundle_export.save", self.tr("Save as…"), self)
        self.close_button = DialogButton("bundle_export.close", self.tr("Cancel"), self)
        self._lay_out()
        for box in self.kinds.values():
            box.toggled.connect(self._show_reason)
        self.sealed.toggled.connect(self._on_sealed_toggled)
        self.passphrase.changed.connect(self._show_reason)
        self.save_button.clicked.connect(self._on_save)
        self.close_button.clicked.connect(self.reject)
        self._show_reason()

    @property
    def chosen(self) -> tuple[BundleKind, ...]:
        """What is to stand in the file."""
        return tuple(kind for kind, box in self.kinds.items() if box.isChecked())

    def _lay_out(self) -> None:
        about = plain_label(
            self.tr(
                "One file from which another computer gets what is ticked below, in one step;"
                " drafts and the history are not in it. Who sends from two computers shares each"
                " robot's 20 messages a minute."
            ),
            self,
        )
        about.setProperty("quiet", True)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(8)
        column.addWidget(about)
        column.addSpacing(4)
        for box in self.kinds.values():
            column.addWidget(box)
        column.addSpacing(8)
        column.addWidget(self.plain)
        column.addWidget(self.sealed)
        column.addWidget(self.passphrase)
        column.addStretch(1)
        column.addLayout(answer_row(self, self.reason, self.save_button, self.close_button))
        resize_within_screen(self, QSize(520, 470), QSize(440, 420))

    def _on_sealed_toggled(self, is_sealed: bool) -> None:
        self.passphrase.setVisible(is_sealed)
        if is_sealed:
            self.passphrase.first.setFocus(Qt.FocusReason.OtherFocusReason)
        self._show_reason()

    def _show_reason(self) -> None:
        reason = "" if self.chosen else self.tr("Choose what is to be in the file.")
        if self.sealed.isChecked():
            reason = reason or self.passphrase.reason
        self.save_button.setEnabled(not reason)
        show_note(self.reason, reason)

    def _on_save(self) -> None:
        name = self.tr("robots-{day}").format(day=date.today().isoformat()) + ENDING  # noqa: DTZ011
        kinds = self.tr("DingComposer file (*{ending})").format(ending=ENDING)
        title = self.windowTitle()
        chosen = questions.choose_new_file(self, title, str(self._folder / name), kinds)
        if not chosen:
            return
        path = Path(chosen)
        if not path.suffix:
            path = path.with_suffix(ENDING)
        passphrase = self.passphrase.passphrase if self.sealed.isChecked() else ""
        self._path = path
        self.setEnabled(False)
        show_note(self.reason, self.tr("Sealing…") if passphrase else self.tr("Writing…"))
        self._exporter.export(BundleExport(path, self.chosen, passphrase), self._on_done)

    def _on_done(self, done: ExportDone) -> None:
        self.setEnabled(True)
        if done.error is not None:
            nothing = self.tr("Nothing was written.")
            show_note(self.reason, join_sentences((nothing, trouble_sentence(done.error))), "bad")
            return
        self.written.emit(self._path.name)
        self.accept()


def exported_sentence(path_name: str) -> str:
    """That a file was written, for the status line."""
    words = translate("Bundles", "{file} was written.")
    return words.format(file=clean(path_name))

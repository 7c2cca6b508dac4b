"""The look before a bundle is taken over: what is new, the same, different; a choice per kind."""

from collections import Counter
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QLabel,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from dingcomposer.core.bundle import BundleKind
from dingcomposer.core.bundle.comparison import BundleEntry, MergeState
from dingcomposer.core.bundle.merging import (
    CHOICES,
    Merge,
    MergeChoice,
    foreign_hosts,
    with_confirmed,
)
from dingcomposer.core.plain_text import clean
from dingcomposer.services.bundles.restoring import BundleLook, BundleRestorer, RestoreDone
from dingcomposer.ui import theme
from dingcomposer.ui.robots.form_fields import show_note
from dingcomposer.ui.robots.prompts import is_host_meant
from dingcomposer.ui.texts.bundles import (
    changed_words,
    choice_label,
    kind_label,
    restored_sentence,
    state_word,
)
from dingcomposer.ui.texts.translate import join_names
from dingcomposer.ui.widgets.buttons import DefaultButton, DialogButton, answer_row
from dingcomposer.ui.widgets.layouts import OrderedDialog, resize_within_screen
from dingcomposer.ui.widgets.plain_text import plain_label, plain_tip

_MOST_SHOWN = 500
"""So many entries of a kind stand in the list; the counts are of all."""


class RestoreDialog(OrderedDialog):
    """Shows a look. Nothing is written but by *Take over*.

    Signals:
        restored(str): it was taken over; a sentence that says what.
    """

    restored = Signal(str)

    def __init__(
        self,
        restorer: BundleRestorer,
        look: BundleLook,
        file_name: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("restore")
        self.setWindowTitle(self.tr("Import robots and more"))
        self._restorer, self._look = restorer, look
        self.choices: dict[BundleKind, QComboBox] = {}
        self.entries = QTreeWidget(self)
        self.entries.setObjectName("restore.entries")
        self.entries.setAccessibleName(self.tr("What is in the file"))
        self.entries.setColumnCount(3)
        self.entries.setHeaderLabels(
            [self.tr("In the file"), self.tr("Here"), self.tr("Differs in")]
        )
        self.entries.setUniformRowHeights(True)
        self.entries.setProperty("rows", True)
        self.reason = QLabel(self)
        self.reason.setObjectName("restore.reason")
        self.take_button = DefaultButton("restore.take", self.tr("Take over"), self)
        self.close_button = DialogButton("restore.close", self.tr("Cancel"), self)
        self._lay_out(file_name)
        self._fill()
        self.take_button.clicked.connect(self._on_take)
        self.close_button.clicked.connect(self.reject)
        self._show_reason()

    def choose(self, kind: BundleKind, choice: MergeChoice) -> None:
        """Choose what becomes of a kind, as a click in its list does."""
        self.choices[kind].setCurrentIndex(CHOICES[kind].index(choice))

    @property
    def merged(self) -> Merge:
        """What would be written as it stands."""
        return self._restorer.choose(self._look, self._chosen())

    def _chosen(self) -> dict[BundleKind, MergeChoice]:
        return {kind: CHOICES[kind][box.currentIndex()] for kind, box in self.choices.items()}

    def _lay_out(self, file_name: str) -> None:
        bundle = self._look.bundle
        words = self.tr("{file}, written {when}. Nothing that is here is lost by it.")
        about = plain_label(
            words.format(file=clean(file_name), when=clean(bundle.made_at[:10]) or "?"),
            self,
            "restore.about",
        )
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(2, 1)
        for row, kind in enumerate(bundle.kinds):
            self._add_kind(grid, row, kind)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(12)
        column.addWidget(about)
        if bundle.left_out:
            told = self.tr("This version does not know, and leaves out: {names}.")
            names = join_names(map(clean, bundle.left_out))
            column.addWidget(self._notice("restore.left_out", told.format(names=names)))
        if not bundle.has_secrets and any(not one.robot.is_sandbox for one in bundle.robots):
            told = self.tr("No webhook is in this file: paste each robot's after it is taken over.")
            column.addWidget(self._notice("restore.plain", told))
        column.addLayout(grid)
        column.addWidget(self.entries, 1)
        column.addLayout(answer_row(self, self.reason, self.take_button, self.close_button))
        resize_within_screen(self, QSize(720, 560), QSize(600, 420))

    def _notice(self, name: str, words: str) -> QLabel:
        label = plain_label(words, self, name)
        label.setProperty("notice", "warn")
        return label

    def _add_kind(self, grid: QGridLayout, row: int, kind: BundleKind) -> None:
        entries = [one for one in self._look.entries if one.kind is kind and not self._is_ours(one)]
        counts = Counter(one.state for one in entries)
        told = self.tr("{count} {state}")
        words = [
            told.format(count=counts[state], state=state_word(state))
            for state in MergeState
            if counts[state]
        ]
        grid.addWidget(QLabel(kind_label(kind), self), row, 0)
        grid.addWidget(QLabel(join_names(words) or self.tr("none"), self), row, 1)
        box = self.choices[kind] = QComboBox(self)
        box.setObjectName(f"restore.choice.{kind}")
        box.setAccessibleName(kind_label(kind))
        box.addItems([choice_label(choice) for choice in CHOICES[kind]])
        box.setEnabled(len(entries) > counts[MergeState.SAME])
        box.currentIndexChanged.connect(self._show_reason)
        grid.addWidget(box, row, 2)

    def _is_ours(self, entry: BundleEntry) -> bool:
        """Whether it is the sandbox that every computer has, as it is here: nobody brought it."""
        is_same = entry.kind is BundleKind.ROBOTS and entry.state is MergeState.SAME
        return is_same and self._look.bundle.robots[entry.place].robot.is_built_in

    def _fill(self) -> None:
        for kind in self._look.bundle.kinds:
            entries = [one for one in self._look.entries if one.kind is kind]
            shown = [one for one in entries if one.state is not MergeState.SAME][:_MOST_SHOWN]
            if not shown:
                continue
            part = QTreeWidgetItem(self.entries, [kind_label(kind)])
            part.setFirstColumnSpanned(True)
            for one in shown:
                words = [clean(one.name), state_word(one.state), changed_words(one.changed)]
                item = QTreeWidgetItem(part, words)
                item.setToolTip(0, plain_tip(one.name))
                item.setToolTip(2, plain_tip(words[2]))
            part.setExpanded(len(shown) <= 40)
        self.entries.setVisible(self.entries.topLevelItemCount() > 0)
        self.entries.setColumnWidth(0, theme.scaled_px(280))
        self.entries.setColumnWidth(1, theme.scaled_px(90))

    def _show_reason(self) -> None:
        reason = ""
        if self.merged.is_empty:
            reason = self.tr("Nothing in it is new here.")
        self.take_button.setEnabled(not reason)
        show_note(self.reason, reason)

    def _on_take(self) -> None:
        merged = confirmed_hosts(self, self.merged, self._look)
        if merged is None:
            return
        self.setEnabled(False)
        show_note(self.reason, self.tr("Taking over…"))
        self._restorer.restore(self._look.found, merged, self._on_done)

    def _on_done(self, done: RestoreDone) -> None:
        self.setEnabled(True)
        if done.fault is not None:
            show_note(self.reason, restored_sentence(done), "bad")
            return
        self.restored.emit(restored_sentence(done))
        self.accept()


def confirmed_hosts(parent: QWidget, merged: Merge, look: BundleLook) -> Merge | None:
    """What may be written once each foreign host was asked about; None where one is refused."""
    hosts = foreign_hosts(merged, look.here)
    ask: Callable[[str], bool] = partial(is_host_meant, parent)
    if not all(map(ask, hosts)):
        return None
    return with_confirmed(merged, look.here, frozenset(hosts))

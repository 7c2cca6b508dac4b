"""The list of keys, which is a view of the table of actions."""

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QGridLayout,
    QLabel,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from dingcomposer.ui.texts.translate import translate
from dingcomposer.ui.widgets.layouts import OrderedDialog, resize_within_screen
from dingcomposer.ui.window.actions import MENUS, ActionSpec, Area
from dingcomposer.ui.window.menus import keys_of


@dataclass(frozen=True, slots=True)
class _Row:
    """One action in the list of keys: what is looked for in it, and what is hidden with it."""

    group: str
    words: str
    labels: tuple[QLabel, QLabel]


class ShortcutsDialog(OrderedDialog):
    """Every action that has a key, in words, with its keys: in groups, and to be searched."""

    def __init__(self, actions: Iterable[ActionSpec], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("shortcuts")
        self.setWindowTitle(QCoreApplication.translate("WindowActions", "Keyboard shortcuts"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._rows: list[_Row] = []
        self._headings: dict[str, QLabel] = {}
        self._search = QLineEdit(self)
        self._search.setObjectName("shortcuts.search")
        self._search.setAccessibleName(translate("Shortcuts", "Search"))
        self._search.setPlaceholderText(translate("Shortcuts", "An action, or a key"))
        self._search.setClearButtonEnabled(True)
        self._search.textChanged.connect(self._on_searched)
        self._nothing = QLabel(translate("Shortcuts", "No action is called so."), self)
        self._nothing.setProperty("faint", True)
        self._nothing.hide()
        inside = QWidget()
        inside.setProperty("plain", True)
        self._grid = QGridLayout(inside)
        self._grid.setContentsMargins(0, 0, 12, 0)
        self._grid.setHorizontalSpacing(32)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(0, 1)
        self._fill(actions)
        area = QScrollArea(self)
        area.setAccessibleName(self.windowTitle())
        area.setProperty("plain", True)
        area.setProperty("ringed", True)
        area.setWidgetResizable(True)
        area.setWidget(inside)
        box = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        box.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(12)
        column.addWidget(self._search)
        column.addWidget(self._nothing)
        column.addWidget(area, 1)
        column.addWidget(box)
        resize_within_screen(self, QSize(480, 620), QSize(360, 280))
        self._search.setFocus()

    def _fill(self, actions: Iterable[ActionSpec]) -> None:
        groups: dict[str, list[ActionSpec]] = {}
        for one in actions:
            if one.keys:
                groups.setdefault(_group_of(one), []).append(one)
        for group, members in groups.items():
            heading = QLabel(group)
            heading.setProperty("heading", True)
            heading.setContentsMargins(0, 12 if self._headings else 0, 0, 0)
            self._headings[group] = heading
            self._grid.addWidget(heading, self._grid.rowCount(), 0, 1, 2)
            for one in members:
                self._add(group, one)
        self._grid.setRowStretch(self._grid.rowCount(), 1)

    def _add(self, group: str, one: ActionSpec) -> None:
        words = one.words().rstrip("…").replace("&", "")
        # In Chinese the two Enter keys have one name.
        keys = ", ".join(dict.fromkeys(map(_native, keys_of(one))))
        labels = QLabel(words), QLabel(keys)
        labels[1].setProperty("quiet", True)
        row = self._grid.rowCount()
        self._grid.addWidget(labels[0], row, 0)
        self._grid.addWidget(labels[1], row, 1)
        self._rows.append(_Row(group, f"{group} {words} {keys}".casefold(), labels))

    def _on_searched(self, text: str) -> None:
        wanted = text.casefold().split()
        shown = set()
        for row in self._rows:
            is_shown = all(word in row.words for word in wanted)
            for label in row.labels:
                label.setVisible(is_shown)
            if is_shown:
                shown.add(row.group)
        for group, heading in self._headings.items():
            heading.setVisible(group in shown)
        self._nothing.setVisible(not shown)


def _group_of(one: ActionSpec) -> str:
    """The heading of an action: its menu, else where its keys are heard."""
    if one.menu:
        menus = {spec.name: spec for spec in MENUS}
        return menus[one.menu].words().replace("&", "").partition("(")[0]
    match one.area:
        case Area.FIELDS | Area.TEXT:
            return translate("Shortcuts", "In the text")
        case Area.HISTORY:
            return translate("Shortcuts", "In the history")
        case Area.ROBOTS:
            return translate("Shortcuts", "In the list of robots")
        case _:
            return translate("Shortcuts", "In lists")


def _native(key: str) -> str:
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)

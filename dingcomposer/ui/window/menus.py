"""The menus of the window: a view of the table of actions."""

import sys
from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar

from dingcomposer.core.robot_lists import is_list
from dingcomposer.services.settings import (
    BREAKS_LINES,
    LANGUAGE,
    LOADS_PICTURES,
    SHOWS_LINE_NUMBERS,
    TABLES_AS_LINES,
    THEME,
)
from dingcomposer.ui.context import Context
from dingcomposer.ui.window.actions import ACTIONS, MENUS, ActionSpec, Area, Condition

# Qt's "Ctrl" is ⌘ there, and "Meta" is Control. macOS hears ⌘Tab and ⌘H before any program does.
_ON_MACOS = {"Ctrl+Tab": "Meta+Tab", "Ctrl+Shift+Tab": "Meta+Shift+Tab", "Ctrl+H": "Ctrl+Alt+F"}


def keys_of(spec: ActionSpec, platform: str = sys.platform) -> tuple[str, ...]:
    """An action's keys on a system, a value of `sys.platform`."""
    return tuple(_ON_MACOS.get(key, key) if platform == "darwin" else key for key in spec.keys)


class WindowActions(QObject):
    """The menus of a window. `handlers` has for each action in them what it does, by its name."""

    def __init__(
        self,
        bar: QMenuBar,
        context: Context,
        handlers: Mapping[str, Callable[[], object]],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._groups: dict[str, QActionGroup] = {}
        self._conditional: list[tuple[Condition, QAction]] = []
        self._fill_menus(bar, handlers)
        settings, session = context.settings, context.session
        for name in (
            f"appearance.{settings.value(THEME)}",
            f"language.{settings.value(LANGUAGE)}",
            *(["pictures"] if settings.value(LOADS_PICTURES) else []),
            *(["line_breaks"] if settings.value(BREAKS_LINES) else []),
            *(["tables_as_lines"] if settings.value(TABLES_AS_LINES) else []),
            *(["line_numbers"] if settings.value(SHOWS_LINE_NUMBERS) else []),
        ):
            action = self.findChild(QAction, f"menu.{name}")
            assert action is not None
            action.setChecked(True)
        self._set(Condition.LOADS_PICTURES, settings.value(LOADS_PICTURES))
        self._on_undo_changed(session.can_undo, session.can_redo)
        self._on_target_changed(session.target_id)
        # Methods of the window's own: a function would be called after the window is gone.
        session.undo_changed.connect(self._on_undo_changed)
        session.target_changed.connect(self._on_target_changed)

    def set_tables_as_lines(self, as_lines: bool) -> None:
        """Show what becomes of pasted tables, when it was chosen elsewhere."""
        action = self.findChild(QAction, "menu.tables_as_lines")
        assert action is not None
        action.setChecked(as_lines)

    def set_loads_pictures(self, loads: bool) -> None:
        """Whether pictures are loaded: only then they can be loaded anew."""
        self._set(Condition.LOADS_PICTURES, loads)

    def _fill_menus(self, bar: QMenuBar, handlers: Mapping[str, Callable[[], object]]) -> None:
        menus: dict[str, QMenu] = {}
        for spec in MENUS:
            if not spec.parent:
                menus[spec.name] = bar.addMenu(spec.words())
        for one in ACTIONS:
            if one.menu in menus:
                self._add(menus[one.menu], one, handlers[one.name])
        for spec in MENUS:
            if not spec.parent:
                continue
            if spec.follows_line:
                menus[spec.parent].addSeparator()
            menu = menus[spec.parent].addMenu(spec.words())
            for one in ACTIONS:
                if one.menu == spec.name:
                    self._add(menu, one, handlers[one.name])

    def _add(self, menu: QMenu, spec: ActionSpec, do: Callable[[], object]) -> None:
        if spec.follows_line:
            menu.addSeparator()
        action = QAction(spec.words(), self)
        action.setObjectName(f"menu.{spec.name}")
        action.setMenuRole(spec.role)
        if spec.area is Area.WINDOW:
            action.setShortcuts([QKeySequence(key) for key in keys_of(spec)])
        if spec.tip is not None:
            action.setToolTip(spec.tip())
        if spec.choice or spec.is_checkable:
            action.setCheckable(True)
        if spec.choice:
            self._groups.setdefault(spec.choice, QActionGroup(self)).addAction(action)
        if spec.condition is not Condition.ALWAYS:
            self._conditional.append((spec.condition, action))
        action.triggered.connect(lambda _checked=False: do())
        menu.addAction(action)

    def _set(self, condition: Condition, is_met: bool) -> None:
        for wanted, action in self._conditional:
            if wanted is condition:
                action.setEnabled(is_met)

    def _on_undo_changed(self, can_undo: bool, can_redo: bool) -> None:
        self._set(Condition.CAN_UNDO, can_undo)
        self._set(Condition.CAN_REDO, can_redo)

    def _on_target_changed(self, robot_id: str | None) -> None:
        self._set(Condition.HAS_TARGET, robot_id is not None and not is_list(robot_id))

"""The window's menus and shortcuts."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QGridLayout, QLabel, QMenu, QVBoxLayout

import dingcomposer
from dingcomposer.services.translations import Language
from dingcomposer.ui.compose.toolbar import Toolbar
from dingcomposer.ui.theme import ThemeName

if TYPE_CHECKING:
    from dingcomposer.ui.window.main_window import Context, MainWindow


class WindowActions(QObject):
    """Builds the menus of a window; every action has its shortcut where the platform has one."""

    def __init__(self, window: "MainWindow", parts: "Context") -> None:
        super().__init__(window)
        self._window = window
        self._parts = parts
        self._message_menu()
        self._edit_menu()
        self._robot_menu()
        self._view_menu()
        self._help_menu()

    def _message_menu(self) -> None:
        window = self._window
        menu = self._menu(self.tr("&Message"))
        self._add(menu, self.tr("New message"), window.begin_new, "Ctrl+N", "new")
        self._add(menu, self.tr("Send"), window.compose.send_action.trigger, None, "send")
        broadcast = self.tr("Send to several groups…")
        keys = "Ctrl+Shift+Return"
        self._add(menu, broadcast, window.compose.request_broadcast, keys, "several")
        self._add(menu, self.tr("Queue…"), window.queue.show, "Ctrl+Shift+U", "queue")
        self._add(menu, self.tr("Contacts…"), self._show_contacts, "Ctrl+Shift+A", "contacts")
        self._add(menu, self.tr("Calls a month…"), window.status.ask_plan, None, "plan")
        menu.addSeparator()
        quit_ = self._add(menu, self.tr("Quit"), window.close, "Ctrl+Q", "quit")
        quit_.setMenuRole(QAction.MenuRole.QuitRole)

    def _show_contacts(self) -> None:
        from dingcomposer.ui.contacts.dialog import ContactsDialog

        dialog = ContactsDialog(self._parts.contacts, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _edit_menu(self) -> None:
        session = self._parts.session
        menu = self._menu(self.tr("&Edit"))
        self._undo = self._add(menu, self.tr("Undo"), session.undo, None, "undo")
        self._redo = self._add(menu, self.tr("Redo"), session.redo, None, "redo")
        self._on_undo_changed(session.can_undo, session.can_redo)
        # A method of the window's own: a function would be called after the window is gone.
        session.undo_changed.connect(self._on_undo_changed)

    def _on_undo_changed(self, can_undo: bool, can_redo: bool) -> None:
        self._undo.setEnabled(can_undo)
        self._redo.setEnabled(can_redo)

    def _robot_menu(self) -> None:
        menu = self._menu(self.tr("&Robot"))
        add = self.tr("Add a robot…")
        self._add(menu, add, lambda: self._window.edit_robot(None), "Ctrl+Shift+N", "add_robot")
        session, window = self._parts.session, self._window
        self._checkup = self._add(
            menu,
            self.tr("Check-up…"),
            lambda: window.check_up(session.target_id),
            "Ctrl+Shift+H",
            "checkup",
        )
        self._checkup.setToolTip(self.tr("Check the robot that the message is for"))
        self._on_target_changed(session.target_id)
        session.target_changed.connect(self._on_target_changed)

    def _on_target_changed(self, robot_id: str | None) -> None:
        self._checkup.setEnabled(robot_id is not None)

    def _view_menu(self) -> None:
        from dingcomposer.ui.window.main_window import Page

        menu = self._menu(self.tr("&View"))
        places = {
            Page.WRITE: self.tr("Write"),
            Page.HISTORY: self.tr("History"),
            Page.SANDBOX: self.tr("Sandbox"),
        }
        for number, (place, words) in enumerate(places.items(), start=1):
            go = partial(self._window.go_to, place)
            self._add(menu, words, go, f"Ctrl+{number}", f"go.{place}")
        menu.addSeparator()
        self._picture_actions(menu)
        menu.addSeparator()
        looks = {
            ThemeName.SYSTEM: self.tr("Follow the system"),
            ThemeName.LIGHT: self.tr("Light"),
            ThemeName.DARK: self.tr("Dark"),
        }
        settings = self._parts.settings
        self._choices(
            menu.addMenu(self.tr("Appearance")),
            {name.value: words for name, words in looks.items()},
            settings.theme.value,
            self._window.appearance_chosen.emit,
            "appearance",
        )
        languages = {
            Language.SYSTEM: self.tr("Follow the system"),
            Language.ENGLISH: "English",
            Language.CHINESE: "简体中文",
        }
        self._choices(
            menu.addMenu(self.tr("Language")),
            {name.value: words for name, words in languages.items()},
            settings.language.value,
            self._window.language_chosen.emit,
            "language",
        )

    def _picture_actions(self, menu: QMenu) -> None:
        settings, loader = self._parts.settings, self._parts.loader
        load = QAction(self.tr("Load pictures"), self)
        load.setObjectName("menu.pictures")
        load.setCheckable(True)
        load.setChecked(settings.loads_pictures)

        def on_toggled(is_on: bool) -> None:
            settings.loads_pictures = is_on
            loader.set_on(is_on)

        load.toggled.connect(on_toggled)
        menu.addAction(load)
        anew = self._add(menu, self.tr("Load pictures anew"), loader.reload, "F5", "reload")
        anew.setEnabled(load.isChecked())
        load.toggled.connect(anew.setEnabled)

    def _help_menu(self) -> None:
        menu = self._menu(self.tr("&Help"))
        self._add(menu, self.tr("Keyboard shortcuts"), self._show_shortcuts, "F1", "shortcuts")
        about = self._add(menu, self.tr("About DingComposer"), self._show_about, None, "about")
        about.setMenuRole(QAction.MenuRole.AboutRole)

    def _menu(self, title: str) -> QMenu:
        return self._window.menuBar().addMenu(title)

    def _add(
        self,
        menu: QMenu,
        words: str,
        do: Callable[[], object],
        keys: str | None,
        name: str,
    ) -> QAction:
        action = QAction(words, self)
        action.setObjectName(f"menu.{name}")
        if keys:
            action.setShortcut(QKeySequence(keys))
            action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        action.triggered.connect(lambda _checked=False: do())
        menu.addAction(action)
        return action

    def _choices(
        self,
        menu: QMenu,
        choices: dict[str, str],
        chosen: str,
        choose: Callable[[str], None],
        name: str,
    ) -> None:
        group = QActionGroup(self)
        for key, words in choices.items():
            action = self._add(menu, words, partial(choose, key), None, f"{name}.{key}")
            action.setCheckable(True)
            action.setChecked(key == chosen)
            group.addAction(action)

    def _show_shortcuts(self) -> None:
        dialog = QDialog(self._window)
        dialog.setObjectName("shortcuts")
        dialog.setWindowTitle(self.tr("Keyboard shortcuts"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        grid = QGridLayout()
        grid.setHorizontalSpacing(32)
        grid.setVerticalSpacing(6)
        rows = self._shortcuts()
        half = (len(rows) + 1) // 2  # two columns: one would be higher than a small screen
        for number, (words, keys) in enumerate(rows):
            side, row = divmod(number, half)
            grid.addWidget(QLabel(words), row, 2 * side)
            # In Chinese the two Enter keys have one name.
            shown = QLabel(", ".join(dict.fromkeys(map(_native, keys))))
            shown.setProperty("quiet", True)
            grid.addWidget(shown, row, 2 * side + 1)
        column = QVBoxLayout(dialog)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(16)
        column.addLayout(grid)
        box = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        box.rejected.connect(dialog.reject)
        column.addWidget(box)
        dialog.open()

    def _shortcuts(self) -> list[tuple[str, list[str]]]:
        """Every key of the window, in words: of its actions, its text and its lists."""
        of_actions = [
            (action.text().rstrip("…").replace("&", ""), [key.toString() for key in keys])
            for action in self._window.findChildren(QAction)
            if (keys := action.shortcuts())
        ]
        toolbar = self._window.findChild(Toolbar)
        of_text = [(words, [key]) for words, key in toolbar.keys] if toolbar is not None else []
        of_lists = [
            (self.tr("Choose the robot"), ["Return", "Space"]),
            (self.tr("Edit the robot"), ["F2"]),
            (self.tr("Delete the robot"), ["Del"]),
            (self.tr("Move the robot, button or item up"), ["Alt+Up"]),
            (self.tr("Move the robot, button or item down"), ["Alt+Down"]),
            (self.tr("Copy the JSON of a send in the history"), ["Ctrl+C"]),
        ]
        return [*of_actions, *of_text, *of_lists]

    def _show_about(self) -> None:
        from dingcomposer.ui import questions

        close = questions.Choice("close", self.tr("Close"), is_default=True)
        question = questions.Question(
            "about",
            self.tr("About DingComposer"),
            f"DingComposer {dingcomposer.__version__}",
            (close,),
            "close",
            self.tr(
                "Write a message for a DingTalk group robot, see it as the group will, send it"
                " signed, and prove what happened. It connects to your robots' hosts, to the"
                " pictures that a preview shows, and to nothing else. MIT licence."
            ),
        )
        questions.ask(self._window, question)


def _native(key: str) -> str:
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)

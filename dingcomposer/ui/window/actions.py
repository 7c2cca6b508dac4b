"""Every action of the window in one table; the menus and the list of keys are views of it."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import NamedTuple

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar

from dingcomposer.core.records import dataclass
from dingcomposer.services.settings import (
    BREAKS_LINES,
    LANGUAGE,
    LOADS_PICTURES,
    SHOWS_LINE_NUMBERS,
    TABLES_AS_LINES,
    THEME,
    ThemeName,
)
from dingcomposer.services.translations import Language
from dingcomposer.ui.compose.page import REDO_KEYS, UNDO_KEYS
from dingcomposer.ui.compose.send_bar import SEND_KEYS
from dingcomposer.ui.compose.toolbar import FORMATS
from dingcomposer.ui.context import Context, Page
from dingcomposer.ui.texts.translate import QT_TRANSLATE_NOOP, Phrase, translated
from dingcomposer.ui.widgets.text_fields import PASTE_PLAINLY_KEY

Words = Callable[[], str]
"""A text in the language that is on."""


class Area(StrEnum):
    """Where an action's keys are heard."""

    WINDOW = "window"
    FORM = "form"  # its own action hears them; in the menu it stands without
    FIELDS = "fields"  # a field for text has the keyboard
    TEXT = "text"  # the markdown text has the keyboard; its button stands in the toolbar
    ROBOTS = "robots"  # the list of robots has the keyboard
    LISTS = "lists"  # a list that can be ordered has the keyboard
    HISTORY = "history"  # the table of sends has the keyboard


class Condition(StrEnum):
    """When an action can be had."""

    ALWAYS = "always"
    CAN_UNDO = "can_undo"
    CAN_REDO = "can_redo"
    HAS_TARGET = "has_target"
    LOADS_PICTURES = "loads_pictures"


class MenuSpec(NamedTuple):
    """A menu of the menu bar, or of another menu; `follows_line` puts a line above it."""

    name: str
    words: Words
    parent: str = ""
    follows_line: bool = False

    @property
    def english(self) -> str:
        """Its words in English, by which the palette finds it, too."""
        return _english(self.words)


class ActionSpec(NamedTuple):
    """What is known of an action: `name` for who calls it, its words, its keys, where it stands.

    `menu` is the name of a menu, "" for none. Actions of one `choice` exclude each other;
    `is_checkable` is one that is on or off by itself. Its object name is "menu." and `name`.
    """

    name: str
    words: Words
    keys: tuple[str, ...] = ()
    menu: str = ""
    tip: Words | None = None
    area: Area = Area.WINDOW
    condition: Condition = Condition.ALWAYS
    choice: str = ""
    is_checkable: bool = False
    follows_line: bool = False
    role: QAction.MenuRole = QAction.MenuRole.TextHeuristicRole

    @property
    def english(self) -> str:
        """Its words in English, by which the palette finds it, too."""
        return _english(self.words)


@dataclass(frozen=True, slots=True)
class _Words:
    """The words that QT_TRANSLATE_NOOP marked; `level` is a heading's."""

    phrase: Phrase
    level: int = 0

    def __call__(self) -> str:
        return translated(self.phrase).format(level=self.level)


def _words(phrase: Phrase) -> Words:
    return _Words(phrase)


def _english(words: Words) -> str:
    """The words as the source has them; "" for a name."""
    return words.phrase[1].format(level=words.level) if isinstance(words, _Words) else ""


def _name(own: str) -> Words:
    """A language's own name, which no language translates."""
    return lambda: own


MENUS = (
    MenuSpec("message", _words(QT_TRANSLATE_NOOP("WindowActions", "&Message"))),
    MenuSpec("edit", _words(QT_TRANSLATE_NOOP("WindowActions", "&Edit"))),
    MenuSpec("robot", _words(QT_TRANSLATE_NOOP("WindowActions", "&Robot"))),
    MenuSpec("view", _words(QT_TRANSLATE_NOOP("WindowActions", "&View"))),
    MenuSpec(
        "appearance",
        _words(QT_TRANSLATE_NOOP("WindowActions", "Appearance")),
        parent="view",
        follows_line=True,
    ),
    MenuSpec("language", _words(QT_TRANSLATE_NOOP("WindowActions", "Language")), parent="view"),
    MenuSpec("help", _words(QT_TRANSLATE_NOOP("WindowActions", "&Help"))),
)

_MESSAGE = (
    ActionSpec(
        "new",
        _words(QT_TRANSLATE_NOOP("WindowActions", "New message")),
        ("Ctrl+N",),
        "message",
    ),
    ActionSpec(
        "close_draft",
        _words(QT_TRANSLATE_NOOP("WindowActions", "Close the draft")),
        ("Ctrl+W",),
        "message",
        tip=_words(
            QT_TRANSLATE_NOOP("WindowActions", "It can be had back for 30 days: Closed drafts")
        ),
    ),
    ActionSpec(
        "next_draft",
        _words(QT_TRANSLATE_NOOP("WindowActions", "Next draft")),
        ("Ctrl+Tab",),
        "message",
    ),
    ActionSpec(
        "previous_draft",
        _words(QT_TRANSLATE_NOOP("WindowActions", "Previous draft")),
        ("Ctrl+Shift+Tab",),
        "message",
    ),
    ActionSpec(
        "closed_drafts",
        _words(QT_TRANSLATE_NOOP("WindowActions", "Closed drafts…")),
        ("Ctrl+Shift+T",),
        "message",
    ),
    ActionSpec(
        "send",
        _words(QT_TRANSLATE_NOOP("WindowActions", "Send")),
        SEND_KEYS,
        "message",
        area=Area.FORM,
    ),
    ActionSpec(
        "several",
        _words(QT_TRANSLATE_NOOP("WindowActions", "Send to several groups…")),
        ("Ctrl+Shift+Return",),
        "message",
    ),
    ActionSpec(
        "queue",
        _words(QT_TRANSLATE_NOOP("WindowActions", "Queue…")),
        ("Ctrl+Shift+U",),
        "message",
    ),
    ActionSpec(
        "paste_message",
        _words(QT_TRANSLATE_NOOP("WindowActions", "Paste anything…")),
        ("Ctrl+Shift+I",),
        "message",
    ),
    ActionSpec(
        "contacts",
        _words(QT_TRANSLATE_NOOP("WindowActions", "Contacts…")),
        ("Ctrl+Shift+A",),
        "message",
    ),
    ActionSpec(
        "plan", _words(QT_TRANSLATE_NOOP("WindowActions", "Calls a month…")), menu="message"
    ),
    ActionSpec(
        "quit",
        _words(QT_TRANSLATE_NOOP("WindowActions", "Quit")),
        ("Ctrl+Q",),
        "message",
        follows_line=True,
        role=QAction.MenuRole.QuitRole,
    ),
)

_EDIT = (
    ActionSpec(
        "undo",
        _words(QT_TRANSLATE_NOOP("WindowActions", "Undo")),
        UNDO_KEYS,
        "edit",
        area=Area.FORM,
        condition=Condition.CAN_UNDO,
    ),
    ActionSpec(
        "redo",
        _words(QT_TRANSLATE_NOOP("WindowActions", "Redo")),
        REDO_KEYS,
        "edit",
        area=Area.FORM,
        condition=Condition.CAN_REDO,
    ),
    ActionSpec(
        "fix",
        _words(QT_TRANSLATE_NOOP("WindowActions", "Fix what is at the cursor…")),
        ("Ctrl+.", "Alt+Return"),
        "edit",
        tip=_words(
            QT_TRANSLATE_NOOP("WindowActions", "One problem, all of its kind, or none of it again")
        ),
        follows_line=True,
    ),
    ActionSpec(
        "checks",
        _words(QT_TRANSLATE_NOOP("WindowActions", "What is checked…")),
        menu="edit",
        tip=_words(QT_TRANSLATE_NOOP("WindowActions", "Choose what you want to be told of")),
    ),
    ActionSpec(
        "versions",
        _words(QT_TRANSLATE_NOOP("WindowActions", "Earlier versions of the draft…")),
        menu="edit",
        follows_line=True,
    ),
    ActionSpec(
        "line_breaks",
        _words(QT_TRANSLATE_NOOP("WindowActions", "Enter ends the line in the group, too")),
        menu="edit",
        is_checkable=True,
        follows_line=True,
    ),
    ActionSpec(
        "tables_as_lines",
        _words(QT_TRANSLATE_NOOP("WindowActions", "Pasted tables become lines")),
        menu="edit",
        tip=_words(QT_TRANSLATE_NOOP("WindowActions", "Phones draw no tables, but lines")),
        is_checkable=True,
    ),
    ActionSpec(
        "paste_plainly",
        _words(QT_TRANSLATE_NOOP("WindowActions", "Paste as plain text")),
        (PASTE_PLAINLY_KEY,),
        area=Area.FIELDS,
    ),
    ActionSpec(
        "find",
        _words(QT_TRANSLATE_NOOP("WindowActions", "Find…")),
        ("Ctrl+F",),
        "edit",
        tip=_words(
            QT_TRANSLATE_NOOP("WindowActions", "In the message; in the history on its page")
        ),
        follows_line=True,
    ),
    ActionSpec(
        "replace",
        _words(QT_TRANSLATE_NOOP("WindowActions", "Find and replace in the message…")),
        ("Ctrl+H",),
        "edit",
    ),
    ActionSpec(
        "find_history",
        _words(QT_TRANSLATE_NOOP("WindowActions", "Search the history…")),
        ("Ctrl+Shift+F",),
        "edit",
    ),
)

_ROBOT = (
    ActionSpec(
        "add_robot",
        _words(QT_TRANSLATE_NOOP("WindowActions", "Add a robot…")),
        ("Ctrl+Shift+N",),
        "robot",
    ),
    ActionSpec(
        "checkup",
        _words(QT_TRANSLATE_NOOP("WindowActions", "Check-up…")),
        ("Ctrl+Shift+H",),
        "robot",
        tip=_words(QT_TRANSLATE_NOOP("WindowActions", "Check the robot that the message is for")),
        condition=Condition.HAS_TARGET,
    ),
)

_VIEW = (
    ActionSpec(
        f"go.{Page.WRITE}",
        _words(QT_TRANSLATE_NOOP("WindowActions", "Write")),
        ("Ctrl+1",),
        "view",
    ),
    ActionSpec(
        f"go.{Page.HISTORY}",
        _words(QT_TRANSLATE_NOOP("WindowActions", "History")),
        ("Ctrl+2",),
        "view",
    ),
    ActionSpec(
        f"go.{Page.SANDBOX}",
        _words(QT_TRANSLATE_NOOP("WindowActions", "Sandbox")),
        ("Ctrl+3",),
        "view",
    ),
    ActionSpec(
        "json",
        _words(QT_TRANSLATE_NOOP("WindowActions", "Message as a form or as JSON")),
        ("Ctrl+J",),
        "view",
        follows_line=True,
    ),
    ActionSpec(
        "pictures",
        _words(QT_TRANSLATE_NOOP("WindowActions", "Load pictures")),
        menu="view",
        is_checkable=True,
        follows_line=True,
    ),
    ActionSpec(
        "reload",
        _words(QT_TRANSLATE_NOOP("WindowActions", "Load pictures anew")),
        ("F5",),
        "view",
        condition=Condition.LOADS_PICTURES,
    ),
    ActionSpec(
        "line_numbers",
        _words(QT_TRANSLATE_NOOP("WindowActions", "Line numbers")),
        menu="view",
        is_checkable=True,
        follows_line=True,
    ),
    ActionSpec(
        "zoom.in",
        _words(QT_TRANSLATE_NOOP("WindowActions", "Larger text")),
        ("Ctrl+=", "Ctrl++"),
        "view",
    ),
    ActionSpec(
        "zoom.out",
        _words(QT_TRANSLATE_NOOP("WindowActions", "Smaller text")),
        ("Ctrl+-",),
        "view",
    ),
    ActionSpec(
        "zoom.reset",
        _words(QT_TRANSLATE_NOOP("WindowActions", "Text in its usual size")),
        ("Ctrl+0",),
        "view",
    ),
    ActionSpec(
        f"appearance.{ThemeName.SYSTEM}",
        _words(QT_TRANSLATE_NOOP("WindowActions", "Follow the system")),
        menu="appearance",
        choice="appearance",
    ),
    ActionSpec(
        f"appearance.{ThemeName.LIGHT}",
        _words(QT_TRANSLATE_NOOP("WindowActions", "Light")),
        menu="appearance",
        choice="appearance",
    ),
    ActionSpec(
        f"appearance.{ThemeName.DARK}",
        _words(QT_TRANSLATE_NOOP("WindowActions", "Dark")),
        menu="appearance",
        choice="appearance",
    ),
    ActionSpec(
        f"language.{Language.SYSTEM}",
        _words(QT_TRANSLATE_NOOP("WindowActions", "Follow the system")),
        menu="language",
        choice="language",
    ),
    ActionSpec(
        f"language.{Language.ENGLISH}", _name("English"), menu="language", choice="language"
    ),
    ActionSpec(
        f"language.{Language.CHINESE}", _name("简体中文"), menu="language", choice="language"
    ),
)

_HELP = (
    ActionSpec(
        "palette",
        _words(QT_TRANSLATE_NOOP("WindowActions", "Command palette…")),
        ("Ctrl+Shift+P",),
        "help",
    ),
    ActionSpec(
        "shortcuts",
        _words(QT_TRANSLATE_NOOP("WindowActions", "Keyboard shortcuts")),
        ("F1",),
        "help",
    ),
    ActionSpec(
        "about",
        _words(QT_TRANSLATE_NOOP("WindowActions", "About DingComposer")),
        menu="help",
        role=QAction.MenuRole.AboutRole,
    ),
)

_TOOLBAR = tuple(
    ActionSpec(f"format.{one.name}", _Words(one.phrase, one.level), (one.key,), area=Area.TEXT)
    for one in FORMATS
)

_TEXT = (
    ActionSpec(
        "list.in",
        _words(QT_TRANSLATE_NOOP("WindowActions", "Move the item of the list a level in")),
        ("Tab",),
        area=Area.TEXT,
    ),
    ActionSpec(
        "list.out",
        _words(QT_TRANSLATE_NOOP("WindowActions", "Move the item of the list a level out")),
        ("Shift+Tab",),
        area=Area.TEXT,
    ),
    ActionSpec(
        "list.line",
        _words(QT_TRANSLATE_NOOP("WindowActions", "End the line within the item of the list")),
        ("Shift+Return",),
        area=Area.TEXT,
    ),
)

_LISTS = (
    ActionSpec(
        "robots.choose",
        _words(QT_TRANSLATE_NOOP("WindowActions", "Choose the robot")),
        ("Return", "Space"),
        area=Area.ROBOTS,
    ),
    ActionSpec(
        "robots.edit",
        _words(QT_TRANSLATE_NOOP("WindowActions", "Edit the robot")),
        ("F2",),
        area=Area.ROBOTS,
    ),
    ActionSpec(
        "robots.delete",
        _words(QT_TRANSLATE_NOOP("WindowActions", "Delete the robot")),
        ("Del",),
        area=Area.ROBOTS,
    ),
    ActionSpec(
        "lists.up",
        _words(QT_TRANSLATE_NOOP("WindowActions", "Move the robot, button or item up")),
        ("Alt+Up",),
        area=Area.LISTS,
    ),
    ActionSpec(
        "lists.down",
        _words(QT_TRANSLATE_NOOP("WindowActions", "Move the robot, button or item down")),
        ("Alt+Down",),
        area=Area.LISTS,
    ),
    ActionSpec(
        "history.copy",
        _words(QT_TRANSLATE_NOOP("WindowActions", "Copy the JSON of a send in the history")),
        ("Ctrl+C",),
        area=Area.HISTORY,
    ),
)

ACTIONS = (*_MESSAGE, *_EDIT, *_ROBOT, *_VIEW, *_HELP, *_TOOLBAR, *_TEXT, *_LISTS)
"""In the order in which they stand in their menus."""


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
            action.setShortcuts([QKeySequence(key) for key in spec.keys])
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
        self._set(Condition.HAS_TARGET, robot_id is not None)

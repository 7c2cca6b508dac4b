"""Every action of the window in one table; the menus and the list of keys are views of it."""

from collections.abc import Callable
from enum import StrEnum
from typing import NamedTuple

from PySide6.QtGui import QAction

from dingcomposer.core.records import dataclass
from dingcomposer.services.settings import ThemeName
from dingcomposer.services.translations import Language
from dingcomposer.ui.compose.page import REDO_KEYS, UNDO_KEYS
from dingcomposer.ui.compose.send_bar import SEND_KEYS
from dingcomposer.ui.compose.toolbar import FORMATS
from dingcomposer.ui.context import Page
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
    role: QAction.MenuRole = QAction.MenuRole.NoRole

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


def _choice(menu: str, value: str, words: Words) -> ActionSpec:
    """One of the values between which a menu chooses."""
    return ActionSpec(f"{menu}.{value}", words, menu=menu, choice=menu)


MENUS = (
    MenuSpec("message", _words(QT_TRANSLATE_NOOP("WindowActions", "&Message"))),
    MenuSpec("edit", _words(QT_TRANSLATE_NOOP("WindowActions", "&Edit"))),
    MenuSpec("robot", _words(QT_TRANSLATE_NOOP("WindowActions", "&Robot"))),
    MenuSpec("history", _words(QT_TRANSLATE_NOOP("WindowActions", "H&istory"))),
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
        "new", _words(QT_TRANSLATE_NOOP("WindowActions", "New message")), ("Ctrl+N",), "message"
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
        "table_send",
        _words(QT_TRANSLATE_NOOP("WindowActions", "One message for each row…")),
        ("Ctrl+Shift+G",),
        "message",
    ),
    ActionSpec(
        "schedule",
        _words(QT_TRANSLATE_NOOP("WindowActions", "Send at a time…")),
        ("Ctrl+Shift+M",),
        "message",
        tip=_words(
            QT_TRANSLATE_NOOP("WindowActions", "Tomorrow at nine, each weekday, each last Friday")
        ),
    ),
    ActionSpec(
        "queue", _words(QT_TRANSLATE_NOOP("WindowActions", "Queue…")), ("Ctrl+Shift+U",), "message"
    ),
    ActionSpec(
        "paste_message",
        _words(QT_TRANSLATE_NOOP("WindowActions", "Paste anything…")),
        ("Ctrl+Shift+I",),
        "message",
    ),
    ActionSpec(
        "open_file",
        _words(QT_TRANSLATE_NOOP("WindowActions", "Open a file…")),
        ("Ctrl+O",),
        "message",
    ),
    ActionSpec(
        "save_file",
        _words(QT_TRANSLATE_NOOP("WindowActions", "Save as a file…")),
        ("Ctrl+S",),
        "message",
        tip=_words(QT_TRANSLATE_NOOP("WindowActions", "Drafts are saved by themselves")),
    ),
    ActionSpec(
        "templates",
        _words(QT_TRANSLATE_NOOP("WindowActions", "Templates…")),
        ("Ctrl+T",),
        "message",
        tip=_words(
            QT_TRANSLATE_NOOP("WindowActions", "Fill in a notice that was written once already")
        ),
    ),
    ActionSpec(
        "keep_template",
        _words(QT_TRANSLATE_NOOP("WindowActions", "Keep as a template…")),
        menu="message",
        tip=_words(
            QT_TRANSLATE_NOOP(
                "WindowActions", "What is another each time becomes a field to fill in"
            )
        ),
    ),
    ActionSpec(
        "copy_as",
        _words(QT_TRANSLATE_NOOP("WindowActions", "Copy as code…")),
        ("Ctrl+Shift+Y",),
        "message",
        tip=_words(
            QT_TRANSLATE_NOOP(
                "WindowActions", "A program that sends it, for curl, Python, Java, CI and others"
            )
        ),
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
        "background",
        _words(QT_TRANSLATE_NOOP("WindowActions", "Keep running in the background…")),
        menu="message",
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
    ActionSpec(
        "upkeep",
        _words(QT_TRANSLATE_NOOP("WindowActions", "Keep and back up the history…")),
        menu="history",
        tip=_words(QT_TRANSLATE_NOOP("WindowActions", "How long it is kept, backups, checks")),
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
    ActionSpec(
        "robot_lists",
        _words(QT_TRANSLATE_NOOP("WindowActions", "Lists of robots…")),
        ("Ctrl+Shift+L",),
        "robot",
        tip=_words(QT_TRANSLATE_NOOP("WindowActions", "One message, sent to each robot of a list")),
        follows_line=True,
    ),
    ActionSpec(
        "import_robots", _words(QT_TRANSLATE_NOOP("WindowActions", "Import robots…")), menu="robot"
    ),
    ActionSpec(
        "export_robots",
        _words(QT_TRANSLATE_NOOP("WindowActions", "Export robots and more…")),
        menu="robot",
    ),
)

_HISTORY = (
    ActionSpec(
        "export",
        _words(QT_TRANSLATE_NOOP("WindowActions", "Export…")),
        ("Ctrl+Shift+E",),
        "history",
        tip=_words(
            QT_TRANSLATE_NOOP("WindowActions", "Carry out what is chosen, found, or everything")
        ),
    ),
    ActionSpec(
        "import",
        _words(QT_TRANSLATE_NOOP("WindowActions", "Read back an export…")),
        menu="history",
        tip=_words(QT_TRANSLATE_NOOP("WindowActions", "Add what was exported as JSON Lines")),
    ),
    ActionSpec(
        "compare",
        _words(QT_TRANSLATE_NOOP("WindowActions", "Two messages side by side…")),
        ("Ctrl+Shift+D",),
        "history",
        tip=_words(
            QT_TRANSLATE_NOOP("WindowActions", "Compare the two that are chosen in the table")
        ),
    ),
    ActionSpec(
        "verify",
        _words(QT_TRANSLATE_NOOP("WindowActions", "Check that nothing was changed…")),
        menu="history",
        tip=_words(
            QT_TRANSLATE_NOOP("WindowActions", "Read the chain of all finished messages through")
        ),
        follows_line=True,
    ),
)

ARCHIVE_ACTIONS = tuple(one.name for one in _HISTORY)
"""What the page of the history does itself, by these names."""

_VIEW = (
    ActionSpec(
        f"go.{Page.WRITE}", _words(QT_TRANSLATE_NOOP("WindowActions", "Write")), ("Ctrl+1",), "view"
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
        f"go.{Page.SCHEDULES}",
        _words(QT_TRANSLATE_NOOP("WindowActions", "Schedules")),
        ("Ctrl+4",),
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
        "zoom.out", _words(QT_TRANSLATE_NOOP("WindowActions", "Smaller text")), ("Ctrl+-",), "view"
    ),
    ActionSpec(
        "zoom.reset",
        _words(QT_TRANSLATE_NOOP("WindowActions", "Text in its usual size")),
        ("Ctrl+0",),
        "view",
    ),
    _choice(
        "appearance",
        ThemeName.SYSTEM,
        _words(QT_TRANSLATE_NOOP("WindowActions", "Follow the system")),
    ),
    _choice("appearance", ThemeName.LIGHT, _words(QT_TRANSLATE_NOOP("WindowActions", "Light"))),
    _choice("appearance", ThemeName.DARK, _words(QT_TRANSLATE_NOOP("WindowActions", "Dark"))),
    _choice(
        "language", Language.SYSTEM, _words(QT_TRANSLATE_NOOP("WindowActions", "Follow the system"))
    ),
    _choice("language", Language.ENGLISH, _name("English")),
    _choice("language", Language.CHINESE, _name("简体中文")),
)

_HELP = (
    ActionSpec(
        "guide",
        _words(QT_TRANSLATE_NOOP("WindowActions", "Guide")),
        ("Shift+F1",),
        "help",
        tip=_words(QT_TRANSLATE_NOOP("WindowActions", "How to do it, and what each error means")),
    ),
    ActionSpec("whats_new", _words(QT_TRANSLATE_NOOP("WindowActions", "What is new")), menu="help"),
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


def _heard(area: Area, name: str, phrase: Phrase, *keys: str) -> ActionSpec:
    """An action that stands in no menu: its keys are heard where its area says."""
    return ActionSpec(name, _words(phrase), keys, area=area)


_TEXT = (
    _heard(
        Area.TEXT,
        "list.in",
        QT_TRANSLATE_NOOP("WindowActions", "Move the item of the list a level in"),
        "Tab",
    ),
    _heard(
        Area.TEXT,
        "list.out",
        QT_TRANSLATE_NOOP("WindowActions", "Move the item of the list a level out"),
        "Shift+Tab",
    ),
    _heard(
        Area.TEXT,
        "list.line",
        QT_TRANSLATE_NOOP("WindowActions", "End the line within the item of the list"),
        "Shift+Return",
    ),
)

_LISTS = (
    _heard(
        Area.ROBOTS,
        "robots.choose",
        QT_TRANSLATE_NOOP("WindowActions", "Choose the robot"),
        "Return",
        "Space",
    ),
    _heard(Area.ROBOTS, "robots.edit", QT_TRANSLATE_NOOP("WindowActions", "Edit the robot"), "F2"),
    _heard(
        Area.ROBOTS, "robots.delete", QT_TRANSLATE_NOOP("WindowActions", "Delete the robot"), "Del"
    ),
    _heard(
        Area.LISTS,
        "lists.up",
        QT_TRANSLATE_NOOP("WindowActions", "Move the robot, button or item up"),
        "Alt+Up",
    ),
    _heard(
        Area.LISTS,
        "lists.down",
        QT_TRANSLATE_NOOP("WindowActions", "Move the robot, button or item down"),
        "Alt+Down",
    ),
    _heard(
        Area.HISTORY,
        "history.copy",
        QT_TRANSLATE_NOOP("WindowActions", "Copy the JSON of a send in the history"),
        "Ctrl+C",
    ),
)

_OTHERS = (*_HELP, *_TOOLBAR, *_TEXT, *_LISTS)
ACTIONS = (*_MESSAGE, *_EDIT, *_ROBOT, *_HISTORY, *_VIEW, *_OTHERS)
"""In the order in which they stand in their menus."""

"""What a person has set, and how the window was left: an INI file in the settings folder.

`SETTINGS` declares every key once: its type, what holds while it was never set, and what it means.
"""

from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Any, Final, Generic, NamedTuple, TypeVar

from PySide6.QtCore import QByteArray, QSettings

from dingcomposer.core.checks.problems import CAN_BE_SWITCHED_OFF, ProblemCode
from dingcomposer.core.limits import CALLS_A_MONTH
from dingcomposer.services.translations import Language

T = TypeVar("T")
_Choice = TypeVar("_Choice", bound=StrEnum)


class ThemeName(StrEnum):
    """The appearance that a person may choose."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Setting(NamedTuple, Generic[T]):
    """One key of the file.

    `parse` makes a value of what stands in the file, and raises ValueError where it cannot;
    `encode` makes what is written there.
    """

    key: str
    default: T
    meaning: str
    parse: Callable[[object], T]
    encode: Callable[[T], object]


def _choice(key: str, default: _Choice, meaning: str) -> Setting[_Choice]:
    kind = type(default)
    return Setting(key, default, meaning, lambda text: kind(str(text)), lambda one: one.value)


def _switch(key: str, default: bool, meaning: str) -> Setting[bool]:
    return Setting(key, default, meaning, _is_on, lambda is_on: str(is_on).lower())


def _is_on(text: object) -> bool:
    if str(text) not in ("true", "false"):
        raise ValueError
    return str(text) == "true"


def _words(text: object) -> tuple[str, ...]:
    return tuple(str(text).split())


def _bytes(value: object) -> QByteArray:
    if not isinstance(value, QByteArray):
        raise ValueError
    return value


LANGUAGE = _choice("language", Language.SYSTEM, "the language that was chosen")
THEME = _choice("theme", ThemeName.SYSTEM, "the appearance that was chosen")
CALLS = Setting(
    "calls_a_month",
    CALLS_A_MONTH,
    "how many calls a month the company's plan has; all robots share them",
    lambda text: max(int(str(text)), 1),
    str,
)
LOADS_PICTURES = _switch("loads_pictures", True, "whether previews load pictures from the internet")
SHOWS_TECHNICAL = _switch(
    "shows_technical", False, "whether technical details of sends were left open"
)
SHOWS_OVERVIEW = _switch(
    "shows_overview", True, "whether the overview above the history was left open"
)
BREAKS_LINES = _switch(
    "breaks_lines", True, "whether Enter and pasting end a line of a markdown text for the group"
)
TABLES_AS_LINES = _switch(
    "tables_as_lines", True, "whether a pasted table becomes lines, which phones draw, too"
)
SHOWS_LINE_NUMBERS = _switch(
    "shows_line_numbers", False, "whether the lines of a message's text are numbered"
)
ZOOMS: Final = (70, 80, 90, 100, 110, 125, 150, 175, 200)
"""The sizes, in percent, that the text of a message can be shown in."""


def _zoom(text: object) -> int:
    percent = int(str(text))
    if percent not in ZOOMS:
        raise ValueError
    return percent


ZOOM = Setting("zoom", 100, "how large a message's text is shown, in percent", _zoom, int)
RETRY_PLACES: Setting[tuple[str, ...]] = Setting(
    "retry_places",
    (),
    "where retries are accepted although it is not known that they are safe: ROBOT_ID@HOST",
    _words,
    " ".join,
)


def _codes(text: object) -> frozenset[ProblemCode]:
    known = {code.value for code in CAN_BE_SWITCHED_OFF}
    return frozenset(ProblemCode(word) for word in str(text).split() if word in known)


SWITCHED_OFF: Setting[frozenset[ProblemCode]] = Setting(
    "switched_off",
    frozenset(),
    "which problems a person does not want to be told of",
    _codes,
    lambda codes: " ".join(sorted(codes)),
)


def _port(text: object) -> int:
    port = int(str(text))
    if not 0 <= port <= 65_535:
        raise ValueError
    return port


SANDBOX_PORT = Setting(
    "sandbox_port",
    0,
    "where the built-in sandbox listens at each start; 0 for a free port",
    _port,
    int,
)
KEEPS_SANDBOX_TOKEN = _switch(
    "keeps_sandbox_token",
    False,
    "whether tokens and secrets of the sandbox stay the same; they lie in the password store",
)


def _counts(text: object) -> dict[str, int]:
    pairs = (one.rpartition(":") for one in str(text).split())
    return {key: int(count) for key, _, count in pairs if key}


PALETTE_USES: Setting[dict[str, int]] = Setting(
    "palette_uses",
    {},
    "how often each thing was chosen in the palette: KEY:COUNT",
    _counts,
    lambda uses: " ".join(f"{key}:{count}" for key, count in uses.items()),
)
MY_NAME: Setting[str] = Setting(
    "my_name", "", "what the field {{my_name}} of templates is filled in with", str, str
)
TEMPLATE_FOLDER: Setting[str] = Setting(
    "template_folder", "", "a folder whose templates are offered, too; a shared one, say", str, str
)


def layout_of(name: str) -> Setting[QByteArray]:
    """How the window, or a part of it with this object name, was left; empty: it never was."""
    return Setting(
        f"window/{name}", QByteArray(), "how this part of the window was left", _bytes, _bytes
    )


KEEPS_RUNNING = _switch(
    "keeps_running", False, "whether the program stays in the tray when its window is closed"
)
RETENTION: Setting[tuple[str, ...]] = Setting(
    "retention",
    (),
    "how long sends are kept, class by class: production/delivered=90d, test/failed=1000",
    _words,
    " ".join,
)

SEEN_VERSION: Setting[str] = Setting(
    "seen_version", "", "the version that ran here last: a newer one says what is new", str, str
)

TOLD_OF_INPUT = _switch(
    "told_of_input", False, "whether it was said that no input method can be reached"
)

TOLD_OF_QUITTING = _switch(
    "told_of_quitting", False, "whether it was said that nothing planned is sent without a program"
)

SETTINGS: tuple[Setting[Any], ...] = (
    LANGUAGE,
    THEME,
    CALLS,
    LOADS_PICTURES,
    SHOWS_TECHNICAL,
    BREAKS_LINES,
    TABLES_AS_LINES,
    RETRY_PLACES,
    SWITCHED_OFF,
    MY_NAME,
    TEMPLATE_FOLDER,
    SANDBOX_PORT,
    KEEPS_SANDBOX_TOKEN,
    PALETTE_USES,
    SHOWS_LINE_NUMBERS,
    ZOOM,
    RETENTION,
    KEEPS_RUNNING,
    SEEN_VERSION,
    TOLD_OF_INPUT,
    TOLD_OF_QUITTING,
)
"""All but the window's layout, whose keys are the names of its parts: see `layout_of`."""


class Settings:
    """Typed access to the INI file: `settings.value(LANGUAGE)`. Keys that it does not know stay."""

    def __init__(self, path: Path) -> None:
        if path.exists() and not path.is_file():
            # A pipe would be waited for; below it nothing can be read or written.
            path = path / path.name
        self._store = QSettings(str(path), QSettings.Format.IniFormat)

    def value(self, setting: Setting[T]) -> T:
        """What was set; the default where nothing was, or nothing that can be read."""
        found = self._store.value(setting.key)
        if found is None:
            return setting.default
        try:
            return setting.parse(found)
        except ValueError:
            return setting.default

    def set(self, setting: Setting[T], value: T) -> None:
        """Remember a value."""
        self._store.setValue(setting.key, setting.encode(value))

    def save(self) -> bool:
        """Write now; False where the disk refused."""
        self._store.sync()
        return self._store.status() == QSettings.Status.NoError


def is_update(settings: Settings, version: str) -> bool:
    """Whether another version ran here before this one; it is true once, and remembered then."""
    before = settings.value(SEEN_VERSION)
    if before == version:
        return False
    settings.set(SEEN_VERSION, version)
    # 0.1.0 did not write down which it was; it left how its window stood.
    return bool(before) or not settings.value(layout_of("geometry")).isEmpty()


def is_first(settings: Settings, switch: Setting[bool]) -> bool:
    """Whether this is on for the first time; it is remembered."""
    was_on = settings.value(switch)
    settings.set(switch, True)
    return not was_on

"""What a person has set, and how the window was left: an INI file in the settings folder."""

from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QByteArray, QSettings

from dingcomposer.core.limits import CALLS_A_MONTH
from dingcomposer.services.translations import Language
from dingcomposer.ui.theme import ThemeName

_Choice = TypeVar("_Choice", Language, ThemeName)


class Settings:
    """Typed access to the INI file. A value that cannot be read counts as never set."""

    def __init__(self, path: Path) -> None:
        self._store = QSettings(str(path), QSettings.Format.IniFormat)

    @property
    def language(self) -> Language:
        """The chosen language."""
        return _one_of(Language, self._store.value("language"), Language.SYSTEM)

    @language.setter
    def language(self, value: Language) -> None:
        self._store.setValue("language", value.value)

    @property
    def theme(self) -> ThemeName:
        """The chosen appearance."""
        return _one_of(ThemeName, self._store.value("theme"), ThemeName.SYSTEM)

    @theme.setter
    def theme(self, value: ThemeName) -> None:
        self._store.setValue("theme", value.value)

    @property
    def calls_a_month(self) -> int:
        """How many calls a month the company's plan has; all robots share them."""
        try:
            return max(int(str(self._store.value("calls_a_month", CALLS_A_MONTH))), 1)
        except ValueError:
            return CALLS_A_MONTH

    @calls_a_month.setter
    def calls_a_month(self, value: int) -> None:
        self._store.setValue("calls_a_month", value)

    @property
    def loads_pictures(self) -> bool:
        """Whether previews load pictures from the internet."""
        return str(self._store.value("loads_pictures", "true")) != "false"

    @loads_pictures.setter
    def loads_pictures(self, value: bool) -> None:
        self._store.setValue("loads_pictures", str(value).lower())

    @property
    def retry_places(self) -> tuple[str, ...]:
        """Where retries are accepted although it is not known that they are safe: ROBOT_ID@HOST."""
        return tuple(str(self._store.value("retry_places", "")).split())

    @retry_places.setter
    def retry_places(self, value: tuple[str, ...]) -> None:
        self._store.setValue("retry_places", " ".join(value))

    @property
    def sandbox_port(self) -> int:
        """Where the built-in sandbox listens at each start; 0 for a free port."""
        port = str(self._store.value("sandbox_port", "0"))
        return int(port) if port.isascii() and port.isdigit() and int(port) <= 65_535 else 0

    @sandbox_port.setter
    def sandbox_port(self, value: int) -> None:
        self._store.setValue("sandbox_port", value)

    @property
    def keeps_sandbox_token(self) -> bool:
        """Whether tokens and secrets of the sandbox stay the same; they lie in the keyring."""
        return str(self._store.value("keeps_sandbox_token", "false")) == "true"

    @keeps_sandbox_token.setter
    def keeps_sandbox_token(self, value: bool) -> None:
        self._store.setValue("keeps_sandbox_token", str(value).lower())

    def state(self, name: str) -> QByteArray:
        """How a window or splitter of this name was left; empty where it never was."""
        value = self._store.value(f"window/{name}")
        return value if isinstance(value, QByteArray) else QByteArray()

    def keep_state(self, name: str, value: QByteArray) -> None:
        """Remember how a window or splitter is left."""
        self._store.setValue(f"window/{name}", value)

    def save(self) -> bool:
        """Write now; False where the disk refused."""
        self._store.sync()
        return self._store.status() == QSettings.Status.NoError


def _one_of(choices: type[_Choice], value: object, otherwise: _Choice) -> _Choice:
    try:
        return choices(str(value))
    except ValueError:
        return otherwise

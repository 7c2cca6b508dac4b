"""Secrets whose every spelling can be looked for: in files, texts and all that a window shows."""

import base64
import html
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import parse_qs, quote

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractItemView, QApplication, QComboBox, QLineEdit, QWidget

from dingcomposer.core.robot import Credentials
from tests.fakes.sandbox_client import sign

CANARY = Credentials("canary+token/0123456789abcdef", "SECcanary/secret+0123456789abcdef")
SHORTEST_CORE = 12
_ROLES = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.EditRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.StatusTipRole,
    Qt.ItemDataRole.WhatsThisRole,
    Qt.ItemDataRole.AccessibleTextRole,
    Qt.ItemDataRole.AccessibleDescriptionRole,
    *(Qt.ItemDataRole(Qt.ItemDataRole.UserRole + number) for number in range(8)),
)


class Canaries:
    """Values that must be found nowhere, and the signs that were made from them."""

    def __init__(self) -> None:
        self._forms: dict[str, str] = {}

    def add(self, name: str, secret: str) -> None:
        """From now on this value is one; `name` is how a failure calls it."""
        for form in spellings(secret):
            self._forms[form.lower()] = name

    def add_sign_of(self, request: bytes) -> None:
        """The sign in the query of a request is one, too."""
        query = request.split(b" ", 2)[1].decode().partition("?")[2]
        for value in parse_qs(query).get("sign", ()):
            self.add("sign", value)

    def add_sign(self, secret: str, timestamp_ms: str) -> None:
        """The sign that was made at that time."""
        self.add("sign", sign(secret, timestamp_ms))

    def found_in(self, text: str) -> set[str]:
        """The names of those that stand in a text."""
        lowered = text.lower()
        return {name for form, name in self._forms.items() if form in lowered}

    def found_in_bytes(self, content: bytes) -> set[str]:
        """The names of those that stand in bytes, as UTF-8 or UTF-16."""
        return self.found_in(content.replace(b"\0", b"").decode("latin-1"))

    def found_below(self, folders: Iterable[Path]) -> dict[str, set[str]]:
        """What stands in which file."""
        files = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
        found = {str(path): self.found_in_bytes(path.read_bytes()) for path in files}
        return {path: names for path, names in found.items() if names}

    def found_on_screen(self) -> dict[str, set[str]]:
        """What stands in which widget, read aloud, as a tip, in a list or in a menu."""
        texts = list(texts_on_screen())
        if not self.found_in("\n".join(text for _, text in texts)):
            return {}
        found: dict[str, set[str]] = {}
        for where, text in texts:
            if names := self.found_in(text):
                found.setdefault(where, set()).update(names)
        return found


def spellings(secret: str) -> set[str]:
    """A secret raw, percent-encoded, in JSON, in HTML and, at each place, in base64."""
    once = quote(secret, safe="")
    twice = quote(once, safe="")
    written = json.dumps(secret)[1:-1]
    careful = "".join(c if c.isalnum() else f"\\u{ord(c):04x}" for c in secret)
    return {
        secret,
        once,
        twice,
        quote(secret),
        written,
        written.replace("/", "\\/"),
        written.replace("=", "\\u003d"),
        careful,
        html.escape(secret),
        "".join(c if c.isalnum() else f"&#{ord(c)};" for c in secret),
        *_base64_cores(secret.encode()),
        *_base64_cores(once.encode()),
    }


def _base64_cores(raw: bytes) -> Iterator[str]:
    """Its own characters in the base64 of any text that holds it."""
    for before in range(3):
        first, last = (before * 8 + 5) // 6, (before + len(raw)) * 8 // 6
        for encode in (base64.b64encode, base64.urlsafe_b64encode):
            core = encode(b"\0" * before + raw).decode()[first:last]
            if len(core) >= SHORTEST_CORE:
                yield core


def texts_on_screen() -> Iterator[tuple[str, str]]:
    """Every text of every window, whether it is visible now or not, with where it stands."""
    for window in QApplication.topLevelWidgets():
        for one in (window, *window.findChildren(QWidget), *window.findChildren(QAction)):
            name = f"{type(one).__name__} {one.objectName()}"
            for text in _properties(one):
                yield name, text
            if isinstance(one, QAbstractItemView | QComboBox) and one.model() is not None:
                for text in _cells(one.model()):
                    yield name, text


def _properties(one: QObject) -> Iterator[str]:
    is_masked = isinstance(one, QLineEdit) and one.echoMode() is not QLineEdit.EchoMode.Normal
    left_out = {"styleSheet"} | ({"text", "selectedText"} if is_masked else set())
    about = one.metaObject()
    for number in range(about.propertyCount()):
        entry = about.property(number)
        if entry.isReadable() and str(entry.name()) not in left_out:
            value = entry.read(one)
            if isinstance(value, str):
                yield value
            elif isinstance(value, list):
                yield " ".join(map(str, value))


def _cells(model: QAbstractItemModel) -> Iterator[str]:
    root = QModelIndex()
    for row in range(model.rowCount(root)):
        index = model.index(row, 0)
        while index.isValid():
            for role in _ROLES:
                yield str(index.data(role))
            index = index.siblingAtColumn(index.column() + 1)

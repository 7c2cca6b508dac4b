"""The real compose page around a session whose clock the test holds."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from dingcomposer.core.draft import Draft
from dingcomposer.core.messages import Kind
from dingcomposer.core.robot import Robot, Stage
from dingcomposer.services.draft_session import DraftSession
from dingcomposer.services.settings import Settings
from dingcomposer.ui.compose.page import ComposePage
from dingcomposer.ui.texts.problems import field_label, problem_sentence
from dingcomposer.ui.widgets.text_fields import TextField
from tests.fakes.clocks import FakeClock
from tests.fakes.widget_driver import WidgetDriver

SANDBOX = Robot("sandbox", "Sandbox", colour="#12A594", has_token=True, is_sandbox=True)
DUTY = Robot(
    "duty", "运维值班", colour="#C5302B", stage=Stage.PRODUCTION, keywords=("告警",), has_token=True
)
BARE = Robot("bare", "没有地址", has_token=False)


# A Monday, a quarter to three in the afternoon.
NOW = datetime(2026, 11, 30, 14, 45, tzinfo=UTC)


class ComposeDriver(WidgetDriver):
    """A person at the page: types, pastes, clicks, reads the problems."""

    def __init__(self, page: ComposePage, session: DraftSession, clock: FakeClock) -> None:
        super().__init__(page, "compose.")
        self.page, self.session, self.clock = page, session, clock

    @property
    def draft(self) -> Draft:
        return self.session.draft

    def find(self, name: str) -> QWidget:
        """The one that is not hidden itself: the row of a new item is shown a moment later."""
        found = self.page.findChildren(QWidget, f"compose.{name}")
        alive = [one for one in found if not one.isHidden()]
        assert len(alive) == 1, f"{len(alive)} of {name}"
        return alive[0]

    def field(self, name: str) -> TextField:
        found = self.find(name)
        assert isinstance(found, TextField)
        return found

    def press(self, name: str) -> None:
        """Click, once all that was made has its place."""
        QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
        super().press(name)

    def pause(self) -> None:
        """Let so much time go by that the next key begins a step of its own."""
        self.clock.now_s += 10

    def paste(self, name: str, text: str) -> None:
        """Paste through the clipboard."""
        mime = QMimeData()
        mime.setText(text)
        QApplication.clipboard().setMimeData(mime)
        field = self.field(name)
        field.setFocus()
        field.paste()

    def undo(self, name: str) -> None:
        self.key(name, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)

    def redo(self, name: str) -> None:
        self.key(name, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)

    def choose_kind(self, kind: Kind) -> None:
        self.click(f"kind.{kind.value}")

    def problem_rows(self) -> list[str]:
        """The words of the problems that are shown, from the top."""
        rows: list[str] = []
        while self.page.findChildren(QWidget, f"compose.problem.{len(rows)}"):
            row = self.page.findChildren(QWidget, f"compose.problem.{len(rows)}")[-1]
            rows.append(row.accessibleName() if row.isVisibleTo(self.page) else "")
        return [words for words in rows if words]

    def checked(self) -> list[str]:
        """The same, with the checks brought up to date."""
        assert self.page.problems is not None
        return self.problem_rows()


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def session(qapp: QApplication, clock: FakeClock) -> DraftSession:
    return DraftSession(clock_s=clock)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(tmp_path / "settings.ini")


@pytest.fixture
def make_hand(
    qtbot: QtBot, session: DraftSession, clock: FakeClock, settings: Settings
) -> Callable[[], ComposeDriver]:
    """Build a page on the session, as the window does at start and after a change of language."""

    def make() -> ComposeDriver:
        page = ComposePage(
            session, problem_sentence, field_label, settings=settings, now=lambda: NOW
        )
        qtbot.addWidget(page)
        page.set_robots((SANDBOX, DUTY, BARE))
        page.resize(420, 640)
        page.show()
        page.activateWindow()
        return ComposeDriver(page, session, clock)

    return make


@pytest.fixture
def driver(make_hand: Callable[[], ComposeDriver]) -> ComposeDriver:
    """A person at a new, empty page."""
    return make_hand()

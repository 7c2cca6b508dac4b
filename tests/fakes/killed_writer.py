"""The program that the draft kill tests kill: the real window, and somebody who writes in it.

    python -m tests.fakes.killed_writer DATA_FOLDER SEED

Types, chooses, undoes and aims in three drafts by turns. After each act it says on standard output
what every draft holds by then, as a line of JSON (see `Told`), and never ends by itself.
"""

import hashlib
import json
import random
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from dingcomposer import app
from dingcomposer.app import Options, Program
from dingcomposer.core.draft import Caret, Draft
from dingcomposer.core.messages import Kind
from dingcomposer.runtime import make_application
from dingcomposer.services.settings import ThemeName
from dingcomposer.services.translations import Language
from dingcomposer.storage.database import to_json
from dingcomposer.tour.driver import UiDriver
from dingcomposer.tour.sample_images import SampleImages
from tests.fakes.fake_keyring import FakeKeyring

DRAFTS = 3
SHORTEST_MS, LONGEST_MS = 4, 60
SECOND_ROBOT = "第二个沙箱"
WORDS = (
    "今晚",
    "停机",
    "维护",
    "，",
    "。",
    "请",
    "各部门",
    " ",
    "release ",
    "v",
    "2",
    "https://example.com/",
    "**",
    "# ",
    "\n",
)
FIELDS = ("text", "title", "message_url", "jump.title", "buttons.0.title", "feed.0.title")


@dataclass(frozen=True, slots=True)
class Told:
    """What a draft held after an act: its content as a digest, its robot, the keyboard's place."""

    draft_id: str
    digest: str
    target_id: str | None
    caret: tuple[str, int, int]


def digest_of(draft: Draft) -> str:
    """The same for equal drafts alone."""
    return hashlib.sha256(to_json(asdict(draft)).encode("utf-8", "surrogatepass")).hexdigest()


def told_of(draft_id: str, draft: Draft, target_id: str | None, caret: Caret) -> Told:
    """A draft as it is told, and as it is compared."""
    return Told(draft_id, digest_of(draft), target_id, (caret.path, caret.anchor, caret.position))


class Writer:
    """Acts at a person's pace or quicker, as the seed has it."""

    def __init__(self, program: Program, seed: int) -> None:
        self._program = program
        self._chance = random.Random(seed)
        self._driver = UiDriver(program.window)
        self._told: dict[str, Told] = {}
        # Where the keyboard is in each draft; what is changed later is unsaved.
        self._carets = {one.draft_id: one.caret for one in program.drafts.open_drafts().drafts}
        robots = program.robot_profiles
        if SECOND_ROBOT not in [one.name for one in robots.robots]:
            robots.add_sandbox(SECOND_ROBOT)

    def begin(self) -> None:
        """Tell what stands there from an earlier life, then act."""
        self._tell()
        self.act()

    def act(self) -> None:
        """Do something, tell what came of it, and go on a moment later."""
        self._do()
        self._tell()
        QTimer.singleShot(self._chance.randint(SHORTEST_MS, LONGEST_MS), self.act)

    def _do(self) -> None:
        session, chance = self._program.session, self._chance
        if len(session.summaries) < DRAFTS:
            self._type()
            self._action("new")
            self._type()
            return
        acts: tuple[tuple[Callable[[], None], int], ...] = (
            (self._type, 70),
            (lambda: self._action("next_draft"), 8),
            (self._choose_kind, 5),
            (lambda: self._action("undo"), 5),
            (lambda: self._action("redo"), 3),
            (self._aim, 4),
            (self._mention, 3),
            (self._erase, 5),
        )
        chance.choices([one for one, _ in acts], [weight for _, weight in acts])[0]()

    def _type(self) -> None:
        seen = [one for one in FIELDS if self._driver.sees(f"compose.{one}")]
        if seen:
            name = self._chance.choice(seen)
            word = self._chance.choice(WORDS)
            is_line = name != "text" and "\n" in word
            self._driver.type(f"compose.{name}", word.strip("\n") if is_line else word)

    def _erase(self) -> None:
        if self._driver.sees("compose.text"):
            text = self._driver.find("compose.text")
            text.setFocus()
            QTest.keyClick(text, Qt.Key.Key_Backspace)

    def _choose_kind(self) -> None:
        self._driver.click(f"compose.kind.{self._chance.choice(list(Kind))}")

    def _aim(self) -> None:
        robots = self._program.robot_profiles.robots
        self._driver.click_row("robots.list", self._chance.randrange(len(robots)))

    def _mention(self) -> None:
        if self._driver.sees("compose.mentions"):
            number = self._chance.randrange(10**8)
            self._driver.type("compose.mentions", f"138{number:08}\n")

    def _action(self, name: str) -> None:
        action = self._program.window.findChild(QAction, f"menu.{name}")
        assert action is not None
        if action.isEnabled():
            action.trigger()

    def _tell(self) -> None:
        """Only what has changed."""
        session = self._program.session
        now: dict[str, Told] = {}
        saves = (one.saved for one in session.unsaved().drafts)
        self._carets |= {one.draft_id: one.caret for one in saves}
        for one in session.summaries:
            caret = self._carets.get(one.draft_id, Caret())
            draft = session.draft_of(one.draft_id)
            assert draft is not None
            now[one.draft_id] = told_of(one.draft_id, draft, one.target_id, caret)
        news = [asdict(one) for name, one in now.items() if self._told.get(name) != one]
        self._told = now
        line: dict[str, Any] = {"at_s": time.monotonic(), "drafts": news}
        sys.stdout.write(json.dumps(line) + "\n")
        sys.stdout.flush()


def main() -> int:
    """Write until killed."""
    folder, seed = Path(sys.argv[1]), int(sys.argv[2])
    application = make_application(["dingcomposer"])
    program = app.build(
        application,
        Options(
            data_dir=folder,
            language=Language.ENGLISH,
            theme=ThemeName.LIGHT,
            find_keyring=lambda: FakeKeyring({}),
            find_pictures=SampleImages,
        ),
    )
    window: QWidget = program.window
    window.resize(1280, 860)
    writer = Writer(program, seed)
    program.window.painted.connect(lambda: QTimer.singleShot(0, writer.begin))
    return program.run()


if __name__ == "__main__":
    sys.exit(main())

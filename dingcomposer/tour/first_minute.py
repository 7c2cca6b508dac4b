"""The first minute: three beginnings at a person's pace, each timed to the verdict in the window.

The pace is that of the Keystroke-Level Model (Card, Moran and Newell, "The Keystroke-Level Model
for User Performance Time with Interactive Systems", Communications of the ACM 23, 1980): a person
who types 40 words a minute, thinks before each decision, and moves between mouse and keyboard.
Nobody stands for DingTalk but sandboxes on this computer; each group is one of its own.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication

from dingcomposer.core.delivery import Report, SendJob, Status
from dingcomposer.core.draft import to_message
from dingcomposer.core.messages import Text
from dingcomposer.core.robot import Robot, Stage
from dingcomposer.sandbox.server import SandboxServer
from dingcomposer.storage.secrets import CredentialsChange
from dingcomposer.tour.driver import StepFailed, UiDriver

if TYPE_CHECKING:
    from dingcomposer.app import Program
    from dingcomposer.ui.window.main_window import MainWindow

KEY_S = 0.28
POINT_S = 1.10
CLICK_S = 0.20
HOME_S = 0.40  # the hand, from the mouse to the keyboard or back
THINK_S = 1.35
SIGN_KEYS = 3
"""Keys for a Chinese sign: its pinyin's letters, and its share of choosing the word."""

POLL_MS = 10
LIMIT_S = 30.0
NOTICE = "今晚 18:00 系统维护，约一小时。"
TRIAL = "大家好，我是值班机器人。"
GROUP = "值班群"
GROUPS = ("研发群", "运维群", "客服群")
DELIVERED = ("Delivered", "已送达")
ALL_DELIVERED = ("3 of 3 delivered", "共 3 个群，3 个已送达")

Act = Callable[[], object]
Until = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Move:
    """Something that a person does: how long it takes, what it does, and what they wait for."""

    words: str
    seconds: float
    act: Act | None = None
    until: Until | None = None


@dataclass(frozen=True, slots=True)
class Beginning:
    """One of the three: what it says, how long it may take, and how long it took."""

    name: str
    words: str
    limit_s: float
    moves: Iterator[Move]


@dataclass(frozen=True, slots=True)
class Timing:
    """How long a beginning took: `person_s` of it were the person's own.

    `is_real` says that it was played at a person's pace. Played quicker, the machine is asked for
    everything at once, and only the person's share is held against the limit.
    """

    name: str
    words: str
    limit_s: float
    seconds: float
    person_s: float
    is_real: bool = True

    @property
    def is_in_time(self) -> bool:
        """Whether it took no longer than it may."""
        return (self.seconds if self.is_real else self.person_s) < self.limit_s

    @property
    def told(self) -> str:
        """The times in words."""
        own = f"{self.person_s:.1f} s of them the person's own"
        return f"{self.words}: {self.seconds:.1f} s of at most {self.limit_s:.0f} s, {own}"


class Hand:
    """Makes the moves of a person; knows whether the hand is at the mouse or at the keyboard."""

    def __init__(self, driver: UiDriver) -> None:
        self._driver = driver
        self._is_at_mouse = False

    def think(self) -> Move:
        """Look, and decide."""
        return Move("think", THINK_S)

    def click(self, name: str, until: Until | None = None) -> Move:
        """Point at a widget and click."""
        return Move(name, self._to_mouse() + CLICK_S, lambda: self._driver.click(name), until)

    def click_row(self, name: str, row: int, *, is_double: bool = False) -> Move:
        """Point at a row and click once, or twice."""
        clicks = 2 if is_double else 1
        act = self._double_click(name, row) if is_double else self._click(name, row)
        return Move(f"{name} {row}", self._to_mouse() + clicks * CLICK_S, act)

    def press(self, keys: str, until: Until | None = None) -> Move:
        """Press keys together, such as "Ctrl+V"."""
        seconds = self._to_keys() + KEY_S * len(keys.split("+"))
        return Move(keys, seconds, lambda: self._driver.press(keys), until)

    def type(self, name: str, words: str) -> Iterator[Move]:
        """Type into a field where the keyboard is already, letter by letter."""
        seconds = self._to_keys()
        for sign in words:
            seconds += KEY_S * (1 if sign.isascii() else SIGN_KEYS)
            yield Move(sign, seconds, self._letter(name, sign))
            seconds = 0.0

    def _letter(self, name: str, sign: str) -> Act:
        return lambda: self._driver.type(name, sign)

    def _click(self, name: str, row: int) -> Act:
        return lambda: self._driver.click_row(name, row)

    def _double_click(self, name: str, row: int) -> Act:
        return lambda: self._driver.double_click_row(name, row)

    def _to_mouse(self) -> float:
        seconds = POINT_S + (0.0 if self._is_at_mouse else HOME_S)
        self._is_at_mouse = True
        return seconds

    def _to_keys(self) -> float:
        seconds = HOME_S if self._is_at_mouse else 0.0
        self._is_at_mouse = False
        return seconds


class FirstMinute(QObject):
    """Plays the three beginnings, one after the other, in the program's own event loop.

    `pace` is 1 for a person's; the larger, the less is waited for, and what a person needs is
    counted all the same. `started_at` is when the program's process began, by `time.monotonic`.

    Signals:
        timed(Timing): one of them is over.
        ended(): all are over, or one has failed; see `error`.
    """

    timed = Signal(object)
    ended = Signal()

    def __init__(self, program: "Program", *, pace: float, started_at: float) -> None:
        super().__init__()
        self._program, self._pace = program, pace
        self._driver = UiDriver(program.window)
        self._hand = Hand(self._driver)
        self._groups = ExitStack()
        self._begun_at = started_at
        self._counted_s = self._waited_s = 0.0
        three = (
            ("first", "From the start to a message in the sandbox", 30.0, self._first()),
            ("robot", "From a webhook on the clipboard to a robot and a test", 60.0, self._robot()),
            ("again", "Last week's notice with new days, to three groups", 20.0, self._again()),
        )
        self._beginnings = (Beginning(*one) for one in three)
        self._beginning: Beginning | None = next(self._beginnings)
        self._move: Move | None = None
        self._acts_at = self._ends_at = 0.0
        self._has_acted = True
        self.error: StepFailed | None = None
        self._timer = QTimer(self, interval=POLL_MS)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    @property
    def window(self) -> "MainWindow":
        """The window that it plays in."""
        return self._program.window

    def _look(self) -> None:
        try:
            if self._move is None or self._is_done(self._move):
                self._go_on()
        except StepFailed as failed:
            self._fail(failed)

    def _is_done(self, move: Move) -> bool:
        now = time.monotonic()
        if not self._has_acted:
            if now < self._acts_at or not self._driver.is_in_front():
                return False
            self._has_acted = True
            self._ends_at = now + LIMIT_S
            if move.act is not None:
                # Not from here: a dialog that it opens runs a loop of its own.
                QTimer.singleShot(0, self, lambda: self._do(move))
                return False
        if move.until is None or move.until():
            return True
        if now > self._ends_at:
            raise StepFailed(f"nothing came of {move.words}")
        return False

    def _do(self, move: Move) -> None:
        try:
            assert move.act is not None
            move.act()
        except StepFailed as failed:
            self._fail(failed)

    def _go_on(self) -> None:
        assert self._beginning is not None
        self._move = next(self._beginning.moves, None)
        if self._move is None:
            self._end_one(self._beginning)
            return
        wait_s = self._move.seconds / self._pace
        self._counted_s += self._move.seconds
        self._waited_s += wait_s
        self._acts_at = time.monotonic() + wait_s
        self._has_acted = False

    def _end_one(self, one: Beginning) -> None:
        took_s = time.monotonic() - self._begun_at - self._waited_s + self._counted_s
        is_real = self._pace == 1.0
        self.timed.emit(Timing(one.name, one.words, one.limit_s, took_s, self._counted_s, is_real))
        self._beginning = next(self._beginnings, None)
        if self._beginning is None:
            self._end()
            return
        self._hand = Hand(self._driver)
        self._prepare(self._beginning.name)
        self._begun_at = time.monotonic()
        self._counted_s = self._waited_s = 0.0

    def _fail(self, failed: StepFailed) -> None:
        if self.error is None:
            self.error = failed
            self._end()

    def _end(self) -> None:
        self._timer.stop()
        self._groups.close()
        self.ended.emit()

    # Before each

    def _prepare(self, name: str) -> None:
        """What is there already: a webhook on the clipboard, or last week's notice."""
        if name == "robot":
            server = self._group()
            webhook = f"{server.url}?access_token={server.access_token}"
            QGuiApplication.clipboard().setText(webhook)
        else:
            self._send_last_week()

    def _send_last_week(self) -> None:
        robots = [self._add_group(name) for name in GROUPS]
        then = datetime.now(UTC) - timedelta(days=7)
        message = Text(last_weeks_notice(then.date()))
        jobs = [SendJob(f"last-week-{one.robot_id}", one, message, then) for one in robots]
        history = self._program.history
        history.add_all(jobs, "last-week")
        for job in jobs:
            history.announce(Report(job.msg_uuid, 1, Status.SENDING, then))
            history.complete(Report(job.msg_uuid, 1, Status.DELIVERED, then, errcode="0"))

    def _add_group(self, name: str) -> Robot:
        server = self._group()
        robot = Robot(name, name, "#C5302B", Stage.PRODUCTION, server.url)
        self._program.robot_profiles.add(robot, CredentialsChange(server.access_token))
        return robot

    def _group(self) -> SandboxServer:
        """A group whose robot takes messages from this computer's address, and wants no more."""
        server = SandboxServer(secret_required=False, addresses=("127.0.0.1",))
        return self._groups.enter_context(server)

    # The three

    def _first(self) -> Iterator[Move]:
        hand = self._hand
        yield Move("the window is there", 0.0, None, self._has_keyboard)
        yield hand.think()
        yield from hand.type("compose.text", NOTICE)
        yield hand.think()
        yield hand.click("compose.send", self._is_delivered(NOTICE))

    def _robot(self) -> Iterator[Move]:
        hand, driver = self._hand, self._driver
        yield hand.think()
        yield hand.click("robots.add", lambda: driver.has_keyboard("robot.paste"))
        yield hand.think()
        yield hand.press("Ctrl+V", lambda: driver.find("robot.webhook").isEnabled())
        yield hand.think()
        yield hand.click("robot.name")
        yield from hand.type("robot.name", GROUP)
        yield hand.think()
        yield hand.click("robot.stage.test")
        yield hand.think()
        yield hand.click("robot.save", self._has_robot(GROUP))
        yield hand.think()
        yield hand.press("Ctrl+N")
        yield hand.click_row("robots.list", len(self._program.robot_profiles.robots) - 1)
        yield hand.click("compose.text")
        yield from hand.type("compose.text", TRIAL)
        yield hand.think()
        yield hand.click("compose.send", self._is_delivered(TRIAL))

    def _again(self) -> Iterator[Move]:
        hand, driver = self._hand, self._driver
        before = self._sent_to(GROUPS)
        yield hand.think()
        yield hand.press("Ctrl+2", lambda: driver.sees("history.table"))
        yield hand.think()
        yield hand.click_row("history.table", 0, is_double=True)
        yield hand.think()
        yield hand.click("compose.problem.0.fix", self._has_new_days)
        yield hand.think()
        yield hand.press("Ctrl+Shift+Return", lambda: driver.sees("several.last"))
        yield hand.think()
        yield hand.click("several.last")
        yield hand.press("Return", lambda: driver.sees("confirm.send"))
        yield hand.think()
        yield hand.click("confirm.send", lambda: self._has_all(before + len(GROUPS)))

    # What must be in sight

    def _has_keyboard(self) -> bool:
        return self._driver.has_keyboard("compose.text")

    def _has_robot(self, name: str) -> Until:
        def has_robot() -> bool:
            known = [one for one in self._program.robot_profiles.robots if one.name == name]
            return bool(known) and known[0].has_token and not self._driver.sees("robot.save")

        return has_robot

    def _is_delivered(self, text: str) -> Until:
        def is_delivered() -> bool:
            rows = self._program.history.page()
            if not rows or rows[0].message != Text(text) or not rows[0].status.is_final:
                return False
            if self.window.result_bar.msg_uuid != rows[0].msg_uuid:
                return False
            said = self._driver.read("verdict.headline")
            if not said.startswith(DELIVERED):
                raise StepFailed(f"the verdict says {said!r}")
            return True

        return is_delivered

    def _has_new_days(self) -> bool:
        message = to_message(self._program.session.draft)
        return message == Text(last_weeks_notice(datetime.now(UTC).date()))

    def _has_all(self, count: int) -> bool:
        said = self._driver.read("verdict.headline") if self._driver.sees("verdict") else ""
        return self._sent_to(GROUPS) == count and said.startswith(ALL_DELIVERED)

    def _sent_to(self, names: tuple[str, ...]) -> int:
        rows = self._program.history.page()
        return sum(one.robot_name in names and one.status is Status.DELIVERED for one in rows)


def last_weeks_notice(sent_on: date) -> str:
    """The notice as it was sent on a day: of the next day but one, and of the one behind it."""
    begin, end = sent_on + timedelta(days=2), sent_on + timedelta(days=3)
    return (
        f"{begin.month}月{begin.day}日（周{'一二三四五六日'[begin.weekday()]}）22:00 起停机维护，"
        f"{end.month}月{end.day}日（周{'一二三四五六日'[end.weekday()]}）06:00 恢复。"
    )

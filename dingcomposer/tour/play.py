"""The tour: drives the real window through its own widgets, with a picture of every step.

It types the six samples as an input method would, sends each to the built-in sandbox over HTTP,
reads verdicts, history and sandbox as they are shown, and fails where anything is not as its line
says. The words that it expects are written down here: those of the program may be what is wrong.

It works in a temporary data folder, with secrets in memory; the samples' pictures come from what
ships with the program, not from the net. Before all that, three beginnings are played at a
person's pace and timed, see `tour.first_minute`. At its end it adds a gallery: each sample on a
PC and on a phone, light and dark.
"""

import json
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QRegularExpression, QTimer, Signal
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QApplication, QWidget

from dingcomposer import paths
from dingcomposer.core.draft import to_message
from dingcomposer.core.messages import Kind, headline_of
from dingcomposer.core.payload import from_payload, size_bytes, to_payload
from dingcomposer.runtime import make_application
from dingcomposer.services.settings import ThemeName
from dingcomposer.services.translations import Language
from dingcomposer.storage.secrets import no_keyring
from dingcomposer.tour.driver import StepFailed, UiDriver
from dingcomposer.tour.first_minute import FirstMinute, Timing
from dingcomposer.tour.sample_images import SampleImages
from dingcomposer.ui.preview.bubble import style as dt
from dingcomposer.ui.preview.bubble.bubble import MessageAuthor
from dingcomposer.ui.preview.bubble.style import Device
from dingcomposer.ui.preview.export import render_image

if TYPE_CHECKING:
    from dingcomposer.app import Options, Program

STEP_LIMIT_S = 20.0
POLL_MS = 10
WIDTH, HEIGHT = 1360, 860
CHINESE_FONT = "fonts-wqy-microhei"

DELIVERED = ("Delivered", "已送达")
ACCEPTED = ("Accepted", "已接收")
STATUS_COLUMN, VERDICT_COLUMN, REQUEST_COLUMN = 4, 1, 2
BUBBLES = QRegularExpression(r"^sandbox\.message\.\d+$")


@dataclass(frozen=True, slots=True)
class TourStep:
    """What a step says it does, the name of its picture, and what must come true before both."""

    words: str
    picture: str
    until: Callable[[], bool]


def samples() -> dict[str, dict[str, Any]]:
    """The six samples that ship with the program, by their kinds, in the window's order."""
    folder = paths.resource("samples")
    return {
        kind.value: json.loads((folder / f"{kind}.json").read_text(encoding="utf-8"))
        for kind in Kind
    }


def play(
    folder: Path, *, language: str | None = None, theme: str | None = None, pace: float = 1.0
) -> int:
    """Play the tour and save its pictures in `folder`; 0, or 1 where a step failed.

    The first minute is played at a person's `pace`; the larger, the less is waited for.
    """
    started_at = time.monotonic() - time.process_time()
    if sys.platform not in ("win32", "darwin") and not (
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    ):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from dingcomposer import app

    application = make_application(sys.argv[:1])
    if not has_chinese_font():
        print(
            "There is no Chinese font on this machine: Chinese letters will be boxes in the"
            f" pictures. On Debian and Ubuntu, install {CHINESE_FONT}."
        )
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        print(f"The folder {folder} cannot be made: {error.strerror}", file=sys.stderr)
        return 1
    options = app.Options(
        language=Language(language) if language else None,
        theme=ThemeName(theme) if theme else None,
        find_keyring=no_keyring,
        find_pictures=SampleImages,
    )
    make_first = partial(FirstMinuteTour, folder=folder, pace=pace, started_at=started_at)
    makers = (make_first, partial(Tour, folder=folder))
    return 0 if all(_play_in(application, options, make) for make in makers) else 1


def _play_in(
    application: QApplication,
    options: "Options",
    make_tour: "Callable[[Program], Tour | FirstMinuteTour]",
) -> bool:
    """Play in a program of its own, in an empty data folder; False where a step failed."""
    from dingcomposer import app

    with tempfile.TemporaryDirectory(prefix="dingcomposer-tour-") as data:
        program = app.build(application, replace(options, data_dir=Path(data)))
        program.window.resize(WIDTH, HEIGHT)
        program.show()
        tour = make_tour(program)
        tour.ended.connect(application.quit)
        application.exec()
        program.shut_down()
        # Windows cannot delete what is still held.
        del program
    return tour.error is None


def has_chinese_font() -> bool:
    """Whether any font on this machine can write Chinese."""
    return bool(QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese))


class FirstMinuteTour(FirstMinute):
    """The first minute, told: a line, a picture and the times of each beginning in a file."""

    def __init__(self, program: "Program", *, folder: Path, pace: float, started_at: float) -> None:
        super().__init__(program, pace=pace, started_at=started_at)
        self._folder = folder
        self._timings: list[Timing] = []
        self.timed.connect(self._on_timed)
        self.ended.connect(self._on_ended)

    def _on_timed(self, timing: Timing) -> None:
        self._timings.append(timing)
        name = f"00-{timing.name}.png"
        if not self.window.grab().save(str(self._folder / name)):
            self.error = StepFailed(f"{self._folder / name} cannot be written")
        print(f"00  {timing.told}  ({name})", flush=True)
        if not timing.is_in_time and self.error is None:
            self.error = StepFailed(f"{timing.words}: it took too long")

    def _on_ended(self) -> None:
        times = [{**asdict(one), "is_in_time": one.is_in_time} for one in self._timings]
        text = json.dumps(times, ensure_ascii=False, indent=1)
        with suppress(OSError):  # the pictures have told that already
            (self._folder / "first-minute.json").write_text(f"{text}\n", encoding="utf-8")
        if self.error is not None:
            print(f"FAILED  {self.error}", file=sys.stderr)
            self.window.grab().save(str(self._folder / "failed.png"))


class Tour(QObject):
    """Plays the steps one after the other in the program's own event loop.

    Signals:
        ended(): the last step is done, or one has failed; see `error`.
    """

    ended = Signal()

    def __init__(self, program: "Program", folder: Path, *, limit_s: float = STEP_LIMIT_S) -> None:
        super().__init__()
        self._limit_s = limit_s
        self._program = program
        self._folder = folder
        self._driver = UiDriver(program.window)
        self._steps = self._tour()
        self._step: TourStep | None = None
        self._number = 0
        self._ends_at = 0.0
        self.error: StepFailed | None = None
        self._timer = QTimer(self, interval=POLL_MS)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    @property
    def words(self) -> str:
        """What the step that is played says that it does."""
        return self._step.words if self._step is not None else "The tour began"

    def _look(self) -> None:
        try:
            if self._step is not None and not self._is_done(self._step):
                return
            self._step = next(self._steps)
            self._ends_at = time.monotonic() + self._limit_s
        except StopIteration:
            self._end()
        except StepFailed as failed:
            self._fail(failed)
        except Exception as error:
            self._fail(StepFailed(type(error).__name__))
            raise

    def _fail(self, failed: StepFailed) -> None:
        self.error = failed
        print(f"FAILED  {self.words}: {failed}", file=sys.stderr)
        self._picture("failed")  # as far as it goes: the disk may be what failed
        self._end()

    def _is_done(self, step: TourStep) -> bool:
        if not (step.until() and self._program.window.preview.is_settled):
            if time.monotonic() > self._ends_at:
                raise StepFailed(f"not within {self._limit_s:.0f} s")
            return False
        self._number += 1
        name = self._save(f"{self._number:02}-{step.picture}")
        print(f"{self._number:02}  {step.words}  ({name})", flush=True)
        return True

    def _save(self, name: str) -> str:
        if not self._picture(name):
            raise StepFailed(f"{self._folder / name}.png cannot be written")
        return f"{name}.png"

    def _picture(self, name: str) -> bool:
        return self._program.window.grab().save(str(self._folder / f"{name}.png"))

    def _end(self) -> None:
        self._timer.stop()
        self.ended.emit()

    def _tour(self) -> Iterator[TourStep | None]:
        program, driver = self._program, self._driver
        yield TourStep("The window is open, and aims at the sandbox", "open", self._is_ready)
        for number, (kind, payload) in enumerate(samples().items()):
            if number:
                driver.click("place.write")
                yield from self._come_to_front()
                driver.press("Ctrl+N")
                yield TourStep(
                    f"A new message aims at nobody ({kind})", f"new-{kind}", self._is_new
                )
                driver.click_row("robots.list", 0)
            yield from driver.write(payload)
            yield TourStep(
                f"The sample is written ({kind})", f"write-{kind}", self._is_written(payload)
            )
            is_delivered = self._is_delivered(before=program.window.result_bar.msg_uuid)
            driver.click("compose.send")
            yield TourStep(f"It is delivered ({kind})", f"sent-{kind}", is_delivered)
        driver.click("place.history")
        yield TourStep("The history has all six", "history", self._has_history)
        driver.click_row("history.table", 0)
        yield TourStep("One send is shown with all that is known", "details", self._has_details)
        driver.click("place.sandbox")
        yield TourStep("The sandbox group has read all six", "sandbox", self._has_arrived)

        yield from self._gallery()

    def _come_to_front(self) -> Iterator[None]:
        """Where no window manager does it: keys go to the window in front."""
        ends_at = time.monotonic() + self._limit_s
        while not self._driver.is_in_front():
            if time.monotonic() > ends_at:
                raise StepFailed("the window does not come to the front")
            yield

    def _gallery(self) -> Iterator[None]:
        """Each sample as a picture of its own, for every device and look."""
        program = self._program
        ends_at = time.monotonic() + self._limit_s
        while not program.loader.is_idle:
            if time.monotonic() > ends_at:
                raise StepFailed("the samples' pictures did not come")
            yield
        robot = program.robot_profiles.robots[0]
        sender = MessageAuthor(robot.name, robot.colour)
        for kind, payload in samples().items():
            message = from_payload(payload).message
            for device in Device:
                for look in (dt.LIGHT, dt.DARK):
                    image = render_image(
                        message, sender, devices=(device,), look=look, pictures=program.pictures
                    )
                    shade = "dark" if look.is_dark else "light"
                    name = f"gallery-{kind}-{device}-{shade}.png"
                    if not image.save(str(self._folder / name)):
                        raise StepFailed(f"{name} cannot be written")
                    self._number += 1
                    words = f"The sample alone ({kind}, {device}, {shade})"
                    print(f"{self._number:02}  {words}  ({name})", flush=True)
                    yield

    # What must be in sight

    def _is_ready(self) -> bool:
        program, driver = self._program, self._driver
        target = program.robot_profiles.get(program.session.target_id)
        return (
            target is not None
            and target.is_sandbox
            and driver.read("compose.target") == target.name
            and driver.find("compose.send").isEnabled()
        )

    def _is_new(self) -> bool:
        session = self._program.session
        return session.draft.is_blank and session.target_id is None and self._is_checked()

    def _is_written(self, payload: dict[str, Any]) -> Callable[[], bool]:
        def is_written() -> bool:
            is_whole = to_payload(to_message(self._program.session.draft)) == payload
            return is_whole and self._is_checked()

        return is_written

    def _is_checked(self) -> bool:
        """Whether the count of bytes, and so the problems, are those of the message as it is."""
        size = size_bytes(to_message(self._program.session.draft))
        return self._program.window.compose.checked_bytes == size

    def _is_delivered(self, *, before: str) -> Callable[[], bool]:
        def is_delivered() -> bool:
            if (
                not self._driver.sees("verdict")
                or self._program.window.result_bar.msg_uuid == before
            ):
                return False
            said = self._driver.read("verdict.headline")
            if not said.startswith(DELIVERED):
                raise StepFailed(f"the verdict says {said!r}")
            return self._is_checked()

        return is_delivered

    def _has_history(self) -> bool:
        statuses = self._driver.read_column("history.table", STATUS_COLUMN)
        return len(statuses) == len(Kind) and set(statuses).issubset(DELIVERED)

    def _has_details(self) -> bool:
        headline = self._driver.read("history.verdict.headline")
        newest = self._program.history.page()[0].msg_uuid
        return headline.startswith(DELIVERED) and self._program.window.history.selected == newest

    def _has_arrived(self) -> bool:
        driver, page = self._driver, self._program.window.sandbox
        bubbles = [one for one in page.findChildren(QWidget, BUBBLES) if one.isVisibleTo(page)]
        verdicts = driver.read_column("sandbox.requests", VERDICT_COLUMN)
        headlines = [headline_of(from_payload(one).message) for one in samples().values()]
        return (
            len(bubbles) == len(verdicts) == len(Kind)
            and page.chat.is_settled
            and set(verdicts).issubset(ACCEPTED)
            and driver.read_column("sandbox.requests", REQUEST_COLUMN) == headlines[::-1]
        )

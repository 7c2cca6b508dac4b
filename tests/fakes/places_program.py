"""A program that opens each page and dialog when it is told to, to be looked at from outside.

`python -m tests.fakes.places_program FOLDER`: a line of a name in `PLACES` opens that one, and is
answered with the name of the window's object; an empty line closes it.
"""

import os
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, cast

from PySide6.QtCore import QEventLoop, QSocketNotifier, QTimer
from PySide6.QtWidgets import QApplication

from dingcomposer import app
from dingcomposer.runtime import make_application
from dingcomposer.services.settings import ThemeName
from dingcomposer.services.translations import Language
from dingcomposer.tour.sample_images import SampleImages
from tests.fakes.accessibility_bus import give_keyboard
from tests.fakes.fake_keyring import FakeKeyring
from tests.fakes.places import furnish, opened
from tests.fakes.programs import Person

POLL_MS = 20


class Waiting:
    """What a person at the program needs of pytest-qt: to wait, with the program running on."""

    def waitUntil(self, is_so: Callable[[], bool], *, timeout: int) -> None:  # noqa: N802
        """Wait until it is so; TimeoutError where it is not within `timeout` ms."""
        loop, ends = QEventLoop(), QTimer(singleShot=True, interval=timeout)
        look = QTimer(interval=POLL_MS)

        def on_timeout() -> None:
            if QApplication.activeWindow() is None or QApplication.modalWindow() is not None:
                give_keyboard(os.environ["DISPLAY"])  # no window manager does it here
            if is_so():
                loop.quit()

        look.timeout.connect(on_timeout)
        ends.timeout.connect(partial(loop.exit, 1))
        look.start()
        ends.start()
        if not is_so() and loop.exec() != 0:
            raise TimeoutError


def line_of(stdin: int) -> str:
    """The next line, with the program running meanwhile."""
    loop, said = QEventLoop(), QSocketNotifier(stdin, QSocketNotifier.Type.Read)
    said.activated.connect(loop.quit)
    loop.exec()
    return sys.stdin.readline()


def say(words: str) -> None:
    """Answer with a line."""
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def main(folder: Path) -> None:
    """Open and close, until there are no more lines."""
    application = make_application(sys.argv[:1])
    options = app.Options(
        data_dir=folder,
        language=Language.ENGLISH,
        theme=ThemeName.LIGHT,
        find_keyring=partial(FakeKeyring, {}),
        find_pictures=SampleImages,
    )
    program = app.build(application, options)
    program.window.resize(1280, 860)
    program.window.show()
    program.finish_start()
    person = Person(program, cast(Any, Waiting()))
    assert person.sandbox.url
    person.wait(lambda: all(one.has_token for one in program.robot_profiles.robots))
    furnish(person)
    say("ready")
    while name := line_of(sys.stdin.fileno()).strip():
        with opened(person, name) as place:
            say(place.objectName())
            line_of(sys.stdin.fileno())
        say("closed")
    program.shut_down()


if __name__ == "__main__":
    main(Path(sys.argv[1]))

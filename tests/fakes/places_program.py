"""A program that opens each page and dialog when it is told to, to be looked at from outside.

`python -m tests.fakes.places_program FOLDER`: a line of a name in `PLACES` opens that one, and is
answered with the name of the window's object; an empty line closes it. Meanwhile "fields" is
answered with the names of those that take words, "focus 3" gives the fourth of them the keyboard,
and "read" says what stands in it, what is composed there, and where its caret is.
"""

import json
import os
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, cast

from PySide6.QtCore import QEvent, QEventLoop, QObject, QRectF, QSocketNotifier, Qt, QTimer
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPlainTextEdit, QWidget

from dingcomposer import app
from dingcomposer.runtime import make_application
from dingcomposer.services.settings import ThemeName
from dingcomposer.services.translations import Language
from dingcomposer.tour.sample_images import SampleImages
from dingcomposer.ui import questions
from tests.fakes.accessibility_bus import give_keyboard
from tests.fakes.fake_dialogs import insists
from tests.fakes.fake_keyring import FakeKeyring
from tests.fakes.places import fields, furnish, is_secret, opened, takes_figures_only, text_of
from tests.fakes.programs import Person

POLL_MS = 20


class Waiting:
    """What a person at the program needs of pytest-qt: to wait, with the program running on."""

    def waitUntil(self, is_so: Callable[[], bool], *, timeout: int) -> None:  # noqa: N802
        """Wait until it is so; TimeoutError where it is not within `timeout` ms."""
        loop, ends = QEventLoop(), QTimer(singleShot=True, interval=timeout)
        look = QTimer(interval=POLL_MS)

        def on_timeout() -> None:
            if QApplication.platformName() == "xcb":
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


class Composed(QObject):
    """What an input method composes in any field."""

    begun = ""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look on only."""
        if isinstance(event, QInputMethodEvent):
            self.begun = event.preeditString()
        return super().eventFilter(watched, event)


def answer(place: QWidget, composed: Composed, asked: str) -> object:
    """What is known of the fields of a window."""
    found = [one for one in fields(place) if not takes_figures_only(one) and not is_secret(one)]
    if asked == "fields":
        return [one.objectName() for one in found]
    if asked.startswith("focus"):
        field: QWidget = found[int(asked.split()[1])]
        field = field.focusProxy() or field
        field.installEventFilter(composed)
        field.setFocus(Qt.FocusReason.TabFocusReason)
        return field.hasFocus()
    at = QApplication.focusWidget()
    if isinstance(at, QComboBox):
        at = at.lineEdit()
    if not isinstance(at, QLineEdit | QPlainTextEdit):
        return {"text": "", "begun": "", "caret": [0, 0]}
    rect = at.inputMethodQuery(Qt.InputMethodQuery.ImCursorRectangle)
    corner = at.mapToGlobal(QRectF(rect).toRect().bottomLeft())
    return {"text": text_of(at), "begun": composed.begun, "caret": [corner.x(), corner.y()]}


def say(words: str) -> None:
    """Answer with a line."""
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def main(folder: Path) -> None:
    """Open and close, until there are no more lines."""
    application = make_application(sys.argv[:1])
    questions.ask = lambda parent, question: insists(question)  # what was written is thrown away
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
    composed = Composed()
    say("ready")
    while name := line_of(sys.stdin.fileno()).strip():
        with opened(person, name) as place:
            say(place.objectName())
            while asked := line_of(sys.stdin.fileno()).strip():
                say(json.dumps(answer(place, composed, asked), ensure_ascii=False))
        say("closed")
    program.shut_down()


if __name__ == "__main__":
    main(Path(sys.argv[1]))

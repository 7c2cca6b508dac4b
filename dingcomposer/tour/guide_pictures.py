"""The pictures of windows in the guide: taken of the real ones, which a short tour opens.

`dev.py pictures` takes them anew, in both languages, and so does a test, which compares.
"""

import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialog,
    QHeaderView,
    QLabel,
    QLayout,
    QLineEdit,
    QSplitter,
    QWidget,
)

from dingcomposer.core.contacts import Contact
from dingcomposer.core.draft import Draft, from_message, to_message
from dingcomposer.core.messages import Markdown
from dingcomposer.core.payload import size_bytes
from dingcomposer.core.robot import Robot, Stage
from dingcomposer.runtime import make_application
from dingcomposer.sandbox.server import SandboxServer
from dingcomposer.services.settings import ThemeName
from dingcomposer.services.translations import Language
from dingcomposer.storage.secrets import CredentialsChange
from dingcomposer.tour.driver import StepFailed, UiDriver
from dingcomposer.tour.sample_images import SampleImages

if TYPE_CHECKING:
    from dingcomposer.app import Program

SCALE = 2.0
POLL_MS = 20
LIMIT_S = 20.0
REST_S = 0.3
COLOURS = 256
WINDOW = QSize(1180, 720)
WORDS, CONTROLS = "Words", "Controls"
"""Under these keys a picture keeps what stands in it, and how it is laid out."""

_FIGURE = re.compile(r"\d")

_SAID = {
    Language.ENGLISH: (
        "Canteen closed on Friday",
        "### Canteen closed on Friday\n\nThe kitchen is **cleaned** on Friday."
        "  \nLunch is in the building opposite, as usual from 11:30.\n\n- Cards work there\n"
        "- On Monday we are back",
        ("All staff", "Test group"),
        (("Li Wei", "Administration"), ("Zhang Min", "Operations"), ("Wang Fang", "Operations")),
        ("Hours of Monday", "Fire drill: what to do"),
    ),
    Language.CHINESE: (
        "周五食堂停餐",
        "### 周五食堂停餐\n\n周五食堂**大扫除**，停餐一天。"
        "  \n午餐请到对面楼，照常 11:30 开始。\n\n- 饭卡通用\n- 周一恢复",
        ("全员通知群", "测试群"),
        (("李伟", "行政部"), ("张敏", "运维部"), ("王芳", "运维部")),
        ("周一的开放时间", "消防演练须知"),
    ),
}


class KeptInMemory:
    """A keyring for as long as the pictures take: a person's window does not complain of none."""

    priority = 1

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, name: str) -> str | None:
        """What was kept; None where nothing was."""
        return self._kept.get((service, name))

    def set_password(self, service: str, name: str, password: str) -> None:
        """Keep it."""
        self._kept[service, name] = password

    def delete_password(self, service: str, name: str) -> None:
        """Forget it."""
        self._kept.pop((service, name), None)


class PicturesTour(QObject):
    """Opens one window after the other and saves a picture of each.

    Signals:
        ended(): all are taken, or one has failed; see `error`.
    """

    ended = Signal()

    def __init__(self, program: "Program", folder: Path, language: Language) -> None:
        super().__init__()
        self._program, self._folder = program, folder
        self._driver = UiDriver(program.window)
        self._said = _SAID[language]
        self._groups = ExitStack()
        self._steps = self._tour()
        self._until: Callable[[], bool] = lambda: True
        self._ends_at = time.monotonic() + LIMIT_S
        self.taken: list[str] = []
        self.error: StepFailed | None = None
        self._timer = QTimer(self, interval=POLL_MS)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def _look(self) -> None:
        try:
            if not self._until():
                if time.monotonic() > self._ends_at:
                    raise StepFailed(f"after {self.taken}: not within {LIMIT_S:.0f} s")
                return
            self._until = next(self._steps)
            self._ends_at = time.monotonic() + LIMIT_S
        except StopIteration:
            self._end()
        except StepFailed as failed:
            self.error = failed
            self._end()

    def _end(self) -> None:
        self._timer.stop()
        self._groups.close()
        self.ended.emit()

    def _tour(self) -> Iterator[Callable[[], bool]]:
        program, window = self._program, self._program.window
        group = self._prepare()
        yield lambda: window.compose.checked_bytes is not None
        yield self._is_settled
        yield self._after_a_moment()
        self._save("write", window)
        self._driver.click_row("robots.list", 0)
        self._driver.click("compose.send")
        yield self._is_delivered
        yield self._after_a_moment()
        self._save("delivered", window)
        for title in self._said[4]:
            program.session.begin(Draft())
            self._driver.click_row("robots.list", 0)
            program.session.edit(replace(program.session.draft, text=title))
            yield self._is_settled
            self._driver.click("compose.send")
            yield self._is_delivered
        self._driver.click("place.history")
        yield lambda: len(self._driver.read_column("history.table", 4)) == 3
        self._driver.click_row("history.table", 2)
        yield self._after_a_moment()
        self._save("history", window)
        self._driver.click("place.sandbox")
        yield self._after_a_moment()
        self._save("sandbox", window)
        self._driver.click("place.write")
        yield from self._dialogs(group)

    def _dialogs(self, group: Robot) -> Iterator[Callable[[], bool]]:
        from dingcomposer.ui.send.confirm_dialog import Confirmation, ConfirmDialog

        program, window = self._program, self._program.window
        window.edit_robot(group)
        yield from self._shot("robot", "robot")
        window.launchers.handlers()["contacts"]()
        yield from self._shot("contacts", "contacts")
        window.launchers.show_templates()
        yield from self._shot("templates", "templates")
        window.check_up(program.robot_profiles.robots[0].robot_id)
        yield from self._shot("checkup", "checkup", lambda: self._can_click("checkup.again"))
        message = Markdown(self._said[0], self._said[1])
        confirm = ConfirmDialog(Confirmation(message, group), window)
        confirm.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        confirm.open()
        yield from self._shot("confirm", "confirm")

    def _prepare(self) -> Robot:
        """Two groups beside the sandbox, people, and a message that is written."""
        program, (title, text, names, people, _more) = self._program, self._said
        robots = []
        for name, colour, stage in (
            (names[0], "#C5302B", Stage.PRODUCTION),
            (names[1], "#1A7F42", Stage.TEST),
        ):
            server = self._groups.enter_context(SandboxServer(secret_required=False))
            robot = Robot(name, name, colour, stage, server.url)
            program.robot_profiles.add(robot, CredentialsChange(server.access_token))
            robots.append(robot)
        program.contacts.put(
            [
                Contact(name, f"1380000000{number}", department=department)
                for number, (name, department) in enumerate(people, 1)
            ]
        )
        sandbox = program.session.target_id
        program.session.edit(from_message(Markdown(title, text)))
        assert sandbox is not None
        return robots[0]

    def _shot(
        self, name: str, widget: str, until: Callable[[], bool] = lambda: True
    ) -> Iterator[Callable[[], bool]]:
        """Wait for a dialog, take its picture, and close it."""
        yield lambda: self._dialog(widget) is not None and until()
        yield self._after_a_moment()
        dialog = self._dialog(widget)
        assert dialog is not None
        self._save(name, dialog)
        dialog.reject()
        yield lambda: self._dialog(widget) is None

    def _dialog(self, name: str) -> QDialog | None:
        found = (one for one in QApplication.topLevelWidgets() if one.objectName() == name)
        dialog = next((one for one in found if one.isVisible()), None)
        return dialog if isinstance(dialog, QDialog) else None

    def _can_click(self, name: str) -> bool:
        found = (one.findChild(QWidget, name) for one in QApplication.topLevelWidgets())
        return any(one is not None and one.isEnabled() for one in found)

    def _is_settled(self) -> bool:
        window = self._program.window
        size = size_bytes(to_message(self._program.session.draft))
        is_checked = window.compose.checked_bytes == size
        return window.preview.is_settled and is_checked and self._program.loader.is_idle

    def _after_a_moment(self) -> Callable[[], bool]:
        """What follows a change a little later, such as a bubble that is laid out, is done."""
        ends_at = time.monotonic() + REST_S
        return lambda: time.monotonic() > ends_at and self._is_settled()

    def _is_delivered(self) -> bool:
        draft = to_message(self._program.session.draft)
        rows = self._program.history.page()
        return any(row.message == draft and row.status == "delivered" for row in rows)

    def _save(self, name: str, widget: QWidget) -> None:
        path = self._folder / f"{name}.png"
        image = _picture_of(widget)
        image.setText(WORDS, words_in(widget))
        image.setText(CONTROLS, controls_in(widget))
        if not image.save(str(path), quality=0):
            raise StepFailed(f"{path} cannot be written")
        self.taken.append(name)


def words_in(widget: QWidget) -> str:
    """What stands on the controls, the labels and the columns of a window, a line each.

    Each picture keeps its own: a test compares them with those of the window as it is now. What has
    figures is left out, for they are dates, ports and numbers of this run.
    """
    said = set()
    for one in (widget, *widget.findChildren(QWidget)):
        if one.isVisible() and isinstance(one, QLabel | QAbstractButton):
            said.add(one.text())
        elif one.isVisible() and isinstance(one, QHeaderView):
            model = one.model()
            columns = range(one.count())
            said |= {str(model.headerData(at, one.orientation()) or "") for at in columns}
        elif one.isVisible() and isinstance(one, QLineEdit):
            said.add(one.placeholderText())
    lines = {line.strip() for words in said for line in words.splitlines()}
    return "\n".join(sorted(line for line in lines if line and not _FIGURE.search(line)))


def controls_in(widget: QWidget) -> str:
    """What stands beside what in a window, a line for each thing that holds others.

    In the order of the layouts, not by pixels: other fonts move nothing in it. A picture keeps its
    own beside its words, so that a control that came, went or changed places is noticed. Labels are
    left to the words, for some come with the day, and so are Qt's own parts, such as scroll bars.
    """
    lines = []
    for one in (widget, *widget.findChildren(QWidget)):
        if not _named(one):
            continue
        if isinstance(one, QSplitter):
            held = [_named(one.widget(at)) for at in range(one.count())]
        elif (layout := one.layout()) is not None:
            held = _laid_out(layout)
        else:
            continue
        if any(held):
            lines.append(f"{_named(one)}: {' '.join(filter(None, held))}")
    return "\n".join(sorted(lines))


def _laid_out(layout: QLayout) -> list[str]:
    found = []
    for at in range(layout.count()):
        item = layout.itemAt(at)
        if item is None:
            continue
        if (inner := item.layout()) is not None:
            found.append(f"({' '.join(filter(None, _laid_out(inner)))})")
        elif (widget := item.widget()) is not None:
            found.append(_named(widget))
    return [one for one in found if one != "()"]


def _named(widget: QWidget | None) -> str:
    if widget is None or not widget.isVisible() or isinstance(widget, QLabel):
        return ""
    name = widget.objectName() or type(widget).__name__
    return "" if name.startswith("qt_") else name


def _picture_of(widget: QWidget) -> QImage:
    """The widget at twice its size, in its 256 most frequent colours: it ships with the program."""
    QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
    pixmap = QPixmap(widget.size() * SCALE)
    pixmap.setDevicePixelRatio(SCALE)
    widget.render(pixmap, QPoint())
    image = pixmap.toImage().convertToFormat(QImage.Format.Format_RGB32)
    counts = Counter(memoryview(image.constBits()).cast("I"))
    table = [colour for colour, _count in counts.most_common(COLOURS)]
    flags = Qt.ImageConversionFlag.ThresholdDither | Qt.ImageConversionFlag.AvoidDither
    return image.convertToFormat(QImage.Format.Format_Indexed8, table, flags)


def take(application: QApplication, folder: Path, language: Language) -> list[str]:
    """Take all pictures into a folder; their names. Raises StepFailed."""
    from dingcomposer import app

    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="dingcomposer-guide-") as data:
        options = app.Options(
            data_dir=Path(data),
            language=language,
            theme=ThemeName.LIGHT,
            find_keyring=partial(cast, Any, KeptInMemory()),
            find_pictures=SampleImages,
        )
        program = app.build(application, options)
        program.window.resize(WINDOW)
        program.show()
        tour = PicturesTour(program, folder, language)
        tour.ended.connect(application.quit)
        application.exec()
        program.shut_down()
        del program
    if tour.error is not None:
        raise tour.error
    return tour.taken


def main(arguments: list[str]) -> int:
    """Take the pictures of one language: FOLDER LANGUAGE."""
    application = make_application(sys.argv[:1])
    language = Language(arguments[1])
    for name in take(application, Path(arguments[0]), language):
        print(f"{language}: {name}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""The preview beside the forms: the message in its group, its line in the list, and its JSON."""

from collections.abc import Mapping
from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QImage, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QSizePolicy,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from dingcomposer.core.messages import Message, Text, mentions_of, names_group
from dingcomposer.core.robot import Robot
from dingcomposer.services.background import Background
from dingcomposer.services.outbox import message_for
from dingcomposer.ui import theme
from dingcomposer.ui.preview.bubble import style as dt
from dingcomposer.ui.preview.bubble.bubble import Bubble, MessageAuthor
from dingcomposer.ui.preview.bubble.style import Device
from dingcomposer.ui.preview.conversation import ConversationLine, Notification
from dingcomposer.ui.preview.export import ExportButton, render_image
from dingcomposer.ui.preview.images.store import ImageStore
from dingcomposer.ui.preview.viewport import ChatViewport, PhoneFrame
from dingcomposer.ui.widgets.layouts import make_tab_anchor, set_tab_order_after, taking_tab
from dingcomposer.ui.widgets.plain_text import ElidedLabel, plain_tip
from dingcomposer.ui.widgets.segmented_bar import SegmentedBar

if TYPE_CHECKING:
    # At run time when somebody turns to it.
    from dingcomposer.ui.preview.json_view import JsonView

BOTH_FROM_PX = 818
"""How wide the panel must be to show PC and phone side by side, with a bar to scroll the PC."""

_NEUTRAL_COLOUR = "#8A919C"


class View(StrEnum):
    """Which devices are shown."""

    PC = "pc"
    PHONE = "phone"
    BOTH = "both"


class PreviewPanel(QWidget):
    """Shows the message that is being written as its group will see it.

    A device, and a page, is made when it is first shown.
    `background` and `pictures` are shared with other previews where they are given.

    Signals:
        link_clicked(str): an address in the message, as written. Nothing is opened here.
        place_clicked(str, int): the field that was clicked on, spelled as `core.checks` does, and
            the line in it, from 0 on; -1 where there is none.
        settled(): all that is visible of the message is drawn.
        room_wanted(int): be made so many pixels wide, for both devices side by side.
        said(str): what came of something that was asked of the panel, in a sentence.
    """

    link_clicked = Signal(str)
    place_clicked = Signal(str, int)
    settled = Signal()
    room_wanted = Signal(int)
    said = Signal(str)

    def __init__(
        self,
        parent: QWidget | None = None,
        *,
        background: Background | None = None,
        pictures: ImageStore | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("preview")
        self.setAccessibleName(self.tr("Preview"))
        self._message: Message = Text("")
        self._names_group = False
        self._robot: Robot | None = None
        self._names: Mapping[str, str] = {}
        self._view = View.PC
        self._room_px = 0
        self._line: int | None = None
        self._is_following = False
        self._is_dark: bool | None = None
        # Made in the order in which the Tab key goes through them.
        self._devices = self._make_devices()
        self._looks = self._make_looks()
        self._approval = ExportButton(self._take, lambda: self._message, self)
        self._approval.said.connect(self.said)
        self._background = background or Background(self)
        self._pictures = pictures or ImageStore(self)
        self._marks: Mapping[int, str] = {}
        self._stages: dict[Device, ChatViewport] = {}
        self._anchors = {device: make_tab_anchor(self) for device in Device}
        self._phone: PhoneFrame | None = None
        self._list_line = ConversationLine(self)
        self._notification: Notification | None = None
        self._notice_page: QWidget | None = None
        self._json: JsonView | None = None
        self._json_anchor = make_tab_anchor(self)
        self._estimate = ElidedLabel(self)
        self._estimate.setObjectName("preview.estimate")
        self._estimate.setProperty("faint", True)
        self._estimate.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._estimate.setText(self.tr("An estimate"))
        self._estimate_tip = self.tr(
            "Drawn after public screenshots of DingTalk; dark was never measured."
        )
        self._estimate.setToolTip(self._estimate_tip)
        self._estimate.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._pages = self._make_pages()
        self._copy = QToolButton(self)
        self._copy.setObjectName("preview.copy")
        self._copy.clicked.connect(self._on_copy_clicked)
        self._stack = QStackedWidget(self)
        self._lay_out()
        self._refresh()

    @property
    def view(self) -> View:
        """What is shown now: "both" only where there is room for it."""
        is_wide = self.width() >= BOTH_FROM_PX
        return View.PC if self._view is View.BOTH and not is_wide else self._view

    @property
    def chosen_view(self) -> View:
        """What the person chose, whether or not there is room for it."""
        return self._view

    @property
    def is_settled(self) -> bool:
        """True where all that is visible of the message is drawn."""
        return all(self._stage(device).bubble.is_settled for device in self._shown_devices())

    def bubble(self, device: Device) -> Bubble:
        """The bubble as a device shows it."""
        return self._stage(device).bubble

    def picture(
        self, devices: tuple[Device, ...] | None = None, *, has_frame: bool = True
    ) -> QImage:
        """What these devices show, as a picture of twice its size; None means what is shown now.

        Without the frame it is the card alone.
        """
        return render_image(
            self._message,
            self._sender(),
            devices=devices or self._shown_devices(),
            look=self._look(),
            has_frame=has_frame,
            at_names=self._names,
            pictures=self._pictures,
        )

    def show_message(
        self, message: Message, robot: Robot | None, at_names: Mapping[str, str] | None = None
    ) -> None:
        """Show a message as this robot would post it; None draws a neutral robot."""
        told, before = self._names_group, self._robot
        self._robot, self._names = robot, at_names or {}
        self._names_group = names_group(message)
        self._message = message_for(robot, message)
        self._show(self._look(), self._sender())
        if told != self._names_group or (told and before != robot):
            self._show_estimate()

    def show_marks(self, marks: Mapping[int, str]) -> None:
        """Put a mark beside what these lines of the text became, from line 0 on.

        The words, one sentence or several lines, are said when the pointer rests on it: that PC
        and phone differ there, for instance.
        """
        self._marks = marks
        for stage in self._stages.values():
            stage.bubble.show_marks(marks)

    def follow_line(self, line: int | None) -> None:
        """Mark what this line of the text became, and scroll there if it is out of sight.

        Called beside `show_message`, it follows once the newer text is drawn.
        """
        self._line = line
        self._is_following = True
        if self.is_settled:
            self._follow()

    def _follow(self) -> None:
        self._is_following = False
        for device in self._shown_devices():
            self._stage(device).follow(self._line)

    def set_room(self, room_px: int) -> None:
        """How wide it could be made: from `BOTH_FROM_PX` on, both devices are offered."""
        was_offered = self._offers_both()
        self._room_px = room_px
        if self._offers_both() != was_offered:
            self._refresh()

    def _offers_both(self) -> bool:
        return max(self.width(), self._room_px) >= BOTH_FROM_PX

    def set_view(self, view: View) -> None:
        """Show these devices, at the same place of the message."""
        if view is View.BOTH and self.width() < BOTH_FROM_PX <= self._room_px:
            self.room_wanted.emit(BOTH_FROM_PX)
        if view is not self._view:
            before = self._stage(self._shown_devices()[0])
            self._view = view
            self._refresh()
            for device in self._shown_devices():
                if self._stage(device) is not before:
                    self._stage(device).go_to(before.fraction)
        self._devices.choose(self.view.value)

    def set_dark(self, is_dark: bool | None) -> None:
        """DingTalk in its dark or light appearance; None follows the program's theme."""
        self._is_dark = is_dark
        self._refresh()

    def minimumSizeHint(self) -> QSize:
        """Narrow enough for a small window; the card is then narrower than a PC's."""
        return QSize(280, 240)

    def sizeHint(self) -> QSize:
        """A PC's card with its frame."""
        return QSize(444, 600)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Offers both devices from a certain width on."""
        super().resizeEvent(event)
        is_wide = event.size().width() >= BOTH_FROM_PX
        was_wide = event.oldSize().width() >= BOTH_FROM_PX
        if is_wide != was_wide:
            self._refresh()

    def changeEvent(self, event: QEvent) -> None:
        """Follows the program's theme until a person chooses."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self._is_dark is None:
            self._refresh()

    def _look(self) -> dt.Style:
        is_dark = theme.current().is_dark if self._is_dark is None else self._is_dark
        return dt.style_of(is_dark=is_dark)

    def _sender(self) -> MessageAuthor:
        if self._robot is None:
            return MessageAuthor(self.tr("Robot"), _NEUTRAL_COLOUR)
        return MessageAuthor(self._robot.name, self._robot.colour)

    def _shown_devices(self) -> tuple[Device, ...]:
        match self.view:
            case View.PC:
                return (Device.PC,)
            case View.PHONE:
                return (Device.PHONE,)
            case View.BOTH:
                return (Device.PC, Device.PHONE)

    def _refresh(self) -> None:
        look = self._look()
        sender = self._sender()
        self._devices.set_offered(View.BOTH.value, is_offered=self._offers_both())
        self._devices.choose(self.view.value)
        self._looks.choose("dark" if look.is_dark else "light")
        devices = self._shown_devices()
        for device in devices:
            self._stage(device).set_look(look)
        if self._phone is not None:
            self._phone.set_look(look)
            self._phone.setVisible(Device.PHONE in devices)
        if Device.PC in self._stages:
            self._stages[Device.PC].setVisible(Device.PC in devices)
        self._row.activate()  # a device that was just made has its place before it draws
        self._show(look, sender)
        for device in devices:
            self._stage(device).bubble.show_place(self._line)

    def _show(self, look: dt.Style, sender: MessageAuthor) -> None:
        """The message, wherever it appears; most keys change nothing else."""
        names = self._names
        self._list_line.show_message(self._message, sender, look, at_names=names)
        if self._notification is not None:
            self._notification.show_message(self._message, sender, look, at_names=names)
        if self._json is not None:
            self._json.show_message(self._message)
        for device in self._shown_devices():
            self._stage(device).bubble.show_message(
                self._message,
                sender,
                device=device,
                look=look,
                at_names=self._names,
                is_reader_mentioned=bool(mentions_of(self._message)),
            )

    def _lay_out(self) -> None:
        stages = self._devices_page = QWidget(self._stack)
        stages.setObjectName("preview.stages")
        self._row = QHBoxLayout(stages)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(6)
        self._stack.addWidget(stages)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        top = QHBoxLayout()
        top.addWidget(self._devices)
        top.addStretch(1)
        top.addWidget(self._looks)
        top.addWidget(self._approval)
        column.addLayout(top)
        column.addWidget(self._list_line)
        column.addWidget(self._stack, 1)
        # A line of its own: between the choices a small window would cut it off.
        column.addWidget(self._estimate)
        bottom = QHBoxLayout()
        bottom.addWidget(self._pages)
        bottom.addStretch(1)
        bottom.addWidget(self._copy)
        column.addLayout(bottom)
        self._turn_to("bubble")

    def _stage(self, device: Device) -> ChatViewport:
        if device in self._stages:
            return self._stages[device]
        bubble = Bubble(background=self._background, pictures=self._pictures)
        bubble.link_clicked.connect(self.link_clicked)
        bubble.place_clicked.connect(self.place_clicked)
        bubble.settled.connect(self._on_bubble_settled)
        bubble.show_marks(self._marks)
        stage = self._stages[device] = ChatViewport(bubble, device, self)
        if device is Device.PHONE:
            self._phone = PhoneFrame(stage)
            self._row.addWidget(self._phone, 0)
        else:
            self._row.insertWidget(0, stage, 1)
        set_tab_order_after(self._anchors[device], taking_tab(stage))
        return stage

    def _turn_to(self, page: str) -> None:
        self._stack.setCurrentWidget(self._page(page))
        is_json = page == "json"
        words = self.tr("Copy JSON") if is_json else self.tr("Copy picture")
        self._copy.setText(self.tr("Copy"))
        self._copy.setToolTip(words)
        self._copy.setAccessibleName(words)
        self._copy.setVisible(page != "notification")

    def _page(self, page: str) -> QWidget:
        match page:
            case "notification":
                return self._notification_page()
            case "json":
                return self._json_page()
            case _:
                return self._devices_page

    def _notification_page(self) -> QWidget:
        if self._notice_page is None:
            page = self._notice_page = QWidget(self._stack)
            self._notification = Notification(page)
            column = QVBoxLayout(page)
            column.setContentsMargins(12, 20, 12, 12)
            column.addWidget(self._notification)
            column.addStretch(1)
            self._stack.addWidget(page)
            self._show(self._look(), self._sender())
        return self._notice_page

    def _json_page(self) -> "JsonView":
        if self._json is None:
            from dingcomposer.ui.preview.json_view import JsonView

            self._json = JsonView(self._stack)
            self._json.show_message(self._message)
            self._stack.addWidget(self._json)
            set_tab_order_after(self._json_anchor, taking_tab(self._json))
        return self._json

    def _make_devices(self) -> SegmentedBar:
        made = self._bar("preview.device")
        made.add(View.PC.value, self.tr("PC"))
        made.add(View.PHONE.value, self.tr("Phone"))
        made.add(View.BOTH.value, self.tr("Both"))
        made.chosen.connect(lambda key: self.set_view(View(key)))
        return made

    def _make_looks(self) -> SegmentedBar:
        made = self._bar("preview.look")
        made.add("light", self.tr("Light"))
        made.add("dark", self.tr("Dark"))
        made.chosen.connect(lambda key: self.set_dark(key == "dark"))
        return made

    def _make_pages(self) -> SegmentedBar:
        made = self._bar("preview.page")
        made.add("bubble", self.tr("Bubble"))
        made.add("notification", self.tr("Pop-up"))
        made.add("json", self.tr("JSON"))
        made.choose("bubble")
        made.chosen.connect(self._turn_to)
        return made

    def _bar(self, name: str) -> SegmentedBar:
        bar = SegmentedBar(self)
        bar.setObjectName(name)
        bar.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        return bar

    def _on_copy_clicked(self) -> None:
        if self._json is not None and self._stack.currentWidget() is self._json:
            self._json.copy()
        else:
            self._approval.copy(self._shown_devices())

    def _show_estimate(self) -> None:
        is_narrower = any(self.bubble(device).is_narrower for device in self._shown_devices())
        words = self.tr("An estimate")
        if is_narrower:
            words = self.tr("An estimate, narrower than in DingTalk")
        if self._names_group and self._robot is not None:
            words = self.tr("As {group} gets it: every group gets its own name")
            words = words.format(group=self._robot.name)
        elif self._names_group:
            words = self.tr("Every group gets its own name here, as it is sent")
        if words != self._estimate.text():
            self._estimate.setText(words)
            self._estimate.setToolTip(plain_tip(f"{words}\n{self._estimate_tip}"))

    def _take(self, devices: tuple[Device, ...], has_frame: bool) -> QImage:
        return self.picture(devices, has_frame=has_frame)

    def _on_bubble_settled(self) -> None:
        if self.is_settled:
            self._show_estimate()
            if self._is_following:
                self._follow()
            self.settled.emit()

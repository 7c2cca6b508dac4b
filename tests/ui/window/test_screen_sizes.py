"""The window and its dialogs on screens of all sizes: in sight, in order, and where they were."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QStyle,
    QStyleOptionComboBox,
    QToolButton,
    QTreeWidget,
    QWidget,
)

from dingcomposer.core.draft import Draft, from_message
from dingcomposer.core.messages import (
    ActionCard,
    Button,
    FeedCard,
    FeedLink,
    Kind,
    Link,
    Markdown,
    Message,
    Orientation,
    Text,
)
from dingcomposer.core.robot import Stage
from dingcomposer.ui.compose.form import DraftForm
from dingcomposer.ui.context import Page
from dingcomposer.ui.preview.bubble.style import CARD_WIDTH_PX, Device
from dingcomposer.ui.send.confirm_dialog import Confirmation, ConfirmDialog
from dingcomposer.ui.send.recipients_dialog import RecipientsDialog
from tests.fakes.fake_keyring import FakeKeyring
from tests.fakes.programs import Person, Start

TWICE = QSize(720, 418)
"""What a screen of 1440 x 900 pixels leaves at 200 %, below a title bar."""

CARD = ActionCard(
    "年会报名",
    "### 年会报名\n\n请在周五前选择。",
    (Button("我参加", "https://example.com/y"), Button("不参加", "https://example.com/n")),
    orientation=Orientation.HORIZONTAL,
)
LONG = Markdown("通知", "\n\n".join(["正文段落，比较长的一段话，用来看看卡片有多高。" * 4] * 12))
MESSAGES: tuple[Message, ...] = (
    Text("大家好，今天下午三点开会。" * 12),
    Link("标题", "正文" * 40, "https://example.com/", None),
    LONG,
    CARD,
    FeedCard((FeedLink("一", "https://example.com/", "https://example.com/a.png"),)),
)


def resize(person: Person, width: int, height: int) -> None:
    window = person.program.window
    window.resize(width, height)
    person.wait(lambda: window.size() == QSize(width, height))
    QApplication.processEvents()


def is_in_sight(person: Person, name: str) -> bool:
    """Whether all of a widget lies within the window, and within what it scrolls in."""
    widget, window = person.driver.find(name), person.program.window
    parent = widget.parentWidget()
    while parent is not None and parent is not window:
        if isinstance(parent, QScrollArea):
            top = widget.mapTo(parent.viewport(), QPoint(0, 0)).y()
            if top < 0 or top + widget.height() > parent.viewport().height():
                return False
        parent = parent.parentWidget()
    corner = widget.mapTo(window, QPoint(0, 0))
    return window.rect().contains(corner) and window.rect().contains(
        corner + QPoint(widget.width() - 1, widget.height() - 1)
    )


@pytest.mark.parametrize("message", MESSAGES, ids=lambda one: type(one).__name__)
def test_at_200_percent_all_that_sends_is_in_sight(start: Start, message: Message) -> None:
    person = start()
    person.program.session.begin(from_message(message))
    resize(person, TWICE.width(), TWICE.height())
    for page in (Page.HISTORY, Page.SANDBOX, Page.WRITE):
        person.program.window.go_to(page)
    window = person.program.window
    # Widgets within widgets ask for their room one after the other.
    person.wait(lambda: TWICE.expandedTo(window.minimumSizeHint()) == TWICE)
    for name in ("compose.send", "compose.target", "compose.more", "place.preview"):
        assert is_in_sight(person, name), name


@pytest.mark.parametrize("message", MESSAGES, ids=lambda one: type(one).__name__)
def test_beside_the_preview_no_form_is_wider_than_its_place(start: Start, message: Message) -> None:
    person = start()
    person.program.session.begin(from_message(message))
    resize(person, 900, 600)
    form = person.program.window.findChild(DraftForm)
    assert form is not None
    place = form.parentWidget()
    assert place is not None
    assert form.minimumSizeHint().width() <= place.width()


def test_in_a_narrow_window_form_and_preview_take_turns(start: Start) -> None:
    person = start()
    assert not person.driver.sees("place.preview")

    def lit() -> list[str]:
        buttons = person.program.window.findChildren(QPushButton)
        places = [one for one in buttons if one.objectName().startswith("place.")]
        return [one.objectName() for one in places if one.isChecked()]

    resize(person, TWICE.width(), TWICE.height())
    assert not person.driver.sees("preview")
    person.driver.click("place.preview")
    assert person.driver.sees("preview")
    assert not person.driver.sees("compose.send")
    assert lit() == ["place.preview"]
    person.driver.click("place.write")
    assert lit() == ["place.write"]
    assert person.driver.sees("compose.send")
    person.driver.click("place.preview")
    resize(person, 1000, 600)
    assert lit() == ["place.write"]
    assert person.driver.sees("preview")
    assert person.driver.sees("compose.send")


@pytest.mark.parametrize("message", MESSAGES, ids=lambda one: type(one).__name__)
@pytest.mark.parametrize("device", Device)
def test_at_900_by_600_the_preview_fits(start: Start, message: Message, device: Device) -> None:
    person = start()
    resize(person, 900, 600)
    person.program.session.begin(from_message(message))
    person.driver.click(f"preview.device.{device}")
    stage = person.driver.find(f"preview.stage.{device}")
    assert isinstance(stage, QScrollArea)
    preview = person.program.window.preview
    person.wait(lambda: preview.is_settled and stage.horizontalScrollBar().maximum() == 0)
    bubble = preview.bubble(device)
    assert bubble.mapTo(stage, QPoint(bubble.width(), 0)).x() <= stage.width()


def test_a_preview_with_room_for_it_has_the_width_of_dingtalk(start: Start) -> None:
    person = start()
    person.program.session.begin(from_message(CARD))
    bubble = person.program.window.preview.bubble(Device.PC)
    person.wait(lambda: not bubble.is_narrower)
    card = next(
        one for one in bubble.findChildren(QWidget) if one.width() == CARD_WIDTH_PX[Device.PC]
    )
    assert card.isVisible()
    resize(person, 900, 600)
    person.wait(lambda: bubble.is_narrower)


def test_sending_moves_neither_the_button_nor_the_keyboard(start: Start) -> None:
    person = start()
    person.write_text("hello")
    person.program.window.compose.focus_caret()
    window = person.program.window
    send, text = person.driver.find("compose.send"), person.driver.find("compose.text")
    person.wait(send.isEnabled)
    before = send.mapTo(window, QPoint(0, 0))
    person.send()
    person.wait(lambda: window.result_bar.isVisible() and send.isEnabled())
    QApplication.processEvents()
    assert send.mapTo(window, QPoint(0, 0)) == before
    assert window.focusWidget() is text


def test_who_sends_by_keyboard_is_at_the_button_again(start: Start) -> None:
    person = start()
    person.write_text("hello")
    send = person.driver.find("compose.send")
    person.wait(send.isEnabled)
    send.setFocus()
    QTest.keyClick(send, Qt.Key.Key_Space)
    assert person.program.window.focusWidget() is not person.driver.find("compose.more")
    person.wait(lambda: person.program.window.result_bar.isVisible() and send.isEnabled())
    assert person.program.window.focusWidget() is send


def test_of_a_card_with_two_buttons_all_is_in_sight_in_a_window_as_it_first_opens(
    start: Start,
) -> None:
    person = start()
    resize(person, 1280, 820)
    person.program.session.restore(from_message(CARD), person.target_id)
    person.wait(lambda: person.driver.sees("compose.buttons.1.url"))
    QApplication.processEvents()
    for name in ("title", "text", "buttons.0.title", "buttons.1.url", "orientation", "mentions"):
        person.wait(partial(is_in_sight, person, f"compose.{name}"))


def test_what_is_found_in_a_card_with_two_buttons_covers_no_field_in_such_a_window(
    start: Start,
) -> None:
    person = start()
    resize(person, 1280, 820)
    group = person.add_group("销售群", Stage.TEST)
    person.program.robot_profiles.save(replace(person.robot_called("销售群"), keywords=("通知",)))
    person.program.session.set_target(group.robot_id)
    person.program.session.edit(Draft(kind=Kind.INDEPENDENT, title="年会报名"))
    person.wait(lambda: len(person.program.window.compose.problems) > 1)
    person.wait(lambda: person.driver.sees("compose.problems"))
    rows = person.driver.find("compose.problems")
    assert rows.height() > 50, "the keyword, and what is still to be filled in"

    def free_px() -> int:
        mentions, compose = person.driver.find("compose.mentions"), person.program.window.compose
        return rows.y() - mentions.mapTo(compose, mentions.rect().bottomLeft()).y()

    person.wait(lambda: free_px() > 0)


# Dialogs


def opened(person: Person, name: str) -> QDialog:
    window = person.program.window
    match name:
        case "robot":
            window.edit_robot(None)
        case "missing":
            window.ask_for_webhooks()
        case "several":
            window.compose.request_broadcast()
        case _:
            handlers: dict[str, Callable[[], object]] = {
                one.objectName(): one.trigger for one in window.menus.findChildren(QAction)
            }
            handlers[f"menu.{name}"]()
    found = [one for one in window.findChildren(QDialog, name) if one.isVisible()]
    assert len(found) == 1, name
    return found[0]


@pytest.mark.parametrize(
    "name",
    ["robot", "missing", "several", "plan", "contacts", "closed_drafts", "versions", "export"],
)
def test_the_answers_of_every_dialog_stand_in_the_platforms_order(start: Start, name: str) -> None:
    person = start()
    person.add_group("一", Stage.TEST)
    if name == "export":
        person.write_text("x")
        person.send()
    dialog = opened(person, name)
    primary = [one for one in dialog.findChildren(QPushButton) if one.property("primary")]
    assert len(primary) == 1
    box = primary[0].parentWidget()
    assert isinstance(box, QDialogButtonBox)
    roles = {box.buttonRole(one) for one in box.buttons()}
    assert roles == {QDialogButtonBox.ButtonRole.AcceptRole, QDialogButtonBox.ButtonRole.RejectRole}
    dialog.reject()


@pytest.mark.parametrize(
    "name", ["robot", "missing", "several", "plan", "contacts", "about", "shortcuts", "queue"]
)
def test_every_dialog_fits_a_small_screen(start: Start, name: str) -> None:
    person = start()
    person.add_group("一", Stage.TEST)
    dialog = opened(person, name)
    least = dialog.minimumSizeHint().expandedTo(dialog.minimumSize())
    assert least.width() <= TWICE.width()
    assert least.height() <= TWICE.height()
    dialog.reject()


def test_the_question_is_as_wide_as_the_card_and_as_high_as_the_screen_allows(
    start: Start,
) -> None:
    person = start()
    robot = person.add_group("全员群", Stage.PRODUCTION)
    dialog = ConfirmDialog(Confirmation(LONG, robot), person.program.window)
    dialog.open()
    area = dialog.findChild(QScrollArea, "confirm.message")
    assert area is not None
    bubble = area.widget()
    assert bubble is not None
    screen = dialog.screen().availableGeometry()
    person.wait(lambda: dialog.height() > screen.height() - 100)
    assert dialog.height() <= screen.height()
    assert bubble.sizeHint().width() <= area.viewport().width()
    assert area.horizontalScrollBar().maximum() == 0
    back = dialog.findChild(QPushButton, "confirm.back")
    assert back is not None
    assert back.isDefault()
    dialog.reject()
    short = ConfirmDialog(Confirmation(Text("hello"), robot), person.program.window)
    short.open()
    assert short.height() < screen.height() * 2 // 3
    short.reject()


def test_ticking_a_group_moves_nothing_and_all_rows_are_of_one_height(start: Start) -> None:
    person = start()
    for name in ("一", "二", "华东区研发中心后端平台组与运维值班群"):
        person.add_group(name, Stage.PRODUCTION)
    dialog = RecipientsDialog(person.program.robot_profiles.robots, person.program.window)
    dialog.open()
    tree = dialog.findChild(QTreeWidget, "several.groups")
    assert tree is not None

    def places() -> list[tuple[int, int, int]]:
        items = [tree.topLevelItem(number) for number in range(tree.topLevelItemCount())]
        items += [one.child(row) for one in items if one for row in range(one.childCount())]
        rects = [tree.visualItemRect(one) for one in items if one]
        return [(one.x(), one.y(), one.height()) for one in rects]

    before = places()
    assert len({height for _, _, height in before}) == 1
    dialog.check("一")
    assert places() == before
    dialog.reject()


def test_a_webhook_put_off_has_a_way_back_and_enter_saves_it(
    start: Start, ring: FakeKeyring
) -> None:
    person = start()
    robot = person.add_group("一", Stage.TEST)
    server = person.sandbox
    person.program.shut_down()
    ring.entries.clear()
    again = start()
    window = again.program.window
    again.wait(lambda: window.findChildren(QDialog, "missing"))
    (dialog,) = window.findChildren(QDialog, "missing")
    later = dialog.findChild(QPushButton, "missing.later")
    assert later is not None
    later.click()
    way_back = window.findChild(QToolButton, "status.missing")
    assert way_back is not None
    again.wait(way_back.isVisible)
    assert way_back.text() == "1 robot without a webhook: paste…"
    way_back.click()
    dialog = next(one for one in window.findChildren(QDialog, "missing") if one.isVisible())
    field = dialog.findChild(QPlainTextEdit, f"missing.{robot.robot_id}")
    assert field is not None
    webhook = f"{again.sandbox.url}?access_token={server.access_token}"
    QApplication.clipboard().setText(webhook)
    field.paste()
    QTest.keyClick(field, Qt.Key.Key_Return)
    again.wait(lambda: again.robot_called("一").has_token)
    again.wait(lambda: not way_back.isVisible())


def test_about_and_the_plan_say_what_they_are_for(start: Start) -> None:
    person = start()
    about = opened(person, "about")
    assert about.findChild(QWidget, "about.version") is not None
    about.reject()
    plan = opened(person, "plan")
    field = plan.findChild(QLineEdit, "plan.calls")
    assert field is not None
    assert plan.focusWidget() is field
    plan.reject()


def test_a_new_message_shows_no_bytes(start: Start) -> None:
    person = start()
    person.program.session.begin(Draft())
    assert not person.driver.sees("compose.size")


def test_the_list_of_a_box_opens_below_it_and_looks_as_menus_do(start: Start) -> None:
    person = start()
    person.program.window.go_to(Page.SANDBOX)
    box = person.driver.find("sandbox.fault")
    assert isinstance(box, QComboBox)
    option = QStyleOptionComboBox()
    option.initFrom(box)
    # Else it is Qt's own menu: as high as the screen, over the box, its choice in another colour.
    assert box.style().styleHint(QStyle.StyleHint.SH_ComboBox_Popup, option, box) == 0

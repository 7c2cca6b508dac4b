"""What a screen reader is told: of every page and dialog, and of what happens meanwhile."""

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from itertools import pairwise

import pytest
from PySide6.QtCore import QAbstractListModel, QModelIndex, QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleInterface
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QDialog,
    QLineEdit,
    QMenu,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

import dingcomposer.ui
from dingcomposer.core.delivery import Status
from dingcomposer.core.draft import from_message
from dingcomposer.core.messages import Kind
from dingcomposer.core.payload import from_payload
from dingcomposer.sandbox.rules import Rules
from dingcomposer.tour.play import samples
from dingcomposer.ui.compose.message_editor import MessageEditor
from dingcomposer.ui.context import Page
from tests.fakes.places import PLACES, furnish, opened
from tests.fakes.programs import Person, Start

ROLE = QAccessible.Role
CELLS = (ROLE.Cell, ROLE.ListItem, ROLE.TreeItem, ROLE.ColumnHeader, ROLE.RowHeader)
# What these names say is the whole of what a person needs; the rest is spoken by what is in them.
USEFUL = frozenset(
    (
        *(ROLE.Button, ROLE.CheckBox, ROLE.RadioButton, ROLE.ButtonMenu, ROLE.ButtonDropDown),
        *(ROLE.EditableText, ROLE.StaticText, ROLE.ComboBox, ROLE.SpinBox, ROLE.Slider),
        *(ROLE.List, ROLE.Tree, ROLE.Table, ROLE.PageTab, ROLE.MenuItem, ROLE.MenuBar),
        *(ROLE.Client, ROLE.Grouping, ROLE.Chart, ROLE.Graphic, ROLE.Document, ROLE.Splitter),
        *(ROLE.ScrollBar, ROLE.Link, ROLE.Dialog, ROLE.Window, ROLE.Border, ROLE.Pane),
        *(ROLE.PopupMenu, ROLE.Column, ROLE.ProgressBar),
    )
)
MOST_ROWS = 40
MOST_LINKS = 200
"""Of a page of the guide: Tab leads through them first."""


def name_of(part: QAccessibleInterface) -> str:
    return part.text(QAccessible.Text.Name).strip()


def parts(root: QAccessibleInterface, depth: int = 0) -> Iterator[QAccessibleInterface]:
    """All that a screen reader finds below a window, as far as it is in sight."""
    yield root
    if depth > 40:
        return
    for number in range(min(root.childCount(), MOST_ROWS)):
        part = root.child(number)
        if part.isValid() and not part.state().invisible:
            yield from parts(part, depth + 1)


def interface(widget: QWidget) -> QAccessibleInterface:
    found = QAccessible.queryAccessibleInterface(widget)
    assert found is not None
    return found


def faults(widget: QWidget) -> list[str]:
    """What a person could not use by ear: no name, or a role that says nothing."""
    found = []
    for part in parts(interface(widget)):
        state = part.state()
        place = part.rect()  # never its object: that would take what Qt owns along with it
        where = f"{part.role().name} at {place.x()}, {place.y()}"
        if not state.focusable:
            continue
        if part.role() in CELLS:
            continue  # an empty cell is an empty cell; what rows say is looked at by itself
        if not name_of(part):
            found.append(f"no name: {where}")
        if part.role() not in USEFUL:
            found.append(f"no role: {where}")
    return found


def silent_rows(widget: QWidget) -> list[str]:
    """Lists and tables with a row of which nothing is said."""
    found = []
    for view in widget.findChildren(QAbstractItemView):
        model = view.model()
        if not view.isVisible():
            continue
        for row in range(min(model.rowCount(QModelIndex()), MOST_ROWS)):
            is_list = isinstance(model, QAbstractListModel)
            columns = 1 if is_list else model.columnCount(QModelIndex())
            roles = (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.DisplayRole)
            indices = [model.index(row, column) for column in range(columns)]
            if not any(str(one.data(role) or "").strip() for one in indices for role in roles):
                found.append(f"{view.objectName()}: row {row}")
    return found


@pytest.fixture(autouse=True)
def _is_listened_to() -> Iterator[None]:
    """A screen reader is there."""
    QAccessible.setActive(True)
    yield
    QAccessible.setActive(False)


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is announced, as it is handed to the system."""
    said: list[str] = []

    def hear(event: object) -> None:
        if isinstance(event, QAccessibleAnnouncementEvent):
            said.append(event.message())

    monkeypatch.setattr(QAccessible, "updateAccessibility", staticmethod(hear))
    return said


@pytest.fixture
def person(start: Start) -> Person:
    """Somebody with two groups, people, and a few sends behind them."""
    return furnish(start())


def check(widget: QWidget) -> None:
    assert name_of(interface(widget)), f"{widget.objectName()} has no name"
    assert faults(widget) == []
    assert silent_rows(widget) == []


def tab_on(at: QWidget) -> QWidget | None:
    """What Tab leads to from here; the same where it never leads on."""
    for number in range(MOST_LINKS):
        if number and isinstance(at, MessageEditor):
            QTest.keyClick(at, Qt.Key.Key_Escape)  # in a list, Tab moves the item
        QTest.keyClick(at, Qt.Key.Key_Tab)
        if (found := QApplication.focusWidget()) is not at:
            return found
    return at


def tab_order(window: QWidget) -> tuple[list[QWidget], list[str]]:
    """What Tab leads to, from the uppermost on, and where it does not lead round."""
    at = QApplication.focusWidget() or tab_on(window)
    found: list[QWidget] = []
    while at is not None and at not in found:
        found.append(at)
        at = tab_on(at)
    astray = [] if at in found[:1] else [f"not round: {one.objectName()}" for one in found[-1:]]
    corners = [one.mapTo(window, QPoint(0, 0)) for one in found]
    is_place = [not one.objectName().startswith("place.") for one in found]
    first = min(range(len(found)), key=lambda at: (is_place[at], corners[at].y(), corners[at].x()))
    return found[first:] + found[:first], astray


def part_of(widget: QWidget, whole: QWidget) -> list[QWidget]:
    """The widget, and all that it is in, from the whole on."""
    found = [widget]
    while found[0] is not whole and (parent := found[0].parentWidget()) is not None:
        found.insert(0, parent)
    return found


def focus_faults(window: QWidget) -> list[str]:
    """Where Tab leads back: to what stands above where it was, or before it in the same line.

    Looked at are the two parts of the window that differ: what stands in columns is read column by
    column.
    """
    order, found = tab_order(window)
    for before, after in pairwise(order):
        ways = zip(part_of(before, window), part_of(after, window), strict=False)
        a, b = next(((one, other) for one, other in ways if one is not other), (before, after))
        was, now = (QRect(one.mapTo(window, QPoint(0, 0)), one.size()) for one in (a, b))
        is_above = now.bottom() < was.top() and now.left() <= was.right()
        is_left = now.right() < was.left() and abs(now.center().y() - was.center().y()) < 8
        if is_above or is_left:
            found.append(f"{before.objectName()} -> {after.objectName()}")
    return found


def test_every_kind_of_message_is_written_by_ear(person: Person) -> None:
    window = person.program.window
    for kind in Kind:
        person.new_message()
        message = from_payload(samples()[kind.value]).message
        person.program.session.edit(from_message(message))
        person.wait(lambda: window.preview.is_settled)
        assert faults(window) == []
        assert silent_rows(window) == []


@pytest.mark.parametrize("page", list(Page))
def test_every_page_speaks(person: Person, page: Page) -> None:
    window = person.program.window
    window.go_to(page)
    if page is Page.HISTORY:
        person.driver.click_row("history.table", 0)
        window.history.details.show_technical(is_shown=True)
    person.wait(lambda: window.preview.is_settled)
    check(window)


def leaves(kind: type[QDialog]) -> set[type[QDialog]]:
    """The program's own kinds of dialogs that nothing else is made of."""
    below = kind.__subclasses__()
    if not below:
        return {kind} if kind.__module__.startswith("dingcomposer.") else set()
    return set().union(*map(leaves, below))


def test_tab_leads_through_every_page_and_dialog_as_it_is_read(
    person: Person, expect_log: Callable[[str], None]
) -> None:
    QAccessible.setActive(False)
    expect_log("does not support")  # the guide's window, without a screen
    strayed: dict[str, list[str]] = {}
    silent: dict[str, list[str]] = {}
    for name in PLACES:
        with opened(person, name) as place:
            if found := focus_faults(place):
                strayed[name] = found
            if found := silent_rows(place):
                silent[name] = found
    assert strayed == {}
    assert silent == {}


def test_no_dialog_of_the_program_is_missing_there(
    person: Person, expect_log: Callable[[str], None]
) -> None:
    QAccessible.setActive(False)
    expect_log("does not support")
    for module in pkgutil.walk_packages(dingcomposer.ui.__path__, "dingcomposer.ui."):
        importlib.import_module(module.name)
    kinds = leaves(QDialog)
    assert len(kinds) > 30
    for name in PLACES:
        with opened(person, name) as place:
            kinds.discard(type(place))
    assert kinds == set()


def test_the_guide_speaks(person: Person, expect_log: Callable[[str], None]) -> None:
    expect_log("does not support")
    window = person.program.window
    window.launchers.show_guide("refused")
    guide = window.launchers.help.guide
    person.wait(lambda: guide.address == "refused")
    check(guide)


def test_the_menus_speak(person: Person) -> None:
    for menu in person.program.window.menuBar().findChildren(QMenu):
        for action in menu.actions():
            assert action.isSeparator() or action.text().strip()


def test_an_outcome_is_announced_once_with_what_helps(start: Start, heard: list[str]) -> None:
    person = start()
    person.sandbox.rules = Rules(keywords=("release",), secret_required=False)
    heard.clear()
    person.write_text("hello")
    assert person.send().status is Status.REFUSED
    person.wait(lambda: any("Refused: Sandbox" in one for one in heard))
    (said,) = (one for one in heard if "Refused: Sandbox" in one)
    assert "keywords" in said
    assert "Put one of the keywords" in said
    # Another draft and back: the same verdict stands there again, and is not said again.
    first = person.program.session.draft_id
    person.new_message()
    person.program.session.switch_to(first)
    assert sum("Refused: Sandbox" in one for one in heard) == 1


def test_the_status_line_is_announced(start: Start, heard: list[str]) -> None:
    person = start()
    heard.clear()
    person.program.window.say("Copied as a picture")
    assert heard == ["Copied as a picture"]


def test_nothing_is_announced_where_nobody_listens(start: Start, heard: list[str]) -> None:
    person = start()
    QAccessible.setActive(False)
    heard.clear()
    person.program.window.say("Copied as a picture")
    assert heard == []


def test_a_control_without_a_name_and_a_wrong_order_are_found(qtbot: QtBot) -> None:
    dumb = QWidget()
    qtbot.addWidget(dumb)
    dumb.setWindowTitle("dumb")
    column = QVBoxLayout(dumb)
    lines = [QLineEdit(dumb) for _ in range(3)]
    for line in lines:
        column.addWidget(line)
    QWidget.setTabOrder(lines[2], lines[1])
    with qtbot.waitActive(dumb):
        dumb.show()
        dumb.activateWindow()
    assert len(faults(dumb)) == 3
    assert focus_faults(dumb) == [" -> "]

"""What a screen reader is told: of every page and dialog, and of what happens meanwhile."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QAbstractListModel, QModelIndex, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleInterface, QAction
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QDialog,
    QDialogButtonBox,
    QMenu,
    QWidget,
)

from dingcomposer.core.contacts import Contact
from dingcomposer.core.delivery import Status
from dingcomposer.core.draft import from_message
from dingcomposer.core.messages import Kind
from dingcomposer.core.payload import from_payload
from dingcomposer.core.robot import Stage
from dingcomposer.sandbox.rules import Rules
from dingcomposer.tour.play import samples
from dingcomposer.ui.compose.card.item_list import ItemRow
from dingcomposer.ui.context import Page
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
    made = start()
    made.add_group("All staff", Stage.PRODUCTION)
    made.add_group("Trials", Stage.TEST)
    made.program.contacts.put([Contact("Li Wei", "13800000001", department="Administration")])
    made.aim("Sandbox")
    made.write_text("hello")
    assert made.send().status is Status.DELIVERED
    made.sandbox.rules = Rules(keywords=("release",), secret_required=False)
    made.write_text("hello again")
    assert made.send().status is Status.REFUSED
    return made


def check(widget: QWidget) -> None:
    assert name_of(interface(widget)), f"{widget.objectName()} has no name"
    assert faults(widget) == []
    assert silent_rows(widget) == []
    assert focus_faults(widget) == []


def focus_faults(window: QWidget) -> list[str]:
    """Where Tab leads to what stands above and left of where it was: no reading order.

    Within one parent only: what stands in columns is read column by column.
    """
    found: list[str] = []
    last: dict[QWidget, QWidget] = {}
    at: QWidget | None = window.nextInFocusChain()
    for _ in range(800):
        if at is None or at is window:
            break
        takes_tab = bool(at.focusPolicy() & Qt.FocusPolicy.TabFocus)
        parent = at.parentWidget()
        if isinstance(parent, QDialogButtonBox | ItemRow):
            at = at.nextInFocusChain()  # the platform's order; to write comes before to move
            continue
        if takes_tab and at.isVisibleTo(window) and at.isEnabled() and parent is not None:
            before = last.get(parent)
            if before is not None:
                a, b = before.geometry(), at.geometry()
                is_above = b.bottom() < a.top()
                is_left = b.right() < a.left() and abs(a.center().y() - b.center().y()) < 8
                # A box that belongs to a field follows it, wherever it stands.
                is_its_own = at.objectName().startswith(f"{before.objectName()}.")
                if (is_above or is_left) and not is_its_own:
                    found.append(f"{before.objectName()} -> {at.objectName()}")
            last[parent] = at
        at = at.nextInFocusChain()
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
    assert focus_faults(window) == []


@pytest.mark.parametrize("page", list(Page))
def test_every_page_speaks(person: Person, page: Page) -> None:
    window = person.program.window
    window.go_to(page)
    if page is Page.HISTORY:
        person.driver.click_row("history.table", 0)
        window.history.details.show_technical(is_shown=True)
    person.wait(lambda: window.preview.is_settled)
    check(window)


def dialogs() -> list[QDialog]:
    found = QApplication.topLevelWidgets()
    return [one for one in found if isinstance(one, QDialog) and one.isVisible()]


OPENED = (
    *("closed_drafts", "several", "queue", "paste_message", "templates", "keep_template"),
    *("contacts", "checks", "versions", "upkeep", "add_robot", "checkup", "export", "verify"),
    *("shortcuts", "about"),
)


@pytest.mark.parametrize("name", OPENED)
def test_every_dialog_of_the_menus_speaks(person: Person, name: str) -> None:
    window = person.program.window
    person.aim("Sandbox")
    QApplication.clipboard().setText("some words")
    action = window.findChild(QAction, f"menu.{name}")
    assert action is not None
    action.trigger()
    person.wait(dialogs)
    (dialog,) = dialogs()
    check(dialog)
    # What reads the history ends that first, and is closed then.
    person.wait(lambda: not dialogs() or not closes(dialog))


def closes(dialog: QDialog) -> bool:
    dialog.reject()
    return True


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


def test_a_control_without_a_name_is_found(qtbot: object) -> None:
    from PySide6.QtWidgets import QLineEdit, QVBoxLayout

    dumb = QWidget()
    dumb.setWindowTitle("dumb")
    column = QVBoxLayout(dumb)
    upper, lower = QLineEdit(), QLineEdit()
    column.addWidget(upper)
    column.addWidget(lower)
    QWidget.setTabOrder(lower, upper)
    dumb.show()
    assert len(faults(dumb)) == 2
    assert qtbot is not None

"""The list of shortcuts tells of every key that there is."""

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QToolButton

from tests.fakes.programs import Person, Start

NATIVE = QKeySequence.SequenceFormat.NativeText


def listed(person: Person) -> list[str]:
    """The keys in the list, one by one."""
    action = person.program.window.findChild(QAction, "menu.shortcuts")
    assert action is not None
    action.trigger()
    dialog = person.program.window.findChild(QDialog, "shortcuts")
    assert dialog is not None
    words = [label.text() for label in dialog.findChildren(QLabel) if label.property("quiet")]
    return [key for line in words for key in line.split(", ")]


def test_every_shortcut_of_an_action_is_listed(start: Start) -> None:
    person = start()
    actions = person.program.window.findChildren(QAction)
    keys = {key.toString(NATIVE) for action in actions for key in action.shortcuts()}
    assert {"Ctrl+Return", "Ctrl+Enter", "Ctrl+Z", "Ctrl+N", "F5", "F1"} <= keys
    assert keys <= set(listed(person))


def test_every_key_that_a_sign_above_the_text_names_is_listed(start: Start) -> None:
    person = start()
    person.driver.click("compose.kind.markdown")
    buttons = [
        one
        for one in person.program.window.findChildren(QToolButton)
        if one.objectName().startswith("compose.toolbar.")
    ]
    has_menu = QToolButton.ToolButtonPopupMode.InstantPopup
    plain = [one for one in buttons if one.popupMode() is not has_menu]
    named = {one.toolTip().rpartition("(")[2].rstrip(")") for one in plain}
    menus = [one.menu() for one in buttons if one.popupMode() is has_menu]
    texts = [action.text() for menu in menus for action in menu.actions()]
    named |= {text.rpartition("\t")[2] for text in texts if "\t" in text}
    assert len(named) == 15
    assert named <= set(listed(person))


def test_the_list_is_in_groups_and_finds_an_action_by_words_and_by_keys(start: Start) -> None:
    person = start()
    listed(person)
    dialog = person.program.window.findChild(QDialog, "shortcuts")
    assert dialog is not None
    search = dialog.findChild(QLineEdit, "shortcuts.search")
    assert search is not None

    def shown() -> list[str]:
        labels = dialog.findChildren(QLabel)
        return [one.text() for one in labels if one.text() and not one.isHidden()]

    assert {"Message", "Edit", "Robot", "View", "In the text", "In lists"} <= set(shown())
    search.setText("undo")
    assert shown() == ["Edit", "Undo", "Ctrl+Z"]
    search.setText("f5")
    assert shown() == ["View", "Load pictures anew", "F5"]
    search.setText("zebra")
    assert shown() == ["No action is called so."]


def test_the_keys_of_lists_are_listed_and_no_key_twice(start: Start) -> None:
    keys = listed(start())
    assert {"Return", "Space", "F2", "Del", "Alt+Up", "Alt+Down", "Ctrl+C"} <= set(keys)
    assert len(keys) == len(set(keys))

"""People by name: kept in the contacts, chosen behind an "@", and seen in every picture."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QAction, QGuiApplication, QInputMethodEvent, QKeySequence, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QLabel,
    QListWidget,
    QPlainTextEdit,
    QPushButton,
    QTableWidget,
    QTextBrowser,
    QToolButton,
    QWidget,
)

from dingcomposer.core.contacts import Contact
from dingcomposer.core.messages import Kind, Mentions, Text
from dingcomposer.services.translations import Language
from dingcomposer.ui.preview.conversation import ConversationLine
from dingcomposer.ui.questions import Question
from tests.fakes.fake_dialogs import Answer
from tests.fakes.programs import Person

ZHANG = Contact("张三", "13800000000")
XIAO = Contact("张小明", "13900000000", "zxm")
LI = Contact("李四", "", "manager7675")
LIST = (
    "姓名\t手机\tuserId\n张三\t13800000000\n张小明\t13900000000\tzxm\n李四\t\tmanager7675\n只有名字"
)
Start = Callable[..., Person]


@pytest.fixture
def person(start: Start) -> Person:
    """Somebody with three contacts."""
    person = start()
    person.program.contacts.put((ZHANG, XIAO, LI))
    return person


@pytest.fixture(autouse=True)
def questions(answer: Answer) -> list[Question]:
    """The questions that were asked; whoever is asked lets the changes go."""
    return answer(contacts="drop").asked


def _open(person: Person) -> QDialog:
    window = person.program.window
    action = next(one for one in window.menus.findChildren(QAction, "menu.contacts"))
    action.trigger()
    dialog = window.findChildren(QDialog, "contacts")[-1]
    person.qtbot.waitUntil(dialog.isVisible)
    return dialog


def _click(parent: QObject, name: str) -> None:
    button = parent.findChild(QPushButton, name)
    assert button is not None
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def _field(person: Person, name: str) -> QPlainTextEdit:
    field = person.program.window.findChild(QPlainTextEdit, name)
    assert field is not None
    field.window().activateWindow()
    person.qtbot.waitUntil(field.window().isActiveWindow)
    field.setFocus()
    return field


def _compose(field: QPlainTextEdit, words: str) -> None:
    event = QInputMethodEvent()
    event.setCommitString(words)
    QApplication.sendEvent(field, event)


def _offered(person: Person, name: str) -> list[str]:
    shown = [
        one for one in person.program.window.findChildren(QListWidget, name) if one.isVisible()
    ]
    return [shown[0].item(row).text() for row in range(shown[0].count())] if shown else []


def _bodies(page: QWidget) -> list[str]:
    return [one.toPlainText() for one in page.findChildren(QTextBrowser, "preview.body")]


def _note(dialog: QDialog) -> str:
    label = dialog.findChild(QLabel, "contacts.note")
    assert label is not None
    return label.text()


def test_a_list_is_pasted_saved_and_there_at_the_next_start(start: Start) -> None:
    person = start()
    dialog = _open(person)
    empty = dialog.findChild(QLabel, "contacts.empty")
    assert empty is not None
    assert empty.isVisible()
    QGuiApplication.clipboard().setText(LIST)
    _click(dialog, "contacts.paste")
    assert not empty.isVisible()
    assert "3 people added" in _note(dialog)
    assert "只有名字" in _note(dialog)
    _click(dialog, "contacts.paste")
    assert "3 already here" in _note(dialog)
    _click(dialog, "contacts.save")
    assert person.program.contacts.contacts == (ZHANG, XIAO, LI)
    person.program.shut_down()
    assert start().program.contacts.contacts == (ZHANG, XIAO, LI)


def test_what_cannot_be_kept_is_said_and_stays_and_cancel_changes_nothing(
    person: Person, questions: list[Question]
) -> None:
    dialog = _open(person)
    table = dialog.findChild(QTableWidget, "contacts.table")
    assert table is not None
    _click(dialog, "contacts.add")
    for column, words, told in ((0, "王五", "王五 needs"), (1, "13800000000", "twice")):
        item = table.item(3, column)
        assert item is not None
        item.setText(words)
        _click(dialog, "contacts.save")
        assert dialog.isVisible()
        assert told in _note(dialog)
    name = table.item(3, 0)
    assert name is not None
    name.setText("")
    _click(dialog, "contacts.save")
    assert "no name" in _note(dialog)
    _click(dialog, "contacts.cancel")
    assert [one.name for one in questions] == ["contacts"]
    assert not dialog.isVisible()
    assert person.program.contacts.contacts == (ZHANG, XIAO, LI)


@pytest.mark.parametrize(
    ("column", "words", "told"), [(1, "12345", "no mobile"), (2, "人事 部", "no user ID")]
)
def test_what_is_no_number_and_no_id_is_said(
    person: Person, column: int, words: str, told: str
) -> None:
    dialog = _open(person)
    table = dialog.findChild(QTableWidget, "contacts.table")
    assert table is not None
    item = table.item(2, column)
    assert item is not None
    item.setText(words)
    _click(dialog, "contacts.save")
    assert told in _note(dialog)
    item.setText("138 1111 2222" if column == 1 else "@li4")
    _click(dialog, "contacts.save")
    kept = person.program.contacts.contacts[2]
    assert kept == (
        Contact("李四", "13811112222", "manager7675") if column == 1 else Contact("李四", "", "li4")
    )


def test_a_list_with_somebody_twice_has_them_once_and_all_that_is_left_over_is_told(
    start: Start,
) -> None:
    dialog = _open(start())
    QGuiApplication.clipboard().setText("赵\t13811112222\n赵\t13811112222\n" + "无\n" * 9)
    _click(dialog, "contacts.paste")
    assert "1 person added" in _note(dialog)
    assert "1 already here" in _note(dialog)
    assert "6 more lines" in _note(dialog)


def test_people_are_taken_out_by_key(person: Person) -> None:
    dialog = _open(person)
    table = dialog.findChild(QTableWidget, "contacts.table")
    assert table is not None
    table.selectRow(1)
    QTest.keyClick(table, Qt.Key.Key_Delete)
    _click(dialog, "contacts.save")
    assert person.program.contacts.contacts == (ZHANG, LI)


def test_a_name_behind_an_at_becomes_the_number_in_text_and_list(person: Person) -> None:
    text = _field(person, "compose.text")
    _compose(text, "请")
    QTest.keyClicks(text, "@")
    assert len(_offered(person, "compose.text.people")) == 3
    _compose(text, "张")
    assert [one.split()[0] for one in _offered(person, "compose.text.people")] == ["张三", "张小明"]
    QTest.keyClick(text, Qt.Key.Key_Down)
    QTest.keyClick(text, Qt.Key.Key_Return)
    draft = person.program.session.draft
    assert draft.text == "请@13900000000 "
    assert draft.mentions == Mentions(("13900000000",))
    assert _offered(person, "compose.text.people") == []
    chip = person.program.window.findChild(QWidget, "compose.mentions.chip.0")
    assert chip is not None
    assert [one.text() for one in chip.findChildren(QToolButton) if one.text()] == ["@张小明"]


def test_what_takes_two_units_before_the_at_moves_nothing(person: Person) -> None:
    text = _field(person, "compose.text")
    _compose(text, "🚀👨‍👩‍👧 第一行")
    QTest.keyClick(text, Qt.Key.Key_Return)
    _compose(text, "🎉发布，@张三")
    QTest.keyClick(text, Qt.Key.Key_Return)
    assert person.program.session.draft.text == "🚀👨‍👩‍👧 第一行\n🎉发布，@13800000000 "
    QTest.keyClicks(text, "x")
    assert person.program.session.draft.text.endswith("@13800000000 x")


@pytest.mark.parametrize("typed", ["a@", "1.@", "@没有这个人", "@张 ", "@ 张"])
def test_where_nobody_can_be_meant_nobody_is_offered(person: Person, typed: str) -> None:
    text = _field(person, "compose.text")
    for letter in typed:
        _compose(text, letter)
    assert _offered(person, "compose.text.people") == []


def test_escape_closes_the_offer_and_the_words_stay(person: Person) -> None:
    text = _field(person, "compose.text")
    QTest.keyClicks(text, "@")
    QTest.keyClick(text, Qt.Key.Key_Escape)
    assert _offered(person, "compose.text.people") == []
    QTest.keyClick(text, Qt.Key.Key_Return)
    assert person.program.session.draft.text == "@\n"
    assert person.program.session.draft.mentions is None


@pytest.mark.parametrize(
    "key", [Qt.Key.Key_Home, Qt.Key.Key_Left, Qt.Key.Key_Up], ids=["home", "left", "up"]
)
def test_a_caret_that_goes_away_takes_the_offer_with_it(person: Person, key: Qt.Key) -> None:
    text = _field(person, "compose.text")
    _compose(text, "请看@张")
    if key is Qt.Key.Key_Up:
        QTest.keySequence(text, QKeySequence.StandardKey.SelectAll)
    else:
        for _ in range(3):
            QTest.keyClick(text, key)
    assert _offered(person, "compose.text.people") == []
    assert person.program.session.draft.mentions is None


def test_undo_closes_the_offer(person: Person) -> None:
    text = _field(person, "compose.text")
    QTest.keyClicks(text, "@")
    person.program.session.undo()
    QTest.keyClick(text, Qt.Key.Key_Return)
    assert person.program.session.draft.text == "\n"
    assert person.program.session.draft.mentions is None


def test_a_window_of_another_size_closes_the_offer(person: Person) -> None:
    text = _field(person, "compose.text")
    QTest.keyClicks(text, "@")
    person.program.window.resize(1000, 640)
    person.wait(lambda: _offered(person, "compose.text.people") == [])


def test_after_escape_the_same_name_is_not_offered_again(person: Person) -> None:
    text = _field(person, "compose.text")
    QTest.keyClicks(text, "@")
    QTest.keyClick(text, Qt.Key.Key_Escape)
    _compose(text, "张")
    assert _offered(person, "compose.text.people") == []
    _compose(text, " @")
    QTest.keyClick(text, Qt.Key.Key_Backspace)
    QTest.keyClick(text, Qt.Key.Key_Backspace)


def test_names_with_a_space_can_be_chosen_and_typed(person: Person) -> None:
    person.program.contacts.put((Contact("Wang Wu", "13900000000"),))
    text = _field(person, "compose.text")
    QTest.keyClicks(text, "@Wang W")
    assert len(_offered(person, "compose.text.people")) == 1
    QTest.keyClick(text, Qt.Key.Key_Return)
    assert person.program.session.draft.text == "@13900000000 "
    person.program.session.undo()
    line = _field(person, "compose.mentions")
    QTest.keyClicks(line, "Wang Wu")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert person.program.session.draft.mentions == Mentions(("13900000000",))


def test_an_id_that_is_the_beginning_of_another_is_taken_as_typed(person: Person) -> None:
    line = _field(person, "compose.mentions")
    QTest.keyClicks(line, "zx")
    assert len(_offered(person, "compose.mentions.people")) == 1
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert person.program.session.draft.mentions == Mentions((), ("zx",))


def test_a_name_that_no_contact_has_stays_in_the_field_and_is_told(person: Person) -> None:
    line = _field(person, "compose.mentions")
    _compose(line, "赵六，")
    assert line.toPlainText() == "赵六"
    notice = person.program.window.findChild(QLabel, "compose.notice")
    assert notice is not None
    assert "赵六" in notice.text()
    assert person.program.session.draft.mentions is None


def test_at_the_limit_nothing_is_written_and_it_is_told(person: Person) -> None:
    session = person.program.session
    full = Mentions(tuple(f"13700000{number:03}" for number in range(50)))
    session.edit(replace(session.draft, mentions=full))
    text = _field(person, "compose.text")
    QTest.keyClicks(text, "@")
    QTest.keyClick(text, Qt.Key.Key_Return)
    assert session.draft.text == "@"
    assert session.draft.mentions == full
    notice = person.program.window.findChild(QLabel, "compose.notice")
    assert notice is not None
    assert "50" in notice.text()


def test_a_kind_that_mentions_nobody_offers_nobody(person: Person) -> None:
    session = person.program.session
    session.edit(replace(session.draft, kind=Kind.LINK))
    QTest.keyClicks(_field(person, "compose.text"), "@")
    assert _offered(person, "compose.text.people") == []


def test_a_click_chooses_and_undo_takes_it_back(person: Person) -> None:
    text = _field(person, "compose.text")
    QTest.keyClicks(text, "@")
    offered = person.program.window.findChildren(QListWidget, "compose.text.people")[0]
    place = offered.visualItemRect(offered.item(2)).center()
    QTest.mouseClick(offered.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(place))
    draft = person.program.session.draft
    assert (draft.text, draft.mentions) == ("@manager7675 ", Mentions((), ("manager7675",)))
    person.program.session.undo()
    draft = person.program.session.draft
    assert (draft.text, draft.mentions) == ("@", None)


def test_the_row_below_takes_names_too(person: Person) -> None:
    line = _field(person, "compose.mentions")
    _compose(line, "小明")
    assert len(_offered(person, "compose.mentions.people")) == 1
    QTest.keyClick(line, Qt.Key.Key_Return)
    _compose(line, "李四，")
    draft = person.program.session.draft
    assert draft.mentions == Mentions(("13900000000",), ("manager7675",))
    assert line.toPlainText() == ""


def test_names_stand_in_every_picture_of_the_message(person: Person) -> None:
    window, session = person.program.window, person.program.session
    person.write({"msgtype": "text", "text": {"content": "请 @13800000000 看"}})
    line = window.findChild(ConversationLine)
    body = window.preview.findChild(QTextBrowser, "preview.body")
    assert line is not None
    assert body is not None
    person.wait(lambda: "@13800000000" in body.toPlainText())
    assert session.draft.mentions is None
    field = _field(person, "compose.mentions")
    _compose(field, "张三，")
    person.wait(lambda: body.toPlainText() == "请 @张三 看")
    assert line.accessibleName().endswith("请 @张三 看")
    person.program.contacts.put(())
    person.wait(lambda: body.toPlainText() == "请 @13800000000 看")
    person.program.contacts.put((ZHANG,))
    row = person.send()
    assert row.message == Text("请 @13800000000 看", Mentions(("13800000000",)))
    window.go_to(window.place.HISTORY)
    window.history.select(row.msg_uuid)
    person.wait(lambda: _bodies(window.history) == ["请 @张三 看"])
    window.go_to(window.place.SANDBOX)
    person.wait(lambda: _bodies(window.sandbox) == ["请 @张三 看"])
    person.program.contacts.put((Contact("章三", "13800000000"),))
    person.wait(lambda: _bodies(window.sandbox) == ["请 @章三 看"])
    person.wait(lambda: _bodies(window.history) == ["请 @章三 看"])


def test_a_window_in_another_language_leaves_nothing_of_the_one_before(person: Person) -> None:
    person.program.window.language_chosen.emit(Language.CHINESE.value)
    person.wait(lambda: person.program.window.menus.findChild(QAction, "menu.contacts"))
    # What is told to both would raise here: of the window before, nothing is left but a name.
    person.program.contacts.put((ZHANG,))
    text = _field(person, "compose.text")
    text.moveCursor(QTextCursor.MoveOperation.End)
    _compose(text, "今晚发布")
    person.program.session.undo()
    person.program.session.set_target(None)
    assert person.program.session.draft.text == ""

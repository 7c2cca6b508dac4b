"""People by name: kept in the contacts, chosen behind an "@", and seen in every picture."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QModelIndex, QObject, QPoint, Qt
from PySide6.QtGui import (
    QAction,
    QColor,
    QGuiApplication,
    QInputMethodEvent,
    QKeySequence,
    QTextCursor,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QLabel,
    QListWidget,
    QPlainTextEdit,
    QPushButton,
    QTableView,
    QTextBrowser,
    QToolButton,
    QWidget,
)

from dingcomposer.core.checks.fixes import fix
from dingcomposer.core.checks.problems import ProblemCode
from dingcomposer.core.contacts import Contact
from dingcomposer.core.messages import Kind, Mentions, Text
from dingcomposer.services.translations import Language
from dingcomposer.ui import theme
from dingcomposer.ui.preview.conversation import ConversationLine
from dingcomposer.ui.questions import Question
from tests.fakes.fake_dialogs import Answer
from tests.fakes.programs import Person

ZHANG = Contact("张三", "13800000000")
XIAO = Contact("张小明", "13900000000", "zxm")
LI = Contact("李四", "", "manager7675")
LIST = "姓名\t手机\tuserId\n张三\t13800000000\n张小明\t13900000000\tzxm\n李四\t\tmanager7675"
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


def _cell(dialog: QDialog, row: int, column: int) -> QModelIndex:
    """A cell of the table as it is shown."""
    model = _table(dialog).model()
    return model.index(row, column)


def _table(dialog: QDialog) -> QTableView:
    table = dialog.findChild(QTableView, "contacts.table")
    assert table is not None
    return table


def _type(dialog: QDialog, row: int, column: int, words: str) -> None:
    assert _table(dialog).model().setData(_cell(dialog, row, column), words)


def _names(dialog: QDialog) -> list[str]:
    return [str(_cell(dialog, row, 0).data()) for row in range(_table(dialog).model().rowCount())]


def _remarks(dialog: QDialog) -> list[str]:
    rows = range(_table(dialog).model().rowCount())
    return [words for row in rows if (words := str(_cell(dialog, row, 5).data()))]


def _button(dialog: QDialog, name: str) -> QPushButton:
    button = dialog.findChild(QPushButton, name)
    assert button is not None
    return button


def _paste(dialog: QDialog, text: str) -> None:
    QGuiApplication.clipboard().setText(text)
    _click(dialog, "contacts.paste")


def test_a_list_is_pasted_saved_and_there_at_the_next_start(start: Start) -> None:
    person = start()
    dialog = _open(person)
    empty = dialog.findChild(QLabel, "contacts.empty")
    assert empty is not None
    assert empty.isVisible()
    _paste(dialog, LIST)
    assert not empty.isVisible()
    assert "3 people added" in _note(dialog)
    assert "Nothing is saved yet" in _note(dialog)
    assert not person.program.contacts.contacts
    _paste(dialog, LIST)
    assert "3 already here" in _note(dialog)
    _click(dialog, "contacts.save")
    assert person.program.contacts.contacts == (ZHANG, XIAO, LI)
    person.program.shut_down()
    assert start().program.contacts.contacts == (ZHANG, XIAO, LI)


def test_a_wrong_row_is_marked_and_named_and_the_others_are_saved(start: Start) -> None:
    person = start()
    dialog = _open(person)
    _paste(dialog, "姓名\t手机\n张三\t13800000000\n王五\t1.38E+10\n李四\t13700000000")
    assert "2 people added" in _note(dialog)
    assert len(_remarks(dialog)) == 1
    assert "rounded" in _remarks(dialog)[0]
    save = _button(dialog, "contacts.save")
    assert save.text() == "Save the other 2"
    _click(dialog, "contacts.save")
    assert [one.name for one in person.program.contacts.contacts] == ["张三", "李四"]
    assert dialog.isVisible()
    assert "“王五”: The sheet rounded" in _note(dialog)
    assert _names(dialog) == ["王五"]
    assert _cell(dialog, 0, 1).data() == "1.38E+10"  # what was there is seen, to be mended
    assert (save.isEnabled(), save.text()) == (False, "Save"), "the other 2 are saved by now"
    _type(dialog, 0, 1, "138 1111 2222")
    _click(dialog, "contacts.save")
    assert not dialog.isVisible()
    assert [one.mobile for one in person.program.contacts.contacts] == [
        "13800000000",
        "13811112222",
        "13700000000",
    ]


def test_what_is_not_certain_is_not_saved_before_somebody_looked_at_it(start: Start) -> None:
    person = start()
    dialog = _open(person)
    _paste(dialog, "赵六\t13811112222\n张三\t13800000000/13900000000\n王五\t13700000000\t技术部")
    assert _remarks(dialog) == ["Several numbers: the first one is taken."]
    _click(dialog, "contacts.save")
    assert [one.name for one in person.program.contacts.contacts] == ["赵六", "王五"]
    _click(dialog, "contacts.confirm")
    _click(dialog, "contacts.save")
    assert len(person.program.contacts.contacts) == 3
    assert person.program.contacts.contacts[2].department == "技术部"


def test_who_edits_a_row_has_looked_at_it(start: Start) -> None:
    person = start()
    dialog = _open(person)
    _paste(dialog, "姓名\t手机\n技术部\t13800000000")
    assert "department" in _remarks(dialog)[0]
    _type(dialog, 0, 0, "张三")
    assert _remarks(dialog) == []
    _click(dialog, "contacts.save")
    assert person.program.contacts.contacts == (ZHANG,)


def test_a_number_of_somebody_else_takes_nothing_from_who_has_it(person: Person) -> None:
    dialog = _open(person)
    _paste(dialog, "别人\t13800000000")
    assert _remarks(dialog) == ["13800000000 is already 张三's."]
    assert not _button(dialog, "contacts.save").isEnabled()
    _type(dialog, 3, 1, "13600000000")
    _click(dialog, "contacts.save")
    assert person.program.contacts.contacts == (ZHANG, XIAO, LI, Contact("别人", "13600000000"))


def test_a_saved_row_that_becomes_wrong_stays_saved_as_it_was(person: Person) -> None:
    dialog = _open(person)
    _type(dialog, 0, 1, "12345")
    _type(dialog, 1, 3, "市场部")
    _click(dialog, "contacts.save")
    assert person.program.contacts.contacts == (ZHANG, replace(XIAO, department="市场部"), LI)
    assert "“张三”: 12345 is no mobile number." in _note(dialog)


def test_cancel_asks_and_changes_nothing(person: Person, questions: list[Question]) -> None:
    dialog = _open(person)
    _click(dialog, "contacts.add")
    _type(dialog, 3, 0, "王五")
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
    _type(dialog, 2, column, words)
    assert told in _remarks(dialog)[0]
    _type(dialog, 2, column, "138 1111 2222" if column == 1 else "@li4")
    _click(dialog, "contacts.save")
    kept = person.program.contacts.contacts[2]
    assert kept == (
        Contact("李四", "13811112222", "manager7675") if column == 1 else Contact("李四", "", "li4")
    )


def test_a_department_is_added_to_who_is_there_by_pasting_again(person: Person) -> None:
    dialog = _open(person)
    _paste(dialog, "姓名\t手机\t部门\n张三\t13800000000\t研发部")
    assert "1 completed" in _note(dialog)
    _click(dialog, "contacts.save")
    assert person.program.contacts.contacts == (replace(ZHANG, department="研发部"), XIAO, LI)


def test_a_clipboard_with_nobody_says_what_a_line_needs(start: Start) -> None:
    dialog = _open(start())
    _paste(dialog, "")
    assert "Nobody found" in _note(dialog)


def test_where_nothing_was_certain_nobody_is_said_to_be_added(start: Start) -> None:
    dialog = _open(start())
    _paste(dialog, "李四 1380013")
    assert _note(dialog).startswith("1 line to be looked at")
    _paste(dialog, "王五 13900139000")
    assert _note(dialog).startswith("1 person added.")


def test_one_of_three_hundred_is_found_by_name_number_or_department(start: Start) -> None:
    person = start()
    many = [
        Contact(f"员工{number}", f"{13_800_000_000 + number}", "", f"第{number % 10}组")
        for number in range(300)
    ]
    person.program.contacts.put(many)
    dialog = _open(person)
    search = dialog.findChild(QPlainTextEdit, "contacts.search")
    assert search is not None
    search.setFocus()
    for words, count in (("员工250", 1), ("13800000123", 1), ("第3组", 30), ("第3组 员工29", 1)):
        QTest.keyClick(search, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        _compose(search, words)
        assert len(_names(dialog)) == count
    table = _table(dialog)
    table.selectRow(0)
    QTest.keyClick(table, Qt.Key.Key_Delete)
    _click(dialog, "contacts.save")
    assert len(person.program.contacts.contacts) == 299
    assert "员工293" not in person.program.contacts.names.values()


def test_people_are_taken_out_by_key(person: Person) -> None:
    dialog = _open(person)
    table = _table(dialog)
    table.selectRow(1)
    QTest.keyClick(table, Qt.Key.Key_Delete)
    _click(dialog, "contacts.save")
    assert person.program.contacts.contacts == (ZHANG, LI)


def test_two_of_one_name_are_offered_and_shown_with_their_departments(person: Person) -> None:
    twins = (replace(ZHANG, department="研发部"), Contact("张三", "13600000000", "", "人事部"))
    person.program.contacts.put(twins)
    text = _field(person, "compose.text")
    QTest.keyClicks(text, "@")
    _compose(text, "张三")
    offered = _offered(person, "compose.text.people")
    assert [one.split()[:2] for one in offered] == [["张三", "研发部"], ["张三", "人事部"]]
    QTest.keyClick(text, Qt.Key.Key_Down)
    QTest.keyClick(text, Qt.Key.Key_Return)
    assert person.program.session.draft.mentions == Mentions(("13600000000",))
    chip = person.program.window.findChild(QWidget, "compose.mentions.chip.0")
    assert chip is not None
    labels = [one.text() for one in chip.findChildren(QToolButton) if one.text()]
    assert labels == ["@张三 · 人事部"]


def test_a_name_that_notifies_nobody_is_told_and_set_right(person: Person) -> None:
    text = _field(person, "compose.text")
    _compose(text, "请@张三请看")
    person.program.window.compose.focus_caret()
    problems = person.program.window.compose.problems
    (found,) = (one for one in problems if one.code is ProblemCode.MENTION_BY_NAME)
    draft = fix(person.program.session.draft, found)
    assert draft is not None
    assert (draft.text, draft.mentions) == ("请@13800000000 请看", Mentions(("13800000000",)))


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


def test_letters_of_a_name_mean_whoever_is_called_so(person: Person) -> None:
    """Not an id, which "zs" could be, too: Esc, then Enter takes it as one."""
    line = _field(person, "compose.mentions")
    person.wait(lambda: person.program.contacts.find("zs"))
    QTest.keyClicks(line, "zs")
    assert len(_offered(person, "compose.mentions.people")) == 1
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert person.program.session.draft.mentions == Mentions(("13800000000",))
    QTest.keyClicks(line, "ls")
    QTest.keyClick(line, Qt.Key.Key_Escape)
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert person.program.session.draft.mentions == Mentions(("13800000000",), ("ls",))


def test_letters_of_a_name_that_nobody_chose_stay_typed_and_are_told(person: Person) -> None:
    """Neither another field nor a send makes an id of them, which would reach nobody."""
    line = _field(person, "compose.mentions")
    text = _field(person, "compose.text")
    person.write_text("请看")
    person.wait(lambda: person.program.contacts.find("zs"))
    QTest.keyClicks(_field(person, "compose.mentions"), "zs")
    text.setFocus()
    person.wait(lambda: not line.hasFocus())
    assert line.toPlainText() == "zs"
    notice = person.program.window.findChild(QLabel, "compose.notice")
    assert notice is not None
    assert "zs" in notice.text()
    person.driver.click("compose.send")
    assert person.statuses() == []
    assert person.program.session.draft.mentions is None


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


def _ink(field: QPlainTextEdit) -> int:
    """How many pixels of the field have the colour of a name that stands for a number."""
    image = field.viewport().grab().toImage()
    wanted = QColor(theme.current().accent_soft)
    pixels = ((x, y) for x in range(image.width()) for y in range(min(image.height(), 60)))
    return sum(image.pixelColor(x, y) == wanted for x, y in pixels)


def test_a_mention_is_drawn_with_its_name_and_the_text_keeps_the_number(person: Person) -> None:
    text = _field(person, "compose.text")
    _compose(text, "请@张三")
    assert _ink(text) == 0
    QTest.keyClick(text, Qt.Key.Key_Return)
    assert text.toPlainText() == "请@13800000000 "
    assert _ink(text) > 200
    QTest.keyClick(text, Qt.Key.Key_Left)  # beside the number: it is shown to be edited
    assert _ink(text) == 0
    QTest.keyClick(text, Qt.Key.Key_End)
    assert _ink(text) > 200
    person.program.contacts.put(())
    assert _ink(text) == 0


def test_who_types_over_a_digit_is_told_and_undo_takes_it_back(person: Person) -> None:
    text = _field(person, "compose.text")
    notice = person.program.window.findChild(QLabel, "compose.notice")
    assert notice is not None
    _compose(text, "请@张三")
    QTest.keyClick(text, Qt.Key.Key_Return)
    assert notice.isHidden()
    QTest.keyClick(text, Qt.Key.Key_Left)
    QTest.keyClick(text, Qt.Key.Key_Backspace)
    assert not notice.isHidden()
    assert "The number of 张三 was changed" in notice.text()
    QTest.keyClicks(text, "9")
    assert not notice.isHidden()
    while "@13800000000" not in text.toPlainText():  # one step or two, by how quick the hand was
        assert person.program.session.can_undo
        person.program.session.undo()
    assert notice.isHidden()


def test_who_takes_a_mention_out_or_types_beside_it_hears_nothing(person: Person) -> None:
    text = _field(person, "compose.text")
    notice = person.program.window.findChild(QLabel, "compose.notice")
    assert notice is not None
    _compose(text, "请@张三")
    QTest.keyClick(text, Qt.Key.Key_Return)
    _compose(text, "看1")
    assert notice.isHidden()
    text.selectAll()
    QTest.keyClick(text, Qt.Key.Key_Delete)
    _compose(text, "@")
    assert notice.isHidden()


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

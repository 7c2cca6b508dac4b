"""People: lists as they are pasted, names, and who is found."""

from dataclasses import replace

import pytest

from dingcomposer.core.contacts import (
    Contact,
    labels_of,
    names_of,
    people_of,
    shared_keys,
)
from dingcomposer.core.contacts.search import ContactIndex
from dingcomposer.core.contacts_reading.pasted import (
    ContactFault,
    fault_of,
    merge_pasted,
    read_contacts,
)
from dingcomposer.core.contacts_reading.rows import Doubt
from dingcomposer.core.phone_numbers import is_mobile

ZHANG = Contact("张三", "13800000000", "zhang3")
LI = Contact("李四", "", "manager7675")
WANG = Contact("Wang Wu", "+852-12345678")


ZHANG_MOBILE = Contact("张三", "13800000000")


@pytest.mark.parametrize(
    ("line", "contact"),
    [
        ("张三\t13800000000", ZHANG_MOBILE),
        ("张三,13800000000", ZHANG_MOBILE),
        ("张三，138 0000 0000", ZHANG_MOBILE),
        ("张三 13800000000", ZHANG_MOBILE),
        ("张三 +86 13800000000", ZHANG_MOBILE),
        ("13800000000\t张三", ZHANG_MOBILE),
        ("1\t张三\t13800000000", ZHANG_MOBILE),
        (
            "张三\t研发部\t13800000000\tzhang3@example.com",
            replace(ZHANG_MOBILE, department="研发部"),
        ),
        ("张三\t13800000000.0", ZHANG_MOBILE),
        ("张三\t138-0000-0000", ZHANG_MOBILE),
        ("张三\t+86 138-0000-0000", ZHANG_MOBILE),
        ("@张三\t13800000000", ZHANG_MOBILE),
        ("张三 @13800000000", ZHANG_MOBILE),
        ("Wang Wu\t+852-12345678", WANG),
        ("Wang Wu +852-12345678", WANG),
        ('"Wang, Wu",13800000000', Contact("Wang, Wu", "13800000000")),
        ("李四;manager7675", LI),
        ("张三\t156xxxx8827", Contact("张三", "156xxxx8827")),
    ],
)
def test_a_line_of_a_sheet_is_a_person(line: str, contact: Contact) -> None:
    pasted = read_contacts(line)
    assert pasted.contacts == (contact,)
    assert pasted.left_over == ()


def test_headings_say_which_column_is_which_and_other_columns_are_left_alone() -> None:
    sheet = (
        "工号\t姓名\t部门\t手机号码\tUser ID\r\n"
        "0012\t张三\t研发部\t138 0000 0000\tzhang3\r\n\r\n"
        "0013\t李四\t研发部\t\tmanager7675\r\n"
        "0014\t无号码\t人事部\t\t\r\n"
    )
    pasted = read_contacts(sheet)
    assert pasted.contacts == tuple(replace(one, department="研发部") for one in (ZHANG, LI))
    assert pasted.left_over == ("0014 无号码 人事部",)


@pytest.mark.parametrize(
    "text",
    ["", "\n\n", "\t\t\n,,,", "字" * 5_000, "a\tb\tc\td", "\x00", '"', '"张三\t138', "13800000000"],
)
def test_what_is_no_list_has_nobody(text: str) -> None:
    assert read_contacts(text).contacts == ()


def test_a_name_that_two_have_means_nobody_and_a_number_beats_a_name() -> None:
    other = Contact("张三", "13900000000")
    liar = Contact("13800000000", "13700000000")
    people = people_of((ZHANG, other, liar, LI))
    assert "张三" not in people
    assert people["13800000000"] == people["zhang3"] == ZHANG
    assert people["李四"] == LI


def test_who_is_called_just_so_comes_first() -> None:
    longer = Contact("张三丰", "13900000000")
    assert ContactIndex((longer, ZHANG)).find("张三", 8) == (ZHANG, longer)


def test_a_name_is_known_by_number_and_by_id_and_the_first_has_it() -> None:
    assert names_of((ZHANG, LI, Contact("别人", "13800000000"))) == {
        "13800000000": "张三",
        "zhang3": "张三",
        "manager7675": "李四",
    }


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("", (ZHANG, LI, WANG)),
        ("张", (ZHANG,)),
        ("三", (ZHANG,)),
        ("wang", (WANG,)),
        ("138", (ZHANG,)),
        ("manager", (LI,)),
        ("a", (ZHANG, LI, WANG)),
        ("没有", ()),
    ],
)
def test_who_is_found(words: str, found: tuple[Contact, ...]) -> None:
    assert ContactIndex((ZHANG, LI, WANG)).find(words, 8) == found


def test_who_begins_with_the_words_comes_first_and_no_more_than_asked_for() -> None:
    others = tuple(Contact(f"小王{number}", f"1390000000{number}") for number in range(5))
    king = Contact("王五", "13700000000")
    assert ContactIndex((*others, king)).find("王", 3) == (king, *others[:2])


def test_a_number_of_two_people_is_told() -> None:
    assert shared_keys((ZHANG, LI)) == frozenset()
    assert shared_keys((ZHANG, LI, Contact("别人", "", "zhang3"))) == {"zhang3"}


def test_two_of_one_name_are_told_apart_by_their_departments() -> None:
    one, other = Contact("张三", "13800000000", "", "研发部"), Contact("张三", "13900000000")
    assert labels_of((one, other, LI)) == {
        "13800000000": "张三 · 研发部",
        "13900000000": "张三",
        "manager7675": "李四",
    }
    assert ContactIndex((LI, one, other)).find("研发", 8) == (one,)


@pytest.mark.parametrize(
    ("contact", "fault"),
    [
        (Contact("", "13800000000"), ContactFault.NO_NAME),
        (Contact("字" * 61, "13800000000"), ContactFault.LONG_NAME),
        (Contact("张三"), ContactFault.NO_NUMBER),
        (Contact("张三", "12345"), ContactFault.NO_MOBILE),
        (Contact("张三", "", "人事 部"), ContactFault.NO_USER_ID),
        (ZHANG, None),
    ],
)
def test_what_cannot_be_kept_says_why(contact: Contact, fault: ContactFault | None) -> None:
    assert fault_of(contact) is fault


def test_a_list_pasted_again_completes_and_adds_nobody_twice() -> None:
    here = (Contact("张三", "13800000000"), LI)
    pasted = read_contacts("姓名\t手机\t部门\n张三\t13800000000\t研发部\n王五\t13700000000\t人事部")
    merged = merge_pasted(here, pasted.rows)
    assert [row.name for row in merged.added] == ["王五"]
    assert merged.completed == ((0, Contact("张三", "13800000000", "", "研发部")),)
    assert merged.known == 0
    again = merge_pasted(
        (merged.completed[0][1], Contact("王五", "13700000000", "", "人事部")), pasted.rows
    )
    assert (again.added, again.completed, again.known) == ((), (), 2)


def test_a_number_of_somebody_else_and_a_name_with_another_number_are_to_be_looked_at() -> None:
    pasted = read_contacts("赵六\t13800000000\n张三\t13600000000")
    merged = merge_pasted((ZHANG,), pasted.rows)
    assert [row.doubts for row in merged.added] == [(Doubt.SHARED_NUMBER,), (Doubt.SAME_NAME,)]


def test_a_mention_is_written_with_the_number_else_with_the_id() -> None:
    assert [one.person for one in (ZHANG, LI, Contact("无"))] == ["13800000000", "manager7675", ""]
    assert is_mobile("13800000000")
    assert not is_mobile("zhang3")

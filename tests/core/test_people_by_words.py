"""Whom words mean: contacts by name, numbers and ids as they are, and why nobody is meant."""

import pytest

from dingcomposer.core.contacts import Contact
from dingcomposer.core.contacts.resolving import PeopleByWords, PersonFault

PEOPLE = PeopleByWords(
    [
        Contact("张三", "13800000000", "zhangsan"),
        Contact("王五", "13800000001"),
        Contact("王五", "13800000002"),
        Contact("John Smith", user_id="jsmith"),
        Contact("无号"),
    ]
)


@pytest.mark.parametrize(
    ("words", "people"),
    [
        ("张三", ("13800000000",)),
        ("@张三", ("13800000000",)),
        ("张三、John Smith", ("13800000000", "jsmith")),
        ("john smith", ("jsmith",)),
        ("张三 13900000000", ("13800000000", "13900000000")),
        ("zhangsan", ("zhangsan",)),
        ("+86 139-0000-0000", ("13900000000",)),
        ("manager4220", ("manager4220",)),
        ("张三;张三\n13800000000", ("13800000000",)),
        ("", ()),
    ],
)
def test_they_are_found(words: str, people: tuple[str, ...]) -> None:
    found = PEOPLE.find(words)
    assert (found.people, found.faults) == (people, ())


@pytest.mark.parametrize(
    ("words", "fault", "which"),
    [
        ("赵六", PersonFault.UNKNOWN, "赵六"),
        ("张三、王五", PersonFault.AMBIGUOUS, "王五"),
        ("无号", PersonFault.NO_NUMBER, "无号"),
        ("1.38E+10", PersonFault.NUMBER_BROKEN, "1.38E+10"),
        ("138****0000", PersonFault.NUMBER_BROKEN, "138****0000"),
    ],
)
def test_of_what_is_not_certain_nobody_is_chosen(
    words: str, fault: PersonFault, which: str
) -> None:
    assert PEOPLE.find(words).faults == ((fault, which),)

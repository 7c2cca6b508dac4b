"""People typed or pasted: split, told apart, counted."""

import pytest

from dingcomposer.core.checks.mentions import has_mention
from dingcomposer.core.contacts import Contact, people_of
from dingcomposer.core.messages import Mentions
from dingcomposer.ui.compose.mentions.parsing import (
    add_people,
    person_at,
    switched,
    with_contact,
    without,
)


@pytest.mark.parametrize(
    "typed",
    ["13800000001,13800000002", "13800000001 13800000002", "@13800000001\n@13800000002、"],
)
def test_a_list_is_split_at_whatever_stands_between(typed: str) -> None:
    assert add_people(typed, Mentions()).mentions.mobiles == ("13800000001", "13800000002")


@pytest.mark.parametrize(
    "typed", ["138 0000 0001", "+86 138-0000-0001", "\u206813800000001\u2069", "@+8613800000001"]
)
def test_a_number_is_taken_as_it_is_sent(typed: str) -> None:
    assert add_people(typed, Mentions()).mentions == Mentions(mobiles=("13800000001",))


@pytest.mark.parametrize("mobile", ["13800000001", "156xxxx8827", "+852-12345678"])
def test_a_number_is_a_mobile(mobile: str) -> None:
    assert add_people(mobile, Mentions()).mentions == Mentions(mobiles=(mobile,))


@pytest.mark.parametrize("user_id", ["manager123", "0123456789", "user_1", "张三"])
def test_anything_else_is_a_user_id(user_id: str) -> None:
    assert add_people(user_id, Mentions()).mentions == Mentions(user_ids=(user_id,))


def test_nobody_is_added_twice() -> None:
    onto = Mentions(("13800000001",), ("boss",))
    assert add_people("13800000001 boss boss", onto).mentions == onto


def test_who_finds_no_room_is_handed_back() -> None:
    onto = Mentions(tuple(f"13800000{number:03}" for number in range(49)))
    added = add_people("one two three", onto)
    assert added.mentions.user_ids == ("one",)
    assert added.left_over == "two three"


def test_a_person_is_switched_and_taken_away_by_place() -> None:
    mentions = Mentions(("1", "2"), ("a",), is_all=True)
    assert switched(mentions, 0) == Mentions(("2",), ("a", "1"), is_all=True)
    assert switched(mentions, 2) == Mentions(("1", "2", "a"), (), is_all=True)
    assert without(mentions, 2) == Mentions(("1", "2"), (), is_all=True)
    assert person_at(mentions, 2) == "a"


def test_a_longer_number_does_not_mention_its_beginning() -> None:
    assert has_mention("hi @138, there", "138")
    assert has_mention("@138在吗", "138")
    assert not has_mention("@1380", "138")
    assert not has_mention("138", "138")


WANG = Contact("Wang Wu", "13900000000")
XIAO = Contact("张小明", "13800000000", "zxm")
KNOWN = people_of((WANG, XIAO, Contact("张三", "13700000001"), Contact("张三", "13700000002")))


@pytest.mark.parametrize(
    ("typed", "mentions"),
    [
        ("Wang Wu", Mentions(("13900000000",))),
        ("@张小明", Mentions(("13800000000",))),
        ("zxm", Mentions(("13800000000",))),
        ("张小明 13900000000，other", Mentions(("13800000000", "13900000000"), ("other",))),
    ],
)
def test_names_stand_for_their_numbers(typed: str, mentions: Mentions) -> None:
    assert add_people(typed, Mentions(), KNOWN).mentions == mentions


def test_a_name_that_nobody_or_more_than_one_has_is_handed_back() -> None:
    added = add_people("小明 张三 zxm", Mentions(), KNOWN)
    assert added.unknown == ("小明", "张三")
    assert added.mentions == Mentions(("13800000000",))


def test_a_contact_is_there_once_by_number_or_by_id_and_not_beyond_the_limit() -> None:
    assert with_contact(Mentions((), ("zxm",)), XIAO) == Mentions((), ("zxm",))
    full = Mentions(tuple(f"13800000{number:03}" for number in range(50)))
    assert with_contact(full, WANG) is None

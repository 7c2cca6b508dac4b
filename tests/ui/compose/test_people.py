"""People typed or pasted: split, told apart, counted."""

import pytest

from dingcomposer.core.messages import Mentions
from dingcomposer.ui.compose.people import add_people, is_in_text, person_at, switched, without


@pytest.mark.parametrize(
    "typed",
    ["13800000001,13800000002", "13800000001 13800000002", "@13800000001\n@13800000002、"],
)
def test_a_list_is_split_at_whatever_stands_between(typed: str) -> None:
    assert add_people(typed, Mentions()).mentions.mobiles == ("13800000001", "13800000002")


@pytest.mark.parametrize(
    "mobile", ["13800000001", "156xxxx8827", "+852-12345678", "+8613800000001"]
)
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
    assert is_in_text("138", "hi @138, there")
    assert is_in_text("138", "@138在吗")
    assert not is_in_text("138", "@1380")
    assert not is_in_text("138", "138")

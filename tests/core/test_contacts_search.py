"""Who is meant by what was typed: by name, pinyin, number, id or department, the surest first."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dingcomposer.core.contacts import Contact, Team, parts_of, team_names, teams_of
from dingcomposer.core.contacts.search import ContactIndex

PEOPLE = (
    Contact("张三丰", "13800000003", "", "研发部"),
    Contact("赵爽", "13800000004", "zhaos", "市场部", ("值班",)),
    Contact("张三", "13800000001", "", "研发部", ("值班", "前端")),
    Contact("李珊", "13800000002", "lis", "人事部"),
    Contact("单雄信", "13800000005", "dxx"),
    Contact("Wang Wu", "+852-12345678", "", "研发部"),
)


def _names(words: str, *likely: str, most: int = 8, people: tuple[Contact, ...] = PEOPLE) -> str:
    return " ".join(one.name for one in ContactIndex(people).find(words, most, likely))


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("张三", "张三 张三丰"),
        ("三", "张三丰 张三"),
        ("zs", "赵爽 张三 张三丰"),  # both are called so from end to end, in the contacts' order
        ("zhangs", "张三 张三丰"),
        ("san", "张三丰 张三"),
        ("zhaos", "赵爽"),
        ("dxx", "单雄信"),  # an id, just so
        ("sxx", "单雄信"),
        ("danxx", ""),
        ("LIS", "李珊"),
        ("13800000001", "张三"),
        ("00002", "李珊"),
        ("研发", "张三丰 张三 Wang Wu"),
        ("ww", "Wang Wu"),
        ("wu", "Wang Wu"),
        ("+852", "Wang Wu"),
        ("张 ", ""),
        ("nobody", ""),
        ("a\x1eb", ""),
        ("a\nb", ""),
    ],
)
def test_who_is_meant_comes_in_the_order_of_how_surely(words: str, names: str) -> None:
    assert _names(words) == names


def test_nothing_typed_gives_the_first_few_and_the_likely_ones_before_them() -> None:
    assert _names("", most=2) == "张三丰 赵爽"
    assert _names("", "13800000005", "lis", "13700000000", most=3) == "单雄信 李珊 张三丰"


def test_the_likely_ones_come_before_others_who_begin_so_and_behind_who_is_called_just_so() -> None:
    assert _names("z", "13800000001") == "张三 赵爽 张三丰"
    assert _names("张", "13800000001").startswith("张三 ")
    assert _names("张三", "13800000003") == "张三 张三丰"
    assert _names("珊", "13800000001") == "李珊"


def test_without_their_pinyin_people_are_found_by_all_the_rest() -> None:
    index = ContactIndex(PEOPLE, is_spelled=False)
    assert [one.name for one in index.find("zs", 8, ["13800000001"])] == []
    assert [one.name for one in index.find("张三", 8)] == ["张三", "张三丰"]
    assert [one.name for one in index.find_teams("值", 8)] == ["值班"]


def test_nobody_is_found_among_nobody() -> None:
    assert ContactIndex(()).find("z", 8, ["1"]) == ()
    assert ContactIndex(()).find("", 8) == ()


@settings(deadline=None)  # the first one imports the dictionary
@given(
    st.lists(
        st.builds(
            Contact,
            st.text(alphabet="张三李四单a |/\n\x1e", min_size=1, max_size=5),
            st.sampled_from(["", "13800000001", "13900000001"]),
            st.text(alphabet="abz1\x1f", max_size=3),
            st.sampled_from(["", "研发部"]),
        ),
        max_size=6,
        unique=True,
    ),
    st.text(alphabet="张三李四单azsl13 |\n", max_size=4),
)
def test_whoever_has_the_words_somewhere_is_found_once(people: list[Contact], words: str) -> None:
    found = ContactIndex(people).find(words, 10)
    assert len(found) == len(set(found))
    wanted = words.casefold()
    if wanted and "\n" not in wanted:
        parts = [(one, (one.name, one.mobile, one.user_id, one.department)) for one in people]
        holding = {one for one, some in parts if any(wanted in part.casefold() for part in some)}
        assert holding <= set(found)


def test_a_team_is_found_by_its_name_and_pinyin_and_a_department_behind_it() -> None:
    index = ContactIndex(PEOPLE)
    assert [(one.name, len(one.members)) for one in index.find_teams("z", 3)] == [("值班", 2)]
    assert [one.name for one in index.find_teams("", 3)] == ["值班", "前端"]
    assert [one.name for one in index.find_teams("部", 9)] == ["人事部", "市场部", "研发部"]
    (team,) = index.find_teams("yf", 3)
    assert team.is_department
    assert [one.name for one in team.members] == ["张三丰", "张三", "Wang Wu"]
    assert index.find_teams("nobody", 3) == ()


def test_a_team_and_a_department_of_one_name_are_two() -> None:
    people = (replace(PEOPLE[0], teams=("研发部",)), PEOPLE[5])
    assert [(one.is_department, len(one.members)) for one in teams_of(people)] == [
        (False, 1),
        (True, 2),
    ]


@pytest.mark.parametrize(("size", "parts"), [(1, [1]), (50, [50]), (51, [26, 25]), (120, [40] * 3)])
def test_a_team_with_more_than_fit_into_a_message_is_offered_in_parts(
    size: int, parts: list[int]
) -> None:
    team = Team("全员", tuple(Contact(f"员工{number}", str(number)) for number in range(size)))
    made = parts_of(team, 50)
    assert [len(one.members) for one in made] == parts
    assert tuple(member for one in made for member in one.members) == team.members
    names = [f"全员 {number}/{len(parts)}" for number in range(1, len(parts) + 1)]
    assert [one.name for one in made] == (["全员"] if len(parts) == 1 else names)


def test_teams_are_written_down_in_one_line() -> None:
    assert team_names(" 值班、前端 , 值班;\n一组 ") == ("值班", "前端", "一组")
    assert team_names("") == ()

"""Chinese words are found by pinyin, by its initials, and by what lies between."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dingcomposer.core.pinyin import spelled, typed_pattern


def _finds(typed: str, words: str, *, is_name: bool = True) -> bool:
    pattern = typed_pattern(typed)
    return pattern is not None and pattern.search(spelled(words, is_name=is_name)) is not None


@pytest.mark.parametrize(
    "typed",
    [
        *("z", "zs", "zhangsan", "zhang san", "zhangs", "zsan", "zhs", "san", "s", "ZS"),
        *("张s", "z三", "张三", "z/s"),
    ],
)
def test_a_name_is_found_by_its_syllables_and_their_beginnings(typed: str) -> None:
    assert _finds(typed, "张三")


@pytest.mark.parametrize(
    "typed", ["sz", "zg", "hang", "an", "zsx", "zhangsanx", "", "  ", "|", "zs" * 20]
)
def test_what_is_no_beginning_of_a_syllable_finds_nobody(typed: str) -> None:
    assert not _finds(typed, "张三")


@pytest.mark.parametrize(
    ("name", "right", "wrong"),
    [
        ("单雄信", "sxx", "dxx"),
        ("曾国藩", "zeng", "ceng"),
        ("仇英", "qiuy", "chouy"),
        ("解缙", "xiej", "jiej"),
        ("查良镛", "zhaly", "chaly"),
        ("朴正熙", "piaozx", "puzx"),
        ("区志强", "ouzq", "quzq"),
        ("任建国", "renjg", "linjg"),
        ("万俟卨", "moq", "wanq"),
        ("尉迟恭", "yuchig", "weichig"),
        ("长孙无忌", "zhangsun", "changsun"),
        ("员半千", "yunbq", "yuanbq"),
    ],
)
def test_a_surname_is_read_as_surnames_are(name: str, right: str, wrong: str) -> None:
    assert _finds(right, name)
    assert not _finds(wrong, name)
    assert _finds(wrong, name, is_name=False) or name == "万俟卨"


@pytest.mark.parametrize("typed", ["qin", "tan"])
def test_a_surname_with_two_readings_has_both(typed: str) -> None:
    assert _finds(typed, "覃辉")


@pytest.mark.parametrize("typed", ["shan", "chan", "yufei"])
def test_a_surname_that_may_go_on_is_read_both_ways(typed: str) -> None:
    assert _finds(typed, "单于飞")


@pytest.mark.parametrize("typed", ["lv", "lu", "lyu", "lü", "lvb", "lb"])
def test_who_has_no_key_for_u_with_dots_finds_lv(typed: str) -> None:
    assert _finds(typed, "吕布")


def test_a_given_name_and_other_words_have_all_of_their_readings() -> None:
    for typed in ("zhongqing", "chongqing", "cq", "zq"):
        assert _finds(typed, "重庆", is_name=False)
    assert _finds("zhangle", "张乐")
    assert _finds("zhangyue", "张乐")


@pytest.mark.parametrize("typed", ["ww", "wu", "wangw", "W W"])
def test_latin_words_are_found_the_same_way(typed: str) -> None:
    assert _finds(typed, "Wang Wu")


def test_words_and_numbers_in_between_count_as_one_syllable_each() -> None:
    assert spelled("运维2组 A-1") == spelled("运维 2组 a 1")
    assert _finds("yw2z", "运维2组", is_name=False)


def test_one_search_goes_through_the_lines_of_many() -> None:
    lines = "\n".join(spelled(name, is_name=True) for name in ("李四", "张三", "赵爽"))
    pattern = typed_pattern("zs")
    assert pattern is not None
    assert [lines.count("\n", 0, match.start()) for match in pattern.finditer(lines)] == [1, 2]


@settings(deadline=None)  # the first one imports the dictionary
@given(st.text(max_size=60), st.text(max_size=40))
def test_whatever_is_typed_or_called_is_an_answer(typed: str, words: str) -> None:
    line = spelled(words, is_name=True)
    assert "\n" not in line
    pattern = typed_pattern(typed)
    if pattern is not None:
        pattern.search(line)


@settings(deadline=None)  # the first one imports the dictionary
@given(st.text(alphabet="张三李四王五赵六单曾乐行重aZ 9", min_size=1, max_size=12))
def test_who_types_the_name_itself_finds_it(name: str) -> None:
    assert not name.strip() or _finds(name, name)

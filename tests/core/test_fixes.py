"""A fix sets one problem right, and nothing else."""

import time
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dingcomposer.core.browser_links import to_browser_link
from dingcomposer.core.checks import check
from dingcomposer.core.checks.fixes import (
    FIXABLE,
    KeywordPlace,
    can_fix,
    fix,
    fix_all,
    keyword_offers,
)
from dingcomposer.core.checks.problems import Problem, ProblemCode, problem
from dingcomposer.core.draft import Draft, from_message, to_message
from dingcomposer.core.messages import ActionCard, Button, FeedLink, Kind, Mentions, Orientation
from dingcomposer.core.robot import Robot, Stage

ROBOT = Robot("r1", "测试群", keywords=("告警", "Deploy"), has_token=True)
MD = Draft(kind=Kind.MARKDOWN, title="标题")


def of(draft: Draft, code: ProblemCode, robot: Robot | None = None) -> list[Problem]:
    return [one for one in check(to_message(draft), robot) if one.code is code]


def fixed(draft: Draft, code: ProblemCode, robot: Robot | None = None) -> Draft:
    """The draft after the fix of its first problem of that code, which must be gone then."""
    found = of(draft, code, robot)
    assert found, "the checks must find it first"
    made = fix(draft, found[0])
    assert made is not None
    assert of(made, code, robot) == []
    return made


@pytest.mark.parametrize(
    ("text", "code", "expected"),
    [
        ("**重要：**请看", "stars_shown", "**重要：** 请看"),
        ("请看**《手册》**后签字", "stars_shown", "请看 **《手册》** 后签字"),
        ("> - **甲：**乙 `**丙：**丁`", "stars_shown", "> - **甲：** 乙 `**丙：**丁`"),
        ("甲\r\n**乙：**丙\r\n", "stars_shown", "甲\r\n**乙：** 丙\r\n"),
        ("第一行\n第二行\n第三行", "line_not_broken", "第一行  \n第二行  \n第三行"),
        ("第一行 \r\n第二行", "line_not_broken", "第一行  \r\n第二行"),
        ("- 甲\n乙", "line_not_broken", "- 甲  \n乙"),
        ("标题\n---\n正文", "rule_under_text", "标题\n\n---\n正文"),
        ("甲<br>乙", "br_tag", "甲  \n乙"),
        ("甲<br/>\n\n乙", "br_tag", "甲\n\n乙"),
        ("<font color='#FF0000'>红</font>", "font_quoted", "<font color=#FF0000>红</font>"),
        ('`"` <font color="red">红</font>', "font_quoted", '`"` <font color=red>红</font>'),
        ("##标题", "heading_no_space", "## 标题"),
        ("2*3*4", "stars_swallowed", r"2\*3\*4"),
        ("改 __init__.py", "underscores_swallowed", r"改 \_\_init\_\_.py"),
        ("List<T> 与 `<T>`", "angle_swallowed", "List&lt;T> 与 `<T>`"),
        ("[点](www.example.com/a)", "url_no_scheme", "[点](https://www.example.com/a)"),
        ("[点](https://a.com/b c)", "url_spaces", "[点](https://a.com/b%20c)"),
        ("![](https://a.com/b c.png)", "picture_space", "![](https://a.com/b%20c.png)"),
        ("```\n**甲：**乙\n```\n**甲：**乙", "stars_shown", "```\n**甲：**乙\n```\n**甲：** 乙"),
        ("***重点。***后", "stars_shown", "***重点。*** 后"),
        ("**重要：**请看**这里**后", "stars_shown", "**重要：** 请看**这里**后"),
        ("> 正文\n> ---", "rule_under_text", "> 正文\n>\n> ---"),
        ("> - 甲<br>乙", "br_tag", "> - 甲  \n>   乙"),
        ("甲<br>\n乙", "br_tag", "甲  \n乙"),
        ('> [点](https://a.com/b c "题")', "url_spaces", '> [点](https://a.com/b%20c "题")'),
        ("### [点](<www.a.com> '题')", "url_no_scheme", "### [点](<https://www.a.com> '题')"),
        ("看 [文件](file:///D:/a.docx) 吧", "url_file", "看 文件 吧"),
        ("> - [**手册** [新]](<\\\\\\\\nas\\\\a.docx> '题')", "url_file", "> - **手册** [新]"),
        ("[OA](http://10.1.2.3/a) [看](https://a.com)", "url_lan", "OA [看](https://a.com)"),
        ("a*b**c*d**e", "stars_swallowed", r"a\*b\*\*c\*d\*\*e"),
    ],
)
def test_a_line_of_markdown_is_set_right(text: str, code: str, expected: str) -> None:
    assert fixed(replace(MD, text=text), ProblemCode(code)).text == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("|姓名|手机|\n|-|-|\n|张三|138|\n|李四|139|", "- 张三：138\n- 李四：139"),
        (
            "值班：\n\n|日期|白班|夜班|\n|:-|:-:|-:|\n| 12/1 | 张三 | |\n|12/2| 李\\|四 |王五 |",
            "值班：\n\n- 12/1：白班 张三\n- 12/2：白班 李|四，夜班 王五",
        ),
        ("|Name|Phone|\n|-|-|\n|Ann|1|", "- Ann: 1"),
        ("> |甲|乙|\n> |-|-|\n> |一|二|", "> - 一：二"),
        ("|甲|乙|\n|-|-|", "- 甲：乙"),
        ("|甲|乙|\n|-|-|\n|# 一|二|\n\n完", "- \\# 一：二\n\n完"),
    ],
)
def test_a_table_becomes_lines_with_its_headings(text: str, expected: str) -> None:
    assert fixed(replace(MD, text=text), ProblemCode.TABLE).text == expected


def test_a_fix_of_one_line_leaves_the_others_as_they_are() -> None:
    draft = replace(MD, text="**甲：**乙\n\n##标题\n\n**丙：**丁")
    (one,) = of(draft, ProblemCode.STARS_SHOWN)
    made = fix(draft, one, 5)
    assert made is not None
    assert made.text == "**甲：**乙\n\n##标题\n\n**丙：** 丁"
    (typed,) = of(Draft(text="一\\n二\n三\\n四"), ProblemCode.ESCAPE_TYPED)
    split = fix(Draft(text="一\\n二\n三\\n四"), typed, 2)
    assert split is not None
    assert split.text == "一\\n二\n三\n四"


def test_all_of_a_kind_are_set_right_in_every_field() -> None:
    draft = Draft(
        kind=Kind.INDEPENDENT,
        title="题目",
        text="[看](www.a.com)",
        buttons=(Button("看", "www.a.com/1"), Button("问", "www.a.com/2")),
    )
    found = of(draft, ProblemCode.URL_NO_SCHEME)
    assert len(found) == 3
    made = fix_all(draft, found)
    assert of(made, ProblemCode.URL_NO_SCHEME) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("第一行<br>第二行&nbsp;完", "第一行\n第二行 完"),
        ("<p>一</p><p><b>二</b></p>", "一\n二"),
        ("<ul><li>一</li><li>二</li></ul>", "- 一\n- 二"),
        ('见 <a href="https://a.com/x?a=1&amp;b=2">说明</a>', "见 说明 https://a.com/x?a=1&b=2"),
        ("<a href='https://a.com'>https://a.com</a>", "https://a.com"),
        ("&lt;b&gt;重&amp;要", "重&要"),
        ("<div><span style='x'>甲</span></div>", "甲"),
    ],
)
def test_html_in_plain_text_becomes_plain_text(text: str, expected: str) -> None:
    assert fixed(Draft(text=text), ProblemCode.HTML_IN_TEXT).text == expected
    link = Draft(kind=Kind.LINK, title="题目", text=text, message_url="https://a.com")
    assert fixed(link, ProblemCode.HTML_IN_TEXT).text == expected


@pytest.mark.parametrize("text", ["a < b 且 c > d", "<张三>", "List<T>", "R&D", "<script>"])
def test_what_is_no_html_is_left_alone(text: str) -> None:
    assert of(Draft(text=text), ProblemCode.HTML_IN_TEXT) == []


def test_markdown_in_a_text_message_becomes_a_markdown_message() -> None:
    draft = Draft(text="## 今晚 **停机**\n22:00 开始\n见 [公告](https://a.com)")
    made = fixed(draft, ProblemCode.MARKDOWN_IN_TEXT)
    assert (made.kind, made.title) == (Kind.MARKDOWN, "今晚 停机")
    assert made.text == "## 今晚 **停机**\n22:00 开始  \n见 [公告](https://a.com)"
    assert of(made, ProblemCode.LINE_NOT_BROKEN) == []
    signed = fixed(Draft(text="## 停机\n- 一\n- 二\n运维部"), ProblemCode.MARKDOWN_IN_TEXT)
    assert signed.text == "## 停机\n- 一\n- 二\n\n运维部", "not drawn into the last item"
    titled = fixed(replace(draft, title="停机"), ProblemCode.MARKDOWN_IN_TEXT)
    assert titled.title == "停机"


@pytest.mark.parametrize("title", ["通知", "【公告】", "重要通知！", "Notice", "温馨提示："])
def test_a_title_that_says_nothing_becomes_the_first_words_of_the_text(title: str) -> None:
    draft = replace(MD, title=title, text="### 通知\n\n> 1. **机房**今晚 [断电](https://a.com)：")
    assert fixed(draft, ProblemCode.TITLE_VAGUE).title == "机房今晚 断电"


def test_a_title_without_any_words_to_take_has_no_fix() -> None:
    (one,) = of(replace(MD, title="通知", text="通知"), ProblemCode.TITLE_VAGUE)
    assert not can_fix(replace(MD, title="通知", text="通知"), one)
    feed = Draft(kind=Kind.FEED_CARD, feed=(FeedLink("通知", "https://a.com", "@l"),))
    (one,) = of(feed, ProblemCode.TITLE_VAGUE)
    assert fix(feed, one) is None


def test_a_trial_may_be_called_one_except_in_a_group_of_people() -> None:
    draft = replace(MD, title="测试", text="试一试")
    production = replace(ROBOT, keywords=(), stage=Stage.PRODUCTION)
    assert of(draft, ProblemCode.TITLE_VAGUE, replace(ROBOT, keywords=())) == []
    assert fixed(draft, ProblemCode.TITLE_VAGUE, production).title == "试一试"


def test_a_fix_reaches_every_line_however_many() -> None:
    draft = replace(MD, text="\n".join(f"第 {number} 行" for number in range(40)))
    assert fixed(draft, ProblemCode.LINE_NOT_BROKEN).text.count("  \n") == 39


@pytest.mark.parametrize(
    "text",
    [
        "|甲|\n|-|\n|乙<br>丙|",  # the table would end there
        "# 甲<br>乙",
        "[点](readme)",  # not the beginning of any host
    ],
)
def test_where_it_is_not_obvious_there_is_no_fix(text: str) -> None:
    draft = replace(MD, text=text)
    codes = (ProblemCode.BR_TAG, ProblemCode.FONT_QUOTED, ProblemCode.URL_NO_SCHEME)
    found = [one for one in check(to_message(draft), None) if one.code in codes]
    assert found
    assert [fix(draft, one) for one in found] == [None]
    assert not any(can_fix(draft, one) for one in found)


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        (Kind.TEXT, "磁盘满", "磁盘满\n—— 告警"),
        (Kind.MARKDOWN, "- 甲\n", "- 甲\n\n—— 告警"),
        (Kind.INDEPENDENT, "", "告警"),
    ],
)
def test_the_keyword_is_put_behind_the_text(kind: Kind, text: str, expected: str) -> None:
    draft = fixed(Draft(kind=kind, title="标题", text=text), ProblemCode.NO_KEYWORD, ROBOT)
    assert (draft.text, draft.title) == (expected, "标题")


def test_the_keyword_is_put_where_the_kind_has_words() -> None:
    link = Draft(kind=Kind.LINK, title="磁盘满", text="甲")
    assert fixed(link, ProblemCode.NO_KEYWORD, ROBOT).text == "甲\n—— 告警"
    feed = Draft(kind=Kind.FEED_CARD, feed=(FeedLink("甲"), FeedLink("乙")))
    made = fixed(feed, ProblemCode.NO_KEYWORD, ROBOT)
    assert [one.title for one in made.feed] == ["【告警】甲", "乙"]


def test_a_missing_keyword_is_offered_in_every_place_that_the_kind_has() -> None:
    def offered(draft: Draft) -> dict[str, tuple[str, str]]:
        (found,) = of(draft, ProblemCode.NO_KEYWORD, ROBOT)
        return {
            one.place.value: (one.draft.title, one.draft.text)
            for one in keyword_offers(draft, found)
        }

    assert offered(replace(MD, title="通知", text="# 停电\n\n今晚")) == {
        "closing_line": ("通知", "# 停电\n\n今晚\n\n—— 告警"),
        "first_line": ("通知", "【告警】\n\n# 停电\n\n今晚"),
        "title": ("【告警】通知", "# 停电\n\n今晚"),
    }
    assert offered(Draft(text="停电")) == {
        "closing_line": ("", "停电\n—— 告警"),
        "first_line": ("", "【告警】\n停电"),
    }


def test_nothing_is_asked_where_a_keyword_only_has_to_be_spelled_or_to_leave_the_title() -> None:
    draft = Draft(text="deploy")
    (found,) = of(draft, ProblemCode.KEYWORD_CASE, ROBOT)
    assert keyword_offers(draft, found) == ()
    titled = replace(MD, title="告警", text="停电")
    (found,) = of(titled, ProblemCode.KEYWORD_IN_TITLE, ROBOT)
    places = [one.place for one in keyword_offers(titled, found)]
    assert places == [KeywordPlace.CLOSING_LINE, KeywordPlace.FIRST_LINE]


def test_a_keyword_in_another_case_is_spelled_as_it_is_set() -> None:
    draft = Draft(text="见 https://a.com/deploy 的 deploy 结果")
    made = fixed(draft, ProblemCode.KEYWORD_CASE, ROBOT)
    assert made.text == "见 https://a.com/deploy 的 Deploy 结果"


def test_a_keyword_in_the_title_alone_comes_into_the_text() -> None:
    draft = replace(MD, title="告警", text="磁盘满")
    assert fixed(draft, ProblemCode.KEYWORD_IN_TITLE, ROBOT).text == "磁盘满\n\n—— 告警"


def test_a_keyword_that_looks_like_an_address_cannot_be_inserted() -> None:
    robot = replace(ROBOT, keywords=("https://a.com/",))
    draft = Draft(text="甲")
    (found,) = of(draft, ProblemCode.NO_KEYWORD, robot)
    assert fix(draft, found) is None


def test_mentions_stand_together_behind_the_text() -> None:
    draft = replace(MD, text="- 甲", mentions=Mentions(("13800000001", "13800000002"), ("zhang",)))
    for one in of(draft, ProblemCode.MENTION_NOT_IN_TEXT):
        made = fix(draft, one)
        assert made is not None
        draft = made
    assert draft.text == "- 甲\n\n@13800000001 @13800000002 @zhang"
    assert of(draft, ProblemCode.MENTION_NOT_IN_TEXT) == []


def test_a_long_user_id_is_put_in_whole() -> None:
    draft = Draft(text="甲", mentions=Mentions(user_ids=("u" * 60,)))
    assert fixed(draft, ProblemCode.MENTION_NOT_IN_TEXT).text == f"甲\n@{'u' * 60}"


def test_numbers_in_the_text_come_among_the_mentions() -> None:
    draft = Draft(text="@13800000001 @13800000002 @13800000001", mentions=Mentions(("139",)))
    made = fixed(draft, ProblemCode.MENTION_NOT_IN_LIST)
    assert made.mentions == Mentions(("139", "13800000001", "13800000002"))


def test_nobody_is_added_beyond_what_a_message_can_mention() -> None:
    people = tuple(f"139{number:08}" for number in range(49))
    draft = Draft(text="@13800000001 @13800000002", mentions=Mentions(people))
    (found,) = of(draft, ProblemCode.MENTION_NOT_IN_LIST)
    made = fix(draft, found)
    assert made is not None
    assert made.mentions == Mentions((*people, "13800000001"))
    assert not can_fix(made, of(made, ProblemCode.MENTION_NOT_IN_LIST)[0])


def test_everyone_is_ticked_where_the_text_says_so() -> None:
    assert fixed(Draft(text="@所有人 开会"), ProblemCode.ALL_NOT_IN_LIST).mentions == Mentions(
        is_all=True
    )


def test_who_is_mentioned_twice_is_mentioned_once() -> None:
    people = ("13800000001", "13800000002", "13800000001")
    draft = Draft(text="@13800000001 @13800000002", mentions=Mentions(people))
    assert fixed(draft, ProblemCode.MENTION_TWICE).mentions == Mentions(people[:2])


def test_all_links_of_a_card_open_in_the_browser() -> None:
    page = to_browser_link("https://a.com/?b=1")
    card = Draft(
        kind=Kind.INDEPENDENT,
        title="标题",
        text="[甲](https://a.com/?b=1) ![](https://a.com/c.png)",
        buttons=(Button("看", "https://a.com/?b=1"), Button("问", "dtmd://dingtalkclient/x")),
    )
    made = fixed(card, ProblemCode.OPENS_SIDE_PANEL)
    assert [one.url for one in made.buttons] == [page, "dtmd://dingtalkclient/x"]
    assert made.text == card.text
    sent = to_message(made)
    assert isinstance(sent, ActionCard)
    assert sent.text == f"[甲]({page}) ![](https://a.com/c.png)"
    assert from_message(sent) == made
    jump = replace(card, kind=Kind.WHOLE_JUMP, jump=Button("看", "https://a.com/?b=1"))
    assert fixed(jump, ProblemCode.OPENS_SIDE_PANEL).jump.url == page
    feed = Draft(kind=Kind.FEED_CARD, feed=(FeedLink("甲", "https://a.com/?b=1", "@lA"),))
    assert fixed(feed, ProblemCode.OPENS_SIDE_PANEL).feed[0].message_url == page


def test_what_cannot_be_sent_or_seen_is_taken_out() -> None:
    link = Draft(kind=Kind.LINK, title="甲\ud83d乙", text="一\x00二\n三\x07")
    assert fixed(link, ProblemCode.LONE_SURROGATE).title == "甲乙"
    assert fixed(link, ProblemCode.CONTROL_CHARACTER).text == "一二\n三"
    people = Draft(text="甲", mentions=Mentions(user_ids=("a\x00",)))
    made = fixed(people, ProblemCode.CONTROL_CHARACTER)
    assert made.mentions == Mentions(user_ids=("a",))


def test_buttons_that_cannot_stand_side_by_side_stand_one_below_the_other() -> None:
    draft = Draft(
        kind=Kind.INDEPENDENT, orientation=Orientation.HORIZONTAL, buttons=(Button("看", "a"),)
    )
    assert fixed(draft, ProblemCode.HORIZONTAL_INEFFECTIVE).orientation is Orientation.VERTICAL


def test_an_address_of_its_own_is_set_right() -> None:
    link = Draft(kind=Kind.LINK, message_url=" www.a.com/b c ", picture_url="https://a.com/b c.png")
    assert fixed(link, ProblemCode.URL_SPACES).message_url == "www.a.com/b%20c"
    assert fixed(link, ProblemCode.URL_NO_SCHEME).message_url == "https://www.a.com/b c"
    assert fixed(link, ProblemCode.PICTURE_SPACE).picture_url == "https://a.com/b%20c.png"


# --- whatever there is ---------------------------------------------------------------------------

PIECES = st.sampled_from(
    [
        *("**重要：**", "**", "*", "2*3*4", "__init__.py", "<br>", "<br/>", "|", "# ", "##", "- "),
        *("<font color='red'>", "<font color=\"#F00\" face='x'>", "</font>", "<T>", "<b>", "`"),
        *(
            "```\n",
            "> ",
            "1. ",
            "    ",
            "---",
            "===",
            "\n",
            "\r\n",
            "\n\n",
            " ",
            "  \n",
            "\\",
            "\t",
        ),
        *("[甲](www.a.com)", "[甲](https://a.com/b c)", "![](https://a.com/b c)", "](", "(", ")"),
        *("[甲](<http://a.com> 'x')", "http://a.com/deploy", "deploy", "@13800000001", "@所有人"),
        *("|甲|乙|\n|-|-|\n|丙|丁|\n", "&nbsp;", "&amp;lt;b&gt;", "<p>一</p>", "**粗**", "\\n"),
        *("[x](http://nas/a)", "[y](file:///a 'b')", "[[z](C:\\a)](", "]", "!", "\\["),
        *("重", "要", "。", "“", "\x00", "\ud83d", "\u3000", "\x0b", "\x85", "\u2028"),
    ]
)
TEXTS = st.lists(PIECES, max_size=12).map("".join)
URLS = st.sampled_from(
    ["", "www.a.com", " www.a.com/b c", "https://a.com", "http://a.com\x00", "dtmd://a", "x\ty"]
)
DRAFTS = st.builds(
    Draft,
    kind=st.sampled_from(Kind),
    title=TEXTS,
    text=TEXTS,
    mentions=st.none()
    | st.builds(
        Mentions,
        st.lists(st.sampled_from(["13800000001", "+852-12345678", "", "1\n"])).map(tuple),
        st.lists(st.sampled_from(["zhang", " a", "a\x00", "@b", "\ud83d"])).map(tuple),
        st.booleans(),
    ),
    message_url=URLS,
    picture_url=st.none() | URLS,
    jump=st.builds(Button, TEXTS, URLS),
    buttons=st.lists(st.builds(Button, TEXTS, URLS), max_size=3).map(tuple),
    orientation=st.none() | st.sampled_from(Orientation),
    feed=st.lists(st.builds(FeedLink, TEXTS, URLS, URLS), max_size=3).map(tuple),
)
# Of these some lines may have no fix, and then the problem stays with those lines.
PARTLY = (
    *(ProblemCode.BR_TAG, ProblemCode.FONT_QUOTED, ProblemCode.URL_NO_SCHEME),
    *(ProblemCode.URL_FILE, ProblemCode.URL_LAN),
    ProblemCode.MENTION_NOT_IN_LIST,  # where more than 50 people would be mentioned
)


@settings(max_examples=600, deadline=None)
@given(DRAFTS, st.sampled_from([(), ("告警",), ("Deploy", "x"), ("](x",), ("http://a",)]))
@example(Draft(kind=Kind.MARKDOWN, text="**a：****b：**c"), ())
def test_what_was_fixed_is_gone(draft: Draft, keywords: tuple[str, ...]) -> None:
    robot = replace(ROBOT, keywords=keywords)
    for one in check(to_message(draft), robot):
        made = fix(draft, one)
        assert (made is not None) == can_fix(draft, one)
        if made is None:
            continue
        assert one.code in FIXABLE
        assert made.kind is draft.kind or one.code is ProblemCode.MARKDOWN_IN_TEXT
        left = [(p.code, p.field) for p in check(to_message(made), robot)]
        if one.code in PARTLY and one.field == "text":
            again = [p for p in check(to_message(made), robot) if p.code is one.code]
            assert all(fix(made, p) is None for p in again if p.field == "text")
        else:
            assert (one.code, one.field) not in left


PARAMS: st.SearchStrategy[dict[str, Any]] = st.dictionaries(
    st.sampled_from(["line", "keyword", "name", "word"]),
    st.integers(-3, 99) | st.sampled_from(["", "x", "@1", "告警"]),
)


@settings(max_examples=300, deadline=None)
@given(
    DRAFTS,
    st.sampled_from(ProblemCode),
    st.sampled_from(
        ["", "text", "title", "message", "buttons.7.url", "feed.x", "mentions.mobiles.0", "kind"]
    ),
    PARAMS,
)
def test_whatever_is_asked_for_nothing_raises(
    draft: Draft, code: ProblemCode, field: str, params: dict[str, Any]
) -> None:
    one = problem(code, field, **params)
    assert fix(draft, one) is None or can_fix(draft, one)


@pytest.mark.parametrize("shape", ["[", "![](", "**a：**b", "<br>", "- \n", "a\n", "`", "<font "])
def test_time_grows_with_the_length_and_no_faster(shape: str) -> None:
    def seconds(length: int) -> float:
        draft = replace(MD, text=(shape * length)[:length])
        found = check(to_message(draft), ROBOT)
        taken = []
        for _ in range(4):  # the least of them is the least disturbed
            before = time.process_time()
            for one in found:
                fix(draft, one)
            taken.append(time.process_time() - before)
        return min(taken)

    assert seconds(40_000) < 8 * max(seconds(10_000), 0.01)


def test_a_pictures_address_is_percent_encoded_where_it_is_not() -> None:
    link = Draft(kind=Kind.LINK, picture_url="https://例.com/图 1/a%20b.png?x=一&y=2#三")
    spaced = fixed(link, ProblemCode.PICTURE_SPACE)
    made = fixed(spaced, ProblemCode.PICTURE_NOT_ENCODED).picture_url
    assert made == "https://例.com/%E5%9B%BE%201/a%20b.png?x=%E4%B8%80&y=2#%E4%B8%89"
    text = Draft(kind=Kind.MARKDOWN, text="![图](https://a.com/图.png) 图")
    encoded = fixed(text, ProblemCode.PICTURE_NOT_ENCODED).text
    assert encoded == "![图](https://a.com/%E5%9B%BE.png) 图"

"""Every finding there is: a message that has it, and, where nothing is refused, without it."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from dingcomposer.core.checks import check
from dingcomposer.core.checks.problems import (
    CAN_BE_SWITCHED_OFF,
    OF_MESSAGES,
    ProblemCode,
    Severity,
    severity_of,
)
from dingcomposer.core.contacts import Contact
from dingcomposer.core.draft import Draft, to_message
from dingcomposer.core.messages import Button, FeedLink, Kind, Mentions, Orientation
from dingcomposer.core.robot import Robot

C = ProblemCode
# A Monday, a quarter to three in the afternoon.
NOW = datetime(2026, 11, 30, 14, 45, tzinfo=UTC)
BOOK = (
    Contact("张三", "13800000001"),
    Contact("李四", "1380000002"),
    Contact("李四", "13800000003"),
)
SANDBOX = Robot("r1", "测试群", has_token=True)
MARKDOWN = Draft(Kind.MARKDOWN, title="停机维护", text="今晚")
CARD = Draft(Kind.WHOLE_JUMP, title="题", text="文", jump=Button("看", "https://a.com"))
LINK = Draft(Kind.LINK, title="题", text="文", message_url="https://a.com")
FEED = FeedLink("题", "https://a.com", "https://a.com/b.png")
BUTTON = Button("看", "https://a.com")


def markdown(text: str) -> Draft:
    return replace(MARKDOWN, text=text)


def mentioning(*people: str, text: str = "", is_all: bool = False) -> Draft:
    words = text or " ".join(f"@{one}" for one in people)
    return Draft(text=words, mentions=Mentions(people, is_all=is_all))


CASES: dict[ProblemCode, Draft] = {
    C.LONE_SURROGATE: Draft(text="甲\ud800"),
    C.TOO_LONG: Draft(text="字" * 7_000),
    C.CONTROL_CHARACTER: Draft(text="甲\x07"),
    C.EMPTY_FIELD: Draft(),
    C.EMPTY_FIELD_UNPROVEN: replace(CARD, title=""),
    C.BLANK_FIELD: Draft(text="  "),
    C.NO_FEED_ITEMS: Draft(Kind.FEED_CARD, feed=()),
    C.NO_BUTTONS: Draft(Kind.INDEPENDENT, title="题", text="文", buttons=()),
    C.TITLE_MEANINGLESS: replace(MARKDOWN, title="…"),
    C.TITLE_MARKDOWN: replace(MARKDOWN, title="## 停机"),
    C.LONG_FOR_READERS: replace(MARKDOWN, title="停" * 200),
    C.ESCAPE_TYPED: Draft(text="一\\n二"),
    C.FIELD_UNFILLED: Draft(text="你好 {{name}}"),
    C.GROUP_NAME_ASKED: Draft(text="{{群名}} 的各位"),
    C.MARKDOWN_IN_TEXT: Draft(text="## 停机"),
    C.HTML_IN_TEXT: Draft(text="一<br>二"),
    C.TITLE_VAGUE: replace(MARKDOWN, title="通知"),
    C.WEEKDAY_WRONG: Draft(text="12月1日（周一）"),
    C.DATE_PAST: Draft(text="11月29日开会"),
    C.DAYS_PAST: Draft(text="11月26日至11月28日停电"),
    C.TIME_PAST: Draft(text="今天 9:00 开会"),
    C.SECRET_IN_TEXT: Draft(text=f"SEC{'0a' * 32}"),
    C.HORIZONTAL_INEFFECTIVE: Draft(
        Kind.INDEPENDENT,
        title="题",
        text="文",
        orientation=Orientation.HORIZONTAL,
        buttons=(BUTTON,),
    ),
    C.MANY_BUTTONS: Draft(Kind.INDEPENDENT, title="题", text="文", buttons=(BUTTON,) * 30),
    C.MANY_FEED_ITEMS: Draft(Kind.FEED_CARD, feed=(FEED,) * 30),
    C.OPENS_SIDE_PANEL: CARD,
    C.NO_TOKEN: Draft(text="停电"),
    C.NO_SECRET: Draft(text="停电"),
    C.NO_KEYWORD: Draft(text="停电"),
    C.KEYWORD_CASE: Draft(text="deploy"),
    C.KEYWORD_IN_TITLE: replace(MARKDOWN, title="Deploy"),
    C.KEYWORD_IN_BUTTON: replace(CARD, jump=Button("Deploy", "https://a.com")),
    C.KEYWORD_IN_URL: Draft(text="见 https://a.com/Deploy"),
    C.TOO_MANY_PEOPLE: mentioning(*(f"138{number:08}" for number in range(51))),
    C.MENTION_NOT_IN_TEXT: mentioning("13800000001", text="停电"),
    C.MENTION_NOT_IN_LIST: Draft(text="@13800000001"),
    C.MENTION_BY_NAME: Draft(text="@张三"),
    C.MENTION_NAME_SHARED: Draft(text="@李四"),
    C.MENTION_NAME_UNKNOWN: Draft(text="@赵六 请看"),
    C.MENTION_NUMBER_LOOSE: Draft(text="@+86 138-0000-0001 请看"),
    C.MENTION_TWICE: mentioning("13800000001", "13800000001"),
    C.MOBILE_ABROAD: mentioning("+85291234567"),
    C.MOBILE_ODD: mentioning("123456"),
    C.USER_ID_ODD: Draft(text="@a b", mentions=Mentions(user_ids=("a b",))),
    C.ALL_RESERVED: Draft(text="停电 @所有人", mentions=Mentions(is_all=True)),
    C.ALL_NOT_IN_LIST: Draft(text="@所有人"),
    C.ALL_TWICE: Draft(text="@所有人 停电 @所有人", mentions=Mentions(is_all=True)),
    C.URL_NO_SCHEME: markdown("[看](www.a.com)"),
    C.URL_SPACES: markdown("[看](https://a.com/b c)"),
    C.URL_BROKEN: markdown("[看](https://)"),
    C.URL_UNNAMED: markdown("[链接文字](https://a.com)"),
    C.URL_CREDENTIALS: markdown("[看](https://me:pass@a.com)"),
    C.URL_UNSAFE: markdown("[看](javascript:alert)"),
    C.URL_UNKNOWN_SCHEME: markdown("[看](gopher://a.com)"),
    C.URL_HTTP: markdown("[看](http://a.com)"),
    C.URL_LOOPBACK: markdown("[看](http://127.0.0.1/a)"),
    C.URL_FILE: markdown("[看](file:///a.docx)"),
    C.URL_LAN: markdown("[看](http://10.1.2.3/a)"),
    C.URL_POSTS_NOT_HERE: replace(LINK, message_url="dtmd://dingtalkclient/sendMessage?content=a"),
    C.PICTURE_UNREACHABLE: replace(LINK, picture_url="http://127.0.0.1/a.png"),
    C.PICTURE_SPACE: markdown("![看](https://a.com/b c.png)"),
    C.PICTURE_NOT_ENCODED: markdown("![看](https://a.com/图.png)"),
    C.PICTURE_EXPIRES: markdown("![看](https://a.com/a.png?Expires=1700000000&Signature=x)"),
    C.MANY_PICTURES: markdown("![看](https://a.com/a.png) " * 30),
    C.LINE_NOT_BROKEN: markdown("一\n二"),
    C.TABLE: markdown("|甲|乙|\n|-|-|\n|丙|丁|"),
    C.HTML_IN_CODE: markdown("```\n<b>一</b>\n```"),
    C.HTML_TAG: markdown("<b>一</b>"),
    C.CODE_FENCE: markdown("```\n一\n```"),
    C.INDENTED_CODE: markdown("一\n\n    二"),
    C.HEADING_NO_SPACE: markdown("##标题"),
    C.STARS_SHOWN: markdown("**重要：**请看"),
    C.STARS_SWALLOWED: markdown("2*3*4"),
    C.UNDERSCORES_SWALLOWED: markdown("__init__.py"),
    C.ANGLE_SWALLOWED: markdown("List<T>"),
    C.BR_TAG: markdown("一<br>二"),
    C.FONT_QUOTED: markdown('<font color="red">红</font>'),
    C.UNKNOWN_COLOUR: markdown("<font color=#12>红</font>"),
    C.COLOUR_NAMED: markdown("<font color=red>红</font>"),
    C.UNCLOSED_FONT: markdown("<font color=#FF0000>红"),
    C.STRIKETHROUGH: markdown("~~旧~~"),
    C.TASK_LIST: markdown("- [ ] 一"),
    C.FOOTNOTE: markdown("一[^1]\n\n[^1]: 二"),
    C.EMOJI_CODE: markdown("好 :smile:"),
    C.DEEP_LIST: markdown("- 一\n    - 二\n        - 三\n            - 四\n                - 五"),
    C.RULE_UNDER_TEXT: markdown("一\n---"),
    C.REFERENCE: markdown("[看][1]\n\n[1]: https://a.com"),
}
ROBOTS: dict[ProblemCode, Robot] = {
    C.NO_TOKEN: replace(SANDBOX, has_token=False),
    C.NO_SECRET: replace(SANDBOX, expects_signature=True),
    **dict.fromkeys(
        (C.NO_KEYWORD, C.KEYWORD_CASE, C.KEYWORD_IN_TITLE, C.KEYWORD_IN_BUTTON, C.KEYWORD_IN_URL),
        replace(SANDBOX, keywords=("Deploy",)),
    ),
}


def found(code: ProblemCode, *, switched_off: set[ProblemCode] | None = None) -> set[ProblemCode]:
    message, robot = to_message(CASES[code]), ROBOTS.get(code, SANDBOX)
    problems = check(message, robot, BOOK, now=NOW, switched_off=switched_off or set())
    return {one.code for one in problems}


def test_each_finding_has_its_case() -> None:
    assert CASES.keys() == OF_MESSAGES


@pytest.mark.parametrize("code", [one for one in ProblemCode if one in OF_MESSAGES])
def test_each_is_found_and_can_be_switched_off_unless_it_is_refused(code: ProblemCode) -> None:
    told = found(code)
    assert code in told
    if severity_of(code) is Severity.BLOCKS:
        assert code not in CAN_BE_SWITCHED_OFF
        assert found(code, switched_off={code}) == told
    else:
        assert code in CAN_BE_SWITCHED_OFF
        assert found(code, switched_off={code}) == told - {code}

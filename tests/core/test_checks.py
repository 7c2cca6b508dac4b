"""What is told before sending."""

import json
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dingcomposer.core.checks import Problem, ProblemCode, Severity, check, check_members
from dingcomposer.core.checks.fixes import fix
from dingcomposer.core.checks.problems import CAN_BE_SWITCHED_OFF, severity_of
from dingcomposer.core.checks.robots import check_robot, check_secret, check_token
from dingcomposer.core.contacts import Contact
from dingcomposer.core.draft import from_message, to_message
from dingcomposer.core.messages import (
    ActionCard,
    Button,
    FeedCard,
    FeedLink,
    Link,
    Markdown,
    Mentions,
    Message,
    Orientation,
    Text,
)
from dingcomposer.core.payload import from_payload, size_bytes
from dingcomposer.core.robot import ProxyMode, Robot, Stage, TrustSource

CASES: list[dict[str, Any]] = json.loads(
    (Path(__file__).parents[1] / "cases" / "payloads.json").read_text("utf-8")
)["cases"]
ROBOT = Robot("r1", "测试群", has_token=True)
URL = "https://a.example.com/x"
WITH_TOKEN = f"{URL}?access_token={'0a' * 32}"
GOOD = Button(
    "看", "dingtalk://dingtalkclient/page/link?url=https%3A%2F%2Fa.example.com&pc_slide=false"
)
PICTURE = "@lADOpwk3K80C0M0FoA"


def md(text: str, at: Mentions | None = None) -> Markdown:
    return Markdown("标题", text, at)


def card(*buttons: Button, **more: Any) -> ActionCard:
    return ActionCard("标题", "文", buttons, **more)


def feed(*urls: str, picture: str = PICTURE) -> FeedCard:
    return FeedCard(tuple(FeedLink("一", url, picture) for url in urls))


def keyed(*keywords: str) -> Robot:
    return replace(ROBOT, keywords=keywords)


def people(count: int) -> Mentions:
    return Mentions(tuple(f"138{number:08}" for number in range(count)))


# Code, severity, field, params that matter, and the call that gives it.
Example = tuple[str, str, str, dict[str, object], Callable[[], tuple[Problem, ...]]]


def message(
    code: str,
    severity: str,
    field: str,
    what: Message,
    robot: Robot | None = None,
    **params: object,
) -> Example:
    return (code, severity, field, params, lambda: check(what, robot))


def named(code: str, *mobiles: str, **params: object) -> Example:
    contacts = tuple(Contact("张三", mobile) for mobile in mobiles)
    return (code, "hints", "text", params, lambda: check(md("@张三 看"), None, contacts))


def markdown(code: str, severity: str, text: str, **params: object) -> Example:
    return message(code, severity, "text", md(text), None, **params)


def robot(code: str, severity: str, field: str, _params: object = None, **changes: Any) -> Example:
    params = _params if isinstance(_params, dict) else {}
    return (
        code,
        severity,
        field,
        params,
        lambda: check_robot(replace(ROBOT, **changes), ("运维",)),
    )


def token(code: str, severity: str, text: str) -> Example:
    return (code, severity, "robot.token", {}, lambda: check_token(text))


def secret(code: str, severity: str, text: str) -> Example:
    return (code, severity, "robot.secret", {}, lambda: check_secret(text))


FIFTY_ONE = people(51)
# A Monday, a quarter to three.
NOW = datetime(2026, 11, 30, 14, 45, tzinfo=UTC)
PRODUCTION = replace(ROBOT, stage=Stage.PRODUCTION)


def timely(code: str, severity: str, text: str, **params: object) -> Example:
    return (code, severity, "text", params, lambda: check(Text(text), None, now=NOW))


EXAMPLES: list[Example] = [
    # the whole
    message("secret_in_text", "blocks", "text", Text(f"a\nSEC{'0a' * 32}"), line=2),
    message(
        "secret_in_text",
        "blocks",
        "message_url",
        Link("题", "文", f"{URL}?access_token={'0a' * 32}"),
    ),
    message("lone_surrogate", "blocks", "text", Text("a\nb\ud800"), position=4, line=2),
    message("lone_surrogate", "blocks", "buttons.0.title", card(replace(GOOD, title="\udc00"))),
    message("too_long", "blocks", "message", Text("字" * 7000), limit=20_000),
    message(
        "control_character", "warns", "text", Text("a\n\0\0"), character="U+0000", line=2, count=2
    ),
    # fields
    message("empty_field", "blocks", "text", Text("")),
    message("empty_field", "blocks", "title", Markdown("", "文")),
    message("empty_field", "blocks", "message_url", Link("题", "文", "")),
    message(
        "empty_field_unproven", "warns", "jump.title", ActionCard("题", "文", Button("", GOOD.url))
    ),
    message("empty_field_unproven", "warns", "jump.url", ActionCard("题", "文", Button("看", ""))),
    message("empty_field_unproven", "warns", "buttons.1.url", card(GOOD, Button("看", ""))),
    message("empty_field_unproven", "warns", "feed.0.message_url", feed("")),
    message("empty_field_unproven", "warns", "feed.0.picture_url", feed(URL, picture="")),
    message("empty_field_unproven", "warns", "title", ActionCard("", "文", GOOD)),
    message("empty_field", "blocks", "text", ActionCard("题", "", GOOD)),
    message("blank_field", "warns", "text", Text(" \n　")),
    message("no_feed_items", "blocks", "feed", FeedCard(())),
    message("no_buttons", "warns", "buttons", card()),
    message("title_meaningless", "hints", "title", Markdown("……!", "文")),
    message("title_markdown", "hints", "title", Markdown("### 标题", "文")),
    message("long_for_readers", "hints", "title", Markdown("题" * 65, "文"), length=65, limit=64),
    message("long_for_readers", "hints", "text", Link("题", "文" * 501, URL), limit=500),
    message("long_for_readers", "hints", "buttons.0.title", card(Button("看" * 21, URL)), limit=20),
    message("escape_typed", "warns", "text", Text("好\n完成\\n请看"), line=2, word="\\n"),
    message("field_unfilled", "warns", "title", Markdown("{{title}}", "文"), word="{{title}}"),
    message("group_name_asked", "hints", "text", Text("{{群名}}开会"), word="{{群名}}", count=1),
    message("markdown_in_text", "hints", "text", Text("好\n**重要**"), line=2, count=1),
    # cards
    message(
        "horizontal_ineffective",
        "warns",
        "orientation",
        card(GOOD, GOOD, GOOD, orientation=Orientation.HORIZONTAL),
        count=3,
    ),
    message("many_buttons", "warns", "buttons", card(*[GOOD] * 6), count=6, limit=5),
    message("many_feed_items", "warns", "feed", feed(*[URL] * 10), count=10, limit=9),
    message("opens_side_panel", "hints", "buttons.1.url", card(GOOD, Button("看", URL)), count=1),
    message("opens_side_panel", "hints", "text", ActionCard("题", f"[看]({URL})", GOOD), count=1),
    # robot
    message("no_token", "blocks", "robot.token", Text("a"), replace(ROBOT, has_token=False)),
    message(
        "no_secret", "blocks", "robot.secret", Text("a"), replace(ROBOT, expects_signature=True)
    ),
    message(
        "no_keyword", "blocks", "text", Text("无"), keyed("告警", "b"), keyword="告警", count=2
    ),
    message("no_keyword", "blocks", "text", Link("题", "文", URL), keyed("告警")),
    message("no_keyword", "blocks", "feed.0.title", feed(URL), keyed("告警")),
    message("no_keyword", "blocks", "text", Text("a", Mentions(("138",))), keyed("138")),
    message("keyword_case", "warns", "text", Text("ALERT: up"), keyed("Alert"), keyword="Alert"),
    message("keyword_in_title", "warns", "text", Markdown("告警", "文"), keyed("告警")),
    message("keyword_in_button", "warns", "text", card(Button("告警", GOOD.url)), keyed("告警")),
    message("keyword_in_url", "warns", "text", md("[看](https://a.com/alert)"), keyed("alert")),
    message("keyword_in_url", "warns", "text", Text("https://a.com/alert 看"), keyed("alert")),
    message("keyword_in_title", "warns", "text", Link("告警", "文", URL), keyed("告警")),
    message("keyword_in_title", "warns", "text", ActionCard("告警", "文", GOOD), keyed("告警")),
    message("keyword_in_title", "warns", "text", ActionCard("告警", "文", (GOOD,)), keyed("告警")),
    message("keyword_in_url", "warns", "text", Link("题", "文", f"{URL}?q=job"), keyed("job")),
    # mentions
    message("too_many_people", "blocks", "mentions", Text("a", FIFTY_ONE), count=51, limit=50),
    message(
        "mention_not_in_text",
        "hints",
        "mentions.mobiles.0",
        md("@138000000001", Mentions(("13800000000",))),
        name="@13800000000",
    ),
    message("mention_not_in_text", "hints", "mentions.user_ids.0", md("文", Mentions((), ("u1",)))),
    message("mention_not_in_list", "hints", "text", md("甲\n\n@13800000000 看"), line=3),
    message("mention_name_unknown", "hints", "text", md("甲\n\n@张三 看"), name="张三", line=3),
    message("mention_number_loose", "hints", "text", md("@138 0000 0000"), name="@138 0000 0000"),
    named("mention_by_name", "13800000000", name="张三", person="13800000000"),
    named("mention_name_shared", "13800000000", "13900000000", name="张三", bearers=2),
    message("mention_twice", "hints", "mentions.mobiles.1", Text("a", Mentions(("1" * 11,) * 2))),
    message("mobile_abroad", "warns", "mentions.mobiles.0", Text("a", Mentions(("+85212345678",)))),
    message("mobile_odd", "warns", "mentions.mobiles.0", Text("a", Mentions(("12345",)))),
    message("user_id_odd", "warns", "mentions.user_ids.0", Text("a", Mentions((), ("a b",)))),
    message("all_reserved", "warns", "mentions.is_all", Text("a", Mentions(is_all=True))),
    message("all_not_in_list", "hints", "text", Text("@所有人 好"), line=1),
    message("all_twice", "hints", "text", Text("@所有人 @all", Mentions(is_all=True)), count=2),
    # links and pictures
    message(
        "url_no_scheme",
        "warns",
        "message_url",
        Link("题", "文", "www.a.com:80/x"),
        word="www.a.com:80",
    ),
    message("url_spaces", "warns", "message_url", Link("题", "文", f"{URL} ")),
    markdown("url_spaces", "warns", "好\n\n[看](https://a.com/x y)", line=3),
    message("url_broken", "warns", "jump.url", ActionCard("题", "文", Button("看", "https://"))),
    message("url_broken", "warns", "message_url", Link("题", "文", "http://[::1")),
    message(
        "url_credentials",
        "warns",
        "message_url",
        Link("题", "文", "https://u:p@a.com/x"),
        word="a.com",
    ),
    message("url_credentials", "warns", "text", Text("见 https://u:p@a.com/x"), word="a.com"),
    markdown("url_credentials", "warns", "见 https://u:p@a.com/x", word="a.com"),
    message(
        "url_unsafe",
        "warns",
        "message_url",
        Link("题", "文", "JavaScript:alert(1)"),
        word="javascript",
    ),
    markdown("url_unsafe", "warns", "[看](javascript:alert(1))", word="javascript"),
    message(
        "url_unknown_scheme",
        "warns",
        "message_url",
        Link("题", "文", "alipays://x"),
        word="alipays",
    ),
    message("url_http", "hints", "message_url", Link("题", "文", "http://a.com/x"), word="a.com"),
    markdown("url_lan", "hints", "[看](http://10.1.2.3/a)", word="10.1.2.3"),
    message("url_lan", "hints", "buttons.0.url", card(Button("看", "https://oa/x")), word="oa"),
    markdown("url_file", "warns", "[看](file:///C:/a.docx)", word="file"),
    message("url_file", "warns", "message_url", Link("题", "文", "D:\\a.docx"), word="D"),
    message("url_file", "warns", "message_url", Link("题", "文", r"\\nas\a.docx")),
    message("html_in_text", "hints", "text", Text("一\n二<br>三"), word="<br>", line=2, count=1),
    message("title_vague", "hints", "title", Markdown("通知", "文"), word="通知"),
    message("title_vague", "hints", "title", Markdown("test", "文"), PRODUCTION, word="test"),
    message("field_unfilled", "blocks", "text", Text("你好 {{name}}"), PRODUCTION, word="{{name}}"),
    message("field_unfilled", "warns", "message_url", Link("题", "文", "https://a.com/${id}")),
    markdown("field_unfilled", "warns", "一\n[看]({{link}})", word="{{link}}", line=2),
    timely("weekday_wrong", "warns", "12月1日（周一）", word="12月1日（周一）", right="周二"),
    timely("date_past", "hints", "11月29日开会", word="11月29日", day="2026-11-29", line=1),
    timely("days_past", "hints", "11月26日至11月28日停电", word="11月28日", days=7, line=1),
    timely("time_past", "hints", "今天 14:00 开会", word="14:00", line=1),
    markdown("url_loopback", "hints", "[看](http://localhost:8080/)", word="localhost:8080"),
    message(
        "url_posts_not_here",
        "warns",
        "message_url",
        Link("题", "文", "dtmd://dingtalkclient/sendMessage?content=a"),
    ),
    message(
        "picture_unreachable",
        "blocks",
        "picture_url",
        Link("题", "文", URL, "http://10.0.0.5/a.png"),
    ),
    message("picture_unreachable", "blocks", "feed.0.picture_url", feed(URL, picture="C:\\a.png")),
    markdown("picture_not_encoded", "warns", "![](https://a.com/图/海报.png)", word="a.com"),
    message(
        "picture_not_encoded", "warns", "picture_url", Link("题", "文", URL, "https://a.com/合.jpg")
    ),
    markdown("picture_expires", "warns", "![](https://a.com/a.png?Expires=17&Signature=y)"),
    message(
        "picture_expires",
        "warns",
        "feed.0.picture_url",
        feed(URL, picture=f"{URL}?X-Amz-Expires=9"),
    ),
    markdown(
        "picture_unreachable", "blocks", "![图](http://192.168.1.8/a.png)", word="192.168.1.8"
    ),
    markdown("picture_unreachable", "blocks", "![图](data:image/png;base64,AA==)", word="data:"),
    markdown("picture_unreachable", "blocks", "![图](file:///tmp/a.png)", word="/tmp/a.png"),
    markdown("picture_unreachable", "blocks", "![图](http://nas/a.png)", word="nas"),
    markdown("picture_unreachable", "blocks", "![图](a.png)", word="a.png"),
    markdown("url_broken", "warns", "[看](https://)", word="https://"),
    markdown("url_broken", "warns", "[看](mailto:)", word="mailto:"),
    markdown("url_unnamed", "warns", "见 [文字](https://a.com/)", word="文字"),
    markdown("url_unnamed", "warns", "[ text ](https://a.com/)", word="text"),
    markdown("picture_space", "hints", "![图](https://a.com/my pic.png)"),
    markdown("many_pictures", "hints", "![](@lADO)\n\n" * 21, count=21, limit=20),
    # markdown
    markdown("line_not_broken", "hints", "一\n二\n三\n\n四", line=1, count=2, lines="1, 2"),
    markdown("line_not_broken", "hints", "- 甲\n乙", line=1),
    markdown("line_not_broken", "hints", "> 甲\n> 乙", line=1),
    markdown("line_not_broken", "hints", "甲\n2. 乙", line=1),
    markdown("table", "hints", "文\n\n|名|值|\n|---|---|\n|甲|1|", line=3, count=1),
    markdown("table", "hints", "名 | 值\n--- | ---\n甲 | 1", line=1),
    markdown("html_tag", "hints", "<div>文</div>", word="div"),
    markdown("code_fence", "hints", "```\na\n```", line=1, count=1),
    markdown("heading_no_space", "hints", "###标题", line=1),
    markdown("stars_shown", "hints", "**重要：**请看", line=1),
    markdown("stars_shown", "hints", "请看**“重要”** 的", line=1),
    markdown("stars_swallowed", "hints", "3*4*5=60", line=1),
    markdown("stars_swallowed", "hints", "2**10 与 3**5", line=1),
    markdown("underscores_swallowed", "hints", "改了 __init__.py", word="__init__"),
    markdown("angle_swallowed", "hints", "运行 deploy <name>", word="<name>"),
    markdown("br_tag", "warns", "甲<br>乙", line=1),
    markdown("font_quoted", "warns", '<font color="#FF0000">红</font>', line=1),
    markdown("strikethrough", "warns", "~~取消~~", line=1),
    markdown("task_list", "warns", "- [x] 完成", line=1),
    markdown("footnote", "warns", "见[^1]", line=1),
    markdown("emoji_code", "warns", "好 :smile: 的", word=":smile:"),
    markdown("deep_list", "warns", "- 甲\n  - 乙\n    - 丙", line=3),
    markdown("rule_under_text", "warns", "上\n---\n下", line=2),
    markdown("indented_code", "hints", "甲\n\n    乙\n    丙", line=3, count=1),
    markdown("html_in_code", "warns", "用 `<b>字</b>` 加粗", line=1),
    markdown("unknown_colour", "warns", "<font color=#12>甲</font>", line=1),
    markdown("colour_named", "warns", "<font color=red>甲</font>", line=1),
    markdown("unclosed_font", "warns", "甲\n\n<font color=#FF0000>乙", line=3),
    markdown("reference", "warns", "[告警]: 磁盘满", line=1),
    # a robot as it is entered
    robot("robot_name_empty", "blocks", "robot.name", name="　 "),
    robot("robot_name_taken", "blocks", "robot.name", name=" 运维 "),
    robot(
        "too_many_keywords",
        "blocks",
        "robot.keywords",
        {"count": 11, "limit": 10},
        keywords=tuple("abcdefghijk"),
    ),
    robot("keyword_blank", "blocks", "robot.keywords.1", keywords=("a", " ")),
    robot("keyword_twice", "blocks", "robot.keywords.1", {"keyword": "a"}, keywords=("a", "a ")),
    robot("address_broken", "blocks", "robot.addresses.0", addresses=("1.1.1",)),
    robot("address_broken", "blocks", "robot.addresses.0", addresses=("1.1.1.0/33",)),
    robot("address_broken", "blocks", "robot.addresses.0", addresses=("1.1.1.0/255.255.255.0",)),
    robot("address_ipv6", "blocks", "robot.addresses.1", addresses=("1.1.1.1", "2400:3200::/32")),
    robot("address_not_public", "warns", "robot.addresses.0", addresses=("192.168.0.0/16",)),
    robot("endpoint_empty", "blocks", "robot.endpoint", endpoint=" "),
    robot(
        "endpoint_no_scheme", "blocks", "robot.endpoint", endpoint="oapi.dingtalk.com/robot/send"
    ),
    robot("endpoint_spaces", "blocks", "robot.endpoint", endpoint="https://oapi.dingtalk.com/a b"),
    robot("endpoint_port", "blocks", "robot.endpoint", endpoint="https://a.com:99999/"),
    robot("endpoint_backslash", "blocks", "robot.endpoint", endpoint="https://a.com\\b.com/"),
    robot("endpoint_host", "blocks", "robot.endpoint", endpoint="https://a.com[::1]/"),
    robot("endpoint_letters", "blocks", "robot.endpoint", endpoint="https://\u0430.com/"),
    robot("endpoint_http", "blocks", "robot.endpoint", endpoint="http://a.localhost/"),
    robot("endpoint_broken", "blocks", "robot.endpoint", endpoint="https:///robot/send"),
    robot("endpoint_scheme", "blocks", "robot.endpoint", {"word": "ftp"}, endpoint="ftp://a.com/"),
    robot("endpoint_http", "blocks", "robot.endpoint", endpoint="http://oapi.dingtalk.com/"),
    robot("endpoint_credentials", "blocks", "robot.endpoint", endpoint="https://u:p@a.com/"),
    robot("endpoint_query", "blocks", "robot.endpoint", endpoint="https://a.com/?access_token=1"),
    robot("proxy_empty", "blocks", "robot.proxy", way=ProxyMode.PROXY, proxy=" "),
    robot(
        "proxy_broken", "blocks", "robot.proxy", way=ProxyMode.PROXY, proxy="socks5://10.0.0.1:1080"
    ),
    robot("proxy_credentials", "blocks", "robot.proxy", proxy="http://u:p@10.0.0.1:8080"),
    robot("ca_file_empty", "blocks", "robot.ca_file", trust=TrustSource.FILE),
    robot("timeout_out_of_range", "blocks", "robot.connect_timeout_s", connect_timeout_s=0.5),
    robot("timeout_out_of_range", "blocks", "robot.read_timeout_s", read_timeout_s=121.0),
    robot(
        "timeout_out_of_range",
        "blocks",
        "robot.read_timeout_s",
        {"minimum": 1, "maximum": 120},
        read_timeout_s=float("nan"),
    ),
    robot("too_many_people", "blocks", "robot.default_mentions", default_mentions=FIFTY_ONE),
    token("no_token", "blocks", " "),
    token("token_is_url", "blocks", "https://oapi.dingtalk.com/robot/send?access_token=1"),
    token("token_spaces", "blocks", "a" * 64 + "\n"),
    token("token_odd", "warns", "ABC"),
    token("token_damaged", "blocks", f"{'a' * 64}×tamp=1"),
    token("token_damaged", "blocks", f"{'a' * 64},{'a' * 64}"),
    token("token_damaged", "blocks", f"{'a' * 64}?x"),
    token("token_damaged", "blocks", f"{'0a' * 32}{'0a' * 32}"),
    secret("secret_spaces", "blocks", "SECabc "),
    secret("secret_odd", "warns", "abc"),
]


def name_of(example: Example) -> str:
    return f"{example[0]}-{example[2]}"


@pytest.mark.parametrize("example", EXAMPLES, ids=name_of)
def test_each_problem_is_told_with_its_field_its_severity_and_its_numbers(example: Example) -> None:
    code, severity, field, params, found = example
    alike = [p for p in found() if (p.code, p.field) == (ProblemCode(code), field)]
    assert len(alike) == 1, found()
    assert alike[0].severity is Severity(severity)
    assert params.items() <= dict(alike[0].params).items()


def test_every_code_has_its_example() -> None:
    assert {ProblemCode(example[0]) for example in EXAMPLES} == set(ProblemCode)


def test_a_person_may_insist_on_all_but_what_cannot_be_encoded() -> None:
    stubborn = {p.code for example in EXAMPLES for p in example[4]() if not p.can_insist}
    never = (ProblemCode.LONE_SURROGATE, ProblemCode.SECRET_IN_TEXT, ProblemCode.FIELD_UNFILLED)
    assert stubborn == set(never)


def test_a_secret_in_any_field_is_found_and_taken_out() -> None:
    secret = f"SEC{'0a' * 32}"
    for text in (secret, WITH_TOKEN, f"密钥：{secret}。"):
        (found,) = (
            one for one in check(Text(text), ROBOT) if one.code is ProblemCode.SECRET_IN_TEXT
        )
        mended = fix(from_message(Text(text)), found)
        assert mended is not None
        assert "0a0a" not in mended.text
        codes = [one.code for one in check(to_message(mended), ROBOT)]
        assert ProblemCode.SECRET_IN_TEXT not in codes
    for harmless in ("SECTION 12", "access_token=你的token", "design=0a0a", "SEC 2024"):
        codes = [one.code for one in check(Text(harmless), ROBOT)]
        assert ProblemCode.SECRET_IN_TEXT not in codes


def test_an_unfilled_field_goes_to_nobody_but_who_tests() -> None:
    for text in ("你好 {{name}}", "共 %s 项", "见 ${url}"):
        (trial,) = check(Text(text), ROBOT)
        assert (trial.severity, trial.can_insist) == (Severity.WARNS, True)
        (real,) = check(Text(text), PRODUCTION)
        assert (real.severity, real.can_insist) == (Severity.BLOCKS, False)


def test_a_check_that_is_switched_off_says_nothing_and_the_others_say_what_they_said() -> None:
    assert not any(severity_of(code) is Severity.BLOCKS for code in CAN_BE_SWITCHED_OFF)
    what = Text("你好 {{name}} <br>")
    for code in (ProblemCode.FIELD_UNFILLED, ProblemCode.HTML_IN_TEXT):
        found = check(what, PRODUCTION, switched_off={code})
        assert set(found) == {one for one in check(what, PRODUCTION) if one.code is not code}
        assert len(found) == 1


def test_what_dingtalk_refuses_cannot_be_switched_off() -> None:
    found = check(Text("{{a}}\ud800"), PRODUCTION, now=NOW, switched_off=set(ProblemCode))
    assert [one.code for one in found] == [ProblemCode.LONE_SURROGATE]


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["name"]))
def test_dingtalks_own_samples_get_hints_at_most(case: dict[str, Any]) -> None:
    found = check(from_payload(case["payload"]).message, ROBOT)
    assert {problem.severity for problem in found} <= {Severity.HINTS}


QUIET: list[Message] = [
    Text("你好"),
    Text("a_b * c < d, 见 https://a.example.com/x_y"),
    Text("@156xxxx8827", Mentions(("156xxxx8827",))),
    Text("@+852-12345678 看", Mentions(("+852-12345678",))),
    Text("写信到 mail@13800000000.com"),
    Link("C # 语言", "文", URL, ""),
    Link("🚀", "文", URL, PICTURE),
    feed("dingtalk://dingtalkclient/page/link?url=https%3A%2F%2Fa.example.com&pc_slide=false"),
    card(GOOD, GOOD, orientation=Orientation.HORIZONTAL),
    md("order_id_2024 与 snake_case"),
    md("延迟 < 200ms && 错误率 > 1%，x<3"),
    md("这是**重点**内容，**重要：** 请看，*斜* 体"),
    md("5 * 3 * 2 = 30，2**10"),
    md("执行 `SELECT * FROM a*b*c` 与 `<名字>`"),
    md(r"\*\*不是粗\*\*，3\*4\*5"),
    md("<font color=#FF0000>红</font>"),
    md("一  \n二\n\n三\n- 甲\n- 乙\n  - 丙\n\n> 引\n# 标题\n正文"),
    md("甲\n1. 乙\n2. 丙"),
    md("上\n\n---\n下"),
    md("![图](https://a.example.com/a.png)\n文字"),
    md('[看](https://a.example.com/F(x) "说明")'),
    md("10:30:45 与 key:value"),
    md("a | b"),
    md("#标签"),
    md("[邮件](mailto:a@a.com) [电话](tel:10086)"),
]


@pytest.mark.parametrize("what", QUIET, ids=lambda what: repr(what)[:40])
def test_what_is_fine_raises_no_alarm(what: Message) -> None:
    assert check(what, ROBOT) == ()


@pytest.mark.parametrize(
    "what",
    [
        Text("有告警"),
        Link("题", "告警", URL),
        md("告警"),
        ActionCard("题", "告警", GOOD),
        FeedCard((FeedLink("告警", GOOD.url, PICTURE),)),
    ],
    ids=lambda what: repr(what)[:30],
)
def test_one_keyword_in_a_field_that_counts_is_enough(what: Message) -> None:
    assert check(what, keyed("日报", "告警", " ")) == ()


def test_the_body_may_be_just_as_long_as_the_limit() -> None:
    room = 20_000 - size_bytes(Text(""))
    assert check(Text("a" * room), ROBOT) == ()
    (only,) = check(Text("a" * (room + 1)), ROBOT)
    assert dict(only.params)["bytes"] == 20_001


def test_fifty_people_are_fine() -> None:
    at = people(50)
    text = " ".join(f"@{mobile}" for mobile in at.mobiles)
    assert check(Text(text, at), ROBOT) == ()


def test_a_robot_with_its_secret_and_one_that_wants_none_are_fine() -> None:
    robot_with = replace(ROBOT, expects_signature=True, has_secret=True)
    assert check(Text("a"), robot_with) == ()
    assert check(Text("a"), None) == ()


def test_the_worst_comes_first_and_the_rest_keeps_the_order_of_the_form() -> None:
    found = check(ActionCard("", "甲\n乙", (), Orientation.VERTICAL), ROBOT)
    assert [problem.code.value for problem in found] == [
        "empty_field_unproven",
        "no_buttons",
        "line_not_broken",
    ]


def test_a_common_robot_is_fine() -> None:
    common = replace(
        ROBOT,
        keywords=("告警", "日报"),
        addresses=("1.1.1.1", "1.1.1.0/24"),
        default_mentions=Mentions(("13800000000",)),
    )
    assert check_robot(common, ("运维",)) == ()
    assert check_robot(replace(ROBOT, endpoint="http://127.0.0.1:8080/robot/send"), ()) == ()
    assert check_token("0a" * 32) == ()
    assert check_secret("SEC" + "0a" * 32) == check_secret("") == ()


@pytest.mark.parametrize("secret", ["SEC" + "0a" * 31, "SEC" + "0a" * 33, "SEC" + "0A" * 32])
def test_a_secret_of_another_length_or_with_other_letters_is_told(secret: str) -> None:
    assert [one.code for one in check_secret(secret)] == [ProblemCode.SECRET_ODD]


def test_no_problem_repeats_what_may_be_a_secret() -> None:
    url = "https://user:hunter2@a.com/robot/send?access_token=hunter2"
    found = [
        *check(Link("题", "文", url, url), ROBOT),
        *check(md(f"[看]({url}) ![图]({url}) {url}"), ROBOT),
        *check(Text(url), ROBOT),
        *check_robot(replace(ROBOT, endpoint=url), ()),
        *check_token(url),
        *check_secret("hunter2 "),
    ]
    assert found
    assert "hunter2" not in repr(found)


ANY_TEXT = st.text(st.characters(exclude_categories=[])) | st.text("*_`[]()!<>#-~|:@\\ \nab1.中")
ANY_AT = st.none() | st.builds(
    Mentions, st.lists(ANY_TEXT).map(tuple), st.lists(ANY_TEXT).map(tuple), st.booleans()
)
ANY_BUTTON = st.builds(Button, ANY_TEXT, ANY_TEXT)
ANY_FEED = st.lists(st.builds(FeedLink, ANY_TEXT, ANY_TEXT, ANY_TEXT)).map(tuple)
ANY_MESSAGE: st.SearchStrategy[Message] = st.one_of(
    st.builds(Text, ANY_TEXT, ANY_AT),
    st.builds(Link, ANY_TEXT, ANY_TEXT, ANY_TEXT, st.none() | ANY_TEXT),
    st.builds(Markdown, ANY_TEXT, ANY_TEXT, ANY_AT),
    st.builds(
        ActionCard,
        ANY_TEXT,
        ANY_TEXT,
        ANY_BUTTON | st.lists(ANY_BUTTON).map(tuple),
        st.none() | st.sampled_from(Orientation),
        at=ANY_AT,
    ),
    st.builds(FeedCard, ANY_FEED),
)


@given(ANY_MESSAGE, st.lists(ANY_TEXT).map(tuple))
@settings(deadline=None)
def test_any_message_is_checked_without_an_exception(
    what: Message, keywords: tuple[str, ...]
) -> None:
    found = check(what, keyed(*keywords))
    keys = [(problem.code, problem.field) for problem in found]
    assert len(keys) == len(set(keys))


@given(ANY_TEXT, ANY_TEXT, st.lists(ANY_TEXT).map(tuple), st.floats())
@settings(deadline=None)
def test_any_robot_is_checked_without_an_exception(
    name: str, endpoint: str, lists: tuple[str, ...], seconds: float
) -> None:
    odd = Robot("r", name, endpoint=endpoint, keywords=lists, addresses=lists)
    check_robot(replace(odd, read_timeout_s=seconds, default_mentions=Mentions(lists)), lists)
    check_robot(replace(odd, endpoint=f"https://{endpoint}"), ())
    check_token(name)
    check_secret(name)


HOSTILE = (
    *(
        "[",
        "![",
        "[[a]",
        "![](",
        "[a](",
        "](",
        "](b)",
        "](a(b)",
        "<a ",
        "<font ",
        "<",
        "``a``",
        "`",
    ),
    *("*", "**a", "*a*", "_", "__a", "~~", "~~a", "[^", "|-", "> ", "  - ", "@", "@1", ":a", "\\"),
    *("http://", "http://a:b@", "a:", "\0", "\ud800", " ", "-\n", "a\n", "@all"),
)


def seconds_for(text: str) -> float:
    """The best of three, in the process's own time."""
    times = []
    for _ in range(3):
        start = time.process_time()
        check(md(text, people(3)), keyed("告警"))
        times.append(time.process_time() - start)
    return min(times)


@pytest.mark.parametrize("piece", HOSTILE, ids=repr)
def test_four_times_the_text_takes_about_four_times_as_long(piece: str) -> None:
    short, long = (piece * 10_000)[:10_000], (piece * 40_000)[:40_000]
    floor = 0.001  # below it the clock is too coarse to tell
    assert seconds_for(long) < 8 * max(seconds_for(short), floor)


@pytest.mark.parametrize("address", ["/home/wang/图.png", "C:\\图.png"])
def test_a_file_of_the_writers_is_named_where_it_stands_for_a_picture(address: str) -> None:
    found = check(Markdown("本周安排", f"看图\n\n![图]({address})"), None)
    (unreachable,) = (one for one in found if one.code is ProblemCode.PICTURE_UNREACHABLE)
    assert dict(unreachable.params)["word"] == address


def test_of_several_robots_each_thing_is_told_once_with_those_for_which_it_holds() -> None:
    east = Robot("1", "华东", has_token=True, keywords=("通知",), stage=Stage.PRODUCTION)
    south = Robot("2", "华南", has_token=True, keywords=("公告",), stage=Stage.TEST)
    head = Robot("3", "总部", has_token=True, keywords=("通知",), stage=Stage.TEST)
    lost = Robot("4", "没填", keywords=("别的",))
    found = check_members(Text("{{name}} 开会"), (east, south, head, lost))
    told = {(one.code, dict(one.params).get("groups")): one.severity for one in found}
    assert told == {
        (ProblemCode.NO_KEYWORD, "华东\n总部"): Severity.BLOCKS,
        (ProblemCode.NO_KEYWORD, "华南"): Severity.BLOCKS,
        (ProblemCode.FIELD_UNFILLED, "华东\n华南\n总部"): Severity.BLOCKS,
        (ProblemCode.NO_TOKEN, "没填"): Severity.WARNS,
    }
    all_alike = check_members(Text("开会"), (east, head))
    assert [one.params for one in all_alike] == [(("keyword", "通知"), ("count", 1))]
    assert check_members(Text("通知、公告"), (east, south, head)) == ()


@given(st.text(max_size=30), st.sampled_from([(), ("通知",), ("a", "b")]))
def test_several_robots_that_are_alike_are_as_one(text: str, keywords: tuple[str, ...]) -> None:
    one = Robot("1", "一", has_token=True, keywords=keywords)
    assert check_members(Text(text), (one, one)) == check(Text(text), one)

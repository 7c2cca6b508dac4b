"""Templates: a value comes to its place and never out of it; what is not known is not guessed."""

import json
import re
from dataclasses import replace
from datetime import date, datetime
from html import escape, unescape
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dingcomposer.core.checks import check
from dingcomposer.core.checks.problems import ProblemCode
from dingcomposer.core.dialect import to_html
from dingcomposer.core.draft import Draft, to_message
from dingcomposer.core.messages import (
    ActionCard,
    Button,
    FeedLink,
    Kind,
    Markdown,
    Mentions,
    Orientation,
    Text,
    keeps_fields,
    names_group,
)
from dingcomposer.core.payload import to_payload
from dingcomposer.core.robot import Robot, Stage
from dingcomposer.core.templates.documents import (
    TemplateError,
    TemplateFault,
    from_document,
    to_document,
)
from dingcomposer.core.templates.escaping import one_line
from dingcomposer.core.templates.filling import (
    Surroundings,
    addressed,
    as_it_stands,
    built_in_values,
    fill,
    with_kept_names,
)
from dingcomposer.core.templates.proposals import (
    Proposal,
    differing_parts,
    proposals_of,
    with_fields,
)
from dingcomposer.core.templates.template import (
    BuiltIn,
    FieldKind,
    Template,
    TemplateField,
    built_in_called,
    names_in,
)
from dingcomposer.core.templates.working_days import coverage, next_working_day

SHANGHAI = ZoneInfo("Asia/Shanghai")
# A Monday in ISO week 49.
NOW = datetime(2026, 11, 30, 14, 45, tzinfo=SHANGHAI)
AROUND = Surroundings(NOW, "王芳")
PRODUCTION = Robot("r1", "全员群", stage=Stage.PRODUCTION, has_token=True)


def markdown(text: str, *fields: TemplateField, title: str = "题目") -> Template:
    return Template("模板", Draft(kind=Kind.MARKDOWN, title=title, text=text), fields)


def filled(template: Template, around: Surroundings = AROUND, **values: str) -> str:
    return fill(template, values, around).draft.text


# --- what there is to fill in --------------------------------------------------------------------


def test_the_fields_are_those_that_stand_in_the_message_from_the_top() -> None:
    template = markdown(
        "{{ 时间 }} {{系统}} {{today}} {{时间}}",
        TemplateField("系统", FieldKind.CHOICE, choices=("OA", "ERP")),
        TemplateField("不在里面"),
        title="{{系统}}维护",
    )
    assert names_in(template.draft) == ("系统", "时间", "today")
    assert [one.name for one in template.asked] == ["系统", "时间"]
    assert template.built_in == (BuiltIn.TODAY,)


def test_only_what_the_kind_shows_has_fields() -> None:
    draft = Draft(kind=Kind.TEXT, title="{{a}}", text="{{b}}", jump=Button("{{c}}"))
    assert names_in(draft) == ("b",)
    feed = replace(draft, kind=Kind.FEED_CARD, feed=(FeedLink("{{d}}", "{{e}}", "{{f}}"),))
    assert names_in(feed) == ("d", "e", "f")
    assert names_in(replace(draft, kind=Kind.WHOLE_JUMP)) == ("a", "b", "c")


# --- the values that come by themselves ----------------------------------------------------------


def test_built_in_values_in_both_languages() -> None:
    names = ("today", "tomorrow", "weekday", "week_number", "now", "my_name")
    text = " | ".join(f"{{{{{name}}}}}" for name in (*names, "next_working_day"))
    template = Template("t", Draft(text=text))
    assert filled(template) == (
        "11月30日（周一） | 12月1日（周二） | 周一 | 49 | 14:45 | 王芳 | 12月1日（周二）"
    )
    assert filled(replace(template, language="en")) == (
        "Mon, 30 Nov | Tue, 1 Dec | Monday | 49 | 14:45 | 王芳 | Tue, 1 Dec"
    )


def test_the_groups_name_stays_until_the_message_goes_out_and_is_then_each_groups_own() -> None:
    template = Template("t", Draft(text="{{群名}} 的各位：{{ group_name }}，{{today}}"))
    filling = fill(template, {}, AROUND)
    assert filling.draft.text == "{{群名}} 的各位：{{ group_name }}，11月30日（周一）"
    assert filling.unfilled == ()
    assert (
        filled(template, 群名="运维值班") == "运维值班 的各位：{{ group_name }}，11月30日（周一）"
    )
    message = to_message(filling.draft)
    assert addressed(message, "研发") == Text("研发 的各位：研发，11月30日（周一）")
    (told,) = check(message, None)
    assert told.code is ProblemCode.GROUP_NAME_ASKED
    assert check(addressed(message, "研发"), None) == ()


def test_a_field_may_have_the_groups_name_as_its_default() -> None:
    template = Template("t", Draft(text="{{对象}}"), (TemplateField("对象", default="group_name"),))
    assert filled(template) == "{{group_name}}"
    assert filled(template, 对象="全员") == "全员"


@pytest.mark.parametrize(
    ("draft", "expected"),
    [
        (Draft(text="{{today}} {{群名}} ${x}"), Draft(text="{{today}} A*B ${x}")),
        (
            Draft(Kind.MARKDOWN, "{{群名}}", "**{{群名}}** [x](https://a.cn/{{group_name}})"),
            Draft(Kind.MARKDOWN, "A*B", "**A\\*B** [x](https://a.cn/A%2AB)"),
        ),
        (
            Draft(Kind.FEED_CARD, feed=(FeedLink("{{群名}}", "https://a.cn", "https://a.cn/b"),)),
            Draft(Kind.FEED_CARD, feed=(FeedLink("A*B", "https://a.cn", "https://a.cn/b"),)),
        ),
        (
            Draft(Kind.WHOLE_JUMP, "t", "x", jump=Button("{{群名}}", "https://a.cn")),
            Draft(Kind.WHOLE_JUMP, "t", "x", jump=Button("A*B", "https://a.cn")),
        ),
    ],
    ids=["text", "markdown", "feed", "button"],
)
def test_a_groups_name_breaks_out_of_no_place(draft: Draft, expected: Draft) -> None:
    assert addressed(to_message(draft), "A*B") == to_message(expected)


@given(st.text(max_size=60))
def test_a_message_without_the_groups_name_goes_out_as_it_is(text: str) -> None:
    message = to_message(Draft(Kind.MARKDOWN, text, text))
    assert addressed(message, "群") is message or names_group(message) or keeps_fields(message)


KEPT = Draft(
    Kind.INDEPENDENT,
    "怎么写 \\{{群名}}",
    "写 \\{{群名}}、`\\{{ group_name }}` 或 \\{{姓名}}，这里是 {{群名}}",
    buttons=(Button("\\{{today}}", "https://a.cn/\\{{群名}}"),),
)


def test_what_reads_like_a_field_is_sent_as_it_stands_behind_a_backslash() -> None:
    message = to_message(KEPT)
    sent = ActionCard(
        "怎么写 {{群名}}",
        "写 {{群名}}、`{{ group_name }}` 或 {{姓名}}，这里是 研发",
        (Button("{{today}}", "https://a.cn/{{群名}}"),),
        Orientation.VERTICAL,
    )
    assert addressed(message, "研发") == sent
    assert addressed(message, None) == replace(sent, text=sent.text.replace("研发", "{{群名}}"))
    codes = {one.code for one in check(message, PRODUCTION)}
    assert ProblemCode.FIELD_UNFILLED not in codes
    assert names_in(KEPT) == ("群名",)
    filling = fill(Template("t", KEPT), {}, AROUND)
    assert (filling.draft, filling.unfilled) == (KEPT, ())


def test_what_was_sent_goes_out_the_same_again() -> None:
    sent = Text("写 {{群名}} 就是本群的名字")
    again = with_kept_names(sent)
    assert addressed(again, "研发") == sent
    assert with_kept_names(again) == again


def test_a_draft_is_sent_as_it_stands_but_for_the_groups_name() -> None:
    draft = Draft(Kind.MARKDOWN, "{{a}}", "{{a}} \\{{b}} {{群名}} ${c}")
    made = as_it_stands(draft)
    assert made.text == "\\{{a}} \\{{b}} {{群名}} ${c}"
    assert as_it_stands(made) == made
    sent = to_message(replace(draft, text="{{a}} {{b}} 研发 ${c}"))
    assert addressed(to_message(made), "研发") == sent


@pytest.mark.parametrize(
    ("name", "built_in"),
    [
        ("今天", BuiltIn.TODAY),
        ("下一个工作日", BuiltIn.NEXT_WORKING_DAY),
        ("{{ 群名 }}", BuiltIn.GROUP_NAME),
    ],
)
def test_they_have_chinese_names_too(name: str, built_in: BuiltIn) -> None:
    assert built_in_called(name) is built_in


def test_a_declared_field_has_the_name_for_itself() -> None:
    template = Template("t", Draft(text="{{today}}"), (TemplateField("today"),))
    assert filled(template, today="x") == "x"


def test_another_year_is_written() -> None:
    late = Surroundings(datetime(2026, 12, 31, 9, tzinfo=SHANGHAI))
    assert filled(Template("t", Draft(text="{{tomorrow}}")), late) == "2027年1月1日（周五）"


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 9, 30), date(2026, 10, 8)),  # the National Day's holidays
        (date(2026, 10, 9), date(2026, 10, 10)),  # a Saturday that is worked
        (date(2026, 11, 27), date(2026, 11, 30)),  # over a weekend
        (date(2026, 11, 30), date(2026, 12, 1)),
    ],
)
def test_the_next_working_day_knows_chinas_holidays(day: date, expected: date) -> None:
    assert next_working_day(day) == expected


def test_a_year_whose_calendar_is_not_known_is_not_guessed() -> None:
    first, last = coverage()
    assert next_working_day(date(last, 12, 31)) is None
    assert next_working_day(date(first - 2, 5, 6)) is None
    late = Surroundings(datetime(last, 12, 31, 9, tzinfo=SHANGHAI))
    assert BuiltIn.NEXT_WORKING_DAY not in built_in_values(late)
    template = Template("t", Draft(text="{{下一个工作日}}上线"))
    filling = fill(template, {}, late)
    assert filling.unfilled == ("下一个工作日",)
    assert filling.draft.text == "{{下一个工作日}}上线"
    given_by_hand = fill(template, {"下一个工作日": f"{last + 1}-01-04"}, late)
    assert given_by_hand.unfilled == ()
    assert given_by_hand.draft.text.startswith(f"{last + 1}年1月4日（周")


# --- the values that are given -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        (FieldKind.TEXT, " 甲\n乙 ", "甲\n乙"),
        (FieldKind.CHOICE, "OA", "OA"),
        (FieldKind.DATE, "2026-12-01", "12月1日（周二）"),
        (FieldKind.DATE, "1.12.", None),
        (FieldKind.TIME, "9:05", "09:05"),
        (FieldKind.TIME, "14：30", "14:30"),
        (FieldKind.TIME, "25:00", None),
        (FieldKind.NUMBER, "1,234.5", "1,234.5"),
        (FieldKind.NUMBER, "95%", "95%"),
        (FieldKind.NUMBER, "many", None),
        (FieldKind.KEYWORD, "告警", "告警"),
        (FieldKind.TEXT, " \n", None),
    ],
)
def test_each_kind_takes_what_is_one(kind: FieldKind, value: str, expected: str | None) -> None:
    filling = fill(
        Template("t", Draft(text="{{x}}"), (TemplateField("x", kind),)), {"x": value}, AROUND
    )
    assert filling.draft.text == (expected or "{{x}}")
    assert filling.unfilled == (() if expected else ("x",))


def test_a_default_is_taken_and_may_be_a_built_in_day() -> None:
    template = Template(
        "t",
        Draft(text="{{a}} {{b}}"),
        (TemplateField("a", default="甲"), TemplateField("b", FieldKind.DATE, "tomorrow")),
    )
    assert filled(template) == "甲 12月1日（周二）"
    assert filled(template, a="乙", b="2026-12-05") == "乙 12月5日（周六）"


def test_people_are_mentioned_in_the_text_and_named_elsewhere() -> None:
    template = markdown("请 {{人}}处理", TemplateField("人", FieldKind.PERSON), title="{{人}} 值班")
    people = {"13800000001": "张三", "lisi": "李_四"}
    filling = fill(template, {"人": "13800000001，lisi 王五"}, AROUND, people)
    assert filling.draft.text == "请 @13800000001 @lisi 王五 处理"
    assert filling.draft.title == "张三、李_四、王五 值班"
    assert filling.draft.mentions == Mentions(("13800000001",), ("lisi",))
    link = Template(
        "t",
        Draft(kind=Kind.LINK, title="题", text="找{{人}}"),
        (TemplateField("人", FieldKind.PERSON),),
    )
    assert fill(link, {"人": "lisi"}, AROUND, people).draft.text == "找李_四"


def test_people_of_the_template_itself_stay_and_fifty_is_the_end() -> None:
    at = Mentions(tuple(f"139{number:08}" for number in range(49)))
    template = Template(
        "t", Draft(text="{{人}}", mentions=at), (TemplateField("人", FieldKind.PERSON),)
    )
    made = fill(template, {"人": "13800000001 13800000002"}, AROUND).draft
    assert made.mentions is not None
    assert made.mentions.people == 50


def test_an_optional_field_left_empty_takes_its_line_along() -> None:
    template = markdown(
        "**时间**：{{t}}\n\n- 备注：{{n}}\n- 地点：{{p}}",
        TemplateField("n", is_optional=True),
        TemplateField("p"),
    )
    filling = fill(template, {"t": "3 点", "p": "三楼"}, AROUND)
    assert filling.draft.text == "**时间**：3 点\n\n- 地点：三楼"
    assert filling.unfilled == ()


def test_a_value_is_not_filled_in_again() -> None:
    template = Template("t", Draft(text="{{a}} {{b}}"))
    assert filled(template, a="{{b}}", b="{{today}}") == "{{b}} {{today}}"


# --- a value never breaks out of its place -------------------------------------------------------

# A word that no sign touches: what a template looks like when a value does nothing.
TOKEN = "Q7Z"
SHAPES = [
    *(
        "甲 {{x}} 乙",
        "{{x}}",
        "# {{x}}",
        "- {{x}}\n- 乙",
        "> {{x}}\n> 乙",
        "1. {{x}}",
        "> - {{x}} 乙",
    ),
    *("**{{x}}** 乙", "**{{x}}**乙", "*{{x}}* 乙", "甲（{{x}}）", "甲{{x}}乙", "**甲：{{x}}**"),
    *("[{{x}}](https://a.com) 乙", "{{x}} [乙](https://a.com)", "[甲](https://a.com) {{x}}"),
    *("甲\n{{x}}\n乙", "甲  \n{{x}}  \n乙", "甲\n\n{{x}}\n\n---\n\n乙", "`甲` {{x}} `乙`"),
    *("<font color=#FF0000>{{x}}</font>", "![图](https://a.com/b.png) {{x}}", "~{{x}}~"),
    *(
        "|甲|乙|\n|-|-|\n|{{x}}|丙|",
        "|{{x}}|乙|\n|-|-|\n|丙|{{x}}|",
        "* 甲\n  {{x}}",
        "    {{y}}\n\n{{x}}",
    ),
]
SIGNS = st.sampled_from(
    [
        *(
            "*",
            "**",
            "_",
            "__",
            "`",
            "```",
            "#",
            "# ",
            "- ",
            "+ ",
            "1. ",
            "2) ",
            "> ",
            "|",
            "||",
            "~~~",
        ),
        *(
            "[",
            "]",
            "(",
            ")",
            "![",
            "](",
            "[a](b)",
            "<",
            ">",
            "<b>",
            "</font>",
            "<!--",
            "&",
            "&lt;",
        ),
        *(
            "&#42;",
            "\\",
            "\\*",
            "\n",
            "\r\n",
            "\n\n",
            "\t",
            " ",
            "  ",
            "---",
            "===",
            ":",
            "!",
            "@",
            "/",
        ),
        *(
            "甲",
            "乙。",
            "：",
            "“",
            "a",
            "B",
            "0",
            "3.14",
            "snake_case",
            "__init__",
            "https://b.com/c_d",
        ),
        *(
            "\u2028",
            "\x0b",
            "\x07",
            "=",
            "-",
            "$",
            "{",
            "}",
            "'",
            '"',
            "^",
            "中*文*",
            "2*3*4",
            "5 * 3",
        ),
    ]
)
VALUES = st.lists(SIGNS, min_size=1, max_size=8).map("".join).filter(lambda v: bool(one_line(v)))


def as_shown(html: str) -> str:
    """The HTML with its words as readers see them; its tags alone are left as tags."""
    return re.sub(r">([^<]+)", lambda found: ">" + unescape(found[1]), html)


@settings(max_examples=2_000, deadline=None)
@given(st.sampled_from(SHAPES), VALUES, st.booleans())
@example("**{{x}}**乙", "重要：", False)
@example("|甲|乙|\n|-|-|\n|{{x}}|丙|", "\\", True)
@example("{{x}} [乙](https://a.com)", "甲!", True)
@example("|甲|乙|\n|-|-|\n|{{x}}|丙|", "a|b\\|c", True)
def test_a_value_shows_its_own_signs_and_leaves_all_around_it_as_it_is(
    shape: str, value: str, for_pc: bool
) -> None:
    shape = shape.replace("{{y}}", "y")
    made = filled(markdown(shape), x=value)
    harmless = filled(markdown(shape), x=TOKEN)
    expected = as_shown(to_html(harmless, for_pc=for_pc)).replace(TOKEN, one_line(value))
    shown = as_shown(to_html(made, for_pc=for_pc))
    # A space may have been put beside stars that would not be bold else.
    assert re.sub(r"\s", "", shown) == re.sub(r"\s", "", expected)


CODE_AND_ADDRESSES = [
    *("`{{x}}` 乙", "```\n{{x}}\n```\n乙", "~~~\n{{x}}\n~~~\n乙", "``甲{{x}}`` 乙"),
    *("[甲](https://a.com/?q={{x}}) 乙", "![图](https://a.com/{{x}}.png) 乙", "[甲]({{x}}) 乙"),
    *("[甲](<https://a.com/{{x}}>) 乙", "<font color={{x}}>甲</font> 乙"),
]


@settings(max_examples=1_000, deadline=None)
@given(st.sampled_from(CODE_AND_ADDRESSES), VALUES)
def test_in_code_addresses_and_tags_a_value_ends_nothing(shape: str, value: str) -> None:
    def tags(text: str) -> list[str]:
        return re.findall(r"</?[a-z0-9]+", to_html(text))

    made = filled(markdown(shape), x=value)
    assert tags(made) == tags(filled(markdown(shape), x="q7z"))
    assert to_html(made).endswith((" 乙</p>", "<p>乙</p>"))


@given(VALUES)
def test_a_title_and_a_label_stay_on_their_line_and_an_address_stays_one(value: str) -> None:
    template = Template(
        "t",
        Draft(
            kind=Kind.WHOLE_JUMP,
            title="甲 {{x}}",
            text="文",
            jump=Button("看 {{x}}", "https://a.com/?q={{x}}&b=1"),
        ),
    )
    made = fill(template, {"x": value}, AROUND).draft
    assert made.title == f"甲 {one_line(value)}"
    assert made.jump.title == f"看 {one_line(value)}"
    assert re.fullmatch(r"https://a\.com/\?q=[0-9A-Za-z_.~%-]+&b=1", made.jump.url)


def test_an_address_that_is_the_whole_value_is_left_as_it_is() -> None:
    template = Template("t", Draft(kind=Kind.LINK, title="题", text="文", message_url="{{链接}}"))
    address = "https://a.com/b?c=1&d=%20#e"
    assert fill(template, {"链接": address}, AROUND).draft.message_url == address
    assert filled(markdown("[看]({{x}})"), x=address) == f"[看]({address})"


def test_markdown_of_a_field_that_says_so_stays_in_its_quote_or_item() -> None:
    notes = TemplateField("x", is_markdown=True)
    assert filled(markdown("> - {{x}}", notes), x="**甲**\n乙") == "> - **甲**  \n>   乙"
    assert filled(markdown("说明：\n\n{{x}}", notes), x="- 甲\n- 乙") == "说明：\n\n- 甲\n- 乙"
    lines = "甲\r\n乙\n\n- 丙\n行政部"
    assert filled(markdown("{{x}}", notes), x=lines) == "甲  \n乙\n\n- 丙\n\n行政部"


@given(st.text(max_size=40), st.sampled_from(list(FieldKind)), st.booleans())
def test_whatever_is_given_nothing_raises(value: str, kind: FieldKind, is_markdown: bool) -> None:
    field = TemplateField("x", kind, is_markdown=is_markdown)
    for shape in (*SHAPES, *CODE_AND_ADDRESSES):
        fill(markdown(shape, field, title="{{x}}"), {"x": value, "y": "y"}, AROUND)


# --- written down --------------------------------------------------------------------------------

FIELDS = st.builds(
    TemplateField,
    st.sampled_from(["时间", "系统", "name"]),
    st.sampled_from(FieldKind),
    st.sampled_from(["", "tomorrow", "甲\n乙"]),
    st.sampled_from(["", "提示"]),
    st.lists(st.sampled_from(["甲", "乙"]), max_size=2).map(tuple),
    st.booleans(),
    st.booleans(),
)
TEMPLATES = st.builds(
    Template,
    st.just("维护"),
    st.builds(
        Draft,
        kind=st.sampled_from(Kind),
        title=st.sampled_from(["题", "{{系统}}维护"]),
        text=st.sampled_from(["{{时间}}", "[看](https://a.com) **{{系统}}**"]),
        mentions=st.none() | st.just(Mentions(("13800000000",), ("a",), is_all=True)),
        message_url=st.just("https://a.com/{{系统}}"),
        jump=st.just(Button("看", "{{name}}")),
        buttons=st.just((Button("看", "{{name}}"),)),
        feed=st.just((FeedLink("{{系统}}", "https://a.com", "https://a.com/b.png"),)),
        browser_links=st.booleans(),
    ),
    st.lists(FIELDS, max_size=3).map(tuple),
    st.sampled_from(["", "运维"]),
    st.sampled_from(["", "停机时用"]),
    st.sampled_from(["zh_CN", "en"]),
)


@given(TEMPLATES)
def test_a_document_is_the_template_again(template: Template) -> None:
    document = json.loads(json.dumps(to_document(template)))
    again = from_document(document)
    assert replace(again, draft=template.draft) == template
    assert to_payload(to_message(again.draft)) == to_payload(to_message(template.draft))
    assert to_document(again) == to_document(template)


@pytest.mark.parametrize(
    ("change", "fault", "place"),
    [
        ({"format": "x"}, TemplateFault.NOT_ONE, ""),
        ({"version": 2}, TemplateFault.NEWER, ""),
        ({"version": "1"}, TemplateFault.NEWER, ""),
        ({"name": " "}, TemplateFault.NO_NAME, ""),
        ({"fields": {}}, TemplateFault.FIELD, ""),
        ({"fields": [{"name": "a"}, {}]}, TemplateFault.FIELD, "2"),
        ({"fields": [{"name": "a", "kind": "colour"}]}, TemplateFault.FIELD, "a"),
        ({"fields": [{"name": "{{a}}"}]}, TemplateFault.FIELD, "{{a}}"),
        ({"message": {"msgtype": "text"}}, TemplateFault.MESSAGE, "text"),
        ({"message": None}, TemplateFault.MESSAGE, ""),
    ],
)
def test_what_is_no_template_is_told_with_its_place(
    change: dict[str, object], fault: TemplateFault, place: str
) -> None:
    document = to_document(markdown("{{a}}")) | change
    with pytest.raises(TemplateError) as caught:
        from_document(document)
    assert (caught.value.fault, caught.value.place) == (fault, place)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(["format", "version", "name", "fields", "message", "kind"]),
                inner,
                max_size=4,
            )
        ),
        max_leaves=8,
    )
)
def test_any_json_is_a_template_or_none(value: object) -> None:
    if isinstance(value, dict):
        value["format"], value["version"] = "dingcomposer-template", 1
    try:
        from_document(value)
    except TemplateError:
        return


def test_the_words_of_a_value_are_escaped_where_it_matters_and_nowhere_else() -> None:
    quiet = [
        "11月30日（周一）",
        "order_id_2024",
        "5 * 3 = 15",
        "a < b",
        "R&D",
        "v1.2.3-rc",
        "50%",
        "#1",
    ]
    for value in quiet:
        assert filled(markdown("值：{{x}}"), x=value) == f"值：{value}"
    assert filled(markdown("# {{x}}"), x="C#") == r"# C\#"
    assert filled(markdown("{{x}}"), x="#1") == r"\#1"
    assert filled(markdown("值：{{x}}"), x="<b>a*b*</b>") == r"值：&lt;b>a\*b\*&lt;/b>"


def test_a_text_message_takes_signs_as_they_are() -> None:
    assert filled(Template("t", Draft(text="值：{{x}}")), x="**a**\n- b") == "值：**a**\n- b"
    assert to_message(fill(markdown("{{x}}"), {"x": "a"}, AROUND).draft) == Markdown("题目", "a")
    assert escape("<") == "&lt;"


# --- a message becomes a template -----------------------------------------------------------------

NAMES = {
    FieldKind.DATE: "日期",
    FieldKind.TIME: "时间",
    FieldKind.PERSON: "人",
    FieldKind.TEXT: "文字",
}


def shown(proposals: tuple[Proposal, ...]) -> list[tuple[str, str, str]]:
    return [(one.words, one.field.name, one.field.kind.value) for one in proposals]


def test_days_times_and_people_of_a_draft_are_proposed_by_their_labels() -> None:
    draft = Draft(
        kind=Kind.MARKDOWN,
        title="12月1日（周二）停机",
        text="- **开始时间**：22:00\n- 结束：23:30\n\n12月1日（周二） @13800000001",
    )
    assert shown(proposals_of(draft, NAMES)) == [
        ("12月1日（周二）", "日期", "date"),
        ("22:00", "开始时间", "time"),
        ("23:30", "结束", "time"),
        ("@13800000001", "人", "person"),
    ]


def test_what_differs_between_two_sends_is_proposed_first_and_whole() -> None:
    before = Draft(text="版本：v1.2\n上线 11月24日（周二） 20:00，负责人 @13800000001，共 12 项")
    after = Draft(text="版本：v1.3\n上线 12月1日（周二） 20:00，负责人 @13800000002，共 15 项")
    found = differing_parts(before, after, {**NAMES, FieldKind.NUMBER: "数字"})
    assert [(one.words, one.differs) for one in found] == [
        *(("v1.3", True), ("12月1日（周二）", True), ("@13800000002", True), ("15", True)),
        ("20:00", False),
    ]
    assert [one.field.name for one in found][:1] == ["版本"]


def test_chosen_words_become_fields_everywhere_and_filling_in_gives_the_message_again() -> None:
    draft = Draft(
        kind=Kind.MARKDOWN,
        title="12月1日（周二）停机",
        text="12月1日（周二） 22:00 {{原有}} @13800000001",
        mentions=Mentions(("13800000001", "13900000000")),
    )
    chosen = proposals_of(draft, NAMES)
    made = with_fields(draft, chosen)
    assert made.title == "{{日期}}停机"
    assert made.text == "{{日期}} {{时间}} {{原有}} {{人}}"
    assert made.mentions == Mentions(("13900000000",))
    template = Template("t", made, tuple(one.field for one in chosen))
    values = {"日期": "2026-12-01", "时间": "22:00", "人": "13800000001", "原有": "甲"}
    again = fill(template, values, AROUND).draft
    assert again.text == "12月1日（周二） 22:00 甲 @13800000001"
    assert again.mentions == Mentions(("13900000000", "13800000001"))


@given(st.text(max_size=60), st.text(max_size=60))
def test_whatever_is_compared_nothing_raises(before: str, after: str) -> None:
    found = differing_parts(Draft(text=before), Draft(text=after), NAMES)
    with_fields(Draft(text=after), found)

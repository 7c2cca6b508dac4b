"""Days and times in a message: a wrong weekday, a day that is past, a time that is over."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dingcomposer.core.checks import Problem, ProblemCode, check
from dingcomposer.core.checks.dates import find_dates, with_date, with_right_weekdays
from dingcomposer.core.checks.fixes import fix
from dingcomposer.core.draft import Draft, to_message
from dingcomposer.core.messages import FeedLink, Kind, Markdown, Text

# A Monday, a quarter to three in the afternoon.
NOW = datetime(2026, 11, 30, 14, 45, tzinfo=ZoneInfo("Asia/Shanghai"))
TODAY = NOW.date()


def found(text: str, code: ProblemCode, now: datetime | None = NOW) -> list[Problem]:
    return [one for one in check(Text(text), None, now=now) if one.code is code]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("8月3日星期二", [(None, 8, 3, 1)]),
        ("8月3日（周二）下午", [(None, 8, 3, 1)]),
        ("2026年12月1日(星期天)", [(2026, 12, 1, 6)]),
        ("12 月 1 号 礼拜一", [(None, 12, 1, 0)]),
        ("周二（12月1日）开会", [(None, 12, 1, 1)]),
        ("2026-12-01 周二", [(2026, 12, 1, 1)]),
        ("2026/12/1，星期二", [(2026, 12, 1, 1)]),
        ("2026.12.01", [(2026, 12, 1, None)]),
        ("12/1（周二）", [(None, 12, 1, 1)]),
        ("12.1 周二", [(None, 12, 1, 1)]),
        ("Tuesday, December 1, 2026", [(2026, 12, 1, 1)]),
        ("Tue 1 Dec 2026", [(2026, 12, 1, 1)]),
        ("on Dec 1st (Tue)", [(None, 12, 1, 1)]),
        ("12月1日至12月4日（周二至周五）", [(None, 12, 1, None), (None, 12, 4, None)]),
        ("12月1日、12月2日（周二、周三）", [(None, 12, 1, None), (None, 12, 2, None)]),
        ("Dec 1 to Dec 4 (Tue to Fri)", [(None, 12, 1, None), (None, 12, 4, None)]),
        ("每周一 12月1日前交", [(None, 12, 1, 0)]),
        ("1990年11月29日（星期四）", [(1990, 11, 29, 3)]),
        ("Nov 29, 1990", [(1990, 11, 29, None)]),
        ("2026-12-01 Mon", [(2026, 12, 1, 0)]),
        ("2026/12/1 (Tuesday)", [(2026, 12, 1, 1)]),
        ("今年12月1日", [(None, 12, 1, None)]),
    ],
)
def test_dates_are_read_as_people_write_them(
    line: str, expected: list[tuple[int | None, int, int, int | None]]
) -> None:
    assert [(one.year, one.month, one.day, one.weekday) for one in find_dates(line)] == expected


@pytest.mark.parametrize(
    "line",
    [
        *("版本 3.5.1", "10.12.2026.4", "https://a.com/2026-11-01/x", "v2026.12.01.3", "1/2 的人"),
        *(
            "去年11月29日",
            "明年12月1日（周三）",
            "每年11月29日",
            "90年11月29日",
            "二〇二六年12月1日",
        ),
        *("13月40日", "2026-13-01", "3.5 小时", "may 5x", "IP 10.1.1.1", "订单 20261101", "12-1"),
    ],
)
def test_what_only_looks_like_one_is_no_date(line: str) -> None:
    assert find_dates(line) == ()


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("8月3日星期三开会", "周二"),  # 2027: that of this year is long past
        ("12月1日（周一）", "周二"),
        ("2026年12月1日（星期天）", "周二"),
        ("2026-12-01 周三", "周二"),
        ("Wednesday, Dec 1, 2026", "Tuesday"),
        ("WED 1 Dec 2026", "TUE"),
        ("2026-12-01 Wed", "Tue"),
        ("一\n二\n12/1（周五）", "周二"),
    ],
)
def test_a_weekday_that_its_date_does_not_have_is_told_and_set_right(text: str, right: str) -> None:
    (one,) = found(text, ProblemCode.WEEKDAY_WRONG)
    assert dict(one.params)["right"] == right
    made = fix(Draft(text=text), one)
    assert made is not None
    assert right[-1] in made.text
    assert found(made.text, ProblemCode.WEEKDAY_WRONG) == []


@pytest.mark.parametrize(
    "text",
    [
        *(
            "12月1日（周二）",
            "2026年12月1日星期二",
            "8月3日星期二",
            "11月29日 周日",
            "周二（12月1日）",
        ),
        *(
            "12月1日至12月4日（周二至周五）",
            "2月30日（周一）",
            "Tue, Dec 1",
            "本周二",
            "下周一 12月7日",
        ),
        *("12月5日、6日（周六、周日）", "12月1日到2日（周二、三）"),
    ],
)
def test_a_weekday_that_fits_in_some_near_year_is_not_told(text: str) -> None:
    assert found(text, ProblemCode.WEEKDAY_WRONG) == []


def test_the_fix_at_one_line_leaves_the_others() -> None:
    text = "12月1日（周一）\n12月2日（周一）"
    (one,) = found(text, ProblemCode.WEEKDAY_WRONG)
    made = fix(Draft(text=text), one, 2)
    assert made is not None
    assert made.text == "12月1日（周一）\n12月2日（周三）"
    both = fix(Draft(text=text), one)
    assert both is not None
    assert both.text == "12月1日（周二）\n12月2日（周三）"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("会议：11月29日（周日）下午三点", "会议：11月30日（周一）下午三点"),
        ("2026-11-29 停机维护", "2026-11-30 停机维护"),
        ("2026/11/09 前交，11/09 周一", "2026/11/30 前交，11/30 周一"),
        ("Sun, 29 Nov 2026: canteen closed", "Mon, 30 Nov 2026: canteen closed"),
        ("11月3日通知：11月29日放假", "11月3日通知：11月30日放假"),
    ],
)
def test_a_message_whose_latest_day_is_past_is_told_and_moved_to_today(
    text: str, expected: str
) -> None:
    (one,) = found(text, ProblemCode.DATE_PAST)
    made = fix(Draft(text=text), one)
    assert made is not None
    assert made.text == expected
    assert found(made.text, ProblemCode.DATE_PAST) == []


def test_a_past_day_is_moved_in_the_title_and_in_the_text() -> None:
    draft = Draft(kind=Kind.MARKDOWN, title="11月29日发布", text="**11月29日** 发布，见 `11月29日`")
    (one,) = [
        each
        for each in check(to_message(draft), None, now=NOW)
        if each.code is ProblemCode.DATE_PAST
    ]
    made = fix(draft, one)
    assert made is not None
    assert (made.title, made.text[:10]) == ("11月30日发布", "**11月30日**")
    feed = Draft(kind=Kind.FEED_CARD, feed=(FeedLink("11月29日食谱", "https://a.com", "@l"),))
    (one,) = [
        each
        for each in check(to_message(feed), None, now=NOW)
        if each.code is ProblemCode.DATE_PAST
    ]
    moved = fix(feed, one)
    assert moved is not None
    assert moved.feed[0].title == "11月30日食谱"


@pytest.mark.parametrize(
    "text",
    [
        *(
            "自11月29日起实行",
            "触发时间：2026-11-29 10:00:05",
            "11月29日发生的故障",
            "截至 11月28日",
        ),
        *(
            "上次 11月23日，下次 12月7日",
            "2019年3月15日发布的办法",
            "明天（12月1日）",
            "生日 1990年11月29日（星期四）",
            "2026-11-30 发布",
        ),
        *("11月29日没有下完的雨，今天继续", "更新于 2026-11-28", "Created 2026-11-28", "9月3日"),
    ],
)
def test_a_day_that_is_told_of_or_long_past_is_left_alone(text: str) -> None:
    assert found(text, ProblemCode.DATE_PAST) == []


@pytest.mark.parametrize(
    ("text", "word"),
    [
        *(
            ("今天 14:00 开会", "14:00"),
            ("今天下午2点半开会", "下午2点半"),
            ("今天，时间：9:00", "9:00"),
            ("今日 9:30-11:30", "11:30"),
        ),
        *(
            ("11月30日（周一）上午10点", "上午10点"),
            ("Today at 2 pm", "2 pm"),
            ("2026-11-30 08:00", "08:00"),
        ),
    ],
)
def test_a_time_of_today_that_is_over_is_told(text: str, word: str) -> None:
    (one,) = found(text, ProblemCode.TIME_PAST)
    assert dict(one.params)["word"] == word


@pytest.mark.parametrize(
    "text",
    [
        *(
            "今天 15:00 开会",
            "今天14:00-15:30",
            "今晚8点",
            "明天 10:00",
            "10:00 开会",
            "今天下午3点",
        ),
        *(
            "2026-11-30 10:00:05 报警",
            "触发时间：2026-11-30 10:00",
            "today, 5:30 pm",
            "12月1日 9:00",
        ),
        *("今天共 14 小时间隔", "今天的 3 个要点"),
    ],
)
def test_a_time_that_is_to_come_or_of_another_day_is_left_alone(text: str) -> None:
    assert found(text, ProblemCode.TIME_PAST) == []


def test_without_a_clock_nothing_is_past_or_wrong() -> None:
    codes = {ProblemCode.DATE_PAST, ProblemCode.TIME_PAST, ProblemCode.WEEKDAY_WRONG}
    text = "11月29日（周三），今天 8:00"
    assert not codes & {one.code for one in check(Text(text), None)}


def test_dates_in_code_and_in_addresses_of_markdown_are_left_alone() -> None:
    text = "`11月29日（周三）` [看](https://a.com/11月29日（周三）)"
    codes = {one.code for one in check(Markdown("题目", text), None, now=NOW)}
    assert not codes & {ProblemCode.DATE_PAST, ProblemCode.WEEKDAY_WRONG}


PIECES = st.sampled_from(
    [
        *(
            "11月",
            "29日",
            "2026",
            "-",
            "/",
            "年",
            "（周三）",
            "周一",
            "今天",
            "14:00",
            "下午",
            "点",
            "Dec ",
        ),
        *("1", "31", " ", "Tue ", ", ", "\n", "至", "半", "am", "2月30日", "9999年"),
    ]
)


@settings(max_examples=500, deadline=None)
@given(st.lists(PIECES, max_size=10).map("".join))
def test_whatever_is_written_nothing_raises_and_what_was_fixed_is_gone(text: str) -> None:
    draft = Draft(text=text)
    for one in check(to_message(draft), None, now=NOW):
        if one.code in (ProblemCode.WEEKDAY_WRONG, ProblemCode.DATE_PAST):
            made = fix(draft, one)
            assert made is not None
            assert found(made.text, one.code) == []


@given(st.dates(date(2025, 1, 1), date(2027, 12, 31)))
def test_a_date_written_out_is_read_as_itself(day: date) -> None:
    line = f"{day.year}年{day.month}月{day.day}日"
    (one,) = find_dates(line)
    assert one.nearest(TODAY) == day
    assert with_date(line, day, TODAY, TODAY) == "2026年11月30日"
    weekday = "一二三四五六日"[day.weekday()]
    assert with_right_weekdays(f"{line}（周{weekday}）", TODAY) == f"{line}（周{weekday}）"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("11月24日（周二）开始，11月27日（周五）结束", "12月1日（周二）开始，12月4日（周五）结束"),
        ("11月20日报名\n11月29日截止", "12月4日报名\n12月13日截止"),
        ("2026-11-28 18:00 至 2026-11-29 06:00 停机", "2026-12-05 18:00 至 2026-12-06 06:00 停机"),
        ("Tue, Nov 24 to Fri, Nov 27", "Tue, Dec 1 to Fri, Dec 4"),
    ],
)
def test_the_days_of_a_notice_are_moved_together_by_whole_weeks(text: str, expected: str) -> None:
    (one,) = found(text, ProblemCode.DAYS_PAST)
    made = fix(Draft(text=text), one)
    assert made is not None
    assert made.text == expected
    assert found(made.text, ProblemCode.DAYS_PAST) == found(made.text, ProblemCode.DATE_PAST) == []

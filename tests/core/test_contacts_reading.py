"""Pasted lists of people: sheets, chats, documents; never the wrong person."""

import json
import time
from pathlib import Path
from typing import Any

import pytest

from dingcomposer.core.contacts_reading.pasted import read_contacts
from dingcomposer.core.contacts_reading.reader import ROWS, read_cells
from dingcomposer.core.contacts_reading.rows import Certainty, Doubt, PastedRow

CASES = json.loads((Path(__file__).parents[1] / "cases/reports_people.json").read_text("utf-8"))
LISTS = [case for case in CASES["cases"] if case["via"] == "contacts"]

CERTAIN, UNCERTAIN, UNUSABLE = Certainty


def _holds(expected: dict[str, Any], rows: tuple[PastedRow, ...]) -> bool:
    people = [[r.name, r.mobile, r.user_id] for r in rows if r.certainty is not UNUSABLE]
    words = {word for person in people for word in person}
    left = len(rows) - len(people)
    return (
        expected.get("people", people) == people
        and expected.get("left", left) == left
        and words.isdisjoint(expected.get("lacks", ()))
        and words.issuperset(expected.get("holds", ()))
    )


@pytest.mark.parametrize("case", LISTS, ids=[case["id"] for case in LISTS])
def test_a_reported_list_is_read_as_a_careful_person_would(case: dict[str, Any]) -> None:
    rows = read_contacts(case["input"]).rows
    expected = case["expected"]
    assert any(_holds(one, rows) for one in expected.get("one_of", [expected])), rows


def _told(text: str) -> list[tuple[str, str, str, Certainty]]:
    rows = read_contacts(text).rows
    return [(row.name, row.mobile, row.department, row.certainty) for row in rows]


ZHANG = ("张三", "13800000001", "", CERTAIN)
LI = ("李四", "13900000001", "", CERTAIN)


@pytest.mark.parametrize(
    "text",
    [
        "张三（13800000001）、李四：13900000001",
        "张三、李四：13800000001、13900000001",
        "1. 张三 13800000001\n2、李四 13900000001",
        "① 张三 13800000001\n② 李四 13900000001",
        "- 张三：13800000001\n- 李四：13900000001",
        "张三=13800000001\n李四=13900000001",
        "张三 13800000001 李四 13900000001",
        "13800000001 张三 13900000001 李四",
        "张三；13800000001；李四；13900000001",
        "请联系张三（13800000001）或李四（13900000001）。",
        "[2024-07-01 10:00] 张三: 13800000001\n[2024-07-01 10:01] 李四: 13900000001",
        '{"张三": "13800000001", "李四": "13900000001"}',
        "{'张三': '13800000001', '李四': '13900000001'}",
        '{"13800000001": "张三", "13900000001": "李四"}',
        '[["张三", "13800000001"], ["李四", 13900000001]]',
        '{"code": 0, "data": {"list": [{"name": "张三", "mobile": "13800000001"},'
        ' {"name": "李四", "mobile": "+86 13900000001"}]}}',
        '{"users": [{"nick": "张三", "phone": {"areaCode": "86", "number": "13800000001"}},'
        ' {"nick": "李四", "phones": [{"type": "work", "value": "13900000001"}]}]}',
        '{"组": {"张三": {"mobile": "13800000001"}, "李四": {"mobile": "13900000001"}}}',
        "- name: 张三\n  mobile: 13800000001\n- name: 李四\n  mobile: 13900000001",
        "姓名：张三\n手机：13800000001\n\n姓名：李四\n手机：13900000001",
        "联系人：张三，电话：13800000001\n联系人：李四，电话：13900000001",
        "| 张三 | 13800000001 |\n|---|---|\n| 李四 | 13900000001 |",
        "BEGIN:VCARD\nN:张;三;;;\nFN:张三\nTEL;TYPE=WORK:010-88880001\nTEL;TYPE=CELL:138-0000-0001\n"
        "END:VCARD\nBEGIN:VCARD\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=E6=9D=8E;=E5=9B=9B;;;\n"
        "TEL;CELL:13900000001\nEND:VCARD",
        "姓\t名\t手机\n张\t三\t13800000001\n李\t四\t13900000001",
        "张　三\t13800000001\n李 四\t13900000001",
        "手机号\t姓名\n13800000001\t张三\n13900000001\t李四",
        "值班表\n值班人员\t联系电话\n张三\t13800000001\n李四\t13900000001",
        "2024-07-01\t张三\t13800000001\n2024-07-02\t李四\t13900000001",
        "星期一\t早班\t张三\t13800000001\n星期二\t晚班\t李四\t13900000001",
        "010-88880001\t张三\t13800000001\n010-88880002\t李四\t13900000001",
        "项目经理\t张三\t13800000001\n保安\t李四\t13900000001",
        "('张三', '13800000001'),\n('李四', '13900000001'),",
        "张三电话13800000001\n李四的手机是13900000001",
        "@张三 13800000001\n@李四 13900000001",
        "值班：张三 13800000001；备班：李四 13900000001",
        "值班人员：\n张三 13800000001\n李四 13900000001",
        "name_phone = {\n    '张三': '13800000001',\n    '李四': '13900000001',\n}",
        "[\n {name: '张三', phone: '13800000001'},\n {name: '李四', phone: '13900000001'}\n]",
        "INSERT INTO t VALUES (1,'张三','13800000001');\nVALUES (2,'李四','13900000001');",
        "日期\t值班人员1\t电话1\t值班人员2\t电话2\n7月1日\t张三\t13800000001\t李四\t13900000001",
        "2024年7月值班表\n姓名 手机\n张三 13800000001\n李四 13900000001",
        "序号 姓名 手机 说明\n1 张三 13800000001\n2 李四 13900000001 主班",
        "#张三 13800000001\n#李四 13900000001",
        "周一\t张三\t13800000001\n周二\t李四\t13900000001",
        "张三_13800000001\n李四-13900000001",
        "[张三](tel:13800000001)\n**李四** 13900000001",
        "*姓名,*手机号,分机号,直属主管\n张三,+86-13800000001,6612,王五\n李四,13900000001,6613,王五",
        "QQ\t姓名\t手机\n12345678901\t张三\t13800000001\n12345678902\t李四\t13900000001",
        "1、张三，13800000001\n2、李四，13900000001",
        "1. 张三, 13800000001\n2. 李四, 13900000001",
        "（1）张三，13800000001\n（2）李四，13900000001",
        "周一：张三 13800000001\n周二：李四 13900000001",
        "周一：张三，13800000001\n周二：李四，13900000001",
        "周一 张三 13800000001\n周二 李四 13900000001",
        "7月1日 周一 张三 13800000001\n7月2日 周二 李四 13900000001",
        "mobiles = {'张三': 13800000001, '李四': 13900000001}",
        "mobiles = {'张三': '13800000001', '李四': '13900000001'}",
        "BEGIN:VCARD\nFN:张三\nTEL:13800000001\nBEGIN:VCARD\nFN:李四\nTEL:13900000001",
        "日期\t值班人员\t联系电话\t带班领导\t联系电话\n7月1日\t张三\t13800000001\t王五\t13700000001\n"
        "7月2日\t李四\t13900000001\t王五\t13700000001",
    ],
)
def test_two_people_are_found_however_they_are_written(text: str) -> None:
    assert _told(text) == [ZHANG, LI]


def test_a_department_is_kept_beside_whoever_is_in_it() -> None:
    people = [("张三", "13800000001", "技术部", CERTAIN)]
    for text in (
        "技术部\t张三\t13800000001",
        "张三（技术部） 13800000001",
        "部门,姓名,电话\n技术部,张三,13800000001",
        "BEGIN:VCARD\nFN:张三\nORG:某公司;技术部\nTEL:13800000001\nEND:VCARD",
    ):
        assert _told(text) == people


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        ("张三\t1.38E+10", Doubt.ROUNDED),
        ("姓名\tuserid\n张三\t2.66053E+16", Doubt.ROUNDED),
        ("张三\t010-88880001", Doubt.LANDLINE),
        ("姓名\t电话\t手机号\n张三\t010-88880001\t", Doubt.LANDLINE),
        ("张三\t138000000", Doubt.WRONG_LENGTH),
        ("张三\t1380000000111", Doubt.WRONG_LENGTH),
        ("姓名\t手机\n张三、李四\t13800000001", Doubt.SEVERAL_NAMES),
        ("姓名\t手机\n2024-07-01\t13800000001", Doubt.NO_NAME),
        ("部门\t电话\n技术部\t13800000001", Doubt.NO_NAME),
        ("TEL\t13800000001", Doubt.NO_NAME),
        ("周一\t13800000001", Doubt.NO_NAME),
        ("紧急联系人 李四 13900000001", Doubt.NO_NAME),
        ("zs@example.com\t13800000001", Doubt.NO_NAME),
        ("张三", Doubt.NO_NUMBER),
        ("张三\t13800000001@139.com", Doubt.NO_NUMBER),
        ("姓名\t家长姓名\t家长电话\n张小明\t张三\t13800000001", Doubt.NO_NUMBER),
        ("姓名\t手机号\t紧急联系人\t紧急联系人电话\n张三\t\t李四\t13900000001", Doubt.NO_NUMBER),
    ],
)
def test_a_row_that_means_nobody_for_certain_says_why(text: str, doubt: Doubt) -> None:
    (row,) = read_contacts(text).rows
    assert row.certainty is UNUSABLE
    assert doubt in row.doubts
    assert read_contacts(text).contacts == ()


@pytest.mark.parametrize(
    "text",
    [
        "姓名\t手机号\t负责人\n张三\t13800000001\t王五\n李四\t13800000002\t王五",
        "姓名\t部门\t联系电话\t负责人\n张三\t甲部\t13800000001\t王五\n李四\t乙部\t13800000002\t赵六",
    ],
)
def test_a_second_column_of_names_asks_nothing_where_the_first_surely_owns_the_number(
    text: str,
) -> None:
    rows = read_contacts(text).rows
    assert [(row.name, row.mobile, row.certainty) for row in rows] == [
        ("张三", "13800000001", CERTAIN),
        ("李四", "13800000002", CERTAIN),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "负责人\t联系电话\t姓名\n王五\t13800000001\t张三",
        "姓名\t负责人\t手机\n张三\t王五\t13800000001",
        "经办人\t姓名\t手机\n王五\t张三\t13800000001",
    ],
)
def test_a_second_name_that_may_own_the_number_is_asked_about(text: str) -> None:
    (row,) = read_contacts(text).rows
    assert Doubt.NAME_BESIDE in row.doubts


@pytest.mark.parametrize(
    ("text", "number", "user_id"),
    [
        ("张三\t1.38E+10", "1.38E+10", ""),
        ("姓名\t手机\n张三\t1380000", "1380000", ""),
        ("姓名\t电话\t手机号\n张三\t010-88880001\t", "010-88880001", ""),
        ("姓名\tuserid\n张三\t2.66053E+16", "", "2.66053E+16"),
        ("姓名\t手机\n张三\t13800000001", "", ""),
    ],
)
def test_what_stood_in_the_place_of_a_number_is_kept_where_it_cannot_be_taken(
    text: str, number: str, user_id: str
) -> None:
    (row,) = read_contacts(text).rows
    assert (row.rejected, row.rejected_id) == (number, user_id)


@pytest.mark.parametrize(
    ("text", "doubt", "count"),
    [
        ("张三\t13800000001/13900000001", Doubt.SEVERAL_NUMBERS, 1),
        ("张三 13800000001 13900000001", Doubt.SEVERAL_NUMBERS, 1),
        ("张三\n13800000001", Doubt.TWO_LINES, 1),
        ("张三\t138****0001", Doubt.MASKED, 1),
        ("李四;manager7675", Doubt.ID_GUESSED, 1),
        ("姓名\tuserid\n张三\t26605334524157000", Doubt.ID_ROUNDED, 1),
        ("姓名\t手机\n技术部\t13800000001", Doubt.NAME_IS_GROUP, 1),
        ("张三\t李四\t13800000001", Doubt.NAME_GUESSED, 1),
        ("zhangsan\t13800000001", Doubt.NAME_GUESSED, 1),
        ("姓名\t手机\t其他\n张三\t\t13800000001", Doubt.OTHER_COLUMN, 1),
        ("name,stateCode,mobile\n张三,852,13800000001", Doubt.REGION_ODD, 1),
        ("张三\t13800000001\n李四\t13800000001", Doubt.SHARED_NUMBER, 2),
        ("姓名\t手机\n张三/李四\t13800000001/13900000001", Doubt.NAME_GUESSED, 2),
    ],
)
def test_what_is_not_certain_is_to_be_looked_at(text: str, doubt: Doubt, count: int) -> None:
    rows = read_contacts(text).rows
    assert [row.certainty for row in rows] == [UNCERTAIN] * count
    assert all(doubt in row.doubts for row in rows)


TWO_NAMES_ONE_NUMBER = (
    "主班/副班/电话 姓名/姓名/电话 值班人员/带班人员/联系电话 姓名/联系人/联系电话 学生/老师/手机 "
    "申请人/负责人/电话 客户/经办人/手机 联系人/姓名/电话 主班/副班/电话/手机"
)


@pytest.mark.parametrize("headings", TWO_NAMES_ONE_NUMBER.split())
def test_a_number_that_may_be_either_name_s_is_asked_about(headings: str) -> None:
    text = headings.replace("/", "\t") + "\n张三\t李四\t13800000001"
    (row,) = read_contacts(text).rows
    assert row.certainty is UNCERTAIN
    assert Doubt.NAME_BESIDE in row.doubts


@pytest.mark.parametrize("other", ["昵称", "username", "nickname", "显示名"])
def test_the_name_goes_before_a_nickname_to_its_left(other: str) -> None:
    assert _told(f"{other}\t姓名\t手机\n阿三\t张三\t13800000001") == [ZHANG]


@pytest.mark.parametrize("other", ["联系人", "人员", "主班"])
def test_the_name_goes_before_another_s_to_its_left_and_is_asked_about(other: str) -> None:
    (row,) = read_contacts(f"{other}\t姓名\t手机\n李四\t张三\t13800000001").rows
    assert (row.name, row.doubts) == ("张三", (Doubt.NAME_BESIDE,))


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        ("张三\t李四 13800000002", Doubt.NAME_GUESSED),
        ("姓名\t手机\n张三\t李四 13800000002", Doubt.NAME_BESIDE),
        ("姓名\t手机\n张三\t13800000001（李四）", Doubt.NAME_BESIDE),
        ("姓名\t手机\n张三\t李四手机13800000001", Doubt.NAME_BESIDE),
        ("姓名\t手机\n张三\t父亲 13800000001", Doubt.NUMBER_GUESSED),
        ("姓名\t手机\n张三（李四）\t13800000001", Doubt.NAME_GUESSED),
        ("姓名\t手机\n张三（代李四）\t13800000001", Doubt.NAME_GUESSED),
        ("姓名\t手机\n张三李四\t13800000001", Doubt.NAME_GUESSED),
        ("姓名\t手机\n早班加夜班的人员\t13800000001", Doubt.NAME_GUESSED),
        ("值班人:张三 李四 13800000001", Doubt.NAME_BESIDE),
        ("值班人：张三，李四，13800000001", Doubt.NAME_BESIDE),
        ('[{"name": ["张三", "李四"], "mobile": "13800000001"}]', Doubt.NAME_BESIDE),
        ('[{"contact": "李四", "name": "张三", "mobile": "13800000001"}]', Doubt.NAME_BESIDE),
        ("张三 微信同号13800000001", Doubt.NUMBER_GUESSED),
        ("张三 家属 13800000001", Doubt.NUMBER_GUESSED),
        ("张三\t13800000001（家属）", Doubt.NUMBER_GUESSED),
        ("姓名：张三\n联系人：李四\n电话：13800000001", Doubt.NAME_BESIDE),
        ("姓名\t住在\t手机\n张三\t香港\t91234567", Doubt.NUMBER_GUESSED),
        ("张三\t1.380000000e10", Doubt.FILLED),
        ("张三\t1.38000001e10", Doubt.FILLED),
        ("张三\t852\t91234567", Doubt.NUMBER_GUESSED),
        ("张三\t香港\t91234567", Doubt.NUMBER_GUESSED),
        ("姓名\t国家码\t手机\n张三\t+852\t+853-66123456", Doubt.REGION_ODD),
    ],
)
def test_what_may_be_another_s_is_to_be_looked_at(text: str, doubt: Doubt) -> None:
    (row,) = read_contacts(text).rows
    assert row.certainty is UNCERTAIN
    assert doubt in row.doubts


@pytest.mark.parametrize(
    "cell", ["13800000001（微信同号）", "手机：13800000001", "张三 13800000001", "13800000001 移动"]
)
def test_words_about_a_number_make_nothing_doubtful(cell: str) -> None:
    assert _told(f"姓名\t手机\n张三\t{cell}") == [ZHANG]


@pytest.mark.parametrize("cell", ["---", "TEL", "〃", "无", "待定", "合计", "N/A"])
def test_a_cell_that_is_nobody_s_name_gives_nobody(cell: str) -> None:
    (row,) = read_contacts(f"姓名\t手机\n{cell}\t13800000001").rows
    assert row.doubts == (Doubt.NO_NAME,)


@pytest.mark.parametrize(
    "cell",
    [
        "张三和李四",
        "张三及李四",
        "张三+李四",
        "张三&李四",
        "张三\\李四",
        "张三（白）李四（夜）",
        "张三-李四",
        "张三~李四",
    ],
)
def test_two_names_in_a_cell_are_not_one_person(cell: str) -> None:
    (row,) = read_contacts(f"姓名\t手机\n{cell}\t13800000001").rows
    assert row.doubts == (Doubt.SEVERAL_NAMES,)


@pytest.mark.parametrize("name", ["李和平", "欧阳和平", "阿依古丽·买买提", "王跟生"])
def test_a_name_with_a_letter_that_also_joins_names_is_one(name: str) -> None:
    assert _told(f"姓名\t手机\n{name}\t13800000001") == [(name, "13800000001", "", CERTAIN)]


@pytest.mark.parametrize("cell", ["无", "-", "#N/A", "null"])
def test_a_cell_without_a_number_is_told_as_that(cell: str) -> None:
    (row,) = read_contacts(f"姓名\t手机\n张三\t{cell}").rows
    assert row.doubts == (Doubt.NO_NUMBER,)


@pytest.mark.parametrize("cell", ["852-91234567", "85291234567", "+85291234567", "91234567"])
@pytest.mark.parametrize("region", ["852", "香港"])
def test_a_region_s_code_is_not_put_before_itself(region: str, cell: str) -> None:
    people = [("张三", "+852-91234567", "", CERTAIN)]
    assert _told(f"姓名\t国家码\t手机\n张三\t{region}\t{cell}") == people


@pytest.mark.parametrize(
    ("code", "cell", "mobile"),
    [
        ("1", "1-202-555-0123", "+1-2025550123"),
        ("1", "12025550123", "+1-2025550123"),
        ("44", "447911123456", "+44-7911123456"),
        ("7", "7012345678", "+7-7012345678"),  # begins with the code, and is whole without it
        ("65", "65123456", "+65-65123456"),
    ],
)
def test_a_code_is_taken_off_only_where_it_is_one(code: str, cell: str, mobile: str) -> None:
    people = [("张三", mobile, "", CERTAIN)]
    assert _told(f"name,stateCode,mobile\n张三,{code},{cell}") == people


def test_one_bad_row_does_not_take_the_others_with_it() -> None:
    text = "姓名,手机号\n张三,1.38E+10\n,13700000001\n李四,13900000001\n合计,2"
    assert [row.certainty for row in read_contacts(text).rows] == [
        UNUSABLE,
        UNUSABLE,
        CERTAIN,
        UNUSABLE,
    ]
    assert [one.name for one in read_contacts(text).contacts] == ["李四"]


def test_a_quoted_cell_with_a_line_end_is_one_cell_and_a_lone_quote_swallows_nothing() -> None:
    text = '姓名,手机号\n张三,"13800000001\n13700000001"\n李四,13900000001'
    assert [one.name for one in read_contacts(text).contacts] == ["张三", "李四"]
    text = '"姓名,手机号\n张三,13800000001\n李四,13900000001'
    assert [one.name for one in read_contacts(text).contacts] == ["张三", "李四"]


def _rows(words: str) -> str:
    return "\n".join(words.format(13_800_000_000 + number) for number in range(100_000))


@pytest.mark.parametrize(
    "text",
    [
        _rows("员工\t技术部\t{}\ta@example.com"),
        _rows("1. 张三（技术部） {}"),
        "张三13800000001、" * 300_000,
        "字" * 1_700_000,
        "1 " * 2_500_000,
        "\t" * 5_000_000,
        '"\n' * 2_500_000,
        "[" * 3_000_000,
        '{"a":' * 800_000,
        "BEGIN:VCARD\nFN:张三\nTEL:13800000001\nEND:VCARD\n" * 90_000,
        "a:b" * 1_600_000,
        ("+1 2 3 4 5 6 7 8 9 0 " * 90 + "\n") * 2_500,
        ("- " * 900 + "x\n") * 2_500,
    ],
    ids=range(13),
)
def test_a_paste_of_megabytes_is_read_in_moments_and_says_where_it_ended(text: str) -> None:
    begun = time.process_time()
    rows = read_contacts(text).rows
    assert time.process_time() - begun < 8  # 0.3 s as a rule
    assert len(rows) <= ROWS + 150
    assert not text.strip() or Doubt.TOO_MANY in rows[-1].doubts


DINGTALK = (
    "员工UserID 部门 职位 姓名 性别 工号 是否此部门主管(是/否) 手机号 邮箱 分机号 办公地点 备注"
)


@pytest.mark.parametrize("heading", [DINGTALK, DINGTALK.replace("手机号", "*手机号（必填）")])
def test_the_cells_of_dingtalk_s_own_export_are_people(heading: str) -> None:
    row = "manager7675 公司-研发部 工程师 张三 男 0012 否 +86-13800000001 a@b.com 6612 杭州 在岗"
    rows = read_cells([["填写须知：手机号不能重复"], [], heading.split(), row.split()])
    assert [(one.name, one.mobile, one.user_id, one.department) for one in rows] == [
        ("张三", "13800000001", "manager7675", "公司-研发部")
    ]
    assert [one.certainty for one in rows] == [CERTAIN]


def test_a_sheet_of_one_column_without_headings_is_read_line_by_line() -> None:
    rows = read_cells([["张三 13800000001"], [], ["李四 13900000001"]])
    assert [(one.name, one.mobile) for one in rows] == [
        ("张三", "13800000001"),
        ("李四", "13900000001"),
    ]

"""The templates that ship: sixteen in each language, and nothing to complain of once filled in."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from dingcomposer.core.checks import ProblemCode, Severity, check
from dingcomposer.core.draft import to_message
from dingcomposer.core.robot import Robot, Stage
from dingcomposer.core.templates.filling import Surroundings, fill
from dingcomposer.core.templates.template import FieldKind, Template
from dingcomposer.storage.templates.files import read_file

FOLDER = Path(__file__).parents[2] / "resources" / "templates"
FILES = {one: sorted((FOLDER / one).iterdir()) for one in ("zh_CN", "en")}
ALL = [pytest.param(path, id=f"{one}/{path.name}") for one in FILES for path in FILES[one]]
NOW = datetime(2026, 11, 30, 14, 45, tzinfo=ZoneInfo("Asia/Shanghai"))
GROUP = Robot("r", "全员群", stage=Stage.PRODUCTION, has_token=True)
VALUES = {
    FieldKind.TEXT: "OA 系统 v2_3*",
    FieldKind.DATE: "2026-12-04",
    FieldKind.TIME: "18:00",
    FieldKind.NUMBER: "8",
    FieldKind.PERSON: "13800000001",
    FieldKind.KEYWORD: "通知",
}


def values_of(template: Template) -> dict[str, str]:
    values = {}
    for field in template.asked:
        if field.kind is FieldKind.CHOICE:
            values[field.name] = field.choices[0]
        elif "ink" in field.name or "链接" in field.name:
            values[field.name] = "https://a.example.com/x"
        elif field.is_markdown:
            values[field.name] = "- **甲**：乙\n- 丙"
        else:
            values[field.name] = VALUES[field.kind]
    return values


def test_there_are_sixteen_in_each_language_and_the_same_ones() -> None:
    chinese, english = FILES["zh_CN"], FILES["en"]
    assert len(chinese) == 16
    assert [one.name for one in chinese] == [one.name for one in english]
    for one, other in zip(map(read_file, chinese), map(read_file, english), strict=True):
        assert one.draft.kind is other.draft.kind
        assert [each.kind for each in one.fields] == [each.kind for each in other.fields]
        assert (one.language, other.language) == ("zh_CN", "en")


@pytest.mark.parametrize("path", ALL)
def test_each_says_what_it_is_for_and_knows_all_its_fields(path: Path) -> None:
    template = read_file(path)
    assert template.name
    assert template.about
    assert template.folder
    assert {one.name for one in template.asked} == {one.name for one in template.fields}
    for field in template.fields:
        assert field.kind is not FieldKind.CHOICE or field.default in field.choices


@pytest.mark.parametrize("path", ALL)
@pytest.mark.parametrize("with_optional", [True, False])
def test_filled_in_there_is_nothing_to_complain_of(path: Path, with_optional: bool) -> None:
    template = read_file(path)
    values = values_of(template)
    for field in template.asked:
        if field.is_optional and not with_optional:
            del values[field.name]
    filling = fill(template, values, Surroundings(NOW, "王芳"), {"13800000001": "张三"})
    assert filling.unfilled == ()
    found = check(to_message(filling.draft), GROUP, now=NOW)
    allowed = {ProblemCode.OPENS_SIDE_PANEL}
    assert {one.code for one in found} <= allowed, found
    assert not any(one.severity is Severity.BLOCKS for one in found)


@pytest.mark.parametrize("path", ALL)
def test_empty_ones_are_kept_from_a_real_group(path: Path) -> None:
    filling = fill(read_file(path), {}, Surroundings(NOW))
    found = check(to_message(filling.draft), GROUP, now=NOW)
    assert filling.unfilled
    assert any(one.code is ProblemCode.FIELD_UNFILLED and not one.can_insist for one in found)

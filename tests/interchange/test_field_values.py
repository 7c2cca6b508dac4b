"""Values of fields out of YAML and JSON: as they are written, or a fault with its place."""

import json

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from dingcomposer.interchange.field_values import ValuesError, ValuesFault, read_values

names = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1)
texts = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]))


def test_nothing_becomes_a_number_or_a_date_on_the_way() -> None:
    text = "日期: 2026-12-01\n版本: 1.10\n工号: 007\n是: yes\n空:\n没有: null\n大: 13800000000\n"
    assert read_values(text) == {
        "日期": "2026-12-01",
        "版本": "1.10",
        "工号": "007",
        "是": "yes",
        "空": "",
        "没有": "",
        "大": "13800000000",
    }
    assert read_values('{"版本": 1.10, "真": true, "空": null, "人": [13800000000, "a"]}') == {
        "版本": "1.10",
        "真": "true",
        "空": "",
        "人": "13800000000 a",
    }


@pytest.mark.parametrize(
    ("text", "fault", "name", "line"),
    [
        ("- a\n", ValuesFault.NO_MAPPING, "", 0),
        ("word", ValuesFault.NO_MAPPING, "", 0),
        ("a: 1\nb: {c: 1}", ValuesFault.NESTED, "b", 2),
        ("a: [[1]]", ValuesFault.NESTED, "a", 1),
        ("a: 1\nb: 2\na: 3", ValuesFault.TWICE, "a", 3),
        ("a: 1\n- b: [", ValuesFault.NO_FORMAT, "", 2),
        ('{"a": 1, "a": 2}', ValuesFault.TWICE, "a", 0),
        ('{"a": {"b": 1}}', ValuesFault.NESTED, "a", 0),
        ("a: \x00", ValuesFault.NO_FORMAT, "", 0),
        ("a: &x [*x]", ValuesFault.NESTED, "a", 1),
        ("a: " + "x" * 1_000_001, ValuesFault.TOO_LONG, "", 0),
        ("a: " + "[" * 5_000, ValuesFault.NO_FORMAT, "", 0),
    ],
)
def test_what_gives_no_values_says_why_and_where(
    text: str, fault: ValuesFault, name: str, line: int
) -> None:
    with pytest.raises(ValuesError) as raised:
        read_values(text)
    assert (raised.value.fault, raised.value.name) == (fault, name)
    assert not line or raised.value.line == line


def test_no_tag_is_obeyed() -> None:
    assert read_values("a: !!python/object/apply:os.system ['ls']") == {"a": "ls"}


@given(st.dictionaries(names, texts))
def test_what_json_and_yaml_hold_comes_back(values: dict[str, str]) -> None:
    assert read_values(json.dumps(values)) == values
    assert read_values(yaml.safe_dump(values, allow_unicode=True, default_style='"')) == values


@given(st.text())
def test_any_text_gives_texts_or_a_fault(text: str) -> None:
    try:
        found = read_values(text)
    except ValuesError:
        return
    assert all(isinstance(one, str) for pair in found.items() for one in pair)

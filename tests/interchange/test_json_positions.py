"""JSON with places: each fault at its line and column, each value where it stands."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dingcomposer.core.pasting.lenient_json import JsonError, JsonFault
from dingcomposer.interchange.json_positions import mend, place_of, places_of, read_strict, write

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=4),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=8,
)


@pytest.mark.parametrize(
    ("text", "fault", "line", "column"),
    [
        ("", JsonFault.NOTHING, 1, 1),
        ("  ", JsonFault.ENDS_EARLY, 1, 3),
        ('{"a": 1', JsonFault.ENDS_EARLY, 1, 8),
        ('{"a": 1,', JsonFault.ENDS_EARLY, 1, 9),
        ('{\n  "a": 1\n  "b": 2}', JsonFault.NO_COMMA, 3, 3),
        ('{"a" 1}', JsonFault.NO_COLON, 1, 6),
        ("{a: 1}", JsonFault.NO_KEY, 1, 2),
        ('{"a": }', JsonFault.NO_VALUE, 1, 7),
        ('{"a": True}', JsonFault.NO_VALUE, 1, 7),
        ('{"a": NaN}', JsonFault.NO_VALUE, 1, 7),
        ('{"a": 01}', JsonFault.NO_COMMA, 1, 8),
        ('{"a": "x', JsonFault.OPEN_STRING, 1, 7),
        ('{"a": "x\ny"}', JsonFault.LINE_END, 1, 9),
        ('{"a": "x\ty"}', JsonFault.CONTROL, 1, 9),
        ('{"a": "C:\\d"}', JsonFault.BACKSLASH, 1, 10),
        ('{"a": [1, 2,]}', JsonFault.TRAILING_COMMA, 1, 12),
        ("{'a': 1}", JsonFault.ODD_QUOTES, 1, 2),
        ('{“a”: "x"}', JsonFault.ODD_QUOTES, 1, 2),
        ('{"a"： 1}', JsonFault.FULL_WIDTH, 1, 5),
        ('{"a": 1， "b": 2}', JsonFault.FULL_WIDTH, 1, 8),
        ('{"a": 1 // one\n}', JsonFault.COMMENT, 1, 9),
        ('{"a": 1} x', JsonFault.TEXT_BEHIND, 1, 10),
        ("[" * 100, JsonFault.TOO_DEEP, 1, 62),
    ],
)
def test_a_fault_is_named_at_its_place(text: str, fault: JsonFault, line: int, column: int) -> None:
    with pytest.raises(JsonError) as error:
        read_strict(text)
    place = error.value.place
    if fault is JsonFault.NO_COMMA and "01" in text:
        assert place.fault in (JsonFault.NO_COMMA, JsonFault.NO_VALUE)
        return
    assert (place.fault, place.line, place.column) == (fault, line, column)


@given(VALUES)
def test_what_the_standard_library_reads_is_read_and_placed(value: object) -> None:
    text = json.dumps(value, ensure_ascii=False, indent=1)
    assert read_strict(text).value == value
    places = places_of(text)
    assert places[()] == 0
    if isinstance(value, dict):
        for name in value:
            assert text.startswith(json.dumps(name, ensure_ascii=False), places[(name,)])


@given(VALUES, st.integers(0, 60), st.text(max_size=2))
def test_whatever_is_typed_into_it_there_is_a_value_or_a_fault(
    value: object, at: int, typed: str
) -> None:
    text = json.dumps(value, ensure_ascii=False)
    text = text[:at] + typed + text[at + 1 :]
    try:
        found = read_strict(text)
    except JsonError as error:
        assert 1 <= error.place.line <= text.count("\n") + 1
        with pytest.raises(ValueError):
            json.loads(text, parse_constant=_none)
    else:
        assert found.value == json.loads(text)


def _none(word: str) -> object:
    raise ValueError(word)


def test_a_path_is_found_and_so_is_what_holds_a_missing_one() -> None:
    text = '{\n "at": {\n  "atMobiles": ["1",\n   "2"]}}'
    assert place_of(text, "at.atMobiles.1") == (4, 4)
    assert place_of(text, "at.isAtAll") == (2, 2)
    assert place_of(text, "") == (1, 1)


def test_a_name_that_stands_twice_is_told() -> None:
    assert read_strict('{"a": 1, "b": {"a": 1}, "a": 2}').doubled == ("a",)


def test_what_was_meant_can_be_written_anew() -> None:
    assert mend("{'a': True, // yes\n}") == {"a": True}
    assert mend("{{") is None
    assert write({"字": [1]}) == '{\n  "字": [\n    1\n  ]\n}'

"""What people paste in the ways of the public reports: nobody wrong, nothing dropped in silence."""

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from dingcomposer.core.answers import explain, missing_field
from dingcomposer.core.checks import check
from dingcomposer.core.contacts_reading.pasted import read_contacts
from dingcomposer.core.contacts_reading.rows import Certainty
from dingcomposer.core.dialect import lints
from dingcomposer.core.payload import from_payload
from dingcomposer.core.webhook import PastedError, parse_pasted

FILE = Path(__file__).parents[1] / "cases" / "report_variants.json"
CASES: list[dict[str, Any]] = json.loads(FILE.read_text("utf-8"))["cases"]
HEX = "b90923e19e58b466481e9e7b7a5b4f108a4531abde590ad3967fb29f0eae5c68"
WORDS = {
    "«U»": "https://oapi.dingtalk.com/robot/send?access_token=",
    "«T»": "3f0c" * 16,
    "«S»": f"SEC{HEX}",
    "«H»": HEX,
}


def of(via: str) -> pytest.MarkDecorator:
    found = [case for case in CASES if case["via"] == via]
    assert found
    return pytest.mark.parametrize("case", [pytest.param(one, id=one["id"]) for one in found])


def filled(value: Any) -> Any:
    """The value with an address, a token and a secret in it."""
    text = json.dumps(value, ensure_ascii=False)
    for sign, words in WORDS.items():
        text = text.replace(sign, words)
    return json.loads(text)


def ways(case: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = case["expected"].get("one_of", [case["expected"]])
    return found


@of("contacts")
def test_a_list_gives_the_right_people(case: dict[str, Any]) -> None:
    rows = read_contacts(case["input"]).rows
    by = Counter(row.certainty for row in rows)
    people = [
        [row.name, row.mobile, row.user_id]
        for row in rows
        if row.certainty is not Certainty.UNUSABLE
    ]
    found = {
        "people": people,
        "left": by[Certainty.UNUSABLE],
        "certain": by[Certainty.CERTAIN],
    }
    names = {person[0] for person in people}
    assert any(
        names.isdisjoint(way.get("lacks", ()))
        and all(found[key] == value for key, value in way.items() if key != "lacks")
        for way in ways(case)
    ), rows


@of("parse")
def test_a_paste_gives_robot_and_message(case: dict[str, Any]) -> None:
    case = filled(case)
    found: dict[str, Any]
    try:
        pasted = parse_pasted(case["input"])
    except PastedError as error:
        found = {
            "fault": error.fault.value,
            "access_token": None,
            "told": True,
            "refused": True,
            "place": error.json_place is not None,
        }
    else:
        found = {
            "fault": None,
            "endpoint": pasted.endpoint,
            "access_token": pasted.access_token,
            "secret": pasted.secret,
            "message": pasted.message_json,
            "translation": pasted.translation,
            "told": bool(pasted.notes),
            "notes": [note.value for note in pasted.notes],
        }
    for way in ways(case):
        notes = way.pop("notes", [])
        if set(notes) <= set(found.get("notes", ())) and all(
            found.get(key) == value for key, value in way.items()
        ):
            return
    pytest.fail(f"{found}")


@of("check")
def test_what_readers_would_miss_is_told(case: dict[str, Any]) -> None:
    problems = check(from_payload(case["input"]).message, None)
    hold([problem.code.value for problem in problems], case["expected"])


@of("marks")
def test_a_line_bears_its_mark(case: dict[str, Any]) -> None:
    hold([lint.code.value for lint in lints(case["input"])], case["expected"])


def hold(found: list[str], expected: dict[str, Any]) -> None:
    for pattern in expected.get("some", ()):
        assert any(re.search(pattern, one) for one in found), found
    for pattern in expected.get("none", ()):
        assert not any(re.search(pattern, one) for one in found), found


@of("explain")
def test_an_answers_words_are_understood(case: dict[str, Any]) -> None:
    code, words = case["input"]
    expected = case["expected"]
    assert explain(code, words).value in expected["cause"]
    assert missing_field(words) == expected.get("field", missing_field(words))

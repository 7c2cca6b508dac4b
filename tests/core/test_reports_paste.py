"""What people really pasted, by public reports: robot and message are found, all is told."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from dingcomposer.core.checks import check
from dingcomposer.core.checks.robots import check_token
from dingcomposer.core.payload import PayloadError, from_payload
from dingcomposer.core.robot import Robot
from dingcomposer.core.webhook import PastedError, parse_pasted

TOKEN = "3f0c" * 16
SECRET = "SECb90923e19e58b466481e9e7b7a5b4f108a4531abde590ad3967fb29f0eae5c68"
URL = "https://oapi.dingtalk.com/robot/send?access_token="
CASES = json.loads((Path(__file__).parents[1] / "cases" / "reports_paste.json").read_text("utf-8"))[
    "cases"
]


def filled(value: Any) -> Any:
    """The case's value with the webhook, the token and the secret in it."""
    text = json.dumps(value, ensure_ascii=False)
    return json.loads(text.replace("«U»", URL).replace("«T»", TOKEN).replace("«S»", SECRET))


def cases_of(via: str) -> list[Any]:
    found = [case for case in CASES if case["via"] == via]
    assert found
    return [pytest.param(filled(case), id=case["id"]) for case in found]


def parsed(text: str) -> dict[str, Any]:
    """What a paste gives, in the words of the cases."""
    try:
        pasted = parse_pasted(text)
    except PastedError as error:
        return {"fault": error.fault.value, "told": True, "access_token": None}
    return {
        "fault": None,
        "told": bool(pasted.notes),
        "endpoint": pasted.endpoint,
        "access_token": pasted.access_token,
        "secret": pasted.secret,
        "message": pasted.message_json,
    }


@pytest.mark.parametrize("case", cases_of("parse"))
def test_what_was_pasted_is_found_or_told(case: dict[str, Any]) -> None:
    found = parsed(case["input"])
    ways = case["expected"].get("one_of", [case["expected"]])
    assert any(all(found.get(name) == value for name, value in way.items()) for way in ways), found


@pytest.mark.parametrize("case", cases_of("payload"))
def test_a_body_is_read_or_refused_with_its_reason(case: dict[str, Any]) -> None:
    expected = case["expected"]
    try:
        reading = from_payload(case["input"])
    except PayloadError as error:
        assert error.reason.value == expected["fault"]
        return
    assert expected["fault"] is None
    assert type(reading.message).__name__.lower() == expected["kind"]
    assert any(re.search(expected["note"], note.code.value) for note in reading.notes)


@pytest.mark.parametrize("case", cases_of("token"))
def test_what_is_no_token_is_told(case: dict[str, Any]) -> None:
    codes = " ".join(problem.code.value for problem in check_token(case["input"]))
    assert all(re.search(pattern, codes) for pattern in case["expected"]["some"])


@pytest.mark.parametrize("case", cases_of("check"))
def test_links_and_pictures_are_judged_as_people_met_them(case: dict[str, Any]) -> None:
    robot = Robot("1", "x", has_token=True)
    found = [
        f"{one.code.value}|{one.field}|{one.severity.value}"
        for one in check(from_payload(case["input"]).message, robot)
    ]
    for pattern in case["expected"].get("some", ()):
        assert any(re.search(pattern, one) for one in found), found
    for pattern in case["expected"].get("none", ()):
        assert not any(re.search(pattern, one) for one in found), found

"""Whatever a check-up finds has its words."""

from datetime import UTC, datetime

import pytest

from dingcomposer.core.answers import Cause
from dingcomposer.core.checks.keywords import check_keywords
from dingcomposer.core.checkup.report import (
    CheckupStep,
    Code,
    FindingCode,
    StepResult,
    finding,
    not_reached,
)
from dingcomposer.core.delivery import Fault
from dingcomposer.core.messages import Kind
from dingcomposer.core.robot import Robot
from dingcomposer.ui.texts.checkup import as_text, line_words, summary, trial_message

ON_THE_WAY = (
    *((CheckupStep.PROXY, code) for code in Fault if code.name.startswith("PROXY")),
    *((CheckupStep.TLS, code) for code in Fault if code.name.startswith("TLS")),
    *(
        (CheckupStep.CONNECTION, code)
        for code in (
            Fault.CONNECTION_REFUSED,
            Fault.CONNECT_TIMEOUT,
            Fault.NO_HANDLES,
            Fault.NO_ROUTE,
            Fault.UNREACHABLE,
        )
    ),
    (CheckupStep.NAME, Fault.NAME_NOT_FOUND),
    (CheckupStep.TLS, Fault.CONNECT_TIMEOUT),
    (CheckupStep.TRUST, Fault.CA_FILE_UNUSABLE),
    (CheckupStep.PROXY, Fault.CA_FILE_UNUSABLE),
)
SILENT = (FindingCode.WAITING,)
REASONED = (FindingCode.SECRETS_UNREADABLE, FindingCode.NOT_REACHED)


@pytest.mark.parametrize(
    ("step", "code"),
    [
        *((CheckupStep.CLOCK, code) for code in FindingCode if code not in (*SILENT, *REASONED)),
        *ON_THE_WAY,
        *((CheckupStep.PROBE, code) for code in (*Cause, *Fault)),
    ],
)
def test_every_code_has_a_sentence_without_gaps(step: CheckupStep, code: Code) -> None:
    words = line_words(finding(step, StepResult.CROSS, code, {"seconds": 3, "direction": "ahead"}))
    assert words.found
    for text in (words.found, words.means, words.helps):
        assert "{" not in text


def test_a_line_that_was_not_reached_names_what_barred_the_way() -> None:
    assert "Host name" in line_words(not_reached(CheckupStep.TLS, CheckupStep.NAME)).found


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0, "1 s"), (59, "59 s"), (61, "1 min 1 s"), (7_260, "2 h 1 min"), (180_000, "2 d 2 h")],
)
def test_how_far_a_clock_is_off_is_told_in_fitting_units(seconds: int, words: str) -> None:
    apart: dict[str, str | int] = {"seconds": seconds, "direction": "behind"}
    found = line_words(
        finding(CheckupStep.CLOCK, StepResult.WARN, FindingCode.CLOCK_OFF, apart)
    ).found
    assert found == f"{words} behind the server's clock."


@pytest.mark.parametrize(
    ("verdicts", "words"),
    [
        ((StepResult.CROSS,), "Faults: 1. "),
        ((StepResult.WARN, StepResult.WARN), "No fault found. Warnings: 2. "),
        ((StepResult.CROSS, StepResult.WARN), "Faults: 1 · Warnings: 1. "),
        ((), "No fault found. "),
    ],
)
def test_the_headline_ends_before_it_says_what_is_not_known_yet(
    verdicts: tuple[StepResult, ...], words: str
) -> None:
    asked = finding(CheckupStep.PROBE, StepResult.SKIPPED, FindingCode.NOT_ASKED)
    lines = [finding(CheckupStep.CLOCK, one, FindingCode.CLOCK_OFF) for one in verdicts]
    assert summary([*lines, asked], "x").startswith(f"{words}x was not asked yet: ")


def test_a_port_is_no_number_to_be_grouped() -> None:
    where = {"address": "10.0.0.1", "port": "18080"}
    line = finding(CheckupStep.CONNECTION, StepResult.CROSS, Fault.CONNECTION_REFUSED, where)
    assert "18080" in line_words(line).found


@pytest.mark.parametrize("kind", Kind)
def test_a_test_message_passes_the_robots_keywords(kind: Kind) -> None:
    message = trial_message(kind, Robot("1", "x", keywords=("告警",)))
    assert check_keywords(message, ("告警",)) == []


def test_an_address_with_a_password_is_not_in_the_text_for_a_colleague() -> None:
    robot = Robot("1", "x", endpoint="https://me:canary@ding.example.com/robot/send/canary")
    text = as_text(robot, (), datetime.now(UTC))
    assert "ding.example.com" in text
    assert "canary" not in text

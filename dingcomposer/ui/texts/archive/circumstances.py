"""Under which circumstances a send went out: the robot as it was then, and what took how long."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from dingcomposer.core.delivery import PhaseTimes
from dingcomposer.core.plain_text import clean
from dingcomposer.core.robot import ProxyMode, Robot
from dingcomposer.storage.history import AttemptRow, SendRow
from dingcomposer.ui.texts import time
from dingcomposer.ui.texts.robots import robot_words
from dingcomposer.ui.texts.translate import join_names, translate


def robot_text(row: SendRow, then: str | None, now: Robot | None) -> str:
    """The robot as it was when a send was written down, line by line; what is otherwise now, too.

    `then` is what the history keeps of it, None where that is not known.
    """
    lines = [_line(translate("Circumstances", "Robot"), robot_words(row.robot_name, row.stage))]
    if now is None:
        lines.append(translate("Circumstances", "It is not in the list of robots any more."))
    elif (words := robot_words(now.name, now.stage)) != robot_words(row.robot_name, row.stage):
        lines[0] = _with_now(lines[0], words)
    told = _read(then)
    if told is None:
        lines.append(
            translate("Circumstances", "How it was set up then was not recorded by that version.")
        )
        return "\n".join(lines)
    present = {} if now is None else _of_robot(now)
    for name, value in _facts(told):
        line = _line(name, value)
        changed = now is not None and present.get(name, value) != value
        lines.append(_with_now(line, present[name]) if changed else line)
    return clean("\n".join(lines))


def phase_name(phase: str) -> str:
    """A part of an attempt."""
    return {
        "queue_ms": translate("Circumstances", "Waiting for its turn"),
        "name_ms": translate("Circumstances", "Looking up the name"),
        "connect_ms": translate("Circumstances", "Connecting"),
        "tls_ms": translate("Circumstances", "TLS handshake"),
        "wait_ms": translate("Circumstances", "Waiting for the answer"),
    }[phase]


def phase_lines(attempts: Sequence[AttemptRow]) -> list[tuple[str, str, float]]:
    """Each part of each attempt: its name, how long it took in words, and in ms."""
    lines = []
    for attempt in attempts:
        for phase in PhaseTimes.__dataclass_fields__:
            took_ms = getattr(attempt.phases, phase)
            if took_ms is not None:
                name = phase_name(phase)
                if len(attempts) > 1:
                    words = translate("Circumstances", "{attempt}: {phase}")
                    name = words.format(attempt=attempt.number, phase=name)
                lines.append((name, time.duration(took_ms), took_ms))
    return lines


def phases_note(attempts: Sequence[AttemptRow]) -> str:
    """What the bars do not say."""
    if not any(phase_lines([one]) for one in attempts):
        return translate("Circumstances", "How long each part took was not measured.")
    if any(one.wait_ms is not None and one.connect_ms is None for one in attempts):
        return translate(
            "Circumstances",
            "Where no connecting is listed, the connection of an earlier message was still open.",
        )
    return ""


def _read(then: str | None) -> Mapping[str, Any] | None:
    if then is None:
        return None
    try:
        told = json.loads(then)
    except ValueError:
        return None
    return told if isinstance(told, dict) else None


def _of_robot(robot: Robot) -> dict[str, str]:
    from dingcomposer.storage.report_columns import robot_then

    told = _read(robot_then(robot))
    return {} if told is None else dict(_facts(told))


def _facts(told: Mapping[str, Any]) -> list[tuple[str, str]]:
    nothing = translate("Circumstances", "none")
    people = [str(one) for one in told.get("default_mentions", ())]
    if told.get("mentions_all"):
        people.insert(0, translate("Circumstances", "everyone"))
    way = {
        ProxyMode.SYSTEM: translate("Circumstances", "as the system says"),
        ProxyMode.DIRECT: translate("Circumstances", "no proxy"),
        ProxyMode.PROXY: str(told.get("proxy", "")),
    }.get(told.get("way", ""), "")
    signature = (
        translate("Circumstances", "expected")
        if told.get("expects_signature")
        else translate("Circumstances", "not expected")
    )
    limits = translate("Circumstances", "{connect} s to connect, {read} s for the answer")
    return [
        (translate("Circumstances", "Address"), str(told.get("endpoint", ""))),
        (
            translate("Circumstances", "Keywords"),
            join_names(map(str, told.get("keywords", ()))) or nothing,
        ),
        (translate("Circumstances", "Signature"), signature),
        (
            translate("Circumstances", "Allowed addresses"),
            join_names(map(str, told.get("addresses", ()))) or nothing,
        ),
        (translate("Circumstances", "Mentioned by default"), join_names(people) or nothing),
        (translate("Circumstances", "Way"), way),
        (
            translate("Circumstances", "Time-outs"),
            limits.format(
                connect=f"{told.get('connect_timeout_s', 0):g}",
                read=f"{told.get('read_timeout_s', 0):g}",
            ),
        ),
    ]


def _line(name: str, value: str) -> str:
    return translate("Circumstances", "{name}: {value}").format(name=name, value=value)


def _with_now(line: str, now: str) -> str:
    return translate("Circumstances", "{line}   (now: {now})").format(line=line, now=now)

"""What a report says of a send, and a robot of its group, as the tables of the history hold it."""

from dingcomposer.core.delivery import Report
from dingcomposer.core.robot import Robot
from dingcomposer.storage.database import Value, to_json


def wire_columns(report: Report) -> dict[str, Value]:
    """What went over the wire; nothing where that was not recorded."""
    trace = report.trace
    if trace is None:
        return {}
    return {
        "query": trace.query,
        "request_headers": to_json(trace.request_headers),
        "status_line": trace.status_line,
        "response_headers": to_json(trace.response_headers),
        "received_bytes": trace.received_bytes,
        "announced_bytes": trace.announced_bytes,
    }


def phase_columns(report: Report) -> dict[str, Value]:
    """How long each part of the attempt took; nothing where that was not measured."""
    times = report.phases
    if times is None:
        return {}
    return {
        "queue_ms": times.queue_ms,
        "name_ms": times.name_ms,
        "connect_ms": times.connect_ms,
        "tls_ms": times.tls_ms,
        "wait_ms": times.wait_ms,
    }


def robot_then(robot: Robot) -> str:
    """What of a robot decides how it is sent to, and what its group asks for; no secret."""
    mentions = robot.default_mentions
    told = {
        "endpoint": robot.endpoint.partition("?")[0],
        "keywords": robot.keywords,
        "addresses": robot.addresses,
        "expects_signature": robot.expects_signature,
        "default_mentions": [*mentions.mobiles, *mentions.user_ids],
        "mentions_all": mentions.is_all,
        "connect_timeout_s": robot.connect_timeout_s,
        "read_timeout_s": robot.read_timeout_s,
        "way": robot.way,
        "proxy": robot.proxy,
        "trust": robot.trust,
        "ca_file": robot.ca_file,
    }
    return to_json(told)


def verdict_columns(report: Report) -> dict[str, Value]:
    """What came of it, for an attempt and for its send."""
    return {
        "cause": report.cause,
        "fault": report.fault,
        "errcode": report.errcode,
        "errmsg": report.errmsg,
        "wait_minutes": report.wait_minutes,
    }

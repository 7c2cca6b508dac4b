"""What a job and a report say of a send, as the tables of the history hold it."""

from functools import lru_cache

from dingcomposer.core.addresses import host_of, is_loopback
from dingcomposer.core.delivery import Report, SendJob, Status
from dingcomposer.core.messages import Message, headline_of, kind_of
from dingcomposer.core.payload import to_payload
from dingcomposer.core.robot import Robot
from dingcomposer.storage.database import Value, storable, to_json, to_micros


def send_columns(job: SendJob, group_id: str | None) -> dict[str, Value]:
    """A send that is queued."""
    robot = job.robot
    return {
        "msg_uuid": job.msg_uuid,
        "robot_id": robot.robot_id,
        "robot_name": storable(robot.name),
        "robot_colour": robot.colour,
        "stage": robot.stage,
        "is_sandbox": robot.is_sandbox or is_here(robot.endpoint),
        **_content(job.message),
        "status": Status.QUEUED,
        "created_at": to_micros(job.queued_at),
        "group_id": group_id,
        "token_fingerprint": job.token_fingerprint,
        "corrects": job.corrects or None,
        "robot_then": robot_then(robot),
    }


@lru_cache(maxsize=64)
def is_here(endpoint: str) -> bool:
    """Whether this robot's address is this computer's own."""
    return is_loopback(host_of(endpoint))


@lru_cache(maxsize=1)
def _content(message: Message) -> dict[str, Value]:
    """The columns that the message decides: the same for each of many robots."""
    return {
        "kind": kind_of(message),
        "headline": storable(headline_of(message)),
        "payload": to_json(to_payload(message)),
    }


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

"""What stands in each section of a bundle's file, and how it is read: strictly, and within bounds.

    robots     {"id", "name", "colour", "stage": "test" or "production", "endpoint", "keywords": [],
               "addresses": [], "default_mentions": {"mobiles": [], "user_ids": [], "is_all"},
               "expects_signature", "tags": [], "connect_timeout_s", "read_timeout_s", "way",
               "proxy", "proxy_user", "trust", "ca_file", "is_archived",
               "sandbox": "", "built_in" or "twin",
               "sandbox_pace", "sandbox_caller"}; in a sealed file also "access_token", "secret",
               "proxy_password"
    lists      {"id", "name", "robots": [ids], "tag", "gap_s", "stops_at_failure"}
    templates  as in a template's own file (`core.templates.documents`)
    contacts   {"name", "mobile", "user_id", "department", "teams": []}
    schedules  as they are stored (`core.scheduling.documents`), with "id"

What an item does not say is as it is at first. That a foreign host was confirmed is never taken
from a file: whoever restores it is asked again.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from math import isfinite
from typing import Any, Final, TypeVar

from dingcomposer.core.authority import AuthorityError, read_authority
from dingcomposer.core.bundle import (
    MOST_CONTACTS,
    MOST_LISTS,
    MOST_ROBOTS,
    MOST_SCHEDULES,
    MOST_TEMPLATES,
    BundledRobot,
    BundleKind,
)
from dingcomposer.core.contacts import Contact
from dingcomposer.core.messages import Mentions
from dingcomposer.core.plain_text import clean
from dingcomposer.core.robot import Credentials, ProxyMode, Robot, Stage, TrustSource
from dingcomposer.core.robot_lists import MOST_GAP_S, RobotList
from dingcomposer.core.scheduling.documents import (
    ScheduleError,
    schedule_document,
    schedule_from,
)
from dingcomposer.core.scheduling.schedule import MessageSchedule
from dingcomposer.core.templates.documents import TemplateError, from_document, to_document
from dingcomposer.core.templates.template import Template

NAME_LETTERS: Final = 200
TEXT_LETTERS: Final = 2_000
MOST_ENTRIES: Final = 5_000
_ID: Final = re.compile(r"[A-Za-z0-9_.-]{1,64}")
_COLOUR: Final = re.compile(r"#[0-9A-Fa-f]{6}")
_ORDINARY: Final = Robot("", "")

_Kind = TypeVar("_Kind", bound=StrEnum)


class ItemError(Exception):
    """An item is not as it should be; `field` is the one at fault, "" for the item itself."""

    def __init__(self, field: str = "") -> None:
        super().__init__(field)
        self.field = field


@dataclass(frozen=True, slots=True)
class SectionFormat:
    """How the items of a section are written and read; `read` raises ItemError."""

    kind: BundleKind
    version: int
    most: int
    write: Callable[[Any], dict[str, Any]]
    read: Callable[[Mapping[str, Any]], Any]


# Robots


def robot_document(bundled: BundledRobot) -> dict[str, Any]:
    """A robot, with its credentials where it has them: only ever to be sealed then."""
    robot, mentions = bundled.robot, bundled.robot.default_mentions
    document: dict[str, Any] = {
        "id": robot.robot_id,
        "name": robot.name,
        "colour": robot.colour,
        "stage": robot.stage.value,
        "endpoint": "" if robot.is_sandbox else robot.endpoint,
        "keywords": list(robot.keywords),
        "addresses": list(robot.addresses),
        "default_mentions": {
            "mobiles": list(mentions.mobiles),
            "user_ids": list(mentions.user_ids),
            "is_all": mentions.is_all,
        },
        "expects_signature": robot.expects_signature,
        "tags": list(robot.tags),
        "connect_timeout_s": robot.connect_timeout_s,
        "read_timeout_s": robot.read_timeout_s,
        "way": robot.way.value,
        "proxy": robot.proxy,
        "proxy_user": robot.proxy_user,
        "trust": robot.trust.value,
        "ca_file": robot.ca_file,
        "is_archived": robot.is_archived,
        "sandbox": "" if not robot.is_sandbox else "twin" if robot.is_twin else "built_in",
        "sandbox_pace": robot.sandbox_pace,
        "sandbox_caller": robot.sandbox_caller,
    }
    known = bundled.credentials
    if known is not None and known.access_token:
        document["access_token"] = known.access_token
        document["secret"] = known.secret
        document["proxy_password"] = known.proxy_password
    return document


def read_robot(item: Mapping[str, Any]) -> BundledRobot:
    """The robot of an item. Raises ItemError."""
    mentions = item.get("default_mentions", {})
    if not isinstance(mentions, Mapping):
        raise ItemError("default_mentions")
    sandbox = _text(item, "sandbox")
    if sandbox not in {"", "built_in", "twin"}:
        raise ItemError("sandbox")
    pace = item.get("sandbox_pace", _ORDINARY.sandbox_pace)
    if pace is not None and not (_is_int(pace) and 0 < pace <= 100_000):
        raise ItemError("sandbox_pace")
    robot = Robot(
        _id(item),
        _name(item),
        _matching(item, "colour", _COLOUR, _ORDINARY.colour),
        _choice(item, "stage", Stage, Stage.PRODUCTION),
        _endpoint(item, is_sandbox=bool(sandbox)),
        keywords=_texts(item, "keywords"),
        addresses=_texts(item, "addresses"),
        default_mentions=Mentions(
            _texts(mentions, "mobiles"), _texts(mentions, "user_ids"), _flag(mentions, "is_all")
        ),
        expects_signature=_flag(item, "expects_signature"),
        connect_timeout_s=_seconds(item, "connect_timeout_s", _ORDINARY.connect_timeout_s),
        read_timeout_s=_seconds(item, "read_timeout_s", _ORDINARY.read_timeout_s),
        is_host_confirmed=bool(sandbox),
        is_sandbox=bool(sandbox),
        is_archived=_flag(item, "is_archived"),
        way=_choice(item, "way", ProxyMode, ProxyMode.SYSTEM),
        proxy=_proxy(item),
        proxy_user=_text(item, "proxy_user"),
        trust=_choice(item, "trust", TrustSource, TrustSource.SYSTEM),
        ca_file=_text(item, "ca_file"),
        is_twin=sandbox == "twin",
        sandbox_pace=pace,
        sandbox_caller=_text(item, "sandbox_caller"),
        tags=tuple(map(clean, _texts(item, "tags"))),
    )
    token = _text(item, "access_token")
    if not token or sandbox:
        return BundledRobot(robot)
    secret, password = _text(item, "secret"), _text(item, "proxy_password")
    return BundledRobot(robot, Credentials(token, secret or None, password or None))


def _endpoint(item: Mapping[str, Any], *, is_sandbox: bool) -> str:
    """Without query, fragment and user: what is stored could hold a secret otherwise."""
    endpoint = _text(item, "endpoint")
    if is_sandbox:
        return "http://127.0.0.1/robot/send"
    if not endpoint:
        return _ORDINARY.endpoint
    netloc = endpoint.partition("//")[2].partition("/")[0]
    if "?" in endpoint or "#" in endpoint or "@" in netloc:
        raise ItemError("endpoint")
    try:
        read_authority(endpoint)
    except AuthorityError:
        raise ItemError("endpoint") from None
    return endpoint


def _proxy(item: Mapping[str, Any]) -> str:
    proxy = _text(item, "proxy")
    if "@" in proxy:
        raise ItemError("proxy")
    return proxy


# Lists, templates, contacts


def list_document(robot_list: RobotList) -> dict[str, Any]:
    """A list of robots, by their ids."""
    return {
        "id": robot_list.list_id,
        "name": robot_list.name,
        "robots": list(robot_list.robot_ids),
        "tag": robot_list.tag,
        "gap_s": robot_list.gap_s,
        "stops_at_failure": robot_list.stops_at_failure,
    }


def read_list(item: Mapping[str, Any]) -> RobotList:
    """The list of an item. Raises ItemError."""
    gap_s = _number(item, "gap_s", 0.0)
    if not 0 <= gap_s <= MOST_GAP_S:
        raise ItemError("gap_s")
    return RobotList(
        _id(item),
        _name(item),
        _texts(item, "robots"),
        clean(_text(item, "tag"))[:NAME_LETTERS],
        gap_s,
        _flag(item, "stops_at_failure"),
    )


def read_template(item: Mapping[str, Any]) -> Template:
    """The template of an item. Raises ItemError."""
    try:
        return from_document(item)
    except TemplateError as error:
        raise ItemError(error.place or error.fault.value) from None


def contact_document(contact: Contact) -> dict[str, Any]:
    """A person."""
    return {
        "name": contact.name,
        "mobile": contact.mobile,
        "user_id": contact.user_id,
        "department": contact.department,
        "teams": list(contact.teams),
    }


def read_contact(item: Mapping[str, Any]) -> Contact:
    """The person of an item. Raises ItemError."""
    return Contact(
        _name(item),
        _text(item, "mobile")[:NAME_LETTERS],
        _text(item, "user_id")[:NAME_LETTERS],
        clean(_text(item, "department")),
        tuple(map(clean, _texts(item, "teams"))),
    )


def schedule_item(schedule: MessageSchedule) -> dict[str, Any]:
    """A schedule; the fingerprints of its robots mean nothing in another data folder."""
    document = schedule_document(schedule)
    robots = [{**one, "token_fingerprint": ""} for one in document["robots"]]
    return {"id": schedule.schedule_id, **document, "robots": robots}


def read_schedule(item: Mapping[str, Any]) -> MessageSchedule:
    """The schedule of an item, at rest. Raises ItemError."""
    schedule_id = _id(item)
    name = _name(item)
    try:
        schedule = schedule_from(schedule_id, item)
    except (ScheduleError, OverflowError, RecursionError):
        raise ItemError("schedule") from None
    if not schedule.robots or len(schedule.robots) > MOST_ROBOTS:
        raise ItemError("robots")
    return replace(schedule, name=name, is_paused=True)


SECTIONS: Final = (
    SectionFormat(BundleKind.ROBOTS, 1, MOST_ROBOTS, robot_document, read_robot),
    SectionFormat(BundleKind.LISTS, 1, MOST_LISTS, list_document, read_list),
    SectionFormat(BundleKind.TEMPLATES, 1, MOST_TEMPLATES, to_document, read_template),
    SectionFormat(BundleKind.CONTACTS, 1, MOST_CONTACTS, contact_document, read_contact),
    SectionFormat(BundleKind.SCHEDULES, 1, MOST_SCHEDULES, schedule_item, read_schedule),
)
"""Each with a version of its own: a newer one is left out, and said to be."""


# Fields


def _text(item: Mapping[str, Any], field: str) -> str:
    value = item.get(field)
    if value is None:
        return ""
    if not isinstance(value, str) or len(value) > TEXT_LETTERS or not _is_whole(value):
        raise ItemError(field)
    return value


def _is_whole(value: str) -> bool:
    """False with half a character, or a NUL: neither can be stored."""
    return "\0" not in value and not any("\ud800" <= one <= "\udfff" for one in value)


def _texts(item: Mapping[str, Any], field: str) -> tuple[str, ...]:
    values = item.get(field, [])
    if not isinstance(values, list) or len(values) > MOST_ENTRIES:
        raise ItemError(field)
    for value in values:
        is_text = isinstance(value, str) and len(value) <= TEXT_LETTERS and _is_whole(value)
        if not is_text:
            raise ItemError(field)
    return tuple(values)


def _name(item: Mapping[str, Any]) -> str:
    name = " ".join(clean(_text(item, "name")).split())[:NAME_LETTERS]
    if not name:
        raise ItemError("name")
    return name


def _id(item: Mapping[str, Any]) -> str:
    value = _text(item, "id")
    if not _ID.fullmatch(value):
        raise ItemError("id")
    return value


def _matching(item: Mapping[str, Any], field: str, pattern: re.Pattern[str], first: str) -> str:
    value = _text(item, field) or first
    if not pattern.fullmatch(value):
        raise ItemError(field)
    return value


def _flag(item: Mapping[str, Any], field: str) -> bool:
    value = item.get(field, False)
    if not isinstance(value, bool):
        raise ItemError(field)
    return value


def _is_int(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _number(item: Mapping[str, Any], field: str, first: float) -> float:
    value = item.get(field, first)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ItemError(field)
    try:
        number = float(value)
    except OverflowError:
        raise ItemError(field) from None
    if not isfinite(number):
        raise ItemError(field)
    return number


def _seconds(item: Mapping[str, Any], field: str, first: float) -> float:
    seconds = _number(item, field, first)
    if not 0 < seconds <= 3_600:
        raise ItemError(field)
    return seconds


def _choice(item: Mapping[str, Any], field: str, kind: type[_Kind], first: _Kind) -> _Kind:
    value = _text(item, field)
    if not value:
        return first
    try:
        return kind(value)
    except ValueError:
        raise ItemError(field) from None

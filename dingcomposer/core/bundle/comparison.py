"""What of a bundle is new here, the same, or different: found before anything is changed. Pure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, replace
from enum import StrEnum
from typing import Final

from dingcomposer.core.bundle import Bundle, BundledRobot, BundleKind
from dingcomposer.core.contacts import Contact
from dingcomposer.core.records import dataclass
from dingcomposer.core.robot import Credentials, Robot
from dingcomposer.core.robot_lists import RobotList
from dingcomposer.core.scheduling.documents import schedule_document
from dingcomposer.core.scheduling.schedule import MessageSchedule
from dingcomposer.core.templates.documents import to_document
from dingcomposer.core.templates.template import Template

_NOT_COMPARED: Final = frozenset(
    {
        *("robot_id", "has_token", "has_secret", "has_proxy_password", "token_fingerprint"),
        *("is_host_confirmed", "is_sandbox", "is_twin"),
    }
)
WEBHOOK: Final = "webhook"
MISSING_WEBHOOK: Final = "missing_webhook"
"""The robot here has none (any more), and never had another than the bundle's."""
SECRET: Final = "secret"  # noqa: S105 - the name of what differs, not a secret


class MergeState(StrEnum):
    """How something in a bundle stands to what is here."""

    NEW = "new"
    SAME = "same"
    DIFFERENT = "different"


@dataclass(frozen=True, slots=True)
class BundleEntry:
    """One thing of a bundle. `place` is where in its section; `here` what it is compared with.

    `here` is a robot's or a list's id, a template's or a contact's place, "" where there is none.
    `changed` names the fields that differ.
    """

    kind: BundleKind
    place: int
    name: str
    state: MergeState
    here: str = ""
    changed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, repr=False)
class Here:
    """What is on this computer. `credentials` are the robots', as far as they can be read."""

    robots: tuple[Robot, ...] = ()
    credentials: Mapping[str, Credentials] | None = None
    lists: tuple[RobotList, ...] = ()
    templates: tuple[Template, ...] = ()
    contacts: tuple[Contact, ...] = ()
    schedules: tuple[MessageSchedule, ...] = ()
    removed_schedules: tuple[str, ...] = ()  # their ids, which are taken still


FingerprintOf = Callable[[str], str]


def compare(bundle: Bundle, here: Here, fingerprint_of: FingerprintOf) -> tuple[BundleEntry, ...]:
    """Every entry of a bundle, in its order. The fingerprints are those of this data folder."""
    robots = compare_robots(bundle.robots, here, fingerprint_of)
    ids = {bundle.robots[one.place].robot.robot_id: one.here for one in robots if one.here}
    return (
        *robots,
        *(_compare_list(place, one, here, ids) for place, one in enumerate(bundle.lists)),
        *(_compare_template(place, one, here) for place, one in enumerate(bundle.templates)),
        *_compare_contacts(bundle.contacts, here.contacts),
        *_compare_schedules(bundle.schedules, here, ids),
    )


# Robots


def compare_robots(
    bundled: Sequence[BundledRobot], here: Here, fingerprint_of: FingerprintOf
) -> tuple[BundleEntry, ...]:
    """The robots: the same is who has the same token; without one, the same id or name."""
    free = {one.robot_id: one for one in here.robots}
    found: dict[int, Robot] = {}
    prints = [fingerprint_of(_token(one)) if _token(one) else "" for one in bundled]
    # By id and token first, so that of two with one token each finds its own.
    for is_match in (_is_built_in, _is_same_id, _is_same_token, _is_renewed, _is_same_name):
        for place, one in enumerate(bundled):
            if place in found:
                continue
            match = next(
                (robot for robot in free.values() if is_match(one, prints[place], robot)), None
            )
            if match is not None:
                found[place] = free.pop(match.robot_id)
    return tuple(
        _robot_entry(place, one, prints[place], found.get(place), here)
        for place, one in enumerate(bundled)
    )


def _token(one: BundledRobot) -> str:
    return one.credentials.access_token if one.credentials is not None else ""


def _is_built_in(one: BundledRobot, _print: str, robot: Robot) -> bool:
    return one.is_built_in and robot.is_built_in


def _is_alike(one: BundledRobot, robot: Robot) -> bool:
    """A sandbox's robot is compared with a sandbox's, any other with any other."""
    return one.robot.is_sandbox == robot.is_sandbox and not one.is_built_in


def _is_same_id(one: BundledRobot, found: str, robot: Robot) -> bool:
    is_same = one.robot.robot_id == robot.robot_id and _is_alike(one, robot)
    known = robot.token_fingerprint
    return is_same and (robot.is_sandbox or not found or not known or found == known)


def _is_same_token(one: BundledRobot, found: str, robot: Robot) -> bool:
    return bool(found) and found == robot.token_fingerprint and _is_alike(one, robot)


def _is_renewed(one: BundledRobot, _print: str, robot: Robot) -> bool:
    """The same robot, whose webhook is another one by now."""
    return one.robot.robot_id == robot.robot_id and _is_alike(one, robot)


def _is_same_name(one: BundledRobot, found: str, robot: Robot) -> bool:
    is_same = one.robot.name.casefold() == robot.name.casefold() and _is_alike(one, robot)
    return is_same and (not found or not robot.token_fingerprint)


def _robot_entry(
    place: int, one: BundledRobot, found: str, robot: Robot | None, here: Here
) -> BundleEntry:
    kind, name = BundleKind.ROBOTS, one.robot.name
    if robot is None:
        return BundleEntry(kind, place, name, MergeState.NEW)
    if one.is_built_in:
        return BundleEntry(kind, place, name, MergeState.SAME, robot.robot_id)
    changed = [
        field.name
        for field in fields(Robot)
        if field.name not in _NOT_COMPARED | ({"endpoint"} if robot.is_sandbox else set())
        and getattr(one.robot, field.name) != getattr(robot, field.name)
    ]
    if found and lacks_webhook(robot, here) and robot.token_fingerprint in {"", found}:
        changed.append(MISSING_WEBHOOK)
    elif found and found != robot.token_fingerprint:
        changed.append(WEBHOOK)
    known = (here.credentials or {}).get(robot.robot_id)
    if one.credentials is not None and known is not None:
        pairs = (
            (one.credentials.secret, known.secret),
            (one.credentials.proxy_password, known.proxy_password),
        )
        if any(theirs and theirs != ours for theirs, ours in pairs):
            changed.append(SECRET)
    state = MergeState.DIFFERENT if changed else MergeState.SAME
    return BundleEntry(kind, place, name, state, robot.robot_id, tuple(changed))


def lacks_webhook(robot: Robot, here: Here) -> bool:
    """Whether a robot that is here has no webhook (any more), so that it can be filled in."""
    known = (here.credentials or {}).get(robot.robot_id)
    return not robot.is_sandbox and (known is None or not known.access_token)


# Lists, templates, contacts


def _compare_list(place: int, one: RobotList, here: Here, ids: Mapping[str, str]) -> BundleEntry:
    kind = BundleKind.LISTS
    known = next((mine for mine in here.lists if mine.list_id == one.list_id), None)
    name = one.name.casefold()
    known = known or next((mine for mine in here.lists if mine.name.casefold() == name), None)
    if known is None:
        return BundleEntry(kind, place, one.name, MergeState.NEW)
    theirs = replace(
        one, list_id=known.list_id, robot_ids=tuple(ids.get(x, x) for x in one.robot_ids)
    )
    changed = tuple(
        field.name
        for field in fields(RobotList)
        if getattr(theirs, field.name) != getattr(known, field.name)
    )
    state = MergeState.DIFFERENT if changed else MergeState.SAME
    return BundleEntry(kind, place, one.name, state, known.list_id, changed)


def _compare_template(place: int, one: Template, here: Here) -> BundleEntry:
    kind, name = BundleKind.TEMPLATES, one.name.casefold()
    for number, mine in enumerate(here.templates):
        if (mine.name.casefold(), mine.folder) == (name, one.folder):
            is_same = to_document(mine) == to_document(one)
            state = MergeState.SAME if is_same else MergeState.DIFFERENT
            changed = () if is_same else ("message",)
            return BundleEntry(kind, place, one.name, state, str(number), changed)
    return BundleEntry(kind, place, one.name, MergeState.NEW)


def _compare_contacts(
    bundled: Sequence[Contact], contacts: Sequence[Contact]
) -> tuple[BundleEntry, ...]:
    by_key: dict[str, int] = {}
    by_name: dict[str, int] = {}
    for number, mine in enumerate(contacts):
        for key in mine.keys:
            by_key.setdefault(key, number)
        if not mine.keys:
            by_name.setdefault(mine.name, number)
    entries = []
    for place, one in enumerate(bundled):
        known = next((by_key[key] for key in one.keys if key in by_key), None)
        if known is None and not one.keys:
            known = by_name.get(one.name)
        if known is None:
            entries.append(BundleEntry(BundleKind.CONTACTS, place, one.name, MergeState.NEW))
            continue
        mine = contacts[known]
        changed = tuple(
            name
            for name in ("name", "mobile", "user_id", "department")
            if getattr(one, name) and getattr(one, name) != getattr(mine, name)
        )
        if set(one.teams) - set(mine.teams):
            changed += ("teams",)
        state = MergeState.DIFFERENT if changed else MergeState.SAME
        entries.append(
            BundleEntry(BundleKind.CONTACTS, place, one.name, state, str(known), changed)
        )
    return tuple(entries)


def _compare_schedules(
    bundled: Sequence[MessageSchedule], here: Here, ids: Mapping[str, str]
) -> tuple[BundleEntry, ...]:
    free = {one.schedule_id: one for one in here.schedules}
    entries = []
    for place, one in enumerate(bundled):
        mine = free.get(one.schedule_id) or next(
            (other for other in free.values() if other.name == one.name), None
        )
        if mine is None:
            entries.append(BundleEntry(BundleKind.SCHEDULES, place, one.name, MergeState.NEW))
            continue
        del free[mine.schedule_id]
        theirs, ours = _said_of(one, ids), _said_of(mine, {})
        changed = tuple(name for name in ours if theirs.get(name) != ours[name])
        state = MergeState.DIFFERENT if changed else MergeState.SAME
        entries.append(
            BundleEntry(BundleKind.SCHEDULES, place, one.name, state, mine.schedule_id, changed)
        )
    return tuple(entries)


def _said_of(schedule: MessageSchedule, ids: Mapping[str, str]) -> dict[str, object]:
    """What a schedule is, wherever it is: its robots by the ids that they have here."""
    robots = sorted(ids.get(one.robot_id, one.robot_id) for one in schedule.robots)
    return {**schedule_document(schedule), "robots": robots}

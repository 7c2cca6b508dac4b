"""What is to be written of a bundle, as a person chose for each kind. Pure; nothing is ever lost.

What is here and not in the bundle stays in every case.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from enum import StrEnum

from dingcomposer.core.bundle import Bundle, BundledRobot, BundleKind
from dingcomposer.core.bundle.comparison import (
    MISSING_WEBHOOK,
    BundleEntry,
    Here,
    MergeState,
)
from dingcomposer.core.contacts import Contact
from dingcomposer.core.records import dataclass
from dingcomposer.core.robot import Credentials, Robot
from dingcomposer.core.robot_lists import RobotList
from dingcomposer.core.scheduling.schedule import MessageSchedule, ScheduledRobot
from dingcomposer.core.templates.template import Template


class MergeChoice(StrEnum):
    """What becomes of one kind of a bundle."""

    ADD = "add"  # what is new, and what is missing; what is different stays as it is here
    TAKE = "take"  # what is new, and the bundle's where it is different
    BOTH = "both"  # what is new, and what is different beside what is here, under a name of its own
    NOTHING = "nothing"


CHOICES: Mapping[BundleKind, tuple[MergeChoice, ...]] = {
    # Two robots share no token, and one person is in the contacts once.
    BundleKind.ROBOTS: (MergeChoice.ADD, MergeChoice.TAKE, MergeChoice.NOTHING),
    BundleKind.LISTS: tuple(MergeChoice),
    BundleKind.TEMPLATES: tuple(MergeChoice),
    BundleKind.CONTACTS: (MergeChoice.ADD, MergeChoice.TAKE, MergeChoice.NOTHING),
    BundleKind.SCHEDULES: (MergeChoice.ADD, MergeChoice.TAKE, MergeChoice.NOTHING),
}
"""What can be chosen for each kind; the first is offered at first."""


@dataclass(frozen=True, slots=True, repr=False)
class Merge:
    """What is to be written. Of lists and contacts all there are to be; None: they stay.

    `changed_robots` are robots that are here, as they are to be. `templates` come with the place of
    the one here that each replaces, None for a new one. Schedules come paused: where two computers
    keep the same, both would send.
    """

    new_robots: tuple[BundledRobot, ...] = ()
    changed_robots: tuple[BundledRobot, ...] = ()
    lists: tuple[RobotList, ...] | None = None
    templates: tuple[tuple[Template, int | None], ...] = ()
    contacts: tuple[Contact, ...] | None = None
    new_schedules: tuple[MessageSchedule, ...] = ()
    changed_schedules: tuple[MessageSchedule, ...] = ()

    @property
    def robots(self) -> tuple[BundledRobot, ...]:
        """All robots that are written."""
        return (*self.new_robots, *self.changed_robots)

    @property
    def is_empty(self) -> bool:
        """True where nothing is to be written."""
        is_same = self.lists is None and self.contacts is None
        schedules = self.new_schedules or self.changed_schedules
        return is_same and not (self.robots or self.templates or schedules)


def merge(
    bundle: Bundle,
    here: Here,
    entries: Sequence[BundleEntry],
    choices: Mapping[BundleKind, MergeChoice],
    *,
    new_id: Callable[[], str],
    fingerprint_of: Callable[[str], str],
) -> Merge:
    """What these choices mean. `new_id` gives an id that nothing has."""
    ids: dict[str, str] = {}
    new, changed = _merge_robots(
        bundle, here, _of(entries, BundleKind.ROBOTS, choices), ids, new_id
    )
    made = [_with_token(one, fingerprint_of) for one in new]
    taken = [_with_token(one, fingerprint_of) for one in changed]
    robots = {one.robot_id: one for one in here.robots}
    robots |= {one.robot.robot_id: one.robot for one in (*made, *taken)}
    known = set(robots)
    return Merge(
        tuple(made),
        tuple(taken),
        _merge_lists(bundle, here, _of(entries, BundleKind.LISTS, choices), (ids, known), new_id),
        _merge_templates(bundle, here, _of(entries, BundleKind.TEMPLATES, choices)),
        _merge_contacts(bundle, here, _of(entries, BundleKind.CONTACTS, choices)),
        *_merge_schedules(
            bundle, here, _of(entries, BundleKind.SCHEDULES, choices), (ids, robots), new_id
        ),
    )


Chosen = tuple[MergeChoice, list[BundleEntry]]


def _of(
    entries: Sequence[BundleEntry], kind: BundleKind, choices: Mapping[BundleKind, MergeChoice]
) -> Chosen:
    choice = choices.get(kind, MergeChoice.NOTHING)
    return choice, [one for one in entries if one.kind is kind]


def _is_wanted(choice: MergeChoice, entry: BundleEntry) -> bool:
    """Whether an entry is written at all."""
    if choice is MergeChoice.NOTHING or entry.state is MergeState.SAME:
        return False
    return entry.state is MergeState.NEW or choice is not MergeChoice.ADD


def _merge_robots(
    bundle: Bundle,
    here: Here,
    chosen: Chosen,
    ids: dict[str, str],
    new_id: Callable[[], str],
) -> tuple[list[BundledRobot], list[BundledRobot]]:
    """The new and the changed ones; `ids` learns what each one's id in the bundle is here."""
    choice, entries = chosen
    known = {one.robot_id: one for one in here.robots}
    names = {one.name.casefold() for one in here.robots}
    new, changed = [], []
    for entry in entries:
        one = bundle.robots[entry.place]
        if entry.here:
            ids[one.robot.robot_id] = entry.here
        if choice is MergeChoice.ADD and MISSING_WEBHOOK in entry.changed:
            filled = replace(known[entry.here], endpoint=one.robot.endpoint)
            changed.append(replace(one, robot=filled))
            continue
        if not _is_wanted(choice, entry) or (one.is_built_in and entry.state is MergeState.NEW):
            continue
        if entry.here:
            changed.append(_taken(one, known[entry.here]))
            continue
        robot_id = one.robot.robot_id
        if robot_id in known or robot_id in ids.values():
            robot_id = new_id()
        ids[one.robot.robot_id] = robot_id
        name = free_name(one.robot.name, names)
        names.add(name.casefold())
        new.append(replace(one, robot=replace(one.robot, robot_id=robot_id, name=name)))
    return new, changed


def _taken(one: BundledRobot, mine: Robot) -> BundledRobot:
    """A robot of the bundle in the place of one that is here; without its webhook, that stays."""
    kept = replace(
        one.robot,
        robot_id=mine.robot_id,
        has_token=mine.has_token,
        has_secret=mine.has_secret,
        has_proxy_password=mine.has_proxy_password,
        token_fingerprint=mine.token_fingerprint,
        is_sandbox=mine.is_sandbox,
        is_twin=mine.is_twin,
        endpoint=mine.endpoint if mine.is_sandbox else one.robot.endpoint,
    )
    return replace(one, robot=kept)


def _with_token(one: BundledRobot, fingerprint_of: Callable[[str], str]) -> BundledRobot:
    """The robot with what is known of its credentials, where it brings them along."""
    found: Credentials | None = one.credentials
    if found is None or not found.access_token or one.robot.is_sandbox:
        return replace(one, credentials=None)
    robot = replace(
        one.robot,
        has_token=True,
        has_secret=bool(found.secret),
        has_proxy_password=bool(found.proxy_password),
        token_fingerprint=fingerprint_of(found.access_token),
    )
    return replace(one, robot=robot)


def _merge_lists(
    bundle: Bundle,
    here: Here,
    chosen: Chosen,
    robots: tuple[Mapping[str, str], set[str]],
    new_id: Callable[[], str],
) -> tuple[RobotList, ...] | None:
    choice, entries = chosen
    ids, known = robots
    lists = {one.list_id: one for one in here.lists}
    names = {one.name.casefold() for one in here.lists}
    is_changed = False
    for entry in entries:
        if not _is_wanted(choice, entry):
            continue
        is_changed = True
        theirs = bundle.lists[entry.place]
        members = tuple(ids.get(one, one) for one in theirs.robot_ids)
        theirs = replace(theirs, robot_ids=tuple(one for one in members if one in known))
        if entry.here and choice is MergeChoice.TAKE:
            # Whoever is in it here stays in it: nothing is lost.
            mine = lists[entry.here]
            more = tuple(one for one in mine.robot_ids if one not in theirs.robot_ids)
            members = () if theirs.tag else (*theirs.robot_ids, *more)
            lists[entry.here] = replace(theirs, list_id=entry.here, robot_ids=members)
            continue
        list_id = theirs.list_id if theirs.list_id not in lists else new_id()
        name = free_name(theirs.name, names)
        names.add(name.casefold())
        lists[list_id] = replace(theirs, list_id=list_id, name=name)
    return tuple(lists.values()) if is_changed else None


def _merge_templates(
    bundle: Bundle, here: Here, chosen: Chosen
) -> tuple[tuple[Template, int | None], ...]:
    choice, entries = chosen
    names = {one.name.casefold() for one in here.templates}
    found: list[tuple[Template, int | None]] = []
    for entry in entries:
        if not _is_wanted(choice, entry):
            continue
        template = bundle.templates[entry.place]
        if entry.here and choice is MergeChoice.TAKE:
            found.append((template, int(entry.here)))
            continue
        if entry.here:
            template = replace(template, name=free_name(template.name, names))
        names.add(template.name.casefold())
        found.append((template, None))
    return tuple(found)


def _merge_contacts(bundle: Bundle, here: Here, chosen: Chosen) -> tuple[Contact, ...] | None:
    choice, entries = chosen
    contacts = list(here.contacts)
    is_changed = False
    for entry in entries:
        if choice is MergeChoice.NOTHING or entry.state is MergeState.SAME:
            continue
        theirs = bundle.contacts[entry.place]
        if entry.state is MergeState.NEW:
            contacts.append(theirs)
            is_changed = True
            continue
        # Of two that are different the other fills in what is missing in either case.
        mine = contacts[int(entry.here)]
        first, second = (theirs, mine) if choice is MergeChoice.TAKE else (mine, theirs)
        made = completed(first, second)
        is_changed = is_changed or made != mine
        contacts[int(entry.here)] = made
    return tuple(contacts) if is_changed else None


def _merge_schedules(
    bundle: Bundle,
    here: Here,
    chosen: Chosen,
    robots: tuple[Mapping[str, str], Mapping[str, Robot]],
    new_id: Callable[[], str],
) -> tuple[tuple[MessageSchedule, ...], tuple[MessageSchedule, ...]]:
    """The new and the changed ones, for the robots as they are here."""
    choice, entries = chosen
    known = {one.schedule_id: one for one in here.schedules}
    taken = {*known, *here.removed_schedules}
    new, changed = [], []
    for entry in entries:
        if not _is_wanted(choice, entry):
            continue
        theirs = bundle.schedules[entry.place]
        theirs = replace(
            theirs,
            robots=tuple(_scheduled_here(one, *robots) for one in theirs.robots),
            is_paused=True,
        )
        if entry.here:
            mine = known[entry.here]
            changed.append(replace(theirs, schedule_id=mine.schedule_id, revision=mine.revision))
            continue
        schedule_id = theirs.schedule_id if theirs.schedule_id not in taken else new_id()
        taken.add(schedule_id)
        new.append(replace(theirs, schedule_id=schedule_id))
    return tuple(new), tuple(changed)


def _scheduled_here(
    one: ScheduledRobot, ids: Mapping[str, str], robots: Mapping[str, Robot]
) -> ScheduledRobot:
    """A schedule's robot as it is here; who is not here stays as it was, and gets nothing."""
    robot = robots.get(ids.get(one.robot_id, one.robot_id))
    if robot is None:
        return one
    return ScheduledRobot(
        robot.robot_id,
        robot.name,
        robot.endpoint,
        robot.stage,
        robot.is_sandbox,
        robot.token_fingerprint,
    )


def completed(first: Contact, second: Contact) -> Contact:
    """The first, with what it lacks from the second; the teams of both."""
    return Contact(
        first.name or second.name,
        first.mobile or second.mobile,
        first.user_id or second.user_id,
        first.department or second.department,
        tuple(dict.fromkeys((*first.teams, *second.teams))),
    )


def free_name(name: str, taken: set[str]) -> str:
    """The name, with a number behind it where it is taken; `taken` are in lower case."""
    free, number = name, 2
    while free.casefold() in taken:
        free, number = f"{name} ({number})", number + 1
    return free


def with_tags(merged: Merge, tags: Sequence[str]) -> Merge:
    """With these tags on every new robot, behind its own."""
    return replace(
        merged,
        new_robots=tuple(
            replace(
                one,
                robot=replace(one.robot, tags=tuple(dict.fromkeys((*one.robot.tags, *tags)))),
            )
            for one in merged.new_robots
        ),
    )


# Hosts that are not DingTalk's


def foreign_hosts(merged: Merge, here: Here) -> tuple[str, ...]:
    """The hosts that a person has to confirm before anything of theirs is written, each once.

    What was confirmed for a robot that is here is not asked again, while its host stays.
    """
    known = {one.robot_id: one for one in here.robots}
    hosts = (
        one.robot.host
        for one in merged.robots
        if not one.robot.has_known_host and not _was_confirmed(one, known)
    )
    return tuple(dict.fromkeys(hosts))


def with_confirmed(merged: Merge, here: Here, hosts: frozenset[str]) -> Merge:
    """Without the robots of hosts that were not confirmed; the others say that they were."""
    known = {one.robot_id: one for one in here.robots}

    def kept(robots: Sequence[BundledRobot]) -> tuple[BundledRobot, ...]:
        found = []
        for one in robots:
            is_foreign = not one.robot.has_known_host
            if is_foreign and not (one.robot.host in hosts or _was_confirmed(one, known)):
                continue
            is_confirmed = is_foreign or one.robot.is_sandbox
            found.append(replace(one, robot=replace(one.robot, is_host_confirmed=is_confirmed)))
        return tuple(found)

    return replace(
        merged, new_robots=kept(merged.new_robots), changed_robots=kept(merged.changed_robots)
    )


def _was_confirmed(one: BundledRobot, known: Mapping[str, Robot]) -> bool:
    mine = known.get(one.robot.robot_id)
    return mine is not None and mine.is_host_confirmed and mine.host == one.robot.host

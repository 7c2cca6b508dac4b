"""One run of `send`: check, ask, send, wait, and say what became of it."""

import re
import sys
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from os import environ

import click

from dingcomposer.cli.answers import ConfigurationError, ExitCode, answer
from dingcomposer.cli.engine_session import EngineSession, engine_session
from dingcomposer.cli.options import CommonOptions, MessageInput, SendOptions, dumped, tell
from dingcomposer.cli.outcomes import (
    as_json,
    code_of_findings,
    exit_code_of,
    is_unset,
    line_of,
)
from dingcomposer.core.checks import Problem, Severity, checked_once
from dingcomposer.core.delivery import AT_ONCE, BroadcastOrder
from dingcomposer.core.messages import Message
from dingcomposer.core.payload import to_payload
from dingcomposer.core.records import dataclass
from dingcomposer.core.robot import Credentials, Robot
from dingcomposer.core.robot_lists import RobotList
from dingcomposer.sending.schedule import WaitReason
from dingcomposer.services.outbox import as_sent, message_for
from dingcomposer.storage.database import StorageError
from dingcomposer.storage.history import NotWaiting, SendRow

_PLAIN_WEBHOOK = re.compile(r"(https?://[^\s?#]+)\?access_token=([0-9A-Za-z]+)")

_MOST_ASKED = 8  # as many as can be under way
SOON_S = 2.0
"""Whoever does not --wait still waits so long for a turn."""


def run(common: CommonOptions, given: MessageInput, options: SendOptions) -> ExitCode:
    """Send it as the options say. Raises ConfigurationError and click's own errors."""
    with engine_session(common) as session:
        if options.webhook_env is not None:
            robot = robot_without_profile(session, options.webhook_env, options.secret_env)
            target = SendTarget((robot,))
        elif options.robot_list is not None:
            target = robots_of_list(session, common, session.robot_list(options.robot_list))
        else:
            target = _named(session, common, options.robots)
        if not options.is_dry_run:
            _look_for_secrets(session, target)
        # Of several groups none is the one whose name stands in a template.
        group_name = target.robots[0].name if len(target.robots) == 1 else ""
        message = given.read(common, group_name=group_name, contacts=session.contacts)
        if given.template is not None and group_name:
            message = as_sent(message)  # its name is put in, and no other
        return _Sending(session, common, message, target, options=options).run()


def _look_for_secrets(session: EngineSession, target: "SendTarget") -> None:
    """Ask the keyring now: its answer takes a tenth of a second, much of it to wait for it."""
    for robot in target.robots[:_MOST_ASKED]:
        if robot.has_token and not robot.is_sandbox:
            session.engine.secrets.request(robot.robot_id, lambda _outcome: None)


@dataclass(frozen=True, slots=True)
class SendTarget:
    """To whom, in which order; `left_out` are those in a list that have no webhook."""

    robots: tuple[Robot, ...]
    order: BroadcastOrder = AT_ONCE
    left_out: tuple[Robot, ...] = ()


def _named(session: EngineSession, common: CommonOptions, names: Sequence[str]) -> SendTarget:
    """The robots of these names, where none is a robot's those of the list; each once.

    The order is the list's where one list alone is named.
    """
    robots: dict[str, Robot] = {}
    left_out: dict[str, Robot] = {}
    order = AT_ONCE
    for name in names:
        robot_list = session.list_of_robot_option(name)
        if robot_list is not None:
            found = robots_of_list(session, common, robot_list)
            robots.update((one.robot_id, one) for one in found.robots)
            left_out.update((one.robot_id, one) for one in found.left_out)
            order = found.order if len(names) == 1 else AT_ONCE
        else:
            one = session.robot(name)
            robots[one.robot_id] = one
    return SendTarget(tuple(robots.values()), order, tuple(left_out.values()))


def robots_of_list(
    session: EngineSession, common: CommonOptions, robot_list: RobotList
) -> SendTarget:
    """Those in a list that have a webhook, and how it is sent to; says who is left out."""
    members = session.engine.robot_lists.members(robot_list)
    left_out = tuple(one for one in members if not one.has_token)
    for one in left_out:
        common.say(f"{one.name}: left out, its webhook is missing.")
    if len(left_out) == len(members):
        raise ConfigurationError(f"No robot of the list {robot_list.name!r} has a webhook.")
    ready = tuple(one for one in members if one.has_token)
    return SendTarget(ready, robot_list.order, left_out)


def robot_without_profile(
    session: EngineSession, webhook_env: str, secret_env: str | None
) -> Robot:
    """A robot for this command alone; its secrets stay in memory."""
    endpoint, token, secret = _webhook(webhook_env)
    if secret_env is not None:
        secret = _variable(secret_env).strip()
    credentials = Credentials(token, secret)
    fingerprint = session.engine.fingerprint_of(token)
    robot = Robot(
        f"webhook-{fingerprint}",
        f"${webhook_env}",
        endpoint=endpoint,
        expects_signature=bool(secret),
        has_token=True,
        has_secret=bool(secret),
        token_fingerprint=fingerprint,
    )
    session.engine.secrets.hold(robot.robot_id, credentials)
    return robot


def _webhook(webhook_env: str) -> tuple[str, str, str]:
    """Endpoint, token and secret ("" where there is none) out of a variable."""
    words = _variable(webhook_env)
    plain = _PLAIN_WEBHOOK.fullmatch(words.strip())
    if plain is not None:
        return plain[1], plain[2], ""
    from dingcomposer.core.webhook import PastedError, parse_pasted  # 40 ms: for all other forms

    try:
        pasted = parse_pasted(words)
    except PastedError as error:
        why = error.fault.value.replace("_", " ")
        raise ConfigurationError(f"${webhook_env} holds no webhook ({why}).") from None
    if not pasted.access_token or not pasted.endpoint:
        raise ConfigurationError(f"${webhook_env} holds no webhook.")
    return pasted.endpoint, pasted.access_token, pasted.secret or ""


def _variable(name: str) -> str:
    value = environ.get(name, "")
    if not value.strip():
        raise ConfigurationError(f"The variable {name} is not set.")
    return value


class _Sending:
    """One run of the command."""

    def __init__(
        self,
        session: EngineSession,
        common: CommonOptions,
        message: Message,
        target: SendTarget,
        *,
        options: SendOptions,
    ) -> None:
        self._session = session
        self._outbox = session.engine.outbox
        self._history = session.engine.history
        self._surroundings = common
        self._message = message
        self._robots = target.robots
        self._target = target
        self._options = options
        self._before: list[SendRow] = []

    def run(self) -> ExitCode:
        """Check, ask, send, wait, say; the exit code."""
        blocked = self._look_for_blocks()
        if blocked:
            return self._tell_blocked(blocked)
        if self._options.is_dry_run:
            self._show_dry_run()
            return ExitCode.DELIVERED
        self._demand_agreement()
        try:
            uuids = self._submit()
        except StorageError as error:
            raise ConfigurationError(f"The history cannot be written: {error.fault}.") from None
        self._session.run_until(lambda: self._is_over(uuids))
        if self._session.was_interrupted:
            self._surroundings.say("Interrupted: what waits is not sent.")
        self._session.engine.stop()
        rows = [row for one in uuids if (row := self._history.row(one)) is not None]
        return self._tell(rows)

    def _look_for_blocks(self) -> list[tuple[Robot, Problem]]:
        """What keeps it from being sent; says all that is found."""
        check_of = checked_once(self._message)
        blocking: list[tuple[Robot, Problem]] = []
        for robot in self._robots:
            for problem in check_of(robot):
                self._surroundings.say(
                    f"{problem.severity}: {robot.name}: {self._surroundings.sentence(problem)}"
                )
                if problem.severity is Severity.BLOCKS:
                    blocking.append((robot, problem))
        if self._options.is_insisting and not any(map(_is_final, blocking)):
            return []
        return blocking

    def _tell_blocked(self, blocking: Sequence[tuple[Robot, Problem]]) -> ExitCode:
        """Say that nothing was sent, and why."""
        code = code_of_findings(problem for _, problem in blocking)
        if code is ExitCode.CONFIGURATION:
            told = "Not sent: a robot's webhook or secret is not stored here; robots lists them."
            if all(robot.is_sandbox for robot, _ in blocking):
                told = (
                    "Not sent: the sandbox is in the window's memory. Copy its webhook there, and"
                    " give it with --webhook-env; or start one: dingcomposer sandbox."
                )
        elif any(map(_is_final, blocking)):
            told = "Not sent: it would be refused."
        else:
            told = "Not sent: it would be refused (--insist sends it all the same)."
        tell(told, is_error=True)
        self._answer(code, blocking=blocking)
        return code

    def _show_dry_run(self) -> None:
        # Of several groups each gets its own.
        known = self._robots[0] if len(self._robots) == 1 else None
        payload = to_payload(message_for(known, self._message))
        if self._options.is_json:
            names = [one.name for one in self._robots]
            answer(ExitCode.DELIVERED, dry_run=True, robots=names, payload=payload)
        else:
            tell(dumped(payload))

    def _answer(
        self,
        code: ExitCode,
        rows: Sequence[SendRow] = (),
        blocking: Sequence[tuple[Robot, Problem]] = (),
    ) -> None:
        """The JSON object: `sends` (see `as_json`), `blocked`, which says for each robot what keeps
        it here (`robot`, `robot_id`, `code`, `field`, `words`), and `left_out`, those in a list
        that have no webhook.
        """
        if not self._options.is_json:
            return
        answer(
            code,
            sends=[
                *(as_json(row) for row in rows),
                *(as_json(row, was_sent_before=True) for row in self._before),
            ],
            blocked=[
                {
                    "robot": robot.name,
                    "robot_id": robot.robot_id,
                    "code": problem.code.value,
                    "field": problem.field,
                    "words": self._surroundings.sentence(problem),
                }
                for robot, problem in blocking
            ],
            left_out=[one.name for one in self._target.left_out],
        )

    def _demand_agreement(self) -> None:
        names = [one.name for one in self._robots if one.is_production]
        if not names or self._options.is_agreed:
            return
        told = ", ".join(names)
        if not sys.stdin.isatty():
            raise click.UsageError(f"{told}: production. There is nobody to ask here: give --yes.")
        click.confirm(f"Send to {told} (production)?", abort=True, err=True)

    def _submit(self) -> list[str]:
        options = self._options
        robots = list(self._robots)
        if options.msg_uuid is not None:
            return self._resume(options.msg_uuid, robots[0])
        if options.if_not_sent_within is not None:
            since = datetime.now(UTC) - options.if_not_sent_within
            found: dict[str, SendRow] = {}
            for one in robots:
                asked = {one.robot_id: one.token_fingerprint}
                its = message_for(one, self._message)
                found |= self._history.last_same_each(asked, its, since)
            self._before = list(found.values())
            robots = [one for one in robots if one.robot_id not in found]
        if len(robots) > 1:
            jobs = self._outbox.submit_all(self._message, robots, order=self._target.order)
            return [job.msg_uuid for job in jobs]
        return [self._outbox.submit(self._message, one) for one in robots]

    def _resume(self, msg_uuid: str, robot: Robot) -> list[str]:
        """Send under this id, or find out what became of it: the same command may run twice."""
        row = self._history.row(msg_uuid)
        if row is None:
            with suppress(NotWaiting):  # or another program was first
                return [self._outbox.submit(self._message, robot, msg_uuid=msg_uuid)]
            return self._resume(msg_uuid, robot)
        if robot.robot_id != row.robot_id and robot.token_fingerprint != row.token_fingerprint:
            raise click.UsageError(f"That id is of a send to {row.robot_name}: give a new one.")
        if to_payload(row.message) != to_payload(message_for(robot, self._message)):
            self._surroundings.say("Under that id stands another message, which counts.")
        if not (row.may_have_been_taken or row.never_left):
            self._before = [row]
            return []
        with suppress(NotWaiting):
            again = self._outbox.retry_unsent if row.never_left else self._outbox.retry
            again(row, robot)
        return [msg_uuid]

    def _is_over(self, uuids: Sequence[str]) -> bool:
        rows = [self._history.row(one) for one in uuids]
        if not self._options.is_waiting:
            for waiting in self._outbox.waiting():
                is_long = waiting.due_in_s > SOON_S
                if is_long and waiting.reason in (WaitReason.PACE, WaitReason.REST):
                    self._surroundings.say(
                        f"The robot may send again in {waiting.due_in_s:.0f} s; --wait waits."
                    )
                    self._outbox.cancel(waiting.msg_uuid)
        return all(row is not None and row.status.is_final for row in rows)

    def _tell(self, rows: Sequence[SendRow]) -> ExitCode:
        code = exit_code_of((*rows, *self._before))
        for row in rows:
            self._surroundings.say(line_of(row))
        for row in self._before:
            told = "Sent before, and not now" if row.status.is_final else "Under way elsewhere"
            self._surroundings.say(f"{told}. {line_of(row)}")
        self._answer(code, rows)
        return code


def _is_final(found: tuple[Robot, Problem]) -> bool:
    """Whether it cannot be sent even by whoever insists."""
    problem = found[1]
    return not problem.can_insist or is_unset(problem)

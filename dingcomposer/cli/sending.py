"""One run of `send`: check, ask, send, wait, and say what became of it."""

import re
import sys
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from os import environ
from typing import Any

import click

from dingcomposer.cli.engine_session import EngineSession, engine_session
from dingcomposer.cli.options import CommonOptions, MessageInput, SendOptions, dumped, tell
from dingcomposer.cli.outcomes import ConfigurationError, ExitCode, as_json, exit_code_of, line_of
from dingcomposer.core.checks import Problem, ProblemCode, Severity, checked_once
from dingcomposer.core.delivery import AT_ONCE, BroadcastOrder
from dingcomposer.core.messages import Message
from dingcomposer.core.payload import to_payload
from dingcomposer.core.robot import Credentials, Robot
from dingcomposer.core.robot_lists import RobotList
from dingcomposer.sending.schedule import WaitReason
from dingcomposer.services.outbox import as_sent, message_for
from dingcomposer.storage.database import StorageError
from dingcomposer.storage.history import NotWaiting, SendRow

_PLAIN_WEBHOOK = re.compile(r"(https?://[^\s?#]+)\?access_token=([0-9A-Za-z]+)")

UNSET = (ProblemCode.NO_TOKEN, ProblemCode.NO_SECRET)
"""What a message cannot help: the robot has to be set right first."""

SOON_S = 2.0
"""Whoever does not --wait still waits so long for a turn."""


def run(common: CommonOptions, given: MessageInput, options: SendOptions) -> ExitCode:
    """Send it as the options say. Raises ConfigurationError and click's own errors."""
    with engine_session(common) as session:
        order = AT_ONCE
        if options.webhook_env is not None:
            robots = [robot_without_profile(session, options.webhook_env, options.secret_env)]
        elif options.robot_list is not None:
            robots, order = robots_of_list(session, common, session.robot_list(options.robot_list))
        else:
            robots, order = _named(session, common, options.robots)
        # Of several groups none is the one whose name stands in a template.
        group_name = robots[0].name if len(robots) == 1 else ""
        message = given.read(common, group_name=group_name, contacts=session.contacts)
        if given.template is not None and group_name:
            message = as_sent(message)  # its name is put in, and no other
        return _Sending(session, common, message, robots, options=options, order=order).run()


def _named(
    session: EngineSession, common: CommonOptions, names: Sequence[str]
) -> tuple[list[Robot], BroadcastOrder]:
    """The robots of these names, where none is a robot's those of the list; each once.

    The order is the list's where one list alone is named.
    """
    robots: dict[str, Robot] = {}
    order = AT_ONCE
    for name in names:
        robot_list = session.list_of_robot_option(name)
        if robot_list is not None:
            members, list_order = robots_of_list(session, common, robot_list)
            robots.update((one.robot_id, one) for one in members)
            order = list_order if len(names) == 1 else AT_ONCE
        else:
            one = session.robot(name)
            robots[one.robot_id] = one
    return list(robots.values()), order


def robots_of_list(
    session: EngineSession, common: CommonOptions, robot_list: RobotList
) -> tuple[list[Robot], BroadcastOrder]:
    """Those in a list that have a webhook, and how it is sent to; says who is left out."""
    members = session.engine.robot_lists.members(robot_list)
    ready = [one for one in members if one.has_token]
    for one in members:
        if one not in ready:
            common.say(f"{one.name}: left out, its webhook is missing.")
    if not ready:
        raise ConfigurationError(f"No robot of the list {robot_list.name!r} has a webhook.")
    return ready, robot_list.order


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
        raise ConfigurationError(f"${webhook_env} holds no webhook ({error.fault}).") from None
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
        robots: Sequence[Robot],
        *,
        options: SendOptions,
        order: BroadcastOrder,
    ) -> None:
        self._session = session
        self._outbox = session.engine.outbox
        self._history = session.engine.history
        self._surroundings = common
        self._message = message
        self._robots = robots
        self._options = options
        self._order = order
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
        code = ExitCode.NOT_SENT
        if any(problem.code in UNSET for _, problem in blocking):
            code = ExitCode.CONFIGURATION
            told = "Not sent: a robot's webhook or secret is not stored here; robots lists them."
        elif any(map(_is_final, blocking)):
            told = "Not sent: it would be refused."
        else:
            told = "Not sent: it would be refused (--insist sends it all the same)."
        tell(told, is_error=True)
        if self._options.is_json:
            blocks = [
                {
                    "robot": robot.name,
                    "robot_id": robot.robot_id,
                    "code": problem.code.value,
                    "field": problem.field,
                    "words": self._surroundings.sentence(problem),
                }
                for robot, problem in blocking
            ]
            _print({"exit_code": int(code), "sends": [], "blocked": blocks})
        return code

    def _show_dry_run(self) -> None:
        # Of several groups each gets its own.
        known = self._robots[0] if len(self._robots) == 1 else None
        payload = to_payload(message_for(known, self._message))
        if self._options.is_json:
            names = [one.name for one in self._robots]
            _print({"dry_run": True, "robots": names, "payload": payload})
        else:
            _print(payload)

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
            jobs = self._outbox.submit_all(self._message, robots, order=self._order)
            return [job.msg_uuid for job in jobs]
        return [self._outbox.submit(self._message, one) for one in robots]

    def _resume(self, msg_uuid: str, robot: Robot) -> list[str]:
        """Send under this id, or find out what became of it: the same command may run twice."""
        row = self._history.row(msg_uuid)
        if row is None:
            self._outbox.submit(self._message, robot, msg_uuid=msg_uuid)
            return [msg_uuid]
        if not row.may_have_been_taken:
            self._before = [row]
            return []
        with suppress(NotWaiting):
            self._outbox.retry(row, robot)
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
            self._surroundings.say(f"Sent before, and not now. {line_of(row)}")
        if self._options.is_json:
            told = [as_json(row) for row in rows]
            told += [as_json(row, was_sent_before=True) for row in self._before]
            _print({"exit_code": int(code), "sends": told})
        return code


def _is_final(found: tuple[Robot, Problem]) -> bool:
    """Whether it cannot be sent even by whoever insists."""
    problem = found[1]
    return not problem.can_insist or problem.code in UNSET


def _print(value: dict[str, Any]) -> None:
    tell(dumped(value))

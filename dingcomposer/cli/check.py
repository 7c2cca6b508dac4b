"""`check`: what DingTalk would refuse, and what readers would miss, before anything is sent."""

import sys
from typing import TYPE_CHECKING

import click

from dingcomposer.cli.options import (
    CommonOptions,
    MessageInput,
    OptionsOnce,
    message_options,
    target_options,
    tell,
)

if TYPE_CHECKING:
    from dingcomposer.cli.engine_session import EngineSession
    from dingcomposer.core.checks import Problem
    from dingcomposer.core.robot import Robot

    Findings = list[tuple[Robot | None, tuple[Problem, ...]]]


@click.command(cls=OptionsOnce)
@target_options
@message_options
@click.option("--json", "is_json", is_flag=True, help="One JSON object on standard output.")
def check(
    message_input: MessageInput, robots: tuple[str, ...], robot_list: str | None, is_json: bool
) -> None:
    """Check a message, for some robots or for none in particular.

    Ends with 3 where DingTalk would refuse it, with 6 where a robot's webhook or secret is not
    stored here, else with 0.
    """
    from dingcomposer.cli.outcomes import code_of_findings

    common: CommonOptions = click.get_current_context().obj
    message_input.demand_sense()
    if robots or robot_list or message_input.template is not None:
        from dingcomposer.cli.engine_session import engine_session

        with engine_session(common) as session:
            named = _named(session, robots, robot_list)
            found = _found(common, message_input, session, named)
    else:
        from dingcomposer.core.checks import check as check_message

        found = [(None, check_message(message_input.read(common), None))]
    code = code_of_findings(one for _, each in found for one in each)
    if is_json:
        from dingcomposer.cli.answers import answer

        answer(code, robots=_as_json(common, found))
    else:
        for robot, problems in found:
            for problem in problems:
                words = common.sentence(problem)
                told = f"{robot.name}: {words}" if robot else words
                tell(f"{problem.severity}: {told}")
    sys.exit(code)


def _named(
    session: "EngineSession", names: tuple[str, ...], robot_list: str | None
) -> "list[Robot]":
    """The robots that are meant, each once; of a list also those without a webhook."""
    found: dict[str, Robot] = {}
    lists = [session.robot_list(robot_list)] if robot_list is not None else []
    for name in names:
        meant = session.list_of_robot_option(name)
        if meant is None:
            robot = session.robot(name)
            found[robot.robot_id] = robot
        else:
            lists.append(meant)
    for one in lists:
        found.update((robot.robot_id, robot) for robot in session.engine.robot_lists.members(one))
    return list(found.values())


def _found(
    common: CommonOptions,
    message_input: MessageInput,
    session: "EngineSession",
    named: "list[Robot]",
) -> "Findings":
    from dingcomposer.core.checks import check as check_message
    from dingcomposer.services.outbox import as_sent, message_for

    group_name = named[0].name if len(named) == 1 else ""
    message = message_input.read(common, group_name=group_name, contacts=session.contacts)
    if message_input.template is not None and group_name:
        message = as_sent(message)  # its name is put in, and no other
    if not named:
        return [(None, check_message(message, None))]
    return [(robot, check_message(message_for(robot, message), robot)) for robot in named]


def _as_json(common: CommonOptions, found: "Findings") -> list[dict[str, object]]:
    """For each robot (`robot` and `robot_id`; null for none in particular) its `findings`.

    A finding has `code`, `field`, `severity` (blocks, warns, hints), `params`, which the code
    explains, and `words`, the sentence.
    """
    return [
        {
            "robot": robot.name if robot else None,
            "robot_id": robot.robot_id if robot else None,
            "findings": [
                {
                    "code": problem.code.value,
                    "field": problem.field,
                    "severity": problem.severity.value,
                    "params": dict(problem.params),
                    "words": common.sentence(problem),
                }
                for problem in problems
            ],
        }
        for robot, problems in found
    ]

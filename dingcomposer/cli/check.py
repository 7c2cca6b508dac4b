"""`check`: what DingTalk would refuse, and what readers would miss, before anything is sent."""

import sys
from typing import TYPE_CHECKING

import click

from dingcomposer.cli.options import CommonOptions, MessageInput, dumped, message_options, tell

if TYPE_CHECKING:
    from dingcomposer.core.checks import Problem


@click.command()
@click.option("--robot", "robots", multiple=True, metavar="NAME", help="A robot; repeatable.")
@message_options
@click.option("--json", "is_json", is_flag=True, help="One JSON object on standard output.")
def check(message_input: MessageInput, robots: tuple[str, ...], is_json: bool) -> None:
    """Check a message, for some robots or for none in particular.

    Ends with 3 where DingTalk would refuse it, else with 0.
    """
    from dingcomposer.cli.outcomes import ExitCode
    from dingcomposer.core.checks import Severity
    from dingcomposer.core.checks import check as check_message

    common: CommonOptions = click.get_current_context().obj
    message_input.demand_sense()
    found: dict[str, tuple[Problem, ...]] = {}
    if robots or message_input.template is not None:
        from dingcomposer.cli.engine_session import engine_session

        with engine_session(common) as session:
            named = [session.robot(name) for name in robots]
            group_name = named[0].name if len(named) == 1 else ""
            message = message_input.read(common, group_name=group_name, contacts=session.contacts)
            if not named:
                found[""] = check_message(message, None)
            for robot in named:
                found[robot.name] = check_message(message, robot)
    else:
        found[""] = check_message(message_input.read(common), None)
    if is_json:
        tell(dumped({"robots": _as_json(found)}))
    else:
        for name, problems in found.items():
            for problem in problems:
                words = common.sentence(problem)
                told = f"{name}: {words}" if name else words
                tell(f"{problem.severity}: {told}")
    is_blocked = any(p.severity is Severity.BLOCKS for each in found.values() for p in each)
    sys.exit(ExitCode.REFUSED if is_blocked else ExitCode.DELIVERED)


def _as_json(found: "dict[str, tuple[Problem, ...]]") -> list[dict[str, object]]:
    return [
        {
            "robot": name or None,
            "findings": [
                {
                    "code": problem.code.value,
                    "field": problem.field,
                    "severity": problem.severity.value,
                    **dict(problem.params),
                }
                for problem in problems
            ],
        }
        for name, problems in found.items()
    ]

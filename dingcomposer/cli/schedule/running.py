"""What sends: what is due, what a person wants now, what was missed after all."""

from collections.abc import Sequence
from typing import Any

from dingcomposer.cli.engine_session import EngineSession
from dingcomposer.cli.options import CommonOptions, dumped, tell
from dingcomposer.cli.outcomes import ConfigurationError, ExitCode, exit_code_of
from dingcomposer.cli.schedule.keeping import called, demand_agreement, planning
from dingcomposer.cli.schedule.words import line_of_run, run_as_json
from dingcomposer.services.scheduling.planner import Planner
from dingcomposer.storage.database import StorageError
from dingcomposer.storage.planned.runs import PlannedRun


def run_due(common: CommonOptions, *, is_json: bool) -> ExitCode:
    """Take what is due, wait for its outcome, tell what was missed."""
    ran: list[PlannedRun] = []
    missed: list[PlannedRun] = []
    with planning(common) as (session, planner):
        planner.ran.connect(ran.extend)
        planner.missed.connect(missed.extend)
        troubles: list[StorageError] = []
        planner.trouble.connect(troubles.append)
        planner.look()
        if troubles:
            raise troubles[0]
        _wait(session, ran)
        return _tell(common, session, planner, ran, missed, is_json=is_json)


def run_now(common: CommonOptions, name: str, *, is_agreed: bool, is_json: bool) -> ExitCode:
    """Send one now."""
    with planning(common) as (session, planner):
        schedule = called(planner, name)
        demand_agreement(schedule, is_agreed=is_agreed)
        run = planner.run_now(schedule.schedule_id)
        ran = [] if run is None else [run]
        _wait(session, ran)
        return _tell(common, session, planner, ran, [], is_json=is_json)


def send_missed(common: CommonOptions, run_id: int, *, is_agreed: bool, is_json: bool) -> ExitCode:
    """Send what was missed after all."""
    with planning(common) as (session, planner):
        found = planner.runs.run(run_id)
        schedule = None if found is None else planner.get(found.schedule_id)
        if found is None or schedule is None or not found.state.is_open:
            raise ConfigurationError(f"Run {run_id} does not wait for an answer.")
        demand_agreement(schedule, is_agreed=is_agreed)
        run = planner.send_late(run_id)
        if run is None:
            raise ConfigurationError(f"Run {run_id} was answered elsewhere just now.")
        _wait(session, [run])
        return _tell(common, session, planner, [run], [], is_json=is_json)


def missed(common: CommonOptions, left: Sequence[int], *, is_json: bool) -> ExitCode:
    """Let some be, and list those that still wait for an answer."""
    with planning(common) as (_session, planner):
        if left:
            planner.leave(left)
        runs = planner.runs.open_runs()
        if is_json:
            tell(dumped({"missed": [run_as_json(one) for one in runs]}))
            return ExitCode.DELIVERED
        for one in runs:
            schedule = planner.get(one.schedule_id)
            tell(f"{one.run_id}  {schedule.name if schedule else ''}  {line_of_run(one)}")
    return ExitCode.DELIVERED


def _wait(session: EngineSession, ran: Sequence[PlannedRun]) -> None:
    """Until each send is over: its robot's minute, or rest, is waited for."""
    uuids = [one.msg_uuid for run in ran for one in run.sends if one.msg_uuid]
    history = session.engine.history

    def is_over() -> bool:
        rows = [history.row(one) for one in uuids]
        return all(row is None or row.status.is_final for row in rows)

    session.run_until(is_over)
    session.engine.stop()


def _tell(
    common: CommonOptions,
    session: EngineSession,
    planner: Planner,
    ran: Sequence[PlannedRun],
    missed: Sequence[PlannedRun],
    *,
    is_json: bool,
) -> ExitCode:
    history = session.engine.history
    over = [planner.runs.run(one.run_id) or one for one in ran]
    sends = [one for run in over for one in run.sends]
    rows = [row for one in sends if one.msg_uuid and (row := history.row(one.msg_uuid))]
    code = exit_code_of(rows)
    if code is ExitCode.DELIVERED and missed:
        code = ExitCode.NOT_SENT
    if code in (ExitCode.DELIVERED, ExitCode.NOT_SENT) and any(one.obstacle for one in sends):
        code = ExitCode.CONFIGURATION
    for run in over:
        common.say(line_of_run(run))
    for run in missed:
        tell(f"Not sent: {line_of_run(run)}. See: dingcomposer schedule missed", is_error=True)
    if is_json:
        told: dict[str, Any] = {"exit_code": int(code)}
        told["runs"] = [run_as_json(one) for one in over]
        told["missed"] = [run_as_json(one) for one in missed]
        tell(dumped(told))
    return code

"""A run that is due just as the program starts finds its robot there, the sandbox's as well."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from dingcomposer.core.delivery import Status
from dingcomposer.core.draft import Draft
from dingcomposer.core.scheduling.schedule import MessageSchedule, scheduled
from dingcomposer.core.scheduling.timing import timing_of
from dingcomposer.core.templates.template import Template
from dingcomposer.sandbox.server import SandboxServer
from dingcomposer.services.sandbox_host import SandboxHost
from dingcomposer.services.settings import Settings
from tests.fakes.programs import Person
from tests.fakes.sharing_program import open_engine

Start = Callable[..., Person]
DUE = datetime(2026, 12, 1, 9, tzinfo=UTC)


def plan(person: Person) -> None:
    """Each day at nine, to the sandbox."""
    program = person.program
    program.planner().add(
        MessageSchedule(
            "",
            "早报",
            Template("早报", replace(Draft(), text="早上好")),
            (scheduled(program.robot_profiles.robots[0]),),
            timing_of("UTC", datetime(2026, 12, 1, 9), "FREQ=DAILY"),  # noqa: DTZ001 - a wall's
        )
    )
    program.shut_down()


def test_what_is_due_in_the_moment_of_the_start_reaches_the_sandbox(start: Start) -> None:
    plan(start(now=lambda: DUE - timedelta(hours=20)))
    person = start(now=lambda: DUE)
    person.wait(lambda: person.statuses() == [Status.DELIVERED])
    (exchange,) = person.sandbox.exchanges()
    assert exchange.is_taken


def test_who_waits_for_the_sandbox_is_called_once_it_listens_or_cannot(
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    expect_log: Callable[[str], None],
) -> None:
    def refuse(_server: SandboxServer) -> None:
        raise OSError(98, "in use")

    expect_log("the sandbox cannot listen")
    engine = open_engine(tmp_path)
    for is_refused in (False, True):
        if is_refused:
            monkeypatch.setattr(SandboxServer, "start", refuse)
        called: list[str] = []
        host = SandboxHost(engine.bridge, engine.robot_profiles, Settings(tmp_path / "x.ini"))
        host.when_ready(lambda called=called: called.append("before"))  # type: ignore[misc]
        assert called == []
        host.start()
        qtbot.waitUntil(lambda called=called: bool(called), timeout=20_000)  # type: ignore[misc]
        assert (host.server is None) is is_refused
        host.when_ready(lambda called=called: called.append("after"))  # type: ignore[misc]
        assert called == ["before", "after"]
        host.stop()
    engine.stop()
    engine.close()

"""Somebody at a terminal, or a script: commands on a data folder, against a sandbox over HTTP."""

import json
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from dingcomposer.__main__ import problem_words
from dingcomposer.cli import engine_session
from dingcomposer.cli.commands import commands
from dingcomposer.core.contacts import Contact
from dingcomposer.core.robot import Robot, Stage
from dingcomposer.sandbox.server import SandboxServer
from dingcomposer.services.engine import DATABASE_NAME, EngineOptions
from dingcomposer.storage.contacts import ContactStore
from dingcomposer.storage.database import Database
from dingcomposer.storage.robots import RobotStore
from dingcomposer.storage.secrets import CredentialsChange, SecretStore
from tests.fakes.fake_keyring import FakeKeyring

GROUP = "运维群"


@pytest.fixture
def server() -> Iterator[SandboxServer]:
    with SandboxServer() as server:
        yield server


class Terminal:
    """Somebody at a terminal, or a script: runs commands and reads what they say."""

    def __init__(self, data_dir: Path, server: SandboxServer, keyring: FakeKeyring) -> None:
        self.data_dir = data_dir
        self.server = server
        self.keyring = keyring
        self.environ = {
            "HOOK": f"{server.url}?access_token={server.access_token}",
            "SIGNING": server.secret,
        }

    def run(self, *arguments: str, typed: str = "") -> Result:
        return CliRunner().invoke(
            commands,
            ["--data-dir", str(self.data_dir), *arguments],
            input=typed,
            env=self.environ,
            prog_name="dingcomposer",
            obj=(None, problem_words),
        )

    def send(self, *arguments: str, typed: str = "") -> Result:
        return self.run(
            "send", "--webhook-env", "HOOK", "--secret-env", "SIGNING", *arguments, typed=typed
        )

    def add_contacts(self, *contacts: Contact) -> None:
        self.data_dir.mkdir(exist_ok=True)
        database = Database(self.data_dir / DATABASE_NAME)
        ContactStore(database).replace(contacts)
        database.close()

    def add_robot(
        self, stage: Stage, name: str = GROUP, robot_id: str = "r-1", *, has_token: bool = True
    ) -> None:
        robot = Robot(
            robot_id,
            name,
            stage=stage,
            endpoint=self.server.url,
            has_token=has_token,
            has_secret=has_token,
        )
        self.data_dir.mkdir(exist_ok=True)
        database = Database(self.data_dir / DATABASE_NAME)
        RobotStore(database).add(robot)
        database.close()
        if not has_token:
            return
        store = SecretStore(lambda: self.keyring)
        kept: list[object] = []
        change = CredentialsChange(self.server.access_token, self.server.secret)
        store.put(robot.robot_id, change, kept.append)
        store.read(robot.robot_id)
        store.close()


@pytest.fixture
def terminal(
    tmp_path: Path, server: SandboxServer, qapp: object, monkeypatch: pytest.MonkeyPatch
) -> Terminal:
    keyring = FakeKeyring({})
    options = partial(EngineOptions, find_keyring=lambda: keyring, retry_waits_s=(0.0, 0.0, 0.0))
    monkeypatch.setattr(engine_session, "EngineOptions", options)
    return Terminal(tmp_path / "data", server, keyring)


def told(result: Result) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(result.stdout)
    return found

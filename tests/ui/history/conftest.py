"""A history in a real database, filled the way the program fills it."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from dingcomposer.core.answers import Cause
from dingcomposer.core.delivery import Fault, Report, SendJob, Status
from dingcomposer.core.messages import Message, Text
from dingcomposer.core.robot import Robot, Stage
from dingcomposer.services.history.archive import HistoryArchive
from dingcomposer.services.settings import Settings
from dingcomposer.storage.database import Database, StorageError, StorageFault
from dingcomposer.storage.history import HistoryStore, SendRow
from dingcomposer.storage.search.positions import AllSends

NOW = datetime(2026, 8, 22, 10, 32, 0, tzinfo=UTC)
DUTY = Robot("duty", "运维值班", "#C5302B", Stage.PRODUCTION)
URL = "https://oapi.dingtalk.com/robot/send"


class History(HistoryStore):
    """A history whose disk may refuse to be read."""

    fault: StorageFault | None = None

    def all_sends(self) -> AllSends:
        if self.fault is not None:
            raise StorageError(self.fault)
        return super().all_sends()


@dataclass
class HistoryFiller:
    """Writes sends into the history, one second after the other."""

    history: History
    database: Database
    count: int = 0

    def queue(self, message: Message | None = None, robot: Robot = DUTY) -> str:
        """A send that waits; its msgUuid."""
        self.count += 1
        uuid = f"{self.count:08d}-0000-4000-8000-000000000000"
        message = message or Text(f"通知 {self.count}")
        self.history.add(SendJob(uuid, robot, message, self.at()))
        return uuid

    def row(self, uuid: str) -> SendRow:
        """A send as it stands."""
        row = self.history.row(uuid)
        assert row is not None
        return row

    def announce(self, uuid: str, attempt: int = 1, *, url: str = URL) -> None:
        """An attempt leaves."""
        report = Report(uuid, attempt, Status.SENDING, self.at(), url, "ab" * 32, 4321)
        self.history.announce(report)

    def complete(
        self,
        uuid: str,
        status: Status,
        *,
        attempt: int = 1,
        cause: Cause | None = None,
        fault: Fault | None = None,
        errcode: str = "",
        errmsg: str = "",
        answer: str = "",
        retry_at: datetime | None = None,
    ) -> None:
        """An attempt, or the send, is over."""
        self.history.complete(
            Report(
                uuid,
                attempt,
                status,
                self.at() + timedelta(milliseconds=182),
                cause=cause,
                fault=fault,
                errcode=errcode,
                errmsg=errmsg,
                http_status=200 if cause else None,
                answer=answer,
                duration_ms=182.4,
                retry_at=retry_at,
            )
        )

    def deliver(self, message: Message | None = None, robot: Robot = DUTY) -> str:
        """A send that DingTalk took."""
        uuid = self.queue(message, robot)
        self.announce(uuid)
        self.complete(uuid, Status.DELIVERED, cause=Cause.DELIVERED, errcode="0", errmsg="ok")
        return uuid

    def refuse(self) -> str:
        """A send without any of the keywords."""
        uuid = self.queue()
        self.announce(uuid)
        errmsg = "keywords not in content"
        answer = f'{{"errcode":310000,"errmsg":"{errmsg}"}}'
        self.complete(
            uuid,
            Status.REFUSED,
            cause=Cause.KEYWORD,
            errcode="310000",
            errmsg=errmsg,
            answer=answer,
        )
        return uuid

    def lose(self) -> str:
        """A send after which no answer came."""
        uuid = self.queue()
        self.announce(uuid)
        self.complete(uuid, Status.UNKNOWN, fault=Fault.READ_TIMEOUT)
        return uuid

    def fill(self, count: int) -> list[str]:
        """Many sends at once, the oldest first."""
        uuids = []
        with self.database.transaction():
            for _ in range(count):
                uuids.append(self.queue())
        return uuids

    def at(self) -> datetime:
        return NOW + timedelta(seconds=self.count)


@pytest.fixture
def past(tmp_path: Path) -> Iterator[HistoryFiller]:
    with closing(Database(tmp_path / "history.sqlite3")) as database:
        yield HistoryFiller(History(database), database)


@pytest.fixture
def archive(qtbot: QtBot, past: HistoryFiller, tmp_path: Path) -> Iterator[HistoryArchive]:
    """What searches and keeps it."""
    archive = HistoryArchive(past.database, Settings(tmp_path / "archive.ini"), now=lambda: NOW)
    yield archive
    archive.close()

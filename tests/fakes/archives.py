"""A history in a real file, its index, and a reader beside it, filled as the program does it."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

from dingcomposer.core.answers import Cause
from dingcomposer.core.delivery import Fault, Report, SendJob, Status
from dingcomposer.core.messages import Message, Text
from dingcomposer.core.robot import Robot, Stage
from dingcomposer.core.search.query import parse_query
from dingcomposer.storage.database import Database
from dingcomposer.storage.history import HistoryStore
from dingcomposer.storage.search.index import SearchIndex
from dingcomposer.storage.search.reader import SearchReader, SearchTask

NOW = datetime(2026, 8, 22, 10, 32, 0, tzinfo=UTC)
DUTY = Robot("duty", "运维值班", "#C5302B", Stage.PRODUCTION)


class Archive:
    """A history that is searched as the program does it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.database = Database(path)
        self.history = HistoryStore(self.database)
        self.index = SearchIndex(self.database)
        self.reader = SearchReader(path)
        self.now = NOW
        self.count = 0
        self._asked = 0

    def build(self) -> None:
        """Bring the index up to date."""
        self.index.prepare()
        while self.index.build_slice():
            pass

    def add(
        self,
        message: Message | str = "通知",
        robot: Robot = DUTY,
        *,
        status: Status | None = Status.DELIVERED,
        cause: Cause | None = None,
        fault: Fault | None = None,
        errmsg: str = "",
        answer: str = "",
        at: datetime | None = None,
    ) -> str:
        """A send, over with this status, or waiting with None; its msgUuid."""
        self.count += 1
        uuid = f"{self.count:08d}-0000-4000-8000-000000000000"
        at = at or NOW + timedelta(seconds=self.count)
        message = Text(message) if isinstance(message, str) else message
        self.history.add(SendJob(uuid, robot, message, at))
        if status is None:
            return uuid
        self.history.announce(Report(uuid, 1, Status.SENDING, at))
        if status is Status.SENDING:
            return uuid
        if status is Status.DELIVERED:
            cause, errmsg = Cause.DELIVERED, "ok"
        verdict = {"cause": cause, "fault": fault, "errmsg": errmsg, "answer": answer}
        self.history.complete(Report(uuid, 1, status, at, **verdict))  # type: ignore[arg-type]
        return uuid

    def find(self, question: str, names: Mapping[str, str] | None = None) -> list[int]:
        """The keys of what is found, all of them."""
        self._asked += 1
        self.reader.want(self._asked)
        now = self.now.astimezone()
        names = names or {}
        task = SearchTask(self._asked, parse_query(question), tuple(names.items()), now)
        keys: list[int] = []
        found = self.reader.begin(task)
        while found is not None:
            assert not found.is_damaged
            keys += found.keys
            found = None if found.is_last else self.reader.go_on(task)
        return keys

    def close(self) -> None:
        self.reader.close()
        self.database.close()

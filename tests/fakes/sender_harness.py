"""A sender before a sandbox, without a window: what surrounds it is the test's to decide."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from queue import SimpleQueue

from dingcomposer.core.delivery import Report, SendJob
from dingcomposer.core.messages import Text
from dingcomposer.core.robot import Credentials, Robot
from dingcomposer.dingtalk.client import Client
from dingcomposer.sandbox.server import Exchange, SandboxServer
from dingcomposer.sending.permission import Permission
from dingcomposer.sending.schedule import Schedule
from dingcomposer.sending.sender import Sender
from tests.fakes.clocks import FakeClock, machine_clock_ms
from tests.fakes.tokens import fingerprint_of

LIMIT_S = 20.0
NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)


class SenderHarness:
    """Commits what the sender announces unless `decide` says otherwise; its clock stands still."""

    def __init__(self, server: SandboxServer) -> None:
        self.server = server
        self.heard: SimpleQueue[Exchange] = SimpleQueue()
        server.on_exchange = self.heard.put
        self.reports: SimpleQueue[Report] = SimpleQueue()
        self.announced: list[Report] = []
        self.decide: Callable[[Permission], object] = Permission.grant
        self.credentials: Callable[[str], Credentials] = lambda _: Credentials(
            server.access_token, server.secret
        )
        self.make_client: Callable[[], Client] = lambda: Client(clock_ms=machine_clock_ms)
        self.clock = FakeClock()
        self.schedule = Schedule()
        self.sender = self.make_sender()

    def make_sender(self, schedule: Schedule | None = None, pool: int = 8) -> Sender:
        """Another sender from now on."""
        self.sender = Sender(
            make_client=self._make_client,
            read_credentials=self._read_credentials,
            fingerprint_of=fingerprint_of,
            announce=self._announce,
            report=self.reports.put,
            schedule=schedule or self.schedule,
            pool=pool,
            retry_waits_s=(0.0, 0.0, 0.0),
            monotonic=self.clock,
            now=lambda: NOW,
        )
        return self.sender

    def robot(self, robot_id: str = "a", url: str = "") -> Robot:
        return Robot(robot_id, robot_id, endpoint=url or self.server.url, read_timeout_s=5.0)

    def known_robot(self, url: str = "", token: str = "") -> Robot:
        """A robot whose token was known when a send was confirmed: the server's, or another."""
        found = fingerprint_of(token or self.server.access_token)
        return replace(self.robot(url=url), token_fingerprint=found)

    def job(
        self, msg_uuid: str = "u-1", robot: Robot | None = None, text: str = "hello"
    ) -> SendJob:
        return SendJob(msg_uuid, robot or self.robot(), Text(text), NOW)

    def submit(self, msg_uuid: str, robot: Robot | None = None, text: str = "hello") -> None:
        self.sender.submit(self.job(msg_uuid, robot, text))

    def retry(self, url: str = "") -> None:
        """Submit u-1, of which two attempts were made already, and which may have been taken."""
        job = self.job(robot=self.known_robot(url))
        self.sender.submit(job, attempts_before=2, may_have_been_taken=True)

    def next(self) -> Report:
        return self.reports.get(timeout=LIMIT_S)

    def verdict(self) -> Report:
        """The next report that ends a send."""
        while not (report := self.next()).status.is_final:
            pass
        return report

    def _make_client(self) -> Client:
        return self.make_client()

    def _read_credentials(self, robot_id: str) -> Credentials:
        return self.credentials(robot_id)

    def _announce(self, report: Report, permission: Permission) -> None:
        self.announced.append(report)
        self.decide(permission)

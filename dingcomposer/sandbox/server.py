"""A DingTalk of our own: robots with their groups, and all that they were sent.

    with SandboxServer() as sandbox:
        post(f"{sandbox.url}?access_token={sandbox.access_token}&timestamp=…&sign=…")
        sandbox.exchanges()[-1].errmsg

It listens on 127.0.0.1, unless another address is asked for. Tokens and secrets are made anew for
each server, unless they are handed in, and stored nowhere; no `Exchange` and no repr holds them,
nor the signatures that came in.
"""

import errno
import random
import secrets
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable
from datetime import UTC, datetime

from dingcomposer.core.limits import PACE_PER_MINUTE, SECRET_PREFIX, TOKEN_HEX_DIGITS
from dingcomposer.core.records import dataclass
from dingcomposer.core.redaction import SHORTEST, SecretPattern
from dingcomposer.core.robot import Credentials
from dingcomposer.sandbox.diagnosis import (
    Diagnosis,
    DiagnosisCode,
    Keys,
    Known,
    Moment,
    diagnose,
    diagnosis,
)
from dingcomposer.sandbox.exchange import (
    Exchange,
    mask,
    mask_body,
    mask_header,
    mask_query,
    read_message,
)
from dingcomposer.sandbox.faults import (
    HONEST,
    FaultKind,
    FaultPlan,
    FaultReply,
    Manner,
    answer_plainly,
    draw,
    stage,
)
from dingcomposer.sandbox.listening import Listener
from dingcomposer.sandbox.replies import NOT_POST, OK
from dingcomposer.sandbox.rules import (
    PATH,
    TLS,
    Group,
    Received,
    Rules,
    Taken,
    Verdict,
    check_request,
    read_payload,
)
from dingcomposer.sandbox.sockets import HOST, local_address

__all__ = ["Exchange", "PortTaken", "SandboxRobot", "SandboxServer", "make_credentials"]

_STOP_S = 1.0
# Enough for every message that may be taken, and a little more to see what was too long.
_KEPT_BODY_BYTES = 32_768


class PortTaken(OSError):
    """The port that was asked for is in use by another program."""

    def __init__(self, port: int) -> None:
        super().__init__(port)
        self.port = port


def make_credentials() -> Credentials:
    """A fresh token and secret, of the shape that DingTalk gives."""
    return Credentials(
        secrets.token_hex(TOKEN_HEX_DIGITS // 2), SECRET_PREFIX + secrets.token_hex(32)
    )


class SandboxRobot:
    """One robot of the sandbox. Any thread may read it and set its `rules` and `faults`."""

    def __init__(self, number: int, name: str, rules: Rules, credentials: Credentials) -> None:
        self._lock = threading.Lock()
        self._number = number
        self._name = name
        self._credentials = credentials
        self._group = Group(credentials.secret or "", rules)
        secrets_of = (credentials.access_token, credentials.secret or "")
        self._patterns = tuple(SecretPattern(one) for one in secrets_of if len(one) >= SHORTEST)
        self._faults: tuple[FaultPlan, ...] = ()

    def __repr__(self) -> str:
        return f"SandboxRobot({self._name!r})"

    @property
    def number(self) -> int:
        """Which of the server's robots it is, from 1; never given twice."""
        return self._number

    @property
    def name(self) -> str:
        """What its exchanges are filed under."""
        return self._name

    @name.setter
    def name(self, name: str) -> None:
        self._name = name

    @property
    def access_token(self) -> str:
        """A secret: 64 hex digits, unless it was handed in."""
        return self._credentials.access_token

    @property
    def secret(self) -> str:
        """A secret: the key that requests are signed with."""
        return self._group.secret

    @property
    def patterns(self) -> tuple[SecretPattern, ...]:
        """For the server: what finds its token and its secret in a text."""
        return self._patterns

    @property
    def rules(self) -> Rules:
        """What it enforces, from the next request on."""
        with self._lock:
            return self._group.rules

    @rules.setter
    def rules(self, rules: Rules) -> None:
        with self._lock:
            self._group.rules = rules

    @property
    def faults(self) -> tuple[FaultPlan, ...]:
        """What will still go wrong; those that are used up are gone."""
        with self._lock:
            return self._faults

    @faults.setter
    def faults(self, faults: tuple[FaultPlan, ...]) -> None:
        with self._lock:
            self._faults = faults

    def taken(self) -> tuple[Taken, ...]:
        """Every message that its group was given, oldest first; nothing is ever forgotten."""
        with self._lock:
            return tuple(self._group.taken.values())

    def known(self, others: Iterable["SandboxRobot"]) -> Known:
        """For the server: what a diagnosis may know of this robot and of the `others`."""
        with self._lock:
            rules, rests_until_s = self._group.rules, self._group.rests_until_s
        by_name = tuple((one.name, one.secret) for one in others if one is not self)
        return Known(Keys(self.secret, self.access_token, by_name), rules, rests_until_s)

    def answer(
        self, received: Received, now_ms: int, now_s: float, chance: Callable[[], float]
    ) -> "_Outcome":
        """For the server: what becomes of a request that holds this robot's token."""
        with self._lock:
            plan, self._faults = draw(self._faults, chance)
            if plan is not None and plan.kind not in HONEST and not plan.is_taken:
                verdict = Verdict(OK, read_payload(received.body))  # judged by nobody, not taken
            else:
                groups = {self.access_token: self._group}
                verdict = check_request(received, groups, now_ms=now_ms, now_s=now_s)
            reply = answer_plainly(verdict.answer, self._group.rules.generation)
        if plan is None:
            return _Outcome(self._name, self._number, verdict, reply)
        staged = stage(plan, reply, received.header("Accept-Encoding"))
        return _Outcome(self._name, self._number, verdict, staged, plan.kind)


@dataclass(frozen=True, slots=True)
class _Outcome:
    robot: str
    group: int
    verdict: Verdict
    reply: FaultReply
    fault: FaultKind | None = None

    @property
    def is_uncompressed(self) -> bool:
        """Whether a compressed answer was ordered, and the client asked for a plain one."""
        is_plain = all(name != "Content-Encoding" for name, _ in self.reply.headers)
        return self.fault is FaultKind.GZIP and is_plain


class SandboxServer:
    """A server with a first robot, a context manager: `start` on entry, `stop` on exit.

    `port` 0 takes a free one at each start; set, it holds from the next start on. `host` is the
    address to listen on: any but a loopback one lets other computers in. `on_exhausted` is called,
    from a thread of the server's, where this computer has no handle left for a connection.
    `on_exchange` is called for each exchange before its
    answer leaves, from a thread of the server's; at most `kept` exchanges are remembered. `clock`
    gives aware UTC; `monotonic` and `chance` (0 up to 1) are there for the tests.
    """

    def __init__(
        self,
        *,
        name: str = "Sandbox",
        keywords: tuple[str, ...] = (),
        secret_required: bool = True,
        addresses: tuple[str, ...] = (),
        pace_per_minute: int | None = PACE_PER_MINUTE,
        credentials: Credentials | None = None,
        port: int = 0,
        host: str = HOST,
        kept: int = 2_000,
        on_exchange: Callable[[Exchange], None] | None = None,
        on_exhausted: Callable[[], None] = lambda: None,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        monotonic: Callable[[], float] = time.monotonic,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self.on_exchange = on_exchange
        self.port = port
        self._host = host
        self.on_exhausted = on_exhausted
        self._clock = clock
        self._monotonic = monotonic
        self._chance = chance
        self._lock = threading.Lock()
        self._listener: Listener | None = None
        self._is_running = False
        self._url = ""
        self._count = 0
        self._exchanges: deque[Exchange] = deque(maxlen=kept)
        self._robots: dict[str, SandboxRobot] = {}
        self._added = 0
        rules = Rules(keywords, secret_required, addresses, pace_per_minute)
        self._first = self.add_robot(name, rules, credentials)

    def __repr__(self) -> str:
        return f"SandboxServer({self._url!r})"

    def __enter__(self) -> "SandboxServer":
        self.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self.stop()

    def start(self) -> None:
        """Listen. Raises PortTaken, or OSError where the port cannot be had for another reason."""
        if self._is_running:
            return
        self._is_running = True
        try:
            self._listener = Listener(
                self._host,
                self.port,
                self._answer,
                self._clock,
                exhausted=self.on_exhausted,
            )
        except OSError as error:
            self._is_running = False
            if error.errno == errno.EADDRINUSE:
                raise PortTaken(self.port) from None
            raise
        here = local_address(self._host)
        host = f"[{here}]" if ":" in here else here
        self._url = f"http://{host}:{self._listener.port}{PATH}"

    def stop(self) -> None:
        """Stop, within a second, whatever is still unanswered. No callback starts after it."""
        with self._lock:
            self._is_running = False
        listener, self._listener = self._listener, None
        if listener is not None:
            listener.stop(_STOP_S)

    @property
    def url(self) -> str:
        """The webhook without query, `http://127.0.0.1:PORT/robot/send`; "" before the start.

        As this computer reaches it, whatever address it listens on.
        """
        return self._url

    @property
    def robot(self) -> SandboxRobot:
        """The first robot."""
        return self._first

    @property
    def access_token(self) -> str:
        """The first robot's token, a secret."""
        return self._first.access_token

    @property
    def secret(self) -> str:
        """The first robot's signing secret."""
        return self._first.secret

    @property
    def rules(self) -> Rules:
        """What the first robot enforces."""
        return self._first.rules

    @rules.setter
    def rules(self, rules: Rules) -> None:
        self._first.rules = rules

    @property
    def robots(self) -> tuple[SandboxRobot, ...]:
        """All robots, in the order in which they were added."""
        with self._lock:
            return tuple(self._robots.values())

    def add_robot(
        self, name: str, rules: Rules, credentials: Credentials | None = None
    ) -> SandboxRobot:
        """One more robot, on the same URL; its token and secret are made unless handed in."""
        with self._lock:
            self._added += 1
            robot = SandboxRobot(self._added, name, rules, credentials or make_credentials())
            self._robots[robot.access_token] = robot
        return robot

    def remove_robot(self, robot: SandboxRobot) -> None:
        """From now on its token is unknown; its exchanges stay."""
        with self._lock:
            self._robots.pop(robot.access_token, None)

    def exchanges(self) -> tuple[Exchange, ...]:
        """What was received, newest last."""
        with self._lock:
            return tuple(self._exchanges)

    def _answer(self, received: Received) -> FaultReply:
        at, now_s = self._clock(), self._monotonic()
        now_ms = int(at.timestamp() * 1000)
        with self._lock:
            robots = dict(self._robots)
        robot = robots.get(received.parameter("access_token"))
        if received.method == TLS or received.missing_bytes:
            outcome = _Outcome("", 0, Verdict(NOT_POST), FaultReply(b"", manner=Manner.CLOSED))
        elif robot is None:
            verdict = check_request(received, {}, now_ms=now_ms, now_s=now_s)
            outcome = _Outcome("", 0, verdict, answer_plainly(verdict.answer, Rules().generation))
        else:
            outcome = robot.answer(received, now_ms, now_s, self._chance)
        diagnoses = diagnose(
            received,
            outcome.verdict,
            robot.known(robots.values()) if robot is not None else None,
            tokens=robots,
            now=Moment(now_ms, now_s),
        )
        if outcome.is_uncompressed:
            diagnoses += (diagnosis(DiagnosisCode.GZIP_NOT_ASKED_FOR),)
        known = [pattern for one in robots.values() for pattern in one.patterns]
        body = mask_body(received.body, known, received.parameter("sign"))
        exchange = self._record(received, body, outcome, diagnoses, at)
        if exchange is None:
            return FaultReply(b"", manner=Manner.CLOSED)
        if self.on_exchange is not None:
            self.on_exchange(exchange)
        return outcome.reply

    def _record(
        self,
        received: Received,
        body: bytes,
        outcome: _Outcome,
        diagnoses: tuple[Diagnosis, ...],
        at: datetime,
    ) -> Exchange | None:
        """The exchange with its masked body, remembered; None where the server was stopped."""
        reply = outcome.reply
        has_answer = reply.manner not in (Manner.NEVER, Manner.CLOSED, Manner.RESET)
        message = read_message(outcome.verdict)
        with self._lock:
            if not self._is_running:
                return None
            self._count += 1
            exchange = Exchange(
                number=self._count,
                at=at,
                robot=outcome.robot,
                group=outcome.group,
                method=received.method,
                path=mask(received.path),
                query=mask_query(received.query),
                headers=tuple((key, mask_header(key, value)) for key, value in received.headers),
                body=body[:_KEPT_BODY_BYTES],
                body_bytes=received.body_bytes,
                is_cut=received.body_bytes > _KEPT_BODY_BYTES,
                http_status=reply.http_status if has_answer else None,
                errcode=reply.errcode,
                errmsg=reply.errmsg,
                cause=reply.cause,
                fault=outcome.fault,
                message=message,
                msg_uuid=outcome.verdict.msg_uuid,
                is_taken=outcome.verdict.is_taken,
                is_repeat=outcome.verdict.is_repeat,
                diagnoses=diagnoses,
            )
            self._exchanges.append(exchange)
        return exchange

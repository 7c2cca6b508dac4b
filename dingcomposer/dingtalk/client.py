"""Sends one message to one robot, and says truthfully what became of it."""

import logging
import re
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import replace
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING
from urllib.parse import quote

import dingcomposer
from dingcomposer.core.addresses import is_loopback
from dingcomposer.core.authority import Authority, AuthorityError, read_authority
from dingcomposer.core.delivery import Fault, Headers, PhaseTimes, WireTrace
from dingcomposer.core.payload import HEADERS
from dingcomposer.core.redaction import MASK, SecretPattern, mask_by_looks, mask_cut_end, masker
from dingcomposer.core.redaction import shown as shown_url
from dingcomposer.core.robot import Credentials, Robot, TrustSource
from dingcomposer.dingtalk.attempt import AttemptState
from dingcomposer.dingtalk.errors import BadReply, NoAnswer, Unreachable
from dingcomposer.dingtalk.network import Network, network_of, proxy_for, ssl_context
from dingcomposer.dingtalk.responses import Accepted, read_response, shorten
from dingcomposer.dingtalk.signing import sign

if TYPE_CHECKING:
    from dingcomposer.dingtalk.transport import Transport

log = logging.getLogger(__name__)

_HEADERS = {"User-Agent": dingcomposer.USER_AGENT, **HEADERS}
_LINE_CHARACTERS = 512  # as much as is kept of one header, or of a status line
_MOST_HEADERS = 40
_KEPT_SECRETS = 256
_LENGTH = re.compile(r"[0-9]{1,15}")
_SECRET_HEADERS = ("cookie", "authenticate", "authorization")


def post_url(
    endpoint: str, access_token: str, timestamp_ms: int | None = None, signature: str | None = None
) -> str:
    """Where a message is posted. It is a secret: token and signature are in its query.

    They belong there; sent as headers they fail. The signature is quoted here, once.
    """
    url = f"{endpoint}{'&' if '?' in endpoint else '?'}access_token={quote(access_token, safe='')}"
    if signature is None:
        return url
    return f"{url}&timestamp={timestamp_ms}&sign={quote(signature, safe='')}"


class Client:
    """Posts messages over kept connections. Each sender thread has its own; not thread-safe.

    `clock_ms` is the wall clock for signatures, `monotonic_s` counts time-outs; `network` is asked
    at each attempt which way to take, so a change of settings holds from the next one on.
    Importing this module costs nothing: the libraries come with the first attempt.
    """

    def __init__(
        self,
        *,
        clock_ms: Callable[[], int],
        network: Callable[[Robot], Network] = network_of,
        monotonic_s: Callable[[], float] = time.perf_counter,
    ) -> None:
        self._clock_ms = clock_ms
        self._network = network
        self._monotonic_s = monotonic_s
        self._watch = AttemptState(monotonic_s)
        self._trace = WireTrace()
        self._phases = PhaseTimes()
        self._transports: dict[tuple[TrustSource, str] | None, Transport] = {}
        self._pattern_of = lru_cache(maxsize=_KEPT_SECRETS)(SecretPattern)

    @property
    def trace(self) -> WireTrace:
        """What went over the wire in the newest attempt, whatever came of it; without secrets."""
        return self._trace

    @property
    def phases(self) -> PhaseTimes:
        """How long each part of the newest attempt took; its queue is the sender's."""
        return self._phases

    def send(self, robot: Robot, credentials: Credentials, body: bytes) -> Accepted:
        """DingTalk's yes to `body` (JSON in UTF-8), posted once, signed for this moment.

        Raises Unreachable, NoAnswer, BadReply or Refused (see `errors`), none of which holds a
        secret. The time-outs are the robot's: to connect, and for the whole answer.
        """
        started_s = self._monotonic_s()
        self._trace = WireTrace()
        self._phases = PhaseTimes()
        authority = _authority(robot.endpoint)
        if not credentials.access_token:
            raise Unreachable(Fault.NO_TOKEN)
        network = self._network(robot)
        if credentials.proxy_password:
            network = replace(network, proxy_password=credentials.proxy_password)
        transport = self._transport(network, is_tls=authority.scheme == "https")
        signature, timestamp_ms = None, self._clock_ms()
        if credentials.secret:
            signature = sign(credentials.secret, timestamp_ms)

        hide = masker(
            *(credentials.access_token, credentials.secret, signature, network.proxy_password),
            pattern_of=self._pattern_of,
        )
        proxy = proxy_for(network, authority.host)
        log.debug(
            "posting to %s, %s, %s",
            authority.host,
            "signed" if signature else "not signed",
            "through a proxy" if proxy else "without a proxy",
        )
        self._watch.begin(robot.connect_timeout_s, robot.read_timeout_s)
        url = post_url(robot.endpoint, credentials.access_token, timestamp_ms, signature)
        query = hide(_shown_query(robot.endpoint, timestamp_ms if signature else None))
        try:
            reply = transport.post(url, authority, _HEADERS, body, proxy)
        except NoAnswer as error:
            broken = self._watch.broken_body.decode("utf-8-sig", "replace")
            error.answer = shorten(mask_cut_end(hide(broken)))
            raise
        finally:
            self._phases = self._watch.phases()
            self._trace = _traced(self._watch, query, hide)
        log.debug("answered: HTTP %d, %d bytes", reply.http_status, len(reply.content))
        if not reply.is_whole:
            shown = shorten(hide(reply.content.decode("utf-8", "replace")))
            raise BadReply(Fault.ANSWER_TOO_LARGE, reply.http_status, shown)
        duration_ms = (self._monotonic_s() - started_s) * 1000
        return read_response(reply.http_status, reply.content, duration_ms, hide)

    def close(self) -> None:
        """Closes all connections. The client can be used again; it opens new ones."""
        for transport in self._transports.values():
            transport.close()
        self._transports.clear()

    def _transport(self, network: Network, *, is_tls: bool) -> "Transport":
        """The connections that trust as `network` does, made at their first use."""
        from dingcomposer.dingtalk.transport import Transport

        key = (network.trust, network.ca_file) if is_tls else None
        if key not in self._transports:
            try:
                context = ssl_context(network) if is_tls else None
            except OSError as error:
                library_class = type(error).__name__
            else:
                return self._transports.setdefault(key, Transport(context, self._watch))
            raise Unreachable(Fault.CA_FILE_UNUSABLE, library_class)
        return self._transports[key]


def _traced(watch: AttemptState, query: str, hide: Callable[[str], str]) -> WireTrace:
    """What the watch noted, without secrets; then it forgets it."""

    noted = (*watch.request_headers, *watch.response_headers)
    whole = "\n".join((watch.status_line, *chain.from_iterable(noted)))
    is_clean = mask_by_looks(hide(whole)) == whole  # as nearly always: then no line is read alone

    def line(text: str) -> str:
        return (text if is_clean else mask_by_looks(hide(text)))[:_LINE_CHARACTERS]

    def lines(headers: Iterable[tuple[str, str]]) -> Headers:
        kept = list(headers)[:_MOST_HEADERS]
        return tuple((line(name), _value(name, line(value))) for name, value in kept)

    announced = {name.lower(): value for name, value in watch.response_headers}
    length = announced.get("content-length", "")
    has_head = watch.body_bytes is not None
    trace = WireTrace(
        query=query if watch.has_left else "",
        request_headers=lines(watch.request_headers) if watch.has_left else (),
        status_line=line(watch.status_line),
        response_headers=lines(watch.response_headers),
        received_bytes=(watch.body_bytes or 0) if has_head else watch.received_bytes,
        announced_bytes=int(length) if _LENGTH.fullmatch(length) else None,
    )
    watch.forget()
    return trace


def _value(name: str, value: str) -> str:
    return MASK if any(word in name.lower() for word in _SECRET_HEADERS) else value


def _shown_query(endpoint: str, timestamp_ms: int | None) -> str:
    """The query of `post_url` with a mask in the place of each secret."""
    parameters = [_shown_parameters(endpoint), f"access_token={MASK}"]
    if timestamp_ms is not None:
        parameters += [f"timestamp={timestamp_ms}", f"sign={MASK}"]
    return "&".join(filter(None, parameters))


@lru_cache(maxsize=64)
def _shown_parameters(endpoint: str) -> str:
    """What stands in the query of an endpoint itself, masked."""
    return shown_url(endpoint).partition("?")[2]


@lru_cache(maxsize=64)
def _authority(endpoint: str) -> Authority:
    """Where the endpoint leads. Raises Unreachable where a token must not be sent to it."""
    with suppress(AuthorityError):
        authority = read_authority(endpoint)
        if authority.scheme == "https" or is_loopback(authority.host):
            return authority
    raise Unreachable(Fault.BAD_ENDPOINT)

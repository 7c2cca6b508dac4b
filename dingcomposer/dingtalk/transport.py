"""One POST over requests: the whole answer, or what is certain about its fate.

The only module that knows `requests`; importing it takes a tenth of a second, so `client` does it
at the first send, off the way to the first window. Only requests' adapter is used, not its Session:
that one reads the body of a redirect without bound even where it does not follow, keeps cookies,
and takes proxies, passwords and certificates from the environment.
"""

import logging
import ssl
from dataclasses import dataclass
from functools import lru_cache
from http.client import HTTPException
from typing import Any, cast
from urllib.parse import urlsplit

from requests import PreparedRequest
from requests.adapters import HTTPAdapter
from requests.exceptions import InvalidURL
from requests.structures import CaseInsensitiveDict
from urllib3 import HTTPResponse
from urllib3.exceptions import DecodeError, HTTPError
from urllib3.util import parse_url

from dingcomposer.core.addresses import is_loopback
from dingcomposer.core.authority import Authority
from dingcomposer.core.delivery import Fault
from dingcomposer.dingtalk.attempt import AttemptState
from dingcomposer.dingtalk.connections import watched_pools
from dingcomposer.dingtalk.errors import BadReply, DingTalkError, NoAnswer, Unreachable

ANSWER_BYTES = 1024 * 1024
_CHUNK_BYTES = 64 * 1024
# Whatever requests, urllib3, http.client, ssl and the sockets raise.
_FOREIGN = (OSError, HTTPError, HTTPException, ValueError)


@dataclass(frozen=True, slots=True)
class HttpResponse:
    """An HTTP answer, whole or cut off at `ANSWER_BYTES`; decompressed."""

    http_status: int
    content: bytes
    is_whole: bool


class Transport:
    """Keeps connections that trust as `context` does; None: plain http. One thread at a time."""

    def __init__(self, context: ssl.SSLContext | None, watch: AttemptState) -> None:
        # urllib3 writes whole URLs into its log, the token in them, even at WARNING.
        logging.getLogger("urllib3").setLevel(logging.CRITICAL + 1)
        self._watch = watch
        self._adapter = _Adapter(context, watch)

    def post(
        self,
        url: str,
        authority: Authority,
        headers: dict[str, str],
        body: bytes,
        proxy: str | None,
    ) -> HttpResponse:
        """The answer to one request, never repeated, never redirected, from `authority` alone.

        The watch has begun this attempt: its time-outs hold, for connecting and for the answer as
        a whole. Raises Unreachable where provably nothing left; NoAnswer and BadReply otherwise.
        """
        failure: DingTalkError
        try:
            request = _prepare(url, headers, body)
            _compare(request.url or "", authority)
            if proxy:
                self._watch.fault = Fault.PROXY_UNUSABLE
            sent = self._adapter.send(
                request,
                stream=True,
                timeout=(self._watch.connect_timeout_s, self._watch.read_timeout_s),
                proxies={"https": proxy} if proxy else {},
            )
            response = cast("HTTPResponse", sent)  # as `_Adapter.build_response` leaves it
        except _FOREIGN as error:
            failure = self._fate_of(error)
        else:
            self._note_head(response)
            content = bytearray()
            try:
                return self._read(response, content)
            except DecodeError:
                failure = BadReply(Fault.NOT_DINGTALK, response.status, "")
            except _FOREIGN as error:
                fault = Fault.READ_TIMEOUT if self._watch.is_late else Fault.ANSWER_CUT_SHORT
                failure = NoAnswer(fault, type(error).__name__, response.status)
                self._watch.broken_body = bytes(content)
            finally:
                self._watch.body_bytes = response.tell()
                response.close()
                response.release_conn()
        # Raised out here, where no foreign exception is being handled: ours carries no context.
        raise failure

    def close(self) -> None:
        """Closes the idle connections."""
        self._adapter.close()

    def _note_head(self, response: HTTPResponse) -> None:
        version = {9: "HTTP/0.9", 10: "HTTP/1.0", 11: "HTTP/1.1"}.get(response.version, "HTTP")
        self._watch.status_line = f"{version} {response.status} {response.reason or ''}".rstrip()
        self._watch.response_headers = tuple(response.headers.items())

    def _read(self, response: HTTPResponse, content: bytearray) -> HttpResponse:
        while chunk := response.read1(_CHUNK_BYTES, decode_content=True):
            content += chunk
            if len(content) > ANSWER_BYTES:
                return HttpResponse(response.status, bytes(content[:ANSWER_BYTES]), is_whole=False)
        return HttpResponse(response.status, bytes(content), is_whole=True)

    def _fate_of(self, error: Exception) -> DingTalkError:
        """What is certain where no answer began."""
        library_class = type(error).__name__
        if self._watch.has_left:
            fault = Fault.READ_TIMEOUT if self._watch.is_late else Fault.CONNECTION_LOST
            return NoAnswer(fault, library_class)
        return Unreachable(self._watch.fault, library_class)


class _Adapter(HTTPAdapter):
    """requests' adapter with our TLS context and our watched connections; it never tries twice."""

    def __init__(self, context: ssl.SSLContext | None, watch: AttemptState) -> None:
        self._context = context
        self._pools = watched_pools(watch)
        super().__init__(pool_maxsize=1)  # max_retries stays 0: urllib3 repeats nothing either

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = self._pools

    def proxy_manager_for(self, proxy: Any, **kwargs: Any) -> Any:
        manager = super().proxy_manager_for(proxy, proxy_ssl_context=self._context, **kwargs)
        manager.pool_classes_by_scheme = self._pools
        return manager

    def build_connection_pool_key_attributes(
        self, request: PreparedRequest, verify: Any, cert: Any = None
    ) -> Any:
        scheme, host, port = _reading_of_requests(_endpoint_of(request.url or ""))
        address = {"scheme": scheme, "host": host, "port": port}
        return address, {"ssl_context": self._context} if self._context else {}

    def request_url(self, request: PreparedRequest, proxies: Any) -> str:
        """Path and query, through a proxy too: there the request goes through a tunnel."""
        return request.path_url

    def build_response(self, req: PreparedRequest, resp: Any) -> Any:
        """urllib3's answer as it is: no cookie is kept, and no redirect followed."""
        return resp

    def cert_verify(self, *args: Any, **kwargs: Any) -> None:
        """Nothing: the context verifies. requests would load certifi's list into it."""


def _prepare(url: str, headers: dict[str, str], body: bytes) -> PreparedRequest:
    """The request as requests wants it, without its Session's many merges."""
    endpoint, mark, query = url.partition("?")
    request = PreparedRequest()
    request.method = "POST"
    request.url = f"{_prepared_endpoint(endpoint)}{mark}{query}"  # the query is quoted already
    request.headers = CaseInsensitiveDict(headers)
    request.headers["Content-Length"] = str(len(body))
    request.body = body
    return request


@lru_cache(maxsize=64)
def _prepared_endpoint(endpoint: str) -> str:
    """An address without its query, as requests writes it: the same for every send of a robot.

    Read anew each time it would cost a sixth of the send.
    """
    request = PreparedRequest()
    request.prepare_url(endpoint, None)
    return str(request.url)


def _compare(url: str, authority: Authority) -> None:
    """Raises InvalidURL where the libraries would not connect to the host that was checked.

    Once more, and by what they read: plain http goes to this very machine alone.
    """
    endpoint = _endpoint_of(url)
    by_urllib3, is_alone = _reading_of_urllib3(endpoint)
    found = {by_urllib3, _reading_of_requests(endpoint)}
    is_safe = authority.scheme == "https" or is_loopback(authority.host)
    if found != {(authority.scheme, authority.host, authority.port)} or not (is_alone and is_safe):
        raise InvalidURL


def _endpoint_of(url: str) -> str:
    """The address without its query, which is another one in each send.

    For every reader the host ends before that.
    """
    return url.partition("?")[0]


@lru_cache(maxsize=64)
def _reading_of_urllib3(endpoint: str) -> tuple[tuple[str | None, str, int | None], bool]:
    """Scheme, host and port as urllib3 reads them, and whether no user stands before the host."""
    parts = parse_url(endpoint)
    is_alone = not parts.auth and "@" not in urlsplit(endpoint).netloc
    return (parts.scheme, (parts.host or "").strip("[]"), parts.port), is_alone


@lru_cache(maxsize=64)
def _reading_of_requests(endpoint: str) -> tuple[str, str, int | None]:
    """Scheme, host and port as requests' adapter reads them: there it connects."""
    parts = urlsplit(endpoint)
    return parts.scheme, parts.hostname or "", parts.port

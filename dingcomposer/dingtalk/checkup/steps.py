"""What a check-up looks at on the way to a robot's host: proxy, name, connection, TLS, clock.

It never has the token or the secret: the lines about those are `core.checkup.profile`'s, and what
DingTalk says to them is `dingtalk.checkup.probe`'s, when asked for.
"""

import ipaddress
import os
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any, NoReturn

from dingcomposer.core.addresses import is_loopback
from dingcomposer.core.authority import read_authority
from dingcomposer.core.checks.robots import check_robot
from dingcomposer.core.checkup.report import (
    CheckupStep,
    Code,
    FindingCode,
    StepFinding,
    StepResult,
    finding,
    not_reached,
)
from dingcomposer.core.delivery import Fault
from dingcomposer.core.limits import CLOCK_MS
from dingcomposer.core.redaction import shown
from dingcomposer.core.robot import ProxyMode, Robot, TrustSource
from dingcomposer.dingtalk.checkup.certificate import Certificate, read_certificate
from dingcomposer.dingtalk.checkup.dialer import Cancelled, Dialer, read_proxy, unverified
from dingcomposer.dingtalk.errors import Unreachable
from dingcomposer.dingtalk.network import (
    Network,
    proxy_for,
    read_environment,
    ssl_context,
)

STEPS = (
    CheckupStep.PROXY,
    CheckupStep.NAME,
    CheckupStep.CONNECTION,
    CheckupStep.TRUST,
    CheckupStep.TLS,
    CheckupStep.CLOCK,
)
# Our own: a clock within this is right, a certificate that ends within this is worth a word.
_CLOCK_RIGHT_S = 120
_ENDS_SOON = timedelta(days=14)
# Of a host's addresses, tried in the system's order as the sender does.
_ADDRESSES = 6
_OF_CERTIFICATE = frozenset(
    (Fault.TLS_EXPIRED, Fault.TLS_WRONG_HOST, Fault.TLS_UNTRUSTED, Fault.TLS_CERTIFICATE)
)

Dial = Callable[[], Any]


class _Barred(Exception):
    """A step came to nothing, and what stands on it cannot be looked at."""

    def __init__(self, step: CheckupStep) -> None:
        super().__init__(step.value)
        self.step = step


class Checkup:
    """One check-up of the way to a robot. `run` in a thread of its own; `cancel` from any.

    `found` is called in that thread with each line, first as RUNNING, then as it came out; after
    `cancel` with none. Its time-outs are the robot's.
    """

    def __init__(
        self,
        robot: Robot,
        network: Network,
        *,
        found: Callable[[StepFinding], None],
        clock_ms: Callable[[], int],
        monotonic_s: Callable[[], float] = time.monotonic,
        environ: Mapping[str, str] = os.environ,
    ) -> None:
        self._robot = robot
        self._network = network
        self._found = found
        self._clock_ms = clock_ms
        self._monotonic_s = monotonic_s
        self._environ = environ
        self._route = Dialer(robot.connect_timeout_s, robot.read_timeout_s, monotonic_s)
        self._told: set[CheckupStep] = set()

    def run(self, proxy_password: str = "") -> None:
        """Looks at everything, line after line. Once for each object."""
        if proxy_password:
            self._network = replace(self._network, proxy_password=proxy_password)
        try:
            self._look()
        except Cancelled:
            return
        except _Barred as barred:
            for step in STEPS:
                if step not in self._told:
                    self._found(not_reached(step, barred.step))
        finally:
            self._route.close()

    def cancel(self) -> None:
        """Ends `run` wherever it is; nothing more is found."""
        self._route.cancel()

    def _look(self) -> None:
        host, port, is_tls = self._target()
        proxy_url = proxy_for(self._network, host)
        if proxy_url:
            line, dial = self._through_proxy(proxy_url, host, port)
        else:
            line, dial = self._directly(host, port)
        if is_tls:
            line = self._secure(line, host, dial)
        else:
            self._report(CheckupStep.TRUST, StepResult.TICK, FindingCode.NOT_NEEDED)
            self._report(CheckupStep.TLS, StepResult.TICK, FindingCode.NOT_NEEDED)
        self._compare_clocks(line, host, is_estimate=False)

    def _target(self) -> tuple[str, int, bool]:
        """Host, port, and whether it is to be https."""
        if any(one.field == "robot.endpoint" for one in check_robot(self._robot, ())):
            raise _Barred(CheckupStep.WEBHOOK)
        target = read_authority(self._robot.endpoint)
        return target.host, target.port_or_default, target.scheme == "https"

    # The way to the host

    def _directly(self, host: str, port: int) -> tuple[Any, Dial]:
        code = FindingCode.PROXY_NONE
        if is_loopback(host):
            code = FindingCode.PROXY_HERE
        elif self._network.way is ProxyMode.DIRECT:
            code = FindingCode.PROXY_DIRECT
        elif read_environment(self._environ).proxies and self._network.way is ProxyMode.SYSTEM:
            code = FindingCode.PROXY_EXCEPTED
        self._report(CheckupStep.PROXY, StepResult.TICK, code, self._proxies_around())
        addresses = self._look_up(host)
        return self._connect(addresses, port)

    def _look_up(self, host: str) -> tuple[str, ...]:
        if _is_address(host):
            self._report(CheckupStep.NAME, StepResult.TICK, FindingCode.NAME_IS_ADDRESS)
            return (host,)
        self._start(CheckupStep.NAME)
        try:
            addresses = self._route.look_up(host)
        except Unreachable as error:
            fault = error.fault
        else:
            six = tuple(one for one in addresses if ":" in one)
            four = tuple(one for one in addresses if ":" not in one)
            lists = {"ipv4": ", ".join(four), "ipv6": ", ".join(six)}
            self._report(CheckupStep.NAME, StepResult.TICK, FindingCode.NAME_FOUND, lists)
            return addresses
        if fault is Fault.CONNECT_TIMEOUT:
            seconds = round(self._robot.connect_timeout_s)
            self._bar(CheckupStep.NAME, FindingCode.NAME_SLOW, {"host": host, "seconds": seconds})
        self._bar(CheckupStep.NAME, fault, {"host": host})

    def _connect(self, addresses: tuple[str, ...], port: int) -> tuple[Any, Dial]:
        """A connection to the first address that takes one, as the sender makes it."""
        self._start(CheckupStep.CONNECTION)
        failed: list[tuple[str, Fault]] = []
        for address in addresses[:_ADDRESSES]:
            started_s = self._monotonic_s()
            try:
                line = self._route.connect(address, port)
            except Unreachable as error:
                failed.append((address, error.fault))
                continue
            self._report_connected(address, failed, self._since_ms(started_s))
            return line, partial(self._route.connect, address, port)
        address, fault = failed[0]
        self._bar(CheckupStep.CONNECTION, fault, {"address": address, "port": str(port)})

    def _report_connected(
        self, address: str, failed: list[tuple[str, Fault]], duration_ms: int
    ) -> None:
        # Without any IPv6 here an IPv6 address fails at once, on most machines: that is no news.
        slow = [one for one, fault in failed if fault is not Fault.NO_ROUTE]
        where: dict[str, str | int] = {"address": address, "duration_ms": duration_ms}
        if slow:
            code = FindingCode.CONNECTED_PARTLY
            self._report(
                CheckupStep.CONNECTION, StepResult.WARN, code, {**where, "failed": slow[0]}
            )
        elif ":" in address and self._robot.addresses:
            self._report(
                CheckupStep.CONNECTION, StepResult.WARN, FindingCode.CONNECTED_BY_IPV6, where
            )
        else:
            self._report(CheckupStep.CONNECTION, StepResult.TICK, FindingCode.CONNECTED, where)

    def _through_proxy(self, url: str, host: str, port: int) -> tuple[Any, Dial]:
        seen = {"proxy": shown(url if "://" in url else f"http://{url}"), **self._proxies_around()}
        self._start(CheckupStep.PROXY)
        started_s = self._monotonic_s()
        dial = partial(self._dial_proxy, url, host, port)
        try:
            line = dial()
        except Unreachable as error:
            fault = error.fault
        else:
            is_own = self._network.way is ProxyMode.PROXY
            code = FindingCode.PROXY_OWN if is_own else FindingCode.PROXY_SYSTEM
            self._report(CheckupStep.PROXY, StepResult.TICK, code, seen)
            self._report(CheckupStep.NAME, StepResult.SKIPPED, FindingCode.NAME_BY_PROXY)
            duration_ms = self._since_ms(started_s)
            code = FindingCode.TUNNELLED
            self._report(
                CheckupStep.CONNECTION, StepResult.TICK, code, {"duration_ms": duration_ms}
            )
            return line, dial
        self._bar(CheckupStep.PROXY, fault, seen)

    def _dial_proxy(self, url: str, host: str, port: int) -> Any:
        """A connection to the host through the proxy; Unreachable blames the proxy alone."""
        proxy = read_proxy(url)
        fault = Fault.PROXY_UNREACHABLE
        try:
            is_known = _is_address(proxy.host)
            address = proxy.host if is_known else self._route.look_up(proxy.host)[0]
            line: Any = self._route.connect(address, proxy.port)
            if proxy.is_tls:
                context = ssl_context(self._network, self._environ)
                line = self._route.secure(line, proxy.host, context)
            fault = Fault.PROXY_REFUSED
            self._route.open_proxy(line, proxy, host, port)
        except Unreachable as error:
            if error.fault is Fault.PROXY_WANTS_PASSWORD:
                fault = error.fault
        except OSError:
            fault = Fault.CA_FILE_UNUSABLE
        else:
            return line
        raise Unreachable(fault)

    def _proxies_around(self) -> dict[str, str]:
        """What the environment says of proxies, without users and passwords."""
        around = read_environment(self._environ)
        proxies = ", ".join(f"{scheme}: {url}" for scheme, url in around.proxies)
        return {"environment": proxies, "exceptions": around.exceptions}

    # TLS

    def _secure(self, line: Any, host: str, dial: Dial) -> Any:
        context = self._trust()
        self._start(CheckupStep.TLS)
        try:
            tls = self._route.secure(line, host, context)
        except Unreachable as error:
            fault = error.fault
        else:
            self._report_good(tls)
            return tls
        seen, certificate = self._look_closer(fault, host, dial)
        code = self._code_of(fault, certificate)
        self._report(
            CheckupStep.TLS, StepResult.CROSS, code, {"host": host, **_params(certificate)}
        )
        if seen is not None and code in (Fault.TLS_EXPIRED, FindingCode.TLS_NOT_YET):
            # A wrong clock here makes every certificate look like that.
            self._compare_clocks(seen, host, is_estimate=True)
        raise _Barred(CheckupStep.TLS)

    def _trust(self) -> Any:
        """The context that the sender would use, and the line about whom it trusts."""
        around = read_environment(self._environ)
        trust = self._network.trust
        names: dict[str, str] = {}
        if trust is TrustSource.ENVIRONMENT and around.ca_variable:
            code = FindingCode.TRUST_ENVIRONMENT
            names = {"variable": around.ca_variable, "file": around.ca_file}
        else:
            code = {
                TrustSource.FILE: FindingCode.TRUST_FILE,
                TrustSource.BUNDLED: FindingCode.TRUST_BUNDLED,
            }.get(trust, FindingCode.TRUST_SYSTEM)
            if trust is TrustSource.FILE:
                names["file"] = self._network.ca_file
            if around.ca_variable:
                names |= {"variable": around.ca_variable, "environment_file": around.ca_file}
        try:
            context = ssl_context(self._network, self._environ)
        except OSError:
            context = None
        if context is None:
            self._bar(CheckupStep.TRUST, Fault.CA_FILE_UNUSABLE, names)
        self._report(CheckupStep.TRUST, StepResult.TICK, code, names)
        return context

    def _report_good(self, tls: Any) -> None:
        certificate = read_certificate(tls.getpeercert(binary_form=True) or b"")
        params = {**_params(certificate), "version": str(tls.version() or "")}
        left = certificate.ends_at - self._now() if certificate else _ENDS_SOON
        if left < _ENDS_SOON:
            code = FindingCode.TLS_ENDS_SOON
            self._report(CheckupStep.TLS, StepResult.WARN, code, {**params, "days": left.days})
        else:
            self._report(CheckupStep.TLS, StepResult.TICK, FindingCode.TLS_GOOD, params)

    def _look_closer(self, fault: Fault, host: str, dial: Dial) -> tuple[Any, Certificate | None]:
        """The certificate that was not accepted, over a connection on which nothing is said."""
        if fault not in _OF_CERTIFICATE:
            return None, None
        try:
            tls = self._route.secure(dial(), host, unverified())
        except Unreachable:
            return None, None
        return tls, read_certificate(tls.getpeercert(binary_form=True) or b"")

    def _code_of(self, fault: Fault, certificate: Certificate | None) -> Code:
        if certificate is None or fault is Fault.TLS_WRONG_HOST:
            return fault
        if fault in (Fault.TLS_EXPIRED, Fault.TLS_CERTIFICATE):
            if certificate.begins_at > self._now():
                return FindingCode.TLS_NOT_YET
            return Fault.TLS_EXPIRED if certificate.ends_at < self._now() else fault
        return FindingCode.TLS_SELF_SIGNED if certificate.is_self_signed else fault

    # The clock

    def _compare_clocks(self, line: Any, host: str, *, is_estimate: bool) -> None:
        self._start(CheckupStep.CLOCK)
        asked_ms = self._clock_ms()
        try:
            server_at = self._route.ask_date(line, host)
        except Unreachable:
            self._report(CheckupStep.CLOCK, StepResult.WARN, FindingCode.CLOCK_NO_ANSWER)
            return
        if server_at is None:
            self._report(CheckupStep.CLOCK, StepResult.WARN, FindingCode.CLOCK_NO_DATE)
            return
        here_ms = (asked_ms + self._clock_ms()) / 2
        off_s = round((here_ms - server_at.timestamp() * 1000 - 500) / 1000)  # Date has no parts
        apart = {"seconds": abs(off_s), "direction": "ahead" if off_s > 0 else "behind"}
        verdict, code = self._check_clock(abs(off_s))
        self._report(CheckupStep.CLOCK, verdict, code, apart, is_estimate=is_estimate)

    def _check_clock(self, off_s: int) -> tuple[StepResult, FindingCode]:
        if off_s <= _CLOCK_RIGHT_S:
            return StepResult.TICK, FindingCode.CLOCK_RIGHT
        if off_s * 1000 <= CLOCK_MS:
            return StepResult.WARN, FindingCode.CLOCK_OFF
        if self._robot.expects_signature or self._robot.has_secret:
            return StepResult.CROSS, FindingCode.CLOCK_WRONG
        return StepResult.WARN, FindingCode.CLOCK_WRONG_UNSIGNED

    def _now(self) -> datetime:
        return datetime.fromtimestamp(self._clock_ms() / 1000, UTC)

    def _since_ms(self, started_s: float) -> int:
        return max(round((self._monotonic_s() - started_s) * 1000), 1)

    # Telling

    def _start(self, step: CheckupStep) -> None:
        self._route.go_on()
        self._found(finding(step, StepResult.RUNNING, FindingCode.RUNNING))

    def _report(
        self,
        step: CheckupStep,
        verdict: StepResult,
        code: Code,
        params: Mapping[str, str | int] | None = None,
        *,
        is_estimate: bool = False,
    ) -> None:
        self._route.go_on()
        self._told.add(step)
        self._found(finding(step, verdict, code, params, is_estimate=is_estimate))

    def _bar(self, step: CheckupStep, code: Code, params: Mapping[str, str | int]) -> NoReturn:
        """Tell a fault on which everything after it founders."""
        self._report(step, StepResult.CROSS, code, params)
        raise _Barred(step)


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return False
    return True


def _params(certificate: Certificate | None) -> dict[str, str]:
    if certificate is None:
        return {}
    return {
        "issuer": certificate.issuer,
        "subject": certificate.subject,
        "names": ", ".join(certificate.names),
        "begins": certificate.begins_at.date().isoformat(),
        "ends": certificate.ends_at.date().isoformat(),
    }

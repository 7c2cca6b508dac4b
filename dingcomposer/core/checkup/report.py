"""What a check-up found: one line for each step, as codes and figures; `ui.texts` speaks.

No finding ever holds a token, a secret or a password, so every one of them may be shown and copied.
"""

from collections.abc import Mapping
from enum import StrEnum

from dingcomposer.core.answers import Cause
from dingcomposer.core.checks.problems import ProblemCode
from dingcomposer.core.delivery import Fault
from dingcomposer.core.records import dataclass


class CheckupStep(StrEnum):
    """What is looked at, in the order in which it is: each stands on those before it."""

    WEBHOOK = "webhook"
    TOKEN = "token"  # noqa: S105 - a name, not a token
    SECRET = "secret"  # noqa: S105
    KEYWORD = "keyword"
    PROXY = "proxy"
    NAME = "name"
    CONNECTION = "connection"
    TRUST = "trust"
    TLS = "tls"
    CLOCK = "clock"
    PROBE = "probe"  # only when asked for


ABOUT_THE_MESSAGE = frozenset({CheckupStep.KEYWORD})
"""The steps that look at the message being written; the others look at the robot."""


class StepResult(StrEnum):
    """How a step came out. WAITING and RUNNING are not the end of it."""

    WAITING = "waiting"
    RUNNING = "running"
    TICK = "tick"
    WARN = "warn"
    CROSS = "cross"
    SKIPPED = "skipped"


class FindingCode(StrEnum):
    """What was found. Where params stand behind a code, a sentence can use them.

    Whatever else can be found has a code already: a ProblemCode for what was entered, a Fault for
    what barred the way, a Cause for what DingTalk answered.
    """

    WAITING = "waiting"
    RUNNING = "running"
    NOT_REACHED = "not_reached"  # step (the one that barred the way)
    BROKE_OFF = "broke_off"

    WEBHOOK_DINGTALK = "webhook_dingtalk"  # host
    WEBHOOK_OTHER = "webhook_other"  # host; a dedicated deployment, or a slip
    WEBHOOK_HERE = "webhook_here"  # host; this computer

    SECRETS_UNREADABLE = "secrets_unreadable"  # reason (a SecretsReason)
    TOKEN_USUAL = "token_usual"  # noqa: S105 - length
    SECRET_USUAL = "secret_usual"  # noqa: S105
    SECRET_NONE = "secret_none"  # noqa: S105

    KEYWORD_THERE = "keyword_there"  # keyword
    KEYWORDS_NONE = "keywords_none"
    NO_MESSAGE = "no_message"

    # Each with environment (the proxies that it names, without users) and exceptions; "" for none.
    PROXY_HERE = "proxy_here"
    PROXY_NONE = "proxy_none"
    PROXY_EXCEPTED = "proxy_excepted"
    PROXY_DIRECT = "proxy_direct"
    PROXY_SYSTEM = "proxy_system"  # proxy
    PROXY_OWN = "proxy_own"  # proxy

    NAME_FOUND = "name_found"  # ipv4, ipv6: lists, "" for none
    NAME_IS_ADDRESS = "name_is_address"
    NAME_BY_PROXY = "name_by_proxy"
    NAME_SLOW = "name_slow"  # seconds

    CONNECTED = "connected"  # address, duration_ms
    CONNECTED_PARTLY = "connected_partly"  # address, duration_ms, failed (address)
    CONNECTED_BY_IPV6 = "connected_by_ipv6"  # address, duration_ms
    TUNNELLED = "tunnelled"  # duration_ms

    # Each with variable and environment_file where the environment names a file that is not obeyed.
    TRUST_SYSTEM = "trust_system"
    TRUST_BUNDLED = "trust_bundled"
    TRUST_FILE = "trust_file"  # file
    TRUST_ENVIRONMENT = "trust_environment"  # variable, file

    NOT_NEEDED = "not_needed"  # no TLS on this machine
    # Each with issuer, subject, names, begins, ends (ISO dates); "" where nothing could be seen.
    TLS_GOOD = "tls_good"  # version
    TLS_ENDS_SOON = "tls_ends_soon"  # version, days
    TLS_SELF_SIGNED = "tls_self_signed"
    TLS_NOT_YET = "tls_not_yet"

    # Each with seconds (how far apart) and direction ("ahead", "behind": this computer's clock).
    CLOCK_RIGHT = "clock_right"
    CLOCK_OFF = "clock_off"  # within the hour
    CLOCK_WRONG = "clock_wrong"  # beyond it: every signature is refused
    CLOCK_WRONG_UNSIGNED = "clock_wrong_unsigned"
    CLOCK_NO_DATE = "clock_no_date"  # no params
    CLOCK_NO_ANSWER = "clock_no_answer"  # no params

    # Each with errcode and errmsg, in DingTalk's own words.
    NOT_ASKED = "not_asked"  # no params
    PROBE_TOKEN_KNOWN = "probe_token_known"  # noqa: S105
    PROBE_UNCLEAR = "probe_unclear"
    PROBE_TAKEN = "probe_taken"


Code = FindingCode | ProblemCode | Fault | Cause


@dataclass(frozen=True, slots=True)
class StepFinding:
    """One line. `is_estimate`: what it means is inferred, not documented."""

    step: CheckupStep
    verdict: StepResult
    code: Code
    params: tuple[tuple[str, str | int], ...] = ()
    is_estimate: bool = False

    def param(self, name: str) -> str | int:
        """A param's value; "" where there is none of that name."""
        return dict(self.params).get(name, "")


def finding(
    step: CheckupStep,
    verdict: StepResult,
    code: Code,
    params: Mapping[str, str | int] | None = None,
    *,
    is_estimate: bool = False,
) -> StepFinding:
    """A finding with its params by name."""
    return StepFinding(step, verdict, code, tuple((params or {}).items()), is_estimate)


def waiting(step: CheckupStep) -> StepFinding:
    """The line of a step whose turn has not come."""
    if step is CheckupStep.PROBE:
        return finding(step, StepResult.SKIPPED, FindingCode.NOT_ASKED)
    return finding(step, StepResult.WAITING, FindingCode.WAITING)


def not_reached(step: CheckupStep, barred_by: CheckupStep) -> StepFinding:
    """The line of a step that could not be looked at, for the fault of another."""
    return finding(step, StepResult.SKIPPED, FindingCode.NOT_REACHED, {"step": barred_by.value})

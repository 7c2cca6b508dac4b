"""What the sandbox by itself prints: text for people, or one line of JSON for each request."""

import json
import sys
from typing import Protocol

from dingcomposer.core.messages import headline_of
from dingcomposer.core.payload import to_payload
from dingcomposer.core.plain_text import printable, printable_json
from dingcomposer.core.robot import Credentials
from dingcomposer.sandbox.command_line import SandboxOptions
from dingcomposer.sandbox.diagnosis import Diagnosis, Weight
from dingcomposer.sandbox.diagnosis.sentences import to_sentence
from dingcomposer.sandbox.faults import FaultPlan
from dingcomposer.sandbox.server import Exchange, SandboxServer

_SHOWN_CHARACTERS = 2_000
_SIGNS = {Weight.WRONG: "!", Weight.NOT_KNOWN: "?", Weight.NOTE: "·"}
_EXHAUSTED = (
    "This computer has no file handle left for another connection; callers wait until one is free."
)


class Output(Protocol):
    """Where the sandbox by itself reports to. `show_exchange` may be called from any thread."""

    def show_start(self, server: SandboxServer) -> None:
        """It listens: where, and what it enforces."""

    def show_exchange(self, exchange: Exchange) -> None:
        """A request and its answer."""

    def show_exhausted(self) -> None:
        """No handle is left for a connection."""

    def show_failure(self, sentence: str) -> None:
        """It could not be started."""

    def show_end(self, server: SandboxServer) -> None:
        """It was ended by hand."""


class TextOutput:
    """For people."""

    def __init__(self, options: SandboxOptions) -> None:
        self._options = options

    def show_start(self, server: SandboxServer) -> None:
        """The webhook, where its token comes from, and each rule."""
        if self._options.token_env:
            origin = f"The token is what {self._options.token_env} holds."
        else:
            origin = "The token was made for this run only; it opens nothing else."
        lines = [f"Webhook: {_webhook(server, self._options)}", f"{origin} Ctrl+C stops."]
        lines += [f"  {line}" for line in _rules_in_words(self._options)]
        if self._options.is_open:
            lines.append(_warning(self._options))
        _say("\n".join(lines))

    def show_exchange(self, exchange: Exchange) -> None:
        """The request, its answer, and what was wrong with it."""
        hide = _Hider(self._options.credentials)
        body = hide(exchange.body.decode("utf-8", "replace"))
        if len(body) > _SHOWN_CHARACTERS:
            body = f"{body[:_SHOWN_CHARACTERS]}… ({exchange.body_bytes} bytes)"
        lines = [_request_line(exchange), *body.splitlines(), f"-> {_answer(exchange)}"]
        lines += [f"{_SIGNS[one.weight]}  {hide(to_sentence(one))}" for one in exchange.diagnoses]
        _say("\n   ".join(printable(line) for line in lines))

    def show_exhausted(self) -> None:
        """In a sentence."""
        _say(_EXHAUSTED)

    def show_failure(self, sentence: str) -> None:
        """In a sentence."""
        _say(sentence)

    def show_end(self, server: SandboxServer) -> None:
        """All that arrived, where that was asked for."""
        if self._options.is_listing:
            for line in _list_of(server, _Hider(self._options.credentials)):
                _say(printable(line))
        _say("Stopped.")


class JsonOutput:
    """For programs: one object a line, whose `event` says what it is about."""

    def __init__(self, options: SandboxOptions) -> None:
        self._options = options

    def show_start(self, server: SandboxServer) -> None:
        """`{"event": "listening", "webhook": …, "enforces": {…}, "warning"?: …}`"""
        line: dict[str, object] = {
            "event": "listening",
            "webhook": _webhook(server, self._options),
            "enforces": {
                "signature": self._options.is_signed,
                "keywords": self._options.keywords,
                "addresses": self._options.addresses,
                "pace_per_minute": self._options.pace_per_minute,
                "faults": [_plan_in_words(plan) for plan in self._options.faults],
            },
        }
        if self._options.is_open:
            line["warning"] = _warning(self._options)
        _say_json(line)

    def show_exchange(self, exchange: Exchange) -> None:
        """`{"event": "request", "number": 1, …, "diagnosis": [{"code", "weight", "says", …}]}`"""
        _say_json({"event": "request", **_fields(exchange, self._options)})

    def show_exhausted(self) -> None:
        """`{"event": "exhausted", "says": …}`"""
        _say_json({"event": "exhausted", "says": _EXHAUSTED})

    def show_failure(self, sentence: str) -> None:
        """`{"event": "failed", "says": …}`"""
        _say_json({"event": "failed", "says": sentence})

    def show_end(self, server: SandboxServer) -> None:
        """`{"event": "stopped", "arrived"?: [{"number", "taken", …}]}`"""
        line: dict[str, object] = {"event": "stopped"}
        if self._options.is_listing:
            hide = _Hider(self._options.credentials)
            line["arrived"] = [
                {
                    "number": one.number,
                    "in_group": one.is_taken,
                    "errcode": one.errcode,
                    "headline": hide(_headline(one)),
                    "msgUuid": hide(one.msg_uuid),
                }
                for one in server.exchanges()
            ]
        _say_json(line)


class _Hider:
    """Puts "…" in the place of the run's token and secret."""

    def __init__(self, credentials: Credentials) -> None:
        self._secrets = (credentials.access_token, credentials.secret or "")

    def __call__(self, text: str) -> str:
        for value in self._secrets:
            text = text.replace(value, "…") if value else text
        return text


def _webhook(server: SandboxServer, options: SandboxOptions) -> str:
    token = f"${options.token_env}" if options.token_env else server.access_token
    return f"{server.url}?access_token={token}"


def _warning(options: SandboxOptions) -> str:
    return (
        f"Warning: it listens on {options.host}, so other computers may call it, too, over plain"
        " http. Use no real token, secret or message here."
    )


def _rules_in_words(options: SandboxOptions) -> list[str]:
    lines = [
        f"Requests must be signed, with the secret in {options.secret_env}."
        if options.is_signed
        else "No signature is asked for."
    ]
    if options.keywords:
        lines.append(f"A message must hold one of these keywords: {', '.join(options.keywords)}.")
    else:
        lines.append("No keyword is asked for.")
    if options.addresses:
        lines.append(f"Only these addresses may call: {', '.join(options.addresses)}.")
    if options.pace_per_minute is None:
        lines.append("Any number of messages a minute is taken.")
    else:
        limit = options.pace_per_minute
        lines.append(f"{limit} messages a minute are taken; one more starts ten minutes of rest.")
    lines += [f"Goes wrong on purpose: {_plan_in_words(plan)}." for plan in options.faults]
    return lines


def _plan_in_words(plan: FaultPlan) -> str:
    if plan.probability < 1.0:
        return f"{plan.kind}, in {plan.probability:.0%} of the requests"
    if plan.times is None:
        return f"{plan.kind}, always"
    return f"{plan.kind}, once" if plan.times == 1 else f"{plan.kind}, {plan.times} times"


def _request_line(exchange: Exchange) -> str:
    query = f"?{exchange.query}" if exchange.query else ""
    at = f"{exchange.at.astimezone():%H:%M:%S}"
    return f"#{exchange.number} {at} {exchange.method} {exchange.path}{query}"


def _answer(exchange: Exchange) -> str:
    words = f"{exchange.errcode} {exchange.errmsg}" if exchange.errcode is not None else ""
    if exchange.fault is not None:
        words = f"{words} (fault: {exchange.fault})".strip()
    if exchange.is_taken:
        words += ", the message is in the group"
    elif exchange.is_repeat:
        words += ", this msgUuid is in the group already"
    elif exchange.fault is not None:
        words += ", the message is not in the group"
    return words or "no answer"


def _list_of(server: SandboxServer, hide: _Hider) -> list[str]:
    """What stands in the group, line by line, and what does not."""
    exchanges = server.exchanges()
    taken = [one for one in exchanges if one.is_taken]
    total = exchanges[-1].number if exchanges else 0
    lines = [f"In the group: {len(taken)} of {len(exchanges)} requests."]
    if total > len(exchanges):
        lines[0] += f" {total} came in; the oldest are forgotten."
    lines += [f"  #{one.number} {hide(_title(one))}" for one in taken]
    rest = [one for one in exchanges if not one.is_taken]
    if rest:
        lines.append("Not added to it:")
        lines += [f"  #{one.number} {hide(_answer(one))}" for one in rest]
    return lines


def _headline(exchange: Exchange) -> str:
    return "" if exchange.message is None else headline_of(exchange.message)[:_SHOWN_CHARACTERS]


def _title(exchange: Exchange) -> str:
    """The headline, or what has none."""
    headline = _headline(exchange)
    if headline or exchange.message is None:
        return headline
    return f"({to_payload(exchange.message)['msgtype']} without a title)"


def _fields(exchange: Exchange, options: SandboxOptions) -> dict[str, object]:
    hide = _Hider(options.credentials)
    return {
        "number": exchange.number,
        "at": exchange.at.isoformat(timespec="milliseconds"),
        "method": exchange.method,
        "path": hide(exchange.path),
        "query": hide(exchange.query),
        "headers": {name: hide(value) for name, value in exchange.headers},
        "body": hide(exchange.body.decode("utf-8", "replace")),
        "body_bytes": exchange.body_bytes,
        "http_status": exchange.http_status,
        "errcode": exchange.errcode,
        "errmsg": exchange.errmsg,
        "cause": exchange.cause,
        "fault": exchange.fault,
        "in_group": exchange.is_taken,
        "is_repeat": exchange.is_repeat,
        "msgUuid": hide(exchange.msg_uuid),
        "diagnosis": [_diagnosis_fields(one, hide) for one in exchange.diagnoses],
    }


def _diagnosis_fields(one: Diagnosis, hide: _Hider) -> dict[str, object]:
    params = {name: hide(value) if isinstance(value, str) else value for name, value in one.params}
    says = hide(to_sentence(one))
    return {"code": one.code, "weight": one.weight, "says": says, "params": params}


def _say_json(line: dict[str, object]) -> None:
    _say(printable_json(json.dumps(line, ensure_ascii=False)))


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()

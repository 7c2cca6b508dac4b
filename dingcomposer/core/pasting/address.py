"""A webhook as it was pasted, set right where there is one way, and taken apart.

Web pages turn `&timestamp` into `×tamp`, shells want `\\&`, chats write `＆` and break the line in
the middle. What can be meant in one way only is set right; what a token cannot be is never taken.
"""

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote

from dingcomposer.core.limits import TOKEN_HEX_DIGITS

ROBOT_PATH: Final = "/robot/send"


@dataclass(frozen=True, slots=True, repr=False)
class PastedAddress:
    """The address without its query, the query's parameters, and whether anything was set right."""

    endpoint: str
    parameters: tuple[tuple[str, str], ...]
    has_fragment: bool
    is_mended: bool

    @property
    def is_robots(self) -> bool:
        """True for what can only be a robot's webhook."""
        path = self.endpoint.partition("://")[2].partition("/")[2].rstrip("/")
        return f"/{path}".endswith(ROBOT_PATH) or any(
            is_token_name(name) for name, _ in self.parameters
        )


def is_token_name(name: str) -> bool:
    """True for the parameter that holds the token, in whatever letter case."""
    return re.sub(r"[_-]", "", name).lower() == "accesstoken"


def take_apart(address: str) -> PastedAddress:
    """The parts of an address, as it stands in a text. Checks neither host nor token."""
    address = _undressed(address)
    mended = _AMPERSAND.sub("&", address)
    plain = _FULL_WIDTH_SCHEME.sub("://", mended)
    start = _tail_of(plain)
    head, tail = plain[:start], plain[start:]
    tail = _ESCAPED.sub(r"\1", _JSON_ESCAPED.sub(_unescaped, tail))
    tail = _TIMES.sub("&timestamp", tail.translate(_FULL_WIDTH))
    if "?" not in tail and _ENCODED_MARK.search(tail):
        tail = unquote(tail)
    tail = _MARK_MISSING.sub(r"\1?\2", tail, count=1)
    path, _, query = tail.partition("?")
    query, _, fragment = query.replace("?", "&").partition("#")
    path, _, path_fragment = path.partition("#")
    parameters = []
    for parameter in filter(None, query.split("&")):
        name, _, value = parameter.partition("=")
        parameters.append((unquote(name).strip(), unquote(value).strip()))
    is_mended = f"{head}{tail}" != mended or "?" in tail.partition("?")[2]
    return PastedAddress(
        f"{head}{path}", tuple(parameters), bool(fragment or path_fragment), is_mended
    )


def commands_out(address: str) -> tuple[str, tuple[str, ...]]:
    """The address with a variable in the place of each `$(…)` and `` `…` ``, and those commands."""
    commands: list[str] = []

    def variable(found: re.Match[str]) -> str:
        commands.append(found[0])
        return "$0"

    return _COMMAND_INSIDE.sub(variable, address), tuple(commands)


def mend_breaks(text: str) -> str:
    """The text with each webhook and secret in one piece that a line end or a space had broken.

    Only where all of it, up to the last of the 64 digits, is there.
    """
    text = _BROKEN_SECRET.sub(_without_space, text)
    if "access" not in text and "dingtalk" not in text:
        return text
    return _GAP_IN_QUERY.sub(r"\g<token>", _BROKEN.sub(_without_space, text))


def mend_token(text: str) -> str | None:
    """The one token that was meant; None where there are several ways, or none."""
    text = unquote(text).strip().lstrip("=")
    while prefix := _TOKEN_PREFIX.match(text):
        text = text[prefix.end() :]
    parts = {part for part in _BETWEEN.split(text.strip(_QUOTES)) if part}
    if len(parts) == 1:
        text = parts.pop().strip(_QUOTES)
    usual = _USUAL_THEN_JUNK.match(text)
    if usual:
        return usual[1]
    return None if is_damaged_token(text) else text


def is_dressed_token(text: str) -> bool:
    """True for a token of the usual looks in quotes or brackets, as after `access_token={…}`."""
    return bool(_USUAL.fullmatch(text.strip(_QUOTES)))


def mend_dress(text: str) -> str:
    """The text with each webhook's token taken out of quotes and brackets that do not belong."""
    return _DRESSED.sub(r"\1\2", text)


def is_damaged_token(text: str) -> bool:
    """True for what no token can be: signs of an address, quotes, another alphabet, two in one."""
    return bool(_NO_TOKEN.search(text)) or (
        len(text)
        in (
            2 * TOKEN_HEX_DIGITS,
            2 * TOKEN_HEX_DIGITS + 1,
        )
        and text[:TOKEN_HEX_DIGITS] == text[-TOKEN_HEX_DIGITS:]
    )


def is_placeholder(text: str) -> bool:
    """True for a variable, or for words that stand where a secret or a token was meant."""
    text = text.strip("\"'`“”‘’ \t")
    return not text or bool(_VARIABLE.fullmatch(text) or _STAND_IN.fullmatch(text))


# Commands within such a command, two levels deep, as in `$(echo $(date +%s))`.
_COMMAND_INSIDE: Final = re.compile(r"\$\((?:[^()]++|\((?:[^()]++|\([^()]*+\))*+\))*+\)|`[^`]++`")
_DRESSING: Final = "\\.,;:!|^`'\""
_BRACKETS: Final = {")": "(", "}": "{", "]": "[", ">": "<"}
_AMPERSAND: Final = re.compile(r"&(?:amp;|#0*38;|#x0*26;)+", re.IGNORECASE)
_FULL_WIDTH_SCHEME: Final = re.compile(r"[:：][/／]{2}")
_FULL_WIDTH: Final = str.maketrans("＆？＝／％", "&?=/%")
_ESCAPED: Final = re.compile(r"\\+([?&=/#×])")
_JSON_ESCAPED: Final = re.compile(r"\\u00(26|3[dDfF])|\\x(26|3[dDfF])")
_TIMES: Final = re.compile(r"(?:×|&times;|%C3%97)tamp(?==)", re.IGNORECASE)
_ENCODED_MARK: Final = re.compile(r"%3Faccess_?token%3D", re.IGNORECASE)
_MARK_MISSING: Final = re.compile(r"^([^?]*/robot/send)/?[&/](access_?token=)", re.IGNORECASE)


def _undressed(address: str) -> str:
    """The address without what the text around it left at its end."""
    while address:
        last = address[-1]
        opening = _BRACKETS.get(last)
        is_alone = opening is not None and address.count(last) > address.count(opening)
        if not (is_alone or last in _DRESSING or last.isspace()):
            break
        address = address[:-1]
    return address


def _unescaped(found: re.Match[str]) -> str:
    return chr(int(found[1] or found[2], 16))


def _tail_of(address: str) -> int:
    """Where the host ends: a backslash there stays, to be refused."""
    end = re.compile(r"[/?#＆？／]").search(address, address.find("://") + 3)
    return end.start() if end else len(address)


_SPACE: Final = re.compile(r"\s+")
_GAP: Final = r"\s{0,20}"


def _spaced(word: str) -> str:
    return _GAP.join(map(re.escape, word))


def _without_space(found: re.Match[str]) -> str:
    return _SPACE.sub("", found[0])


_GAP_IN_QUERY: Final = re.compile(
    rf"(?<=access_token=)(?P<token>[0-9a-f]{{{TOKEN_HEX_DIGITS}}})\\?\s{{1,20}}(?=&\w+=)"
)
_BROKEN_SECRET: Final = re.compile(
    rf"(?<![0-9A-Za-z])SEC(?:{_GAP}[0-9a-f]){{{TOKEN_HEX_DIGITS}}}(?![0-9A-Za-z])"
)
_BROKEN: Final = re.compile(
    rf"{_spaced('https://')}{_GAP}(?:{_spaced('oapi.dingtalk.com')}|[\w.-]+(?::\d+)?)"
    rf"{_GAP}{_spaced('/robot/send')}{_GAP}\?{_GAP}{_spaced('access_token=')}"
    rf"(?:{_GAP}[0-9a-f]){{{TOKEN_HEX_DIGITS}}}(?![0-9A-Za-z])"
)
_TOKEN_PREFIX: Final = re.compile(r"[\"'\s]*access_?token\s*[=:：]\s*", re.IGNORECASE)
_BETWEEN: Final = re.compile(r"[,;，；、|\s]+")
_QUOTES: Final = "\"'`“”‘’「」『』《》<>()（）【】[]{} \t\u3000\u00a0"
_USUAL_THEN_JUNK: Final = re.compile(
    rf"([0-9a-f]{{{TOKEN_HEX_DIGITS}}})(?:(?:[?&<|/\\#\"']|[^\x00-\x7f]).*|[,;，；。、)}}\]>]*)$",
    re.DOTALL,
)
_USUAL: Final = re.compile(rf"[0-9a-f]{{{TOKEN_HEX_DIGITS}}}")
_DRESSED: Final = re.compile(
    r"(access_token=)(?:[=\s\"'“”‘’`{\[(<]|%22|%27){1,9}"
    rf"([0-9a-f]{{{TOKEN_HEX_DIGITS}}})(?:[\"'“”‘’`}}\])>]|%22|%27){{0,9}}(?![0-9A-Za-z])"
)
_NO_TOKEN: Final = re.compile(
    r"[?&#\\,;\"'<>{}()\[\]|^`*×$]|[^!-~]|://|access_?token", re.IGNORECASE
)
_VARIABLE: Final = re.compile(
    r"\$\w+|\$?\$\{[^{}]*\}|\$\{\{[^{}]*\}\}|\$env:\w+|%\w+%|<[^<>]*>|\{\{?[^{}]*\}?\}|\[[^\[\]]*\]"
    r"|\$\([^()]*\)|@\w+@|#\{[^{}]*\}",
    re.IGNORECASE,
)
_STAND_IN: Final = re.compile(
    r"(?:SEC)?([xX*•.…_-])\1{2,}(?:SEC)?|(?:your|my|the|you)?[-_ ]?(?:dingtalk|ding|robot)?[-_ ]?"
    r"(?:access)?[-_ ]?(?:token|secret)(?:[-_ ]?here)?|(?:SEC)?[你您替填此请].{0,20}"
    r"|null|none|true|false|yes|no|nil|undefined",
    re.IGNORECASE,
)

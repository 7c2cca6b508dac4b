"""Text in which a robot is written down: chat lines, settings files, JSON, raw HTTP.

Found is first what has looks of its own (an address, `SEC…`, 64 hex digits, a JSON object), then
what a name in front of it tells. Lines in which nothing is found are named, not dropped.
"""

import re
from typing import Final, TypeGuard

from dingcomposer.core.limits import SECRET_HEX_DIGITS, SECRET_PREFIX
from dingcomposer.core.pasting.address import is_placeholder, mend_dress, take_apart
from dingcomposer.core.pasting.findings import (
    HIDDEN,
    NO_SCHEME,
    Finds,
    PastedError,
    PastedFault,
    PastedNote,
)
from dingcomposer.core.pasting.lenient_json import JsonError, JsonReading, read_json_at
from dingcomposer.core.pasting.other_programs import (
    NameMeans,
    ProgramSetting,
    meaning_of,
    settings_in,
)


def take_text(finds: Finds, text: str, *, is_around_command: bool = False) -> None:
    """Take whatever a text holds. `is_around_command`: then plain words in it are comments."""
    text = _without_http_head(text)
    text = _take_objects(finds, text)
    undressed = mend_dress(text)
    if undressed != text:
        finds.notes.append(PastedNote.ADDRESS_MENDED)
        text = undressed
    _TextLines(finds, is_around_command=is_around_command).take(text)


def robot_addresses_in(text: str) -> list[str]:
    """Each address in a text that can only be a robot's webhook, in its order."""
    found = (one[0] for one in _URL.finditer(mend_dress(text)))
    return [one for one in found if take_apart(one).is_robots]


def take_profile(finds: Finds, value: object) -> bool:
    """Take a robot out of a table of settings; False where there is none in it."""
    messages: list[object] = []
    value = _without_messages(value, messages, 0)
    robot: list[ProgramSetting] = []
    rest: list[ProgramSetting] = []
    for setting in settings_in(value):
        (robot if _is_of_robot(setting.value, setting.means) else rest).append(setting)
    for setting in robot:
        written = str(setting.value).strip()
        if "://" in written:
            finds.take_url(written)
        elif setting.means is NameMeans.SIGNATURE:
            finds.take_signed(written)
        elif setting.means is NameMeans.SECRET or written.startswith(SECRET_PREFIX):
            finds.take_secret(written)
        else:
            finds.take_token(written)
    if robot:
        for message in messages:
            finds.take_message(message)
        for setting in rest:
            if setting.value not in (None, "", True, False):
                finds.leave(setting.path)
    return bool(robot)


_DEEPEST: Final = 20
_MOST_OBJECTS: Final = 100
_OBJECT_START: Final = re.compile(
    r"(?:^|(?<=[=:：(,，。\"'`\s]))\s*[{\[](?=\s*[\"'“”‘’{\[A-Za-z/#\]}])", re.MULTILINE
)
_MESSAGE_INSIDE: Final = re.compile(r"\{\s*[\"']?msgtype\b", re.IGNORECASE)
_ENCODED_OBJECT: Final = re.compile(
    r"\"\{\s*\\\"(?=.{0,500}?msgtype)(?:[^\"\\]|\\.){0,20000}+\"", re.DOTALL | re.IGNORECASE
)
_HTTP_HEAD: Final = re.compile(
    r"^[ \t]*(?:POST|GET|PUT)[ \t]+(\S+)(?:[ \t]+HTTP/[\d.]+)?[ \t]*(?:\r?\n|\Z)"
    r"((?:[A-Za-z][\w-]*:[ \t]*[^\n]*\r?\n)*)",
    re.MULTILINE,
)
_HOST: Final = re.compile(r"^host:[ \t]*(\S+)", re.IGNORECASE | re.MULTILINE)
_USUAL_TOKEN: Final = re.compile(r"(?<![0-9A-Za-z])[0-9a-f]{64}(?![0-9A-Za-z_]|[.~+\-]\w)")
# Neither is ever cut: what goes on behind an odd sign is none of this kind.
_SECRET: Final = re.compile(
    r"(?<![0-9A-Za-z])SEC(?=[0-9A-Za-z]*[0-9])[0-9A-Za-z_+/=\-]{8,}+"
    r"(?![.~!*%$@^:|\\]+[^\s\"'`“”，。；、）】」』》<>,;)\]}\ue000.])"
)
_SECRET_IN_OTHER_CASE: Final = re.compile(
    rf"(?<![0-9A-Za-z])(?!SEC)[Ss][Ee][Cc]([0-9a-f]{{{SECRET_HEX_DIGITS}}})(?![0-9A-Za-z])"
)
_URL: Final = re.compile(
    r"(?<![A-Za-z0-9.\-])[A-Za-z][A-Za-z0-9+.\-]{1,30}[:：][/／]{2}"
    r"(?:(?<==)\$\([^()\n]{1,200}\)|(?<==)`[^`\n]{1,200}`"
    r"|(?![,;|](?:SEC|https?:|[^\x00-\x7f]))[^\s<>\"'`，。；、）】」』》”’]|(?<==)<[\w\- ]{1,40}>)*"
)
_WITHOUT_SCHEME: Final = re.compile(
    r"(?<![\w./:@／\\-])(?:[\w\-]{1,63}\.){1,10}[a-z]{2,20}(?::\d{1,5})?/robot/send\b",
    re.IGNORECASE,
)
_SPACE_IN_URL: Final = re.compile(r"://\s+\S")
_URL_PART: Final = re.compile(r"[\w=&%?./\-~+]+", re.ASCII)
_SETTING: Final = re.compile(
    r"(?<![\w?&/.\-])(?P<name>[A-Za-z][\w.\-]{0,60}(?:\s?(?:地址|密钥|秘钥|令牌|链接))?"
    r"|[\u4e00-\u9fff]{0,12}(?:地址|钩子|回调|链接|令牌|加签|密钥|秘钥|签名))"
    r"[\"'”’」]?\s*(?:=>|:=|[:：=＝])\s*(?!//)"
)
_OTHER_SETTING: Final = re.compile(
    r"(?<![\w.&?\-:])([^\W\d][\w.\-]{0,60})(?::?=|[:：][ \t]?)[\"']?(?=\w)"
    r"[^\s\ue000,，;；)）\"']{1,400}"
)
# What a sentence says of keywords and of addresses that may call, without a sign before the value.
_CLAUSE: Final = re.compile(
    r"(?:(?:自定义)?关键[词字]|(?:IP\s?)?白名单|\b(?:keywords?|whitelist|allowlist)\b)"
    r"[^,，;；。\n\ue000]{1,60}",
    re.IGNORECASE,
)
_QUOTED: Final = re.compile(
    r"\"([^\"]*)\"|'([^']*)'|“([^”]*)”|「([^」]*)」|『([^』]*)』|`([^`]*)`|《([^》]*)》"
)
_VALUE: Final = re.compile(r"[^\s,，;；。、\"'”」』]+")
_BARE: Final = re.compile(r"[!-~]+")
_HEX_PART: Final = re.compile(r"[0-9a-fA-F]{8,}")
_QUOTES: Final = "\"'`“”‘’「」『』《》<>()（）【】[]{}"
_ENDS: Final = ",，;；。、"
_WORD_FOR_TOKEN: Final = re.compile(r"[A-Za-z0-9][\w.~+/\-]*={0,2}")
_STRUCTURE: Final = re.compile(
    r"[\W_]*|[\"']?[\w.\-]+[\"']?\s*[:：=]\s*[{\[(]?|-+\s*\w+:|```\w*|\w+\s*(?:\"{3}|'{3})"
)
_LABEL_ALONE: Final = re.compile(
    r"webhook(?:\s?(?:url|地址))?|access[_ ]?token|token|(?:signing[_ ])?secret"
    r"|(?:加签)?(?:密钥|秘钥)|加签|令牌|(?:webhook)?地址",
    re.IGNORECASE,
)
_COMMENT: Final = re.compile(r"\s*(?:#|//|\*|--|REM\b)", re.IGNORECASE)
# What a here-document and a function stand in, and what a shell sets by a command.
_OF_SHELL: Final = re.compile(
    r"\s*(?:cat\b[^|]*<<.*|[A-Z]{2,}|(?:function\s+)?\w+\s*\(\)\s*\{?|[{}]|\w+=(?:\$\(|`).*"
    r"|\[?[\w.-]+@[\w.-]+[^\n\]]{0,60}\]?[#$%>]|[A-Z]:\\[^>\n]{0,80}>)\s*"
)
_MOST_BARE_LINES: Final = 3
_NAME_BEFORE: Final = 300
"""So many letters in front of a value its name is looked for."""

# No robot is described at such length: what is longer is prose.
_PROSE_CHARACTERS: Final = 20_000


def _is_of_robot(value: object, means: NameMeans | None) -> bool:
    if not isinstance(value, str) or is_placeholder(value):
        return False
    if means in (NameMeans.SECRET, NameMeans.TOKEN, NameMeans.SIGNATURE):
        return True
    if _SECRET.fullmatch(value) or _USUAL_TOKEN.fullmatch(value):
        return True
    is_webhook = "/robot/send" in value or "access_token=" in value
    is_dingtalk = value.startswith(("dingtalk://", "dingding://"))
    return "://" in value and (is_webhook or is_dingtalk or means is NameMeans.ADDRESS)


def _without_messages(value: object, messages: list[object], depth: int) -> object:
    """The table without the messages in it, which are gathered."""
    if depth > _DEEPEST:
        return value
    if isinstance(value, dict):
        if depth and is_message(value):
            messages.append(value)
            return None
        return {k: _without_messages(one, messages, depth + 1) for k, one in value.items()}
    if isinstance(value, list):
        return [_without_messages(one, messages, depth + 1) for one in value]
    if isinstance(value, str) and value.lstrip().startswith("{") and "msgtype" in value:
        messages.append(value)
        return None
    return value


def is_message(value: object) -> bool:
    """True for a table that can only be a message, DingTalk's or another company's."""
    names = {str(name).lower() for name in value} if isinstance(value, dict) else set()
    return bool(names & {"msgtype", "msg_type"})


def is_message_list(value: object) -> TypeGuard[list[object]]:
    """True for a list of nothing but messages."""
    return isinstance(value, list) and bool(value) and all(map(is_message, value))


def _without_http_head(text: str) -> str:
    """A request as it goes over the wire: its head becomes the address alone."""

    def address(head: re.Match[str]) -> str:
        target = head[1]
        host = _HOST.search(head[2])
        if target.startswith("/") and host:
            target = f"https://{host[1]}{target}"
        return f"{target}\n" if "://" in target else head[0]

    return _HTTP_HEAD.sub(address, text)


def _take_objects(finds: Finds, text: str) -> str:
    """The text without the JSON objects that were understood, or that were meant as a message."""
    text = _ENCODED_OBJECT.sub(_decoded, text)
    made, at = [], 0
    for _ in range(_MOST_OBJECTS):
        found = _OBJECT_START.search(text, at)
        if found is None:
            break
        start = found.end() - 1
        try:
            reading = read_json_at(text, start)
        except JsonError as error:
            is_message = "msgtype" in text[start : start + 200].lower()
            inside = _MESSAGE_INSIDE.search(text, start + 1, start + 400) if is_message else None
            if inside is not None and _is_readable(text, inside.start()):
                made.append(text[at : inside.start()])
                at = inside.start()
            elif is_message:
                made.append(text[at:start])
                at = _end_of_block(text, start)
                finds.notes.append(PastedNote.BODY_NOT_JSON)
                if finds.json_place is None:
                    finds.json_place = JsonError(
                        error.place.fault, text[start:at], error.at - start
                    ).place
            else:
                made.append(text[at : found.end()])
                at = found.end()
            continue
        is_taken = _take_object(finds, reading)
        made.append(text[at : start if is_taken else reading.end])
        at = reading.end
    else:
        if "msgtype" in text[at:].lower():
            finds.notes.append(PastedNote.TOO_MANY_MESSAGES)
    return "".join((*made, text[at:]))


def _is_readable(text: str, start: int) -> bool:
    try:
        read_json_at(text, start)
    except JsonError:
        return False
    return True


def _decoded(found: re.Match[str]) -> str:
    """JSON within a string of JSON, as logs and other programs' settings have it."""
    try:
        reading = read_json_at(found[0], 0)
    except JsonError:
        return found[0]
    inside = reading.value
    return f" {inside} " if isinstance(inside, str) and "msgtype" in inside else found[0]


def _take_object(finds: Finds, reading: JsonReading) -> bool:
    value = reading.value
    if isinstance(value, dict):
        if is_message(value):
            finds.take_message(value, notes=reading.notes)
            return True
        if "errcode" in value:
            finds.notes.append(PastedNote.ANSWER_DROPPED)
            return True
    if is_message_list(value):
        for one in value:
            finds.take_message(one, notes=reading.notes)
        return True
    return take_profile(finds, value)


def _end_of_block(text: str, start: int) -> int:
    """Where the braces that open at `start` close, counted roughly."""
    depth = 0
    for sign in re.compile(r"[{}]").finditer(text, start):
        depth += 1 if sign[0] == "{" else -1
        if not depth:
            return sign.end()
    return len(text)


class _TextLines:
    """Goes through a text line by line."""

    def __init__(self, finds: Finds, *, is_around_command: bool) -> None:
        self._finds = finds
        self._is_around_command = is_around_command
        self._means: NameMeans | None = None  # of a name whose value stands on the next line

    def take(self, text: str) -> None:
        lines = [line for line in text.splitlines() if line.strip()]
        if len(text) > _PROSE_CHARACTERS:
            lines = [line for line in lines if "://" in line or SECRET_PREFIX in line]
        self._takes_bare = len(lines) <= _MOST_BARE_LINES and not self._is_around_command
        for line in lines:
            self._take_line(HIDDEN.sub("", line))

    def _take_line(self, line: str) -> None:
        if _SPACE_IN_URL.search(line) and "robot" in line:
            raise PastedError(PastedFault.URL_WITH_SPACES)
        if _WITHOUT_SCHEME.search(line):
            raise PastedError(PastedFault.NO_SCHEME)
        rest = self._take_looks(line)
        is_found = rest != line
        before_settings = rest
        for setting in list(_SETTING.finditer(rest)):
            means = meaning_of(setting["name"])
            value_at = setting.end()
            if means is None:
                continue
            if _TAKEN in rest[value_at : value_at + 2] or not rest[value_at:].strip(_OPENING):
                # `NAME=` says that there is none; `name:` may have it on the next line.
                is_over = _TAKEN in rest[value_at:] or setting[0].rstrip().endswith("=")
                self._means = None if is_over else means
                is_found = True
            elif self._take_value(rest, value_at, means):
                is_found = True
        if is_found:
            self._refuse_pieces(line)
            self._leave_rest(rest)
            return
        self._take_plain(before_settings.strip())

    def _leave_rest(self, rest: str) -> None:
        """Name what is said of a robot beside what was found; what is mere prose is not."""
        settings = [one for one in _OTHER_SETTING.finditer(rest) if meaning_of(one[1]) is None]
        for setting in settings:
            self._finds.leave(setting[0])
        for clause in _CLAUSE.finditer(rest):
            if not any(
                one.start() < clause.end() and clause.start() < one.end() for one in settings
            ):
                self._finds.leave(clause[0].strip())

    def _take_looks(self, line: str) -> str:
        """The line with a sign in the place of each value that is known by its looks."""
        above = self._means
        is_labelled = above is NameMeans.ADDRESS

        def take_url(found: re.Match[str]) -> str:
            before = line[max(found.start() - _NAME_BEFORE, 0) : found.start()]
            named = _SETTING.search(before)
            is_address = named is not None and meaning_of(named["name"]) is NameMeans.ADDRESS
            self._finds.take_url(found[0], is_labelled=is_labelled or is_address)
            return _TAKEN

        def take_secret(found: re.Match[str]) -> str:
            self._finds.take_secret(found[0])
            behind = line[line.find(found[0]) + len(found[0]) :]
            if behind and not behind.strip():
                self._finds.notes.append(PastedNote.SECRET_TRIMMED)
            return _TAKEN

        def mend_secret(found: re.Match[str]) -> str:
            self._finds.take_secret(f"{SECRET_PREFIX}{found[1]}")
            self._finds.notes.append(PastedNote.SECRET_MENDED)
            return _TAKEN

        def take_token(found: re.Match[str]) -> str:
            before = found.string[max(found.start() - _NAME_BEFORE, 0) : found.start()]
            names = list(_SETTING.finditer(before))
            means = meaning_of(names[-1]["name"]) if names else above
            if means in (NameMeans.SECRET, NameMeans.SIGNATURE):
                self._finds.take_secret(found[0])  # its SEC was lost
            else:
                self._finds.take_token(found[0])
            return _TAKEN

        rest = _URL.sub(take_url, line)
        rest = _SECRET.sub(take_secret, rest)
        rest = _SECRET_IN_OTHER_CASE.sub(mend_secret, rest)
        rest = _USUAL_TOKEN.sub(take_token, rest)
        if rest != line:
            self._means = None
        return rest

    def _take_value(self, line: str, at: int, means: NameMeans) -> bool:
        """The value behind a name; False where words stand there that are none."""
        quoted = _QUOTED.match(line, at)
        plain = _VALUE.match(line, at)
        value = next((part for part in quoted.groups() if part is not None), "") if quoted else ""
        if not quoted and plain:
            value = plain[0]
            behind = line[plain.end() :]
            # A comma ends the value; after a space it may be a sentence.
            behind = "" if behind[:1] in tuple(_ENDS) else behind.strip(_QUOTES + " \t" + _TAKEN)
            is_sentence = bool(behind) and not _SETTING.search(line, plain.end())
            if is_sentence and not all(_HEX_PART.fullmatch(one) for one in (value, behind)):
                return False
            if is_sentence and means is NameMeans.TOKEN:
                value = f"{value}{behind}"
        value = value.strip(_QUOTES + " \t\u3000\u00a0")
        is_command = line.startswith("`", at) and (" " in value or self._is_around_command)
        if is_command or line.startswith("$(", at):
            return True
        if not value or is_placeholder(value) or _TAKEN in value:
            return True
        self._take_meant(value, means)
        return True

    def _take_meant(self, value: str, means: NameMeans) -> None:
        if means is NameMeans.SECRET:
            if not value.startswith(("sha", "hmac", "Hmac")):
                self._finds.take_secret(value)
        elif means is NameMeans.SIGNATURE:
            self._finds.take_signed(value)
        elif means is NameMeans.TOKEN:
            self._finds.take_token(value)
        elif NO_SCHEME.match(value):
            raise PastedError(PastedFault.NO_SCHEME)
        elif not self._finds.endpoint and not self._finds.others:
            raise PastedError(PastedFault.NOT_AN_URL)

    def _take_plain(self, line: str) -> None:
        """A line without any name: the value of the name above, a bare token, or words."""
        means, self._means = self._means, None
        value = line.strip(_QUOTES).rstrip(_ENDS).strip(_QUOTES + " \t\u3000\u00a0")
        is_word = bool(_BARE.fullmatch(value))
        if _LABEL_ALONE.fullmatch(value):
            self._means = meaning_of(value)
            return
        if means is not None and is_word:
            self._take_meant(value, means)
        elif value.startswith(SECRET_PREFIX) and is_word and self._takes_bare:
            self._finds.take_secret(value)
        elif NO_SCHEME.match(value) and ("robot" in value or "token" in value):
            raise PastedError(PastedFault.NO_SCHEME)
        elif value and all(map(_HEX_PART.fullmatch, value.split())) and not self._is_around_command:
            for piece in value.split():
                self._finds.take_token(piece, is_bare=True)
        elif self._takes_bare and is_word and _WORD_FOR_TOKEN.fullmatch(value):
            self._finds.take_token(value, is_bare=True)
        elif not _STRUCTURE.fullmatch(line) and not (
            self._is_around_command and (_COMMENT.match(line) or _OF_SHELL.fullmatch(line))
        ):
            self._finds.leave(line)

    def _refuse_pieces(self, line: str) -> None:
        """A piece of an address after a space means that the address is broken."""
        for url in _URL.finditer(line):
            behind = line[url.end() :].strip()
            piece = behind.split()[0].strip(_QUOTES + _ENDS) if behind else ""
            is_open = url[0][-1] in "?&="
            if piece and (is_open or ("=" in piece or "/" in piece or _HEX_PART.fullmatch(piece))):
                if piece.startswith(SECRET_PREFIX) or "://" in piece:
                    continue
                is_part = _URL_PART.fullmatch(piece) and not _SETTING.match(piece)
                if is_open or (is_part and not _USUAL_TOKEN.fullmatch(piece)):
                    raise PastedError(PastedFault.URL_WITH_SPACES)


# What may stand before a value on the next line: quotes, or YAML's sign of a folded text.
_OPENING: Final = " \t\"'“「『`|>+-"
# A sign of no alphabet: it stands where a value was taken.
_TAKEN: Final = "\ue000"

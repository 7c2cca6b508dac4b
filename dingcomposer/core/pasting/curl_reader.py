"""What a pasted command would send, wherever in a text it stands: curl, wget, HTTPie, PowerShell.

Nothing is run. What stands around the commands is given back, to be read as text.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final

from dingcomposer.core.pasting.httpie_reader import PROGRAMS, read_httpie
from dingcomposer.core.pasting.lenient_json import JsonError, read_json, read_json_at
from dingcomposer.core.pasting.powershell_reader import COMMAND as WEB_REQUEST
from dingcomposer.core.pasting.powershell_reader import read_variables, read_web_request
from dingcomposer.core.pasting.shell_words import (
    OpenQuotesError,
    ShellCommand,
    ShellWord,
    read_command,
    read_quoted,
    read_word,
    uncommented,
    without_carets,
    without_typography,
)


class CurlError(Exception):
    """The command's quotes do not close."""


@dataclass(slots=True, repr=False)
class CurlCommand:
    """The addresses and the body (None: none was given). repr hides them: a token may be inside.

    The body is text, or a table of PowerShell's that becomes JSON. `is_body_elsewhere`: it is read
    from a file or from another program. `is_form`: it is a form's field, which is no JSON.
    `is_encoded`: curl would write it percent-encoded. `is_unescaped`: a shell would eat its quotes.
    `has_variables`: it holds variables that nobody knows here. `left` are options that matter to
    a robot and are not taken over.
    """

    urls: list[str] = field(default_factory=list)
    body: object | None = None
    is_body_elsewhere: bool = False
    is_form: bool = False
    is_encoded: bool = False
    is_unescaped: bool = False
    has_variables: bool = False
    left: list[str] = field(default_factory=list)

    def __repr__(self) -> str:
        return f"CurlCommand({len(self.urls)} addresses)"


@dataclass(frozen=True, slots=True, repr=False)
class PastedCommands:
    """The commands in a text, in their order, and the text around them."""

    commands: tuple[CurlCommand, ...]
    around: str


def read_commands(text: str) -> PastedCommands:
    """All the commands in a text. Raises CurlError where a command's quotes are left open."""
    if not _MENTIONED.search(text):
        return PastedCommands((), text)
    text = _without_prompts(text)
    text = uncommented(without_typography(text), _COMMAND)
    if '^"' in text:
        text = without_carets(text)
    return _CommandReader(text).read()


def _without_prompts(text: str) -> str:
    """The text without the `>` that a shell puts before the next lines of one command."""
    made: list[str] = []
    is_inside = is_prompted = False
    for line in text.split("\n"):
        found = _PROMPT.match(line) if is_inside else None
        if found is not None and (is_prompted or line.startswith("-", found.end())):
            made.append(line[found.end() :])
            continue
        is_prompted = _PROMPTED.match(line) is not None
        is_inside = is_prompted or (line.rstrip().endswith("\\") and bool(_MENTIONED.search(line)))
        made.append(line)
    return "\n".join(made)


_MOST_COMMANDS: Final = 40
_MENTIONED: Final = re.compile(
    r"curl|wget|Invoke-|\birm\b|\biwr\b|\bhttps?[ \t]|\bxhs?[ \t]", re.IGNORECASE
)
_COMMAND: Final = re.compile(
    r"(?:(?<![\w./\\-])|(?<=[\w\])][$#>%])|(?<=\w[/\\]))(curl|wget)(?:\.exe)?"
    r"(?=[ \t]+(?:[\\^`]?[ \t]*\r?\n|[\\^`]?[ \t]*(?:-|[\"'$^]|https?:|[\w.-]+\.[a-z]+[/:])))",
    re.IGNORECASE,
)
_HTTPIE: Final = re.compile(
    rf"(?:(?<![\w./\\-])|(?<=[\w\])][$#>%])|(?<=\w[/\\]))({'|'.join(PROGRAMS)})(?:\.exe)?"
    r"(?=(?:[ \t]+(?:\\\r?\n[ \t]*)?-[^\n]{0,200}?)?[ \t]+(?:\\\r?\n[ \t]*)?"
    r"(?:(?i:POST|PUT|GET|PATCH)[ \t]+(?:\\\r?\n[ \t]*)?(?:[\"']?\$|(?=[\"'\w:])))?[\"']?"
    r"(?:(?<=\$)|https?://|:\d|[\w.-]+\.[a-z]+[/:]))"
)
_FROM_FILE: Final = re.compile(r"(?<![<\w])<(?!<)\s*[\w./~\"'$-]")
_STARTS: Final = re.compile(r"\s*(?:[$>#%]\s+|PS[^>\n]*>\s*)?(curl|wget)(?:\.exe)?(?=\s)", re.I)
_PROMPT: Final = re.compile(r"[ \t]*>{1,2}(?:[ \t]|$)")
_PROMPTED: Final = re.compile(
    r"[ \t]*(?!>)[^\n'\"{]{0,200}?(?:[$#%]|PS[^>\n]*>)[ \t]*"
    r"(?:curl|wget|https?|xh|Invoke-|irm|iwr)",
    re.IGNORECASE,
)
_QUOTED: Final = re.compile(r"(\"\"\"|'''|[\"'])\s*$")
_PRODUCER: Final = re.compile(r"(?:^|[;&(]|\s)((?:echo|printf|cat)\b[^\n]*\|\s*)$")
_TELLING: Final = re.compile(
    r"SEC[0-9a-zA-Z]|://|[0-9a-f]{32}|secret|token|密钥|加签", re.IGNORECASE
)
_ASSIGNMENT: Final = re.compile(
    r"^[ \t]*(?:export[ \t]+|set[ \t]+|local[ \t]+|readonly[ \t]+)?([A-Za-z_]\w*)=(?=\S)",
    re.MULTILINE,
)
_PS_PROMPT: Final = re.compile(r"^[ \t]*PS[^>\n]{0,200}>[ \t]*", re.MULTILINE)
_LONGEST_LEAD: Final = 2_000
_VARIABLE_ALONE: Final = re.compile(r"\$\w+|\$\{[^}]*\}|\$\(.*\)|%\w+%", re.DOTALL)
_UNKNOWN_VARIABLE: Final = re.compile(r"\$(?:\w|\{|\()")

_BODIES: Final = {
    "curl": {
        **dict.fromkeys(("-d", "--data", "--data-ascii", "--data-binary", "--json"), "data"),
        "--data-raw": "raw",
        "--data-urlencode": "encoded",
        **dict.fromkeys(("-F", "--form", "--form-string"), "form"),
        **dict.fromkeys(("-T", "--upload-file"), "file"),
    },
    "wget": {
        **dict.fromkeys(("--post-data", "--body-data"), "raw"),
        **dict.fromkeys(("--post-file", "--body-file"), "file"),
    },
}
# Options that take a value and do not matter here: their value is no address.
_WITH_VALUE: Final = {
    "curl": frozenset(
        (
            *("-A", "--user-agent", "-b", "--cookie", "-c", "--cookie-jar", "-C", "-e"),
            *("--referer", "-E", "--cert", "-H", "--header", "-K", "--config", "-m"),
            *("--max-time", "-o", "--output", "-u", "--user", "-U", "--proxy-user", "-w"),
            *("--write-out", "-x", "--proxy", "-X", "--request", "-y", "-Y", "-z", "-r"),
            *("--range", "--cacert", "--capath", "--key", "--connect-timeout", "--retry"),
            *("--retry-delay", "--retry-max-time", "--resolve", "--noproxy", "--limit-rate"),
            *("--interface", "--ciphers", "--oauth2-bearer", "--url-query", "--dns-servers"),
            *("--max-redirs", "--trace-ascii", "-D", "--dump-header", "--proto", "--aws-sigv4"),
        )
    ),
    "wget": frozenset(
        (
            *("-O", "--output-document", "-o", "--output-file", "--header", "--method", "-t"),
            *("--tries", "-T", "--timeout", "-U", "--user-agent", "-P", "--user", "--password"),
            *("-a", "--append-output", "--ca-certificate", "-e", "--execute"),
        )
    ),
}


_USUAL_HEADER: Final = re.compile(
    r"(?:content-|accept|user-agent|cache-control|connection|host|origin|referer|pragma|expect"
    r"|postman-token|charset|sec-)[\w-]*\s*[:;]",
    re.IGNORECASE,
)
_LABELLED_SECRET: Final = re.compile(r"\w*(?:secret|token|sign)\w*=(?!\s*[{\[])", re.IGNORECASE)
_PASSWORD_OPTIONS: Final = frozenset(("-u", "--user", "-U", "--proxy-user", "--oauth2-bearer"))
_WAY_OPTIONS: Final = frozenset(
    (
        *("-x", "--proxy", "--cacert", "--capath", "-E", "--cert", "--key", "--resolve"),
        *("--noproxy", "--interface", "--ca-certificate"),
    )
)
_USER_IN_ADDRESS: Final = re.compile(r"[^/@\s]*@")
_PS_PASSWORD_OPTIONS: Final = {
    **{"credential": "-Credential", "proxycredential": "-ProxyCredential", "token": "-Token"},
    **{"certificate": "-Certificate", "certificatethumbprint": "-CertificateThumbprint"},
}
# cmd.exe's way to write a quotation mark between quotation marks.
_DOUBLED_QUOTES: Final = re.compile(r"\"(?=[{\[]\s*\"\"\w)(?:[^\"]|\"\")*+\"(?!\")")


class _CommandReader:
    """Goes through a text from one command to the next."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._around: list[str] = []
        self._variables: dict[str, str] = {}
        self._ps_variables: dict[str, object] | None = None

    def read(self) -> PastedCommands:
        self._set_variables()
        text, at = self._text, 0
        commands: list[CurlCommand] = []
        while len(commands) < _MOST_COMMANDS:
            found = self._next(at)
            if found is None:
                break
            command, at = self._read_at(found, at)
            commands.append(command)
            at = self._pass_line(at)
        self._around.append(text[at:])
        return PastedCommands(tuple(commands), "".join(self._around))

    def _set_variables(self) -> None:
        """Note what the text sets; a message that is set is read where it is used."""
        made, at = [], 0
        for assignment in _ASSIGNMENT.finditer(self._text):
            if assignment.start() < at:
                continue
            try:
                word = read_word(self._text, assignment.end(), self._variables)
            except OpenQuotesError:
                continue
            if word is None or _COMMAND.search(self._text, assignment.end(), word.end):
                continue
            self._variables[assignment[1]] = word.text
            if "msgtype" in word.text:
                made.append(self._text[at : assignment.start()])
                at = word.end
        self._text = "".join((*made, self._text[at:]))

    def _next(self, at: int) -> re.Match[str] | None:
        """The next command's name; at the very start any words may follow it."""
        first = _STARTS.match(self._text) if at == 0 else None
        found = first or _COMMAND.search(self._text, at)
        for pattern in (_HTTPIE, WEB_REQUEST):
            other = pattern.search(self._text, at)
            if other is not None and (found is None or other.start() < found.start()):
                found = other
        return found

    def _read_at(self, found: re.Match[str], at: int) -> tuple[CurlCommand, int]:
        text = self._text
        name_at = found.start() if found.re is WEB_REQUEST else found.start(1)
        line_start = max(text.rfind("\n", 0, name_at) + 1, at, name_at - _LONGEST_LEAD)
        lead = text[line_start:name_at]
        if found.re is WEB_REQUEST:
            return self._read_powershell(found.end(), text[at:name_at])
        self._around.append(text[at:line_start])
        try:
            chain, end, source = self._chain(found, line_start, lead)
        except OpenQuotesError:
            raise CurlError from None
        is_producer = bool(chain) and chain[0].words and chain[0].words[0].start < name_at
        if not is_producer and _TELLING.search(lead):
            self._around.append(f"{lead.strip()}\n")
        program = found[1].lower()
        position = next(
            (
                at
                for at, one in enumerate(chain)
                if one.words and program in one.words[0].text.lower()
            ),
            0,
        )
        words = chain[position].words
        if program == "curl" and any(word.text.lower() in ("-uri", "-body") for word in words):
            return self._read_powershell(found.end(), "")
        before = chain[position - 1] if position else None
        if found.re is _HTTPIE:
            return _httpie(program, chain[position], before, source), end
        command = _Options(program, chain[position], before, source).read()
        return command, end

    def _chain(
        self, found: re.Match[str], line_start: int, lead: str
    ) -> tuple[list[ShellCommand], int, str]:
        """The command with what is piped into it and out of it; its end; the text it stands in."""
        text, name_at = self._text, found.start(1)
        if quoted := _QUOTED.search(lead):
            inside, end = read_quoted(text, line_start + quoted.start())
            return read_command(inside, _first_letter(inside), self._variables), end, inside
        if producer := _PRODUCER.search(lead):
            try:
                chain = read_command(text, line_start + producer.start(1), self._variables)
                if any(word.start == name_at for one in chain for word in one.words[:1]):
                    return chain, max(one.end for one in chain), text
            except OpenQuotesError:
                pass
        in_backticks = lead.rstrip().endswith("`")
        chain = read_command(text, name_at, self._variables, in_backticks=in_backticks)
        return chain, max(one.end for one in chain), text

    def _read_powershell(self, at: int, before: str) -> tuple[CurlCommand, int]:
        if self._ps_variables is None:
            self._ps_variables = read_variables(self._text)
        # What it sets is read where it is used; what is no message may hold a secret.
        before = _PS_PROMPT.sub("", before)
        if "msgtype" in before.lower():
            lines = before.splitlines(keepends=True)
            before = "".join(line for line in lines if _TELLING.search(line))
        self._around.append(before)
        request = read_web_request(self._text, at, self._ps_variables)
        command = CurlCommand(
            [request.address] if request.address else [],
            request.body,
            request.is_body_elsewhere,
            left=list(_left_of(request.others)),
        )
        if isinstance(request.body, str):
            command.has_variables = _UNKNOWN_VARIABLE.search(request.body) is not None
        return command, request.end

    def _pass_line(self, at: int) -> int:
        """Pass what the shell does with the answer; what may matter to a robot is kept."""
        line_end = self._text.find("\n", at)
        line_end = len(self._text) if line_end < 0 else line_end
        if _COMMAND.search(self._text, at, line_end):
            return at
        rest = self._text[at:line_end]
        if _TELLING.search(rest):
            self._around.append(f"\n{rest}")
        return line_end


def _left_of(options: dict[str, object]) -> Iterator[str]:
    """PowerShell's options that change the way to the robot, or may hold what belongs to it."""
    for name, value in options.items():
        if name == "proxy":
            yield f"-Proxy {_USER_IN_ADDRESS.sub('', '…' if value is None else str(value))}"
        elif name == "headers":
            headers = value.items() if isinstance(value, dict) else (("…", "…"),)
            for header in (f"{key}: {one}" for key, one in headers):
                if not _USUAL_HEADER.match(header):
                    yield f"-Headers {header}"
        elif name in _PS_PASSWORD_OPTIONS:
            yield _PS_PASSWORD_OPTIONS[name]


def _httpie(
    program: str, command: ShellCommand, before: ShellCommand | None, source: str
) -> CurlCommand:
    name_at = command.words[0].start
    given = command.stdin
    if given is None and before is not None:
        given = _written(before)
    request = read_httpie(program, [word.text for word in command.words[1:]], given)
    is_redirected = request.body is None and bool(_FROM_FILE.search(source[name_at : command.end]))
    return CurlCommand(
        [request.address] if request.address else [],
        request.body,
        is_body_elsewhere=request.is_body_elsewhere or is_redirected,
        is_form=request.is_form,
        has_variables=_UNKNOWN_VARIABLE.search(str(request.body)) is not None,
    )


def _first_letter(text: str) -> int:
    return len(text) - len(text.lstrip())


class _Options:
    """Sorts the words of one command."""

    def __init__(
        self, program: str, command: ShellCommand, before: ShellCommand | None, source: str
    ) -> None:
        self._bodies: Mapping[str, str] = _BODIES[program]
        self._with_value = _WITH_VALUE[program]
        self._command = command
        self._before = before
        self._source = source
        self._found = CurlCommand()
        self._parts: list[str] = []
        self._passed = 0  # words that begin before this were read with another

    def read(self) -> CurlCommand:
        words = iter(self._command.words[1:])
        for word in words:
            if word.start >= self._passed:
                self._read_word(word, words)
        found = self._found
        if self._parts:
            found.body = "&".join(self._parts)
            if _VARIABLE_ALONE.fullmatch(found.body):
                found.body, found.is_body_elsewhere = None, True
                return found
            found.has_variables = self._command.has_variables and bool(
                _UNKNOWN_VARIABLE.search(found.body)
            )
        return found

    def _read_word(self, word: ShellWord, words: Iterator[ShellWord]) -> None:
        text = word.text
        name, equals, value = text.partition("=")
        if not text.startswith("-") or text == "-":
            self._found.urls.append(text)
        elif name.startswith("--") and equals and self._takes_value(name):
            self._take(name, value, None)
        elif self._takes_value(text):
            self._take_next(text, words)
        elif not text.startswith("--"):
            self._take_bundled(text, words)

    def _take_bundled(self, text: str, words: Iterator[ShellWord]) -> None:
        """Short options written as one, such as `-sSXPOST` or `-sd {…}`."""
        for at, letter in enumerate(text[1:], start=1):
            option = f"-{letter}"
            if self._takes_value(option):
                rest = text[at + 1 :]
                if rest:
                    self._take(option, rest, None)
                else:
                    self._take_next(option, words)
                return

    def _take_next(self, option: str, words: Iterator[ShellWord]) -> None:
        word = next(words, None)
        if word is not None:
            self._take(option, word.text, word)

    def _takes_value(self, option: str) -> bool:
        return option in self._bodies or option in self._with_value or option == "--url"

    def _take(self, option: str, value: str, word: ShellWord | None) -> None:
        if option == "--url":
            self._found.urls.append(value)
        kind = self._bodies.get(option)
        if kind is None:
            self._leave(option, value)
            return
        if kind == "encoded" and _LABELLED_SECRET.match(value):
            self._found.left.append(f"{option} {value}")
            return
        if kind == "file":
            self._found.is_body_elsewhere = True
        elif kind == "form":
            self._found.is_form = True
        elif value.startswith("@") and kind != "raw":
            self._take_stdin(value)
        else:
            if kind == "encoded":
                self._found.is_encoded = True
                value = re.sub(r"^\w*=", "", value)
            self._parts.append(self._whole(value, word))

    def _leave(self, option: str, value: str) -> None:
        """Name an option that changes the way to the robot, or may hold what belongs to it."""
        if option in ("-H", "--header"):
            if not _USUAL_HEADER.match(value):
                self._found.left.append(f"{option} {value}")
        elif option in _PASSWORD_OPTIONS:
            self._found.left.append(option)
        elif option in _WAY_OPTIONS:
            self._found.left.append(f"{option} {_USER_IN_ADDRESS.sub('', value)}")

    def _whole(self, value: str, word: ShellWord | None) -> str:
        """The value; without quotes around it a body goes on over several words."""
        if word is None or word.text[:1] not in ("{", "["):
            return value
        source = self._source
        if doubled := _DOUBLED_QUOTES.match(source, word.start):
            self._passed = doubled.end()
            return doubled[0][1:-1].replace('""', '"')
        if source[word.start] == '"':
            return self._with_its_quotes(value, word.start + 1)
        if source[word.start] not in "{[":
            return value
        try:
            self._passed = read_json_at(source, word.start).end
        except JsonError:
            self._passed = self._command.end
        return source[word.start : self._passed]

    def _with_its_quotes(self, value: str, start: int) -> str:
        """The body in `"{"msgtype": …}"`: the shell would eat its quotes, as nobody wants."""
        try:
            read_json(value)
        except JsonError:
            with suppress(JsonError):
                reading = read_json_at(self._source, start)
                if not reading.notes:
                    self._passed = reading.end + 1
                    self._found.is_unescaped = True
                    return self._source[start : reading.end]
        return value

    def _take_stdin(self, value: str) -> None:
        """`@-`: a here-document, or what another program writes into the pipe."""
        given = self._command.stdin
        if given is None and self._before is not None:
            given = _written(self._before)
        if value not in ("@-", "@/dev/stdin") or given is None:
            self._found.is_body_elsewhere = True
        else:
            self._parts.append(given)


def _written(command: ShellCommand) -> str | None:
    """What echo, printf or cat writes into the pipe; None where nobody knows."""
    if not command.words:
        return None
    name, words = command.words[0].text, [word.text for word in command.words[1:]]
    if name == "cat":
        return command.stdin if not words else None
    words = [word for word in words if not re.fullmatch(r"-[neE]+", word)]
    if name == "printf" and len(words) > 1 and re.fullmatch(r"%s(\\n)?", words[0]):
        words = words[1:]
    return " ".join(words) if words else None

"""What a pasted curl command would send: its addresses and its body, whatever shell it is for.

Understood are the quoting of POSIX shells (`'…'`, `"…"`, `$'…'`, `\\` at the end of a line), what
browsers copy for Windows (`^` at the end of a line, `^"…^"`), and PowerShell's `` ` `` at the end.
Nothing is run and nothing is expanded: a shell variable stays as it is written.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_STARTS = re.compile(r"\s*(?:[$>#%]\s+|PS[^>\n]*>\s*)?curl(?:\.exe)?(?=\s)", re.IGNORECASE)
_CONTINUED = re.compile(r"[\\^`][ \t]*\r?\n")
_PLAIN = re.compile(r"[^\s\"'\\$^`]+")
_PLAIN_IN_QUOTES = {quote: re.compile(rf"[^\\{quote}]*") for quote in "\"'"}
_CARET = re.compile(r"\^(.)", re.DOTALL)
_BODY_OPTIONS = {
    "-d": "--data",
    "--data": "--data",
    "--data-ascii": "--data",
    "--data-raw": "--data-raw",
    "--data-binary": "--data",
    "--json": "--data",
}
# curl's options that take a value and do not matter here: their value is no address.
_OPTIONS_WITH_VALUE = {
    *("-A", "--user-agent", "-b", "--cookie", "-c", "--cookie-jar", "-C", "-e", "--referer"),
    *("-E", "--cert", "-F", "--form", "-H", "--header", "-K", "--config", "-m", "--max-time"),
    *("-o", "--output", "-T", "--upload-file", "-u", "--user", "-U", "--proxy-user"),
    *("-w", "--write-out", "-x", "--proxy", "-X", "--request", "-y", "-Y", "-z", "-r", "--range"),
    *("--cacert", "--capath", "--key", "--connect-timeout", "--retry", "--retry-delay"),
    *("--resolve", "--noproxy", "--data-urlencode", "--limit-rate", "--interface", "--ciphers"),
    *("--oauth2-bearer", "--url-query", "--dns-servers", "--max-redirs", "--trace-ascii"),
}
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "0": "\0", "a": "\a", "b": "\b", "f": "\f", "v": "\v"}
_HEX = re.compile(r"x([0-9a-fA-F]{1,2})|u([0-9a-fA-F]{1,4})|U([0-9a-fA-F]{1,8})")


class CurlError(Exception):
    """The command's quotes do not close."""


@dataclass(frozen=True, slots=True, repr=False)
class CurlCommand:
    """The addresses and the body (None: none was given). repr hides them: a token may be inside.

    `is_body_elsewhere`: the body is read from a file or from standard input.
    """

    urls: tuple[str, ...]
    body: str | None
    is_body_elsewhere: bool = False

    def __repr__(self) -> str:
        return f"CurlCommand({len(self.urls)} addresses)"


def is_curl(text: str) -> bool:
    """True where a text begins as a curl command does, with or without a prompt."""
    return _STARTS.match(text) is not None


def read_curl(text: str) -> CurlCommand:
    """The parts of a curl command. Raises CurlError where quotes are left open."""
    command = _STARTS.sub("", text, count=1)
    if '^"' in command:  # cmd.exe: the caret escapes everywhere, as browsers write it
        command = _CARET.sub(r"\1", _CONTINUED.sub(" ", command))
    words = _words(_CONTINUED.sub(" ", command) if "'" not in command else command)
    urls: list[str] = []
    bodies: list[str] = []
    is_elsewhere = False
    for option, value in _options(words):
        if option in ("", "--url"):
            urls.append(value)
        elif option in _BODY_OPTIONS:
            if value.startswith("@") and _BODY_OPTIONS[option] != "--data-raw":
                is_elsewhere = True
            else:
                bodies.append(value)
    return CurlCommand(tuple(urls), "&".join(bodies) if bodies else None, is_elsewhere)


def _options(words: list[str]) -> list[tuple[str, str]]:
    """(option, value) for what takes a value, ("", word) for an address; the rest is left out."""
    found: list[tuple[str, str]] = []
    remaining = iter(words)
    for word in remaining:
        name, equals, value = word.partition("=")
        if word in (";", "|", "||", "&&", ">", "<", "2>&1"):
            break  # the shell's own business begins
        if not word.startswith("-") or word == "-":
            found.append(("", word))
        elif name.startswith("--") and equals and _takes_value(name):
            found.append((name, value))
        elif _takes_value(word):
            found.append((word, next(remaining, "")))
        elif not word.startswith("--"):
            found.extend(_bundled(word, remaining))
    return found


def _bundled(word: str, remaining: Iterator[str]) -> list[tuple[str, str]]:
    """Short options written as one, such as `-sSXPOST` or `-sd {…}`."""
    for at, letter in enumerate(word[1:], start=1):
        option = f"-{letter}"
        if _takes_value(option):
            rest = word[at + 1 :]
            return [(option, rest or next(remaining, ""))]
    return []


def _takes_value(option: str) -> bool:
    return option in _BODY_OPTIONS or option in _OPTIONS_WITH_VALUE or option == "--url"


def _words(command: str) -> list[str]:
    """The words a shell would make of the command; unlike shlex it knows `$'…'`."""
    words: list[str] = []
    word: str | None = None
    at = 0
    while at < len(command):
        char = command[at]
        if char.isspace():
            if word is not None:
                words.append(word)
            word, at = None, at + 1
        elif char in "\"'" or command.startswith("$'", at):
            part, at = _quoted(command, at)
            word = (word or "") + part
        elif _CONTINUED.match(command, at):
            at = command.index("\n", at) + 1
        elif char == "\\" and at + 1 < len(command):
            word, at = (word or "") + command[at + 1], at + 2
        else:
            plain = _PLAIN.match(command, at)
            end = plain.end() if plain else at + 1
            word, at = (word or "") + command[at:end], end
    return words if word is None else [*words, word]


def _quoted(command: str, at: int) -> tuple[str, int]:
    """The text of the quotes that open at `at`, and where the rest begins."""
    is_ansi = command[at] == "$"
    at += is_ansi
    quote = command[at]
    text = ""
    at += 1
    knows_escapes = is_ansi or quote == '"'
    while at < len(command) and command[at] != quote:
        if command[at] == "\\" and knows_escapes and at + 1 < len(command):
            part, at = _escaped(command, at + 1, is_ansi=is_ansi)
        else:
            plain = _PLAIN_IN_QUOTES[quote].match(command, at + 1)
            end = plain.end() if plain else at + 1
            part, at = command[at:end], end
        text += part
    if at >= len(command):
        raise CurlError
    return text, at + 1


def _escaped(command: str, at: int, *, is_ansi: bool) -> tuple[str, int]:
    """What the backslash before `at` makes of the characters from there on."""
    char = command[at]
    if not is_ansi:
        if char == "\n":
            return "", at + 1
        return (char if char in '"\\$`' else f"\\{char}"), at + 1
    number = _HEX.match(command, at)
    if number:
        code = int(number[number.lastindex or 0], 16)
        return (chr(code) if code <= 0x10FFFF else ""), number.end()
    return _ESCAPES.get(char, char), at + 1

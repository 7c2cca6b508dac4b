"""A command as a shell would take it apart: words, pipes, here-documents. Nothing is run.

Understood are the quoting of POSIX shells (`'…'`, `"…"`, `$'…'`, `\\` at the end of a line), what
browsers copy for Windows (`^` at the end of a line, `^"…^"`), and PowerShell's `` ` `` at the end.
Variables that the pasted text itself sets are filled in; all others stay as they are written.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import Final


class OpenQuotesError(ValueError):
    """A quotation mark is never closed."""


@dataclass(slots=True, repr=False)
class ShellWord:
    """One word, its quotes taken off; where it stands; whether all of it stood outside quotes."""

    text: str
    start: int
    end: int
    is_bare: bool = True


@dataclass(slots=True, repr=False)
class ShellCommand:
    """The words of one command; `stdin` is what a here-document gives it; where it ends.

    `is_piped`: what the next command reads is what this one writes. `has_variables`: some words
    hold variables that nobody knows here.
    """

    words: list[ShellWord] = field(default_factory=list)
    stdin: str | None = None
    is_piped: bool = False
    has_variables: bool = False
    end: int = 0


def read_command(
    text: str, start: int, variables: Mapping[str, str], *, in_backticks: bool = False
) -> list[ShellCommand]:
    """The command that begins at `start`, with those that it is piped into. Raises OpenQuotesError.

    `in_backticks`: a backtick ends it.
    """
    reader = _ShellReader(text, start, variables, in_backticks=in_backticks)
    commands = [reader.command()]
    while commands[-1].is_piped:
        commands.append(reader.command())
    reader.fill_here_documents()
    return commands


def read_word(text: str, start: int, variables: Mapping[str, str]) -> ShellWord | None:
    """The one word at `start`. Raises OpenQuotesError."""
    return _ShellReader(text, start, variables).word()


def read_quoted(text: str, start: int) -> tuple[str, int]:
    """What stands between the quotes that open at `start`, and where the rest begins."""
    for mark in ('"""', "'''"):
        if text.startswith(mark, start):
            end = text.find(mark, start + 3)
            if end < 0:
                raise OpenQuotesError
            return text[start + 3 : end], end + 3
    reader = _ShellReader(text, start, {})
    found = reader.quoted()
    return found, reader.at


def without_carets(text: str) -> str:
    """The text as cmd.exe sees it, where the caret escapes everywhere, as browsers write it."""
    return _CARET.sub(r"\1", _CONTINUED.sub(" ", text))


def without_typography(text: str) -> str:
    """The command as it was typed, before a word processor or a web page made it beautiful.

    Quotes and dashes are changed only where they can be nothing else: behind an option's name, and
    before one.
    """
    if _HARD_SPACES.search(text):
        text = text.replace("\u00a0", " ")
    text = _LONG_DASH.sub(lambda found: "-" if found[1] else "--", text)
    if _CURLY_QUOTE.search(text):
        text = text.translate(_PLAIN_QUOTES)
    return text


def uncommented(text: str, command: re.Pattern[str]) -> str:
    """The text with the comment signs taken off where a command is commented out."""
    made: list[str] = []
    for is_comment, lines in groupby(text.split("\n"), key=_is_comment):
        block = list(lines)
        bare = [_COMMENT.sub("", line, count=1) for line in block] if is_comment else block
        is_command = is_comment and command.search("\n".join(bare)) is not None
        made += bare if is_command else block
    return "\n".join(made)


def _is_comment(line: str) -> bool:
    return _COMMENT.match(line) is not None


_HARD_SPACES: Final = re.compile(r"(?:curl|wget)\u00a0|\u00a0-", re.IGNORECASE)
_LONG_DASH: Final = re.compile(r"(?<=\s)[–—](?:(?=([A-Za-z])(?:\s|[“”‘’\"']))|(?=[A-Za-z]{2}))")
_CURLY_QUOTE: Final = re.compile(
    r"(?:curl|wget|\s--?[A-Za-z][\w-]*[ =]|-X[ \t]+[A-Z]+)\s*[‘’“”]", re.IGNORECASE
)
_PLAIN_QUOTES: Final = str.maketrans("‘’“”", "''\"\"")
_COMMENT: Final = re.compile(r"\s*(?:#|//|>|\*|::|REM\b)[ \t]?", re.IGNORECASE)
_CONTINUED: Final = re.compile(r"[\\^`][ \t]*\r?\n")
_LOST_LINE_END: Final = re.compile(r"[\\^`](?=[ \t]+-)")
_NEXT_GOES_ON: Final = re.compile(r"\s*(?:-{1,2}[A-Za-z]|[\"']?https?://|[\"']\{)")
# A chat's sentence goes on behind the command.
_PROSE: Final = frozenset("，。；、）」”")
_PLAIN: Final = re.compile(r"[^\s\"'\\$^`|<>;&)]+")
_PLAIN_IN_DOUBLE: Final = re.compile(r"[^\\\"$`]+")
_PLAIN_IN_ANSI: Final = re.compile(r"[^\\']+")
_CARET: Final = re.compile(r"\^(.)", re.DOTALL)
_VARIABLE: Final = re.compile(r"\$(?:\{([A-Za-z_]\w*)\}|([A-Za-z_]\w*))")
_OTHER_VARIABLE: Final = re.compile(r"\$(?:\{[^}\n]*\}|[0-9@*#?!])")
_CAT: Final = re.compile(
    r"\$\(\s*cat\s*<<-?\s*([\"']?)(\w+)\1[^\n]*\n(.*?)\n[ \t]*\2[ \t]*\n?\s*\)", re.DOTALL
)
_CAT_IN_BACKTICKS: Final = re.compile(
    r"`\s*cat\s*<<-?\s*([\"']?)(\w+)\1[^\n]*\n(.*?)\n[ \t]*\2[ \t]*\n?\s*`", re.DOTALL
)
_CAT_STARTS: Final = re.compile(r"(?:\$\(|`)\s*cat\s*<<")
_MOST_DOCUMENTS: Final = 50
_IN_BACKTICKS: Final = re.compile(r"`[^`\n]+`")
_SUBSTITUTION: Final = re.compile(r"\$\(")
_PLACEHOLDER: Final = re.compile(r"<[\w \-\u4e00-\u9fff]{1,40}>")
_HERE_DOCUMENT: Final = re.compile(r"<<(-?)[ \t]*([\"'\\]?)(\w+)[\"']?")
_REDIRECTION: Final = re.compile(r"[<>&]*[<>][<>&|]*")
_ESCAPES: Final = {"n": "\n", "t": "\t", "r": "\r", "a": "\a", "b": "\b", "f": "\f", "v": "\v"}
_HEX: Final = re.compile(
    r"x([0-9a-fA-F]{1,2})|u([0-9a-fA-F]{1,4})|U([0-9a-fA-F]{1,8})|([0-7]{1,3})"
)
_OCTAL_GROUP: Final = 4


class _ShellReader:
    """Reads from `at` on."""

    def __init__(
        self, text: str, at: int, variables: Mapping[str, str], *, in_backticks: bool = False
    ) -> None:
        self.text = text
        self.at = at
        self._variables = variables
        self._in_backticks = in_backticks
        self._has_variables = False
        self._documents_left = _MOST_DOCUMENTS
        self._pending: list[tuple[ShellCommand, re.Match[str]]] = []

    def command(self) -> ShellCommand:
        """The words up to what ends a command; the reader stands behind it."""
        command = ShellCommand()
        self._has_variables = False
        while not self._ends(command):
            if self._redirects(command):
                continue
            word = self.word()
            if word is not None:
                command.words.append(word)
        command.end = self.at
        command.has_variables = self._has_variables
        return command

    def fill_here_documents(self) -> None:
        """Give the commands what stands in the here-documents below their line."""
        for command, mark in self._pending:
            line_end = self.text.find("\n", self.at)
            if line_end < 0:
                return
            ending = re.compile(rf"^[ \t]*{re.escape(mark[3])}[ \t]*\r?$", re.MULTILINE)
            found = ending.search(self.text, line_end + 1)
            end = found.start() if found else len(self.text)
            document = self.text[line_end + 1 : end].removesuffix("\n")
            command.stdin = document if mark[2] else self._filled(document)
            self.at = command.end = found.end() if found else len(self.text)
        self._pending.clear()

    def word(self) -> ShellWord | None:
        """The next word; None where there is none before the end of the line or command."""
        self._skip_blanks()
        start, parts, is_bare = self.at, [], True
        while self.at < len(self.text):
            sign = self.text[self.at]
            is_prose = not is_bare and sign in _PROSE
            if sign.isspace() or is_prose or self._is_operator(sign):
                break
            if sign in "\"'" or self.text.startswith(("$'", '$"'), self.at):
                parts.append(self.quoted())
                is_bare = False
            elif continued := _CONTINUED.match(self.text, self.at):
                self.at = continued.end()
                if self.text.startswith("-", self.at):
                    break
            elif sign == "\\" and self.at + 1 < len(self.text):
                parts.append(self.text[self.at + 1])
                self.at += 2
            else:
                parts.append(self._bare())
        if self.at == start:
            return None
        return ShellWord("".join(parts), start, self.at, is_bare)

    def quoted(self) -> str:
        """The text of the quotes that open here."""
        is_ansi = self.text.startswith("$'", self.at)
        self.at += self.text[self.at] == "$"
        quote = self.text[self.at]
        self.at += 1
        if quote == "'" and not is_ansi:
            end = self.text.find("'", self.at)
            if end < 0:
                raise OpenQuotesError
            found, self.at = self.text[self.at : end], end + 1
            return found
        plain = _PLAIN_IN_ANSI if is_ansi else _PLAIN_IN_DOUBLE
        parts: list[str] = []
        while self.at < len(self.text) and self.text[self.at] != quote:
            if run := plain.match(self.text, self.at):
                parts.append(run[0])
                self.at = run.end()
            elif self.text[self.at] == "\\" and self.at + 1 < len(self.text):
                self.at += 1
                parts.append(self._escaped_ansi() if is_ansi else self._escaped())
            elif self.text[self.at] == "$":
                parts.append(self._expanded())
            elif document := self._document(_CAT_IN_BACKTICKS):
                self.at = document.end()
                parts.append(document[3] if document[1] else self._filled(document[3]))
            else:
                parts.append(self.text[self.at])
                self.at += 1
        if self.at >= len(self.text):
            raise OpenQuotesError
        self.at += 1
        return "".join(parts)

    def _skip_blanks(self) -> None:
        while self.at < len(self.text):
            lost = _LOST_LINE_END.match(self.text, self.at)
            continued = _CONTINUED.match(self.text, self.at) or lost
            if continued:
                self.at = continued.end()
            elif self.text[self.at].isspace() and self.text[self.at] != "\n":
                self.at += 1
            else:
                return

    def _ends(self, command: ShellCommand) -> bool:
        self._skip_blanks()
        text = self.text
        if self.at >= len(text):
            return True
        sign = text[self.at]
        if sign == "\n":
            if self._pending or not _NEXT_GOES_ON.match(text, self.at):
                return True
            self.at += 1
            return self._ends(command)
        if sign == "|":
            command.is_piped = not text.startswith("||", self.at)
            self.at += 1
            return True
        return sign == ")" or sign in _PROSE or self._is_end(sign)

    def _is_end(self, sign: str) -> bool:
        if sign == "`":
            return self._in_backticks
        follower = self.text[self.at + 1 : self.at + 2]
        is_single = not follower or follower.isspace() or follower in ";&"
        if sign == "#":
            return self.at > 0 and self.text[self.at - 1].isspace()
        return (sign == ";" and is_single) or (sign == "&" and is_single)

    def _is_operator(self, sign: str) -> bool:
        if sign in "<>":
            return _PLACEHOLDER.match(self.text, self.at) is None
        if sign == "#":
            return False
        return sign in "|)" or self._is_end(sign)

    def _redirects(self, command: ShellCommand) -> bool:
        """Pass a redirection, such as `2>&1`, `> out.json`, `<<'END'`; True where there was one."""
        text = self.text
        digits = re.compile(r"\d?(?=[<>])|&(?=>)").match(text, self.at)
        at = digits.end() if digits else self.at
        if text[at : at + 1] not in ("<", ">") or _PLACEHOLDER.match(text, at):
            return False
        if mark := _HERE_DOCUMENT.match(text, at):
            self._pending.append((command, mark))
            self.at = mark.end()
            return True
        sign = _REDIRECTION.match(text, at)
        assert sign is not None
        self.at = sign.end()
        word = self.word()
        if sign[0] == "<<<" and word is not None:
            command.stdin = word.text
        return True

    def _bare(self) -> str:
        """A piece of a word outside quotes."""
        if run := _PLAIN.match(self.text, self.at):
            self.at = run.end()
            return run[0]
        if placeholder := _PLACEHOLDER.match(self.text, self.at):
            self.at = placeholder.end()
            return placeholder[0]
        if self.text[self.at] == "$":
            return self._expanded()
        if not self._in_backticks and (inside := _IN_BACKTICKS.match(self.text, self.at)):
            self._has_variables = True
            self.at = inside.end()
            return inside[0]
        self.at += 1
        return self.text[self.at - 1]

    def _expanded(self) -> str:
        """What a dollar sign stands for, as far as the pasted text itself says so."""
        if document := self._document(_CAT):
            self.at = document.end()
            return document[3] if document[1] else self._filled(document[3])
        if variable := _VARIABLE.match(self.text, self.at):
            self.at = variable.end()
            return self._known(variable)
        if other := _OTHER_VARIABLE.match(self.text, self.at):
            self._has_variables = True
            self.at = other.end()
            return other[0]
        if _SUBSTITUTION.match(self.text, self.at):
            self._has_variables = True
            start, depth = self.at, 0
            while self.at < len(self.text):
                depth += {"(": 1, ")": -1}.get(self.text[self.at], 0)
                self.at += 1
                if not depth and self.text[self.at - 1] == ")":
                    return self.text[start : self.at]
            self.at = start
        self.at += 1
        return "$"

    def _document(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """The here-document that is written here; each look may go on to the end of the text."""
        if self._documents_left <= 0 or not _CAT_STARTS.match(self.text, self.at):
            return None
        self._documents_left -= 1
        return pattern.match(self.text, self.at)

    def _filled(self, text: str) -> str:
        return _VARIABLE.sub(self._known, text)

    def _known(self, variable: re.Match[str]) -> str:
        value = self._variables.get(variable[1] or variable[2])
        if value is None:
            self._has_variables = True
            return variable[0]
        return value

    def _escaped(self) -> str:
        sign = self.text[self.at]
        if sign == "\r" and self.text.startswith("\r\n", self.at):
            self.at += 2
            return ""
        self.at += 1
        if sign == "\n":
            return ""
        return sign if sign in '"\\$`' else f"\\{sign}"

    def _escaped_ansi(self) -> str:
        if number := _HEX.match(self.text, self.at):
            self.at = number.end()
            group = number.lastindex or 0
            code = int(number[group], 8 if group == _OCTAL_GROUP else 16)
            return chr(code) if code <= 0x10FFFF else ""
        sign = self.text[self.at]
        self.at += 1
        return _ESCAPES.get(sign, sign)

"""What a pasted PowerShell command would send: its addresses and its body. Nothing is run.

Understood are strings (`'…''…'`, `"…`"…"`), here-strings, hashtables (`@{msgtype='text'}`), lists
(`@(…)`), variables that the paste itself sets, and `| ConvertTo-Json` behind any of them.
"""

import re
from dataclasses import dataclass
from typing import Final


class PowerShellError(ValueError):
    """A value that is not understood, or quotes that never close."""


@dataclass(frozen=True, slots=True, repr=False)
class WebRequest:
    """The address and the body (JSON text, or a table that becomes JSON); where the command ends.

    `is_body_elsewhere`: the body comes out of a file, or of what nobody knows here. `others` are
    all other options, by their names in small letters; None is a value that nobody knows here.
    """

    address: str | None
    body: object | None
    is_body_elsewhere: bool
    end: int
    others: dict[str, object]


COMMAND: Final = re.compile(
    r"(?<![\w-])(?:Invoke-RestMethod|Invoke-WebRequest|irm|iwr)(?=\s+[-\"'$@]|\s+https?:)",
    re.IGNORECASE,
)


def read_variables(text: str) -> dict[str, object]:
    """What the text sets, by name in small letters; what is not understood is left out."""
    found: dict[str, object] = {}
    for assignment in _ASSIGNMENT.finditer(text):
        reader = _PowerShellReader(text, assignment.end(), found)
        try:
            found[assignment[1].lower()] = reader.value()
        except PowerShellError:
            continue
    return found


def read_web_request(text: str, start: int, variables: dict[str, object]) -> WebRequest:
    """The command whose options begin at `start`."""
    reader = _PowerShellReader(text, start, variables)
    options: dict[str, object] = {}
    unknown: set[str] = set()
    is_elsewhere = False
    while True:
        reader.skip_blanks()
        option = _OPTION.match(text, reader.at)
        if option is None and not reader.is_at_value():
            break
        name = _NAMES.get(option[1].lower(), option[1].lower()) if option else "uri"
        if option:
            reader.at = option.end()
            reader.skip_blanks()
        if option and not reader.is_at_value():
            continue  # a switch, such as -UseBasicParsing
        try:
            options.setdefault(name, reader.value())
        except PowerShellError:
            is_elsewhere = is_elsewhere or name == "body"
            unknown.add(name)
            reader.skip_value()
    table = options.get("splatted")
    if isinstance(table, dict):
        options = {str(key).lower(): value for key, value in table.items()} | options
    address = options.get("uri")
    body = options.get("body")
    return WebRequest(
        address if isinstance(address, str) else None,
        body,
        is_elsewhere or "infile" in options,
        reader.at,
        dict.fromkeys(sorted(unknown - set(options))) | options,
    )


_ASSIGNMENT: Final = re.compile(r"^[ \t]*(?:PS[^>\n]*> ?)?\$(\w+)[ \t]*=[ \t]*", re.MULTILINE)
_OPTION: Final = re.compile(r"-([A-Za-z]\w*)(?::(?=\S))?")
_NAMES: Final = {"u": "uri", "url": "uri", "b": "body", "in": "infile"}
_BLANKS: Final = re.compile(r"(?:[ \t]|`[ \t]*\r?\n)*")
_SPACE: Final = re.compile(r"(?:\s|#[^\n]*\n|`[ \t]*\r?\n)*")
_NUMBER: Final = re.compile(r"-?\d{1,30}(?![\w.])")
_WORD: Final = re.compile(r"[^\s;|,(){}@\"'$`][^\s;|,(){}\"'$`]*")
_KEY: Final = re.compile(r"[\w-]+")
_VARIABLE: Final = re.compile(r"\$(?:\{(\w+)\}|(\w+))")
_HERE_STRING: Final = re.compile(r"@([\"'])[ \t]*\r?\n(.*?)\r?\n\1@", re.DOTALL)
_SINGLE: Final = re.compile(r"'((?:[^']|'')*)'")
_DOUBLE: Final = re.compile(r"\"((?:[^\"`]|`.|\"\")*)\"", re.DOTALL)
_ESCAPES: Final = {"n": "\n", "r": "\r", "t": "\t", "0": "\0"}
_ENCODED: Final = re.compile(r"\[[\w.]+\]::\w+\.GetBytes\(\s*", re.IGNORECASE)
_CONVERTED: Final = re.compile(r"\s*\|\s*ConvertTo-Json(?:\s+-\w+(?:\s+\w+)?)*", re.IGNORECASE)
_CONSTANTS: Final = {"true": True, "false": False, "null": None}
_DEEPEST: Final = 40


class _PowerShellReader:
    """Reads values from `at` on."""

    def __init__(self, text: str, at: int, variables: dict[str, object]) -> None:
        self.text = text
        self.at = at
        self._variables = variables
        self._depth = 0

    def skip_blanks(self) -> None:
        self._pass(_BLANKS)

    def skip_value(self) -> None:
        """Pass what was not understood, up to the next option, the line's end or a pipe."""
        end = re.compile(r"[ \t]-[A-Za-z]|[\n|;]").search(self.text, self.at)
        self.at = end.start() if end else len(self.text)

    def is_at_value(self) -> bool:
        """True where anything but the command's end and an option stands."""
        sign = self.text[self.at : self.at + 1]
        return bool(sign) and sign not in "\r\n|;)}" and not _OPTION.match(self.text, self.at)

    def value(self) -> object:
        """One value, with `| ConvertTo-Json` behind it. Raises PowerShellError."""
        self._depth += 1
        if self._depth > _DEEPEST:
            raise PowerShellError
        found = self._one()
        self._pass(_CONVERTED)
        self._depth -= 1
        return found

    def _one(self) -> object:
        text, at = self.text, self.at
        if here := _HERE_STRING.match(text, at):
            self.at = here.end()
            return here[2] if here[1] == "'" else self._filled(here[2])
        if text.startswith("@{", at):
            return self._table()
        if text.startswith("@(", at):
            return self._list()
        if text.startswith("(", at) or _ENCODED.match(text, at):
            return self._in_parentheses()
        if single := _SINGLE.match(text, at):
            self.at = single.end()
            return single[1].replace("''", "'")
        if double := _DOUBLE.match(text, at):
            self.at = double.end()
            return self._filled(double[1])
        if variable := _VARIABLE.match(text, at):
            self.at = variable.end()
            return self._known(variable)
        if splatted := re.compile(r"@(\w+)").match(text, at):
            self.at = splatted.end()
            return self._variables.get(splatted[1].lower())
        if number := _NUMBER.match(text, at):
            self.at = number.end()
            return int(number[0])
        word = _WORD.match(text, at)
        if word is None:
            raise PowerShellError
        self.at = word.end()
        return word[0]

    def _table(self) -> dict[str, object]:
        found: dict[str, object] = {}
        self.at += 2
        while not self._closes("}"):
            key = self._key()
            self._pass(_SPACE)
            if not self.text.startswith("=", self.at):
                raise PowerShellError
            self.at += 1
            self._pass(_SPACE)
            found[key] = self._broadcast()
            self._pass(re.compile(r"[ \t]*;?"))
        return found

    def _key(self) -> str:
        for pattern in (_SINGLE, _DOUBLE):
            if quoted := pattern.match(self.text, self.at):
                self.at = quoted.end()
                return quoted[1]
        key = _KEY.match(self.text, self.at)
        if key is None:
            raise PowerShellError
        self.at = key.end()
        return key[0]

    def _broadcast(self) -> object:
        """A value, or a list where commas join several."""
        found = [self.value()]
        comma = re.compile(r"\s*,\s*")
        while mark := comma.match(self.text, self.at):
            self.at = mark.end()
            found.append(self.value())
        return found if len(found) > 1 else found[0]

    def _list(self) -> list[object]:
        found: list[object] = []
        self.at += 2
        while not self._closes(")"):
            found.append(self.value())
            self._pass(re.compile(r"\s*[,;]?"))
        return found

    def _in_parentheses(self) -> object:
        encoded = _ENCODED.match(self.text, self.at)
        self.at = encoded.end() if encoded else self.at + 1
        self._pass(_SPACE)
        found = self.value()
        if not self._closes(")"):
            raise PowerShellError
        return found

    def _closes(self, closing: str) -> bool:
        self._pass(_SPACE)
        if self.at >= len(self.text):
            raise PowerShellError
        if self.text[self.at] != closing:
            return False
        self.at += 1
        return True

    def _pass(self, pattern: re.Pattern[str]) -> None:
        found = pattern.match(self.text, self.at)
        self.at = found.end() if found else self.at

    def _filled(self, text: str) -> str:
        """What stands in double quotes: variables filled in, then backticks taken off."""
        pieces = re.split(r"(`.|\"\"|\$\{\w+\}|\$\w+)", text, flags=re.DOTALL)
        for at in range(1, len(pieces), 2):
            piece = pieces[at]
            if piece.startswith("$"):
                value = self._variables.get(piece.strip("${}").lower(), piece)
                pieces[at] = value if isinstance(value, str) else piece
            else:
                pieces[at] = '"' if piece == '""' else _ESCAPES.get(piece[1], piece[1])
        return "".join(pieces)

    def _known(self, variable: re.Match[str]) -> object:
        name = (variable[1] or variable[2]).lower()
        if name in _CONSTANTS:
            return _CONSTANTS[name]
        if name not in self._variables:
            raise PowerShellError
        return self._variables[name]

"""What is left of a line, while the marks of quotes and lists are taken off its beginning."""

from typing import Final

_TAB: Final = 4


class Cursor:
    """What is left of a line: `rest` begins at `column`, `body` after `indent` more of them."""

    __slots__ = ("body", "column", "indent", "rest")

    def __init__(self, line: str) -> None:
        self.column = 0
        self._set(line)

    def _set(self, rest: str) -> None:
        self.rest = rest
        if rest[:1] not in (" ", "\t"):
            self.indent, self.body = 0, rest
            return
        self.body = rest.lstrip(" \t")
        space = rest[: len(rest) - len(self.body)]
        if "\t" in space:
            shift = self.column % _TAB
            self.indent = len((" " * shift + space).expandtabs(_TAB)) - shift
        else:
            self.indent = len(space)

    def skip(self, columns: int) -> None:
        """Leave `columns` of white space behind; what remains of a tab becomes spaces."""
        if not self.indent:
            return
        columns = min(columns, self.indent)
        column, used = self.column, 0
        self.column += columns
        while column < self.column:
            column += _TAB - column % _TAB if self.rest[used] == "\t" else 1
            used += 1
        self._set(" " * (column - self.column) + self.rest[used:])

    def take(self, characters: int) -> None:
        """Leave the indent and so many characters of the body behind."""
        self.column += self.indent + characters
        self._set(self.body[characters:])

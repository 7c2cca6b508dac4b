"""An entry for a tool of the system's: its files, and the commands that make it known there."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath
from shlex import quote
from typing import Final

BEGIN: Final = "# BEGIN DingComposer schedule"
END: Final = "# END DingComposer schedule"
"""The marks between which the lines of this program stand in a crontab."""


@dataclass(frozen=True, slots=True)
class EntryFile:
    """A file of an entry, with what is in it."""

    path: PurePath
    content: bytes

    @property
    def text(self) -> str:
        """What is in it, to be read by a person."""
        is_utf16 = self.content.startswith((b"\xff\xfe", b"\xfe\xff"))
        return self.content.decode("utf-16" if is_utf16 else "utf-8")


@dataclass(frozen=True, slots=True)
class SystemEntry:
    """All that one tool needs, and how it is taken away again.

    `install` and `remove` are commands, word by word, run after the files are written, and before
    they are deleted. `crontab_lines` are for a table that other programs share: they are put in
    between marks, and all else in it stays. `was_run` is False where it was never tried on a
    system that has the tool.
    """

    name: str
    files: tuple[EntryFile, ...] = ()
    install: tuple[tuple[str, ...], ...] = ()
    remove: tuple[tuple[str, ...], ...] = ()
    crontab_lines: tuple[str, ...] = ()
    was_run: bool = True

    @property
    def shown(self) -> str:
        """All of it as a person reads it before it is written."""
        parts = [f"# {one.path}\n{one.text.rstrip()}" for one in self.files]
        if self.crontab_lines:
            parts.append("# crontab\n" + "\n".join(self.crontab_lines))
        if self.install:
            commands = (" ".join(map(quote, one)) for one in self.install)
            parts.append("# then\n" + "\n".join(commands))
        return "\n\n".join(parts) + "\n"


def with_lines(crontab: str, lines: Sequence[str]) -> str:
    """A crontab with these lines in the place of those of before; without lines, with none."""
    kept: list[str] = []
    is_ours = False
    for line in crontab.splitlines():
        is_ours = is_ours or line.strip() == BEGIN
        if not is_ours:
            kept.append(line)
        if line.strip() == END:
            is_ours = False
    return "".join(f"{line}\n" for line in (*kept, *lines))

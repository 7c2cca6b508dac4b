"""How the set-up speaks: a line for each step, and one sentence for what went wrong."""

import io
import os
import shutil
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

TAIL_LINES = 15


class Trouble(Exception):
    """The set-up cannot go on. Its text says what happened and what helps."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a command ended, and all that it printed."""

    returncode: int
    output: str

    @property
    def tail(self) -> str:
        """The last lines of the output, indented."""
        return "\n".join(f"    {line}" for line in self.output.splitlines()[-TAIL_LINES:])


def speak_in_any_encoding() -> None:
    """Let what the output's encoding lacks be escaped, as in a file on a Western Windows."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def step(text: str) -> None:
    """Print what is being done now."""
    _clear()
    print(f"==> {text}", flush=True)


def detail(text: str) -> None:
    """Print what was found on the way."""
    _clear()
    print(f"    {text}", flush=True)


def progress(text: str) -> None:
    """Show, on a terminal only, how far the step has come; the next line replaces it."""
    if sys.stdout.isatty():
        _clear()
        print(f"    {text}"[: _width()], end="", flush=True)


def listen(
    command: Sequence[str | Path],
    on_line: Callable[[str], None] = lambda _line: None,
    *,
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
) -> Outcome:
    """Run the command, hand over each line as it comes, and keep what it said.

    Raises:
        OSError: the command cannot be started.
    """
    kept: deque[str] = deque(maxlen=2000)
    with subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
        env={**(os.environ if env is None else env), "PYTHONIOENCODING": "utf-8"},
        cwd=cwd,
    ) as running:
        assert running.stdout is not None
        for line in running.stdout:
            kept.append(line)
            on_line(line.rstrip())
    return Outcome(running.returncode, "".join(kept))


def _clear() -> None:
    """Empty the line that `progress` wrote. Spaces do so on every terminal, old consoles too."""
    if sys.stdout.isatty():
        print(f"\r{' ' * _width()}\r", end="")


def _width() -> int:
    """As much as a line holds; one less, since some terminals begin a new one when it is full."""
    return shutil.get_terminal_size().columns - 1

"""How the set-up speaks: a line for each step, and one sentence for what went wrong."""

import os
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
        print(f"    {text}"[:79], end="", flush=True)


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
    if sys.stdout.isatty():
        print("\r\033[K", end="")

"""Writes the entries of the system's tools, and takes them away: as little as is needed, in the
person's own folders.

What a tool is called with is run without a shell. Where a tool is missing, or says no, that is
told, and the files that were written are taken back.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from typing import Final

import dingcomposer
from dingcomposer import paths
from dingcomposer.interchange.system_entries.entry import BEGIN, SystemEntry, with_lines
from dingcomposer.interchange.system_entries.login import (
    autostart_entry,
    login_agent_entry,
    run_key_entry,
)
from dingcomposer.interchange.system_entries.timers import (
    cron_entry,
    launchd_entry,
    systemd_entry,
    windows_entry,
)

TOOL_S: Final = 20
"""A tool of the system's answers at once; nobody waits for one that does not."""


class Scheduler(StrEnum):
    """Whose entry it is."""

    SYSTEMD = "systemd"
    CRON = "cron"
    LAUNCHD = "launchd"
    WINDOWS = "windows"


class EntryError(Exception):
    """An entry could not be written; `tool` is what said no, `words` what it said."""

    def __init__(self, tool: str, words: str) -> None:
        super().__init__(tool, words)
        self.tool = tool
        self.words = words


RunTool = Callable[[Sequence[str], str], str]
"""Runs a tool with this on its standard input; what it said. Raises EntryError."""


def run_tool(words: Sequence[str], typed: str) -> str:
    """Run a tool of the system's, without a shell; what it said. Raises EntryError."""
    try:
        done = subprocess.run(
            list(words), input=typed, capture_output=True, text=True, check=False, timeout=TOOL_S
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise EntryError(words[0], type(error).__name__) from None
    if done.returncode:
        raise EntryError(words[0], (done.stderr or done.stdout).strip()[:500])
    return done.stdout


def this_scheduler(platform: str = sys.platform) -> Scheduler:
    """That of this system."""
    if platform == "darwin":
        return Scheduler.LAUNCHD
    return Scheduler.WINDOWS if platform == "win32" else Scheduler.SYSTEMD


def program_command() -> tuple[str, ...]:
    """What starts this program from anywhere: a checkout is on nobody's path."""
    if getattr(sys, "frozen", False):
        return (_own_appimage() or sys.executable,)
    root = Path(dingcomposer.__file__).parent.parent
    if root.name in ("site-packages", "dist-packages"):
        return (sys.executable, "-m", "dingcomposer")
    begins = f"import sys; sys.path.insert(0, {str(root)!r}); "
    return (sys.executable, "-c", f"{begins}from dingcomposer.__main__ import run; run()")


def _own_appimage() -> str:
    """The AppImage that this program came out of; "" where it came out of none.

    The folder that it runs in is gone when it ends. The names are passed on to whatever a program
    starts, so another program's AppImage may stand there.
    """
    folder = os.environ.get("APPDIR", "")
    is_ours = bool(folder) and Path(sys.executable).is_relative_to(folder)
    return os.environ.get("APPIMAGE", "") if is_ours else ""


def chosen_folder(data_folder: Path) -> Path | None:
    """The data folder where a person chose one, None for the usual one of the system."""
    return None if data_folder == paths.places().data else data_folder


def schedule_entry(
    kind: Scheduler, program: Sequence[str], data_dir: Path | None, data_folder: Path
) -> SystemEntry:
    """What makes a scheduler call `schedule run-due` once a minute, on this data folder.

    `data_dir` is the folder that was chosen, None for the usual one; `data_folder` is where it is.
    """
    chosen = () if data_dir is None else ("--data-dir", str(data_dir))
    command = (*program, *chosen, "--quiet", "schedule", "run-due")
    match kind:
        case Scheduler.SYSTEMD:
            return systemd_entry(command, _config_home())
        case Scheduler.CRON:
            return cron_entry(command, _user_id())
        case Scheduler.LAUNCHD:
            return launchd_entry(command, Path.home(), _user_id())
        case Scheduler.WINDOWS:
            return windows_entry(command, data_folder)


def login_entry(
    program: Sequence[str], data_dir: Path | None, platform: str = sys.platform
) -> SystemEntry:
    """What starts the program in the tray when the person logs in."""
    chosen = () if data_dir is None else ("--data-dir", str(data_dir))
    command = (*program, *chosen, "--in-tray")
    if platform == "darwin":
        return login_agent_entry(command, Path.home())
    return (
        run_key_entry(command) if platform == "win32" else autostart_entry(command, _config_home())
    )


def is_installed(entry: SystemEntry, run: RunTool = run_tool) -> bool:
    """Whether the entry is there, just as it would be written now."""
    if entry.crontab_lines:
        return "\n".join(entry.crontab_lines) in _crontab(run)
    if not entry.files:
        return False
    return all(_content_of(Path(one.path)) == one.content for one in entry.files)


def has_older(entry: SystemEntry, run: RunTool = run_tool) -> bool:
    """Whether the entry is there in any form: that of an earlier place of the program, say."""
    if entry.crontab_lines:
        return BEGIN in _crontab(run)
    return any(Path(one.path).exists() for one in entry.files)


def has_schedule_entry(data_folder: Path, run: RunTool = run_tool) -> bool:
    """Whether a scheduler of this system calls this program for what is due."""
    kinds = [this_scheduler()]
    if kinds[0] is not Scheduler.WINDOWS and shutil.which("crontab"):
        kinds.append(Scheduler.CRON)
    program, chosen = program_command(), chosen_folder(data_folder)
    with suppress(EntryError):
        return any(
            has_older(schedule_entry(one, program, chosen, data_folder), run) for one in kinds
        )
    return False


def install(entry: SystemEntry, run: RunTool = run_tool) -> None:
    """Write an entry, in the place of that of before. Raises EntryError and OSError."""
    if entry.crontab_lines:
        run(("crontab", "-"), with_lines(_crontab(run), entry.crontab_lines))
        return
    before = {Path(one.path): _content_of(Path(one.path)) for one in entry.files}
    try:
        for one in entry.files:
            path = Path(one.path)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(one.content)
        for words in entry.install:
            run(words, "")
    except (EntryError, OSError):
        for path, content in before.items():
            with suppress(OSError):
                _put_back(path, content)
        raise


def uninstall(entry: SystemEntry, run: RunTool = run_tool) -> None:
    """Take an entry away; one that is not there is fine. Raises EntryError and OSError."""
    if entry.crontab_lines:
        crontab = _crontab(run)
        without = with_lines(crontab, ())
        if without != crontab:
            run(("crontab", "-"), without)
        return
    was_there = not entry.files or any(Path(one.path).exists() for one in entry.files)
    if was_there:
        for words in entry.remove:
            run(words, "")
    for one in entry.files:
        Path(one.path).unlink(missing_ok=True)


def _crontab(run: RunTool) -> str:
    """The person's crontab; "" where there is none."""
    try:
        return run(("crontab", "-l"), "")
    except EntryError as error:
        if "no crontab" in error.words:
            return ""
        raise


def _content_of(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None


def _put_back(path: Path, content: bytes | None) -> None:
    if content is None:
        path.unlink(missing_ok=True)
    else:
        path.write_bytes(content)


def _config_home() -> Path:
    return Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")


def _user_id() -> int:
    return os.getuid() if hasattr(os, "getuid") else 0

"""The entry of each system that starts a program when the person logs in.

The Desktop Application Autostart Specification, launchd.plist(5), and the Run key of Windows'
registry; read 2026-11-30.
"""

import plistlib
from collections.abc import Sequence
from pathlib import PurePath
from typing import Final

from dingcomposer.interchange.system_entries.entry import EntryFile, SystemEntry
from dingcomposer.interchange.system_entries.timers import windows_word

NAME: Final = "dingcomposer"
LOGIN_LABEL: Final = "io.github.dingcomposer.login"
RUN_KEY: Final = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Run"
VALUE: Final = "DingComposer"
_RESERVED: Final = frozenset(" \t\n\"'\\><~|&;$*?#()`")


def autostart_entry(command: Sequence[str], config_home: PurePath) -> SystemEntry:
    """A desktop file in the autostart folder of Linux's desktops."""
    content = (
        "[Desktop Entry]\n"
        "Type=Application\n"
        "Name=DingComposer\n"
        "Comment=Sends what is due, from the tray\n"
        "Comment[zh_CN]=在系统托盘里运行，到点发送\n"
        f"Exec={' '.join(_desktop_word(one) for one in command)}\n"
        "Terminal=false\n"
        "X-GNOME-Autostart-enabled=true\n"
    )
    path = config_home / "autostart" / f"{NAME}.desktop"
    return SystemEntry("autostart", (EntryFile(path, content.encode()),))


def login_agent_entry(command: Sequence[str], home: PurePath) -> SystemEntry:
    """An agent that macOS's launchd starts with the person's session, from the next login on."""
    path = home / "Library" / "LaunchAgents" / f"{LOGIN_LABEL}.plist"
    content = plistlib.dumps(
        {
            "Label": LOGIN_LABEL,
            "ProgramArguments": list(command),
            "RunAtLoad": True,
            "ProcessType": "Interactive",
        }
    )
    return SystemEntry("login agent", (EntryFile(path, content),), was_run=False)


def run_key_entry(command: Sequence[str]) -> SystemEntry:
    """A value of the person's own Run key in Windows' registry."""
    line = " ".join(windows_word(one) for one in command)
    key = ("reg", "add", RUN_KEY, "/v", VALUE, "/t", "REG_SZ", "/d", line, "/f")
    gone = ("reg", "delete", RUN_KEY, "/v", VALUE, "/f")
    return SystemEntry("Run key", install=(key,), remove=(gone,), was_run=False)


def _desktop_word(word: str) -> str:
    """A word of an Exec line: quoted where it must be, and a percent sign doubled.

    A backslash is escaped for the quotes, and once more for the value of a key.
    """
    word = word.replace("%", "%%")
    if word and not _RESERVED & set(word):
        return word
    quoted = "".join(f"\\{one}" if one in '"`$\\' else one for one in word)
    return '"' + quoted.replace("\\", "\\\\") + '"'

"""The entry of each system's scheduler that runs a command once a minute.

systemd.timer(5), crontab(5), launchd.plist(5), and Task Scheduler's schema, version 1.2, in the
namespace http://schemas.microsoft.com/windows/2004/02/mit/task; read 2026-11-30.
"""

import plistlib
import re
from collections.abc import Sequence
from pathlib import PurePath, PurePosixPath
from typing import Final
from xml.etree import ElementTree
from xml.sax.saxutils import quoteattr

from dingcomposer.interchange.system_entries.entry import BEGIN, END, EntryFile, SystemEntry

UNIT: Final = "dingcomposer-schedule"
LABEL: Final = "io.github.dingcomposer.schedule"
TASK: Final = "DingComposer schedule"
TASK_NAMESPACE: Final = "http://schemas.microsoft.com/windows/2004/02/mit/task"
STARTS_AT: Final = "2026-01-01T00:00:00"
"""A local time that is over, from which on the task repeats: written anew, it is the same task."""

_PLAIN: Final = re.compile(r"[\w./:@%+=,-]+", re.ASCII)


def systemd_entry(command: Sequence[str], config_home: PurePath) -> SystemEntry:
    """A timer and a service of the person's own systemd: it has the session's keyring."""
    folder = config_home / "systemd" / "user"
    service = (
        "[Unit]\n"
        "Description=DingComposer: send what is due\n"
        "\n"
        "[Service]\n"
        "Type=oneshot\n"
        f"ExecStart={' '.join(_systemd_word(one) for one in command)}\n"
    )
    timer = (
        "[Unit]\n"
        "Description=DingComposer: look for what is due, once a minute\n"
        "\n"
        "[Timer]\n"
        "OnCalendar=*-*-* *:*:00\n"
        "AccuracySec=1s\n"
        "\n"
        "[Install]\n"
        "WantedBy=timers.target\n"
    )
    control = ("systemctl", "--user")
    return SystemEntry(
        "systemd",
        (
            EntryFile(folder / f"{UNIT}.service", service.encode()),
            EntryFile(folder / f"{UNIT}.timer", timer.encode()),
        ),
        ((*control, "daemon-reload"), (*control, "enable", "--now", f"{UNIT}.timer")),
        ((*control, "disable", "--now", f"{UNIT}.timer"),),
    )


def cron_entry(command: Sequence[str], user_id: int) -> SystemEntry:
    """Lines of a crontab. Cron knows no session: where its keyring listens is said to it."""
    runtime = PurePosixPath("/run/user") / str(user_id)
    words = " ".join(_cron_word(one) for one in command)
    line = (
        f"* * * * * XDG_RUNTIME_DIR={runtime}"
        f" DBUS_SESSION_BUS_ADDRESS=unix:path={runtime}/bus {words}"
    )
    return SystemEntry("cron", crontab_lines=(BEGIN, line, END))


def launchd_entry(command: Sequence[str], home: PurePath, user_id: int) -> SystemEntry:
    """An agent of macOS's launchd, in the person's own session."""
    path = home / "Library" / "LaunchAgents" / f"{LABEL}.plist"
    content = plistlib.dumps(
        {
            "Label": LABEL,
            "ProgramArguments": list(command),
            "StartInterval": 60,
            "RunAtLoad": True,
            "ProcessType": "Background",
        }
    )
    domain = f"gui/{user_id}"
    return SystemEntry(
        "launchd",
        (EntryFile(path, content),),
        (("launchctl", "bootstrap", domain, str(path)),),
        (("launchctl", "bootout", f"{domain}/{LABEL}"),),
        was_run=False,
    )


def windows_entry(command: Sequence[str], data_folder: PurePath) -> SystemEntry:
    """A task of Windows' Task Scheduler, for the person who is logged on."""
    path = data_folder / f"{UNIT}.xml"
    content = task_xml(command)
    return SystemEntry(
        "windows",
        (EntryFile(path, content),),
        (("schtasks", "/Create", "/F", "/TN", TASK, "/XML", str(path)),),
        (("schtasks", "/Delete", "/F", "/TN", TASK),),
        was_run=False,
    )


def task_xml(command: Sequence[str]) -> bytes:
    """The task as Task Scheduler reads it, in UTF-16 with its mark."""
    ElementTree.register_namespace("", TASK_NAMESPACE)
    task = ElementTree.Element(f"{{{TASK_NAMESPACE}}}Task", {"version": "1.2"})

    def add(parent: ElementTree.Element, path: str, text: str = "") -> ElementTree.Element:
        for name in path.split("/"):
            parent = ElementTree.SubElement(parent, f"{{{TASK_NAMESPACE}}}{name}")
        parent.text = text or None
        return parent

    add(task, "RegistrationInfo/Description", "Sends what is due; DingComposer wrote this.")
    trigger = add(task, "Triggers/TimeTrigger")
    repetition = add(trigger, "Repetition")
    add(repetition, "Interval", "PT1M")
    add(repetition, "StopAtDurationEnd", "false")
    add(trigger, "StartBoundary", STARTS_AT)
    add(trigger, "Enabled", "true")
    principal = add(task, "Principals/Principal")
    principal.set("id", "Author")
    add(principal, "LogonType", "InteractiveToken")
    add(principal, "RunLevel", "LeastPrivilege")
    settings = add(task, "Settings")
    add(settings, "MultipleInstancesPolicy", "IgnoreNew")
    add(settings, "DisallowStartIfOnBatteries", "false")
    add(settings, "StopIfGoingOnBatteries", "false")
    add(settings, "StartWhenAvailable", "false")
    add(settings, "ExecutionTimeLimit", "PT1H")
    actions = add(task, "Actions")
    actions.set("Context", "Author")
    run = add(actions, "Exec")
    add(run, "Command", command[0])
    add(run, "Arguments", " ".join(windows_word(one) for one in command[1:]))
    ElementTree.indent(task)
    text = ElementTree.tostring(task, encoding="unicode")
    return f"<?xml version={quoteattr('1.0')} encoding={quoteattr('UTF-16')}?>\n{text}\n".encode(
        "utf-16"
    )


def windows_word(word: str) -> str:
    """A word as a Windows program takes its command line apart."""
    doubled = re.sub(r'(\\*)"', r'\1\1\\"', word)
    if word and not re.search(r"[ \t]", word):
        return doubled
    ending = re.sub(r"(\\+)$", r"\1\1", doubled)
    return f'"{ending}"'


def _systemd_word(word: str) -> str:
    """A word in ExecStart: a percent sign, a dollar sign and a backslash have a meaning there."""
    word = word.replace("%", "%%").replace("$", "$$")
    if _PLAIN.fullmatch(word):
        return word
    return '"' + word.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _cron_word(word: str) -> str:
    """A word for the shell that cron calls; a percent sign would end the line there."""
    quoted = word if _PLAIN.fullmatch(word) else "'" + word.replace("'", "'\\''") + "'"
    return quoted.replace("%", "\\%")

"""What the program writes for the systems' schedulers, read back by their own rules and tools."""

import json
import plistlib
import shutil
import subprocess
import sys
from os import environ
from pathlib import Path, PurePosixPath
from xml.etree import ElementTree

import pytest

from dingcomposer.interchange.system_entries.entry import SystemEntry, with_lines
from dingcomposer.interchange.system_entries.login import (
    autostart_entry,
    login_agent_entry,
    run_key_entry,
)
from dingcomposer.interchange.system_entries.timers import (
    STARTS_AT,
    TASK_NAMESPACE,
    cron_entry,
    launchd_entry,
    systemd_entry,
    task_xml,
    windows_entry,
    windows_word,
)

ODD = ("/opt/钉 钉/50% $HOME", 'it"s', "back\\slash\\", "'", "a`b", "", "--data-dir")
COMMAND = (sys.executable, *ODD)
NEEDS_SYSTEMD = pytest.mark.skipif(
    shutil.which("systemd-analyze") is None, reason="systemd is not installed"
)
NEEDS_CRON = pytest.mark.skipif(shutil.which("crontab") is None, reason="cron is not installed")
NEEDS_DESKTOP = pytest.mark.skipif(
    shutil.which("desktop-file-validate") is None, reason="desktop-file-utils is not installed"
)
PRINTS = f"{sys.executable} -c 'import sys, json; print(json.dumps(sys.argv[1:]))'"


def written(entry: SystemEntry, folder: Path) -> list[Path]:
    paths = []
    for one in entry.files:
        path = folder / one.path.name
        path.write_bytes(one.content)
        paths.append(path)
    return paths


def verified(paths: list[Path], folder: Path) -> str:
    """What systemd finds wrong with some units."""
    done = subprocess.run(
        ["systemd-analyze", "verify", "--user", *map(str, paths)],
        capture_output=True,
        text=True,
        check=False,
        env={**environ, "XDG_RUNTIME_DIR": str(folder)},
    )
    assert "Failed to initialize" not in done.stderr
    # Not what it finds in the system's own units, whose sockets lie in the same folder here.
    lines = [one for one in done.stderr.splitlines() if not one.startswith("/usr/")]
    own = [line for line in lines if str(folder) in line or "dingcom" in line]
    return "\n".join(own)


@NEEDS_SYSTEMD
def test_systemd_finds_nothing_wrong_with_the_units(tmp_path: Path) -> None:
    service, timer = written(systemd_entry(COMMAND, tmp_path), tmp_path)
    assert verified([service, timer], tmp_path) == ""
    text = service.read_text(encoding="utf-8")
    service.write_text(text.replace("ExecStart=/", "ExecStart="), encoding="utf-8")
    assert "dingcomposer-schedule" in verified([service, timer], tmp_path), "it would say so"
    timer.write_text(timer.read_text(encoding="utf-8").replace(":*:", ":sixty:"), encoding="utf-8")
    assert "sixty" in verified([timer], tmp_path)


def test_the_timer_comes_each_minute_and_the_service_ends_by_itself(tmp_path: Path) -> None:
    service, timer = systemd_entry(("/usr/bin/dingcomposer", "a b", "100%", "$x"), tmp_path).files
    assert 'ExecStart=/usr/bin/dingcomposer "a b" 100%% "$$x"\n' in service.text
    assert "Type=oneshot" in service.text
    assert "OnCalendar=*-*-* *:*:00" in timer.text
    assert "WantedBy=timers.target" in timer.text
    assert service.path == tmp_path / "systemd" / "user" / "dingcomposer-schedule.service"


def test_cron_hands_over_each_word_as_it_was() -> None:
    (_, line, _) = cron_entry(COMMAND, 1000).crontab_lines
    assert "%" not in line.replace("\\%", ""), "a plain percent sign ends the line for cron"
    command = line.removeprefix("* * * * * ").replace("\\%", "%")
    program, _, rest = command.partition(f" {sys.executable} ")
    assert (
        program
        == "XDG_RUNTIME_DIR=/run/user/1000 DBUS_SESSION_BUS_ADDRESS=unix:path=/run/user/1000/bus"
    )
    done = subprocess.run(
        ["/bin/sh", "-c", f"{PRINTS} {rest}"], capture_output=True, text=True, check=True
    )
    assert tuple(json.loads(done.stdout)) == ODD


@NEEDS_CRON
def test_cron_takes_the_table(tmp_path: Path) -> None:
    table = tmp_path / "crontab"
    lines = cron_entry(COMMAND, 1000).crontab_lines
    table.write_text(with_lines("0 5 * * * true\n", lines), encoding="utf-8")
    assert _is_taken(table)
    table.write_text("* * * dingcomposer\n", encoding="utf-8")
    assert not _is_taken(table), "it would say so"


def _is_taken(table: Path) -> bool:
    """Whether cron takes a table; Debian's cron checks one with -n, cronie with -T."""
    checks = (subprocess.run(["crontab", option, str(table)], check=False, capture_output=True)
              for option in ("-n", "-T"))  # fmt: skip
    return any(done.returncode == 0 for done in checks)


def test_the_lines_of_others_stay_in_the_table() -> None:
    entry = cron_entry(("dingcomposer",), 1)
    mine = "MAILTO=me\n0 5 * * * backup  # daily\n"
    once = with_lines(mine, entry.crontab_lines)
    assert once.startswith(mine)
    assert with_lines(once, entry.crontab_lines) == once, "not twice"
    assert with_lines(f"{once}1 1 * * * last\n", ()) == f"{mine}1 1 * * * last\n"
    assert with_lines("", entry.crontab_lines).count("dingcomposer") == 1


def test_the_agent_of_macos_is_a_property_list_with_each_word() -> None:
    entry = launchd_entry(COMMAND, PurePosixPath("/Users/小王"), 501)
    (file,) = entry.files
    assert (
        str(file.path) == "/Users/小王/Library/LaunchAgents/io.github.dingcomposer.schedule.plist"
    )
    read = plistlib.loads(file.content)
    assert read["ProgramArguments"] == list(COMMAND)
    assert (read["StartInterval"], read["Label"]) == (60, "io.github.dingcomposer.schedule")
    assert entry.install == (("launchctl", "bootstrap", "gui/501", str(file.path)),)
    assert not entry.was_run
    login = plistlib.loads(login_agent_entry(COMMAND, PurePosixPath("/Users/x")).files[0].content)
    assert (login["RunAtLoad"], login["ProgramArguments"]) == (True, list(COMMAND))


def test_the_task_of_windows_is_in_its_schema_and_in_utf_16() -> None:
    content = task_xml(("C:\\程序\\DingComposer.exe", "--data-dir", "D:\\我的 数据\\"))
    assert content.startswith(b"\xff\xfe")
    root = ElementTree.fromstring(content)
    space = {"t": TASK_NAMESPACE}

    def text(path: str) -> str | None:
        return root.findtext("/".join(f"t:{one}" for one in path.split("/")), namespaces=space)

    assert root.tag == f"{{{TASK_NAMESPACE}}}Task"
    assert text("Triggers/TimeTrigger/Repetition/Interval") == "PT1M"
    assert text("Triggers/TimeTrigger/StartBoundary") == STARTS_AT
    assert text("Actions/Exec/Command") == "C:\\程序\\DingComposer.exe"
    assert text("Actions/Exec/Arguments") == '--data-dir "D:\\我的 数据\\\\"'
    assert text("Settings/StartWhenAvailable") == "false", "nothing late by itself"
    # The schema is a sequence: in another order Task Scheduler refuses the file.
    names = [one.tag.rpartition("}")[2] for one in root]
    assert names == ["RegistrationInfo", "Triggers", "Principals", "Settings", "Actions"]
    trigger = root.find("t:Triggers/t:TimeTrigger", space)
    assert trigger is not None
    assert [one.tag.rpartition("}")[2] for one in trigger] == [
        *("Repetition", "StartBoundary", "Enabled")
    ]
    entry = windows_entry(COMMAND, PurePosixPath("/data"))
    assert "<Task" in entry.shown
    assert not entry.was_run


@pytest.mark.parametrize("word", [*ODD, "plain", 'a\\\\"b', "tab\there", "end \\\\"])
def test_a_word_is_quoted_as_windows_takes_it_apart(word: str) -> None:
    assert windows_word(word) == subprocess.list2cmdline([word])


@NEEDS_DESKTOP
def test_the_autostart_file_is_valid(tmp_path: Path) -> None:
    entry = autostart_entry(("/usr/bin/dingcomposer", "--data-dir", "/home/小 王/50%"), tmp_path)
    (path,) = written(entry, tmp_path)
    done = subprocess.run(
        ["desktop-file-validate", str(path)], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (0, "")


def test_an_exec_line_is_quoted_for_the_quotes_and_once_more_for_the_key(tmp_path: Path) -> None:
    (file,) = autostart_entry(("/bin/a", "b c", 'q"$`\\', "1%"), tmp_path).files
    line = next(one for one in file.text.splitlines() if one.startswith("Exec="))
    assert line == 'Exec=/bin/a "b c" "q\\\\"\\\\$\\\\`\\\\\\\\" 1%%'
    assert file.path == tmp_path / "autostart" / "dingcomposer.desktop"


def test_the_run_key_holds_one_command_line() -> None:
    entry = run_key_entry(("C:\\Program Files\\D.exe", "--in-tray"))
    ((tool, verb, *words),) = entry.install
    assert (tool, verb) == ("reg", "add")
    assert words[words.index("/d") + 1] == '"C:\\Program Files\\D.exe" --in-tray'
    assert not entry.was_run

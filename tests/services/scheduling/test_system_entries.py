"""Entries are written and taken away with their tools, and put back where a tool says no."""

import subprocess
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from dingcomposer.services.scheduling.system_entries import (
    EntryError,
    Scheduler,
    install,
    is_installed,
    login_entry,
    program_command,
    run_tool,
    schedule_entry,
    this_scheduler,
    uninstall,
)

NOW = datetime(2026, 11, 30, 8, 0, 30, tzinfo=UTC)
PROGRAM = ("/usr/bin/dingcomposer",)


class Tools:
    """The system's tools: what they were called with, and a crontab."""

    def __init__(self) -> None:
        self.called: list[tuple[str, ...]] = []
        self.crontab: str | None = None
        self.says_no = ""

    def __call__(self, words: Sequence[str], typed: str) -> str:
        self.called.append(tuple(words))
        if self.says_no and self.says_no in words:
            raise EntryError(words[0], "no")
        if tuple(words) == ("crontab", "-l"):
            if self.crontab is None:
                raise EntryError("crontab", "no crontab for me")
            return self.crontab
        if tuple(words) == ("crontab", "-"):
            self.crontab = typed
        return ""


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    return tmp_path


def test_systemds_units_are_written_made_known_and_taken_away(home: Path) -> None:
    entry = schedule_entry(Scheduler.SYSTEMD, PROGRAM, home / "my data", home)
    tools = Tools()
    install(entry, tools)
    units = home / "config" / "systemd" / "user"
    service = (units / "dingcomposer-schedule.service").read_text(encoding="utf-8")
    assert f'--data-dir "{home}/my data" --quiet schedule run-due' in service
    assert tools.called == [
        ("systemctl", "--user", "daemon-reload"),
        ("systemctl", "--user", "enable", "--now", "dingcomposer-schedule.timer"),
    ]
    assert is_installed(entry, tools)
    uninstall(entry, tools)
    assert tools.called[2:] == [
        ("systemctl", "--user", "disable", "--now", "dingcomposer-schedule.timer")
    ]
    assert list(units.iterdir()) == []
    assert not is_installed(entry, tools)
    uninstall(entry, tools)
    assert len(tools.called) == 3, "what is not there is not taken away"


def test_where_a_tool_says_no_everything_is_as_it_was(home: Path) -> None:
    entry = schedule_entry(Scheduler.SYSTEMD, PROGRAM, None, home)
    tools = Tools()
    install(entry, tools)
    before = [Path(one.path).read_bytes() for one in entry.files]
    other = schedule_entry(Scheduler.SYSTEMD, ("/opt/other",), None, home)
    tools.says_no = "enable"
    with pytest.raises(EntryError):
        install(other, tools)
    assert [Path(one.path).read_bytes() for one in entry.files] == before
    for one in entry.files:
        Path(one.path).unlink()
    with pytest.raises(EntryError):
        install(other, tools)
    assert not any(Path(one.path).exists() for one in other.files)


def test_crons_table_is_shared_with_others(home: Path) -> None:
    entry = schedule_entry(Scheduler.CRON, PROGRAM, None, home)
    tools = Tools()
    assert not is_installed(entry, tools)
    uninstall(entry, tools)
    assert tools.crontab is None
    tools.crontab = "0 5 * * * backup\n"
    install(entry, tools)
    install(entry, tools)
    assert tools.crontab.count("schedule run-due") == 1
    assert is_installed(entry, tools)
    uninstall(entry, tools)
    assert tools.crontab == "0 5 * * * backup\n"


def test_cron_that_cannot_be_asked_is_not_taken_for_an_empty_table(home: Path) -> None:
    entry = schedule_entry(Scheduler.CRON, PROGRAM, None, home)
    tools = Tools()
    tools.says_no = "-l"
    with pytest.raises(EntryError):
        install(entry, tools)
    assert tools.crontab is None


def test_each_system_has_its_own(home: Path) -> None:
    assert this_scheduler("darwin") is Scheduler.LAUNCHD
    assert this_scheduler("win32") is Scheduler.WINDOWS
    assert this_scheduler("linux") is Scheduler.SYSTEMD
    task = schedule_entry(Scheduler.WINDOWS, PROGRAM, None, home)
    assert task == schedule_entry(Scheduler.WINDOWS, PROGRAM, None, home), "it is known again"
    agent = schedule_entry(Scheduler.LAUNCHD, PROGRAM, None, home)
    assert agent.install[0][:2] == ("launchctl", "bootstrap")
    assert login_entry(PROGRAM, None, "win32").install[0][:2] == ("reg", "add")
    assert "--in-tray" in login_entry(PROGRAM, None, "darwin").shown
    assert "--in-tray" in login_entry(PROGRAM, home, "linux").shown


def test_the_program_is_started_as_it_was_started(monkeypatch: pytest.MonkeyPatch) -> None:
    from_checkout = program_command()
    done = subprocess.run(
        [*from_checkout, "schedule", "--help"],
        capture_output=True,
        text=True,
        check=True,
        cwd="/",
        env={},
    )
    assert "run-due" in done.stdout
    monkeypatch.setattr("dingcomposer.__file__", "/usr/lib/site-packages/dingcomposer/__init__.py")
    assert program_command()[1:] == ("-m", "dingcomposer")
    monkeypatch.setattr("sys.frozen", True, raising=False)
    assert len(program_command()) == 1


def test_an_appimage_is_started_again_as_the_file_that_it_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("sys.frozen", True, raising=False)
    monkeypatch.setattr("sys.executable", "/tmp/.mount_a/usr/lib/dingcomposer/dingcomposer")
    monkeypatch.setenv("APPIMAGE", "/home/me/我的 程序/DingComposer.AppImage")
    monkeypatch.setenv("APPDIR", "/tmp/.mount_a")
    assert program_command() == ("/home/me/我的 程序/DingComposer.AppImage",)
    # A terminal that is an AppImage itself hands its names on to the package that it starts.
    monkeypatch.setattr("sys.executable", "/usr/lib/dingcomposer/dingcomposer")
    assert program_command() == ("/usr/lib/dingcomposer/dingcomposer",)


def test_a_tool_that_is_missing_or_says_no_is_told() -> None:
    assert run_tool(("cat",), "a") == "a"
    with pytest.raises(EntryError) as missing:
        run_tool(("there-is-no-such-tool",), "")
    assert missing.value.words == "FileNotFoundError"
    with pytest.raises(EntryError) as refused:
        run_tool(("sh", "-c", "echo because >&2; exit 3"), "")
    assert refused.value.words == "because"

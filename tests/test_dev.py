"""The set-up: what packaging/dev.py does on a new machine, and what it says when it cannot."""

import ast
import io
import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import tomllib
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

import dev
import dev_console
import dev_environment
import dev_faults
import dev_system
import dev_translations
from dev_console import Outcome, Trouble
from dev_display import Display, find_display
from dev_environment import Environment, folder_of, python_of

ROOT = Path(__file__).parent.parent
STAMP = dev_environment.STAMP


# The entrance


def test_dev_can_be_read_by_an_older_python() -> None:
    source = (ROOT / "packaging" / "dev.py").read_text(encoding="utf-8")
    ast.parse(source, feature_version=(3, 8))


def test_too_old_a_python_is_told_so(tmp_path: Path) -> None:
    pretend = (
        "import runpy, sys; sys.version_info = (3, 8, 10); "
        f"runpy.run_path({str(ROOT / 'packaging' / 'dev.py')!r}, run_name='__main__')"
    )
    done = subprocess.run(
        [sys.executable, "-c", pretend],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PATH": str(tmp_path)},
    )
    assert done.returncode == 1
    assert "needs Python 3.11 or later; this is 3.8.10" in done.stderr
    assert "Install Python 3.11 or later" in done.stderr


def test_an_unknown_command_is_answered_with_the_known_ones(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert dev.main(["dance"]) == 2
    said = capsys.readouterr().err
    assert "'dance'" in said
    assert all(command in said for command in ("run", "test", "check", "bench"))


def test_without_a_screen_the_program_plays_its_tour() -> None:
    blind = Display(False, "no screen")
    arguments = dev.program_arguments(["--language", "zh_CN"], blind)
    assert arguments[0] == "--tour"
    assert arguments[2:] == ["--language", "zh_CN"]


@pytest.mark.parametrize("asked", [["--version"], ["--tour", "here"], ["--help"]])
def test_without_a_screen_what_needs_none_is_left_alone(asked: list[str]) -> None:
    assert dev.program_arguments(asked, Display(False, "no screen")) == asked


def test_with_a_screen_the_arguments_are_passed_on() -> None:
    assert dev.program_arguments(["--data-dir", "x"], Display(True)) == ["--data-dir", "x"]


def test_every_dependency_is_pinned_exactly_once_and_within_its_range() -> None:
    from packaging.requirements import Requirement

    about = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lines = (ROOT / "packaging" / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = [line for line in lines if line and not line.startswith("#")]
    assert all(re.fullmatch(r"[\w.-]+==[\w.]+", pin) for pin in pins)
    pinned = {
        re.sub(r"[-_.]+", "-", name).lower(): version
        for name, version in (pin.split("==") for pin in pins)
    }
    assert len(pinned) == len(pins)
    for text in [*about["dependencies"], *about["optional-dependencies"]["dev"]]:
        wanted = Requirement(text)
        assert pinned[re.sub(r"[-_.]+", "-", wanted.name).lower()] in wanted.specifier, text


# The screen


@pytest.mark.parametrize("platform", ["win32", "darwin"])
def test_windows_and_macos_have_a_screen(platform: str) -> None:
    assert find_display({}, platform).is_there


def test_linux_without_a_named_display_has_none() -> None:
    display = find_display({}, "linux")
    assert not display.is_there
    assert "neither DISPLAY nor WAYLAND_DISPLAY" in display.why_not


@pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="this system has no such sockets")
def test_a_wayland_display_is_there_while_it_answers() -> None:
    with tempfile.TemporaryDirectory() as folder, closing(socket.socket(socket.AF_UNIX)) as server:
        environ = {"WAYLAND_DISPLAY": "wayland-0", "XDG_RUNTIME_DIR": folder}
        display = find_display(environ, "linux")
        assert not display.is_there
        assert "WAYLAND_DISPLAY=wayland-0 is set, but nothing answers" in display.why_not
        server.bind(f"{folder}/wayland-0")
        server.listen()
        assert find_display(environ, "linux").is_there


def test_an_x_display_is_there_while_it_answers() -> None:
    with closing(socket.socket()) as server:
        server.bind(("127.0.0.1", 0))
        number = server.getsockname()[1] - 6000
        assert not find_display({"DISPLAY": f"127.0.0.1:{number}.0"}, "linux").is_there
        server.listen()
        assert find_display({"DISPLAY": f"127.0.0.1:{number}.0"}, "linux").is_there


@pytest.mark.parametrize("name", ["nonsense", ":98765", "unix:98765"])
def test_an_x_display_that_is_not_there_is_named(name: str) -> None:
    assert f"DISPLAY={name}" in find_display({"DISPLAY": name}, "linux").why_not


@pytest.mark.parametrize("chosen", ["xcb", "wayland;xcb", "vnc:port=5900"])
def test_who_chooses_qts_platform_knows_what_they_want(chosen: str) -> None:
    assert find_display({"QT_QPA_PLATFORM": chosen}, "linux").is_there


@pytest.mark.parametrize("platform", ["linux", "win32", "darwin"])
@pytest.mark.parametrize(
    "chosen", ["offscreen", "minimal", "offscreen:enable_fonts", "minimal;xcb"]
)
def test_a_platform_without_windows_is_no_screen(chosen: str, platform: str) -> None:
    display = find_display({"QT_QPA_PLATFORM": chosen, "DISPLAY": ":0"}, platform)
    assert not display.is_there
    assert "shows no window" in display.why_not


def test_where_no_window_is_wanted_the_tour_needs_no_library_for_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[bool] = []
    started: list[list[str]] = []
    monkeypatch.setenv("QT_QPA_PLATFORM", "minimal")
    monkeypatch.setenv("PYTHONPATH", "")
    monkeypatch.setattr(Environment, "prepare", lambda _: None)
    monkeypatch.setattr(dev_system, "prepare", lambda *, for_screen: asked.append(for_screen))

    def start(*arguments: list[str]) -> None:
        started.append(arguments[-1])
        raise SystemExit

    monkeypatch.setattr(os, "execv", start)
    monkeypatch.setattr(subprocess, "call", start)
    with pytest.raises(SystemExit):
        dev.main(["run"])
    assert asked == [False]
    assert started[0][1:4] == ["-m", "dingcomposer", "--tour"]


# The console


class Terminal(io.StringIO):
    """A terminal that knows no control sequence but the carriage's return."""

    def isatty(self) -> bool:
        return True

    def rows(self) -> list[str]:
        """What stands on it."""
        rows = []
        for line in self.getvalue().split("\n"):
            row: list[str] = []
            for part in line.split("\r"):
                row[: len(part)] = part
            rows.append("".join(row).rstrip())
        return rows


def test_a_line_takes_the_place_of_the_progress_before_it_on_every_terminal(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stdout", terminal)
    monkeypatch.setenv("COLUMNS", "40")
    dev_console.progress("a long way to go, and a longer one behind it")
    dev_console.progress("short")
    assert terminal.rows() == ["    short"]
    dev_console.step("Done")
    assert terminal.rows() == ["==> Done", ""]
    assert "\033" not in terminal.getvalue()


@pytest.mark.parametrize("encoding", ["cp936", "cp1252", "ascii"])
def test_what_the_outputs_encoding_lacks_does_not_end_the_command(encoding: str) -> None:
    said = "import dev, dev_console; dev.main(['--help']); dev_console.step('€ 编译 ✓ 🎉')"
    done = subprocess.run(
        [sys.executable, "-c", said],
        cwd=ROOT / "packaging",
        env={**os.environ, "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert b"\\U0001f389" in done.stdout


# The system


@pytest.mark.parametrize(
    ("manager", "command"),
    [
        ("apt-get", "apt-get install libgl1 libegl1"),
        ("dnf", "dnf install libglvnd-glx libglvnd-egl"),
        ("pacman", "pacman -S libglvnd"),
        ("zypper", "zypper install libglvnd"),
        (None, "libgl1 libegl1"),
    ],
)
def test_the_advice_names_the_command_of_the_machine(manager: str | None, command: str) -> None:
    advice = dev_system.advice(
        dev_system.OFFSCREEN[:2], lambda name: f"/usr/bin/{name}" if name == manager else None
    )
    assert advice.endswith(command)


def test_a_library_that_cannot_be_loaded_is_missing() -> None:
    need = dev_system.Need("libno-such-thing.so.7", "a", "b", "c", "d")
    assert dev_system.missing([need]) == (need,)


@pytest.mark.skipif(sys.platform != "linux", reason="Qt brings its own elsewhere")
def test_where_these_tests_run_qt_misses_nothing() -> None:
    assert dev_system.missing(dev_system.OFFSCREEN) == ()


def test_what_tests_on_a_bus_need_is_installed_where_it_can_be(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    installed: list[list[str]] = []
    there = tmp_path / "there"
    there.touch()
    tools = {"one": (str(tmp_path / "nowhere"),), "two": (str(there),)}
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(dev_system, "ON_A_BUS", tools)
    monkeypatch.setattr(dev_system, "SCREEN", ())
    monkeypatch.setattr(dev_system, "refresh", lambda: None)
    monkeypatch.setattr(dev_system, "install", lambda names, _what: installed.append(names))
    monkeypatch.setattr(dev_system, "can_install", lambda: True)
    dev_system.prepare_tests(is_long=False)
    assert installed == [["one"]]
    monkeypatch.setattr(dev_system, "can_install", lambda: False)
    dev_system.prepare_tests(is_long=False)
    assert installed == [["one"]]
    assert "Without one" in capsys.readouterr().out


# What it says when it cannot


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("[Errno -3] Temporary failure in name resolution", "network does not answer"),
        ("NewConnectionError: [Errno 111] Connection refused", "network does not answer"),
        ("NewConnectionError: [Errno 11001] getaddrinfo failed", "network does not answer"),
        (
            "Max retries exceeded\nERROR: No matching distribution found for x",
            "network does not answer",
        ),
        ("SSLError: CERTIFICATE_VERIFY_FAILED", "certificate is not trusted"),
        ("ProxyError: 407 Proxy Authentication Required", "proxy refuses"),
        ("OSError: [Errno 28] No space left on device", "disk is full"),
        ("[WinError 112] There is not enough space on the disk", "disk is full"),
        ("PermissionError: [Errno 13] Permission denied: '/x'", "DINGCOMPOSER_VENV"),
        ("ERROR: No matching distribution found for x==1", "does not have one of the pinned"),
        ("something else altogether", "pip could not install"),
    ],
)
def test_pips_words_are_taken_for_what_they_mean(said: str, meant: str) -> None:
    sentence = dev_faults.of_pip(Outcome(1, f"Collecting x\n{said}\n"))
    assert meant in sentence.splitlines()[0]
    assert said.splitlines()[-1] in sentence


def test_only_a_pip_that_is_broken_itself_counts_as_damaged() -> None:
    assert dev_faults.is_damaged_pip(Outcome(1, "/x/python: No module named pip"))
    assert dev_faults.is_damaged_pip(
        Outcome(1, "Traceback (most recent call last):\n  File pip/_internal/x.py\nImportError")
    )
    assert not dev_faults.is_damaged_pip(
        Outcome(2, "Traceback (most recent call last):\n pip/_internal/x.py\n[Errno 28] No space")
    )
    assert not dev_faults.is_damaged_pip(Outcome(1, "ERROR: No matching distribution found"))


def test_a_full_disk_is_told_from_a_folder_that_may_not_be_written(tmp_path: Path) -> None:
    assert "disk is full" in str(dev_faults.of_folder(tmp_path, OSError(28, "No space left")))
    sentence = str(dev_faults.of_folder(tmp_path, OSError(30, "Read-only file system")))
    assert "DINGCOMPOSER_VENV" in sentence
    assert "Read-only file system" in sentence


# The environment


@pytest.mark.parametrize(
    ("platform", "inside"),
    [("linux", "bin/python"), ("darwin", "bin/python"), ("win32", "Scripts/python.exe")],
)
def test_each_system_has_its_python_where_venv_puts_it(platform: str, inside: str) -> None:
    assert python_of(Path("env"), platform) == Path("env") / inside


def test_the_environment_can_be_placed_elsewhere(tmp_path: Path) -> None:
    assert folder_of(tmp_path, {}) == tmp_path / ".venv"
    chosen = str(tmp_path / "else where")
    assert folder_of(tmp_path, {"DINGCOMPOSER_VENV": chosen}) == tmp_path / "else where"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project whose environment was made by real venv and pip, without a network."""
    project = tmp_path_factory.mktemp("张三 的项目")
    wheels = tmp_path_factory.mktemp("wheels")
    for version in ("1", "2"):
        wheel(wheels, version)
    want(project, f"trifle @ {(wheels / 'trifle-1-py3-none-any.whl').as_uri()}")
    with pytest.MonkeyPatch.context() as patch:
        offline(patch)
        Environment(project, {}, sys.platform).prepare()
    return project


@pytest.fixture
def project(made: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The same; what a test changes in its stamp and its wishes is put back."""
    offline(monkeypatch)
    kept = {path: path.read_bytes() for path in (made / "pyproject.toml", made / ".venv" / STAMP)}
    yield made
    for path, content in kept.items():
        path.write_bytes(content)


def offline(patch: pytest.MonkeyPatch) -> None:
    """Let pip know of no index but one where nobody answers."""
    patch.setenv("PIP_CONFIG_FILE", os.devnull)
    patch.setenv("PIP_INDEX_URL", "http://127.0.0.1:9/simple")
    patch.setenv("PIP_RETRIES", "1")
    for name in ("PIP_EXTRA_INDEX_URL", "PIP_FIND_LINKS"):
        patch.delenv(name, raising=False)


def want(project: Path, *requirements: str) -> None:
    """Write down what a project wants."""
    (project / "packaging").mkdir(exist_ok=True)
    (project / "packaging" / "constraints.txt").touch()
    (project / "pyproject.toml").write_text(
        f"[project]\ndependencies = {json.dumps(requirements)}\noptional-dependencies.dev = []\n",
        encoding="utf-8",
    )


def wheel(folder: Path, version: str) -> None:
    """Build the smallest package there is."""
    with zipfile.ZipFile(folder / f"trifle-{version}-py3-none-any.whl", "w") as archive:
        info = f"trifle-{version}.dist-info"
        archive.writestr("trifle.py", f"VERSION = {version}\n")
        archive.writestr(
            f"{info}/METADATA", f"Metadata-Version: 2.1\nName: trifle\nVersion: {version}\n"
        )
        archive.writestr(
            f"{info}/WHEEL",
            "Wheel-Version: 1.0\nGenerator: x\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        )
        archive.writestr(f"{info}/RECORD", "")


def asked(environment: Environment, expression: str) -> str:
    """What the environment's Python answers."""
    return subprocess.run(
        [environment.python, "-c", f"import trifle, sys; print({expression})"],
        capture_output=True,
        text=True,
        check=True,
        cwd="/",
        env={**os.environ, "PYTHONPATH": environment.search_path({})},
    ).stdout.strip()


def test_the_environment_holds_the_packages_and_finds_the_checkout(project: Path) -> None:
    environment = Environment(project, {}, sys.platform)
    assert asked(environment, f"{str(project)!a} in sys.path") == "True"


def test_no_file_that_python_reads_at_its_start_names_the_project(project: Path) -> None:
    """Before 3.13 it reads them in the locale's encoding, which may lack the project's name."""
    files = list((project / ".venv").rglob("*.pth"))
    assert [file.name for file in files if "张三".encode() in file.read_bytes()] == []


def test_what_was_on_the_search_path_stays_behind_the_checkout(tmp_path: Path) -> None:
    want(tmp_path, "trifle")
    path = Environment(tmp_path, {}, sys.platform).search_path({"PYTHONPATH": "mine"})
    assert path.split(os.pathsep) == [str(tmp_path), "mine"]


def test_the_second_time_there_is_nothing_to_do(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Environment(project, {}, sys.platform).prepare()
    assert capsys.readouterr().out == ""


def test_a_new_pin_is_installed_into_the_environment_that_is_there(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (project / "pyproject.toml").read_text(encoding="utf-8")
    (project / "pyproject.toml").write_text(text.replace("trifle-1", "trifle-2"), encoding="utf-8")
    environment = Environment(project, {}, sys.platform)
    environment.prepare()
    assert asked(environment, "trifle.VERSION") == "2"
    assert "Making" not in capsys.readouterr().out


def test_an_environment_that_was_left_half_made_is_made_anew(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    stamp = project / ".venv" / STAMP
    stamp.write_text(stamp.read_text(encoding="utf-8").replace("true", "false"), encoding="utf-8")
    environment = Environment(project, {}, sys.platform)
    environment.prepare()
    said = capsys.readouterr().out
    assert "half-made" in said
    assert "The environment is ready" in said
    assert asked(environment, "trifle.VERSION")


@pytest.mark.long
def test_a_damaged_pip_is_replaced_together_with_its_environment(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    damaged = next((project / ".venv").rglob("pip/_internal/cli/main.py"))
    damaged.write_text("import no_such_module\n", encoding="utf-8")
    (project / "packaging" / "constraints.txt").write_text("# changed\n", encoding="utf-8")
    environment = Environment(project, {}, sys.platform)
    environment.prepare()
    assert "damaged" in capsys.readouterr().out
    assert asked(environment, "trifle.VERSION")


def test_without_a_network_the_sentence_says_so_and_the_old_environment_stays(
    project: Path,
) -> None:
    want(project, "no-such-package-anywhere")
    with pytest.raises(Trouble, match="network does not answer"):
        Environment(project, {}, sys.platform).prepare()
    stamp = json.loads((project / ".venv" / STAMP).read_text(encoding="utf-8"))
    assert stamp["is_finished"]


def test_a_folder_that_cannot_be_made_is_named_with_the_way_out(tmp_path: Path) -> None:
    want(tmp_path, "trifle")
    (tmp_path / "file").touch()
    elsewhere = {"DINGCOMPOSER_VENV": str(tmp_path / "file" / "env")}
    with pytest.raises(Trouble, match=r"cannot be made in .*file.*DINGCOMPOSER_VENV"):
        Environment(tmp_path, elsewhere, sys.platform).prepare()


def test_a_folder_that_is_no_environment_is_left_alone(tmp_path: Path) -> None:
    want(tmp_path, "trifle")
    precious = tmp_path / "documents" / "precious.txt"
    precious.parent.mkdir()
    precious.touch()
    chosen = {"DINGCOMPOSER_VENV": str(precious.parent)}
    with pytest.raises(Trouble, match="left alone"):
        Environment(tmp_path, chosen, sys.platform).prepare()
    assert precious.exists()


def test_without_ensurepip_the_package_that_brings_it_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    want(tmp_path, "trifle")
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    monkeypatch.setattr(dev_system, "can_install", lambda: False)
    with pytest.raises(Trouble, match=r"apt-get install python3\.\d+-venv"):
        Environment(tmp_path, {}, sys.platform).prepare()
    assert not (tmp_path / ".venv").exists()


def test_pips_lines_are_shortened_to_what_a_person_wants_to_know() -> None:
    line = "Downloading ruff-0.17.6-py3-none-manylinux_2_17_x86_64.whl (10.6 MB)"
    assert dev_environment.shortened(line) == "ruff 0.17.6 (10.6 MB)"


# The translations


@pytest.fixture
def translated(tmp_path: Path) -> Path:
    """A folder with a package and its translation, complete and compiled."""
    package = tmp_path / "package"
    package.mkdir()
    (package / "window.py").write_text(
        "from PySide6.QtCore import QObject\n\n\n"
        "class Window(QObject):\n"
        "    def name(self) -> str:\n"
        "        return self.tr('Send')\n",
        encoding="utf-8",
    )
    file = tmp_path / "program_zh_CN.ts"
    file.write_text(
        '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n'
        '<TS version="2.1" language="zh_CN"></TS>\n',
        encoding="utf-8",
    )
    dev_translations.extract(package, file)
    text = file.read_text(encoding="utf-8")
    unfinished = '<translation type="unfinished"></translation>'
    assert unfinished in text
    file.write_text(text.replace(unfinished, "<translation>发送</translation>"), encoding="utf-8")
    dev_translations.update(tmp_path, package)
    return tmp_path


def test_complete_translations_have_no_faults(translated: Path) -> None:
    assert dev_translations.faults(translated, translated / "package") == []


def test_a_text_that_is_new_in_the_sources_is_missed(translated: Path) -> None:
    source = translated / "package" / "window.py"
    text = source.read_text(encoding="utf-8")
    source.write_text(text.replace("'Send'", "'Send again'"), encoding="utf-8")
    found = dev_translations.faults(translated, translated / "package")
    assert found == [
        "program_zh_CN.ts: not taken in yet: Window: 'Send again'",
        "program_zh_CN.ts: no longer used: Window: 'Send'",
    ]


def test_a_text_without_its_translation_is_missed(translated: Path) -> None:
    file = translated / "program_zh_CN.ts"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("发送", ""), encoding="utf-8")
    dev_translations.compile_one(file, file.with_suffix(".qm"))
    found = dev_translations.faults(translated, translated / "package")
    assert found == ["program_zh_CN.ts: not translated: Window: 'Send'"]


def test_a_translation_that_was_not_compiled_is_missed(translated: Path) -> None:
    file = translated / "program_zh_CN.ts"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("发送", "寄出"), encoding="utf-8")
    found = dev_translations.faults(translated, translated / "package")
    assert found == ["program_zh_CN.qm: not compiled from the program_zh_CN.ts beside it"]


def test_no_translations_at_all_are_a_fault(tmp_path: Path) -> None:
    assert dev_translations.faults(tmp_path, tmp_path)

"""A process that knows secrets leaves none behind when it crashes: each of them by itself."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
on_linux = pytest.mark.skipif(sys.platform != "linux", reason="Linux says what became of a core")


def crash(before: str, folder: Path) -> "subprocess.CompletedProcess[str]":
    """Start a child that crashes with a core allowed to it; whether one was written is printed."""
    script = (
        "import os, resource, sys\n"
        "hard = resource.getrlimit(resource.RLIMIT_CORE)[1]\n"
        "resource.setrlimit(resource.RLIMIT_CORE, (hard, hard))\n"
        "if (child := os.fork()) == 0:\n"
        f"    {before}\n"
        "    os.abort()\n"
        "print(os.WCOREDUMP(os.waitpid(child, 0)[1]))\n"
    )
    return subprocess.run(
        [sys.executable, "-c", script],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=True,
        timeout=60,
        capture_output=True,
        text=True,
    )


@on_linux
def test_a_crash_leaves_no_core_file(tmp_path: Path) -> None:
    forbid = "from dingcomposer.process import forbid_core_files; forbid_core_files()"
    if crash("pass", tmp_path).stdout != "True\n":
        pytest.skip("this system writes no core files anyway")
    for file in tmp_path.iterdir():
        file.unlink()
    assert crash(forbid, tmp_path).stdout == "False\n"
    assert not list(tmp_path.iterdir())


@on_linux
def test_neither_the_limit_nor_a_handler_gets_a_core() -> None:
    script = (
        "import ctypes, resource\n"
        "from dingcomposer.process import forbid_core_files, forbid_dumps\n"
        "forbid_core_files()\n"
        "forbid_dumps()\n"
        "print(resource.getrlimit(resource.RLIMIT_CORE), ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        check=True,
        timeout=60,
        capture_output=True,
        text=True,
    )
    assert done.stdout == "(0, 0) 0\n"


@on_linux
def test_the_program_itself_allows_no_core(tmp_path: Path) -> None:
    """As it is started from the command line: a folder that it refuses ends it at once."""
    (tmp_path / "file").write_text("in the way")
    script = (
        "import resource, sys\n"
        "from dingcomposer.__main__ import main\n"
        "status = main(['--data-dir', sys.argv[1]])\n"
        "print(status, resource.getrlimit(resource.RLIMIT_CORE))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / "file" / "data")],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        check=True,
        timeout=60,
        capture_output=True,
        text=True,
    )
    assert done.stdout == "1 (0, 0)\n"
    assert "--data-dir" in done.stderr


@on_linux
@pytest.mark.parametrize("module", [["dingcomposer.sandbox"], ["dingcomposer", "sandbox"]])
def test_neither_the_sandbox_by_itself_nor_a_command_allows_a_core(module: list[str]) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", *module],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline().startswith("Webhook: ")
        limits = Path(f"/proc/{process.pid}/limits").read_text()
        # What may not be dumped is root's there.
        owner = Path(f"/proc/{process.pid}/environ").stat().st_uid
        process.terminate()
    (line,) = (line for line in limits.splitlines() if line.startswith("Max core file size"))
    assert line.split()[4:6] == ["0", "0"]
    assert owner == 0

"""What is packaged: a commit of the project, exported clean, with the tools around it."""

import hashlib
import os
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import dev_system
from dev_console import Trouble, detail, step

NAME = "dingcomposer"
ADDRESS = "https://dingcomposer.example"
"""The project's page, for the metadata that must name one. There is none yet: `--address`."""

_TOOLS = Path("packaging", "release", "constraints.txt")


@dataclass(frozen=True, slots=True)
class Project:
    """A commit and where its packages are made.

    `root` is the checkout, `source` a clean export of the commit, `work` what is made on the way,
    `out` what is handed out, `epoch` the commit's time in seconds: every file's in the packages.
    """

    root: Path
    work: Path
    out: Path
    commit: str
    epoch: int
    version: str
    address: str = ADDRESS

    @property
    def source(self) -> Path:
        """The export of the commit."""
        return self.work / "source"

    @property
    def environ(self) -> dict[str, str]:
        """What every tool is started with: nothing of it depends on the hour or the machine."""
        kept = {
            name: value
            for name, value in os.environ.items()
            if name not in ("PYTHONPATH", "PYTHONHOME", "DISPLAY", "WAYLAND_DISPLAY")
        }
        return {
            **kept,
            "SOURCE_DATE_EPOCH": str(self.epoch),
            "PYTHONHASHSEED": "1",
            "LC_ALL": "C.UTF-8",
            "TZ": "UTC",
            "PIP_DISABLE_PIP_VERSION_CHECK": "1",
            "PIP_NO_INPUT": "1",
        }

    def export(self) -> None:
        """Make `source` anew: what git knows of the commit, and nothing else."""
        shutil.rmtree(self.source, ignore_errors=True)
        self.source.mkdir(parents=True)
        archive = self.work / "source.tar"
        run(["git", "archive", "--output", archive, self.commit], cwd=self.root)
        shutil.unpack_archive(archive, self.source, filter="data")
        archive.unlink()

    def about(self) -> Mapping[str, Any]:
        """The table `project` of pyproject.toml."""
        with (self.source / "pyproject.toml").open("rb") as file:
            about: Mapping[str, Any] = tomllib.load(file)["project"]
        return about

    def environment(self, name: str, requirements: Sequence[str]) -> Path:
        """A virtual environment of that name with these, pinned; its Python. Made once for these.

        Raises:
            Trouble: it cannot be made or filled.
        """
        folder = self.work / f"environment-{name}"
        python = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
        pins = [self.root / "packaging" / "constraints.txt", self.root / _TOOLS]
        wanted = hashlib.sha256(
            b"\0".join([repr(sorted(requirements)).encode(), *(pin.read_bytes() for pin in pins)])
        ).hexdigest()
        stamp = folder / "made-for"
        if stamp.exists() and stamp.read_text(encoding="ascii") == wanted:
            return python
        shutil.rmtree(folder, ignore_errors=True)
        step(f"Making the environment {name}")
        base = str(getattr(sys, "_base_executable", sys.executable))
        run([base, "-m", "venv", folder], env=self.environ)
        constraints = [word for pin in pins for word in ("--constraint", str(pin))]
        run(
            [python, "-m", "pip", "install", "--quiet", *constraints, *requirements],
            env=self.environ,
        )
        stamp.write_text(wanted, encoding="ascii")
        return python


def find_project(root: Path, out: Path, address: str = ADDRESS) -> Project:
    """The commit that is checked out.

    Raises:
        Trouble: this is no checkout of git's.
    """
    commit = run(["git", "rev-parse", "HEAD"], cwd=root).strip()
    epoch = int(run(["git", "show", "--no-patch", "--format=%ct", commit], cwd=root))
    changed = run(["git", "status", "--porcelain"], cwd=root).splitlines()
    if changed:
        detail(f"{len(changed)} changed files are not in the commit, and so not in the packages")
    said = run(["git", "show", f"{commit}:{NAME}/__init__.py"], cwd=root)
    version = said.partition('__version__ = "')[2].partition('"')[0]
    work = root / "build" / "package"
    work.mkdir(parents=True, exist_ok=True)
    out.mkdir(parents=True, exist_ok=True)
    return Project(root, work, out, commit, epoch, version, address.rstrip("/"))


def run(
    command: Sequence[str | Path],
    *,
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
    limit_s: float | None = None,
) -> str:
    """Run a tool; what it printed on its standard output.

    Raises:
        Trouble: it is not there, it failed, or it took longer than `limit_s`.
    """
    words = [str(word) for word in command]
    try:
        done = subprocess.run(
            words,
            cwd=cwd,
            env=env,
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="replace",
            check=False,
            timeout=limit_s,
            stdin=subprocess.DEVNULL,
        )
    except FileNotFoundError as error:
        raise Trouble(f"{words[0]} is not there.") from error
    except subprocess.TimeoutExpired as error:
        raise Trouble(f"{' '.join(words)} took longer than {limit_s:.0f} s.") from error
    if done.returncode != 0:
        said = "\n".join((done.stdout + done.stderr).splitlines()[-25:])
        raise Trouble(f"{' '.join(words[:8])} ended with {done.returncode}:\n{said}")
    return done.stdout


def need(tool: str, package: str) -> None:
    """See to it that a tool is there; as root on Debian it is installed.

    Raises:
        Trouble: it is not there; the sentence names Debian's package.
    """
    _need(tool, package, lambda: shutil.which(tool) is not None)


def need_library(name: str, package: str) -> None:
    """The same for a library that the compiler is to find. Raises Trouble."""
    _need(name, package, lambda: Path(run(["gcc", f"-print-file-name={name}"]).strip()).is_file())


def _need(what: str, package: str, is_there: Callable[[], bool]) -> None:
    if is_there():
        return
    if dev_system.can_install():
        dev_system.refresh()
        dev_system.install([package], what)
    if not is_there():
        raise Trouble(f"{what} is missing. Debian and Ubuntu: apt-get install {package}.")


def settle_times(folder: Path, epoch: int) -> None:
    """Give every file and folder the commit's time, so that archives of them are alike."""
    for path in (folder, *folder.rglob("*")):
        os.utime(path, (epoch, epoch), follow_symlinks=False)


def sha256(path: Path) -> str:
    """The file's hash, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def size_bytes(folder: Path) -> int:
    """What the files of a folder hold together; a link counts nothing."""
    return sum(
        path.stat().st_size
        for path in folder.rglob("*")
        if path.is_file() and not path.is_symlink()
    )

"""The project's virtual environment: made once, brought up to date, recognised in no time.

A stamp inside it says what it was made for, and is written last. While anything is being installed
the stamp says "unfinished": whoever finds it so was interrupted, removes it and begins anew.
"""

import hashlib
import importlib.util
import json
import os
import shutil
import sys
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import dev_faults
import dev_system
from dev_console import Outcome, Trouble, detail, listen, progress, step

STAMP = "dingcomposer-setup.json"
VARIABLE = "DINGCOMPOSER_VENV"
LARGE = " MB)"


@dataclass(frozen=True, slots=True)
class Stamp:
    """What an environment was made for. It cannot be moved, nor used by another Python."""

    python: str
    folder: str
    packages: str
    is_finished: bool = True

    def is_same_place(self, other: "Stamp") -> bool:
        """Whether only the packages may differ."""
        return (self.python, self.folder) == (other.python, other.folder)


class Environment:
    """The environment of a project: `prepare` it, then start its `python`."""

    def __init__(self, project: Path, environ: Mapping[str, str], platform: str) -> None:
        self.project = project
        self.folder = folder_of(project, environ)
        self.python = python_of(self.folder, platform)
        self._wanted = Stamp(
            python=f"{sys.version_info.major}.{sys.version_info.minor}",
            folder=str(self.folder),
            packages=_packages_hash(project),
        )

    def prepare(self) -> None:
        """See to it that the environment is there and holds the pinned packages.

        Raises:
            Trouble: it cannot be made or filled; the sentence says why.
        """
        stamp = self._stamp()
        if stamp == self._wanted and self.python.exists():
            return
        if self._is_usable(stamp):
            self._update(stamp)
        else:
            self._make_anew()

    def search_path(self, environ: Mapping[str, str]) -> str:
        """The PYTHONPATH with which a child finds the checkout, wherever it is started.

        A .pth file would do the same, but Python reads those in the locale's encoding before 3.13:
        with a name in the path that this encoding lacks, the interpreter does not even start.
        """
        before = environ.get("PYTHONPATH")
        return os.pathsep.join([str(self.project), *([before] if before else [])])

    def _is_usable(self, stamp: Stamp | None) -> bool:
        """Whether installing into what is there is enough."""
        if not self.python.exists():
            return False
        if stamp is not None:
            return stamp.is_finished and stamp.is_same_place(self._wanted)
        # Somebody made it by hand, as the README also says: taken over if it is of this Python.
        asked = listen(
            [self.python, "-c", "import sys, pip; print('%d.%d' % sys.version_info[:2])"]
        )
        return asked.returncode == 0 and asked.output.strip() == self._wanted.python

    def _make_anew(self) -> None:
        self._remove()
        _need_ensurepip()
        step(f"Making the environment in {self.folder}")
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise dev_faults.of_folder(self.folder, error) from error
        self._write_stamp(replace(self._wanted, is_finished=False))
        # The interpreter below this one: an environment that removes itself cannot make itself.
        base = str(getattr(sys, "_base_executable", sys.executable))
        made = listen([base, "-m", "venv", str(self.folder)])
        if made.returncode != 0:
            raise Trouble(dev_faults.of_venv(made, self.folder))
        installed = self._install()
        if installed.returncode != 0:
            raise Trouble(dev_faults.of_pip(installed))
        self._finish()

    def _update(self, stamp: Stamp | None) -> None:
        self._write_stamp(replace(self._wanted, is_finished=False))
        installed = self._install()
        if installed.returncode == 0:
            self._finish()
        elif dev_faults.is_damaged_pip(installed):
            detail("The pip in the environment is damaged: beginning anew")
            self._make_anew()
        else:
            # Nothing was interrupted: what is there is as good as before.
            self._write_stamp(stamp)
            raise Trouble(dev_faults.of_pip(installed))

    def _install(self) -> Outcome:
        requirements = _requirements(self.project)
        step(f"Installing {len(requirements)} packages and what they need, as pinned")
        count = 0

        def on_line(line: str) -> None:
            nonlocal count
            text = line.strip()
            if text.startswith("Collecting "):
                count += 1
                progress(f"{count}: {text.removeprefix('Collecting ')}")
            elif text.startswith("Downloading ") and text.endswith(LARGE):
                detail(f"fetching {shortened(text)}")
            elif text.startswith("Installing collected packages"):
                detail(f"unpacking {text.count(',') + 1} packages")
            elif "Retrying (" in text:
                detail("the package index is not reached; pip tries again")

        pip = [str(self.python), "-m", "pip", "install", "--no-input", "--progress-bar", "off"]
        pinned = ["--constraint", str(self.project / "packaging" / "constraints.txt")]
        return listen([*pip, "--disable-pip-version-check", *pinned, *requirements], on_line)

    def _finish(self) -> None:
        """Say that all is there."""
        self._write_stamp(self._wanted)
        detail("The environment is ready")

    def _remove(self) -> None:
        """Remove what is there, but nothing that is not an environment."""
        if not self.folder.exists():
            return
        is_ours = (self.folder / STAMP).exists() or (self.folder / "pyvenv.cfg").exists()
        if not self.folder.is_dir() or (not is_ours and any(self.folder.iterdir())):
            raise Trouble(
                f"{self.folder} is there and is no Python environment, so it is left alone. "
                f"Move it away, or place the environment elsewhere by setting {VARIABLE}."
            )
        step(f"Removing an environment that is half-made or of another Python: {self.folder}")
        try:
            shutil.rmtree(self.folder)
        except OSError as error:
            raise Trouble(
                f"{self.folder} cannot be removed ({error.strerror or error}). Close the programs "
                "that run from it and run the command again."
            ) from error

    def _stamp(self) -> Stamp | None:
        """The stamp as written. An unreadable one counts as unfinished."""
        try:
            read: Any = json.loads((self.folder / STAMP).read_text(encoding="utf-8"))
            return Stamp(**read)
        except (FileNotFoundError, NotADirectoryError):
            return None
        except (OSError, ValueError, TypeError):
            return replace(self._wanted, is_finished=False)

    def _write_stamp(self, stamp: Stamp | None) -> None:
        path = self.folder / STAMP
        try:
            if stamp is None:
                path.unlink(missing_ok=True)
            else:
                fields = {name: getattr(stamp, name) for name in Stamp.__slots__}
                path.write_text(json.dumps(fields, indent=1) + "\n", encoding="utf-8")
        except OSError as error:
            raise dev_faults.of_folder(self.folder, error) from error


def folder_of(project: Path, environ: Mapping[str, str]) -> Path:
    """Where the environment is: DINGCOMPOSER_VENV, else .venv in the project."""
    chosen = environ.get(VARIABLE)
    return Path(chosen).expanduser().absolute() if chosen else project / ".venv"


def python_of(folder: Path, platform: str) -> Path:
    """The environment's own interpreter. `platform` is a value of `sys.platform`."""
    return folder / "Scripts" / "python.exe" if platform == "win32" else folder / "bin" / "python"


def shortened(line: str) -> str:
    """ "mypy 2.4.1 (15.4 MB)" of pip's "Downloading mypy-2.4.1-cp311-…whl (15.4 MB)"."""
    name, _, size = line.removeprefix("Downloading ").partition(" (")
    return f"{' '.join(name.split('/')[-1].split('-')[:2])} ({size}"


def _requirements(project: Path) -> list[str]:
    with (project / "pyproject.toml").open("rb") as file:
        about = tomllib.load(file)["project"]
    return [*about["dependencies"], *about["optional-dependencies"]["dev"]]


def _packages_hash(project: Path) -> str:
    constraints = (project / "packaging" / "constraints.txt").read_bytes()
    wanted = json.dumps(_requirements(project)).encode()
    return hashlib.sha256(constraints + b"\0" + wanted).hexdigest()


def _need_ensurepip() -> None:
    """See to it that environments can be made: Debian keeps that in a package of its own."""
    if _can_make():
        return
    package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
    if dev_system.can_install():
        dev_system.refresh()
        dev_system.install([package], "what Python needs to make environments")
        importlib.invalidate_caches()
    if not _can_make():
        raise Trouble(
            "This Python cannot make environments: its modules venv and ensurepip are missing. "
            f"Debian and Ubuntu: sudo apt-get install {package}. Elsewhere, install Python from "
            "python.org or from your system's packages."
        )


def _can_make() -> bool:
    found = importlib.util.find_spec("ensurepip")
    return found is not None and importlib.util.find_spec("venv") is not None

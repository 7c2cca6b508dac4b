"""Whether everything that is pinned can be had ready-made on each system and each Python.

uv resolves for systems other than the one it runs on; it needs the package index.
"""

import os
import re
import shutil
import sys
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from dev_console import Trouble
from release.project import Project, run

SYSTEMS = {
    "Windows x86-64": "x86_64-pc-windows-msvc",
    "Windows arm64": "aarch64-pc-windows-msvc",
    "macOS arm64": "aarch64-apple-darwin",
    "macOS x86-64": "x86_64-apple-darwin",
    "Linux x86-64": "x86_64-manylinux_2_34",
    "Linux arm64": "aarch64-manylinux_2_39",
}
"""uv's name of each system."""

PYTHONS = ("3.11", "3.12", "3.13", "3.14")

GAPS = {("Windows arm64", "3.11"): "pyyaml"}
"""Where a package has no wheel and pip makes one of its source: see `make_without_compiler`."""


def pythons_here() -> dict[str, Path]:
    """Each Python of `PYTHONS` that is on this machine, by its version: this one, and pyenv's."""
    found = {}
    for version in PYTHONS:
        pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"), "versions")
        kept = sorted(pyenv.glob(f"{version}.*/bin/python"))
        on_path = shutil.which(f"python{version}")
        if version == ".".join(map(str, sys.version_info[:2])):
            found[version] = Path(getattr(sys, "_base_executable", sys.executable))
        elif kept:
            found[version] = kept[-1]
        elif on_path:
            found[version] = Path(on_path)
    return found


def resolve(project: Project, system: str, pythons: Sequence[str] = PYTHONS) -> str:
    """Find a wheel of every pinned package for a system of `SYSTEMS` and these Pythons.

    Raises:
        Trouble: a wheel is missing; it is named.
    """
    python = project.environment("installers", ("pipx", "uv"))
    wanted = project.work / "wanted.txt"
    wanted.write_text("\n".join(project.about()["dependencies"]) + "\n", encoding="utf-8")
    pins = project.work / "program-pins.txt"
    pins.write_text("\n".join(pins_of_program(project)) + "\n", encoding="utf-8")
    counts = []
    for version in pythons:
        gap = GAPS.get((system, version), "")
        said = run(
            [
                *(python, "-m", "uv", "pip", "compile", "--quiet", "--only-binary", ":all:"),
                *("--no-binary", gap or ":none:"),
                *("--python-platform", SYSTEMS[system], "--python-version", version),
                *("--constraints", pins, wanted),
            ],
            env=project.environ,
        )
        count = len(re.findall("^[a-z0-9].*==", said, re.MULTILINE))
        counts.append(f"{version}: {count}" + (f" ({gap} of its source)" if gap else ""))
    return f"a wheel of every package; Python {', '.join(counts)}"


def make_without_compiler(project: Project) -> str:
    """Have pip make wheels of what has none somewhere, where no compiler works.

    Raises:
        Trouble: one cannot be made, or holds what only a compiler makes.
    """
    python = project.environment("installers", ("pipx", "uv"))
    pins = project.root / "packaging" / "constraints.txt"
    folder = project.work / "without-compiler"
    shutil.rmtree(folder, ignore_errors=True)
    names = sorted(set(GAPS.values()))
    run(
        [
            *(python, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-binary", ",".join(names)),
            *("--no-cache-dir", "--constraint", pins, "--wheel-dir", folder),
            *names,
        ],
        env={**project.environ, "CC": "false", "CXX": "false"},
    )
    for wheel in folder.glob("*.whl"):
        with zipfile.ZipFile(wheel) as archive:
            if compiled := [name for name in archive.namelist() if name.endswith(".so")]:
                raise Trouble(f"{compiled[0]} of {wheel.name} was compiled.")
    return f"{', '.join(names)}: all Python"


def pins_of_program(project: Project) -> Iterable[str]:
    """The pinned versions without the tools of the checks, which come with no program."""
    tools = {
        _plain(re.split(r"[^\w.-]", one)[0])
        for one in project.about()["optional-dependencies"]["dev"]
    }
    path = project.source / "packaging" / "constraints.txt"
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if "==" in line and _plain(line.split("==")[0]) not in tools]


def install_for(project: Project, system: str, version: str, wheel: Path, folder: Path) -> None:
    """Unpack the program and what it needs, for a system of `SYSTEMS`, into a folder."""
    python = project.environment("installers", ("pipx", "uv"))
    pins = project.work / "program-pins.txt"
    pins.write_text("\n".join(pins_of_program(project)) + "\n", encoding="utf-8")
    if not wheel.exists():
        raise Trouble(f"{wheel.name} is not there: make the wheel first.")
    run(
        [
            *(python, "-m", "uv", "pip", "install", "--quiet", "--only-binary", ":all:"),
            *("--python-platform", SYSTEMS[system], "--python-version", version),
            *("--constraints", pins, "--target", folder, wheel),
        ],
        env=project.environ,
    )


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()

"""Makes the packages of a commit and tries them: `dev.py package`."""

import argparse
import shutil
import sys
from dataclasses import replace
from pathlib import Path

from dev_console import Trouble, detail, speak_in_any_encoding, step
from release import appimage, bundle, checks, deb, manifest, notices, python_packages, windows
from release.project import ADDRESS, Project, find_project

ROOT = Path(__file__).resolve().parent.parent
KINDS = ("wheel", "bundle", "deb", "appimage", "windows")


def main(arguments: list[str]) -> int:
    """Make what is asked for; the exit status."""
    speak_in_any_encoding()
    options = _parser().parse_args(arguments)
    kinds = options.only or _made_on(sys.platform)
    try:
        project = find_project(ROOT, options.out.resolve(), options.address)
        make(project, kinds)
        if options.twice:
            _build_twice(project, kinds)
        if options.check:
            return checks.run_all(project, kinds)
    except Trouble as trouble:
        print(f"\n{trouble}", file=sys.stderr)
        return 1
    return 0


def make(project: Project, kinds: tuple[str, ...]) -> None:
    """Make these kinds into `project.out`, with the bill of materials and the list of contents."""
    project.export()
    folder: Path | None = None
    if "wheel" in kinds:
        python_packages.make(project)
    if {"bundle", "deb", "appimage"}.intersection(kinds):
        folder = bundle.make(project)
        beside = notices.of_the_system(folder) if sys.platform == "linux" else []
        beside += appimage.components() if "appimage" in kinds else []
        notices.bill_of_materials(project, bundle.environment(project), beside)
    if "deb" in kinds and folder is not None:
        deb.make(project, folder)
    if "appimage" in kinds and folder is not None:
        appimage.make(project, folder)
    if "windows" in kinds:
        windows.make(project)
    listed = manifest.write(project, folder)
    step(f"The packages of {project.commit[:12]}, listed in {listed}")
    for path in sorted(project.out.iterdir()):
        detail(f"{path.stat().st_size / 1e6:8.2f} MB  {path.name}")


def _build_twice(project: Project, kinds: tuple[str, ...]) -> None:
    """Build the same commit once more and say which packages have other bytes."""
    step("Building once more, to compare")
    again = project.work / "again"
    shutil.rmtree(again, ignore_errors=True)
    again.mkdir()
    make(replace(project, out=again), kinds)
    different = manifest.compare(project.out, again)
    for name in different:
        detail(f"other bytes: {name}")
    if different:
        raise Trouble("The same commit gave other bytes.")
    detail("The same bytes, every one")


def _made_on(platform: str) -> tuple[str, ...]:
    """What a system makes by itself; `platform` is a value of `sys.platform`."""
    return KINDS if platform == "linux" else ("wheel", "bundle")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="dev.py package", description=__doc__)
    parser.add_argument("--only", nargs="+", choices=KINDS, help="these kinds alone")
    parser.add_argument("--out", type=Path, default=ROOT / "dist", help="where the packages go")
    parser.add_argument("--address", default=ADDRESS, help="the project's page")
    parser.add_argument("--twice", action="store_true", help="build twice, and compare the bytes")
    parser.add_argument(
        "--check", action="store_true", help="install each in a clean root and play the tour there"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""The Debian package: the bundle in /usr/lib, and around it what a desktop needs."""

import hashlib
import shutil
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path

from dev_console import step
from release import desktop
from release.bundle import environment
from release.project import NAME, Project, need, run, settle_times, size_bytes

MAINTAINER = "The DingComposer developers <developers@dingcomposer.example>"
_OF_GTK = "libqgtk3.so"
"""Used where GTK is there; the package does not ask for it."""
_OVERRIDES = """\
# The program brings its own Python and Qt: those of this release are older or newer than it needs.
dingcomposer: embedded-library *
# Python's own modules are linked against nothing but Python, ICU's data against nothing at all.
dingcomposer: library-not-linked-against-libc *
dingcomposer: shared-library-lacks-prerequisites *
# Qt's Python support, compiled beside the library that holds its source: see qt_support.py.
dingcomposer: package-installs-python-pycache-dir *
# The start code is PyInstaller's, as its wheel brings it.
dingcomposer: hardening-no-pie *
"""


def make(project: Project, bundle: Path) -> Path:
    """Build the package from the bundle's folder; its file in `out`."""
    step("Building the Debian package")
    need("dpkg-shlibdeps", "dpkg-dev")
    root = project.work / "deb"
    shutil.rmtree(root, ignore_errors=True)
    usr = root / "usr"
    shutil.copytree(bundle, usr / "lib" / NAME, symlinks=True)
    told = root / "DEBIAN"
    told.mkdir(mode=0o755)  # as long as it is not there, shlibdeps knows no root
    (usr / "bin").mkdir()
    (usr / "bin" / NAME).symlink_to(f"../lib/{NAME}/{NAME}")
    desktop.install(project, usr, environment(project))
    desktop.validate(project, usr)
    linux = project.source / "packaging" / "linux"
    documents = usr / "share" / "doc" / NAME
    documents.mkdir(parents=True)
    (documents / "copyright").write_text(
        desktop.filled(project, linux / "copyright"), encoding="utf-8"
    )
    changelog = (project.source / "CHANGELOG.md").read_text(encoding="utf-8")
    desktop.compress(changelog, documents / "NEWS.md.gz")
    desktop.compress(_changelog(project), documents / "changelog.gz")
    overrides = usr / "share" / "lintian" / "overrides" / NAME
    overrides.parent.mkdir(parents=True)
    overrides.write_text(_OVERRIDES, encoding="utf-8")
    _settle_modes(root, usr / "lib" / NAME / NAME)
    architecture = run(["dpkg", "--print-architecture"]).strip()
    control = desktop.filled(project, linux / "control")
    for name, value in {
        "@ARCHITECTURE@": architecture,
        "@SIZE@": str(size_bytes(root) // 1024),
        "@DEPENDS@": dependencies(project, usr / "lib" / NAME),
    }.items():
        control = control.replace(name, value)
    (told / "control").write_text(control, encoding="utf-8")
    (told / "md5sums").write_text(_md5sums(root), encoding="utf-8")
    settle_times(root, project.epoch)
    package = project.out / f"{NAME}_{project.version}_{architecture}.deb"
    run(
        ["dpkg-deb", "--root-owner-group", "-Zxz", "--threads-max=1", "--build", root, package],
        env=project.environ,
    )
    return package


def dependencies(project: Project, folder: Path) -> str:
    """Debian's packages that bring what the bundle's libraries are linked against."""
    work = project.work / "shlibdeps"
    (work / "debian").mkdir(parents=True, exist_ok=True)
    (work / "debian" / "control").write_text(
        f"Source: {NAME}\n\nPackage: {NAME}\nArchitecture: any\n"
    )
    objects = [
        path
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.is_symlink() and path.name != _OF_GTK and _is_elf(path)
    ]
    places = sorted({str(path.parent) for path in objects})
    said = run(
        [
            *("dpkg-shlibdeps", "-O", "--ignore-missing-info"),
            *(f"-l{place}" for place in places),
            *(f"-e{path}" for path in objects),
        ],
        cwd=work,
        env=project.environ,
    )
    found = said.partition("shlibs:Depends=")[2].strip()
    return found.replace("libglib2.0-0 ", "libglib2.0-0t64 | libglib2.0-0 ")


def _changelog(project: Project) -> str:
    """Debian's changelog, which must be in its own format; what is new stands in NEWS.md.gz."""
    date = format_datetime(datetime.fromtimestamp(project.epoch, UTC))
    return (
        f"{NAME} ({project.version}) unstable; urgency=medium\n\n"
        f"  * Built from commit {project.commit[:12]}; NEWS.md.gz says what is new.\n\n"
        f" -- {MAINTAINER}  {date}\n"
    )


def _is_elf(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) == b"\x7fELF"


def _settle_modes(root: Path, program: Path) -> None:
    for path in root.rglob("*"):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path == program else 0o644)


def _md5sums(root: Path) -> str:
    lines = []
    for path in sorted(root.rglob("*")):
        if path.is_file() and not path.is_symlink() and path.parent.name != "DEBIAN":
            digest = hashlib.md5(path.read_bytes(), usedforsecurity=False).hexdigest()
            lines.append(f"{digest}  {path.relative_to(root)}\n")
    return "".join(lines)

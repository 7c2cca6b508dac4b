"""The bundle: one folder with the program and its own Python, made by PyInstaller and trimmed."""

import os
import shutil
import struct
import sys
import tarfile
import time
import zipfile
from pathlib import Path

from dev_console import Trouble, detail, step
from release import bundle_contents as contents
from release import icons, notices
from release.project import NAME, Project, need, run, settle_times, size_bytes

MOST_BYTES = 90_000_000


def make(project: Project) -> Path:
    """Build the folder, and the archive of it in `out`; the folder.

    Raises:
        Trouble: a tool failed, or the bundle has grown over `MOST_BYTES`.
    """
    step("Building the bundle")
    python = environment(project)
    icons.make(project)
    made = project.work / "bundle"
    shutil.rmtree(made, ignore_errors=True)
    run(
        [
            *(python, "-m", "PyInstaller", "--noconfirm", "--clean", "--log-level", "WARN"),
            *("--distpath", made, "--workpath", project.work / "pyinstaller"),
            project.source / "packaging" / "bundle.spec",
        ],
        cwd=project.source,
        env=project.environ,
    )
    folder = made / NAME
    if sys.platform == "linux":
        _trim(folder, project)
    qt_support = project.source / "packaging" / "release" / "qt_support.py"
    run(
        [python, qt_support, next(folder.rglob("shiboken6"))],
        env={**project.environ, "PYTHONPATH": str(project.source)},
    )
    notices.write(project, folder / "licences", python)
    settle_times(folder, project.epoch)
    size = size_bytes(folder)
    detail(f"{size / 1e6:.1f} MB unpacked")
    if size > MOST_BYTES and sys.platform == "linux":
        raise Trouble(f"The bundle holds {size / 1e6:.1f} MB; {MOST_BYTES / 1e6:.0f} are allowed.")
    pack(folder, archive_of(project), project.epoch)
    return folder


def environment(project: Project) -> Path:
    """The Python of an environment with what the program needs and PyInstaller, nothing else."""
    return project.environment("bundle", [*project.about()["dependencies"], "pyinstaller"])


def pack(folder: Path, archive: Path, epoch: int) -> None:
    """Pack a folder so that the same files give the same bytes."""

    def settled(entry: tarfile.TarInfo) -> tarfile.TarInfo:
        entry.uid = entry.gid = 0
        entry.uname = entry.gname = "root"
        entry.mtime = epoch
        entry.mode = 0o755 if entry.isdir() or entry.mode & 0o100 else 0o644
        return entry

    with tarfile.open(archive, "w:xz", preset=6) as packed:
        packed.add(folder, folder.name, recursive=False, filter=settled)
        for path in sorted(folder.rglob("*")):
            packed.add(
                path, f"{folder.name}/{path.relative_to(folder)}", recursive=False, filter=settled
            )


def archive_of(project: Project) -> Path:
    """Where the packed bundle of this system lies."""
    return project.out / f"{NAME}-{project.version}-{_system()}.tar.xz"


def _system() -> str:
    machine = os.uname().machine if hasattr(os, "uname") else "x86_64"
    return {"linux": f"linux-{machine}", "darwin": f"macos-{machine}"}.get(
        sys.platform, "windows-x86_64"
    )


def _trim(folder: Path, project: Project) -> None:
    """Take out of the libraries what only a debugger reads, and of ICU's data what nobody asks."""
    need("strip", "binutils")
    inside = folder / "_internal"
    libraries = [
        path
        for path in inside.rglob("*.so*")
        if path.is_file() and not path.is_symlink() and not _is_qt(path)
    ]
    for path in libraries:
        path.chmod(0o755)
    run(["strip", "--strip-unneeded", *libraries], env=project.environ)
    # Where this Python was built is no place to look for libraries on another computer.
    need("chrpath", "chrpath")
    for path in libraries:
        if path.parent.name == "lib-dynload" or path.name.startswith("libpython"):
            run(["chrpath", "--delete", path])
    _trim_library(inside / "base_library.zip", project.epoch)
    # PyInstaller lays links beside the program for libraries that Qt finds where they are.
    for link in [path for path in inside.rglob("*") if path.is_symlink()]:
        if not link.exists():
            link.unlink()
    data = next(iter((inside / "PySide6" / "Qt" / "lib").glob("libicudata.so.*")), None)
    if data is not None:
        _trim_icu(data, project)


def _trim_library(library: Path, epoch: int) -> None:
    """Take the encodings out of Python's own archive that nobody here reads or writes."""
    moment = time.gmtime(epoch)[:6]
    with zipfile.ZipFile(library) as archive:
        held = [(one.filename, archive.read(one)) for one in archive.infolist()]
    with zipfile.ZipFile(library, "w") as archive:
        for name, content in held:
            if contents.is_kept_of_library(name):
                archive.writestr(zipfile.ZipInfo(name, moment), content)


def _is_qt(path: Path) -> bool:
    return path.name.startswith(("libQt6", "libicudata")) or ".abi3.so" in path.name


def _trim_icu(library: Path, project: Project) -> None:
    """Make ICU's library of data anew, with what `kept_of_icu` names."""
    need("icupkg", "icu-devtools")
    need("gcc", "gcc")
    work = project.work / "icu"
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir()
    symbol, held = _data_of(library)
    name = f"{symbol.removesuffix('_dat')}l"  # "icudt73l": little endian
    whole, kept = work / f"{name}.dat", work / "kept" / f"{name}.dat"
    kept.parent.mkdir()
    whole.write_bytes(held)
    names = run(["icupkg", "-l", whole], env=project.environ).split()
    left_out = sorted(set(names) - set(contents.kept_of_icu(names)))
    removals = work / "left-out.txt"
    removals.write_text("\n".join(left_out) + "\n", encoding="ascii")
    run(["icupkg", "-r", removals, whole, kept], env=project.environ)
    assembly = work / "data.s"
    assembly.write_text(
        f'.section .rodata\n.balign 16\n.globl {symbol}\n.type {symbol}, "object"\n'
        f'{symbol}:\n.incbin "{name}.dat"\n.size {symbol}, . - {symbol}\n'
        '.section .note.GNU-stack, "", "progbits"\n',
        encoding="ascii",
    )
    run(
        [
            *("gcc", "-shared", "-nostdlib", "-s", f"-Wl,-soname,{library.name}"),
            *("-Wl,--build-id=none", "-o", library, assembly),
        ],
        cwd=kept.parent,
        env=project.environ,
    )
    detail(
        f"ICU's data: {len(held) / 1e6:.1f} MB, of which {library.stat().st_size / 1e6:.1f} kept"
    )


def _data_of(library: Path) -> tuple[str, bytes]:
    """The one symbol of ICU's library of data, and the bytes that it names."""
    need("readelf", "binutils")
    lines = run(["readelf", "--wide", "--dyn-syms", library]).splitlines()
    words = next(line.split() for line in lines if line.endswith("_dat"))
    sections = run(["readelf", "--wide", "--sections", library]).splitlines()
    rodata = next(line.split("]", 1)[1].split() for line in sections if " .rodata " in line)
    offset = int(words[1], 16) - int(rodata[2], 16) + int(rodata[3], 16)
    length = int(words[2], 0)
    held = library.read_bytes()[offset : offset + length]
    if struct.unpack_from("<H", held, 2)[0] != 0x27DA:  # ICU's mark
        raise Trouble(f"{library.name} does not hold ICU's data where its symbol says.")
    return words[7], held

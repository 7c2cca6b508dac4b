"""The AppImage: one file that starts the bundle where it lies, on Linux with glibc and a desktop.

In front stands a small static program of our own (packaging/appimage/start.c), behind it a squashfs
of the bundle with what a desktop looks for. No other program of an AppImage's usual kind is in it.
"""

import os
import shutil
import struct
import zlib
from dataclasses import dataclass
from pathlib import Path

from dev_console import Trouble, detail, step
from release import desktop, notices
from release.bundle import environment
from release.project import NAME, Project, need, need_library, run, settle_times, sha256

LIBRARIES = {
    "libsquashfuse_ll.a": "libsquashfuse-dev",
    "libfuse3.a": "libfuse3-dev",
    "libzstd.a": "libzstd-dev",
    "libz.a": "zlib1g-dev",
    "libc.a": "libc6-dev",
}
"""What is linked into the start program, and the packages of Debian that bring it."""

CARRIED = {
    "libssl.so.3": "libssl3",
    "libcrypto.so.3": "libssl3",
    "libsqlite3.so.0": "libsqlite3-0",
    "libzstd.so.1": "libzstd1",
    "libbz2.so.1.0": "libbz2-1.0",
    "liblzma.so.5": "liblzma5",
}
"""What the bundle leaves to the system and other distributions lack or name otherwise."""

TRAILER = struct.Struct("<16sQII")
TRAILER_MARK = b"DingComposer sum"
_TYPE_2 = b"AI\x02"
_TYPE_AT = 8
_STANDS_IN = """\
What the AppImage carries beside the program
============================================

Its start program, packaging/appimage/start.c of the source, is under the MIT licence. Linked
into it are parts of these libraries, as Debian packages them; where a licence asks for their
source, "apt-get source" fetches it under the names and versions given, or
https://snapshot.debian.org does. libfuse and the C library are under the GNU Lesser General
Public License 2.1, LGPL-2.1.txt in this folder: to put others in their place, install them and
let "packaging/dev.py package --only appimage" build the start program anew, or replace it
alone: it is what stands before the byte that --appimage-offset names.

Beside the program lie libraries that other distributions lack or name otherwise; replace them
by newer ones of the same name in what --appimage-extract unpacks.

"""


@dataclass(frozen=True, slots=True)
class Part:
    """A package of Debian's of which the AppImage holds something."""

    package: str
    source: str
    version: str
    is_linked: bool


def make(project: Project, bundle: Path) -> Path:
    """Build it from the bundle's folder; its file in `out`.

    Raises:
        Trouble: a tool or a library is missing, or failed.
    """
    step("Building the AppImage")
    folder = project.work / "appimage" / "DingComposer.AppDir"
    shutil.rmtree(folder.parent, ignore_errors=True)
    inside = folder / "usr" / "lib" / NAME
    shutil.copytree(bundle, inside, symlinks=True)
    _carry(inside / "_internal")
    _write_notices(project, inside / "licences")
    desktop.install(project, folder / "usr", environment(project))
    desktop.validate(project, folder / "usr")
    share = Path("usr", "share")
    for name, target in {
        "AppRun": Path("usr", "bin", NAME),
        f"usr/bin/{NAME}": Path("..", "lib", NAME, NAME),
        f"{NAME}.desktop": share / "applications" / f"{NAME}.desktop",
        f"{NAME}.png": share / "icons" / "hicolor" / "256x256" / "apps" / f"{NAME}.png",
        ".DirIcon": Path(f"{NAME}.png"),
    }.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).symlink_to(target)
    for path in folder.rglob("*"):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
    settle_times(folder, project.epoch)
    started = build_start(
        project.source / "packaging" / "appimage" / "start.c",
        folder.parent / "start",
        project.version,
        project.environ,
    )
    image = pack(folder, folder.parent / "image.squashfs", project.epoch, project.environ)
    made = file_of(project)
    join(started, image, made)
    os.utime(made, (project.epoch, project.epoch))
    detail(f"the start program {started.stat().st_size / 1e3:.0f} kB, {sha256(started)[:12]}")
    return made


def file_of(project: Project) -> Path:
    """Where the AppImage of this machine's kind lies."""
    return project.out / f"DingComposer-{project.version}-{os.uname().machine}.AppImage"


def build_start(source: Path, program: Path, version: str, environ: dict[str, str]) -> Path:
    """Compile the start program, static, with the mark of an AppImage of type 2; its file."""
    _need_libraries()
    run(
        [
            *("gcc", "-std=gnu17", "-Os", "-static", "-s", "-Wall", "-Wextra", "-Werror"),
            *("-ffunction-sections", "-fdata-sections", "-Wl,--gc-sections"),
            *("-Wl,--build-id=none", f"-ffile-prefix-map={source.parent}=."),
            *(f'-DSTART_VERSION="{version}"', "-I/usr/include/fuse3", "-o", program, source),
            *("-lsquashfuse_ll", "-lfuse3", "-lzstd", "-lz", "-lpthread"),
        ],
        env=environ,
    )
    held = bytearray(program.read_bytes())
    held[_TYPE_AT : _TYPE_AT + len(_TYPE_2)] = _TYPE_2
    program.write_bytes(held)
    return program


def pack(folder: Path, image: Path, epoch: int, environ: dict[str, str]) -> Path:
    """Pack a folder into a squashfs that depends on nothing but its files; the image."""
    need("mksquashfs", "squashfs-tools")
    image.unlink(missing_ok=True)
    # mksquashfs refuses options for the times where this is set.
    settings = {name: value for name, value in environ.items() if name != "SOURCE_DATE_EPOCH"}
    run(
        [
            *("mksquashfs", folder, image, "-noappend", "-quiet", "-no-progress"),
            *("-comp", "zstd", "-Xcompression-level", "19", "-b", "256K"),
            *("-all-root", "-no-xattrs", "-all-time", str(epoch), "-mkfs-time", str(epoch)),
            *("-reproducible", "-no-exports"),
        ],
        env=settings,
    )
    return image


def join(start: Path, image: Path, made: Path) -> None:
    """Write the start program, the image and its sum into one file that may be run."""
    packed = image.read_bytes()
    trailer = TRAILER.pack(TRAILER_MARK, len(packed), zlib.crc32(packed), 0)
    made.write_bytes(start.read_bytes() + packed + trailer)
    made.chmod(0o755)


def parts() -> tuple[Part, ...]:
    """The packages of Debian of which it holds something, with their versions here.

    Raises:
        Trouble: one is missing.
    """
    _need_libraries()
    linked = dict.fromkeys(LIBRARIES.values(), True)
    carried = dict.fromkeys(CARRIED.values(), False)
    asked = [*linked, *carried]
    said = run(
        [
            *("dpkg-query", "--show"),
            *("--showformat", "${Package} ${source:Package} ${source:Version}\n", *asked),
        ]
    )
    return tuple(
        Part(name, source, version, name in linked)
        for name, source, version in (line.split() for line in sorted(said.splitlines()))
    )


def components() -> list[dict[str, object]]:
    """The same for the bill of materials, as CycloneDX has them."""
    return [
        notices.component(
            part.package,
            part.source,
            part.version,
            "linked into the AppImage's start program"
            if part.is_linked
            else "beside the program in the AppImage",
        )
        for part in parts()
    ]


def _need_libraries() -> None:
    need("gcc", "gcc")
    for library, package in LIBRARIES.items():
        need_library(library, package)


def _carry(folder: Path) -> None:
    """Lay beside the bundle's libraries those that it leaves to Debian."""
    for name, package in CARRIED.items():
        found = Path(run(["gcc", f"-print-file-name={name}"]).strip())
        if not found.is_absolute():
            raise Trouble(f"{name} is missing. Debian and Ubuntu: apt-get install {package}.")
        shutil.copyfile(found.resolve(), folder / name)
        (folder / name).chmod(0o644)


def _write_notices(project: Project, folder: Path) -> None:
    texts = [_STANDS_IN]
    for part in parts():
        copyright_file = Path("/usr/share/doc", part.package, "copyright")
        texts += [
            "=" * 80,
            f"{part.source} {part.version} ({part.package})",
            "",
            copyright_file.read_text(encoding="utf-8", errors="replace").strip(),
            "",
        ]
    (folder / "appimage.txt").write_text("\n".join(texts), encoding="utf-8")

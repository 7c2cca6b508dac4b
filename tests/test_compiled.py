"""The compiled modules of a start in one file: they say what the sources say, whatever happens."""

import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

USE = """
import sys
from pathlib import Path
from dingcomposer.compiled import CompiledModules

compiled = CompiledModules(Path(sys.argv[1]))
compiled.use()
import shop.till
compiled.keep()
loader = type(shop.till.__spec__.loader).__name__
print(shop.till.PRICE, "file" if loader != "SourceFileLoader" else "source", shop.till.__file__)
"""


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A folder with a package of two modules."""
    folder = tmp_path / "sources" / "shop"
    folder.mkdir(parents=True)
    (folder / "__init__.py").write_text("", encoding="utf-8")
    (folder / "till.py").write_text("PRICE = 1\n", encoding="utf-8")
    return folder


def load(shop: Path, kept: Path, *options: str, script: str = USE) -> list[str]:
    """What a fresh interpreter says that uses the file `kept`: price, whence, and whose file."""
    environ = {**os.environ, "PYTHONPATH": os.pathsep.join([str(shop.parent), str(ROOT)])}
    environ.pop("PYTHONDONTWRITEBYTECODE", None)
    environ["PYTHONPYCACHEPREFIX"] = str(kept.parent / "cache")
    done = subprocess.run(
        [sys.executable, *options, "-c", script, str(kept)],
        capture_output=True,
        text=True,
        check=False,
        cwd=kept.parent,
        env=environ,
        timeout=120,
    )
    assert done.stderr == ""
    return done.stdout.split()


def test_the_second_start_reads_the_file_instead_of_the_modules(shop: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    till = str(shop / "till.py")
    assert load(shop, kept) == ["1", "source", till]
    written = kept.stat().st_ino, kept.stat().st_mtime_ns
    assert load(shop, kept) == ["1", "file", till]
    assert (kept.stat().st_ino, kept.stat().st_mtime_ns) == written, "it was written for nothing"
    assert [one.name for one in tmp_path.glob("kept*")] == ["kept"], "nothing half-written"


def test_a_source_that_was_changed_is_read_anew_and_kept_anew(shop: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    load(shop, kept)
    before = (shop / "till.py").stat()
    (shop / "till.py").write_text("PRICE = 2\n", encoding="utf-8")
    os.utime(shop / "till.py", ns=(before.st_atime_ns, before.st_mtime_ns + 1_000_000_000))
    assert load(shop, kept)[:2] == ["2", "source"]
    assert load(shop, kept)[:2] == ["2", "file"]


def test_a_copy_of_the_program_runs_its_own_modules(shop: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    load(shop, kept)
    copy = tmp_path / "copy" / "shop"
    copy.mkdir(parents=True)
    for one in shop.glob("*.py"):
        (copy / one.name).write_text(one.read_text(encoding="utf-8"), encoding="utf-8")
    assert load(copy, kept) == ["1", "source", str(copy / "till.py")]


@pytest.mark.parametrize("keep", [0, 1, 40, 400])
def test_a_file_that_was_cut_is_as_good_as_none(shop: Path, tmp_path: Path, keep: int) -> None:
    kept = tmp_path / "kept"
    load(shop, kept)
    kept.write_bytes(kept.read_bytes()[:keep])
    assert load(shop, kept)[:2] == ["1", "source"]
    assert load(shop, kept)[:2] == ["1", "file"]


def test_another_python_s_file_is_not_read(shop: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    load(shop, kept)
    kept.write_bytes(b"\0\0\0\0" + kept.read_bytes()[4:])
    assert load(shop, kept)[:2] == ["1", "source"]


def test_where_nothing_may_be_written_modules_are_imported_as_ever(
    shop: Path, tmp_path: Path
) -> None:
    kept = tmp_path / "missing" / "kept"
    assert load(shop, tmp_path / "kept", "-B")[:2] == ["1", "source"]
    assert not (tmp_path / "kept").exists()
    kept.parent.mkdir()
    kept.mkdir()  # a folder in the place of the file
    assert load(shop, kept)[:2] == ["1", "source"]


def test_an_error_shows_its_line_of_the_source(shop: Path, tmp_path: Path) -> None:
    (shop / "till.py").write_text("PRICE = 1\ndef pay():\n    return 1 / 0\n", encoding="utf-8")
    kept = tmp_path / "kept"
    script = USE + textwrap.dedent("""
        import inspect, traceback
        try:
            shop.till.pay()
        except ZeroDivisionError as error:
            print(traceback.format_exc().count("return 1 / 0"), len(inspect.getsource(shop.till)))
    """)
    load(shop, kept, script=script)
    assert load(shop, kept, script=script)[-2:] == ["1", "38"]


START = """
import sys
from dingcomposer import process
from dingcomposer.__main__ import main

usual = process.hasten_imports
seen = []

def hasten_imports():
    usual()
    from dingcomposer import app
    from PySide6.QtCore import QTimer
    shown = app.Program.show
    def show(program):
        shown(program)
        program.window.painted.connect(lambda: seen.extend(sys.modules.values()))
        program.window.painted.connect(lambda: QTimer.singleShot(0, program.window.close))
    app.Program.show = show

process.hasten_imports = hasten_imports
main(["--data-dir", sys.argv[1]])
ui = [one for one in seen if one.__name__.startswith("dingcomposer.ui.")]
read = [one for one in ui if type(one.__spec__.loader).__name__ == "SourceFileLoader"]
print(len(ui) > 50, not read, len(read) == len(ui))
"""


def test_a_second_start_of_the_program_opens_none_of_its_compiled_files(tmp_path: Path) -> None:
    environ = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    environ.pop("PYTHONDONTWRITEBYTECODE", None)
    environ["PYTHONPYCACHEPREFIX"] = str(tmp_path / "cache")
    environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.null.Keyring"
    starts, written = [], []
    for _ in range(3):
        done = subprocess.run(
            [sys.executable, "-c", START, str(tmp_path / "data")],
            capture_output=True,
            text=True,
            check=True,
            cwd=ROOT,
            env=environ,
            timeout=120,
        )
        starts.append(done.stdout.split())
        [kept] = (tmp_path / "cache").rglob("compiled*.modules")
        written.append((kept.stat().st_ino, kept.stat().st_mtime_ns))
    assert starts == [["True", "False", "True"], *[["True", "True", "False"]] * 2]
    assert written[1] == written[2], "nothing was new, and it was written all the same"

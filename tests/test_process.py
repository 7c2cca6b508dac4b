"""How the process begins and ends: imports that break nothing, an end that loses nothing."""

import os
import py_compile
import sqlite3
import subprocess
import sys
import textwrap
from importlib.util import cache_from_source
from pathlib import Path

import pytest

from dingcomposer import process

ROOT = Path(__file__).parent.parent


def run_python(script: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a script in a fresh interpreter; its output goes through pipes, which are not flushed."""
    return subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script), *arguments],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        timeout=120,
    )


BEGIN = """
    from dingcomposer import process
    process.hasten_imports()
"""


def test_no_source_is_read_for_what_is_imported_after_qt() -> None:
    done = run_python(
        BEGIN
        + """
    import inspect
    asked = []
    read = inspect.getsource
    inspect.getsource = lambda of: (asked.append(getattr(of, "__name__", of)), read(of))[1]
    from PySide6 import QtCore, QtGui, QtWidgets
    import csv, re, typing
    import dingcomposer.ui.theme
    print([name for name in asked if name != "__main__"])
    """
    )
    assert (done.stdout.strip(), done.stderr) == ("[]", "")


def test_what_qt_s_own_modules_are_made_of_is_compiled_once(tmp_path: Path) -> None:
    script = (
        BEGIN
        + """
    import sys
    from PySide6.QtWidgets import QLabel
    print(sys.modules["shibokensupport.signature.parser"].__spec__.cached is not None)
    print(any(hasattr(finder, "zfile") for finder in sys.meta_path), type(sys.meta_path) is list)
    try:
        QLabel(1, 2, 3)
    except TypeError as error:
        print("Supported signatures" in str(error))
    """
    )
    environ = {**os.environ, "PYTHONPYCACHEPREFIX": str(tmp_path)}
    environ.pop("PYTHONDONTWRITEBYTECODE", None)
    for _ in range(2):
        done = subprocess.run(
            [sys.executable, "-c", textwrap.dedent(script)],
            capture_output=True,
            text=True,
            check=True,
            cwd=ROOT,
            env=environ,
            timeout=120,
        )
        assert (done.stdout.split(), done.stderr) == (["True", "False", "True", "True"], "")
    kept = {
        path.name.partition(".")[0]: path for path in tmp_path.rglob("shibokensupport/**/*.pyc")
    }
    assert {"loader", "parser", "mapping", "layout"} <= set(kept)
    before = kept["parser"].stat().st_mtime_ns
    subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script)], check=True, cwd=ROOT, env=environ
    )
    assert kept["parser"].stat().st_mtime_ns == before


def test_signals_slots_enums_and_words_work_in_modules_whose_source_was_not_read() -> None:
    done = run_python(
        BEGIN
        + """
    from PySide6.QtCore import QCoreApplication, QTimer, Qt
    from dingcomposer.core.draft import Draft
    from dingcomposer.services.draft_session import DraftSession
    from dingcomposer.services.settings import Settings
    app = QCoreApplication([])
    session = DraftSession()
    heard = []
    session.changed.connect(lambda draft: heard.append(draft.text))
    session.changed.connect(app.quit, Qt.ConnectionType.QueuedConnection)
    QTimer.singleShot(0, lambda: session.edit(Draft(text="你好"), "text"))
    app.exec()
    both = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
    print(heard == ["你好"], Qt.AlignmentFlag.AlignTop in both, session.tr("Sandbox"))
    """
    )
    assert (done.stdout.strip(), done.stderr) == ("True True Sandbox", "")


@pytest.mark.skipif(sys.version_info[:2] != (3, 11), reason="elsewhere enums are left alone")
def test_the_enums_of_qt_are_as_the_standard_library_would_have_made_them() -> None:
    done = run_python(
        """
    import enum, pickle
    usual = enum.EnumType._create_
    from dingcomposer import process
    process.hasten_imports()
    quick = enum.EnumType._create_
    asked = []

    def keep(cls, name, names, **others):
        asked.append((cls, name, list(names), others))
        return quick(cls, name, names, **others)

    enum.EnumType._create_ = keep
    from PySide6 import QtCore, QtGui, QtNetwork, QtWidgets
    for module in (QtCore, QtGui, QtWidgets, QtNetwork):
        for name in dir(module):
            getattr(module, name)
    own = ("name", "value", "_sort_order_")

    def told(one):
        try:
            parts = [getattr(part, "name", None) for part in one]
        except (TypeError, ValueError, AttributeError) as error:  # of 3.11 itself
            parts = type(error)
        return [getattr(one, name) for name in own[:2]], parts, repr(one), str(one), hash(one)

    def call(make, cls, name, names, others):
        # It looks two frames up for the module, as Qt's call is two frames up.
        return (lambda: (lambda: make(cls, name, names, **others))())()

    quickly = 0
    for cls, name, names, others in asked:
        a, b = call(usual, cls, name, names, others), call(quick, cls, name, names, others)
        quickly += process._is_plain(cls, names, {"module": None, "qualname": None} | {
            key: one for key, one in others.items() if key not in ("boundary", "module")})
        assert vars(a).keys() == vars(b).keys(), name
        assert list(a) == [a[one.name] for one in b] and len(a) == len(b), name
        assert [(one.name, one.value) for one in a] == [(one.name, one.value) for one in b]
        assert list(a.__members__) == list(b.__members__), name
        for key in vars(a).keys() - vars(object).keys() - a.__members__.keys():
            one, other = getattr(a, key), getattr(b, key)
            if isinstance(one, (int, str, list, type)):
                assert one == other or key in ("__module__", "__objclass__"), (name, key)
        values = [one.value for one in a.__members__.values()]
        for key, value in zip(a.__members__, values, strict=True):
            assert vars(a[key]).keys() == vars(b[key]).keys()
            assert told(a[key]) == told(b[key]) and b(value) is b[key] is getattr(b, key)
            assert a[key]._sort_order_ == b[key]._sort_order_ and b[key] in b
        if issubclass(cls, enum.Flag):
            for value in values[:9]:
                for more in values[:9]:
                    assert told(a(value) | a(more)) == told(b(value) | b(more))
                    assert told(a(value) & a(more)) == told(b(value) & b(more))
                assert told(~a(value)) == told(~b(value))
    assert pickle.loads(pickle.dumps(QtCore.Qt.Key.Key_A)) is QtCore.Qt.Key.Key_A
    print(len(asked) > 300, quickly > 0.9 * len(asked))
    """
    )
    assert (done.stdout.strip(), done.stderr) == ("True True", "")


def test_the_pinyin_of_a_name_is_found_without_the_dictionary_of_phrases() -> None:
    done = run_python(
        BEGIN
        + """
    import sys
    from dingcomposer.core.pinyin import spelled
    print("pypinyin" in sys.modules, spelled("张三"), "pypinyin.phrases_dict" in sys.modules)
    """
    )
    assert (done.stdout.strip(), done.stderr) == ("False |张/zhang|三/san False", "")


@pytest.mark.parametrize("feature", ["None", "types.ModuleType('feature')"])
def test_a_pyside_that_keeps_no_such_entries_is_left_alone(feature: str) -> None:
    done = run_python(
        f"""
    import sys, types
    import shiboken6
    sys.modules["shibokensupport.feature"] = {feature}
    before = list(sys.meta_path)
    from dingcomposer import process
    process.hasten_imports()
    print(sys.meta_path == before)
    """
    )
    assert (done.stdout.strip(), done.stderr) == ("True", "")


def test_the_end_writes_what_is_still_held_back_and_keeps_the_status() -> None:
    done = run_python(
        """
    import sys, threading, time
    from dingcomposer import process
    threading.Thread(target=threading.Event().wait).start()  # holds up no end
    sys.stdout.write("x" * 100_000 + " out")
    sys.stderr.write("err")
    process.end(3)
    """
    )
    assert done.returncode == 3
    assert done.stdout == "x" * 100_000 + " out"
    assert done.stderr == "err"


def test_the_end_comes_where_there_is_no_console_or_its_reader_has_gone() -> None:
    script = """
    import os, sys
    from dingcomposer import process
    sys.stderr = None
    sys.stdout.write("nobody reads this")
    reading, writing = os.pipe()
    os.close(reading)
    os.dup2(writing, 1)
    process.end(4)
    """
    assert run_python(script).returncode == 4


# The program as it is installed, driven from inside: something is typed, then it is closed.
PROGRAM = """
    import sys
    from dingcomposer import __main__, process
    process.hasten_imports()
    from PySide6.QtCore import QTimer
    from dingcomposer import app
    from dingcomposer.services.settings import CALLS
    build = app.build

    def build_and_close(application, options):
        program = build(application, options)
        application.destroyed.connect(lambda: print("Qt is down"))

        def on_painted():
            program.session.edit(
                program.session.draft.__class__(text="kept to the last letter"), "text"
            )
            program.settings.set(CALLS, 12_345)
            QTimer.singleShot(0, program.window.close)

        program.window.painted.connect(on_painted)
        return program

    app.build = build_and_close
    __main__.run(["--data-dir", sys.argv[1], *sys.argv[2:]])
"""


def test_a_program_that_is_closed_ends_at_once_and_loses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    monkeypatch.setenv("TMPDIR", str(tmp_path))  # where Qt puts the socket of a second start
    data = tmp_path / "data"
    done = run_python(PROGRAM, str(data))
    assert done.returncode == 0, done.stderr
    assert done.stdout == "Qt is down\n", "the clipboard was handed over, stdout written"
    assert not list(data.glob("*.sqlite3-wal")), "the database was closed in order"
    with sqlite3.connect(f"file:{data / 'dingcomposer.sqlite3'}?mode=ro", uri=True) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        rows = [str(row) for row in database.execute("SELECT * FROM drafts")]
    assert any("kept to the last letter" in row for row in rows)
    kept = (data / "config" / "dingcomposer.ini").read_text(encoding="utf-8")
    assert "calls_a_month=12345" in kept
    assert "[window]" in kept
    assert "DingComposer" in (data / "logs" / "dingcomposer.log").read_text(encoding="utf-8")
    assert not list(data.glob("*.lock")), "the next start finds the folder free"
    assert not list(tmp_path.glob("dingcomposer-*")), "nobody is heard any more"


def test_a_folder_that_cannot_be_used_is_refused_with_its_status(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("no folder", encoding="utf-8")
    script = "import sys; from dingcomposer import __main__; __main__.run(sys.argv[1:])"
    done = subprocess.run(
        [sys.executable, "-c", script, "--data-dir", str(blocked / "data")],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )
    assert done.returncode == 1
    assert str(blocked) in done.stderr


@pytest.mark.parametrize("encoding", ["cp437", "cp936", "cp1252", "ascii"])
def test_a_console_that_lacks_letters_gets_them_escaped(encoding: str, tmp_path: Path) -> None:
    # As a console of Windows; the help of `send` has signs that code page 437 lacks.
    for words in (["send", "--help"], ["check", "--text", "今晚停机 😀"]):
        done = subprocess.run(
            [sys.executable, "-m", "dingcomposer", "--data-dir", str(tmp_path), *words],
            capture_output=True,
            env={**os.environ, "PYTHONIOENCODING": encoding},
            check=False,
        )
        assert b"UnicodeEncodeError" not in done.stderr
        assert done.returncode == 0


def test_qt_s_support_is_read_compiled_where_its_library_is_no_file(tmp_path: Path) -> None:
    # A bundle's packages lie in an archive: their `__file__` names nothing.
    source, place = tmp_path / "support.py", tmp_path / "support.py"
    compiled = Path(cache_from_source(str(place)))
    source.write_text("WHENCE = 'compiled'\n", encoding="utf-8")
    unchecked = py_compile.PycInvalidationMode.UNCHECKED_HASH
    py_compile.compile(str(source), str(compiled), invalidation_mode=unchecked)
    loader = process._SupportLoader(
        "support", str(place), b"WHENCE = 'source'\n", str(tmp_path / "none" / "__init__.py")
    )
    found: dict[str, object] = {}
    exec(loader.get_code("support"), found)  # type: ignore[arg-type]
    assert found["WHENCE"] == "compiled"

"""What is loaded when the window stands: each module that comes with it is waited for."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ALLOWED = ROOT / "tests" / "cases" / "start_modules.txt"

# What a start has no use for, with what it costs. The threads that need some of them load them.
FOREIGN = {
    "argcomplete",
    "asyncio",
    "certifi",
    "csv",  # 1 ms
    "difflib",  # 3 ms
    "hashlib",  # 4 ms, with all of OpenSSL
    "http",
    "keyring",  # 81 ms
    "logging.handlers",  # 6 ms, with sockets and pickles
    "markdown",
    "multiprocessing",
    "pickle",
    "PySide6.QtNetwork",
    "PySide6.QtSvg",
    "requests",  # 90 ms
    "socket",
    "ssl",
    "truststore",
    "urllib3",
    "uuid",  # 3 ms
    "xml",
}

LIST = """
import sys
from pathlib import Path
from dingcomposer import process
process.hasten_imports()
from dingcomposer import app
from dingcomposer.runtime import make_application

application = make_application(["dingcomposer"])
program = app.build(application, app.Options(data_dir=Path(sys.argv[1])))
program.show()
seen = []
program.window.painted.connect(lambda: (seen.extend(sys.modules), application.quit()))
application.exec()
program.shut_down()
print(*seen)
"""


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The modules that are loaded when the window has been painted for the first time."""
    folder = tmp_path_factory.mktemp("data")
    started_in(folder)  # the very first makes the sandbox's robot besides
    return set(started_in(folder).split())


def started_in(folder: Path) -> str:
    """What a start with this data folder loads, in a fresh interpreter."""
    return subprocess.run(
        [sys.executable, "-c", LIST, str(folder)],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        timeout=120,
    ).stdout


def test_the_window_stands_before_anything_is_loaded_that_it_does_not_show(
    loaded: set[str],
) -> None:
    own = {name for name in loaded if name.partition(".")[0] == "dingcomposer"}
    allowed = set(ALLOWED.read_text(encoding="utf-8").split())
    assert "dingcomposer.ui.window.main_window" in own
    new = sorted(own - allowed)
    assert not new, f"{new}: import them where they are used, or name them in {ALLOWED.name}"


def test_the_list_of_what_a_start_may_load_names_modules_that_there_are() -> None:
    for name in ALLOWED.read_text(encoding="utf-8").split():
        path = ROOT.joinpath(*name.split("."))
        assert path.is_dir() or path.with_suffix(".py").is_file(), f"take {name} off the list"


def test_the_window_stands_before_a_foreign_library_is_loaded_that_it_has_no_use_for(
    loaded: set[str],
) -> None:
    assert "PySide6.QtWidgets" in loaded
    assert not loaded & FOREIGN

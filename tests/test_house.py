"""The house stands as it is drawn: what import-linter cannot say, and that its contracts bite."""

import ast
import importlib.util
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "dingcomposer"
MODULES = sorted(PACKAGE.rglob("*.py"))
NAMES = [str(path.relative_to(ROOT)) for path in MODULES]
each_module = pytest.mark.parametrize("path", MODULES, ids=NAMES)

# Who may import which library.
OWNERS = {
    "PySide6": (
        "dingcomposer.ui",
        "dingcomposer.app",
        "dingcomposer.tour.driver",
        "dingcomposer.tour.play",
    ),
    "shiboken6": ("dingcomposer.ui", "dingcomposer.process", "dingcomposer.runtime"),
    "shibokensupport": ("dingcomposer.process",),
    "requests": ("dingcomposer.dingtalk.client", "dingcomposer.dingtalk.transport"),
    "urllib3": ("dingcomposer.dingtalk",),
    "truststore": ("dingcomposer.dingtalk.network",),
    "certifi": ("dingcomposer.dingtalk.network",),
    "markdown": ("dingcomposer.core.dialect",),
    "keyring": ("dingcomposer.storage.secrets",),
    "sqlite3": ("dingcomposer.storage",),
    "platformdirs": ("dingcomposer.paths",),
}

# The outermost loops of threads, and the keyring: a backend raises whatever its libraries raise.
CATCH_EVERYTHING = (
    "dingcomposer.app",
    "dingcomposer.sending.sender",
    "dingcomposer.storage.timed_calls",
    "dingcomposer.storage.secrets",
    "dingcomposer.services.background",
)

# For each contract in pyproject.toml, an import that breaks it.
TRESPASSES = {
    "The floors of the house": ("sandbox.server", "dingcomposer.dingtalk.signing"),
    "The rooms of the window": ("ui.compose.form", "dingcomposer.ui.history.page"),
    "What stands beside the pages knows no page": ("ui.theme", "dingcomposer.ui.preview.view"),
    "Widgets know nobody": ("ui.widgets.chip", "dingcomposer.storage.history"),
    "A message is a message without anything around it": ("core.messages", "threading"),
    "Qt belongs to the window and to those who start it": ("storage.database", "PySide6.QtCore"),
    "requests belongs to dingtalk.client and its transport": ("sending.sender", "requests"),
    "markdown belongs to core.dialect": ("ui.preview.view", "markdown"),
    "keyring belongs to storage.secrets": ("storage.history", "keyring"),
    "sqlite3 belongs to storage": ("core.payload", "sqlite3"),
    "platformdirs belongs to paths": ("app", "platformdirs"),
}


def dotted(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def imports(path: Path) -> Iterator[str]:
    """Every module that the file imports, also inside functions and by name."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} imports relatively"
            assert node.module is not None
            yield node.module
        elif isinstance(node, ast.Call) and node.args:
            called = ast.unparse(node.func)
            name = node.args[0]
            if called in ("importlib.import_module", "import_module", "__import__"):
                assert isinstance(name, ast.Constant), f"{path} imports what cannot be known"
                yield str(name.value)


@each_module
def test_each_library_has_one_owner(path: Path) -> None:
    module = dotted(path)
    for imported in imports(path):
        library = imported.partition(".")[0]
        if library in OWNERS:
            assert any(
                module == owner or module.startswith(f"{owner}.") for owner in OWNERS[library]
            ), f"{module} imports {imported}"
        else:
            assert library == "dingcomposer" or library in sys.stdlib_module_names, (
                f"{module} imports {imported}, which has no owner yet"
            )


@each_module
def test_every_part_of_qt_that_is_used_is_installed(path: Path) -> None:
    # The type stubs of all of Qt are there; of its libraries only the essential ones.
    for imported in imports(path):
        if imported.startswith("PySide6."):
            assert importlib.util.find_spec(imported), f"{imported} is not in PySide6-Essentials"


@each_module
def test_a_module_answers_one_question(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 400, "it grew over 400 lines"
    for name in (path.stem, path.parent.name):
        assert name not in ("utils", "util", "helpers", "helper", "common", "misc", "base")
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ClassDef):
            assert not re.search(r"(Manager|Utils?|Helpers?)$", node.name), node.name


@each_module
def test_only_the_ends_of_threads_and_the_hooks_catch_everything(path: Path) -> None:
    if dotted(path) in CATCH_EVERYTHING:
        return
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ExceptHandler):
            caught = "everything" if node.type is None else ast.unparse(node.type)
            goes_on = isinstance(node.body[-1], ast.Raise) and node.body[-1].exc is None
            assert goes_on or caught not in ("everything", "Exception", "BaseException"), (
                f"line {node.lineno} catches {caught}"
            )


@each_module
def test_threads_and_the_event_loop_are_left_alone(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert "processEvents(" not in text
    assert "concurrent.futures" not in list(imports(path))
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("PySide6"):
            names = {alias.name for alias in node.names}
            assert not names & {"QThread", "QThreadPool", "QRunnable"}, "no QObject in a thread"


@each_module
def test_texts_can_be_extracted(path: Path) -> None:
    # lupdate loses an f-string inside tr(), and a tr() inside an f-string, without a word.
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] in (
            "tr",
            "translate",
        ):
            inside = [inner for part in node.args for inner in ast.walk(part)]
            assert not any(isinstance(inner, ast.JoinedStr) for inner in inside), node.lineno
        if isinstance(node, ast.JoinedStr):
            called = [
                ast.unparse(inner.func) for inner in ast.walk(node) if isinstance(inner, ast.Call)
            ]
            assert not any(name.endswith(".tr") for name in called), node.lineno


def test_every_library_that_is_imported_is_declared() -> None:
    about = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = {re.split(r"[^\w-]", text)[0].lower() for text in about["dependencies"]}
    brought_by = dict.fromkeys(("PySide6", "shiboken6", "shibokensupport"), "pyside6-essentials")
    for library in OWNERS.keys() - sys.stdlib_module_names:
        assert brought_by.get(library, library) in declared


def test_the_top_level_is_fixed() -> None:
    # A package called packaging would hide the library of that name.
    assert not list((ROOT / "packaging").rglob("__init__.py"))
    assert {path.name for path in ROOT.iterdir() if path.suffix == ".py"} == set()


def test_core_runs_without_qt_and_without_any_library_but_its_own() -> None:
    modules = [dotted(path) for path in MODULES if "core" in path.parts]
    loaded = loaded_by(modules)
    assert not loaded & {"PySide6", "requests", "keyring", "sqlite3", "dingcomposer.ui"}


def loaded_by(modules: list[str]) -> set[str]:
    """What a fresh interpreter has loaded after importing the modules."""
    script = f"import {', '.join(modules)}, sys; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT
    )
    return set(done.stdout.split())


def test_every_contract_bites(tmp_path: Path) -> None:
    """In an empty copy of the house with one trespass for each contract, each is broken."""
    config = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = {one["name"]: one for one in config["tool"]["importlinter"]["contracts"]}
    assert set(contracts) == set(TRESPASSES), "every contract has its trespass here"
    (tmp_path / "pyproject.toml").write_bytes((ROOT / "pyproject.toml").read_bytes())
    for path in MODULES:
        (tmp_path / path.relative_to(ROOT)).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path.relative_to(ROOT)).touch()
    for module in ("ui.main_window", "tour", "hand", "app", "__main__"):
        build(tmp_path, f"dingcomposer.{module}")
    for importer, imported in TRESPASSES.values():
        if imported.startswith("dingcomposer"):
            build(tmp_path, imported)
        with build(tmp_path, f"dingcomposer.{importer}").open("a", encoding="utf-8") as file:
            file.write(f"import {imported}\n")
    call = "from importlinter.cli import lint_imports_command as main; main()"
    done = subprocess.run(
        [sys.executable, "-c", call, "--no-cache"],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
    )
    kept = [name for name in contracts if f"{name} BROKEN" not in done.stdout]
    assert not kept, done.stdout + done.stderr


def build(house: Path, module: str) -> Path:
    """The file of a module, made with its packages where it is missing."""
    path = house.joinpath(*module.split("."))
    if path.is_dir():
        return path / "__init__.py"
    path.parent.mkdir(parents=True, exist_ok=True)
    for folder in path.relative_to(house).parents:
        if folder.parts:
            (house / folder / "__init__.py").touch()
    path = path.with_suffix(".py")
    path.touch()
    return path

"""The house stands as it is drawn: what import-linter cannot say, and that its contracts bite."""

import ast
import importlib.util
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests import house

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "dingcomposer"
MODULES = sorted(PACKAGE.rglob("*.py"))
NAMES = [str(path.relative_to(ROOT)) for path in MODULES]
Rule = Callable[[Path], list[str]]
each_module = pytest.mark.parametrize("path", MODULES, ids=NAMES)

# Who may import which library.
OWNERS = {
    "PySide6": (
        "dingcomposer.ui",
        "dingcomposer.cli",
        "dingcomposer.services",
        "dingcomposer.tour",
        "dingcomposer.app",
        "dingcomposer.runtime",
    ),
    "shiboken6": (
        "dingcomposer.ui",
        "dingcomposer.services",
        "dingcomposer.process",
        "dingcomposer.runtime",
    ),
    "shibokensupport": ("dingcomposer.process",),
    "requests": ("dingcomposer.dingtalk.client", "dingcomposer.dingtalk.transport"),
    "urllib3": ("dingcomposer.dingtalk",),
    "truststore": ("dingcomposer.dingtalk.network",),
    "certifi": ("dingcomposer.dingtalk.network",),
    "markdown": ("dingcomposer.core.dialect",),
    "keyring": ("dingcomposer.storage.secrets",),
    "xlsxwriter": ("dingcomposer.interchange.exports",),
    "sqlite3": ("dingcomposer.storage",),
    "platformdirs": ("dingcomposer.paths",),
    "pypinyin": ("dingcomposer.core.pinyin",),
    "chinese_calendar": ("dingcomposer.core.templates.working_days",),
    "dateutil": ("dingcomposer.core.scheduling.recurrence",),
    "python_calamine": ("dingcomposer.interchange.sheets",),
    "bs4": ("dingcomposer.interchange",),
    "pyrage": ("dingcomposer.interchange.bundles",),
    "yaml": ("dingcomposer.interchange.field_values",),
    "click": ("dingcomposer.cli",),
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
    "The rooms of the window": ("ui.compose.form", "dingcomposer.ui.preview.panel"),
    "Widgets know nobody": ("ui.widgets.buttons", "dingcomposer.ui.context"),
    "A message is a message without anything around it": ("core.messages", "threading"),
    "Qt belongs to the window, to its services, and to those who start them": (
        "storage.database",
        "PySide6.QtCore",
    ),
    "requests belongs to dingtalk.client and its transport": ("sending.sender", "requests"),
    "markdown belongs to core.dialect": ("ui.preview.panel", "markdown"),
    "xlsxwriter belongs to interchange.exports": ("ui.history.page", "xlsxwriter"),
    "keyring belongs to storage.secrets": ("storage.history", "keyring"),
    "sqlite3 belongs to storage": ("core.payload", "sqlite3"),
    "platformdirs belongs to paths": ("app", "platformdirs"),
    "pypinyin belongs to core.pinyin": ("services.contacts", "pypinyin"),
    "click belongs to the commands": ("app", "click"),
    "chinesecalendar belongs to core.templates.working_days": ("core.draft", "chinese_calendar"),
    "pyrage belongs to interchange.bundles": ("services.robot_profiles", "pyrage"),
    "python-dateutil belongs to core.scheduling.recurrence": ("storage.database", "dateutil"),
    "BeautifulSoup belongs to interchange": ("core.dialect.html", "bs4"),
    "PyYAML belongs to interchange.field_values": ("cli.filling", "yaml"),
    "python-calamine belongs to interchange.sheets": ("ui.contacts.dialog", "python_calamine"),
}


# For each rule of the house, a small tree that breaks it, and what is found there.
BROKEN: dict[Rule, tuple[dict[str, str], str]] = {
    house.circles: (
        {
            "ui/one.py": "def later():\n    from p.ui import two\n",
            "ui/two.py": "from p.ui.three import x\n",
            "ui/three.py": (
                "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import p.ui.one\n"
            ),
            "ui/four.py": "import p.ui.one\n",
        },
        "p.ui.one, p.ui.three, p.ui.two",
    ),
    house.namesakes: (
        {
            "core/reader.py": "class Reader: ...\n",
            "ui/reader.py": "def f():\n    class Reader: ...\n",
        },
        "Reader: p.core.reader, p.ui.reader",
    ),
    house.too_long: ({"core/long.py": "x = 1\n" * 601}, "p.core.long: 601 lines"),
    house.too_crowded: (
        {f"ui/page_{number}.py": "" for number in range(7)},
        "p/ui: 7 modules",
    ),
    house.too_small: (
        {f"core/{number // 10}/part_{number}.py": "x = 1\n" for number in range(21)},
        "p.core.0.part_0: 1 lines",
    ),
    house.beyond_qtcore: (
        {"services/host.py": "def f():\n    from PySide6 import QtWidgets\n"},
        "p.services.host imports PySide6 QtWidgets",
    ),
    house.reaches_through: (
        {"app.py": "def f(self):\n    self.window.status.say('x')\n"},
        "line 2: self.window.status.say",
    ),
    house.metaphors: (
        {"ui/verdict_desk.py": "class VerdictDesk: ...\n"},
        "p.ui.verdict_desk: VerdictDesk",
    ),
}
each_rule = pytest.mark.parametrize("rule", BROKEN, ids=lambda rule: rule.__name__)


def dotted(path: Path) -> str:
    return house.dotted(path, PACKAGE)


def imports(path: Path) -> Iterator[str]:
    """Every module that the file imports, also inside functions and by name."""
    return (module for module, _part in house.imports(path))


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
def test_a_module_is_named_for_its_question(path: Path) -> None:
    for name in (path.stem, path.parent.name):
        assert name not in ("utils", "util", "helpers", "helper", "common", "misc", "base")
    for node in ast.walk(house.tree(path)):
        if isinstance(node, ast.ClassDef):
            assert not re.search(r"(Manager|Utils?|Helpers?)$", node.name), node.name


@each_rule
def test_the_house_keeps_the_rule(rule: Rule) -> None:
    assert rule(PACKAGE) == []


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
    brought_by |= {"python_calamine": "python-calamine", "bs4": "beautifulsoup4"}
    brought_by["yaml"] = "pyyaml"
    brought_by["chinese_calendar"] = "chinesecalendar"
    brought_by["dateutil"] = "python-dateutil"
    for library in OWNERS.keys() - sys.stdlib_module_names:
        assert brought_by.get(library, library) in declared


def test_the_top_level_is_fixed() -> None:
    # A package called packaging would hide the library of that name.
    assert not list((ROOT / "packaging").rglob("__init__.py"))
    assert {path.name for path in ROOT.iterdir() if path.suffix == ".py"} == set()


def test_core_runs_without_qt_and_without_any_library_but_its_own() -> None:
    modules = [dotted(path) for path in MODULES if "core" in path.parts]
    loaded = loaded_by(modules)
    libraries = {"PySide6", "shiboken6", "requests", "keyring", "sqlite3"}
    rooms = {"dingcomposer.ui", "dingcomposer.services", "dingcomposer.storage"}
    assert not loaded & (libraries | rooms)


def test_services_load_nothing_of_qt_but_qtcore() -> None:
    loaded = loaded_by([dotted(path) for path in MODULES if "services" in path.parts])
    assert {module for module in loaded if module.startswith("PySide6.Qt")} == {"PySide6.QtCore"}


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
    build_empty(tmp_path)
    for importer, imported in TRESPASSES.values():
        if imported.startswith("dingcomposer"):
            build(tmp_path, imported)
        with build(tmp_path, f"dingcomposer.{importer}").open("a", encoding="utf-8") as file:
            file.write(f"import {imported}\n")
    said = lint(tmp_path)
    kept = [name for name in contracts if f"{name} BROKEN" not in said]
    assert not kept, said


def test_a_room_without_a_floor_breaks_the_contracts(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_bytes((ROOT / "pyproject.toml").read_bytes())
    build_empty(tmp_path)
    for module in ("attic", "ui.attic"):
        build(tmp_path, f"dingcomposer.{module}")
    said = lint(tmp_path)
    for name in ("The floors of the house", "The rooms of the window"):
        assert f"{name} BROKEN" in said
    assert "Widgets know nobody KEPT" in said


@each_rule
def test_every_rule_bites(rule: Rule, tmp_path: Path) -> None:
    files, expected = BROKEN[rule]
    for name, text in {"app.py": "", **files}.items():
        path = tmp_path / "p" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert expected in rule(tmp_path / "p")


def build_empty(folder: Path) -> None:
    """The house with its rooms, and nothing in any of them."""
    for path in MODULES:
        (folder / path.relative_to(ROOT)).parent.mkdir(parents=True, exist_ok=True)
        (folder / path.relative_to(ROOT)).touch()


def lint(folder: Path) -> str:
    """What import-linter says of a house."""
    call = "from importlinter.cli import lint_imports_command as main; main()"
    done = subprocess.run(
        [sys.executable, "-c", call, "--no-cache"],
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
    )
    return done.stdout + done.stderr


def build(folder: Path, module: str) -> Path:
    """The file of a module, made with its packages where it is missing."""
    path = folder.joinpath(*module.split("."))
    if path.is_dir():
        return path / "__init__.py"
    path.parent.mkdir(parents=True, exist_ok=True)
    for parent in path.relative_to(folder).parents:
        if parent.parts:
            (folder / parent / "__init__.py").touch()
    path = path.with_suffix(".py")
    path.touch()
    return path

"""The rules of the house that a program can check, each over any tree of sources.

Every check takes the folder of a package and answers with what is wrong there, one line each.
"""

import ast
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

MOST_LINES = 600
MOST_MODULES = 16
MOST_AT_UIS_ROOT = 6
SMALL_LINES = 60
MOST_SMALL_MODULES = 20
METAPHORS = frozenset(
    (
        *("desk", "roster", "judge", "judgement", "portrait", "remedy", "remedies", "tally"),
        *("foot", "errand"),
    )
)


def modules(package: Path) -> dict[str, Path]:
    """Every module of the package by its dotted name."""
    return {dotted(path, package): path for path in sorted(package.rglob("*.py"))}


def dotted(path: Path, package: Path) -> str:
    """The name by which a file is imported."""
    parts = path.relative_to(package.parent).with_suffix("").parts
    return ".".join(parts).removesuffix(".__init__")


def tree(path: Path) -> ast.Module:
    """A module's source, parsed."""
    return ast.parse(path.read_text(encoding="utf-8"))


def imported_by_name(node: ast.AST) -> str | None:
    """What a call such as `import_module("x")` imports; None where it is no such call."""
    if not (isinstance(node, ast.Call) and node.args):
        return None
    if ast.unparse(node.func) not in ("importlib.import_module", "import_module", "__import__"):
        return None
    name = node.args[0]
    assert isinstance(name, ast.Constant), f"line {node.lineno} imports what cannot be known"
    return str(name.value)


def imports(path: Path) -> Iterator[tuple[str, str]]:
    """Every module that the file imports, and what of it ("" for all): wherever that stands."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} imports relatively"
            assert node.module is not None
            yield from ((node.module, alias.name) for alias in node.names)
        elif (name := imported_by_name(node)) is not None:
            yield name, ""


def arrows(package: Path) -> dict[str, set[str]]:
    """Which module imports which of the package, also for types alone and inside functions."""
    known = modules(package)
    found: dict[str, set[str]] = {name: set() for name in known}
    for name, path in known.items():
        for module, part in imports(path):
            whole = f"{module}.{part}"
            if whole in known or module in known:
                found[name].add(whole if whole in known else module)
                found[name].update(run_before(name, module, known))
    return found


def run_before(importer: str, imported: str, known: Iterable[str]) -> set[str]:
    """The packages that Python runs on its way to a module, where the importer is not in them."""
    parts = imported.split(".")
    packages = {".".join(parts[:end]) for end in range(1, len(parts))}
    return {one for one in packages if one in known and not f"{importer}.".startswith(f"{one}.")}


def circles(package: Path) -> list[str]:
    """The sets of modules that import each other in a circle, over however many steps."""
    graph = arrows(package)
    order: dict[str, int] = {}
    lowest: dict[str, int] = {}
    path: list[str] = []
    found: list[str] = []

    def visit(name: str) -> None:
        """Tarjan: a module from which no earlier one on the path can be reached closes a set."""
        order[name] = lowest[name] = len(order)
        path.append(name)
        for other in sorted(graph[name]):
            if other not in order:
                visit(other)
                lowest[name] = min(lowest[name], lowest[other])
            elif other in path:
                lowest[name] = min(lowest[name], order[other])
        if lowest[name] == order[name]:
            start = path.index(name)
            together = path[start:]
            del path[start:]
            if len(together) > 1 or name in graph[name]:
                found.append(", ".join(sorted(together)))

    for name in graph:
        if name not in order:
            visit(name)
    return found


def namesakes(package: Path) -> list[str]:
    """The classes of one name, with the modules that define them."""
    homes: dict[str, list[str]] = defaultdict(list)
    for name, path in modules(package).items():
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.ClassDef):
                homes[node.name].append(name)
    return [f"{name}: {', '.join(where)}" for name, where in homes.items() if len(where) > 1]


def too_long(package: Path) -> list[str]:
    """The modules that answer more than one question, as their length shows."""
    lengths = {name: _lines(path) for name, path in modules(package).items()}
    return [f"{name}: {lines} lines" for name, lines in lengths.items() if lines > MOST_LINES]


def too_crowded(package: Path) -> list[str]:
    """The folders in which a stranger would search too long."""
    counts: dict[Path, int] = defaultdict(int)
    for path in modules(package).values():
        if path.name != "__init__.py":
            counts[path.parent.relative_to(package.parent)] += 1
    root = Path(package.name) / "ui"
    most = defaultdict(lambda: MOST_MODULES, {root: MOST_AT_UIS_ROOT})
    return [
        f"{folder}: {count} modules" for folder, count in counts.items() if count > most[folder]
    ]


def too_small(package: Path) -> list[str]:
    """The small modules, where there are too many of them; a package's empty face is none."""
    small = [
        f"{name}: {_lines(path)} lines"
        for name, path in modules(package).items()
        if _lines(path) < SMALL_LINES and not _is_empty_face(path)
    ]
    return small if len(small) > MOST_SMALL_MODULES else []


def beyond_qtcore(package: Path) -> list[str]:
    """What the services import of Qt beside QtCore: they must run without a screen."""
    return [
        f"{name} imports {module} {part}".rstrip()
        for name, path in modules(package).items()
        if name.startswith(f"{package.name}.services")
        for module, part in imports(path)
        if module.split(".")[0] == "PySide6"
        and module != "PySide6.QtCore"
        and (module, part) != ("PySide6", "QtCore")
    ]


def reaches_through(package: Path) -> list[str]:
    """Where the composition root asks a part of the window instead of the window."""
    signals = ("connect", "disconnect", "emit")
    found = []
    for node in ast.walk(tree(package / "app.py")):
        match node:
            case ast.Attribute(value=ast.Attribute(value=owner), attr=attr) if attr not in signals:
                if ast.unparse(owner) in ("window", "self.window"):
                    found.append(f"line {node.lineno}: {ast.unparse(node)}")
    return found


def metaphors(package: Path) -> list[str]:
    """The classes and public functions that are named by a picture instead of by what they do."""
    return [
        f"{name}: {node.name}"
        for name, path in modules(package).items()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ClassDef)
        or (isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name[0] != "_")
        if METAPHORS & _words(node.name)
    ]


def _words(name: str) -> set[str]:
    return {word.lower() for word in re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", name)}


def _lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def _is_empty_face(path: Path) -> bool:
    body = tree(path).body
    return path.name == "__init__.py" and all(isinstance(node, ast.Expr) for node in body)

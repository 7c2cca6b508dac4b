"""How the process begins and ends: nobody sees into it, and no work is done for nobody."""

import enum
import gc
import importlib
import logging
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import spec_from_file_location
from pathlib import Path
from typing import Any, NoReturn, SupportsIndex


def settle_streams() -> None:
    """Let letters that a console lacks (Windows' code page 437) be escaped, not end the program.

    A standard input that was closed is an empty one.
    """
    if sys.stdin is None:
        sys.stdin = Path(os.devnull).open(encoding="utf-8")  # noqa: SIM115 - it stays open
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # None without a console
            stream.reconfigure(errors="backslashreplace")


_PR_SET_DUMPABLE = 4  # linux/prctl.h


def forbid_core_files() -> None:
    """A crash must leave no file with a token in it. Where the system has no such switch: nothing.

    On Linux see `forbid_dumps`, too.
    """
    try:
        import resource
    except ImportError:  # Windows
        return
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def forbid_dumps() -> None:
    """On Linux: nobody but root looks into this process, or gets its core.

    A handler that is given the core through a pipe (systemd, apport) is not bound by the limit. It
    takes 2 ms (ctypes), so it comes after the first paint; no secret has been read by then.
    """
    if sys.platform == "linux":
        import ctypes

        with suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)


def hasten_imports() -> None:
    """Make the imports of a start quick. To be called before anything of Qt is imported.

    Nothing that is imported is garbage: looking for it takes a twentieth of the start. The program
    looks after its garbage from then on (`runtime.GarbageCollector`).
    """
    gc.disable()
    _make_enums_at_once()
    _leave_phrases_unread()
    _compile_support_once()
    _leave_sources_unread()


def _make_enums_at_once() -> None:
    # WORKAROUND(CPython 3.11's enum.py; PySide6 6.11.3): each class of Qt that is named has all its
    # enums made, by the call that takes a list: 300 with 4,000 members, 70 ms in all. Nearly all of
    # it is care that such a list needs none of. Python 3.12 and later have other insides: there it
    # takes its time.
    if sys.version_info[:2] == (3, 11):
        enum.EnumType._create_ = _quick_create(enum.EnumType._create_)  # type: ignore[attr-defined]


def _quick_create(usual: Callable[..., Any]) -> Callable[..., Any]:
    """As `usual`, the standard library's, and quicker for what PySide6 asks for."""
    made_alike: dict[type, dict[str, Any]] = {}

    def _create_(
        cls: Any, class_name: str, names: Any, *, boundary: Any = None, **others: Any
    ) -> Any:
        if not _is_plain(cls, names, others) or boundary is not enum.KEEP:
            return usual(cls, class_name, names, boundary=boundary, **others)
        if cls not in made_alike:
            first = vars(usual(cls, class_name, [], boundary=boundary))
            made_alike[cls] = {key: one for key, one in first.items() if key not in _NOT_ALIKE}
        ordered: list[str] = []
        by_name: dict[str, Any] = {}
        by_value: dict[int, Any] = {}
        body = made_alike[cls] | {
            **{"_member_names_": ordered, "_member_map_": by_name, "_value2member_map_": by_value},
            "_unhashable_values_": [],
        }
        made: Any = type.__new__(enum.EnumType, class_name, (cls,), body)
        is_flag, is_number = issubclass(cls, enum.Flag), issubclass(cls, int)
        mask = singles = 0
        for name, value in names:
            is_single = value > 0 and not value & (value - 1)
            mask |= value
            singles |= value if is_single else 0
            member = by_value.get(value)
            if member is None:
                member = int.__new__(made, value) if is_number else object.__new__(made)
                vars(member).update(
                    _value_=value, _name_=name, __objclass__=made, _sort_order_=len(ordered)
                )
                by_value[value] = member
                if is_single or not is_flag:
                    ordered.append(name)
            by_name[name] = member
            type.__setattr__(made, name, member)
        if is_flag:
            made._flag_mask_, made._singles_mask_ = mask, singles
            made._all_bits_ = 2 ** mask.bit_length() - 1
            values = [by_name[name]._value_ for name in ordered]
            if values != sorted(values):
                made._iter_member_ = made._iter_member_by_def_
        return made

    return _create_


_KINDS = (enum.Enum, enum.IntEnum, enum.Flag, enum.IntFlag)
_NOT_ALIKE = ("__dict__", "__weakref__", "__doc__")
_TAKEN = {name for kind in _KINDS for one in kind.__mro__ for name in vars(one)} | {"mro"}


def _is_plain(kind: type, names: Any, others: dict[str, Any]) -> bool:
    """Whether these are numbers with names that mean nothing to an enum, and nothing is special."""
    return (
        kind in _KINDS
        and type(names) is list
        and others == {"module": None, "qualname": None, "type": None, "start": 1}
        and all(
            type(value) is int
            and value >= (0 if issubclass(kind, enum.Flag) else value)
            and name[0] != "_"
            and name not in _TAKEN
            for name, value in names
        )
    )


def _leave_phrases_unread() -> None:
    # pypinyin (0.55) reads a dictionary of phrases when it is imported: 43 MB, and 50 ms in which
    # no other thread has a turn. Names are looked up sign by sign.
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "1")


def _compile_support_once() -> None:
    # WORKAROUND(PySide6 6.11.3, shiboken6's signature_bootstrap.py): what Qt's own Python modules
    # are made of stands in an archive inside a library, and 120 KB of it are compiled anew at each
    # start, in 20 ms. Here they are compiled as all modules are: once, into `__pycache__`.
    if "shiboken6" in sys.modules:
        return
    usual = sys.meta_path
    first = _SupportFinder()
    sys.meta_path = _BehindTheFirst([first, *usual])
    try:
        importlib.import_module("shiboken6")
    finally:
        sys.meta_path = [finder for finder in sys.meta_path if finder is not first]


# What `pyside6-genpyi` runs, and nobody else: 15 ms.
_WRITER_OF_STUBS = "shibokensupport.signature.lib.pyi_generator"
# A pattern that takes signatures apart, which only a wrong call's message needs: 7 ms.
_COMPILED_AT_ONCE = (
    b"rec = re.compile(regex, flags=re.VERBOSE)\n        self._finditer = rec.finditer\n",
    b"self._finditer = lambda text: re.compile(regex, flags=re.VERBOSE).finditer(text)\n",
)


class _BehindTheFirst(list[Any]):
    """Finders, of which the first stays the first."""

    def insert(self, index: SupportsIndex, finder: Any) -> None:
        """As a list does, but never before the first."""
        super().insert(max(1, index.__index__()), finder)


class _SupportFinder:
    """Finds the modules of the archive, which stands behind it among the finders."""

    def find_spec(self, name: str, path: object = None, target: object = None) -> ModuleSpec | None:
        """Where a module of the archive would stand as a file; None for all others."""
        if name.partition(".")[0] != "shibokensupport":
            return None
        archive = next((one.zfile for one in sys.meta_path if hasattr(one, "zfile")), None)
        library = sys.modules["shiboken6"].__file__
        if archive is None or library is None:
            return None  # another PySide, whose modules are files
        stem = name.replace(".", "/")
        package = f"{stem}/__init__.py"
        is_package = package in archive.namelist()
        source = package if is_package else f"{stem}.py"
        location = str(Path(library).parent / source)
        code = b"" if name == _WRITER_OF_STUBS else archive.read(source)
        code = code.replace(*_COMPILED_AT_ONCE)
        loader = _SupportLoader(name, location, code, library)
        return spec_from_file_location(
            name, location, loader=loader, submodule_search_locations=[] if is_package else None
        )


class _SupportLoader(SourceFileLoader):
    """A module of the archive; as old as its library, so that another library's is not taken."""

    def __init__(self, name: str, location: str, source: bytes, library: str) -> None:
        super().__init__(name, location)
        self._source, self._library = source, library

    def path_stats(self, path: str) -> dict[str, float]:
        """How old and how long the source is. A bundle's library is no file, and has no age."""
        try:
            mtime = Path(self._library).stat().st_mtime
        except OSError:
            mtime = 0
        return {"mtime": mtime, "size": len(self._source)}

    def get_data(self, path: str) -> bytes:
        """The source, or what it was compiled into."""
        return self._source if path == self.path else super().get_data(path)


def _leave_sources_unread() -> None:
    # WORKAROUND(PySide6 6.11.3, https://doc.qt.io/qtforpython-6/considerations.html#features):
    # once Qt is imported, it reads the source of each module that is imported after it, or again,
    # to see whether PySide6 is named there, for then `from __feature__ import …` may stand in it.
    # Nothing here does that; a module that has an entry is not read.
    importlib.import_module("shiboken6")
    try:
        feature = importlib.import_module("shibokensupport.feature")
        entries = feature.pyside_feature_dict
    except (ImportError, AttributeError):
        return  # another PySide, which may do without
    for name in sys.modules:
        entries.setdefault(name, _LEFT_ALONE)
    sys.meta_path.insert(0, _NamesToSkip(entries.setdefault))


_LEFT_ALONE = -1


class _NamesToSkip:
    """Finds no module; is asked before each import."""

    def __init__(self, enter: Callable[[str, int], int]) -> None:
        self._enter = enter

    def find_spec(self, name: str, path: object = None, target: object = None) -> ModuleSpec | None:
        """None. The module is entered as one that PySide6 leaves alone."""
        self._enter(name, _LEFT_ALONE)
        return None


def end(status: int) -> NoReturn:
    """End the process at once; what Python would take down piece by piece, the system takes.

    To be called when everything is closed and written: nothing registered with `atexit` runs.
    """
    logging.shutdown()
    for stream in (sys.stdout, sys.stderr):
        # None without a console; broken where a pipe's reader has gone.
        with suppress(AttributeError, OSError, ValueError):
            stream.flush()
    os._exit(status)

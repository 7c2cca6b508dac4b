"""The compiled code of the modules that were loaded before, together in one file.

For each module Python looks through a folder, asks how old the source is, and opens what it was
compiled into: with the 250 modules of a start that is a tenth of it. Here one file is opened for
all of them. It lies beside what Python has compiled and holds the same; a module whose source is
not the one that was compiled is imported as ever.
"""

import marshal
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import MAGIC_NUMBER, cache_from_source, spec_from_file_location
from io import FileIO
from pathlib import Path
from threading import Lock
from types import CodeType, ModuleType

_LIBRARY = (str(Path(os.__file__).parent),)
"""Where the modules of the standard library lie that are in no package."""

_LENGTH_BYTES = 8

_Compiled = tuple[str, str, bool, tuple[int, int], int, int]
"""Where the source is, in which of the folders that are searched, whether it is a package's, how
old (ns) and long it was; where its code begins behind the index, and how many bytes that is."""


class CompiledModules:
    """A file of compiled modules, as one of Python's finders from `use` until `keep`.

    It lies at `path`, beside this module's own compiled code unless one is given. A module that
    lies alone can be hidden by another folder's: of those the standard library's alone are in it.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._path = path or Path(cache_from_source(__file__)).with_suffix(".modules")
        self._file: FileIO | None = None
        self._turn = Lock()
        self._begin = 0
        self._known: dict[str, _Compiled] = {}

    def use(self) -> None:
        """Be asked first. Where the file cannot be read, modules are imported as ever."""
        self._open()
        sys.meta_path.insert(0, self)

    def keep(self) -> None:
        """Be asked no more, and put into the file what was loaded and is not in it.

        Where that cannot be written, or Python is to write nothing, the file stays as it is.
        """
        sys.meta_path.remove(self)
        new = [loader for loader in _loaders() if not self._has(loader.name, loader.path)]
        self._shut()
        if new and not sys.dont_write_bytecode:
            with suppress(OSError, EOFError, SyntaxError, ValueError):
                self._write(new)

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """A module whose code is in the file and whose source has not changed; None for others."""
        known = self._known.get(name)
        if known is None:
            return None
        source, folder, is_package, *_rest = known
        if folder not in (_LIBRARY if path is None else path) or not self._has(name, source):
            return None  # another copy of the program was meant, or a new one
        return spec_from_file_location(
            name,
            source,
            loader=_Loader(name, source, self),
            submodule_search_locations=[str(Path(source).parent)] if is_package else None,
        )

    def code(self, name: str) -> CodeType | None:
        """What a module was compiled into; None where that can no longer be read. Any thread."""
        try:
            code = marshal.loads(self._read(self._known[name]))
        except (OSError, EOFError, KeyError, ValueError, TypeError):
            return None
        return code if isinstance(code, CodeType) else None

    def _has(self, name: str, source: str) -> bool:
        """Whether a module is in the file as that source is now."""
        known = self._known.get(name)
        return known is not None and known[0] == source and known[3] == _age(source)

    def _open(self) -> None:
        try:
            file = self._file = FileIO(str(self._path))
            head = file.read(len(MAGIC_NUMBER) + _LENGTH_BYTES)
            if head.startswith(MAGIC_NUMBER):
                length = int.from_bytes(head[len(MAGIC_NUMBER) :], "little")
                self._begin = len(head) + length
                self._known = marshal.loads(file.read(length))
        except (OSError, EOFError, ValueError, TypeError, MemoryError, OverflowError):
            self._known = {}  # as good as none

    def _read(self, known: _Compiled) -> bytes:
        *_about, offset, length = known
        with self._turn:
            if self._file is None:
                raise EOFError
            self._file.seek(self._begin + offset)
            return self._file.read(length)

    def _shut(self) -> None:
        self._known = {}
        if self._file is not None:
            self._file.close()
            self._file = None

    def _write(self, new: list[SourceFileLoader]) -> None:
        self._open()
        codes = {
            name: (known[:4], self._read(known))
            for name, known in self._known.items()
            if _age(known[0]) == known[3]
        }
        self._shut()  # Windows replaces no file that is open
        for loader in new:
            source, age = Path(loader.path), _age(loader.path)
            code = loader.get_code(loader.name)
            if code is not None and age is not None:
                is_package = source.stem == "__init__"
                about = str(source), str(source.parents[is_package]), is_package, age
                codes[loader.name] = about, marshal.dumps(code)
        index: dict[str, _Compiled] = {}
        offset = 0
        for name, (about, data) in codes.items():
            index[name] = *about, offset, len(data)
            offset += len(data)
        first = marshal.dumps(index)
        beside = self._path.with_name(f"{self._path.name}.{os.getpid()}")
        try:
            with beside.open("wb") as file:
                file.write(MAGIC_NUMBER + len(first).to_bytes(_LENGTH_BYTES, "little") + first)
                file.writelines(data for _about, data in codes.values())
            beside.replace(self._path)
        finally:
            beside.unlink(missing_ok=True)


class _Loader(SourceFileLoader):
    """A module whose compiled code is in the file; all else about it is as ever."""

    def __init__(self, name: str, source: str, modules: CompiledModules) -> None:
        super().__init__(name, source)
        self._modules = modules

    def get_code(self, fullname: str) -> CodeType | None:
        """From the file; from the source where it has gone."""
        return self._modules.code(fullname) or super().get_code(fullname)


def _loaders() -> list[SourceFileLoader]:
    """What loaded the modules that may be kept: those in packages, and the standard library's."""
    specs = [getattr(module, "__spec__", None) for module in sys.modules.copy().values()]
    return [
        spec.loader
        for spec in specs
        if spec is not None
        and type(spec.loader) in (SourceFileLoader, _Loader)  # not what was derived elsewhere
        and ("." in spec.name or str(Path(spec.loader.path).parent) in _LIBRARY)
    ]


def _age(path: str) -> tuple[int, int] | None:
    """When a file was changed last, in ns, and its length; None where there is none."""
    try:
        known = os.stat(path)  # noqa: PTH116 - a path would take longer than the asking
    except OSError:
        return None
    return known.st_mtime_ns, known.st_size

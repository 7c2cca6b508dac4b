"""The compiled code of the modules of a start, together in one file.

For each module Python looks through a folder, asks how old the source is, and opens what it was
compiled into: with the 250 modules of a start that is a twentieth of it. Here one file is opened
for all of them. It lies beside what Python has compiled and holds the same; a module whose source
is not the one that was compiled is imported as ever.
"""

import marshal
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import MAGIC_NUMBER, cache_from_source, spec_from_file_location
from pathlib import Path
from types import CodeType, ModuleType

_LIBRARY = (str(Path(os.__file__).parent),)
"""Where the modules of the standard library lie that are in no package."""

_Compiled = tuple[str, str, bool, tuple[int, int], bytes]
"""Where the source is, in which of the folders that are searched, whether it is a package's, how
old (ns) and long it was, and what it was compiled into."""


class CompiledModules:
    """A file of compiled modules, as one of Python's finders from `use` until `close`.

    It lies at `path`, beside this module's own compiled code unless one is given. A module that
    lies alone can be hidden by another folder's: of those the standard library's alone are in it.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._path = path or Path(cache_from_source(__file__)).with_suffix(".modules")
        self._known: dict[str, _Compiled] = {}
        self._new: list[SourceFileLoader] = []

    def use(self) -> None:
        """Be asked first. Where the file cannot be read, modules are imported as ever."""
        self._known = self._read()
        sys.meta_path.insert(0, self)

    def close(self) -> None:
        """The start is over: be asked no more. What was not in the file is noted for `keep`."""
        sys.meta_path.remove(self)
        self._new = [loader for loader in _loaders() if type(loader) is SourceFileLoader]
        self._known = {}

    def keep(self) -> None:
        """Put into the file what the start had to load from elsewhere, if anything.

        Where that cannot be written, or Python is to write nothing, the file stays as it is.
        """
        if self._new and not sys.dont_write_bytecode:
            with suppress(OSError, SyntaxError, ValueError):
                self._write(self._new)

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """A module whose code is in the file and whose source has not changed; None for others."""
        known = self._known.pop(name, None)
        if known is None:
            return None
        source, folder, is_package, age, code = known
        if folder not in (_LIBRARY if path is None else path) or _age(source) != age:
            return None  # another copy of the program was meant, or a new one
        return spec_from_file_location(
            name,
            source,
            loader=_Loader(name, source, code),
            submodule_search_locations=[str(Path(source).parent)] if is_package else None,
        )

    def _read(self) -> dict[str, _Compiled]:
        try:
            data = self._path.read_bytes()
            if data.startswith(MAGIC_NUMBER):
                known: dict[str, _Compiled] = marshal.loads(memoryview(data)[len(MAGIC_NUMBER) :])
                return known
        except (OSError, EOFError, ValueError, TypeError):
            pass  # as good as none
        return {}

    def _write(self, new: list[SourceFileLoader]) -> None:
        known = {name: one for name, one in self._read().items() if _age(one[0]) == one[3]}
        for loader in new:
            name, source = loader.name, Path(loader.path)
            age, code, is_package = (
                _age(loader.path),
                loader.get_code(name),
                source.stem == "__init__",
            )
            if code is not None and age is not None:
                folder = str(source.parents[is_package])
                known[name] = loader.path, folder, is_package, age, marshal.dumps(code)
        beside = self._path.with_name(f"{self._path.name}.{os.getpid()}")
        try:
            beside.write_bytes(MAGIC_NUMBER + marshal.dumps(known))
            beside.replace(self._path)
        finally:
            beside.unlink(missing_ok=True)


class _Loader(SourceFileLoader):
    """A module whose compiled code is known; all else about it is as ever."""

    def __init__(self, name: str, source: str, code: bytes) -> None:
        super().__init__(name, source)
        self._code = code

    def get_code(self, fullname: str) -> CodeType | None:
        """What is known, once; then from the source."""
        code, self._code = self._code, b""
        return marshal.loads(code) if code else super().get_code(fullname)


def _loaders() -> list[SourceFileLoader]:
    """What loaded the modules that may be kept: those in packages, and the standard library's."""
    specs = [getattr(module, "__spec__", None) for module in sys.modules.copy().values()]
    return [
        spec.loader
        for spec in specs
        if spec is not None
        and isinstance(spec.loader, SourceFileLoader)
        and ("." in spec.name or str(Path(spec.loader.path).parent) in _LIBRARY)
    ]


def _age(path: str) -> tuple[int, int] | None:
    """When a file was changed last, in ns, and its length; None where there is none."""
    try:
        known = os.stat(path)  # noqa: PTH116 - a path would take longer than the asking
    except OSError:
        return None
    return known.st_mtime_ns, known.st_size

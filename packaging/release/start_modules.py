"""The modules of a start, packed together into one file of the bundle.

PyInstaller packs each module by itself, and with zlib: unpacking the 230 of a start is a tenth of
it, and left unpacked they would make the bundle larger than it may be. zstd packs them smaller,
and unpacks them five times as fast; its library is there, for Qt needs it. Linux alone.

The bundle imports this before anything of the program, so it asks for as little as can be.
"""

import marshal
import sys
from collections.abc import Mapping, Sequence
from importlib.machinery import ModuleSpec, SourceFileLoader
from types import CodeType, ModuleType

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

FILE = "start.modules"
NEEDED_BEFORE = ("ctypes", "importlib", "struct", "release")
"""Packages whose modules are loaded before the file is read: PyInstaller keeps them."""

_ZSTD = "libzstd.so.1"
_LEVEL = 19
_LENGTH_BYTES = 8

_Held = tuple[bool, bytes]
"""Whether it is a package, and its code."""


class StartModules:
    """One of Python's finders: the modules of the file at `path`, as if they lay in `folder`.

    Raises:
        OSError: the file or zstd's library cannot be read.
        ValueError: the file is damaged.
    """

    def __init__(self, path: str, folder: str) -> None:
        self._path, self._folder = path, folder
        self._held = _unpacked(path)
        self._packages = {name for name, (is_package, _code) in self._held.items() if is_package}

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """A module of the file; None for others."""
        if name not in self._held:
            return None
        is_package = name in self._packages
        below = self._folder + "/" + name.replace(".", "/")
        source = f"{below}/__init__.py" if is_package else f"{below}.py"
        loader = _Loader(name, source, self)
        spec = ModuleSpec(name, loader, origin=source, is_package=is_package)
        spec.has_location = True
        if is_package:
            spec.submodule_search_locations = [below]
        return spec

    def code(self, name: str) -> CodeType:
        """What a module was compiled into. Its bytes are held no longer: who asks twice waits."""
        is_package, held = self._held[name]
        self._held[name] = is_package, b""
        if not held:
            held = _unpacked(self._path)[name][1]
        code: CodeType = marshal.loads(held)
        return code


class _Loader(SourceFileLoader):
    """A module of the file, whose source is nowhere."""

    def __init__(self, name: str, source: str, modules: StartModules) -> None:
        super().__init__(name, source)
        self._modules = modules

    def get_code(self, fullname: str) -> CodeType:
        """From the file."""
        return self._modules.code(fullname)


def install(folder: str) -> None:
    """Take the modules that the bundle's folder holds packed from there."""
    sys.meta_path.insert(0, StartModules(f"{folder}/{FILE}", folder))


def pack(modules: Mapping[str, tuple[bool, CodeType]]) -> bytes:
    """What `StartModules` reads: modules by their names, whether packages, and compiled."""
    held = {name: (modules[name][0], marshal.dumps(modules[name][1])) for name in sorted(modules)}
    plain = marshal.dumps(held)
    zstd = _library()
    room = zstd.ZSTD_compressBound(len(plain))
    packed = _buffer(room)
    length = zstd.ZSTD_compress(packed, room, plain, len(plain), _LEVEL)
    if zstd.ZSTD_isError(length):
        raise ValueError("zstd packs nothing")
    content: bytes = packed.raw[:length]
    return len(plain).to_bytes(_LENGTH_BYTES, "little") + content


def _unpacked(path: str) -> dict[str, _Held]:
    with open(path, "rb", buffering=0) as file:  # noqa: PTH123 - pathlib is in the file
        content = file.read()
    length = int.from_bytes(content[:_LENGTH_BYTES], "little")
    packed = content[_LENGTH_BYTES:]
    zstd = _library()
    if zstd.ZSTD_getFrameContentSize(packed, len(packed)) != length:
        raise ValueError(f"{path} is damaged")
    plain = _buffer(length)
    if zstd.ZSTD_decompress(plain, length, packed, len(packed)) != length:
        raise ValueError(f"{path} is damaged")
    held: dict[str, _Held] = marshal.loads(plain)
    return held


def _buffer(length: int) -> "Any":
    import ctypes

    return ctypes.create_string_buffer(length)


def _library() -> "Any":
    import ctypes

    zstd = ctypes.CDLL(_ZSTD)
    size, data = ctypes.c_size_t, ctypes.c_char_p
    zstd.ZSTD_compressBound.argtypes, zstd.ZSTD_compressBound.restype = [size], size
    zstd.ZSTD_compress.argtypes = [data, size, data, size, ctypes.c_int]
    zstd.ZSTD_compress.restype = size
    zstd.ZSTD_decompress.argtypes, zstd.ZSTD_decompress.restype = [data, size, data, size], size
    zstd.ZSTD_getFrameContentSize.argtypes = [data, size]
    zstd.ZSTD_getFrameContentSize.restype = ctypes.c_ulonglong
    zstd.ZSTD_isError.argtypes = [size]
    return zstd

"""Compiles Qt's Python support into a bundle: run by the Python of the bundle's environment.

shiboken6 has these modules in an archive inside its library; `dingcomposer.process` looks for them
compiled, beside the library. A bundle that cannot be written to would compile them at each start.
"""

import importlib
import py_compile
import sys
import tempfile
from importlib.machinery import SourceFileLoader
from pathlib import Path

from dingcomposer import process

SUPPORT = "shibokensupport"


def compile_into(folder: Path) -> int:
    """Compile what a start loads of them into `folder`, the bundle's shiboken6; how many."""
    process.hasten_imports()
    importlib.import_module("dingcomposer.app")
    own = Path(importlib.import_module("shiboken6").__file__ or "").parent
    loaders = [
        module.__spec__.loader
        for name, module in sorted(sys.modules.items())
        if name.partition(".")[0] == SUPPORT and module.__spec__ is not None
    ]
    count = 0
    with tempfile.TemporaryDirectory() as unpacked:
        for loader in loaders:
            if not isinstance(loader, SourceFileLoader):
                continue
            name = Path(loader.path).relative_to(own)
            source = Path(unpacked, name)
            source.parent.mkdir(parents=True, exist_ok=True)
            source.write_bytes(loader.get_data(loader.path))
            place = folder / name.parent / "__pycache__"
            py_compile.compile(
                str(source),
                cfile=str(place / f"{name.stem}.{sys.implementation.cache_tag}.pyc"),
                dfile=str(name),
                doraise=True,
                invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH,
            )
            count += 1
    return count


if __name__ == "__main__":
    sys.exit(0 if compile_into(Path(sys.argv[1])) else "Nothing of Qt's support was found.")

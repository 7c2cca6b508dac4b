"""The modules of a start in one file of the bundle."""

import ctypes
import importlib
import importlib.resources
import sys
from collections.abc import Iterator
from pathlib import Path
from types import CodeType

import pytest

from release import bundle_contents, start_modules


def has_zstd() -> bool:
    try:
        ctypes.CDLL("libzstd.so.1")
    except OSError:
        return False
    return True


pytestmark = pytest.mark.skipif(not has_zstd(), reason="no zstd here")

SOURCES = {
    "packed_shop": (True, "from packed_shop import till\n"),
    "packed_shop.till": (False, "PRICE = 1\n\ndef pay():\n    return 1 / 0\n"),
}


def compiled() -> dict[str, tuple[bool, CodeType]]:
    return {
        name: (is_package, compile(text, f"{name}.py", "exec"))
        for name, (is_package, text) in SOURCES.items()
    }


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A bundle's folder with such a file, which is asked first."""
    folder = tmp_path / "有 空格"
    folder.mkdir()
    (folder / start_modules.FILE).write_bytes(start_modules.pack(compiled()))
    monkeypatch.setattr(sys, "meta_path", [*sys.meta_path])
    start_modules.install(str(folder))
    yield folder
    for name in SOURCES:
        sys.modules.pop(name, None)


def test_modules_are_those_that_were_packed(folder: Path) -> None:
    shop = importlib.import_module("packed_shop")
    assert shop.till.PRICE == 1
    assert shop.__file__ == str(folder / "packed_shop" / "__init__.py")
    assert shop.__path__ == [str(folder / "packed_shop")]
    assert shop.till.__file__ == str(folder / "packed_shop" / "till.py")
    assert shop.till.__spec__.parent == "packed_shop"
    with pytest.raises(ZeroDivisionError) as raised:
        shop.till.pay()
    assert raised.traceback[-1].lineno == 3
    with pytest.raises(ModuleNotFoundError):
        importlib.import_module("packed_shop.none")


def test_files_of_a_package_are_beside_it(folder: Path) -> None:
    (folder / "packed_shop").mkdir()
    (folder / "packed_shop" / "sign.txt").write_text("open", encoding="utf-8")
    files = importlib.resources.files("packed_shop")
    assert files.joinpath("sign.txt").read_text(encoding="utf-8") == "open"


def test_a_module_may_be_asked_for_again(folder: Path) -> None:
    modules = start_modules.StartModules(str(folder / start_modules.FILE), str(folder))
    first, again = modules.code("packed_shop.till"), modules.code("packed_shop.till")
    assert first == again == compiled()["packed_shop.till"][1]


def test_the_same_modules_give_the_same_bytes() -> None:
    turned = dict(reversed(compiled().items()))
    assert start_modules.pack(turned) == start_modules.pack(compiled())


@pytest.mark.parametrize("keep", [0, 8, 12, 60])
def test_a_file_that_was_cut_is_told(folder: Path, keep: int) -> None:
    place = folder / start_modules.FILE
    place.write_bytes(place.read_bytes()[:keep])
    with pytest.raises(ValueError, match="damaged"):
        start_modules.StartModules(str(place), str(folder))


def test_a_start_is_in_it_but_for_what_reads_it() -> None:
    names = bundle_contents.modules_of_a_start(Path(__file__).parents[2])
    assert {"dingcomposer.app", "dingcomposer.ui.window.main_window", "argparse"} <= names
    assert not {"ctypes", "importlib.machinery", "struct"} & names


def test_no_hook_brings_qt_in_before_the_program_does() -> None:
    assert not bundle_contents.is_run("pyi_rth_inspect")
    assert bundle_contents.is_run("bundle_start")
    assert bundle_contents.is_run("pyi_rth_pyside6") == (sys.platform != "linux")

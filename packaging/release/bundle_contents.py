"""What the bundle holds of Qt, Python and the system, and what it does without, each with why.

`bundle.spec` asks `is_kept` about each file that PyInstaller found. Whatever is missing fails the
tour, which `dev.py package --check` plays from the bundle in a root that holds nothing else.
"""

import os
import re
import subprocess
import sys
from collections.abc import Sequence
from fnmatch import fnmatch
from pathlib import Path, PurePosixPath

from release.start_modules import NEEDED_BEFORE

QT_PLUGINS = (
    "platforms/*qxcb*",
    "platforms/*qwayland*",
    "platforms/*qoffscreen*",  # the tour without a screen, and the commands
    "platforms/*qwindows*",
    "platforms/*qcocoa*",
    "platforminputcontexts/*compose*",
    "platforminputcontexts/*ibus*",  # Chinese: fcitx5 is reached through it, too
    "platformthemes/*qgtk3*",  # GNOME's own file dialog, where GTK is there
    "platformthemes/*qxdgdesktopportal*",
    "imageformats/*qgif*",
    "imageformats/*qico*",
    "imageformats/*qjpeg*",
    "imageformats/*qsvg*",
    "imageformats/*qwebp*",
    "iconengines/*qsvgicon*",
    "styles/*",  # Windows' and macOS' own
    "wayland-shell-integration/*xdg-shell*",
    "wayland-decoration-client/*",
)
"""Qt's plugins that are kept; all others are left out."""

QT_TRANSLATIONS = ("qtbase_zh_CN.qm", "qt_zh_CN.qm")

QT_LEFT_OUT = (
    *("libQt6EglFS*", "libQt6EglFs*"),  # screens without a window system
    "libQt6OpenGL.*",  # nothing is drawn with OpenGL
    "libQt6WlShellIntegration.*",  # belongs to shells that are left out
    "*opengl32sw.dll",
    "*Qt6OpenGL.dll",
)

OF_THE_SYSTEM = (
    # The loader, C's and C++'s libraries: those that are there fit the system's drivers.
    *("libc.so.*", "libm.so.*", "libgcc_s.so.*", "libstdc++.so.*"),
    # OpenSSL and SQLite: whoever keeps the system up to date keeps them, too. What packs.
    *("libssl.so.*", "libcrypto.so.*", "libsqlite3.so.*", "libzstd.so.*", "libz.so.*"),
    *("libbz2.so.*", "liblzma.so.*"),
    # What a desktop brings, and what must fit it: X11, fonts, GLib, D-Bus, GTK and its family.
    *("libX*.so.*", "libxcb.so.*", "libxcb-glx.so.*", "libfontconfig.so.*", "libfreetype.so.*"),
    *("libglib-2.0.so.*", "libgthread-2.0.so.*", "libgobject-2.0.so.*", "libgmodule-2.0.so.*"),
    *("libgio-2.0.so.*", "libdbus-1.so.*", "libgtk-3.so.*", "libgdk-3.so.*", "libatk*.so.*"),
    *("libatspi.so.*", "libcairo*.so.*", "libpango*.so.*", "libgdk_pixbuf*.so.*", "libepoxy.so.*"),
    *("libharfbuzz.so.*", "libpixman-1.so.*", "libpng16.so.*", "libjpeg.so.*", "libthai.so.*"),
    *("libdatrie.so.*", "libgraphite2.so.*", "libfribidi.so.*", "libpcre2-8.so.*"),
    *("libwayland-*.so.*", "libsystemd.so.*", "libgcrypt.so.*", "libgpg-error.so.*"),
    *("libselinux.so.*", "libmount.so.*", "libblkid.so.*", "libcap.so.*", "liblz4.so.*"),
    *("libgssapi_krb5.so.*", "libkrb5.so.*", "libk5crypto.so.*", "libkrb5support.so.*"),
    *(
        "libcom_err.so.*",
        "libkeyutils.so.*",
        "libbsd.so.*",
        "libmd.so.*",
        "libexpat.so.*",
        "libGL.so.*",
        "libEGL.so.*",
    ),
)
"""Libraries that are taken from the system, never carried along. `SYSTEM_PACKAGES` brings them."""

DESKTOP_PACKAGES = (
    *("libc6", "libstdc++6", "libgl1", "libegl1", "libx11-6", "libx11-xcb1", "libxcb1"),
    *("libxcb-glx0", "libxcb-shm0", "libdbus-1-3", "libfontconfig1", "libfreetype6"),
    *("libglib2.0-0", "libexpat1", "libgssapi-krb5-2", "zlib1g"),
    *("libwayland-client0", "libwayland-cursor0"),
)
"""What every desktop has, under whatever name: all that the AppImage asks for."""

SYSTEM_PACKAGES = (
    *DESKTOP_PACKAGES,
    *("libssl3", "libsqlite3-0", "libzstd1", "libbz2-1.0", "liblzma5"),
)
"""Debian's names of what must be there for the bundle."""

SCREEN_PACKAGES = (
    *("libxcb-cursor0", "libxcb-icccm4", "libxcb-image0", "libxcb-keysyms1", "libxcb-randr0"),
    *("libxcb-render-util0", "libxcb-shape0", "libxcb-xinerama0", "libxcb-xkb1"),
    *("libxkbcommon-x11-0", "libxkbcommon0", "libbrotli1"),
)
"""What the bundle carries along and Qt's wheel does not."""

MODULES_LEFT_OUT = (
    "cryptography",  # 14 MB for one cipher: `secret_service_cipher` asks the OpenSSL that is there
    "cffi",
    "_cffi_backend",
    "pycparser",
    "tkinter",
    "unittest",
    "pydoc",
    "pydoc_data",
    "doctest",
    "lib2to3",
    "ensurepip",
    "venv",
    "idlelib",
    "turtledemo",
    "test",
    "curses",
    "readline",
    "sqlite3.dump",
    "setuptools",
    "pkg_resources",
    "pip",
    "yaml._yaml",  # PyYAML reads as well without it
    "asyncio",
    "multiprocessing",
    "xmlrpc",
    "ftplib",
    "_codecs_jp",
    "_codecs_kr",
    "_codecs_iso2022",
    "PySide6.QtQml",
    "PySide6.QtQuick",
    "PySide6.QtOpenGL",
    "PySide6.QtSvg",
)
"""Python's modules that are left out, whoever asks for them."""

MODULES_ADDED = (
    "keyring.backends.SecretService",
    "keyring.backends.kwallet",
    "keyring.backends.libsecret",
    "keyring.backends.Windows",
    "keyring.backends.macOS",
    "keyring.backends.chainer",
    "keyring.backends.fail",
    "keyring.backends.null",
)
"""What is loaded by its name alone, and so is not seen."""

HOOKS_LEFT_OUT = (
    # They give the standard library what nobody asks here, and load a dozen modules for it.
    *("pyi_rth_inspect", "pyi_rth_pkgutil"),
    # It imports Qt before `dingcomposer.process` has made that quick. PySide6 says by itself where
    # Qt's plugins are; on Windows and macOS the hook does more.
    *(("pyi_rth_pyside6",) if sys.platform == "linux" else ()),
)
"""What PyInstaller would run before the program, and is not run."""

DATA_LEFT_OUT = (
    "pypinyin/phrases_dict*",  # names are looked up sign by sign, see `dingcomposer.process`
    "pypinyin/**/*.pyi",
    "**/*.pyi",
    "**/py.typed",
    "dingcomposer/resources/i18n/*.ts",  # compiled into .qm
    "dingcomposer/resources/i18n/glossary.toml",
)


def is_kept(name: str) -> bool:
    """Whether a file of the bundle, named as it would stand there, is kept."""
    path = PurePosixPath(name.replace("\\", "/"))
    if _matches(path.name, (*QT_LEFT_OUT, *OF_THE_SYSTEM)) or _matches_path(path, DATA_LEFT_OUT):
        return False
    parts = path.parts
    if "plugins" in parts and "PySide6" in parts:
        below = "/".join(parts[parts.index("plugins") + 1 :])
        return _matches(below, QT_PLUGINS)
    if "translations" in parts and "PySide6" in parts:
        return path.name in QT_TRANSLATIONS
    return True


def is_run(name: str) -> bool:
    """Whether a script of the bundle, by its name, is run at the start."""
    return name not in HOOKS_LEFT_OUT


def modules_of_a_start(source: Path) -> set[str]:
    """What is loaded until the window is built, but for what is needed to load it.

    Asked of a fresh Python, the one that runs this: nothing else is loaded there.
    """
    said = subprocess.run(
        [sys.executable, "-c", _LOAD],
        env={**os.environ, "PYTHONPATH": str(source)},
        stdout=subprocess.PIPE,
        encoding="utf-8",
        check=True,
    ).stdout
    return {name for name in said.split() if name.partition(".")[0] not in NEEDED_BEFORE}


_LOAD = """\
import sys
from dingcomposer import __main__, process
process.hasten_imports()
import argparse, platformdirs, dingcomposer.app
print(*sys.modules)
"""


def is_kept_of_library(name: str) -> bool:
    """Whether a module of Python's own archive is kept: of the encodings, those of this world."""
    path = PurePosixPath(name)
    return path.parent.name != "encodings" or _ENCODINGS.fullmatch(path.stem) is not None


_ENCODINGS = re.compile(
    r"__init__|aliases|ascii|charmap|latin_1|iso8859_1|iso8859_15|cp1252|cp437|cp850|cp936|cp950"
    r"|utf_.*|idna|punycode|unicode_escape|raw_unicode_escape|gb.*|hz|big5.*|mbcs|oem"
    r"|base64_codec|hex_codec|quopri_codec|undefined"
)


def is_kept_of_qt_on_windows(name: str) -> bool:
    """Whether a file of PySide6's wheel for Windows is kept, named as it stands there."""
    path = PurePosixPath(name)
    if len(path.parts) == 2:
        return _matches(path.name, _QT_ON_WINDOWS)
    return path.parts[1] in ("plugins", "translations", "support") and is_kept(name)


_QT_ON_WINDOWS = (
    *("__init__.py", "_config.py", "_git_pyside_version.py", "pyside6.abi3.dll"),
    *(f"Qt{part}.pyd" for part in ("Core", "Gui", "Widgets", "Network", "Test")),
    *(f"Qt6{part}.dll" for part in ("Core", "Gui", "Widgets", "Network", "Test", "Svg")),
    *("msvcp140*.dll", "vcruntime140*.dll", "concrt140.dll"),
)


def kept_of_icu(names: Sequence[str]) -> list[str]:
    """What is kept of ICU's data: sorting and texts of the window's two languages.

    Qt asks ICU for sorting; for encodings only where a program names one to it, which is not done
    here, and for nothing else. Nine tenths are other languages, encodings, names of countries and
    transliterations; where something is not there, ICU goes on with its root.
    """
    return [name for name in names if any(pattern.fullmatch(name) for pattern in _ICU)]


_ICU = tuple(
    re.compile(pattern)
    for pattern in (
        r"coll/(pool|root|res_index|en|zh|zh_.*).res",
        r"coll/ucadata.icu",
        r"(pool|root|res_index|en|en_US|zh|zh_Hans|zh_Hans_CN|zh_Hant|zh_Hant_TW|zh_CN|zh_TW).res",
        r"(currencyNumericCodes|dayPeriods|genderList|grammaticalFeatures|icustd|icuver).res",
        r"(keyTypeData|langInfo|likelySubtags|metadata|numberingSystems).res",
        r"(plurals|pluralRanges|supplementalData|timezoneTypes).res",
        r".*\.nrm",
        r"(cnvalias|uemoji|ulayout)\.icu",
    )
)


def _matches(name: str, patterns: Sequence[str]) -> bool:
    return any(fnmatch(name, pattern) for pattern in patterns)


def _matches_path(path: PurePosixPath, patterns: Sequence[str]) -> bool:
    return any(fnmatch(str(path), pattern.replace("**/", "*")) for pattern in patterns)

"""What the system must bring for Qt: shared libraries and a Chinese font. Only Linux lacks any.

As root on Debian or Ubuntu the missing packages are installed; elsewhere the command is named.
"""

import ctypes
import functools
import os
import shutil
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import dev_faults
from dev_console import Outcome, Trouble, detail, listen, progress, step


@dataclass(frozen=True, slots=True)
class Need:
    """Something that is there where `soname` can be loaded, and the package that brings it."""

    soname: str
    debian: str
    fedora: str
    arch: str
    suse: str
    newer: str = ""


def _needs(table: str) -> tuple[Need, ...]:
    rows = [line.split() for line in table.strip().splitlines()]
    return tuple(Need(*[row[1] if name == "=" else name for name in row]) for row in rows)


# Columns: what is loaded; who brings it on Debian, Fedora, Arch and openSUSE ("=": named as on
# Debian); Debian's name since the change to 64-bit time, where it is another. Only Debian's names
# were tried.

# What Qt 6.11, as PySide6-Essentials brings it, is linked against beyond what every system has.
OFFSCREEN = _needs(
    """
    libGL.so.1           libgl1            libglvnd-glx  libglvnd      libglvnd
    libEGL.so.1          libegl1           libglvnd-egl  libglvnd      libglvnd
    libX11.so.6          libx11-6          libX11        libx11        libX11-6
    libxkbcommon.so.0    libxkbcommon0     libxkbcommon  libxkbcommon  =
    libdbus-1.so.3       libdbus-1-3       dbus-libs     dbus          =
    libfontconfig.so.1   libfontconfig1    fontconfig    fontconfig    fontconfig
    libfreetype.so.6     libfreetype6      freetype      freetype2     =
    libglib-2.0.so.0     libglib2.0-0      glib2         glib2         libglib-2_0-0 libglib2.0-0t64
    libgssapi_krb5.so.2  libgssapi-krb5-2  krb5-libs     krb5          krb5
    libbrotlidec.so.1    libbrotli1        libbrotli     brotli        libbrotlidec1
    libzstd.so.1         libzstd1          libzstd       zstd          =
    """
)
# What it loads besides to show a window under X11.
SCREEN = _needs(
    """
    libX11-xcb.so.1          libx11-xcb1          libX11-xcb           libx11  libX11-xcb1
    libxcb-cursor.so.0       libxcb-cursor0       xcb-util-cursor      xcb-util-cursor      =
    libxcb-icccm.so.4        libxcb-icccm4        xcb-util-wm          xcb-util-wm          =
    libxcb-image.so.0        libxcb-image0        xcb-util-image       xcb-util-image       =
    libxcb-keysyms.so.1      libxcb-keysyms1      xcb-util-keysyms     xcb-util-keysyms     =
    libxcb-render-util.so.0  libxcb-render-util0  xcb-util-renderutil  xcb-util-renderutil  =
    libxcb-randr.so.0        libxcb-randr0        libxcb               libxcb               =
    libxcb-shape.so.0        libxcb-shape0        libxcb               libxcb               =
    libxcb-xinerama.so.0     libxcb-xinerama0     libxcb               libxcb               =
    libxcb-xkb.so.1          libxcb-xkb1          libxcb               libxcb               =
    libxkbcommon-x11.so.0    libxkbcommon-x11-0   libxkbcommon-x11     libxkbcommon-x11     =
    """
)
# … and under Wayland.
WAYLAND = _needs(
    """
    libwayland-client.so.0  libwayland-client0  libwayland-client  wayland  =
    libwayland-cursor.so.0  libwayland-cursor0  libwayland-cursor  wayland  =
    libwayland-egl.so.1     libwayland-egl1     libwayland-egl     wayland  =
    """
)
CHINESE_FONT = Need(
    "", "fonts-wqy-microhei", "wqy-microhei-fonts", "wqy-microhei", "wqy-microhei-fonts"
)

# What tests work with that hear the program over a real bus, on a screen of their own; and what
# those that take minutes work with besides, which type Chinese into it.
ON_A_BUS = {
    "xvfb": ("/usr/bin/Xvfb",),
    "dbus": ("/usr/bin/dbus-daemon",),
    "at-spi2-core": (
        "/usr/libexec/at-spi-bus-launcher",
        "/usr/lib/at-spi2-core/at-spi-bus-launcher",
    ),
}
TYPING_CHINESE = {
    "xdotool": ("/usr/bin/xdotool",),
    "weston": ("/usr/bin/weston",),
    "fcitx5": ("/usr/bin/fcitx5",),
    "fcitx5-chinese-addons": ("/usr/share/fcitx5/addon/pinyin.conf",),
    "ibus": ("/usr/bin/ibus-daemon",),
    "ibus-libpinyin": ("/usr/share/ibus/component/libpinyin.xml",),
}

_FONTCONFIG = "libfontconfig.so.1"


def prepare(*, for_screen: bool) -> None:
    """See to it that Qt can start; on Linux only. `for_screen` asks for what a real window needs.

    Raises:
        Trouble: a library is missing and cannot be installed from here.
    """
    if not sys.platform.startswith("linux"):
        return
    wanted = OFFSCREEN + ((SCREEN + _wayland(os.environ)) if for_screen else ())
    needs = missing(wanted)
    has_font = _FONTCONFIG not in {need.soname for need in needs} and has_chinese_font()
    if not needs and has_font:
        return
    all_needs = needs if has_font else (*needs, CHINESE_FONT)
    if can_install():
        what = "Qt's system libraries" if needs else "a Chinese font"
        install(
            _available_names(all_needs),
            f"{what}{' and a Chinese font' if needs and not has_font else ''}",
        )
        needs = missing(wanted)
    if needs:
        names = ", ".join(need.soname for need in needs)
        raise Trouble(f"Qt cannot start without {names}. {advice(all_needs)}")
    if not can_install():
        detail(f"There is no Chinese font: Chinese will be shown as boxes. {advice(all_needs)}")


def prepare_tests(*, is_long: bool) -> None:
    """Install what some tests need, where that can be done; elsewhere they are skipped, and say so.

    On Linux only.
    """
    if not sys.platform.startswith("linux"):
        return
    tools = ON_A_BUS | TYPING_CHINESE if is_long else ON_A_BUS
    needs = missing(SCREEN)
    packages = lacking(tools)
    if not packages and not needs:
        return
    names = ", ".join((*packages, *(need.debian for need in needs)))
    skipped = f"Without {names} the tests that hear the program on a real bus are skipped."
    if not can_install():
        detail(skipped)
        return
    try:
        install([*_available_names(needs), *packages], "what tests on a screen and a bus need")
    except Trouble as trouble:
        detail(f"{trouble} {skipped}")


def lacking(tools: Mapping[str, Sequence[str]]) -> list[str]:
    """The packages of which no file is there."""
    return [name for name, files in tools.items() if not any(map(os.path.exists, files))]


def missing(needs: Sequence[Need]) -> tuple[Need, ...]:
    """Those whose library this machine cannot load."""
    return tuple(need for need in needs if not _loads(need.soname))


def has_chinese_font() -> bool:
    """Whether fontconfig knows a font for zh-cn. False where fontconfig itself is missing."""
    try:
        fc = ctypes.CDLL(_FONTCONFIG)
    except OSError:
        return False
    pointer = ctypes.c_void_p
    fc.FcNameParse.restype = fc.FcObjectSetBuild.restype = fc.FcFontList.restype = pointer
    pattern = pointer(fc.FcNameParse(b":lang=zh-cn"))
    fields = pointer(fc.FcObjectSetBuild(b"family", None))
    fonts = pointer(fc.FcFontList(None, pattern, fields))
    if fonts.value is None:
        return False
    # FcFontSet begins with `int nfont`.
    return ctypes.cast(fonts, ctypes.POINTER(ctypes.c_int)).contents.value > 0


def can_install() -> bool:
    """Whether packages can be installed from here without asking anybody."""
    return shutil.which("apt-get") is not None and is_root()


def is_root() -> bool:
    """Whether this process may do everything (never so on Windows)."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def install(packages: Sequence[str], what: str) -> None:
    """Install Debian packages, with progress shown.

    Raises:
        Trouble: apt-get failed; the sentence names the command to try by hand.
    """
    step(f"Installing {what} with apt-get: {' '.join(packages)}")
    outcome = _apt_get(["install", "-y", "--no-install-recommends", *packages])
    if outcome.returncode != 0:
        by_hand = f"apt-get install {' '.join(packages)}"
        raise Trouble(dev_faults.of_apt(outcome, by_hand))


def advice(needs: Sequence[Need], which: Callable[[str], str | None] = shutil.which) -> str:
    """The command that installs these, for the package manager of this machine."""
    sudo = "" if is_root() else "sudo "
    if which("apt-get"):
        return f"Install it with: {sudo}apt-get install {_joined(need.debian for need in needs)}"
    if which("dnf"):
        return f"Install it with: {sudo}dnf install {_joined(need.fedora for need in needs)}"
    if which("pacman"):
        return f"Install it with: {sudo}pacman -S {_joined(need.arch for need in needs)}"
    if which("zypper"):
        return f"Install it with: {sudo}zypper install {_joined(need.suse for need in needs)}"
    return (
        "Install it with your system's package manager; Debian's names are: "
        f"{_joined(need.debian for need in needs)}"
    )


def _joined(names: Iterable[str]) -> str:
    return " ".join(dict.fromkeys(names))


def _wayland(environ: Mapping[str, str]) -> tuple[Need, ...]:
    return WAYLAND if environ.get("WAYLAND_DISPLAY") else ()


def _loads(soname: str) -> bool:
    try:
        ctypes.CDLL(soname)
    except OSError:
        return False
    return True


def _available_names(needs: Sequence[Need]) -> list[str]:
    """Debian's names for these, as this release spells them. Refreshes apt's lists."""
    refresh()
    names = []
    for need in needs:
        is_newer = need.newer and _apt_get(["-s", "install", need.debian]).returncode != 0
        names.append(need.newer if is_newer else need.debian)
    return names


@functools.cache
def refresh() -> None:
    """Have apt-get fetch its package lists, once. A failure shows when something is installed."""
    step("Refreshing the package lists with apt-get")
    outcome = _apt_get(["update"])
    if outcome.returncode != 0:
        detail("apt-get update failed; trying with the lists that are here")


def _apt_get(arguments: Sequence[str]) -> Outcome:
    def on_line(line: str) -> None:
        if line.startswith(("Get:", "Unpacking", "Setting up")):
            progress(line)

    return listen(
        ["apt-get", "-o", "DPkg::Lock::Timeout=120", *arguments],
        on_line,
        env=os.environ | {"DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C.UTF-8"},
    )

"""The program's colours: two palettes of its own, light and dark, and how they are put on.

`QStyleHints.setColorScheme` changes nothing offscreen, so the palette is set outright. Widgets ask
`current()` for a colour at paint time and never keep one.
"""

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory

from dingcomposer import paths
from dingcomposer.core.records import dataclass
from dingcomposer.services.settings import ThemeName


@dataclass(frozen=True, slots=True)
class Theme:
    """Named colours, each "#RRGGBB". Only the window's; DingTalk's own are in ui.preview."""

    is_dark: bool
    window: str
    panel: str
    field: str
    line: str
    text: str
    quiet: str
    faint: str
    accent: str
    on_accent: str
    accent_soft: str
    good: str
    warn: str
    bad: str
    good_soft: str
    warn_soft: str
    bad_soft: str


LIGHT = Theme(
    is_dark=False,
    window="#F5F6F8",
    panel="#FFFFFF",
    field="#FFFFFF",
    line="#DFE2E8",
    text="#1F2329",
    quiet="#5C6470",
    faint="#8A919C",
    accent="#2563EB",
    on_accent="#FFFFFF",
    accent_soft="#E6EEFD",
    good="#1A7F42",
    warn="#9A5B00",
    bad="#C5302B",
    good_soft="#E3F4E9",
    warn_soft="#FDF1DC",
    bad_soft="#FCE8E6",
)

DARK = Theme(
    is_dark=True,
    window="#1B1C1F",
    panel="#232528",
    field="#2A2C30",
    line="#3A3D43",
    text="#E6E7EA",
    quiet="#A9AEB8",
    faint="#7E848F",
    accent="#6C9CFF",
    on_accent="#10131A",
    accent_soft="#2A3550",
    good="#5CC98A",
    warn="#E2B04E",
    bad="#F2837C",
    good_soft="#1F3A2A",
    warn_soft="#40341C",
    bad_soft="#47292A",
)


class _Chosen:
    """Which theme is on; one per process, as the palette itself is."""

    theme = LIGHT


def current() -> Theme:
    """The theme that is on."""
    return _Chosen.theme


def resolve(name: ThemeName) -> Theme:
    """The theme that a choice means on this system."""
    if name is ThemeName.SYSTEM:
        is_dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
        return DARK if is_dark else LIGHT
    return DARK if name is ThemeName.DARK else LIGHT


def apply(app: QApplication, name: ThemeName) -> None:
    """Put the theme on the whole program, now."""
    theme = _Chosen.theme = resolve(name)
    app.setStyle(QStyleFactory.create("Fusion"))
    app.setPalette(_palette(theme))
    sheet = paths.resource("styles/window.qss").read_text(encoding="utf-8")
    for field in theme.__dataclass_fields__:
        sheet = sheet.replace(f"@{field};", f"{getattr(theme, field)};")
    sheet = sheet.replace("@icons", paths.resource("icons").as_posix())
    sheet = sheet.replace("@mode", "dark" if theme.is_dark else "light")
    app.setStyleSheet(sheet)


def luminance(colour: QColor) -> float:
    """Relative luminance as WCAG 2 has it, 0 to 1."""

    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(part) for part in (colour.redF(), colour.greenF(), colour.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _palette(theme: Theme) -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    colours = {
        role.Window: theme.window,
        role.WindowText: theme.text,
        role.Base: theme.field,
        role.AlternateBase: theme.panel,
        role.Text: theme.text,
        role.PlaceholderText: theme.faint,
        role.Button: theme.panel,
        role.ButtonText: theme.text,
        role.BrightText: theme.bad,
        role.Highlight: theme.accent,
        role.HighlightedText: theme.on_accent,
        role.Accent: theme.accent,
        role.Link: theme.accent,
        role.LinkVisited: theme.accent,
        role.ToolTipBase: theme.panel,
        role.ToolTipText: theme.text,
        role.Light: theme.panel,
        role.Midlight: theme.line,
        role.Mid: theme.line,
        role.Dark: theme.faint,
        role.Shadow: theme.line,
    }
    for one, colour in colours.items():
        palette.setColor(one, QColor(colour))
    for one in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, one, QColor(theme.faint))
    palette.setColor(QPalette.ColorGroup.Disabled, role.Highlight, QColor(theme.line))
    return palette

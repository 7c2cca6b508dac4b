"""The program's colours: two palettes of its own, light and dark, and how they are put on.

`QStyleHints.setColorScheme` changes nothing offscreen, so the palette is set outright. Widgets ask
`current()` for a colour at paint time and never keep one.
"""

import re
from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFontInfo, QGuiApplication, QPalette
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
    quiet="#525A66",
    faint="#636B77",
    accent="#205DE0",
    on_accent="#FFFFFF",
    accent_soft="#E6EEFD",
    good="#16743B",
    warn="#935700",
    bad="#BF2B26",
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
    quiet="#B6BBC4",
    faint="#9CA2AD",
    accent="#7AA6FF",
    on_accent="#10131A",
    accent_soft="#2A3550",
    good="#5CC98A",
    warn="#E2B04E",
    bad="#F58E87",
    good_soft="#1F3A2A",
    warn_soft="#40341C",
    bad_soft="#47292A",
)


LEAST_CONTRAST = 4.5
"""Of words, and of signs that say something, with what is behind them."""

_USUAL_PX = 12
_FONT_PX = re.compile(r"font-size: (\d+)px;")
_DARK_WORDS_FROM = 8.0  # on a ground as light as this, white words would want another colour


class _Chosen:
    """Which theme is on; one per process, as the palette itself is."""

    theme = LIGHT
    font_px = _USUAL_PX


def current() -> Theme:
    """The theme that is on."""
    return _Chosen.theme


def resolve(name: ThemeName) -> Theme:
    """The theme that a choice means on this system."""
    is_dark = name is ThemeName.DARK
    if name is ThemeName.SYSTEM:
        is_dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
    theme = DARK if is_dark else LIGHT
    return stronger(theme) if wants_contrast() else theme


def wants_contrast() -> bool:
    """Whether the system is set to high contrast."""
    hints = QGuiApplication.styleHints()  # kept: what it gives is invalid without it
    return hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast


def stronger(theme: Theme) -> Theme:
    """The theme for high contrast: words in full strength, lines that can be seen."""
    colours = {field: getattr(theme, field) for field in theme.__dataclass_fields__}
    ends = ("#000000", "#FFFFFF")
    text, ground = reversed(ends) if theme.is_dark else ends
    colours |= {"text": text, "window": ground, "panel": ground, "field": ground}
    colours |= {"quiet": text, "faint": theme.quiet, "line": theme.faint}
    return Theme(**colours)


def apply(app: QApplication, name: ThemeName) -> None:
    """Put the theme on the whole program, now."""
    theme = _Chosen.theme = resolve(name)
    _Chosen.font_px = scaled_px(_USUAL_PX)
    app.setStyle(QStyleFactory.create("Fusion"))
    app.setPalette(_palette(theme))
    sheet = paths.resource("styles/window.qss").read_text(encoding="utf-8")
    for field in theme.__dataclass_fields__:
        sheet = sheet.replace(f"@{field};", f"{getattr(theme, field)};")
    sheet = _FONT_PX.sub(lambda found: f"font-size: {scaled_px(int(found[1]))}px;", sheet)
    sheet = sheet.replace("@icons", paths.resource("icons").as_posix())
    sheet = sheet.replace("@mode", "dark" if theme.is_dark else "light")
    app.setStyleSheet(sheet)


def text_scale() -> float:
    """How much larger than usual the system writes; never less than 1."""
    return max(1.0, QFontInfo(QGuiApplication.font()).pixelSize() / _USUAL_PX)


def scaled_px(usual_px: int) -> int:
    """How large something is that has this size beside text of the usual size.

    A person who lets the system write larger finds headings and columns larger, too.
    """
    return round(usual_px * text_scale())


def follow(app: QApplication, chosen: Callable[[], ThemeName]) -> None:
    """Put on what is chosen, and anew when the system goes dark, to high contrast, or larger."""

    def look() -> None:
        if resolve(chosen()) != current() or scaled_px(_USUAL_PX) != _Chosen.font_px:
            apply(app, chosen())

    apply(app, chosen())
    hints = app.styleHints()
    hints.colorSchemeChanged.connect(look)
    hints.accessibility().contrastPreferenceChanged.connect(look)
    app.fontChanged.connect(look)


def luminance(colour: QColor) -> float:
    """Relative luminance as WCAG 2 has it, 0 to 1."""

    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(part) for part in (colour.redF(), colour.greenF(), colour.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: QColor, other: QColor) -> float:
    """How well one is read on the other, 1 to 21; WCAG 2 asks for 4.5."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def readable_ground(colour: QColor) -> tuple[QColor, QColor]:
    """A ground in a colour, as little darker as it has to be, and the colour of words on it."""
    white, black = QColor("#FFFFFF"), QColor("#000000")
    if contrast(black, colour) > _DARK_WORDS_FROM:
        return colour, black
    ground = QColor(colour)
    while contrast(white, ground) < LEAST_CONTRAST:
        ground = QColor(ground.darker(103).name())  # as it will be written
    return ground, white


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

"""Words and signs can be read in both themes, and in high contrast; nothing moves by itself."""

import re
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from dingcomposer.core.checkup.report import StepResult
from dingcomposer.core.delivery import Status
from dingcomposer.core.robot import COLOURS
from dingcomposer.services.settings import ThemeName
from dingcomposer.ui import theme
from dingcomposer.ui.preview.bubble.style import style_of
from dingcomposer.ui.texts.outcomes import status_word
from dingcomposer.ui.theme import DARK, LEAST_CONTRAST, LIGHT, Theme
from dingcomposer.ui.widgets import status_icons
from dingcomposer.ui.widgets.status_icons import colours_of
from tests.fakes.programs import Start

ROOT = Path(__file__).parent.parent.parent
STRONG = (theme.stronger(LIGHT), theme.stronger(DARK))
GROUNDS = ("window", "panel", "field")
SOFT = ("accent_soft", "good_soft", "warn_soft", "bad_soft")
WORDS = ("text", "quiet", "faint", "accent", "good", "warn", "bad")

each_theme = pytest.mark.parametrize(
    "one", [LIGHT, DARK, *STRONG], ids=["light", "dark", "light, strong", "dark, strong"]
)


def contrast(one: str, other: str) -> float:
    """Written down here once more, after WCAG 2.2, so that the program's own may be wrong."""

    def linear(part: int) -> float:
        share = part / 255
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    def luminance(name: str) -> float:
        red, green, blue = (int(name[at : at + 2], 16) for at in (1, 3, 5))
        return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@each_theme
def test_every_word_and_sign_is_read_on_every_ground(one: Theme) -> None:
    poor = {
        f"{words} on {ground}": round(contrast(getattr(one, words), getattr(one, ground)), 2)
        for words in WORDS
        for ground in (*GROUNDS, *SOFT)
        if contrast(getattr(one, words), getattr(one, ground)) < LEAST_CONTRAST
    }
    assert poor == {}
    assert contrast(one.on_accent, one.accent) >= LEAST_CONTRAST


@pytest.mark.parametrize("is_dark", [False, True])
def test_what_the_preview_says_in_the_programs_own_words_is_read(*, is_dark: bool) -> None:
    look = style_of(is_dark=is_dark)
    for own in (look.faint, look.place, look.mark):
        for ground in (look.card, look.chat):
            assert contrast(own, ground) >= LEAST_CONTRAST, (own, ground)


@pytest.mark.parametrize("name", [ThemeName.LIGHT, ThemeName.DARK])
def test_every_outcome_has_colours_that_can_be_read(name: ThemeName, qapp: QApplication) -> None:
    before, sheet = QPalette(qapp.palette()), qapp.styleSheet()
    try:
        theme.apply(qapp, name)
        for outcome in (*Status, *StepResult):
            strong, soft = colours_of(outcome)
            for ground in (soft, theme.current().panel):
                assert contrast(strong, ground) >= LEAST_CONTRAST, outcome
    finally:
        theme.apply(qapp, ThemeName.LIGHT)
        qapp.setPalette(before)
        qapp.setStyleSheet(sheet)


def test_a_status_is_told_by_its_shape_and_its_word_where_colours_are_not_seen(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert qapp is not None
    monkeypatch.setattr(status_icons, "colours_of", lambda _outcome: ("#333333", "#EEEEEE"))
    shapes = [status_icons.sign_icon(one).pixmap(48, 48).toImage() for one in Status]
    for number, shape in enumerate(shapes):
        assert all(shape != other for other in shapes[:number]), list(Status)[number]
    assert len({status_word(one) for one in Status}) == len(Status)


@pytest.mark.parametrize(
    "colour",
    [*COLOURS, "#FFFFFF", "#000000", "#FFFF00", "#00FF00", "#808080", "#FF0000"],
)
def test_words_on_a_robots_colour_can_be_read(colour: str) -> None:
    ground, words = (one.name() for one in theme.readable_ground(QColor(colour)))
    assert contrast(ground, words) >= LEAST_CONTRAST
    # It is still that robot's colour: the same hue, and as light as it may be.
    assert abs(QColor(ground).hue() - QColor(colour).hue()) <= 3 or colour == "#FFFFFF"


def test_the_systems_high_contrast_is_followed(
    start: Start, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = start().program
    assert theme.current() in (LIGHT, DARK)
    before = theme.current()
    monkeypatch.setattr(theme, "wants_contrast", lambda: True)
    hints = qapp.styleHints()
    hints.accessibility().contrastPreferenceChanged.emit(hints.accessibility().contrastPreference())
    assert theme.current() == theme.stronger(before)
    ink = program.window.palette().color(QPalette.ColorRole.WindowText).name()
    assert ink in ("#000000", "#ffffff")
    monkeypatch.undo()
    hints.accessibility().contrastPreferenceChanged.emit(hints.accessibility().contrastPreference())
    assert theme.current() == before


def test_high_contrast_is_stronger_everywhere() -> None:
    for plain, strong in zip((LIGHT, DARK), STRONG, strict=True):
        for words in ("text", "quiet", "faint", "line"):
            had = contrast(getattr(plain, words), plain.panel)
            has = contrast(getattr(strong, words), strong.panel)
            assert has > had, words
        assert contrast(strong.line, strong.panel) >= LEAST_CONTRAST


def test_nothing_of_the_programs_own_moves() -> None:
    """The system's wish for less motion is Qt's to obey; the program animates nothing."""
    moving = re.compile(r"Q\w*Animation|QTimeLine|QMovie|setAnimated\(True")
    package = ROOT / "dingcomposer"
    found = [path for path in package.rglob("*.py") if moving.search(path.read_text("utf-8"))]
    assert found == []


FOCUSED = re.compile(r"([\w\[\]=\"]+):focus")


def test_what_takes_the_keyboard_shows_it() -> None:
    sheet = (ROOT / "resources" / "styles" / "window.qss").read_text("utf-8")
    shown = {found[1].partition("[")[0] for found in FOCUSED.finditer(sheet)}
    wanted = {"QLineEdit", "QPlainTextEdit", "QTextEdit", "QComboBox", "QSpinBox", "QPushButton"}
    assert shown >= wanted | {"QToolButton", "QCheckBox", "QRadioButton", "QDateEdit"}


@pytest.mark.parametrize("percent", [100, 200])
def test_text_of_twice_the_size_loses_nothing(
    percent: int, start: Start, qapp: QApplication
) -> None:
    """Labels in one line are cut only where they say so; all others have the room they need."""
    font = qapp.font()
    larger = qapp.font()
    larger.setPointSizeF(font.pointSizeF() * percent / 100)
    qapp.setFont(larger)
    try:
        person = start()
        window = person.program.window
        window.resize(1440, 900)
        person.write_text("hello")
        person.wait(lambda: window.preview.is_settled)
        cut = [one for one in window.findChildren(QWidget) if is_cut(one)]
        assert [one.objectName() or type(one).__name__ for one in cut] == []
    finally:
        qapp.setFont(font)


def is_cut(widget: QWidget) -> bool:
    """Whether a button or a line of text is lower than its letters."""
    is_line = widget.metaObject().className() in ("QLabel", "QPushButton", "QLineEdit", "QCheckBox")
    if not widget.isVisible() or not is_line:
        return False
    text = widget.property("text") or ""
    return bool(text) and widget.height() < widget.fontMetrics().ascent()

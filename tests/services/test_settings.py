"""The settings file: what stands in it, what is read from it, and what it keeps."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QByteArray

from dingcomposer.core.checks.problems import ProblemCode
from dingcomposer.core.limits import CALLS_A_MONTH
from dingcomposer.services.settings import (
    BREAKS_LINES,
    CALLS,
    KEEPS_RUNNING,
    KEEPS_SANDBOX_TOKEN,
    LANGUAGE,
    LOADS_PICTURES,
    MY_NAME,
    PALETTE_USES,
    RETENTION,
    RETRY_PLACES,
    SANDBOX_PORT,
    SEEN_VERSION,
    SETTINGS,
    SHOWS_LINE_NUMBERS,
    SHOWS_TECHNICAL,
    SWITCHED_OFF,
    TABLES_AS_LINES,
    TEMPLATE_FOLDER,
    THEME,
    TOLD_OF_INPUT,
    TOLD_OF_QUITTING,
    ZOOM,
    Setting,
    Settings,
    ThemeName,
    layout_of,
)
from dingcomposer.services.translations import Language

# As they stand in the file.
ON_DISK: list[tuple[Setting[Any], object, str]] = [
    (LANGUAGE, Language.CHINESE, "language=zh_CN"),
    (THEME, ThemeName.DARK, "theme=dark"),
    (CALLS, 50_000, "calls_a_month=50000"),
    (LOADS_PICTURES, False, "loads_pictures=false"),
    (SHOWS_TECHNICAL, True, "shows_technical=true"),
    (BREAKS_LINES, False, "breaks_lines=false"),
    (TABLES_AS_LINES, False, "tables_as_lines=false"),
    (SANDBOX_PORT, 8080, "sandbox_port=8080"),
    (KEEPS_SANDBOX_TOKEN, True, "keeps_sandbox_token=true"),
    (
        SWITCHED_OFF,
        frozenset({ProblemCode.TABLE, ProblemCode.URL_LAN}),
        "switched_off=table url_lan",
    ),
    (SHOWS_LINE_NUMBERS, True, "shows_line_numbers=true"),
    (ZOOM, 125, "zoom=125"),
    (PALETTE_USES, {"action.new": 2, "robot.a": 1}, "palette_uses=action.new:2 robot.a:1"),
    (MY_NAME, "Ann", "my_name=Ann"),
    (RETENTION, ("production/delivered=90d",), 'retention="production/delivered=90d"'),
    (TEMPLATE_FOLDER, "/srv/templates", "template_folder=/srv/templates"),
    (RETRY_PLACES, ("a@b.cn", "c@d.cn"), "retry_places=a@b.cn c@d.cn"),
    (KEEPS_RUNNING, True, "keeps_running=true"),
    (SEEN_VERSION, "0.2.0", "seen_version=0.2.0"),
    (TOLD_OF_INPUT, True, "told_of_input=true"),
    (TOLD_OF_QUITTING, True, "told_of_quitting=true"),
]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "dingcomposer.ini"


def test_every_key_is_declared_once_and_says_what_it_means() -> None:
    assert len({one.key for one in SETTINGS}) == len(SETTINGS)
    assert all(one.meaning for one in SETTINGS)
    assert {one.key for one in SETTINGS} == {one.key for one, _value, _line in ON_DISK}


@pytest.mark.parametrize(("setting", "value", "line"), ON_DISK)
def test_what_is_set_stands_in_the_file_and_is_read_again(
    setting: Setting[Any], value: object, line: str, file: Path
) -> None:
    settings = Settings(file)
    settings.set(setting, value)
    assert settings.value(setting) == value
    assert settings.save()
    assert line in file.read_text(encoding="utf-8").splitlines()
    assert Settings(file).value(setting) == value


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda one: one.key)
def test_what_was_never_set_has_its_default(setting: Setting[Any], file: Path) -> None:
    assert Settings(file).value(setting) == setting.default


@pytest.mark.parametrize(
    ("line", "setting", "value"),
    [
        ("language=xx", LANGUAGE, Language.SYSTEM),
        ("theme=pink", THEME, ThemeName.SYSTEM),
        ("calls_a_month=many", CALLS, CALLS_A_MONTH),
        ("calls_a_month=-3", CALLS, 1),
        ("loads_pictures=perhaps", LOADS_PICTURES, True),
        ("switched_off=table lone_surrogate what", SWITCHED_OFF, frozenset({ProblemCode.TABLE})),
        ("window\\columns=7", layout_of("columns"), QByteArray()),
    ],
)
def test_what_cannot_be_read_counts_as_never_set(
    line: str, setting: Setting[Any], value: object, file: Path
) -> None:
    section, _, rest = line.rpartition("\\")
    file.write_text(f"[{section or 'General'}]\n{rest}\n", encoding="utf-8")
    assert Settings(file).value(setting) == value


def test_keys_that_nobody_knows_stay(file: Path) -> None:
    file.write_text("[General]\nlater=7\ntheme=dark\n\n[else]\nwhere=here\n", encoding="utf-8")
    settings = Settings(file)
    settings.set(THEME, ThemeName.LIGHT)
    settings.set(layout_of("columns"), QByteArray(b"\x00\x01"))
    assert settings.save()
    text = file.read_text(encoding="utf-8")
    assert "later=7" in text
    assert "where=here" in text
    assert "theme=light" in text
    assert Settings(file).value(layout_of("columns")) == QByteArray(b"\x00\x01")

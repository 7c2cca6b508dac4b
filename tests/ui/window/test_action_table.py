"""The table of actions: no key twice, words in both languages, and a way for the keyboard."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QApplication, QLabel

from dingcomposer.core.delivery import Status
from dingcomposer.core.search.query import parse_query
from dingcomposer.services.settings import BREAKS_LINES, LANGUAGE, THEME, ThemeName
from dingcomposer.services.translations import Language, Translators
from dingcomposer.ui import theme
from dingcomposer.ui.history.searching import HitLines
from dingcomposer.ui.widgets.status_icons import colours_of
from dingcomposer.ui.window.actions import ACTIONS, MENUS, ActionSpec, Area, Condition, MenuSpec
from tests.fakes.places import aim_at_sandbox
from tests.fakes.programs import Person, Start

PORTABLE = QKeySequence.SequenceFormat.PortableText
NEW = next(one for one in ACTIONS if one.name == "new")
ABOUT = next(one for one in ACTIONS if one.name == "about")


@pytest.fixture
def speak(qapp: QApplication) -> Iterator[Callable[[Language], None]]:
    before, translators = QLocale(), Translators(qapp)
    yield translators.use
    translators.uninstall()
    QLocale.setDefault(before)


def action(person: Person, name: str) -> QAction:
    found = person.program.window.menus.findChild(QAction, f"menu.{name}")
    assert found is not None, name
    return found


def conflicts(actions: Iterable[ActionSpec]) -> list[str]:
    """The keys that stand for more than one action, in whichever spelling."""
    keys = [QKeySequence(key).toString(PORTABLE) for one in actions for key in one.keys]
    return [key for key, count in Counter(keys).items() if count > 1]


def without_chinese(
    actions: Iterable[ActionSpec | MenuSpec], speak: Callable[[Language], None]
) -> list[str]:
    """The actions and menus whose words are missing, or the same in both languages."""
    speak(Language.ENGLISH)
    english = {one: one.words() for one in actions}
    speak(Language.CHINESE)
    return [one.name for one, words in english.items() if not words or one.words() == words]


def unreachable(actions: Iterable[ActionSpec], menus: Iterable[MenuSpec]) -> list[str]:
    """What the keyboard cannot have: it has no key, and no menu leads to it with its letter."""
    reachable = {one.name for one in menus if one.parent or "&" in one.words()}
    parents = {one.name: one.parent for one in menus if one.parent}

    def is_reached(menu: str) -> bool:
        return menu in reachable and (menu not in parents or is_reached(parents[menu]))

    return [one.name for one in actions if not one.keys and not is_reached(one.menu)]


def test_no_key_stands_for_two_actions() -> None:
    assert conflicts(ACTIONS) == []
    assert conflicts([NEW, ABOUT._replace(keys=("ctrl+n",))]) == ["Ctrl+N"]


def test_every_action_and_menu_has_words_in_both_languages(
    speak: Callable[[Language], None],
) -> None:
    own_names = {f"language.{Language.ENGLISH}", f"language.{Language.CHINESE}"}
    assert set(without_chinese([*ACTIONS, *MENUS], speak)) == own_names
    nameless, untranslated = NEW._replace(words=str), ABOUT._replace(words=lambda: "About it")
    assert without_chinese([nameless, untranslated], speak) == ["new", "about"]


@pytest.mark.parametrize("language", [Language.ENGLISH, Language.CHINESE])
def test_the_keyboard_can_have_every_action(
    language: Language, speak: Callable[[Language], None]
) -> None:
    speak(language)
    assert unreachable(ACTIONS, MENUS) == []
    dumb = [one._replace(words=lambda: "Help") if one.name == "help" else one for one in MENUS]
    assert unreachable(ACTIONS, dumb) == ["whats_new", "about"]
    assert unreachable([NEW._replace(keys=(), menu="")], MENUS) == ["new"]


def test_no_name_stands_for_two_actions() -> None:
    assert len({one.name for one in ACTIONS}) == len(ACTIONS)
    known = {one.name for one in MENUS}
    assert {one.menu for one in ACTIONS} <= {"", *known}


def test_the_menus_are_what_the_table_says(start: Start) -> None:
    menus = start().program.window.menus
    made = {one.objectName(): one for one in menus.findChildren(QAction) if one.objectName()}
    specs = {f"menu.{one.name}": one for one in ACTIONS if one.menu}
    assert made.keys() == specs.keys()
    for name, spec in specs.items():
        keys = [key.toString(PORTABLE) for key in made[name].shortcuts()]
        assert keys == [*(spec.keys if spec.area is Area.WINDOW else ())]
        assert made[name].text() == spec.words()
        if spec.tip is not None:
            assert made[name].toolTip() == spec.tip()
        assert made[name].isCheckable() == bool(spec.choice or spec.is_checkable)


def test_every_key_of_the_windows_own_actions_stands_in_the_table(start: Start) -> None:
    window = start().program.window
    actions = [one for one in window.findChildren(QAction) if one.shortcuts()]
    heard = {key.toString(PORTABLE) for one in actions for key in one.shortcuts()}
    areas = (Area.WINDOW, Area.FORM)
    assert heard == {key for one in ACTIONS if one.area in areas for key in one.keys}


def test_an_action_can_be_had_when_its_condition_is_met(start: Start) -> None:
    person = start()
    session = person.program.session

    def can(condition: Condition) -> bool:
        names = [one.name for one in ACTIONS if one.condition is condition]
        states = {action(person, name).isEnabled() for name in names}
        assert len(states) == 1
        return states.pop()

    assert not can(Condition.CAN_UNDO)
    person.write_text("今晚")
    session.flush()
    assert can(Condition.CAN_UNDO)
    session.undo()
    assert can(Condition.CAN_REDO)
    session.set_target(None)
    assert not can(Condition.HAS_TARGET)
    assert can(Condition.LOADS_PICTURES)
    action(person, "pictures").trigger()
    assert not can(Condition.LOADS_PICTURES)
    action(person, "pictures").trigger()
    assert can(Condition.LOADS_PICTURES)


def test_lines_are_kept_until_the_menu_says_otherwise(start: Start) -> None:
    person = start()
    keeps = action(person, "line_breaks")
    assert keeps.isChecked()
    person.driver.click("compose.kind.markdown")
    person.driver.type("compose.text", "甲\n乙")
    keeps.trigger()
    assert not keeps.isChecked()
    assert not person.program.settings.value(BREAKS_LINES)
    person.driver.type("compose.text", "\n丙")
    assert person.program.session.draft.text == "甲  \n乙\n丙"


def test_what_is_chosen_in_a_menu_is_set_and_marked(start: Start) -> None:
    person = start()
    dark = action(person, f"appearance.{ThemeName.DARK}")
    system = action(person, f"appearance.{ThemeName.SYSTEM}")
    assert system.isChecked()
    dark.trigger()
    assert dark.isChecked()
    assert not system.isChecked()
    assert person.program.settings.value(THEME) is ThemeName.DARK
    assert person.program.settings.value(LANGUAGE) is Language.SYSTEM


def test_what_was_said_in_a_colour_has_that_of_the_theme_that_is_chosen(start: Start) -> None:
    person = start()
    aim_at_sandbox(person)
    person.write_text("hello")
    assert person.send().status is Status.DELIVERED
    said = person.program.window.findChild(QLabel, "status.said")
    hits = HitLines(person.program.window)
    hits.show_hits(parse_query("hell"), ["hello"], {})
    assert said is not None
    for name in (ThemeName.LIGHT, ThemeName.DARK):
        action(person, f"appearance.{name}").trigger()
        assert colours_of(Status.DELIVERED)[0] in said.styleSheet(), name
        assert theme.current().warn_soft in hits.text(), name
    person.program.window.status.say("Something else")
    action(person, f"appearance.{ThemeName.LIGHT}").trigger()
    assert said.styleSheet() == ""

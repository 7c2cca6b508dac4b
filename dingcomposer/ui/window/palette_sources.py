"""What the palette offers: the table of actions, robots, drafts, people, and settings."""

from collections.abc import Callable, Sequence
from functools import partial
from hashlib import blake2b
from typing import Any, Final, NamedTuple
from urllib.parse import quote

from PySide6.QtCore import QEvent, QKeyCombination, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from dingcomposer.core.contacts import Contact
from dingcomposer.core.robot_lists import is_list
from dingcomposer.services.background import Background
from dingcomposer.services.settings import (
    KEEPS_SANDBOX_TOKEN,
    PALETTE_USES,
    SANDBOX_PORT,
    Setting,
)
from dingcomposer.ui.compose.page import ComposePage
from dingcomposer.ui.context import Context, Page
from dingcomposer.ui.drafts.list_panel import draft_title
from dingcomposer.ui.texts.robots import stage_word
from dingcomposer.ui.texts.translate import QT_TRANSLATE_NOOP, Phrase, translate, translated
from dingcomposer.ui.widgets.palette import PaletteEntry, PalettePanel, PaletteSource
from dingcomposer.ui.window.actions import ACTIONS, MENUS, ActionSpec, Area
from dingcomposer.ui.window.menus import keys_of

SETTING_PLACES: Final[tuple[tuple[Setting[Any], Phrase, str], ...]] = (
    (
        SANDBOX_PORT,
        QT_TRANSLATE_NOOP("Palette", "Port of the sandbox"),
        "sandbox.port",
    ),
    (
        KEEPS_SANDBOX_TOKEN,
        QT_TRANSLATE_NOOP("Palette", "Keep token and secret of the sandbox"),
        "sandbox.keep_token",
    ),
)
"""Settings that no action is for, and where they are made: the widget on the sandbox's page."""

_MOST_COUNTED: Final = 200
_PERSON: Final = "person."
_WIDGETS: Final = {
    Area.TEXT: "compose.text",
    Area.ROBOTS: "robots.list",
    Area.LISTS: "robots.list",
    Area.HISTORY: "history.table",
}
"""Who hears the keys of an area."""


class PaletteParts(NamedTuple):
    """What the palette needs of the window that it stands in.

    `go_to` shows a page, `aim` aims the draft at a robot, as a click on it does, `show_template`
    opens the template of a key.
    """

    window: QMainWindow
    context: Context
    compose: ComposePage
    background: Background
    go_to: Callable[[Page], object]
    aim: Callable[[str], object]
    show_template: Callable[[str], object]


def show_palette(parts: PaletteParts, *others: PaletteSource) -> PalettePanel:
    """Open the palette, or the one that is open; `others` are offered behind what is here."""
    there = parts.window.findChild(PalettePanel, "palette")
    if there is not None and there.isVisible():
        there.open_panel()
        return there
    sources = (
        PaletteSource(partial(_actions, parts)),
        PaletteSource(partial(_robots, parts)),
        PaletteSource(partial(_drafts, parts)),
        PaletteSource(partial(_templates, parts)),
        PaletteSource(partial(_schedules, parts)),
        PaletteSource(partial(_settings, parts)),
        PaletteSource(partial(_people, parts), searches=True),
        *others,
    )
    uses = parts.context.settings.value(PALETTE_USES)
    panel = PalettePanel(parts.window, sources, uses, parts.background.run)
    panel.used.connect(partial(_count, parts))
    panel.open_panel()
    return panel


def _count(parts: PaletteParts, key: str) -> None:
    """One more use; of many things the least used are forgotten."""
    settings = parts.context.settings
    before = settings.value(PALETTE_USES)
    uses = {**before}
    uses[key] = uses.get(key, 0) + 1
    most = sorted(uses, key=lambda one: (one != key, -uses[one]))[:_MOST_COUNTED]
    settings.set(PALETTE_USES, {one: uses[one] for one in most})


# --- actions ------------------------------------------------------------------------------------


def _actions(parts: PaletteParts, _typed: str) -> Sequence[PaletteEntry]:
    menus = {one.name: one for one in MENUS}
    made = []
    for spec in ACTIONS:
        if spec.name == "palette":
            continue
        action = parts.window.findChild(QAction, f"menu.{spec.name}")
        words, english = spec.words(), spec.english
        if spec.choice and spec.menu in menus:
            menu = menus[spec.menu]
            words = translate("Palette", "{menu}: {choice}").format(menu=menu.words(), choice=words)
            english = f"{menu.english}: {english}"
        do, can_do = _way(parts, spec, action)
        made.append(
            PaletteEntry(
                f"action.{spec.name}",
                words.replace("&", ""),
                _state(action),
                do,
                also=english.replace("&", ""),
                detail=_keys(spec),
                can_do=can_do,
            )
        )
    return made


def _way(
    parts: PaletteParts, spec: ActionSpec, action: QAction | None
) -> tuple[Callable[[], object], bool]:
    """How an action is done, and whether it can be: from its menu, or by its key, where it is."""
    if action is not None:
        return action.trigger, action.isEnabled()
    widget = parts.window.findChild(QWidget, _WIDGETS.get(spec.area, ""))
    focused = QApplication.focusWidget()
    if spec.area is Area.LISTS and focused is not None and parts.compose.isAncestorOf(focused):
        widget = focused  # a button or an item of a card, which moves
    can_do = widget is not None and widget.isVisible()
    if spec.area is Area.TEXT:
        can_do = can_do and parts.compose.form.is_markdown
    return partial(_press, widget, spec.keys[0] if spec.keys else ""), can_do


def _press(widget: QWidget | None, key: str) -> None:
    """The key, where it is heard."""
    if widget is None or not key:
        return
    sequence: Any = QKeySequence(key)  # declared without what it holds
    pressed: QKeyCombination = sequence[0]
    widget.setFocus(Qt.FocusReason.ShortcutFocusReason)
    event = QKeyEvent(QEvent.Type.KeyPress, pressed.key(), pressed.keyboardModifiers())
    QApplication.sendEvent(widget, event)


def _state(action: QAction | None) -> str:
    """What a switch is, "" for all others."""
    if action is None or not action.isCheckable():
        return ""
    return translate("Palette", "on") if action.isChecked() else translate("Palette", "off")


def _keys(spec: ActionSpec) -> str:
    shown = QKeySequence.SequenceFormat.NativeText
    return QKeySequence(keys_of(spec)[0]).toString(shown) if spec.keys else ""


# --- what there is ------------------------------------------------------------------------------


def _robots(parts: PaletteParts, _typed: str) -> Sequence[PaletteEntry]:
    return [
        PaletteEntry(
            f"robot.{one.robot_id}",
            one.name,
            translate("Palette", "List of robots")
            if is_list(one.robot_id)
            else translate("Palette", "Robot"),
            partial(parts.aim, one.robot_id),
            detail=stage_word(one.stage),
        )
        for one in parts.context.robot_lists.targets
    ]


def _drafts(parts: PaletteParts, _typed: str) -> Sequence[PaletteEntry]:
    session = parts.context.session

    def switch(draft_id: str) -> None:
        parts.go_to(Page.WRITE)
        session.switch_to(draft_id)

    return [
        PaletteEntry(
            f"draft.{one.draft_id}",
            draft_title(one.headline),
            translate("Palette", "Draft"),
            partial(switch, one.draft_id),
        )
        for one in session.summaries
        if not one.is_current
    ]


def _templates(parts: PaletteParts, _typed: str) -> Sequence[PaletteEntry]:
    return [
        PaletteEntry(
            f"template.{quote(one.key, safe='')}",
            one.template.name,
            translate("Palette", "Template"),
            partial(parts.show_template, one.key),
            detail=one.template.folder,
        )
        for one in parts.context.templates().known
    ]


def _schedules(parts: PaletteParts, _typed: str) -> Sequence[PaletteEntry]:
    return [
        PaletteEntry(
            f"schedule.{one.schedule_id}",
            one.name,
            translate("Palette", "Schedule"),
            partial(parts.go_to, Page.SCHEDULES),
            detail=one.headline,
        )
        for one in parts.context.planner().schedules
    ]


def _people(parts: PaletteParts, typed: str) -> Sequence[PaletteEntry]:
    def mention(contact: Contact) -> None:
        parts.go_to(Page.WRITE)
        parts.compose.form.mention(contact)

    contacts = parts.context.contacts
    found: Sequence[Contact] = contacts.find(typed) if typed else ()
    if not typed:
        uses = parts.context.settings.value(PALETTE_USES)
        if any(key.startswith(_PERSON) for key in uses):
            found = [one for one in contacts.contacts if person_key(one) in uses]
    return [
        PaletteEntry(
            person_key(one),
            translate("Palette", "Mention {name}").format(name=one.name),
            translate("Palette", "Contact"),
            partial(mention, one),
            detail=" ".join(filter(None, (one.department, one.person))),
            can_do=parts.compose.form.can_mention,
        )
        for one in found
    ]


def person_key(contact: Contact) -> str:
    """Counts how often somebody was chosen, and does not say who it is."""
    return _PERSON + blake2b(contact.person.encode(), digest_size=6).hexdigest()


def _settings(parts: PaletteParts, _typed: str) -> Sequence[PaletteEntry]:
    def lead(name: str) -> None:
        parts.go_to(Page.SANDBOX)
        widget = parts.window.findChild(QWidget, name)
        if widget is not None:
            widget.setFocus(Qt.FocusReason.ShortcutFocusReason)

    return [
        PaletteEntry(
            f"setting.{setting.key}",
            translated(phrase),
            translate("Palette", "Setting"),
            partial(lead, name),
            also=phrase[1],
        )
        for setting, phrase, name in SETTING_PLACES
    ]

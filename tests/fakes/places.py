"""Every page and dialog of the window, each opened with something in it.

Whoever looks at all of them goes through `PLACES`; `test_reading_aloud.py` holds that no dialog of
the package is missing there.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from dingcomposer.core.bundle import Bundle, BundleKind
from dingcomposer.core.checks.fixes import keyword_places
from dingcomposer.core.contacts import Contact
from dingcomposer.core.delivery import Status
from dingcomposer.core.draft import Draft, from_message, to_message
from dingcomposer.core.messages import Kind, Markdown, Text
from dingcomposer.core.payload import from_payload, size_bytes
from dingcomposer.core.robot import Robot, Stage
from dingcomposer.interchange.bundles.container import write_plain
from dingcomposer.sandbox.rules import Rules
from dingcomposer.tour.play import samples
from dingcomposer.ui.context import Page
from dingcomposer.ui.schedules.page import PageAction

if TYPE_CHECKING:
    from tests.fakes.programs import Person

Opener = Callable[["Person"], QWidget]

WEBHOOKS = "群名称,Webhook,加签密钥\n行政,https://oapi.dingtalk.com/robot/send?access_token={},\n"
GUEST = Contact("Zhao Yun", "13900000009")
ROWS = "姓名\t金额\n王芳\t100\n李伟\t200\n"


def furnish(person: "Person") -> "Person":
    """Two groups, people, and a few sends behind them."""
    person.add_group("All staff", Stage.PRODUCTION)
    person.add_group("Trials", Stage.TEST)
    person.program.contacts.put([Contact("Li Wei", "13800000001", department="Administration")])
    aim_at_sandbox(person)
    person.write_text("hello")
    assert person.send().status is Status.DELIVERED
    person.sandbox.rules = Rules(keywords=("release",), secret_required=False)
    person.write_text("hello again")
    assert person.send().status is Status.REFUSED
    return person


def dialogs() -> list[QDialog]:
    """Those that are open."""
    found = QApplication.topLevelWidgets()
    return [one for one in found if isinstance(one, QDialog) and one.isVisible()]


def _newest(person: "Person") -> QDialog:
    person.wait(dialogs)
    return dialogs()[-1]


def _menu(name: str) -> Opener:
    def open_it(person: "Person") -> QWidget:
        aim_at_sandbox(person)
        QApplication.clipboard().setText("some words")
        action = person.program.window.findChild(QAction, f"menu.{name}")
        assert action is not None, name
        action.trigger()
        return _newest(person)

    return open_it


def _page(page: Page) -> Opener:
    def open_it(person: "Person") -> QWidget:
        window = person.program.window
        person.new_message()
        window.go_to(page)
        if page is Page.HISTORY:
            person.driver.click_row("history.table", 0)
            window.history.details.show_technical(is_shown=True)
        person.wait(lambda: window.preview.is_settled)
        return window

    return open_it


def aim_at_sandbox(person: "Person") -> None:
    """Whatever it is called in the language that is on."""
    robots = person.program.robot_profiles.robots
    person.aim(next(robot.name for robot in robots if robot.is_sandbox))


def _write(person: "Person", text: str) -> None:
    """A new message for the sandbox, in the form."""
    person.new_message()
    aim_at_sandbox(person)
    person.program.session.edit(from_message(Text(text)))


def _kind(kind: Kind) -> Opener:
    def open_it(person: "Person") -> QWidget:
        window = person.program.window
        _write(person, "")
        person.program.session.edit(from_message(from_payload(samples()[kind.value]).message))
        size = size_bytes(to_message(person.program.session.draft))
        person.wait(lambda: window.compose.checked_bytes == size and window.preview.is_settled)
        QApplication.sendPostedEvents()
        return window

    return open_it


def _shown(dialog: QDialog) -> QWidget:
    dialog.open()
    return dialog


def _robot(person: "Person") -> Robot:
    return person.robot_called("All staff")


def _folder(person: "Person") -> Path:
    return Path(person.program.database.path).parent


def _guide(topic: str) -> Opener:
    def open_it(person: "Person") -> QWidget:
        launchers = person.program.window.launchers
        launchers.show_guide(topic)
        guide = launchers.help.guide
        person.wait(lambda: guide.address.startswith(topic))
        return guide

    return open_it


def _palette(person: "Person") -> QWidget:
    action = person.program.window.findChild(QAction, "menu.palette")
    assert action is not None
    action.trigger()
    person.wait(lambda: person.program.window.findChild(QWidget, "palette"))
    return person.program.window


def _json(person: "Person") -> QWidget:
    _kind(Kind.MARKDOWN)(person)
    action = person.program.window.findChild(QAction, "menu.json")
    assert action is not None
    action.trigger()
    return person.program.window


def _find(person: "Person") -> QWidget:
    _kind(Kind.MARKDOWN)(person)
    action = person.program.window.findChild(QAction, "menu.replace")
    assert action is not None
    action.trigger()
    return person.program.window


def _edit_robot(person: "Person") -> QWidget:
    person.program.window.edit_robot(_robot(person))
    return _newest(person)


def _confirm(person: "Person") -> QWidget:
    from dingcomposer.ui.send.confirm_dialog import Confirmation, ConfirmDialog

    message = Markdown("Canteen", "### Canteen\n\nClosed on **Friday**.")
    return _shown(ConfirmDialog(Confirmation(message, _robot(person)), person.program.window))


def _parts(person: "Person") -> QWidget:
    from dingcomposer.ui.preview.bubble.bubble import RenderContext
    from dingcomposer.ui.send.parts_dialog import PartsDialog

    parts = (Text("the first half"), Text("the second half"))
    render = RenderContext(person.program.pictures)
    return _shown(PartsDialog(parts, _robot(person), render, person.program.window))


def _resend(person: "Person") -> QWidget:
    from dingcomposer.ui.send.resend_dialog import ResendDialog

    refused = [one for one in person.program.history.page() if one.status is Status.REFUSED]
    failed = [(_robot(person), refused[0])]
    now = datetime.now(UTC)
    window = person.program.window
    return _shown(ResendDialog(failed, refused[0].message, Text("now"), now, window))


def _keyword(person: "Person") -> QWidget:
    from dingcomposer.ui.compose.keyword_dialog import KeywordDialog

    offers = keyword_places(Draft(kind=Kind.MARKDOWN, title="News", text="News"), "release")
    return _shown(KeywordDialog("release", offers, person.program.window))


def _missing(person: "Person") -> QWidget:
    from dingcomposer.ui.robots.missing_webhooks_dialog import MissingWebhooksDialog

    robot = Robot("lost", "Lost", "#C5302B", Stage.TEST, person.sandbox.url)
    person.program.robot_profiles.add(robot)
    profiles = person.program.robot_profiles
    return _shown(MissingWebhooksDialog(profiles, person.program.window))


def _schedules(action: PageAction) -> Opener:
    def open_it(person: "Person") -> QWidget:
        window = person.program.window
        window.go_to(Page.SCHEDULES)
        window.launchers.schedules._on_requested(action)
        return _newest(person)

    return open_it


def _schedule(person: "Person") -> QWidget:
    _write(person, "hello")
    return _menu("schedule")(person)


def _missed(person: "Person") -> QWidget:
    from dingcomposer.ui.schedules.missed import MissedDialog

    return _shown(MissedDialog(person.program.planner(), person.program.window))


def _fill(person: "Person") -> QWidget:
    _write(person, "Hello {{name}}, on {{day}}")
    person.program.window.launchers.templates.fill_draft()
    return _newest(person)


def _keep_template(person: "Person") -> QWidget:
    _write(person, "Hello {{name}}")
    return _menu("keep_template")(person)


def _table(person: "Person") -> QWidget:
    _write(person, "{{姓名}}: {{金额}}")
    QApplication.clipboard().setText(ROWS)
    action = person.program.window.findChild(QAction, "menu.table_send")
    assert action is not None
    action.trigger()
    dialog = _newest(person)
    paste = dialog.findChild(QWidget, "table_send.paste")
    if paste is not None:
        paste.click()  # type: ignore[attr-defined]
    return dialog


def _table_confirm(person: "Person") -> QWidget:
    from dingcomposer.ui.table_send.confirm import TableConfirmation, TableConfirmDialog

    return _shown(TableConfirmDialog(TableConfirmation((), 0), person.program.window))


def _export_robots(person: "Person") -> QWidget:
    return _menu("export_robots")(person)


def _passphrase(person: "Person") -> QWidget:
    from dingcomposer.ui.bundles.passphrase_fields import PassphraseDialog

    return _shown(PassphraseDialog("robots.dingcomposer", person.program.window))


def _webhooks(person: "Person") -> QWidget:
    path = _folder(person) / "webhooks.csv"
    path.write_text(WEBHOOKS.format("0123456789abcdef" * 4), encoding="utf-8")
    person.program.window.launchers.open_bundle(path)
    return _newest(person)


def _restore(person: "Person") -> QWidget:
    path = _folder(person) / "robots.dingcomposer"
    path.write_bytes(write_plain(Bundle((BundleKind.CONTACTS,), contacts=(GUEST,))))
    person.program.window.launchers.open_bundle(path)
    return _newest(person)


def _two_sends(person: "Person") -> QWidget:
    from dingcomposer.ui.history.two_sends import TwoSendsDialog
    from dingcomposer.ui.preview.bubble.bubble import RenderContext

    history = person.program.history
    newer, older = history.page()[:2]
    sent = [(one, history.attempts(one.msg_uuid)) for one in (older, newer)]
    render = RenderContext(person.program.pictures)
    return _shown(TwoSendsDialog(sent[0], sent[1], render, person.program.window))


def _history(name: str) -> Opener:
    def open_it(person: "Person") -> QWidget:
        _page(Page.HISTORY)(person)
        return _menu(name)(person)

    return open_it


def _import(person: "Person") -> QWidget:
    from dingcomposer.storage.archive.imports import SendImporter
    from dingcomposer.ui.history.export.import_dialog import ImportDialog

    path = _folder(person) / "none.jsonl"
    path.write_text("", encoding="utf-8")
    importer = SendImporter(person.program.database)
    now = datetime.now(UTC)
    return _shown(ImportDialog(path, importer, lambda: now, person.program.window))


MENUS = (
    *("closed_drafts", "several", "queue", "paste_message", "templates", "contacts", "plan"),
    *("checks", "versions", "upkeep", "add_robot", "checkup", "robot_lists", "background"),
    *("shortcuts", "about", "export_robots"),
)
PLACES: dict[str, Opener] = {
    **{f"write {kind}": _kind(kind) for kind in Kind},
    **{f"page {page}": _page(page) for page in Page},
    "write json": _json,
    "write find": _find,
    "palette": _palette,
    **{name: _menu(name) for name in MENUS},
    **{name: _history(name) for name in ("export", "verify")},
    "import": _import,
    "two sends": _two_sends,
    "robot": _edit_robot,
    "missing webhooks": _missing,
    "keep_template": _keep_template,
    "fill": _fill,
    "schedule": _schedule,
    "days": _schedules(PageAction.DAYS),
    "entry": _schedules(PageAction.ENTRY),
    "missed": _missed,
    "confirm": _confirm,
    "parts": _parts,
    "resend": _resend,
    "keyword": _keyword,
    "table_send": _table,
    "table confirm": _table_confirm,
    "passphrase": _passphrase,
    "webhooks": _webhooks,
    "restore": _restore,
    "guide": _guide("refused"),
    "what is new": _guide("whats-new"),
}


def close(person: "Person", place: QWidget) -> None:
    """Close a dialog again; what works in the background ends first."""

    def is_closed() -> bool:
        for one in dialogs():
            one.reject()
        return not dialogs()

    person.wait(is_closed)
    if place is not person.program.window and not isinstance(place, QDialog):
        place.close()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@contextmanager
def opened(person: "Person", name: str) -> Iterator[QWidget]:
    """A page or a dialog, for as long as it is looked at."""
    place = PLACES[name](person)
    try:
        place.activateWindow()
        person.wait(place.isActiveWindow)
        yield place
    finally:
        close(person, place)

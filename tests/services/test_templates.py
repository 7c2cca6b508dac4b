"""Templates of a program: three folders, watched; filled in and remembered; one step of undo."""

import json
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from pytestqt.qtbot import QtBot

from dingcomposer.core.draft import Draft
from dingcomposer.core.messages import Kind
from dingcomposer.core.templates.documents import to_document
from dingcomposer.core.templates.template import BuiltIn, Template, TemplateField
from dingcomposer.services.draft_session import DraftSession
from dingcomposer.services.settings import MY_NAME, Settings
from dingcomposer.services.templates import Origin, Templates, put_into
from dingcomposer.storage.database import Database
from dingcomposer.storage.templates.files import ENDING, FieldValueStore, write_file

NOW = datetime(2026, 11, 30, 14, 45, tzinfo=ZoneInfo("Asia/Shanghai"))
TEMPLATE = Template("停机", Draft(text="{{系统}} {{my_name}}"), (TemplateField("系统"),), "运维")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(tmp_path / "settings.ini")


@pytest.fixture
def templates(qtbot: QtBot, tmp_path: Path, settings: Settings) -> Templates:
    (tmp_path / "shipped").mkdir()
    write_file(Template("放假", Draft(text="x")), tmp_path / "shipped" / f"holiday{ENDING}")
    values = FieldValueStore(Database(tmp_path / "data.db"))
    return Templates(
        tmp_path / "own",
        lambda: tmp_path / "shipped",
        values,
        settings,
        now=lambda: NOW,
        mask=lambda text: text.replace("SECRET", "***"),
    )


def names(templates: Templates) -> list[tuple[Origin, str]]:
    return [(one.origin, one.template.name) for one in templates.known]


def test_own_ones_come_first_and_what_ships_cannot_be_changed(templates: Templates) -> None:
    assert names(templates) == [(Origin.SHIPPED, "放假")]
    saved = templates.save(TEMPLATE)
    assert names(templates) == [(Origin.OWN, "停机"), (Origin.SHIPPED, "放假")]
    shipped = templates.known[-1]
    copy = templates.save(Template("放假", Draft(text="y")), shipped)
    assert copy.origin is Origin.OWN
    assert templates.get(shipped.key) == shipped
    templates.delete(shipped)
    assert shipped.path.exists()
    templates.delete(saved)
    assert not saved.path.exists()


def test_a_file_that_somebody_copies_into_the_folder_appears_and_goes_by_itself(
    templates: Templates, qtbot: QtBot
) -> None:
    templates.save(TEMPLATE)
    path = templates.own_folder / f"neu{ENDING}"
    with qtbot.waitSignal(templates.changed):
        path.write_text(json.dumps(to_document(Template("新", Draft(text="x")))), encoding="utf-8")
    assert (Origin.OWN, "新") in names(templates)
    with qtbot.waitSignal(templates.changed):
        path.write_text("{", encoding="utf-8")
    assert [one.path for one in templates.broken] == [path]
    with qtbot.waitSignal(templates.changed):
        path.unlink()
    assert templates.broken == ()


def test_a_shared_folder_is_watched_from_the_moment_it_is_chosen(
    templates: Templates, tmp_path: Path, qtbot: QtBot
) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    templates.share(shared)
    with qtbot.waitSignal(templates.changed):
        write_file(TEMPLATE, shared / f"a{ENDING}")
    assert (Origin.SHARED, "停机") in names(templates)
    again = templates.save(TEMPLATE, templates.get(f"shared/a{ENDING}"))
    assert again.origin is Origin.OWN
    templates.share(None)
    assert Origin.SHARED not in {origin for origin, _ in names(templates)}
    templates.share(tmp_path / "gone")
    assert Origin.SHARED not in {origin for origin, _ in names(templates)}


def test_import_and_export_are_a_copied_file(templates: Templates, tmp_path: Path) -> None:
    saved = templates.save(TEMPLATE)
    written = templates.export(saved, tmp_path / "out.json")
    assert written == tmp_path / f"out{ENDING}"
    assert written.read_bytes() == saved.path.read_bytes()
    templates.delete(saved)
    assert templates.import_file(written).template == TEMPLATE


def test_values_and_my_name_are_remembered(templates: Templates, settings: Settings) -> None:
    saved = templates.save(TEMPLATE)
    assert BuiltIn.MY_NAME not in templates.built_in(saved.template)
    templates.remember(saved, {"系统": "OA", "my_name": " 王芳 ", "空": " "})
    assert settings.value(MY_NAME) == "王芳"
    assert templates.last_values(saved)["系统"] == ("OA",)
    assert "空" not in templates.last_values(saved)
    assert templates.built_in(saved.template) == {BuiltIn.MY_NAME: "王芳"}
    filling = templates.fill(saved.template, {"系统": "OA"}, {})
    assert filling.draft.text == "OA 王芳"


def test_using_one_is_one_step_of_undo_and_never_moves_a_target(qtbot: QtBot) -> None:
    session = DraftSession()
    session.set_target("duty")
    made = Draft(kind=Kind.MARKDOWN, title="停机", text="今晚")
    put_into(session, made)
    assert (session.draft, session.target_id) == (made, "duty")
    session.undo()
    assert session.draft == Draft()
    assert not session.can_undo
    session.redo()
    other = Draft(text="别的")
    put_into(session, other)
    assert (session.draft, session.target_id) == (other, None)
    session.undo()
    assert session.draft != other


def test_no_secret_is_written_into_a_template_or_among_its_values(
    templates: Templates, tmp_path: Path
) -> None:
    saved = templates.save(Template("t", Draft(text="webhook SECRET {{a}}")))
    assert saved.template.draft.text == "webhook *** {{a}}"
    templates.remember(saved, {"a": "SECRET"})
    assert templates.last_values(saved) == {"a": ("***",)}
    assert b"SECRET" not in saved.path.read_bytes()

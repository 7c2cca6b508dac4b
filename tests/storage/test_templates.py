"""Templates as files: written whole, read again, broken ones told; values remembered."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from dingcomposer.core.draft import Draft
from dingcomposer.core.templates.documents import TemplateError, TemplateFault, to_document
from dingcomposer.core.templates.template import Template, TemplateField
from dingcomposer.storage.database import Database
from dingcomposer.storage.templates.files import (
    ENDING,
    KEPT,
    MOST_BYTES,
    FieldValueStore,
    TemplateFiles,
    read_file,
    write_file,
)

TEMPLATE = Template("停机/维护: 一", Draft(text="{{系统}} 停机"), (TemplateField("系统"),), "运维")
AT = datetime(2026, 11, 30, 6, 45, tzinfo=UTC)


def test_what_is_saved_is_read_again_and_its_name_makes_a_files_name(tmp_path: Path) -> None:
    files = TemplateFiles(tmp_path / "templates")
    assert files.read() == ((), ())
    path = files.save(TEMPLATE)
    assert path.name == f"停机-维护-一{ENDING}"
    assert files.save(TEMPLATE).name == f"停机-维护-一-2{ENDING}"
    found, broken = files.read()
    assert [one.template for one in found] == [TEMPLATE, TEMPLATE]
    assert broken == ()
    assert not [one for one in (tmp_path / "templates").iterdir() if one.name.startswith(".")]


def test_saving_over_one_keeps_its_file(tmp_path: Path) -> None:
    files = TemplateFiles(tmp_path)
    path = files.save(TEMPLATE)
    other = Template("别的", Draft(text="x"))
    assert files.save(other, path) == path
    assert [one.template for one in files.read()[0]] == [other]


def test_a_copied_file_is_a_template_and_others_are_told(tmp_path: Path) -> None:
    write_file(TEMPLATE, tmp_path / f"a{ENDING}")
    (tmp_path / f"b{ENDING}").write_text("{", encoding="utf-8")
    (tmp_path / f"c{ENDING}").write_bytes(b"\xff\xfe")
    (tmp_path / f"d{ENDING}").write_text(
        json.dumps(to_document(TEMPLATE) | {"version": 9}), encoding="utf-8"
    )
    (tmp_path / f"e{ENDING}").write_text("[" * 100_000, encoding="utf-8")
    (tmp_path / f"f{ENDING}").mkdir()
    (tmp_path / "notes.json").write_text("{}", encoding="utf-8")
    found, broken = TemplateFiles(tmp_path).read()
    assert [one.template.name for one in found] == [TEMPLATE.name]
    assert [(one.path.name[0], one.fault) for one in broken] == [
        ("b", TemplateFault.NOT_ONE),
        ("c", TemplateFault.NOT_ONE),
        ("d", TemplateFault.NEWER),
        ("e", TemplateFault.NOT_ONE),
        ("f", TemplateFault.NOT_ONE),
    ]


def test_a_file_with_a_mark_at_its_beginning_is_read_and_a_huge_one_is_not(tmp_path: Path) -> None:
    path = tmp_path / f"a{ENDING}"
    path.write_text(json.dumps(to_document(TEMPLATE)), encoding="utf-8-sig")
    assert read_file(path) == TEMPLATE
    path.write_bytes(b" " * (MOST_BYTES + 1))
    with pytest.raises(TemplateError):
        read_file(path)


def test_where_it_cannot_be_written_the_old_file_stays_and_nothing_else_does(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "file"
    folder.write_text("x", encoding="utf-8")
    with pytest.raises(OSError, match=r".*"):
        TemplateFiles(folder / "below").save(TEMPLATE)


def test_the_newest_values_of_a_field_are_remembered(tmp_path: Path) -> None:
    database = Database(tmp_path / "data.db")
    store = FieldValueStore(database)
    assert store.last("own/a") == {}
    for number in range(KEPT + 3):
        values = {"系统": f"系统{number}", "人": "13800000001"}
        store.remember("own/a", values, AT + timedelta(minutes=number))
    store.remember("own/a", {"系统": "系统4"}, AT + timedelta(hours=1))
    store.remember("own/b", {"系统": "x"}, AT)
    assert store.last("own/a") == {
        "系统": ("系统4", "系统7", "系统6", "系统5", "系统3"),
        "人": ("13800000001",),
    }
    store.forget("own/a")
    assert store.last("own/a") == {}
    assert store.last("own/b") == {"系统": ("x",)}
    database.close()

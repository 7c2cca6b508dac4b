"""Templates in commands: listed, shown, and filled in by options and by files."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from dingcomposer.cli.answers import ExitCode
from dingcomposer.core.contacts import Contact
from dingcomposer.core.draft import Draft
from dingcomposer.core.messages import Kind
from dingcomposer.core.robot import Stage
from dingcomposer.core.templates.template import FieldKind, Template, TemplateField
from dingcomposer.storage.templates.files import TemplateFiles
from tests.fakes.terminal import GROUP, Terminal, told

NOTICE = Template(
    "值班",
    Draft(
        kind=Kind.MARKDOWN,
        title="值班 {{日期}}",
        text="{{群名}}：{{谁}} 值班\n\n{{备注}}\n\n版本 {{版本}}",
    ),
    (
        TemplateField("日期", FieldKind.DATE),
        TemplateField("谁", FieldKind.PERSON),
        TemplateField("备注", is_optional=True),
        TemplateField("版本", default="1.0"),
    ),
)
LI = Contact("李四", "13800000001", "lisi")


@pytest.fixture
def notice(terminal: Terminal) -> Path:
    """The file of a template of the person's own."""
    terminal.add_contacts(LI, Contact("王五", user_id="wang1"), Contact("王五", user_id="wang2"))
    terminal.add_robot(Stage.TEST)
    return TemplateFiles(terminal.data_dir / "templates").save(NOTICE)


def send(terminal: Terminal, *arguments: str, typed: str = "") -> str:
    result = terminal.run("send", "--robot", GROUP, *arguments, typed=typed)
    assert result.exit_code == ExitCode.DELIVERED, result.output
    body = json.loads(terminal.server.exchanges()[-1].body)
    return f"{body['markdown']['title']}|{body['markdown']['text']}|{body['at']}"


@pytest.mark.usefixtures("notice")
def test_a_template_is_filled_in_and_sent(terminal: Terminal) -> None:
    sent = send(terminal, "--template", "值班", "--field", "日期=2026-12-01", "--field", "谁=李四")
    assert "12月1日（周二）|" in sent
    assert f"|{GROUP}：@13800000001 值班\n" in sent
    assert sent.index("版本 1.0") < sent.index("'atMobiles': ['13800000001']")


@pytest.mark.usefixtures("notice")
def test_a_file_gives_the_values_as_they_are_written(terminal: Terminal, tmp_path: Path) -> None:
    values = tmp_path / "values.yaml"
    values.write_text(
        "日期: 2026-12-01\n谁: [lisi, 13900000000]\n版本: 1.10\n备注: 007\n", encoding="utf-8"
    )
    sent = send(terminal, "--template", "值班", "--values", str(values), "--field", "备注=*改*")
    assert "版本 1.10" in sent
    assert r"\*改\*" in sent, "an option outdoes the file, and its signs are only signs"
    assert "@lisi @13900000000" in sent
    typed = json.dumps({"日期": "2026-12-01", "谁": "李四", "版本": 1.5})
    assert "版本 1.5" in send(terminal, "--template", "值班", "--values", "-", typed=typed)


def test_a_file_of_a_template_needs_no_folder(terminal: Terminal, notice: Path) -> None:
    elsewhere = notice.rename(terminal.data_dir / "x.template.json")
    fields = ("--field", "日期=2026-12-01", "--field", "谁=13800000001")
    assert "@13800000001" in send(terminal, "--template", str(elsewhere), *fields)


@pytest.mark.usefixtures("notice")
@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--template", "没有"), "No template is called '没有'"),
        (("--template", "值班", "--text", "a"), "Give the message once"),
        (("--text", "a", "--field", "a=b"), "--field and --values belong to --template"),
        (("--template", "值班", "--field", "日期"), "write it like name=value"),
        (("--template", "值班", "--field", "日期=1", "--field", "日期=2"), "given twice"),
        (("--template", "值班", "--field", "错=1"), "has no field '错'. Its fields: 日期, 谁"),
        (("--template", "值班", "--field", "日期=明天"), "is not a date such as 2026-12-01"),
        (("--template", "值班", "--field", "谁=赵六"), "谁: 赵六: no contact is called so"),
        (("--template", "值班", "--field", "谁=王五"), "several contacts are called so"),
        (("--template", "值班", "--field", "谁=1.38E+10"), "this number is not whole"),
        (("--template", "值班", "--field", "谁=李四"), "Still empty: 日期"),
        (("--template", "值班", "--values", "-"), "<stdin>, line 2: it is neither YAML nor JSON"),
    ],
)
def test_what_does_not_fit_is_a_sentence_and_nothing_leaves(
    terminal: Terminal, arguments: Sequence[str], words: str
) -> None:
    result = terminal.run("send", "--robot", GROUP, *arguments, typed="a: 1\n- b: [")
    assert result.exit_code == ExitCode.USAGE, result.output
    assert words in result.stderr
    assert terminal.server.exchanges() == ()


@pytest.mark.usefixtures("notice")
def test_each_of_several_groups_gets_its_own_name_and_is_remembered_by_it(
    terminal: Terminal,
) -> None:
    fields = ("--field", "日期=2026-12-01", "--field", "谁=李四")
    one = terminal.run("check", "--robot", GROUP, "--template", "值班", *fields)
    assert one.exit_code == 0, one.output
    terminal.add_robot(Stage.TEST, "二群", "r-2")
    both = ("--robot", GROUP, "--robot", "二群")
    several = terminal.run("check", *both, "--template", "值班", *fields)
    assert several.exit_code == 0, several.output
    send = ("send", *both, "--template", "值班", *fields, "--if-not-sent-within", "1h")
    sent = terminal.run(*send)
    assert sent.exit_code == 0, sent.output
    arrived = [str(one.message) for one in terminal.server.exchanges()]
    assert len(arrived) == 2
    assert all("{{" not in one for one in arrived)
    assert [GROUP in one for one in arrived] != ["二群" in one for one in arrived]
    again = terminal.run(*send)
    assert again.exit_code == 0, again.output
    assert "Sent before, and not now" in again.stderr
    assert len(terminal.server.exchanges()) == 2
    given = terminal.run("check", *both, "--template", "值班", *fields, "--field", "群名=各群")
    assert given.exit_code == 0, given.output


@pytest.mark.usefixtures("notice")
def test_the_list_has_all_languages_and_a_persons_own_first(terminal: Terminal) -> None:
    result = terminal.run("templates", "list", "--json")
    found = told(result)["templates"]
    assert (found[0]["name"], found[0]["origin"]) == ("值班", "own")
    assert [one["name"] for one in found[0]["fields"]] == ["日期", "谁", "备注", "版本"]
    assert found[0]["built_in"] == ["group_name"]
    assert {one["language"] for one in found if one["origin"] == "shipped"} == {"zh_CN", "en"}
    lines = terminal.run("templates", "list").stdout.splitlines()
    assert lines[0] == "值班  (own)  日期, 谁, 备注, 版本"
    assert len(lines) == len(found)


def test_show_tells_the_fields_or_gives_the_file(terminal: Terminal, notice: Path) -> None:
    shown = terminal.run("templates", "show", "值班").stdout
    assert "  日期: date\n" in shown
    assert "  备注: text; optional\n" in shown
    document = told(terminal.run("templates", "show", "值班", "--json"))
    assert document["template"] == json.loads(notice.read_text(encoding="utf-8"))
    unknown = terminal.run("templates", "show", "没有")
    assert unknown.exit_code == ExitCode.USAGE


def test_two_of_one_name_must_be_told_apart(terminal: Terminal, notice: Path) -> None:
    second = TemplateFiles(notice.parent).save(NOTICE)
    result = terminal.run("templates", "show", "值班")
    assert result.exit_code == ExitCode.USAGE
    assert f"name the file: {second}, {notice}" in result.stderr or (
        f"name the file: {notice}, {second}" in result.stderr
    )
    assert terminal.run("templates", "show", second.name).exit_code == 0

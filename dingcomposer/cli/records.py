"""`history`, `templates` and `verify`: what is remembered, for people and for scripts."""

import sys
from pathlib import Path

import click

from dingcomposer.cli.answers import ExitCode, answer
from dingcomposer.cli.names import robots
from dingcomposer.cli.names import templates as template_names
from dingcomposer.cli.options import (
    CommonOptions,
    GroupOfOptionsOnce,
    OptionsOnce,
    dumped,
    tell,
)
from dingcomposer.core.delivery import Status

MOST_ROWS = 10_000


@click.command(cls=OptionsOnce)
@click.option(
    "--robot",
    "robot_name",
    metavar="NAME",
    shell_complete=robots,
    help="Only what went to this robot.",
)
@click.option("--status", type=click.Choice([one.value for one in Status]), help="Only these.")
@click.option("-n", "--limit", type=click.IntRange(1, MOST_ROWS), default=20, show_default=True)
@click.option("--json", "is_json", is_flag=True, help="One JSON object on standard output.")
def history(robot_name: str | None, status: str | None, limit: int, is_json: bool) -> None:
    """Show what was sent, the newest first."""
    from dingcomposer.cli.engine_session import engine_session
    from dingcomposer.cli.outcomes import as_json, line_of

    common: CommonOptions = click.get_current_context().obj
    with engine_session(common) as session:
        robot_id = session.robot(robot_name).robot_id if robot_name else None
        rows = session.engine.history.page(
            limit=limit, robot_id=robot_id, status=Status(status) if status else None
        )
    if is_json:
        answer(ExitCode.DELIVERED, sends=[as_json(row) for row in rows])
        return
    for row in rows:
        at = row.created_at.astimezone()
        tell(f"{at:%Y-%m-%d %H:%M:%S}  {line_of(row)}  {row.headline}")


@click.command(cls=OptionsOnce)
@click.option("--data-dir", type=click.Path(path_type=Path), help="As before the command.")
@click.option("--file", type=click.Path(path_type=Path), help="A database, such as a backup.")
@click.option("--quiet", "is_quiet", is_flag=True, help="No progress.")
@click.option("--json", "is_json", is_flag=True, help="One JSON object on standard output.")
def verify(data_dir: Path | None, file: Path | None, is_quiet: bool, is_json: bool) -> None:
    """Say whether the history is whole, or where a send was changed, removed or put in.

    Ends with 0 where everything fits, 1 where not, 2 where it cannot be read.
    """
    from dingcomposer import paths
    from dingcomposer.cli.verify import check_chain

    common: CommonOptions = click.get_current_context().obj
    path = file or paths.places(data_dir or common.data_dir).database
    sys.exit(check_chain(path, is_quiet=is_quiet or common.is_quiet, is_json=is_json))


@click.group(cls=GroupOfOptionsOnce)
def templates() -> None:
    """List the templates, or show one: what --template of the other commands takes."""


@templates.command(name="list")
@click.option("--json", "is_json", is_flag=True, help="One JSON object on standard output.")
def list_templates(is_json: bool) -> None:
    """List the templates: your own, those of the shared folder, and those that ship."""
    from dingcomposer.cli.filling import as_json, known_templates

    common: CommonOptions = click.get_current_context().obj
    known = known_templates(common.data_dir, common.say)
    if is_json:
        answer(ExitCode.DELIVERED, templates=[as_json(one) for one in known])
        return
    for one in known:
        fields = ", ".join(field.name for field in one.template.asked)
        tell(f"{one.template.name}  ({one.origin.value})  {fields}".rstrip())


@templates.command()
@click.argument("name", shell_complete=template_names)
@click.option("--json", "is_json", is_flag=True, help="One JSON object on standard output.")
def show(name: str, is_json: bool) -> None:
    """Show what the template NAME asks for, and its message."""
    from dingcomposer.cli.filling import template_called
    from dingcomposer.core.templates.documents import to_document

    common: CommonOptions = click.get_current_context().obj
    template = template_called(common.data_dir, name, common.say)
    document = to_document(template)
    if is_json:
        answer(ExitCode.DELIVERED, template=document)
        return
    tell(document["name"])
    if document["about"]:
        tell(document["about"])
    for field in template.asked:
        told = [field.kind.value]
        told += ["optional"] if field.is_optional else []
        told += [f"default {field.default}"] if field.default else []
        told += [f"one of {', '.join(field.choices)}"] if field.choices else []
        tell(f"  {field.name}: {'; '.join(told)}")
    tell(dumped(document["message"]))

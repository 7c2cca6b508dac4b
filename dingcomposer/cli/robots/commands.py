"""`robots` and its options: list, lists, export, import."""

import sys
from pathlib import Path
from typing import Any

import click

from dingcomposer.cli.options import CommonOptions, GroupOfOptionsOnce

KINDS = ("robots", "lists", "templates", "contacts", "schedules")
_file = click.Path(dir_okay=False, path_type=Path)


@click.group(cls=GroupOfOptionsOnce, invoke_without_command=True)
@click.option("--json", "is_json", is_flag=True, help="One JSON object on standard output.")
@click.option("--all", "is_all", is_flag=True, help="Archived ones too.")
@click.pass_context
def robots(context: click.Context, is_json: bool, is_all: bool) -> None:
    """List the robots, without their secrets; or carry them out and in."""
    if context.invoked_subcommand is None:
        context.invoke(list_robots, is_json=is_json, is_all=is_all)


@robots.command(name="list")
@click.option("--json", "is_json", is_flag=True, help="One JSON object on standard output.")
@click.option("--all", "is_all", is_flag=True, help="Archived ones too.")
def list_robots(is_json: bool, is_all: bool) -> None:
    """List the robots, without their secrets."""
    from dingcomposer.cli.robots import listing

    listing.list_robots(_common(), is_json=is_json, is_all=is_all)


@robots.command()
@click.option("--json", "is_json", is_flag=True, help="One JSON object on standard output.")
def lists(is_json: bool) -> None:
    """List the lists of robots, and who is in each."""
    from dingcomposer.cli.robots import listing

    listing.list_lists(_common(), is_json=is_json)


def _passphrase(command: Any) -> Any:
    """The two ways in which a script gives a passphrase; never as an argument."""
    for option in (
        click.option(
            "--passphrase-file",
            type=click.File(encoding="utf-8"),
            help="Its first line.",
        ),
        click.option("--passphrase-env", metavar="NAME", help="Variable that holds it."),
    ):
        command = option(command)
    return command


@robots.command(name="export")
@click.argument("file", type=_file)
@click.option("--sealed", "is_sealed", is_flag=True, help="With webhooks, behind a passphrase.")
@_passphrase
@click.option("--only", "only", multiple=True, type=click.Choice(KINDS), help="Only these.")
@click.option("--force", "is_forced", is_flag=True, help="Write over a file that is there.")
@click.option("--json", "is_json", is_flag=True, help="One JSON object on standard output.")
def export_robots(file: Path, **options: Any) -> None:
    """Write robots, lists, templates, contacts and schedules to FILE (.dingcomposer).

    Without a passphrase no webhook and no secret is in it. With one (--sealed asks for it) the file
    has all, sealed in the age format.
    """
    from dingcomposer.cli.robots import moving

    sys.exit(moving.export(_common(), file, moving.ExportOptions(**options)))


@robots.command(name="import")
@click.argument("file", type=_file)
@_passphrase
@click.option("--dry-run", "is_dry_run", is_flag=True, help="Say what is in it; write nothing.")
@click.option("-y", "--yes", "is_agreed", is_flag=True, help="Do not ask.")
@click.option("--take", multiple=True, type=click.Choice(KINDS), help="The file's, if different.")
@click.option("--without", multiple=True, type=click.Choice(KINDS), help="Leave these out.")
@click.option("--allow-host", "hosts", multiple=True, metavar="HOST", help="It is right.")
@click.option("--tag", "tags", multiple=True, help="Of a table: give its robots this tag.")
@click.option("--json", "is_json", is_flag=True, help="One JSON object on standard output.")
def import_robots(file: Path, **options: Any) -> None:
    """Read FILE: a .dingcomposer file, or a table or JSON of webhooks (CSV, XLSX, XLS, ODS).

    What is new is added, what differs stays as it is here unless --take says otherwise; nothing
    that is here is lost. All of it is written, or nothing.
    """
    from dingcomposer.cli.robots import moving

    sys.exit(moving.import_(_common(), file, moving.ImportOptions(**options)))


def _common() -> CommonOptions:
    common = click.get_current_context().find_object(CommonOptions)
    assert common is not None
    return common

"""`preview`: a message as its group will see it, as the PNG that the window's export writes."""

import sys
from pathlib import Path
from typing import Any

import click

from dingcomposer.cli.answers import ConfigurationError, ExitCode, answer
from dingcomposer.cli.names import robots
from dingcomposer.cli.options import CommonOptions, MessageInput, OptionsOnce, message_options


@click.command(cls=OptionsOnce)
@click.option("-o", "--output", metavar="FILE", required=True, help="The PNG; - is stdout.")
@click.option(
    "--robot",
    metavar="NAME",
    shell_complete=robots,
    help="The robot that posts it: its name and colour.",
)
@click.option(
    "--device",
    type=click.Choice(["pc", "phone", "both"]),
    default="pc",
    show_default=True,
    help="What shows it.",
)
@click.option("--dark", "is_dark", is_flag=True, help="In DingTalk's dark appearance.")
@click.option("--bare", is_flag=True, help="The card alone, without name and ground.")
@click.option("--no-pictures", is_flag=True, help="Fetch no pictures: draw a place for each.")
@click.option("--json", "is_json", is_flag=True, help="One JSON object on standard output.")
@message_options
def preview(message_input: MessageInput, **options: Any) -> None:
    """Draw a message as the window shows and exports it.

    This command alone loads what draws windows; on Linux it needs no screen.
    """
    common: CommonOptions = click.get_current_context().obj
    message_input.demand_sense()
    if options["is_json"] and options["output"] == "-":
        raise click.UsageError("Standard output has room for one: --json or the picture.")
    if common.renderer is None:
        raise click.UsageError("Nothing draws here: run dingcomposer, or python -m dingcomposer.")
    # Before the engine: Qt has one application object, and drawing needs the larger one.
    draw = common.renderer(common.data_dir)
    from dingcomposer.cli.engine_session import engine_session
    from dingcomposer.core.contacts import names_of
    from dingcomposer.services.outbox import message_for

    output, device = options["output"], options["device"]
    with engine_session(common) as session:
        robot = session.robot(options["robot"]) if options["robot"] is not None else None
        contacts = session.contacts
        message = message_input.read(
            common,
            group_name="" if robot is None else robot.name,
            contacts=contacts,
            must_be_whole=False,
        )
        picture = draw(
            message_for(None, message),
            names_of(contacts),
            robot=None if robot is None else (robot.name, robot.colour),
            devices=("pc", "phone") if device == "both" else (device,),
            is_dark=options["is_dark"],
            has_frame=not options["bare"],
            loads_pictures=not options["no_pictures"],
        )
    _write(picture, output)
    common.say(f"Drawn: {output}" if output != "-" else "Drawn.")
    if options["is_json"]:
        answer(ExitCode.DELIVERED, file=output, bytes=len(picture))


def _write(picture: bytes, output: str) -> None:
    if output == "-":
        sys.stdout.buffer.write(picture)
        return
    from dingcomposer.interchange.bundles.container import write_whole

    try:
        write_whole(Path(output), picture, mode=0o666)
    except OSError as error:
        raise ConfigurationError(f"{output} cannot be written: {error.strerror}.") from None

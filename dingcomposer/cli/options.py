"""The options that commands share: where they work, and where their message comes from.

As in all modules with options nothing is imported before a command runs: its help is quick.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import click

if TYPE_CHECKING:
    from dingcomposer.core.messages import Message

MOST_CHARACTERS = 1_000_000


class CommonOptions:
    """What all commands share: where they work, and how much they say."""

    def __init__(self, data_dir: Path | None, *, is_quiet: bool, is_verbose: bool) -> None:
        self.data_dir = data_dir
        self.is_quiet = is_quiet
        self.is_verbose = is_verbose

    def say(self, words: str) -> None:
        """A line for the person, on standard error: standard output is for what was asked for."""
        if not self.is_quiet:
            click.echo(words, err=True)


@dataclass(frozen=True, slots=True)
class MessageInput:
    """What the options say the message is; exactly one source is given."""

    text: str | None
    markdown: TextIO | None
    title: str | None
    payload: TextIO | None
    mobiles: tuple[str, ...]
    user_ids: tuple[str, ...]
    is_all: bool

    def read(self) -> "Message":
        """The message. Raises click.UsageError, in words."""
        sources = (self.text, self.markdown, self.payload)
        if sum(one is not None for one in sources) != 1:
            raise click.UsageError("Give the message once: --text, --markdown or --payload.")
        if self.title is not None and self.markdown is None:
            raise click.UsageError("--title belongs to --markdown.")
        return self._with_mentions(self._read())

    def _read(self) -> "Message":
        from dingcomposer.core.messages import Markdown, Text
        from dingcomposer.core.payload import PayloadError, from_payload

        if self.text is not None:
            return Text(self.text)
        if self.markdown is not None:
            if not self.title:
                raise click.UsageError("--markdown needs a --title: the group's list shows it.")
            return Markdown(self.title, _contents(self.markdown))
        assert self.payload is not None
        try:
            reading = from_payload(json.loads(_contents(self.payload)))
        except json.JSONDecodeError as error:
            where = f"line {error.lineno}, column {error.colno}"
            raise click.UsageError(f"The payload is no JSON: {error.msg} ({where}).") from None
        except PayloadError as error:
            raise click.UsageError(f"The payload is no message: {error}.") from None
        for note in reading.notes:
            click.echo(f"note: {note.code.replace('_', ' ')}: {note.path}", err=True)
        return reading.message

    def _with_mentions(self, message: "Message") -> "Message":
        if not (self.mobiles or self.user_ids or self.is_all):
            return message
        from dingcomposer.core.messages import ActionCard, Markdown, Mentions, Text

        if not isinstance(message, Text | Markdown | ActionCard):
            raise click.UsageError("Only a text, markdown or card can mention somebody.")
        known = message.at or Mentions()
        return replace(
            message,
            at=Mentions(
                tuple(dict.fromkeys((*known.mobiles, *self.mobiles))),
                tuple(dict.fromkeys((*known.user_ids, *self.user_ids))),
                known.is_all or self.is_all,
            ),
        )


@dataclass(frozen=True, slots=True)
class SendOptions:
    """How the message is to be sent, and to whom."""

    robots: tuple[str, ...]
    robot_list: str | None
    webhook_env: str | None
    secret_env: str | None
    is_json: bool
    is_dry_run: bool
    is_waiting: bool
    is_agreed: bool
    is_insisting: bool
    msg_uuid: str | None
    if_not_sent_within: timedelta | None

    def demand_sense(self) -> None:
        """Raises click.UsageError where the options contradict each other."""
        given = (bool(self.robots), self.robot_list is not None, self.webhook_env is not None)
        if sum(given) != 1:
            raise click.UsageError(
                "Name --robot or --list, or --webhook-env for a robot without a profile."
            )
        if self.secret_env is not None and self.webhook_env is None:
            raise click.UsageError("--secret-env belongs to --webhook-env: robots know theirs.")
        if self.msg_uuid is not None and (len(self.robots) > 1 or self.robot_list is not None):
            raise click.UsageError("--msg-uuid is one send's: name one robot.")


def message_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that say what the message is; the command gets them as `message_input`."""

    @wraps(command)
    def with_input(**given: Any) -> Any:
        names = ("text", "markdown", "title", "payload", "at_mobile", "at_user", "at_all")
        return command(message_input=MessageInput(*map(given.pop, names)), **given)

    decorated: Callable[..., Any] = with_input
    file = click.File(encoding="utf-8")
    for option in (
        click.option("--at-all", is_flag=True, help="Mention everybody (@所有人)."),
        click.option("--at-user", multiple=True, metavar="ID", help="Mention a user ID."),
        click.option("--at-mobile", multiple=True, metavar="NUMBER", help="Mention a mobile."),
        click.option("--payload", type=file, metavar="FILE", help="The JSON body; - is stdin."),
        click.option("--title", help="The title of --markdown."),
        click.option("--markdown", type=file, metavar="FILE", help="A markdown file; - is stdin."),
        click.option("--text", help="A plain text message."),
    ):
        decorated = option(decorated)
    return decorated


def _contents(file: TextIO) -> str:
    try:
        contents = file.read(MOST_CHARACTERS + 1)
    except UnicodeDecodeError:
        raise click.UsageError(f"{file.name} is not UTF-8.") from None
    if len(contents) > MOST_CHARACTERS:
        raise click.UsageError(f"{file.name} is longer than any message.")
    return contents

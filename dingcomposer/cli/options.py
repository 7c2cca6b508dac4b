"""The options that commands share: where they work, and where their message comes from.

As in all modules with options nothing is imported before a command runs: its help is quick.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TextIO

import click

from dingcomposer.cli import names
from dingcomposer.core.records import dataclass

if TYPE_CHECKING:
    from dingcomposer.core.checks.problems import Problem
    from dingcomposer.core.contacts import Contact
    from dingcomposer.core.messages import Message
    from dingcomposer.core.payload import PayloadError

MOST_CHARACTERS = 1_000_000
BYTE_ORDER_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"


class DrawMessage(Protocol):
    """Draws a message as the window's export does: PNG."""

    def __call__(
        self,
        message: "Message",
        names: Mapping[str, str],
        *,
        robot: tuple[str, str] | None,
        devices: tuple[str, ...],
        is_dark: bool,
        has_frame: bool,
        loads_pictures: bool,
    ) -> bytes:
        """The picture; `robot` is its name and colour, `devices` are "pc" and "phone"."""


Renderer = Callable[[Path | None], DrawMessage]
"""Makes what draws, for a data folder; Qt's application then is one with widgets."""
ProblemWords = Callable[["Problem"], str]
"""Says what a check found: the window's own words, which a command may not import."""


class OptionsOnce(click.Command):
    """A command that refuses an option twice where it takes one value: one would be lost."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """As click does, which takes the last of several without a word."""
        if not ctx.resilient_parsing:
            given = self.make_parser(ctx).parse_args(args=[*args])[2]
            for one in given:
                takes_one = isinstance(one, click.Option) and not (one.multiple or one.is_flag)
                if takes_one and given.count(one) > 1:
                    raise click.UsageError(f"{one.opts[0]} is given twice.", ctx)
        return super().parse_args(ctx, args)


class GroupOfOptionsOnce(click.Group):
    """A group of such commands."""

    command_class = OptionsOnce


class CommonOptions:
    """What all commands share: where they work, how much they say, and who draws for them."""

    def __init__(
        self,
        data_dir: Path | None,
        *,
        is_quiet: bool,
        is_verbose: bool,
        renderer: Renderer | None = None,
        sentence: "ProblemWords | None" = None,
    ) -> None:
        self.data_dir = data_dir
        self.is_quiet = is_quiet
        self.is_verbose = is_verbose
        self.renderer = renderer
        self._sentence = sentence

    def sentence(self, problem: "Problem") -> str:
        """A finding of a check, in the window's words where they are at hand."""
        return self._sentence(problem) if self._sentence is not None else _spelt(problem)

    def say(self, words: str) -> None:
        """A line for the person, on standard error: standard output is for what was asked for."""
        if not self.is_quiet:
            tell(words, is_error=True)


def tell(words: str, *, is_error: bool = False) -> None:
    """Lines for a person: whatever stands in a name or an answer, the terminal obeys none of it."""
    from dingcomposer.core.plain_text import printable

    click.echo("\n".join(map(printable, words.split("\n"))), err=is_error)


def dumped(value: object, *, indent: int | None = 2) -> str:
    """JSON for standard output."""
    from dingcomposer.core.plain_text import printable_json

    return printable_json(json.dumps(value, ensure_ascii=False, indent=indent))


@dataclass(frozen=True, slots=True)
class MessageInput:
    """What the options say the message is; exactly one source is given."""

    text: str | None
    markdown: TextIO | None
    title: str | None
    payload: TextIO | None
    template: str | None
    fields: tuple[tuple[str, str], ...]
    values: TextIO | None
    mobiles: tuple[str, ...]
    user_ids: tuple[str, ...]
    is_all: bool

    @property
    def has_source(self) -> bool:
        """Whether they say what the message is."""
        return self._sources > 0

    @property
    def has_mentions(self) -> bool:
        """Whether they say who is mentioned."""
        return bool(self.mobiles or self.user_ids or self.is_all)

    @property
    def has_content(self) -> bool:
        """Whether they say anything of the message."""
        has_values = bool(self.fields) or self.values is not None
        return self.has_source or self.has_mentions or has_values

    @property
    def _sources(self) -> int:
        sources = (self.text, self.markdown, self.payload, self.template)
        return sum(one is not None for one in sources)

    def demand_sense(self, *, may_be_left_out: bool = False) -> None:
        """Raises click.UsageError where the options contradict each other.

        Where the message may be left out, values alone are for the template that is there.
        """
        if self._sources > 1 or not (self._sources or may_be_left_out):
            raise click.UsageError(
                "Give the message once: --text, --markdown, --payload or --template."
            )
        if self.title is not None and self.markdown is None:
            raise click.UsageError("--title belongs to --markdown.")
        is_alien = self.template is None and (self.has_source or not may_be_left_out)
        if is_alien and (self.fields or self.values is not None):
            raise click.UsageError("--field and --values belong to --template.")
        streams = (self.markdown, self.payload, self.values)
        if sum(one is not None and one.name == "<stdin>" for one in streams) > 1:
            raise click.UsageError("Standard input can be read once: give files for the others.")

    def read(
        self,
        common: CommonOptions,
        *,
        group_name: str = "",
        contacts: "Sequence[Contact]" = (),
        must_be_whole: bool = True,
    ) -> "Message":
        """The message. Raises click.UsageError, in words.

        A template's built-in values and people come from the group's name and the contacts; where
        it need not be whole, fields may be left empty.
        """
        self.demand_sense()
        if self.template is None:
            return self._with_mentions(self._read())
        from dingcomposer.cli.filling import fill_in

        filled = fill_in(
            common.data_dir,
            self.template,
            self.field_values(),
            say=common.say,
            group_name=group_name,
            contacts=contacts,
            must_be_whole=must_be_whole,
        )
        return self._with_mentions(filled)

    def field_values(self) -> dict[str, str]:
        """What is given for a template's fields; an option outdoes the file."""
        from dingcomposer.cli.filling import values_in

        values = {}
        if self.values is not None:
            values = values_in(file_contents(self.values), self.values.name)
        return values | dict(self.fields)

    def _read(self) -> "Message":
        from dingcomposer.core.messages import Markdown, Text
        from dingcomposer.core.payload import PayloadError, from_payload

        if self.text is not None:
            return Text(self.text)
        if self.markdown is not None:
            if not self.title:
                raise click.UsageError("--markdown needs a --title: the group's list shows it.")
            return Markdown(self.title, file_contents(self.markdown))
        assert self.payload is not None
        try:
            reading = from_payload(json.loads(file_contents(self.payload)))
        except json.JSONDecodeError as error:
            where = f"line {error.lineno}, column {error.colno}"
            raise click.UsageError(f"The payload is no JSON: {error.msg} ({where}).") from None
        except PayloadError as error:
            raise click.UsageError(f"The payload is no message: {_payload_words(error)}.") from None
        for note in reading.notes:
            tell(f"note: {note.code.replace('_', ' ')}: {note.path}", is_error=True)
        return reading.message

    def _with_mentions(self, message: "Message") -> "Message":
        if not self.has_mentions:
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
    table: "TableOptions"

    def demand_sense(self) -> None:
        """Raises click.UsageError where the options contradict each other."""
        if self.table.path is not None:
            self._demand_sense_of_table()
            return
        if self.table != TableOptions():
            raise click.UsageError("The options of a table belong to --table.")
        given = (bool(self.robots), self.robot_list is not None, self.webhook_env is not None)
        if sum(given) != 1:
            raise click.UsageError(
                "Name --robot or --list, or --webhook-env for a robot without a profile."
            )
        if self.secret_env is not None and self.webhook_env is None:
            raise click.UsageError("--secret-env belongs to --webhook-env: robots know theirs.")
        if self.msg_uuid is not None and (len(self.robots) > 1 or self.robot_list is not None):
            raise click.UsageError("--msg-uuid is one send's: name one robot.")

    def _demand_sense_of_table(self) -> None:
        if self.msg_uuid is not None or self.if_not_sent_within is not None:
            raise click.UsageError(
                "--msg-uuid and --if-not-sent-within are for one message; run the same command"
                " again, and a table goes on where it was."
            )
        if self.robots and self.webhook_env is not None:
            raise click.UsageError("Name --robot, or --webhook-env for a robot without a profile.")
        if self.secret_env is not None and self.webhook_env is None:
            raise click.UsageError("--secret-env belongs to --webhook-env: robots know theirs.")
        has_robot = self.robots or self.webhook_env is not None or self.robot_list is not None
        if not has_robot and self.table.robot_column is None:
            raise click.UsageError("Name --robot for all rows, or the --robot-column.")
        if len(self.robots) > 1 or self.robot_list is not None:
            raise click.UsageError("Name one --robot for all rows, or the --robot-column.")


@dataclass(frozen=True, slots=True)
class TableOptions:
    """A table whose rows become a message each; without a path there is none."""

    path: Path | None = None
    sheet: str | None = None
    heading_row: int | None = None
    robot_column: str | None = None
    mention_column: str | None = None
    optional_columns: tuple[str, ...] = ()
    outcome: Path | None = None
    only_good_rows: bool = False


def _payload_words(error: "PayloadError") -> str:
    """Why a payload is no message, and where."""
    if not error.path:
        return "it is no JSON object"
    told = {
        "missing": "is missing",
        "wrong_type": "is of the wrong type",
        "unsupported": "is no type that a group robot can send",
        "other_type_filled": "is filled, but msgtype says another type",
    }
    return f"{error.path} {told.get(error.reason, error.reason.replace('_', ' '))}"


def _spelt(problem: "Problem") -> str:
    """A finding by its code, its field, and what it says in particular."""
    told = f"{problem.code.replace('_', ' ')} ({problem.field})"
    details = ", ".join(f"{name} {value}" for name, value in problem.params)
    return f"{told}: {details}" if details else told


def target_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that say for whom it is; the command gets them as `robots` and `robot_list`."""
    with_list = click.option(
        "--list",
        "robot_list",
        metavar="NAME",
        shell_complete=names.lists,
        help="All robots of a list, as it is set.",
    )(command)
    return click.option(
        "--robot",
        "robots",
        multiple=True,
        metavar="NAME",
        shell_complete=names.robots_and_lists,
        help="Robot or list; repeatable.",
    )(with_list)


def message_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that say what the message is; the command gets them as `message_input`."""

    @wraps(command)
    def with_input(**given: Any) -> Any:
        names = (
            *("text", "markdown", "title", "payload", "template", "fields", "values"),
            *("at_mobile", "at_user", "at_all"),
        )
        return command(message_input=MessageInput(*map(given.pop, names)), **given)

    decorated: Callable[..., Any] = with_input
    file = click.File(encoding="utf-8")
    for option in (
        click.option("--at-all", is_flag=True, help="Mention everybody (@所有人)."),
        click.option("--at-user", multiple=True, metavar="ID", help="Mention a user ID."),
        click.option("--at-mobile", multiple=True, metavar="NUMBER", help="Mention a mobile."),
        click.option(
            "--values", type=file, metavar="FILE", help="Its fields in YAML or JSON; - is stdin."
        ),
        click.option(
            "--field",
            "fields",
            multiple=True,
            callback=_read_fields,
            metavar="NAME=VALUE",
            shell_complete=names.fields,
            help="A field of the template; repeatable.",
        ),
        click.option(
            "--template",
            metavar="NAME",
            shell_complete=names.templates,
            help="A template, by its name or its file; see templates.",
        ),
        click.option("--payload", type=file, metavar="FILE", help="The JSON body; - is stdin."),
        click.option("--title", help="The title of --markdown."),
        click.option("--markdown", type=file, metavar="FILE", help="A markdown file; - is stdin."),
        click.option("--text", help="A plain text message."),
    ):
        decorated = option(decorated)
    return decorated


def _read_fields(
    _context: click.Context, _option: click.Parameter, given: tuple[str, ...]
) -> tuple[tuple[str, str], ...]:
    found: dict[str, str] = {}
    for one in given:
        name, is_there, value = one.partition("=")
        if not is_there or not name.strip():
            raise click.BadParameter(f"{one!r}: write it like name=value")
        if name.strip() in found:
            raise click.BadParameter(f"{name.strip()} is given twice")
        found[name.strip()] = value
    return tuple(found.items())


def file_contents(file: TextIO) -> str:
    """All of a file that was named in an option, but for the mark that some on Windows begin with.

    Raises click.UsageError.
    """
    try:
        contents = file.read(MOST_CHARACTERS + 1)
    except UnicodeDecodeError:
        raise click.UsageError(f"{file.name} is not UTF-8.") from None
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise click.UsageError(f"{file.name} cannot be read: {why}.") from None
    if len(contents) > MOST_CHARACTERS:
        raise click.UsageError(f"{file.name} is longer than any message.")
    return contents.removeprefix(BYTE_ORDER_MARK)

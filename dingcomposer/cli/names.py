"""What a shell completes beside options: robots, lists, templates with their fields, schedules.

Nothing is made, changed or asked for that, and no secret is read; what cannot be read is not
offered. A name that stands there twice is offered once.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from dingcomposer.storage.archive.reader import KnownNames


def robots(context: click.Context, _option: click.Parameter, begun: str) -> "list[CompletionItem]":
    """The robots' names."""
    return _items(((one.name, "robot") for one in _known(context).robots), begun)


def robots_and_lists(
    context: click.Context, _option: click.Parameter, begun: str
) -> "list[CompletionItem]":
    """The robots' names and those of the lists."""
    known = _known(context)
    offered = [(one.name, "robot") for one in known.robots]
    offered += [(one.name, "list") for one in known.lists]
    return _items(offered, begun)


def lists(context: click.Context, _option: click.Parameter, begun: str) -> "list[CompletionItem]":
    """The lists' names."""
    return _items(((one.name, "list") for one in _known(context).lists), begun)


def schedules(
    context: click.Context, _argument: click.Parameter, begun: str
) -> "list[CompletionItem]":
    """The schedules' names; of those that share one the ids."""
    known = _known(context).schedules
    names = [one.name for one in known]
    offered = [(one.name, "") for one in known if names.count(one.name) == 1]
    offered += [(one.entry_id, one.name) for one in known if names.count(one.name) > 1]
    return _items(offered, begun)


def removed_schedules(
    context: click.Context, _argument: click.Parameter, begun: str
) -> "list[CompletionItem]":
    """The ids of the schedules that can be had back."""
    return _items(((one.entry_id, one.name) for one in _known(context).removed), begun)


def templates(
    context: click.Context, _option: click.Parameter, begun: str
) -> "list[CompletionItem]":
    """The templates' names."""
    from dingcomposer.cli.filling import known_templates

    known = known_templates(context.find_root().params.get("data_dir"), _say_nothing)
    return _items(((one.template.name, one.template.about) for one in known), begun)


def fields(context: click.Context, _option: click.Parameter, begun: str) -> "list[CompletionItem]":
    """`NAME=` for each field of the template that is named before."""
    from dingcomposer.cli.filling import template_called

    name, data_dir = context.params.get("template"), context.find_root().params.get("data_dir")
    if not name:
        return []
    try:
        asked = template_called(data_dir, name, _say_nothing).asked
    except click.UsageError:
        return []
    return _items(((f"{one.name}=", one.hint) for one in asked), begun)


def _known(context: click.Context) -> "KnownNames":
    from dingcomposer import paths
    from dingcomposer.storage.archive.reader import KnownNames, read_names
    from dingcomposer.storage.database import StorageError

    data_dir = context.find_root().params.get("data_dir")
    try:
        return read_names(paths.places(data_dir).database)
    except StorageError:
        return KnownNames()


def _items(offered: "Iterable[tuple[str, str]]", begun: str) -> "list[CompletionItem]":
    from click.shell_completion import CompletionItem

    known = dict(reversed([(name, about) for name, about in offered if name.startswith(begun)]))
    return [CompletionItem(name, help=about or None) for name, about in reversed(known.items())]


def _say_nothing(_words: str) -> None:
    """A shell that completes has no place for a line."""

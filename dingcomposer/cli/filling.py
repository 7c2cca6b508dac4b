"""A template as the message of a command: found by its name, filled in with values."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import click

from dingcomposer import paths
from dingcomposer.core.contacts import Contact, names_of
from dingcomposer.core.contacts.resolving import PeopleByWords, PersonFault
from dingcomposer.core.draft import to_message
from dingcomposer.core.messages import Message
from dingcomposer.core.templates.documents import LANGUAGES, TemplateError
from dingcomposer.core.templates.filling import (
    Surroundings,
    ValueFault,
    addressed,
    fill,
    shown_value,
)
from dingcomposer.core.templates.template import FieldKind, Template, built_in_called
from dingcomposer.interchange.field_values import ValuesError, ValuesFault, read_values
from dingcomposer.services.settings import MY_NAME, TEMPLATE_FOLDER, Settings
from dingcomposer.services.templates import KnownTemplate, Origin, read_templates
from dingcomposer.storage.templates.files import ENDING, read_file

_FAULTS = {
    ValuesFault.NO_FORMAT: "it is neither YAML nor JSON",
    ValuesFault.NO_MAPPING: "it must be one mapping of names to values",
    ValuesFault.NESTED: "a value is a text, or a list of texts",
    ValuesFault.TWICE: "it stands there twice",
    ValuesFault.TOO_LONG: "it is longer than any message",
}
_FORMS = {
    FieldKind.DATE: "a date such as 2026-12-01",
    FieldKind.TIME: "a time such as 14:30",
    FieldKind.NUMBER: "a number",
}
_PEOPLE = {
    PersonFault.UNKNOWN: "no contact is called so: give a number or a user ID",
    PersonFault.AMBIGUOUS: "several contacts are called so: give a number or a user ID",
    PersonFault.NO_NUMBER: "this contact has no number",
    PersonFault.NUMBER_BROKEN: "this number is not whole",
}


Say = Callable[[str], None]
"""Says a line to the person, beside what was asked for."""


def known_templates(data_dir: Path | None, say: Say) -> tuple[KnownTemplate, ...]:
    """All that can be used: a person's own, the shared ones, those that ship in each language."""
    places, settings = paths.places(data_dir), _settings(data_dir)
    folders = [(Origin.OWN, places.data / "templates")]
    if shared := settings.value(TEMPLATE_FOLDER):
        folders.append((Origin.SHARED, Path(shared)))
    folders += [(Origin.SHIPPED, paths.resource(f"templates/{one}")) for one in LANGUAGES]
    known, broken = read_templates(folders)
    for one in broken:
        say(f"{one.path} is no template ({one.fault.value.replace('_', ' ')}).")
    return known


def template_called(data_dir: Path | None, name: str, say: Say) -> Template:
    """The template of a name, or of a file that is one. Raises click.UsageError.

    A person's own comes before a shared one, and that before one that ships.
    """
    path = Path(name)
    if name.endswith(ENDING) and paths.is_there(path) and path.is_file():
        try:
            return read_file(path)
        except TemplateError as error:
            raise click.UsageError(f"{name} is no template ({error.fault.value}).") from None
    called = [
        one for one in known_templates(data_dir, say) if name in (one.template.name, one.path.name)
    ]
    called = [one for one in called if one.origin is called[0].origin]
    if len(called) == 1:
        return called[0].template
    if called:
        files = ", ".join(str(one.path) for one in called)
        raise click.UsageError(f"Several templates are called {name!r}; name the file: {files}.")
    raise click.UsageError(f"No template is called {name!r}; see: dingcomposer templates list.")


def fill_in(
    data_dir: Path | None,
    name: str,
    given: Mapping[str, str],
    *,
    say: Say,
    group_name: str = "",
    contacts: Sequence[Contact] = (),
    must_be_whole: bool = True,
) -> Message:
    """The message of the template of this name, with these values. Raises click.UsageError.

    Where it need not be whole, what is still empty stays as a field, and is told. Without a
    `group_name` the field for it stays: each group gets its own as the message is sent.
    """
    template = template_called(data_dir, name, say)
    around = Surroundings(datetime.now(UTC).astimezone(), my_name(data_dir))
    values, names = checked_values(template, given, contacts, around.now.date())
    filling = fill(template, values, around, names)
    if filling.unfilled:
        told = f"Still empty: {', '.join(filling.unfilled)}."
        if must_be_whole:
            raise click.UsageError(f"{told} Give --field NAME=VALUE for each.")
        say(told)
    message = to_message(filling.draft)
    return addressed(message, group_name) if group_name else message


def checked_values(
    template: Template, given: Mapping[str, str], contacts: Sequence[Contact], today: date
) -> tuple[dict[str, str], Mapping[str, str]]:
    """The values with people by their numbers, and names by number. Raises click.UsageError.

    A value that the template does not ask for, or that its field does not take, is refused.
    """
    values = dict(given)
    _demand_known(template, values)
    names = dict(names_of(contacts))
    people = PeopleByWords(contacts)
    for field in template.asked:
        value = values.get(field.name, "")
        if not value.strip():
            continue
        if field.kind is FieldKind.PERSON:
            meant = people.find(value)
            for fault, words in meant.faults:
                raise click.UsageError(f"{field.name}: {words}: {_PEOPLE[fault]}.")
            names = {one: one for one in meant.people} | names
            values[field.name] = " ".join(meant.people)
            continue
        try:
            shown_value(field, value, template, today)
        except ValueFault:
            wanted = _FORMS.get(field.kind, "another value")
            raise click.UsageError(f"{field.name}: {value!r} is not {wanted}.") from None
    return values, names


def my_name(data_dir: Path | None) -> str:
    """What the field {{my_name}} is filled in with, as the window keeps it."""
    return _settings(data_dir).value(MY_NAME)


def values_in(text: str, file_name: str) -> dict[str, str]:
    """The values that a file holds. Raises click.UsageError, with the line."""
    try:
        return read_values(text)
    except ValuesError as error:
        where = f", line {error.line}" if error.line else ""
        field = f" ({error.name})" if error.name else ""
        told = f"{file_name}{where}{field}: {_FAULTS[error.fault]}."
        raise click.UsageError(told) from None


def as_json(known: KnownTemplate) -> dict[str, Any]:
    """A template as the JSON output has it.

    `name`, `origin` (own, shared, shipped), `file`, `folder`, `about`, `language`, `kind` (of the
    message), `fields` (each with `name`, `kind`, `default`, `hint`, `choices`, `is_optional`), and
    `built_in`, the names that are filled in by themselves.
    """
    template = known.template
    return {
        "name": template.name,
        "origin": known.origin.value,
        "file": str(known.path),
        "folder": template.folder,
        "about": template.about,
        "language": template.language,
        "kind": template.draft.kind.value,
        "fields": [
            {
                "name": one.name,
                "kind": one.kind.value,
                "default": one.default,
                "hint": one.hint,
                "choices": list(one.choices),
                "is_optional": one.is_optional,
            }
            for one in template.asked
        ],
        "built_in": [one.value for one in template.built_in],
    }


def _demand_known(template: Template, values: Mapping[str, str]) -> None:
    names = [one.name for one in template.asked]
    built_in = [name for name in values if built_in_called(name) is not None]
    odd = [name for name in values if name not in names and name not in built_in]
    if odd:
        has = ", ".join(names) or "none"
        raise click.UsageError(f"{template.name!r} has no field {odd[0]!r}. Its fields: {has}.")


def _settings(data_dir: Path | None) -> Settings:
    return Settings(paths.places(data_dir).config / "dingcomposer.ini")

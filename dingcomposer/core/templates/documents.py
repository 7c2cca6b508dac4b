"""A template as a JSON document: the one format in which it is stored, shared and shipped.

    {
      "format": "dingcomposer-template",
      "version": 1,
      "name": "Maintenance window",
      "folder": "Operations",
      "about": "When a system is not available, and for whom",
      "language": "en",
      "fields": [
        {"name": "System", "kind": "text", "default": "", "hint": "", "choices": [],
         "markdown": false, "optional": false}
      ],
      "message": {"msgtype": "markdown", "markdown": {"title": "…", "text": "… {{System}} …"}},
      "browser_links": false
    }

`message` is a message as it is posted, with fields `{{name}}` in its texts and addresses. Of a
field only its name is required; `kind` is one of text, choice, date, time, number, person, keyword.
"""

from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum
from typing import Any, Final

from dingcomposer.core.draft import from_message, to_message
from dingcomposer.core.payload import PayloadError, from_payload, to_payload
from dingcomposer.core.templates.template import FieldKind, Template, TemplateField

FORMAT: Final = "dingcomposer-template"
VERSION: Final = 1
NAME_CHARACTERS: Final = 60
LANGUAGES: Final = ("zh_CN", "en")


class TemplateFault(StrEnum):
    """Why a document is no template."""

    NOT_ONE = "not_one"  # something else, or nothing that can be read
    NEWER = "newer"  # of a version that this program does not know
    NO_NAME = "no_name"
    FIELD = "field"  # `place` is the field's name or number
    MESSAGE = "message"  # `place` is the path in the message


class TemplateError(Exception):
    """A document is no template; `place` says where the fault is."""

    def __init__(self, fault: TemplateFault, place: str = "") -> None:
        super().__init__(fault.value)
        self.fault = fault
        self.place = place


def to_document(template: Template) -> dict[str, Any]:
    """The template as a value for JSON. What its message's kind does not show is not in it."""
    draft = template.draft
    document: dict[str, Any] = {
        "format": FORMAT,
        "version": VERSION,
        "name": template.name,
        "folder": template.folder,
        "about": template.about,
        "language": template.language,
        "fields": [_field_document(one) for one in template.fields],
        "message": to_payload(to_message(replace(draft, browser_links=False))),
    }
    if draft.browser_links:
        document["browser_links"] = True
    return document


def from_document(document: object) -> Template:
    """The template that a parsed JSON value holds. Raises TemplateError."""
    if not isinstance(document, Mapping) or document.get("format") != FORMAT:
        raise TemplateError(TemplateFault.NOT_ONE)
    version = document.get("version")
    if not isinstance(version, int) or version > VERSION:
        raise TemplateError(TemplateFault.NEWER)
    name = " ".join(_text(document, "name").split())[:NAME_CHARACTERS]
    if not name:
        raise TemplateError(TemplateFault.NO_NAME)
    try:
        message = from_payload(document.get("message")).message
    except PayloadError as error:
        raise TemplateError(TemplateFault.MESSAGE, error.path) from None
    listed = document.get("fields", [])
    if not isinstance(listed, list):
        raise TemplateError(TemplateFault.FIELD)
    language = _text(document, "language")
    draft = from_message(message)
    return Template(
        name,
        replace(draft, browser_links=draft.browser_links or document.get("browser_links") is True),
        tuple(_field(one, number) for number, one in enumerate(listed, 1)),
        " ".join(_text(document, "folder").split())[:NAME_CHARACTERS],
        " ".join(_text(document, "about").split()),
        language if language in LANGUAGES else LANGUAGES[0],
    )


def _field_document(field: TemplateField) -> dict[str, Any]:
    """What is said of a field; what is as it is without being said is left out."""
    document: dict[str, Any] = {"name": field.name, "kind": field.kind.value}
    said = {
        "default": field.default,
        "hint": field.hint,
        "choices": list(field.choices),
        "markdown": field.is_markdown,
        "optional": field.is_optional,
    }
    return document | {key: value for key, value in said.items() if value}


def _field(value: object, number: int) -> TemplateField:
    if not isinstance(value, Mapping):
        raise TemplateError(TemplateFault.FIELD, str(number))
    name = _text(value, "name").strip()
    choices = value.get("choices", [])
    kind = value.get("kind", FieldKind.TEXT.value)
    is_whole = name and "{" not in name and "}" not in name and "\n" not in name
    if not is_whole or kind not in set(FieldKind) or not isinstance(choices, list):
        raise TemplateError(TemplateFault.FIELD, name or str(number))
    return TemplateField(
        name,
        FieldKind(kind),
        _text(value, "default"),
        _text(value, "hint"),
        tuple(str(one) for one in choices),
        value.get("markdown") is True,
        value.get("optional") is True,
    )


def _text(document: Mapping[str, Any], key: str) -> str:
    value = document.get(key, "")
    return value if isinstance(value, str) else ""

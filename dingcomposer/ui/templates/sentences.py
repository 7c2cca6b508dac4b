"""Templates in words: kinds of fields, built-in values, and why a file is none."""

from dingcomposer.core.templates.documents import TemplateFault
from dingcomposer.core.templates.template import BuiltIn, FieldKind
from dingcomposer.ui.texts.translate import QT_TRANSLATE_NOOP, Phrase, translate, translated

_KINDS: dict[FieldKind, Phrase] = {
    FieldKind.TEXT: QT_TRANSLATE_NOOP("Templates", "Text"),
    FieldKind.CHOICE: QT_TRANSLATE_NOOP("Templates", "Choice"),
    FieldKind.DATE: QT_TRANSLATE_NOOP("Templates", "Date"),
    FieldKind.TIME: QT_TRANSLATE_NOOP("Templates", "Time"),
    FieldKind.NUMBER: QT_TRANSLATE_NOOP("Templates", "Number"),
    FieldKind.PERSON: QT_TRANSLATE_NOOP("Templates", "Person"),
    FieldKind.KEYWORD: QT_TRANSLATE_NOOP("Templates", "Keyword"),
}

_BUILT_IN: dict[BuiltIn, Phrase] = {
    BuiltIn.TODAY: QT_TRANSLATE_NOOP("Templates", "Today"),
    BuiltIn.TOMORROW: QT_TRANSLATE_NOOP("Templates", "Tomorrow"),
    BuiltIn.WEEKDAY: QT_TRANSLATE_NOOP("Templates", "Weekday"),
    BuiltIn.WEEK_NUMBER: QT_TRANSLATE_NOOP("Templates", "Week"),
    BuiltIn.NOW: QT_TRANSLATE_NOOP("Templates", "Now"),
    BuiltIn.MY_NAME: QT_TRANSLATE_NOOP("Templates", "My name"),
    BuiltIn.GROUP_NAME: QT_TRANSLATE_NOOP("Templates", "Name of the group"),
    BuiltIn.NEXT_WORKING_DAY: QT_TRANSLATE_NOOP("Templates", "Next working day"),
}


def field_kind_name(kind: FieldKind) -> str:
    """What a kind of field is called; also the name of a field of which nothing else is known."""
    return translated(_KINDS[kind])


def field_example() -> str:
    """How a field is written in a text."""
    return "{{" + translate("Templates", "name") + "}}"


def built_in_name(built_in: BuiltIn) -> str:
    """What a value is called that the program fills in by itself."""
    return translated(_BUILT_IN[built_in])


def template_fault_sentence(fault: TemplateFault, place: str = "") -> str:
    """Why a file is no template."""
    match fault:
        case TemplateFault.NOT_ONE:
            return translate("Templates", "This file is no template of DingComposer.")
        case TemplateFault.NEWER:
            return translate("Templates", "It was written by a newer version of DingComposer.")
        case TemplateFault.NO_NAME:
            return translate("Templates", "The template has no name.")
        case TemplateFault.FIELD:
            words = translate("Templates", "The field “{place}” cannot be read.")
            return words.format(place=place)
        case TemplateFault.MESSAGE:
            words = translate("Templates", "Its message cannot be read: see “{place}”.")
            whole = translate("Templates", "It holds no message.")
            return words.format(place=place) if place else whole


def coverage_sentence(first: int, last: int) -> str:
    """For which years working days are known."""
    words = translate(
        "Templates",
        "China's working days are known from {first} to {last}; of other years nothing is guessed.",
    )
    return words.format(first=first, last=last)

"""What differs between two messages, in words: settings in a line each, texts with marked words."""

from collections.abc import Mapping
from html import escape

from dingcomposer.core.messages import Kind
from dingcomposer.core.payload.differences import ComparedSetting, SettingChange, TextChange
from dingcomposer.core.payload.word_diff import Ranges
from dingcomposer.core.plain_text import clean
from dingcomposer.ui.texts.messages import kind_name, listed
from dingcomposer.ui.texts.problems import field_label
from dingcomposer.ui.texts.translate import QT_TRANSLATE_NOOP, Phrase, translate, translated

_MOST = 120
_AROUND = 30


_NEW_GONE_OTHER: dict[ComparedSetting, tuple[Phrase | None, Phrase | None, Phrase | None]] = {
    ComparedSetting.KIND: (
        None,
        None,
        QT_TRANSLATE_NOOP("Differences", "Kind: {after} instead of {before}"),
    ),
    ComparedSetting.AT_ALL: (
        QT_TRANSLATE_NOOP("Differences", "@everyone: newly on"),
        QT_TRANSLATE_NOOP("Differences", "@everyone: no longer on"),
        None,
    ),
    ComparedSetting.MENTION: (
        QT_TRANSLATE_NOOP("Differences", "Newly mentioned: {after}"),
        QT_TRANSLATE_NOOP("Differences", "No longer mentioned: {before}"),
        None,
    ),
    ComparedSetting.LINK: (
        None,
        None,
        QT_TRANSLATE_NOOP("Differences", "Card: other link, {after} instead of {before}"),
    ),
    ComparedSetting.PICTURE: (
        QT_TRANSLATE_NOOP("Differences", "Picture: new, {after}"),
        QT_TRANSLATE_NOOP("Differences", "Picture: gone, {before}"),
        QT_TRANSLATE_NOOP("Differences", "Picture: {after} instead of {before}"),
    ),
    ComparedSetting.TEXT_LINK: (
        QT_TRANSLATE_NOOP("Differences", "Link in the text: new, {after}"),
        QT_TRANSLATE_NOOP("Differences", "Link in the text: gone, {before}"),
        QT_TRANSLATE_NOOP("Differences", "Link in the text: {after} instead of {before}"),
    ),
    ComparedSetting.TEXT_PICTURE: (
        QT_TRANSLATE_NOOP("Differences", "Picture in the text: new, {after}"),
        QT_TRANSLATE_NOOP("Differences", "Picture in the text: gone, {before}"),
        QT_TRANSLATE_NOOP("Differences", "Picture in the text: {after} instead of {before}"),
    ),
    ComparedSetting.BUTTON_NEW: (
        QT_TRANSLATE_NOOP("Differences", "Button {number}: new, “{after}”"),
        None,
        None,
    ),
    ComparedSetting.BUTTON_GONE: (
        None,
        QT_TRANSLATE_NOOP("Differences", "Button {number}: gone, “{before}”"),
        None,
    ),
    ComparedSetting.BUTTON_LINK: (
        None,
        None,
        QT_TRANSLATE_NOOP(
            "Differences", "Button {number}: other link, {after} instead of {before}"
        ),
    ),
    ComparedSetting.ORIENTATION: (
        QT_TRANSLATE_NOOP("Differences", "Buttons: now side by side"),
        QT_TRANSLATE_NOOP("Differences", "Buttons: now one below the other"),
        None,
    ),
    ComparedSetting.AVATAR: (
        QT_TRANSLATE_NOOP("Differences", "Robot's picture: now hidden"),
        QT_TRANSLATE_NOOP("Differences", "Robot's picture: no longer hidden"),
        None,
    ),
    ComparedSetting.ITEM_NEW: (
        QT_TRANSLATE_NOOP("Differences", "Item {number}: new, “{after}”"),
        None,
        None,
    ),
    ComparedSetting.ITEM_GONE: (
        None,
        QT_TRANSLATE_NOOP("Differences", "Item {number}: gone, “{before}”"),
        None,
    ),
    ComparedSetting.ITEM_LINK: (
        None,
        None,
        QT_TRANSLATE_NOOP("Differences", "Item {number}: other link, {after} instead of {before}"),
    ),
    ComparedSetting.ITEM_PICTURE: (
        None,
        None,
        QT_TRANSLATE_NOOP(
            "Differences", "Item {number}: other picture, {after} instead of {before}"
        ),
    ),
    ComparedSetting.UNSEEN: (
        None,
        None,
        QT_TRANSLATE_NOOP("Differences", "Only what no reader sees is different."),
    ),
}


def setting_sentence(change: SettingChange, names: Mapping[str, str]) -> str:
    """A setting that is another one, like "Button 2: other link, https://…"."""
    new, gone, other = _NEW_GONE_OTHER[change.setting]
    phrase = gone if change.before and not change.after else other
    phrase = new if change.after and not change.before else phrase
    phrase = phrase or other or new or gone
    assert phrase is not None
    nothing = translate("Differences", "none")
    before, after = (_value(change.setting, one, names) for one in (change.before, change.after))
    return translated(phrase).format(
        before=before or nothing, after=after or nothing, number=change.number
    )


def _value(setting: ComparedSetting, value: str, names: Mapping[str, str]) -> str:
    match setting:
        case ComparedSetting.KIND:
            return kind_name(Kind(value))
        case ComparedSetting.MENTION:
            return listed((value,), names)
    return _shortened(value)


def text_change_html(change: TextChange, removed: str, added: str) -> str:
    """A text before and after, as HTML, what changed on a ground of these colours."""
    words = escape(translate("Differences", "{field}: {before} → {after}"))
    return words.format(
        field=escape(field_label(change.field)),
        before=_marked(change.before, change.removed, removed),
        after=_marked(change.after, change.added, added),
    )


def text_change_sentence(change: TextChange) -> str:
    """A text before and after, for whoever cannot see the marks."""
    nothing = translate("Differences", "none")
    return translate("Differences", "{field}: {before} → {after}").format(
        field=field_label(change.field),
        before=_shortened(change.before) or nothing,
        after=_shortened(change.after) or nothing,
    )


def _marked(text: str, spans: Ranges, ground: str) -> str:
    """The text around what changed in it, each change on a ground."""
    if not text.strip():
        return escape(translate("Differences", "none"))
    first = max(spans[0][0] - _AROUND, 0) if spans else 0
    last = min(first + _MOST, len(text))
    parts, at = ["…" if first else ""], first
    for start, end in spans:
        if start >= last:
            break
        stop = min(end, last)
        parts.append(_html(text[at:start]))
        parts.append(f'<span style="background-color: {ground}">{_html(text[start:stop])}</span>')
        at = stop
    parts.append(_html(text[at:last]))
    parts.append("…" if last < len(text) else "")
    return "".join(parts)


def _html(text: str) -> str:
    return escape(clean(text)).replace("\n", " ↵ ")


def _shortened(text: str) -> str:
    line = " ".join(clean(text).split())
    return line if len(line) <= _MOST else f"{line[:_MOST]}…"

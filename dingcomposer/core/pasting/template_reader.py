"""A template of Alertmanager's or Grafana's for DingTalk, as a markdown message with fields.

Such templates are Go's (`{{ define "ding.link.content" }}…{{ end }}`): a value becomes a field,
`{{ .Labels.alertname }}` → `{{alertname}}`; loops and conditions are left out, their words stay.
"""

import re
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class TemplateReading:
    """The title and the text with fields, the fields' names, and what was left out."""

    title: str
    text: str
    fields: tuple[str, ...]
    left: tuple[str, ...]


def is_template(text: str) -> bool:
    """True for what only Go's templates have."""
    return bool(_TELLING.search(text))


def read_template(text: str) -> TemplateReading:
    """What a template would say. Never fails."""
    reader = _TemplateReader(text)
    return reader.read()


_TELLING: Final = re.compile(
    r"\{\{-?\s*(?:define|range|template|if|with|end)\b[^{}]*\}\}"
    r"|\{\{-?\s*\.(?:Labels|Annotations|CommonLabels|CommonAnnotations|GroupLabels|Alerts|Status"
    r"|StartsAt|EndsAt|ExternalURL)\b"
)
_ACTION: Final = re.compile(
    r"(?P<before>\s*\{\{-|\{\{)\s*(?P<inside>.*?)\s*(?:-\}\}\s*|\}\})", re.DOTALL
)
_DEFINE: Final = re.compile(r'define\s+"([^"]+)"')
_TEMPLATE: Final = re.compile(r'(?:template|block)\s+"([^"]+)"')
_OPENS: Final = re.compile(r"(?:range|if|with|block)\b")
_CONTROL: Final = re.compile(r"(?:range|if|else|end|with|block|break|continue)\b|/\*|\$\w+\s*:?=")
_PATH: Final = re.compile(r"(?<![\w\"])\$?\w*(?:\.[A-Za-z_]\w*)+|index\s+\S+\s+\"([^\"]+)\"")
_FORMAT: Final = re.compile(r"\.(?:Format|Local|Add|UTC|In|SortedPairs|Values|Names)\b")
_TITLE: Final = re.compile(r"title|subject", re.IGNORECASE)
_BODY: Final = re.compile(r"content|message|text|body|default", re.IGNORECASE)
_BLANK: Final = re.compile(r"\n[ \t]*(?:\n[ \t]*)+\n")
_DEEPEST: Final = 5
_MOST_LEFT: Final = 6
_TITLE_CHARACTERS: Final = 64


class _TemplateReader:
    def __init__(self, text: str) -> None:
        self._defined: dict[str, str] = {}
        self._fields: list[str] = []
        self._left: list[str] = []
        self._rest = self._take_defined(text)

    def read(self) -> TemplateReading:
        title = self._titled()
        body = self._said(self._body(), 0)
        if not title:
            first = next((line for line in body.splitlines() if line.strip()), "")
            title = re.sub(r"^[#>\s*-]+|[*`]|</?font[^>]*>|\[|\]\([^)]*\)", "", first).strip()
        return TemplateReading(
            title[:_TITLE_CHARACTERS],
            body,
            tuple(dict.fromkeys(self._fields)),
            tuple(dict.fromkeys(self._left))[:_MOST_LEFT],
        )

    def _take_defined(self, text: str) -> str:
        """The text without its definitions, which are kept by their names."""
        rest, place, depth, name, begins = [], 0, 0, "", 0
        for action in _ACTION.finditer(text):
            inside = action["inside"]
            if not name and (defined := _DEFINE.match(inside)):
                name, depth, begins = defined[1], 1, action.end()
                rest.append(text[place : action.start()])
            elif name and _OPENS.match(inside):
                depth += 1
            elif name and re.match(r"end\b", inside):
                depth -= 1
                if not depth:
                    self._defined[name] = text[begins : action.start()]
                    place, name = action.end(), ""
        if name:
            self._defined[name] = text[begins:]
        else:
            rest.append(text[place:])
        return "".join(rest)

    def _titled(self) -> str:
        named = next((name for name in self._defined if _TITLE.search(name)), None)
        if named is None:
            return ""
        return " ".join(self._said(self._defined[named], 0).split())

    def _body(self) -> str:
        if self._rest.strip() and not _is_only_calls(self._rest):
            return self._rest
        names = [name for name in self._defined if not _TITLE.search(name)]
        telling = [name for name in names if _BODY.search(name)] or names
        called = {one for body in self._defined.values() for one in _TEMPLATE.findall(body)}
        outer = [name for name in telling if name not in called] or telling
        longest = max(outer, key=lambda name: len(self._defined[name]), default=None)
        return self._rest if longest is None else self._defined[longest]

    def _said(self, text: str, depth: int) -> str:
        def one(action: re.Match[str]) -> str:
            inside = action["inside"]
            called = _TEMPLATE.match(inside)
            if called and called[1] in self._defined and depth < _DEEPEST:
                return self._said(self._defined[called[1]], depth + 1)
            if called or _CONTROL.match(inside):
                if not re.match(r"(?:end|else)\b", inside):
                    self._left.append("{{ " + " ".join(inside.split()) + " }}")
                return "\n" if "\n" in action[0] else ""
            return self._value(inside)

        made = _ACTION.sub(one, text)
        made = re.sub(r"[ \t]+$", "", made, flags=re.MULTILINE) if depth == 0 else made
        return _BLANK.sub("\n\n", made).strip("\n") if depth == 0 else made

    def _value(self, inside: str) -> str:
        path = _PATH.search(_FORMAT.sub("", inside))
        if path is None:
            name = re.sub(r"\W+", "_", inside).strip("_")[:40]
        else:
            name = path[1] or path[0].rpartition(".")[2]
        if not name:
            return ""
        self._fields.append(name)
        return "{{" + name + "}}"


def _is_only_calls(text: str) -> bool:
    return not _ACTION.sub("", text).strip()

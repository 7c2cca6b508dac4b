"""A message written down in a program: Python, Java, Go, JavaScript, PHP, C#, shell variables.

Nothing is run. What stands there literally is read, names are followed to what was assigned to
them, and a name that nobody knows stays as a field, `{{name}}`. Objects are literals, maps that are
filled by `put` or `[…] =`, and beans that are filled by setters.
"""

import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Final

from dingcomposer.core.pasting.lenient_json import JsonError, read_json

MOST_CHARACTERS: Final = 100_000


@dataclass(frozen=True, slots=True, repr=False)
class SourceReading:
    """The messages in a program, and the names in them whose values nobody knows."""

    messages: tuple[dict[str, object], ...]
    unknown: tuple[str, ...]


def read_source(text: str) -> SourceReading:
    """What a program would send, as far as it stands there. Never fails."""
    if len(text) > MOST_CHARACTERS or "msgtype" not in text.lower():
        return SourceReading((), ())
    reader = _SourceReader(list(_tokens(text)))
    return reader.read()


@dataclass(slots=True)
class _Token:
    kind: str  # text, name, number, sign
    value: str


_TOKENS: Final = re.compile(
    r"(?P<space>\s+|\\\r?\n)"
    r"|(?P<comment>//[^\n]*|/\*.*?\*/|(?<![\w$'\"])#(?![\w-]*\{)[^\n]*)"
    r"|(?P<triple>[rbfuRBFU$@]{0,2}(?:\"\"\"(?P<t1>.*?)\"\"\"|'''(?P<t2>.*?)'''))"
    r"|(?P<raw>`(?P<r1>[^`]*)`)"
    r"|(?P<text>[rbfuRBFU$@]{0,2}(?:\"(?P<d1>(?:[^\"\\\n]|\\.|\\\n)*)\"|'(?P<s1>(?:[^'\\\n]|\\.)*)'))"
    r"|(?P<number>\d[\d_.]*)"
    r"|(?P<name>\$?[^\W\d][\w$]*(?:(?:\.|->|::)[^\W\d]\w*)*)"
    r"|(?P<sign>=>|:=|\+=|[{}\[\]():,;=+.&<>|?!*%~^\\/@-])"
    r"|(?P<other>.)",
    re.DOTALL,
)
_PREFIX: Final = re.compile(r"[rbfuRBFU$@]*")
_INSERTED: Final = re.compile(r"\{\{|\}\}|\{([^{}\n!:]{1,60})(?:[!:][^{}\n]*)?\}")
_ESCAPE: Final = re.compile(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(\n)|(.))", re.DOTALL)
_ESCAPED: Final = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "0": "\0"}
_CONSTANTS: Final[dict[str, object]] = {
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys(("null", "None", "nil", "undefined", "NULL"), None),
}
# Calls that give what they are given.
_PASSES: Final = re.compile(
    r"(?:^|[.>:])(?:dumps?|stringify|json_encode|encode|toJSONString|toJson|to_json|trim|strip"
    r"|Serialize\w*|format|Sprintf|valueOf|quote|dedent|getBytes|Marshal\w*)$"
)
_LISTS: Final = re.compile(r"(?:^|[.>:])(?:asList|listOf|of|array|newArrayList|List|tuple|list)$")
_MAPS: Final = re.compile(r"(?:^|[.>:])(?:Map\.of|mapOf|dict|ImmutableMap\.of|of)$")
_ADDS: Final = ("put", "Add", "add", "set", "Set", "addProperty", "append")
_SETTER: Final = re.compile(r"(?P<name>.+)(?:\.|->)set(?P<key>[A-Z]\w*)$")
_ADDER: Final = re.compile(rf"(?P<name>.+)(?:\.|->)(?:{'|'.join(_ADDS)})$")
_TYPE_WORDS: Final = frozenset(("new", "const", "let", "var", "final", "return", "await", "map"))
_DEEPEST: Final = 40


def _tokens(text: str) -> Iterator[_Token]:
    for found in _TOKENS.finditer(text):
        kind = found.lastgroup or ""
        if found["space"] or found["comment"]:
            continue
        if found["triple"] is not None:
            inside = found["t1"] if found["t1"] is not None else found["t2"]
            inside = _with_fields(inside, found["triple"])
            yield _Token("text", _unescaped(inside).strip("\n"))
        elif found["raw"] is not None:
            yield _Token("text", found["r1"])
        elif found["text"] is not None:
            inside = found["d1"] if found["d1"] is not None else found["s1"]
            is_raw = found["text"][:1] in "rR@" and found["text"][0] not in "\"'"
            inside = _with_fields(inside, found["text"])
            yield _Token("text", inside if is_raw else _unescaped(inside))
        elif found["number"] is not None:
            yield _Token("number", found["number"])
        elif found["name"] is not None:
            yield _Token("name", found["name"])
        elif kind == "sign" or found["sign"] is not None:
            yield _Token("sign", found["sign"])


def _with_fields(inside: str, written: str) -> str:
    """A text of Python's or C#'s in which names stand, `f"{name}"`: each is a field."""
    prefix = _PREFIX.match(written)
    if prefix is None or prefix[0].strip("rRbBuU@") == "":
        return inside
    return _INSERTED.sub(
        lambda found: f"{{{{{found[1].strip()}}}}}" if found[1] else found[0][0], inside
    )


def _unescaped(text: str) -> str:
    def one(found: re.Match[str]) -> str:
        if code := found[1] or found[2]:
            return chr(int(code, 16))
        return "" if found[3] else _ESCAPED.get(found[4], found[4])

    made = _ESCAPE.sub(one, text) if "\\" in text else text
    return made.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


@dataclass(slots=True)
class _SourceReader:
    """Goes through the tokens once; `_at` is the next of them."""

    tokens: list[_Token]
    _at: int = 0
    _depth: int = 0
    _known: dict[str, object] = field(default_factory=dict)
    _known_at: dict[str, int] = field(default_factory=dict)  # the token at which it got its value
    _made: list[tuple[int, dict[str, object]]] = field(default_factory=list)
    _unknown: list[str] = field(default_factory=list)

    def read(self) -> SourceReading:
        while self._at < len(self.tokens):
            before = self._at
            self._statement()
            self._at = max(self._at, before + 1)
        named = [(self._known_at.get(name, 0), one) for name, one in self._known.items()]
        in_order = sorted((*named, *self._made), key=lambda placed: placed[0])
        found = [one for _, one in in_order]
        whole = [inner for one in found for inner in _within(one, 0) if _is_message(inner)]
        kept: list[dict[str, object]] = []
        for one in whole:
            if not any(one is known or one == known for known in kept):
                kept.append(one)
        held = [one for one in kept if not any(_holds(other, one) for other in kept)]
        words = str(held)
        unknown = [name for name in dict.fromkeys(self._unknown) if f"{{{{{name}}}}}" in words]
        return SourceReading(tuple(held), tuple(unknown))

    # --- statements -----------------------------------------------------------------------------

    def _statement(self) -> None:
        token = self.tokens[self._at]
        if token.kind == "sign" and token.value in "{[":
            start = self._at
            if self._looks_like_object():
                self._take(self._value())
            else:
                self._at = start + 1
            return
        if token.kind == "text":
            self._at += 1
            return
        if token.kind != "name":
            self._at += 1
            return
        if self._assigns() or self._fills():
            return
        if self._sign(1) == "{" and self._looks_like_object(1):
            self._take(self._value())
            return
        self._at += 1

    def _assigns(self) -> bool:
        """`name = value`, `name := value`, `name: type = value`, `name["key"] = value`."""
        name = self.tokens[self._at].value
        if self._sign(1) in ("=", ":="):
            self._at += 2
            plain = _plain(name)
            before = self._known.get(plain)
            if isinstance(before, dict) and any(map(_is_message, _within(before, 0))):
                # It was sent before the name got its next value.
                self._made.append((self._known_at[plain], before))
            self._known_at[plain] = self._at
            self._known[plain] = self._value()
            return True
        if self._sign(1) == "[" and self._kind(2) == "text" and self._sign(3) == "]":
            key = self.tokens[self._at + 2].value
            if self._sign(4) == "=":
                self._at += 5
                self._set(name, key, self._value())
                return True
        return False

    def _fills(self) -> bool:
        """`name.put("key", value)` and `name.setKey(value)`."""
        name = self.tokens[self._at].value
        if self._sign(1) != "(":
            return False
        setter, adder = _SETTER.fullmatch(name), _ADDER.fullmatch(name)
        if setter and self._sign(2) != ")":
            self._at += 2
            key = setter["key"]
            self._set(setter["name"], key[:1].lower() + key[1:], self._value())
            return True
        if adder and self._kind(2) == "text" and self._sign(3) == ",":
            key = self.tokens[self._at + 2].value
            self._at += 4
            self._set(adder["name"], key, self._value())
            return True
        if adder and isinstance(self._known.get(_plain(adder["name"])), list):
            self._at += 2
            items = self._known[_plain(adder["name"])]
            assert isinstance(items, list)
            items.append(self._value())
            return True
        return False

    def _bean(self, name: str) -> dict[str, object]:
        known = self._known.get(_plain(name))
        if not isinstance(known, dict):
            known = self._known[_plain(name)] = {}
        return known

    def _set(self, name: str, key: str, value: object) -> None:
        """One value more; where a message gets its next kind or content, the one before stays."""
        bean, plain = self._bean(name), _plain(name)
        kind = next((str(one) for known, one in bean.items() if known.lower() == "msgtype"), None)
        is_next = key in bean and bean[key] != value and (key.lower() == "msgtype" or key == kind)
        if is_next and kind is not None:
            self._made.append((self._known_at.get(plain, 0), deepcopy(bean)))
            bean.pop(kind, None)
        bean[key] = value
        self._known_at[plain] = self._at

    def _take(self, value: object) -> None:
        if isinstance(value, dict):
            self._made.append((self._at, value))

    # --- values ---------------------------------------------------------------------------------

    def _value(self) -> object:
        """A value with what is added to it."""
        self._depth += 1
        if self._depth > _DEEPEST:
            self._at = len(self.tokens)
        value = self._one()
        while self._adds(value):
            if self._sign(0) in ("+", ".", "&"):
                self._at += 1
            value = _joined(value, self._one())
        self._depth -= 1
        return value

    def _adds(self, value: object) -> bool:
        if self._sign(0) == "+" or (self._sign(0) in (".", "&") and self._kind(1) == "text"):
            return True
        return isinstance(value, str) and self._kind(0) == "text"

    def _one(self) -> object:
        if self._at >= len(self.tokens):
            return None
        token = self.tokens[self._at]
        if token.kind == "text":
            self._at += 1
            return self._call_behind(token.value)
        if token.kind == "number":
            self._at += 1
            digits = token.value.replace("_", "")
            return int(digits) if digits.isdecimal() else digits
        if token.kind == "name":
            return self._named()
        match token.value:
            case "{":
                return self._braces()
            case "[":
                return self._call_behind(self._brackets())
            case "(":
                self._at += 1
                value = self._value()
                self._pass(")")
                return value
            case "&" | "*" | "-":
                self._at += 1
                return self._one()
        return None

    def _named(self) -> object:
        name = self.tokens[self._at].value
        self._at += 1
        if name in _CONSTANTS:
            return _CONSTANTS[name]
        if name in _TYPE_WORDS and name != "map":
            return self._one()
        if name == "map" and self._sign(0) == "[":
            return self._go_map()
        self._pass_generic()
        owner, _, method = name.rpartition(".")
        if self._sign(0) == "(" and method == "join" and _plain(owner) in self._known:
            return _join(self._known[_plain(owner)], self._call("list"))
        if self._sign(0) == "(":
            return self._call(name)
        if self._sign(0) == "{":
            return self._braces()
        if self._sign(0) == "[" and self._sign(1) == "]":
            self._at += 2
            if self._sign(0) == "{":
                return self._braces()
        plain = _plain(name)
        if plain in self._known:
            return self._call_behind(self._known[plain])
        self._unknown.append(plain)
        return self._call_behind(f"{{{{{plain}}}}}")

    def _go_map(self) -> object:
        """`map[string]interface{}{…}`: the last braces hold the values."""
        while self._at < len(self.tokens) and self._sign(0) != "{":
            self._at += 1
        if self._sign(0) == "{" and self._sign(1) == "}" and self._sign(2) == "{":
            self._at += 2
        return self._braces() if self._sign(0) == "{" else None

    def _call(self, name: str) -> object:
        """What a call gives, where it only passes on what it gets."""
        self._at += 1
        values: list[object] = []
        named: dict[str, object] = {}
        while self._at < len(self.tokens) and self._sign(0) != ")":
            before = self._at
            is_named = self._kind(0) == "name" and self._sign(1) == "="
            if is_named or (self._kind(0) == "text" and self._sign(1) == "=>"):
                key = self.tokens[self._at].value
                self._at += 2
                named[key] = self._value()
            else:
                values.append(self._value())
            if not self._passes(",") and self._at == before:
                self._at += 1
        self._pass(")")
        if self._sign(0) == "{":  # an anonymous class or a builder's body
            self._braces()
        return self._given(name, values, named)

    def _given(self, name: str, values: list[object], named: dict[str, object]) -> object:
        if named and (name in ("dict", "array") or not values):
            return named
        if _MAPS.search(name) and "List" not in name and _are_pairs(values):
            return {str(k): v for k, v in zip(values[::2], values[1::2], strict=True)}
        if _LISTS.search(name):
            flat = len(values) == 1 and isinstance(values[0], list)
            return values[0] if flat else values
        if _PASSES.search(name) and values:
            return values[0]
        if not values and not named:
            return {}
        texts = [one for one in values if isinstance(one, dict | str)]
        return texts[0] if len(values) == 1 and texts else None

    def _call_behind(self, value: object) -> object:
        """`"…".format(x)`, `.encode("utf-8")`: what stands in front is what counts.

        But for `"\n".join([…])` and `[…].join("\n")`.
        """
        while self._sign(0) == "." and self._kind(1) == "name" and self._sign(2) == "(":
            is_join = self.tokens[self._at + 1].value == "join"
            self._at += 2
            given = self._call("list" if is_join else "strip")
            value = _join(value, given) if is_join else value
        return value

    def _braces(self) -> object:
        is_object = self._looks_like_object() or self._sign(1) == "}" or self._is_shorthand()
        self._at += 1
        if not is_object:
            return self._items("}")
        found: dict[str, object] = {}
        while self._at < len(self.tokens) and self._sign(0) != "}":
            before = self._at
            self._pair(found)
            if not self._passes(",") and not self._passes(";") and self._at == before:
                self._at += 1
        self._pass("}")
        return found

    def _pair(self, found: dict[str, object]) -> None:
        if self._sign(0) == "{":  # C#: { "key", value }
            self._at += 1
            key = self.tokens[self._at].value if self._at < len(self.tokens) else ""
            self._at += 1
            if self._passes(","):
                found[key] = self._value()
            self._pass("}")
            return
        key = self.tokens[self._at].value
        bracketed = self._sign(0) == "["
        if bracketed:  # ["key"] = value
            self._at += 1
            key = self.tokens[self._at].value
            self._at += 1
        self._at += 1
        if self._sign(0) in (":", "=>", "="):
            self._at += 1
            found[key] = self._value()
        elif self._sign(0) in (",", "}") and _plain(key) in self._known:
            found[key] = self._known[_plain(key)]  # { msgtype, text }

    def _brackets(self) -> object:
        is_type = self._kind(2) == "name" and (
            self._sign(3) == "{" or self.tokens[self._at + 2].value == "map"
        )
        if self._sign(1) == "]" and is_type:  # Go: []string{…}
            self._at += 3
            if self.tokens[self._at - 1].value == "map":  # []map[string]any{…}
                while self._at < len(self.tokens) and self._sign(0) != "{":
                    self._at += 1
            while self._sign(0) == "{" and self._sign(1) == "}" and self._sign(2) == "{":
                self._at += 2
            return self._braces_as_list() if self._sign(0) == "{" else []
        if self._sign(1) == "]" and self._sign(2) == "{":
            self._at += 2
            return self._braces_as_list()
        is_object = self._kind(1) == "text" and self._sign(2) == "=>"
        self._at += 1
        if not is_object:
            return self._items("]")
        found: dict[str, object] = {}
        while self._at < len(self.tokens) and self._sign(0) != "]":
            before = self._at
            self._pair(found)
            if not self._passes(",") and self._at == before:
                self._at += 1
        self._pass("]")
        return found

    def _braces_as_list(self) -> list[object]:
        self._at += 1
        return self._items("}")

    def _items(self, closing: str) -> list[object]:
        items: list[object] = []
        while self._at < len(self.tokens) and self._sign(0) != closing:
            before = self._at
            items.append(self._value())
            if not self._passes(",") and self._at == before:
                self._at += 1
        self._pass(closing)
        return items

    # --- looking ahead --------------------------------------------------------------------------

    def _looks_like_object(self, ahead: int = 0) -> bool:
        if self._sign(ahead) != "{":
            return False
        if self._sign(ahead + 1) == "{" and self._kind(ahead + 2) == "text":
            return self._sign(ahead + 3) == ","
        if self._sign(ahead + 1) == "[" and self._kind(ahead + 2) == "text":
            return self._sign(ahead + 4) == "="
        is_key = self._kind(ahead + 1) in ("text", "name")
        return is_key and self._sign(ahead + 2) in (":", "=>", "=")

    def _is_shorthand(self) -> bool:
        """JavaScript's `{ content }`: the name says its value."""
        if self._kind(1) != "name" or self._sign(2) not in (",", "}"):
            return False
        return _plain(self.tokens[self._at + 1].value) in self._known

    def _kind(self, ahead: int) -> str:
        place = self._at + ahead
        return self.tokens[place].kind if place < len(self.tokens) else ""

    def _sign(self, ahead: int) -> str:
        place = self._at + ahead
        if place >= len(self.tokens) or self.tokens[place].kind != "sign":
            return ""
        return self.tokens[place].value

    def _passes(self, sign: str) -> bool:
        if self._sign(0) != sign:
            return False
        self._at += 1
        return True

    def _pass(self, sign: str) -> None:
        if self._sign(0) == sign:
            self._at += 1

    def _pass_generic(self) -> None:
        """`HashMap<String, Object>` and the type in front of a variable's name."""
        if self._sign(0) != "<":
            return
        depth, ahead = 0, 0
        while ahead < 20:
            sign = self._sign(ahead)
            depth += (sign == "<") - (sign == ">")
            ahead += 1
            if not depth:
                self._at += ahead
                return


def _plain(name: str) -> str:
    return name.lstrip("$")


def _join(value: object, given: object) -> object:
    """What stands in front of `join`, and the list of what it was called with, as one text."""
    if not isinstance(given, list):
        return value
    if isinstance(value, list):
        return (str(given[0]) if given else ",").join(map(str, value))
    return str(value).join(map(str, given))


def _joined(first: object, second: object) -> object:
    if isinstance(first, list) and isinstance(second, list):
        return [*first, *second]
    if second is None:
        return first
    return f"{'' if first is None else first}{second}"


def _are_pairs(values: list[object]) -> bool:
    return (
        len(values) > 1
        and len(values) % 2 == 0
        and all(isinstance(one, str) for one in values[::2])
    )


def _within(value: object, depth: int) -> Iterator[dict[str, object]]:
    """A table and those in it; JSON that is written as a text is one, too."""
    if isinstance(value, str) and value.lstrip()[:1] == "{" and "msgtype" in value.lower():
        try:
            value = read_json(value).value
        except JsonError:
            return
    if depth > _DEEPEST or not isinstance(value, dict | list):
        return
    if isinstance(value, dict):
        yield value
    for inner in value.values() if isinstance(value, dict) else value:
        yield from _within(inner, depth + 1)


def _is_message(value: dict[str, object]) -> bool:
    return any(str(key).lower() == "msgtype" for key in value)


def _holds(outer: dict[str, object], inner: dict[str, object]) -> bool:
    return outer is not inner and any(one is inner for one in outer.values())

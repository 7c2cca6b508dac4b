"""The values of a template's fields out of a file: one mapping of YAML or JSON, each as written.

    系统: 考勤
    日期: 2026-12-01
    版本: 1.10
    值班: [13800000000, zhangsan]

Nothing is turned into numbers or dates on the way: 1.10 stays 1.10, and 007 stays 007.
"""

import json
from collections.abc import Iterator
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from yaml import Node

CHARACTERS: Final = 1_000_000
"""A longer file is not read."""

_NULL: Final = "tag:yaml.org,2002:null"


class ValuesFault(StrEnum):
    """Why a file gives no values."""

    NO_FORMAT = "no_format"  # neither YAML nor JSON
    NO_MAPPING = "no_mapping"  # a list, or a single word
    NESTED = "nested"  # a value that is a mapping, or a list of lists
    TWICE = "twice"  # the same name two times
    TOO_LONG = "too_long"


class ValuesError(Exception):
    """A file gives no values; `name` is the field's, "" for the whole, `line` counts from 1."""

    def __init__(self, fault: ValuesFault, name: str = "", line: int = 0) -> None:
        super().__init__(fault.value)
        self.fault = fault
        self.name = name
        self.line = line


def read_values(text: str) -> dict[str, str]:
    """The values by the names of their fields; those of a list with a space between.

    Raises ValuesError.
    """
    if len(text) > CHARACTERS:
        raise ValuesError(ValuesFault.TOO_LONG)
    text = text.removeprefix("\ufeff")
    pairs = _json_pairs(text) if text.lstrip().startswith("{") else None
    found: dict[str, str] = {}
    for name, value, line in _yaml_pairs(text) if pairs is None else pairs:
        if name in found:
            raise ValuesError(ValuesFault.TWICE, name, line)
        found[name] = value
    return found


def _json_pairs(text: str) -> list[tuple[str, str, int]] | None:
    """As JSON; None where it is none: in YAML a mapping may begin with a brace, too."""
    try:
        # Pairs, so that a name which is there twice is seen; numbers as they were written.
        read = json.loads(
            text, object_pairs_hook=tuple, parse_float=str, parse_int=str, parse_constant=str
        )
    except (ValueError, RecursionError):
        return None
    return [(name, _json_words(value, name), 0) for name, value in read]


def _json_words(value: Any, name: str) -> str:
    match value:
        case str():
            return value
        case bool():
            return "true" if value else "false"
        case None:
            return ""
        case list():
            if any(isinstance(one, list | tuple) for one in value):
                raise ValuesError(ValuesFault.NESTED, name)
            return " ".join(_json_words(one, name) for one in value)
        case _:
            raise ValuesError(ValuesFault.NESTED, name)


def _yaml_pairs(text: str) -> Iterator[tuple[str, str, int]]:
    import yaml  # 20 ms: only where there is such a file

    try:
        # The nodes, not what they would become: so all is as it was written, and no tag is obeyed.
        root = yaml.compose(text, yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise ValuesError(ValuesFault.NO_FORMAT, "", mark.line + 1 if mark else 0) from None
    except (yaml.YAMLError, RecursionError):
        raise ValuesError(ValuesFault.NO_FORMAT) from None
    if root is None:
        return
    if not isinstance(root, yaml.MappingNode):
        raise ValuesError(ValuesFault.NO_MAPPING)
    for key, value in root.value:
        line = key.start_mark.line + 1
        name = _yaml_words(key, "", line)
        yield name, _yaml_words(value, name, line, may_be_list=True), line


def _yaml_words(node: "Node", name: str, line: int, *, may_be_list: bool = False) -> str:
    import yaml

    if isinstance(node, yaml.ScalarNode):
        return "" if node.tag == _NULL else str(node.value)
    if may_be_list and isinstance(node, yaml.SequenceNode):
        return " ".join(_yaml_words(one, name, line) for one in node.value)
    raise ValuesError(ValuesFault.NESTED, name, line)

"""Records and patterns that cost nothing before they are used.

`dataclass(frozen=True, slots=True)` is as in the standard library, its methods come when needed.

The standard library compiles six methods for each class when it is imported: two thirds of a
millisecond, for classes most of which a start never makes an object of. Here each method is
compiled when it is first called, from then on it is like the one that `dataclasses` would have
made, so that nothing is slower afterwards. Fields, slots, `replace`, `asdict` and patterns work as
they always do, and to a type checker this *is* `dataclasses.dataclass`. Likewise a `lazy_pattern`
is one of `re`, compiled when it is first asked for something.
"""

import dataclasses
import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, cast

__all__ = ["dataclass", "lazy_pattern"]


def lazy_pattern(text: str, flags: int = 0) -> re.Pattern[str]:
    """As `re.compile`, which takes 160 µs for a pattern: a start has 80 that it never uses."""
    return cast(re.Pattern[str], _LazyPattern(text, flags))


class _LazyPattern:
    """Stands in for a pattern, and has its methods once it was asked for one."""

    def __init__(self, text: str, flags: int) -> None:
        self._given = text, flags

    def __getattr__(self, name: str) -> Any:
        compiled = re.compile(*self._given)
        for one in _OF_A_PATTERN:
            setattr(self, one, getattr(compiled, one))
        return getattr(compiled, name)


_OF_A_PATTERN = (
    *("match", "fullmatch", "search", "finditer", "findall", "split", "sub", "subn"),
    *("pattern", "flags", "groups", "groupindex"),
)

if TYPE_CHECKING:
    from dataclasses import dataclass
else:

    def dataclass(
        *,
        slots: bool,
        frozen: bool = False,
        eq: bool = True,
        repr: bool = True,  # noqa: A002
    ) -> Callable[[type], type]:
        """As `dataclasses.dataclass`, for slotted classes alone."""
        assert slots, "records have slots"

        def make(plain: type) -> type:
            own = plain.__dict__
            if plain.__doc__ is None:
                plain.__doc__ = plain.__name__  # else a signature is made up, which is tokenized
            made = dataclasses.dataclass(slots=True, init=False, repr=False, eq=False)(plain)
            if frozen:
                made.__setattr__ = _refuse_to_assign
                made.__delattr__ = _refuse_to_delete
                if "__reduce__" not in own:
                    made.__reduce__ = _reduce
            elif eq:
                made.__hash__ = None
            wanted = {"__init__": True, "__repr__": repr, "__eq__": eq, "__hash__": eq and frozen}
            for name, is_wanted in wanted.items():
                if is_wanted and own.get(name) is None:
                    setattr(made, name, _stand_in(made, name))
            return made

        return make


# How the standard library is asked for each method, and for as little else as possible.
_ASKED_FOR = {
    "__repr__": {"init": False, "eq": False},
    "__eq__": {"init": False, "repr": False},
    "__hash__": {"init": False, "repr": False, "eq": False, "unsafe_hash": True},
}


def _stand_in(record: type, name: str) -> Callable[..., Any]:
    """A method that puts the compiled one in its place, and hands the call on to it."""

    def method(self: object, *arguments: object, **named: object) -> object:
        compiled = _compiled(record, name)
        setattr(record, name, compiled)
        return compiled(self, *arguments, **named)

    return method


def _compiled(record: type, name: str) -> Callable[..., Any]:
    fields: dict[str, dataclasses.Field[Any]] = record.__dict__["__dataclass_fields__"]
    if name == "__init__":
        return _compiled_init(record, tuple(fields.values()))
    twin: dict[str, Any] = {
        **fields,
        "__doc__": record.__name__,  # else a signature is made up for it
        "__annotations__": {field.name: field.type for field in fields.values()},
        "__module__": record.__module__,
        "__qualname__": record.__qualname__,
    }
    made: type = dataclasses.dataclass(**_ASKED_FOR[name])(type(record.__name__, (), twin))
    compiled: Callable[..., Any] = made.__dict__[name]
    return compiled


def _compiled_init(
    record: type, fields: tuple["dataclasses.Field[Any]", ...]
) -> Callable[..., Any]:
    """As the standard library's, which compiles `__setattr__` and `__delattr__` along with it."""
    known: dict[str, Any] = {"_set": object.__setattr__, "_missing": dataclasses.MISSING}
    taken, lines = ["self"], []
    for field in fields:
        assert not field.kw_only, "records take their fields in order"
        name = field.name
        default, made = f"_default_{name}", f"_make_{name}"
        known[default], known[made] = field.default, field.default_factory
        has_default = field.default is not dataclasses.MISSING
        is_made = field.default_factory is not dataclasses.MISSING
        if field.init:
            ending = f"={default}" if has_default else "=_missing" if is_made else ""
            taken.append(f"{name}{ending}")
            value = f"{made}() if {name} is _missing else {name}" if is_made else name
        elif has_default or is_made:
            value = f"{made}()" if is_made else default
        else:
            continue  # `__post_init__` sets it
        lines.append(f" _set(self, {name!r}, {value})")
    if hasattr(record, "__post_init__"):
        lines.append(" self.__post_init__()")
    exec("\n".join((f"def __init__({', '.join(taken)}):", *lines, " return None")), known)
    init: Callable[..., Any] = known["__init__"]
    init.__module__ = record.__module__
    init.__qualname__ = f"{record.__qualname__}.__init__"
    return init


def _refuse_to_assign(_self: object, name: str, _value: object) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_to_delete(_self: object, name: str) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")


def _reduce(self: Any) -> tuple[type, tuple[object, ...]]:
    """For `copy` and `pickle`, which would assign to the fields."""
    return type(self), tuple(getattr(self, name) for name in self.__dataclass_fields__)

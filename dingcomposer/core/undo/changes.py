"""What changed between two drafts: small, to be applied and to be taken back.

A text is kept as the one place where it differs, so that a letter typed into 20 KB takes a few
bytes; every other field as it was and as it is. Nothing here names a field: a new one of `Draft`
is undone as well.
"""

from dataclasses import fields, replace
from typing import Any

from dingcomposer.core.draft import Draft
from dingcomposer.core.plain_text import common_start
from dingcomposer.core.records import dataclass


@dataclass(frozen=True, slots=True)
class Splice:
    """In the text of `field`, `removed` gives way to `inserted`, from `at` on (code points)."""

    field: str
    at: int
    removed: str
    inserted: str


@dataclass(frozen=True, slots=True)
class ValueChange:
    """The whole value of `field` gives way to another one."""

    field: str
    before: Any
    after: Any


DraftChange = tuple[Splice | ValueChange, ...]
"""All that differs between two drafts; () where they are equal."""


class ChangeError(ValueError):
    """A change was made of another draft than the one that it was applied to."""


def difference(before: Draft, after: Draft) -> DraftChange:
    """The change that makes `after` of `before`."""
    found: list[Splice | ValueChange] = []
    for field in fields(Draft):
        old, new = getattr(before, field.name), getattr(after, field.name)
        if old == new:
            continue
        if type(old) is str and type(new) is str:  # and no value of an enum
            found.append(splice(field.name, old, new))
        else:
            found.append(ValueChange(field.name, old, new))
    return tuple(found)


def splice(field: str, old: str, new: str) -> Splice:
    """Where two texts differ: one place, from the first letter that does to the last."""
    head = common_start(old, new)
    tail = common_start(old[head:][::-1], new[head:][::-1])
    return Splice(field, head, old[head : len(old) - tail], new[head : len(new) - tail])


def applied(draft: Draft, change: DraftChange) -> Draft:
    """The draft after the change. Raises ChangeError."""
    return _changed(draft, change, is_forward=True)


def reverted(draft: Draft, change: DraftChange) -> Draft:
    """The draft before the change. Raises ChangeError."""
    return _changed(draft, change, is_forward=False)


def _changed(draft: Draft, change: DraftChange, *, is_forward: bool) -> Draft:
    values: dict[str, Any] = {}
    for one in change:
        now = getattr(draft, one.field, None)
        if isinstance(one, Splice):
            gone, come = (one.removed, one.inserted) if is_forward else (one.inserted, one.removed)
            end = one.at + len(gone)
            if not isinstance(now, str) or now[one.at : end] != gone or one.at > len(now):
                raise ChangeError(one.field)
            values[one.field] = f"{now[: one.at]}{come}{now[end:]}"
        else:
            gone, come = (one.before, one.after) if is_forward else (one.after, one.before)
            if now != gone:
                raise ChangeError(one.field)
            values[one.field] = come
    return replace(draft, **values)

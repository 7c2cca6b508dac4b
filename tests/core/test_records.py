"""Records are the standard library's frozen, slotted dataclasses, compiled when they are used."""

import copy
import dataclasses
import pickle
import re
from collections.abc import Callable
from dataclasses import field
from typing import Any

import pytest

from dingcomposer.core import records


@records.dataclass(frozen=True, slots=True)
class Place:
    """Where something stands."""

    line: int
    words: str = "here"
    marks: tuple[str, ...] = field(default_factory=tuple)
    note: str = field(default="", repr=False, compare=False)


@dataclasses.dataclass(frozen=True, slots=True)
class Known:
    """The same, of the standard library."""

    line: int
    words: str = "here"
    marks: tuple[str, ...] = field(default_factory=tuple)
    note: str = field(default="", repr=False, compare=False)


@records.dataclass(frozen=True, slots=True, repr=False)
class Secret:
    """Shows nothing of what it holds."""

    token: str

    def __repr__(self) -> str:
        return "Secret(•••)"


@records.dataclass(frozen=True, slots=True, eq=False)
class Asker:
    """Equal to itself alone."""

    name: str


@records.dataclass(frozen=True, slots=True)
class Checked:
    """Refuses what makes no sense, and works something out."""

    number: int
    double: int = field(init=False)
    steps: int = field(default=1, init=False)
    names: tuple[str, ...] = field(default_factory=tuple, init=False)

    def __post_init__(self) -> None:
        if self.number < 0:
            raise ValueError("below zero")
        object.__setattr__(self, "double", self.number * 2)


EACH: list[tuple[str, Callable[[Any], object]]] = [
    ("values", lambda made: dataclasses.astuple(made(1, "there", note="n"))),
    ("by name", lambda made: dataclasses.asdict(made(line=2, marks=("a",)))),
    ("repr", lambda made: repr(made(1, note="unseen")).partition("(")[2]),
    ("equal", lambda made: made(1, note="a") == made(1, note="b")),
    ("other", lambda made: made(1) == made(2)),
    ("foreign", lambda made: made(1) == (1, "here", ())),
    ("hash", lambda made: len({made(1), made(1), made(2)})),
    ("replace", lambda made: dataclasses.astuple(dataclasses.replace(made(1), words="x"))),
    ("fields", lambda made: [(one.name, one.type) for one in dataclasses.fields(made)]),
    ("pattern", lambda made: made.__match_args__),
    ("slots", lambda made: (made.__slots__, hasattr(made(1), "__dict__"))),
    ("copy", lambda made: copy.deepcopy(made(1, "z")) == made(1, "z")),
    ("pickle", lambda made: pickle.loads(pickle.dumps(made(3, note="n"))).note),
]


@pytest.mark.parametrize("ask", [ask for _, ask in EACH], ids=[name for name, _ in EACH])
def test_a_record_behaves_as_the_standard_library_s(ask: Callable[[Any], object]) -> None:
    first, second = ask(Place), ask(Place)
    assert first == second == ask(Known)


@pytest.mark.parametrize("made", [Place, Known])
def test_nothing_is_assigned_to_or_taken_from_a_record(made: Any) -> None:
    one = made(1)
    with pytest.raises(dataclasses.FrozenInstanceError, match="'line'"):
        one.line = 2
    with pytest.raises(dataclasses.FrozenInstanceError, match="'line'"):
        del one.line
    with pytest.raises((dataclasses.FrozenInstanceError, TypeError)):
        one.another = 1
    assert one.line == 1


@pytest.mark.parametrize("made", [Place, Known])
def test_wrong_arguments_are_refused(made: Any) -> None:
    for wrong in (made, lambda: made(1, 2, 3, 4, 5), lambda: made(1, colour="red")):
        with pytest.raises(TypeError, match=made.__name__):
            wrong()


def test_what_a_class_says_itself_stands() -> None:
    assert repr(Secret("abc")) == "Secret(•••)"
    assert Secret("abc") == Secret("abc")


def test_a_record_without_equality_equals_itself_alone() -> None:
    one = Asker("a")
    assert one == one  # noqa: PLR0124
    assert one != Asker("a")
    assert len({one, Asker("a")}) == 2


def test_what_follows_the_fields_is_run() -> None:
    assert dataclasses.astuple(Checked(4)) == (4, 8, 1, ())
    with pytest.raises(ValueError, match="below zero"):
        Checked(-1)


def test_after_its_first_call_a_method_is_the_compiled_one() -> None:
    @records.dataclass(frozen=True, slots=True)
    class Fresh:
        """Used here for the first time."""

        number: int = 0

    before = Fresh.__init__
    Fresh(1)
    after = Fresh.__init__
    assert before is not after
    assert after.__code__.co_varnames[:2] == ("self", "number")
    Fresh(2)
    assert Fresh.__init__ is after


@records.dataclass(slots=True)
class Counter:
    """May change."""

    words: str
    count: int = 0
    seen: list[str] = field(default_factory=list)


def test_a_record_that_may_change_changes_and_cannot_be_hashed() -> None:
    one, other = Counter("a"), Counter("a")
    one.count += 1
    one.seen.append("b")
    assert (one.count, one.seen, other.seen) == (1, ["b"], [])
    assert one != other
    assert one == Counter("a", 1, ["b"])
    assert repr(one) == "Counter(words='a', count=1, seen=['b'])"
    assert copy.copy(one) == one
    with pytest.raises(TypeError, match="unhashable"):
        hash(one)
    with pytest.raises(AttributeError):
        one.other = 1  # type: ignore[attr-defined]


def test_a_lazy_pattern_is_compiled_once_and_does_what_a_pattern_does(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    compiled: list[str] = []
    usual = re.compile

    def compile_(text: str, flags: int = 0) -> re.Pattern[str]:
        compiled.append(text)
        return usual(text, flags)

    monkeypatch.setattr(re, "compile", compile_)
    lazy = records.lazy_pattern("(a)(?P<more>b*)", re.IGNORECASE)
    assert compiled == []
    found = lazy.search("xAbb")
    assert found is not None
    assert (found["more"], lazy.sub("-", "ab aB"), lazy.split("1a2")) == (
        *("bb", "- -"),
        ["1", "a", "", "2"],
    )
    assert (lazy.pattern, lazy.groups, dict(lazy.groupindex)) == ("(a)(?P<more>b*)", 2, {"more": 2})
    assert lazy.flags & re.IGNORECASE
    assert lazy.fullmatch("abbc") is None
    assert compiled == ["(a)(?P<more>b*)"]

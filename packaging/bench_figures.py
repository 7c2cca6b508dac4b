"""What the bench found: figures beside their floors, held against their aims, as table and JSON."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

HEAD = ("", "figure", "floor", "ratio", "aim", "")


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure. `floor` is what the plain way costs, measured beside it in the same run.

    `at_most_ratio` and `at_most` are aims, of the ratio to the floor and of the figure itself; None
    where there is none. `value` None: it could not be measured, and `note` says why. Else `note`
    says what the figure is of.
    """

    name: str
    unit: str
    value: float | None
    floor: float | None = None
    at_most_ratio: float | None = None
    at_most: float | None = None
    note: str = ""

    @property
    def ratio(self) -> float | None:
        """How many times the floor it is; None where there is no floor."""
        return self.value / self.floor if self.value is not None and self.floor else None

    @property
    def is_ok(self) -> bool | None:
        """Whether every aim is met; None where there is none, or nothing to hold against it."""
        if self.value is None:
            return None
        met = []
        if self.at_most is not None:
            met.append(self.value <= self.at_most)
        if self.at_most_ratio is not None and self.ratio is not None:
            met.append(self.ratio <= self.at_most_ratio)
        return all(met) if met else None

    @property
    def verdict(self) -> str:
        """ "ok" or "over"; "" without an aim, "not measured" without a figure."""
        if self.value is None:
            return "not measured"
        return {True: "ok", False: "over", None: ""}[self.is_ok]

    def to_dict(self) -> dict[str, Any]:
        """As it stands in the JSON, with what follows from it."""
        return {**asdict(self), "ratio": self.ratio, "is_ok": self.is_ok}

    @classmethod
    def from_dict(cls, fields: dict[str, Any]) -> "Figure":
        """What `to_dict` wrote."""
        return cls(**{name: fields[name] for name in cls.__slots__})


def unmeasured(name: str, why: str) -> Figure:
    """In place of a figure that could not be had."""
    return Figure(name, "", None, note=why)


def quantile(values: Iterable[float], share: float) -> float:
    """The value that `share` of all do not exceed: the nearest rank, so one that was measured."""
    ordered = sorted(values)
    rank = -int(-share * len(ordered) // 1)  # rounded up
    return ordered[min(max(rank, 1), len(ordered)) - 1]


def over_their_aims(figures: Sequence[Figure]) -> list[str]:
    """One line for each figure that misses an aim, or that could not be had."""
    lines = []
    for figure in figures:
        if figure.value is None:
            lines.append(f"{figure.name}: not measured, {figure.note}")
        elif figure.is_ok is False:
            _, amount, _, ratio, aims, _ = _cells(figure)
            lines.append(f"{figure.name}: {', '.join(filter(None, (amount, ratio)))} (aim {aims})")
    return lines


def table(figures: Sequence[Figure]) -> str:
    """The figures in columns, each followed by its note."""
    rows = [HEAD, *(_cells(figure) for figure in figures)]
    widths = [max(_width(row[at]) for row in rows) for at in range(len(HEAD))]
    lines = []
    for row, note in zip(rows, ["", *(figure.note for figure in figures)], strict=True):
        gaps = [" " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)]
        numbers = [gap + cell for gap, cell in zip(gaps[1:], row[1:], strict=True)]
        lines.append("  ".join([row[0] + gaps[0], *numbers]).rstrip())
        if note:
            lines.append(f"    {note}")
    return "\n".join(lines)


def _cells(figure: Figure) -> tuple[str, ...]:
    aims = []
    if figure.at_most is not None:
        aims.append(f"<= {_number(figure.at_most)} {figure.unit}".rstrip())
    if figure.at_most_ratio is not None:
        aims.append(f"<= {figure.at_most_ratio:.2f} x")
    return (
        figure.name,
        _amount(figure.value, figure.unit),
        _amount(figure.floor, figure.unit),
        f"{figure.ratio:.2f} x" if figure.ratio is not None else "",
        ", ".join(aims),
        figure.verdict,
    )


def _amount(value: float | None, unit: str) -> str:
    return "" if value is None else f"{_number(value)} {unit}".rstrip()


def _number(value: float) -> str:
    """Three digits that say something: 0.512, 8.21, 43.1, 286, 12450."""
    for limit, digits in ((1, 3), (10, 2), (100, 1)):
        if abs(value) < limit:
            return f"{value:.{digits}f}"
    return f"{value:.0f}"


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(mark) in "WF" else 1 for mark in text)

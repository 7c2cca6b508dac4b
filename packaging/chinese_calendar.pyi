"""What the program uses of the package chinesecalendar, which has no types of its own."""

from datetime import date

class constants:  # noqa: N801 - a module there
    holidays: dict[date, str]

def is_workday(date: date) -> bool: ...

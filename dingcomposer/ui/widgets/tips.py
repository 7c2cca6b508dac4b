"""Tool tips of text that comes from outside."""

from html import escape

_MOST_CHARACTERS = 600


def plain_tip(text: str) -> str:
    """The text as a tip that shows it letter by letter, wrapped, and cut where it is very long.

    Qt would take a text that looks like HTML for HTML, pictures and all.
    """
    if not text:
        return ""
    short = text if len(text) <= _MOST_CHARACTERS else f"{text[:_MOST_CHARACTERS]}…"
    return f"<p>{escape(short)}</p>"

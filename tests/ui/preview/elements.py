"""Paragraphs of elements that are written out as HTML, as short as a test wants them."""

import re
from xml.etree.ElementTree import fromstring

from dingcomposer.ui.preview.richtext.element_reading import from_element
from dingcomposer.ui.preview.richtext.paragraphs import Paragraph

_VOID = re.compile(r"<(br|hr|img[^>]*)>")


def from_html(html: str) -> tuple[Paragraph, ...]:
    """What the preview makes of these blocks."""
    closed = _VOID.sub(r"<\1/>", html)
    return from_element(fromstring(f"<body>{closed}</body>"))

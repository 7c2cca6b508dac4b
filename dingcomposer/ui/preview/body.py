"""What a card's body is made from, and the paragraphs it makes: strings in, frozen values out."""

from dataclasses import dataclass

from dingcomposer.core import dialect
from dingcomposer.core.messages import Mentions
from dingcomposer.ui.preview import paragraphs
from dingcomposer.ui.preview.paragraphs import Paragraph


@dataclass(frozen=True, slots=True)
class Body:
    """The source of a body. `names` are pairs of a number or user id and the member's name."""

    text: str = ""
    is_markdown: bool = False
    is_for_pc: bool = True
    mentions: Mentions = Mentions()
    names: tuple[tuple[str, str], ...] = ()


def to_paragraphs(body: Body) -> tuple[Paragraph, ...]:
    """The paragraphs of a body. Any thread; takes milliseconds for what a message can hold."""
    people = {*body.mentions.mobiles, *body.mentions.user_ids}
    names = {key: name for key, name in body.names if key in people and name}
    if not body.is_markdown:
        return paragraphs.from_text(body.text, body.mentions, names)
    html = dialect.to_html(body.text, for_pc=body.is_for_pc)
    return paragraphs.from_html(html, names)

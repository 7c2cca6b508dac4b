"""Bodies as paragraphs."""

from dingcomposer.ui.preview.richtext.rendering import Body, render


def test_what_did_not_change_is_the_same_object_again() -> None:
    texts = ("一\n\n二\n\n三", "一\n\n改\n\n三")
    first, second = (render(Body(text, is_markdown=True)).paragraphs for text in texts)
    assert first[0] is second[0]
    assert first[2] is second[2]
    assert first[1] != second[1]

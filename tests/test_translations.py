"""The program's words: complete in both languages, and none of them past the translation."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QCoreApplication, QLocale
from PySide6.QtWidgets import QApplication, QDialogButtonBox

import dev_translations
from dingcomposer.services.translations import Language, Translators

PROJECT = Path(__file__).resolve().parent.parent
PACKAGE = PROJECT / "dingcomposer"
I18N = PROJECT / "resources" / "i18n"
CHINESE, ENGLISH = I18N / "dingcomposer_zh_CN.ts", I18N / "dingcomposer_en.ts"

LITERALS = frozenset(
    {
        "DingComposer",  # a name
        "JSON",
        "PC",
        "English",  # each language in its own letters, so that everybody finds theirs
        "简体中文",
        "SEC…",  # how a secret begins
    }
)
"""What may be shown without being translated."""

DINGTALKS_OWN = frozenset({"机器人", "[@所有人]", "回复", "机"})
"""What DingTalk itself draws, in whichever language the program speaks."""

SHOWING = frozenset(
    {
        "QAction", "QCheckBox", "QGroupBox", "QLabel", "QMenu", "QPushButton", "QRadioButton",
        "QToolButton", "addAction", "addItem", "addMenu", "addRow", "addTab", "drawText",
        "setAccessibleDescription", "setAccessibleName", "setInformativeText",
        "setPlaceholderText", "setPrefix", "setStatusTip", "setSuffix", "setText", "setTitle",
        "setToolTip", "setWindowTitle", "showMessage",
    }
)  # fmt: skip
"""Calls whose words a person sees or hears."""

UNSEEN = frozenset(
    {
        "debug", "info", "warning", "error", "exception",  # the log
        "setObjectName", "setProperty", "setStyleSheet",
    }
)  # fmt: skip
"""Calls whose words nobody sees."""

# {{name}} is a field that a person writes, in their own language.
PLURAL = re.compile("%L?n")
PLACEHOLDER = re.compile(r"(?<!\{)\{\w+\}(?!\})|%L?n|%L?\d")
HAN = "\u4e00-\u9fff"
BESIDE = {
    "a space between Chinese and Latin": rf"[{HAN}][A-Za-z0-9]|[A-Za-z0-9][{HAN}]",
    "the punctuation of Chinese sentences": rf"[{HAN}] ?[,;:?!.]|[,;:?!][{HAN}]",
    "brackets of full width": rf"[{HAN}]\((?!&)|\([{HAN}]",
    "quotes as “ and ”": rf"[{HAN}][\"']|[\"'][{HAN}]|[「」『』]",
    "one ellipsis, not three points": r"\.\.\.",
    "no space beside the punctuation of full width": r" [，。；：？！、）”]|[，。；：？！、（“] ",
}
"""What holds in every Chinese text, each with what would break it."""


class Message:
    """One text of a translation file with all its forms."""

    def __init__(self, context: str, element: ElementTree.Element) -> None:
        self.context = context
        self.source = element.findtext("source", "")
        self.comment = element.findtext("comment") or ""
        self.has_plural = element.get("numerus") == "yes"
        translation = element.find("translation")
        assert translation is not None
        forms = [form.text or "" for form in translation.iter("numerusform")]
        self.forms = forms or [translation.text or ""]

    def __repr__(self) -> str:
        return f"{self.context}: {self.source!r} -> {self.forms}"


def messages(file: Path) -> list[Message]:
    return [
        Message(context.findtext("name", ""), element)
        for context in ElementTree.parse(file).getroot().iter("context")
        for element in context.iter("message")
    ]


@pytest.fixture
def translators(qapp: QApplication) -> Iterator[Translators]:
    """The program's translators; nothing of them is left behind."""
    before = QLocale()
    translators = Translators(qapp)
    yield translators
    translators.uninstall()
    QLocale.setDefault(before)


# The files


def test_every_text_is_extracted_translated_compiled_and_still_used() -> None:
    assert dev_translations.faults(I18N, PACKAGE) == []


def test_a_forgotten_translation_is_found(tmp_path: Path) -> None:
    for file in I18N.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    words = (tmp_path / CHINESE.name).read_text(encoding="utf-8")
    spoilt = words.replace("<source>Send anyway</source>", "<source>Send it anyway</source>")
    assert spoilt != words
    (tmp_path / CHINESE.name).write_text(spoilt, encoding="utf-8")
    found = dev_translations.faults(tmp_path, PACKAGE)
    assert f"{CHINESE.name}: not taken in yet: SendController: 'Send anyway'" in found
    assert f"{CHINESE.name}: no longer used: SendController: 'Send it anyway'" in found


@pytest.mark.parametrize("file", [CHINESE, ENGLISH], ids=lambda file: str(file.stem))
def test_a_translation_keeps_what_is_filled_in_later(file: Path) -> None:
    wrong = [
        one
        for one in messages(file)
        for form in one.forms
        if sorted(PLACEHOLDER.findall(form)) != sorted(PLACEHOLDER.findall(one.source))
    ]
    assert wrong == []


@pytest.mark.parametrize("file", [CHINESE, ENGLISH], ids=lambda file: str(file.stem))
def test_nobody_reads_a_plural_in_brackets(file: Path) -> None:
    assert [one for one in messages(file) if any("(s)" in form for form in one.forms)] == []


def test_every_count_is_extracted_as_a_plural() -> None:
    """lupdate knows the count of `self.tr(text, "", count)`, but not that of `translate`."""
    counts = [one for one in messages(CHINESE) if PLURAL.search(one.source) or "(s)" in one.source]
    assert [one for one in counts if not one.has_plural] == []


def test_english_has_both_forms_of_every_plural() -> None:
    plurals = {(one.context, one.source) for one in messages(CHINESE) if one.has_plural}
    assert {(one.context, one.source) for one in messages(ENGLISH)} == plurals
    assert [one for one in messages(ENGLISH) if len(one.forms) != 2] == []


@pytest.mark.parametrize("rule", BESIDE)
def test_chinese_is_set_as_chinese_is_set(rule: str) -> None:
    broken = re.compile(BESIDE[rule])
    assert [one for one in messages(CHINESE) if any(map(broken.search, one.forms))] == []


def test_chinese_says_that_it_was_dingtalk_only_where_english_does() -> None:
    """A sandbox, or a server of one's own, is spoken of by the same sentences."""
    own_names = {"Kinds", "QuotaDialog"}  # DingTalk's own words for a kind, and its plans
    named = ("DingTalk", "documented", "专有钉钉")
    found = [
        one
        for one in messages(CHINESE)
        if one.context not in own_names
        and any("钉钉" in form for form in one.forms)
        and not any(name in one.source for name in named)
    ]
    assert found == []


# The program


def test_every_text_comes_in_chinese(translators: Translators) -> None:
    translators.use(Language.CHINESE)
    for one in messages(CHINESE):
        count = 7 if one.has_plural else -1
        shown = QCoreApplication.translate(one.context, one.source, one.comment or None, count)
        assert shown == PLURAL.sub("7", one.forms[0]), one


def test_english_counts_one_and_many(translators: Translators) -> None:
    translators.use(Language.ENGLISH)

    def count(n: int) -> str:
        source = "%n message(s) from the last run never left; see the history"
        return QCoreApplication.translate("ResultPresenter", source, None, n)

    assert count(1) == "1 message from the last run never left; see the history"
    assert count(2) == "2 messages from the last run never left; see the history"


@pytest.mark.parametrize("language", Language)
def test_the_many_sends_of_a_history_are_told_in_groups_of_three_digits(
    translators: Translators, language: Language
) -> None:
    translators.use(language)
    told = QCoreApplication.translate("_Preview", "%Ln message(s) would go.", None, 29_425)
    assert "29,425" in told


@pytest.mark.parametrize(
    ("language", "words"), [(Language.CHINESE, "取消"), (Language.ENGLISH, "Cancel")]
)
def test_qts_own_buttons_speak_the_language_too(
    translators: Translators, language: Language, words: str
) -> None:
    translators.use(language)
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    button = box.button(QDialogButtonBox.StandardButton.Cancel)
    assert button.text().replace("&", "") == words


# The sources


def modules() -> Iterator[tuple[Path, ast.Module]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        yield path, ast.parse(path.read_text(encoding="utf-8"))


def called(node: ast.AST) -> str:
    """The last name of what is called; "" for all else."""
    if not isinstance(node, ast.Call):
        return ""
    match node.func:
        case ast.Attribute(value=ast.Name(id=owner), attr="translate"):
            return "translate" if owner == "QCoreApplication" else f"{owner}.translate"
        case ast.Attribute(attr=name) | ast.Name(id=name):
            return name
    return ""


def place(path: Path, node: ast.expr) -> str:
    return f"{path.relative_to(PROJECT)}:{node.lineno}: {ast.unparse(node)[:90]}"


def is_words(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def is_translating(node: ast.AST) -> bool:
    return called(node) in ("tr", "translate", "QT_TRANSLATE_NOOP")


def is_lost(node: ast.Call) -> bool:
    """Whether the extraction does not see a call's text, or looks for it in another context."""
    match called(node), node.args:
        case "tr", [text, *_]:
            return not is_words(text)
        case "translate", [ast.Starred(value=ast.Name(id="phrase"))]:
            return False  # `ui.texts.translate.translated`: QT_TRANSLATE_NOOP marked it elsewhere
        case _, [of, text, *_]:
            return not (is_words(of) and is_words(text))
    return True


def test_the_extraction_sees_every_text() -> None:
    lost = []
    for path, tree in modules():
        lost += [
            place(path, node)
            for node in ast.walk(tree)
            if isinstance(node, ast.Call) and is_translating(node) and is_lost(node)
        ]
        # lupdate does not look into f-strings.
        lost += [
            place(path, inner)
            for node in ast.walk(tree)
            if isinstance(node, ast.JoinedStr)
            for inner in ast.walk(node)
            if isinstance(inner, ast.Call) and is_translating(inner)
        ]
    assert lost == []


def literals(node: ast.AST) -> Iterator[ast.Constant]:
    """The literal words in an expression that are not handed to another call."""
    if isinstance(node, ast.Compare | ast.Subscript):
        return
    if isinstance(node, ast.Call) and called(node) != "format":
        return
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node
    for inner in ast.iter_child_nodes(node):
        if not (isinstance(node, ast.FormattedValue) and inner is node.format_spec):
            yield from literals(inner)


def test_no_literal_words_are_shown_past_the_translation() -> None:
    found = [
        place(path, node)
        for path, tree in modules()
        if path.is_relative_to(PACKAGE / "ui")
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and called(node) in SHOWING
        for argument in node.args
        for words in literals(argument)
        if any(letter.isalpha() for letter in str(words.value)) and words.value not in LITERALS
    ]
    assert found == []


def untranslated(tree: ast.AST) -> Iterator[ast.Constant]:
    """Every literal that is neither a docstring, nor translated, nor unseen."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.Expr) and is_words(node.value):
            continue
        if isinstance(node, ast.Raise | ast.Assert) or is_translating(node):
            continue
        if called(node) in UNSEEN:
            continue
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node
        yield from untranslated(node)


def test_no_sentence_stands_beside_the_translation() -> None:
    sentence = re.compile(r"\s*[A-Z][a-z]+ [a-z]+( [a-z]+|\b.*[.…?])")
    found = [
        place(path, words)
        for path, tree in modules()
        if path.is_relative_to(PACKAGE / "ui")
        for words in untranslated(tree)
        if sentence.match(str(words.value))
    ]
    assert found == []


def test_chinese_in_the_sources_is_only_what_dingtalk_draws() -> None:
    found = [
        place(path, words)
        for path, tree in modules()
        if path.is_relative_to(PACKAGE / "ui")
        for words in untranslated(tree)
        if re.search(f"[{HAN}]", str(words.value)) and words.value not in LITERALS | DINGTALKS_OWN
    ]
    assert found == []

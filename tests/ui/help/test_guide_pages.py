"""The guide's pages: nothing is missing in either language, and every link leads somewhere."""

import re
import subprocess
import sys
import tomllib
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from dingcomposer import paths
from dingcomposer.core.answers import Cause
from dingcomposer.core.checks.problems import ProblemCode
from dingcomposer.core.checkup.report import CheckupStep
from dingcomposer.core.delivery import Fault, Status
from dingcomposer.core.messages import Kind
from dingcomposer.services.translations import Language
from dingcomposer.storage.database import StorageFault
from dingcomposer.storage.secrets import SecretsReason
from dingcomposer.tour.guide_pictures import CONTROLS, WORDS, controls_in
from dingcomposer.ui.help.pages import PAGE_NAMES, WINDOW_TEXT, Guide, changes_source
from dingcomposer.ui.help.pictures import GuidePictures
from dingcomposer.ui.texts.checkup import step_label
from dingcomposer.ui.texts.outcomes import explain, status_word, topic_of
from dingcomposer.ui.texts.storage import (
    ALREADY_OPEN,
    FolderFault,
    already_open_sentence,
    folder_sentence,
    secrets_sentence,
    start_sentence,
    topic_in,
    topic_of_keeping,
)

ROOT = Path(__file__).parent.parent.parent.parent
LANGUAGES = (Language.ENGLISH, Language.CHINESE)
CODES = (*Cause, *Fault, *ProblemCode)


class Tags(HTMLParser):
    """What a page links to, shows, and names, and whether its tags pair up."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.pictures: list[tuple[str, str]] = []
        self.anchors: list[str] = []
        self.open: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if "id" in found:
            self.anchors.append(found["id"])
        if tag == "a":
            self.links.append(found["href"])
        if tag == "img":
            self.pictures.append((found["src"], found["alt"]))
        elif tag not in ("br", "hr"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def source(language: Language, page: str) -> str:
    return paths.resource(f"guide/{language}/{page}.html").read_text("utf-8")


def test_each_language_has_each_page_and_no_other() -> None:
    for language in LANGUAGES:
        files = {path.stem for path in paths.resource(f"guide/{language}").glob("*.html")}
        assert files == set(PAGE_NAMES)


def test_every_cause_fault_and_problem_has_its_section(guide: Guide) -> None:
    for code in CODES:
        section = guide.find(topic_of(code))
        assert section is not None, code
        assert section.title, code
        assert len(section.text) > 5, f"{code} is not explained"


def test_every_step_of_a_check_up_and_every_status_has_its_section(guide: Guide) -> None:
    for step in CheckupStep:
        section = guide.find(f"checkup.{step}")
        assert section is not None, step
        assert section.title == step_label(step)
    for status in Status:
        section = guide.find(f"verdict.{status}")
        assert section is not None, status
        assert section.title == status_word(status)


def test_whatever_keeps_a_program_or_its_data_has_its_section(guide: Guide) -> None:
    for fault in (*StorageFault, *SecretsReason, *FolderFault):
        section = guide.find(topic_of_keeping(fault))
        assert section is not None, fault
        assert section.title, fault
        assert len(section.text) > 20, f"{fault} is not explained"
    assert guide.find(ALREADY_OPEN) is not None


def test_each_sentence_that_is_said_of_it_leads_there(language: Language) -> None:
    path = Path("/data/dingcomposer.sqlite3")
    assert language
    for fault in StorageFault:
        assert topic_in(start_sentence(fault, path)) == topic_of_keeping(fault)
    for reason in SecretsReason:
        assert topic_in(f"… {secrets_sentence(reason)}") == topic_of_keeping(reason)
    for folder_fault in FolderFault:
        assert topic_in(folder_sentence(path, folder_fault)) == topic_of_keeping(folder_fault)
    for process in ("", "4711"):
        assert topic_in(already_open_sentence(process, was_raised=False)) == ALREADY_OPEN
    assert topic_in("Copied as a picture") == ""


def test_a_section_is_headed_by_what_the_window_says(guide: Guide) -> None:
    section = guide.find("cause.keyword")
    words = explain(Cause.KEYWORD, None)
    assert section is not None
    assert section.title == words.happened
    assert words.helps in section.text


def test_both_languages_have_the_same_sections_links_and_pictures() -> None:
    for page in PAGE_NAMES:
        if page == "whats-new":
            continue
        english, chinese = (Tags(source(language, page)) for language in LANGUAGES)
        assert english.anchors == chinese.anchors, page
        assert sorted(english.links) == sorted(chinese.links), page
        assert [src for src, _alt in english.pictures] == [src for src, _alt in chinese.pictures]
        counts = (len(re.findall("<h[1-4]", source(one, page))) for one in LANGUAGES)
        assert len(set(counts)) == 1, page


def test_tags_pair_up_and_every_anchor_stands_once(guide: Guide) -> None:
    anchors = []
    for name, page in guide.pages.items():
        tags = Tags(page.html)
        assert tags.open == [], name
        anchors += tags.anchors
    assert len(anchors) == len(set(anchors))


def test_every_link_leads_somewhere(guide: Guide) -> None:
    for name, page in guide.pages.items():
        for link in Tags(page.html).links:
            if not link.startswith("https://"):
                assert guide.find(link, name) is not None, f"{name}: {link}"


def test_texts_of_the_window_are_still_its_texts() -> None:
    tree = ET.parse(ROOT / "resources" / "i18n" / "dingcomposer_zh_CN.ts")
    known = {
        (context.findtext("name"), message.findtext("source"))
        for context in tree.getroot().iter("context")
        for message in context.iter("message")
    }
    for language in LANGUAGES:
        for page in PAGE_NAMES:
            text = source(language, page)
            for found in WINDOW_TEXT.finditer(text):
                assert found.groups() in known, f"{page}: {found[0]}"
            assert "[[" not in WINDOW_TEXT.sub("", text), page


def test_every_kind_is_drawn(guide: Guide) -> None:
    shown = [src for src, _alt in Tags(guide.pages["kinds"].html).pictures]
    assert sorted(shown) == sorted(f"sample:{kind}" for kind in Kind)


def pictures_of(guide: Guide) -> Iterator[tuple[str, str]]:
    for page in guide.pages.values():
        yield from Tags(page.html).pictures


def test_every_picture_is_there_and_is_said_in_words(guide: Guide, qapp: QApplication) -> None:
    owner = QWidget()
    texts = dict(pair for page in guide.pages.values() for pair in page.shown)
    pictures = GuidePictures(guide.language, texts, owner)
    for address, words in pictures_of(guide):
        for is_dark in (False, True):
            image = pictures.picture(address, is_dark=is_dark)
            assert image.deviceIndependentSize().width() > 200, address
            assert image.deviceIndependentSize().height() > 40, address
        assert len(words) > 4
    assert qapp is not None


def test_no_picture_of_a_window_is_kept_that_no_page_shows(guide: Guide) -> None:
    folder = paths.resource(f"guide/{guide.language}/pictures")
    wanted = {src.partition(":")[2] for src, _alt in pictures_of(guide) if "window:" in src}
    assert {path.stem for path in folder.glob("*.png")} == wanted


@pytest.mark.parametrize("spoken", LANGUAGES)
def test_the_pictures_show_the_windows_as_they_are(tmp_path: Path, spoken: Language) -> None:
    """Where this fails, a window has changed: `dev.py pictures` takes them anew."""
    # A program of its own: it runs Qt's loop, and ends it.
    command = [sys.executable, "-m", "dingcomposer.tour.guide_pictures", str(tmp_path), spoken]
    subprocess.run(command, check=True, timeout=120, cwd=ROOT)
    taken = [path.stem for path in tmp_path.glob("*.png")]
    folder = paths.resource(f"guide/{spoken}/pictures")
    assert sorted(taken) == sorted(path.stem for path in folder.glob("*.png"))
    for name in taken:
        fresh, kept = QImage(str(tmp_path / f"{name}.png")), QImage(str(folder / f"{name}.png"))
        assert not fresh.isNull()
        assert len(fresh.text(WORDS).splitlines()) > 5
        assert len(fresh.text(CONTROLS).splitlines()) > 1
        for key in (WORDS, CONTROLS):
            now, then = fresh.text(key).splitlines(), kept.text(key).splitlines()
            assert then == now, f"{name}: run `dev.py pictures`"
        # Other fonts make another height; a window of another shape is another window.
        assert abs(fresh.width() - kept.width()) < 0.2 * kept.width(), name
        assert abs(fresh.height() - kept.height()) < 0.3 * kept.height(), name


def test_a_control_that_came_or_changed_places_is_noticed_and_another_font_is_not(
    qtbot: QtBot,
) -> None:
    window, one, two, hidden = QWidget(), QPushButton(), QPushButton(), QPushButton()
    names = {"window": window, "one": one, "two": two, "three": hidden}
    for name, widget in names.items():
        widget.setObjectName(name)
    qtbot.addWidget(window)
    column, row = QVBoxLayout(window), QHBoxLayout()
    column.addWidget(one)
    column.addLayout(row)
    row.addWidget(two)
    row.addWidget(QLabel("Words"))
    row.addWidget(hidden)
    hidden.hide()
    window.show()
    assert controls_in(window) == "window: one (two)"
    window.setStyleSheet("font-size: 31px")
    assert controls_in(window) == "window: one (two)"
    column.insertWidget(0, two)
    assert controls_in(window) == "window: two one"
    hidden.show()
    assert controls_in(window) == "window: two one (three)"


def test_what_is_shown_as_markdown_stands_there_as_it_is_written(guide: Guide) -> None:
    shown = dict(guide.pages["markdown"].shown)
    assert len(shown) > 8
    assert any("<font color=#FF0000>" in text for text in shown.values())
    assert any(text.startswith("# ") for text in shown.values())


ALLOWED = {
    ("findings", "通讯录"),  # the company's directory in DingTalk, which 联系人 is not
    ("kinds", "整体跳转"),  # DingTalk's own names, beside ours
    ("kinds", "独立跳转"),
}


def test_the_chinese_pages_use_the_glossarys_words() -> None:
    glossary = tomllib.loads((ROOT / "resources/i18n/glossary.toml").read_text("utf-8"))
    never = [word for term in glossary["term"] for word in term.get("never", ())]
    assert len(never) > 30
    wrong = set()
    for path in paths.resource("guide/zh_CN").glob("*.*[dl]"):
        text = WINDOW_TEXT.sub("", path.read_text("utf-8"))
        plain = re.sub(r"<code>.*?</code>|<pre.*?</pre>|`[^`]*`|<[^>]+>", "", text, flags=re.DOTALL)
        wrong |= {(path.stem, word) for word in never if word in plain}
    assert wrong == ALLOWED


# --- searching ----------------------------------------------------------------------------------


@pytest.mark.parametrize("word", ["签", "撤", "代理"])
def test_chinese_is_found_from_one_character_on(word: str, qapp: QApplication) -> None:
    assert qapp is not None
    hits = Guide(Language.CHINESE).search(word)
    assert hits
    for hit in hits:
        assert word in hit.section.title or word in hit.section.text
    assert any(word in hit.found for hit in hits)


def test_all_words_are_wanted_and_headings_come_first(qapp: QApplication) -> None:
    assert qapp is not None
    guide = Guide(Language.ENGLISH)
    hits = guide.search("KEYWORD  secret")
    assert hits
    for hit in hits:
        said = f"{hit.section.title} {hit.section.text}".casefold()
        assert "keyword" in said
        assert "secret" in said
    titles = ["proxy" in hit.section.title.casefold() for hit in guide.search("proxy")]
    assert titles == sorted(titles, reverse=True)
    assert titles[0] and not titles[-1]
    assert guide.search("  ") == ()
    assert guide.search("xyzzy") == ()


# --- what is new --------------------------------------------------------------------------------


def versions(markdown: str) -> dict[str, list[str]]:
    """The lines of each version."""
    found: dict[str, list[str]] = {}
    for line in markdown.splitlines():
        if line.startswith("## "):
            found[line.removeprefix("## ").strip()] = []
        elif line.startswith("- "):
            found[list(found)[-1]].append(line)
    return found


def test_both_languages_tell_of_the_same_versions() -> None:
    english, chinese = (versions(changes_source(language)) for language in LANGUAGES)
    assert list(english) == list(chinese)
    for version in english:
        if version != "Unreleased":  # it is translated when it becomes a version
            assert len(english[version]) == len(chinese[version]), version


def test_what_is_new_shows_each_version(guide: Guide) -> None:
    for version in versions(changes_source(guide.language)):
        assert guide.find(f"whats-new#version.{version.partition(' ')[0].lower()}") is not None

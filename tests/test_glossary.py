"""One thing, one word: resources/i18n/glossary.toml holds in every Chinese text."""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

import pytest

ROOT = Path(__file__).resolve().parent.parent
GLOSSARY = ROOT / "resources" / "i18n" / "glossary.toml"
CHINESE = ROOT / "resources" / "i18n" / "dingcomposer_zh_CN.ts"
README = ROOT / "README.zh-CN.md"
NO_WORDS = re.compile(r"\{\w+\}|(?<!\w)/\w\S*")
"""Placeholders and paths: what stands in them is not said to anybody."""


@dataclass(frozen=True, slots=True)
class Said:
    """A Chinese text, with what it says in English: "" where nobody wrote that down."""

    english: str
    chinese: str


@dataclass(frozen=True, slots=True)
class Term:
    """One thing: the English words for it, the Chinese one, and those that stand nowhere."""

    english: tuple[str, ...]
    chinese: str
    never: tuple[str, ...] = ()

    def is_meant_by(self, english: str) -> bool:
        words = rf"(?<!\w)(?:{'|'.join(self.english)})s?(?!\w)"
        found = re.search(words, NO_WORDS.sub(" ", english), re.IGNORECASE)
        return bool(self.english) and found is not None


@dataclass(frozen=True, slots=True)
class Allowed:
    """A text in which another word is right: `where` is its English, or a part of a line."""

    term: str
    where: str


def glossary() -> tuple[list[Term], list[Allowed]]:
    tables = tomllib.loads(GLOSSARY.read_text(encoding="utf-8"))
    terms = [
        Term(tuple(one.get("en", ())), one["zh"], tuple(one.get("never", ())))
        for one in tables["term"]
    ]
    allowed = [Allowed(one["term"], where) for one in tables["exception"] for where in one["where"]]
    return terms, allowed


def messages() -> list[Said]:
    found = []
    for message in ElementTree.parse(CHINESE).getroot().iter("message"):
        translation = message.find("translation")
        assert translation is not None
        forms = [form.text or "" for form in translation.iter("numerusform")]
        english = message.findtext("source", "")
        found += [Said(english, form) for form in forms or [translation.text or ""]]
    return found


def readme() -> list[Said]:
    return [Said("", line) for line in README.read_text(encoding="utf-8").splitlines()]


def faults(said: Iterable[Said], terms: Iterable[Term]) -> list[tuple[str, Said]]:
    """Each text that lacks a term's word, or holds one that stands nowhere, with that word."""
    found = []
    for one in said:
        for term in terms:
            if term.is_meant_by(one.english) and term.chinese not in one.chinese:
                found.append((term.chinese, one))
            found += [(word, one) for word in term.never if word in one.chinese]
    return found


def is_allowed(word: str, said: Said, allowed: Iterable[Allowed]) -> bool:
    return any(
        one.term == word
        and (one.where == said.english if said.english else one.where in said.chinese)
        for one in allowed
    )


def held_against(said: Iterable[Said]) -> list[str]:
    """What breaks the glossary, one line each."""
    terms, allowed = glossary()
    return [
        f"{word}: {one.english or 'README'!r} -> {one.chinese!r}"
        for word, one in faults(said, terms)
        if not is_allowed(word, one, allowed)
    ]


def test_every_message_uses_the_one_word_for_a_thing() -> None:
    assert held_against(messages()) == []


def test_the_chinese_readme_uses_no_other_words() -> None:
    assert held_against(readme()) == []


@pytest.mark.parametrize(
    ("english", "chinese", "wrong"),
    [
        ("Show this send in the history", "在历史记录中查看", ["发送记录", "历史"]),
        ("The histories of both robots", "两个机器人的过往", []),
        ("The password store is locked.", "密钥环已锁定。", ["系统密码库", "密钥环"]),
        ("{robot}, one of several", "{robot}，几个之一", []),
        ("The path must be /robot/send.", "路径应为 /robot/send。", []),
        ("Robotic", "自动", []),
        ("", "| **FeedCard** | 多条图文 |", ["FeedCard"]),
        ("", "| **单按钮卡片** | 整体跳转 |", []),
        ("Aim the message here", "选为发送目标", []),
        ("Aim the message there", "选为发送目标", ["消息"]),
    ],
)
def test_another_word_is_found(english: str, chinese: str, wrong: list[str]) -> None:
    found = held_against([Said(english, chinese)])
    assert [line.partition(":")[0] for line in found] == wrong


def test_each_word_that_stands_nowhere_is_found_in_a_message_and_in_the_readme() -> None:
    terms, _ = glossary()
    for word in (word for term in terms for word in term.never):
        for english in ("Somewhere", ""):
            found = held_against([Said(english, f"看看{word}。")])
            assert any(line.startswith(f"{word}:") for line in found), word


def test_every_term_is_in_use() -> None:
    terms, _ = glossary()
    said = [one.english for one in messages()]
    unused = [one.chinese for one in terms if one.english and not any(map(one.is_meant_by, said))]
    assert unused == []


def test_no_exception_outlives_what_it_is_for() -> None:
    terms, allowed = glossary()
    broken = faults([*messages(), *readme()], terms)
    needless = [
        one for one in allowed if not any(is_allowed(word, said, [one]) for word, said in broken)
    ]
    assert needless == []


def test_every_exception_has_its_reason_and_every_term_stands_once() -> None:
    tables = tomllib.loads(GLOSSARY.read_text(encoding="utf-8"))
    assert all(one["reason"].endswith(".") for one in tables["exception"])
    words = [one["zh"] for one in tables["term"]]
    assert len(words) == len(set(words))
    never = {word for one in tables["term"] for word in one.get("never", ())}
    assert never.isdisjoint(words)

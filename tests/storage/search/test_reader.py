"""What is found in the history: the same as by reading every text, and true while rows change."""

import random

from dingcomposer.core.messages import (
    Mentions,
    Text,
)
from dingcomposer.core.search.matching import matches
from dingcomposer.core.search.query import parse_query

from .conftest import Archive

PEOPLE = {"13800138000": "王芳", "manager7": "李雷"}
ALPHABET = [
    *"停机通知演练网络的一是，。！「」", *"abcABC01９ａＢé", *"\"'*%_-+^():{}\\/&|~\u3000 \n\t",
    "NEAR", "AND", "OR", "NOT", "deploy", "Deploy", "😀", "👨\u200d👩", "e\u0301", "ß", "İ",
    "ﬁ", "㎏",
    "13800138000", "王芳", "robot:", "\x00", "\ud83d", "\ue000", "x" * 70,
]  # fmt: skip


def test_questions_over_random_texts_find_what_a_plain_scan_finds(archive: Archive) -> None:
    chance = random.Random(12)
    archive.index.prepare()
    for _ in range(250):
        words = "".join(chance.choices(ALPHABET, k=chance.randint(1, 14)))
        mentions = Mentions(("13800138000",)) if chance.random() < 0.2 else None
        archive.add(Text(words, mentions))
    documents = archive.history.documents(range(1, 251))
    found = 0
    for _ in range(1_500):
        question = "".join(chance.choices(ALPHABET, k=chance.randint(1, 4)))
        expected = [
            key
            for key in range(250, 0, -1)
            if matches(parse_query(question), documents[key], PEOPLE, archive.now.astimezone())
        ]
        if not parse_query(question):
            continue
        assert archive.find(question, PEOPLE) == expected, repr(question)
        found += bool(expected)
    assert found > 300

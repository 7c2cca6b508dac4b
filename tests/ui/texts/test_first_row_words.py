"""No word of programmers stands where announcers read first: such things are behind a fold."""

import errno
import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QCoreApplication

from dingcomposer.core.answers import Cause
from dingcomposer.core.delivery import Fault, Status
from dingcomposer.services.recovery import RetryObstacle
from dingcomposer.services.translations import Language, Translators
from dingcomposer.storage.database import StorageFault
from dingcomposer.storage.secrets import SecretsReason
from dingcomposer.ui.texts.outcomes import explain, obstacle_sentence, status_word
from dingcomposer.ui.texts.storage import (
    already_open_sentence,
    folder_sentence,
    secrets_sentence,
    start_sentence,
    storage_sentence,
)

TECHNICAL = re.compile(
    r"errcode|errmsg|errno|\bHTTP\b|\bTLS\b|\bJSON\b|\btokens?\b|keyring|keychain|钥匙串|Content-Type"
    r"|content type|msgUuid|127\.0|localhost|\bports?\b|端口|\bhosts?\b|域名|\bbytes?\b|字节"
    r"|sign not match|access_token|\bSHA\b|\bCA\b|\brequests?\b|请求|错误码|\bURI\b|\bURL\b"
    r"|\{errcode\}|\{http\}|\{host\}",
    re.IGNORECASE,
)
FIRST_ROWS = (
    "Broadcast",
    "BroadcastController",
    "ConfirmDialog",
    "Queue",
    "RecoveryActions",
    "Remedies",
    "ResultBar",
    "ResultPresenter",
    "Robots",
    "SendController",
    "StatusBar",
    "Tally",
    "Verdicts",
)
"""The contexts whose sentences stand in results, in rows of the history, in the question before
a send, and in the status line."""
TRANSLATIONS = Path(__file__).parents[3] / "resources" / "i18n" / "dingcomposer_zh_CN.ts"


def first_row_texts() -> Iterator[tuple[str, str, str]]:
    """Context, English and Chinese of every sentence that may stand in a first row."""
    for context in ElementTree.parse(TRANSLATIONS).getroot().findall("context"):
        name = context.findtext("name") or ""
        if name in FIRST_ROWS:
            for message in context.findall("message"):
                translation = message.find("translation")
                assert translation is not None
                yield name, message.findtext("source") or "", "".join(translation.itertext())


def test_no_sentence_of_a_first_row_holds_a_technical_word() -> None:
    texts = list(first_row_texts())
    assert {name for name, *_ in texts} == set(FIRST_ROWS)
    assert len(texts) > 150
    found = [one for one in texts if TECHNICAL.search(one[1]) or TECHNICAL.search(one[2])]
    assert found == []


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("is_dingtalk", [True, False, None])
def test_each_status_cause_and_fault_is_told_without_technical_words(
    qapp: QCoreApplication, language: Language, is_dingtalk: bool | None
) -> None:
    translators = Translators(qapp)
    translators.use(language)
    try:
        told = [status_word(status) for status in Status]
        told += map(obstacle_sentence, RetryObstacle)
        told += map(secrets_sentence, SecretsReason)
        for cause, fault in (*((one, None) for one in Cause), *((None, one) for one in Fault)):
            words = explain(cause, fault, is_dingtalk=is_dingtalk)
            assert words.happened
            assert "{" not in words.happened + words.helps.replace("{{", "")
            told += [words.happened, words.helps]
    finally:
        translators.uninstall()
    assert [one for one in told if TECHNICAL.search(one)] == []


def test_such_words_are_found() -> None:
    for word in ("errcode 310000", "HTTP 404", "sign not match", "127.0.0.1:8080", "系统钥匙串"):
        assert TECHNICAL.search(f"已发出（{word}）")


@pytest.mark.parametrize("language", [Language.ENGLISH, Language.CHINESE])
def test_what_keeps_a_program_from_starting_has_its_options_and_paths_below(
    qapp: QCoreApplication, language: Language
) -> None:
    path = Path("/data/dingcomposer.sqlite3")
    translators = Translators(qapp)
    translators.use(language)
    try:
        told = [start_sentence(fault, path) for fault in StorageFault]
        assert [one.split("\n")[0] for one in told] == [*map(storage_sentence, StorageFault)]
        assert all(one.split("\n")[1] == str(path) for one in told)
        codes = (errno.ENOSPC, errno.EACCES, errno.EISDIR, errno.ENOENT, errno.EIO, None)
        told += [folder_sentence(path.parent, code) for code in codes]
        told += [already_open_sentence(one, was_raised=False) for one in ("", "4711")]
    finally:
        translators.uninstall()
    option = re.compile("--|sqlite|数据库", re.IGNORECASE)
    assert [one for one in told if option.search(one.split("\n")[0])] == []
    with_option = [one for one in told if "--data-dir" in one]
    assert len(with_option) == 4 + 4 + 2

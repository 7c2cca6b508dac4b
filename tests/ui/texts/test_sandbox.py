"""What the sandbox found out, in both languages."""

import re
import string
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication

from dingcomposer.sandbox.diagnosis import Diagnosis, DiagnosisCode, Weight
from dingcomposer.sandbox.diagnosis.codes import diagnosis
from dingcomposer.sandbox.diagnosis.sentences import SENTENCES, to_sentence
from dingcomposer.services.translations import Language, Translators
from dingcomposer.ui.texts.sandbox import diagnosis_sentence, weight_word


@pytest.fixture
def chinese(qapp: QApplication) -> Iterator[None]:
    translators, before = Translators(qapp), QLocale()
    translators.use(Language.CHINESE)
    yield
    translators.uninstall()
    QLocale.setDefault(before)


def example(code: DiagnosisCode) -> Diagnosis:
    """A diagnosis whose every parameter can be found again."""
    names = {name for _, name, _, _ in string.Formatter().parse(SENTENCES[code]) if name}
    values = ((name, 60 if name.endswith("_s") else f"<{name}>") for name in sorted(names))
    return Diagnosis(code, tuple(values))


@pytest.mark.usefixtures("qapp")
def test_in_english_it_is_the_sandboxs_own_sentence() -> None:
    for code in DiagnosisCode:
        assert diagnosis_sentence(example(code)) == to_sentence(example(code))


@pytest.mark.usefixtures("chinese")
@pytest.mark.parametrize("code", DiagnosisCode)
def test_every_sentence_is_said_in_chinese_with_all_that_belongs_into_it(
    code: DiagnosisCode,
) -> None:
    words = diagnosis_sentence(example(code))
    assert re.search("[一-鿿]", words)
    for name, value in example(code).params:
        assert (str(value) if isinstance(value, str) else "1 分钟") in words, name


@pytest.mark.usefixtures("chinese")
def test_spans_of_time_and_weights_are_said_in_chinese() -> None:
    late = diagnosis(DiagnosisCode.TIMESTAMP_OLD, off_s=3_900, limit_s=3_600)
    assert diagnosis_sentence(late).startswith("时间戳是 1 小时 5 分钟前的，最多允许 1 小时")
    assert [weight_word(weight) for weight in Weight] == ["有误：", "不清楚：", "提示："]

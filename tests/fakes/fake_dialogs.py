"""Modal questions, confirmations and the choice of a file, answered by the test."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QToolButton, QWidget

from dingcomposer.ui import questions as asking
from dingcomposer.ui.preview.comparison import Comparison
from dingcomposer.ui.questions import Question
from dingcomposer.ui.send import confirm_dialog


def cancels(question: Question) -> str:
    """What closing the dialog answers."""
    return question.cancel


def insists(question: Question) -> str:
    """What goes on, whatever is asked."""
    return question.choices[-1].key


def is_unexpected(question: Question) -> str:
    """No answer: the test says that nobody is asked this."""
    raise AssertionError(f"asked without need: {question}")


class FakeQuestions:
    """Answers each question as prepared for its name, and remembers what was asked.

    `otherwise` answers where nothing is prepared, or nothing that is offered.
    """

    def __init__(
        self, prepared: Mapping[str, str], otherwise: Callable[[Question], str] = cancels
    ) -> None:
        self.prepared = dict(prepared)
        self.asked: list[Question] = []
        self.names: list[str] = []
        self._otherwise = otherwise

    def __call__(self, _parent: QWidget | None, question: Question) -> str:
        self.asked.append(question)
        self.names.append(question.name)
        wanted = self.prepared.get(question.name)
        # A person can choose only what is offered.
        is_offered = wanted in {choice.key for choice in question.choices}
        return wanted if wanted and is_offered else self._otherwise(question)


class FakeConfirmations:
    """Reads each confirmation of a send as a person does, and gives the reply that is set."""

    def __init__(self) -> None:
        self.reply = True
        self.shown: list[confirm_dialog.Confirmation] = []
        self.read: list[str] = []
        self.differences: list[str] = []
        self.production: list[str] = []
        self.tests: list[str] = []

    def __call__(self, parent: QWidget | None, confirmation: confirm_dialog.Confirmation) -> bool:
        self.shown.append(confirmation)
        dialog = confirm_dialog.ConfirmDialog(confirmation, parent)
        self.read.append("\n".join(label.text() for label in dialog.findChildren(QLabel)))
        fold = dialog.findChild(QToolButton, "confirm.differences.show")
        if fold is not None:
            fold.click()
        compared = dialog.findChild(Comparison, "confirm.differences")
        self.differences.append(compared.words if compared else "")
        for name in ("production", "tests"):
            groups = dialog.findChild(confirm_dialog.GroupNames, f"confirm.{name}")
            getattr(self, name).append("\n".join(groups.names) if groups else "")
        dialog.deleteLater()
        return self.reply


class FakeSaveDialog:
    """Answers where to save with the path that is set, and remembers what was suggested."""

    def __init__(self) -> None:
        self.answer = ""
        self.suggested: list[Path] = []
        self.kinds: list[str] = []

    def __call__(self, _parent: QWidget | None, _title: str, suggested: str, kinds: str) -> str:
        self.suggested.append(Path(suggested))
        self.kinds.append(kinds)
        return self.answer


Answer = Callable[..., FakeQuestions]


@pytest.fixture
def answer(monkeypatch: pytest.MonkeyPatch) -> Answer:
    """Prepare the answers to the questions that this test meets, by their names."""

    def prepare(**prepared: str) -> FakeQuestions:
        questions = FakeQuestions(prepared)
        monkeypatch.setattr(asking, "ask", questions)
        return questions

    return prepare


@pytest.fixture
def insisting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is asked: go on."""
    monkeypatch.setattr(asking, "ask", FakeQuestions({}, insists))


@pytest.fixture
def confirmed(monkeypatch: pytest.MonkeyPatch) -> FakeConfirmations:
    """The confirmations of sends, each replied to with yes unless the test says otherwise."""
    confirmations = FakeConfirmations()
    monkeypatch.setattr(confirm_dialog, "confirm", confirmations)
    return confirmations


@pytest.fixture
def save_dialog(monkeypatch: pytest.MonkeyPatch) -> FakeSaveDialog:
    """The system's dialog for a new file."""
    dialog = FakeSaveDialog()
    monkeypatch.setattr(asking, "choose_new_file", dialog)
    return dialog

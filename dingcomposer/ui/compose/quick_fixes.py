"""Fixes of problems: by the button of a row, at the caret (Ctrl+.), and for all of one kind."""

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu, QWidget

from dingcomposer.core.checks.problems import CAN_BE_SWITCHED_OFF, Problem, ProblemCode
from dingcomposer.core.draft import Draft
from dingcomposer.core.lint import Lint
from dingcomposer.core.messages import Kind
from dingcomposer.services.draft_session import DraftSession
from dingcomposer.services.settings import SWITCHED_OFF, Settings

if TYPE_CHECKING:
    from dingcomposer.core.checks.fixes import KeywordOffer

_MOST_OFFERED = 8
_ASKED = (ProblemCode.TOO_LONG, ProblemCode.FIELD_UNFILLED)


class QuickFixes(QObject):
    """Sets problems of the session's draft right; each click is one step that can be undone.

    `settings` remember what a person does not want to be told of. `find_problems` gives what was
    found last, `find_lints` where it stands in the text, `sentence_of` says one in words.

    Signals:
        fixed(): the draft is another one.
        switched_off(): other kinds of problems are told from now on.
        asked(ProblemCode): a person has to answer first: the message in parts, or its fields.
        said(str): a sentence for the status line.
        meaning_wanted(str): show this section of the guide.
    """

    fixed = Signal()
    asked = Signal(object)
    switched_off = Signal()
    said = Signal(str)
    meaning_wanted = Signal(str)

    def __init__(
        self,
        session: DraftSession,
        page: QWidget,
        *,
        settings: Settings | None,
        find_problems: Callable[[], Sequence[Problem]],
        find_lints: Callable[[], Sequence[Lint]],
        sentence_of: Callable[[Problem], str],
    ) -> None:
        super().__init__(page)
        self._session, self._page, self._settings = session, page, settings
        self._find_problems, self._find_lints = find_problems, find_lints
        self._sentence_of = sentence_of

    @property
    def hidden(self) -> frozenset[ProblemCode]:
        """What is not to be told."""
        return frozenset() if self._settings is None else self._settings.value(SWITCHED_OFF)

    def hide(self, codes: Iterable[ProblemCode]) -> None:
        """Tell nothing of these from now on, and of every other."""
        if self._settings is not None:
            self._settings.set(SWITCHED_OFF, CAN_BE_SWITCHED_OFF.intersection(codes))
            self.switched_off.emit()

    def can_fix(self, problem: Problem) -> bool:
        """Whether there is something that sets it right."""
        from dingcomposer.core.checks.fixes import can_fix  # not before there are problems

        if problem.code in _ASKED:
            return self._can_ask(problem)
        return can_fix(self._session.draft, problem)

    def _can_ask(self, problem: Problem) -> bool:
        if problem.code is ProblemCode.FIELD_UNFILLED:
            return str(dict(problem.params).get("word", "")).startswith("{{")
        return self._session.draft.kind not in (Kind.LINK, Kind.FEED_CARD)

    def fix(self, problems: Sequence[Problem], line: int | None = None) -> None:
        """Set these right in one step; a keyword asks for its place first.

        With `line`, from 1 on, what stands line by line is set right on that one alone.
        """
        from dingcomposer.core.checks import fixes

        if problems[0].code in _ASKED:
            self.asked.emit(problems[0].code)
            return
        draft = self._session.draft
        offers = fixes.keyword_offers(draft, problems[0])
        if len(offers) > 1:
            ask_for_place(problems[0], offers, self._take, self._page)
        elif line is not None:
            self._take(fixes.fix(draft, problems[0], line) or draft)
        else:
            self._take(fixes.fix_all(draft, problems))

    def show_at(self, path: str, line: int, place: QPoint) -> None:
        """Offer what can be set right at a line (from 1 on) of a field, in a menu at a place."""
        found = [one for one in self._find_problems() if self._is_at(one, path, line)]
        fixable = [one for one in found if self.can_fix(one)]
        if not fixable:
            fixable = [one for one in self._find_problems() if self.can_fix(one)]
            line = 0
        if not fixable:
            self.said.emit(self.tr("There is nothing here that can be fixed with one click."))
            return
        menu = self._make_menu(fixable[:_MOST_OFFERED], line)
        menu.popup(place)

    def show_of(self, group: Sequence[Problem], place: QPoint) -> None:
        """Offer what can be done about the problems of one row."""
        menu = self._make_menu([group[0]], 0, group)
        self._add_meaning(menu, group[0].code)
        menu.popup(place)

    def _make_menu(
        self, problems: Sequence[Problem], line: int, group: Sequence[Problem] = ()
    ) -> QMenu:
        from dingcomposer.core.checks.fixes import is_by_lines
        from dingcomposer.ui.texts.problems import fix_words

        menu = QMenu(self._page)
        menu.setObjectName("compose.fixes")
        menu.setAccessibleName(self.tr("Fixes"))
        menu.setToolTipsVisible(True)
        menu.aboutToHide.connect(menu.deleteLater)
        for problem in problems:
            alike = [one for one in self._find_problems() if one.code is problem.code]
            if self.can_fix(problem):
                words = fix_words(problem.code)
                lines = len(self._lines_of(problem)) if is_by_lines(problem.code) else 0
                self._add(menu, words, problem, group or (problem,), line if lines > 1 else None)
                if problem.code is ProblemCode.FIELD_UNFILLED:
                    self._add_keep(menu, problem)
                if (line and lines > 1) or len(alike) > max(len(group), 1):
                    everywhere = self.tr("{fix}, everywhere").format(fix=words)
                    self._add(menu, everywhere, problem, alike, None)
            if problem.code in CAN_BE_SWITCHED_OFF and self._settings is not None:
                off = menu.addAction(self.tr("Do not tell me this any more"))
                off.setObjectName(f"compose.fixes.off.{problem.code}")
                off.setToolTip(self._sentence_of(problem))
                off.triggered.connect(lambda _=False, code=problem.code: self._on_off(code))
            if problem is not problems[-1]:
                menu.addSeparator()
        if menu.actions():
            menu.setActiveAction(menu.actions()[0])
        return menu

    def keep_fields(self) -> None:
        """What only reads like fields is sent as it stands: none of it is for a value any more."""
        from dingcomposer.core.templates.filling import as_it_stands

        self._take(as_it_stands(self._session.draft))

    def _add_keep(self, menu: QMenu, problem: Problem) -> None:
        keep = menu.addAction(self.tr("Send as they stand"))
        keep.setObjectName(f"compose.fixes.keep.{problem.code}")
        keep.setToolTip(self.tr("A backslash is put before them, which is not sent."))
        keep.triggered.connect(lambda _=False: self.keep_fields())

    def _add_meaning(self, menu: QMenu, code: ProblemCode) -> None:
        from dingcomposer.ui.texts.outcomes import topic_of

        action = menu.addAction(self.tr("What does this mean?"))
        action.setObjectName(f"compose.fixes.meaning.{code}")
        action.triggered.connect(lambda _=False: self.meaning_wanted.emit(topic_of(code)))

    def _add(
        self,
        menu: QMenu,
        words: str,
        problem: Problem,
        problems: Sequence[Problem],
        line: int | None,
    ) -> None:
        action = menu.addAction(words)
        action.setObjectName(f"compose.fixes.{'one' if line else 'all'}.{problem.code}")
        action.setToolTip(self._sentence_of(problem))
        action.triggered.connect(lambda _=False: self.fix(problems, line or None))

    def _is_at(self, problem: Problem, path: str, line: int) -> bool:
        if problem.field != path:
            return False
        lines = self._lines_of(problem)
        return not lines or line in lines

    def _lines_of(self, problem: Problem) -> set[int]:
        """Every line on which it stands, from 1 on; none where it is about the field as a whole."""
        params = dict(problem.params)
        lines = {int(one) for one in str(params.get("lines", "")).split(", ") if one.isdecimal()}
        if problem.field == "text":
            for lint in self._find_lints():
                if lint.code.value == problem.code.value:
                    lines.update(range(lint.line + 1, lint.last_line + 2))
        line = params.get("line")
        return lines | ({line} if isinstance(line, int) else set())

    def _on_off(self, code: ProblemCode) -> None:
        self.hide(self.hidden | {code})
        self.said.emit(
            self.tr("You will not be told of this any more; Edit > What is checked brings it back.")
        )

    def _take(self, draft: Draft) -> None:
        if draft == self._session.draft:
            return
        self._session.edit(draft)
        self.fixed.emit()
        self.said.emit(self.tr("Fixed. Undo takes it back."))


def ask_for_place(
    problem: Problem,
    offers: "tuple[KeywordOffer, ...]",
    take: Callable[[Draft], object],
    parent: QWidget,
) -> None:
    """Ask where a missing keyword is to stand; `take` is called with the draft that was chosen."""
    from dingcomposer.ui.compose.keyword_dialog import KeywordDialog

    dialog = KeywordDialog(str(dict(problem.params)["keyword"]), offers, parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.chosen.connect(lambda offer: take(offer.draft))
    dialog.open()

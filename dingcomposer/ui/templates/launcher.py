"""Opens templates from wherever they are asked for, and carries out what is asked there."""

from difflib import SequenceMatcher
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from dingcomposer.core.draft import Draft, from_message
from dingcomposer.core.messages import Message, headline_of, kind_of
from dingcomposer.core.templates.documents import TemplateError
from dingcomposer.core.templates.proposals import name_after
from dingcomposer.core.templates.template import Template, names_in
from dingcomposer.services.outbox import as_sent
from dingcomposer.services.templates import KnownTemplate, Origin, put_into
from dingcomposer.storage.database import StorageError
from dingcomposer.storage.history import SendRow
from dingcomposer.storage.templates.files import ENDING
from dingcomposer.ui import questions
from dingcomposer.ui.context import Context, Navigator
from dingcomposer.ui.preview.bubble.bubble import RenderContext
from dingcomposer.ui.templates.dialog import TemplatesDialog
from dingcomposer.ui.templates.fill_dialog import FillDialog
from dingcomposer.ui.templates.save_dialog import EarlierSend, SaveTemplateDialog
from dingcomposer.ui.templates.sentences import field_example, template_fault_sentence
from dingcomposer.ui.texts.time import full_day_time
from dingcomposer.ui.texts.translate import join_sentences

_LOOKED_AT = 200
_OFFERED = 5
_ALIKE = 0.5


class TemplateLauncher(QObject):
    """One for each window, made when it is first wanted.

    Signals:
        schedule_requested(Template, dict[str, str]): send it at a set time, with these values.
    """

    schedule_requested = Signal(object, object)

    def __init__(
        self, context: Context, navigator: Navigator, render: RenderContext, window: QWidget
    ) -> None:
        super().__init__(window)
        self._context, self._navigator, self._render = context, navigator, render
        self._window = window
        self.templates = context.templates()
        self._edited: KnownTemplate | None = None

    def show(self, key: str = "") -> None:
        """Open the templates, at the one of this key."""
        self.templates.reload()
        dialog = TemplatesDialog(self._context, self.templates, self._render, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.used.connect(self._on_used)
        dialog.scheduled.connect(self._on_scheduled)
        dialog.asked.connect(lambda name, known: self._on_asked(dialog, name, known))
        if key:
            dialog.choose(key)
        dialog.open()

    def open_file(self, path: Path) -> None:
        """Copy a template's file among a person's own, and open the templates at it."""
        if (saved := self._take_in(path, self._window)) is not None:
            self.show(saved.key)

    def fill_draft(self) -> None:
        """Ask for the fields that the draft still has, and fill them in where they stand."""
        session = self._context.session
        robot = self._context.robot_profiles.get(session.target_id)
        names = set(names_in(session.draft))
        fields = self._edited.template.fields if self._edited else ()
        template = Template("", session.draft, tuple(one for one in fields if one.name in names))
        dialog = FillDialog(self._context, self.templates, template, robot, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.filled.connect(session.edit)
        dialog.open()

    def keep_draft(self) -> None:
        """Keep what is written as a template."""
        draft, edited = self._context.session.draft, self._edited
        if draft.is_blank:
            self._navigator.say(self.tr("Write a message first: it becomes the template."))
            return
        names = set(names_in(draft))
        before = (
            edited.template if edited and names & set(names_in(edited.template.draft)) else None
        )
        self._ask_to_keep(draft, before=before)

    def keep_message(self, message: Message) -> None:
        """Keep a message that was sent; earlier ones like it say what is another each time."""
        try:
            rows = self._context.history.page(None, _LOOKED_AT, kind=kind_of(message))
        except StorageError:
            rows = ()
        self._ask_to_keep(from_message(as_sent(message)), earlier=_similar(message, rows))

    def _ask_to_keep(
        self,
        draft: Draft,
        *,
        before: Template | None = None,
        earlier: tuple[EarlierSend, ...] = (),
    ) -> None:
        known = self.templates.known
        title = draft.title if draft.title.strip() else draft.text.partition("\n")[0]
        dialog = SaveTemplateDialog(
            draft,
            self._window,
            name=before.name if before else name_after(title),
            before=before,
            own=[one.template.name for one in known if one.origin is Origin.OWN],
            folders=sorted({one.template.folder for one in known if one.template.folder}),
            earlier=earlier,
        )
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.saved.connect(self._on_saved)
        dialog.open()

    def _on_saved(self, template: Template) -> None:
        same = (one for one in self.templates.known if one.origin is Origin.OWN)
        replaced = next((one for one in same if one.template.name == template.name), None)
        try:
            self.templates.save(template, replaced)
        except OSError as error:
            self._say_unwritten(error)
            return
        self._edited = None
        words = self.tr("Kept as the template “{name}”.")
        self._navigator.say(words.format(name=template.name))

    def _on_used(self, known: KnownTemplate, draft: Draft, values: dict[str, str]) -> None:
        put_into(self._context.session, draft)
        self.templates.remember(known, values)
        self._navigator.write()
        self._navigator.say(self.tr("Filled in from the template. Undo takes it out again."))

    def _on_scheduled(self, known: KnownTemplate, values: dict[str, str]) -> None:
        self.templates.remember(known, values)
        self.schedule_requested.emit(known.template, values)

    def _on_asked(self, dialog: TemplatesDialog, name: str, known: KnownTemplate | None) -> None:
        match name:
            case "save":
                dialog.reject()
                self.keep_draft()
            case "edit" if known is not None:
                dialog.reject()
                self._edit(known)
            case "import":
                self._import(dialog)
            case "export" if known is not None:
                self._export(dialog, known)
            case "delete" if known is not None:
                self._delete(dialog, known)
            case "share":
                folder = questions.choose_folder(dialog, self.tr("Shared folder"))
                if folder:
                    self.templates.share(Path(folder))
            case "unshare":
                self.templates.share(None)

    def _edit(self, known: KnownTemplate) -> None:
        """The template itself as the message that is written, fields and all."""
        put_into(self._context.session, known.template.draft)
        self._edited = known
        self._navigator.write()
        words = self.tr(
            "Write {example} where something is to be filled in, then keep it as a template."
        )
        self._navigator.say(words.format(example=field_example()))

    def _import(self, dialog: TemplatesDialog) -> None:
        path = questions.choose_file(dialog, self.tr("Take a template from a file"))
        if path and (saved := self._take_in(Path(path), dialog)) is not None:
            dialog.choose(saved.key)

    def _take_in(self, path: Path, window: QWidget) -> KnownTemplate | None:
        """Copy a file among a person's own templates; None where that failed, and was told."""
        try:
            return self.templates.import_file(path)
        except TemplateError as error:
            question = questions.Question(
                "template_broken",
                self.tr("Templates"),
                template_fault_sentence(error.fault, error.place),
                (questions.ok(),),
                "ok",
            )
            questions.ask(window, question)
        except OSError as error:
            self._say_unwritten(error)
        return None

    def _export(self, dialog: TemplatesDialog, known: KnownTemplate) -> None:
        kinds = self.tr("Templates (*{ending})").format(ending=ENDING)
        path = questions.choose_new_file(
            dialog, self.tr("Save the template"), known.path.name, kinds
        )
        if not path:
            return
        try:
            written = self.templates.export(known, Path(path))
        except OSError as error:
            self._say_unwritten(error)
        else:
            self._navigator.say(self.tr("Saved as {file}.").format(file=written.name))

    def _delete(self, dialog: TemplatesDialog, known: KnownTemplate) -> None:
        words = self.tr("Delete the template “{name}”?").format(name=known.template.name)
        delete = questions.Choice("delete", self.tr("Delete"), is_destructive=True)
        question = questions.Question(
            "template_delete",
            self.tr("Templates"),
            words,
            (questions.back(), delete),
            "back",
            self.tr("Messages that were made with it stay."),
        )
        if questions.ask(dialog, question) != "delete":
            return
        try:
            self.templates.delete(known)
        except OSError as error:
            self._say_unwritten(error)

    def _say_unwritten(self, error: OSError) -> None:
        words = self.tr("The file could not be written.")
        self._navigator.say(join_sentences((words, error.strerror or "")))


def _similar(message: Message, rows: tuple[SendRow, ...]) -> tuple[EarlierSend, ...]:
    """Those sends of a kind that have most in common with a message, and are not the same."""
    draft = from_message(message)
    words = f"{headline_of(message)}\n{draft.text}"
    scored: list[tuple[float, EarlierSend]] = []
    seen = {draft}
    for row in rows:
        other = from_message(row.message)
        if other in seen:
            continue
        seen.add(other)
        matcher = SequenceMatcher(None, words, f"{headline_of(row.message)}\n{other.text}", False)
        if matcher.real_quick_ratio() < _ALIKE or matcher.quick_ratio() < _ALIKE:
            continue
        label = f"{full_day_time(row.created_at)} · {row.robot_name} · {row.headline}"
        scored.append((matcher.quick_ratio(), EarlierSend(label[:80], other)))
    scored.sort(key=lambda one: -one[0])
    return tuple(one for _, one in scored[:_OFFERED])

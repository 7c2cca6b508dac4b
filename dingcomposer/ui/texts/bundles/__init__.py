"""What is said of files of robots: why one cannot be used, what is in it, what came of it."""

from collections.abc import Mapping, Sequence

from dingcomposer.core.bundle import BundleKind
from dingcomposer.core.bundle.comparison import MergeState
from dingcomposer.core.bundle.merging import MergeChoice
from dingcomposer.core.bundle.passphrases import FEWEST_CHARACTERS, Strength
from dingcomposer.core.plain_text import clean
from dingcomposer.interchange.bundles.container import BundleError, BundleFault
from dingcomposer.interchange.bundles.webhook_tables import RowFault
from dingcomposer.interchange.sheets import SheetFault
from dingcomposer.services.bundles.inventory import UnreadableSecrets
from dingcomposer.services.bundles.restoring import RestoreDone, RestoreFault
from dingcomposer.services.bundles.webhooks import LookedRow, RowState
from dingcomposer.storage.database import StorageError
from dingcomposer.storage.secrets import SecretsReason
from dingcomposer.ui.texts.storage import secrets_sentence, storage_sentence
from dingcomposer.ui.texts.translate import (
    QT_TRANSLATE_NOOP,
    Phrase,
    join_names,
    join_sentences,
    translate,
    translated,
)

_BUNDLE_FAULTS: Mapping[BundleFault, Phrase] = {
    BundleFault.UNREADABLE: QT_TRANSLATE_NOOP("Bundles", "The file cannot be read."),
    BundleFault.TOO_LARGE: QT_TRANSLATE_NOOP("Bundles", "The file is larger than any such file."),
    BundleFault.EMPTY: QT_TRANSLATE_NOOP("Bundles", "The file is empty."),
    BundleFault.FOREIGN: QT_TRANSLATE_NOOP("Bundles", "This is no file of DingComposer's."),
    BundleFault.NEWER: QT_TRANSLATE_NOOP(
        "Bundles", "A newer version of DingComposer has written this file: update this one."
    ),
    BundleFault.CUT: QT_TRANSLATE_NOOP(
        "Bundles",
        "The end of the file is missing, or something in it was changed. Have it copied again.",
    ),
    BundleFault.WRONG_PASSPHRASE: QT_TRANSLATE_NOOP(
        "Bundles", "This is not the passphrase that the file was sealed with."
    ),
    BundleFault.NEEDS_PASSPHRASE: QT_TRANSLATE_NOOP(
        "Bundles", "The file is sealed: it opens with its passphrase."
    ),
    BundleFault.OTHER_KEY: QT_TRANSLATE_NOOP(
        "Bundles", "The file is sealed for a key, not with a passphrase: another program made it."
    ),
    BundleFault.TOO_MUCH_WORK: QT_TRANSLATE_NOOP(
        "Bundles", "To open this file would take more work than any file of DingComposer's needs."
    ),
    BundleFault.ITEM: QT_TRANSLATE_NOOP(
        "Bundles", "Something in the file is not as it should be ({place}). Nothing was taken over."
    ),
    BundleFault.TOO_MANY: QT_TRANSLATE_NOOP(
        "Bundles", "There is more in the file than this program takes ({place})."
    ),
    BundleFault.NO_SEAL: QT_TRANSLATE_NOOP(
        "Bundles",
        "Files can be neither sealed nor unsealed here: for Windows on ARM there is no library that"
        " does it. The program for x86-64 has it, and runs there, too.",
    ),
}

_SHEET_FAULTS: Mapping[SheetFault, Phrase] = {
    SheetFault.UNREADABLE: QT_TRANSLATE_NOOP("Bundles", "The file cannot be read."),
    SheetFault.TOO_LARGE: QT_TRANSLATE_NOOP("Bundles", "The file is too large."),
    SheetFault.NO_SHEET: QT_TRANSLATE_NOOP(
        "Bundles", "This is neither a table nor JSON of webhooks."
    ),
    SheetFault.LOCKED: QT_TRANSLATE_NOOP(
        "Bundles", "This workbook opens with a password only. Save it without one first."
    ),
}

_ROW_FAULTS: Mapping[RowFault, Phrase] = {
    RowFault.NO_WEBHOOK: QT_TRANSLATE_NOOP("Bundles", "no webhook in this row"),
    RowFault.NOT_A_WEBHOOK: QT_TRANSLATE_NOOP("Bundles", "this is no webhook"),
    RowFault.NO_TOKEN: QT_TRANSLATE_NOOP("Bundles", "the webhook lacks its access_token"),
    RowFault.NOT_A_SECRET: QT_TRANSLATE_NOOP("Bundles", "the signing secret is none"),
    RowFault.OTHER: QT_TRANSLATE_NOOP("Bundles", "no robot in this entry"),
}

_KINDS: Mapping[BundleKind, Phrase] = {
    BundleKind.ROBOTS: QT_TRANSLATE_NOOP("Bundles", "Robots"),
    BundleKind.LISTS: QT_TRANSLATE_NOOP("Bundles", "Lists of robots"),
    BundleKind.TEMPLATES: QT_TRANSLATE_NOOP("Bundles", "Templates"),
    BundleKind.CONTACTS: QT_TRANSLATE_NOOP("Bundles", "Contacts"),
    BundleKind.SCHEDULES: QT_TRANSLATE_NOOP("Bundles", "Schedules"),
}

_STATES: Mapping[MergeState, Phrase] = {
    MergeState.NEW: QT_TRANSLATE_NOOP("Bundles", "new"),
    MergeState.SAME: QT_TRANSLATE_NOOP("Bundles", "the same"),
    MergeState.DIFFERENT: QT_TRANSLATE_NOOP("Bundles", "different"),
}

_CHOICES: Mapping[MergeChoice, Phrase] = {
    MergeChoice.ADD: QT_TRANSLATE_NOOP("Bundles", "Add what is new, leave the rest as it is here"),
    MergeChoice.TAKE: QT_TRANSLATE_NOOP("Bundles", "Add what is new, take the file's if different"),
    MergeChoice.BOTH: QT_TRANSLATE_NOOP("Bundles", "Add what is new, keep both if different"),
    MergeChoice.NOTHING: QT_TRANSLATE_NOOP("Bundles", "Take nothing of it"),
}

_STRENGTHS: Mapping[Strength, Phrase] = {
    Strength.TOO_SHORT: QT_TRANSLATE_NOOP("Bundles", "At least {count} characters."),
    Strength.WEAK: QT_TRANSLATE_NOOP(
        "Bundles", "Weak: whoever has the file may guess it. Several words are stronger."
    ),
    Strength.FAIR: QT_TRANSLATE_NOOP("Bundles", "Fair. One more word makes it strong."),
    Strength.STRONG: QT_TRANSLATE_NOOP("Bundles", "Strong."),
}

_FIELDS: Mapping[str, Phrase] = {
    "name": QT_TRANSLATE_NOOP("Bundles", "name"),
    "colour": QT_TRANSLATE_NOOP("Bundles", "colour"),
    "stage": QT_TRANSLATE_NOOP("Bundles", "test or production"),
    "endpoint": QT_TRANSLATE_NOOP("Bundles", "address"),
    "keywords": QT_TRANSLATE_NOOP("Bundles", "keywords"),
    "missing_webhook": QT_TRANSLATE_NOOP("Bundles", "the webhook is missing here"),
    "webhook": QT_TRANSLATE_NOOP("Bundles", "webhook"),
    "secret": QT_TRANSLATE_NOOP("Bundles", "signing secret"),
    "tags": QT_TRANSLATE_NOOP("Bundles", "tags"),
    "tag": QT_TRANSLATE_NOOP("Bundles", "tag"),
    "robot_ids": QT_TRANSLATE_NOOP("Bundles", "who is in it"),
    "robots": QT_TRANSLATE_NOOP("Bundles", "robots"),
    "gap_s": QT_TRANSLATE_NOOP("Bundles", "gap"),
    "message": QT_TRANSLATE_NOOP("Bundles", "message"),
    "template": QT_TRANSLATE_NOOP("Bundles", "message"),
    "timing": QT_TRANSLATE_NOOP("Bundles", "time"),
    "mobile": QT_TRANSLATE_NOOP("Bundles", "mobile number"),
    "user_id": QT_TRANSLATE_NOOP("Bundles", "user ID"),
    "department": QT_TRANSLATE_NOOP("Bundles", "department"),
    "teams": QT_TRANSLATE_NOOP("Bundles", "teams"),
}


def bundle_sentence(error: BundleError) -> str:
    """Why a file cannot be used."""
    return translated(_BUNDLE_FAULTS[error.fault]).format(place=clean(error.place))


def table_sentence(fault: SheetFault) -> str:
    """Why a table cannot be used."""
    return translated(_SHEET_FAULTS[fault])


def kind_label(kind: BundleKind) -> str:
    """What stands in a section."""
    return translated(_KINDS[kind])


def state_word(state: MergeState) -> str:
    """How an entry stands to what is here."""
    return translated(_STATES[state])


def choice_label(choice: MergeChoice) -> str:
    """What is to become of a kind."""
    return translated(_CHOICES[choice])


def strength_sentence(strength: Strength) -> str:
    """How strong a passphrase is, and what makes it stronger."""
    return translated(_STRENGTHS[strength]).format(count=FEWEST_CHARACTERS)


def changed_words(fields: Sequence[str]) -> str:
    """In what an entry differs."""
    other = translate("Bundles", "other settings")
    words = (translated(_FIELDS[one]) if one in _FIELDS else other for one in fields)
    return join_names(dict.fromkeys(words))


def row_words(row: LookedRow) -> str:
    """How a row of a table stands to what is here."""
    match row.state:
        case RowState.BAD:
            return translated(_ROW_FAULTS[row.fault or RowFault.OTHER])
        case RowState.TAKEN:
            words = translate("Bundles", "already belongs to {names}")
            return words.format(names=join_names(map(clean, row.owners)))
        case RowState.TWICE:
            words = translate("Bundles", "the same webhook as {names} in this file")
            return words.format(names=join_names(map(clean, row.owners)))
        case _:
            return state_word(MergeState.NEW)


def trouble_sentence(why: UnreadableSecrets | StorageError | BundleError | int | None) -> str:
    """Why something could not be read or written."""
    match why:
        case UnreadableSecrets():
            words = translate("Bundles", "{group}: {sentence}")
            return words.format(group=clean(why.robot_name), sentence=secrets_sentence(why.reason))
        case StorageError():
            return storage_sentence(why.fault)
        case BundleError():
            return bundle_sentence(why)
        case _:
            return translate(
                "Bundles", "A file could not be written: see whether the disk is full or protected."
            )


def restored_sentence(done: RestoreDone) -> str:
    """What was taken over; why nothing was where there is a fault."""
    if done.fault is RestoreFault.CHANGED:
        return translate(
            "Bundles",
            "What is here was changed meanwhile, so nothing was taken over. Try it again.",
        )
    if done.fault is not None:
        nothing = translate("Bundles", "Nothing was taken over.")
        return join_sentences((nothing, trouble_sentence(done.why)))
    counts = (
        (BundleKind.ROBOTS, done.robots + done.changed_robots),
        (BundleKind.LISTS, done.lists),
        (BundleKind.TEMPLATES, done.templates),
        (BundleKind.CONTACTS, done.contacts),
        (BundleKind.SCHEDULES, done.schedules),
    )
    words = translate("Bundles", "{kind}: {count}")
    told = [words.format(kind=kind_label(kind), count=count) for kind, count in counts if count]
    taken = translate("Bundles", "Taken over: {what}.").format(what=join_names(told))
    paused = ""
    if done.schedules:
        paused = translate(
            "Bundles", "Schedules come paused: where two computers keep the same, both would send."
        )
    memory = secrets_sentence(SecretsReason.MISSING) if done.is_in_memory else ""
    return join_sentences((taken, paused, memory))

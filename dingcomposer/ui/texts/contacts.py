"""What is wrong with a row of the contacts, or is to be looked at, in a sentence."""

from dingcomposer.core.contacts import Contact
from dingcomposer.core.contacts_reading.pasted import ContactFault
from dingcomposer.core.contacts_reading.rows import Doubt
from dingcomposer.core.plain_text import clean
from dingcomposer.interchange.sheets import SheetFault
from dingcomposer.ui.texts.translate import QT_TRANSLATE_NOOP, Phrase, translate, translated

_DOUBTS: dict[Doubt, Phrase] = {
    Doubt.NO_NAME: QT_TRANSLATE_NOOP("ContactRows", "No name found."),
    Doubt.NO_NUMBER: QT_TRANSLATE_NOOP("ContactRows", "No mobile number and no user ID found."),
    Doubt.ROUNDED: QT_TRANSLATE_NOOP(
        "ContactRows",
        "The sheet rounded the number; its last digits are lost. Copy it again as text.",
    ),
    Doubt.LANDLINE: QT_TRANSLATE_NOOP(
        "ContactRows", "This is a landline number; DingTalk notifies mobile numbers only."
    ),
    Doubt.WRONG_LENGTH: QT_TRANSLATE_NOOP(
        "ContactRows", "The number has too many or too few digits for a mobile number."
    ),
    Doubt.SEVERAL_NAMES: QT_TRANSLATE_NOOP(
        "ContactRows", "Several names and one number: whose is it?"
    ),
    Doubt.TOO_MANY: QT_TRANSLATE_NOOP(
        "ContactRows", "The list is too long: from here on nothing was read. Paste the rest again."
    ),
    Doubt.NAME_GUESSED: QT_TRANSLATE_NOOP("ContactRows", "Is this the name?"),
    Doubt.NAME_BESIDE: QT_TRANSLATE_NOOP(
        "ContactRows", "Another name stands beside it: whose number is this?"
    ),
    Doubt.NUMBER_GUESSED: QT_TRANSLATE_NOOP(
        "ContactRows", "Is this the person's own mobile number?"
    ),
    Doubt.FILLED: QT_TRANSLATE_NOOP(
        "ContactRows", "The last digits may have been rounded away: is the number right?"
    ),
    Doubt.NAME_IS_GROUP: QT_TRANSLATE_NOOP(
        "ContactRows", "The name looks like a department or a job."
    ),
    Doubt.SEVERAL_NUMBERS: QT_TRANSLATE_NOOP(
        "ContactRows", "Several numbers: the first one is taken."
    ),
    Doubt.MASKED: QT_TRANSLATE_NOOP(
        "ContactRows", "Digits of the number are hidden: nobody can be notified by it."
    ),
    Doubt.ID_GUESSED: QT_TRANSLATE_NOOP("ContactRows", "Is this a user ID?"),
    Doubt.ID_ROUNDED: QT_TRANSLATE_NOOP(
        "ContactRows", "The user ID ends in zeros: a sheet may have rounded it."
    ),
    Doubt.REGION_ODD: QT_TRANSLATE_NOOP(
        "ContactRows", "The number does not go with its country's code."
    ),
    Doubt.OTHER_COLUMN: QT_TRANSLATE_NOOP(
        "ContactRows", "The number stood in another column than the others."
    ),
    Doubt.TWO_LINES: QT_TRANSLATE_NOOP(
        "ContactRows", "The name stood in the line before: do they belong together?"
    ),
    Doubt.SHARED_NUMBER: QT_TRANSLATE_NOOP("ContactRows", "Somebody else has this number, too."),
    Doubt.SAME_NAME: QT_TRANSLATE_NOOP(
        "ContactRows", "Somebody of this name is here with another number."
    ),
}
_FAULTS: dict[ContactFault, Phrase] = {
    ContactFault.NO_NAME: QT_TRANSLATE_NOOP("ContactRows", "The name is missing."),
    ContactFault.LONG_NAME: QT_TRANSLATE_NOOP("ContactRows", "The name is too long."),
    ContactFault.NO_NUMBER: QT_TRANSLATE_NOOP(
        "ContactRows", "A mobile number or a user ID is missing."
    ),
    ContactFault.NO_MOBILE: QT_TRANSLATE_NOOP("ContactRows", "{words} is no mobile number."),
    ContactFault.NO_USER_ID: QT_TRANSLATE_NOOP("ContactRows", "{words} is no user ID."),
}


_FILES: dict[SheetFault, Phrase] = {
    SheetFault.UNREADABLE: QT_TRANSLATE_NOOP(
        "ContactRows", "{file} cannot be read. Is it still there, and may you read it?"
    ),
    SheetFault.TOO_LARGE: QT_TRANSLATE_NOOP(
        "ContactRows", "{file} is too large. Save the rows with people as a file of their own."
    ),
    SheetFault.NO_SHEET: QT_TRANSLATE_NOOP(
        "ContactRows", "{file} is no sheet that can be read: XLSX, XLS, ODS, CSV and vCard can."
    ),
    SheetFault.LOCKED: QT_TRANSLATE_NOOP(
        "ContactRows", "{file} opens with a password only. Save it without, then try again."
    ),
}


def doubt_sentence(doubt: Doubt) -> str:
    """What is to be looked at in a pasted row."""
    return translated(_DOUBTS[doubt])


def fault_sentence(fault: ContactFault, contact: Contact) -> str:
    """Why a row cannot be saved."""
    words = contact.mobile if fault is ContactFault.NO_MOBILE else contact.user_id
    return translated(_FAULTS[fault]).format(words=words)


def file_sentence(fault: SheetFault, name: str) -> str:
    """Why nobody can be read out of a file of this name."""
    return translated(_FILES[fault]).format(file=clean(name))


def twice_sentence(key: str, name: str) -> str:
    """That a number or an id is somebody's already; `name` is whose."""
    words = translate("ContactRows", "{person} is already {name}'s.")
    return words.format(person=key, name=name)


def source_sentence(source: str) -> str:
    """The line of a pasted list as it stood there."""
    return translate("ContactRows", "Pasted: {line}").format(line=source)

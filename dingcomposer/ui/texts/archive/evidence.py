"""What the chain says, and what it does not: findings, the page of a report, a receipt's line."""

from typing import assert_never

from PySide6.QtCore import QLocale

from dingcomposer.storage.evidence.records import ChainHead
from dingcomposer.storage.evidence.verification import ChainFinding, FindingKind, Verification
from dingcomposer.ui.texts.translate import join_sentences, translate


def number(count: int) -> str:
    """A count with its thousands apart."""
    return QLocale().toString(count)


def verification_headline(found: Verification) -> str:
    """Whether everything fits, in one sentence."""
    if found.is_whole:
        return translate("Evidence", "The history is whole.")
    return translate("Evidence", "The history was changed outside of this program.")


def verification_sentence(found: Verification) -> str:
    """What was read, and what of it could not be compared."""
    sentences = [
        translate("Evidence", "{links} links read, {sends} sends compared with them.").format(
            links=number(found.links), sends=number(found.sends)
        )
    ]
    if found.removed:
        words = translate("Evidence", "{removed} sends were removed by the program, and say so.")
        sentences.append(words.format(removed=number(found.removed)))
    if found.waiting:
        words = translate(
            "Evidence",
            "{waiting} sends from before the chain have not joined it yet: nothing is known of them.",
        )
        sentences.append(words.format(waiting=number(found.waiting)))
    if not found.is_whole:
        words = translate("Evidence", "{count} places do not fit.")
        sentences.append(words.format(count=number(found.count)))
    return join_sentences(sentences)


def finding_sentence(found: ChainFinding) -> str:
    """One place that does not fit, in words."""
    match found.kind:
        case FindingKind.CHANGED:
            words = translate(
                "Evidence", "This send was changed after it was finished (link {number})."
            )
        case FindingKind.REMOVED:
            words = translate("Evidence", "A send was removed (link {number}, row {key}).")
        case FindingKind.INSERTED:
            words = translate("Evidence", "This send was put in from outside (row {key}).")
        case FindingKind.LINK_CHANGED:
            words = translate("Evidence", "The link {number} itself was changed.")
        case FindingKind.LINK_MISSING:
            words = translate("Evidence", "The link {number} is missing.")
        case FindingKind.CUT_OFF:
            words = translate(
                "Evidence", "The chain ends at link {number}, and should not: its end was cut off."
            )
        case FindingKind.STONE_CHANGED:
            words = translate(
                "Evidence", "What stands in place of removed sends was changed (link {number})."
            )
        case _:
            assert_never(found.kind)
    return words.format(number=found.number, key=found.send_key)


def head_words(head: ChainHead | None) -> str:
    """The newest link as it is printed."""
    if head is None:
        return translate("Evidence", "No send is finished yet.")
    return translate("Evidence", "link {number}, {digest}").format(
        number=head.number, digest=head.digest
    )


def head_message(head: ChainHead, when: str) -> str:
    """The text of a message that puts the newest link where this computer cannot change it."""
    words = translate(
        "Evidence",
        "History of DingComposer, {when}: link {number}\n{digest}\nWhoever has this line can prove"
        " later that nothing before it was changed.",
    )
    return words.format(when=when, number=head.number, digest=head.digest)


def check_paragraphs() -> tuple[str, ...]:
    """How somebody else checks a report, in plain words."""
    return (
        translate(
            "Evidence",
            "Every finished send is hashed with SHA-256: what was sent, to which robot, when, every attempt and what came back. Each link of the chain is the hash of the link before and of its own send. So no send can be changed, removed or put in without every later link changing.",
        ),
        translate(
            "Evidence",
            "This report holds the full record of each send (below each one) and its part of the chain (at the end). To check it, save the lines below as check.py and run: python3 check.py report.html. They need Python 3 and nothing of this program. They print each record as it was hashed: compare these words with what the page shows.",
        ),
        translate(
            "Evidence",
            "Then compare the last link with one that you got another way: from a receipt, a message in a group, or an older report. The number and digest of an older head stand unchanged among the links here.",
        ),
    )


def limit_sentences() -> tuple[str, ...]:
    """What a report does not prove."""
    return (
        translate(
            "Evidence",
            "Whoever has the computer could have written the whole history anew, with a chain that fits. Only a head that left the computer at the time rules that out: on a printed receipt, or sent to a group as a message.",
        ),
        translate(
            "Evidence",
            "The times are this computer's clock. DingTalk's answer carries a time of its own in its headers, where it sent one.",
        ),
        translate(
            "Evidence",
            "DingTalk signs no answer and gives no message ID: that it was DingTalk is known from the encrypted connection, which leaves no proof behind.",
        ),
        translate(
            "Evidence",
            "Delivered means that DingTalk accepted the message for the group. Nobody knows who read it.",
        ),
        translate(
            "Evidence",
            "The bubbles are drawn as DingTalk would draw them; the record is what counts.",
        ),
        translate(
            "Evidence",
            'Where a stretch of the chain begins anew ("before"), the links between were left out for their number: that these fit together only the program\'s own check can say.',
        ),
    )

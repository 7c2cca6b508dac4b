"""How strong a passphrase is: so roughly as can be said without knowing who guesses."""

from enum import StrEnum
from math import log2
from typing import Final

FEWEST_CHARACTERS: Final = 8
"""A shorter one is not taken: whoever has the file tries all of them."""

_COMMON: Final = (
    *("password", "passw0rd", "dingtalk", "dingding", "dingcomposer", "woaini", "qwerty", "asdf"),
    *("zxcv", "admin", "welcome", "letmein", "iloveyou", "abc123", "qazwsx", "1q2w3e", "5201314"),
    *("888888", "666666", "123123", "monkey", "dragon", "密码", "钉钉"),
)
_ROWS: Final = ("0123456789", "abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl", "zxcvbnm")
_WEAK_BITS: Final = 40.0
_STRONG_BITS: Final = 65.0


class Strength(StrEnum):
    """How long somebody with the file would have to guess."""

    TOO_SHORT = "too_short"
    WEAK = "weak"
    FAIR = "fair"
    STRONG = "strong"


def strength_of(passphrase: str) -> Strength:
    """How strong it is, by its length, its signs, and what people commonly take."""
    if len(passphrase) < FEWEST_CHARACTERS:
        return Strength.TOO_SHORT
    bits = _bits(passphrase)
    if bits < _WEAK_BITS:
        return Strength.WEAK
    return Strength.FAIR if bits < _STRONG_BITS else Strength.STRONG


def _bits(passphrase: str) -> float:
    """What each character adds: little where it repeats or goes on with the one before."""
    lowered = passphrase.casefold()
    for word in _COMMON:
        lowered = lowered.replace(word, word[0])
    each = log2(_alphabet(passphrase))
    bits, before = 0.0, ""
    for letter in lowered:
        bits += 1.0 if before and _follows(before, letter) else each
        before = letter
    return min(bits, len(set(lowered)) * each * 1.5)


def _alphabet(passphrase: str) -> int:
    """Of how many signs each of these was chosen."""
    sizes = (
        (str.isdigit, 10),
        (lambda one: one.isascii() and one.islower(), 26),
        (lambda one: one.isascii() and one.isupper(), 26),
        (lambda one: one.isascii() and not one.isalnum(), 30),
        (lambda one: not one.isascii(), 2_000),
    )
    return max(sum(size for is_it, size in sizes if any(map(is_it, passphrase))), 2)


def _follows(before: str, letter: str) -> bool:
    """Whether two letters are the same, or neighbours: "aa", "12", "qw"."""
    if before == letter:
        return True
    return any(before + letter in row or letter + before in row for row in _ROWS)

"""A token's fingerprint: tells whether two webhooks are one, without keeping either.

A keyed hash, with a random key of each data folder. An access token has 256 random bits, so that
nobody finds it from its hash, with the key or without; the key keeps the fingerprints of two
installations from being compared. It is no secret, and says nothing of the token's group.
"""

from collections.abc import Callable
from functools import partial

from dingcomposer.storage.database import Database, StorageError, StorageFault

KEY_BYTES = 32
_HEX_DIGITS = 32  # 128 bits: shorter than a token, so that none is ever taken for one

FingerprintOf = Callable[[str], str]
"""The fingerprint of an access token, under the key of this data folder."""


def fingerprint(key: bytes, access_token: str) -> str:
    """32 hex digits for a token under a key; "" where there is no token."""
    if not access_token:
        return ""
    import hmac  # with OpenSSL, 4 ms: not on the way to the first window

    token = access_token.encode("utf-8", "surrogatepass")
    return hmac.new(key, token, "sha256").hexdigest()[:_HEX_DIGITS]


def fingerprints(database: Database) -> FingerprintOf:
    """Fingerprints under this data folder's key, which is made when it is first asked for.

    Raises StorageError.
    """
    with database.transaction():
        rows = database.rows("SELECT fingerprint_key FROM installation")
        if not rows:
            import secrets  # once for each data folder

            database.insert(
                "installation", {"only": 1, "fingerprint_key": secrets.token_hex(KEY_BYTES)}
            )
            rows = database.rows("SELECT fingerprint_key FROM installation")
    try:
        key = bytes.fromhex(rows[0]["fingerprint_key"])
    except ValueError:
        raise StorageError(StorageFault.DAMAGED) from None
    return partial(fingerprint, key)

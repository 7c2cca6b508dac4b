"""What is random and belongs to this data folder alone: the key of the tokens' fingerprints."""

import secrets
from functools import partial

from dingcomposer.core.token_fingerprint import KEY_BYTES, FingerprintOf, fingerprint
from dingcomposer.storage.database import Database, StorageError, StorageFault


def fingerprints(database: Database) -> FingerprintOf:
    """Fingerprints under this data folder's key, which is made when it is first asked for.

    Raises StorageError.
    """
    with database.transaction():
        rows = database.rows("SELECT fingerprint_key FROM installation")
        if not rows:
            database.insert(
                "installation", {"only": 1, "fingerprint_key": secrets.token_hex(KEY_BYTES)}
            )
            rows = database.rows("SELECT fingerprint_key FROM installation")
    try:
        key = bytes.fromhex(rows[0]["fingerprint_key"])
    except ValueError:
        raise StorageError(StorageFault.DAMAGED) from None
    return partial(fingerprint, key)

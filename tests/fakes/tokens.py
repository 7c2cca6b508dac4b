"""Fingerprints of tokens, under the key of the tests' data folder."""

from functools import partial

from dingcomposer.storage.token_fingerprint import FingerprintOf, fingerprint

fingerprint_of: FingerprintOf = partial(fingerprint, b"the key of the tests' data folder")

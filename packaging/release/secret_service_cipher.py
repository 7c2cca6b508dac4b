"""AES in CBC mode out of the OpenSSL that Python itself uses: all the bundle needs for a keyring.

SecretStorage, which talks to GNOME's and KDE's keyrings, asks the package `cryptography` for this
one cipher. That package brings an OpenSSL of its own, 14 MB of a bundle of 90. `install` puts the
few names that are asked for in its place; the work is done by libcrypto's EVP interface.
"""

import sys
from types import ModuleType
from typing import Any

_BLOCK_BYTES = 16


class CipherFailed(Exception):
    """OpenSSL refused a step; its text says which."""


class AES:
    """A key of 16, 24 or 32 bytes."""

    def __init__(self, key: bytes) -> None:
        if len(key) not in (16, 24, 32):
            raise ValueError(f"an AES key has 16, 24 or 32 bytes, not {len(key)}")
        self.key = bytes(key)


class CBC:
    """Each block is mixed with the one before; the first with these 16 bytes."""

    def __init__(self, first: bytes) -> None:
        if len(first) != _BLOCK_BYTES:
            raise ValueError(f"CBC begins with 16 bytes, not {len(first)}")
        self.first = bytes(first)


class Cipher:
    """AES with CBC, without padding: whole blocks alone."""

    def __init__(self, algorithm: AES, mode: CBC, backend: object = None) -> None:
        self._key, self._first = algorithm.key, mode.first

    def encryptor(self) -> "Run":
        """A run that encrypts."""
        return Run(self._key, self._first, is_encrypting=True)

    def decryptor(self) -> "Run":
        """A run that decrypts."""
        return Run(self._key, self._first, is_encrypting=False)


class Run:
    """One text on its way through the cipher: `update` with its parts, then `finalize`."""

    def __init__(self, key: bytes, first: bytes, *, is_encrypting: bool) -> None:
        self._lib = _libcrypto()
        self._context = self._lib.EVP_CIPHER_CTX_new()
        if not self._context:
            raise CipherFailed("EVP_CIPHER_CTX_new")
        kind = getattr(self._lib, f"EVP_aes_{8 * len(key)}_cbc")()
        begun = self._lib.EVP_CipherInit_ex(
            self._context, kind, None, key, first, int(is_encrypting)
        )
        if begun != 1 or self._lib.EVP_CIPHER_CTX_set_padding(self._context, 0) != 1:
            raise CipherFailed("EVP_CipherInit_ex")

    def __del__(self) -> None:
        if getattr(self, "_context", None):
            self._lib.EVP_CIPHER_CTX_free(self._context)

    def update(self, part: bytes) -> bytes:
        """The blocks that are complete by now."""
        import ctypes

        out = ctypes.create_string_buffer(len(part) + _BLOCK_BYTES)
        length = ctypes.c_int()
        part = bytes(part)
        if (
            self._lib.EVP_CipherUpdate(self._context, out, ctypes.byref(length), part, len(part))
            != 1
        ):
            raise CipherFailed("EVP_CipherUpdate")
        return out.raw[: length.value]

    def finalize(self) -> bytes:
        """Nothing, where the text ended with a whole block; else CipherFailed."""
        import ctypes

        out = ctypes.create_string_buffer(_BLOCK_BYTES)
        length = ctypes.c_int()
        if self._lib.EVP_CipherFinal_ex(self._context, out, ctypes.byref(length)) != 1:
            raise CipherFailed("EVP_CipherFinal_ex: the text ends within a block")
        return out.raw[: length.value]


def install() -> None:
    """Let `cryptography`'s few names that SecretStorage imports be found here."""
    names: dict[str, dict[str, object]] = {
        "cryptography": {},
        "cryptography.hazmat": {},
        "cryptography.hazmat.backends": {"default_backend": lambda: None},
        "cryptography.hazmat.primitives": {},
        "cryptography.hazmat.primitives.ciphers": {"Cipher": Cipher},
        "cryptography.hazmat.primitives.ciphers.algorithms": {"AES": AES},
        "cryptography.hazmat.primitives.ciphers.modes": {"CBC": CBC},
    }
    for name, members in names.items():
        module = ModuleType(name)
        module.__path__ = []
        vars(module).update(members)
        sys.modules[name] = module
        parent, _, last = name.rpartition(".")
        if parent:
            setattr(sys.modules[parent], last, module)


def _libcrypto() -> Any:
    """The library that Python's hashlib has loaded, with the types of what is called of it."""
    import _hashlib  # noqa: F401 - with it comes the library, under the name that is asked for now
    import ctypes

    lib = ctypes.CDLL("libcrypto.so.3")
    pointer, number = ctypes.c_void_p, ctypes.c_int
    lib.EVP_CIPHER_CTX_new.restype = pointer
    for bits in (128, 192, 256):
        getattr(lib, f"EVP_aes_{bits}_cbc").restype = pointer
    lib.EVP_CipherInit_ex.argtypes = [
        pointer,
        pointer,
        pointer,
        ctypes.c_char_p,
        ctypes.c_char_p,
        number,
    ]
    lib.EVP_CIPHER_CTX_set_padding.argtypes = [pointer, number]
    lib.EVP_CipherUpdate.argtypes = [pointer, pointer, pointer, ctypes.c_char_p, number]
    lib.EVP_CipherFinal_ex.argtypes = [pointer, pointer, pointer]
    lib.EVP_CIPHER_CTX_free.argtypes = [pointer]
    return lib

"""Signing keys: who a station or a hub is. The algorithm is always named, so that SM2 can follow Ed25519."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from county_hotline.errors import BadInput

ED25519: Final = "ed25519"
KEY_BYTES: Final = 32
KEY_ID_LENGTH: Final = 16


@dataclass(frozen=True, slots=True)
class PublicKey:
    """The half everybody may know."""

    raw: bytes
    algorithm: str = ED25519

    @property
    def key_id(self) -> str:
        """The first sixteen hex digits of its SHA-256; a hub's is its `hub_id`."""
        return hashlib.sha256(self.raw).hexdigest()[:KEY_ID_LENGTH]

    def has_signed(self, message: bytes, signature: bytes) -> bool:
        """Whether `signature` over `message` was made by the other half. False for an algorithm unknown here."""
        if self.algorithm != ED25519 or len(self.raw) != KEY_BYTES:
            return False
        try:
            _ed25519_public(self.raw).verify(signature, message)
        except InvalidSignature:
            return False
        return True

    def verifier(self) -> Ed25519PublicKey:
        """As the message-signature library takes it."""
        return _ed25519_public(self.raw)


@dataclass(frozen=True, slots=True, repr=False)
class KeyPair:
    """The half that stays on this PC, with the public one beside it. Never shown, never logged."""

    secret: bytes
    public: PublicKey

    @property
    def key_id(self) -> str:
        return self.public.key_id

    def sign(self, message: bytes) -> bytes:
        return _ed25519_secret(self.secret).sign(message)

    def signer(self) -> Ed25519PrivateKey:
        """As the message-signature library takes it."""
        return _ed25519_secret(self.secret)


def make() -> KeyPair:
    """A new pair from the system's random numbers."""
    return _pair(Ed25519PrivateKey.generate().private_bytes_raw())


def keep(folder: Path, name: str) -> KeyPair:
    """The pair kept as `<name>.<algorithm>` in `folder`, made there on first use. Raises BadInput I613 for a damaged file."""
    path = folder / f"{name}.{ED25519}"
    folder.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return _load(path)
    pair = make()
    with os.fdopen(handle, "wb") as file:
        file.write(pair.secret)
        file.flush()
        os.fsync(file.fileno())
    return pair


def _load(path: Path) -> KeyPair:
    raw = path.read_bytes()
    if len(raw) != KEY_BYTES:
        raise BadInput("I613", file=path.name, size=len(raw))
    return _pair(raw)


def _pair(secret: bytes) -> KeyPair:
    return KeyPair(secret, PublicKey(_ed25519_secret(secret).public_key().public_bytes_raw()))


@lru_cache(maxsize=8)
def _ed25519_secret(raw: bytes) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(raw)


@lru_cache(maxsize=512)
def _ed25519_public(raw: bytes) -> Ed25519PublicKey:
    return Ed25519PublicKey.from_public_bytes(raw)

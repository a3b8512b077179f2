"""Encryption to one receiver by age (age-encryption.org/v1): its Ed25519 key, which everybody enrolled has, is age's `ssh-ed25519` recipient.

So a county opens a parcel with stock age and the key file too, without any program of ours.
"""

from __future__ import annotations

from typing import cast

import pyrage
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from county_hotline.errors import BadInput
from county_hotline.sync.keys import KeyPair, PublicKey


def sealed(plain: bytes, receiver: PublicKey) -> bytes:
    """`plain` for the eyes of `receiver` alone."""
    return cast("bytes", pyrage.encrypt(plain, [pyrage.ssh.Recipient.from_str(public_line(receiver))]))


def opened(secret: bytes, pair: KeyPair) -> bytes:
    """What was sealed to this pair. Raises BadInput I183 where it was sealed to another key, I181 where it was cut or changed."""
    identity = pyrage.ssh.Identity.from_buffer(secret_file(pair))
    try:
        return cast("bytes", pyrage.decrypt(secret, [identity]))
    except pyrage.DecryptError as fault:
        if "No matching keys" in str(fault):
            raise BadInput("I183", key=pair.key_id) from fault
        raise BadInput("I181", part="content.age") from fault


def public_line(key: PublicKey) -> str:
    """The key as ssh writes it on one line."""
    return key.verifier().public_bytes(Encoding.OpenSSH, PublicFormat.OpenSSH).decode("ascii")


def secret_file(pair: KeyPair) -> bytes:
    """The pair as ssh keeps it in a file, which `age -d -i` takes. In memory only."""
    return pair.signer().private_bytes(Encoding.PEM, PrivateFormat.OpenSSH, NoEncryption())

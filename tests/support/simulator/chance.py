"""One source of chance for a whole world: what the simulator draws, and what the program itself takes from the system's random numbers."""

from __future__ import annotations

import importlib
import pkgutil
import random
import secrets
import sys
from collections.abc import Sequence
from typing import Final, TypeVar

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

import county_hotline
from county_hotline.sync import keys

T = TypeVar("T")

_ROOMS: Final = ("county_hotline.db", "county_hotline.domain", "county_hotline.hub", "county_hotline.sync")


class Dice:
    """Stands where the program imports `secrets`: ids, salts, nonces, letters of lives and keys come from the world's seed.

    It has a stream of its own, so that how much the program draws changes nothing of what happens in the world.
    """

    def __init__(self) -> None:
        self._random = random.Random(0)

    def begin(self, seed: int) -> None:
        self._random = random.Random(f"program {seed}")

    def randbits(self, bits: int) -> int:
        return self._random.getrandbits(bits)

    def randbelow(self, end: int) -> int:
        return self._random.randrange(end)

    def token_bytes(self, size: int = 32) -> bytes:
        return self._random.randbytes(size)

    def token_hex(self, size: int = 32) -> str:
        return self._random.randbytes(size).hex()

    def choice(self, values: Sequence[T]) -> T:
        return self._random.choice(values)

    def compare_digest(self, one: str | bytes, other: str | bytes) -> bool:
        return one == other

    def key_pair(self) -> keys.KeyPair:
        secret = self._random.randbytes(32)
        public = Ed25519PrivateKey.from_private_bytes(secret).public_key().public_bytes_raw()
        return keys.KeyPair(secret, keys.PublicKey(public))


DICE: Final = Dice()


def load_the_dice() -> None:
    """From now on nothing of the program draws from the system. Once a process; the process is the simulator's own."""
    for room in _ROOMS:
        package = importlib.import_module(room)
        for found in pkgutil.walk_packages(package.__path__, f"{room}."):
            importlib.import_module(found.name)
    for name, module in list(sys.modules.items()):
        if name.startswith(county_hotline.__name__) and vars(module).get("secrets") is secrets:
            module.secrets = DICE  # type: ignore[attr-defined]
    keys.make = DICE.key_pair

"""identity.toml: what this station is and which hub it belongs to. Not a setting: written by `init` and by enrolment only."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import msgspec

from county_hotline.domain.reference import StationCard
from county_hotline.errors import BadInput
from county_hotline.paths import write_atomically
from county_hotline.sync.keys import PublicKey
from county_hotline.sync.protocol import HubCard


class HubAddress(msgspec.Struct, frozen=True):
    """The hub this station was enrolled at, pinned for ever."""

    url: str
    hub_id: str
    algorithm: str
    public_key: str
    """Hexadecimal."""
    epoch: str

    @property
    def key(self) -> PublicKey:
        return PublicKey(bytes.fromhex(self.public_key), self.algorithm)


class Identity(msgspec.Struct, frozen=True):
    """Everything in identity.toml."""

    station: StationCard
    hub: HubAddress | None = None
    """None until the station was enrolled."""


def address_of(url: str, card: HubCard) -> HubAddress:
    """The hub's card with where it is found."""
    return HubAddress(url=url, hub_id=card.hub_id, algorithm=card.algorithm, public_key=card.public_key.hex(), epoch=card.epoch)


def load(path: Path) -> Identity | None:
    """None where there is no file yet. Raises BadInput I106 for one that cannot be read."""
    try:
        text = path.read_text("utf-8")
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as fault:
        raise BadInput("I106", file=path.name) from fault
    try:
        identity = msgspec.convert(tomllib.loads(text), Identity)
        if identity.hub is not None and identity.hub.key.key_id != identity.hub.hub_id:
            raise BadInput("I106", file=path.name)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError, ValueError) as fault:
        raise BadInput("I106", file=path.name) from fault
    return identity


def save(path: Path, identity: Identity) -> None:
    """All of it or nothing. Raises StoreFault."""
    write_atomically(path, _toml(identity).encode())


def _toml(identity: Identity) -> str:
    """Two flat tables of strings need no library."""
    tables = msgspec.to_builtins(identity)
    lines = ["# 本站身份。由初始化和接入县中心写入，请勿手改。"]
    for name in ("station", "hub"):
        if tables.get(name) is None:
            continue
        lines += ["", f"[{name}]", *(f"{key} = {_quoted(value)}" for key, value in tables[name].items())]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    """A JSON string is a TOML string, but for DEL."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


_LOOPBACK = re.compile(r"127(\.\d{1,3}){3}")


def travels_in_clear(url: str) -> bool:
    """Whether what is sent to `url` can be read on the way: no TLS, and not to this very PC. Signatures keep it from being changed, not
    from being read."""
    scheme, _, rest = url.partition("://")
    host = rest.partition("/")[0].rsplit("@")[-1]
    name = host[1:].partition("]")[0] if host.startswith("[") else host.partition(":")[0]
    return scheme.lower() == "http" and name not in ("localhost", "::1") and not _LOOPBACK.fullmatch(name)

"""What stands outside on a parcel (bag-info.txt), where anybody may read it: names of ends, numbers, counts; never a word of a citizen."""

from __future__ import annotations

import datetime as dt
import re
from enum import Enum
from typing import Final

import msgspec

from county_hotline.errors import BadInput

FORM: Final = 1
"""Version of the parcel's form this release writes."""
NEWEST_FORM: Final = 1

_AGENT: Final = "county-hotline"
_NAMED: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,39}")
_PLAIN: Final = re.compile(r"[\x21-\x7e]([\x20-\x7e]{0,78}[\x21-\x7e])?")


class Way(str, Enum):
    """Which way a parcel goes."""

    UP = "up"
    """From a station to its hub."""
    DOWN = "down"


class Label(msgspec.Struct, frozen=True, kw_only=True):
    """The tags of bag-info.txt. All of it is ASCII; `made_at` is UTC ms by the sender's clock, shown to people and never relied on."""

    way: Way
    station: str
    """The station it comes from or goes to."""
    hub: str
    """The hub's id (of its key)."""
    sender_key: str
    receiver_key: str
    """Key ids."""
    epoch: str
    """The hub's, as its sender knows it."""
    serial: int
    """Counted by its sender for this one receiver."""
    previous: int
    """The serial its sender made before; 0 for none."""
    made_at: int
    program: str
    entries: int
    files: int = 0
    """Attachments."""

    @property
    def name(self) -> str:
        """ASCII, and fit for FAT: `370323-03-up-000007`."""
        return f"{self.station}-{self.way.value}-{self.serial:06d}"

    @property
    def sender(self) -> str:
        return self.station if self.way is Way.UP else self.hub

    @property
    def receiver(self) -> str:
        return self.hub if self.way is Way.UP else self.station


def statement(label: Label, tag_manifest_sha256: str) -> bytes:
    """What a sender signs: that this parcel, by the hash of its tag manifest, is its own of this serial and for this receiver."""
    lines = (f"{_AGENT} parcel {FORM}", label.way.value, label.sender, label.receiver, str(label.serial), tag_manifest_sha256)
    return ("\n".join(lines) + "\n").encode("ascii")


def written(label: Label, content_bytes: int) -> bytes:
    """bag-info.txt. `content_bytes` is the size of the one payload file, as RFC 8493 wants it told."""
    made = dt.datetime.fromtimestamp(label.made_at // 1000, dt.UTC)
    tags = {
        "Bag-Software-Agent": f"{_AGENT} {label.program}",
        "Bagging-Date": made.strftime("%Y-%m-%d"),
        "External-Identifier": label.name,
        "Payload-Oxum": f"{content_bytes}.1",
        "Hotline-Parcel": str(FORM),
        "Hotline-Way": label.way.value,
        "Hotline-Station": label.station,
        "Hotline-Hub": label.hub,
        "Hotline-Sender-Key": label.sender_key,
        "Hotline-Receiver-Key": label.receiver_key,
        "Hotline-Epoch": label.epoch,
        "Hotline-Serial": str(label.serial),
        "Hotline-Previous-Serial": str(label.previous),
        "Hotline-Made-At": str(label.made_at),
        "Hotline-Entries": str(label.entries),
        "Hotline-Attachments": str(label.files),
    }
    return "".join(f"{name}: {value}\n" for name, value in tags.items()).encode("ascii")


def read(raw: bytes) -> Label:
    """The label in a bag-info.txt. Raises BadInput: I180 not a parcel's, I181 torn or changed, I185 of a newer release's form."""
    tags = _tags(raw)
    form = tags.get("Hotline-Parcel")
    if form is None:
        raise BadInput("I180")
    if _number(form) > NEWEST_FORM:
        raise BadInput("I185", form=_number(form), newest=NEWEST_FORM)
    try:
        return Label(
            way=Way(tags["Hotline-Way"]),
            station=_name(tags["Hotline-Station"]),
            hub=_name(tags["Hotline-Hub"]),
            sender_key=_name(tags["Hotline-Sender-Key"]),
            receiver_key=_name(tags["Hotline-Receiver-Key"]),
            epoch=_name(tags["Hotline-Epoch"]),
            serial=_number(tags["Hotline-Serial"]),
            previous=_number(tags["Hotline-Previous-Serial"]),
            made_at=_number(tags["Hotline-Made-At"], digits=15),
            program=tags["Bag-Software-Agent"].removeprefix(f"{_AGENT} ")[:40],
            entries=_number(tags["Hotline-Entries"]),
            files=_number(tags["Hotline-Attachments"]),
        )
    except (KeyError, ValueError) as fault:
        raise BadInput("I181", part="bag-info.txt") from fault


def _tags(raw: bytes) -> dict[str, str]:
    """Each tag once, each on one line: folded lines and other labels' repeats are no work of ours."""
    try:
        lines = raw.decode("ascii").splitlines()
    except UnicodeDecodeError as fault:
        raise BadInput("I181", part="bag-info.txt") from fault
    found: dict[str, str] = {}
    for line in lines:
        name, colon, value = line.partition(": ")
        if not colon or name in found or not _PLAIN.fullmatch(value):
            raise BadInput("I181", part="bag-info.txt")
        found[name] = value
    return found


def _name(text: str) -> str:
    if not _NAMED.fullmatch(text):
        raise BadInput("I181", part="bag-info.txt")
    return text


def _number(text: str, *, digits: int = 12) -> int:
    if len(text) > digits or not text.isascii() or not text.isdecimal():
        raise BadInput("I181", part="bag-info.txt")
    return int(text)

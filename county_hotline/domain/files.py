"""附件 as files: where each stands, what a person may say of its way, and under which name a copy may lie on a PC."""

from __future__ import annotations

import re
import unicodedata
from enum import Enum
from typing import Final

import msgspec

from county_hotline.domain.facts import AttachmentAdded
from county_hotline.domain.work_order import WorkOrder
from county_hotline.ids import Number

HASH: Final = re.compile(r"[0-9a-f]{64}")
LARGEST: Final = 200 * 1024 * 1024
"""Bytes of one file; a fact that claims more names no file here."""


class FileWay(str, Enum):
    """怎么走: what a person said of how a file goes to the hub."""

    UNSAID = ""  # nobody was asked: a small one goes with the line, a large one waits to be told
    LINE = "line"  # 随线路
    GOOD = "good"  # 等好线路
    PARCEL = "parcel"  # 等数据包


class FileState(msgspec.Struct, frozen=True):
    """One file, known by its hash, as it stands at this PC."""

    sha256: str
    size: int
    """Bytes of the whole."""
    here: int = 0
    """Bytes of it that lie here; the whole only once its hash was found right."""
    sent: int = 0
    """Bytes of it the hub says it holds."""
    way: FileWay = FileWay.UNSAID
    is_wanted: bool = False
    """A person asked for it to be fetched."""
    fault: str = ""
    """Code of what last kept it from going or coming, or empty."""

    @property
    def is_here(self) -> bool:
        return self.here >= self.size

    @property
    def is_sent(self) -> bool:
        return self.sent >= self.size


class Naming(msgspec.Struct, frozen=True):
    """One entry of the journal that names a file."""

    sha256: str
    size: int
    number: Number
    entry_id: str
    station: str
    """Who wrote the entry."""
    is_personal: bool | None
    """Whether it shows the caller, as the clerk said; None where nobody was asked."""


def shows_the_caller(order: WorkOrder, fact: AttachmentAdded) -> bool:
    """Whether the file is to be kept to those who know the caller: of a confidential order, unless the clerk said that it shows nobody."""
    return order.is_confidential and fact.personal is not False


def names_a_file(fact: AttachmentAdded) -> bool:
    """Whether what the fact claims can be a file of ours at all."""
    return HASH.fullmatch(fact.sha256) is not None and 0 < fact.size_bytes <= LARGEST


_FORBIDDEN: Final = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')
_UNSEEN: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_DEVICES: Final = re.compile(r"(CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|COM[0-9¹²³]|LPT[0-9¹²³])", re.IGNORECASE)
_SHOWN_AT_MOST: Final = 255
_LONGEST_BYTES: Final = 200
_SUFFIX_AT_MOST: Final = 10


def shown_name(name: str) -> str:
    """A file's name as it is kept and shown: NFC, on one line, nothing in it that is not seen (a mark that turns `gpj.exe` round)."""
    seen = "".join(c for c in unicodedata.normalize("NFC", name) if unicodedata.category(c) not in _UNSEEN)
    plain = " ".join(seen.split())
    return plain if len(plain) <= _SHOWN_AT_MOST else plain[: _SHOWN_AT_MOST - len(suffix_of(plain))] + suffix_of(plain)


def suffix_of(name: str) -> str:
    """`.jpg`, with its dot, in small letters; empty where the name has none, or something that is no suffix."""
    suffix = name.rpartition(".")[2].lower() if "." in name.strip(".") else ""
    return f".{suffix}" if re.fullmatch(r"[a-z0-9]{1,10}", suffix) else ""


def safe_name(name: str, otherwise: str) -> str:
    """A name a copy may have in any folder of Windows or Linux; `otherwise` where nothing of it is left.

    No device's name, no sign that is forbidden, no dot or space at its end, at most 200 bytes, its suffix kept.
    """
    plain = _FORBIDDEN.sub("_", shown_name(name)).strip(" .") or otherwise
    if _DEVICES.fullmatch(plain.partition(".")[0].strip()):
        plain = f"_{plain}"
    stem, dot, suffix = plain.rpartition(".")
    if not stem or len(suffix) > _SUFFIX_AT_MOST:
        stem, dot, suffix = plain, "", ""
    room = _LONGEST_BYTES - len(f"{dot}{suffix}".encode())
    short = stem.encode()[:room].decode("utf-8", "ignore").rstrip(" .")
    return f"{short or otherwise}{dot}{suffix}"


_RUNS: Final = re.compile(
    r"app|appx|bat|chm|cmd|com|cpl|desktop|dll|docm|dotm|exe|hta|inf|iso|jar|jse?|lnk|ms[cip]|msix|pif|potm|pp[ast]m|psd?1|psm1|pyw?|reg"
    r"|scf|scr|settingcontent-ms|sh|url|vb[es]?|vhdx?|wsc?|ws[fh]|xla|xlam|xll|xl[st]m",
    re.IGNORECASE,
)
"""Suffixes of files that act when they are opened: they may be saved, never opened from here."""


def acts_when_opened(name: str) -> bool:
    """Whether a file of this name may do something by itself when the system opens it."""
    return _RUNS.fullmatch(safe_name(name, "_").rpartition(".")[2]) is not None

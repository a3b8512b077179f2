"""A parcel's outside: a BagIt bag (RFC 8493) with one encrypted payload file, in a zip or as a folder, signed over its tag manifest.

Any archivist verifies it with `sha256sum -c manifest-sha256.txt tagmanifest-sha256.txt`; the signature is a tag file beside them.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Final

import msgspec

from county_hotline.errors import BadInput
from county_hotline.sync.keys import KeyPair, PublicKey
from county_hotline.sync.parcel import bounded_zip, label
from county_hotline.sync.parcel.bounded_zip import Bounds
from county_hotline.sync.parcel.label import Label

ENDING: Final = ".zip"
MOST_BYTES: Final = 256 << 20
"""Of a whole parcel. Sent ones stay far below (`contents.AIM_BYTES`)."""

_BAGIT: Final = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
_PAYLOAD: Final = "data/content.age"
_MANIFEST: Final = "manifest-sha256.txt"
_TAG_MANIFEST: Final = "tagmanifest-sha256.txt"
_SIGNATURE: Final = "signature"
_TAGS: Final = ("bagit.txt", "bag-info.txt", _MANIFEST)
_SMALL: Final = 64 << 10
_BOUNDS: Final = Bounds(members=64, member_bytes=MOST_BYTES, total_bytes=MOST_BYTES)
_SUM: Final = re.compile(r"([0-9a-fA-F]{64})[ \t]+\*?(\S+)")

Read = Callable[[str, int], bytes]
"""A member of the bag by its name, at most so many bytes."""


class Signature(msgspec.Struct, frozen=True):
    """The sender's name under a parcel."""

    algorithm: str
    key: str
    """Key id."""
    signature: bytes


class Bag(msgspec.Struct, frozen=True):
    """A parcel whose every file is what its manifests say; whose it is has not been asked yet."""

    label: Label
    content: bytes
    """Encrypted."""
    digest: str
    """SHA-256 of the tag manifest, hexadecimal: this very parcel's name among all."""
    signed: Signature

    def is_signed_by(self, key: PublicKey) -> bool:
        """Whether the other half of `key` signed this parcel, as this serial and for this receiver."""
        said = label.statement(self.label, self.digest)
        return self.signed.algorithm == key.algorithm and key.has_signed(said, self.signed.signature)


class Made(msgspec.Struct, frozen=True):
    """A parcel's files by their names in the bag, in the order they are written."""

    label: Label
    files: dict[str, bytes]
    digest: str

    def zipped(self) -> bytes:
        """The bag in one stored zip, in a folder of its name as RFC 8493 has it."""
        file = io.BytesIO()
        bounded_zip.written({f"{self.label.name}/{name}": body for name, body in self.files.items()}, file, packed=False)
        return file.getvalue()


def made(tag: Label, content: bytes, pair: KeyPair) -> Made:
    """The bag round `content`, which is encrypted already, signed by `pair`."""
    files = {"bagit.txt": _BAGIT, "bag-info.txt": label.written(tag, len(content)), _MANIFEST: _sums({_PAYLOAD: content})}
    tag_manifest = _sums(files)
    digest = hashlib.sha256(tag_manifest).hexdigest()
    signature = pair.sign(label.statement(tag, digest))
    signed = f"algorithm: {pair.public.algorithm}\nkey: {pair.key_id}\nsignature: {base64.b64encode(signature).decode()}\n"
    files |= {_TAG_MANIFEST: tag_manifest, _SIGNATURE: signed.encode("ascii"), _PAYLOAD: content}
    return Made(tag, files, digest)


def opened(path: Path) -> Bag:
    """The parcel at `path`, a zip or a folder, whole and as its manifests say.

    Raises BadInput: I180 no parcel, I181 cut or changed, I185 a newer release's, I187 too large, I197 cannot be read (pulled out).
    """
    try:
        if path.is_dir():
            payload = [each.name for each in (path / "data").iterdir()] if (path / "data").is_dir() else []
            return _checked(lambda name, most: _in_folder(path, name, most), payload)
        if path.stat().st_size > MOST_BYTES:
            raise BadInput("I187", limit=MOST_BYTES >> 20)
        with path.open("rb") as file, bounded_zip.opened(file, _BOUNDS) as found:
            base = _base_of(found.names())
            payload = [name.removeprefix(f"{base}data/") for name in found.names() if name.startswith(f"{base}data/")]
            return _checked(lambda name, most: _in_zip(found, base + name, most), payload)
    except FileNotFoundError as fault:
        raise BadInput("I196", path=str(path)) from fault
    except OSError as fault:
        raise BadInput("I197", path=str(path)) from fault


def _checked(read: Read, payload: list[str]) -> Bag:
    """Every file against its manifest. Nothing may lie in `data` beside what the manifest names; other files outside are not looked at."""
    if not read("bagit.txt", _SMALL).startswith(b"BagIt-Version: 1."):
        raise BadInput("I180")
    tag_manifest = read(_TAG_MANIFEST, _SMALL)
    wanted = _wanted(tag_manifest)
    tags = {name: read(name, _SMALL) for name in _TAGS}
    for name, body in tags.items():
        _is_as_told(name, body, wanted)
    tag = label.read(tags["bag-info.txt"])
    sums = _wanted(tags[_MANIFEST])
    if set(sums) != {_PAYLOAD} or payload != [_PAYLOAD.removeprefix("data/")]:
        raise BadInput("I181", part=_MANIFEST)
    content = read(_PAYLOAD, MOST_BYTES)
    _is_as_told(_PAYLOAD, content, sums)
    return Bag(tag, content, hashlib.sha256(tag_manifest).hexdigest(), _signature(read(_SIGNATURE, _SMALL)))


def _sums(files: dict[str, bytes]) -> bytes:
    """As `sha256sum` writes them."""
    return "".join(f"{hashlib.sha256(body).hexdigest()}  {name}\n" for name, body in files.items()).encode("ascii")


def _wanted(manifest: bytes) -> dict[str, str]:
    try:
        lines = manifest.decode("ascii").splitlines()
    except UnicodeDecodeError as fault:
        raise BadInput("I181", part=_MANIFEST) from fault
    found: dict[str, str] = {}
    for line in lines:
        each = _SUM.fullmatch(line)
        if each is None or each[2] in found:
            raise BadInput("I181", part=_MANIFEST)
        found[each[2]] = each[1].lower()
    return found


def _is_as_told(name: str, body: bytes, wanted: dict[str, str]) -> None:
    if hashlib.sha256(body).hexdigest() != wanted.get(name):
        raise BadInput("I181", part=name)


def _signature(raw: bytes) -> Signature:
    try:
        lines = dict(line.split(": ", 1) for line in raw.decode("ascii").splitlines())
        return Signature(lines["algorithm"], lines["key"], base64.b64decode(lines["signature"], validate=True))
    except (UnicodeDecodeError, KeyError, ValueError, binascii.Error) as fault:
        raise BadInput("I181", part=_SIGNATURE) from fault


def _base_of(names: tuple[str, ...]) -> str:
    """The bag's folder inside the zip, `370323-03-up-000007/`, or nothing where its files lie on top."""
    for name in names:
        folder, _, last = name.rpartition("/")
        if last == "bagit.txt" and "/" not in folder:
            return f"{folder}/" if folder else ""
    raise BadInput("I180")


def _in_zip(found: bounded_zip.BoundedZip, name: str, most: int) -> bytes:
    body = found.read(name)
    if len(body) > most:
        raise BadInput("I187", limit=most >> 20)
    return body


def _in_folder(folder: Path, name: str, most: int) -> bytes:
    path = folder / name
    if path.is_symlink() or (folder / "data").is_symlink():
        raise BadInput("I180")
    if not path.is_file():
        raise BadInput("I180" if name == "bagit.txt" else "I181", part=name)
    if path.stat().st_size > most:
        raise BadInput("I187", limit=most >> 20)
    return path.read_bytes()

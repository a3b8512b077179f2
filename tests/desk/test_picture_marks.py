"""The place in a picture goes, whatever kind it is; every pixel, and everything else that is written in it, stays."""

from __future__ import annotations

import io
import random
import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from county_hotline.desk.picture_marks import Place, without_place

GPS, MODEL, TAKEN = 0x8825, 0x0110, 0x9003
PLACE = {1: "N", 2: (36.0, 11.0, 9.25), 3: "E", 4: (118.0, 10.0, 7.5), 29: "2026:11:21"}
XMP = b'<x:xmpmeta><rdf:Description exif:GPSLatitude="36,11.15N" dc:title="a"/></x:xmpmeta>'


def a_picture(kind: str, *, place: bool = True, xmp: bytes = b"", order: str = "little") -> bytes:
    picture, into = Image.new("RGB", (40, 30)), io.BytesIO()
    picture.putdata([(x * 5 % 256, x * 7 % 256, x * 11 % 256) for x in range(1200)])
    exif = picture.getexif()
    exif.endian = "<" if order == "little" else ">"
    exif[MODEL] = "phone"
    exif[0x0112] = 6
    exif.get_ifd(0x8769)[TAKEN] = "2026:11:21 09:12:00"
    if place:
        exif.get_ifd(GPS).update(PLACE)
    more: dict[str, object] = {"xmp": xmp} if xmp and kind in ("JPEG", "WEBP") else {}
    if kind == "PNG" and xmp:
        texts = PngImagePlugin.PngInfo()
        texts.add_itxt("XML:com.adobe.xmp", xmp.decode(), zip=True)
        texts.add_text("Comment", "留着")
        more = {"pnginfo": texts}
    if kind == "WEBP":
        more["lossless"] = True
    picture.save(into, kind, exif=exif, **more)
    return into.getvalue()


def exif_of(content: bytes) -> tuple[dict[int, object], dict[int, object], dict[int, object]]:
    exif = Image.open(io.BytesIO(content)).getexif()
    return dict(exif), dict(exif.get_ifd(0x8769)), dict(exif.get_ifd(GPS))


@pytest.mark.parametrize("order", ["little", "big"])
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_the_place_goes_and_all_else_stays(kind: str, order: str) -> None:
    before = a_picture(kind, order=order)
    assert exif_of(before)[2], "there is a place to take out"

    after, place = without_place(before)

    assert place is Place.TAKEN_OUT
    own, inner, where = exif_of(after)
    assert where == {}
    assert GPS not in own
    assert (own[MODEL], own[0x0112], inner[TAKEN]) == ("phone", 6, "2026:11:21 09:12:00")
    assert Image.open(io.BytesIO(after)).tobytes() == Image.open(io.BytesIO(before)).tobytes()
    assert b"2026:11:21\0" not in after.replace(b"2026:11:21 09", b"")


@pytest.mark.parametrize("order", ["little", "big"])
def test_a_scan_as_tiff_loses_its_place_too(order: str) -> None:
    block = a_picture("JPEG", order=order)
    scan = block[block.index(b"Exif\0\0") + 6 :]

    after = without_place(scan).content

    read = Image.Exif()
    read.load(b"Exif\0\0" + after)
    assert (read[MODEL], dict(read.get_ifd(GPS)), len(after)) == ("phone", {}, len(scan))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_without_a_place_is_not_touched(kind: str) -> None:
    content = a_picture(kind, place=False)

    assert without_place(content) == (content, Place.NONE)
    once = without_place(a_picture(kind)).content
    assert without_place(once) == (once, Place.NONE)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_the_place_in_xmp_goes_too(kind: str) -> None:
    before = a_picture(kind, place=False, xmp=XMP)

    after, place = without_place(before)

    assert place is Place.TAKEN_OUT
    assert b"GPSLatitude" not in unpacked(after)
    assert Image.open(io.BytesIO(after)).tobytes() == Image.open(io.BytesIO(before)).tobytes()
    if kind == "PNG":
        assert Image.open(io.BytesIO(after)).info["Comment"] == "留着"


def test_a_second_picture_behind_the_first_loses_its_place_too_and_stays_where_it_is() -> None:
    both = a_picture("JPEG") + a_picture("JPEG", order="big")

    after, place = without_place(both)

    assert place is Place.TAKEN_OUT
    assert len(after) == len(both)
    assert exif_of(after[len(a_picture("JPEG")) :])[2] == {}


def test_what_is_not_looked_into_says_so() -> None:
    heic = b"\0\0\0\x18ftypheic" + bytes(100)
    moving = a_picture("JPEG") + b"\0\0\0\x18ftypmp42" + bytes(100)

    assert without_place(heic) == (heic, Place.UNSURE)
    assert without_place(moving).place is Place.UNSURE
    assert exif_of(without_place(moving).content)[2] == {}, "what can be taken out is"
    assert without_place(b"%PDF-1.7 ...").place is Place.NO_PICTURE


def test_an_exif_block_that_cannot_be_followed_goes_as_a_whole() -> None:
    content = bytearray(a_picture("JPEG"))
    at = content.index(b"Exif\0\0") + 6
    struct.pack_into("<I", content, at + 4, 0xFFFFFF)  # its first directory would lie behind its end

    after, place = without_place(bytes(content))

    assert place is Place.TAKEN_OUT
    assert b"phone" not in after
    assert Image.open(io.BytesIO(after)).tobytes() == Image.open(io.BytesIO(a_picture("JPEG"))).tobytes()


@given(st.integers(0, 2**32), st.integers(0, 40), st.sampled_from(["JPEG", "PNG", "WEBP", "TIFF"]))
def test_whatever_the_bytes_are_it_neither_fails_nor_hangs(seed: int, hits: int, kind: str) -> None:
    chance = random.Random(seed)
    content = bytearray(a_picture(kind, xmp=XMP))
    for _ in range(hits):
        content[chance.randrange(len(content))] = chance.randrange(256)

    given_up = bytes(content[: chance.randrange(len(content) + 1)])

    assert len(without_place(given_up).content) <= len(given_up)


def unpacked(content: bytes) -> bytes:
    """PNG packs its texts."""
    found = [content]
    for at in range(len(content)):
        if content[at : at + 1] == b"\x78":
            try:
                found.append(zlib.decompressobj().decompress(content[at:], 10_000))
            except zlib.error:
                continue
    return b"".join(found)

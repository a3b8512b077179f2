"""A photograph as a telephone takes it."""

from __future__ import annotations

import io

from PIL import Image


def a_photo_with_its_place() -> bytes:
    """With where it was taken, and by what."""
    picture, into = Image.new("RGB", (32, 24), (10, 120, 30)), io.BytesIO()
    exif = picture.getexif()
    exif[0x0110] = "测试相机"
    exif.get_ifd(0x8825).update({1: "N", 2: (36.0, 11.0, 9.0), 3: "E", 4: (118.0, 10.0, 7.0)})
    picture.save(into, "JPEG", exif=exif)
    return into.getvalue()

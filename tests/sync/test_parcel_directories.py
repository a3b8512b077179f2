"""A zip's directory is bounded before anything is made of it: a stick may come from anybody."""

from __future__ import annotations

import io
import struct
import zipfile

import pytest

from county_hotline.errors import BadInput
from county_hotline.sync.parcel import bounded_zip
from county_hotline.sync.parcel.bounded_zip import Bounds

BOUNDS = Bounds(members=64, member_bytes=1 << 20, total_bytes=1 << 20)


def a_directory_of(lines: int) -> bytes:
    """As if so many members lay there."""
    line = b"PK\x01\x02" + struct.pack("<4B4HL2L5H2L", 20, 0, 20, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0) + b"a"
    directory = line * lines
    return directory + b"PK\x05\x06" + struct.pack("<4H2LH", 0, 0, lines & 0xFFFF, lines & 0xFFFF, len(directory), 0, 0)


@pytest.mark.parametrize("behind", [b"", b"\x00" * 30_000])
def test_a_directory_with_more_lines_than_may_be_is_never_read(behind: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[object] = []
    real = zipfile.ZipInfo.__init__

    def counted(self: zipfile.ZipInfo, *args: object, **kwargs: object) -> None:
        made.append(self)
        real(self, *args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(zipfile.ZipInfo, "__init__", counted)

    with pytest.raises(BadInput, match="I187"), bounded_zip.opened(io.BytesIO(a_directory_of(50_000) + behind), BOUNDS):
        pass

    assert made == []


def test_the_form_beyond_four_gigabytes_is_no_parcels() -> None:
    directory = a_directory_of(1)
    end = directory.rindex(b"PK\x05\x06")
    locator = b"PK\x06\x07" + struct.pack("<LQL", 0, 0, 1)

    with (
        pytest.raises(BadInput, match="I180"),
        bounded_zip.opened(io.BytesIO(directory[:end] + locator + directory[end:]), BOUNDS),
    ):
        pass


def test_a_zip_within_the_bounds_is_read() -> None:
    file = io.BytesIO()
    bounded_zip.written({f"a/{at:060d}": b"x" for at in range(64)}, file, packed=True)

    with bounded_zip.opened(file, BOUNDS) as found:
        assert len(found.names()) == 64

"""A slip is on the disk whole or not at all, and the officer is told why not."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from county_hotline.errors import StoreFault
from county_hotline.forms.fonts import Fonts
from county_hotline.wording import sentence
from tests.forms import slips

unix = pytest.mark.skipif(sys.platform == "win32", reason="limits and small disks of Unix")


@unix
@pytest.mark.parametrize("form", slips.FORMS)
def test_a_disk_that_takes_no_more_keeps_the_old_slip_and_no_scrap(form: str, tmp_path: Path, fonts: Fonts) -> None:
    path = slips.draw(form, slips.PLAIN, tmp_path / "slip.pdf", fonts).path
    before = path.read_bytes()

    with files_no_larger_than(20_000), pytest.raises(StoreFault):
        slips.draw(form, slips.RARE, path, fonts)

    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


@unix
def test_a_full_disk_is_called_full(small_disk: Path, fonts: Fonts) -> None:
    with pytest.raises(StoreFault) as caught:
        slips.draw("a5", slips.PLAIN, small_disk / "slip.pdf", fonts)

    assert caught.value.code == "S101"
    assert "磁盘" in sentence(caught.value) or "空间" in sentence(caught.value)
    assert list(small_disk.iterdir()) == []


def test_a_folder_that_is_not_there_is_a_clear_fault(tmp_path: Path, fonts: Fonts) -> None:
    with pytest.raises(StoreFault) as caught:
        slips.draw("a5", slips.PLAIN, tmp_path / "gone" / "slip.pdf", fonts)

    assert "〔" not in sentence(caught.value)


@unix
def test_a_read_only_folder_is_a_clear_fault(tmp_path: Path, fonts: Fonts) -> None:
    if os.geteuid() == 0:
        pytest.skip("nothing is read-only to root")
    tmp_path.chmod(0o500)

    with pytest.raises(StoreFault) as caught:
        slips.draw("a5", slips.PLAIN, tmp_path / "slip.pdf", fonts)

    assert caught.value.code == "S102"


@contextmanager
def files_no_larger_than(size: int) -> Iterator[None]:
    """Writing beyond `size` fails, as it does on a full disk."""
    import resource
    import signal

    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, before)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 32 kB, where one may be mounted."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=32k", "tmpfs", disk], check=False, capture_output=True)
    if mounted.returncode:
        pytest.skip("no disk may be mounted here")
    yield disk
    subprocess.run(["umount", disk], check=True)

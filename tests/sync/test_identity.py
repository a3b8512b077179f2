"""Who a station is, kept in two small files that are whole or not there."""

from __future__ import annotations

import stat
import sys
from pathlib import Path

import pytest

from county_hotline.errors import BadInput
from county_hotline.sync import identity, keys
from county_hotline.sync.identity import HubAddress, Identity
from tests.support.line import a_card

HUB = keys.make()
ADDRESS = HubAddress("http://hub.test", HUB.key_id, keys.ED25519, HUB.public.raw.hex(), "EPOCH")


@pytest.mark.parametrize("hub", [None, ADDRESS])
@pytest.mark.parametrize("name", ["示例便民服务中心", 'a"b\\c', "𠮷\x7f\t\n", ""])
def test_an_identity_comes_back_as_it_was_saved(tmp_path: Path, hub: HubAddress | None, name: str) -> None:
    import msgspec

    found = Identity(station=msgspec.structs.replace(a_card(), unit_name=name), hub=hub)

    identity.save(tmp_path / "identity.toml", found)

    assert identity.load(tmp_path / "identity.toml") == found


def test_no_file_is_no_identity(tmp_path: Path) -> None:
    assert identity.load(tmp_path / "identity.toml") is None


@pytest.mark.parametrize("text", [b"", b"[station", b"\xff\xfe", b"[station]\nstation = 1\n", b"[station]\n[hub]\n"])
def test_a_damaged_file_is_said_not_guessed_at(tmp_path: Path, text: bytes) -> None:
    (tmp_path / "identity.toml").write_bytes(text)

    with pytest.raises(BadInput) as met:
        identity.load(tmp_path / "identity.toml")

    assert met.value.code == "I106"


@pytest.mark.parametrize("change", [("hub_id", "0" * 16), ("public_key", "zz"), ("public_key", "00" * 32)])
def test_a_hubs_key_that_is_not_its_id_is_said(tmp_path: Path, change: tuple[str, str]) -> None:
    import msgspec

    path = tmp_path / "identity.toml"
    odd = msgspec.structs.replace(ADDRESS, **{change[0]: change[1]})
    identity.save(path, Identity(station=a_card(), hub=odd))

    with pytest.raises(BadInput) as met:
        identity.load(path)

    assert met.value.code == "I106"


def test_a_key_is_made_once_and_found_again(tmp_path: Path) -> None:
    first = keys.keep(tmp_path / "keys", "station")

    assert keys.keep(tmp_path / "keys", "station") == first
    assert keys.keep(tmp_path / "keys", "hub") != first


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such bits; the folder is the user's own there")
def test_a_key_is_for_its_owners_eyes(tmp_path: Path) -> None:
    keys.keep(tmp_path, "station")

    (file,) = tmp_path.iterdir()

    assert file.name == "station.ed25519"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_damaged_key_is_said_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "station.ed25519").write_bytes(b"short")

    with pytest.raises(BadInput) as met:
        keys.keep(tmp_path, "station")

    assert met.value.code == "I613"
    assert (tmp_path / "station.ed25519").read_bytes() == b"short"


def test_a_secret_is_in_no_print_of_it() -> None:
    pair = keys.make()

    assert pair.secret.hex() not in repr(pair)
    assert str(pair.secret) not in repr(pair)


@pytest.mark.parametrize("key", [keys.PublicKey(bytes(5)), keys.PublicKey(HUB.public.raw, "sm2"), keys.make().public])
def test_no_other_key_has_signed(key: keys.PublicKey) -> None:
    signature = HUB.sign(b"x")

    assert HUB.public.has_signed(b"x", signature)
    assert not HUB.public.has_signed(b"y", signature)
    assert not key.has_signed(b"x", signature)


@pytest.mark.parametrize(
    ("url", "in_clear"),
    [
        ("http://10.1.2.3:8480", True),
        ("http://hub.example/", True),
        ("http://[fd00::1]:8480", True),
        ("https://10.1.2.3:8480", False),
        ("http://127.0.0.1:8480", False),
        ("http://localhost:8480", False),
        ("http://[::1]:8480", False),
        ("http://127.0.0.1.example.org", True),
    ],
)
def test_what_can_be_read_on_the_way_is_known(url: str, *, in_clear: bool) -> None:
    assert identity.travels_in_clear(url) is in_clear

"""What reads a stranger's parcel: every changed byte and every cut is refused or harmless; bombs, links, doubled names and ways out are refused."""

from __future__ import annotations

import io
import random
import stat
import zipfile
import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from county_hotline.errors import BadInput
from county_hotline.sync import keys
from county_hotline.sync.parcel import bag, bounded_zip, contents, label, sealing
from county_hotline.sync.parcel.bag import Bag
from county_hotline.sync.parcel.bounded_zip import Bounds
from county_hotline.sync.parcel.label import Label, Way
from tests.support.parcels import members_of, zipped

SENDER, HUB = keys.make(), keys.make()
REFUSALS = {"I180", "I181", "I185", "I187"}


def a_label(**changes: object) -> Label:
    given: dict[str, object] = {
        "way": Way.UP,
        "station": "370323-03",
        "hub": HUB.key_id,
        "sender_key": SENDER.key_id,
        "receiver_key": HUB.key_id,
        "epoch": "V2TVAMJY8ZG5PBBXVQXF6CHQHX",
        "serial": 7,
        "previous": 6,
        "made_at": 1_795_223_520_000,
        "program": "0.2.0",
        "entries": 3,
    }
    return Label(**{**given, **changes})  # type: ignore[arg-type]


def a_parcel(folder: Path) -> Path:
    """Small, so that every byte of it can be tried."""
    plain = contents.packed(contents.Inside(label=a_label()), {"batches/A-1.jsonl": b"{}\n" * 9})
    path = folder / "parcel.zip"
    path.write_bytes(bag.made(a_label(), sealing.sealed(plain, HUB.public), SENDER).zipped())
    return path


def reads(path: Path) -> Bag | str:
    """The parcel, where it is whole and its sender's; else the code with which it is refused."""
    try:
        found = bag.opened(path)
    except BadInput as fault:
        return fault.code
    return found if found.is_signed_by(SENDER.public) else "I189"


def test_a_parcel_is_read_as_it_was_made(tmp_path: Path) -> None:
    found = reads(a_parcel(tmp_path))

    assert isinstance(found, Bag)
    assert found.label == a_label()
    with contents.opened(sealing.opened(found.content, HUB)) as inside:
        assert list(contents.members(inside, contents.BATCHES)) == [("A-1.jsonl", b"{}\n" * 9)]


def test_the_same_parcel_is_the_same_bytes() -> None:
    first, second = (bag.made(a_label(), b"content", SENDER).zipped() for _ in range(2))

    assert first == second


def test_every_changed_byte_is_refused_or_changes_nothing(tmp_path: Path, rng: random.Random) -> None:
    path = a_parcel(tmp_path)
    raw, whole = path.read_bytes(), reads(path)
    assert isinstance(whole, Bag)
    harmless = 0

    for at in range(len(raw)):
        changed = bytearray(raw)
        changed[at] ^= rng.randrange(1, 256)
        path.write_bytes(changed)
        found = reads(path)
        if isinstance(found, Bag):
            assert (found.label, found.content, found.digest) == (whole.label, whole.content, whole.digest), at
            harmless += 1
        else:
            assert found in {*REFUSALS, "I189"}, at

    assert harmless < len(raw) / 4  # dates and the like of the zip itself


def test_a_parcel_cut_at_any_byte_is_refused(tmp_path: Path) -> None:
    path = a_parcel(tmp_path)
    raw = path.read_bytes()

    for length in range(len(raw)):
        path.write_bytes(raw[:length])
        assert reads(path) in {"I180", "I181"}, length


@pytest.mark.parametrize(
    "name", ["bagit.txt", "bag-info.txt", "manifest-sha256.txt", "tagmanifest-sha256.txt", "signature", "data/content.age"]
)
def test_every_byte_of_every_member_counts(name: str, tmp_path: Path, rng: random.Random) -> None:
    """As somebody would change it who packs it anew, so that the zip's own sums are right."""
    members = members_of(a_parcel(tmp_path))
    for at in range(len(members[name])):
        changed = bytearray(members[name])
        changed[at] ^= rng.randrange(1, 128)
        found = reads(zipped({**members, name: bytes(changed)}, tmp_path / "changed.zip"))
        if isinstance(found, Bag):  # a key's name beside the signature, white space, the case of a sum
            assert name in {"signature", "tagmanifest-sha256.txt"}, at
            assert found.content == members["data/content.age"]


@given(st.binary(max_size=4000))
def test_any_bytes_are_no_parcel(tmp_path_factory: pytest.TempPathFactory, raw: bytes) -> None:
    path = tmp_path_factory.mktemp("any") / "any.zip"
    path.write_bytes(raw)

    assert reads(path) == "I180"


@given(
    st.dictionaries(
        st.sampled_from(
            ["bagit.txt", "bag-info.txt", "manifest-sha256.txt", "tagmanifest-sha256.txt", "signature", "data/content.age"]
        ),
        st.binary(max_size=300) | st.text(max_size=300).map(str.encode),
    )
)
def test_any_members_are_refused(tmp_path_factory: pytest.TempPathFactory, members: dict[str, bytes]) -> None:
    folder = tmp_path_factory.mktemp("any")
    whole = members_of(a_parcel(folder))

    found = reads(zipped({**whole, **members}, folder / "any.zip"))

    assert not members or found in {*REFUSALS, "I189"}


@given(st.binary(max_size=2000))
def test_any_inside_is_refused(raw: bytes) -> None:
    with pytest.raises(BadInput) as met, contents.opened(raw) as inside:
        contents.head_of(inside, a_label(), contents.Request)

    assert met.value.code in {"I181", "I187", "I191"}


@given(st.binary(max_size=600))
def test_any_label_is_read_or_refused(raw: bytes) -> None:
    try:
        label.read(raw)
    except BadInput as fault:
        assert fault.code in {"I180", "I181", "I185"}  # noqa: PT017 - either is right


# ---------------------------------------------------------------- meant badly


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    members = members_of(a_parcel(tmp_path))
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, body in members.items():
            file.writestr(f"bag/{name}", bytes(200 << 20) if name == "bagit.txt" else body)

    assert path.stat().st_size < 1 << 20
    assert reads(path) == "I187"


def test_a_bomb_that_lies_about_its_size_is_refused(tmp_path: Path) -> None:
    file = io.BytesIO()
    bounded_zip.written({"a": bytes(8 << 20)}, file, packed=True)
    raw = file.getvalue().replace((8 << 20).to_bytes(4, "little"), (10).to_bytes(4, "little"))

    with pytest.raises(BadInput) as met, bounded_zip.opened(io.BytesIO(raw), Bounds(9, 1 << 20, 1 << 20)) as found:
        found.read("a")

    assert met.value.code == "I181"


def test_an_inside_that_unpacks_without_end_is_refused() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("parcel.json", bytes(300 << 20))

    with pytest.raises(BadInput) as met, contents.opened(file.getvalue()):
        pass

    assert met.value.code == "I187"


def test_too_many_members_are_refused(tmp_path: Path) -> None:
    members = members_of(a_parcel(tmp_path))

    assert reads(zipped({**members, **{f"x{nth}": b"" for nth in range(100)}}, tmp_path / "many.zip")) == "I187"


@pytest.mark.parametrize(
    "name", ["../out", "/etc/passwd", "bag/../../out", "C:/out", "bag\\..\\out", "bag/./x", "bag//x", "bag/x\x01"]
)
def test_names_that_lead_out_are_refused_and_nothing_is_written(name: str, tmp_path: Path) -> None:
    members = {f"bag/{each}": body for each, body in members_of(a_parcel(tmp_path)).items()}
    before = sorted(tmp_path.parent.rglob("*"))

    assert reads(zipped({**members, name: b"x"}, tmp_path / "parcel.zip", base="")) == "I180"
    assert sorted(tmp_path.parent.rglob("*")) == before


def test_links_are_refused(tmp_path: Path) -> None:
    members = members_of(a_parcel(tmp_path))
    path = tmp_path / "links.zip"
    with zipfile.ZipFile(path, "w") as file:
        for name, body in members.items():
            entry = zipfile.ZipInfo(f"bag/{name}")
            if name == "data/content.age":
                entry.create_system, entry.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
            file.writestr(entry, body)

    assert reads(path) == "I180"


def test_doubled_names_are_refused(tmp_path: Path) -> None:
    members = members_of(a_parcel(tmp_path))
    path = tmp_path / "doubled.zip"
    with zipfile.ZipFile(path, "w") as file:
        for name, body in members.items():
            file.writestr(f"bag/{name}", body)
        with pytest.warns(UserWarning, match="Duplicate"):
            file.writestr("bag/bagit.txt", b"BagIt-Version: 1.0 other")

    assert reads(path) == "I180"


def test_more_in_the_payload_than_the_manifest_says_is_refused(tmp_path: Path) -> None:
    members = members_of(a_parcel(tmp_path))

    assert reads(zipped({**members, "data/more.exe": b"MZ"}, tmp_path / "more.zip")) == "I181"


def test_a_folder_with_a_link_in_it_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "bag"
    (folder / "data").mkdir(parents=True)
    for name, body in members_of(a_parcel(tmp_path)).items():
        (folder / name).write_bytes(body)
    assert isinstance(reads(folder), Bag)
    secret = tmp_path / "secret"
    (folder / "data" / "content.age").rename(secret)
    (folder / "data" / "content.age").symlink_to(secret)

    assert reads(folder) == "I180"


def test_a_file_that_is_too_large_is_not_even_read(tmp_path: Path) -> None:
    path = tmp_path / "large.zip"
    with path.open("wb") as file:
        file.truncate(bag.MOST_BYTES + 1)

    assert reads(path) == "I187"


def test_age_cut_or_changed_is_refused() -> None:
    secret = sealing.sealed(b"content" * 20, HUB.public)

    for at in range(len(secret)):
        changed = bytearray(secret)
        changed[at] ^= 1
        for damaged in (bytes(changed), secret[:at]):
            with pytest.raises(BadInput) as met:
                sealing.opened(damaged, HUB)
            assert met.value.code in {"I181", "I183"}


def test_stock_tools_verify_a_parcel(tmp_path: Path) -> None:
    """`sha256sum -c` asks nothing but these lines."""
    members = members_of(a_parcel(tmp_path))

    lines = (members["manifest-sha256.txt"] + members["tagmanifest-sha256.txt"]).decode().splitlines()

    assert [line[66:] for line in lines] == ["data/content.age", "bagit.txt", "bag-info.txt", "manifest-sha256.txt"]
    assert zlib.crc32(members["bagit.txt"]) == zlib.crc32(b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n")

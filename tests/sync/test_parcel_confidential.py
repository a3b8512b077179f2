"""P9 for parcels: a confidential caller stands in no clear byte, name, log or sheet, and not inside for those who are not entitled."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from county_hotline.app.slip_printer import make_sheet
from county_hotline.desk.sheets import SheetFacts
from county_hotline.domain.facts import Person
from county_hotline.hub.asking import Hub
from county_hotline.sync import keys
from county_hotline.sync.parcel import bag, contents, inspecting, sealing
from county_hotline.sync.parcel.watched import WatchedFolder
from tests.support.line import OFFICER, Post, an_acceptance
from tests.support.marks import bytes_of, found_in
from tests.support.parcels import export, hand_in, import_, there_and_back

NAME, PHONE = "欧阳冬青", "13905339417"
WORDS = "后山采石场夜里放炮"
MARKS = (NAME, PHONE, WORDS)
PERSON = (NAME, PHONE)


def registered(post: Post, *, confidential: bool) -> str:
    made = an_acceptance("举报", content=WORDS, confidential=confidential)
    return post.store.accept(lambda number: (made, Person(name=NAME, phone=PHONE)), officer=OFFICER).number


def inside(path: Path, pair: keys.KeyPair) -> bytes:
    """All that its receiver can read in a parcel."""
    with contents.opened(sealing.opened(bag.opened(path).content, pair)) as found:
        return b"\n".join(found.read(name) for name in found.names())


def test_no_clear_byte_of_a_parcel_has_a_citizens_word(
    hall: Post, hub: Hub, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    registered(hall, confidential=False)

    up = export(hall, tmp_path / "up")
    _, down = hand_in(hub, up, tmp_path / "down")
    import_(hall, down)

    for path in (up, down):
        assert found_in(path.read_bytes(), MARKS) == []
        assert found_in(path.name.encode(), MARKS) == []
    assert found_in(caplog.text.encode(), MARKS) == []
    assert set(found_in(inside(up, hub.pair), MARKS)) >= {f"{mark} (UTF-8)" for mark in MARKS}  # they are there to be found


def test_the_caller_is_inside_for_those_entitled_and_for_nobody_else(
    hall: Post, centre: Post, agency: Post, hub: Hub, tmp_path: Path
) -> None:
    number = registered(hall, confidential=True)
    there_and_back(hall, hub, tmp_path)
    there_and_back(centre, hub, tmp_path)
    centre.dispatch(number)  # type: ignore[arg-type]
    there_and_back(centre, hub, tmp_path)

    parcels = {}
    for name, post in (("centre", centre), ("agency", agency)):
        post.store.set_note("sync.cursor", "0")
        _, answer = hand_in(hub, export(post, tmp_path / name), tmp_path / name)
        parcels[name] = inside(answer, post.pair)

    assert found_in(parcels["centre"], PERSON) != []
    assert found_in(parcels["agency"], PERSON) == []
    assert found_in(parcels["agency"], (WORDS,)) != []  # the matter itself is theirs to handle


def test_nobody_but_the_receiver_opens_one(hall: Post, agency: Post, hub: Hub, tmp_path: Path) -> None:
    registered(hall, confidential=True)
    up = export(hall, tmp_path)

    for stranger in (agency.pair, hall.pair, keys.make()):
        with pytest.raises(Exception, match="I183"):
            inside(up, stranger)


def test_the_sheet_and_the_reasons_have_no_citizens_word(hall: Post, hub: Hub, tmp_path: Path) -> None:
    registered(hall, confidential=True)
    up = export(hall, tmp_path / "up")
    found = inspecting.inspect(up, lambda label: hall.pair.public)
    sheet = tmp_path / "sheet.pdf"
    facts = SheetFacts(
        title_line="沂源县12345热线",
        label=found.label,
        station_name="示例单位",
        size=found.size,
        check_code=found.check_code,
        made_by="0301 受理员甲",
    )
    make_sheet(facts, sheet)
    raw = bytearray(up.read_bytes())
    raw[-400] ^= 1
    folder = tmp_path / "ferry"
    folder.mkdir()
    (folder / up.name).write_bytes(raw)
    watched = WatchedFolder(folder, lambda path: import_(hall, path))
    for _ in range(3):
        watched.look()

    assert found_in(bytes_of(sheet), MARKS) == []
    for path in folder.rglob("*"):
        if path.is_file():
            assert found_in(path.read_bytes(), MARKS) == []

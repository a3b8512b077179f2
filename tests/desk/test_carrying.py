"""导出 and 导入 at the desk: who may, what is told, the sheet, the audit, and the folders that are looked after by themselves."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from county_hotline.app.slip_printer import make_sheet
from county_hotline.db.beside import memos
from county_hotline.desk import carrying, founding, intake
from county_hotline.desk.carrying import Ferry
from county_hotline.desk.desk import Desk
from county_hotline.desk.founding import NewStation
from county_hotline.desk.sheets import SheetFacts
from county_hotline.domain.reference import Account
from county_hotline.domain.views import RoundWay
from county_hotline.domain.vocabulary import OfficerRole, StationRole
from county_hotline.errors import BadInput, Refusal, StoreFault
from county_hotline.hub.asking import Hub
from county_hotline.hub.stations import make_code
from county_hotline.ids import OfficerId
from county_hotline.paths import Home
from county_hotline.settings import PARCEL_IN, PARCEL_OUT, Settings
from county_hotline.signals import Changes
from county_hotline.sync import enrolling
from tests.support.line import URL, DirectWire, a_hub
from tests.support.parcels import hand_in
from tests.support.ticking_clock import TickingClock

OFFICER = Account(OfficerId("0301 受理员甲"), "0301", "受理员甲", (OfficerRole.CLERK,))


@pytest.fixture
def hub(tmp_path: Path, clock: TickingClock) -> Iterator[Hub]:
    hub = a_hub(tmp_path / "hub", clock)
    founding.load_county(hub.store)
    yield hub
    hub.store.close()


@pytest.fixture
def heard() -> list[Changes]:
    return []


@pytest.fixture
def alone(tmp_path: Path, clock: TickingClock, heard: list[Changes]) -> Iterator[Desk]:
    """A hall that was never enrolled."""
    home = Home(tmp_path / "hall")
    store = founding.open_store(home, clock)
    bundle = founding.load_county(store)
    founding.settle(store, home, founding.card_for(bundle, NewStation(role=StationRole.HALL)))
    yield Desk(store, home, clock, Settings(home.settings), heard.append, sheet_maker=make_sheet, officer=OFFICER)
    store.close()


@pytest.fixture
def hall(alone: Desk, hub: Hub, clock: TickingClock) -> Desk:
    code = make_code(hub.storage, alone.card, now_ms=clock.now_ms())
    enrolling.enrol(alone.store, alone.home, url=URL, code=code, clock=clock, wire=DirectWire(hub))
    return alone


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


def accept(desk: Desk) -> None:
    form = intake.IntakeForm(
        name="王某", phone="13805330007", place="370323109200", title="路灯不亮", content="三盏路灯不亮。", demand="修"
    )
    intake.accept(desk, form)


def test_an_export_is_told_with_its_sheet_and_stands_in_the_audit(hall: Desk, stick: Path) -> None:
    accept(hall)

    exported = carrying.export(hall, stick)

    assert (exported.name, exported.serial, exported.entries, exported.is_whole) == ("370323-03-up-000001", 1, 1, True)
    assert Path(exported.path).parent == stick
    assert Path(exported.sheet_path).read_bytes().startswith(b"%PDF")
    assert carrying.inspect(hall, Path(exported.path)).check_code == exported.check_code
    assert memos.audit_lines(hall.store.database.connection(), 1)[0][2:4] == ("parcel_export", exported.name)


def test_an_import_is_told_and_the_screens_hear_of_it(hall: Desk, hub: Hub, stick: Path, heard: list[Changes]) -> None:
    accept(hall)
    _, answer = hand_in(hub, Path(carrying.export(hall, stick).path), stick)
    heard.clear()

    imported = carrying.import_(hall, answer)

    assert (imported.signed_for, imported.orders, imported.complete, imported.remarks) == (1, 1, True, ())
    assert any(changes.counts and changes.work_orders for changes in heard)
    assert carrying.inspect(hall, answer).is_signed is True
    assert [each.way for each in carrying.carried(hall)] == ["in", "out"]


def test_nobody_signed_in_exports_nothing(hall: Desk, stick: Path) -> None:
    hall.officer = None

    with pytest.raises(Refusal, match="R203"):
        carrying.export(hall, stick)
    assert list(stick.iterdir()) == []


def test_a_station_not_enrolled_has_nobody_to_carry_to(alone: Desk, stick: Path) -> None:
    with pytest.raises(Refusal, match="R209"):
        carrying.export(alone, stick)
    with pytest.raises(Refusal, match="R209"):
        carrying.import_(alone, stick)
    assert Ferry(alone).run() == 0


def test_a_parcel_is_exported_though_its_sheet_cannot_be_drawn(hall: Desk, stick: Path) -> None:
    def full(facts: SheetFacts, path: Path) -> None:
        raise StoreFault("S103", path="slips")

    hall.sheet_maker = full

    exported = carrying.export(hall, stick)

    assert exported.sheet_path == ""
    assert Path(exported.path).is_file()


def test_the_folders_are_looked_after_by_themselves(hall: Desk, hub: Hub, tmp_path: Path) -> None:
    out, come = tmp_path / "out", tmp_path / "come"
    out.mkdir()
    come.mkdir()
    ferry = Ferry(hall)
    assert ferry.run() == 0  # none were chosen
    hall.settings.change(PARCEL_OUT, str(out))
    hall.settings.change(PARCEL_IN, str(come))
    accept(hall)

    went = ferry.run()
    (parcel,) = out.iterdir()
    hand_in(hub, parcel, come)
    came = [ferry.run() for _ in range(3)]

    assert went == 1
    assert came == [0, 2, 0]  # read once it stood still, and the hub is told how far; then there is nothing new
    assert hall.store.counts().waiting == 0
    assert hall.store.rounds(1)[0].way is RoundWay.FOLDER


def test_a_folder_that_went_away_is_told(hall: Desk, tmp_path: Path) -> None:
    hall.settings.change(PARCEL_OUT, str(tmp_path / "gone"))

    with pytest.raises(BadInput, match="I196"):
        Ferry(hall).run()

"""A station's files as this release writes them, kept for every later one to open: `python -m tools.golden_release`.

Makes in tests/golden/v<version>: `station` (database, key, mark) and fold.json, every order as this release folds it; `hub` and
hub_fold.json; and `wire`, what it says on the line (see golden_wire). A folder that was once released is never made again.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Mapping
from enum import Enum
from pathlib import Path
from typing import get_args

import msgspec

from county_hotline import __version__
from county_hotline.db.beside import memos
from county_hotline.db.beside.reference import Bundle
from county_hotline.db.keys import database_key
from county_hotline.db.store import Store
from county_hotline.domain.facts import KINDS, Accepted, AttachmentAdded, Corrected, WordsErased
from county_hotline.domain.reference import Account, Agency, Article, ToldPath
from county_hotline.domain.views import Incoming, RoundReport
from county_hotline.domain.vocabulary import AssignmentRole, Channel, Erasure, OfficerRole, Outcome
from county_hotline.ids import AgencyCode, Number, OfficerId
from tests.support.builders import HOUSING, WATER, a_caller, an_entry
from tests.support.stations import County, Station
from tests.support.ticking_clock import MORNING, TickingClock
from tools import golden_wire

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    """0 when it was made."""
    target = ROOT / "tests" / "golden" / f"v{__version__}"
    if target.exists() and "--again" not in sys.argv:
        sys.stderr.write(f"{target.relative_to(ROOT)} is there. A release is never made again (before its release: --again).\n")
        return 1
    shutil.rmtree(target, ignore_errors=True)
    with tempfile.TemporaryDirectory() as name:
        county = County(Path(name), TickingClock())
        live(county)
        kept(county.centre.store)
        write(county.centre, target)
        county.close()
    golden_wire.make(target)
    return 0


def live(county: County) -> None:
    """Something of everything the journal can hold."""
    numbers = [
        county.hall.accept(a_caller(name="𠮷某䶮"), title=f"第{place}件", external_number=f"WZ{place}") for place in range(5)
    ]
    hidden = county.hall.accept(a_caller(name="保密来电人"), confidential=True, title="保密件")
    county.sync_until_quiet()
    county.centre.dispatch(numbers[0])
    county.centre.dispatch(numbers[0], HOUSING, AssignmentRole.HELPER)
    county.sync_until_quiet()
    county.agency.sign_for(numbers[0])
    county.agency.reply(numbers[0])
    county.sync_until_quiet()
    county.centre.finish(numbers[0])
    person = a_caller(name="改后的人", original={"name": "改后的人\u200b"})
    county.centre.record(numbers[1], Corrected(reason="听错了", title="改后的标题", person=True), person)
    county.centre.record(
        numbers[1], AttachmentAdded(name="照片.jpg", sha256="ab" * 32, size_bytes=1234, media_type="image/jpeg")
    )
    county.centre.note(hidden)
    here, there = county.sharing(numbers[2])
    here.dispatch(numbers[2], WATER)
    there.dispatch(numbers[2], HOUSING)
    newer = an_entry(numbers[3], person, kind="work_order.from_later", version=7)  # type: ignore[arg-type]
    county.hub.store.receive(newer.station, [newer], signature=b"", now_ms=1)
    county.sync_until_quiet()
    county.centre.erase(numbers[4], county.centre.store.view(numbers[4]).story[0].entry_id, Erasure.BOTH)
    county.sync_until_quiet()
    one_of_each(county.centre, county.hall.accept(title="一生"), numbers[1])
    county.centre.store.begin_life()
    own = county.centre.accept(title="新的一代")
    county.centre.finish(own, Outcome.EXPLAINED)


def one_of_each(station: Station, number: Number, other: Number) -> None:
    """Every kind of fact there is, each with all it must say, in the order of the list: what is decided is what was asked just before."""
    for kind in KINDS.values():
        if kind in (Accepted, WordsErased):
            continue
        told: dict[str, object] = {"Number": other, "EntryId": station.store.order(number).last_entry, "AgencyCode": WATER}
        told |= {"str": "2026-12-31", "int": MORNING, "bool": True, "tuple": (WATER,)}
        fields = (field for field in msgspec.structs.fields(kind) if field.required)
        station.record(number, kind(**{field.name: _said(field.type, told) for field in fields}))


def _said(wanted: object, told: Mapping[str, object]) -> object:
    if isinstance(wanted, type) and issubclass(wanted, Enum):
        return next(iter(wanted))
    if get_args(wanted) and get_args(wanted)[0] is not AgencyCode:
        return ()
    return told[getattr(wanted, "__name__", str(wanted))]


def kept(store: Store) -> None:
    """What is not journalled."""
    agencies = (Agency(AgencyCode("1"), "示例单位"),)
    path = ToldPath("03", "诉讼", "应由法院审理。", "请向人民法院提出。", "")
    article = Article("ZS001", "题", "文", "2026-11-21")
    bundle = Bundle(
        3,
        "370323",
        "沂源县",
        "沂源县热线",
        agencies=agencies,
        note="示例",
        told_paths=(path,),
        articles=(article,),
        rest_days=("2026-12-01",),
    )
    store.reference.take_bundle(msgspec.json.encode(bundle))
    store.add_incoming(Incoming(0, Channel.MAILBOX, 1, "示例留言人", "13800138000", "题", "文", external_number="XX-1"))
    store.add_round(RoundReport(started_at=1, ended_at=2, requests=3))
    with store.immediate() as db:
        memos.save_draft(db, "draft", 1, b"{}")
        memos.set_account(db, Account(OfficerId("0301 受理员甲"), "0301", "受理员甲", (OfficerRole.CLERK,)), "hash")
        memos.audit(db, 1, "0301 受理员甲", act="sign_in", subject="0301")


def write(station: Station, target: Path) -> None:
    """The station under a key of its own, as its folder lies on a disk, and what it folds to."""
    home = target / "station"
    home.mkdir(parents=True)
    key = database_key(home / "keys")
    connection = station.store.database.connection()
    connection.execute(f"ATTACH '{home / 'journal.db'}' AS kept KEY \"x'{key.hex()}'\"")
    connection.execute("SELECT sqlcipher_export('kept')")
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    connection.execute(f"PRAGMA kept.user_version = {version}")
    connection.execute("DETACH kept")
    shutil.copyfile(station.folder / ".mark", home / ".mark")
    orders = [station.store.order(number) for number in sorted(station.numbers())]
    (target / "fold.json").write_bytes(msgspec.json.format(msgspec.json.encode(orders), indent=1))


if __name__ == "__main__":
    raise SystemExit(main())

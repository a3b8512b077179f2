"""Several processes and threads write into one database: numbers stay unique, the chain stays whole, nobody is turned away."""

from __future__ import annotations

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from county_hotline.db.beside.reference import Bundle
from county_hotline.db.store import Store
from county_hotline.domain.reference import Agency
from county_hotline.errors import BadInput, StoreFault
from county_hotline.ids import AgencyCode, Number
from tests.support.builders import KEY, OFFICER, made
from tests.support.source import ROOT
from tests.support.stations import Box, Station, opened

PROCESSES = 8
EACH = 25

CHILD = """
import json, sys
from pathlib import Path
from county_hotline.clock import SystemClock
from county_hotline.db.store import Store
from tests.support.builders import KEY, OFFICER, made
store = Store.open(Path(sys.argv[1]), KEY, clock=SystemClock())
numbers = []
for place in range(int(sys.argv[2])):
    order = store.accept(made(), officer=OFFICER)
    store.record(order.number, lambda order: (made(title="改后")(order.number)[0], None), officer=OFFICER)
    numbers.append(order.number)
print(json.dumps(numbers))
"""


def test_eight_processes_write_at_once(hall: Station) -> None:
    hall.accept()
    children = [
        subprocess.Popen([sys.executable, "-c", CHILD, str(hall.path), str(EACH)], cwd=ROOT, stdout=subprocess.PIPE, text=True)
        for _ in range(PROCESSES)
    ]

    numbers = [number for child in children for number in json.loads(child.communicate(timeout=120)[0])]

    assert len(set(numbers)) == PROCESSES * EACH
    report = hall.store.verify()
    assert report.sound, report.problems
    assert (report.orders, report.entries, report.lives) == (PROCESSES * EACH + 1, 2 * PROCESSES * EACH + 1, 1)
    hall.restart()
    assert hall.store.life() == "A"


def test_eight_threads_write_at_once_each_on_its_own_connection(hall: Station) -> None:
    def work(_: int) -> list[Number]:
        with hall.store.connected() as store:
            return [store.accept(made(), officer=OFFICER).number for _ in range(EACH)]

    with ThreadPoolExecutor(PROCESSES) as pool:
        numbers = [number for each in pool.map(work, range(PROCESSES)) for number in each]

    assert len(set(numbers)) == PROCESSES * EACH
    assert hall.store.verify().sound


def bundle(version: int) -> bytes:
    import msgspec

    return msgspec.json.encode(
        Bundle(version, "370323", "沂源县", "沂源县热线", agencies=(Agency(AgencyCode("1"), f"第{version}版"),))
    )


def test_reference_data_put_in_place_by_another_process_are_seen_at_once(hall: Station) -> None:
    hall.store.reference.take_bundle(bundle(1))
    assert hall.store.reference.agency("1").name == "第1版"

    with opened(lambda: Box(hall.folder, hall.clock)) as other:
        other.store.reference.take_bundle(bundle(2))

    assert hall.store.reference.version() == 2
    assert hall.store.reference.agency("1").name == "第2版"


def test_reference_data_already_read_are_there_for_a_thread_without_a_connection(hall: Station) -> None:
    hall.store.reference.take_bundle(bundle(1))
    hall.store.reference.bundle()

    with ThreadPoolExecutor(1) as pool:
        name = pool.submit(lambda: hall.store.reference.agency("1").name).result()

    assert name == "第1版"


@pytest.mark.parametrize("document", [b"{torn", b'{"version": 1}'])
def test_reference_data_that_cannot_be_read_leave_what_is_in_force(hall: Station, document: bytes) -> None:
    hall.store.reference.take_bundle(bundle(1))

    with pytest.raises(BadInput, match="I111"):
        hall.store.reference.take_bundle(document)

    assert hall.store.reference.version() == 1


def test_an_epoch_is_made_once(hall: Station) -> None:
    epoch = hall.store.epoch()
    again = Store.open(hall.path, KEY, clock=hall.clock)

    assert again.epoch() == epoch
    assert len(epoch) == 26
    again.close()


def test_a_file_that_another_process_will_not_let_go_is_named(hall: Station) -> None:
    with opened(lambda: Box(hall.folder, hall.clock)) as other:
        other.store.database.execute_sql("PRAGMA busy_timeout = 1")
        with hall.store.immediate(), pytest.raises(StoreFault, match="S104"):
            other.store.set_note("x", "y")

    assert hall.store.note("x") is None

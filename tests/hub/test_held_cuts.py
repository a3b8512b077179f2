"""What of a batch is held does not hang on where the batch was cut."""

from __future__ import annotations

import pytest

from county_hotline.hub.asking import Hub
from county_hotline.ids import Number
from county_hotline.sync.wire import batches
from tests.hub.test_held import dispatched, withdraw
from tests.support.line import AGENCY_CARD, Post

__all__ = ["dispatched"]


@pytest.mark.parametrize("cut", range(1, 7))
def test_what_counts_does_not_hang_on_where_a_batch_is_cut(cut: int, dispatched: Number, agency: Post, hub: Hub) -> None:
    """What waited for a record stands once that is withdrawn, and is not withdrawn any more; whatever came along in one batch."""
    agency.finish(dispatched)  # the centre's to do
    agency.sign_for(dispatched)  # waits for it
    wrong, waiting = (event.entry_id for event in agency.store.view(dispatched).story[-2:])
    withdraw(agency, dispatched, wrong)
    withdraw(agency, dispatched, waiting)
    withdraw(agency, dispatched, hub.store.view(dispatched).story[0].entry_id)  # not this station's, so it is held itself
    agency.reply(dispatched)  # and waits for that
    entries = agency.store.unsent(agency.store.life(), after=0, limit=9)
    assert len(entries) == 6

    for part in (entries[:cut], entries[cut:]):
        if part:
            agency.store.take_receipt(agency.transport.push(batches.encode(part, agency.pair)))

    codes = dict(hub.store.database.connection().execute("SELECT entry_id, code FROM held").fetchall())
    assert [codes.get(each.entry_id, "") for each in entries] == ["H108", "", "H108", "H107", "H106", "H103"]
    assert agency.sync().differences == ()
    assert sorted(each.code for each in agency.store.quarantine.known(AGENCY_CARD.station)) == ["H103", "H106", "H107"]
    assert hub.store.order(dispatched).assignments[0].signed_at is not None
    assert hub.store.verify().sound

"""The invariants' tests, run on code that was spoilt on purpose: each must fail, or it proves nothing. docs/invariants.md has the list."""

from __future__ import annotations

import inspect
import sys
import types
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from county_hotline.db import connections, journal, store
from county_hotline.db.line import routing, taking_batches, taking_pages
from county_hotline.domain import folding, sight
from county_hotline.sync.round import taking_in
from county_hotline.sync.wire import signing
from tests.sync import test_classes as classes
from tests.sync import test_i4_delivering_again_changes_nothing as i4
from tests.sync import test_i5_replicas_agree as i5
from tests.sync import test_i7_clashes_reach_both as i7
from tests.sync import test_i8_nothing_open_across_the_wire as i8

pytestmark = pytest.mark.long

SEARCH = settings(
    max_examples=200,
    phases=(Phase.generate,),
    stateful_step_count=25,
    deadline=None,
    database=None,
    report_multiple_bugs=False,
    suppress_health_check=tuple(HealthCheck),
)
"""Look for a failure, do not make it small: that it exists is what is asked."""


def run_i5() -> None:
    run_state_machine_as_test(i5.TwoPostsAndAHub, settings=SEARCH)


@dataclass(frozen=True)
class Sabotage:
    """`old` in the source of `where` becomes `new`; then `caught_by` must fail."""

    name: str
    module: types.ModuleType
    where: str
    old: str
    new: str
    caught_by: Callable[[], None]


LIST = (
    Sabotage(
        "no re-fold when a receipt fixes the order",
        taking_pages,
        "take_receipt",
        "shared = _with_other_hands(db, touched, receipt)",
        "shared = frozenset()",
        i5.test_a_receipt_that_comes_after_the_pages_puts_its_entry_in_its_place,
    ),
    Sabotage(
        "the hub takes what it already has for new",
        taking_batches,
        "receive",
        "entry.serial > have",
        "True",
        i4.test_a_batch_delivered_again_changes_nothing_at_the_hub_and_its_receipt_nothing_here,
    ),
    Sabotage(
        "the same serial with other bytes is taken for a duplicate",
        taking_batches,
        "_is_the_same",
        "held.get(entry.serial) != entry.hash",
        "False",
        i4.test_the_same_serial_with_other_bytes_is_an_incident_not_a_duplicate,
    ),
    Sabotage(
        "entries already here are inserted again",
        taking_pages,
        "take_in",
        "if r.entry.entry_id not in here",
        "if True",
        i4.test_pages_delivered_again_and_cut_short_change_nothing_after_the_first,
    ),
    Sabotage(
        "an interrupted transaction is kept",
        connections,
        "Connections.immediate",
        'db.execute("ROLLBACK")',
        'db.execute("COMMIT")',
        i4.test_pages_delivered_again_and_cut_short_change_nothing_after_the_first,
    ),
    Sabotage("the cursor goes one too far", taking_pages, "take_in", "str(page.cursor)", "str(page.cursor + 1)", run_i5),
    Sabotage(
        "the cursor may go back",
        taking_pages,
        "take_in",
        '"WHERE CAST(excluded.value AS INTEGER) > CAST(value AS INTEGER)"',
        '""',
        i4.test_pages_delivered_again_and_cut_short_change_nothing_after_the_first,
    ),
    Sabotage(
        "a page that is not the last leads to the end",
        routing,
        "page_for",
        "reader.station)), cursor, cut is None)",
        "reader.station)), end, cut is None)",
        i4.test_pages_delivered_again_and_cut_short_change_nothing_after_the_first,
    ),
    Sabotage(
        "the fold goes by order of arrival",
        journal,
        "story",
        "{AGREED_ORDER}",
        "e.entry",
        run_i5,
    ),
    Sabotage(
        "whatever says 200 is the hub",
        signing,
        "is_answer_of",
        "return False",
        "return True",
        classes.test_a_portal_that_apes_a_hello_is_no_hub,
    ),
    Sabotage(
        "clashes are not looked for",
        folding,
        "fold",
        "clashes=weighed.open",
        "clashes=()",
        i7.test_acts_unseen_by_each_other_are_on_both_lists_whatever_the_line_did,
    ),
    Sabotage(
        "what came after the basis counts as seen",
        sight,
        "Sight.unseen_by",
        "range(max(horizon + 1, writer - at_most), writer)",
        "range(writer, writer)",
        i7.test_acts_unseen_by_each_other_are_on_both_lists_whatever_the_line_did,
    ),
    Sabotage(
        "an act does not say what its writer had seen",
        store,
        "Store.record_together",
        "sight.of_others(db, number, hand.card.station, hand.life)",
        "None",
        i7.test_acts_that_were_seen_are_on_nobodys_list,
    ),
    Sabotage(
        "a page is awaited inside a transaction",
        taking_in,
        "Reader._take_in_one",
        "page = self._this.transport.pull(",
        "store.database.connection().execute('BEGIN'); page = self._this.transport.pull(",
        i8.test_whatever_the_line_does_nothing_is_open_at_any_request,
    ),
)


@pytest.mark.parametrize("sabotage", LIST, ids=lambda sabotage: sabotage.name)
def test_the_sabotage_is_caught(sabotage: Sabotage, monkeypatch: pytest.MonkeyPatch) -> None:
    spoil(sabotage, monkeypatch)
    if hasattr(sabotage.caught_by, "_hypothesis_internal_use_settings"):
        monkeypatch.setattr(sabotage.caught_by, "_hypothesis_internal_use_settings", SEARCH)

    with pytest.raises(BaseException):  # noqa: B017, PT011 - an assertion, a fault of the store, whatever: not silence
        sabotage.caught_by()


def spoil(sabotage: Sabotage, monkeypatch: pytest.MonkeyPatch) -> None:
    """The function is compiled again from its own, changed source, and put in its place (and where others imported it)."""
    owner: object = sabotage.module
    *path, name = sabotage.where.split(".")
    for part in path:
        owner = getattr(owner, part)
    source = inspect.getsource(inspect.getattr_static(owner, name))
    assert sabotage.old in source, "the list no longer fits the code"
    namespace = vars(sabotage.module)
    indent = "if True:\n" if source.startswith(" ") else ""
    original, before = getattr(owner, name), dict(namespace)
    exec(compile(indent + source.replace(sabotage.old, sabotage.new), "<sabotage>", "exec"), namespace)
    spoilt = namespace[name]
    namespace.clear()
    namespace.update(before)
    monkeypatch.setattr(owner, name, spoilt)
    for module in list(sys.modules.values()):
        if module.__name__.startswith("county_hotline") and vars(module).get(name) is original:
            monkeypatch.setattr(module, name, spoilt)

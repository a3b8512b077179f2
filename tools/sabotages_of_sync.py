"""What is broken on purpose in the sync, one thing at a time; the simulator must notice each. Run by `python -m tools.sabotage P2 P3 ...`.

A piece that is built later (a stream, a relay, a parcel, files) adds its own lines here.
"""

from __future__ import annotations

from typing import Final

from tools.spoiling import SIMULATOR, Sabotage

_DB, _SYNC, _HUB = "county_hotline/db", "county_hotline/sync", "county_hotline/hub"


def _sync(breaks: str, what: str, file: str, old: str, new: str, *, tests: str = SIMULATOR) -> Sabotage:
    return Sabotage(breaks, what, file, old, new, tests)


def _restored(what: str, file: str, old: str, new: str, tests: str) -> Sabotage:
    return Sabotage("restore", what, file, old, new, tests)


_HELD_BACK, _FORKED, _PUT_BACK = "sync/test_restored_with_held.py", "sync/test_forked_life.py", "sync/test_restored_station.py"

LIST: Final = (
    # ---------------------------------------------------------------- P1: a slip printed means a row on disk
    _sync("P1", "the officer is told of every fifth acceptance, and it is not committed", f"{_DB}/store.py",
          "            projection.write_new(db, [made])\n",
          "            projection.write_new(db, [made])\n            if entries[-1].serial % 5 == 0:\n                db.execute('ROLLBACK')\n                db.execute('BEGIN IMMEDIATE')\n"),
    _sync("P1", "the acceptance commits before what follows it at once is written", f"{_DB}/store.py",
          "    for decide in then:\n", "    db.execute('COMMIT')\n    db.execute('BEGIN IMMEDIATE')\n    for decide in then:\n"),
    _sync("P1", "after a restore the old life goes on", f"{_DB}/store.py", "elif marked is not None and is_behind(", "elif False and is_behind("),
    _sync("P1", "a file copied alone goes on in its life", f"{_DB}/store.py", "        if copied_alone:", "        if False:",
          tests="test_numbers.py"),
    _sync("P1", "a new life begins with a letter that was used", f"{_DB}/marks.py", "if letter > max(used, default=\"\")]", "]"),
    # ---------------------------------------------------------------- P2: exactly once above
    _sync("P2", "the hub takes what it already has for new", f"{_DB}/line/taking_batches.py",
          "    new = [entry for entry in entries if entry.serial > have]\n", "    new = list(entries)\n",
          tests="test_exchange.py::test_receipts_change_nothing_the_second_time_and_may_come_in_pieces"),
    _sync("P2", "the hub answers a batch before it is stored", f"{_DB}/line/taking_batches.py",
          "    placing.put(db, received, None, fold_later=later)\n", "    placing.put(db, received[:-1], None, fold_later=later)\n"),
    _sync("P2", "the last of a batch is never sent", f"{_SYNC}/round/sending.py",
          "                self._send_through(life, self._end_of(entries[0].station, life))", "                self._send_through(life, self._end_of(entries[0].station, life) - 1)"),
    _sync("P2", "an unread 200 counts as received", f"{_SYNC}/wire/signing.py",
          "    except NotTrusted:\n        return False\n    return True", "    except NotTrusted:\n        return True\n    return True"),
    _sync("P2", "a receipt signs for one more than it says", f"{_DB}/line/taking_pages.py",
          "    through = max((run.last for run in receipt.runs), default=0)\n", "    through = max((run.last + 1 for run in receipt.runs), default=0)\n"),
    _sync("P2", "places in the hub's order are given twice", f"{_DB}/journal.py",
          '    first = last_place(db) + 1\n    db.executemany("INSERT INTO redelivered', '    first = 1\n    db.executemany("INSERT INTO redelivered',
          tests="hub/test_held.py hub/test_relay.py"),
    _sync("P2", "unsent entries of an earlier life stay behind", f"{_SYNC}/round/sending.py",
          "            if life in later:\n", "            if life in later or life != self._this.store.life():\n",
          tests="sync/test_restored_station.py::test_what_was_unsent_in_the_backup_still_goes_in"),
    # ---------------------------------------------------------------- P3: no edit disappears silently
    _sync("P3", "the cursor moves though the page was not kept", f"{_SYNC}/round/taking_in.py",
          "            numbers = store.take_in(page)\n", "            store.set_note('sync.cursor', str(page.cursor))\n            numbers = store.take_in(page)\n",
          tests="sync/test_rounds.py::test_a_page_that_could_not_be_kept_is_asked_for_again"),
    _sync("P3", "a page's cursor lies one too far", f"{_DB}/line/routing.py",
          "entries, reader.station)), cursor, cut is None)", "entries, reader.station)), cursor + (cut is not None), cut is None)"),
    _sync("P3", "what was written before an order concerned a reader is left out", f"{_DB}/line/routing.py",
          "sorted((*self.late(db, after, through), *self.fresh(db, after, through))", "sorted((*self.fresh(db, after, through),)"),
    _sync("P3", "a page that is not the last leads to the end", f"{_DB}/line/routing.py",
          "entries, reader.station)), cursor, cut is None)", "entries, reader.station)), end, cut is None)",
          tests="test_exchange.py::test_pages_of_any_size_bring_every_entry_that_concerns_a_reader_exactly_once"),
    _sync("P6", "a page takes everything, however little the line passes", f"{_DB}/line/routing.py", "    cursor = end if cut is None else cut\n", "    cursor = end\n"),
    _sync("P3", "a station that was called is not told", f"{_DB}/line/routing.py",
          "case UnitsCalled(agencies=agencies) | SupervisionIssued(agencies=agencies):", "case SupervisionIssued(agencies=agencies):"),
    _sync("P3", "another life's entries of the same station are taken for its own", f"{_DB}/line/routing.py",
          'f"NOT (e.station = ? AND e.life = ?) AND', 'f"NOT (e.station = ? AND ? <> \'\') AND'),
    _sync("P3", "clashes are not looked for", "county_hotline/domain/clashes.py", "    sight = Sight(story)\n", "    return ()\n"),
    _sync("P3", "an act does not say what its writer had seen", f"{_DB}/store.py",
          "                basis = sight.of_others(db, number, hand.card.station, hand.life)\n", "                basis = None\n"),
    _sync("P3", "what came after the basis counts as seen", "county_hotline/domain/sight.py", "range(max(horizon + 1, writer - at_most), writer)", "range(writer, writer)"),
    _sync("P3", "words travel without what was last added to them", f"{_SYNC}/wire/pages.py",
          "        rows.append(line_of(received.entry, run.lines))\n",
          "        rows.append(line_of(received.entry if received.entry.serial % 7 else msgspec.structs.replace(received.entry, words=None), run.lines))\n"),
    # ---------------------------------------------------------------- P4: a bad record delays itself and what depends on it
    _sync("P4", "words that cannot be read are taken", f"{_DB}/line/admitting.py", "        return UNREADABLE\n    return None\n", "        return None\n    return None\n"),
    _sync("P4", "nobody asks what a station may write", f"{_DB}/line/admitting.py",
          "            code = NOT_ITS_TO_WRITE\n        if code:", "            pass\n        if code:"),
    _sync("P4", "what depends on a held record is not held", f"{_DB}/line/admitting.py", "            stuck |= {entry.work_order} if code not in (STANDS, SETTLED) else set()\n", ""),
    _sync("P4", "one station's bad record stops what others write of the order", f"{_DB}/line/admitting.py",
          "WHERE {OPEN} AND e.station = ?\", (station,)", "WHERE {OPEN} AND e.station <> ? || 'x'\", (station,)"),
    _sync("P4", "what is held is passed on all the same", f"{_DB}/journal.py",
          "SELECT entry_id FROM held WHERE here OR code = '{STANDS}')", "SELECT entry_id FROM held WHERE code = '{STANDS}')"),
    _sync("P4", "an entry too large stops its whole chain", f"{_SYNC}/round/sending.py", "            self._push_bare(entries[0], fault)\n", "            raise\n"),
    _sync("P4", "what was withdrawn goes on holding back what depended on it", f"{_DB}/line/taking_batches.py",
          "    if settled:\n", "    if False:\n",
          tests="hub/test_held.py"),
    # ---------------------------------------------------------------- P5: all sides agree
    _sync("P5", "the fold goes by order of arrival", f"{_DB}/journal.py", '"r.hub_seq IS NULL, k.rank IS NULL, k.rank, r.hub_seq, e.entry"', '"e.entry"'),
    _sync("P5", "no order is folded again when a receipt moves an act behind another's", f"{_DB}/line/taking_pages.py",
          "    for number in shared:\n        projection.refold(db, number, card)\n", ""),
    _sync("P5", "a receipt asked for again says when the last one came, not this", f"{_HUB}/storage.py", "runs_of(rows, received_at)", "runs_of([(one, two, 0) for one, two, _ in rows], 0)",
          tests="hub/test_lost_receipts.py"),
    _sync("P5", "a page's entries that are here already get no place", f"{_DB}/line/taking_pages.py", "        if at[1] is None:\n", "        if False:\n",
          tests="test_exchange.py::test_a_page_may_bring_the_receipt_before_the_hubs_own_answer"),
    _sync("P5", "an erasure is not obeyed where it arrives", f"{_DB}/line/placing.py",
          "        if entry.kind == WordsErased.kind and entry.words is not None and entry.entry_id not in held\n", "        if False\n",
          tests="test_i3*::test_words_that_come_together_with_their_erasure_do_not_stay"),
    _sync("P5", "own earlier lives come back, and their chain's end stays where it was", f"{_DB}/line/taking_pages.py",
          "    journal.carry_on(db, card.station, own_lives)\n", ""),
    # ---------------------------------------------------------------- P6: progress on the worst line
    _sync("P6", "a request that was cut is sent again as large as it was", f"{_SYNC}/round/outbox.py", "        self._change(max(1, self.entries // 2))\n", "        pass\n",
          tests="sync/test_rounds.py::test_batches_shrink_until_they_fit_between_two_cuts_and_everything_arrives"),
    _sync("P6", "after a cut nobody asks how far the hub got", f"{_SYNC}/round/sending.py",
          "        while (have := store.receipted(life)) < self._held.get(life, 0):\n", "        while False and (have := store.receipted(life)) < self._held.get(life, 0):\n",
          tests="sync/test_rounds.py::test_whatever_befalls_one_request_the_next_rounds_mend_it"),
    _sync("P6", "a stream's frames are kept only when all of it has arrived", f"{_HUB}/streaming.py",
          "            self._keep(waiting)\n\n    def receipt(self) -> Receipt:\n",
          "            self._all = [*getattr(self, '_all', []), *waiting]\n\n    def receipt(self) -> Receipt:\n        self._keep(self._all)\n",
          tests="hub/test_stream.py::test_a_frame_is_kept_when_it_is_whole_not_when_the_stream_ends"),
    # ---------------------------------------------------------------- P7: the clock may lie by years
    _sync("P7", "requests are signed by this PC's own clock", f"{_SYNC}/wire/transport.py",
          "        return int((self._hub_lead_ms + self._clock.monotonic_s() * 1000) / 1000)", "        return self._clock.now_ms() // 1000"),
    _sync("P7", "the hub's time is believed however long its answer took", f"{_SYNC}/wire/transport.py",
          "        if self._took_long(begun):\n", "        if False:\n",
          tests="sync/test_slow_lines.py"),
    _sync("P7", "the agreed order goes by what clocks said", f"{_DB}/journal.py", "k.rank, r.hub_seq, e.entry\"", "k.rank, e.recorded_at, r.hub_seq, e.entry\""),
    # ---------------------------------------------------------------- P8: other versions
    _sync("P8", "a kind of a later release is refused", f"{_DB}/line/admitting.py",
          "    if isinstance(fact, Unknown) and entry.kind in KINDS and entry.version <= KINDS[entry.kind].version:", "    if isinstance(fact, Unknown):"),
    _sync("P8", "words of a later release are written anew as they were understood", f"{_DB}/journal.py",
          "    words = [(row, e.words.salt, e.words.body) for row, e in numbered if e.words is not None]\n",
          "    words = [(row, e.words.salt, e.words.body) for row, e in numbered if e.words is not None and e.version < 3]\n"),
    # ---------------------------------------------------------------- P9: confidential callers
    _sync("P9", "the person of a confidential order goes to everyone it concerns", f"{_DB}/line/routing.py",
          "        entries = _entitled(db, entries, reader)\n", "        pass\n"),
    _sync("P9", "anybody may say that an order is not confidential after all", f"{_DB}/line/routing.py",
          "if confidential or is_of(number, station):", "if True:",
          tests="hub/test_entitlement.py::test_nobody_else_opens_it_though_he_may_correct_it"),
    _sync("P9", "a hall's orders go to every hall", f"{_DB}/line/routing.py",
          'return [f"station {entry.station}", *_units(unit)]', 'return [f"station {entry.station}", *_units(unit, "370323103")]'),
    _sync("P9", "the log tells who called", f"{_HUB}/receiving.py", "    log.info(\n        \"batch_received station=%s",
          "    log.info(\"batch %s\", [e.person and e.person.body for e in batch.entries])\n    log.info(\n        \"batch_received station=%s"),
    # ---------------------------------------------------------------- parcels
    _sync("P3", "a parcel's pages are taken though they begin beyond the cursor", f"{_SYNC}/parcel/coming_down.py",
          "    if answer.after > cursor or answer.life != store.life():\n", "    if False:\n",
          tests="sync/test_parcels.py::test_pages_that_would_leave_a_hole_are_left_for_another_day"),
    _sync("P2", "a parcel's receipts are taken though they leave a hole", f"{_SYNC}/parcel/coming_down.py",
          "        if receipt.runs and receipt.runs[0].first > had + 1:", "        if False and receipt.runs[0].first > had + 1:",
          tests="sync/test_parcels_not_for_here.py::test_receipts_that_would_leave_a_hole_are_left_for_another_day"),
    _sync("P9", "a parcel's pages are those of the centre", f"{_HUB}/parcel_answers.py",
          "        page = hub.store.page_for(station.card, after=load.cursor,", "        page = hub.store.page_for(msgspec.structs.replace(station.card, role='centre'), after=load.cursor,"),
    _sync("P4", "a changed stick is read all the same", f"{_SYNC}/parcel/bag.py",
          "def _is_as_told(name: str, body: bytes, wanted: dict[str, str]) -> None:\n", "def _is_as_told(name: str, body: bytes, wanted: dict[str, str]) -> None:\n    return\n",
          tests="sync/test_parcel_readers.py::test_every_byte_of_every_member_counts"),
    # ---------------------------------------------------------------- a hub above
    _sync("P9", "who called goes up with a confidential order", f"{_DB}/relaying/relay_up.py",
          "for entry in _entitled(db, entries))", "for entry in entries)"),
    _sync("P5", "a page does not say where its entries stand in the order of their home", f"{_HUB}/serving.py",
          "msgspec.structs.replace(each, rank=each.hub_seq) if homes.is_here(each.entry.work_order) else each", "each"),
    _sync("P3", "what is sent to an agency in the county does not go down", f"{_DB}/line/routing.py",
          "    lines = {**below.relays_concerned(db, lines), **lines}\n", ""),
    _sync("P5", "ranks given later do not go up", f"{_HUB}/above.py", "            if found:\n", "            if False:\n",
          tests="hub/test_relay.py::test_an_order_of_one_county_is_handled_in_another"),
    # ---------------------------------------------------------------- attachments
    _sync("P3", "a piece that was here before is added once more", f"{_DB}/beside/shelf.py",
          "fresh = piece[have - offset :] if", "fresh = piece if",
          tests="sync/test_files.py::test_a_piece_that_comes_again_or_begins_too_early_is_put_behind_the_others_once"),
    _sync("P3", "a file counts as whole though its bytes are others", f"{_DB}/beside/shelf.py",
          "            if _digest(part) != sha256:\n", "            if False:\n", tests="sync/test_files.py::test_a_file_that_is_not_what_its_name_says_is_thrown_away_and_told"),
    _sync("P3", "a file that came is not where it belongs", f"{_DB}/beside/shelf.py",
          "            part.replace(self.path(sha256))\n", "",
          tests="sync/test_files.py::test_a_photo_is_at_the_hub_after_its_round_and_at_the_agency_after_its_own"),
    _sync("P9", "a file that shows a caller goes to whoever asks", f"{_DB}/line/file_rights.py",
          "    return named.is_personal is False or _is_told_the_caller(db, named.number, reader)\n", "    return True\n", tests="sync/test_files_whose.py::test_p9_a_confidential_orders_file_that_shows_the_caller_does_not_go_to_the_agency"),
    # ---------------------------------------------------------------- hubs put back, new PCs
    _sync("P1", "a new PC goes on in the life of the old one", f"{_SYNC}/enrolling.py",
          "    if before and store.life() <= max(before):\n", "    if False:\n"),
    # ---------------------------------------------------------------- what was put back from a backup: hubs, stations, copies
    _restored("a hub put back goes on in its epoch", f"{_DB}/line/epochs.py", "            is_older = marked.place > last\n", "            is_older = False\n", "hub/test_restored.py"),
    _restored("a hub's file without its mark is taken for the same", f"{_DB}/line/epochs.py",
              "            is_older = was_marked and not self._path.exists()\n", "            is_older = False\n", "hub/test_restored.py"),
    _restored("a new epoch shares more than was kept", f"{_DB}/line/epochs.py", "(Branch(new, was, shared),)", "(Branch(new, was, shared + 1),)", "hub/test_restored.py"),
    _restored("receipts the hub no longer stands to stay", f"{_DB}/line/lapsing.py",
              '    db.execute("DELETE FROM receipts WHERE hub_seq > ?", (present.through,))\n', "", "hub/test_restored.py"),
    _restored("after a restore of the hub the cursor stays ahead of it", f"{_DB}/line/lapsing.py",
              "str(min(cursor, present.through))", "str(cursor)", "hub/test_restored.py"),
    _restored("however much a hub lost is believed", f"{_SYNC}/round/restoring.py", "    if lost > PLAUSIBLE and", "    if False and", "hub/test_restored.py"),
    _restored("an epoch the hub had left is followed again", f"{_SYNC}/round/restoring.py",
              '    if hello.epoch in (store.note(PAST) or "").split():\n', "    if False:\n", "hub/test_restored.py"),
    _restored("held records of earlier lives do not come back", f"{_DB}/line/routing.py", "AND (e.station = ? OR {journal.NOT_HELD})", "AND (e.station = ? AND {journal.NOT_HELD} OR {journal.NOT_HELD})", _HELD_BACK),
    _restored("held records come back as if they stood", f"{_DB}/line/taking_pages.py", "    _note_held(db, new, card.station)\n", "", _HELD_BACK),
    _restored("a page does not say why its reader's own is held", f"{_SYNC}/wire/pages.py", "        h=received.held,\n", "", _HELD_BACK),
    _restored("own words come back without their caller", f"{_DB}/line/routing.py",
              "received.entry.person is not None and received.entry.station != reader.station", "received.entry.person is not None", _HELD_BACK),
    _restored("own records of orders that concern others only stay at the hub", f"{_DB}/line/routing.py",
              'whose = f"(e.station = ? OR {_CONCERNED})', 'whose = f"(e.station = ? AND {_CONCERNED} OR {_CONCERNED})', _HELD_BACK),
    _restored("a refused withdrawal of an order of one hand counts on", f"{_DB}/line/taking_pages.py", " | set(_orders_named(db, refused))", "", _HELD_BACK),
    _restored("a receipt out of turn unbalances the counts", f"{_DB}/tables/queries.py", "    if entries != signed + int(unsent):\n", "    if False:\n", "db/test_exchange.py"),
    _restored("data put back whole wait for a person though nothing was written", f"{_SYNC}/round/sending.py", "            if may_go_on:\n", "            if False:\n", _PUT_BACK),
    _restored("a new life begins though an officer has written on in the old one", f"{_DB}/store.py", "                if end != after:\n", "                if False:\n", _PUT_BACK),
    _restored("a copy takes a letter the hub knows", f"{_SYNC}/round/rebirth.py", "others={head.life for head in heads}, after=ours", "others=(), after=ours", _PUT_BACK),
    _restored("an act is written in the life that was over when its turn came", f"{_DB}/store.py",
              "        with self.immediate() as db:\n            hand = self._hand(officer)\n            made,", "        hand = self._hand(officer)\n        with self.immediate() as db:\n            made,", _PUT_BACK),
    _restored("a chain that differs below its end is taken for ours", f"{_SYNC}/round/rebirth.py",
              "    if ours.serial == this.store.receipted(ours.life):\n", "    if True:\n", _FORKED),
    _restored("two callers keep one number", f"{_DB}/line/forks.py", "            became[entry.work_order] = writing.next_number(db, hand)\n", "            pass\n", _FORKED),
    _restored("what is written once more names the old entries", f"{_DB}/line/forks.py", "        body = body.replace(was.encode(), now.encode())\n", "        pass\n", _FORKED),
    _restored("an erasure is not written once more", f"{_DB}/line/forks.py", "        writing.obeyed(db, row, fact)\n", "        pass\n", _FORKED),
    _restored("words that are gone are written once more as if there were none", f"{_DB}/line/forks.py",
              "isinstance(fact, Unknown) or entry.words is None or (entry.person is None and entry.person_hash)", "False", _FORKED),
)  # fmt: skip

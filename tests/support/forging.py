"""Entries made with a really enrolled station's key by someone who keeps none of the program's rules."""

from __future__ import annotations

from county_hotline.domain.entries import Entry, Words, seal
from county_hotline.domain.facts import Fact, Person
from county_hotline.domain.upcasts import words_of
from county_hotline.ids import Life, Number, OfficerId, new_entry_id
from tests.support.line import Post

SALT = bytes(16)


def an_entry_of(
    post: Post,
    number: Number,
    fact: Fact,
    *,
    after: Entry | None = None,
    version: int | None = None,
    person: Person | None = None,
) -> Entry:
    """The next entry of the station's chain as the hub holds it, or the one that follows `after`. The line must have greeted."""
    card = post.store.station()
    assert card is not None
    head = next((each for each in post.transport.heads() if each.life == "A"), None)
    last = after or head
    return seal(
        entry_id=new_entry_id(post.clock.now_ms()),
        work_order=number,
        station=card.station,
        life=Life("A"),
        serial=last.serial + 1 if last else 1,
        basis=None,
        officer=OfficerId("x"),
        recorded_at=post.clock.now_ms(),
        clock_note="",
        kind=fact.kind,
        version=fact.version if version is None else version,
        prev_hash=last.hash if last else b"",
        words=Words(SALT, words_of(fact)),
        person=Words(SALT, words_of(person)) if person else None,
    )

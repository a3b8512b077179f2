"""Any single entry removed, changed or doubled on either side is found, named, and in at most log2 n questions."""

from __future__ import annotations

import hashlib
import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from county_hotline.domain import proving
from county_hotline.domain.proving import (
    PARTS,
    Account,
    Line,
    Sum,
    Which,
    account_of,
    compare,
    differences,
    sum_of,
    unread,
)
from county_hotline.ids import Number

SIZES = st.integers(1, 300) | st.integers(301, 30_000)


def lines(count: int, step: int) -> list[Line]:
    """So many entries at places with gaps between them."""
    return [
        Line(place * step, hashlib.sha256(str(place).encode()).digest(), Number(f"n{place}")) for place in range(1, count + 1)
    ]


class OtherEnd:
    """A hub that answers from a list, and counts the questions."""

    def __init__(self, has: list[Line]) -> None:
        self.has, self.asked = has, 0

    def __call__(self, after: int, through: int) -> Account:
        self.asked += 1
        return account_of([line for line in self.has if after < line.place <= through], after, through)


def found(ours: list[Line], theirs: list[Line]) -> tuple[list[tuple[Which, int]], int]:
    end = OtherEnd(theirs)
    through = max(line.place for line in (*ours, *theirs, Line(1, b"")))
    told = compare(lambda after, till: [line for line in ours if after < line.place <= till], end, through=through)
    return [(each.which, each.place) for each in told], end.asked


@given(count=SIZES, step=st.sampled_from([1, 3, 1000]), at=st.floats(0, 1), here=st.booleans(), data=st.data())
def test_one_difference_is_found_and_named_in_few_questions(
    count: int, step: int, at: float, here: bool, data: st.DataObject
) -> None:
    sound = lines(count, step)
    place = min(count - 1, int(at * count))
    harm = data.draw(st.sampled_from(["removed", "changed", "doubled"]))
    line = sound[place]
    harmed = list(sound)
    if harm == "removed":
        del harmed[place]
        expected = (Which.LACKING if here else Which.EXTRA, line.place)
    elif harm == "changed":
        harmed[place] = Line(line.place, hashlib.sha256(b"other").digest(), line.number)
        expected = (Which.OTHER, line.place)
    else:
        twin = Line(sound[-1].place + 1, line.hash, line.number)
        harmed.append(twin)
        expected = (Which.EXTRA if here else Which.LACKING, twin.place)

    told, asked = found(harmed, sound) if here else found(sound, harmed)

    assert told == [expected]
    assert asked <= max(1, math.floor(math.log2(count)))


@given(count=st.integers(0, 500), step=st.sampled_from([1, 7]))
def test_what_is_the_same_is_asked_about_once(count: int, step: int) -> None:
    assert found(lines(count, step), lines(count, step)) == ([], 1)


@given(st.lists(st.integers(1, 40), unique=True), st.lists(st.integers(1, 40), unique=True))
def test_however_much_differs_all_of_it_is_named(ours: list[int], theirs: list[int]) -> None:
    def made(places: list[int]) -> list[Line]:
        return [Line(place, bytes([place] * 32)) for place in sorted(places)]

    told, _ = found(made(ours), made(theirs))

    assert {place for which, place in told if which is Which.LACKING} == set(theirs) - set(ours)
    assert {place for which, place in told if which is Which.EXTRA} == set(ours) - set(theirs)


@given(st.lists(st.binary(min_size=32, max_size=32), max_size=20), st.randoms())
def test_a_sum_needs_no_order_and_counts_each_as_often_as_it_comes(hashes: list[bytes], chance: object) -> None:
    shuffled = list(hashes)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]

    assert sum_of(shuffled) == sum_of(hashes)
    assert sum_of([*hashes, b"\x01" * 32]) != sum_of(hashes)
    assert sum_of(hashes).count == len(hashes)


def test_two_of_a_kind_do_not_cancel_out() -> None:
    one = hashlib.sha256(b"x").digest()

    assert sum_of([one, one]).digest != Sum().digest


@given(count=st.integers(PARTS + 1, 3_000), step=st.sampled_from([1, 5]))
def test_parts_cover_the_whole_range_without_gap(count: int, step: int) -> None:
    has = lines(count, step)
    through = has[-1].place + 50

    parts = account_of(has, 0, through).parts

    assert (parts[0].after, parts[-1].through) == (0, through)
    assert all(one.through == other.after for one, other in pairwise(parts))
    assert sum(part.sum.count for part in parts) == count
    assert len(parts) <= PARTS


def test_the_same_place_with_other_bytes_is_neither_lacking_nor_extra() -> None:
    (told,) = differences([Line(3, b"a")], [Line(3, b"b")])

    assert told.which is Which.OTHER


@given(count=st.integers(0, 600), parts=st.integers(1, 150), lost=st.integers(0, 599))
def test_an_end_that_looks_through_so_much_at_once_is_asked_in_parts(count: int, parts: int, lost: int) -> None:
    sound = lines(count, 2)
    there = [line for line in sound if line.place != 2 * (lost + 1)]
    most = 2 * count // parts + 1

    def ask(after: int, through: int) -> Account:
        last = min(through, 2 * count)
        if last - after > most:
            return unread(after, through, last)
        return account_of([line for line in there if after < line.place <= last], after, through)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(proving, "MOST_READ", most)
        told = compare(lambda after, till: [line for line in sound if after < line.place <= till], ask, through=2 * count + 7)

    assert [each.place for each in told] == ([2 * (lost + 1)] if lost < count else [])

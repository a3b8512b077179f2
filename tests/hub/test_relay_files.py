"""附件 through relays: up and down every level, and no further than the entry that names them."""

from __future__ import annotations

from tests.support.attaching import attached, lies_at, noise
from tests.support.levels import HOUSING, WATER, Levels


def test_a_file_goes_up_every_level_and_down_to_who_handles_the_order(levels: Levels) -> None:
    number = levels.accept("hall")
    photo = noise(300 * 1024)
    sha256 = attached(levels.posts["hall"], number, photo)
    levels.quiet()
    levels.posts["city centre"].dispatch(number, HOUSING)
    levels.quiet()
    levels.sync("other", "housing")

    for name in ("town", "county", "city", "city centre", "other", "housing"):
        assert lies_at(levels.stores[name], sha256) == photo, name
    assert lies_at(levels.stores["water"], sha256) is None
    reports = levels.sync("town", "county", "other")
    assert [(each.files_sent, each.files_received, each.files_waiting, each.files_fault) for each in reports] == [
        (0, 0, 0, "")
    ] * 3


def test_the_citys_file_comes_down_to_the_unit_its_order_was_given_to(levels: Levels) -> None:
    number = levels.accept("city hall")
    levels.quiet()
    sha256 = attached(levels.posts["city hall"], number, noise(5000))
    levels.posts["city centre"].dispatch(number, WATER)
    levels.quiet()
    levels.sync("county", "water")

    assert lies_at(levels.stores["water"], sha256) == noise(5000)
    assert lies_at(levels.stores["other"], sha256) is None


def test_a_file_that_shows_a_confidential_caller_stays_where_the_caller_was_taken(levels: Levels) -> None:
    number = levels.accept("water", confidential=True)
    shown, harmless, unasked = (noise(4000 + each, each) for each in range(3))
    water = levels.posts["water"]
    attached(water, number, shown, personal=True)
    attached(water, number, harmless, personal=False)
    attached(water, number, unasked)
    levels.quiet()
    levels.posts["city centre"].dispatch(number, HOUSING)
    levels.quiet()
    levels.sync("county", "other", "housing")

    kept = {name: [content in every_file(levels, name) for content in (shown, harmless, unasked)] for name in levels.hubs}
    assert kept["county"] == [True, True, True]
    assert kept["city"] == kept["other"] == [False, True, False]
    assert kept["town"] == [False, False, False]
    (report,) = levels.sync("county")
    assert (report.files_waiting, report.files_fault) == (0, "")


def test_a_file_of_the_citys_confidential_caller_does_not_come_down(levels: Levels) -> None:
    number = levels.accept("city hall", confidential=True)
    levels.quiet()
    attached(levels.posts["city hall"], number, noise(4000), personal=True)
    attached(levels.posts["city hall"], number, noise(4001))
    levels.posts["city centre"].dispatch(number, WATER)
    levels.quiet()
    levels.sync("county", "county")

    assert every_file(levels, "county") == []
    assert levels.sync("county")[0].files_fault == ""


def every_file(levels: Levels, name: str) -> list[bytes]:
    folder = levels.stores[name].files.shelf.path("0" * 64).parent.parent
    return [path.read_bytes() for path in sorted(folder.glob("*/*")) if path.is_file()]

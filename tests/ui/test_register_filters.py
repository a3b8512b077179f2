"""What 台账 is narrowed to, and which pages of it are held."""

from __future__ import annotations

from county_hotline.clock import local
from county_hotline.domain.views import RegisterSort
from county_hotline.domain.vocabulary import Stage
from county_hotline.ui.screens.register.filters import Filters
from county_hotline.ui.screens.register.paging import HELD, SIZE, Pages, walk
from tests.support.ticking_clock import MORNING

TODAY = "2026-11-21"
NOW = MORNING


def test_the_page_begins_with_what_is_not_finished_of_the_last_thirty_days() -> None:
    query = Filters().query(TODAY, NOW)

    assert (query.stages, query.ended) == ((), False)
    assert f"{local(query.since):%Y-%m-%d %H:%M}" == "2026-10-23 00:00"
    assert query.sort is RegisterSort.DUE


def test_this_year_begins_on_its_first_day() -> None:
    assert f"{local(Filters(since='year').query(TODAY, NOW).since):%Y-%m-%d %H:%M}" == "2026-01-01 00:00"


def test_today_begins_at_midnight() -> None:
    assert f"{local(Filters(since='today').query(TODAY, NOW).since):%Y-%m-%d %H:%M}" == "2026-11-21 00:00"


def test_a_chip_shows_all_it_counts() -> None:
    query = Filters(category="01", agency="370323D04").with_chip("late").query(TODAY, NOW)

    assert query.overdue_at == NOW
    assert query.ended is None
    assert (query.since, query.stages, query.category, query.agency) == (0, (), "", "")


def test_a_chip_turned_off_puts_the_usual_choices_back() -> None:
    assert Filters().with_chip("waiting").with_chip("waiting") == Filters()


def test_a_choice_and_a_chip_do_not_stand_together() -> None:
    assert Filters().with_chip("clashes").choosing("stage", "80").chip == ""


def test_the_order_may_change_under_a_chip() -> None:
    chosen = Filters().with_chip("late").choosing("order", "time")

    assert (chosen.chip, chosen.by_due) == ("late", False)


def test_widened_means_the_same_words_over_everything() -> None:
    wide = Filters(text="路灯", category="01").wide()

    assert wide.text == "路灯"
    assert not wide.is_narrow
    asked = wide.query(TODAY, NOW)
    assert (asked.stages, asked.ended) == ((), None)


def test_one_stage_is_asked_for_alone_whether_it_is_an_end_or_not() -> None:
    for stage in Stage:
        query = Filters().choosing("stage", str(int(stage))).query(TODAY, NOW)
        assert (query.stages, query.ended) == ((stage,), None)


def a_table(rows: int) -> list[int]:
    return list(range(rows))


def fetch_from(table: list[int], asked: list[str | None]) -> object:
    def fetch(after: str | None) -> tuple[list[int], str | None]:
        asked.append(after)
        begin = 0 if after is None else int(after) + 1
        page = table[begin : begin + SIZE]
        last = begin + len(page) - 1
        return page, str(last) if last + 1 < len(table) else None

    return fetch


def test_a_page_far_down_is_reached_by_walking_and_remembered() -> None:
    asked: list[str | None] = []
    table = a_table(SIZE * 10)

    at, rows, begins = walk([None], 7, fetch_from(table, asked))  # type: ignore[arg-type, var-annotated]
    asked.clear()
    again = walk(begins, 6, fetch_from(table, asked))  # type: ignore[arg-type, var-annotated]

    assert (at, rows) == (7, table[7 * SIZE : 8 * SIZE])
    assert again[1] == table[6 * SIZE : 7 * SIZE]
    assert len(asked) == 1


def test_walking_past_the_end_stops_at_the_last_page() -> None:
    table = a_table(SIZE + 5)

    at, rows, _begins = walk([None], 9, fetch_from(table, []))  # type: ignore[arg-type, var-annotated]

    assert (at, rows) == (1, table[SIZE:])


def test_only_a_few_pages_are_held_however_far_one_scrolls() -> None:
    pages: Pages[int] = Pages(total=SIZE * 200)

    for page in range(100):
        pages.put(page, tuple(range(page * SIZE, (page + 1) * SIZE)))

    held = pages.rows()
    assert len(held) == HELD * SIZE
    assert min(held) == (100 - HELD) * SIZE
    assert all(at == row for at, row in held.items())


def test_what_is_in_sight_and_not_held_is_missing() -> None:
    pages: Pages[int] = Pages(total=SIZE * 3)
    pages.put(0, tuple(range(SIZE)))

    assert pages.missing(0, 20) is None
    assert pages.missing(SIZE - 5, SIZE + 5) == 1
    assert pages.missing(0, SIZE * 30) == 1


def test_an_empty_list_lacks_nothing() -> None:
    assert Pages[int]().missing(0, 10) is None

"""What 台账 is narrowed to, and which pages of it are held."""

from __future__ import annotations

from county_hotline.clock import local
from county_hotline.domain.views import RegisterQuery, RegisterSort
from county_hotline.domain.vocabulary import Stage
from county_hotline.ui.screens.register.filters import SPAN, Filters
from county_hotline.ui.screens.register.paging import HELD, SIZE, TOP, Begins, Pages, reach
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


def test_the_order_may_change_under_a_chip_and_stays_when_choices_go() -> None:
    chosen = Filters().with_chip("late").sorted_by(RegisterSort.AGENCY, is_reversed=True)

    assert chosen.chip == "late"
    for other in (chosen.with_chip("late"), chosen.wide(), chosen.begun_anew()):
        assert (other.sort, other.is_reversed) == (RegisterSort.AGENCY, True)


def test_a_chip_is_narrowed_further_but_for_the_stage() -> None:
    chosen = Filters().with_chip("late").choosing("agency", "370323D04")

    query = chosen.query(TODAY, NOW)
    assert (query.overdue_at, query.agency) == (NOW, "370323D04")
    assert chosen.choosing("stage", "80").chip == ""


def test_days_make_a_span_with_both_ends_in_it() -> None:
    span = Filters().choosing("first", "2026-11-01").choosing("last", "2026-11-20")
    query = span.query(TODAY, NOW)

    assert span.since == SPAN
    assert (f"{local(query.since):%m-%d %H:%M}", f"{local(query.until):%m-%d %H:%M}") == ("11-01 00:00", "11-21 00:00")
    assert span.choosing("since", "week").query(TODAY, NOW).until == 0
    assert span.choosing("first", "").choosing("last", "").since == "all"


def test_every_choice_can_be_taken_away_and_then_keeps_nothing_back() -> None:
    full = Filters(
        text="路灯", since=SPAN, first="2026-11-01", last="2026-11-02", stage="40", category="01", agency="A", place="370323",
        channel="visit", kind="help", urgency="urgent", event="E1", campaign="C1", suspended="1", confidential="1",
    )  # fmt: skip

    for name in ("since", "stage", "text", *full.in_pane):
        full = full.without(name)

    assert not full.is_narrow
    assert full.query(TODAY, NOW) == RegisterQuery(sort=RegisterSort.DUE)


def test_what_is_kept_under_a_name_comes_back_as_it_was() -> None:
    filters = Filters(text="路灯", since=SPAN, first="2026-11-01", channel="phone", chip="late", is_reversed=True)

    assert Filters.of_kept(filters.kept()) == filters
    assert Filters.of_kept({"text": "井盖", "sort": "of another release", "unheard_of": "1"}).text == "井盖"


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


class Table:
    """So many rows, and what was asked of them."""

    def __init__(self, rows: int) -> None:
        self.rows = list(range(rows))
        self.asked: list[tuple[str, str | None]] = []

    def fetch(self, after: str | None) -> tuple[list[int], str | None]:
        self.asked.append(("page", after))
        begin = 0 if after is None else int(after) + 1
        last = begin + SIZE - 1
        return self.rows[begin : last + 1], str(last) if last + 1 < len(self.rows) else None

    def leap(self, after: str | None, rows: int) -> str | None:
        self.asked.append(("leap", after))
        place = (-1 if after is None else int(after)) + rows
        return str(place) if place < len(self.rows) - 1 else None

    def reach(self, begins: Begins, page: int) -> tuple[int, list[int], Begins]:
        return reach(begins, page, fetch=self.fetch, leap=self.leap, last=lambda: (len(self.rows) - 1) // SIZE)


def test_a_page_however_far_down_is_one_leap_and_one_page_away_and_remembered() -> None:
    table = Table(SIZE * 10_000)

    at, rows, begins = table.reach(TOP, 7_000)
    asked = len(table.asked)
    following = table.reach(begins, 7_001)

    assert (at, rows) == (7_000, table.rows[7_000 * SIZE : 7_001 * SIZE])
    assert asked == 2
    assert following[1] == table.rows[7_001 * SIZE : 7_002 * SIZE]
    assert table.asked[2:] == [("page", str(7_001 * SIZE - 1))]


def test_going_back_up_begins_from_what_is_known_above() -> None:
    table = Table(SIZE * 10)
    _at, _rows, begins = table.reach(TOP, 9)

    _at, rows, _begins = table.reach(begins, 4)

    assert rows == table.rows[4 * SIZE : 5 * SIZE]


def test_past_the_end_is_the_last_page_there_is_also_where_the_list_grew_shorter() -> None:
    table = Table(SIZE + 5)

    at, rows, _begins = table.reach(TOP, 9)
    none_left = Table(0).reach({0: None, 3: "299"}, 4)

    assert (at, rows) == (1, table.rows[SIZE:])
    assert none_left[:2] == (0, [])


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

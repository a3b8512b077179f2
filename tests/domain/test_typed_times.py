"""Times as people and other systems write them."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from county_hotline.clock import CHINA, local
from county_hotline.domain.typed_times import read_day, read_moment, read_time


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("2018-03-01", (2018, 3, 1)),
        ("2018/3/1 9:05", (2018, 3, 1, 9, 5)),
        ("2018.3.1", (2018, 3, 1)),
        ("2018年3月1日", (2018, 3, 1)),
        ("2018年3月1日9时05分", (2018, 3, 1, 9, 5)),
        ("2019/7/19 18:19:54", (2019, 7, 19, 18, 19, 54)),
        ("20180301", (2018, 3, 1)),
        ("20180301090512", (2018, 3, 1, 9, 5, 12)),
        ("06/26/2018 10:58:54 AM", (2018, 6, 26, 10, 58, 54)),
        ("06/26/2018 12:10:00 AM", (2018, 6, 26, 0, 10)),
        ("06/26/2018 12:10:00 PM", (2018, 6, 26, 12, 10)),
        ("2026-11-21T09:12:00", (2026, 11, 21, 9, 12)),
        ("2026-11-21T01:12:00Z", (2026, 11, 21, 9, 12)),
        ("2026-11-21T09:12:00+08:00", (2026, 11, 21, 9, 12)),
        ("2025-06-16T01:51:36.000", (2025, 6, 16, 1, 51, 36)),
    ],
)
def test_a_time_is_read(text: str, meant: tuple[int, ...]) -> None:
    ms = read_time(text)

    assert ms is not None
    assert local(ms) == datetime(*meant, tzinfo=CHINA)  # type: ignore[arg-type,misc]


@pytest.mark.parametrize("text", ["", "昨天", "2018-02-30", "2018-13-01", "13800000000", "20180001", "2018-3-1 25:00", "3"])
def test_what_is_no_time_is_none(text: str) -> None:
    assert read_time(text) is None


NOW = datetime(2026, 11, 21, 23, 0)  # noqa: DTZ001 - civil time in China


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("2026-12-04", date(2026, 12, 4)),
        ("12-4", date(2026, 12, 4)),
        ("12/4", date(2026, 12, 4)),
        ("12月4日", date(2026, 12, 4)),
        ("1-5", date(2027, 1, 5)),
        ("10-5", date(2026, 10, 5)),
        ("明天", date(2026, 11, 22)),
        (" 后天 ", date(2026, 11, 23)),
        ("13-1", None),
        ("2-30", None),
        ("某天", None),
        ("", None),
    ],
)
def test_a_day_may_leave_out_what_is_plain(text: str, meant: date | None) -> None:
    assert read_day(text, NOW.date()) == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("2026-11-22 09:30", (11, 22, 9, 30)),
        ("11-22 9:30", (11, 22, 9, 30)),
        ("明天 9:30", (11, 22, 9, 30)),
        ("明天9:30", (11, 22, 9, 30)),
        ("11月22日9点半", (11, 22, 9, 30)),
        ("明天下午3点", (11, 22, 15, 0)),
        ("9：30", (11, 21, 9, 30)),
        ("下午3点20分", (11, 21, 15, 20)),
        ("11-22", (11, 22, 0, 0)),
        ("25:00", None),
        ("9:75", None),
        ("明天 某时", None),
        ("", None),
    ],
)
def test_a_moment_may_leave_out_what_is_plain(text: str, meant: tuple[int, int, int, int] | None) -> None:
    assert read_moment(text, NOW) == (datetime(2026, *meant) if meant else None)  # noqa: DTZ001 - as above

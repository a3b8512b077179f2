"""What the centre is told above its lists, in the real window at every size: another calendar, and reference data changed at both ends."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from county_hotline.desk import intake, looking_up
from county_hotline.domain.views import RoundReport
from county_hotline.domain.vocabulary import StationRole
from county_hotline.signals import Changes
from county_hotline.sync.round import bundles
from county_hotline.ui import theme
from county_hotline.ui.screens.packs.view import PacksView
from county_hotline.ui.screens.sync.choosing import ChoiceTold
from county_hotline.ui.screens.sync.view import SyncView
from county_hotline.ui.screens.today.view import TodayView
from county_hotline.ui.telling.reading import LineTold
from county_hotline.ui.theme import Size
from tests.support.windows import Opened, a_window
from tests.ui.test_oversight_screen import go, page, words_in

pytestmark = pytest.mark.screen


@pytest.fixture
def opened(tmp_path: Path, display: str) -> Iterator[Opened]:
    del display
    with a_window(tmp_path, role=StationRole.CENTRE) as window:
        window.window.root.geometry("1366x700+0+0")
        window.sign_in("0102")
        yield window
        window.window.change_size(Size.STANDARD)


def rest_day(opened: Opened, day: str) -> None:
    """The county's rest days as they come with the hub's next version."""
    before = opened.desk.store.reference.bundle()
    after = msgspec.structs.replace(before, version=before.version + 1, rest_days=(day,))
    opened.desk.store.reference.take_bundle(msgspec.json.encode(after))
    opened.desk.tell(Changes(reference=True))
    opened.settle()


def test_another_calendar_leads_from_the_list_of_the_day_to_counting_again_and_is_gone_after_it(opened: Opened) -> None:
    place = looking_up.places(opened.desk, "燕崖镇")[0].code
    form = intake.IntakeForm(name="王𠮷某", phone="13805330007", place=place, title="路灯不亮", content="村口三盏路灯不亮。")
    intake.accept(opened.desk, form)
    go(opened, "today")
    today = page(opened, "today", TodayView)
    assert not today._notice.is_shown

    rest_day(opened, "2026-11-25")
    assert "日历换过：1 件" in words_in(today.frame)
    notice = today._notice._notice
    assert notice is not None
    notice.buttons[0].invoke()
    opened.settle()

    packs = page(opened, "packs", PacksView)
    packs.presenter.do("recompute")
    opened.settle()
    go(opened, "today")
    assert not today._notice.is_shown


def test_a_conflict_is_told_and_without_a_line_it_may_be_looked_at_again(opened: Opened) -> None:
    opened.desk.store.reference.change(title="本站改的")
    built_on = bundles.built_on(opened.desk.store)
    at = opened.clock.now_ms()
    details: dict[str, str | int] = {"have": 6, "built_on": built_on}
    opened.desk.store.add_round(RoundReport(started_at=at, ended_at=at, fault="A324", fault_details=details))

    go(opened, "sync")

    sync = page(opened, "sync", SyncView)
    assert "要定用哪一份" in words_in(sync.frame)
    assert "再比对一次" in words_in(sync.frame)


@pytest.mark.parametrize("size", list(Size))
def test_what_differs_and_both_acts_have_room_at_every_size(opened: Opened, size: Size) -> None:
    opened.window.change_size(size)
    go(opened, "sync")
    sync = page(opened, "sync", SyncView)
    lists = tuple(
        LineTold("只有本站有 3 条，只有县中心有 2 条，写得不同 1 条", label=name) for name in ("归属清单", "县自定休息日")
    )

    sync.show_choice(
        ChoiceTold("用本站的，换掉县中心第 6 版？", "换掉的要再用，只能重新改一遍。" * 3, ("yes_theirs", "no"), lists)
    )
    opened.settle()

    notice = sync._choice._notice
    assert notice is not None
    for button in notice.buttons:
        assert button.winfo_width() >= button.winfo_reqwidth()
        assert button.winfo_rootx() + button.winfo_width() <= sync.frame.winfo_rootx() + sync.frame.winfo_width()
    assert "县自定休息日" in words_in(sync.frame)
    assert sync._foot.winfo_rooty() + sync._foot.winfo_height() <= opened.window.root.winfo_rooty() + 700
    assert theme.size() is size

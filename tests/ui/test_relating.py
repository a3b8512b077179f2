"""关联 and 同一事项 as they are chosen while a request is taken, without a screen; and in the real window, by keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from county_hotline.desk import acts, intake, relating
from county_hotline.desk.relating import CLUSTER, LINK
from county_hotline.domain.views import RegisterQuery
from county_hotline.ids import ClusterId, Number
from county_hotline.ui.screens.intake.view import IntakeView
from county_hotline.ui.screens.order.related import related_sections
from county_hotline.ui.screens.register.filters import Filters
from county_hotline.ui.screens.register.view import RegisterView
from county_hotline.ui.telling.names import names_of
from county_hotline.ui.telling.story.ground import Reading
from tests.support.intake_desk import WHOLE, Desk
from tests.support.windows import Opened, a_window
from tests.ui.test_taking_screen import fill, go, key, orders, page, whole

FIRST, SECOND = "370323-03A-261120-0031K", "370323-03A-261120-0032Y"


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_what_is_chosen_goes_with_the_form_until_it_is_taken_back(desk: Desk) -> None:
    desk.type(WHOLE)

    desk.presenter.relate(LINK, FIRST)
    desk.presenter.relate(CLUSTER, SECOND)
    assert desk.view.typed.relations == ((LINK, FIRST), (CLUSTER, SECOND))
    assert [line.words for line in desk.view.chosen] == ["关联 0031K 三盏路灯不亮", "归入“路灯”"]

    desk.presenter.unrelate()
    assert [line.way for line in desk.view.chosen] == [LINK]
    desk.presenter.unrelate()
    assert desk.view.chosen == ()


def test_of_one_matter_there_is_one_and_an_order_is_chosen_once(desk: Desk) -> None:
    desk.type(WHOLE)

    desk.presenter.relate(CLUSTER, FIRST)
    desk.presenter.relate(CLUSTER, SECOND)
    desk.presenter.relate(LINK, SECOND)

    assert desk.view.typed.relations == ((LINK, SECOND),)


def test_what_is_chosen_is_kept_with_the_draft(desk: Desk) -> None:
    desk.type(WHOLE)
    desk.presenter.relate(LINK, FIRST)
    desk.later.pass_ms(1_000)

    (form,) = desk.work.kept.values()

    assert form.relations == ((LINK, FIRST),)


def test_a_list_of_one_matter_is_kept_under_a_name_and_taken_away_like_any_filter() -> None:
    filters = Filters.of_cluster("K1\n西洪路停水")

    assert Filters.of_kept(filters.kept()) == filters
    assert filters.query("2026-11-21", 0) == replace(RegisterQuery(cluster=ClusterId("K1")))
    assert not filters.without("cluster").is_narrow


@pytest.fixture
def opened(tmp_path: Path, display: str) -> Iterator[Opened]:
    del display
    with a_window(tmp_path) as window:
        window.window.root.geometry("1366x700+0+0")
        window.sign_in()
        go(window, "intake")
        yield window


@pytest.fixture
def before(opened: Opened) -> Number:
    """An order that what is typed will probably repeat."""
    number = intake.accept(opened.desk, whole(opened)).number
    opened.clock.advance(seconds=60)
    fill(opened, replace(whole(opened), phone="13805330008"))
    return number


@pytest.mark.screen
def test_a_repeat_is_linked_and_put_to_a_matter_by_three_keys(opened: Opened, before: Number) -> None:
    key(opened, "Alt-s")
    key(opened, "Alt-u", "Alt-l", "F9")

    (new,) = [order for order in orders(opened) if order.number != before]
    assert (new.links, new.cluster) == ((before,), None)
    assert opened.desk.store.order(before).links == (new.number,)
    view = page(opened, "intake", IntakeView)
    assert view.form() == intake.IntakeForm()
    assert view._extra["chosen"] == ()


@pytest.mark.screen
def test_the_matter_of_two_is_opened_from_the_order(opened: Opened, before: Number) -> None:
    key(opened, "Alt-s", "F9")
    (new,) = [order for order in orders(opened) if order.number != before]
    assert new.cluster is not None
    assert new.cluster == opened.desk.store.order(before).cluster

    go(opened, "register", f"~{new.cluster.cluster}\n{new.cluster.name}")

    assert page(opened, "register", RegisterView).presenter._filters.cluster == new.cluster.cluster


@pytest.mark.screen
def test_nothing_joins_what_has_ended_but_it_is_linked(opened: Opened) -> None:
    number = intake.answer(opened.desk, whole(opened), answer="已答复", content=True).number
    opened.clock.advance(seconds=60)
    fill(opened, whole(opened))
    view = page(opened, "intake", IntakeView)
    assert view._extra["repeats"][0].wording == "intake.link"

    key(opened, "Alt-r", "Alt-l", "F9")

    assert opened.desk.store.order(number).links != ()


@pytest.mark.screen
def test_an_orders_page_says_what_it_has_to_do_with_others(opened: Opened, before: Number) -> None:
    key(opened, "Alt-l", "F9")
    acts.perform(opened.desk, before, "cluster", {"name": "欠薪"})
    found = relating.of_order(opened.desk, opened.desk.store.order(before))

    related, cluster = related_sections(found, Reading(names_of(opened.desk), 2026))

    (line,) = related.blocks[0].lines
    assert (line.number, line.label, line.words) == (found.links[0].number, "待派单", "单位拖欠工资，县人社局")
    assert cluster.beside == "1 件，1 位来电人，在办 1 件"
    assert cluster.blocks[0].lines[0].listed == f"~{found.cluster.cluster if found.cluster else ''}\n欠薪"

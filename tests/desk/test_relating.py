"""关联 and 同一事项 at three desks: both orders say so, each keeps its own way, and what is confidential names nobody and is named by nobody."""

from __future__ import annotations

import pytest

from county_hotline.db.keys import database_key
from county_hotline.desk import acting_on_many, acts, handling, intake, relating
from county_hotline.desk.relating import CLUSTER, LINK
from county_hotline.domain.comparing import Side
from county_hotline.domain.facts import Corrected, Linked
from county_hotline.domain.views import RegisterQuery
from county_hotline.domain.vocabulary import OfficerRole, Stage
from county_hotline.errors import Refusal
from county_hotline.ids import Number
from county_hotline.signals import Changes
from tests.support.desks import ROADS, a_form
from tests.support.marks import found_in, pages_of, rows_of
from tests.support.play import Play

NAME, TITLE, MATTER = "𠮷䶮㛃", "举报村口电缆被偷接", "村口电缆"


def another(play: Play, title: str = "又一盏灯", phone: str = "13900139000", **fields: object) -> Number:
    number = intake.accept(play.hall.desk, a_form(title=title, phone=phone, **fields)).number
    play.counters.sync()
    return number


def test_two_orders_that_are_linked_say_so_both_and_go_their_own_ways(play: Play) -> None:
    other = another(play)

    play.does(play.centre, "link", other=other[-5:], reason="同一根电缆")

    assert play.order(play.hall).links == (other,)
    assert play.hall.store.order(other).links == (play.number,)
    assert {play.order().stage, play.centre.store.order(other).stage} == {Stage.TO_DISPATCH}
    assert Changes(work_orders=frozenset({play.number, other}), counts=True) in play.centre.told
    play.does(play.centre, "dispatch", agency=ROADS)
    assert play.centre.store.order(other).stage is Stage.TO_DISPATCH


def test_a_link_is_taken_back_in_both(play: Play) -> None:
    other = another(play)
    play.does(play.hall, "link", other=other)

    order = play.does(play.hall, "unlink")

    assert order.links == ()
    assert play.centre.store.order(other).links == ()
    assert relating.of_order(play.centre.desk, play.order()).links == ()


@pytest.mark.parametrize(("values", "code"), [({}, "R300"), ({"other": "99999"}, "R190")])
def test_a_link_needs_an_order_that_is_here(play: Play, values: dict[str, str], code: str) -> None:
    with pytest.raises(Refusal, match=code):
        acts.perform(play.hall.desk, play.number, "link", values)


def test_what_is_linked_or_of_the_matter_is_refused_once_more_and_nothing_is_written(play: Play) -> None:
    other = another(play)
    play.does(play.hall, "link", other=other)
    play.does(play.hall, "cluster", name="村口路灯")
    before = play.hall.store.verify().entries

    for act, values, code in (
        ("link", {"other": other}, "R661"),
        ("link", {"other": play.number}, "R660"),
        ("cluster", {"name": "村口路灯"}, "R665"),
        ("cluster", {"cluster": "NOSUCHMATTER"}, "R667"),
        ("cluster", {"name": " "}, "R300"),
        ("unlink", {"other": "370323-03A-261121-00099"}, "R664"),
    ):
        with pytest.raises(Refusal, match=code):
            acts.perform(play.hall.desk, play.number, act, values)
    assert play.hall.store.verify().entries == before


@pytest.mark.parametrize(("act", "code"), [("unlink", "R663"), ("uncluster", "R666")])
def test_what_never_was_cannot_be_taken_back(play: Play, act: str, code: str) -> None:
    with pytest.raises(Refusal, match=code):
        acts.perform(play.hall.desk, play.number, act, {"other": "370323-03A-261121-00099"})


def test_a_confidential_order_is_named_in_no_other_story_and_shows_the_link_itself(play: Play) -> None:
    secret = another(play, "举报某单位", confidential=True)

    play.does(play.hall, "link", other=secret)

    assert play.order().links == ()
    assert play.centre.store.order(secret).links == (play.number,)
    assert [each.number for each in relating.of_order(play.centre.desk, play.order()).links] == [secret]
    with pytest.raises(Refusal, match="R663"):
        play.does(play.hall, "unlink", other=secret)
    acts.perform(play.hall.desk, secret, "unlink", {"other": play.number})
    assert relating.of_order(play.hall.desk, play.order(play.hall)).links == ()


def test_two_confidential_orders_are_not_linked_but_may_be_of_one_matter(play: Play) -> None:
    first = another(play, "举报甲", confidential=True)
    second = another(play, "举报乙", "13900139002", confidential=True)

    with pytest.raises(Refusal, match="R662"):
        acts.perform(play.hall.desk, first, "link", {"other": second})
    with pytest.raises(Refusal, match="R300"):  # its title is never offered as the matter's name
        acts.perform(
            play.hall.desk, first, "cluster", acts.opened(play.hall.desk, play.hall.store.order(first), "cluster").values
        )
    for number in (first, second):
        acts.perform(play.hall.desk, number, "cluster", {"name": "某单位的事"})

    clusters = {play.hall.store.order(number).cluster for number in (first, second)}
    assert len(clusters) == 1
    (row,) = relating.offered(play.hall.desk)
    assert (row.orders, row.callers, row.unknown) == (2, 0, 2)


def test_several_requests_of_one_matter_are_counted_listed_and_told_by_name(play: Play) -> None:
    same_caller = another(play, "路灯还不亮", "13800138000")
    neighbour = another(play, "邻居的灯", "13900139000")
    for number in (play.number, same_caller, neighbour):
        acts.perform(play.hall.desk, number, "cluster", {"name": "村口路灯"})
    another(play, "别的事", "13900139003")
    play.counters.sync()

    told = relating.of_order(play.centre.desk, play.order()).cluster

    assert told is not None
    assert (told.name, told.orders, told.callers, told.unknown, told.waiting) == ("村口路灯", 3, 2, 0, 3)
    page = play.centre.store.register(RegisterQuery(cluster=told.cluster), after=None, limit=50)
    assert {row.number for row in page.rows} == {play.number, same_caller, neighbour}
    assert page.total == 3
    assert len(relating.of_order(play.centre.desk, play.order()).members) == 2


def test_an_order_moves_from_one_matter_to_another_and_out(play: Play) -> None:
    play.does(play.hall, "cluster", name="路灯")
    play.does(play.centre, "cluster", name="电缆")
    cluster = play.order(play.hall).cluster
    assert cluster is not None
    assert cluster.name == "电缆"

    assert play.does(play.centre, "uncluster").cluster is None
    assert play.centre.store.clusters(limit=9) == ()


def test_a_request_is_taken_linked_and_put_to_a_matter_in_one_stroke(play: Play) -> None:
    neighbour = another(play, "邻居的灯")
    entries = play.hall.store.verify().entries

    order = intake.accept(
        play.hall.desk, a_form(title="又是灯", relations=((LINK, play.number), (LINK, neighbour), (CLUSTER, neighbour)))
    )

    assert order.links == (play.number, neighbour)
    assert order.cluster is not None
    assert order.cluster.name == "邻居的灯"
    assert play.hall.store.order(neighbour).cluster == order.cluster
    assert play.hall.store.order(neighbour).links == play.order(play.hall).links == (order.number,)
    assert play.hall.store.verify().entries == entries + 7
    assert Changes(work_orders=frozenset({order.number, play.number, neighbour}), counts=True) in play.hall.told
    play.counters.sync()
    assert play.centre.store.order(order.number) == play.hall.store.order(order.number)


def test_a_request_taken_in_confidence_leaves_no_trace_in_the_other(play: Play) -> None:
    order = intake.accept(play.hall.desk, a_form(title="举报", confidential=True, relations=((LINK, play.number),)))

    assert order.links == (play.number,)
    assert play.order(play.hall).links == ()
    assert play.order(play.hall).entries == 1


def test_what_became_confidential_meanwhile_holds_no_request_up(play: Play) -> None:
    handling.correct(play.hall.desk, play.number, Corrected(reason="要求保密", confidential=True))

    order = intake.accept(play.hall.desk, a_form(title="又是灯", relations=((LINK, play.number), (CLUSTER, play.number))))

    assert order.links == ()
    assert order.cluster is None
    assert order.stage is Stage.TO_DISPATCH


def test_two_desks_that_put_one_order_to_two_matters_unseen_leave_it_to_a_person(play: Play) -> None:
    acts.perform(play.hall.desk, play.number, "cluster", {"name": "村口路灯"})
    acts.perform(play.centre.desk, play.number, "cluster", {"name": "全县路灯"})
    play.counters.sync()
    play.counters.sync()

    orders = [counter.store.order(play.number) for counter in (play.hall, play.centre)]

    assert [order.cluster and order.cluster.name for order in orders] == ["全县路灯"] * 2  # the centre's stands
    assert [[clash.code for clash in order.clashes] for order in orders] == [["two_clusters"]] * 2
    acts.perform(play.centre.desk, play.number, "settle_state", {"side": Side.OTHER.value, "reason": "说的是村口那几盏"})
    play.counters.sync()
    play.counters.sync()
    assert [order.cluster and order.cluster.name for order in (play.order(play.hall), play.order())] == ["村口路灯"] * 2
    assert play.order().clashes == ()


def test_two_desks_that_link_the_same_two_unseen_have_linked_them_once(play: Play) -> None:
    other = another(play)
    relating.link(play.hall.desk, play.number, other)
    relating.link(play.centre.desk, other, play.number)
    play.counters.sync()
    play.counters.sync()

    for counter in (play.hall, play.centre):
        assert counter.store.order(play.number).links == (other,)
        assert counter.store.order(other).links == (play.number,)
        assert counter.store.order(other).clashes == ()


def test_an_agency_is_told_of_a_link_by_number_and_may_link_what_it_has(play: Play) -> None:
    other = another(play)
    play.does(play.hall, "link", other=other)
    play.does(play.centre, "dispatch", agency=ROADS)
    play.agency.sits(OfficerRole.HANDLER)

    (told,) = relating.of_order(play.agency.desk, play.order(play.agency)).links

    assert (told.number, told.title, told.stage) == (other, "", None)
    assert play.standing(play.agency)["link"].can
    assert not play.standing(play.agency)["cluster"].can
    with pytest.raises(Refusal, match="R190"):
        acts.perform(play.agency.desk, play.number, "link", {"other": other})
    assert any(isinstance(event.fact, Linked) for event in play.agency.store.view(play.number).story)


@pytest.mark.parametrize("way", ["by the form", "by the act"])
def test_p9_whoever_handles_an_order_never_reads_that_a_confidential_one_has_to_do_with_it(play: Play, way: str) -> None:
    """The unit that is complained of handles one order, and was reported in confidence by another: of that one its PC holds nothing."""
    play.does(play.centre, "dispatch", agency=ROADS)
    relations = ((LINK, play.number), (CLUSTER, play.number)) if way == "by the form" else ()
    secret = intake.accept(
        play.hall.desk, a_form(name=NAME, title=TITLE, content=TITLE, confidential=True, relations=relations)
    ).number
    if way == "by the act":
        acts.perform(play.hall.desk, play.number, "link", {"other": secret})
        for number in (play.number, secret):
            acts.perform(play.hall.desk, number, "cluster", {"name": MATTER})
    play.counters.sync()

    marks = (secret, secret.replace("-", ""), secret[-11:], NAME, TITLE)
    home, centre = play.agency.home, play.centre.home
    assert found_in(rows_of(home.database, database_key(home.keys)), marks) == []
    assert found_in(pages_of(home.database, database_key(home.keys)), marks) == []
    assert play.agency.store.order(play.number).links == ()
    assert found_in(rows_of(centre.database, database_key(centre.keys)), marks[:1]) != []
    assert play.centre.store.order(secret).links == (play.number,)
    assert play.order(play.agency).cluster == play.centre.store.order(secret).cluster
    assert play.order(play.agency).cluster is not None


def test_many_are_put_to_one_matter_by_one_name(play: Play) -> None:
    numbers = [play.number, another(play), another(play, "再一盏灯", "13900139004")]

    outcomes = [acting_on_many.do(play.hall.desk, "cluster", number, {"name": "村口路灯"}) for number in numbers]

    assert [each.why for each in outcomes] == ["", "", ""]
    assert len({play.hall.store.order(number).cluster for number in numbers}) == 1
    assert "村口路灯" in acting_on_many.do(play.hall.desk, "cluster", play.number, {"name": "村口路灯"}).why
    assert acting_on_many.do(play.hall.desk, "cluster", play.number, {}).why  # never each by its own title

"""基础数据两边都改过: both are compared, and a person puts one over the other."""

from __future__ import annotations

import pytest

from county_hotline.errors import Refusal, Unreachable
from county_hotline.signals import Bulletin, Changes
from county_hotline.ui.screens.sync.choosing import ChoiceTold
from county_hotline.ui.screens.sync.presenter import SyncPresenter
from tests.support.fake_sync import FakeSync, FakeWork, facts


@pytest.fixture
def torn(work: FakeWork) -> FakeWork:
    """Reference data were changed at both ends."""
    work.facts = facts(conflict=(5, 4))
    return work


def last(view: FakeSync) -> ChoiceTold:
    told = view.choices[-1]
    assert told is not None
    return told


def test_where_nothing_is_to_be_chosen_nothing_is_said(presenter: SyncPresenter, view: FakeSync, work: FakeWork) -> None:
    presenter.shown()
    presenter.choose("ours")

    assert (view.choices, work.compared, work.done) == ([], 0, [])


def test_both_are_compared_once_and_what_goes_with_either_choice_is_told(
    presenter: SyncPresenter, view: FakeSync, torn: FakeWork
) -> None:
    presenter.shown()
    presenter.shown()

    told = last(view)
    assert torn.compared == 1
    assert told.acts == ("ours", "theirs")
    assert "版号新的是本站的" in told.words
    assert "只有本站有的 3 条没有了，写得不同的 2 条照县中心" in told.words
    assert "只有县中心有的 2 条没有了，写得不同的 2 条照本站" in told.words
    assert [(each.label, each.words) for each in told.lists] == [
        ("归属清单", "只有本站有 3 条，只有县中心有 2 条，写得不同 1 条"),
        ("单据抬头", "写得不同 1 条"),
        ("单位", "先后不同"),
    ]


@pytest.mark.parametrize(("which", "act"), [("ours", "keep_ours"), ("theirs", "take_theirs")])
def test_one_is_put_over_the_other_only_after_a_second_press(
    which: str, act: str, presenter: SyncPresenter, view: FakeSync, torn: FakeWork
) -> None:
    presenter.shown()

    presenter.choose(which)
    assert (torn.done, last(view).acts) == ([], (f"yes_{which}", "no"))
    presenter.choose("no")
    presenter.choose(f"yes_{which}")
    assert torn.done == [], "it was not asked any more"

    presenter.choose(which)
    presenter.choose(f"yes_{which}")

    assert torn.done == [act]
    assert view.choices[-1] is None
    assert "第 6 版" in view.done[0]


def test_who_may_not_choose_is_told_who_may(presenter: SyncPresenter, view: FakeSync, torn: FakeWork) -> None:
    torn.facts = facts(conflict=(5, 4), may_choose=False)

    presenter.shown()

    assert (last(view).acts, torn.compared) == ((), 0)
    assert "负责人" in last(view).words


def test_without_a_line_it_is_compared_again_on_demand(presenter: SyncPresenter, view: FakeSync, torn: FakeWork) -> None:
    torn.fault = Unreachable("N101")
    presenter.shown()
    presenter.shown()
    assert (last(view).acts, torn.compared) == (("again",), 1)

    torn.fault = None
    presenter.choose("again")

    assert last(view).acts == ("ours", "theirs")


def test_what_changed_meanwhile_is_not_lost_unseen(presenter: SyncPresenter, view: FakeSync, torn: FakeWork) -> None:
    presenter.shown()
    presenter.choose("theirs")
    torn.fault = Refusal("R458")

    presenter.choose("yes_theirs")

    assert (view.failures, last(view).acts, torn.done) == (["R458"], ("again",), [])


def test_two_other_versions_are_compared_anew(
    presenter: SyncPresenter, view: FakeSync, torn: FakeWork, bulletin: Bulletin
) -> None:
    presenter.shown()
    presenter.choose("ours")

    torn.facts = facts(conflict=(5, 7))
    bulletin.post(Changes(reference=True))

    assert torn.compared == 2
    assert last(view).acts == ("ours", "theirs"), "what was asked is not asked of something else"

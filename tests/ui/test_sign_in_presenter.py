"""登录 without a screen."""

from __future__ import annotations

from dataclasses import replace

import pytest

from county_hotline.background import InlineRunner, Step
from county_hotline.domain.reference import Account
from county_hotline.domain.views import Counts, Line
from county_hotline.errors import Refusal, StoreFault
from county_hotline.ui.screens.sign_in.presenter import SignInPresenter
from county_hotline.ui.screens.sign_in.work import SignInFacts
from county_hotline.wording import say, sentence
from tests.support.fake_views import CARD, CLERK, FakeSignIn, FakeSignInWork, HeldRunner
from tests.support.ticking_clock import MORNING, TickingClock


class Page:
    """A sign-in page with everything round it."""

    def __init__(self, runner: InlineRunner | HeldRunner | None = None) -> None:
        self.view, self.work = FakeSignIn(), FakeSignInWork()
        self.entered: list[Account] = []
        self.presenter = SignInPresenter(
            self.view, self.work, runner or InlineRunner(), clock=TickingClock(), signed_in=self.entered.append
        )


def test_the_page_says_who_may_sign_in_where_and_what_is_stored() -> None:
    page = Page()

    page.presenter.look()

    assert page.view.accounts == (("0301", say("sign_in.account", name="受理员甲", role=say("officer_role.clerk"))),)
    assert page.view.station == "燕崖镇便民服务中心・03号台"
    assert page.view.counts == say("sign_in.counts", stored="12", received="9", waiting="3")
    assert page.view.line == say("sign_in.offline_too")


def test_the_right_password_opens_the_window() -> None:
    page = Page()

    page.presenter.sign_in("0301", "right")

    assert page.entered == [CLERK]


def test_a_wrong_password_says_how_many_tries_are_left_and_empties_the_field() -> None:
    page = Page()
    page.work.fault = Refusal("R201", left=3)

    page.presenter.sign_in("0301", "wrong")

    assert page.entered == []
    assert page.view.refusal == sentence(Refusal("R201", left=3))
    assert "3" in page.view.refusal
    assert page.view.cleared == 1
    assert page.view.is_busy is False


def test_no_password_is_not_counted_as_a_try() -> None:
    page = Page()

    page.presenter.sign_in("0301", "")

    assert page.work.tries == []
    assert page.view.refusal == say("sign_in.no_password")


def test_enter_pressed_twice_tries_once() -> None:
    held = HeldRunner()
    page = Page(held)

    page.presenter.sign_in("0301", "right")
    page.presenter.sign_in("0301", "right")
    held.let_go()

    assert len(page.work.tries) == 1


def test_without_accounts_enter_looks_for_them_again_and_then_goes_in() -> None:
    page = Page()

    page.presenter.sign_in("", "right")

    assert page.view.accounts
    assert page.entered == [CLERK]


def test_enter_typed_while_the_accounts_are_loading_is_not_dropped() -> None:
    held = HeldRunner()
    page = Page(held)
    page.presenter.look()

    page.presenter.sign_in("", "right")
    waiting = page.view.waiting
    page.presenter.sign_in("", "right")
    held.let_go()

    assert waiting == say("sign_in.waiting")
    assert page.view.waiting == ""
    assert page.work.tries == [("0301", "right")]
    assert page.entered == [CLERK]


def test_enter_without_a_password_while_the_accounts_are_loading_asks_for_it() -> None:
    held = HeldRunner()
    page = Page(held)
    page.presenter.look()

    page.presenter.sign_in("", "")
    held.let_go()

    assert page.view.refusal == say("sign_in.no_password")
    assert page.work.tries == []


def test_what_was_typed_for_accounts_that_could_not_be_read_is_not_tried_later() -> None:
    held = HeldRunner()
    page = Page(held)
    page.presenter.look()
    page.work.look_fault = StoreFault("S104")
    page.presenter.sign_in("", "right")
    held.let_go()
    page.work.look_fault = None

    page.presenter.look()
    held.let_go()

    assert page.view.refusal == sentence(StoreFault("S104"))
    assert page.work.tries == []


def test_while_the_tables_are_folded_anew_it_is_said_how_far_it_is() -> None:
    page = Page()

    page.presenter.opening(Step(5, 20))
    shown = page.view.opening
    page.presenter.look()

    assert shown == Step(5, 20)
    assert page.view.opening is None


def test_a_bug_goes_to_the_one_place_for_bugs() -> None:
    page = Page()
    page.work.fault = ZeroDivisionError()

    with pytest.raises(ZeroDivisionError):
        page.presenter.sign_in("0301", "right")


@pytest.mark.parametrize(("times", "key"), [((), ""), ((MORNING,), "sign_in.draft"), ((MORNING, MORNING), "sign_in.drafts")])
def test_unfinished_forms_are_announced(times: tuple[int, ...], key: str) -> None:
    page = Page()
    page.work.facts = replace(page.work.facts, draft_times=times)

    page.presenter.look()

    expected = say(key, when="2026-11-21 09:12", count=len(times)) if key else ""
    assert page.view.draft == expected


def test_a_station_without_accounts_says_what_to_do() -> None:
    page = Page()
    page.work.facts = SignInFacts((), CARD, Counts(), Line())

    page.presenter.look()

    assert page.view.refusal == say("sign_in.no_accounts")


def test_the_time_of_this_pc_is_shown_so_that_a_wrong_clock_is_seen() -> None:
    assert Page().presenter.time() == say("sign_in.now", now="2026-11-21 09:12", weekday=say("weekday.6"))

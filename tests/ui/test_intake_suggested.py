"""Whose matter it is: put into the field by the county's own list, never over the officer's word, never for what stood there before."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from county_hotline.desk.duty_list import Suggestion
from county_hotline.desk.intake import IntakeForm
from county_hotline.errors import StoreFault
from county_hotline.ids import AgencyCode
from tests.support.intake_desk import WHOLE, Desk


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_whose_matter_it_is_is_put_in_but_never_over_the_officers_own(desk: Desk) -> None:
    desk.work.suggestions = (Suggestion(AgencyCode("370323D04"), basis="归属清单第17条", line=17, matter="路灯不亮"),)
    desk.type(IntakeForm(title="路灯不亮"))
    desk.later.pass_ms(300)
    assert desk.view.agency == ("370323D04", "沂源县住房和城乡建设局")
    assert desk.view.suggestion is not None
    assert desk.view.suggestion.basis == "归属清单第17条"

    desk.view.agency = ("", "")
    desk.type(IntakeForm(title="路灯不亮", agency_hint="370323109"))
    desk.later.pass_ms(300)

    assert desk.view.agency == ("", "")


def test_what_was_put_in_goes_when_it_fits_no_more(desk: Desk) -> None:
    desk.work.suggestions = (Suggestion(AgencyCode("370323D04")),)
    desk.type(IntakeForm(title="路灯不亮"))
    desk.later.pass_ms(300)

    desk.work.suggestions = ()
    desk.type(replace(desk.view.typed, title="医保"))
    desk.later.pass_ms(300)

    assert desk.view.agency == ("", "")
    assert desk.view.suggestion is None


def test_what_is_registered_names_the_unit_for_what_stands_there_not_for_what_stood(desk: Desk) -> None:
    desk.work.suggestions = (Suggestion(AgencyCode("370323D04")),)
    desk.type(WHOLE)
    desk.later.pass_ms(300)
    desk.work.suggestions = (Suggestion(AgencyCode("370323D09")),)

    desk.type(replace(desk.view.typed, place="370323102"))
    desk.presenter.accept()

    assert [(form.place, form.agency_hint) for form in desk.work.accepted] == [("370323102", "370323D09")]


def test_the_officers_own_unit_is_registered_whatever_the_list_says_meanwhile(desk: Desk) -> None:
    desk.work.suggestions = (Suggestion(AgencyCode("370323D04")),)
    desk.type(WHOLE)
    desk.later.pass_ms(300)

    desk.type(replace(desk.view.typed, place="370323102", agency_hint="370323109"))
    desk.presenter.accept()

    assert [form.agency_hint for form in desk.work.accepted] == ["370323109"]


def test_a_list_that_cannot_be_asked_stops_no_registration(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.work.suggestions = (Suggestion(AgencyCode("370323D04")),)
    desk.type(WHOLE)
    desk.later.pass_ms(300)

    def fails(_form: IntakeForm) -> None:
        raise StoreFault("S110")

    monkeypatch.setattr(desk.work, "suggest", fails)
    desk.type(replace(desk.view.typed, place="370323102"))
    desk.presenter.accept()

    assert len(desk.work.accepted) == 1

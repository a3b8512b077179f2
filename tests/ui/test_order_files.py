"""附件 on an order's page: what is told of each, and opening, saving, fetching and letting wait."""

from __future__ import annotations

import tkinter as tk
from dataclasses import replace
from pathlib import Path

import pytest

from county_hotline.desk import files as desk_files
from county_hotline.desk.desk import Desk
from county_hotline.desk.files import FileLine, Standing
from county_hotline.domain.vocabulary import OfficerRole
from county_hotline.ids import Number
from county_hotline.ui.screens.order.files import files_told
from county_hotline.ui.screens.order.presenter import OrderPresenter
from county_hotline.ui.screens.order.reading import Reading
from tests.support.county import County
from tests.support.fake_order import FakeOrder
from tests.ui.test_order_presenter import county, page

__all__ = ["county"]

LINE = FileLine(1, "a" * 64, "现场.jpg", 2048, "image/jpeg", Standing.LOCAL, 0, is_personal=False, lost_its_place=False)


def attached(desk: Desk, number: Number, folder: Path, name: str = "现场.jpg") -> str:
    from county_hotline.desk import attaching

    file = folder / name
    file.write_bytes(name.encode())
    return attaching.attach(desk, number, file).sha256


def a_page(county: County, desk: Desk, number: Number, folder: Path) -> tuple[FakeOrder, OrderPresenter]:
    view, presenter = page(county, desk, number)
    view.folder = folder
    return view, presenter


@pytest.mark.parametrize("standing", list(Standing))
def test_every_standing_has_its_words_its_sign_and_its_deeds(standing: Standing) -> None:
    told = files_told((replace(LINE, standing=standing, percent=45, fault="N114"),))[0]

    assert "〔" not in told.state.words
    assert told.state.icon
    here = {Standing.LOCAL, Standing.ASKS, Standing.WAITS_GOOD, Standing.WAITS_PARCEL, Standing.SENDING}
    assert ("send" in told.deeds) is (standing in here)
    assert ("fetch" in told.deeds) is (standing is Standing.ABSENT)
    assert ("save" in told.deeds) is (standing in here | {Standing.ARRIVED})
    assert ("45%" in told.state.words) is (standing in (Standing.SENDING, Standing.FETCHING))


def test_what_acts_by_itself_may_be_saved_and_not_opened() -> None:
    assert "open" not in files_told((replace(LINE, name="表.xlsm"),))[0].deeds
    assert "open" in files_told((LINE,))[0].deeds


def test_a_file_is_opened_at_once_and_saved_where_a_person_says(county: County, tmp_path: Path) -> None:
    number = county.accept()
    attached(county.hall, number, tmp_path)
    view, presenter = a_page(county, county.hall, number, tmp_path)

    presenter.on_file("open", "1")
    assert view.opened is not None
    assert view.opened.name == "现场.jpg"

    presenter.on_file("save", "1")
    assert view.values == {"target": str(tmp_path / "现场.jpg")}
    presenter.submit()
    assert view.wrongs[-1][0] == "target", "there is one already"
    view.values["target"] = str(tmp_path / "另一份.jpg")
    presenter.submit()
    assert (tmp_path / "另一份.jpg").read_bytes() == "现场.jpg".encode()
    assert view.form is None


def test_how_a_file_goes_is_chosen_and_shown(county: County, tmp_path: Path) -> None:
    number = county.accept()
    attached(county.hall, number, tmp_path)
    view, presenter = a_page(county, county.hall, number, tmp_path)

    presenter.on_file("send", "1")
    assert view.form is not None
    assert [value for value, _words, _note in view.form.fields[0].choices] == ["line", "good", "parcel"]
    view.values["way"] = "parcel"
    presenter.submit()

    assert view.told is not None
    assert view.told.attachments[0].state.words == "等数据包"


def test_a_confidential_callers_file_asks_why_before_it_is_opened(county: County, tmp_path: Path) -> None:
    number = county.accept(confidential=True)
    attached(county.hall, number, tmp_path, "某某某.jpg")
    assert county.hall.officer is not None
    view, presenter = a_page(county, county.hall, number, tmp_path)
    assert view.told is not None
    assert view.told.attachments[0].name == "保密附件1.jpg"

    presenter.on_file("open", "1")
    assert view.form is not None
    presenter.submit()
    assert view.wrongs[-1][0] == "reason", "it is asked for"
    view.values["reason"] = "核对"
    presenter.submit()

    may = OfficerRole.LEADER in county.hall.officer.roles
    assert (view.opened is not None) is may
    assert may or view.wrongs[-1][0] == "reason"


def test_what_lies_elsewhere_is_fetched_with_the_next_round(county: County, tmp_path: Path) -> None:
    number = county.accept()
    sha256 = attached(county.hall, number, tmp_path)
    county.hall.store.files.shelf.forget(sha256)
    county.hall.store.files.look_again()
    view, presenter = a_page(county, county.hall, number, tmp_path)

    presenter.on_file("fetch", "1")

    assert view.told is not None
    assert view.told.attachments[0].state.words == "下一轮取回"
    assert desk_files.found(county.hall, number, "1").standing is Standing.WANTED


@pytest.mark.screen
def test_a_files_button_keeps_the_keyboard_while_its_line_is_drawn_anew(root: tk.Tk, county: County, tmp_path: Path) -> None:
    number = county.accept()
    attached(county.hall, number, tmp_path)
    view, _ = a_page(county, county.hall, number, tmp_path)
    assert view.told is not None
    asked: list[tuple[str, str]] = []
    reading = Reading(
        root,
        unmask=lambda: None,
        open_list=lambda told: None,
        open_order=lambda number: None,
        compare=lambda number: None,
        on_file=lambda deed, which: asked.append((deed, which)),
    )
    reading.pack(fill="both", expand=True)
    reading.show(view.told)
    root.update()
    reading.hold(("1", "save"))
    root.update()

    held = reading.held()
    reading.show(view.told)
    reading.hold(held)
    root.update()
    reading._files["1", "save"].event_generate("<Return>")
    root.update()

    assert held == reading.held() == ("1", "save")
    assert asked == [("save", "1")]

"""Copies of attachments that were made for opening, a confidential caller's among them, do not outlast whoever opened them."""

from __future__ import annotations

from pathlib import Path

import pytest

from county_hotline.background import Answers, InlineRunner
from county_hotline.desk import attaching, intake, signing_in
from county_hotline.desk import files as desk_files
from county_hotline.domain.vocabulary import OfficerRole
from county_hotline.signals import Bulletin
from county_hotline.ui.screens.sign_in.work import DeskSignIn
from county_hotline.ui.services import Services
from tests.support.desks import Counters, a_form
from tests.support.ticking_clock import TickingClock


@pytest.mark.parametrize("leaves", ["signs out", "locks the window or starts the program"])
def test_copies_made_for_opening_go_with_whoever_opened_them(tmp_path: Path, clock: TickingClock, leaves: str) -> None:
    counters = Counters(tmp_path, clock)
    counters.hall.sits(OfficerRole.CLERK)
    desk = counters.hall.desk
    number = intake.accept(desk, a_form()).number
    (tmp_path / "材料.pdf").write_bytes(b"pdf" * 100)
    attaching.attach(desk, number, tmp_path / "材料.pdf")
    opened = desk_files.open_copy(desk, number, "1")
    assert opened.exists()

    if leaves == "signs out":
        signing_in.sign_out(desk)
    else:  # either shows the page of signing in
        lane = InlineRunner()
        DeskSignIn(
            Services(
                desk=desk,
                desk_lane=lane,
                wire_lane=lane,
                answers=Answers(),
                bulletin=Bulletin(),
                settings=desk.settings,
                clock=desk.clock,
                folder=tmp_path,
                version="test",
            )
        ).look()

    assert not opened.exists()
    counters.close()

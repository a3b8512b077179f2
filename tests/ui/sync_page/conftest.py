"""The page's presenter over a desk and a view that are fakes."""

from __future__ import annotations

import pytest

from county_hotline.background import InlineRunner
from county_hotline.signals import Bulletin
from county_hotline.ui.screens.sync.presenter import SyncPresenter
from tests.support.fake_sync import WAITING, FakeSync, FakeWork, facts


@pytest.fixture
def work() -> FakeWork:
    return FakeWork(facts(counts=WAITING))


@pytest.fixture
def bulletin() -> Bulletin:
    return Bulletin()


@pytest.fixture
def view() -> FakeSync:
    return FakeSync()


@pytest.fixture
def presenter(view: FakeSync, work: FakeWork, bulletin: Bulletin) -> SyncPresenter:
    return SyncPresenter(view, work, InlineRunner(), bulletin, wire=InlineRunner())

"""练习模式: a home of its own, marked on every page and every paper, that no real hub ever hears of."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest

from county_hotline.app import window as app_window
from county_hotline.cli.trying import training_folder
from county_hotline.clock import SystemClock
from county_hotline.desk import joining
from county_hotline.desk.founding import open_store
from county_hotline.errors import Refusal, Unreachable
from county_hotline.forms.faces import Face
from county_hotline.forms.fonts import fonts_of
from county_hotline.forms.page import Hand, Sheet, mark_every_paper
from county_hotline.paths import Home
from county_hotline.signals import Bulletin
from county_hotline.ui.pages import PAGES
from tests.support.ticking_clock import TickingClock
from tests.support.windows import a_station, a_window
from tests.ui.test_window import words_on


@pytest.fixture
def unmarked() -> Iterator[None]:
    """Papers of other tests are of no training."""
    yield
    mark_every_paper("")


def a_training_home(folder: Path) -> Home:
    home = Home(folder)
    home.ensure()
    home.training.touch()
    return home


@pytest.mark.parametrize(
    "url", ["https://12345.example.gov.cn", "http://10.1.2.3:8480", "http://127.0.0.1@10.1.2.3", "http://localhost.example.com"]
)
def test_a_home_for_training_joins_no_real_hub(tmp_path: Path, url: str) -> None:
    home, clock = a_training_home(tmp_path), TickingClock()
    store = open_store(home, clock)

    with pytest.raises(Refusal, match="R640"):
        joining.join(store, home, url=url, code="7K2M-Q9XD-41TV", clock=clock)
    store.close()


def test_it_joins_the_one_on_its_own_pc(tmp_path: Path) -> None:
    home, clock = a_training_home(tmp_path), TickingClock()
    store = open_store(home, clock)

    with pytest.raises(Unreachable):  # nothing listens there; it was asked
        joining.join(store, home, url="http://127.0.0.1:9", code="7K2M-Q9XD-41TV", clock=clock)
    store.close()


def test_its_folder_lies_beside_the_real_one_and_training_does_not_nest(tmp_path: Path) -> None:
    real = Home(tmp_path / "county")

    beside = training_folder(real)

    assert beside == tmp_path / "county-training"
    assert training_folder(a_training_home(beside / "hall")) == beside


def test_every_paper_bears_the_mark_and_none_outside_training(unmarked: None) -> None:
    def words() -> str:
        sheet = Sheet(100, 60, fonts=fonts_of())
        sheet.words(10, 10, "受理回执", Hand(Face.SONG, 12))
        with pypdfium2.PdfDocument(sheet.pdf(printed_at=0)) as document:
            return str(document[0].get_textpage().get_text_bounded())

    plain = words()
    mark_every_paper("练习")

    assert "练" not in plain
    assert "练" in words()
    assert "受理回执" in words()


def test_a_window_over_such_a_home_knows_it_by_itself(tmp_path: Path, unmarked: None) -> None:
    desk = a_station(tmp_path, TickingClock(), Bulletin())
    desk.store.close()
    real = app_window.begin(Home(tmp_path), clock=SystemClock())
    real.close()
    Home(tmp_path).training.touch()

    running = app_window.begin(Home(tmp_path), clock=SystemClock())
    running.close()

    assert not real.services.is_training
    assert real.services.practise is not None
    assert running.services.is_training
    assert running.services.practise is None


@pytest.mark.screen
def test_every_page_says_that_it_is_training_and_no_page_does_elsewhere(tmp_path: Path) -> None:
    def marked(*, training: bool) -> set[bool]:
        with a_window(tmp_path / str(training)) as opened:
            opened.window.services.is_training = training
            opened.sign_in()
            found = set()
            for spec in PAGES:
                if spec.key and spec.exists and not spec.duty:
                    opened.window.go(spec.name)
                    opened.settle()
                    found.add("练习模式" in words_on(opened.window.root))
            return found

    assert marked(training=True) == {True}
    assert marked(training=False) == {False}

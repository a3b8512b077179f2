"""While a round runs a person sees how far it has come and may stop it; and how long the rest will take is told from the last rounds."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from county_hotline.domain.views import Progress, RoundReport
from county_hotline.hub.asking import Hub
from county_hotline.signals import Changes
from county_hotline.sync.pace import pace
from county_hotline.sync.round.engine import Engine
from county_hotline.sync.watch import RoundWatch
from tests.support.line import CENTRE_CARD, Post, a_hub
from tests.support.ticking_clock import TickingClock


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[Hub]:
    made = a_hub(tmp_path / "hub", TickingClock())
    yield made
    made.store.close()


@pytest.fixture
def post(tmp_path: Path, hub: Hub) -> Iterator[Post]:
    made = Post.enrolled(tmp_path / "post", hub, CENTRE_CARD, clock=TickingClock())
    made.store.set_note("sync.batch", "5")
    yield made
    made.close()


def a_round(post: Post, watch: RoundWatch, seen: list[Progress | None], halt_after: int = 0) -> RoundReport:
    def tell(changes: Changes) -> None:
        seen.append(watch.progress)
        watch.is_halted = watch.is_halted or bool(halt_after and len(seen) >= halt_after)

    engine = Engine(post.store, post.transport, hub=post.hub, pair=post.pair, clock=post.clock, tell=tell, watch=watch)
    return engine.round()


def test_progress_runs_from_nothing_to_all_and_is_gone_when_the_round_has_ended(post: Post) -> None:
    for _ in range(12):
        post.accept()
    watch, seen = RoundWatch(), list[Progress | None]()

    report = a_round(post, watch, seen)

    told = [each for each in seen if each is not None]
    assert (told[0].sent, told[0].to_send) == (0, 12)
    assert told[-1].sent == report.sent == 12
    assert [each.sent for each in told] == sorted(each.sent for each in told)
    assert watch.progress is None


def test_a_stopped_round_keeps_what_was_signed_for_and_the_next_one_goes_on(post: Post) -> None:
    for _ in range(12):
        post.accept()
    watch = RoundWatch()
    report = a_round(post, watch, [], halt_after=2)

    assert report.fault == "N119"
    left = post.store.counts()
    assert 0 < left.entries - left.entries_received < 12 or report.sent == 12
    assert a_round(post, watch, []).complete
    assert post.store.counts().waiting == 0


def test_a_stopped_round_says_nothing_about_the_line(post: Post) -> None:
    from county_hotline.sync import line_state

    post.accept()
    a_round(post, RoundWatch(), [])
    before = line_state.recall(post.store, enrolled=True)
    post.accept()
    a_round(post, RoundWatch(), [], halt_after=1)

    assert line_state.recall(post.store, enrolled=True).state is before.state


def told(**given: int) -> RoundReport:
    return RoundReport(**{"started_at": 0, "ended_at": 10_000, "sent": 100, "bytes_sent": 20_000, **given})  # type: ignore[arg-type]


def test_the_pace_is_what_the_last_rounds_moved_in_their_time() -> None:
    lately = pace([told(bytes_received=10_000), told(ended_at=20_000)])

    assert lately is not None
    assert lately.bytes_per_s == pytest.approx(50_000 / 30)
    assert lately.seconds(1_000) == 120
    assert lately.seconds(1_000, file_bytes=50_000) == 150
    assert lately.seconds(1) == 1


def test_rounds_that_sent_nothing_tell_no_pace_and_old_ones_are_forgotten() -> None:
    assert pace([told(sent=0), told(bytes_sent=0), told(ended_at=0)]) is None
    slow, fast = told(ended_at=100_000), told(ended_at=1_000)
    assert pace([*[fast] * 8, *[slow] * 50]) == pace([fast])

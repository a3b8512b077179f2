"""诊断线路 finds the first thing that is wrong, says its code, and asks nothing after it; it changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx2
import msgspec
import pytest

from county_hotline.errors import NotTrusted, Unreachable
from county_hotline.hub.asking import Hub
from county_hotline.sync import keys
from county_hotline.sync.diagnosing import Diagnosis
from county_hotline.sync.identity import HubAddress
from county_hotline.sync.wire import http_line
from county_hotline.sync.wire.transport import HttpTransport
from tests.support.flaky import Act, FlakyWire
from tests.support.line import CENTRE_CARD, DirectWire, Post, a_hub
from tests.support.ticking_clock import TickingClock

STEPS = ["name", "reach", "hub", "clock", "key"]


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[Hub]:
    made = a_hub(tmp_path / "hub", TickingClock())
    yield made
    made.store.close()


@pytest.fixture
def post(tmp_path: Path, hub: Hub, monkeypatch: pytest.MonkeyPatch) -> Iterator[Post]:
    monkeypatch.setattr(http_line, "address_of", lambda url: "10.0.0.1")  # the cable is tried in test_transports
    monkeypatch.setattr(http_line, "connect", lambda url: None)
    made = Post.enrolled(tmp_path / "post", hub, CENTRE_CARD, clock=TickingClock(), wire=FlakyWire(DirectWire(hub)))
    yield made
    made.close()


def looked(post: Post, hub: HubAddress | None = None) -> dict[str, tuple[bool | None, str]]:
    found = Diagnosis(post.transport, hub or post.hub, clock=post.clock).findings()
    assert [each.step for each in found] == STEPS
    return {each.step: (each.well, each.code) for each in found}


def test_on_a_good_line_every_step_is_well_and_nothing_has_changed(post: Post) -> None:
    before = post.entries()

    assert all(well for well, _ in looked(post).values())
    assert (post.entries(), post.store.rounds(5)) == (before, ())


def test_a_captive_portal_is_told_from_a_hub_and_nothing_is_asked_after_it(post: Post) -> None:
    assert isinstance(post.wire, FlakyWire)
    post.wire.follow([Act.PORTAL])

    found = looked(post)

    assert found["reach"] == (True, "")
    assert found["hub"] == (False, "N110")
    assert found["clock"] == found["key"] == (None, "")


def test_another_hub_at_the_address_is_named(post: Post) -> None:
    other = keys.make().public
    stranger = msgspec.structs.replace(post.hub, hub_id=other.key_id, public_key=other.raw.hex())

    assert looked(post, stranger)["hub"] == (False, "A101")


def test_a_clock_that_is_years_off_is_no_failure_of_the_line_but_is_told(post: Post) -> None:
    post.clock.now -= 3 * 365 * 86_400_000

    found = looked(post)

    assert found["clock"] == (False, "")
    assert found["key"] == (True, "")


def test_a_key_the_hub_does_not_know_is_the_last_thing_found(post: Post, hub: Hub, tmp_path: Path) -> None:
    stranger = HttpTransport("http://hub.test", keys.make(), post.hub.key, clock=post.clock, wire=DirectWire(hub))

    found = Diagnosis(stranger, post.hub, clock=post.clock).findings()

    assert [(each.well, each.code) for each in found][-2:] == [(True, ""), (False, "A201")]


def test_a_name_nobody_knows_ends_it_at_the_first_step(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(url: str) -> str:
        raise Unreachable("N102")

    monkeypatch.setattr(http_line, "address_of", unknown)

    found = looked(post)

    assert found["name"] == (False, "N102")
    assert {found[step] for step in STEPS[1:]} == {(None, "")}


def test_what_is_not_of_the_line_is_told_too(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    """A transport may refuse for want of trust at any step."""

    def refuse() -> None:
        raise NotTrusted("A203")

    monkeypatch.setattr(post.transport, "heads", refuse)

    assert looked(post)["key"] == (False, "A203")


def test_the_wire_is_the_one_the_rounds_use(post: Post) -> None:
    assert isinstance(post.wire, httpx2.BaseTransport)
    assert post.sync().complete

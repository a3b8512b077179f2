"""Parcels carried by hand between posts and their hub."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from county_hotline.domain.views import RoundWay
from county_hotline.errors import HotlineError
from county_hotline.hub import parcel_answers, parcels
from county_hotline.hub.asking import Hub
from county_hotline.hub.parcels import Received
from county_hotline.ids import StationId
from county_hotline.signals import Changes
from county_hotline.sync.parcel import coming_down, going_up, stick
from county_hotline.sync.parcel.coming_down import Taken
from county_hotline.sync.parcel.going_up import StationEnd
from county_hotline.sync.parcel.remarks import Remark
from county_hotline.wording import sentence
from tests.support.line import Post


def end_of(post: Post) -> StationEnd:
    return StationEnd(post.store, post.pair, post.hub, post.clock)


def export(post: Post, folder: Path, *, as_folder: bool = False) -> Path:
    """导出数据包 at a station."""
    folder.mkdir(parents=True, exist_ok=True)
    parcel, handed = going_up.make(end_of(post))
    path = stick.put(parcel, folder, as_folder=as_folder)
    going_up.is_sent(end_of(post), parcel, handed)
    return path


def import_(post: Post, path: Path, tell: Callable[[Changes], None] = lambda changes: None) -> Taken:
    """导入数据包 at a station."""
    return coming_down.take(end_of(post), path, way=RoundWay.STICK, tell=tell)


def hand_in(hub: Hub, path: Path, answers: Path, *, as_folder: bool = False) -> tuple[Received, Path]:
    """A station's parcel read at the hub, and the answer to it."""
    answers.mkdir(parents=True, exist_ok=True)
    received = parcels.take(hub, path)
    prepared = received.answer(hub)
    assert prepared is not None
    put = stick.put(prepared.parcel, answers, as_folder=as_folder)
    parcel_answers.is_sent(hub, prepared)
    return received, put


def answer_for(hub: Hub, post: Post, answers: Path) -> Path:
    """`parcel export --for` at the hub."""
    answers.mkdir(parents=True, exist_ok=True)
    card = post.store.station()
    assert card is not None
    prepared = parcel_answers.answer_later(hub, parcel_answers.known(hub, StationId(card.station)))
    put = stick.put(prepared.parcel, answers)
    parcel_answers.is_sent(hub, prepared)
    return put


def there_and_back(post: Post, hub: Hub, folder: Path) -> Taken:
    """One whole round by stick."""
    _, answer = hand_in(hub, export(post, folder / "up"), folder / "down")
    return import_(post, answer)


def members_of(path: Path) -> dict[str, bytes]:
    """The bag's files by name, without its folder."""
    with zipfile.ZipFile(path) as file:
        return {name.split("/", 1)[1]: file.read(name) for name in file.namelist()}


def zipped(members: dict[str, bytes], path: Path, *, base: str = "bag/") -> Path:
    """Any files as a zip, as somebody else might have packed them."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, body in members.items():
            archive.writestr(base + name, body)
    path.write_bytes(file.getvalue())
    return path


def refused(code: str, do: Callable[[], object]) -> HotlineError:
    """What was said; it must have a sentence."""
    with pytest.raises(HotlineError) as met:
        do()
    assert met.value.code == code
    assert "…" not in sentence(met.value)
    assert "什么都没有变" in sentence(met.value)
    return met.value


def codes(remarks: list[Remark]) -> list[str]:
    for remark in remarks:
        assert "…" not in sentence(HotlineError(remark.code, **dict(remark.details)))
    return [remark.code for remark in remarks]

"""U 盘 without Tk: where a parcel goes or comes from is asked only where it is not plain, and what came of it is told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar

from county_hotline.background import Runner
from county_hotline.clock import local
from county_hotline.domain.views import ParcelFound
from county_hotline.errors import HotlineError
from county_hotline.ui.screens.sync.work import SyncWork
from county_hotline.wording import say, sentence

if TYPE_CHECKING:
    from county_hotline.desk.carrying import Exported, Imported
    from county_hotline.desk.media import Medium

T = TypeVar("T")
GIVE, TAKE = "give", "take"
MOST = 3
"""So many sticks or parcels are offered by a button each; who has more chooses a folder or file."""
MB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class OfferTold:
    """A thing to press: `words` stand on it; `path` is what it is about, empty for choosing another."""

    words: str
    path: str = ""


@dataclass(frozen=True, slots=True)
class CarryTold:
    """The notice. `what` is GIVE, TAKE, or empty where something is only told."""

    tone: str
    head: str
    words: str
    what: str = ""
    offers: tuple[OfferTold, ...] = ()
    sheet: str = ""
    """The hand-over sheet that was drawn."""


class CarryingScreen(Protocol):
    """What it needs of the view."""

    def show_carry(self, told: CarryTold | None) -> None:
        """The notice; None takes it away."""
        ...

    def ask_folder(self) -> str:
        """The system's own dialog for a folder; empty where it was left."""
        ...

    def ask_parcel(self) -> str:
        """The system's own dialog for a parcel; empty where it was left."""
        ...

    def fail(self, fault: Exception) -> None:
        """Say a failure."""
        ...


class Carrying:
    """One parcel at a time, on the lane of the wire, so never beside a round."""

    def __init__(self, view: CarryingScreen, work: SyncWork, wire: Runner, changed: Callable[[], None]) -> None:
        """`changed` is called when figures may be others."""
        self._view, self._work, self._wire, self._changed = view, work, wire, changed
        self._is_busy = False

    def give(self) -> None:
        """导出到 U 盘: onto the one that is plugged in, else it is asked."""
        self._run(self._work.media, self._offer_media)

    def take(self) -> None:
        """读入 U 盘回执: what lies for us on a stick, else it is asked."""
        self._run(self._work.parcels, self._offer_parcels)

    def choose(self, what: str, path: str) -> None:
        """A button of the notice; without a path the system's dialog asks for one."""
        if what == GIVE and (folder := path or self._view.ask_folder()):
            self._say("blue", say("sync.carry.giving"), folder)
            self._run(lambda: self._work.export(Path(folder)), self._gave)
        elif what == TAKE and (file := path or self._view.ask_parcel()):
            self._say("blue", say("sync.carry.taking"), file)
            self._run(lambda: self._work.bring_in(Path(file)), self._took)

    def close(self) -> None:
        """Take the notice away."""
        self._view.show_carry(None)

    def _offer_media(self, media: tuple[Medium, ...]) -> None:
        if len(media) == 1:
            self.choose(GIVE, str(media[0].path))
            return
        offers = tuple(
            OfferTold(say("sync.carry.onto", name=each.name, free=each.free_bytes // MB), str(each.path))
            for each in media[:MOST]
        )
        key = "which" if media else "no_stick"
        self._ask(key, GIVE, (*offers, OfferTold(say("sync.carry.other_folder"))))

    def _offer_parcels(self, found: tuple[ParcelFound, ...]) -> None:
        unread = [each for each in found if not each.was_read]
        if len(unread) == 1:
            self.choose(TAKE, unread[0].path)
            return
        offers = tuple(OfferTold(_parcel_words(each), each.path) for each in unread[:MOST])
        key = "which_parcel" if unread else "all_read" if found else "no_parcel"
        self._ask(key, TAKE, (*offers, OfferTold(say("sync.carry.other_file"))))

    def _ask(self, key: str, what: str, offers: tuple[OfferTold, ...]) -> None:
        self._view.show_carry(CarryTold("blue", say(f"sync.carry.{key}"), say(f"sync.carry.{key}.words"), what, offers))

    def _say(self, tone: str, head: str, words: str) -> None:
        self._view.show_carry(CarryTold(tone, head, words))

    def _gave(self, done: Exported) -> None:
        key = "gave" if done.is_whole else "gave_part"
        words = say(f"sync.carry.{key}.words", entries=done.entries, files=done.files, code=done.check_code, name=done.name)
        self._view.show_carry(CarryTold("green", say(f"sync.carry.{key}", path=done.path), words, sheet=done.sheet_path))
        self._changed()

    def _took(self, done: Imported) -> None:
        words = say("sync.carry.took.words", signed_for=done.signed_for, received=done.received, orders=done.orders)
        more = [] if done.complete else [say("sync.carry.more")]
        told = [sentence(HotlineError(each.code, **dict(each.details))) for each in done.remarks]
        tone = "amber" if told else "green"
        self._say(tone, say("sync.carry.took", name=done.name), "".join([words, *more, *told]))
        self._changed()

    def _run(self, work: Callable[[], T], done: Callable[[T], None]) -> None:
        if not self._is_busy:
            self._is_busy = True
            self._wire.run(work, lambda answer: self._ended(done, answer), self._failed)

    def _ended(self, done: Callable[[T], None], answer: T) -> None:
        self._is_busy = False
        done(answer)

    def _failed(self, fault: Exception) -> None:
        self._is_busy = False
        self.close()
        self._view.fail(fault)


def _parcel_words(found: ParcelFound) -> str:
    return say("sync.carry.parcel", serial=found.serial, made_at=f"{local(found.made_at):%m-%d %H:%M}", entries=found.entries)

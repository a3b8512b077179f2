"""Two stations and a hub, rounds over bad lines and sticks of every kind in any order: lost, copied, old, swapped, cut, changed. They agree (P1 to P5)."""

from __future__ import annotations

import random
from dataclasses import dataclass
from pathlib import Path

from hypothesis import settings
from hypothesis.stateful import precondition, rule

from county_hotline.errors import BadInput
from county_hotline.hub import parcels
from tests.support.parcels import answer_for, export, hand_in, import_, there_and_back
from tests.support.posts_on_lines import SEED, WHO, PostsOnLines
from tests.support.world import picture


@dataclass(frozen=True)
class Stick:
    """A parcel that lies somewhere; it may be read any number of times, by anybody."""

    path: Path
    who: int
    goes_up: bool


class SticksAndLines(PostsOnLines):
    """Whatever is carried where and when, nothing is lost, doubled or taken back."""

    def __init__(self) -> None:
        super().__init__()
        self.sticks: list[Stick] = []
        self._made = 0

    @rule(who=WHO)
    def export_at_a_station(self, who: int) -> None:
        self.sticks.append(Stick(export(self._world.posts[who], self._folder()), who, goes_up=True))

    @rule(who=WHO)
    def export_at_the_hub(self, who: int) -> None:
        self.sticks.append(Stick(answer_for(self._world.hub, self._world.posts[who], self._folder()), who, goes_up=False))

    @precondition(lambda self: any(stick.goes_up for stick in self.sticks))
    @rule(seed=SEED)
    def any_stick_is_read_at_the_hub(self, seed: int) -> None:
        """The newest, an old one, the same again: and the answer goes onto another."""
        stick = self._any(seed, goes_up=True)
        _, answer = hand_in(self._world.hub, stick.path, self._folder())
        self.sticks.append(Stick(answer, stick.who, goes_up=False))

    @precondition(lambda self: any(not stick.goes_up for stick in self.sticks))
    @rule(seed=SEED)
    def any_stick_is_read_at_its_station(self, seed: int) -> None:
        stick = self._any(seed, goes_up=False)
        before = self._world.posts[stick.who].store.counts()
        import_(self._world.posts[stick.who], stick.path)
        after = self._world.posts[stick.who].store.counts()
        assert after.entries_received >= before.entries_received  # what was signed for stays signed for

    @precondition(lambda self: self.sticks)
    @rule(seed=SEED)
    def a_stick_is_brought_to_the_wrong_place(self, seed: int) -> None:
        stick = self._any(seed)
        post, hub = self._world.posts[1 - stick.who], self._world.hub
        before = picture(post.store), picture(hub.store)
        if stick.goes_up:
            self._refused(lambda: import_(post, stick.path), {"I186"})
        else:
            self._refused(lambda: import_(post, stick.path), {"I182"})
            self._refused(lambda: parcels.take(hub, stick.path), {"I186"})
        assert (picture(post.store), picture(hub.store)) == before

    @precondition(lambda self: self.sticks)
    @rule(seed=SEED)
    def a_stick_is_cut_or_changed(self, seed: int) -> None:
        """A copy of it, that is read where the whole one belongs: it is refused, or it is as good as the whole one."""
        chance, stick = random.Random(seed), self._any(seed)
        raw = bytearray(stick.path.read_bytes())
        if chance.random() < 0.5:
            del raw[chance.randrange(len(raw)) :]
        else:
            raw[chance.randrange(len(raw))] ^= chance.randrange(1, 256)
        damaged = self._folder() / stick.path.name
        damaged.parent.mkdir(parents=True)
        damaged.write_bytes(raw)
        store = self._world.hub.store if stick.goes_up else self._world.posts[stick.who].store
        before = picture(store)
        try:
            if stick.goes_up:
                parcels.take(self._world.hub, damaged)
            else:
                import_(self._world.posts[stick.who], damaged)
        except BadInput as fault:
            assert fault.code in {"I180", "I181", "I185", "I187", "I189"}, fault  # noqa: PT017 - either is right
            assert picture(store) == before

    @rule(who=WHO)
    def a_stick_with_something_on_it_never_arrives(self, who: int) -> None:
        """The steering rule: chance alone seldom loses the very stick that mattered."""
        self._world.accept(who)
        export(self._world.posts[who], self._folder())

    @rule(who=WHO)
    def an_answer_with_something_in_it_never_arrives(self, who: int) -> None:
        """The other one: what the other station brought was in it."""
        self._world.accept(1 - who)
        hand_in(self._world.hub, export(self._world.posts[1 - who], self._folder()), self._folder())
        hand_in(self._world.hub, export(self._world.posts[who], self._folder()), self._folder())

    @precondition(lambda self: self.sticks)
    @rule(seed=SEED)
    def a_stick_is_lost(self, seed: int) -> None:
        self.sticks.remove(self._any(seed))

    def teardown(self) -> None:
        if self.world is None:
            return
        try:
            self._quiet_by_sticks()
            self.world.all_agree()
            before = [picture(store) for store in self.world.stores]
            for stick in self.sticks:  # once more, all that was ever carried
                if stick.goes_up:
                    parcels.take(self.world.hub, stick.path)
                else:
                    import_(self.world.posts[stick.who], stick.path)
            assert [picture(store) for store in self.world.stores] == before
            self.world.quiet()
            self.world.all_agree()
        finally:
            self.world.close()

    def _quiet_by_sticks(self) -> None:
        """No line at all: two trips each, and everything that can arrive has arrived."""
        for _ in range(2):
            for post in self._world.posts:
                there_and_back(post, self._world.hub, self._folder())
        assert all(post.store.counts().waiting == 0 for post in self._world.posts)

    def _refused(self, do: object, codes: set[str]) -> None:
        try:
            do()  # type: ignore[operator]
        except BadInput as fault:
            assert fault.code in codes  # noqa: PT017 - the lines below say that it must come here
            return
        raise AssertionError

    def _any(self, seed: int, *, goes_up: bool | None = None) -> Stick:
        return random.Random(seed).choice([stick for stick in self.sticks if goes_up in (None, stick.goes_up)])

    def _folder(self) -> Path:
        self._made += 1
        return self._world.folder / "sticks" / str(self._made)


TestSticksAndLines = SticksAndLines.TestCase
TestSticksAndLines.settings = settings(settings(), max_examples=max(12, settings().max_examples // 4), stateful_step_count=20)

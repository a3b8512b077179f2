"""I8: No transaction is open while a byte is awaited from the wire."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import cast

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlcipher3 import dbapi2 as sqlite

from county_hotline.sync.wire.transport import Transport
from tests.support.line import KEY
from tests.support.world import World

EXAMPLES = settings(settings(), max_examples=max(10, settings().max_examples // 4))


class Watched:
    """A transport that, before every call, looks whether this thread holds a transaction and whether another may write at once."""

    def __init__(self, plain: Transport, watch: Callable[[str], None]) -> None:
        self._plain = plain
        self._watch = watch
        self.traffic = plain.traffic

    def __getattr__(self, name: str) -> Callable[..., object]:
        def call(*args: object, **named: object) -> object:
            self._watch(name)
            if "pieces" in named:
                named["pieces"] = self._watched_pieces(name, named["pieces"])
            return getattr(self._plain, name)(*args, **named)

        return call

    def _watched_pieces(self, name: str, pieces: object) -> Iterator[bytes]:
        """A stream is on its way while it is made: nothing may be open at any piece of it."""
        for piece in cast("Iterator[bytes]", pieces):
            self._watch(f"a piece of {name}")
            yield piece


class Watch:
    """Stands at a post's wire and notes what was asked of it."""

    def __init__(self, world: World, who: int) -> None:
        self.post = world.posts[who]
        self.path = world.folder / str(who) / "journal.db"
        self.calls: list[str] = []
        self.post.transport = Watched(self.post.transport, self.look)  # type: ignore[assignment]

    def look(self, name: str) -> None:
        self.calls.append(name)
        database = self.post.store.database
        assert not database.in_transaction(), f"peewee's transaction is open at {name}"
        assert not database.connection().in_transaction, f"a transaction is open at {name}"
        assert _another_may_write(str(self.path)), f"the database is locked at {name}"


def _another_may_write(path: str) -> bool:
    """A second connection takes the write lock without waiting, as the counter does while a village line takes its 30 seconds."""
    other = sqlite.connect(path, isolation_level=None, timeout=0)
    try:
        other.execute(f"PRAGMA key = \"x'{KEY.hex()}'\"")
        other.execute("BEGIN IMMEDIATE")
        other.execute("ROLLBACK")
    except sqlite.OperationalError:
        return False
    finally:
        other.close()
    return True


@EXAMPLES
@given(seed=st.integers(0, 2**16), accepted=st.integers(0, 6))
def test_whatever_the_line_does_nothing_is_open_at_any_request(seed: int, accepted: int) -> None:
    world = World()
    try:
        watches = [Watch(world, who) for who in (0, 1)]
        for who in (0, 1):
            for _ in range(accepted):
                world.accept(who)
            world.bad_line(who, seed + who, share=0.3)
        for _ in range(3):
            for post in world.posts:
                post.sync()
        world.quiet()

        for watch in watches:
            assert {"hello", "heads", "pull"} <= set(watch.calls)
            assert accepted == 0 or {"stream", "a piece of stream"} <= set(watch.calls)
    finally:
        world.close()


def test_the_counter_accepts_while_every_answer_is_awaited() -> None:
    world = World()
    try:
        post = world.posts[0]
        post.accept()
        Watch(world, 0).post.transport = Watched(post.transport, lambda name: void(post.accept()))  # type: ignore[assignment]

        report = post.sync()

        assert report.fault == ""
        assert world.posts[0].store.verify().entries > 4
    finally:
        world.close()


def void(_: object) -> None:
    """For a callback whose answer nobody wants."""

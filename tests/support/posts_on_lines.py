"""Two posts and a hub as a Hypothesis machine: acts of any kind, and rounds over lines that turn bad and good; what comes besides, and
what must hold in the end, is said by who inherits it."""

from __future__ import annotations

import random

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from tests.support.world import FACTS, World

WHO = st.integers(0, 1)
SEED = st.integers(0, 2**16)


class PostsOnLines(RuleBasedStateMachine):
    """Whoever inherits closes the world in its teardown."""

    def __init__(self) -> None:
        super().__init__()
        self.world: World | None = None

    @initialize()
    def begin(self) -> None:
        self.world = World()

    @rule(who=WHO)
    def accept(self, who: int) -> None:
        self._world.accept(who)

    @precondition(lambda self: self.world and self.world.numbers)
    @rule(who=WHO, seed=SEED)
    def act(self, who: int, seed: int) -> None:
        chance = random.Random(seed)
        self._world.act(who, chance.choice(self._world.numbers), chance.choice(FACTS)(chance))

    @rule(who=WHO)
    def sync(self, who: int) -> None:
        report = self._world.posts[who].sync()
        assert report.fault[:1] in ("", "N"), report

    @rule(who=WHO, seed=SEED)
    def line_turns_bad(self, who: int, seed: int) -> None:
        self._world.bad_line(who, seed)

    @rule(who=WHO)
    def line_turns_good(self, who: int) -> None:
        self._world.script(who, ())

    @property
    def _world(self) -> World:
        assert self.world is not None
        return self.world

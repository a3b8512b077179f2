"""Which acts of a story stand: what clashes and is still open, what a person settled, and what is set aside until one does."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from county_hotline.domain.clashes import Clash, Grade, clashes_in
from county_hotline.domain.facts import ClashSettled, Corrected, Dispatched
from county_hotline.domain.happened import Happened
from county_hotline.domain.precedence import Act, Stands, source_of, stands
from county_hotline.domain.sight import SeenByBoth, Sight
from county_hotline.domain.vocabulary import ClashMatter
from county_hotline.ids import EntryId, Number

Fields = frozenset[str]
STANDS: Final[Fields] = frozenset()
"""Nothing of an act is set aside."""
WHOLE: Final[Fields] = frozenset({""})
"""All of an act, not only some fields of a correction."""
CONSENT: Final[Fields] = frozenset({"public", "confidential"})
"""What of a correction speaks against publishing."""


class Weighed(NamedTuple):
    """What the fold has to know of a story before it begins."""

    open: tuple[Clash, ...] = ()
    """What waits for a person."""
    aside: Mapping[EntryId, Fields] = {}
    """Acts that do not stand, or which fields of a correction do not."""


def weigh(number: Number, story: Sequence[Happened]) -> Weighed:
    """Total, like the fold: whatever the story holds, it answers. `story` is in the agreed order."""
    found = clashes_in(story)
    return Weighing(number, story, found).answer() if found else Weighed()


class Weighing:
    """One story while it is weighed."""

    def __init__(self, number: Number, story: Sequence[Happened], found: Sequence[Clash]) -> None:
        self._number = number
        self._story = story
        self._sight = Sight(story)
        self._place = self._sight.place_of
        dispatches = [place for place, event in enumerate(story) if isinstance(event.fact, Dispatched)]
        self._dispatched = SeenByBoth(self._sight, story, dispatches)
        self._found = found
        self._hard: dict[EntryId, list[Clash]] = defaultdict(list)
        for clash in found:
            if clash.grade is Grade.HARD:
                self._hard[clash.first].append(clash)
                self._hard[clash.second].append(clash)
        self._said: dict[frozenset[EntryId], list[tuple[EntryId, ClashSettled]]] = defaultdict(list)
        for place, event in enumerate(story):
            if isinstance(event.fact, ClashSettled) and all(self._place.get(act, place) < place for act in event.fact.acts):
                self._said[frozenset(event.fact.acts)].append((event.entry_id, event.fact))
        self._known: dict[tuple[EntryId, str], bool] = {}
        for settled in reversed([each for said in self._said.values() for each, _ in said]):
            self.holds(settled)  # the later first, so that no question leads far

    def answer(self) -> Weighed:
        """Everything the fold asks."""
        open_still = tuple(
            replace(clash, to_centre=self._is_referred(clash)) for clash in self._found if self.settled(clash) is None
        )
        aside = {act: fields for act in self._hard if (fields := self._fallen(act))}
        return Weighed(open_still, aside)

    def settled(self, clash: Clash) -> ClashSettled | None:
        """What a person said last of this pair, as far as it was theirs to say and stands itself."""
        for entry_id, said in reversed(self._said.get(frozenset((clash.first, clash.second)), [])):
            covers = said.matter is ClashMatter.STATE or clash.matter is ClashMatter.WORDS
            if covers and not said.to_centre and self.holds(entry_id):
                return said
        return None

    def winner(self, clash: Clash, field: str = "") -> EntryId | None:
        """Which of the pair stands, by a person's word or else by precedence; None where both are taken as they came."""
        said = self.settled(clash)
        if said is not None:
            chosen = said.fields.get(field, said.stands) if field else said.stands
            return chosen if chosen in (clash.first, clash.second) else None
        one, other = self._act(clash.first, clash), self._act(clash.second, clash)
        match stands(clash.code, one, other, field):
            case Stands.ONE:
                return clash.first
            case Stands.OTHER:
                return clash.second
        return None

    def holds(self, act: EntryId, field: str = "") -> bool:
        """Whether the act, or this field of a correction, stands: it yields to what a person chose, and to what outweighs it and stands
        itself."""
        if (act, field) in self._known:
            return self._known[act, field]
        self._known[act, field] = True  # whoever asks in a circle
        for clash in self._hard.get(act, ()):
            if field not in (clash.fields or WHOLE):
                continue
            stronger = self.winner(clash, field)
            if stronger not in (None, act) and (self.settled(clash) is not None or self.holds(stronger, field)):
                self._known[act, field] = False
                break
        return self._known[act, field]

    def _fallen(self, act: EntryId) -> Fields:
        names = {name for clash in self._hard[act] for name in clash.fields or WHOLE}
        fallen = frozenset(name for name in names if not self.holds(act, name))
        if isinstance(self._event(act).fact, Corrected) and "" in fallen:
            return (fallen - WHOLE) | CONSENT
        return fallen

    def _event(self, act: EntryId) -> Happened:
        return self._story[self._place[act]]

    def _act(self, act: EntryId, clash: Clash) -> Act:
        event = self._event(act)
        return Act(event.fact, source_of(self._number, event), self._was_passed_on(clash))

    def _was_passed_on(self, clash: Clash) -> bool:
        """Whether both had seen a dispatch."""
        return self._dispatched.any_before(self._place[clash.first], self._place[clash.second])

    def _is_referred(self, clash: Clash) -> bool:
        return any(said.to_centre for _, said in self._said.get(frozenset((clash.first, clash.second)), []))

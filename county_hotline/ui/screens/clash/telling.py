"""A comparison in officers' words: three heads, a line a field, what is still to be chosen. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from county_hotline.desk.clash_words import label, value
from county_hotline.domain.comparing import Comparison, Hand, Row, RowState, Side
from county_hotline.domain.facts import Corrected, Dispatched
from county_hotline.domain.happened import Happened
from county_hotline.domain.vocabulary import ClashMatter
from county_hotline.ui.screens.clash.work import Loaded
from county_hotline.ui.telling.names import Names, officer_name, stations_of
from county_hotline.ui.telling.standing import Mark, moment
from county_hotline.ui.telling.story.ground import Reading, words_of
from county_hotline.wording import act, say, word

ANEW = "anew"
MARKS = {
    RowState.TO_CHOOSE: ("amber", "exclamation-triangle-fill"),
    RowState.FOLLOWS: ("quiet", "arrow-return-right"),
    RowState.MERGED: ("quiet", "check2"),
    RowState.BOTH: ("quiet", "check2-all"),
    RowState.SAME: ("quiet", ""),
}


@dataclass(frozen=True, slots=True)
class HeadTold:
    """Over one column: whose, when, and what else should be known of it."""

    name: str
    when: str
    note: str


@dataclass(frozen=True, slots=True)
class CellTold:
    """One value, and what its side did to it."""

    words: str
    note: str = ""
    is_changed: bool = False
    is_chosen: bool = False


@dataclass(frozen=True, slots=True)
class RowTold:
    """One line."""

    key: str
    label: str
    mark: Mark
    before: CellTold
    one: CellTold
    other: CellTold
    is_choice: bool = False
    may_write: bool = False
    anew: str = ""
    """The value that was written in the place of both."""


@dataclass(frozen=True, slots=True)
class ClashTold:
    """The page."""

    number: str
    title: str
    place: str
    """`第 1 / 2 件`."""
    words: str
    heads: tuple[HeadTold, HeadTold, HeadTold]
    rows: tuple[RowTold, ...]
    hint: str
    foot: str
    is_ready: bool
    may_settle: bool
    may_ask_centre: bool

    @property
    def sides(self) -> tuple[str, str]:
        """Who stands over the two columns, without the officer."""
        return self.heads[1].name.partition(" ")[0], self.heads[2].name.partition(" ")[0]


def clash_told(loaded: Loaded, chosen: Mapping[str, str], anew: Mapping[str, str]) -> ClashTold:
    """A comparison in words, with what was chosen so far."""
    comparison, view, names = loaded.comparison, loaded.view, loaded.names
    assert comparison is not None
    assert view is not None
    telling = _Telling(comparison, view.story, names, int(loaded.today[:4]), loaded.why_not)
    left = [label(row) for row in comparison.to_choose if row.key not in chosen]
    accepted = comparison.order.accepted
    is_words = all(clash.matter is ClashMatter.WORDS for clash in comparison.clashes)
    return ClashTold(
        number=comparison.number,
        title=accepted.title if accepted else say("register.unread"),
        place=say("clash.place", at=loaded.numbers.index(comparison.number) + 1, of=len(loaded.numbers)),
        words=telling.intro(),
        heads=(telling.before(), telling.head(comparison.one), telling.head(comparison.other)),
        rows=tuple(telling.row(row, chosen.get(row.key, ""), anew.get(row.key, "")) for row in comparison.rows),
        hint=_hint(loaded, comparison),
        foot=_foot(loaded, comparison, left),
        is_ready=not left,
        may_settle=not loaded.why_not,
        may_ask_centre=is_words
        and not loaded.why_not
        and not telling.is_centre
        and not all(c.to_centre for c in comparison.clashes),
    )


def _hint(loaded: Loaded, comparison: Comparison) -> str:
    if loaded.why_not:
        return say("clash.hint.look")
    return say("clash.hint" if comparison.to_choose else "clash.hint.soft")


def _foot(loaded: Loaded, comparison: Comparison, left: list[str]) -> str:
    if loaded.why_not:
        return say(f"clash.why_not.{loaded.why_not}")
    if not comparison.to_choose:
        return say("clash.foot.soft")
    whole = len(comparison.to_choose)
    if not left:
        return say("clash.foot.ready", whole=whole)
    return say("clash.foot.left", whole=whole, done=whole - len(left), left=say("clash.comma").join(left))


@dataclass(frozen=True, slots=True)
class _Telling:
    """Who reads what."""

    comparison: Comparison
    story: tuple[Happened, ...]
    names: Names
    year: int
    why_not: str

    @property
    def is_centre(self) -> bool:
        """Whether this is a post of the centre."""
        return self.names.card.role.value == "centre"

    def intro(self) -> str:
        more = say("clash.more", count=self.comparison.more) if self.comparison.more else ""
        codes = dict.fromkeys(clash.code for clash in self.comparison.clashes)
        return say("clash.intro", what=say("clash.comma").join(say(f"clash.{code}") for code in codes)) + more

    def who(self, event: Happened) -> str:
        """`本站 王芳`, `县中心 李建国`."""
        units = stations_of(self.story, self.names)
        own = event.station == self.names.card.station
        unit = say("clash.here") if own else units.get(event.station, event.station)
        return f"{unit} {officer_name(event.officer)}"

    def before(self) -> HeadTold:
        event = self.comparison.before
        if event is None:
            return HeadTold(say("clash.before"), "", say("clash.before.nothing"))
        return HeadTold(
            say("clash.before"),
            f"{moment(event.recorded_at, year=self.year)} {self.who(event)} {act(event.fact.kind)}",
            say("clash.before.note"),
        )

    def head(self, hand: Hand) -> HeadTold:
        last = hand.acts[-1]
        post = say("clash.post", post=hand.station.rpartition("-")[2])
        note = (
            say("clash.received", at=moment(last.received_at, year=self.year))
            if last.received_at
            else say("clash.not_received")
        )
        return HeadTold(self.who(last), f"{moment(last.recorded_at, year=self.year)} {post}", note)

    def row(self, row: Row, chosen: str, anew: str) -> RowTold:
        mark = Mark(word(row.state), *MARKS[row.state])
        if row.state is RowState.TO_CHOOSE and chosen:
            mark = Mark(say("clash.chosen"), "green", "check2")
        elif row.state is RowState.TO_CHOOSE and self.why_not:
            mark = Mark(say(f"clash.waits.{self.why_not}"), "quiet", "hourglass-split")
        hidden = self.comparison.order.is_confidential
        return RowTold(
            key=row.key,
            label=label(row),
            mark=mark,
            before=CellTold(
                value(row.key if not row.code or row.code == "two_leads" else "", row.before, self.names, hidden=hidden)
            ),
            one=self._cell(row, Side.ONE, chosen),
            other=self._cell(row, Side.OTHER, chosen),
            is_choice=row.state is RowState.TO_CHOOSE and not self.why_not,
            may_write=row.is_field and row.key != "person",
            anew=anew if chosen == ANEW else "",
        )

    def _cell(self, row: Row, side: Side, chosen: str) -> CellTold:
        mine, changed = (row.one, row.one_changed) if side is Side.ONE else (row.other, row.other_changed)
        words = value(row.key, mine, self.names, hidden=self.comparison.order.is_confidential)
        note = self._note(row, side, mine, changed=changed)
        if row.holds is side and not chosen:
            note = say("clash.holds", note=note)
        return CellTold(words, note, is_changed=changed, is_chosen=chosen == side.value)

    def _note(self, row: Row, side: Side, mine: object, *, changed: bool) -> str:
        if not changed:
            return say("clash.unchanged")
        if isinstance(mine, Happened):
            return _one_line(self._said(mine))
        if row.one_changed and row.other_changed and row.one == row.other:
            return say("clash.changed_alike")
        hand = self.comparison.one if side is Side.ONE else self.comparison.other
        why = next((found for each in reversed(hand.acts) if (found := _why_corrected(each, row.key))), "")
        return say("clash.changed_why", why=_one_line(why)) if why else say("clash.changed")

    def _said(self, event: Happened) -> str:
        hands = {each.entry_id: (self.who(each), act(each.fact.kind)) for each in self.story}
        fact, reading = event.fact, Reading(self.names, self.year, hands)
        if isinstance(fact, Dispatched):
            parts = (fact.reason or fact.advice, say("clash.until", at=reading.by(fact.due_at)) if fact.due_at else "")
            return say("clash.comma.wide").join(part for part in (act(fact.kind), *parts) if part)
        return words_of(fact, reading) or act(fact.kind)


def _why_corrected(event: Happened, field: str) -> str:
    fact = event.fact
    if not isinstance(fact, Corrected):
        return ""
    return fact.reason if (fact.person if field == "person" else getattr(fact, field, None) is not None) else ""


def _one_line(words: str) -> str:
    return " ".join(words.split())

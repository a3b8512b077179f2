"""规则包: one place's rules in one version, and the limits they give an order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from county_hotline.domain.rule_packs import in_words
from county_hotline.domain.rule_packs.tables import (
    Amount,
    CardRule,
    DayCount,
    Extension,
    Fallback,
    FollowUp,
    LightRule,
    Overlay,
    Redo,
    SendingBack,
    Span,
    Suspension,
    TimeLimit,
)
from county_hotline.domain.trace_lines import TraceLine
from county_hotline.domain.vocabulary import MatterKind, Urgency

if TYPE_CHECKING:
    from county_hotline.domain.reference import Campaign

ALL_KINDS: Final = "all"


class RulePack(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One place's rules in one version. What its source does not say stays absent: nothing is put in its place."""

    name: str
    version: Amount
    title: str
    """As the status bar and the trace say it: 山东2020."""
    region: str
    """Six digits."""
    valid_from: str
    """Year, month or day, as exactly as the source says it."""
    source: str
    limits: dict[str, Span] = {}
    """办理时限 by kind of matter, or under `all`. A kind without one has no date here (以平台时限为准)."""
    urgent: dict[Urgency, Span] = {}
    """Tighter limits by urgency; they go before those by kind."""
    overlays: tuple[Overlay, ...] = ()
    sign: Span | None = None
    """签收, from dispatch."""
    contact: Span | None = None
    """首次联系, from dispatch."""
    dispatch: Span | None = None
    """批转, from acceptance."""
    tell: Span | None = None
    """告知诉求人, from what they must be told of."""
    review: Span | None = None
    """审核, from the reply."""
    day_count: DayCount = DayCount()
    extension: Extension | None = None
    sending_back: SendingBack | None = None
    suspension: Suspension | None = None
    follow_up: FollowUp | None = None
    redo: Redo | None = None
    light: LightRule | None = None
    cards: CardRule | None = None
    fallback: Fallback | None = None
    assumptions: tuple[str, ...] = ()
    """What the source does not say and we had to choose; shown to the county's officer, who must confirm it."""

    @property
    def reference(self) -> str:
        """`name@version`: what an order keeps."""
        return f"{self.name}@{self.version}"

    @property
    def is_settled(self) -> bool:
        """Whether the pack knows any limit at all (待核定 otherwise)."""
        return bool(self.limits)

    def limit_for(
        self, kind: MatterKind, urgency: Urgency = Urgency.NORMAL, *, text: str = "", campaign: Campaign | None = None
    ) -> TimeLimit | None:
        """The limit of such an order, or None where nobody set one: then no date is printed.

        A campaign's and an urgency's limit go before the one by kind (the tighter of the two, where both are there). An overlay
        whose words stand in `text` (title, words and demand, as the caller of this joins them) counts where it is tighter still.
        """
        special = [self.urgent.get(urgency), _by_kind(campaign.limits, kind) if campaign else None]
        usual = [span for span in special if span] or [span for span in (_by_kind(self.limits, kind),) if span]
        overlaid = [overlay.handle for overlay in self.overlays if overlay.handle and overlay.applies(kind, text)]
        span = _tightest([*usual, *overlaid])
        return self.span_limit(span) if span else None

    def contact_for(self, kind: MatterKind, *, text: str = "") -> Span | None:
        """首次联系 (首次响应): the pack's own span, or that of an overlay where it is tighter. None where nobody set one."""
        overlaid = [overlay.respond for overlay in self.overlays if overlay.respond and overlay.applies(kind, text)]
        return _tightest([*([self.contact] if self.contact else []), *overlaid])

    def span_limit(self, span: Span) -> TimeLimit:
        """The span with this pack's way of counting days."""
        count = self.day_count
        return TimeLimit(
            amount=span.amount,
            unit=span.unit,
            start=count.start,
            rest_day=count.rest_day,
            end_of_day=count.end_of_day,
            pack=self.title,
            counts_itself=count.counts_itself,
            cutoff=count.cutoff,
        )

    def in_words(self) -> tuple[TraceLine, ...]:
        """The whole pack in plain sentences (keys below `pack.`): every rule, what was assumed, and what it does not know."""
        return in_words.sentences(self)


def _by_kind(limits: dict[str, Span], kind: MatterKind) -> Span | None:
    return limits.get(kind.value) or limits.get(ALL_KINDS)


def _tightest(spans: list[Span]) -> Span | None:
    return min(spans, key=lambda span: span.roughly_hours, default=None)

"""The limit a pack gives one order: by what it is, how urgent, what it says, and the campaign it belongs to."""

from __future__ import annotations

from collections.abc import Iterable

from county_hotline.domain.civil_time import civil
from county_hotline.domain.facts import Accepted
from county_hotline.domain.reference import Campaign
from county_hotline.domain.rule_packs import RulePack, TimeLimit


def words_of(accepted: Accepted) -> str:
    """The text in which a pack looks for the words of its overlays."""
    return "\n".join((accepted.title, accepted.content, accepted.demand))


def limit_of(accepted: Accepted, pack: RulePack, campaigns: Iterable[Campaign] = (), *, at: int = 0) -> TimeLimit | None:
    """The limit of this acceptance under this pack; None where nobody set one.

    A campaign's own limits hold for what was accepted (`at`, UTC ms) on its days; with no `at` its days are not looked at.
    """
    campaign = next((c for c in campaigns if c.code == accepted.campaign and _runs(c, at)), None) if accepted.campaign else None
    return pack.limit_for(accepted.matter_kind, accepted.urgency, text=words_of(accepted), campaign=campaign)


def _runs(campaign: Campaign, at: int) -> bool:
    if not at:
        return True
    day = civil(at).date().isoformat()
    return campaign.since <= day and (not campaign.until or day <= campaign.until)

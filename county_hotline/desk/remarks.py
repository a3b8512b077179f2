"""纠错: any officer says what is wrong with an article or that one is missing; it goes up, the centre settles it, the answer comes back."""

from __future__ import annotations

from county_hotline.desk import changing, knowledge
from county_hotline.desk.desk import Desk
from county_hotline.domain.articles import (
    LONGEST_REMARK,
    Remark,
    RemarkField,
    RemarkOutcome,
    Reported,
    Settlement,
    has_personal_number,
)
from county_hotline.domain.cleaning import clean
from county_hotline.domain.vocabulary import StationRole
from county_hotline.errors import Refusal
from county_hotline.ids import new_entry_id
from county_hotline.signals import Changes


def report(desk: Desk, field: RemarkField, text: str, *, code: str = "") -> Remark:
    """纠错上报, or 缺这一条. Refuses an article that is not here (R410), no words (R420), a citizen's number in them (R607), too many of
    them (R606)."""
    officer = desk.signed_in()
    text = clean(text, lines=True)
    changing.needed("remark", text)
    if len(text) > LONGEST_REMARK:
        raise Refusal("R606", field="remark")
    if has_personal_number(text):
        raise Refusal("R607")
    article = knowledge.newest(desk, code) if code else None
    if code and article is None:
        raise Refusal("R410", text=code[:40])
    now = desk.clock.now_ms()
    remark = Remark(
        new_entry_id(now),
        desk.card.station,
        desk.card.unit,
        officer.officer,
        now,
        field if code else RemarkField.MISSING,
        text,
        code=code,
        number=article.number if article else 0,
    )
    desk.store.knowledge.add_remark(remark)
    desk.tell(Changes(reference=True))
    return remark


def listed(desk: Desk, *, open_only: bool = False) -> tuple[Reported, ...]:
    """At the centre all reports, elsewhere one's own station's; the newest first."""
    whose = "" if desk.card.role is StationRole.CENTRE else desk.card.station
    return desk.store.knowledge.reported(station=whose, open_only=open_only)


def settle(desk: Desk, remark: str, outcome: RemarkOutcome, *, reason: str = "", code: str = "") -> Settlement:
    """已改 (it names the article's newest version; `code`: the article that was missing and is there now) or 不改, with the reason. Refuses whose duty it is not (R204, R400), a refusal without
    a reason (R420), a mending with no version after the one that was read (R608), one that is settled (R605) or not here (R604)."""
    changing.allowed(desk)
    reason = clean(reason, lines=True)
    found = next((each.remark for each in listed(desk) if each.remark.remark == remark), None)
    if found is None:
        raise Refusal("R604")
    number, code = 0, found.code or code
    if outcome is RemarkOutcome.REFUSED:
        changing.needed("remark_reason", reason)
    else:
        article = knowledge.newest(desk, code) if code else None
        number = article.number if article else 0
        if number <= found.number:
            raise Refusal("R608")
    settlement = Settlement(
        found.remark,
        outcome,
        desk.signed_in().officer,
        desk.card.station,
        desk.clock.now_ms(),
        reason=reason,
        code=code,
        number=number,
    )
    desk.store.knowledge.settle(settlement)
    desk.tell(Changes(reference=True))
    return settlement

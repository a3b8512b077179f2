"""催办, 督办, 亮牌, 疑难与不合理诉求认定, 考核申诉, 期限重算."""

from __future__ import annotations

from county_hotline.domain.decisions.ground import (
    LONG_LIMIT,
    SHORT_LIMIT,
    decidable,
    ever_had,
    fits,
    given,
    judged,
    known,
    nothing_asked,
    open_order,
    round_of,
    still_to_come,
    working_round,
)
from county_hotline.domain.facts import (
    AppealAsked,
    AppealDecided,
    CardShown,
    CardTakenBack,
    DueRecomputed,
    HardCaseAsked,
    HardCaseDecided,
    Moved,
    SupervisionClosed,
    SupervisionIssued,
    SupervisionReplied,
    UnreasonableAsked,
    UnreasonableDecided,
    Urged,
)
from county_hotline.domain.standing_parts import Supervision
from county_hotline.domain.vocabulary import Ask, Card, Stage
from county_hotline.domain.work_order import WorkOrder
from county_hotline.errors import Refusal
from county_hotline.ids import AgencyCode, EntryId, OfficerId


def urge(order: WorkOrder, agency: AgencyCode, *, words: str = "", by_caller: bool = False) -> Urged:
    """催办 of a unit that works on it, or (an empty agency) of whoever is to dispatch it."""
    open_order(order)
    if agency:
        working_round(order, agency)
    fits({"words": words}, LONG_LIMIT)
    return Urged(agency=agency, words=words, by_caller=by_caller)


# ---------------------------------------------------------------- 督办


def supervisable(order: WorkOrder) -> None:
    """Refuses what was no request or goes on elsewhere (R360), and what no unit ever had (R376)."""
    known(order)
    if order.stage in (Stage.VOID, Stage.MERGED):
        raise Refusal("R360", number=order.number)
    if not order.assignments:
        raise Refusal("R376", number=order.number)


def supervise(order: WorkOrder, fact: SupervisionIssued, *, now: int) -> SupervisionIssued:
    """督办, of at least one unit the order concerns (R377), with what is required and until when it must be answered."""
    supervisable(order)
    concerned = {a.agency for a in order.assignments}
    if not concerned & set(fact.agencies):
        raise Refusal("R377", number=order.number, field="agencies")
    if not fact.supervision or any(s.supervision == fact.supervision for s in order.oversight.supervisions):
        raise Refusal("R378", number=order.number, supervision=fact.supervision)
    given({"requirement": fact.requirement})
    still_to_come("reply_by", fact.reply_by, now)
    fits({"copied_to": fact.copied_to}, SHORT_LIMIT)
    return fact


def open_supervision(order: WorkOrder, name: str) -> Supervision:
    """That 督办. Refuses (R379) one that is not here or is closed."""
    known(order)
    found = next((s for s in order.oversight.supervisions if s.supervision == name and s.is_open), None)
    if found is None:
        raise Refusal("R379", number=order.number)
    return found


def answer_supervision(order: WorkOrder, name: str, agency: AgencyCode, words: str) -> SupervisionReplied:
    """督办回复, by a unit it names (R389). It may add to its answer until the matter is closed."""
    if agency not in open_supervision(order, name).agencies:
        raise Refusal("R389", number=order.number, agency=agency)
    given({"words": words})
    return SupervisionReplied(supervision=name, agency=agency, words=words)


def close_supervision(order: WorkOrder, name: str, opinion: str, *, withdrawn: bool = False) -> SupervisionClosed:
    """督办办结, with every answer there (R390); its withdrawal at any time."""
    found = open_supervision(order, name)
    if found.waiting_for and not withdrawn:
        raise Refusal("R390", number=order.number, count=len(found.waiting_for), field="withdrawn")
    given({"opinion": opinion})
    return SupervisionClosed(supervision=name, opinion=opinion, withdrawn=withdrawn)


# ---------------------------------------------------------------- 亮牌


def cardable(order: WorkOrder) -> None:
    """Refuses what no unit ever had (R376)."""
    known(order)
    if not order.assignments:
        raise Refusal("R376", number=order.number)


def show_card(order: WorkOrder, agency: AgencyCode, card: Card, cause: str) -> CardShown:
    """亮牌, by a person who says why; the same card is not shown twice at a time (R398)."""
    cardable(order)
    ever_had(order, agency)
    given({"cause": cause})
    if _shown(order, agency, card):
        raise Refusal("R398", number=order.number, card=card, field="card")
    return CardShown(agency=agency, card=card, cause=cause)


def take_back_card(order: WorkOrder, agency: AgencyCode, card: Card, reason: str) -> CardTakenBack:
    """撤牌. Refuses (R399) a card that does not lie there."""
    known(order)
    if not _shown(order, agency, card):
        raise Refusal("R399", number=order.number)
    given({"reason": reason})
    return CardTakenBack(agency=agency, card=card, reason=reason)


def card_lies(order: WorkOrder) -> None:
    """Refuses (R399) an order in which no card lies."""
    known(order)
    if all(card.taken_back_at is not None for card in order.oversight.cards):
        raise Refusal("R399", number=order.number)


def _shown(order: WorkOrder, agency: AgencyCode, card: Card) -> bool:
    return any(c.agency == agency and c.card is card and c.taken_back_at is None for c in order.oversight.cards)


# ---------------------------------------------------------------- 疑难, 不合理诉求, 申诉


def may_ask_hard_case(order: WorkOrder, agency: AgencyCode) -> None:
    """Refuses a unit without a round, what was recognised already (R336), and while an earlier application waits."""
    open_order(order)
    round_of(order, agency)
    if order.oversight.hard_case:
        raise Refusal("R336", number=order.number)
    nothing_asked(order, agency, Ask.HARD_CASE)


def ask_hard_case(order: WorkOrder, agency: AgencyCode, words: str) -> HardCaseAsked:
    """申请认定疑难."""
    may_ask_hard_case(order, agency)
    given({"words": words})
    return HardCaseAsked(agency=agency, words=words)


def may_ask_unreasonable(order: WorkOrder, agency: AgencyCode) -> None:
    """As `may_ask_hard_case`; also after the end, when the caller was called back."""
    known(order)
    round_of(order, agency)
    if order.oversight.unreasonable:
        raise Refusal("R337", number=order.number)
    nothing_asked(order, agency, Ask.UNREASONABLE)


def ask_unreasonable(order: WorkOrder, agency: AgencyCode, *, words: str, basis: str, evidence: str) -> UnreasonableAsked:
    """申请认定不合理诉求, with the ground in law (R338) and the evidence of what was done for the caller (R339)."""
    may_ask_unreasonable(order, agency)
    given({"words": words})
    if not basis.strip():
        raise Refusal("R338", number=order.number, field="basis")
    if not evidence.strip():
        raise Refusal("R339", number=order.number, field="evidence")
    fits({"basis": basis, "evidence": evidence}, LONG_LIMIT)
    return UnreasonableAsked(agency=agency, words=words, basis=basis, evidence=evidence)


def may_appeal(order: WorkOrder, agency: AgencyCode) -> None:
    """Refuses a unit that never had it, and while an earlier application waits."""
    known(order)
    ever_had(order, agency)
    nothing_asked(order, agency, Ask.APPEAL)


def appeal(order: WorkOrder, agency: AgencyCode, *, against: str, words: str, evidence: str) -> AppealAsked:
    """考核申诉, with what should not count, why, and the evidence (R339)."""
    may_appeal(order, agency)
    given({"against": against, "words": words})
    if not evidence.strip():
        raise Refusal("R339", number=order.number, field="evidence")
    fits({"evidence": evidence}, LONG_LIMIT)
    return AppealAsked(agency=agency, against=against, words=words, evidence=evidence)


def decide_hard_case(order: WorkOrder, asked: EntryId, *, approved: bool, opinion: str, officer: OfficerId) -> HardCaseDecided:
    """疑难认定, by somebody else, with an opinion."""
    decidable(order, Ask.HARD_CASE)
    found = judged(order, asked, Ask.HARD_CASE, opinion, officer=officer)
    return HardCaseDecided(agency=found.agency, approved=approved, opinion=opinion, asked=asked)


def decide_unreasonable(
    order: WorkOrder, asked: EntryId, *, approved: bool, opinion: str, officer: OfficerId
) -> UnreasonableDecided:
    """不合理诉求认定, by somebody else, with an opinion. Left out of satisfaction once approved."""
    decidable(order, Ask.UNREASONABLE)
    found = judged(order, asked, Ask.UNREASONABLE, opinion, officer=officer)
    return UnreasonableDecided(agency=found.agency, approved=approved, opinion=opinion, asked=asked)


def decide_appeal(order: WorkOrder, asked: EntryId, *, approved: bool, opinion: str, officer: OfficerId) -> AppealDecided:
    """申诉审核, by somebody else, with an opinion."""
    decidable(order, Ask.APPEAL)
    found = judged(order, asked, Ask.APPEAL, opinion, officer=officer)
    return AppealDecided(agency=found.agency, approved=approved, opinion=opinion, asked=asked)


# ---------------------------------------------------------------- 期限重算


def recompute(order: WorkOrder, calendar: str, moved: tuple[Moved, ...]) -> DueRecomputed:
    """期限重算, where the calendar moves a date (R340)."""
    open_order(order)
    if not moved:
        raise Refusal("R340", number=order.number)
    return DueRecomputed(calendar=calendar, moved=moved)

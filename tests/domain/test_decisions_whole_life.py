"""The whole life of an order: what every decision refuses and why, and what is true of every walk through them."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from county_hotline.domain import decisions
from county_hotline.domain import facts as f
from county_hotline.domain.clashes import clashes_in
from county_hotline.domain.facts import Fact
from county_hotline.domain.folding import fold
from county_hotline.domain.happened import Happened
from county_hotline.domain.vocabulary import (
    Ask,
    AssignmentRole,
    Card,
    EmergencyLine,
    ExtensionReason,
    FollowUpResult,
    HandedOver,
    Outcome,
    Satisfaction,
    SendBackReason,
    Stage,
    SupervisionCause,
    SuspensionReason,
    VoidReason,
)
from county_hotline.domain.work_order import WorkOrder
from county_hotline.errors import Refusal
from county_hotline.ids import AgencyCode, EntryId, Life, OfficerId, StationId
from county_hotline.wording import has
from tests.domain.any_story import NUMBER, UNITS, stories
from tests.domain.good_forms import DAY, ELSEWHERE, FORMS, JUDGE, NOW, OTHER, PATHS
from tests.domain.test_work_order import HOUSING, ROADS, accepted

DECISIONS = Path(decisions.__file__).parent
CLERK = OfficerId("0301 受理员甲")


def so_far(*facts: Fact, public: bool = False) -> WorkOrder:
    """The order after its acceptance and these, each written in sight of the one before."""
    return fold(NUMBER, story_of((accepted(due_on="2026-11-27", public=public), *facts)))


def story_of(facts: tuple[Fact, ...]) -> tuple[Happened, ...]:
    return tuple(
        Happened(
            entry_id=EntryId(f"e-{place}"),
            fact=fact,
            station=StationId("370323-03" if place % 2 == 0 else "370323-01"),
            life=Life("A"),
            serial=place + 1,
            officer=CLERK,
            recorded_at=NOW + place,
            basis=EntryId(f"e-{place - 1}") if place else None,
        )
        for place, fact in enumerate(facts)
    )


def then(order_facts: tuple[Fact, ...], *acts: str, unit: AgencyCode = HOUSING) -> tuple[Fact, ...]:
    """These facts and what these acts, filled in well, add to them."""
    for act in acts:
        order_facts = (*order_facts, FORMS[act](so_far(*order_facts), unit))
    return order_facts


SENT = (f.Dispatched(agency=HOUSING, due_on="2026-11-27"),)
IN_HAND = then(SENT, "sign_for")
REPLIED = then(IN_HAND, "reply")
PASSED = then(REPLIED, "review")
UNHAPPY = then(PASSED, "follow_up")
DONE = then(PASSED, "finish")
ASKED = {
    ask: then(IN_HAND, act)
    for ask, act in (
        (Ask.SEND_BACK, "ask_send_back"),
        (Ask.EXTENSION, "ask_extension"),
        (Ask.SUSPENSION, "ask_suspension"),
        (Ask.HARD_CASE, "ask_hard_case"),
        (Ask.UNREASONABLE, "ask_unreasonable"),
        (Ask.APPEAL, "appeal"),
    )
}
WAITING = (
    *ASKED[Ask.SUSPENSION],
    f.SuspensionDecided(agency=HOUSING, approved=True, opinion="同意", asked=EntryId("e-3"), review_on="2027-03-01"),
)
CALLED = then(IN_HAND, "call_units")
FOUND = then(CALLED, "find")
WATCHED = then(IN_HAND, "supervise")
TOLD = (f.PathTold("03", "诉讼中", "请到法院"),)
JOINED = (f.RepeatJoined(repeat=OTHER.number),)
CARDED = (*IN_HAND, f.CardShown(agency=HOUSING, card=Card.YELLOW, cause="超期"))


def back(basis: str = "三定", words: str = "", **more: object) -> Callable[[WorkOrder], Fact]:
    reason = more.pop("reason", SendBackReason.WRONG_PLACE)
    return lambda o: decisions.ask_send_back(o, HOUSING, reason=reason, basis=basis, words=words, **more)  # type: ignore[arg-type]


def longer(until: str = "2026-12-04", words: str = "在修", now: int = NOW, **more: object) -> Callable[[WorkOrder], Fact]:
    wanted = {"until": until, "words": words, "now": now, "reason": ExtensionReason.WORKS, **more}
    return lambda o: decisions.ask_extension(o, HOUSING, **wanted)  # type: ignore[arg-type]


def wait(**more: object) -> Callable[[WorkOrder], Fact]:
    said = {"words": "冻土", "resume_when": "化冻", "review_on": "2027-03-01", "now": NOW, **more}
    return lambda o: decisions.ask_suspension(o, HOUSING, reason=SuspensionReason.SEASON, **said)  # type: ignore[arg-type]


def judged(ask: Ask, opinion: str = "同意", officer: OfficerId = JUDGE, **more: object) -> Callable[[WorkOrder], Fact]:
    decide = {Ask.SEND_BACK: decisions.decide_send_back, Ask.EXTENSION: decisions.decide_extension}[ask]
    said = {"approved": True, "opinion": opinion, "officer": officer, **more}
    return lambda o: decide(o, EntryId("e-3"), **said)  # type: ignore[operator]


def call(**more: object) -> Callable[[WorkOrder], Fact]:
    made = {"call": "1", "caller": HOUSING, "agencies": (ROADS,), "meet_at": NOW + DAY, "meet_where": "桥头", "matter": "堵"}
    fact = f.UnitsCalled(**{**made, "handler": "甲", "in_charge": "乙", "chief": "丙", **more})  # type: ignore[arg-type]
    return lambda o: decisions.call_units(o, fact, now=NOW)


def watch(**more: object) -> Callable[[WorkOrder], Fact]:
    made = {"supervision": "督2026-9", "cause": "overdue", "agencies": (HOUSING,), "requirement": "速办", "reply_by": NOW + DAY}
    return lambda o: decisions.supervise(o, f.SupervisionIssued(**{**made, **more}), now=NOW)  # type: ignore[arg-type]


def told_path(code: str = "03", path: str = "请到法院", words: str = "诉讼中") -> Callable[[WorkOrder], Fact]:
    return lambda o: decisions.tell_path(o, f.PathTold(code, words, path), PATHS)


def score(by: AgencyCode, of: AgencyCode, points: int = 5) -> Callable[[WorkOrder], Fact]:
    return lambda o: decisions.score_call(o, f.CallScored(call="1", caller=HOUSING, by=by, of=of, score=points))


def visit(result: FollowUpResult, satisfaction: Satisfaction | None, at: int = NOW) -> Callable[[WorkOrder], Fact]:
    return lambda o: decisions.follow_up(o, f.FollowedUp(result=result, called_at=at, satisfaction=satisfaction), now=NOW)


def form(act: str, unit: AgencyCode = HOUSING) -> Callable[[WorkOrder], Fact]:
    return lambda o: FORMS[act](o, unit)


def found(*tasks: f.Task) -> Callable[[WorkOrder], Fact]:
    return lambda o: decisions.find(o, f.SiteFindings(call="1", caller=HOUSING, findings="堵", tasks=tasks))


def _handed(at: int) -> f.EmergencyTransferred:
    return f.EmergencyTransferred(line=EmergencyLine.FIRE, handed_at=at, result=HandedOver.BOTH)


def _lead(order: WorkOrder, unit: AgencyCode) -> Fact:
    return decisions.dispatch(order, unit, role=AssignmentRole.LEAD, due_on="")


def _fallback(order: WorkOrder, basis: str) -> Fact:
    return decisions.dispatch(order, ROADS, role=AssignmentRole.FALLBACK, due_on="", basis=basis, fallback_rule=True)


def _no() -> Fact:
    return f.SendBackDecided(agency=HOUSING, approved=False, opinion="属于你局", asked=EntryId("e-3"))


def _yes(kind: type[Fact], **more: object) -> Fact:
    return kind(agency=HOUSING, approved=True, opinion="同意", asked=EntryId("e-3"), **more)


def _extended() -> tuple[Fact, ...]:
    return (*ASKED[Ask.EXTENSION], _yes(f.ExtensionDecided, due_on="2026-12-11"))


def _contact(order: WorkOrder, at: int) -> Fact:
    return decisions.make_contact(order, HOUSING, contacted_at=at, reached=True, now=NOW)


def _answers(order: WorkOrder, unit: AgencyCode) -> Fact:
    return decisions.answer_call(order, f.CallAnswered(call="1", caller=HOUSING, agency=unit, comes=False))


def _arrives(order: WorkOrder, unit: AgencyCode) -> Fact:
    fact = f.ArrivalSigned(call="1", caller=HOUSING, agency=unit, arrived_at=NOW, name="丁")
    return decisions.sign_arrival(order, fact, now=NOW)


def _watched(name: str) -> Fact:
    cause = SupervisionCause.OVERDUE
    return f.SupervisionIssued(supervision=name, cause=cause, agencies=(HOUSING,), requirement="速办", reply_by=NOW + DAY)


def _name(order: WorkOrder) -> str:
    return order.oversight.supervisions[0].supervision


def _unreasonable(order: WorkOrder, basis: str, evidence: str) -> Fact:
    return decisions.ask_unreasonable(order, HOUSING, words="反复", basis=basis, evidence=evidence)


Row = tuple[str, tuple[Fact, ...], Callable[[WorkOrder], Fact], str]
TABLE: list[Row] = [
    # 受理
    ("answer nothing", (), lambda o: decisions.answer(o, f.AnsweredAtOnce(answer=" ")), "R302"),
    ("answer what a unit has", SENT, form("answer"), "R303"),
    ("tell no path", (), told_path(path=" "), "R304"),
    ("tell a path by no reason of the list", (), told_path("99"), "R306"),
    ("only tell of an emergency", (), told_path("02"), "R307"),
    ("tell a path without words", (), told_path(words=""), "R300"),
    ("tell the path of an emergency handed over", then((), "transfer_emergency"), told_path("02"), ""),
    ("hand over tomorrow", (), lambda o: decisions.transfer_emergency(o, _handed(NOW + DAY), now=NOW), "R301"),
    ("hand over what a unit has", SENT, form("transfer_emergency"), ""),
    ("ask twice for more", then((), "ask_more"), form("ask_more"), "R310"),
    ("ask for more until yesterday", (), lambda o: decisions.ask_more(o, f.MoreAsked("x", by=NOW - 1), now=NOW), "R383"),
    ("give nothing more", (), lambda o: decisions.give_more(o, " "), "R300"),
    ("merge into itself", (), lambda o: decisions.merge(o, o), "R313"),
    ("merge into what is not here", (), lambda o: decisions.merge(o, replace(OTHER, accepted=None)), "R314"),
    ("merge into what ended", (), lambda o: decisions.merge(o, replace(OTHER, stage=Stage.MERGED)), "R314"),
    ("merge in a circle", JOINED, form("merge"), "R315"),
    ("merge what a unit works on", IN_HAND, form("merge"), "R316"),
    ("merge what was answered and not reviewed", REPLIED, form("merge"), "R316"),
    ("merge what was recalled", then(SENT, "recall"), form("merge"), ""),
    ("join itself", (), lambda o: decisions.join(o, o.number), "R313"),
    ("join what ended", TOLD, lambda o: decisions.join(o, OTHER.number), "R314"),
    ("void what a unit had", then(SENT, "recall"), form("void"), "R317"),
    ("void what others joined", JOINED, form("void"), "R318"),
    ("void what was handed over", then((), "transfer_emergency"), form("void"), "R319"),
    ("void without a word", (), lambda o: decisions.void(o, VoidReason.TEST, ""), "R300"),
    # 派单, 退回
    ("dispatch what waits for the caller", then((), "ask_more"), form("dispatch"), "R321"),
    ("a fallback by rule without who named it", (), lambda o: _fallback(o, ""), "R322"),
    ("a fallback by rule", (), lambda o: _fallback(o, "县政府办"), ""),
    ("a fallback by rule over another lead", SENT, lambda o: _fallback(o, "县政府办"), "R320"),
    ("dispatch twice to one that waits", WAITING, lambda o: _lead(o, HOUSING), "R121"),
    ("dispatch after the lead was let go", then(SENT, "recall"), lambda o: _lead(o, ROADS), ""),
    ("recall what was answered", REPLIED, form("recall"), "R325"),
    ("recall for no reason", SENT, lambda o: decisions.recall(o, HOUSING, ""), "R300"),
    ("send back before signing", SENT, back(), ""),
    ("send back without a basis", IN_HAND, back(basis="  "), "R326"),
    ("send back for some other reason", IN_HAND, back(reason=SendBackReason.OTHER), "R332"),
    ("send back after the reply", REPLIED, back(), "R327"),
    ("send back twice at a time", ASKED[Ask.SEND_BACK], back(), "R328"),
    ("send back too late", IN_HAND, back(now=NOW, until=NOW - 1), "R329"),
    ("send back in the last minute", IN_HAND, back(now=NOW, until=NOW), ""),
    ("send back too often", (*ASKED[Ask.SEND_BACK], _no()), back(most=1), "R330"),
    ("send back once more", (*ASKED[Ask.SEND_BACK], _no()), back(most=2), ""),
    ("send back to itself", IN_HAND, back(proposed=HOUSING), "R331"),
    ("decide without an opinion", ASKED[Ask.SEND_BACK], judged(Ask.SEND_BACK, opinion=" "), "R333"),
    ("decide what nobody asked", IN_HAND, judged(Ask.SEND_BACK), "R334"),
    ("decide twice", (*ASKED[Ask.SEND_BACK], _no()), judged(Ask.SEND_BACK), "R334"),
    ("decide one's own application", ASKED[Ask.SEND_BACK], judged(Ask.SEND_BACK, officer=CLERK), "R335"),
    # 办理
    ("contact tomorrow", IN_HAND, lambda o: _contact(o, NOW + DAY), "R301"),
    ("extend before signing", SENT, longer(), "R344"),
    ("extend after the end", IN_HAND, longer(now=NOW * 2), "R346"),
    ("extend later than the pack lets ask", IN_HAND, longer(apply_by=NOW - 1), "R346"),
    ("extend too often", _extended(), longer(until="2026-12-25", most=1), "R347"),
    ("extend to no day", IN_HAND, longer(until=""), "R348"),
    ("extend to the day itself", IN_HAND, longer(until="2026-11-27"), "R349"),
    ("extend too far", IN_HAND, longer(latest="2026-12-03"), "R350"),
    ("extend as far as may be", IN_HAND, longer(latest="2026-12-04"), ""),
    ("extend what has no limit", then((f.Dispatched(agency=HOUSING),), "sign_for"), longer(), "R351"),
    ("extend without words", IN_HAND, longer(words=""), "R300"),
    ("extend without the seal", IN_HAND, longer(needs_seal=True), "R356"),
    ("extend with the seal", IN_HAND, longer(needs_seal=True, sealed_by="局长"), ""),
    (
        "grant further than the pack",
        ASKED[Ask.EXTENSION],
        judged(Ask.EXTENSION, until="2026-12-12", latest="2026-12-11"),
        "R350",
    ),
    ("grant another day", ASKED[Ask.EXTENSION], judged(Ask.EXTENSION, until="2026-12-01"), ""),
    ("suspend without a condition", IN_HAND, wait(resume_when=" "), "R352"),
    ("suspend without a day", IN_HAND, wait(review_on=""), "R353"),
    ("suspend until today", IN_HAND, wait(review_on="2026-11-18"), "R354"),
    ("suspend too long", IN_HAND, wait(latest_review="2027-02-28"), "R355"),
    ("suspend without the seal", IN_HAND, wait(needs_seal=True), "R356"),
    ("suspend what waits", WAITING, wait(), "R357"),
    ("resume what does not wait", IN_HAND, form("resume"), "R358"),
    ("reply while it waits", WAITING, form("reply"), "R341"),
    ("reply once more after the review", PASSED, form("reply"), "R342"),
    ("reply again before the review", REPLIED, form("reply"), ""),
    ("reply to what came back", (*REPLIED, f.Reviewed(agency=HOUSING, passed=False, opinion="缺照片")), form("reply"), ""),
    ("tell of what was void", (f.Voided(reason=VoidReason.TEST),), form("tell_citizen"), "R360"),
    # 审核以后
    ("review what was not answered", IN_HAND, form("review"), "R361"),
    ("give back for no reason", REPLIED, lambda o: decisions.review(o, f.Reviewed(agency=HOUSING, passed=False)), "R362"),
    ("redo for no reason", PASSED, lambda o: decisions.redo(o, HOUSING, ""), "R363"),
    (
        "redo too often",
        then(then(PASSED, "redo"), "reply", "review"),
        lambda o: decisions.redo(o, HOUSING, "x", most=1),
        "R364",
    ),
    ("redo what is in hand", IN_HAND, form("redo"), "R121"),
    ("redo what was archived", then(DONE, "archive"), form("redo"), "R151"),
    ("redo what is finished", DONE, form("redo"), ""),
    ("rate before an answer", IN_HAND, form("rate"), "R365"),
    ("rate an answer at once", then((), "answer"), form("rate"), ""),
    ("satisfaction of one not reached", PASSED, visit(FollowUpResult.NO_ANSWER, Satisfaction.BAD), "R366"),
    ("rated without a satisfaction", PASSED, visit(FollowUpResult.RATED, None), "R367"),
    ("nobody reached", PASSED, visit(FollowUpResult.NO_ANSWER, None), ""),
    ("called tomorrow", PASSED, visit(FollowUpResult.NO_ANSWER, None, NOW + DAY), "R301"),
    ("reopen what is open", IN_HAND, form("reopen"), "R368"),
    ("reopen for no reason", DONE, lambda o: decisions.reopen(o, ""), "R369"),
    ("finish over a dissatisfied caller", UNHAPPY, lambda o: decisions.finish(o, Outcome.SOLVED), "R370"),
    ("finish over one with the reason", UNHAPPY, form("finish"), ""),
    ("finish again over one who was called afterwards", then(DONE, "follow_up"), form("finish"), ""),
    ("finish while the lead waits", (*then(ASKED[Ask.HARD_CASE], "reply"),), form("finish"), "R371"),
    ("archive what is open", IN_HAND, form("archive"), "R372"),
    ("archive twice", then(DONE, "archive"), form("archive"), "R372"),
    ("archive no request", (f.Voided(reason=VoidReason.TEST),), form("archive"), "R373"),
    ("publish without consent", DONE, form("publish"), "R374"),
    ("publish a confidential one", (*DONE, f.Corrected(reason="x", public=True, confidential=True)), form("publish"), "R375"),
    ("publish", (*DONE, f.Corrected(reason="x", public=True)), form("publish"), ""),
    # 现场
    ("call without being concerned", IN_HAND, form("call_units", ELSEWHERE), "R380"),
    ("call nobody", IN_HAND, call(agencies=()), "R381"),
    ("call oneself", IN_HAND, call(agencies=(HOUSING, ROADS)), "R381"),
    ("call for yesterday", IN_HAND, call(meet_at=NOW - 1), "R383"),
    ("call to nowhere", IN_HAND, call(meet_where=""), "R300"),
    ("call without who answers for it", IN_HAND, call(chief=" "), "R300"),
    ("answer no call", IN_HAND, form("answer_call", ROADS), "R386"),
    ("answer a call to another", CALLED, lambda o: _answers(o, ELSEWHERE), "R387"),
    ("not come for no reason", CALLED, lambda o: _answers(o, ROADS), "R388"),
    ("arrive to what was not called", IN_HAND, form("sign_arrival"), "R386"),
    ("come uncalled", CALLED, lambda o: _arrives(o, ELSEWHERE), ""),
    ("arrive as nobody", CALLED, lambda o: _arrives(o, AgencyCode("")), "R300"),
    ("find twice", FOUND, found(), "R391"),
    ("divide the work of what has ended", then(CALLED, "reply", "finish"), found(f.Task(agency=ROADS, work="修")), "R382"),
    ("work for one who was not there", CALLED, found(f.Task(agency=ELSEWHERE, work="修")), "R392"),
    ("work that is none", CALLED, found(f.Task(agency=ROADS, work=" ")), "R393"),
    ("score before the findings", CALLED, score(HOUSING, ROADS), "R394"),
    ("six points", FOUND, score(HOUSING, ROADS, 6), "R395"),
    ("score twice", then(FOUND, "score_call"), score(HOUSING, ROADS), "R396"),
    ("score one who was not there", FOUND, score(HOUSING, ELSEWHERE), "R397"),
    ("cancel after the findings", FOUND, lambda o: decisions.cancel_call(o, f.CallCancelled("1", HOUSING, "x")), "R391"),
    # 督办, 亮牌, 认定
    ("urge one who has replied", REPLIED, form("urge"), "R327"),
    ("supervise nobody", (), form("supervise"), "R376"),
    ("supervise one who has nothing to do with it", IN_HAND, watch(agencies=(ELSEWHERE,)), "R377"),
    ("supervise until yesterday", IN_HAND, watch(reply_by=NOW), "R383"),
    ("a number twice", (*IN_HAND, _watched("督2026-9")), watch(), "R378"),
    ("close what is not there", IN_HAND, form("close_supervision"), "R379"),
    ("answer for another", WATCHED, lambda o: decisions.answer_supervision(o, _name(o), ROADS, "x"), "R389"),
    ("close while one is silent", WATCHED, lambda o: decisions.close_supervision(o, _name(o), "可"), "R390"),
    ("the same card twice", CARDED, lambda o: decisions.show_card(o, HOUSING, Card.YELLOW, "x"), "R398"),
    ("the other card too", CARDED, lambda o: decisions.show_card(o, HOUSING, Card.RED, "x"), ""),
    ("take back what does not lie", CARDED, lambda o: decisions.take_back_card(o, HOUSING, Card.RED, "x"), "R399"),
    ("hard a second time", (*ASKED[Ask.HARD_CASE], _yes(f.HardCaseDecided)), form("ask_hard_case"), "R336"),
    ("unreasonable a second time", (*ASKED[Ask.UNREASONABLE], _yes(f.UnreasonableDecided)), form("ask_unreasonable"), "R337"),
    ("unreasonable without ground", IN_HAND, lambda o: _unreasonable(o, basis="", evidence="x"), "R338"),
    ("unreasonable without evidence", IN_HAND, lambda o: _unreasonable(o, basis="x", evidence=""), "R339"),
    ("appeal without evidence", IN_HAND, lambda o: decisions.appeal(o, HOUSING, against="x", words="x", evidence=""), "R339"),
    ("appeal of one who never had it", IN_HAND, form("appeal", ROADS), "R130"),
    ("nothing to count again", (), lambda o: decisions.recompute(o, "2027", ()), "R340"),
]


@pytest.mark.parametrize(("before", "act", "code"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE])
def test_what_is_right_is_recorded_and_what_is_not_says_why(
    before: tuple[Fact, ...], act: Callable[[WorkOrder], Fact], code: str
) -> None:
    refused = ""
    try:
        act(so_far(*before))
    except Refusal as refusal:
        refused = refusal.code

    assert refused == code


def test_every_refusal_of_the_decisions_stands_in_a_table_and_has_its_sentence() -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in DECISIONS.glob("*.py"))
    codes = set(re.findall(r'Refusal\("(R3\d\d)"', source))
    told = {row[3] for row in TABLE} | {"R320"}

    assert codes - told == set()
    assert [code for code in codes if not has(f"error.{code}")] == []


def test_what_greys_a_button_has_its_words() -> None:
    """Whatever an act may begin with refusing."""
    codes = {"R100", "R121", "R130", "R131", "R140", "R150", "R151", "R182"}
    source = "".join(path.read_text(encoding="utf-8") for path in DECISIONS.glob("*.py"))
    checks = re.findall(r'Refusal\("(R\d\d\d)"', source)
    greys = {code for code in checks if has(f"act.why.{code}")}

    assert codes <= greys
    assert {decisions.hindrance(act, order, unit) for act in FORMS for order in ORDERS for unit in UNITS} <= greys | {""}


ORDERS = tuple(so_far(*row[1]) for row in TABLE)


def refusal_of(act: str, order: WorkOrder, unit: AgencyCode) -> str:
    try:
        FORMS[act](order, unit)
    except Refusal as refusal:
        return refusal.code
    return ""


@given(story=stories(), unit=st.sampled_from(UNITS))
def test_a_button_is_grey_exactly_where_a_good_form_is_refused(story: tuple[Happened, ...], unit: AgencyCode) -> None:
    order = fold(NUMBER, story)

    for act in FORMS:
        grey = decisions.hindrance(act, order, unit)
        refused = refusal_of(act, order, unit)
        assert bool(grey) == bool(refused), (act, grey, refused)


THE_FORMS_CHOICE = {"R315", "R398"}
"""Which order is to take it in, which card is shown: greyed by nothing in the order."""
ENDING = {"void", "merge", "answer", "tell_path", "finish", "archive", "recall", "reopen", "transfer_emergency"}
"""Half of the steps are of these, that ends come about in every way."""
BEGINNINGS = tuple((accepted(due_on="2026-11-27", public=True), *row[1]) for row in TABLE)


@settings(max_examples=300)
@given(data=st.data(), begun=st.sampled_from(BEGINNINGS))
def test_no_walk_ends_an_order_without_an_answer_a_path_or_a_unit(data: st.DataObject, begun: tuple[Fact, ...]) -> None:
    """有诉必理: whatever is decided by whomever in whatever order; only what was no request at all may be void."""
    facts = begun
    for _ in range(data.draw(st.integers(1, 8))):
        order, unit = fold(NUMBER, story_of(facts)), data.draw(st.sampled_from((HOUSING, ROADS)))
        refusals = {act: refusal_of(act, order, unit) for act in FORMS}
        assert {act for act, code in refusals.items() if code and code not in THE_FORMS_CHOICE} == {
            a for a in FORMS if decisions.hindrance(a, order, unit)
        }
        open_to = sorted(act for act, code in refusals.items() if not code)
        ends = [act for act in open_to if act in ENDING] if data.draw(st.booleans()) else []
        act = data.draw(st.sampled_from(ends or open_to))
        facts = (*facts, FORMS[act](order, unit))
        story = story_of(facts)
        order = fold(NUMBER, story)

        assert not order.is_ended or order.stage is Stage.VOID or order.has_answer, act
        assert order.stage is not Stage.VOID or not (order.assignments or order.taking.repeats), act
        assert clashes_in(story[len(begun) :]) == ()
        leading = [a for a in order.live if a.role is not AssignmentRole.HELPER and a.is_working]
        assert len(leading) <= 1, act

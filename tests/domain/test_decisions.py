"""What an officer may do and may not, as a table: the act on an order as it stands, and the code of the refusal."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from county_hotline.domain import decisions
from county_hotline.domain.facts import AttachmentAdded, Corrected, Dispatched, Fact, Finished, Person, Replied, SignedFor
from county_hotline.domain.folding import fold
from county_hotline.domain.happened import Happened
from county_hotline.domain.vocabulary import AssignmentRole, Erasure, Outcome
from county_hotline.domain.work_order import WorkOrder
from county_hotline.errors import Refusal
from county_hotline.ids import AgencyCode, EntryId
from county_hotline.wording import has
from tests.domain.any_story import NUMBER, UNITS, stories
from tests.domain.test_work_order import HOUSING, ROADS, accepted, told

NEW = WorkOrder(number=NUMBER)
TAKEN = told(accepted())
SENT = told(accepted(), Dispatched(agency=HOUSING))
SIGNED = told(accepted(), Dispatched(agency=HOUSING), SignedFor(agency=HOUSING))
ANSWERED = told(accepted(), Dispatched(agency=HOUSING), SignedFor(agency=HOUSING), Replied(agency=HOUSING, internal="已办"))
MOVED = told(accepted(), Dispatched(agency=HOUSING), Dispatched(agency=ROADS))
DONE = told(
    accepted(),
    Dispatched(agency=HOUSING),
    SignedFor(agency=HOUSING),
    Replied(agency=HOUSING, internal="已办"),
    Finished(outcome=Outcome.SOLVED),
)
PHOTO = AttachmentAdded(name="照片.jpg", sha256="a" * 64, size_bytes=9, media_type="image/jpeg")
WITH_PHOTO = told(accepted(), PHOTO)
CALLER = Person(name="甲", phone="13800000000")

Act = Callable[[], Fact]


def send(order: WorkOrder, unit: AgencyCode = HOUSING, *, reason: str = "", advice: str = "") -> Act:
    return lambda: decisions.dispatch(order, unit, role=AssignmentRole.LEAD, due_on="", reason=reason, advice=advice)


def correct(order: WorkOrder, **fields: object) -> Act:
    return lambda: decisions.correct(order, Corrected(**{"reason": "听错了", **fields}))  # type: ignore[arg-type]


def answer(order: WorkOrder, unit: AgencyCode = HOUSING, *, internal: str = "已办") -> Act:
    return lambda: decisions.reply(order, unit, internal=internal)


def erase(order: WorkOrder, ground: str) -> Act:
    return lambda: decisions.erase(order, EntryId("e-0"), ground=ground, erasure=Erasure.BOTH)


def take(person: Person = CALLER, **fields: object) -> Act:
    return lambda: decisions.accept(accepted(**fields), person)


TABLE: list[tuple[str, Act, str | None]] = [
    ("a request as it should be", take(), None),
    ("an anonymous caller leaves nothing", take(Person(), anonymous=True), None),
    ("no title", take(title="  "), "R101"),
    ("no content", take(content="\n"), "R102"),
    ("neither name nor phone", take(Person(address="某处")), "R103"),
    ("no place", take(place=""), "R104"),
    ("nobody", take(people=0), "R105"),
    ("too many people", take(people=100_000), "R105"),
    ("the longest title", take(title="长" * 60), None),
    ("a title one too long", take(title="长" * 61), "R106"),
    ("a content one too long", take(content="长" * 20_001), "R106"),
    ("a name too long", take(Person(name="长" * 201)), "R106"),
    ("correct what is not here", correct(NEW, title="新"), "R100"),
    ("correct without a reason", correct(TAKEN, title="新", reason=" "), "R110"),
    ("correct nothing", correct(TAKEN), "R111"),
    ("correct the caller alone", correct(TAKEN, person=True), None),
    ("correct the title away", correct(TAKEN, title=" "), "R112"),
    ("correct after the end", correct(DONE, title="新"), None),
    ("dispatch", send(TAKEN), None),
    ("dispatch what is not here", send(NEW), "R100"),
    ("dispatch to nobody", send(TAKEN, AgencyCode("")), "R120"),
    ("dispatch twice to one unit", send(SENT), "R121"),
    ("dispatch to another unit for a reason", send(SENT, ROADS, reason="属地错误"), None),
    ("dispatch to another unit without a reason", send(SENT, ROADS), "R320"),
    ("dispatch again to a unit that has replied", send(ANSWERED), None),
    ("dispatch after the end", send(DONE, ROADS), "R151"),
    ("too long an advice", send(TAKEN, advice="长" * 5_001), "R106"),
    ("sign for", lambda: decisions.sign_for(SENT, HOUSING), None),
    ("sign for another's order", lambda: decisions.sign_for(SENT, ROADS), "R130"),
    ("sign for what was moved on", lambda: decisions.sign_for(MOVED, HOUSING), "R130"),
    ("sign twice", lambda: decisions.sign_for(SIGNED, HOUSING), "R131"),
    ("reply", answer(SIGNED), None),
    ("reply before signing", answer(SENT), "R140"),
    ("reply for another", answer(SIGNED, ROADS), "R130"),
    ("reply nothing", answer(SIGNED, internal=" "), "R141"),
    ("reply after the end", answer(DONE), "R151"),
    ("finish", lambda: decisions.finish(ANSWERED, Outcome.SOLVED), None),
    ("finish before a reply", lambda: decisions.finish(SIGNED, Outcome.SOLVED), "R150"),
    ("finish twice", lambda: decisions.finish(DONE, Outcome.SOLVED), "R151"),
    ("attach", lambda: decisions.attach(TAKEN, PHOTO), None),
    ("attach the same again", lambda: decisions.attach(WITH_PHOTO, PHOTO), "R161"),
    (
        "attach an empty file",
        lambda: decisions.attach(TAKEN, AttachmentAdded(name="空", sha256="c" * 64, size_bytes=0, media_type="")),
        "R160",
    ),
    ("attach to what is not here", lambda: decisions.attach(NEW, PHOTO), "R100"),
    ("note", lambda: decisions.note(DONE, "已电话告知"), None),
    ("note nothing", lambda: decisions.note(TAKEN, " "), "R170"),
    ("erase", erase(DONE, "本人申请"), None),
    ("erase without a ground", erase(TAKEN, ""), "R180"),
]


@pytest.mark.parametrize(("act", "code"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE])
def test_what_is_allowed_is_recorded_and_what_is_not_says_why(act: Act, code: str | None) -> None:
    refused = None
    try:
        act()
    except Refusal as refusal:
        refused = refusal.code

    assert refused == code


def test_every_refusal_of_the_table_has_its_sentence() -> None:
    codes = {code for _, _, code in TABLE if code}

    assert len(codes) == 23
    assert [code for code in codes if not has(f"error.{code}")] == []


@given(story=stories(), unit=st.sampled_from(UNITS))
def test_a_button_that_is_not_grey_is_not_refused(story: tuple[Happened, ...], unit: AgencyCode) -> None:
    """`hindrance` greys buttons; it may be stricter than the functions, never laxer (save for what only the form knows)."""
    order = fold(NUMBER, story)
    acts: dict[str, Act] = {
        "sign_for": lambda: decisions.sign_for(order, unit),
        "reply": lambda: decisions.reply(order, unit, internal="已办"),
        "finish": lambda: decisions.finish(order, Outcome.EXPLAINED),
        "correct": lambda: decisions.correct(order, Corrected(reason="听错了", title="新")),
        "dispatch": lambda: decisions.dispatch(order, AgencyCode("370323D99"), role=AssignmentRole.HELPER, due_on=""),
        "note": lambda: decisions.note(order, "备注"),
    }

    for name, act in acts.items():
        if not decisions.hindrance(name, order, unit):
            assert act().kind.startswith("work_order.")

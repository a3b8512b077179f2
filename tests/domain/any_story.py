"""Strategies: any fact of every kind, and any story of one order by several hands, in any order, with any basis."""

from __future__ import annotations

from hypothesis import strategies as st
from msgspec.structs import replace

from county_hotline.domain import facts as f
from county_hotline.domain.clashes import clashes_in
from county_hotline.domain.facts import Accepted, Fact, Person, Task, Unknown, Withheld
from county_hotline.domain.happened import Happened
from county_hotline.domain.vocabulary import (
    AssignmentRole,
    CallerKind,
    Card,
    Channel,
    ClashMatter,
    Concern,
    EmergencyLine,
    Erasure,
    ExtensionReason,
    FollowUpResult,
    HandedOver,
    MatterKind,
    Outcome,
    Satisfaction,
    SendBackReason,
    SourceLevel,
    SupervisionCause,
    SuspensionReason,
    Told,
    Urgency,
    VoidReason,
)
from county_hotline.ids import AgencyCode, ClusterId, EntryId, Life, Number, OfficerId, StationId

NUMBER = Number("370323-03A-261121-0007X")
UNITS = tuple(AgencyCode(code) for code in ("370323D01", "370323D04", "370323109"))
LONGEST_STORY = 14

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
people = st.builds(
    Person, name=texts, phone=texts, address=texts, id_number=texts, company=texts, credit_code=texts, representatives=texts
)
units = st.sampled_from(UNITS)
kinds = st.sampled_from(MatterKind)
moments = st.integers(0, 2**41)
due_moments = st.just(0) | moments
days = st.sampled_from(["", "2026-11-27", "2026-12-04"])
either = st.none() | st.booleans()
entries = st.integers(0, LONGEST_STORY).map(lambda place: EntryId(f"e-{place}"))
"""What may be decided or erased: an entry of the story, or one that is none of it."""
calls = st.sampled_from(["1", "2"])
supervisions = st.sampled_from(["督1", "督2"])
hashes = st.sampled_from(["a" * 64, "b" * 64])
orders = st.sampled_from([NUMBER, Number("370323-03A-261121-0008Y")])
tasks = st.builds(Task, agency=units, work=texts, due_on=days, due_at=due_moments)
agencies = st.lists(units, min_size=1, max_size=3, unique=True).map(tuple)

acceptances = st.builds(
    Accepted,
    query_code=st.just("7K2M9QXA"),
    unit=units,
    channel=st.sampled_from(Channel),
    matter_kind=kinds,
    urgency=st.sampled_from(Urgency),
    category=st.sampled_from(["", "0204"]),
    place=st.sampled_from(["370323109", "370323109201"]),
    title=texts,
    content=texts,
    came_at=moments,
    due_on=st.sampled_from(["", "2026-11-27"]),
    due_at=due_moments,
    due_provisional=st.booleans(),
    confidential=st.booleans(),
    anonymous=st.booleans(),
    source_level=st.sampled_from(SourceLevel),
    external_due_at=due_moments,
    caller_kind=st.sampled_from(CallerKind),
    concerns=st.lists(st.sampled_from(Concern), max_size=2, unique=True).map(tuple),
    campaign=st.sampled_from(["", "c1"]),
    tags=st.lists(texts, max_size=2).map(tuple),
)
corrections = st.builds(
    f.Corrected,
    reason=texts,
    title=st.none() | texts,
    content=st.none() | texts,
    matter_kind=st.none() | kinds,
    urgency=st.none() | st.sampled_from(Urgency),
    confidential=either,
    person=st.booleans(),
    people=st.none() | st.integers(1, 9),
    grid=st.none() | texts,
    campaign=st.none() | st.sampled_from(["", "c1"]),
)
emergencies = st.builds(
    f.EmergencyTransferred,
    line=st.sampled_from(EmergencyLine),
    handed_at=moments,
    result=st.sampled_from(HandedOver),
    taker=texts,
    three_party=st.booleans(),
    words=texts,
)
taking = st.one_of(
    corrections,
    emergencies,
    st.builds(f.AnsweredAtOnce, answer=texts, article=texts, content=either),
    st.builds(f.PathTold, reason=st.sampled_from(["01", "16"]), words=texts, path=texts, signed=either),
    st.builds(f.MoreAsked, wanted=texts, by=due_moments),
    st.builds(f.MoreGiven, words=texts),
    st.builds(f.Merged, into=orders, reason=texts),
    st.builds(f.RepeatJoined, repeat=orders),
    st.builds(f.Voided, reason=st.sampled_from(VoidReason), words=texts),
)
dispatches = st.builds(
    f.Dispatched,
    agency=units,
    role=st.sampled_from(AssignmentRole),
    due_on=days,
    advice=texts,
    due_at=due_moments,
    sign_by=due_moments,
    contact_by=due_moments,
    reason=texts,
    fallback_rule=st.booleans(),
)
dispatching = st.one_of(
    dispatches,
    st.builds(f.Recalled, agency=units, reason=texts),
    st.builds(f.SendBackAsked, agency=units, reason=st.sampled_from(SendBackReason), basis=texts, words=texts, proposed=units),
    st.builds(f.SendBackDecided, agency=units, approved=st.booleans(), opinion=texts, asked=entries),
)
signatures = st.builds(f.SignedFor, agency=units)
replies = st.builds(
    f.Replied,
    agency=units,
    internal=texts,
    public=texts,
    solved=either,
    genuine=either,
    beyond_duty=either,
    photos=st.lists(hashes, max_size=2).map(tuple),
)
handling = st.one_of(
    signatures,
    replies,
    st.builds(f.ContactMade, agency=units, contacted_at=moments, reached=st.booleans(), words=texts),
    st.builds(f.ExtensionAsked, agency=units, until=days, reason=st.sampled_from(ExtensionReason), words=texts),
    st.builds(
        f.ExtensionDecided,
        agency=units,
        approved=st.booleans(),
        opinion=texts,
        asked=entries,
        due_on=days,
        due_at=due_moments,
        tell_by=due_moments,
    ),
    st.builds(
        f.SuspensionAsked,
        agency=units,
        reason=st.sampled_from(SuspensionReason),
        words=texts,
        resume_when=texts,
        review_on=days,
    ),
    st.builds(
        f.SuspensionDecided,
        agency=units,
        approved=st.booleans(),
        opinion=texts,
        asked=entries,
        review_on=days,
        stops_clock=st.booleans(),
    ),
    st.builds(f.Resumed, agency=units, words=texts, due_on=days, due_at=due_moments),
    st.builds(f.CitizenTold, about=st.sampled_from(Told), told_at=moments, reached=st.booleans(), words=texts, agency=units),
)
finishes = st.builds(f.Finished, outcome=st.sampled_from(Outcome), opinion=texts)
closing = st.one_of(
    finishes,
    st.builds(
        f.Reviewed,
        agency=units,
        passed=st.booleans(),
        opinion=texts,
        due_on=days,
        due_at=due_moments,
        follow_up_by=due_moments,
    ),
    st.builds(f.RedoOrdered, agency=units, opinion=texts, due_on=days, due_at=due_moments),
    st.builds(f.Rated, satisfaction=st.sampled_from(Satisfaction), solved=either, words=texts, rated_at=due_moments),
    st.builds(
        f.FollowedUp,
        result=st.sampled_from(FollowUpResult),
        called_at=moments,
        satisfaction=st.none() | st.sampled_from(Satisfaction),
        words=texts,
        next_try_at=due_moments,
    ),
    st.builds(f.Reopened, reason=texts),
    st.builds(f.Archived, file_number=texts, keep_years=st.integers(0, 30)),
    st.builds(f.Published, title=texts, text=texts, photos=st.lists(hashes, max_size=2).map(tuple)),
)
calling = st.one_of(
    st.builds(
        f.UnitsCalled,
        call=calls,
        caller=units,
        agencies=agencies,
        meet_at=moments,
        meet_where=texts,
        matter=texts,
        handler=texts,
        in_charge=texts,
        chief=texts,
    ),
    st.builds(f.CallAnswered, call=calls, caller=units, agency=units, comes=st.booleans(), words=texts),
    st.builds(f.ArrivalSigned, call=calls, caller=units, agency=units, arrived_at=moments, name=texts, post=texts),
    st.builds(f.SiteFindings, call=calls, caller=units, findings=texts, tasks=st.lists(tasks, max_size=2).map(tuple)),
    st.builds(f.CallScored, call=calls, caller=units, by=units, of=units, score=st.integers(1, 5), words=texts),
    st.builds(f.CallCancelled, call=calls, caller=units, reason=texts),
)
moved = st.builds(
    f.Moved, agency=st.just(AgencyCode("")) | units, before=days, due_on=days, due_at=due_moments, provisional=st.booleans()
)
overseeing = st.one_of(
    st.builds(f.Urged, agency=units, words=texts, by_caller=st.booleans()),
    st.builds(
        f.SupervisionIssued,
        supervision=supervisions,
        cause=st.sampled_from(SupervisionCause),
        agencies=agencies,
        requirement=texts,
        reply_by=moments,
        joint=st.booleans(),
    ),
    st.builds(f.SupervisionReplied, supervision=supervisions, agency=units, words=texts),
    st.builds(f.SupervisionClosed, supervision=supervisions, opinion=texts, withdrawn=st.booleans()),
    st.builds(f.CardShown, agency=units, card=st.sampled_from(Card), cause=texts),
    st.builds(f.CardTakenBack, agency=units, card=st.sampled_from(Card), reason=texts),
    st.builds(f.HardCaseAsked, agency=units, words=texts),
    st.builds(f.HardCaseDecided, agency=units, approved=st.booleans(), opinion=texts, asked=entries),
    st.builds(f.UnreasonableAsked, agency=units, words=texts, basis=texts, evidence=texts),
    st.builds(f.UnreasonableDecided, agency=units, approved=st.booleans(), opinion=texts, asked=entries),
    st.builds(f.AppealAsked, agency=units, against=texts, words=texts, evidence=texts),
    st.builds(f.AppealDecided, agency=units, approved=st.booleans(), opinion=texts, asked=entries),
    st.builds(f.DueRecomputed, calendar=texts, moved=st.lists(moved, max_size=2).map(tuple)),
)
attachments = st.builds(
    f.AttachmentAdded, name=texts, sha256=hashes, size_bytes=st.integers(1, 9), media_type=st.just("image/png")
)
erasures = st.builds(f.WordsErased, entry_id=st.just(EntryId("e-0")), ground=texts, erasure=st.sampled_from(Erasure))
withdrawals = st.builds(f.Withdrawn, entry_id=entries, why=texts)
keeping = st.one_of(attachments, st.builds(f.NoteAdded, text=texts), erasures, withdrawals)
settling = st.builds(
    f.ClashSettled,
    acts=st.tuples(entries, entries),
    matter=st.sampled_from(ClashMatter),
    stands=st.just(EntryId("")) | entries,
    fields=st.dictionaries(st.sampled_from(["title", "urgency", "person"]), st.just(EntryId("")) | entries, max_size=2),
    to_centre=st.booleans(),
)
clusters = st.sampled_from([ClusterId("K1"), ClusterId("K2")])
relating = st.one_of(
    st.builds(f.Linked, other=orders, reason=texts),
    st.builds(f.Unlinked, other=orders, reason=texts),
    st.builds(f.Clustered, cluster=clusters, name=texts),
    st.builds(f.Unclustered, cluster=clusters, reason=texts),
)
foreign = st.builds(Unknown, kind_on_disk=texts, version_on_disk=st.integers(0, 9)) | st.builds(Withheld, kind_on_disk=texts)
facts: st.SearchStrategy[Fact] = st.one_of(
    acceptances, taking, dispatching, handling, closing, calling, overseeing, keeping, settling, relating, foreign
)
"""Each room is as likely as the others: what moves an order from hand to hand is not lost among what watches over it."""
HANDS = ("370323-01", "370323-03", "370323-21")
ASKED: dict[type[Fact], type[Fact]] = {
    f.SendBackDecided: f.SendBackAsked,
    f.ExtensionDecided: f.ExtensionAsked,
    f.SuspensionDecided: f.SuspensionAsked,
    f.HardCaseDecided: f.HardCaseAsked,
    f.UnreasonableDecided: f.UnreasonableAsked,
    f.AppealDecided: f.AppealAsked,
}


def _settles_what_clashes(fact: f.ClashSettled, story: list[Happened], turn: int) -> Fact:
    """About a pair that does clash, where there is one."""
    found = clashes_in(story)
    if not found:
        return fact
    clash = found[turn % len(found)]
    acts = (clash.first, clash.second)
    if clash.fields:
        return replace(fact, acts=acts, fields=dict.fromkeys(clash.fields, acts[turn % 2]))
    return replace(fact, acts=acts, stands=acts[turn % 2])


def _decides_what_was_asked(fact: Fact, told: list[Fact]) -> Fact:
    """The decision on the latest request of its kind, where there is one: by chance alone hardly any would fit."""
    wanted = ASKED.get(type(fact))
    for place in range(len(told) - 1, -1, -1):
        if wanted is not None and isinstance(told[place], wanted):
            agency = getattr(told[place], "agency")  # noqa: B009 - six kinds, all of which have one
            return replace(fact, asked=EntryId(f"e-{place}"), agency=agency)
    return fact


@st.composite
def stories(draw: st.DrawFn, max_size: int = LONGEST_STORY, starts_accepted: bool = False) -> tuple[Happened, ...]:
    """What several stations wrote of one order, in an agreed order that need make no sense, by clocks that need not agree."""
    told = draw(st.lists(facts, max_size=max_size))
    if starts_accepted:
        told = [draw(acceptances), *told]
    story: list[Happened] = []
    for place, fact in enumerate(told):
        if type(fact) in ASKED and draw(st.booleans()):
            told[place] = fact = _decides_what_was_asked(fact, told[:place])  # noqa: PLW2901
        if isinstance(fact, f.ClashSettled) and draw(st.booleans()):
            fact = _settles_what_clashes(fact, story, draw(st.integers(0, 9)))  # noqa: PLW2901
        basis = draw(st.none() | st.integers(0, place)) if place else None
        station = StationId("370323-03" if starts_accepted and place == 0 else draw(st.sampled_from(HANDS)))
        story.append(
            Happened(
                entry_id=EntryId(f"e-{place}"),
                fact=fact,
                station=station,
                life=Life(draw(st.sampled_from("AB"))),
                serial=place + 1,
                officer=OfficerId("0301 受理员甲"),
                recorded_at=draw(moments),
                basis=None if basis is None else EntryId(f"e-{basis}" if basis < place else "e-not-here"),
                person=draw(st.none() | people),
            )
        )
    return tuple(story)

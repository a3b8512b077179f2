"""Strategies: any fact, and any story of one order by several hands, in any order, with any basis."""

from __future__ import annotations

from hypothesis import strategies as st

from county_hotline.domain.facts import (
    Accepted,
    AttachmentAdded,
    Corrected,
    Dispatched,
    Fact,
    Finished,
    NoteAdded,
    Person,
    Replied,
    SignedFor,
    Unknown,
    Withheld,
    WordsErased,
)
from county_hotline.domain.happened import Happened
from county_hotline.domain.vocabulary import AssignmentRole, Channel, Erasure, MatterKind, Outcome, Urgency
from county_hotline.ids import AgencyCode, EntryId, Life, Number, OfficerId, StationId

NUMBER = Number("370323-03A-261121-0007X")
UNITS = tuple(AgencyCode(code) for code in ("370323D01", "370323D04", "370323109"))

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
people = st.builds(Person, name=texts, phone=texts, address=texts, id_number=texts)
units = st.sampled_from(UNITS)
kinds = st.sampled_from(MatterKind)
acceptances = st.builds(
    Accepted,
    query_code=st.just("7K2M9QXA"),
    unit=units,
    channel=st.sampled_from(Channel),
    matter_kind=kinds,
    category=st.sampled_from(["", "0204"]),
    place=st.sampled_from(["370323109", "370323109201"]),
    title=texts,
    content=texts,
    came_at=st.integers(0, 2**41),
    due_on=st.sampled_from(["", "2026-11-27"]),
    confidential=st.booleans(),
)
corrections = st.builds(
    Corrected,
    reason=texts,
    title=st.none() | texts,
    content=st.none() | texts,
    matter_kind=st.none() | kinds,
    urgency=st.none() | st.sampled_from(Urgency),
    confidential=st.none() | st.booleans(),
    person=st.booleans(),
)
dispatches = st.builds(
    Dispatched, agency=units, role=st.sampled_from(AssignmentRole), due_on=st.sampled_from(["", "2026-11-27"]), advice=texts
)
signatures = st.builds(SignedFor, agency=units)
replies = st.builds(Replied, agency=units, internal=texts, public=texts, solved=st.none() | st.booleans())
finishes = st.builds(Finished, outcome=st.sampled_from(Outcome), opinion=texts)
attachments = st.builds(
    AttachmentAdded,
    name=texts,
    sha256=st.sampled_from(["a" * 64, "b" * 64]),
    size_bytes=st.integers(1, 9),
    media_type=st.just("image/png"),
)
erasures = st.builds(WordsErased, entry_id=st.just(EntryId("e-0")), ground=texts, erasure=st.sampled_from(Erasure))
foreign = st.builds(Unknown, kind_on_disk=texts, version_on_disk=st.integers(0, 9)) | st.builds(Withheld, kind_on_disk=texts)
facts: st.SearchStrategy[Fact] = st.one_of(
    acceptances,
    corrections,
    dispatches,
    signatures,
    replies,
    finishes,
    attachments,
    st.builds(NoteAdded, text=texts),
    erasures,
    foreign,
)


@st.composite
def stories(draw: st.DrawFn, max_size: int = 14, starts_accepted: bool = False) -> tuple[Happened, ...]:
    """What several stations wrote of one order, in an agreed order that need make no sense."""
    told = draw(st.lists(facts, max_size=max_size))
    if starts_accepted:
        told = [draw(acceptances), *told]
    story: list[Happened] = []
    for place, fact in enumerate(told):
        basis = draw(st.none() | st.integers(0, place)) if place else None
        hands = ["370323-01", "370323-03", "370323-21"]
        station = StationId("370323-03" if starts_accepted and place == 0 else draw(st.sampled_from(hands)))
        story.append(
            Happened(
                entry_id=EntryId(f"e-{place}"),
                fact=fact,
                station=station,
                life=Life(draw(st.sampled_from("AB"))),
                serial=place + 1,
                officer=OfficerId("0301 受理员甲"),
                recorded_at=draw(st.integers(0, 2**41)),
                basis=None if basis is None else EntryId(f"e-{basis}" if basis < place else "e-not-here"),
                person=draw(st.none() | people),
            )
        )
    return tuple(story)

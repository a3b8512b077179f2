"""A work order as it stands: what the fold of its story (see `folding`) answers, and what can be asked of it."""

from __future__ import annotations

import msgspec

from county_hotline.domain.civil_time import civil, ends_at
from county_hotline.domain.clashes import Clash
from county_hotline.domain.facts import Accepted, AttachmentAdded, Person
from county_hotline.domain.standing_parts import (
    NOTHING_CLOSED,
    NOTHING_TAKEN,
    NOTHING_WATCHED,
    Application,
    Assignment,
    Call,
    Closing,
    Cluster,
    Oversight,
    Taking,
    ToldCitizen,
    ToTell,
)
from county_hotline.domain.vocabulary import ENDED, Ask, AssignmentRole, AssignmentState, Outcome, Satisfaction, Stage
from county_hotline.ids import AgencyCode, EntryId, Number, OfficerId, StationId

ASKING = {Ask.SEND_BACK: AssignmentState.ASKS_BACK, Ask.EXTENSION: AssignmentState.ASKS_EXTENSION}
"""Applications that are said in the place of the unit's own state while they are open."""


class WorkOrder(msgspec.Struct, frozen=True):
    """工单 as the journal tells it so far. `accepted` is None while its acceptance is not here (or its words are erased)."""

    number: Number
    stage: Stage = Stage.UNREAD
    accepted: Accepted | None = None
    """With corrections laid over it."""
    person: Person | None = None
    station: StationId | None = None
    """Where it was accepted."""
    officer: OfficerId | None = None
    accepted_at: int = 0
    """When that was, as it counts (UTC ms; see `counted_time`)."""
    clocked_at: int = 0
    """When that was by the clock of the PC it was accepted at (UTC ms): the date it estimated was counted from here."""
    assignments: tuple[Assignment, ...] = ()
    """Every round there was, in the order of dispatch."""
    attachments: tuple[AttachmentAdded, ...] = ()
    outcome: Outcome | None = None
    opinion: str = ""
    finished_at: int | None = None
    """When it ended, in whichever way."""
    ended: Stage | None = None
    """How it ended (one of `ENDED`), while it is ended."""
    taking: Taking = NOTHING_TAKEN
    applications: tuple[Application, ...] = ()
    calls: tuple[Call, ...] = ()
    told: tuple[ToldCitizen, ...] = ()
    to_tell: tuple[ToTell, ...] = ()
    closing: Closing = NOTHING_CLOSED
    oversight: Oversight = NOTHING_WATCHED
    links: tuple[Number, ...] = ()
    """关联 as this order's own story says; another's may name this one without this one naming it (see `db.tables.relations`)."""
    cluster: Cluster | None = None
    """同一事项."""
    clashes: tuple[Clash, ...] = ()
    """待核对: what two people did without seeing each other and which cannot simply both hold."""
    erased: bool = False
    """The words of its acceptance were erased by law: what it was about is known to nobody any more."""
    entries: int = 0
    last_entry: EntryId | None = None
    touched_at: int = 0

    @property
    def lead(self) -> Assignment | None:
        """牵头单位's round, the latest one; also a fallback that leads by rule."""
        return next((a for a in reversed(self.assignments) if a.role is not AssignmentRole.HELPER), None)

    @property
    def live(self) -> tuple[Assignment, ...]:
        """Rounds of units that still have to do with it."""
        return tuple(a for a in self.assignments if a.is_live)

    @property
    def due_on(self) -> str:
        """办理期限 in force: the lead's, else the estimate of acceptance; an upper level's tighter limit counts before both. Empty where
        none is known."""
        above = self.accepted.external_due_at if self.accepted else 0
        ours = self._our_limit
        if above and (not ours or above < ends_at(ours.due_on, ours.due_at)):
            return civil(above - 1).date().isoformat()  # what ends at midnight ends with the day before
        return ours.due_on if ours else ""

    @property
    def due_at(self) -> int:
        """The moment `due_on` ends, UTC ms; 0 where none is known. An upper level's tighter limit counts before ours. Where only the
        day was written down (as release 0.1.0 did), it ends with the day."""
        ours = ends_at(self._our_limit.due_on, self._our_limit.due_at) if self._our_limit else 0
        above = self.accepted.external_due_at if self.accepted else 0
        return min(at for at in (ours, above) if at) if ours or above else 0

    @property
    def _our_limit(self) -> Assignment | Accepted | None:
        """Where our own limit is written: with the lead's round, else with the acceptance; None where there is none."""
        whose = self.lead if self.lead is not None and self.lead.due_on else self.accepted
        return whose if whose and whose.due_on else None

    @property
    def is_confidential(self) -> bool:
        return self.accepted is not None and self.accepted.confidential

    @property
    def is_ended(self) -> bool:
        """Whether nothing is waited for any more."""
        return self.stage in ENDED

    @property
    def returns(self) -> int:
        """退回次数: how often a unit was let go."""
        return sum(a.state is AssignmentState.RETURNED for a in self.assignments)

    def round_of(self, agency: AgencyCode) -> Assignment | None:
        """The agency's present round: its latest one that is live."""
        return next((a for a in reversed(self.assignments) if a.agency == agency and a.is_live), None)

    def open_application(self, agency: AgencyCode | None = None, ask: Ask | None = None) -> Application | None:
        """The first 申请 not decided yet, of this agency and kind where given."""
        return next((a for a in self.applications if a.is_open and agency in (None, a.agency) and ask in (None, a.ask)), None)

    def state_of(self, assignment: Assignment) -> AssignmentState:
        """承办状态 as it is shown: an open request to be let go or for more time comes before the work's own state."""
        if assignment.is_working and assignment is self.round_of(assignment.agency):
            for ask, state in ASKING.items():
                if self.open_application(assignment.agency, ask):
                    return state
        return assignment.state

    @property
    def satisfaction(self) -> Satisfaction | None:
        """The caller's last word, from a rating or a call back; None where there was none, or it does not count (不合理诉求)."""
        if self.oversight.unreasonable:
            return None
        called = [f.satisfaction for f in self.closing.follow_ups if f.satisfaction is not None]
        rated = [r.satisfaction for r in self.closing.ratings]
        words = called or rated
        return words[-1] if words else None

    @property
    def reaches_nobody(self) -> bool:
        """Whether it is known here that there is nobody who could be told: an anonymous caller who left no number. Not part of the fold,
        which is the same at stations from which a confidential caller is kept."""
        return self.accepted is not None and self.accepted.anonymous and self.person is not None and not self.person.phone

    @property
    def has_answer(self) -> bool:
        """有诉必理: whether the caller got an answer, a told path, a hand-over, or a unit that has it."""
        taking = self.taking
        return bool(self.assignments or taking.answered or taking.path or taking.emergencies or taking.merged_into)

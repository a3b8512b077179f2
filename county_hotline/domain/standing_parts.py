"""What a work order consists of beside its acceptance: rounds, requests for a decision, calls, supervisions. Values, folded elsewhere."""

from __future__ import annotations

import msgspec

from county_hotline.domain.civil_time import ends_at
from county_hotline.domain.facts import (
    AnsweredAtOnce,
    EmergencyTransferred,
    FollowedUp,
    MoreAsked,
    PathTold,
    Published,
    Rated,
    Task,
    UnitsCalled,
)
from county_hotline.domain.vocabulary import Ask, AssignmentRole, AssignmentState, Card, SupervisionCause, Told
from county_hotline.ids import AgencyCode, ClusterId, EntryId, Number, OfficerId


class Cluster(msgspec.Struct, frozen=True):
    """同一事项 an order belongs to."""

    cluster: ClusterId
    name: str


class Assignment(msgspec.Struct, frozen=True):
    """派单一轮: one agency's share of the order. `state` is where the work stands; what is asked of the centre besides stands in
    the order's applications (see `WorkOrder.state_of`)."""

    agency: AgencyCode
    role: AssignmentRole
    state: AssignmentState
    due_on: str
    dispatched_at: int
    advice: str = ""
    signed_at: int | None = None
    signer: OfficerId | None = None
    replied_at: int | None = None
    internal: str = ""
    public: str = ""
    solved: bool | None = None
    due_at: int = 0
    sign_by: int = 0
    contact_by: int = 0
    reason: str = ""
    """改派原因 or the opinion of a redo."""
    basis: str = ""
    contacted_at: int | None = None
    """When the caller was first reached."""
    contact_tries: int = 0
    genuine: bool | None = None
    beyond_duty: bool | None = None
    unsolved_reason: str = ""
    signed_off_by: str = ""
    photos: tuple[str, ...] = ()
    reviewed_at: int | None = None
    opinion: str = ""
    """审核意见."""
    ended_at: int | None = None
    """When the unit let go of it: returned, recalled, moved to another."""
    extensions: int = 0
    suspended_at: int | None = None
    review_on: str = ""
    resume_when: str = ""
    redo: int = 0
    """How many times it was given back to be done again."""

    @property
    def ends_at(self) -> int:
        """The moment its limit ends, UTC ms; 0 where none is known."""
        return ends_at(self.due_on, self.due_at)

    @property
    def is_live(self) -> bool:
        """Whether the unit still has to do with it."""
        return self.state not in (AssignmentState.WITHDRAWN, AssignmentState.RETURNED)

    @property
    def is_working(self) -> bool:
        """Whether the unit has yet to sign or to reply."""
        return self.state in WORKING


WORKING = frozenset({AssignmentState.TO_SIGN, AssignmentState.IN_HAND, AssignmentState.SUSPENDED, AssignmentState.REDO})


class Application(msgspec.Struct, frozen=True):
    """申请 of a unit, and what the centre decided."""

    entry_id: EntryId
    """The entry that asked."""
    ask: Ask
    agency: AgencyCode
    asked_at: int
    officer: OfficerId
    words: str = ""
    reason: str = ""
    """Value of the reason list, where the kind has one."""
    basis: str = ""
    wanted: str = ""
    """What is asked for: a day (extension, suspension), a unit (send back), what not to count (appeal)."""
    decided_at: int | None = None
    approved: bool | None = None
    opinion: str = ""
    decider: OfficerId | None = None

    @property
    def is_open(self) -> bool:
        return self.decided_at is None


class Urge(msgspec.Struct, frozen=True):
    """催办, one."""

    agency: AgencyCode
    urged_at: int
    by_caller: bool
    words: str = ""


class Supervision(msgspec.Struct, frozen=True):
    """督办, one, with its answers."""

    supervision: str
    cause: SupervisionCause
    agencies: tuple[AgencyCode, ...]
    requirement: str
    reply_by: int
    issued_at: int
    copied_to: str = ""
    joint: bool = False
    replies: tuple[tuple[AgencyCode, int, str], ...] = ()
    closed_at: int | None = None
    opinion: str = ""
    withdrawn: bool = False

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    @property
    def waiting_for(self) -> tuple[AgencyCode, ...]:
        """Units that have not answered yet."""
        answered = {agency for agency, _, _ in self.replies}
        return tuple(agency for agency in self.agencies if agency not in answered)


class Warned(msgspec.Struct, frozen=True):
    """亮牌, one."""

    agency: AgencyCode
    card: Card
    shown_at: int
    cause: str
    taken_back_at: int | None = None


class Arrival(msgspec.Struct, frozen=True):
    """报到, one unit."""

    agency: AgencyCode
    arrived_at: int
    name: str
    post: str = ""


class Score(msgspec.Struct, frozen=True):
    """互评, one."""

    by: AgencyCode
    of: AgencyCode
    score: int
    words: str = ""


class Call(msgspec.Struct, frozen=True):
    """呼叫, one, kept whole."""

    called: UnitsCalled
    called_at: int
    answers: tuple[tuple[AgencyCode, bool, str], ...] = ()
    arrivals: tuple[Arrival, ...] = ()
    findings: str = ""
    tasks: tuple[Task, ...] = ()
    found_at: int | None = None
    scores: tuple[Score, ...] = ()
    cancelled: str = ""
    """Why, where it was cancelled."""

    @property
    def name(self) -> tuple[AgencyCode, str]:
        """Which call of which unit."""
        return self.called.caller, self.called.call

    @property
    def is_open(self) -> bool:
        """Whether findings are still to come."""
        return self.found_at is None and not self.cancelled

    @property
    def absent(self) -> tuple[AgencyCode, ...]:
        """Called units nobody came for."""
        came = {arrival.agency for arrival in self.arrivals}
        return tuple(agency for agency in self.called.agencies if agency not in came)

    def missing_scores(self) -> tuple[tuple[AgencyCode, AgencyCode], ...]:
        """Pairs (by, of) still to be given: the caller scores each called unit, each that came scores the caller."""
        if self.found_at is None:
            return ()
        caller = self.called.caller
        came = {arrival.agency for arrival in self.arrivals}
        pairs = [(caller, agency) for agency in self.called.agencies]
        pairs += [(agency, caller) for agency in self.called.agencies if agency in came]
        given = {(score.by, score.of) for score in self.scores}
        return tuple(pair for pair in pairs if pair not in given)


class ToldCitizen(msgspec.Struct, frozen=True):
    """告知诉求人, one."""

    about: Told
    told_at: int
    reached: bool
    words: str
    agency: AgencyCode


class ToTell(msgspec.Struct, frozen=True):
    """Something the caller must be told and was not yet."""

    about: Told
    agency: AgencyCode
    since: int
    by: int


class Taking(msgspec.Struct, frozen=True):
    """受理 beside the acceptance: hand-overs, answer, told path, what is asked of the caller, repeats."""

    emergencies: tuple[EmergencyTransferred, ...] = ()
    answered: AnsweredAtOnce | None = None
    path: PathTold | None = None
    asked: MoreAsked | None = None
    """Open: not answered by the caller yet."""
    asked_at: int = 0
    supplements: tuple[tuple[int, str], ...] = ()
    """(when, words)."""
    merged_into: Number | None = None
    repeats: tuple[Number, ...] = ()
    """Orders that go on as part of this one."""


class Closing(msgspec.Struct, frozen=True):
    """回复以后."""

    follow_up_by: int = 0
    """回访时限 set by the review; 0: nobody is to be called back, or it is done."""
    follow_ups: tuple[FollowedUp, ...] = ()
    ratings: tuple[Rated, ...] = ()
    dissatisfied: bool = False
    """The caller's last word was that they are not satisfied, and nothing was done about it yet."""
    redo: int = 0
    reopened: int = 0
    reasons: tuple[str, ...] = ()
    """Why it was opened again."""
    archived_at: int | None = None
    file_number: str = ""
    published: Published | None = None


class Oversight(msgspec.Struct, frozen=True):
    """What watches over the handling."""

    urges: tuple[Urge, ...] = ()
    supervisions: tuple[Supervision, ...] = ()
    cards: tuple[Warned, ...] = ()
    hard_case: bool = False
    unreasonable: bool = False
    """认定不合理: left out of satisfaction."""
    calendar: str = ""
    """Version of the calendar its dates were last counted again by."""


NOTHING_TAKEN = Taking()
NOTHING_CLOSED = Closing()
NOTHING_WATCHED = Oversight()

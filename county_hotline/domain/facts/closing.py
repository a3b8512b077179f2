"""审核、评价、回访、重办、办结、归档: from a unit's reply to the end."""

from __future__ import annotations

from typing import ClassVar

from county_hotline.domain.facts.ground import Fact
from county_hotline.domain.vocabulary import Channel, FollowUpResult, Outcome, Satisfaction
from county_hotline.ids import AgencyCode


class Reviewed(Fact, frozen=True, omit_defaults=True, rename="camel"):
    """审核: the centre lets a unit's reply stand, or gives it back to be done again."""

    kind: ClassVar[str] = "work_order.reviewed"

    agency: AgencyCode
    passed: bool
    opinion: str = ""
    due_on: str = ""
    """Until when it must be done again, where it was given back and the pack has a limit for that."""
    due_at: int = 0
    follow_up_by: int = 0
    """回访时限, UTC ms; 0: nobody is to be called back."""


class RedoOrdered(Fact, frozen=True, omit_defaults=True, rename="camel"):
    """重办 (二次办理): a new round for the unit, same number."""

    kind: ClassVar[str] = "work_order.redo_ordered"

    agency: AgencyCode
    opinion: str
    due_on: str = ""
    due_at: int = 0


class Rated(Fact, frozen=True, omit_defaults=True, rename="camel"):
    """评价, by the caller."""

    kind: ClassVar[str] = "work_order.rated"

    satisfaction: Satisfaction
    solved: bool | None = None
    words: str = ""
    channel: Channel = Channel.VISIT
    rated_at: int = 0
    """When the caller said so, UTC ms; 0: when it was written down."""


class FollowedUp(Fact, frozen=True, omit_defaults=True, rename="camel"):
    """回访, one try. Unreachable is not dissatisfied."""

    kind: ClassVar[str] = "work_order.followed_up"

    result: FollowUpResult
    called_at: int
    """UTC ms."""
    contacted: bool | None = None
    """工作人员是否联系过."""
    genuine: bool | None = None
    """办理情况是否属实."""
    solved: bool | None = None
    satisfaction: Satisfaction | None = None
    words: str = ""
    next_try_at: int = 0
    """When to try again, UTC ms; 0: no more tries."""


class Reopened(Fact, frozen=True, omit_defaults=True, rename="camel"):
    """重新打开: what was ended goes on."""

    kind: ClassVar[str] = "work_order.reopened"

    reason: str


class Finished(Fact, frozen=True, omit_defaults=True, rename="camel"):
    """办结: the centre has checked the reply and closes the order."""

    kind: ClassVar[str] = "work_order.finished"

    outcome: Outcome
    opinion: str = ""


class Archived(Fact, frozen=True, omit_defaults=True, rename="camel"):
    """归档."""

    kind: ClassVar[str] = "work_order.archived"

    file_number: str = ""
    """卷号."""
    keep_years: int = 0
    """保存年限; 0: 永久."""


class Published(Fact, frozen=True, omit_defaults=True, rename="camel"):
    """公开: the text anybody may read, by the caller's wish and the centre's decision."""

    kind: ClassVar[str] = "work_order.published"

    title: str
    text: str
    photos: tuple[str, ...] = ()
    """SHA-256 of attachments without persons."""

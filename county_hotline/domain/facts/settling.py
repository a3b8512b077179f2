"""待核对定下: what a person decided of two acts done unseen by each other."""

from __future__ import annotations

from typing import ClassVar

from county_hotline.domain.facts.ground import Fact
from county_hotline.domain.vocabulary import ClashMatter
from county_hotline.ids import EntryId


class ClashSettled(Fact, frozen=True, omit_defaults=True, rename="camel"):
    """定下 (or, `to_centre`, 请县中心定): which of two clashing acts stands. Both acts stay in the journal; what is to follow from it
    stands in ordinary facts beside this one."""

    kind: ClassVar[str] = "work_order.clash_settled"

    acts: tuple[EntryId, EntryId]
    """The two acts, in the order of their ids."""
    matter: ClashMatter
    """What the settler holds it to be about; where it is about more than that, this settles nothing."""
    stands: EntryId = EntryId("")
    """Whose act stands; empty where both do, or where it is said field by field."""
    fields: dict[str, EntryId] = {}
    """Of two corrections: whose value of each field stands; an empty id where a new one was written beside this."""
    reason: str = ""
    to_centre: bool = False
    """Nothing is settled: it is left to the centre."""

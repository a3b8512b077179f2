"""What helps while a form is filled in."""

from __future__ import annotations

import msgspec


class Caution(msgspec.Struct, frozen=True):
    """Something worth a second look that never blocks: `code` is a wording key below `warning.`, `field` where it stands."""

    field: str
    code: str
    details: dict[str, str] = {}


class Draft(msgspec.Struct, frozen=True):
    """An unfinished form, kept while it is typed."""

    key: str
    saved_at: int
    body: bytes
    """The form as JSON."""


class Phrase(msgspec.Struct, frozen=True):
    """模板与常用语, one. `【…】` in its text is a blank to fill in; 0 is a new one."""

    phrase: int
    title: str
    text: str
    own: bool = True
    """The officer's, not the station's."""

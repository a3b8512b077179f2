"""Deeds as buttons in the foot of a page: the main one at F9, the others at keys of their own, grey ones with their reason beside."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from county_hotline.ui import theme
from county_hotline.ui.telling.deeds import DeedTold
from county_hotline.ui.widgets.acts import Act, ActKind, ActRow
from county_hotline.wording import say

OPEN = "open"
"""The deed that Enter does in the list itself."""


def deed_act(wording: str, deed: DeedTold, keys: tuple[str, str, str], do: Callable[[], None], *, is_main: bool) -> Act:
    """`keys`: the Tk key, as a person reads it, and the sign beside it where it is the main one."""
    key, shown, icon = keys
    if is_main:
        return Act(wording, do, "<F9>", "F9", icon=icon, kind=ActKind.MAIN, why_not=deed.why)
    return Act(wording, do, "" if deed.why else key, say("register.enter") if deed.name == OPEN else shown, why_not=deed.why)


def show_deeds(foot: ActRow, acts: Sequence[Act], deeds: Sequence[DeedTold], *, said: str = "", ink: str = "") -> None:
    """`acts` begin with those of `deeds`, in their order; the first reason (else `said`) stands beside them."""
    foot.show(acts)
    for act, deed in zip(acts, deeds, strict=False):
        if deed.why:
            foot.button(act.wording).forbid(forbidden=True)
    foot.say(next((deed.why for deed in deeds if deed.why), said), ink=ink or theme.INK3)

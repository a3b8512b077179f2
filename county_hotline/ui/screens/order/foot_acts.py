"""What may be done to an order, as acts for the foot, for the keys and for 找命令."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from county_hotline.ui.screens.order.acts import KEYS, ActTold, FootTold
from county_hotline.ui.screens.order.telling import OrderTold
from county_hotline.ui.widgets.acts import Act, ActKind

_ICONS = {
    "dispatch": "send-fill", "sign_for": "inbox-fill", "reply": "pencil-square", "finish": "check-circle-fill", "note": "sticky",
    "review": "eye-fill", "follow_up": "telephone-fill", "urge": "megaphone-fill", "make_contact": "telephone-fill",
    "redo": "arrow-repeat", "give_more": "chat-left-text-fill", "tell_citizen": "telephone-outbound-fill", "resume": "play-circle-fill",
    "answer_call": "person-walking", "find": "clipboard-check-fill", "score_call": "star-half",
    "answer_supervision": "flag-fill", "close_supervision": "flag-fill",
}  # fmt: skip


class FootActs:
    """`open_act` is told which act was chosen, by name."""

    def __init__(self, open_act: Callable[[str], None]) -> None:
        self._open = open_act

    def in_sight(self, foot: FootTold) -> list[Act]:
        """The next step, then the others that stand at the foot."""
        return [*self._main(foot), *(self._act(act) for act in foot.others)]

    def keyed(self, told: OrderTold) -> list[Act]:
        """Whatever has a key of its own now."""
        foot = told.foot
        keyed = [self._act(act) for act in foot.doable() if act.name in KEYS]
        if told.may_unmask and not any(act.name == "unmask" for act in foot.doable()):
            keyed.append(Act("order.unmask", partial(self._open, "unmask"), *KEYS["unmask"]))
        return [*self._main(foot), *keyed]

    def everything(self, foot: FootTold) -> list[Act]:
        """Every act of the order for 找命令, what cannot be done with its reason."""
        acts = [act for room in foot.rooms for act in room.acts]
        return [
            Act(f"act.{act.name}", partial(self._open, act.name), shown=KEYS.get(act.name, ("", ""))[1], why_not=act.why)
            for act in acts
        ]

    def _main(self, foot: FootTold) -> list[Act]:
        return [self._act(foot.main, is_main=True)] if foot.main else []

    def _act(self, told: ActTold, *, is_main: bool = False) -> Act:
        key, shown = ("<F9>", "F9") if is_main else KEYS.get(told.name, ("", ""))
        return Act(
            "order.act",
            partial(self._open, told.name),
            key,
            shown,
            _ICONS.get(told.name, "check-lg") if is_main else "",
            ActKind.MAIN if is_main else ActKind.ACT,
            {"act": told.words},
        )

"""What each step of 首次设置 asks, as fields. No Tk."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from county_hotline.desk import setting_up
from county_hotline.desk.setting_up import BY_CODE, BY_FOLDER, Begun, SetUp
from county_hotline.domain.vocabulary import StationRole
from county_hotline.settings import SLIP_PAPER, UI_CONTRAST, UI_SIZE, Settings
from county_hotline.ui.telling.reading import FieldTold
from county_hotline.wording import say, word

ROLES = (StationRole.HALL, StationRole.CENTRE, StationRole.AGENCY)
SOURCES = ("sample", BY_CODE, BY_FOLDER)


def fields(step: str, answers: Begun, here: SetUp, settings: Settings) -> tuple[FieldTold, ...]:
    """The step's fields with what was answered before."""
    match step:
        case "pc":
            roles = tuple((role.value, word(role)) for role in ROLES)
            sources = tuple((source, say(f"setup.source.{source}")) for source in SOURCES)
            return (
                FieldTold("role", say("setup.role"), "choice", answers.role.value, choices=roles),
                FieldTold(
                    "source", say("setup.source"), "choice", answers.source, hint=say("setup.source.hint"), choices=sources
                ),
            )
        case "station" if answers.source == BY_CODE:
            return _joining(answers)
        case "station":
            return _station(answers)
        case "accounts":
            hint = "" if not here.accounts else say("setup.accounts.again")
            return (
                FieldTold("password", say("setup.password"), "secret", hint=hint, is_required=not here.accounts, width=220),
                FieldTold("again", say("setup.password.again"), "secret", is_required=not here.accounts, width=220),
            )
        case "paper":
            return (
                _setting(
                    "paper", say("setting.slip.paper"), settings.value(SLIP_PAPER), SLIP_PAPER.wording, SLIP_PAPER.choices
                ),
            )
        case "screen":
            return (
                _setting("size", say("setting.ui.size"), settings.value(UI_SIZE), UI_SIZE.wording, UI_SIZE.choices),
                _setting(
                    "contrast",
                    say("setting.ui.contrast"),
                    settings.value(UI_CONTRAST),
                    UI_CONTRAST.wording,
                    UI_CONTRAST.choices,
                ),
            )
    return ()


def answered(step: str, answers: Begun, typed: Mapping[str, str]) -> Begun:
    """The answers with what was typed in this step; passwords, codes and settings are no answers that are kept."""
    text = {name: value.strip() for name, value in typed.items()}
    match step:
        case "pc":
            changed = {"role": StationRole(text["role"]), "source": text["source"]}
            if changed != {"role": answers.role, "source": answers.source}:
                changed |= {"station": "", "unit": "", "desk": "", "phone": ""}
            return msgspec.structs.replace(answers, **changed)
        case "station":
            kept = {
                name: value
                for name, value in text.items()
                if name in ("folder", "url", "hub_id", "station", "unit", "desk", "phone")
            }
            return msgspec.structs.replace(answers, **kept)
    return answers


def missing(step: str, answers: Begun, typed: Mapping[str, str], here: SetUp) -> tuple[str, str]:
    """The field that keeps the step from being done, and why; two empty words where none does."""
    needed: tuple[str, ...] = ()
    if step == "station":
        needed = {BY_CODE: ("url", "code"), BY_FOLDER: ("folder", "station")}.get(answers.source, ("station",))
    empty = next((name for name in needed if not typed.get(name, "").strip()), "")
    if empty:
        return empty, say("setup.needed", what=say(f"setup.{empty}"))
    if step == "accounts" and (typed["password"] or not here.accounts):
        if not typed["password"]:
            return "password", say("setup.needed", what=say("setup.password"))
        if typed["password"] != typed["again"]:
            return "again", say("setup.not_the_same")
    return "", ""


def _joining(answers: Begun) -> tuple[FieldTold, ...]:
    return (
        FieldTold("url", say("setup.url"), value=answers.url, hint=say("setup.url.hint"), is_required=True),
        FieldTold("code", say("setup.code"), hint=say("setup.code.hint"), is_required=True, width=220),
        FieldTold("hub_id", say("setup.hub_id"), value=answers.hub_id, hint=say("setup.hub_id.hint")),
    )


def _station(answers: Begun) -> tuple[FieldTold, ...]:
    known = setting_up.listed(answers.role, answers.county)
    card = next((each for each in known if each.station.endswith(answers.station or "?")), known[0] if known else None)
    desk, phone = (card.desk, card.phone) if card is not None else ("", "")
    contact = (
        FieldTold("desk", say("setup.desk"), value=answers.desk or desk, hint=say("setup.desk.hint"), width=160),
        FieldTold(
            "phone", say("setup.phone"), value=answers.phone or phone, hint=say("setup.phone.hint"), width=200, is_beside=True
        ),
    )
    if answers.source != BY_FOLDER:
        choices = tuple((each.station[-2:], f"{each.station[-2:]}  {each.unit_name}") for each in known)
        value = card.station[-2:] if card is not None else ""
        return (
            FieldTold("station", say("setup.station"), "choice", value, choices=choices, width=360, is_required=True),
            *contact,
        )
    return (
        FieldTold("folder", say("setup.folder"), value=answers.folder, hint=say("setup.folder.hint"), is_required=True),
        FieldTold(
            "station", say("setup.station"), value=answers.station, hint=say("setup.station.hint"), width=120, is_required=True
        ),
        FieldTold("unit", say("setup.unit"), value=answers.unit, hint=say("setup.unit.hint")),
        *contact,
    )


def _setting(name: str, label: str, value: str, wording: str, choices: tuple[str, ...]) -> FieldTold:
    return FieldTold(name, label, "choice", value, choices=tuple((choice, say(f"{wording}.{choice}")) for choice in choices))

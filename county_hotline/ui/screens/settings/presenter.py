"""设置 without Tk: made from the declarations; a choice is saved at once; the record is proved on demand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from county_hotline.background import Runner
from county_hotline.domain import pinyin
from county_hotline.domain.reference import StationCard
from county_hotline.domain.views import VerifyReport
from county_hotline.errors import HotlineError, Refusal
from county_hotline.settings import SETTINGS, UI_CONTRAST, UI_SIZE, Plain, Setting
from county_hotline.ui.screens.settings.work import SettingsWork
from county_hotline.wording import problem, say, sentence, word

if TYPE_CHECKING:
    from county_hotline.desk.upkeep import About

PROBLEMS_SAID = 5
GROUPS = {
    "slip": "settings.group.slip",
    "ui": "settings.group.screen",
    "sync": "settings.group.sync",
    "overview": "ui.page.overview",
    "card": "ui.page.intake",
    "idle_lock": "settings.group.safety",
}
"""Under which head a setting stands, by the first part of its key."""


@dataclass(frozen=True, slots=True)
class SettingTold:
    """One setting as the page shows it. `kind`: choice, tick, number."""

    key: str
    label: str
    kind: str
    value: str
    group: str
    choices: tuple[tuple[str, str], ...] = ()
    hint: str = ""
    """Its range."""
    default: str = ""
    """As shipped, as it would be typed."""
    default_words: str = ""


@dataclass(frozen=True, slots=True)
class VerdictTold:
    """What the proof found."""

    tone: str
    head: str
    words: str


class SettingsScreen(Protocol):
    """What the presenter needs of the view."""

    def show(self, settings: tuple[SettingTold, ...]) -> None:
        """Every setting."""
        ...

    def saved(self, key: str) -> None:
        """A sign that it is kept."""
        ...

    def wrong(self, key: str, words: str) -> None:
        """A sentence beside it; nothing was changed."""
        ...

    def show_about(self, lines: tuple[tuple[str, str], ...]) -> None:
        """关于."""
        ...

    def show_verifying(self, *, yes: bool) -> None:
        """While the record is proved."""
        ...

    def show_progress(self, done: int, total: int) -> None:
        """How far the proof is."""
        ...

    def show_verdict(self, told: VerdictTold) -> None:
        """What came of it."""
        ...

    def change_size(self, size: str) -> None:
        """字号 is the window's: every page is built again."""
        ...

    def change_contrast(self, contrast: str) -> None:
        """高对比 is the window's too."""
        ...

    def fail(self, fault: Exception) -> None:
        """Say a failure."""
        ...


class SettingsPresenter:
    """One line a setting."""

    def __init__(self, view: SettingsScreen, work: SettingsWork, runner: Runner, *, version: str) -> None:
        self._view, self._work, self._runner = view, work, runner
        self._version = version
        self._is_verifying = self._is_stopped = False
        self._wanted = ""

    def shown(self) -> None:
        """In front now."""
        self._runner.run(self._work.values, self._valued, self._view.fail)
        self._runner.run(self._work.about, self._told_about, self._view.fail)

    def change(self, key: str, typed: str) -> None:
        """What a person chose or typed."""
        setting = _named(key)
        value = _value(setting, typed)
        if value is None or not setting.accepts(value):
            self._view.wrong(key, say("settings.out_of_range", low=setting.low, high=setting.high))
        elif setting is UI_SIZE:
            self._view.change_size(str(value))
        elif setting is UI_CONTRAST:
            self._view.change_contrast(str(value))
        else:
            self._runner.run(
                lambda: self._work.change(setting, value),
                lambda _none: self._view.saved(key),
                lambda fault: self._failed(key, fault),
            )

    def search(self, typed: str) -> None:
        """Only settings whose words hold every word typed, as text, initials or syllables."""
        if typed.strip() != self._wanted:
            self._wanted = typed.strip()
            self._runner.run(self._work.values, self._valued, self._view.fail)

    def verify(self) -> None:
        """核验; a second press meanwhile changes nothing."""
        if self._is_verifying:
            return
        self._is_verifying, self._is_stopped = True, False
        self._view.show_verifying(yes=True)
        self._runner.run(
            lambda: self._work.verify(self._progressed, lambda: self._is_stopped), self._verified, self._verify_failed
        )

    def stop_verifying(self) -> None:
        """停下: it ends within a hundred entries; nothing was changed."""
        self._is_stopped = True

    def _progressed(self, done: int, total: int) -> None:
        if self._is_verifying:
            self._view.show_progress(done, total)

    def _valued(self, values: dict[str, Plain]) -> None:
        told = [_told(setting, values[setting.key]) for setting in SETTINGS]
        self._view.show(tuple(each for each in told if _is_meant(each, self._wanted)))

    def _told_about(self, found: tuple[StationCard, About]) -> None:
        card, about = found
        lines = (
            ("version", say("settings.about.version.words", version=self._version)),
            (
                "station",
                say(
                    "settings.about.station.words",
                    unit=card.unit_name,
                    desk=card.desk,
                    station=card.station,
                    role=word(card.role),
                ),
            ),
            ("rule_pack", _pack_words(about)),
            (
                "calendar",
                say("settings.about.years", years="、".join(map(str, about.years[-3:])))
                if about.years
                else say("settings.about.none"),
            ),
            ("reference", say("settings.about.reference.words", version=about.reference_version, note=about.note)),
            ("encrypted", say("settings.about.is_encrypted" if about.is_encrypted else "settings.about.is_plain")),
            ("folder", about.folder),
        )
        self._view.show_about(tuple((say(f"settings.about.{name}"), words) for name, words in lines))

    def _failed(self, key: str, fault: Exception) -> None:
        if isinstance(fault, HotlineError):
            self._view.wrong(key, sentence(fault))
        else:
            self._view.fail(fault)

    def _verified(self, report: VerifyReport) -> None:
        self._is_verifying = False
        self._view.show_verifying(yes=False)
        if report.sound:
            words = say(
                "settings.sound.words", entries=report.entries, orders=report.orders, lives=report.lives, erased=report.erased
            )
            self._view.show_verdict(VerdictTold("green", say("settings.sound"), words))
            return
        said = [problem(found) for found in report.problems[:PROBLEMS_SAID]]
        more = len(report.problems) - len(said)
        words = "\n".join([*said, *([say("settings.problems.more", count=more)] if more > 0 else [])])
        self._view.show_verdict(VerdictTold("red", say("settings.problems", count=len(report.problems)), words))

    def _verify_failed(self, fault: Exception) -> None:
        self._is_verifying = False
        self._view.show_verifying(yes=False)
        if isinstance(fault, Refusal) and fault.code == "R631":
            head, _, words = sentence(fault).partition("。")
            self._view.show_verdict(VerdictTold("amber", head, words))
            return
        self._view.fail(fault)


def _pack_words(about: About) -> str:
    if not about.rule_pack:
        return say("settings.about.none")
    return say("settings.about.rule_pack.words", title=about.rule_pack, version=about.rule_pack_version)


def _named(key: str) -> Setting[str] | Setting[int] | Setting[bool]:
    return next(setting for setting in SETTINGS if setting.key == key)


def _value(setting: Setting[str] | Setting[int] | Setting[bool], typed: str) -> Plain | None:
    if isinstance(setting.default, bool):
        return typed == "1"
    if isinstance(setting.default, int):
        return int(typed) if typed.strip().isascii() and typed.strip().isdecimal() else None
    return typed


def _told(setting: Setting[str] | Setting[int] | Setting[bool], value: Plain) -> SettingTold:
    label = say(setting.wording)
    group = say(GROUPS[setting.key.partition(".")[0]])
    choices = tuple((str(choice), say(f"{setting.wording}.{choice}")) for choice in setting.choices)
    kind = "tick" if isinstance(value, bool) else "number" if isinstance(value, int) else "choice"
    return SettingTold(
        setting.key,
        label,
        kind,
        _typed(value),
        group,
        choices,
        hint=_range(setting) if kind == "number" else "",
        default=_typed(setting.default),
        default_words=_default_words(setting),
    )


def _typed(value: Plain) -> str:
    if isinstance(value, bool):
        return "1" if value else ""
    return str(value)


def _default_words(setting: Setting[str] | Setting[int] | Setting[bool]) -> str:
    if isinstance(setting.default, bool):
        return say("settings.yes" if setting.default else "settings.no")
    return say(f"{setting.wording}.{setting.default}") if setting.choices else str(setting.default)


def _is_meant(told: SettingTold, typed: str) -> bool:
    words = (told.label, told.group, *(name for _, name in told.choices))
    return all(any(part in text.lower() or pinyin.holds(text, part) for text in words) for part in typed.lower().split())


def _range(setting: Setting[str] | Setting[int] | Setting[bool]) -> str:
    return say("settings.range", low=setting.low, high=setting.high) if setting.low is not None else ""

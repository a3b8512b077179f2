"""Beside reading an article, without Tk: its older versions, a report that it is wrong, and the list of reports with their answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from county_hotline.background import Runner
from county_hotline.clock import Clock, shown
from county_hotline.domain.articles import Edition, RemarkField, RemarkOutcome, Reported
from county_hotline.errors import HotlineError
from county_hotline.ui.screens.knowledge.work import KnowledgeWork
from county_hotline.ui.tones import Tone
from county_hotline.wording import say, sentence, word

FIELDS = tuple(each for each in RemarkField if each is not RemarkField.MISSING)


@dataclass(frozen=True, slots=True)
class VersionTold:
    """One version in the list, and its words below."""

    number: int
    line: str
    who: str
    title: str
    text: str
    is_now: bool
    is_gone: bool


@dataclass(frozen=True, slots=True)
class ReportTold:
    """One report, or a version that waits for a person, in the list and below it."""

    key: str
    state: str
    tone: Tone
    icon: str
    title: str
    text: str
    by: str
    answer: str
    code: str
    is_open: bool


class BesideScreen(Protocol):
    """What this presenter needs of the view."""

    def show_history(self, head: str, versions: Sequence[VersionTold]) -> None:
        """历史版本 in place of the reading."""
        ...

    def show_form(self, of: str, fields: Sequence[tuple[str, str]]) -> None:
        """纠错上报 in place of the reading; no fields: an article is missing."""
        ...

    def form(self) -> tuple[str, str]:
        """Field and words of the report."""
        ...

    def show_reports(self, reports: Sequence[ReportTold], *, total: str, empty: str, may_settle: bool) -> None:
        """纠错 in place of the reading."""
        ...

    def reason(self) -> str:
        """Why it is not changed."""
        ...

    def back(self) -> None:
        """To the reading."""
        ...

    def go_to(self, code: str) -> None:
        """To another article."""
        ...

    def say(self, words: str, *, wrong: str = "") -> None:
        """Beside the acts."""
        ...

    def murmur(self, words: str) -> None:
        """A line that fades."""
        ...

    def fail(self, fault: Exception) -> None:
        """Say a failure."""
        ...


class BesidePresenter:
    """One pane at a time."""

    def __init__(self, view: BesideScreen, work: KnowledgeWork, runner: Runner, *, clock: Clock) -> None:
        self._view, self._work, self._runner, self._clock = view, work, runner, clock
        self._code = ""
        self._reports: dict[str, ReportTold] = {}
        self._chosen = ""

    # -- 历史版本 ---------------------------------------------------------------------------------------------------

    def history(self, code: str) -> None:
        """Every version of an article."""
        if not code:
            return
        self._code = code

        def show(past: tuple[Edition, ...]) -> None:
            told = [_version(each, is_now=at == 0) for at, each in enumerate(past)]
            if told:
                self._view.show_history(say("knowledge.history.title", title=past[0].title), told)

        self._runner.run(lambda: self._work.history(code), show, self._view.fail)

    def restore(self, number: int) -> None:
        """恢复成这一版."""
        code = self._code
        self._runner.run(lambda: self._work.restore(code, number), lambda _none: self._done("knowledge.saved"), self._failed)

    # -- 纠错上报 ---------------------------------------------------------------------------------------------------

    def begin(self, code: str, title: str) -> None:
        """A report of this article, or (no code) of one that is missing."""
        self._code = code
        of = say("knowledge.remark.of", title=title) if code else say("knowledge.remark.missing")
        self._view.show_form(of, [(each.value, word(each)) for each in FIELDS] if code else [])

    def send(self) -> None:
        """上报."""
        field, text = self._view.form()
        code = self._code
        about = RemarkField(field) if code and field else RemarkField.TEXT if code else RemarkField.MISSING
        self._runner.run(
            lambda: self._work.report(about, text, code), lambda _none: self._done("knowledge.remark.sent"), self._failed
        )

    # -- 纠错 -------------------------------------------------------------------------------------------------------

    def reports(self) -> None:
        """The list."""

        def look() -> tuple[list[ReportTold], bool]:
            titles: dict[str, str] = {}
            may_settle = self._work.may_edit()
            told = [_aside(each.item, each.edition) for each in self._work.asides()]
            for reported in self._work.reported():
                code = reported.remark.code
                if code not in titles:
                    read = self._work.read(code) if code else None
                    titles[code] = read.edition.title if read else code or say("knowledge.remark.missing")
                told.append(_report(reported, titles[code], is_centre=may_settle))
            return told, may_settle

        def show(found: tuple[list[ReportTold], bool]) -> None:
            told, may_settle = found
            self._reports = {each.key: each for each in told}
            count = sum(each.is_open for each in told)
            total = say("knowledge.remark.total", count=len(told), open=count) if told else ""
            empty = say("knowledge.remark.empty.centre" if may_settle else "knowledge.remark.empty.words")
            self._view.show_reports(told, total=total, empty=empty, may_settle=may_settle)

        self._runner.run(look, show, self._view.fail)

    def choose(self, key: str) -> None:
        """One of the list."""
        self._chosen = key

    def mended(self, chosen: str = "") -> None:
        """已改好 (`chosen`: the article that is chosen at the left, for a report that one was missing); of a version that waits:
        照我的再改一版."""
        self._settle(RemarkOutcome.MENDED, "", chosen)

    def refused(self) -> None:
        """不改, with the reason; of a version that waits: 不要了."""
        told, reason = self._reports.get(self._chosen), self._view.reason().strip()
        if told is not None and told.key.isdecimal():
            self._settle(RemarkOutcome.REFUSED, "")
        elif not reason:
            self._view.say(say("knowledge.remark.no_reason"), wrong="reason")
        else:
            self._settle(RemarkOutcome.REFUSED, reason)

    def go(self) -> None:
        """看这一条."""
        told = self._reports.get(self._chosen)
        if told is not None and told.code:
            self._view.go_to(told.code)

    def _settle(self, outcome: RemarkOutcome, reason: str, chosen: str = "") -> None:
        told = self._reports.get(self._chosen)
        if told is None or not told.is_open:
            return

        def work() -> None:
            if told.key.isdecimal():
                self._work.decide(int(told.key), retake=outcome is RemarkOutcome.MENDED)
            else:
                self._work.settle(told.key, outcome, reason, told.code or chosen)

        def done(_none: None) -> None:
            self._view.murmur(say("knowledge.remark.settled"))
            self.reports()

        self._runner.run(work, done, self._failed)

    # -- inside -----------------------------------------------------------------------------------------------------

    def _done(self, wording: str) -> None:
        self._view.back()
        self._view.murmur(say(wording))

    def _failed(self, fault: Exception) -> None:
        if isinstance(fault, HotlineError):
            self._view.say(sentence(fault), wrong="text")
        else:
            self._view.fail(fault)


def _version(edition: Edition, *, is_now: bool) -> VersionTold:
    line = say("knowledge.history.bundled", day=edition.version)
    if edition.number:
        line = say("knowledge.history.line", number=edition.number, day=edition.version)
    who = say("knowledge.history.who", by=edition.by, at=shown(edition.at)) if edition.by else ""
    if edition.why:
        who = f"{who}　{say('knowledge.history.why', why=edition.why)}".strip()
    return VersionTold(edition.number, line, who, edition.title, edition.text, is_now and not edition.gone, edition.gone)


def _report(reported: Reported, title: str, *, is_centre: bool) -> ReportTold:
    remark, settlement = reported.remark, reported.settlement
    state, tone, icon = say("knowledge.remark.open"), Tone.AMBER, "hourglass-split"
    answer = ""
    if not reported.is_above and settlement is None and not is_centre:
        state, tone, icon = say("knowledge.remark.waiting"), Tone.QUIET, "arrow-repeat"
    if settlement is not None:
        is_mended = settlement.outcome is RemarkOutcome.MENDED
        state, tone, icon = (
            word(settlement.outcome),
            Tone.GREEN if is_mended else Tone.PLAIN,
            "check-lg" if is_mended else "slash-circle",
        )
        said = say("knowledge.remark.refused", reason=settlement.reason)
        if is_mended:
            said = say("knowledge.remark.mended", number=settlement.number)
        answer = say("knowledge.remark.answered", by=settlement.by, at=shown(settlement.at), reason=said)
    by = say("knowledge.history.who", by=remark.by, at=shown(remark.at))
    text = say("knowledge.remark.told", what=word(remark.field), text=remark.text) if remark.code else remark.text
    return ReportTold(remark.remark, state, tone, icon, title, text, by, answer, remark.code, settlement is None)


def _aside(item: int, edition: Edition) -> ReportTold:
    state = say("knowledge.aside.title")
    by = say("knowledge.history.who", by=edition.by, at=shown(edition.at))
    text = f"{say('knowledge.aside.line', title=edition.title)}\n\n{edition.text}"
    return ReportTold(str(item), state, Tone.RED, "exclamation-octagon-fill", edition.title, text, by, "", edition.code, True)

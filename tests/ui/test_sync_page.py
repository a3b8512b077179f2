"""同步 without a screen: the equation, why something waits, what a doubt about trust says, rounds."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import msgspec
import pytest

from county_hotline.background import InlineRunner
from county_hotline.desk.carrying import Exported, Imported
from county_hotline.desk.media import Medium
from county_hotline.desk.referring import Comparison, ListDifference
from county_hotline.domain.views import (
    Counts,
    FilesWaiting,
    Finding,
    HeldRecord,
    Line,
    LineState,
    ParcelFound,
    Progress,
    RoundReport,
    RoundWay,
)
from county_hotline.errors import BadInput, HotlineError, Refusal, Unreachable
from county_hotline.ids import EntryId, Number
from county_hotline.signals import Bulletin, Changes
from county_hotline.sync.parcel.remarks import Remark
from county_hotline.ui.screens.sync.carrying import CarryTold
from county_hotline.ui.screens.sync.checking import CheckTold, check_told
from county_hotline.ui.screens.sync.choosing import ChoiceTold
from county_hotline.ui.screens.sync.presenter import SyncPresenter
from county_hotline.ui.screens.sync.telling import SyncTold, sync_told
from county_hotline.ui.screens.sync.work import SyncFacts
from tests.support.ticking_clock import MORNING

NUMBER = Number("370323-03A-261121-0007K")


def facts(
    *,
    counts: Counts | None = None,
    line: Line | None = None,
    rounds: tuple[RoundReport, ...] = (),
    held: tuple[HeldRecord, ...] = (),
    conflict: tuple[int, int] | None = None,
    may_choose: bool = True,
    progress: Progress | None = None,
    seconds_left: int | None = None,
    files: FilesWaiting | None = None,
) -> SyncFacts:
    return SyncFacts(
        counts or Counts(stored=12, received=12, entries=30, entries_received=30),
        line or Line(LineState.ONLINE, MORNING),
        rounds,
        held,
        (),
        0,
        MORNING,
        conflict,
        may_choose,
        progress,
        seconds_left,
        files or FilesWaiting(),
    )


WAITING = Counts(stored=12, received=9, waiting=3, entries=30, entries_received=25)


def test_everything_sent_says_so() -> None:
    told = sync_told(facts())

    assert (told.stored, told.received, told.waiting) == ("12", "12", "0")
    assert told.verdict.words == "对得上"
    assert told.reasons == ()


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (LineState.OFFLINE, "等线路　3 件"),
        (LineState.REFUSED, "等处理好了再传　3 件"),
        (LineState.UNENROLLED, "等接入县中心　3 件"),
        (LineState.ONLINE, "等下一轮　3 件"),
        (LineState.UNKNOWN, "等下一轮　3 件"),
    ],
)
def test_why_something_waits_depends_on_the_line(state: LineState, words: str) -> None:
    told = sync_told(facts(counts=WAITING, line=Line(state, MORNING)))

    assert told.reasons[0].head == words
    assert "5" in told.reasons[0].words


def test_what_is_held_is_said_in_words_with_its_order() -> None:
    record = HeldRecord(EntryId("1"), NUMBER, "三盏路灯不亮", "H102")

    told = sync_told(facts(held=(record,)))

    assert told.reasons[0].head == "单独放着 1 条"
    assert "县中心单独放着" in told.reasons[0].words
    assert "三盏路灯不亮" in told.reasons[0].words
    assert (told.reasons[0].opens, told.reasons[0].number) == ("repair", "1")


def test_records_that_differ_at_the_two_ends_stand_above_all_with_what_to_do() -> None:
    told = sync_told(facts(counts=msgspec.structs.replace(WAITING, balanced=False, differences=2)))

    assert told.verdict.words == "对不上"
    assert "2 条" in told.warnings[0].head
    assert "没有删" in told.warnings[0].words


def test_records_held_for_different_reasons_are_told_apart() -> None:
    records = (HeldRecord(EntryId("1"), NUMBER, "甲", "H102"), HeldRecord(EntryId("2"), NUMBER, "乙", "H103"))

    assert len(sync_told(facts(held=records)).reasons) == 2


def test_a_doubt_about_trust_stands_above_all_with_what_to_do() -> None:
    report = RoundReport(started_at=MORNING, fault="A101", fault_details={"theirs": "HUB-B", "ours": "HUB-A"})
    told = sync_told(facts(counts=WAITING, line=Line(LineState.REFUSED, MORNING, "A101"), rounds=(report,)))

    assert told.warnings[0].tone == "red"
    assert "HUB-B" in told.warnings[0].head
    assert told.rounds[0].result.words == "停了"


def test_a_station_that_is_not_enrolled_is_told_what_to_do() -> None:
    told = sync_told(facts(line=Line(LineState.UNENROLLED)))

    assert "接入码" in told.warnings[0].words
    assert not told.is_enrolled


@pytest.mark.parametrize(
    ("skew_ms", "head"),
    [
        (4 * 60_000, None),
        (-4 * 60_000, None),
        (7 * 60_000, "这台电脑的钟快了 7 分钟"),
        (-3 * 3_600_000, "这台电脑的钟慢了 3 小时"),
        (400 * 86_400_000, "这台电脑的钟快了 400 天"),
    ],
)
def test_a_clock_more_than_five_minutes_off_is_told(skew_ms: int, head: str | None) -> None:
    told = sync_told(facts(line=Line(LineState.ONLINE, MORNING, skew_ms=skew_ms)))

    assert [warning.head for warning in told.warnings] == ([head] if head else [])


def test_an_equation_that_does_not_hold_is_red_and_says_by_how_much() -> None:
    told = sync_told(facts(counts=Counts(stored=1241, received=990, waiting=37, balanced=False)))

    assert told.verdict.words == "差 214 件"
    assert told.verdict.tone == "red"
    assert told.warnings


def test_rounds_say_what_they_did_newest_first() -> None:
    rounds = (
        RoundReport(started_at=MORNING, sent=12, received=3, orders=4, complete=True, number=118),
        RoundReport(started_at=MORNING - 86_400_000, fault="N101"),
        RoundReport(started_at=MORNING - 86_400_000, sent=8, fault="N105"),
        RoundReport(started_at=MORNING - 400 * 86_400_000, held=("1",), number=1),
    )

    told = sync_told(facts(rounds=rounds)).rounds

    assert [each.result.words for each in told] == ["已签收", "连不上", "断了，会续传", "放着 1 条"]
    assert [each.when for each in told] == ["今天 09:12", "11-20 09:12", "11-20 09:12", "2025-10-17"]
    assert told[0].words == "送出 12 条都已签收，收到 3 条，4 件有变化。"
    assert [each.number for each in told] == ["118", "—", "—", "1"]


@dataclass
class FakeSync:
    """A page that remembers."""

    is_front: bool = True
    told: list[SyncTold] = field(default_factory=list)
    running: list[bool] = field(default_factory=list)
    started: int = 0
    choices: list[ChoiceTold | None] = field(default_factory=list)
    done: list[str] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    checks: list[CheckTold | None] = field(default_factory=list)

    carried: list[CarryTold | None] = field(default_factory=list)
    folder: str = ""
    file: str = ""

    def show_carry(self, told: CarryTold | None) -> None:
        self.carried.append(told)

    def ask_folder(self) -> str:
        return self.folder

    def ask_parcel(self) -> str:
        return self.file

    def show_check(self, told: CheckTold | None) -> None:
        self.checks.append(told)

    def show_choice(self, told: ChoiceTold | None) -> None:
        self.choices.append(told)

    def chosen(self, head: str, words: str) -> None:
        self.done.append(head)

    def is_seen(self) -> bool:
        return self.is_front

    def show(self, told: SyncTold) -> None:
        self.told.append(told)

    def show_running(self, *, yes: bool) -> None:
        self.running.append(yes)

    def start_round(self) -> None:
        self.started += 1

    def fail(self, fault: Exception) -> None:
        if not isinstance(fault, HotlineError):
            raise fault
        self.failures.append(fault.code)


BOTH = Comparison(
    ours=5,
    theirs=4,
    built_on=3,
    lists=(
        ListDifference("duty_lines", added=2, changed=1, dropped=3),
        ListDifference("title", added=0, changed=1, dropped=0),
        ListDifference("agencies", added=0, changed=0, dropped=0, is_reordered=True),
    ),
)


@dataclass
class FakeWork:
    """A desk with these facts."""

    facts: SyncFacts
    looks: int = 0
    compared: int = 0
    fault: HotlineError | None = None
    done: list[str] = field(default_factory=list)
    findings: tuple[Finding, ...] = ()

    def halt(self) -> None:
        self.done.append("halt")

    sticks: tuple[Medium, ...] = ()
    found: tuple[ParcelFound, ...] = ()
    exported: list[str] = field(default_factory=list)
    brought: list[str] = field(default_factory=list)
    remarks: tuple[Remark, ...] = ()

    def media(self) -> tuple[Medium, ...]:
        return self.sticks

    def parcels(self) -> tuple[ParcelFound, ...]:
        return self.found

    def export(self, folder: Path) -> Exported:
        if self.fault is not None:
            raise self.fault
        self.exported.append(str(folder))
        return Exported(
            path=f"{folder}/370323-03-up-000001.zip",
            name="370323-03-up-000001",
            serial=1,
            entries=12,
            files=1,
            size=4_000,
            check_code="3F2A 91C0",
            sheet_path="/slips/370323-03-up-000001.pdf",
            is_whole=True,
        )

    def bring_in(self, file: Path) -> Imported:
        if self.fault is not None:
            raise self.fault
        self.brought.append(str(file))
        return Imported(
            name="370323-03-down-000001",
            serial=1,
            signed_for=12,
            received=3,
            orders=2,
            held=0,
            files=0,
            complete=True,
            remarks=self.remarks,
        )

    def diagnose(self) -> tuple[Finding, ...]:
        if self.fault is not None:
            raise self.fault
        return self.findings

    def compare(self) -> Comparison:
        self.compared += 1
        if self.fault is not None:
            raise self.fault
        return BOTH

    def keep_ours(self, seen: Comparison) -> int:
        return self._done("keep_ours", seen)

    def take_theirs(self, seen: Comparison) -> int:
        return self._done("take_theirs", seen)

    def _done(self, name: str, seen: Comparison) -> int:
        assert seen == BOTH
        if self.fault is not None:
            raise self.fault
        self.done.append(name)
        self.facts = facts()
        return 6

    def look(self) -> SyncFacts:
        self.looks += 1
        return self.facts


@pytest.fixture
def work() -> FakeWork:
    return FakeWork(facts(counts=WAITING))


@pytest.fixture
def bulletin() -> Bulletin:
    return Bulletin()


@pytest.fixture
def view() -> FakeSync:
    return FakeSync()


@pytest.fixture
def presenter(view: FakeSync, work: FakeWork, bulletin: Bulletin) -> SyncPresenter:
    return SyncPresenter(view, work, InlineRunner(), bulletin, wire=InlineRunner())


def test_figures_follow_the_news_while_a_round_runs(
    presenter: SyncPresenter, view: FakeSync, work: FakeWork, bulletin: Bulletin
) -> None:
    presenter.shown()
    presenter.running(yes=True)

    work.facts = facts(counts=Counts(stored=12, received=11, waiting=1, entries=30, entries_received=29))
    bulletin.post(Changes(counts=True))

    assert [told.waiting for told in view.told] == ["3", "1"]
    assert view.running == [True]


def test_a_press_while_a_round_runs_starts_no_other(presenter: SyncPresenter, view: FakeSync) -> None:
    presenter.running(yes=True)
    presenter.start()
    assert view.started == 0

    presenter.running(yes=False)
    presenter.start()

    assert view.started == 1


def test_what_did_not_change_is_not_drawn_again(presenter: SyncPresenter, view: FakeSync, bulletin: Bulletin) -> None:
    presenter.shown()

    bulletin.post(Changes(counts=True))

    assert len(view.told) == 1


def test_a_hidden_page_asks_nothing(presenter: SyncPresenter, view: FakeSync, work: FakeWork, bulletin: Bulletin) -> None:
    view.is_front = False

    bulletin.post(Changes(counts=True))
    presenter.running(yes=False)

    assert work.looks == 0


def test_a_closed_page_hears_no_more_news(presenter: SyncPresenter, bulletin: Bulletin) -> None:
    presenter.close()

    assert len(bulletin) == 0


def test_a_running_round_can_be_stopped_and_one_that_does_not_run_cannot(presenter: SyncPresenter, work: FakeWork) -> None:
    presenter.stop()
    assert work.done == []

    presenter.running(yes=True)
    presenter.stop()

    assert work.done == ["halt"]


def test_while_a_round_runs_the_page_says_how_far_it_has_come_and_how_long_it_will_take() -> None:
    told = sync_told(facts(counts=WAITING, progress=Progress(sent=30, to_send=120, received=7), seconds_left=200))

    assert told.share == pytest.approx(0.25)
    assert told.running == "已签收 30 / 120 条　已收 7 条　还要约 4 分钟"


def test_a_round_with_nothing_to_send_has_no_bar() -> None:
    assert sync_told(facts(progress=Progress())).share is None
    assert sync_told(facts()).running == ""


def test_what_waits_says_how_long_it_will_take_where_the_line_has_told_its_speed() -> None:
    told = sync_told(facts(counts=WAITING, seconds_left=45))

    assert "约要 不到 1 分钟" in told.reasons[0].words
    assert "约要" not in sync_told(facts(counts=WAITING)).reasons[0].words


# ---------------------------------------------------------------- 检查线路

WELL = (
    Finding("name", well=True, figures={"address": "10.0.0.1"}),
    Finding("reach", well=True, figures={"took_ms": 12}),
    Finding("hub", well=True, figures={"took_ms": 600, "program": "0.2.0", "hub": "0123456789abcdef"}),
    Finding("clock", well=True, figures={"skew_ms": -1500}),
    Finding("key", well=True, figures={"took_ms": 610}),
)


def test_every_step_of_a_good_line_is_told_with_its_figure(presenter: SyncPresenter, view: FakeSync, work: FakeWork) -> None:
    work.findings = WELL

    presenter.check()

    busy, told = view.checks
    assert busy == CheckTold("正在一步一步查，最多半分钟；有一轮正在同步时，等它完")
    assert told is not None
    assert told.beside == "每一步都通"
    assert [step.tone for step in told.steps] == ["green"] * 5
    assert "600 毫秒" in told.steps[2].words
    assert told.steps[3].words == "相差1 秒，不碍事。"


def test_the_first_step_that_failed_says_what_to_do_and_the_rest_that_nobody_asked() -> None:
    told = check_told((*WELL[:2], Finding("hub", well=False, code="N110"), Finding("clock"), Finding("key")))

    assert [step.tone for step in told.steps] == ["green", "green", "red", "quiet", "quiet"]
    assert "上网登录页面" in told.steps[2].words
    assert told.beside == "从上往下看，第一处不通的就是毛病所在"


@pytest.mark.parametrize(("skew", "words"), [(7_200_000, "快了 120 分钟"), (-600_000, "慢了 10 分钟")])
def test_a_wrong_clock_is_amber_and_says_which_way(skew: int, words: str) -> None:
    told = check_told((Finding("clock", well=False, figures={"skew_ms": skew}),))

    assert told.steps[0].tone == "amber"
    assert words.replace("120 分钟", "2 小时") in told.steps[0].words


def test_the_check_is_put_away_when_the_page_is_left(presenter: SyncPresenter, view: FakeSync) -> None:
    presenter.check()
    presenter.left()

    assert view.checks[-1] is None


def test_a_station_that_is_not_enrolled_is_told_so(presenter: SyncPresenter, view: FakeSync, work: FakeWork) -> None:
    work.fault = Refusal("R209")

    presenter.check()

    assert view.checks[-1] is None
    assert view.failures == ["R209"]


def test_attachments_that_have_not_arrived_are_told_apart_from_the_text() -> None:
    told = sync_told(facts(files=FilesWaiting(6, 9_646_899, 2)))

    assert told.reasons[0].head == "附件随后　6 个"
    assert "还有 9.2 MB" in told.reasons[0].words
    assert "其中 2 个按您说的等着" in told.reasons[0].words


def test_what_keeps_attachments_back_is_said_with_them() -> None:
    failed = RoundReport(started_at=MORNING, requests=3, files_fault="N104")

    told = sync_told(facts(files=FilesWaiting(1, 10), rounds=(failed,)))

    assert "线路太慢" in told.reasons[0].words


# ---------------------------------------------------------------- U 盘

STICK, OTHER = Medium(Path("/media/stick/KINGSTON"), 3 << 30), Medium(Path("/media/stick/ADATA"), 1 << 30)


def carried(view: FakeSync) -> CarryTold:
    told = view.carried[-1]
    assert told is not None
    return told


def test_with_one_stick_plugged_in_one_press_puts_the_parcel_on_it(
    presenter: SyncPresenter, view: FakeSync, work: FakeWork
) -> None:
    work.sticks = (STICK,)

    presenter.give()

    assert work.exported == ["/media/stick/KINGSTON"]
    told = carried(view)
    assert (told.tone, told.sheet) == ("green", "/slips/370323-03-up-000001.pdf")
    assert "核对码 3F2A 91C0" in told.words
    assert work.looks == 1, "the figures are looked at again"


def test_with_two_sticks_a_person_says_which(presenter: SyncPresenter, view: FakeSync, work: FakeWork) -> None:
    work.sticks = (STICK, OTHER)

    presenter.give()

    assert work.exported == []
    told = carried(view)
    assert [each.words for each in told.offers] == [
        "存到 KINGSTON（剩 3,072 MB）",
        "存到 ADATA（剩 1,024 MB）",
        "选一个文件夹…",
    ]
    presenter.carry(told.what, told.offers[1].path)
    assert work.exported == ["/media/stick/ADATA"]


def test_without_a_stick_a_folder_may_be_chosen_and_a_dialog_that_is_left_does_nothing(
    presenter: SyncPresenter, view: FakeSync, work: FakeWork
) -> None:
    presenter.give()
    told = carried(view)
    assert told.head == "没有看到 U 盘"

    presenter.carry(told.what, told.offers[-1].path)
    assert work.exported == []

    view.folder = "/srv/ferry"
    presenter.carry(told.what, told.offers[-1].path)
    assert work.exported == ["/srv/ferry"]


def a_parcel(serial: int, *, was_read: bool = False) -> ParcelFound:
    return ParcelFound(f"/media/stick/KINGSTON/{serial}.zip", serial, MORNING, 5, was_read)


def test_the_one_unread_parcel_on_a_stick_is_read_at_one_press(
    presenter: SyncPresenter, view: FakeSync, work: FakeWork
) -> None:
    work.found = (a_parcel(1, was_read=True), a_parcel(2))

    presenter.take()

    assert work.brought == ["/media/stick/KINGSTON/2.zip"]
    assert "县中心签收 12 条，收到 3 条，2 件有变化" in carried(view).words


@pytest.mark.parametrize(
    ("found", "head"),
    [
        ((), "没有看到给本站的数据包"),
        ((a_parcel(1, was_read=True),), "U 盘上给本站的数据包都读过了"),
        ((a_parcel(1), a_parcel(2)), "U 盘上有不止一个给本站的数据包，读哪一个？"),
    ],
)
def test_where_it_is_not_plain_which_parcel_is_meant_it_is_asked(
    found: tuple[ParcelFound, ...], head: str, presenter: SyncPresenter, view: FakeSync, work: FakeWork
) -> None:
    work.found = found

    presenter.take()

    assert work.brought == []
    assert carried(view).head == head
    assert carried(view).offers[-1].words == "选一个数据包文件…"


def test_what_is_odd_about_a_parcel_that_was_read_is_told_in_amber(
    presenter: SyncPresenter, view: FakeSync, work: FakeWork
) -> None:
    work.found, work.remarks = (a_parcel(2),), (Remark("I193", {"serial": 2, "last": 3}),)

    presenter.take()

    assert carried(view).tone == "amber"


def test_a_stick_that_cannot_be_written_to_is_told_and_the_notice_goes(
    presenter: SyncPresenter, view: FakeSync, work: FakeWork
) -> None:
    work.sticks, work.fault = (STICK,), BadInput("I199", path="/media/stick/KINGSTON")

    presenter.give()

    assert view.carried[-1] is None
    assert view.failures == ["I199"]
    work.fault = None
    presenter.give()
    assert work.exported == ["/media/stick/KINGSTON"], "it can be tried again"


def test_without_a_line_the_page_says_so_for_its_main_act() -> None:
    assert sync_told(facts(line=Line(LineState.OFFLINE, MORNING))).is_offline
    assert not sync_told(facts()).is_offline


def test_each_round_says_by_which_way_it_went() -> None:
    rounds = tuple(RoundReport(started_at=MORNING, way=way) for way in RoundWay)

    assert [each.way.words for each in sync_told(facts(rounds=rounds)).rounds] == ["线路", "U 盘", "摆渡目录"]


# ---------------------------------------------------------------- 基础数据两边都改过


@pytest.fixture
def torn(work: FakeWork) -> FakeWork:
    """Reference data were changed at both ends."""
    work.facts = facts(conflict=(5, 4))
    return work


def last(view: FakeSync) -> ChoiceTold:
    told = view.choices[-1]
    assert told is not None
    return told


def test_where_nothing_is_to_be_chosen_nothing_is_said(presenter: SyncPresenter, view: FakeSync, work: FakeWork) -> None:
    presenter.shown()
    presenter.choose("ours")

    assert (view.choices, work.compared, work.done) == ([], 0, [])


def test_both_are_compared_once_and_what_goes_with_either_choice_is_told(
    presenter: SyncPresenter, view: FakeSync, torn: FakeWork
) -> None:
    presenter.shown()
    presenter.shown()

    told = last(view)
    assert torn.compared == 1
    assert told.acts == ("ours", "theirs")
    assert "版号新的是本站的" in told.words
    assert "只有本站有的 3 条没有了，写得不同的 2 条照县中心" in told.words
    assert "只有县中心有的 2 条没有了，写得不同的 2 条照本站" in told.words
    assert [(each.label, each.words) for each in told.lists] == [
        ("归属清单", "只有本站有 3 条，只有县中心有 2 条，写得不同 1 条"),
        ("单据抬头", "写得不同 1 条"),
        ("单位", "先后不同"),
    ]


@pytest.mark.parametrize(("which", "act"), [("ours", "keep_ours"), ("theirs", "take_theirs")])
def test_one_is_put_over_the_other_only_after_a_second_press(
    which: str, act: str, presenter: SyncPresenter, view: FakeSync, torn: FakeWork
) -> None:
    presenter.shown()

    presenter.choose(which)
    assert (torn.done, last(view).acts) == ([], (f"yes_{which}", "no"))
    presenter.choose("no")
    presenter.choose(f"yes_{which}")
    assert torn.done == [], "it was not asked any more"

    presenter.choose(which)
    presenter.choose(f"yes_{which}")

    assert torn.done == [act]
    assert view.choices[-1] is None
    assert "第 6 版" in view.done[0]


def test_who_may_not_choose_is_told_who_may(presenter: SyncPresenter, view: FakeSync, torn: FakeWork) -> None:
    torn.facts = facts(conflict=(5, 4), may_choose=False)

    presenter.shown()

    assert (last(view).acts, torn.compared) == ((), 0)
    assert "负责人" in last(view).words


def test_without_a_line_it_is_compared_again_on_demand(presenter: SyncPresenter, view: FakeSync, torn: FakeWork) -> None:
    torn.fault = Unreachable("N101")
    presenter.shown()
    presenter.shown()
    assert (last(view).acts, torn.compared) == (("again",), 1)

    torn.fault = None
    presenter.choose("again")

    assert last(view).acts == ("ours", "theirs")


def test_what_changed_meanwhile_is_not_lost_unseen(presenter: SyncPresenter, view: FakeSync, torn: FakeWork) -> None:
    presenter.shown()
    presenter.choose("theirs")
    torn.fault = Refusal("R458")

    presenter.choose("yes_theirs")

    assert (view.failures, last(view).acts, torn.done) == (["R458"], ("again",), [])


def test_two_other_versions_are_compared_anew(
    presenter: SyncPresenter, view: FakeSync, torn: FakeWork, bulletin: Bulletin
) -> None:
    presenter.shown()
    presenter.choose("ours")

    torn.facts = facts(conflict=(5, 7))
    bulletin.post(Changes(reference=True))

    assert torn.compared == 2
    assert last(view).acts == ("ours", "theirs"), "what was asked is not asked of something else"

"""设置 without a screen: made from the declarations, saved at once, wrong values said; the proof in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from county_hotline.background import Answers, InlineRunner
from county_hotline.db import reading
from county_hotline.domain.views import VerifyReport
from county_hotline.errors import Refusal
from county_hotline.settings import IDLE_LOCK, PRINT_ON_ACCEPT, SETTINGS, SLIP_PAPER, SYNC_EVERY, Settings
from county_hotline.ui.screens.settings.presenter import SettingsPresenter, SettingTold, VerdictTold
from county_hotline.ui.screens.settings.work import DeskSettings
from tests.support.county import County
from tests.support.fake_views import HeldRunner
from tests.support.windows import a_window


@dataclass
class FakeSettings:
    """A page that remembers."""

    told: dict[str, SettingTold] = field(default_factory=dict)
    kept: list[str] = field(default_factory=list)
    wrongs: list[tuple[str, str]] = field(default_factory=list)
    about: dict[str, str] = field(default_factory=dict)
    verifying: list[bool] = field(default_factory=list)
    verdict: VerdictTold | None = None
    sizes: list[str] = field(default_factory=list)
    contrasts: list[str] = field(default_factory=list)
    progress: list[tuple[int, int]] = field(default_factory=list)

    def show(self, settings: tuple[SettingTold, ...]) -> None:
        self.told = {each.key: each for each in settings}

    def saved(self, key: str) -> None:
        self.kept.append(key)

    def wrong(self, key: str, words: str) -> None:
        self.wrongs.append((key, words))

    def show_about(self, lines: tuple[tuple[str, str], ...]) -> None:
        self.about = dict(lines)

    def show_verifying(self, *, yes: bool) -> None:
        self.verifying.append(yes)

    def show_progress(self, done: int, total: int) -> None:
        self.progress.append((done, total))

    def change_contrast(self, contrast: str) -> None:
        self.contrasts.append(contrast)

    def show_verdict(self, told: VerdictTold) -> None:
        self.verdict = told

    def change_size(self, size: str) -> None:
        self.sizes.append(size)

    def fail(self, fault: Exception) -> None:
        raise fault


@pytest.fixture
def county(tmp_path: Path) -> Iterator[County]:
    made = County(tmp_path)
    yield made
    made.close()


@pytest.fixture
def view() -> FakeSettings:
    return FakeSettings()


@pytest.fixture
def presenter(county: County, view: FakeSettings) -> SettingsPresenter:
    made = SettingsPresenter(view, DeskSettings(county.hall, Answers()), InlineRunner(), version="0.2.0")
    made.shown()
    return made


def test_every_declared_setting_is_on_the_page_in_words(presenter: SettingsPresenter, view: FakeSettings) -> None:
    assert list(view.told) == [setting.key for setting in SETTINGS]
    words = [each.label + each.group + each.hint + "".join(name for _, name in each.choices) for each in view.told.values()]
    assert not [each for each in words if "〔" in each]


def test_a_choice_is_saved_at_once(presenter: SettingsPresenter, view: FakeSettings, county: County) -> None:
    presenter.change(SLIP_PAPER.key, "80mm")
    presenter.change(PRINT_ON_ACCEPT.key, "")
    presenter.change(SYNC_EVERY.key, "25")

    again = Settings(county.hall.home.settings)
    assert (again.value(SLIP_PAPER), again.value(PRINT_ON_ACCEPT), again.value(SYNC_EVERY)) == ("80mm", False, 25)
    assert view.kept == [SLIP_PAPER.key, PRINT_ON_ACCEPT.key, SYNC_EVERY.key]


@pytest.mark.parametrize("typed", ["0", "121", "", "十", "-5", "1.5"])
def test_a_value_out_of_range_is_said_and_changes_nothing(
    presenter: SettingsPresenter, view: FakeSettings, county: County, typed: str
) -> None:
    presenter.change(IDLE_LOCK.key, typed)

    assert view.wrongs == [(IDLE_LOCK.key, "要填 1 到 120 之间的整数；没有存，还是原来的")]
    assert county.hall.settings.value(IDLE_LOCK) == IDLE_LOCK.default


def test_the_size_of_letters_is_the_windows_affair(presenter: SettingsPresenter, view: FakeSettings) -> None:
    presenter.change("ui.size", "largest")

    assert view.sizes == ["largest"]


def test_what_cannot_be_saved_is_said_beside_it(presenter: SettingsPresenter, view: FakeSettings, county: County) -> None:
    county.hall.home.settings.mkdir()

    presenter.change(SYNC_EVERY.key, "25")

    assert view.kept == []
    assert view.wrongs[0][0] == SYNC_EVERY.key


def test_about_says_what_the_station_stands_on(presenter: SettingsPresenter, view: FakeSettings, county: County) -> None:
    assert view.about["版本"] == "连心桥 0.2.0"
    assert view.about["规则包"] == "山东2020，第 2 版"
    assert "2026" in view.about["日历"]
    assert "已加密" in view.about["加密"]
    assert view.about["数据位置"] == str(county.hall.home.path)
    assert "示例" in view.about["基础数据"]


def test_a_record_that_adds_up_is_said_with_its_counts(
    presenter: SettingsPresenter, view: FakeSettings, county: County
) -> None:
    county.accept()

    presenter.verify()

    assert view.verdict is not None
    assert view.verdict.tone == "green"
    assert "1 条记录、1 件工单" in view.verdict.words
    assert view.verifying == [True, False]


def test_what_does_not_add_up_is_said_in_sentences(presenter: SettingsPresenter, view: FakeSettings) -> None:
    presenter._verified(
        VerifyReport(sound=False, entries=9, orders=3, lives=1, erased=0, problems=("J102 370323-03 A 17",) * 7)
    )

    assert view.verdict is not None
    assert view.verdict.tone == "red"
    assert view.verdict.head == "核验没有通过：7 处对不上"
    assert "17" in view.verdict.words
    assert "另有 2 处" in view.verdict.words


def test_a_second_press_while_it_is_proved_changes_nothing(county: County, view: FakeSettings) -> None:
    runner = HeldRunner()
    presenter = SettingsPresenter(view, DeskSettings(county.hall, Answers()), runner, version="0.2.0")

    presenter.verify()
    presenter.verify()

    assert len(runner.jobs) == 1


def test_the_colours_are_the_windows_affair_too(presenter: SettingsPresenter, view: FakeSettings) -> None:
    presenter.change("ui.contrast", "high")

    assert view.contrasts == ["high"]


def test_the_proof_says_how_far_it_is_and_stops_when_asked(
    county: County, view: FakeSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "TOLD_EVERY", 1)
    for _ in range(3):
        county.accept()
    answers = Answers()
    presenter = SettingsPresenter(view, DeskSettings(county.hall, answers), InlineRunner(), version="0.2.0")

    seen: list[tuple[int, int]] = []
    DeskSettings(county.hall, answers).verify(lambda done, total: seen.append((done, total)), lambda: False)
    answers.take(100)
    with pytest.raises(Refusal, match="R631"):
        DeskSettings(county.hall, answers).verify(lambda _done, _total: None, lambda: True)
    presenter._verify_failed(Refusal("R631"))

    assert seen == [(at, 6) for at in range(1, 7)]
    assert view.verdict is not None
    assert view.verdict.tone == "amber"


def test_every_setting_knows_what_it_is_shipped_with(presenter: SettingsPresenter, view: FakeSettings) -> None:
    assert [each.default for each in view.told.values()] == [
        ("1" if setting.default else "") if isinstance(setting.default, bool) else str(setting.default) for setting in SETTINGS
    ]
    assert all(each.default_words and "〔" not in each.default_words for each in view.told.values())
    assert all(each.hint for each in view.told.values() if each.kind == "number")


def test_every_number_says_its_range(presenter: SettingsPresenter) -> None:
    numbers = [each for each in SETTINGS if isinstance(each.default, int) and not isinstance(each.default, bool)]
    assert all(each.low is not None and each.high is not None for each in numbers)


def test_settings_of_one_group_stand_together(presenter: SettingsPresenter, view: FakeSettings) -> None:
    groups = [each.group for each in view.told.values()]

    assert len([at for at, group in enumerate(groups) if at == 0 or groups[at - 1] != group]) == len(set(groups))


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("回执", [SLIP_PAPER.key, PRINT_ON_ACCEPT.key]),
        ("tongbu fenzhong", [SYNC_EVERY.key]),
        ("gdb", ["ui.contrast"]),
        ("没有这样的设置", []),
    ],
)
def test_a_setting_is_found_by_words_or_by_their_sound(
    presenter: SettingsPresenter, view: FakeSettings, typed: str, found: list[str]
) -> None:
    presenter.search(typed)

    assert list(view.told) == found
    presenter.search(" ")
    assert list(view.told) == [setting.key for setting in SETTINGS]


@pytest.mark.screen
def test_a_setting_goes_back_to_what_it_was_shipped_with_by_key(tmp_path: Path) -> None:
    with a_window(tmp_path) as opened:
        opened.desk.settings.change(SYNC_EVERY, 25)
        opened.sign_in()
        opened.window.root.focus_force()
        opened.settle()
        opened.window.go("settings", SYNC_EVERY.key)
        opened.settle()

        opened.window.root.focus_get().event_generate("<Control-Key-d>")  # type: ignore[union-attr]
        opened.settle()

        assert opened.desk.settings.value(SYNC_EVERY) == SYNC_EVERY.default

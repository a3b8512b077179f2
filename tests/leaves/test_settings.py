"""Settings: typed, in range, saved whole; a file nobody can read costs the choices and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from county_hotline.errors import BadInput, StoreFault
from county_hotline.settings import (
    IDLE_LOCK,
    PRINT_ON_ACCEPT,
    SETTINGS,
    SLIP_PAPER,
    SYNC_EVERY,
    UI_SIZE,
    Settings,
    _flat,
    _written,
)
from county_hotline.wording import has


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "settings.toml"


def test_without_a_file_the_defaults_hold(file: Path) -> None:
    settings = Settings(file)

    assert [settings.value(SLIP_PAPER), settings.value(SYNC_EVERY), settings.value(PRINT_ON_ACCEPT)] == ["a5", 10, True]
    assert settings.told is None
    assert not file.exists()


def test_what_was_chosen_is_there_after_a_restart(file: Path) -> None:
    settings = Settings(file)
    settings.change(SLIP_PAPER, "80mm")
    settings.change(SYNC_EVERY, 60)
    settings.change(PRINT_ON_ACCEPT, False)

    again = Settings(file)

    assert [again.value(SLIP_PAPER), again.value(SYNC_EVERY), again.value(PRINT_ON_ACCEPT)] == ["80mm", 60, False]
    assert again.value(UI_SIZE) == "standard"


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.key)
def test_every_setting_has_words_and_a_default_within_its_own_range(setting: object) -> None:
    found = next(one for one in SETTINGS if one is setting)

    assert found.accepts(found.default)
    assert has(found.wording)
    assert all(has(f"{found.wording}.{choice}") for choice in found.choices)


@pytest.mark.parametrize("value", [0, 241, -10])
def test_a_number_out_of_range_is_refused_and_nothing_changes(file: Path, value: int) -> None:
    settings = Settings(file)

    with pytest.raises(BadInput, match="I109"):
        settings.change(SYNC_EVERY, value)

    assert settings.value(SYNC_EVERY) == 10
    assert not file.exists()


def test_a_word_that_is_no_choice_is_refused(file: Path) -> None:
    with pytest.raises(BadInput, match="I109"):
        Settings(file).change(SLIP_PAPER, "a3")


def test_yes_is_not_a_number(file: Path) -> None:
    assert not SYNC_EVERY.accepts(True)
    assert not PRINT_ON_ACCEPT.accepts(1)


@pytest.mark.parametrize("content", [b"slip = = 1", b"\xff\xfe\x00", b"[slip\n"])
def test_a_file_nobody_can_read_is_put_aside_and_the_officer_is_told(file: Path, content: bytes) -> None:
    file.write_bytes(content)

    settings = Settings(file)

    assert settings.value(SLIP_PAPER) == "a5"
    assert settings.told is not None
    assert has(settings.told)
    assert file.with_name("settings.toml.corrupt").read_bytes() == content
    assert not file.exists()


def test_a_value_out_of_range_in_the_file_falls_back_to_the_default(file: Path) -> None:
    file.write_text('sync.every_minutes = 0\nslip.paper = 5\nidle_lock.minutes = 3\nui.size = "huge"\n', encoding="utf-8")

    settings = Settings(file)

    assert [settings.value(SYNC_EVERY), settings.value(SLIP_PAPER), settings.value(UI_SIZE)] == [10, "a5", "standard"]
    assert settings.value(IDLE_LOCK) == 3


def test_what_a_newer_release_wrote_survives_a_change(file: Path) -> None:
    file.write_text('[voice]\nvolume = 7\ngreeting = "您好"\n', encoding="utf-8")

    Settings(file).change(SYNC_EVERY, 20)

    assert "volume = 7" in file.read_text(encoding="utf-8")
    assert "您好" in file.read_text(encoding="utf-8")


def test_where_saving_fails_nothing_changes(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "gone" / "settings.toml")

    with pytest.raises(StoreFault):
        settings.change(SYNC_EVERY, 20)

    assert settings.value(SYNC_EVERY) == 10


keys = st.lists(st.text("abc_é 字-", min_size=1, max_size=5), min_size=1, max_size=3).map(".".join)


@given(
    chosen=st.dictionaries(
        keys, st.text(st.characters(exclude_categories=["Cs"])) | st.integers(-(2**63), 2**63 - 1) | st.booleans()
    )
)
def test_whatever_is_written_can_be_read_again(chosen: dict[str, str | int | bool]) -> None:
    import tomllib

    names = sorted(chosen)
    free = {key: chosen[key] for key in names if not any(other != key and other.startswith(f"{key}.") for other in names)}

    assert _flat(tomllib.loads(_written(free))) == free

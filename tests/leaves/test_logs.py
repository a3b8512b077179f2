"""The diary: nothing is lost before the files are known, and phone-like runs never reach them."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from county_hotline.logs import FILE_NAME, FILES, RECENT_LINES, Logs, masked

log = logging.getLogger("county_hotline.somewhere")


@pytest.fixture
def logs() -> Iterator[Logs]:
    made = Logs()
    yield made
    made.stop()


def test_what_was_said_before_the_files_were_known_is_in_them(logs: Logs, tmp_path: Path) -> None:
    log.info("program_started version=%s", "0.1.0")

    assert logs.to_files(tmp_path)
    log.info("round_finished sent=%d", 37)

    lines = (tmp_path / FILE_NAME).read_text(encoding="utf-8").splitlines()
    assert [line.split(" ", 3)[3] for line in lines] == ["program_started version=0.1.0", "round_finished sent=37"]
    assert lines[0].split(" ")[0].endswith("Z")


@pytest.mark.parametrize("personal", ["13805914472", "8613805914472", "11010519491231002X", "110105194912310021"])
def test_a_phone_or_identity_number_never_reaches_the_files(logs: Logs, tmp_path: Path, personal: str) -> None:
    logs.to_files(tmp_path)

    log.warning("odd_value value=%s", personal)
    try:
        int(f"x{personal}")
    except ValueError:
        log.exception("failed")

    assert personal not in (tmp_path / FILE_NAME).read_text(encoding="utf-8")
    assert not [line for line in logs.recent() if personal in line]


@pytest.mark.parametrize(
    "plain", ["370323-03A-261121-0007X", "took_ms=1795223520000", "0193a2b4-7c3d-7abc-8def-0123456789ab", "count=1234567890"]
)
def test_numbers_of_orders_and_moments_stay(plain: str) -> None:
    assert masked(plain) == plain


@given(
    before=st.text("字 =a(", max_size=3),
    digits=st.text("0123456789", min_size=11, max_size=11),
    after=st.text("字 ,z)", max_size=3),
)
def test_eleven_digits_are_hidden_wherever_they_stand(before: str, digits: str, after: str) -> None:
    assert digits not in masked(before + digits + after)


def test_the_last_lines_are_kept_for_a_report(logs: Logs) -> None:
    for count in range(RECENT_LINES + 10):
        log.info("line count=%d", count)

    assert len(logs.recent()) == RECENT_LINES
    assert logs.recent()[-1].endswith(f"count={RECENT_LINES + 9}")


def test_files_turn_over_and_there_are_at_most_five(logs: Logs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("county_hotline.logs.FILE_BYTES", 10_000)
    logs.to_files(tmp_path)

    for count in range(1_000):
        log.info("line count=%d", count)

    files = sorted(tmp_path.iterdir())
    assert len(files) == FILES == 5
    assert all(file.stat().st_size <= 10_000 for file in files)


def test_a_folder_that_cannot_be_written_does_not_stop_the_program(logs: Logs, tmp_path: Path) -> None:
    assert not logs.to_files(tmp_path / "nowhere")

    log.info("still_here")

    assert logs.recent()[-1].endswith("still_here")


def test_other_libraries_are_heard_only_when_something_is_wrong(logs: Logs) -> None:
    logging.getLogger("httpx2").info("GET http://hub")
    logging.getLogger("httpx2").warning("odd")

    assert [line.rsplit(" ", 1)[1] for line in logs.recent()] == ["odd"]


def test_stopping_leaves_logging_as_it_was() -> None:
    before = list(logging.getLogger().handlers)
    made = Logs()

    made.stop()

    assert logging.getLogger().handlers == before

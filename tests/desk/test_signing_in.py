"""登录: who is who, five tries, ten minutes, and a clock that is set back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from county_hotline.db.beside import memos
from county_hotline.desk import signing_in
from county_hotline.desk.founding import NewStation
from county_hotline.domain.vocabulary import OfficerRole
from county_hotline.errors import Refusal
from tests.support.desks import PASSWORD, Counter
from tests.support.ticking_clock import TickingClock


@pytest.fixture
def hall(tmp_path: Path, clock: TickingClock) -> Iterator[Counter]:
    counter = Counter(tmp_path / "hall", clock, NewStation())
    counter.with_account()
    yield counter
    counter.store.close()


def wrong(hall: Counter) -> Refusal:
    with pytest.raises(Refusal) as fault:
        signing_in.sign_in(hall.desk, "0301", "错的口令123")
    return fault.value


@pytest.mark.parametrize("typed", ["0301", "受理员甲", "0301 受理员甲", " 0301 "])
def test_an_officer_signs_in_by_badge_or_name(hall: Counter, typed: str) -> None:
    account = signing_in.sign_in(hall.desk, typed, PASSWORD)

    assert account.name == "受理员甲"
    assert hall.desk.signed_in() is account
    assert hall.desk.may("accept")
    signing_in.sign_out(hall.desk)
    assert hall.desk.officer is None
    assert not hall.desk.may("accept")


@pytest.mark.parametrize("typed", ["", "0399", "受理员"])
def test_an_unknown_name_is_refused(hall: Counter, typed: str) -> None:
    with pytest.raises(Refusal, match="R205"):
        signing_in.sign_in(hall.desk, typed, PASSWORD)


def test_five_wrong_passwords_lock_the_account_for_ten_minutes(hall: Counter) -> None:
    left = [wrong(hall).details["left"] for _ in range(5)]
    locked = wrong(hall)
    with pytest.raises(Refusal, match="R202"):
        signing_in.sign_in(hall.desk, "0301", PASSWORD)
    hall.clock.advance(minutes=10, seconds=1)

    account = signing_in.sign_in(hall.desk, "0301", PASSWORD)

    assert left == [4, 3, 2, 1, 0]
    assert (locked.code, locked.details["until"]) == ("R202", "2026-11-21 09:22")
    assert account.badge == "0301"


def test_the_right_password_gives_all_tries_back(hall: Counter) -> None:
    wrong(hall)
    wrong(hall)
    signing_in.sign_in(hall.desk, "0301", PASSWORD)

    assert wrong(hall).details["left"] == 4


def test_a_clock_set_back_by_years_does_not_lock_for_years(hall: Counter) -> None:
    for _ in range(5):
        wrong(hall)
    hall.clock.wind_back(days=900)

    assert signing_in.sign_in(hall.desk, "0301", PASSWORD).badge == "0301"


def test_every_try_is_written_down(hall: Counter) -> None:
    wrong(hall)
    signing_in.sign_in(hall.desk, "0301", PASSWORD)

    lines = memos.audit_lines(hall.store.database.connection(), 9)

    assert [(act, subject, reason) for _, _, act, subject, reason in lines] == [
        ("sign_in", "0301", ""),
        ("sign_in", "0301", "R201"),
        ("set_account", "0301", ""),
    ]


@pytest.mark.parametrize("password", ["", "short1", "12345678", "0" * 20])
def test_a_weak_password_is_not_taken(hall: Counter, password: str) -> None:
    account = hall.store.accounts()[0]

    with pytest.raises(Refusal, match="R206"):
        signing_in.set_account(hall.desk, account, password)

    assert signing_in.sign_in(hall.desk, "0301", PASSWORD).badge == "0301"


def test_a_new_password_lifts_the_lock_and_no_password_lies_in_the_file(hall: Counter) -> None:
    for _ in range(5):
        wrong(hall)
    signing_in.set_account(hall.sits(OfficerRole.ADMIN), hall.store.accounts()[0], "xin-mima-9")

    assert signing_in.sign_in(hall.desk, "0301", "xin-mima-9").badge == "0301"
    kept = hall.store.database.execute_sql("SELECT password_hash FROM accounts").fetchone()[0]
    assert kept.startswith("$argon2")


def test_accounts_are_listed_by_badge_with_their_roles(hall: Counter) -> None:
    hall.with_account(OfficerRole.LEADER, OfficerRole.DISPATCHER, badge="0300", name="负责人甲")

    assert [(account.badge, account.roles) for account in signing_in.accounts(hall.desk)] == [
        ("0300", (OfficerRole.LEADER, OfficerRole.DISPATCHER)),
        ("0301", (OfficerRole.CLERK,)),
    ]


def test_an_account_that_was_taken_away_meanwhile_is_refused(hall: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memos, "lock_of", lambda db, officer: None)

    with pytest.raises(Refusal, match="R205"):
        signing_in.sign_in(hall.desk, "0301", PASSWORD)


def test_a_damaged_password_hash_is_no_password_and_no_crash(hall: Counter) -> None:
    with hall.store.immediate() as db:
        db.execute("UPDATE accounts SET password_hash = 'damaged' WHERE badge = '0301'")

    with pytest.raises(Refusal, match="R201"):
        signing_in.sign_in(hall.desk, "0301", PASSWORD)

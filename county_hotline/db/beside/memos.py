"""What is kept but not journalled: notes of the sync, rounds, accounts, the audit of look-ups, drafts, prints."""

from __future__ import annotations

from typing import Final

import msgspec
from sqlcipher3.dbapi2 import Connection

from county_hotline.domain.reference import Account
from county_hotline.domain.views import Draft, RoundReport, RoundWay
from county_hotline.domain.vocabulary import OfficerRole
from county_hotline.ids import Number, OfficerId

DIFFERENCES: Final = "proof.differences"
"""Note: in what the two ends were last seen to differ (a list of `proving.Difference`)."""
ERASING: Final = "erasing"
"""Note: words were erased, and the search index and the write-ahead log may still hold traces of them."""

DATED_WRONG: Final = "clock.dated_wrong"
"""Note: an entry came whose PC's clock was wrong; dates counted from it are to be looked through."""


class Lock(msgspec.Struct, frozen=True):
    """An account's secret side."""

    password_hash: str
    failures: int
    locked_until: int


def note(db: Connection, key: str) -> str | None:
    row = db.execute("SELECT value FROM notes WHERE key = ?", (key,)).fetchone()
    return row[0] if row else None


def set_note(db: Connection, key: str, value: str) -> None:
    db.execute("INSERT INTO notes VALUES (?,?) ON CONFLICT DO UPDATE SET value = excluded.value", (key, value))


def drop_note(db: Connection, key: str) -> None:
    db.execute("DELETE FROM notes WHERE key = ?", (key,))


def add_round(db: Connection, report: RoundReport) -> RoundReport:
    """The report with its number: rounds that reached the hub, or brought its word on a stick, are counted; others are kept without one (None)."""
    reached = (report.requests > 0 or report.way is not RoundWay.LINE) and not report.fault.startswith("N")
    number = None
    if reached:
        number = int(note(db, "sync.rounds") or "0") + 1
        set_note(db, "sync.rounds", str(number))
    numbered = msgspec.structs.replace(report, number=number)
    db.execute("INSERT INTO rounds (body) VALUES (?)", (msgspec.json.encode(numbered),))
    db.execute("DELETE FROM rounds WHERE round <= (SELECT max(round) FROM rounds) - 500")
    return numbered


def rounds(db: Connection, limit: int) -> tuple[RoundReport, ...]:
    """The last rounds, newest first."""
    rows = db.execute("SELECT body FROM rounds ORDER BY round DESC LIMIT ?", (limit,))
    return tuple(msgspec.json.decode(row[0], type=RoundReport) for row in rows)


def accounts(db: Connection) -> tuple[Account, ...]:
    rows = db.execute("SELECT officer, badge, name, roles FROM accounts ORDER BY badge")
    return tuple(Account(OfficerId(o), b, n, tuple(OfficerRole(r) for r in roles.split())) for o, b, n, roles in rows)


def set_account(db: Connection, account: Account, password_hash: str) -> None:
    """Make an account, or give it a new password, name or roles; locks are lifted."""
    db.execute(
        "INSERT OR REPLACE INTO accounts (officer, badge, name, roles, password_hash) VALUES (?,?,?,?,?)",
        (account.officer, account.badge, account.name, " ".join(account.roles), password_hash),
    )


def lock_of(db: Connection, officer: OfficerId) -> Lock | None:
    row = db.execute("SELECT password_hash, failures, locked_until FROM accounts WHERE officer = ?", (officer,)).fetchone()
    return Lock(*row) if row else None


def set_lock(db: Connection, officer: OfficerId, lock: Lock) -> None:
    db.execute(
        "UPDATE accounts SET password_hash = ?, failures = ?, locked_until = ? WHERE officer = ?",
        (lock.password_hash, lock.failures, lock.locked_until, officer),
    )


def audit(db: Connection, at: int, officer: str, *, act: str, subject: str, reason: str = "") -> None:
    """One line for ever: sign-ins, unmaskings, prints, exports."""
    db.execute("INSERT INTO audit (at, officer, act, subject, reason) VALUES (?,?,?,?,?)", (at, officer, act, subject, reason))


def audit_lines(db: Connection, limit: int) -> list[tuple[int, str, str, str, str]]:
    """The last lines, newest first: at, officer, act, subject, reason."""
    rows: list[tuple[int, str, str, str, str]] = db.execute(
        "SELECT at, officer, act, subject, reason FROM audit ORDER BY line DESC LIMIT ?", (limit,)
    ).fetchall()
    return rows


def save_draft(db: Connection, key: str, at: int, body: bytes) -> None:
    db.execute("INSERT OR REPLACE INTO drafts VALUES (?,?,?)", (key, at, body))


def drafts(db: Connection) -> tuple[Draft, ...]:
    """Unfinished forms, newest first."""
    rows = db.execute("SELECT key, saved_at, body FROM drafts ORDER BY saved_at DESC")
    return tuple(Draft(key, saved_at, bytes(body)) for key, saved_at, body in rows)


def drop_draft(db: Connection, key: str) -> None:
    db.execute("DELETE FROM drafts WHERE key = ?", (key,))


def prints(db: Connection, number: Number, form: str) -> int:
    """How often this form of the order was printed."""
    count: int = db.execute("SELECT count(*) FROM prints WHERE work_order = ? AND form = ?", (number, form)).fetchone()[0]
    return count


def add_print(db: Connection, number: Number, form: str, *, at: int, officer: str) -> None:
    """Count one more print of this form."""
    db.execute("INSERT INTO prints (work_order, form, printed_at, officer) VALUES (?,?,?,?)", (number, form, at, officer))


def prints_since(db: Connection, since: int) -> int:
    """How many forms were printed here since then (UTC ms)."""
    count: int = db.execute("SELECT count(*) FROM prints WHERE printed_at >= ?", (since,)).fetchone()[0]
    return count

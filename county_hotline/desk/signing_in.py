"""登录: accounts, passwords (argon2), and the lock after five wrong tries. Every sign-in is audited."""

from __future__ import annotations

import argon2

from county_hotline.clock import shown
from county_hotline.db.beside import memos
from county_hotline.db.beside.memos import Lock
from county_hotline.desk import files
from county_hotline.desk.desk import Desk
from county_hotline.domain.reference import Account
from county_hotline.errors import Refusal

TRIES = 5
LOCKED_MS = 10 * 60_000
SHORTEST = 8

_hasher = argon2.PasswordHasher()


def accounts(desk: Desk) -> tuple[Account, ...]:
    """Who may sign in at this station, by badge."""
    return desk.store.accounts()


def sign_in(desk: Desk, name_or_badge: str, password: str) -> Account:
    """The officer, now signed in. Refuses an unknown one (R205), a wrong password (R201, with tries left), a locked account (R202)."""
    account = _named(desk, name_or_badge.strip())
    now = desk.clock.now_ms()
    with desk.store.immediate() as db:
        asked = memos.lock_of(db, account.officer)
    is_right = asked is not None and _is_right(asked.password_hash, password)  # slow on purpose: between two transactions
    with desk.store.immediate() as db:
        lock = memos.lock_of(db, account.officer)
        if lock is None or asked is None:
            raise Refusal("R205")
        fault = _fault_of(lock, now, is_right=is_right and lock.password_hash == asked.password_hash)
        left = _after_try(lock, now, wrong=fault == "R201")
        memos.set_lock(db, account.officer, left)
        memos.audit(db, now, account.officer, act="sign_in", subject=account.badge, reason=fault)
    if fault == "R202":
        raise Refusal("R202", until=shown(lock.locked_until))
    if fault:
        raise Refusal("R201", left=max(0, TRIES - left.failures))
    desk.officer = account
    return account


def sign_out(desk: Desk) -> None:
    """Nobody is signed in any more, and no copy lies about that was made for whoever was."""
    desk.officer = None
    files.forget_opened(desk)


def set_account(desk: Desk, account: Account, password: str) -> None:
    """Make an account or give it a new password. Refuses a password that is too short or only digits (R206)."""
    if len(password) < SHORTEST or password.isdigit():
        raise Refusal("R206", shortest=SHORTEST)
    hashed = _hasher.hash(password)
    with desk.store.immediate() as db:
        memos.set_account(db, account, hashed)
        who = desk.officer.officer if desk.officer else "setup"
        memos.audit(db, desk.clock.now_ms(), who, act="set_account", subject=account.badge)


def _named(desk: Desk, typed: str) -> Account:
    for account in accounts(desk):
        if typed and typed in (account.badge, account.name, account.officer):
            return account
    raise Refusal("R205")


def _fault_of(lock: Lock, now: int, *, is_right: bool) -> str:
    """The refusal's code, or empty when the officer may come in."""
    if lock.locked_until > now and lock.locked_until - now <= LOCKED_MS:
        return "R202"
    return "" if is_right else "R201"


def _is_right(password_hash: str, password: str) -> bool:
    """A damaged hash is no password's."""
    try:
        return _hasher.verify(password_hash, password)
    except (argon2.exceptions.VerificationError, argon2.exceptions.InvalidHashError):
        return False


def _after_try(lock: Lock, now: int, *, wrong: bool) -> Lock:
    if not wrong:
        still = lock.locked_until if lock.locked_until > now else 0
        return Lock(lock.password_hash, lock.failures if still else 0, still)
    failures = lock.failures % TRIES + 1
    return Lock(lock.password_hash, failures, now + LOCKED_MS if failures == TRIES else 0)

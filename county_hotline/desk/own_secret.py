"""The station's own secret, by which numbers made of people's particulars tell nobody else what they were made of."""

from __future__ import annotations

import secrets

from county_hotline.desk.desk import Desk

NOTE = "inbox.secret"


def own_secret(desk: Desk) -> str:
    """Made when it is first needed; it never leaves this station."""
    secret = desk.store.note(NOTE)
    if secret is None:
        secret = secrets.token_hex(16)
        desk.store.set_note(NOTE, secret)
    return secret

"""Every failure the program can name. Codes are never reused; the sentence for each stands in wording/ as `error.<code>`.

R = a rule forbids it; N = no line or the other end is not our hub; A = the hub does not trust us (or we it);
H = the hub answered no to a record; S = the store cannot hold it; J = the journal does not add up; I = input we cannot read.
"""

from __future__ import annotations


class HotlineError(Exception):
    """A failure with a code and details (ids and numbers only, never a caller's words)."""

    def __init__(self, code: str, **details: object) -> None:
        super().__init__(code)
        self.code = code
        self.details = details

    def __str__(self) -> str:
        return f"{self.code} {self.details}" if self.details else self.code

    def figures(self) -> dict[str, str | int]:
        """The details as they are written down and sent: numbers, and words for all else."""
        return {name: value if isinstance(value, int) else str(value) for name, value in self.details.items()}


class Refusal(HotlineError):
    """R: the rules forbid it; the officer reads why and goes on."""


class BadInput(HotlineError):
    """I: a file or field cannot be read as it stands; the message says what to do."""


class Unreachable(HotlineError):
    """N: no line, hub down, time-out, captive portal. Expected daily; tried again."""


class NotTrusted(HotlineError):
    """A: who is who is in doubt (unknown station, other hub, forked chain). The round stops and a person is told."""


class HubRejected(HotlineError):
    """H: the hub refused one record; a person must look. Other records go on."""


class StoreFault(HotlineError):
    """S: disk full, read-only, locked, from a newer release. Nothing is half-written."""


class JournalDamaged(HotlineError):
    """J: the record does not add up. Stop writing, keep the file."""

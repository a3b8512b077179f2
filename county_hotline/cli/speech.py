"""How a command speaks: lines in Chinese for a person, or one JSON document for a program."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from county_hotline.clock import Clock
from county_hotline.errors import HotlineError
from county_hotline.logs import Logs
from county_hotline.paths import Home
from county_hotline.wording import say, sentence


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a command did: `facts` for a program, `lines` for a person. `code` is the exit code; not 0 means: looked, and it is not well."""

    facts: Mapping[str, object] = field(default_factory=dict)
    lines: Sequence[str] = ()
    code: int = 0
    silent: bool = False
    """Nothing more is said: the command has spoken already."""


@dataclass(slots=True)
class Asked:
    """One command as it was asked."""

    options: argparse.Namespace
    speech: Speech
    clock: Clock
    home: Home
    logs: Logs


class Speech:
    """Where a command's words go. With `as_json` nothing but the document is on stdout."""

    def __init__(self, *, as_json: bool) -> None:
        self.as_json = as_json

    def line(self, words: str = "") -> None:
        """Said at once, as things happen; not in JSON."""
        if not self.as_json:
            print(words, flush=True)

    def aside(self, words: str) -> None:
        """Said beside the result, on stderr: warnings and progress."""
        if not self.as_json:
            print(words, file=sys.stderr, flush=True)

    def progress(self, words: str, *, last: bool = False) -> None:
        """How far it is: one line that changes, and only before a person's eyes."""
        if not self.as_json and sys.stderr.isatty():
            print(f"\r{words}", end="\n" if last else "", file=sys.stderr, flush=True)

    def asks(self, question: str) -> bool:
        """Whether a person at a terminal says yes. Nobody else is asked: then it is no."""
        if self.as_json or not (sys.stdin.isatty() and sys.stderr.isatty()):
            return False
        from county_hotline.desk import field_names

        print(question, end=" ", file=sys.stderr, flush=True)
        return field_names.truth_of(sys.stdin.readline().strip() or "n") is True

    def result(self, outcome: Outcome) -> None:
        """The end of the command."""
        if outcome.silent:
            return
        if self.as_json:
            self.document({"ok": outcome.code == 0, **outcome.facts})
            return
        for words in outcome.lines:
            print(words)
        sys.stdout.flush()

    def refused(self, fault: HotlineError) -> None:
        """An expected failure."""
        words = sentence(fault)
        details = {name: value for name, value in fault.details.items() if isinstance(value, (str, int, list, tuple, dict))}
        if self.as_json:
            self.document({"ok": False, "code": fault.code, "message": words, "details": details})
        else:
            print(words, file=sys.stderr)

    def misused(self, fault: HotlineError) -> None:
        """The command line itself cannot be understood."""
        self.refused(fault)

    def failed(self, log_file: Path | None) -> None:
        """A bug: its code, and where the trace lies."""
        words = say("error.E000")
        where = str(log_file) if log_file else ""
        if self.as_json:
            self.document({"ok": False, "code": "E000", "message": words, "log": where})
            return
        print(words, file=sys.stderr)
        if where:
            print(say("cli.log_file", path=where), file=sys.stderr)

    def document(self, facts: Mapping[str, object]) -> None:
        """The JSON document, if one was asked for."""
        if not self.as_json:
            return
        print(msgspec.json.format(msgspec.json.encode(facts), indent=2).decode(), flush=True)

"""One command from its arguments to its exit code. Every failure leaves here as one sentence, never as a trace."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from county_hotline import wording
from county_hotline.cli.speech import Asked, Outcome, Speech
from county_hotline.clock import Clock, SystemClock
from county_hotline.errors import BadInput, HotlineError, Refusal
from county_hotline.logs import Logs
from county_hotline.paths import Home, default_home

log = logging.getLogger(__name__)

DONE, REFUSED, MISUSED = 0, 1, 2


def run(argv: Sequence[str] | None, clock: Clock | None) -> int:
    """See `cli.main`."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    _speak_utf8()
    logs = Logs()
    try:
        return _asked(arguments, clock or SystemClock(), logs)
    except BrokenPipeError:
        _hush_stdout()
        return DONE
    finally:
        wording.drop_overlay()
        logs.stop()


def _asked(arguments: list[str], clock: Clock, logs: Logs) -> int:
    from county_hotline.cli.parser import Misuse, parse

    try:
        options = parse(arguments)
    except Misuse as fault:
        return _misused(fault.sentence, as_json="--json" in arguments)
    except SystemExit as asked_for_help:
        return int(asked_for_help.code or 0)
    home = Home(Path(options.home).expanduser()) if options.home else default_home()
    speech = Speech(as_json=options.json)
    asked = Asked(options, speech, clock, home, logs)
    try:
        return _carried_out(asked)
    except KeyboardInterrupt:
        speech.refused(Refusal("R221"))
        return REFUSED


def _carried_out(asked: Asked) -> int:
    try:
        module = import_module(f"county_hotline.cli.{asked.options.module}")
        outcome: Outcome = getattr(module, asked.options.function)(asked)
        asked.speech.result(outcome)
    except HotlineError as fault:
        log.info("command_refused command=%s code=%s", asked.options.command, fault.code)
        asked.speech.refused(fault)
        return MISUSED if fault.code == "I120" else REFUSED
    except BrokenPipeError:
        raise
    except Exception:
        log.exception("command_failed command=%s", asked.options.command)
        asked.speech.failed(_kept_log(asked))
        return REFUSED
    return outcome.code


def _kept_log(asked: Asked) -> Path | None:
    """Where the trace can be read: in the home if there is one, else in the user's own folder."""
    for folder in (asked.home.logs, default_home().logs):
        if folder.is_dir() and asked.logs.to_files(folder):
            return folder / "county-hotline.log"
    return None


def _misused(sentence: str, *, as_json: bool) -> int:
    Speech(as_json=as_json).misused(BadInput("I120", text=sentence))
    return MISUSED


def _speak_utf8() -> None:
    """A Windows console and a bare POSIX locale would choke on Chinese; what cannot be shown is shown as `?`, never a failure."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")


def _hush_stdout() -> None:
    """The reader went away (`| head`): Python must not complain about it at the very end."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError):
        return

"""hub: the level above, served from this PC."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from county_hotline import paths
from county_hotline.cli import above, restoring
from county_hotline.cli.speech import Asked, Outcome
from county_hotline.db.beside.reference import Bundle
from county_hotline.desk import founding, home_kind
from county_hotline.errors import BadInput, Refusal
from county_hotline.hub.asking import Hub
from county_hotline.hub.serve import Tls, open_hub, run_hub
from county_hotline.sync.identity import travels_in_clear
from county_hotline.wording import say


def hub(asked: Asked) -> Outcome:
    """Serve until told to stop (the home is made on first use), or speak with the hub above: see `cli.above`."""
    match asked.options.action:
        case "join":
            return above.join(asked)
        case "sync":
            return above.sync(asked)
        case "recheck":
            return _recheck(asked)
        case "restored":
            return restoring.restored(asked, opened_hub)
        case "rescue":
            return restoring.rescue(asked, opened_hub)
    asked.home.ensure()
    hold = paths.hold(asked.home)
    try:
        made, bundle = founded_hub(asked)
        made.store.close()
        options = asked.options

        def announce(url: str) -> None:
            asked.speech.line(say("cli.hub.serving", county=bundle.county_name, hub_id=made.pair.key_id, url=url))
            if travels_in_clear(url):
                asked.speech.line(say("cli.in_clear"))
            asked.speech.line(say("cli.hub.stop"))
            asked.speech.document({"ok": True, "url": url, "hub_id": made.pair.key_id})

        with _gentle_end():
            run_hub(asked.home, options.host, options.port, announce=announce, tls=_tls(asked))
    finally:
        hold.release()
    return Outcome({"stopped": True}, [say("cli.hub.stopped")], silent=asked.speech.as_json)


def _recheck(asked: Asked) -> Outcome:
    """What is held is judged again; also while the hub serves."""
    made = opened_hub(asked)
    try:
        released = made.storage.recheck()
        left = sum(len(made.store.quarantine.of(each.card.station)) for each in made.storage.stations())
    finally:
        made.store.close()
    return Outcome({"released": released, "held": left}, [say("cli.hub.rechecked", released=len(released), held=left)])


@contextmanager
def _gentle_end() -> Iterator[None]:
    """The server ends gently on SIGTERM and SIGINT, then raises them again for us: here that is an end like any other."""
    before = {name: signal.signal(name, lambda *_: None) for name in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for name, handler in before.items():
            signal.signal(name, handler)


def founded_hub(asked: Asked) -> tuple[Hub, Bundle]:
    """The hub in `--home`, made where there is none. Refuses a station's home (R212)."""
    asked.home.ensure()
    asked.logs.to_files(asked.home.logs)
    store = founding.open_store(asked.home, asked.clock)
    try:
        founding.settle_hub(store, getattr(asked.options, "county", founding.SAMPLE))
    finally:
        store.close()
    made = open_hub(asked.home, clock=asked.clock)
    return made, made.store.reference.bundle()


def opened_hub(asked: Asked) -> Hub:
    """The hub in `--home`. Raises BadInput I107 where there is no home; refuses a station's (R217)."""
    if not asked.home.database.exists():
        raise BadInput("I107", path=str(asked.home.path))
    asked.logs.to_files(asked.home.logs)
    store = founding.open_store(asked.home, asked.clock)
    is_hub = home_kind.is_hub(store)
    store.close()
    if not is_hub:
        raise Refusal("R217", path=str(asked.home.path))
    return open_hub(asked.home, clock=asked.clock)


def _tls(asked: Asked) -> Tls | None:
    certificate, key = asked.options.tls_certificate, asked.options.tls_key
    if not certificate and not key:
        return None
    if not (certificate and key):
        raise BadInput("I120", text=say("cli.usage.required", what="--tls-certificate, --tls-key"))
    return Tls(Path(certificate), Path(key))

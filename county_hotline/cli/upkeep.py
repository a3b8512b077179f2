"""verify, rebuild, new-life, version: proof and repair."""

from __future__ import annotations

from county_hotline import __version__, paths
from county_hotline.cli.speech import Asked, Outcome
from county_hotline.cli.station import station_of
from county_hotline.db.store import Store
from county_hotline.desk import founding, upkeep
from county_hotline.domain.views import VerifyReport
from county_hotline.errors import BadInput, HotlineError
from county_hotline.wording import say, sentence


def verify(asked: Asked) -> Outcome:
    """Chains, hashes, words, tables: at a station or a hub. Exit code 1 when it does not add up."""
    store = _any_store(asked)
    try:
        report = store.verify()
    finally:
        store.close()
    return Outcome({"report": report}, report_lines(report), code=0 if report.sound else 1)


def report_lines(report: VerifyReport) -> list[str]:
    """What was found, in words."""
    head = say(
        "cli.verify.sound" if report.sound else "cli.verify.broken",
        entries=report.entries,
        orders=report.orders,
        lives=report.lives,
        erased=report.erased,
        problems=len(report.problems),
    )
    return [head, *(_problem(problem) for problem in report.problems)]


def _problem(problem: str) -> str:
    """`J102 370323-03 A 17` as a sentence, with the line itself for the one who mends it."""
    code, *ids = problem.split()
    return say("cli.verify.problem", problem=problem, words=sentence(HotlineError(code, where=" ".join(ids))))


def rebuild(asked: Asked) -> Outcome:
    """The tables folded anew from the journal; then checked."""
    store = _any_store(asked)
    try:
        count = store.rebuild()
        report = store.verify()
    finally:
        store.close()
    return Outcome(
        {"orders": count, "report": report},
        [say("cli.rebuild.done", orders=count), *report_lines(report)],
        code=0 if report.sound else 1,
    )


def new_life(asked: Asked) -> Outcome:
    """A new chain after a restore; refuses (S104) while a window has this home."""
    hold = paths.hold(asked.home) if asked.home.path.is_dir() else None
    try:
        with station_of(asked) as station:
            life, given = upkeep.begin_life(station.desk)
    finally:
        if hold is not None:
            hold.release()
    lines = [say("cli.new_life.renumbered", was=each.was, now=each.now) for each in given]
    if given:
        lines = [say("cli.new_life.tell_callers", orders=len(given)), *lines]
    return Outcome({"life": life, "renumbered": given}, [say("cli.new_life.done", life=life), *lines])


def version(asked: Asked) -> Outcome:
    """Which release this is."""
    return Outcome({"version": __version__}, [say("cli.version", version=__version__)])


def _any_store(asked: Asked) -> Store:
    if not asked.home.database.exists():
        raise BadInput("I107", path=str(asked.home.path))
    asked.logs.to_files(asked.home.logs)
    return founding.open_store(asked.home, asked.clock)

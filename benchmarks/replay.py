"""Real messages with their answers, run through the whole program at their real times; then how many were late under each shipped pack.

    python benchmarks/replay.py [../shared/data/messages/teddy-reply.jsonl.gz] [--limit 100] [--json]

Every message is registered, dispatched, signed for, replied to and finished by the desk's own acts on a real (encrypted) store, in the
order in which it all really happened. The source names no kind of matter: it is taken from the title's own words (举报, 投诉, 建议,
咨询 or a question, else 求助), which is said beside the figures. Texts stay where they are; only figures are printed.
"""

from __future__ import annotations

import argparse
import gzip
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib import resources
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from county_hotline.desk import Desk, founding, handling, intake
from county_hotline.desk.founding import NewStation
from county_hotline.desk.intake import IntakeForm
from county_hotline.domain.calendars import Calendar
from county_hotline.domain.civil_time import civil, moment_ms
from county_hotline.domain.reference import Account
from county_hotline.domain.rule_packs import RulePack, parse
from county_hotline.domain.time_limits import due, workdays_left
from county_hotline.domain.vocabulary import AssignmentRole, MatterKind, OfficerRole, Outcome, StationRole
from county_hotline.domain.work_order import WorkOrder
from county_hotline.ids import Number, OfficerId
from county_hotline.paths import Home
from county_hotline.settings import Settings

DATA = ROOT.parent / "shared" / "data" / "messages" / "teddy-reply.jsonl.gz"
WORDS = (
    (MatterKind.TIP_OFF, ("举报",)),
    (MatterKind.COMPLAINT, ("投诉",)),
    (MatterKind.SUGGESTION, ("建议",)),
    (MatterKind.INQUIRY, ("咨询", "吗", "?", "？")),
)


@dataclass(frozen=True)
class Pair:
    """A message and its answer with both times, UTC ms."""

    key: str
    asked_at: int
    answered_at: int
    title: str
    text: str
    answer: str
    kind: MatterKind


class RealTimes:
    """A clock that shows what the replay says."""

    def __init__(self) -> None:
        self.now = 0

    def now_ms(self) -> int:
        return self.now

    def monotonic_s(self) -> float:
        return self.now / 1000


def main() -> int:
    """0 when all went through, or there is nothing to replay."""
    options = _options()
    if not options.data.is_file():
        print(f"Nothing to replay: {options.data.name} is not here.")
        return 0
    pairs = list(read(options.data))[: options.limit]
    with tempfile.TemporaryDirectory() as folder:
        begun = time.perf_counter()
        desk, clock = _desk(Path(folder))
        orders = play(desk, clock, pairs)
        took = time.perf_counter() - begun
        calendar = desk.store.reference.calendar()
        sound = desk.store.verify().sound
        desk.store.close()
    if calendar is None:
        return 1
    found = {pack.title: figures(orders, pack, calendar) for pack in packs()}
    _say(pairs, orders, found, took=took, sound=sound, as_json=options.json)
    return 0 if sound and all(order.is_ended for order in orders) else 1


def read(path: Path) -> Iterator[Pair]:
    """The pairs of the file, oldest message first."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    for row in sorted(rows, key=lambda row: row["时间ISO"]):
        title = row["留言主题"].strip()
        yield Pair(
            row["键"],
            moment_ms(datetime.fromisoformat(row["时间ISO"])),
            moment_ms(datetime.fromisoformat(row["答复时间ISO"])),
            title,
            row["留言详情"],
            row["答复意见"],
            next((kind for kind, words in WORDS if any(word in title for word in words)), MatterKind.HELP),
        )


def play(desk: Desk, clock: RealTimes, pairs: Sequence[Pair]) -> list[WorkOrder]:
    """Everything in the order in which it happened."""
    moments = [(pair.asked_at, 0, at) for at, pair in enumerate(pairs)] + [
        (pair.answered_at, 1, at) for at, pair in enumerate(pairs)
    ]
    numbers: dict[int, Number] = {}
    for moment, what, at in sorted(moments):
        clock.now = moment
        if what == 0:
            numbers[at] = _take(desk, pairs[at])
        else:
            _answer(desk, numbers[at], pairs[at])
    return [desk.store.order(numbers[at]) for at in range(len(pairs))]


def _take(desk: Desk, pair: Pair) -> Number:
    form = IntakeForm(
        anonymous=True, place=desk.card.county, title=pair.title[:60] or "—", content=pair.text, matter_kind=pair.kind,
        external_number=pair.key,
    )  # fmt: skip
    number = intake.accept(desk, form).number
    handling.dispatch(desk, number, desk.card.unit, role=AssignmentRole.LEAD)
    handling.sign_for(desk, number)
    return number


def _answer(desk: Desk, number: Number, pair: Pair) -> None:
    handling.reply(desk, number, internal=pair.answer, public=pair.answer, solved=None)
    handling.finish(desk, number, Outcome.EXPLAINED)


def packs() -> list[RulePack]:
    """Every shipped pack."""
    folder = resources.files("county_hotline") / "rule_packs"
    return [
        parse(file.read_text(encoding="utf-8")) for file in sorted(folder.iterdir(), key=str) if file.name.endswith(".toml")
    ]


@dataclass(frozen=True)
class Figures:
    """What a pack says of the orders."""

    with_date: int
    late: int
    late_days: int
    """Median of working days by which the late ones were late."""
    worst: int


def figures(orders: Sequence[WorkOrder], pack: RulePack, calendar: Calendar) -> Figures:
    """Late: finished after the moment the pack's limit ended."""
    dated, late = 0, []
    for order in orders:
        limit = pack.limit_for(order.accepted.matter_kind) if order.accepted else None
        if limit is None or order.finished_at is None:
            continue
        dated += 1
        end = due(civil(order.accepted_at), limit, calendar)
        if order.finished_at > end.at_ms:
            late.append(-workdays_left(civil(order.finished_at).date(), end.on, calendar))
    return Figures(dated, len(late), round(statistics.median(late)) if late else 0, max(late, default=0))


def _desk(folder: Path) -> tuple[Desk, RealTimes]:
    clock, home = RealTimes(), Home(folder)
    store = founding.open_store(home, clock)
    card = founding.card_for(founding.load_county(store), NewStation(role=StationRole.CENTRE))
    store.set_station(card)
    officer = Account(OfficerId("0101 负责人"), "0101", "负责人", (OfficerRole.LEADER,))
    return Desk(store, home, clock, Settings(home.settings), lambda _changes: None, officer=officer), clock


def _say(
    pairs: Sequence[Pair], orders: Sequence[WorkOrder], found: dict[str, Figures], *, took: float, sound: bool, as_json: bool
) -> None:
    kinds = {kind.value: sum(pair.kind is kind for pair in pairs) for kind in MatterKind}
    ended = sum(order.is_ended for order in orders)
    if as_json:
        shown = {title: vars(each) for title, each in found.items()}
        print(
            json.dumps(
                {"orders": len(orders), "ended": ended, "sound": sound, "kinds": kinds, "packs": shown}, ensure_ascii=False
            )
        )
        return
    print(
        f"{len(orders)} orders, {5 * len(orders)} entries in {took:.1f} s; {ended} ended; journal {'sound' if sound else 'DAMAGED'}."
    )
    print("Kinds by words of the title:", ", ".join(f"{name} {count}" for name, count in kinds.items() if count))
    print(f"{'pack':<16} {'with a date':>12} {'late':>6} {'share':>8} {'median late':>12} {'worst':>7}   (working days)")
    for title, each in found.items():
        share = f"{each.late / each.with_date:.2%}" if each.with_date else "-"
        print(f"{title:<16} {each.with_date:>12} {each.late:>6} {share:>8} {each.late_days:>12} {each.worst:>7}")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", nargs="?", type=Path, default=DATA)
    parser.add_argument("--limit", type=int)
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    raise SystemExit(main())

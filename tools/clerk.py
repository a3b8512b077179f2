"""A scripted clerk who takes requests in the real window, by keys alone, and counts them: keys, what the window made the clerk wait, and
what a paper form would have asked to be written.

    python -m tools.clerk [--count 100] [--data FILE.jsonl] [--past 600] [--pasted 0.3] [--seed 1] [--json]

Chinese reaches the window as characters, the way an input method hands them over; the letters a clerk strikes for them are counted beside
(`Rates`). In the end the store is read: every request must be there with exactly what was typed.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from msgspec.structs import replace

from county_hotline.desk import handling, intake, looking_up, pasting, suggesting
from county_hotline.desk.desk import Desk
from county_hotline.desk.intake_form import IntakeForm, drafts, form_of
from county_hotline.domain import finding
from county_hotline.domain.headlines import headline
from county_hotline.domain.reference import Account
from county_hotline.domain.views import RegisterQuery
from county_hotline.domain.vocabulary import Channel, OfficerRole, StationRole
from county_hotline.ids import AgencyCode, Number, OfficerId
from tools.clerk_figures import figures, table
from tools.clerk_hands import Hands, Rates, Taken, clipboard, shortest
from tools.clerk_work import SAMPLES, Intake, Way, in_the_ledger, intakes, read, written
from tools.eye import Box, Eye
from tools.one_desk import OneDesk
from tools.screens import virtual_screen

BODY = Box(160, 112, 1206, 616)
"""The page without its head, where a clock ticks, and without the status bar."""
CLEARED = 2500
"""So many pixels change when another page or an empty form comes."""
BACK_TO_PLACE = 6
"""Steps from the category."""
LOOKS = 5
BY_PHONE = "2"
"""Which line of 渠道 it is."""
DISPATCHER = Account(OfficerId("0101 派单员甲"), "0101", "派单员甲", (OfficerRole.DISPATCHER,))


class Clerk:
    """Takes requests at one seat. `desk` is the same station beside the window: what the window shows is foretold by asking it."""

    def __init__(self, seat: OneDesk, desk: Desk, hands: Hands) -> None:
        self._seat, self._desk, self._hands = seat, desk, hands
        bundle = desk.store.reference.bundle()
        parents = {each.parent for each in bundle.categories}
        self._leaves = [each for each in bundle.categories if each.code not in parents]
        self._agencies = bundle.agencies

    def take(self, asked: Intake) -> Taken:
        """From the empty form to the next empty form."""
        self._hands.taken = Taken(
            asked.way,
            content=len(asked.content),
            written=written(asked, self._short(asked.agency)),
            ledger=in_the_ledger(asked),
        )
        form = self._typed(asked) if asked.way is Way.TYPED else self._pasted(asked)
        self._whose(asked, form)  # the keyboard stands in the content, after a paste in the category
        self._hands.look()
        if not form.title:
            self._hands.wait("title", self._hands.press("F9"))
            self._hands.look()
        self._hands.wait("registered", self._hands.press("F9"), moved=CLEARED)
        return self._hands.taken

    def _typed(self, asked: Intake) -> IntakeForm:
        hands = self._hands
        hands.write(asked.phone)
        hands.press("Return")
        hands.write(asked.name)
        hands.press("Return", BY_PHONE, "Return")
        self._find(asked.place.name, asked.place.code, self._places)
        hands.press("Return")
        hands.write(asked.detail)
        hands.press("Return", "Return")
        hands.write(asked.content, is_text=True)
        return IntakeForm(phone=asked.phone, name=asked.name, place=asked.place.code, content=asked.content)

    def _pasted(self, asked: Intake) -> IntakeForm:
        hands = self._hands
        with clipboard(asked.pasted(), self._seat.display):
            hands.copied()
            hands.look()
            hands.wait("taken apart", hands.press("ctrl+shift+v"), moved=CLEARED)
            hands.look()
            hands.wait("filled in", hands.press("F9"), moved=CLEARED)
        form = after_paste(self._desk, asked)
        if not form.name:
            hands.write(asked.name)
            hands.press("Return", "Return")  # past the channel, to the place
        if form.place != asked.place.code:
            if form.place and form.name:  # another of that name; the keyboard stands in the category
                hands.press(*["shift+Tab"] * BACK_TO_PLACE)
            self._find(asked.place.name, asked.place.code, self._places)
        if not form.name or form.place != asked.place.code:
            hands.press("Return", "Return", "Return", "Tab", "Return")  # from the place to the category
        return replace(form, place=asked.place.code)

    def _whose(self, asked: Intake, form: IntakeForm) -> None:
        """Category and unit, from the content on: the suggestion by its key where it is right, typed where it is not."""
        hands = self._hands
        foretold = suggesting.advise(self._desk, form)
        if (
            foretold.category
            and foretold.category.label == asked.category.code
            and foretold.units[:1]
            and foretold.units[0].lead == asked.agency
        ):
            hands.wait("suggestion", time.monotonic())
            for _ in range(LOOKS):  # seen on a busy machine before it can be taken
                hands.wait("adopted", hands.press("alt+a"))
                if self._is_on_disk(asked):
                    return
        if asked.way is Way.TYPED:
            hands.press("Tab", "Return")
        self._find(asked.category.name, asked.category.code, self._categories)
        hands.wait("whose", hands.press("Return"))
        found = suggesting.advise(self._desk, replace(form, category=asked.category.code))
        if not (found.by_list and found.units[0].lead == asked.agency):
            hands.press("Return")
            self._find(self._short(asked.agency), asked.agency, self._units)
            hands.press("Return")

    def _is_on_disk(self, asked: Intake) -> bool:
        """Whether the draft has the category by now."""
        forms = (form_of(draft) for draft in drafts(self._desk))
        return any(form.phone == asked.phone and form.category == asked.category.code for form in forms)

    def _find(self, name: str, code: str, listed: Callable[[str], Sequence[str]]) -> None:
        """Few letters, then down to its line. The line is taken by the key that comes next."""
        letters, down = shortest(name, code, listed)
        self._hands.write(letters[:-1])
        self._hands.taken.events += 1
        self._hands.taken.struck += 1
        self._hands.wait("list", self._seat.keys.strike(letters[-1]))
        self._hands.press(*["Down"] * down)

    def _places(self, typed: str) -> list[str]:
        return [place.code for place in looking_up.places(self._desk, typed, 60)]

    def _categories(self, typed: str) -> list[str]:
        ranked = [
            (rank, each.code)
            for each in self._leaves
            if (rank := finding.rank(typed, (each.name, each.path), each.code)) is not None
        ]
        return [code for _, code in sorted(ranked, key=lambda pair: pair[0])]

    def _units(self, typed: str) -> list[str]:
        ranked = [
            (rank, each.code)
            for each in self._agencies
            if (rank := finding.rank(typed, (each.short_name or each.name, each.name), each.code)) is not None
        ]
        return [code for _, code in sorted(ranked, key=lambda pair: pair[0])]

    def _short(self, code: str) -> str:
        return next(each.short_name or each.name for each in self._agencies if each.code == code)


# ---------------------------------------------------------------- a run


def sit(
    folder: Path, display: str, messages: Sequence[tuple[str, str]], options: argparse.Namespace
) -> tuple[list[Taken], list[str]]:
    """So many intakes at a new seat of a county's centre; what is wrong in the store afterwards."""
    dice = random.Random(options.seed)  # noqa: S311 - which requests come is no secret
    seat = OneDesk(folder, display, role=StationRole.CENTRE)
    with seat.desk() as desk:
        desk.officer = DISPATCHER
        work = intakes(desk, messages, options.count, dice, pasted=options.pasted)
        make_past(desk, intakes(desk, messages, options.past, dice, pasted=0))
        while suggesting.learn(desk):
            pass
        known = set(_numbers(desk))
        program = seat.sit_down()
        try:
            eye = Eye(display, BODY)
            clerk = Clerk(seat, desk, Hands(seat, eye, Rates(key_s=options.key, written_per_minute=options.by_hand)))
            taken = []
            for each in work:
                taken.append(clerk.take(each))
                _say(options, f"{len(taken):4} {each.way.value:22} {taken[-1].struck:5} keys {taken[-1].waited_s:6.2f} s")
        finally:
            program.terminate()
            program.wait(timeout=30)
        return taken, faults(desk, work, known)


def make_past(desk: Desk, work: Sequence[Intake]) -> None:
    """What was taken and dispatched before: the suggestions learn from it."""
    for each in work:
        form = IntakeForm(
            phone=each.phone, name=each.name, place=each.place.code, title=each.title, content=each.content,
            category=each.category.code, channel=Channel.PHONE,
        )  # fmt: skip
        handling.dispatch(desk, intake.accept(desk, form).number, AgencyCode(each.agency))


def _numbers(desk: Desk) -> tuple[Number, ...]:
    return looking_up.register_numbers(desk, RegisterQuery(), limit=100_000)


def faults(desk: Desk, work: Sequence[Intake], known: set[Number]) -> list[str]:
    """What was asked and is not in the store exactly so, and what is there beyond; names no caller."""
    kept = Counter(_kept(desk, number) for number in _numbers(desk) if number not in known)
    wanted = Counter(_wanted(desk, each) for each in work)
    missing, beyond = wanted - kept, kept - wanted
    told = {each[0]: each for each in beyond}
    return [f"not in the store: {each}; there is {told.pop(each[0], None)}" for each in missing] + [
        f"not asked: {each}" for each in told.values()
    ]


def _kept(desk: Desk, number: Number) -> tuple[str, ...]:
    order = desk.store.order(number)
    said, person = order.accepted, order.person
    if said is None or person is None:
        return (number,)
    return (person.phone, person.name, said.place, said.place_detail, said.title, said.content, said.category, said.agency_hint)


def _wanted(desk: Desk, asked: Intake) -> tuple[str, ...]:
    if asked.way is Way.TYPED:
        detail, title, content = asked.detail, headline(asked.content), asked.content
    else:
        form = after_paste(desk, asked)
        detail, title, content = form.place_detail, form.title, form.content
    whole = content if asked.content in content else f"{content} lacks {asked.content}"
    return (asked.phone, asked.name, asked.place.code, detail, title, whole, asked.category.code, asked.agency)


def after_paste(desk: Desk, asked: Intake) -> IntakeForm:
    """What the window has when a text was taken over, by the same words."""
    return pasting.filled(IntakeForm(), pasting.read(desk, asked.pasted()))


# ---------------------------------------------------------------- a command


def _say(options: argparse.Namespace, line: str) -> None:
    if not options.json:
        print(line, flush=True)


def asked(arguments: Sequence[str]) -> argparse.Namespace:
    """The options of a run."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument(
        "--data", type=Path, default=None, help="messages: JSON lines, gzipped or not, or a folder of such files"
    )
    parser.add_argument("--past", type=int, default=600, help="requests taken and dispatched before, for the suggestions")
    parser.add_argument("--pasted", type=float, default=0.3, help="the part that comes as text")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--key", type=float, default=Rates().key_s, help="seconds a key")
    parser.add_argument("--by-hand", type=float, default=Rates().written_per_minute, help="characters a minute on paper")
    parser.add_argument("--json", action="store_true")
    return parser.parse_args(arguments)


def main(arguments: Sequence[str]) -> int:
    """A table, or JSON; 1 where the store does not hold exactly what was typed, or paper would have been quicker."""
    options = asked(arguments)
    messages = read(options.data or SAMPLES)
    with tempfile.TemporaryDirectory(prefix="clerk-") as folder, virtual_screen() as display:
        taken, wrong = sit(Path(folder) / "home", display, messages, options)
    rates = Rates(key_s=options.key, written_per_minute=options.by_hand)
    whole = figures(taken, rates)
    if options.json:
        print(json.dumps({"figures": whole, "wrong": len(wrong), "messages": len(messages)}))
    else:
        print(table(taken, rates))
        print(
            f"{len(taken)} taken, of {len(messages)} messages; in the store exactly as typed: {'all' if not wrong else f'not {len(wrong)}'}"
        )
        print(*wrong[:3], sep="\n")
    return 0 if not wrong and whole["seconds"] < whole["paper_seconds"] else 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

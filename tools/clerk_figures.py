"""What the scripted clerk's keys, waits and characters come to, beside paper."""

from __future__ import annotations

import statistics
from collections.abc import Sequence

from tools.clerk_hands import Rates, Taken
from tools.clerk_work import Way


def figures(taken: Sequence[Taken], rates: Rates) -> dict[str, float]:
    """Medians of one way."""
    seconds = [each.struck * rates.key_s + each.waited_s for each in taken]
    by_hand = [each.written * 60 / rates.written_per_minute for each in taken]

    def middle(values: Sequence[float]) -> float:
        return round(statistics.median(values), 2)

    return {
        "intakes": len(taken),
        "events": middle([each.events for each in taken]),
        "keys": middle([each.struck for each in taken]),
        "keys_beside_text": middle([each.struck - each.text for each in taken]),
        "steps": middle([each.steps for each in taken]),
        "waited_s": middle([each.waited_s for each in taken]),
        "most_waited_s": round(max(each.waited_s for each in taken), 2),
        "seconds": middle(seconds),
        "paper_characters": middle([each.written for each in taken]),
        "paper_beside_content": middle([each.written - each.content for each in taken]),
        "paper_seconds": middle(by_hand),
        "ledger_seconds": middle([each.ledger * 60 / rates.written_per_minute for each in taken]),
        "quicker": sum(ours < theirs for ours, theirs in zip(seconds, by_hand, strict=True)),
    }


def table(taken: Sequence[Taken], rates: Rates) -> str:
    rows = [(way.value, mine) for way in Way if (mine := [each for each in taken if each.way is way])]
    rows.append(("all", list(taken)))
    lines = [
        "                        n   events   keys  beside text  steps | waits  seconds || paper: written  beside text  seconds  +ledger  quicker than paper"
    ]
    for name, mine in rows:
        f = figures(mine, rates)
        lines.append(
            f"{name:21} {f['intakes']:4} {f['events']:8.0f} {f['keys']:6.0f} {f['keys_beside_text']:12.0f} {f['steps']:6.0f} |{f['waited_s']:6.2f} "
            f"{f['seconds']:8.1f} || {f['paper_characters']:14.0f} {f['paper_beside_content']:12.0f} {f['paper_seconds']:8.1f} "
            f"{f['ledger_seconds']:8.1f}  {f['quicker']:.0f} of {f['intakes']:.0f}"
        )
    lines.append(
        f"Medians. Assumed: {rates.key_s} s a key (Keystroke-Level Model, 1980: average typist, no secretary), {rates.written_per_minute:.0f} "
        f"characters a minute by hand, full pinyin, a choice every {rates.chosen_every} characters. Measured: events, waits."
    )
    waits = {name for each in taken for name in each.waits}
    lines.append("Waits, median and longest: " + ", ".join(_told(name, taken) for name in sorted(waits)))
    return "\n".join(lines)


def _told(name: str, taken: Sequence[Taken]) -> str:
    waits = [each.waits[name] for each in taken if name in each.waits]
    return f"{name} {statistics.median(waits):.2f} s, {max(waits):.2f} s ({len(waits)} times)"

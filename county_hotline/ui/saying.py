"""How the line and the counts are said, in the strip and wherever else they stand."""

from __future__ import annotations

from county_hotline.clock import local
from county_hotline.domain.views import Counts, Line, LineState
from county_hotline.domain.vocabulary import Stage
from county_hotline.ui.telling.marks import stage_mark
from county_hotline.ui.tones import Tone
from county_hotline.wording import say, word


def line_words(line: Line) -> tuple[str, Tone, str]:
    """How the line's state is said: words, tone, sign."""
    words = word(line.state)
    if line.state is LineState.ONLINE:
        return words, Tone.GREEN, "wifi"
    if line.state is LineState.OFFLINE:
        since = say("ui.since", time=f"{local(line.since):%H:%M}") if line.since else ""
        return f"{words} {since}".strip(), Tone.AMBER, "wifi-off"
    if line.state is LineState.REFUSED:
        return words, Tone.RED, "exclamation-octagon-fill"
    return words, Tone.QUIET, "wifi-off" if line.state is LineState.UNENROLLED else "wifi"


def verdict(counts: Counts) -> tuple[str, bool]:
    """对得上, or by how many it does not."""
    gap = counts.stored - counts.received - counts.waiting
    if gap:
        return say("ui.counts.gap", count=abs(gap)), False
    return (say("ui.counts.agrees"), True) if counts.balanced else (say("ui.counts.unbalanced"), False)


def stage_words(stage: Stage) -> tuple[str, Tone, str]:
    """How a state of an order is said: words, tone, sign. Every state has its own outline."""
    mark = stage_mark(stage)
    return mark.words, Tone(mark.tone), mark.icon

"""关联工单 and 同一事项 on an order's page: what it has to do with others, each a way there. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from county_hotline.desk.relating import Relations, Relative
from county_hotline.ui.saying import stage_words
from county_hotline.ui.screens.order.sections import BlockTold, LineTold, SectionTold
from county_hotline.ui.telling.story.ground import Reading, clauses
from county_hotline.wording import say


def related_sections(relations: Relations, reading: Reading) -> tuple[SectionTold, ...]:
    """Those of the two that hold something."""
    made = (
        ("related", "", tuple(_related(relations, reading))),
        ("cluster", _counted(relations), tuple(_cluster(relations, reading))),
    )
    return tuple(SectionTold(name, say(f"order.section.{name}"), beside, blocks) for name, beside, blocks in made if blocks)


def _related(relations: Relations, reading: Reading) -> Iterator[BlockTold]:
    if relations.links:
        yield BlockTold("", None, tuple(_relative(each, reading) for each in relations.links))


def _relative(other: Relative, reading: Reading) -> LineTold:
    """By its number alone where it is not at this station."""
    if other.stage is None:
        return LineTold("", say("order.not_here"), "quiet", number=other.number)
    words, _, icon = stage_words(other.stage)
    unit = reading.unit(other.agency) if other.agency else ""
    return LineTold(words, clauses(other.title, unit), icon=icon, number=other.number)


def _counted(relations: Relations) -> str:
    """How many orders of how many callers; those nobody can be counted by are said besides."""
    told = relations.cluster
    if told is None:
        return ""
    unknown = say("order.cluster.unknown", count=told.unknown) if told.unknown else ""
    return say("order.cluster.count", orders=told.orders, callers=told.callers, waiting=told.waiting) + unknown


def _cluster(relations: Relations, reading: Reading) -> Iterator[BlockTold]:
    """Its name with the way to all of its orders, and the newest others."""
    told = relations.cluster
    if told is not None:
        name = LineTold(say("order.line.matter"), told.name, listed=f"~{told.cluster}\n{told.name}")
        yield BlockTold("", None, (name, *(_relative(each, reading) for each in relations.members)))

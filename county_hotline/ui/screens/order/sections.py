"""What an order has gathered beside who has it in hand: replies, calls on the spot, 督办, 回访, links, hand-overs. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from county_hotline.domain.standing_parts import Call, Supervision
from county_hotline.domain.vocabulary import DISSATISFIED, AssignmentState, FollowUpResult, Satisfaction
from county_hotline.domain.work_order import WorkOrder
from county_hotline.ids import Number
from county_hotline.ui.screens.order.banners import asked_lines
from county_hotline.ui.telling.marks import Mark, state_mark
from county_hotline.ui.telling.story.calling import share_words
from county_hotline.ui.telling.story.ground import Reading, clauses, given, sentences, words_of
from county_hotline.wording import say, word

CLOSED = ("quiet", "check-circle")


@dataclass(frozen=True, slots=True)
class LineTold:
    """Label and words; `number` where it leads to another order, `listed` where to a list: what 台账 is asked for."""

    label: str
    words: str
    tone: str = "plain"
    icon: str = ""
    number: str = ""
    listed: str = ""


@dataclass(frozen=True, slots=True)
class BlockTold:
    """One call, one 督办, one unit's reply."""

    head: str
    mark: Mark | None
    lines: tuple[LineTold, ...]


@dataclass(frozen=True, slots=True)
class SectionTold:
    """A section of the reading side."""

    name: str
    head: str
    beside: str
    blocks: tuple[BlockTold, ...]


def sections_of(order: WorkOrder, reading: Reading, titles: Mapping[Number, str]) -> tuple[SectionTold, ...]:
    """Every section that holds something. `titles` are those of other orders, where they are known here."""
    made = (
        ("replies", "", tuple(_replies(order, reading))),
        ("answer", "", tuple(_answers(order, reading))),
        ("site", say("order.section.site.beside", count=len(order.calls)), tuple(_call(c, reading) for c in order.calls)),
        ("supervision", "", tuple(_oversight(order, reading))),
        ("follow_up", _satisfaction(order), tuple(_follow_up(order, reading))),
        ("links", "", tuple(_links(order, titles))),
        ("emergency", "", tuple(_emergencies(order, reading))),
        ("asked", "", tuple(_decided(order, reading))),
    )
    return tuple(SectionTold(name, say(f"order.section.{name}"), beside, blocks) for name, beside, blocks in made if blocks)


def _lines(*lines: tuple[str, str]) -> tuple[LineTold, ...]:
    return tuple(LineTold(say(f"order.line.{label}"), words) for label, words in lines if words)


def _replies(order: WorkOrder, reading: Reading) -> Iterator[BlockTold]:
    """办理: what units did, in two texts, newest round first."""
    for each in reversed(order.assignments):
        if not each.internal:
            continue
        judged = sentences(
            "" if each.solved is None else say("order.story.solved" if each.solved else "order.story.unsolved"),
            given("order.story.unsolved_why", each.unsolved_reason),
            given("order.story.signed_off", each.signed_off_by),
        )
        at = reading.at(each.replied_at or 0)
        shown = state_mark(AssignmentState.REPLIED if each.state is AssignmentState.REPLIED else each.state)
        yield BlockTold(
            clauses(reading.unit(each.agency), at),
            shown,
            _lines(("internal", each.internal), ("public", each.public), ("judged", judged), ("opinion", each.opinion)),
        )


def _answers(order: WorkOrder, reading: Reading) -> Iterator[BlockTold]:
    """直接答复 and told paths that did not end it, and what the caller was told on the way."""
    taking = order.taking
    if taking.answered is not None and order.ended is None:
        yield BlockTold(say("order.end.answered"), None, _lines(("answer", words_of(taking.answered, reading))))
    if taking.path is not None and order.ended is None:
        yield BlockTold(say("order.end.told"), None, _lines(("answer", words_of(taking.path, reading))))
    for each in order.told:
        who = reading.unit(each.agency) if each.agency else say("order.centre")
        head = clauses(say("order.told_about", agency=who, about=word(each.about)), reading.at(each.told_at))
        mark = (
            Mark(say("order.reached"), "green", "telephone")
            if each.reached
            else Mark(say("order.not_reached"), "amber", "telephone-x")
        )
        yield BlockTold(head, mark, _lines(("words", each.words)))


def _call(call: Call, reading: Reading) -> BlockTold:
    """现场, one call kept whole: who was called where and when, who came, what was found, who does what, how they scored."""
    called = call.called
    lines = [
        *_lines(("matter", called.matter)),
        LineTold(
            say("order.line.three"),
            say("order.story.three_people", handler=called.handler, in_charge=called.in_charge, chief=called.chief),
        ),
        *(_unit_on_site(call, agency, reading) for agency in called.agencies),
        *_lines(("findings", call.findings)),
        *(
            LineTold(say("order.line.share") if at == 0 else "", share_words(task, reading))
            for at, task in enumerate(call.tasks)
        ),
        *_scores(call, reading),
        *_lines(("cancelled", call.cancelled)),
    ]
    head = say(
        "order.call_of",
        call=called.call,
        caller=reading.unit(called.caller),
        at=reading.at(called.meet_at),
        where=called.meet_where,
    )
    return BlockTold(head, _call_mark(call), tuple(lines))


def _call_mark(call: Call) -> Mark:
    if call.cancelled:
        return Mark(say("order.call.cancelled"), "quiet", "x-circle")
    if call.is_open:
        return Mark(say("order.call.open"), "blue", "people")
    if call.missing_scores():
        return Mark(say("order.call.to_score"), "amber", "star-half")
    return Mark(say("order.call.done"), "green", "check-circle-fill")


def _unit_on_site(call: Call, agency: str, reading: Reading) -> LineTold:
    unit = reading.unit(agency)
    came = [arrival for arrival in call.arrivals if arrival.agency == agency]
    if came:
        people = "、".join(
            say("order.call.person", who=f"{each.name}{each.post}", at=reading.at(each.arrived_at)) for each in came
        )
        return LineTold(unit, people, "green", "geo-alt-fill")
    answer = next((each for each in call.answers if each[0] == agency), None)
    if answer is not None and not answer[1]:
        return LineTold(unit, clauses(say("order.call.cannot"), answer[2]), "amber", "person-x")
    if call.found_at is not None:
        return LineTold(unit, say("order.call.absent"), "red", "exclamation-octagon-fill")
    return LineTold(unit, say("order.call.comes" if answer else "order.call.no_answer"), "plain" if answer else "quiet")


def _scores(call: Call, reading: Reading) -> Iterator[LineTold]:
    for at, score in enumerate(call.scores):
        words = sentences(
            say("order.story.scored", by=reading.unit(score.by), of=reading.unit(score.of), score=score.score), score.words
        )
        yield LineTold(say("order.line.scores") if at == 0 else "", words)
    missing = call.missing_scores()
    if missing:
        pairs = "、".join(say("order.call.pair", by=reading.unit(by), of=reading.unit(of)) for by, of in missing)
        label = "" if call.scores else say("order.line.scores")
        yield LineTold(label, say("order.call.missing", pairs=pairs), "amber", "star-half")


def _oversight(order: WorkOrder, reading: Reading) -> Iterator[BlockTold]:
    """督办, each with its answers; 亮牌; 催办."""
    oversight = order.oversight
    for each in reversed(oversight.supervisions):
        yield _supervision(each, reading)
    for card in reversed(oversight.cards):
        back = card.taken_back_at
        mark = Mark(say("order.card.back", at=reading.at(back)), *CLOSED) if back else None
        head = clauses(
            say("order.story.card", card=word(card.card), agency=reading.unit(card.agency)), reading.at(card.shown_at)
        )
        yield BlockTold(head, mark, _lines(("cause", card.cause)))
    if oversight.urges:
        last = oversight.urges[-1]
        key = "order.urges.caller" if last.by_caller else "order.urges"
        head = say(key, count=len(oversight.urges), at=reading.at(last.urged_at), agency=reading.unit(last.agency))
        yield BlockTold(head, None, _lines(("words", last.words)))


def _supervision(each: Supervision, reading: Reading) -> BlockTold:
    answers = [
        LineTold(reading.unit(agency), clauses(reading.at(at), words), "plain", "flag") for agency, at, words in each.replies
    ]
    waiting = [
        LineTold(reading.unit(agency), say("order.supervision.no_answer"), "amber" if each.is_open else "quiet", "inbox")
        for agency in each.waiting_for
    ]
    limit = say("order.story.answer_by", at=reading.by(each.reply_by)) if each.reply_by else ""
    opinion = clauses(reading.at(each.closed_at or 0), each.opinion)
    mark = (
        Mark(say("order.supervision.open"), "red", "flag-fill")
        if each.is_open
        else Mark(say("order.supervision.withdrawn" if each.withdrawn else "order.supervision.closed"), *CLOSED)
    )
    key = "order.supervision.joint" if each.joint else "order.supervision"
    return BlockTold(
        say(key, name=each.supervision, cause=word(each.cause), at=reading.at(each.issued_at)),
        mark,
        (*_lines(("requirement", sentences(each.requirement, limit)), ("copied_to", each.copied_to)), *answers, *waiting,
         *_lines(("opinion", opinion))),
    )  # fmt: skip


def _satisfaction(order: WorkOrder) -> str:
    if order.oversight.unreasonable:
        return say("order.section.follow_up.not_counted")
    return word(order.satisfaction) if order.satisfaction else ""


def _follow_up(order: WorkOrder, reading: Reading) -> Iterator[BlockTold]:
    """回访, try by try, and 评价."""
    for at, each in enumerate(order.closing.follow_ups, start=1):
        head = say("order.follow_up", at=at, when=reading.at(each.called_at))
        unreached = each.result in (FollowUpResult.NO_ANSWER, FollowUpResult.WRONG_NUMBER)
        mark = (
            _said(each.satisfaction)
            if each.satisfaction
            else Mark(word(each.result), "quiet", "telephone-x" if unreached else "telephone")
        )
        yield BlockTold(head, mark, (LineTold(say("order.line.result"), words_of(each, reading)),))
    for rated in order.closing.ratings:
        head = clauses(say("order.rated"), reading.at(rated.rated_at))
        yield BlockTold(head, _said(rated.satisfaction), (LineTold(say("order.line.result"), words_of(rated, reading)),))


def _said(satisfaction: Satisfaction) -> Mark:
    bad = satisfaction in DISSATISFIED
    return Mark(word(satisfaction), "amber" if bad else "green", "emoji-frown" if bad else "emoji-smile")


def _links(order: WorkOrder, titles: Mapping[Number, str]) -> Iterator[BlockTold]:
    """并单: orders that go on as part of this one. Where this one went stands above the page."""
    if order.taking.repeats:
        label = say("order.line.repeat")
        yield BlockTold(
            "",
            None,
            tuple(
                LineTold(label if at == 0 else "", titles.get(number, say("order.not_here")), number=number)
                for at, number in enumerate(order.taking.repeats)
            ),
        )


def _emergencies(order: WorkOrder, reading: Reading) -> Iterator[BlockTold]:
    for each in order.taking.emergencies:
        head = clauses(say("order.emergency", line=each.line.value), reading.at(each.handed_at))
        mark = Mark(word(each.result), "quiet", "telephone-forward")
        three = say("order.story.three_party", who=each.participants) if each.three_party else ""
        yield BlockTold(head, mark, _lines(("words", sentences(given("order.story.taker", each.taker), three, each.words))))


def _decided(order: WorkOrder, reading: Reading) -> Iterator[BlockTold]:
    """申请 that were decided, newest first."""
    for each in reversed(order.applications):
        if each.is_open:
            continue
        head = clauses(
            say("order.asked_of", agency=reading.unit(each.agency), ask=word(each.ask)), reading.at(each.decided_at or 0)
        )
        mark = (
            Mark(say("order.approved"), "green", "check-circle")
            if each.approved
            else Mark(say("order.refused"), "amber", "x-circle")
        )
        asked = tuple(LineTold(label, words) for label, words in asked_lines(each, reading.names, year=reading.year))
        yield BlockTold(head, mark, (*asked, *_lines(("opinion", each.opinion))))

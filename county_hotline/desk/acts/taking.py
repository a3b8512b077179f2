"""受理: acts that need no unit."""

from __future__ import annotations

from msgspec.structs import replace

from county_hotline.desk import knowledge, looking_up
from county_hotline.desk.acts import choices
from county_hotline.desk.acts.making import happened_at, line, one_of, picked, ternary, text, tick
from county_hotline.desk.acts.spec import Act, Field, FieldKind
from county_hotline.desk.acts.values import Values
from county_hotline.desk.desk import Desk
from county_hotline.domain import decisions
from county_hotline.domain.civil_time import end_of_day_ms
from county_hotline.domain.facts import (
    AnsweredAtOnce,
    Corrected,
    EmergencyTransferred,
    Merged,
    MoreAsked,
    MoreGiven,
    PathTold,
    Voided,
)
from county_hotline.domain.reference import Article, ToldPath
from county_hotline.domain.vocabulary import EmergencyLine, HandedOver, MatterKind, Urgency, VoidReason
from county_hotline.domain.work_order import WorkOrder
from county_hotline.errors import Refusal
from county_hotline.ids import Number


def _answer(desk: Desk, order: WorkOrder, values: Values) -> AnsweredAtOnce:
    article = _article(desk, values.line("article"))
    fact = AnsweredAtOnce(
        answer=values.text("answer") or (article.text if article else ""),
        article=article.code if article else "",
        article_version=knowledge.version_of(article) if article else "",
        article_title=article.title if article else "",
        content=values.ternary("content"),
    )
    return decisions.answer(order, fact)


def _article(desk: Desk, code: str) -> Article | None:
    if not code:
        return None
    found = knowledge.newest(desk, code)
    if found is None or found.gone:
        raise Refusal("R305", field="article")
    return found


def _tell_path(desk: Desk, order: WorkOrder, values: Values) -> PathTold:
    paths = desk.store.reference.bundle().told_paths
    code = values.line("reason")
    chosen = next((each for each in paths if each.code == code), ToldPath(code, "", "", "", ""))
    fact = PathTold(
        reason=code,
        words=values.text("words") or chosen.words,
        path=values.text("path") or chosen.path,
        basis=values.text("basis") or chosen.basis,
        handed_to=values.line("handed_to"),
        handed_number=values.line("handed_number"),
        signed=values.ternary("signed"),
    )
    return decisions.tell_path(order, fact, paths)


def _transfer(desk: Desk, order: WorkOrder, values: Values) -> EmergencyTransferred:
    fact = EmergencyTransferred(
        line=values.choice("line", EmergencyLine),
        handed_at=values.moment("handed_at"),
        result=values.choice("result", HandedOver),
        taker=values.line("taker"),
        three_party=values.tick("three_party"),
        participants=values.line("participants"),
        words=values.text("words"),
    )
    return decisions.transfer_emergency(order, fact, now=values.now)


def _ask_more(desk: Desk, order: WorkOrder, values: Values) -> MoreAsked:
    fact = MoreAsked(wanted=values.text("wanted"), by=end_of_day_ms(values.day("by")))
    return decisions.ask_more(order, fact, now=values.now)


def _merge(desk: Desk, number: Number, values: Values) -> WorkOrder:
    if not values.line("into"):
        raise Refusal("R300", field="into", label="into")
    into, reason = looking_up.order(desk, values.line("into")).order.number, values.line("reason")
    if into == number:
        raise Refusal("R313", number=number, field="into")
    other = desk.store.order(into)
    merged, _ = desk.record_together(
        (
            (number, lambda order: (decisions.merge(order, other, reason), None)),
            (into, lambda order: (decisions.join(order, number), None)),
        )
    )
    return merged


CORRECTED = ("title", "content", "demand", "place_detail")


def _correct(desk: Desk, order: WorkOrder, values: Values) -> Corrected:
    """Only what differs from how it stands is corrected; what turns out to be 举报 is 保密 (see desk.handling.correct)."""
    before = order.accepted
    if before is None:
        return decisions.correct(order, Corrected(reason=values.line("reason")))
    read = {name: values.text(name) if name in ("content", "demand") else values.line(name) for name in CORRECTED}
    changed = {name: now for name, now in read.items() if values.was_given(name) and now != getattr(before, name)}
    fact = replace(Corrected(reason=values.line("reason")), **changed)
    kind, urgency = values.optional("matter_kind", MatterKind), values.optional("urgency", Urgency)
    if kind is not None and kind is not before.matter_kind:
        secret = True if kind is MatterKind.TIP_OFF and not before.confidential else None
        fact = replace(fact, matter_kind=kind, confidential=secret)
    if urgency is not None and urgency is not before.urgency:
        fact = replace(fact, urgency=urgency)
    return decisions.correct(order, fact)


def _as_it_stands(name: str) -> choices.Default:
    def stands(desk: Desk, order: WorkOrder) -> str:
        value = getattr(order.accepted, name) if order.accepted else ""
        return str(getattr(value, "value", value))

    return stands


ACTS = (
    Act(
        "transfer_emergency",
        EmergencyTransferred,
        _transfer,
        fields=(
            picked("line", choices.members(EmergencyLine)),
            picked("result", choices.members(HandedOver)),
            happened_at("handed_at"),
            line("taker"),
            tick("three_party"),
            line("participants"),
            text("words"),
        ),
    ),
    Act(
        "answer",
        AnsweredAtOnce,
        _answer,
        fields=(
            Field("article", FieldKind.ARTICLE),
            text("answer", required=True, lines=5),
            ternary("content"),
        ),
    ),
    Act(
        "tell_path",
        PathTold,
        _tell_path,
        fields=(
            picked("reason", choices.told_paths),
            text("words"),
            text("path"),
            line("basis"),
            line("handed_to"),
            line("handed_number"),
            ternary("signed"),
        ),
    ),
    Act("ask_more", MoreAsked, _ask_more, fields=(text("wanted", required=True), Field("by", FieldKind.DAY))),
    Act(
        "give_more",
        MoreGiven,
        lambda desk, order, values: decisions.give_more(order, values.text("words")),
        fields=(text("words", required=True),),
    ),
    Act("merge", Merged, perform=_merge, fields=(Field("into", FieldKind.ORDER, is_required=True), line("reason"))),
    Act(
        "void",
        Voided,
        lambda desk, order, values: decisions.void(order, values.choice("reason", VoidReason), values.line("words")),
        fields=(picked("reason", choices.members(VoidReason)), line("words", required=True)),
    ),
    Act(
        "correct",
        Corrected,
        _correct,
        fields=(
            Field("title", default=_as_it_stands("title")),
            Field("content", FieldKind.TEXT, lines=5, default=_as_it_stands("content")),
            Field("demand", FieldKind.TEXT, default=_as_it_stands("demand")),
            Field("place_detail", default=_as_it_stands("place_detail")),
            one_of("matter_kind", choices.members(MatterKind), default=_as_it_stands("matter_kind"), required=False),
            one_of("urgency", choices.members(Urgency), default=_as_it_stands("urgency"), required=False),
            line("reason", required=True),
        ),
        wrong={"R110": "reason", "R111": "title", "R112": "title"},
    ),
)

"""Versions of articles and reports, with sensible fields."""

from __future__ import annotations

from county_hotline.domain.articles import Edition, Remark, RemarkField, RemarkOutcome, Settlement
from county_hotline.ids import AgencyCode, OfficerId, new_entry_id
from tests.support.line import Post

OFFICER = OfficerId("0900 负责人甲")
AT = 1_795_223_520_000
FIELDS: dict[str, object] = {
    "title": "社会保障卡挂失怎么办",
    "text": "带身份证到任一网点办理临时挂失。",
    "version": "2026-05-01",
    "by": OFFICER,
    "at": AT,
    "why": "新编",
}


def an_edition(code: str = "K1", **changes: object) -> Edition:
    """Of the centre's officer, not numbered yet."""
    return Edition(code, **{**FIELDS, **changes})  # type: ignore[arg-type]


def written(post: Post, code: str = "K1", **changes: object) -> Edition:
    """A version written at this post, the next of its article."""
    card = post.store.station()
    assert card is not None
    return post.store.knowledge.add_editions([an_edition(code, station=card.station, **changes)])[0]


def a_remark(post: Post, text: str = "电话改了", **changes: object) -> Remark:
    """纠错 written at this post."""
    card = post.store.station()
    assert card is not None
    fields: dict[str, object] = {"field": RemarkField.TEXT, "code": "K1", "number": 1, **changes}
    remark = Remark(
        new_entry_id(AT),
        card.station,
        AgencyCode("370323103"),
        OfficerId("0301 受理员甲"),
        AT,
        text=text,
        **fields,  # type: ignore[arg-type]
    )
    post.store.knowledge.add_remark(remark)
    return remark


def an_answer(post: Post, remark: Remark, **changes: object) -> Settlement:
    """纠错处理 written at this post."""
    card = post.store.station()
    assert card is not None
    fields: dict[str, object] = {"outcome": RemarkOutcome.REFUSED, "reason": "原文无误", **changes}
    settlement = Settlement(remark.remark, by=OFFICER, station=card.station, at=AT, code=remark.code, **fields)  # type: ignore[arg-type]
    post.store.knowledge.settle(settlement)
    return settlement

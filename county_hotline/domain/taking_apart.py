"""粘贴识别: a text message or a web form taken apart into fields. What is no field is content; nothing of the text is lost.

A text is cut into pieces that, one after the other, are the text again. Some are values of a field, some are the names before them
(`联系电话：`), the rest is content. The labels are those of the public message boards and of what people write by themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

import msgspec

from county_hotline.domain.checks import id_cautions
from county_hotline.domain.headlines import headline
from county_hotline.domain.reference import Place
from county_hotline.domain.typed_times import read_time

CONTENT: Final = "content"
LABEL: Final = "label"
_LABELS: Final = {
    "phone": ("联系电话", "联系方式", "手机号码", "手机号", "电话号码", "来电号码", "手机", "电话"),
    "name": ("联系人姓名", "诉求人姓名", "来电人姓名", "投诉人姓名", "真实姓名", "联系人", "诉求人", "来电人", "投诉人", "举报人", "反映人", "姓名"),
    "id_number": ("身份证号码", "身份证号", "证件号码", "身份证"),
    "address": ("家庭住址", "联系地址", "通讯地址", "住址", "现住址"),
    "where": ("事发地点", "事发地址", "发生地点", "问题地点", "诉求地点", "事件地点", "事发地", "所在位置", "具体位置", "地点", "地址", "位置"),
    "title": ("诉求标题", "留言标题", "信件标题", "事项名称", "标题", "主题"),
    "content": ("诉求内容", "反映内容", "留言内容", "投诉内容", "问题描述", "具体内容", "信件内容", "详细描述", "诉求描述", "内容", "正文"),
    "demand": ("诉求目的", "具体诉求", "希望解决", "期望结果", "要求", "诉求", "请求"),
    "came_at": ("提交时间", "留言时间", "来电时间", "来信时间", "受理时间", "投诉时间"),
    "external_number": ("工单编号", "工单号", "受理编号", "信件编号", "留言编号", "流水号"),
}  # fmt: skip
_FIELD_OF: Final = {label: field for field, labels in _LABELS.items() for label in labels}
_NAMES: Final = "|".join(sorted(_FIELD_OF, key=len, reverse=True))
_LABEL: Final = re.compile(
    rf"(?:^[ \t\u3000]*[【\[](?P<boxed>{_NAMES})[】\]][ \t]*[:：]?|(?:^|(?<=[\s，,；;。|｜】\]]))(?P<label>{_NAMES})\s*[:：])[ \t\u3000]*",
    re.MULTILINE,
)
"""A name in brackets needs no colon where a line begins; further on it may be a blank to fill in."""
_MANY_LINES: Final = frozenset({"content", "demand"})
_PHONE: Final = re.compile(
    r"(?<![\d-])(?:(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}|0(?:10|2\d)[- ]?\d{8}|0[3-9]\d{2}[- ]?\d{7,8}|[2-8]\d{6,7})(?![\d-])"
)
_SURE_PHONE: Final = re.compile(r"(?<!\d)(?:1[3-9]\d[- ]?\d{4}[- ]?\d{4}|0(?:10|2\d|[3-9]\d{2})-\d{7,8})(?!\d)")
_ID: Final = re.compile(r"(?<![0-9A-Za-z])\d{17}[\dXx](?![0-9A-Za-z])")
_CALLED: Final = re.compile(r"(?:我叫|本人姓名|我是)\s*(?P<name>[\u4e00-\u9fff·]{2,4})(?=\s*[，,。；;、（(\s]|$)")
_NO_NAME: Final = re.compile(r"[的了们村镇区县市民户人家长业主员]")
_ENDS: Final = " \t\u3000，,；;。|｜"
_LONGEST_NAME: Final = 30


class Piece(msgspec.Struct, frozen=True):
    """A stretch of the text, and of which field it is: a field's name, `label`, or `content`."""

    field: str
    text: str


class Parts(msgspec.Struct, frozen=True):
    """What a text says, by field. Empty where it does not say it."""

    phone: str = ""
    name: str = ""
    id_number: str = ""
    address: str = ""
    where: str = ""
    """Where it happened, in its own words."""
    title: str = ""
    """As it was written, else the beginning of the content."""
    content: str = ""
    demand: str = ""
    came_at: int = 0
    """UTC ms."""
    external_number: str = ""


def taken_apart(text: str) -> Parts:
    """The fields of a text message or web form. What stands in a sentence of its own (a telephone, a name) is read and stays there, too;
    an identity number is taken out of it, since nobody needs it twice."""
    found: dict[str, str] = {}
    content = []
    for piece in pieces(text):
        if piece.field == CONTENT:
            content.append(piece.text)
        elif piece.field != LABEL:
            found[piece.field] = piece.text.strip(_ENDS + "\n\r") if piece.field != "demand" else piece.text.strip()
    whole = _tidy("".join(content))
    came_at = read_time(found.pop("came_at", "")) or 0
    found.setdefault("phone", _first(_SURE_PHONE, whole))
    found.setdefault("name", _called(whole))
    title = found.pop("title", "") or (headline(whole) if whole else "")
    return Parts(**found, title=title, content=whole, came_at=came_at)


def pieces(text: str) -> Iterator[Piece]:
    """The text cut into pieces, in its order; together they are the text."""
    labels = list(_LABEL.finditer(text))
    yield from _plain(text[: labels[0].start()] if labels else text, set())
    taken: set[str] = set()
    for nth, label in enumerate(labels):
        end = labels[nth + 1].start() if nth + 1 < len(labels) else len(text)
        field = _FIELD_OF[label["label"] or label["boxed"]]
        value, rest = _value(field, text[label.end() : end])
        if field == CONTENT:
            yield Piece(LABEL, label[0])
            yield from _plain(value, taken)
        elif field in taken or not _fits(field, value):
            yield from _plain(text[label.start() : end], taken)  # said again, or no such thing: it stays as it stands
            continue
        else:
            taken.add(field)
            yield Piece(LABEL, label[0])
            yield Piece(field, value)
        yield from _plain(rest, taken)


def _value(field: str, text: str) -> tuple[str, str]:
    """What belongs to the label, and what comes after it: one line, or for what may be long all of it."""
    if field in _MANY_LINES:
        return text, ""
    line, mark, rest = text.partition("\n")
    if field == "phone" and (found := _PHONE.search(line)) and not line[: found.start()].strip(_ENDS):
        return line[: found.end()], line[found.end() :] + mark + rest
    return line, mark + rest


def _fits(field: str, value: str) -> bool:
    said = value.strip(_ENDS + "\n\r")
    if not said:
        return False
    if field == "phone":
        return _PHONE.fullmatch(said) is not None
    if field == "id_number":
        return _ID.fullmatch(said) is not None
    if field == "came_at":
        return read_time(said) is not None
    return field != "name" or len(said) <= _LONGEST_NAME


def _plain(text: str, taken: set[str]) -> Iterator[Piece]:
    """Content, without an identity number that is one."""
    at = 0
    for found in _ID.finditer(text):
        if "id_number" not in taken and not id_cautions(found[0]):
            taken.add("id_number")
            yield Piece(CONTENT, text[at : found.start()])
            yield Piece("id_number", found[0])
            at = found.end()
    if text[at:]:
        yield Piece(CONTENT, text[at:])


def _tidy(text: str) -> str:
    lines = (line.strip(" \t\u3000\r") for line in text.split("\n"))
    return "\n".join(line for line in lines if line.strip(_ENDS))


def _first(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return found[0] if found else ""


def _called(text: str) -> str:
    found = _CALLED.search(text)
    return found["name"] if found and not _NO_NAME.search(found["name"]) else ""


def place_in(places: Iterable[Place], *texts: str) -> Place | None:
    """Where it happened: the first text that names a village (alone, or with its township), else a township; None where none does, or
    several could be meant."""
    known = tuple(places)
    for text in texts:
        named = [(name, place) for place in known for name in (place.name, *place.aliases) if len(name) > 1 and name in text]
        towns = [place for _, place in named if len(place.code) <= 9]
        villages = [(name, place) for name, place in named if len(place.code) > 9]
        if towns:
            inside = [(name, place) for name, place in villages if any(place.code.startswith(town.code) for town in towns)]
            villages = inside or []
        longest = max((len(name) for name, _ in villages), default=0)
        best = {place.code: place for name, place in villages if len(name) == longest}
        if len(best) == 1:
            return next(iter(best.values()))
        if len({town.code for town in towns}) == 1:
            return towns[0]
    return None

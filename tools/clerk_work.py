"""What a scripted clerk takes down: messages, and what the clerk makes of each: who, where, what kind, whose."""

from __future__ import annotations

import gzip
import json
import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any

from county_hotline.desk.desk import Desk
from county_hotline.domain.reference import Category, Place

SAMPLES = Path(__file__).with_name("clerk_samples.jsonl")
LONGEST = 500
"""Characters of a message. Longer ones come as files and letters, and nobody takes them down by ear."""
SHORTEST = 12
TITLE = 25
_TEXTS = ("content", "诉求内容", "留言详情", "内容")
_TITLES = ("title", "留言主题", "标题")
SURNAMES = "王李张刘陈杨赵黄周吴"
OTHER = "99"
MATTERS = {
    "路灯": "0204", "停水|水压|自来水": "020201", "停电|断电": "020301", "电费": "020303", "宽带|网络信号|手机信号": "020501",
    "村道|坑洼|路面": "020101", "低保": "0301", "医保|报销": "030202", "养老金|养老保险|社保": "030302", "残疾": "030401",
    "物业费|物业收费": "040201", "物业|小区保安|保洁": "040202", "电梯": "040203", "暖气|供热|供暖": "040301", "燃气|煤气|天然气": "040302",
    "井盖": "040401", "下水道|积水|污水|排水": "040402", "人行道|盲道": "040403", "违建|违章建筑|违法建筑": "0405",
    "占道|摆摊|流动摊": "040601", "广告|招牌": "040602", "垃圾|环卫": "040603", "公厕|厕所": "040604", "绿化|树木|树枝": "040605",
    "拆迁|征收": "0407", "房产证|开发商|购房|不动产": "0408", "公交": "0501", "出租车|网约车|的士": "0502", "红绿灯|信号灯|交通标": "0504",
    "停车|违停|车位": "0505", "渣土|泥头车": "0506", "施工": "060101", "噪音|噪声|扰民": "060102", "油烟": "060201", "扬尘|灰尘": "060202",
    "河|水体|污染": "0603", "工资|欠薪": "0701", "劳动合同": "0702", "工伤": "0703", "入学|学位|入园": "0801", "学校收费": "0802",
    "补课|培训": "0803", "学校|老师|幼儿园": "0805", "医院|医生": "0901", "预付|会员卡|充值": "1002", "食品|药": "1003", "价格|涨价": "1004",
    "退货|退款|消费|商家|店": "1001", "消防": "1102", "打架|赌博|诈骗|治安|打麻将": "1103", "狗|犬": "1105", "证照|营业执照": "1301",
    "户口|身份证|居住证|户籍": "1402", "公积金": "1403",
}  # fmt: skip
"""How this clerk tells what kind of matter it is: the first words that stand in the text. Not how the program suggests it."""
_MATTERS = tuple((re.compile(words), code) for words, code in MATTERS.items())


class Way(Enum):
    """How a message comes."""

    TYPED = "typed from a call"
    MESSAGE = "pasted text message"
    WEB_FORM = "pasted web form"


@dataclass(frozen=True, slots=True)
class Intake:
    """One request and what must be in the store when it is taken."""

    way: Way
    phone: str
    name: str
    place: Place
    detail: str
    title: str
    """What the clerk would write over it."""
    content: str
    category: Category
    agency: str

    def pasted(self) -> str:
        """The text in the clipboard."""
        if self.way is Way.WEB_FORM:
            return f"姓名：{self.name}\n电话：{self.phone}\n事发地：{self.place.path}{self.detail}\n标题：{self.title}\n内容：{self.content}\n"
        return f"我是{self.name}，电话{self.phone}。{self.content}"


def read(file: Path) -> list[tuple[str, str]]:
    """Titles and contents of a file of JSON lines, gzipped or not; a folder: of all its files. White space as a clerk would type it, each
    text once, none too long to take down by ear."""
    files = sorted(file.glob("*.jsonl.gz")) if file.is_dir() else [file]
    found: dict[str, str] = {}
    for each in files:
        packed = each.read_bytes()
        text = (gzip.decompress(packed) if each.suffix == ".gz" else packed).decode()
        for line in text.splitlines():
            row: dict[str, Any] = json.loads(line)
            content = _as_typed(next((row[name] for name in _TEXTS if row.get(name)), ""))
            if SHORTEST <= len(content) <= LONGEST:
                found.setdefault(
                    content, _as_typed(next((row[name] for name in _TITLES if row.get(name)), ""))[:TITLE] or content[:TITLE]
                )
    return [(title, content) for content, title in found.items()]


def intakes(desk: Desk, messages: Sequence[tuple[str, str]], count: int, dice: random.Random, *, pasted: float) -> list[Intake]:
    """So many, of which about a part `pasted` comes as text, half of it as text messages and half from a web form."""
    bundle = desk.store.reference.bundle()
    villages = [place for place in bundle.places if len(place.code) == 12]
    categories = {each.code: each for each in bundle.categories}
    made = []
    for nth, (title, content) in enumerate(
        dice.choices(messages, k=count) if count > len(messages) else dice.sample(list(messages), count)
    ):
        way = Way.TYPED if dice.random() >= pasted else (Way.MESSAGE, Way.WEB_FORM)[nth % 2]
        category = categories[matter(content)]
        place = dice.choice(villages)
        agency = category.usual_agency or place.agency
        phone = f"1{dice.randint(3_000_000_000, 9_999_999_999)}"
        name = dice.choice(SURNAMES) + dice.choice(("先生", "女士"))
        detail = dice.choice(("", "", f"{dice.randint(2, 90)}号"))
        made.append(Intake(way, phone, name, place, detail, title, content, category, agency))
    return made


def matter(text: str) -> str:
    """The kind of matter, by the clerk's own rule."""
    return next((code for words, code in _MATTERS if words.search(text)), OTHER)


def _as_typed(text: object) -> str:
    """One line, as a person types: no control characters, no odd blanks, nothing that no keyboard of the screen bears."""
    plain = " ".join(str(text).split())
    return "".join(each for each in plain if each.isprintable() and ord(each) < 0x10000)


def written(asked: Intake, unit: str) -> int:
    """Characters by hand on a work order (工单, DOMAIN section 4, F4): what the program knows or counts by itself is written there too. A tick
    is one, the number is four digits behind a printed beginning; no title."""
    fields = (
        "1122",
        "0912",
        "09",
        asked.name,
        asked.phone,
        "√√√√",
        asked.category.name,
        "1127",
        _where(asked),
        asked.content,
        unit,
        "甲",
    )
    return sum(len(each) for each in fields)


def in_the_ledger(asked: Intake) -> int:
    """Characters of its line in the ledger (居民诉求登记表, DOMAIN section 3, G12): the matter in the words of its title."""
    return sum(
        len(each) for each in ("0007", "1122", asked.name, asked.phone, _where(asked), asked.category.name, asked.title, "甲")
    )


def _where(asked: Intake) -> str:
    return asked.place.path.replace(" ", "") + asked.detail

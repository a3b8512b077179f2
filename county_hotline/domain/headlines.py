"""标题 out of 内容, where another system's rows bring none: where the matter begins, cut where a sentence or clause ends. Who speaks and by
which number is not the matter: a title is read by many more people than the content."""

from __future__ import annotations

import re
from typing import Final

LENGTH: Final = 25
_SPOKEN: Final = re.compile(
    r"^\s*(?:【[^】]{1,20}】\s*)?(?:市民|群众|网友|来电人|交警)?(?:来电|微信|公众号|网站|来信|云|短信|电话|热线)?"
    r"(?:反映|咨询|投诉|举报|求助|建议|反馈|表扬)\s*[:：，,]\s*"
)
_NUMBER: Final = re.compile(
    r"""(?<!\d)(?:
      (?:\+?86[-\s]?)?1[3-9](?:[-\s.·]{0,2}\d){9}        # a mobile telephone, however it is grouped
    | [(（]?0\d{2,3}[)）]?[-\s]{0,2}\d{7,8}              # a line with its area code
    | [2-8]\d{2,3}[-\s]?\d{4}                            # a line of the county
    | \d{6}[-\s]?\d{8}[-\s]?\d{3}[\dXx]                # 身份证号
    | \d{11,}[Xx]?                                      # whatever else is that long
    )(?!\d)""",
    re.VERBOSE,
)
_ASCII_DIGITS: Final = str.maketrans("０１２３４５６７８９－＋Ｘｘ", "0123456789-+Xx")
_NUMBER_NAMED: Final = re.compile(
    r"(?:(?:我|本人)的?)?(?:(?:联系|来电|家庭|本人)?(?:电话|手机|方式|号码|微信)|身份证|证件)(?:号码|号)?\s*(?:就?是|为|[:：])?\s*(?=\x00)"
)
_BLANK: Final = "\x00"
"""Where a number stood."""
_TITLED: Final = r"[\u4e00-\u9fff]{1,3}(?:先生|女士|小姐|同志|师傅|老师|大爷|大妈|大姐|大哥|阿姨)"
_PEOPLE: Final = r"(?:村民|居民|市民|业主|住户|租户|家长|群众|职工|员工|工人|商户|老板|学生|老人|病人|患者)"
_NO_MATTER: Final = re.compile(
    rf"""(?:
      (?:尊敬的|敬爱的|各位)?(?:您|你|你们|大家|[\u4e00-\u9fff]{{0,6}}(?:领导|县长|市长|书记|局长|镇长|同志|工作人员|客服|老师))(?:们)?(?:早上|上午|中午|下午|晚上)?好?
    | (?:早上|上午|中午|下午|晚上)好 | 喂 | 打扰(?:一下|您|你)?了? | 麻烦(?:您|你|一下)了? | 辛苦了
    | (?:这里|这边)?(?:我|本人|俺|咱)(?:是|就是|系)(?:[\u4e00-\u9fff·]{{2,4}} | {_TITLED} | .{{0,24}}{_PEOPLE}[\u4e00-\u9fff·]{{0,4}} | .{{0,24}}的)
    | (?:我|本人|俺|咱)?(?:的?名字)?(?:名?叫|免贵姓|姓名?)(?:是|[:：])?[\u4e00-\u9fff·]{{1,6}}
    | 本人[\u4e00-\u9fff·]{{2,3}} | {_TITLED}
    | (?:我|本人)?(?:现?家?住在?|家在|住址是?|家庭住址是?).{{2,20}}
    | (?:我|本人|现|在此|特此|今天|现在)*(?:想|要|来)?(?:向(?:您|你们|贵\w|领导|政府))?(?:实名)?(?:反映|咨询|投诉|举报|求助|询问|了解|问)(?:一下|下)?(?:一?个|一?件|以下|如下)?(?:问题|情况|事情|事)?(?:如下)?
    )""",
    re.VERBOSE,
)
_CLAUSE: Final = re.compile(r"[^，,。！？!?；;：:、\s]*[，,。！？!?；;：:、\s]+")
_SENTENCE_ENDS: Final = "。！？!?；;\n"
_CLAUSE_ENDS: Final = "，,、：:）) "
_LEAST: Final = 8
_MATTER: Final = 4
"""So many characters must be left to be a title, or nothing is skipped."""


def headline(content: str, length: int = LENGTH) -> str:
    """At most `length` characters of the beginning, ends cut cleanly: without the stock phrase before the matter (市民来电反映：), greetings and
    who speaks (我是王先生), and without any number of a telephone or an identity card, wherever it stood. `…` where nothing else was said."""
    plain = " ".join(_SPOKEN.sub("", content, count=1).split()) or " ".join(content.split())
    plain = _to_the_matter(_without_numbers(plain))
    first = _until(plain, _SENTENCE_ENDS, length)
    if first is not None:
        return first
    if len(plain) <= length:
        return plain
    return shortened(plain, length)


def _without_numbers(text: str) -> str:
    """Each with the name before it (联系电话：)."""
    found = list(_NUMBER.finditer(text.translate(_ASCII_DIGITS)))
    if not found:
        return text
    pieces, at = [], 0
    for number in found:
        pieces += [text[at : number.start()], _BLANK]
        at = number.end()
    blanked = _NUMBER_NAMED.sub("", "".join([*pieces, text[at:]]))
    tidy = re.sub(r"[(（【\[]\s*\x00\s*[)）】\]]", "", blanked)
    tidy = re.sub(r"(?:(?<=[，,。！？!?；;：:、\s])|^)\x00[，,、；;：:。\s]*", "", tidy).replace(_BLANK, "…")
    return tidy.strip(" ，,、；;：:") or "…"


def _to_the_matter(text: str) -> str:
    """From the first clause on that says something of the matter."""
    at = 0
    while (clause := _CLAUSE.match(text, at)) is not None:
        said = clause[0].strip(" …" + _SENTENCE_ENDS + _CLAUSE_ENDS)
        rest = text[clause.end() :]
        if (said and _NO_MATTER.fullmatch(said) is None) or len(rest.strip(_SENTENCE_ENDS + _CLAUSE_ENDS + "…")) < _MATTER:
            break
        at = clause.end()
    return text[at:]


def shortened(text: str, length: int) -> str:
    """`text` cut to `length`, at the last clause that ends in its second half if there is one, with `…` where something was left out."""
    if len(text) <= length:
        return text
    cut = text[: length - 1]
    ends = max(cut.rfind(end) for end in _SENTENCE_ENDS + _CLAUSE_ENDS)
    return (cut[:ends] if ends >= max(_LEAST, length // 2) else cut).rstrip(_SENTENCE_ENDS + _CLAUSE_ENDS) + "…"


def _until(text: str, ends: str, length: int) -> str | None:
    """Up to the first sentence's end, if that is neither too near nor too far."""
    found = re.search(f"[{re.escape(ends)}]", text)
    if found is None or not _LEAST <= found.start() <= length:
        return None
    return text[: found.start()].rstrip()

"""标题 out of 内容, where another system's rows bring none: the beginning, cut where a sentence or clause ends."""

from __future__ import annotations

import re
from typing import Final

LENGTH: Final = 25
_SPOKEN: Final = re.compile(
    r"^\s*(?:【[^】]{1,20}】\s*)?(?:市民|群众|网友|来电人|交警)?(?:来电|微信|公众号|网站|来信|云|短信|电话|热线)?"
    r"(?:反映|咨询|投诉|举报|求助|建议|反馈|表扬)\s*[:：，,]\s*"
)
_SENTENCE_ENDS: Final = "。！？!?；;\n"
_CLAUSE_ENDS: Final = "，,、：:）) "
_LEAST: Final = 8


def headline(content: str, length: int = LENGTH) -> str:
    """At most `length` characters of the beginning, without the stock phrase before the matter (市民来电反映：), ends cut cleanly."""
    plain = " ".join(_SPOKEN.sub("", content, count=1).split()) or " ".join(content.split())
    first = _until(plain, _SENTENCE_ENDS, length)
    if first is not None:
        return first
    if len(plain) <= length:
        return plain
    return shortened(plain, length)


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

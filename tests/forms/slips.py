"""Slips for tests: one of each kind an officer prints, and how a finished PDF is read back and looked at."""

from __future__ import annotations

import re
import shutil
import subprocess
import zlib
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PIL import Image, ImageChops
from pypdfium2 import PdfDocument

from county_hotline.forms.fonts import Fonts
from county_hotline.forms.slip import SlipContent, SlipResult, draw_slip_80mm, draw_slip_a5
from county_hotline.ids import Number

GOLDEN = Path(__file__).resolve().parents[1] / "golden" / "forms"
GOLDEN_DPI = 110
Draw = Callable[..., SlipResult]
FORMS: dict[str, Draw] = {"a5": draw_slip_a5, "80mm": draw_slip_80mm}

PLAIN = SlipContent(
    hotline="沂源县12345政务服务便民热线",
    number=Number("370323-03A-261121-0007K"),
    query_code="8K3D71Q2",
    accepted_at=1_795_223_520_000,
    matter_kind="求助",
    caller="王*祥",
    title="村道塌陷影响学生通行",
    agency="示例镇人民政府",
    due_on=date(2026, 11, 27),
    station_phone="0533-5550 012",
    officer="0301号",
    printed_at=1_795_223_720_000,
    printed_by="受理员甲（03号台）",
    copy_name="诉求人联",
)
RARE = replace(PLAIN, caller="王𠮷祥", title="㛃*䶮反映𬭎达建材店占道", reprint=2)
LONG = replace(
    PLAIN,
    title="振兴路与胜利路交叉口东北角沿街商铺夜间施工噪音扰民并占用盲道堆放建筑材料影响老人和学生出行请求有关部门尽快核实处理并答复",
    agency="沂源县住房和城乡建设局",
    due_provisional=True,
)
SECRET = replace(PLAIN, caller="保密", due_on=None, station_phone="")
ANONYMOUS = replace(PLAIN, caller="匿名", agency="", training=True)
SLIPS = {"plain": PLAIN, "rare": RARE, "long": LONG, "secret": SECRET, "anonymous": ANONYMOUS}


def squeezed(text: str) -> str:
    """Without blanks and line ends, which belong to the setting and not to the words."""
    return re.sub(r"\s", "", text)


def read_back(path: Path) -> str:
    """All the words of a PDF, as they would be copied out of it."""
    document = PdfDocument(path)
    try:
        return squeezed("".join(page.get_textpage().get_text_range() for page in document))
    finally:
        document.close()


def read_by_poppler(path: Path) -> str:
    """The same by another reader."""
    return squeezed(subprocess.run([tool("pdftotext"), path, "-"], check=True, capture_output=True).stdout.decode())


def picture(path: Path, dpi: float = GOLDEN_DPI) -> Image.Image:
    """The first page as grey dots."""
    document = PdfDocument(path)
    try:
        drawn: Image.Image = document[0].render(scale=dpi / 72, grayscale=True).to_pil().convert("L")
        return drawn
    finally:
        document.close()


def golden(form: str, kind: str) -> Image.Image:
    """The picture a person approved."""
    with Image.open(GOLDEN / f"slip_{form}_{kind}.png") as kept:
        return kept.convert("L")


def difference(one: Image.Image, other: Image.Image) -> float:
    """How much of the page differs clearly, in thousandths; 1000 for another size."""
    if one.size != other.size:
        return 1000.0
    clear = ImageChops.difference(one, other).point([0 if step < 80 else 255 for step in range(256)])
    return 1000 * clear.histogram()[255] / (one.width * one.height)


def tool(name: str) -> str:
    """A program of the system; the test is skipped where it is not."""
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is not on this system")
    return found


def code_in(shown: Path) -> str:
    """What the QR code in a picture says."""
    read = subprocess.run([tool("zbarimg"), "-q", "--raw", shown], check=False, capture_output=True)
    return read.stdout.decode().strip()


def draw(form: str, content: SlipContent, path: Path, fonts: Fonts) -> SlipResult:
    return FORMS[form](content, path, fonts=fonts)


def meant(written: bytes) -> str:
    """The words of a PDF of ours by its own ToUnicode maps, in the order they were set, without blanks."""
    objects = {int(nth): body for nth, body in re.findall(rb"(\d+) 0 obj(.*?)endobj", written, re.DOTALL)}
    maps = {name: _to_unicode(objects, body) for body in objects.values() if (name := _font_name(body))}
    content = next(body for body in objects.values() if b" Tj" in body)
    said = ""
    for name, codes in re.findall(rb"/(F\d+\+\d+) [\d.]+ Tf <([0-9a-f]*)> Tj", content):
        said += "".join(maps[name][code] for code in bytes.fromhex(codes.decode()))
    return squeezed(said)


def _font_name(body: bytes) -> bytes:
    found = re.search(rb"/Subtype /TrueType", body) and re.search(rb"/Name /(F\d+\+\d+)", body)
    return found.group(1) if found else b""


def _to_unicode(objects: dict[int, bytes], font: bytes) -> dict[int, str]:
    reference = re.search(rb"/ToUnicode (\d+) 0 R", font)
    assert reference is not None
    stream = re.search(rb"stream\r?\n(.*)endstream", objects[int(reference.group(1))], re.DOTALL)
    assert stream is not None
    pairs = re.findall(rb"<([0-9A-F]{2})> <((?:[0-9A-F]{4})+)>", zlib.decompressobj().decompress(stream.group(1)))
    return {int(code, 16): bytes.fromhex(text.decode()).decode("utf-16-be") for code, text in pairs}

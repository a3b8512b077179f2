"""The acknowledgment slip against bare reportlab writing the same words at the same places, in one run; and the first slip of a process.

    python benchmarks/slip.py [--rounds 60] [--json]

The anchor does what reportlab's manual says: its own TTFont over the same three files, registered once, drawString, line, rect, QrCodeWidget,
save to a file. It neither looks for missing glyphs nor waits for the disk; ours does both (fsync, read back, rename, fsync).
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from county_hotline.ids import Number

MM = 72 / 25.4
HEIGHT = 148.0
TARGET = 1.0
TARGET_FIRST_MS = 200
FIRST = 5
TITLES = "西洪村三组村道塌陷影响学生通行，请求尽快核实处理并修复路面；振兴路路口路灯不亮已有多日"


def _content(nth: int) -> object:
    from county_hotline.forms.slip import SlipContent

    return SlipContent(
        hotline="沂源县12345政务服务便民热线",
        number=Number(f"370323-03A-261121-{nth:04d}K"),
        query_code=f"8K3D{nth:04d}",
        accepted_at=1_795_223_520_000,
        matter_kind="求助",
        caller="王*祥",
        title=TITLES[nth % 12 : nth % 12 + 18],
        agency="红星镇人民政府",
        due_on=date(2026, 11, 27),
        station_phone="0533-5550 012",
        officer="0301号",
        printed_at=1_795_223_720_000,
        printed_by="受理员甲（03号台）",
        copy_name="诉求人联",
    )


def ours(nth: int, path: Path, *, rare: bool = False) -> None:
    """One slip of ours, as the program prints it."""
    from county_hotline.forms.fonts import shipped_fonts
    from county_hotline.forms.slip import SlipContent, draw_slip_a5

    content = _content(nth)
    assert isinstance(content, SlipContent)
    draw_slip_a5(replace(content, caller="王𠮷祥") if rare else content, path, fonts=shipped_fonts())


def bare(nth: int, path: Path, *, rare: bool = False) -> None:
    """The same words at the same places by reportlab alone (which cannot show the rare name; it is left as it is)."""
    from reportlab.graphics import renderPDF
    from reportlab.graphics.barcode.qr import QrCodeWidget
    from reportlab.graphics.shapes import Drawing
    from reportlab.pdfgen.canvas import Canvas

    del rare
    _register()
    canvas = Canvas(str(path), pagesize=(210 * MM, HEIGHT * MM), initialFontName="song")
    for font, size, x, y, text in _words(nth):
        canvas.setFont(font, size)
        canvas.drawString(x * MM, (HEIGHT - y) * MM, text)
    canvas.setLineWidth(0.5)
    for x1, y1, x2, y2 in LINES:
        canvas.line(x1 * MM, (HEIGHT - y1) * MM, x2 * MM, (HEIGHT - y2) * MM)
    canvas.setLineWidth(1.2)
    canvas.rect(20 * MM, (HEIGHT - 123.4) * MM, 170 * MM, 86 * MM)
    code = QrCodeWidget(
        f"LXQ1|370323-03A-261121-{nth:04d}K|8K3D{nth:04d}", barLevel="M", barWidth=26 * MM, barHeight=26 * MM, barBorder=0
    )
    drawing = Drawing(26 * MM, 26 * MM)
    drawing.add(code)
    renderPDF.draw(drawing, canvas, 156 * MM, (HEIGHT - 95) * MM)
    canvas.save()


LINES = (
    *((20, y, 190, y) for y in (46.4, 55.4, 64.4, 106.4)),
    *((x, 37.5, x, 46.4) for x in (44, 84, 108, 134, 158)),
    (44, 46.4, 44, 55.4),
    *((x, 55.4, x, 64.4) for x in (44, 94, 118)),
    *((x, 64.4, x, 106.4) for x in (44, 148)),
    *((x, 106.4, x, 123.4) for x in (70, 136)),
)


def _words(nth: int) -> list[tuple[str, float, float, float, str]]:
    fixed = [
        ("song", 14, 65, 17, "沂源县12345政务服务便民热线"), ("title", 22, 75, 28, "受 理 回 执"), ("song", 12, 20, 34.3, "查询码："),
        ("hei", 15, 37, 34.3, f"8K3D-{nth:04d}"), ("song", 12, 125, 34.3, f"编号：370323-03A-261121-{nth:04d}K"),
        ("song", 12, 23, 43.4, "受理时间"), ("song", 12, 46, 43.4, "2026-11-21 09:12"), ("song", 12, 87, 43.4, "诉求类型"),
        ("song", 12, 110, 43.4, "求助"), ("song", 12, 137, 43.4, "诉 求 人"), ("song", 12, 160, 43.4, "王*祥"),
        ("song", 12, 23, 52.4, "事    由"), ("song", 12, 46, 52.4, TITLES[nth % 12 : nth % 12 + 18]), ("song", 12, 23, 61.4, "承办去向"),
        ("song", 12, 46, 61.4, "红星镇人民政府（预计）"), ("song", 12, 97, 61.4, "预计办结"),
        ("song", 12, 120, 61.4, "2026-11-27（以平台正式时限为准）"), ("song", 12, 25, 84, "查询与"), ("song", 12, 25, 90, "告  知"),
        ("song", 12, 46, 72.3, "查询进展：拨打12345，或凭本回执到登记窗口查询"), ("song", 12, 46, 79.6, "窗口电话：0533-5550 012"),
        ("song", 12, 46, 86.9, "请妥善保管，凭查询码可在窗口查询、补充或催办"), ("song", 12, 46, 94.2, "紧急情况请拨打110、119、120、122"),
        ("song", 12, 46, 101.5, "您的信息仅用于办理本诉求，依法保密"), ("song", 10.5, 158, 101, "窗口扫码查询"),
        ("song", 12, 22.5, 112.6, "受理人：0301号"), ("song", 12, 72.5, 112.6, "受理单位（盖章）"), ("song", 12, 138.5, 112.6, "诉求人签名："),
        ("song", 9, 20, 130.4, "打印 2026-11-21 09:15 受理员甲（03号台）"), ("song", 9, 158, 130.4, "诉求人联 第1页/共1页"),
    ]  # fmt: skip
    return [*fixed, *(("song", 10.5, 192.0, 41.3 + 4.5 * at, char) for at, char in enumerate("诉求人联"))]


def _register() -> None:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    if "song" in pdfmetrics.getRegisteredFontNames():
        return
    fonts = ROOT / "county_hotline" / "fonts"
    pdfmetrics.registerFont(TTFont("song", str(fonts / "noto-serif-sc" / "NotoSerifSC_400Regular.ttf")))
    pdfmetrics.registerFont(TTFont("title", str(fonts / "noto-serif-sc" / "NotoSerifSC_700Bold.ttf")))
    pdfmetrics.registerFont(TTFont("hei", str(fonts / "noto-sans-sc" / "NotoSansSC_700Bold.ttf")))


DRAWERS: dict[str, Callable[..., None]] = {"ours": ours, "bare": bare}


def warm(folder: Path, rounds: int) -> dict[str, float]:
    """Medians in ms, the two drawn in turn so that both see the same machine."""
    for nth in range(FIRST):
        ours(nth, folder / "warm.pdf", rare=True)
        bare(nth, folder / "warm.pdf")
    taken: dict[str, list[float]] = {"bare": [], "ours": [], "ours_rare_name": []}
    for nth in range(FIRST, FIRST + rounds):
        taken["bare"].append(_timed(lambda nth=nth: bare(nth, folder / "bare.pdf")))  # type: ignore[misc]
        taken["ours"].append(_timed(lambda nth=nth: ours(nth, folder / "ours.pdf")))  # type: ignore[misc]
        taken["ours_rare_name"].append(_timed(lambda nth=nth: ours(nth + 5000, folder / "rare.pdf", rare=True)))  # type: ignore[misc]
    return {name: statistics.median(times) for name, times in taken.items()}


def cold(folder: Path, rounds: int) -> dict[str, float]:
    """Medians in ms of the first slip in a new process, its imports included, the start of Python not."""
    taken: dict[str, list[float]] = {name: [] for name in DRAWERS}
    for _ in range(rounds):
        for name, times in taken.items():
            line = [sys.executable, __file__, "--first", name, str(folder / "first.pdf")]
            times.append(float(subprocess.run(line, check=True, capture_output=True, text=True).stdout))
    return {name: statistics.median(times) for name, times in taken.items()}


def _timed(draw: Callable[[], None]) -> float:
    start = time.perf_counter()
    draw()
    return (time.perf_counter() - start) * 1000


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=60)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--first", nargs=2, metavar=("WHO", "PATH"), help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.first:
        print(_timed(lambda: DRAWERS[asked.first[0]](0, Path(asked.first[1]))))
        return
    with tempfile.TemporaryDirectory() as name:
        warm_ms, cold_ms = warm(Path(name), asked.rounds), cold(Path(name), 5)
        sizes = {who: (Path(name) / f"{who}.pdf").stat().st_size for who in DRAWERS}
    result = {
        "slip_warm": round(warm_ms["ours"] / warm_ms["bare"], 2), "slip_warm_rare_name": round(warm_ms["ours_rare_name"] / warm_ms["bare"], 2),
        "slip_first": round(cold_ms["ours"] / cold_ms["bare"], 2), "first_ms": round(cold_ms["ours"]),
        "warm_ms": {who: round(ms, 1) for who, ms in warm_ms.items()}, "cold_ms": {who: round(ms) for who, ms in cold_ms.items()},
        "bytes": sizes, "target": TARGET, "target_first_ms": TARGET_FIRST_MS,
    }  # fmt: skip
    if asked.json:
        print(json.dumps(result))
        return
    print(
        f"slip_warm            {result['slip_warm']} (target ≤ {TARGET})   {warm_ms['ours']:.1f} ms against {warm_ms['bare']:.1f} ms"
    )
    print(f"slip_warm_rare_name  {result['slip_warm_rare_name']} (target ≤ {TARGET})   {warm_ms['ours_rare_name']:.1f} ms")
    print(
        f"slip_first           {result['slip_first']} (target ≤ {TARGET_FIRST_MS} ms)   {cold_ms['ours']:.0f} ms against {cold_ms['bare']:.0f} ms"
    )


if __name__ == "__main__":
    main()

"""受理回执 on an 80 mm roll, in dots: 8 to the millimetre (203 dpi), 576 printable of 640. Only 黑: other hands' hairlines are under a dot."""

from __future__ import annotations

from county_hotline.clock import shown
from county_hotline.forms.faces import Face
from county_hotline.forms.fonts import Fonts
from county_hotline.forms.page import PT, Align, Hand, Sheet
from county_hotline.forms.slip_content import SlipContent
from county_hotline.wording import say

DOT = 0.125
"""Millimetres."""
PAPER, MARGIN, WIDTH = 640, 32, 576
LABEL_EMS = 4
VALUE_AT, VALUE_WIDTH = 116, 460
STEP = 38
QR_MODULE, QR_MODULES = 7, 29
"""Seven whole dots a module, so that the printer never blurs one."""
BESIDE_QR = 246
CUT = 40
"""White before the cut."""


def _hand(dots: float, *, bold: bool = False, space: float = 0) -> Hand:
    return Hand(Face.HEI_BOLD if bold else Face.HEI, dots * DOT * PT, space * DOT * PT)


BODY, BOLD = _hand(26), _hand(26, bold=True)
SMALL, SMALL_BOLD = _hand(24), _hand(24, bold=True)
TITLE, CODE, HOTLINE = _hand(50, bold=True, space=26), _hand(46, bold=True), _hand(56, bold=True)
DATE, PHONE, EMERGENCY = _hand(30, bold=True), _hand(28, bold=True), _hand(28, bold=True)


def sheet(content: SlipContent, fonts: Fonts) -> Sheet:
    """The receipt, drawn but not yet written; as long as its words need."""
    page = Sheet(PAPER * DOT, 0, fonts=fonts, title=say("form.slip.document", number=content.number), author=content.hotline)
    words = _fixed_words()
    page.stamp(("slip_80mm", words), lambda blank: _reserve(blank, words))
    y = _head(page, content)
    y = _rows(page, content, y)
    y = _asking(page, content, y)
    page.height = (_foot(page, content, y) + CUT) * DOT
    return page


ROWS = ("number", "accepted_at", "caller", "matter_kind", "matter", "agency", "due_on")
FIXED = ("query_code", "ask", "window", "qr", "privacy", "keep")


def _fixed_words() -> tuple[str, ...]:
    return tuple(say(f"form.receipt.{name}") for name in (*ROWS, *FIXED))


def _reserve(blank: Sheet, words: tuple[str, ...]) -> None:
    """No place on a roll is fixed, but its words are: their glyphs are made once."""
    blank.keep("".join(words), Face.HEI)
    blank.keep(say("form.slip.title") + say("form.slip.due_official") + say("form.receipt.emergency"), Face.HEI_BOLD)


def _head(page: Sheet, content: SlipContent) -> float:
    y = 32.0
    if content.training:
        page.box((PAPER / 2 - 110) * DOT, y * DOT, 220 * DOT, 44 * DOT, weight=2 * DOT * PT)
        _middle(page, y + 22, say("form.training"), BOLD)
        y += 56
    _middle(page, y + 31, content.hotline, _hand_for(page, content.hotline, BODY))
    _middle(page, y + 86, say("form.slip.title"), TITLE)
    _rule(page, y + 125)
    _left(page, y + 160, say("form.receipt.query_code"), BODY)
    _right(page, y + 160, content.query_code_shown, CODE)
    _rule(page, y + 199, dashed=True)
    return y + 233


def _rows(page: Sheet, content: SlipContent, y: float) -> float:
    values = {
        "number": content.number,
        "accepted_at": shown(content.accepted_at),
        "caller": content.caller,
        "matter_kind": content.matter_kind,
        "matter": content.matter,
        "agency": content.agency_shown,
    }
    for name, value in values.items():
        _label(page, y, say(f"form.receipt.{name}"))
        for line in page.wrapped(value, BODY, VALUE_WIDTH * DOT, most=6):
            page.middle((MARGIN + VALUE_AT) * DOT, y * DOT, line, BODY)
            y += STEP
    return _due(page, content, y)


def _due(page: Sheet, content: SlipContent, y: float) -> float:
    """Whose date counts stands under the date in the same weight, never in small print."""
    _label(page, y, say("form.receipt.due_on"))
    x = (MARGIN + VALUE_AT) * DOT
    if content.due_on is not None:
        end = x + page.middle(x, y * DOT, content.due_on.isoformat(), DATE)
        if content.due_provisional:
            page.middle(end, y * DOT, say("form.receipt.provisional"), BOLD)
        y += STEP - 3
    page.middle(x, y * DOT, say("form.slip.due_official"), BOLD)
    return y + 30


def _asking(page: Sheet, content: SlipContent, y: float) -> float:
    _rule(page, y, dashed=True)
    page.qr((MARGIN + 8) * DOT, (y + 19) * DOT, content.qr, module=QR_MODULE * DOT)
    x = (MARGIN + BESIDE_QR) * DOT
    page.middle(x, (y + 40) * DOT, say("form.receipt.ask"), BODY)
    page.middle(x, (y + 84) * DOT, say("form.receipt.hotline"), HOTLINE)
    if content.station_phone:
        page.middle(x, (y + 135) * DOT, say("form.receipt.window"), BODY)
        phone = content.station_phone
        page.middle(x, (y + 172) * DOT, phone, page.fitted(phone, PHONE, 330 * DOT, smallest=5) or SMALL)
        page.middle(x, (y + 207) * DOT, say("form.receipt.qr"), SMALL)
    else:
        page.middle(x, (y + 146) * DOT, say("form.receipt.window_no_phone"), BODY)
        page.middle(x, (y + 192) * DOT, say("form.receipt.qr"), SMALL)
    _rule(page, y + 243, dashed=True)
    return y + 243


def _foot(page: Sheet, content: SlipContent, y: float) -> float:
    _middle(page, y + 30, say("form.receipt.emergency"), EMERGENCY)
    _middle(page, y + 71, say("form.receipt.privacy"), SMALL)
    _rule(page, y + 96)
    _left(page, y + 121, say("form.receipt.officer", officer=content.officer, copy=content.copy_name), SMALL)
    if content.reprint:
        _right(page, y + 121, say("form.reprint", times=content.reprint), SMALL_BOLD)
    _left(page, y + 154, say("form.receipt.printed", at=shown(content.printed_at)), SMALL)
    _right(page, y + 154, say("form.receipt.keep"), SMALL)
    return y + 167


def _label(page: Sheet, y: float, text: str) -> None:
    page.spread(MARGIN * DOT, y * DOT, text, BODY, ems=LABEL_EMS)


def _left(page: Sheet, y: float, text: str, hand: Hand) -> None:
    page.middle(MARGIN * DOT, y * DOT, text, hand)


def _middle(page: Sheet, y: float, text: str, hand: Hand) -> None:
    page.middle(PAPER / 2 * DOT, y * DOT, text, hand, align=Align.MIDDLE)


def _right(page: Sheet, y: float, text: str, hand: Hand) -> None:
    page.middle((PAPER - MARGIN) * DOT, y * DOT, text, hand, align=Align.RIGHT)


def _rule(page: Sheet, y: float, *, dashed: bool = False) -> None:
    weight, dash = (2, f"{10 * DOT * PT:.2f} {6 * DOT * PT:.2f}") if dashed else (3, "")
    y += weight % 2 / 2
    page.line(MARGIN * DOT, y * DOT, (PAPER - MARGIN) * DOT, y * DOT, weight=weight * DOT * PT, dash=dash)


def _hand_for(page: Sheet, text: str, hand: Hand) -> Hand:
    return page.fitted(text, hand, WIDTH * DOT, smallest=6) or hand

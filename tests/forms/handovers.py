"""Hand-over sheets for the tests of paper: an ordinary one, and one of long names and large numbers."""

from __future__ import annotations

from dataclasses import replace

from county_hotline.forms.handover_sheet import Handover

UP = Handover(
    hotline="沂源县12345政务服务便民热线",
    name="370323-03-up-000007",
    goes_up=True,
    sender="370323-03　燕崖镇人民政府便民服务中心 一号窗口",
    receiver="be1cce06f6ed9317　县中心",
    serial=7,
    previous=6,
    entries=128,
    files=3,
    size=345_678,
    check_code="3F2A 91C0 77DE 5B12",
    made_at=1_795_223_520_000,
    made_by="0301 受理员甲",
    printed_at=1_795_223_580_000,
)
LONG = replace(
    UP,
    hotline="某某某自治州某某某自治县12345政务服务便民热线暨社会治安综合治理中心",
    name="370323-03-down-999999",
    goes_up=False,
    sender=UP.receiver,
    receiver="370323-03　𠮷祥镇人民政府党群服务中心（便民服务中心、退役军人服务站）综合受理窗口第二工作组 十二号窗口",
    serial=999_999,
    previous=0,
    entries=1_234_567,
    files=12_345,
    size=160 << 20,
    made_by="0301 某某某某某某某某某某某某某某某某",
)
HANDOVERS = {"up": UP, "long": LONG}

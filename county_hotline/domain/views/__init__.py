"""What screens and the command line are shown: plain values read from the tables, one type a page. One room each."""

from __future__ import annotations

from county_hotline.domain.views.filling_in import Caution, Draft, Phrase
from county_hotline.domain.views.register import OrderView, RegisterPage, RegisterQuery, RegisterRow, RegisterSort, Renumbered
from county_hotline.domain.views.relating import ClusterRow
from county_hotline.domain.views.syncing import (
    Counts,
    FilesWaiting,
    Finding,
    HeldRecord,
    Line,
    LineState,
    ParcelFound,
    Progress,
    RoundReport,
    RoundWay,
    Unplaced,
    VerifyReport,
)
from county_hotline.domain.views.work import CallRow, Incoming, SupervisionRow, Today, TodayGroup, TodayRow

__all__ = [
    "CallRow",
    "Caution",
    "ClusterRow",
    "Counts",
    "Draft",
    "FilesWaiting",
    "Finding",
    "HeldRecord",
    "Incoming",
    "Line",
    "LineState",
    "OrderView",
    "ParcelFound",
    "Phrase",
    "Progress",
    "RegisterPage",
    "RegisterQuery",
    "RegisterRow",
    "RegisterSort",
    "Renumbered",
    "RoundReport",
    "RoundWay",
    "SupervisionRow",
    "Today",
    "TodayGroup",
    "TodayRow",
    "Unplaced",
    "VerifyReport",
]

"""台账的栏目: which there are, in the order of the trade."""

from __future__ import annotations

from enum import Enum


class RegisterColumn(str, Enum):
    """One column of 台账, on the screen and in a file. Headed by `register.column.<value>`."""

    STATE = "state"  # 状态
    NUMBER = "number"  # 编号
    TITLE = "title"  # 标题
    CALLER = "caller"  # 诉求人, masked
    PHONE = "phone"  # 电话, masked
    KIND = "kind"  # 诉求类型
    CHANNEL = "channel"  # 渠道
    URGENCY = "urgency"  # 紧急程度
    CATEGORY = "category"  # 类别
    PLACE = "place"  # 事发地
    AGENCY = "agency"  # 承办
    ACCEPTED = "accepted"  # 登记时间
    DUE = "due"  # 最迟办结
    LEFT = "left"  # 还剩几个工作日
    FINISHED = "finished"  # 办结时间
    EVENT = "event"  # 领导接线
    CAMPAIGN = "campaign"  # 专项


NEVER_LEFT_OUT = (RegisterColumn.NUMBER, RegisterColumn.TITLE)
"""Without these a row says nothing."""

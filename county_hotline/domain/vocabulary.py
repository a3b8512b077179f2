"""The closed lists of the trade. Values on disk are short English words; the Chinese words stand in wording/ as `<list>.<value>`.

Sources: the code lists of national and local schemas gathered in the project's domain brief, sections 2.3 and 3.3.
"""

from __future__ import annotations

from enum import Enum, IntEnum


class MatterKind(str, Enum):
    """诉求类型. A place's rule pack may use fewer."""

    INQUIRY = "inquiry"  # 咨询
    HELP = "help"  # 求助
    COMPLAINT = "complaint"  # 投诉
    TIP_OFF = "tip_off"  # 举报
    SUGGESTION = "suggestion"  # 建议
    PRAISE = "praise"  # 表扬
    OTHER = "other"  # 其他


class Channel(str, Enum):
    """来源渠道 a hall or county office really receives through."""

    VISIT = "visit"  # 来访
    PHONE = "phone"  # 电话
    LETTER = "letter"  # 来信
    WEB = "web"  # 网站
    WECHAT = "wechat"  # 微信
    APP = "app"  # APP
    MESSAGE = "message"  # 短信
    MAIL = "mail"  # 邮件
    GRID = "grid"  # 网格员采集
    TRANSFER = "transfer"  # 上级转办
    OTHER = "other"  # 其他


class Urgency(str, Enum):
    """紧急程度."""

    NORMAL = "normal"  # 一般
    URGENT = "urgent"  # 紧急
    CRITICAL = "critical"  # 特急


class Stage(IntEnum):
    """工单状态: where an order stands, with the code beside which an upstream code may be kept."""

    UNREAD = 10  # 待受理: entries of it are here, its acceptance is not (yet)
    TO_DISPATCH = 20  # 待派单
    TO_SIGN = 30  # 待签收
    IN_HAND = 40  # 办理中
    TO_REVIEW = 60  # 待审核
    FINISHED = 80  # 已办结


class AssignmentRole(str, Enum):
    """承办角色."""

    LEAD = "lead"  # 牵头
    HELPER = "helper"  # 协办
    FALLBACK = "fallback"  # 兜底


class AssignmentState(IntEnum):
    """派单一轮的状态."""

    TO_SIGN = 30  # 待签收
    IN_HAND = 40  # 办理中
    REPLIED = 50  # 已回复
    WITHDRAWN = 59  # 已退出: another unit leads now
    DONE = 58  # 已办结


class StationRole(str, Enum):
    """What a station is for: which orders concern it and what its officers may do."""

    HALL = "hall"  # 受理站: 便民服务中心
    CENTRE = "centre"  # 县中心
    AGENCY = "agency"  # 承办单位


class OfficerRole(str, Enum):
    """What an officer may do. Separate duties as 等保 level 2 asks for."""

    CLERK = "clerk"  # 受理员
    DISPATCHER = "dispatcher"  # 派单员
    HANDLER = "handler"  # 承办员
    LEADER = "leader"  # 负责人
    ADMIN = "admin"  # 系统管理员


class Outcome(str, Enum):
    """办结方式 as the centre records it."""

    SOLVED = "solved"  # 已解决
    EXPLAINED = "explained"  # 已解释说明
    UNSOLVED = "unsolved"  # 未能解决


class Erasure(str, Enum):
    """Which words of an entry were erased."""

    WORDS = "words"
    PERSON = "person"
    BOTH = "both"

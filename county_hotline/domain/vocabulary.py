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
    """来源渠道: through what it really came. Upstream lists number theirs each in their own way: map them, never reuse their numbers."""

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
    LEADER_LINE = "leader_line"  # 领导接线
    MAILBOX = "mailbox"  # 领导信箱
    ENTERPRISE = "enterprise"  # 政企直通车
    MEDIA = "media"  # 媒体 (电台、报网)
    EMERGENCY_LINE = "emergency_line"  # 110分流
    PATROL = "patrol"  # 巡查发现
    SNAPSHOT = "snapshot"  # 随手拍
    OTHER = "other"  # 其他


class SourceLevel(str, Enum):
    """来源级别: who handed it down. Upper levels come with a number and a limit of their own."""

    COUNTY = "county"  # 本县
    CITY = "city"  # 市级
    PROVINCE = "province"  # 省级
    NATION = "nation"  # 国家级


class CallerKind(str, Enum):
    """诉求人类型."""

    PERSON = "person"  # 个人
    ENTERPRISE = "enterprise"  # 企业
    SOLE_TRADER = "sole_trader"  # 个体工商户
    SOCIETY = "society"  # 社会组织
    OFFICE = "office"  # 机关事业单位
    OTHER = "other"  # 其他


class Concern(str, Enum):
    """需要格外当心的: whom or what a matter touches."""

    GROUP = "group"  # 群体
    STABILITY = "stability"  # 涉稳
    ELDERLY = "elderly"  # 涉老
    MINOR = "minor"  # 涉未成年人


class Urgency(str, Enum):
    """紧急程度."""

    NORMAL = "normal"  # 一般
    URGENT = "urgent"  # 紧急
    CRITICAL = "critical"  # 特急


class Stage(IntEnum):
    """工单状态: where an order stands, with the code beside which an upstream code may be kept."""

    UNREAD = 10  # 待受理: entries of it are here, its acceptance is not (yet)
    TO_COMPLETE = 12  # 待补充
    TOLD = 15  # 已告知: the lawful path was told
    EMERGENCY = 18  # 已转紧急热线
    TO_DISPATCH = 20  # 待派单
    TO_SIGN = 30  # 待签收
    IN_HAND = 40  # 办理中
    TO_REVIEW = 60  # 待审核
    TO_FOLLOW_UP = 70  # 待回访: the reply passed its review
    TO_REDO = 75  # 待重办
    FINISHED = 80  # 已办结
    ARCHIVED = 85  # 已归档
    MERGED = 90  # 已并单
    VOID = 95  # 已作废


ENDED = frozenset({Stage.TOLD, Stage.EMERGENCY, Stage.FINISHED, Stage.ARCHIVED, Stage.MERGED, Stage.VOID})
"""Nothing is waited for any more. The codes are the trade's and not in order of progress: ask this set, never `>=`."""


class AssignmentRole(str, Enum):
    """承办角色."""

    LEAD = "lead"  # 牵头
    HELPER = "helper"  # 协办
    FALLBACK = "fallback"  # 兜底


class AssignmentState(IntEnum):
    """派单一轮的状态."""

    TO_SIGN = 30  # 待签收
    IN_HAND = 40  # 办理中
    ASKS_BACK = 42  # 申请退回
    RETURNED = 44  # 已退回
    ASKS_EXTENSION = 46  # 申请延期
    SUSPENDED = 48  # 挂起
    REPLIED = 50  # 已回复
    REDO = 55  # 退回重办
    DONE = 58  # 已办结
    WITHDRAWN = 59  # 已退出: another unit leads now


class StationRole(str, Enum):
    """What a station is for: which orders concern it and what its officers may do."""

    HALL = "hall"  # 受理站: 便民服务中心
    CENTRE = "centre"  # 县中心
    AGENCY = "agency"  # 承办单位
    RELAY = "relay"  # 下级平台: a hub that is enrolled at the hub above it; it writes nothing of its own


class OfficerRole(str, Enum):
    """What an officer may do. Separate duties as 等保 level 2 asks for."""

    CLERK = "clerk"  # 受理员
    DISPATCHER = "dispatcher"  # 派单员
    HANDLER = "handler"  # 承办员 (联络员)
    REVIEWER = "reviewer"  # 审核员
    SUPERVISOR = "supervisor"  # 督办员
    LEADER = "leader"  # 负责人
    ADMIN = "admin"  # 系统管理员


class Outcome(str, Enum):
    """办结方式 as the centre records it."""

    SOLVED = "solved"  # 已解决
    EXPLAINED = "explained"  # 已解释说明
    UNSOLVED = "unsolved"  # 未能解决
    ANSWERED = "answered"  # 直接答复


class Erasure(str, Enum):
    """Which words of an entry were erased."""

    WORDS = "words"
    PERSON = "person"
    BOTH = "both"


class EmergencyLine(str, Enum):
    """紧急热线 that a call is handed to at once."""

    POLICE = "110"
    FIRE = "119"
    AMBULANCE = "120"
    TRAFFIC = "122"


class HandedOver(str, Enum):
    """转接结果 (国办发〔2022〕12号: where the duty is unclear both centres agree, and the first receiver accepts first)."""

    TAKEN = "taken"  # 对方已接走
    BOTH = "both"  # 对方已接，其余部分由热线继续办
    NOT_THEIRS = "not_theirs"  # 对方认为不属紧急，热线继续办
    NO_ANSWER = "no_answer"  # 未接通


class Ask(str, Enum):
    """申请: what a unit asks the centre to decide."""

    SEND_BACK = "send_back"  # 退回 (派单异议)
    EXTENSION = "extension"  # 延期
    SUSPENSION = "suspension"  # 挂起
    HARD_CASE = "hard_case"  # 疑难
    UNREASONABLE = "unreasonable"  # 不合理诉求
    APPEAL = "appeal"  # 考核申诉


class SendBackReason(str, Enum):
    """退单原因."""

    NOT_OUR_DUTY = "not_our_duty"  # 非本单位职责
    WRONG_PLACE = "wrong_place"  # 属地错误
    FOR_A_DEPARTMENT = "for_a_department"  # 应由职能部门办理
    TOO_LITTLE = "too_little"  # 信息不全
    REPEAT = "repeat"  # 重复件
    LAWFUL_PATH = "lawful_path"  # 应走法定途径
    OTHER = "other"  # 其他


class ExtensionReason(str, Enum):
    """延期原因."""

    SITE_SURVEY = "site_survey"  # 需现场勘查
    SEVERAL_UNITS = "several_units"  # 需多部门会商
    TESTING = "testing"  # 需检验鉴定
    WORKS = "works"  # 工程施工
    APPROVAL_ABOVE = "approval_above"  # 等待上级批复
    CALLER_UNREACHABLE = "caller_unreachable"  # 诉求人无法联系
    FORCE_MAJEURE = "force_majeure"  # 不可抗力


class SuspensionReason(str, Enum):
    """挂起原因."""

    SEASON = "season"  # 季节
    WORKS = "works"  # 工程
    POLICY = "policy"  # 等待政策
    OTHER = "other"  # 其他


class Told(str, Enum):
    """告知诉求人: of what."""

    EXTENSION = "extension"  # 延期
    SUSPENSION = "suspension"  # 挂起
    PROGRESS = "progress"  # 进展
    RESULT = "result"  # 结果


class Satisfaction(str, Enum):
    """满意度, five levels (国办发〔2019〕51号 好差评). Apart from 是否解决."""

    VERY_GOOD = "very_good"  # 非常满意
    GOOD = "good"  # 满意
    FAIR = "fair"  # 基本满意
    BAD = "bad"  # 不满意
    VERY_BAD = "very_bad"  # 非常不满意


DISSATISFIED = frozenset({Satisfaction.BAD, Satisfaction.VERY_BAD})


class FollowUpResult(str, Enum):
    """回访结果. Nobody is dissatisfied for not having been reached."""

    RATED = "rated"  # 接通已评价
    NOT_RATED = "not_rated"  # 接通不评价
    NO_ANSWER = "no_answer"  # 未接通
    WRONG_NUMBER = "wrong_number"  # 空错号
    DECLINED = "declined"  # 拒访
    NOT_NEEDED = "not_needed"  # 不需回访


REACHED = frozenset({FollowUpResult.RATED, FollowUpResult.NOT_RATED, FollowUpResult.DECLINED})


class Card(str, Enum):
    """警示牌. Shown by a person, never by the clock."""

    YELLOW = "yellow"  # 黄牌
    RED = "red"  # 红牌


class SupervisionCause(str, Enum):
    """督办原因."""

    OVERDUE = "overdue"  # 逾期
    DISSATISFIED = "dissatisfied"  # 不满意
    LEADER = "leader"  # 领导批示
    MEDIA = "media"  # 媒体
    REPEATED = "repeated"  # 反复
    OTHER = "other"  # 其他


class VoidReason(str, Enum):
    """作废原因: there was no request at all."""

    BLANK = "blank"  # 空白
    HARASSMENT = "harassment"  # 骚扰
    MISTAKE = "mistake"  # 误登
    TEST = "test"  # 测试


class ClashMatter(str, Enum):
    """待核对: what a clash is about, which says whose it is to settle."""

    WORDS = "words"  # 诉求人说的话
    STATE = "state"  # 状态、单位、期限

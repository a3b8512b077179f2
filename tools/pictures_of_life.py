"""What else may happen to a request, played at the window by keyboard alone, a picture a page; after tools.pictures, in the same county.

What only fills the lists is done by command beside the window. Every step that is played is waited for in the journal: a page that is not
what it should be ends the play.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from tools.seats import LEADER, REVIEWER, SUPERVISOR, NotThereError, Request, Seats

CLERK, DISPATCHER, HANDLER = "0301", "0101", "2101"
MAIN, BACK, SITE, WATCHED = "污水外溢", "巷口三盏路灯", "排水沟", "排放异味"
"""What the orders of this play are found by."""
HOUSING = "县住建局"
LOCAL = timedelta(hours=8)

ASKED = Request(
    "13800003001", "示例", "yyzyyc", "网上买的鞋能不能退货", "前天在网上买了一双鞋，尺码不合适，问能不能退。", category="消费"
)
PATH = Request("13800003002", "示例", "yyzyyc", "与单位的劳动争议已在仲裁", "与原单位的工资争议已申请仲裁，要求热线判定。")
AGAIN = Request("13800002000", "示例", "yyz", "巷口路灯还是不亮", "巷口三盏路灯不亮，夜间看不清路，今天还没有人来。")
MESSAGE = "13800003005:12345#张某#燕崖镇石板村#村小学门口没有减速带，放学时车开得很快，希望装上减速带。"
WAITING = (
    "13800003003:12345#李某#燕崖镇#卫生室晚上没有人值班，希望公布值班电话。",
    "13800003004:12345#赵某#燕崖镇燕崖村#村里广场的健身器材坏了两处，老人用着不安全。",
)
MORE: tuple[dict[str, str], ...] = (
    {
        "电话": "13800003010",
        "姓名": "示例",
        "事发地": "燕崖镇",
        "诉求类型": "求助",
        "类别": "040402",
        "标题": "下水道堵塞污水外溢",
        "内容": "集市南口下水道堵塞，污水流到路面，三天了。",
    },
    {
        "电话": "13800003011",
        "姓名": "示例",
        "事发地": "燕崖镇 燕崖村",
        "诉求类型": "求助",
        "标题": "村口排水沟淤塞积水",
        "内容": "村口排水沟堵了，雨后积水进院子。",
    },
)


def from_above(now: datetime) -> tuple[dict[str, str], ...]:
    """Two requests that the city handed down: one whose limit ends today, one that came too late."""
    told = (("物业收费没有公示", now + timedelta(hours=2)), ("公交站牌倒伏", now - timedelta(days=2)))
    return tuple(
        {
            "电话": f"138000030{20 + nth}",
            "姓名": "示例",
            "事发地": "燕崖镇",
            "诉求类型": "投诉",
            "标题": title,
            "内容": f"市热线转来：{title}，请核实处理。",
            "渠道": "上级转办",
            "来源级别": "市级",
            "外部编号": f"示例-{nth + 1}",
            "上级时限": due.strftime("%Y-%m-%d %H:%M"),
        }
        for nth, (title, due) in enumerate(told)
    )


SENT = (
    ("养殖场", "县生态环境分局"),
    ("自来水发黄", "县自来水公司"),
    ("占道经营", "县综合执法局"),
    ("电梯停运", "县市场监管局"),
    ("灌溉水渠", "县水利局"),
    (SITE, "燕崖镇"),
    ("公交站牌", "县交通运输局"),
    (MAIN, HOUSING),
    (BACK, HOUSING),
)
"""Dispatched beside the window: words of the order, to whom."""


class Life(Seats):
    """The second thread."""

    def whole(self) -> None:
        """All seats, in the order things happen."""
        self.at_the_counter()
        self.what_waits()
        self.ask_for_time_and_back()
        self.decide()
        self.tell_and_reply()
        self.review_and_call_back()
        self.meet_on_site()
        self.supervise()
        self.rules_and_lists()

    # -- the township's counter ---------------------------------------------------------------------------------------

    def at_the_counter(self) -> None:
        """紧急转接, 直接答复, 告知法定途径, 来件, 并入, 补充."""
        with self.seat("hall"):
            self._emergency()
            self._answer()
            self._tell_the_path()
            self._take_in_a_message()
            self._join()
            self._seldom_asked()
            self.register([*MORE, *from_above(datetime.now(UTC) + LOCAL)])
            self.sync_until("hall", MAIN, "to_dispatch")

    def _emergency(self) -> None:
        self.press("F11", "3")
        self._keys.fill("06号")
        self._keys.press("1")
        self.shot("20-emergency")
        self.press("F9")
        self.becomes("hall", "紧急转接", "emergency")
        self.press("Escape")

    def _answer(self) -> None:
        self.fill(ASKED)
        self.press("ctrl+d")
        self._keys.ask("七天")
        self.press("Return")
        self.shot("21-answer")
        self.press("F9")
        self.becomes("hall", ASKED.title, "finished")
        self.press("F6")
        self.shot("22-knowledge")
        self.press("F2")

    def _tell_the_path(self) -> None:
        self.fill(PATH)
        self.press("ctrl+l", "Down", "Down")
        self.shot("23-path")
        self.press("F9")
        self.becomes("hall", PATH.title, "told")

    def _take_in_a_message(self) -> None:
        for text in WAITING:
            self.said("inbox", "--text", text, seat="hall", officer=CLERK)
        self.press("alt+4", "ctrl+v")
        self._keys.type(MESSAGE)
        self.press("F9")
        if len(self.said("inbox", seat="hall")["messages"]) != len(WAITING) + 1:
            raise NotThereError("hall", "inbox")
        self.press("Escape")
        self.shot("24-incoming")
        self.press("F9", "F9")
        self.becomes("hall", "减速带", "to_dispatch")

    def _join(self) -> None:
        self.press("F2")
        self.fill(AGAIN)
        self._keys.wait(1)
        self.shot("25-repeats")
        self.press("alt+r")
        self.shot("26-join")
        self.press("F9")
        self.happens("hall", BACK, "more_given")

    def _seldom_asked(self) -> None:
        self.press("F2", "alt+m")
        self.shot("27-more-fields")
        self.press("alt+m")

    # -- the centre ---------------------------------------------------------------------------------------------------

    def what_waits(self) -> None:
        """待办 at the centre, and everything dispatched."""
        with self.seat("centre"):
            self.sync_until("centre", MAIN, "to_dispatch")
            for words, unit in SENT:
                self.act("centre", DISPATCHER, words, "dispatch", agency=unit)
            self.sync_until("centre", BACK, "to_sign")
            self.press("F3")
            self.shot("30-today")

    def decide(self) -> None:
        """退回审核 and 延期审核."""
        with self.seat("centre"):
            self.sync_until_told("centre", BACK, "send_back_asked")
            self.open(BACK)
            self.press("F9", "Right")
            self.shot("34-decide-send-back")
            self.press("F9")
            self.happens("centre", BACK, "send_back_decided")
            self.act("centre", DISPATCHER, BACK, "dispatch")
            self.open(MAIN)
            self.press("F9", "Right")
            self.shot("35-decide-extension")
            self.press("F9")
            self.happens("centre", MAIN, "extension_decided")
            self.sync_until("centre", MAIN, "in_hand")

    def review_and_call_back(self) -> None:
        """审核, 回访, 办结; every act there is; why that day."""
        with self.seat("centre", nth=REVIEWER):
            self.sync_until("centre", MAIN, "to_review")
            self.open(MAIN)
            self.press("F9", "Right")
            self.shot("37-review")
            self.press("F9")
            self.becomes("centre", MAIN, "to_follow_up")
            self.press("F9", "1", "Tab", "Tab", "Tab", "Tab", "Tab", "2")
            self.shot("38-follow-up")
            self.press("F9")
            self.happens("centre", MAIN, "followed_up")
            self.press("F10")
            self.shot("39-more")
            self.press("Escape", "alt+t")
            self.shot("40-why")
            self.press("alt+t", "F9", "F9")
            self.becomes("centre", MAIN, "finished")
            self.shot("41-finished")
            self.sync_until("centre", MAIN, "finished")

    def supervise(self) -> None:
        """督办 and its ledger."""
        with self.seat("centre", nth=SUPERVISOR):
            self.press("F8", "F9")
            self._keys.ask(WATCHED)
            self.press("Return")
            self._keys.wait(1)
            self._keys.press("6", "Tab", "Tab")
            self._keys.type("三日内查清异味来源，书面说明整改办法和完成时间。")
            self._keys.press("Tab")
            self._keys.type((datetime.now(UTC) + LOCAL + timedelta(days=3)).strftime("%m-%d 18:00"))
            self.shot("46-supervise")
            self.press("F9")
            self.happens("centre", WATCHED, "supervision_issued")
            self.press("F8")
            self.shot("47-ledger")

    def rules_and_lists(self) -> None:
        """规则包 with its trial, the calendar, the lists."""
        with self.seat("centre", nth=LEADER):
            self.press("alt+7")
            self.shot("50-packs")
            self.press("End", "F9")
            self.shot("51-trial")
            self.press("Escape", "ctrl+l")
            self.shot("52-calendar")
            self.press("alt+8")
            self.shot("53-lists")
            self.press("Return")
            self.shot("54-list-form")

    # -- the unit -----------------------------------------------------------------------------------------------------

    def ask_for_time_and_back(self) -> None:
        """签收; 申请延期 of one, 申请退回 of the other."""
        with self.seat("agency"):
            self.sync_until("agency", BACK, "to_sign")
            self.press("F3")
            self.shot("31-today-unit")
            for words in (MAIN, BACK):
                self.act("agency", HANDLER, words, "sign_for")
            self.open(MAIN)
            self.open_act("agency", HANDLER, MAIN, "ask_extension")
            self._keys.press("4", "Tab")
            self._keys.type("管道已挖开，要等管材到货，预计下周铺好。")
            self.shot("32-ask-extension")
            self.press("F9")
            self.happens("agency", MAIN, "extension_asked")
            self.open(BACK)
            self.open_act("agency", HANDLER, BACK, "ask_send_back")
            self._keys.press("1", "Tab")
            self._keys.type("归属清单第2条：村里自建的路灯由事发地乡镇负责。")
            self._keys.press("Tab")
            self._keys.type("现场看过，是村里自建的路灯。")
            self._keys.press("Tab")
            self._keys.ask("燕崖")
            self.press("Return")
            self.shot("33-ask-send-back")
            self.press("F9")
            self.happens("agency", BACK, "send_back_asked")
            self.sync_until_told("agency", BACK, "send_back_asked")

    def tell_and_reply(self) -> None:
        """告知诉求人, then 回复."""
        with self.seat("agency"):
            self.sync_until_told("agency", MAIN, "extension_decided")
            self.open(MAIN)
            self.press("F9")
            self._keys.type("已电话告知：要等管材，延到新的日期，诉求人表示理解。")
            self.shot("36-tell")
            self.press("F9")
            self.happens("agency", MAIN, "citizen_told")
            self.act(
                "agency",
                HANDLER,
                MAIN,
                "reply",
                internal="已更换破损管道二十米，清理淤泥，通水试验正常。",
                public="集市南口下水道已更换管道并疏通，不再外溢。谢谢您的反映。",
                solved="是",
            )
            self.sync_until("agency", MAIN, "to_review")

    # -- on site ------------------------------------------------------------------------------------------------------

    def meet_on_site(self) -> None:
        """呼叫, 报到, 处置."""
        with self.seat("hall"):
            self.sync_until("hall", SITE, "to_sign")
            self._call()
            self._sign_in()
            self.press("F9")
            self._keys.wait(1)
            self._keys.type("水沟上段由水利清淤，过路涵管由住建更换，镇里组织村民清理沟口。")
            self._keys.press("Tab")
            for unit, work in (("水利", "清理上段水沟"), ("住建", "更换过路涵管")):
                self._keys.ask(unit)
                self._keys.fill("", work, "12-04")
            self.shot("45-findings")
            self.press("F9")
            self.happens("hall", SITE, "site_findings")
            self.sync_until("hall", SITE, "to_sign")

    def _call(self) -> None:
        self.press("F7", "F9")
        self._keys.ask(SITE)
        self.press("Return")
        self._keys.wait(1)
        for unit in ("住建", "水利"):
            self._keys.ask(unit)
            self.press("Return")
        self._keys.press("Tab")
        self._keys.type((datetime.now(UTC) + LOCAL + timedelta(minutes=20)).strftime("%m-%d %H:%M"))
        self._keys.press("Tab", "Tab", "Tab", "Tab")
        self._keys.fill("分管负责人甲", "主责负责人甲")
        self.shot("42-call")
        self.press("F9")
        self.happens("hall", SITE, "units_called")

    def _sign_in(self) -> None:
        self.press("F7", "F9")
        for name, post in (("陈某", "科员"), ("李某", "站长")):
            self._keys.fill(name, post, "")
            self._keys.wait(1)
        self.shot("44-arrivals")
        self.press("Escape")
        self.shot("43-site")
        self.happens("hall", SITE, "arrival_signed")

"""What is looked at, as data: page, state, whose seat it is, and the keys that lead there."""

from __future__ import annotations

from dataclasses import dataclass

from tools.looks_county import CLERK, HANDLER, LAMPS, LEADER, LONG_CONTENT, LONG_TITLE, REVIEWER, ROAD, SUPERVISOR

FORM = (
    "field phone 13800005001", "field name 王𠮷祥", "field place yyzyyc", "wait 500", "key Return", "field detail 村口往东约三十米",
    "field title 村道塌陷影响学生通行",
    "field content 11月18日晚起，村口往东的路塌了约一米宽，三轮车过不去，学生上学要绕行。已向村里反映，还没有修。",
    "field demand 尽快修好并告知", "field category 村道", "wait 500", "key Return", "wait 900",
)  # fmt: skip
LONG_FORM = (
    "field phone 13800009001", "field name 㚖䃼𡐓·阿卜杜热合曼💊", "field place yyzyyc", "wait 500", "key Return",
    "field detail 老供销社院墙外第三根电线杆对面，门前有两棵柿子树的那一户北边", f"field title {LONG_TITLE}",
    f"field content {LONG_CONTENT}", "wait 1200",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Scene:
    """One picture. A step is a verb and what follows it: see `looks.Looker`."""

    page: str
    state: str
    seat: str
    badge: str
    steps: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Of its file."""
        return f"{self.page}-{self.state}"


def _everywhere(seat: str, state: str, badge: str) -> tuple[Scene, ...]:
    """Every page that has a place in the rail or a key of its own."""
    pages = (
        "intake",
        "today",
        "register",
        "knowledge",
        "site",
        "supervision",
        "incoming",
        "overview",
        "sync",
        "packs",
        "duties",
    )
    more = ("handover", "repair", "clash", "manual", "settings")
    return tuple(
        Scene(page, state, seat, badge, (f"go {page}", "wait 900" if page == "overview" else "wait 300"))
        for page in (*pages, *more)
    )


def _order(state: str, badge: str, *steps: str, words: str = ROAD, seat: str = "hall") -> Scene:
    return Scene("order", state, seat, badge, (f"order {words}", "wait 250", *steps))


SCENES: tuple[Scene, ...] = (
    Scene("sign_in", "full", "hall", CLERK, ("lock",)),
    Scene("sign_in", "error", "hall", CLERK, ("lock", "type wrong-password", "key Return", "wait 600")),
    Scene("sign_in", "long", "long", "", ("lock",)),
    *_everywhere("empty", "empty", CLERK),
    *(each for each in _everywhere("hall", "full", CLERK) if each.page not in ("intake", "clash")),
    Scene("clash", "full", "hall", CLERK, (f"clash {LAMPS}", "wait 300")),
    Scene("clash", "chosen", "hall", CLERK, (f"clash {LAMPS}", "wait 300", "key Left Down Right", "wait 200")),
    Scene("intake", "full", "hall", CLERK, ("go intake", *FORM)),
    Scene("intake", "why", "hall", CLERK, ("go intake", *FORM, "key Alt-w", "wait 300")),
    Scene("intake", "error", "hall", CLERK, ("go intake", "type 1380000", "key F9", "wait 400")),
    Scene("intake", "long", "long", "", ("go intake", *LONG_FORM)),
    Scene("intake", "done", "hall", CLERK, ("go intake", *FORM, "key F9", "wait 900")),
    Scene("intake", "answer", "hall", CLERK, ("go intake", *FORM, "key Control-d", "type 七天", "wait 600", "key Return")),
    Scene("intake", "path", "hall", CLERK, ("go intake", *FORM, "key Control-l", "wait 300", "key Down Down", "wait 300")),
    Scene("intake", "emergency", "hall", CLERK, ("go intake", *FORM, "key F11", "wait 300")),
    Scene("intake", "more", "hall", CLERK, ("go intake", *FORM, "key Alt-m", "wait 300")),
    Scene("intake", "join", "hall", CLERK, ("go intake", *FORM, "key Alt-r", "wait 400")),
    Scene("intake", "phrases", "hall", CLERK, ("go intake", *FORM, "key Alt-t", "wait 300")),
    Scene("intake", "paste", "hall", CLERK, ("clip 13800003005:12345#张某#燕崖镇石板村#村小学门口没有减速带。", "go intake", "key Control-V", "wait 400")),
    Scene("intake", "finder", "hall", CLERK, ("go intake", *FORM[:2], "field place yy", "wait 600")),
    Scene("today", "centre", "centre", LEADER, ("go today", "wait 300")),
    Scene("today", "agency", "agency", HANDLER, ("go today", "wait 300")),
    Scene("today", "long", "long", "", ("go today", "wait 300")),
    Scene("register", "hits", "hall", CLERK, ("go register", "key Control-f", "type 路灯", "wait 700")),
    Scene("register", "nothing", "hall", CLERK, ("go register", "key Control-f", "type 没有这样的话", "wait 700")),
    Scene("register", "filters", "hall", CLERK, ("go register", "key Control-l", "wait 400")),
    Scene("register", "columns", "hall", CLERK, ("go register", "key Control-g", "wait 300")),
    Scene("register", "saved", "hall", CLERK, ("go register", "key Control-s", "wait 300")),
    Scene("register", "export", "hall", CLERK, ("go register", "key Control-e", "wait 300")),
    Scene("register", "ticked", "centre", LEADER, ("go register", "key space Down space Down space", "wait 300")),
    Scene("register", "many", "centre", LEADER, ("go register", "key space Down space Down space F10", "wait 400")),
    Scene("register", "long", "long", "", ("go register", "wait 300")),
    _order("full", CLERK),
    _order("clash", CLERK, words=LAMPS),
    _order("more", CLERK, "key F10", "wait 300"),
    _order("why", CLERK, "key Alt-t", "wait 300"),
    _order("print", CLERK, "key Control-p", "wait 500"),
    _order("attach", CLERK, "key Control-g", "wait 300"),
    _order("unmask", CLERK, "key Control-u", "wait 300"),
    _order("form", HANDLER, "key F9", "wait 300", seat="agency"),
    _order("form_error", HANDLER, "key F9", "wait 200", "key F9", "wait 200", seat="agency"),
    _order("dispatch", LEADER, "key F9", "type 住建", "wait 500", words="电梯停运", seat="centre"),
    _order("review", REVIEWER, "key F9", "wait 300", words="路灯不亮", seat="centre"),
    _order("long", "", words="塌了约一米宽", seat="long"),
    _order("long_more", "", "key F10", "wait 300", words="塌了约一米宽", seat="long"),
    _order("long_correct", "", "key Control-e", "wait 400", words="塌了约一米宽", seat="long"),
    Scene("order", "missing", "hall", CLERK, ("go order 370323-03A-261121-99999", "wait 300")),
    Scene("knowledge", "hits", "hall", CLERK, ("go knowledge", "type 医保", "wait 600")),
    Scene("knowledge", "nothing", "hall", CLERK, ("go knowledge", "type 没有这样的话", "wait 600")),
    Scene("knowledge", "edit", "centre", LEADER, ("go knowledge", "wait 300", "key Control-e", "wait 300")),
    Scene("knowledge", "report", "hall", CLERK, ("go knowledge", "wait 300", "key Control-j", "wait 300")),
    Scene("site", "call", "hall", CLERK, ("go site", "key F9", "wait 300", f"type {ROAD}", "wait 500", "key Return", "wait 500")),
    Scene("supervision", "new", "centre", SUPERVISOR, ("go supervision", "key F9", "wait 300", "type 异味", "wait 500", "key Return", "wait 500")),
    Scene("supervision", "centre", "centre", SUPERVISOR, ("go supervision", "wait 300")),
    Scene("incoming", "paste", "hall", CLERK, ("go incoming", "key Control-v", "wait 300")),
    Scene("incoming", "drop", "hall", CLERK, ("go incoming", "key Control-d", "wait 300")),
    Scene("overview", "centre", "centre", LEADER, ("go overview", "wait 600")),
    Scene("overview", "second", "centre", LEADER, ("go overview", "wait 400", "key Next", "wait 400")),
    Scene("overview", "long", "long", "", ("go overview", "wait 600")),
    Scene("wall", "full", "centre", LEADER, ("go overview", "wait 300", "key F11", "wait 800")),
    Scene("wall", "empty", "empty", CLERK, ("go overview", "wait 300", "key F11", "wait 800")),
    Scene("sync", "offline", "hall", CLERK, ("cut", "go sync", "key F5", "wait 600")),
    Scene("sync", "diagnosed", "hall", CLERK, ("cut", "go sync", "key Control-d", "wait 1500")),
    Scene("sync", "long", "long", "", ("go sync", "wait 300")),
    Scene("repair", "rewrite", "hall", CLERK, ("go repair", "key F9", "wait 300")),
    Scene("packs", "leader", "centre", LEADER, ("go packs", "wait 300")),
    Scene("packs", "trial", "centre", LEADER, ("go packs", "key End F9", "wait 900")),
    Scene("packs", "calendar", "centre", LEADER, ("go packs", "key Control-l", "wait 300")),
    Scene("duties", "leader", "centre", LEADER, ("go duties", "wait 300")),
    Scene("duties", "form", "centre", LEADER, ("go duties", "key Return", "wait 400")),
    Scene("duties", "drop", "centre", LEADER, ("go duties", "key Control-d", "wait 300")),
    Scene("settings", "verified", "hall", CLERK, ("go settings", "key F9", "wait 900")),
    Scene("settings", "found", "hall", CLERK, ("go settings", "key Control-f", "type 同步", "wait 400")),
    Scene("settings", "nothing", "hall", CLERK, ("go settings", "key Control-f", "type 没有这样的话", "wait 400")),
    Scene("manual", "article", "hall", CLERK, ("go manual", "wait 300", "key Down Down Return", "wait 400")),
    Scene("manual", "found", "hall", CLERK, ("go manual", "wait 300", "key Control-f", "type 同步", "wait 500")),
    Scene("handover", "centre", "centre", LEADER, ("go handover", "wait 300")),
    Scene("palette", "full", "hall", CLERK, ("go register", "key Control-k", "wait 300")),
    Scene("palette", "found", "hall", CLERK, ("go register", "key Control-k", "type dj", "wait 500")),
    Scene("palette", "nothing", "hall", CLERK, ("go register", "key Control-k", "type 没有这样的话", "wait 500")),
    Scene("box", "error", "hall", CLERK, ("go register", "fail", "wait 200")),
    Scene("box", "toast", "hall", CLERK, ("go register", "toast 已受理 370323-03A-261121-00130，回执已打印", "undoable", "wait 200")),
    Scene("box", "training", "training", CLERK, ("go register", "wait 200")),
    *(Scene("guide", step, "", "", (f"guide {step}",)) for step in ("pc", "station", "accounts", "paper", "screen", "rules")),
)  # fmt: skip

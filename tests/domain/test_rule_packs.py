"""Rule packs: the shipped ones say what their sources say, and a wrong one names line and key."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from county_hotline.domain.reference import Campaign
from county_hotline.domain.rule_packs import RestDay, RulePack, Span, Start, Unit, parse
from county_hotline.domain.vocabulary import MatterKind, Urgency
from county_hotline.errors import BadInput
from county_hotline.wording import rule
from tests.support.source import PACKAGE, ROOT

FILES = sorted((PACKAGE / "rule_packs").glob("*.toml"))
PACKS = {file.stem: parse(file.read_text(encoding="utf-8")) for file in FILES}
SHANDONG = (PACKAGE / "rule_packs" / "shandong-2020.toml").read_text(encoding="utf-8")

OLD = ROOT / "tests" / "domain" / "old_packs"
"""Packs as releases before this one shipped them. A station may still have one in force, and orders keep theirs for ever."""
WHOLE = """
name = "whole-county"
version = 3
title = "某县"
region = "370323"
valid_from = "2026-11-01"
source = "example.com"
sign = { amount = 1, unit = "day" }
contact = { amount = 2, unit = "hour" }
dispatch = { amount = 1 }
tell = { amount = 1 }
review = { amount = 2 }
assumptions = ["按次日起算"]

[limits]
inquiry = { amount = 2 }
all = { amount = 5 }

[urgent]
urgent = { amount = 1 }
critical = { amount = 2, unit = "hour" }

[[overlays]]
name = "水电气热"
keywords = ["停水", "停电"]
kinds = ["help", "complaint"]
respond = { amount = 1, unit = "hour" }
handle = { amount = 24, unit = "hour" }

[[overlays]]
name = "群众安全"
keywords = ["塌陷"]
handle = { amount = 4, unit = "hour" }

[day_count]
start = "next_workday"
rest_day = "as_next_workday"
end_of_day = "17:30"
cutoff = "17:00"
counts_itself = true

[extension]
longest = { amount = 10 }
most = 2
apply_before = { amount = 0 }
needs_seal = true
tell_within = { amount = 1 }

[sending_back]
within = { amount = 2 }
most = 3
restarts_callers_limit = true

[suspension]
longest = { amount = 60, unit = "day" }
review_every = { amount = 30, unit = "day" }
stops_clock = true

[follow_up]
within = { amount = 1 }
tries = 3
next_try = { amount = 1 }

[redo]
limit = { amount = 3 }
most = 1

[light]
yellow_share = 80

[cards]
yellow = { amount = 0 }
red = { amount = 5 }

[fallback]
after_returns = 2
"""
"""A pack that says everything a pack can say."""

KINDS = ("inquiry", "help", "suggestion", "complaint", "tip_off", "praise")


@pytest.mark.parametrize(
    ("pack", "days"),
    [
        ("shandong-2020", (5, 5, 5, 5, 5, 5)),
        ("guangdong-2022", (2, 10, 10, 15, 15, None)),
        ("sichuan-2026", (3, 7, 7, 15, 15, None)),
        ("fujian-pending", (None,) * 6),
    ],
)
def test_limits_are_those_of_the_source_and_no_others(pack: str, days: tuple[int | None, ...]) -> None:
    limits = [PACKS[pack].limit_for(MatterKind(kind)) for kind in KINDS]

    assert tuple(limit and limit.amount for limit in limits) == days
    assert {limit.unit for limit in limits if limit} <= {Unit.WORKDAY}


def test_these_packs_ship_and_no_others() -> None:
    assert set(PACKS) == {"shandong-2020", "guangdong-2022", "sichuan-2026", "fujian-pending"}


@pytest.mark.parametrize("name", PACKS)
def test_every_pack_names_its_source_and_what_had_to_be_assumed(name: str) -> None:
    pack = PACKS[name]

    assert pack.name == name
    assert pack.reference == f"{name}@{1 if name == 'fujian-pending' else 2}"
    assert re.search(r"[\w-]+\.(?:net|com|cn)\b", pack.source)
    assert pack.assumptions


def test_a_pack_without_limits_is_not_settled() -> None:
    assert [name for name, pack in PACKS.items() if not pack.is_settled] == ["fujian-pending"]


def test_extension_and_sending_back_as_shandong_has_them() -> None:
    pack = PACKS["shandong-2020"]

    assert pack.extension is not None
    assert pack.extension.longest == Span(10)
    assert pack.sending_back is not None
    assert pack.sending_back.within == Span(2)
    assert not pack.sending_back.restarts_callers_limit


def test_a_tighter_limit_by_urgency_goes_before_the_kinds() -> None:
    pack = parse(SHANDONG + '\n[urgent]\ncritical = { amount = 2, unit = "hour" }\n')

    urgent, normal = pack.limit_for(MatterKind.HELP, Urgency.CRITICAL), pack.limit_for(MatterKind.HELP, Urgency.URGENT)

    assert urgent is not None
    assert (urgent.amount, urgent.unit) == (2, Unit.HOUR)
    assert normal is not None
    assert normal.amount == 5


def test_a_limit_carries_how_its_days_are_counted() -> None:
    changed = SHANDONG.replace('"next_workday"', '"same_day"').replace('"as_received"', '"as_next_workday"')

    limit = parse(changed.replace('"24:00"', '"17:30"')).limit_for(MatterKind.HELP)

    assert limit is not None
    assert (limit.start, limit.rest_day, limit.end_of_day) == (Start.SAME_DAY, RestDay.AS_NEXT_WORKDAY, "17:30")
    assert limit.pack == "山东2020"


@pytest.mark.parametrize(
    ("find", "put", "key"),
    [
        ("amount = 5", "amount = 0", "limits.all.amount"),
        ("amount = 5", 'amount = "5"', "limits.all.amount"),
        ('{ amount = 5, unit = "workday" }', '{ amount = 5, unit = "week" }', "limits.all.unit"),
        ("all =", "everything =", "limits.everything"),
        ('start = "next_workday"', 'start = "tomorrow"', "day_count.start"),
        ('end_of_day = "24:00"', 'end_of_day = "late"', "day_count.end_of_day"),
        ('region = "370000"', 'region = "Shandong"', "region"),
        ('valid_from = "2020-01"', 'valid_from = "January"', "valid_from"),
        ('valid_from = "2020-01"', 'valid_form = "2020-01"', "valid_form"),
        ('title = "山东2020"', 'title = " "', "title"),
        ('name = "shandong-2020"', 'name = "Shandong 2020"', "name"),
        ("version = 2", "version = 2.5", "version"),
    ],
)
def test_a_wrong_pack_names_line_and_key(find: str, put: str, key: str) -> None:
    text = SHANDONG.replace(find, put, 1)
    line = next(place for place, words in enumerate(text.splitlines(), start=1) if put in words)

    with pytest.raises(BadInput) as fault:
        parse(text)

    assert (fault.value.code, fault.value.details) == ("I105", {"line": line, "key": key})


def test_what_is_no_toml_names_the_line() -> None:
    with pytest.raises(BadInput) as fault:
        parse(SHANDONG.replace("version = 2", "version = = 2"))

    assert (fault.value.details["line"], fault.value.details["key"]) == (3, "version = = 2")


def test_a_pack_without_a_source_is_no_pack() -> None:
    with pytest.raises(BadInput) as fault:
        parse(re.sub(r"source = .*\n", "", SHANDONG))

    assert fault.value.details["key"] == "source"


@pytest.mark.parametrize("file", sorted(OLD.glob("*.toml")), ids=lambda file: file.stem)
def test_a_pack_of_an_earlier_release_is_still_read(file: Path) -> None:
    pack = parse(file.read_text(encoding="utf-8"))

    assert pack.reference == "@".join(file.stem.rsplit("-", 1))
    assert pack.limit_for(MatterKind.HELP) == PACKS[pack.name].limit_for(MatterKind.HELP)
    assert (pack.light, pack.cards, pack.suspension) == (None, None, None)


@pytest.mark.parametrize(
    ("find", "put", "key"),
    [
        ('valid_from = "2026-11-01"', 'valid_from = "2026-02-30"', "valid_from"),
        ('valid_from = "2026-11-01"', 'valid_from = "2026-13"', "valid_from"),
        ("tries = 3", "trys = 3", "follow_up.trys"),
        ("yellow_share = 80", "yellow_share = 100", "light.yellow_share"),
        ("after_returns = 2", "after_returns = 0", "fallback.after_returns"),
        ('kinds = ["help", "complaint"]', 'kinds = ["helping"]', "overlays[0].kinds[0]"),
        ("respond = { amount = 1,", "respond = { amounts = 1,", "overlays[0].respond.amounts"),
        ("red = { amount = 5 }", "red = { amount = -1 }", "cards.red.amount"),
        ("inquiry = { amount = 2 }", "inquiry = { amount = 0 }", "limits.inquiry.amount"),
        ("all = { amount = 5 }", 'all = { amount = 5, unit = "week" }', "limits.all.unit"),
        ("urgent = { amount = 1 }", "urgently = { amount = 1 }", "urgent.urgently"),
        ("sign = { amount = 1,", "sign = { amount = 0,", "sign.amount"),
        ('end_of_day = "17:30"', 'end_of_day = "24:30"', "day_count.end_of_day"),
        ('end_of_day = "17:30"', 'end_of_day = "00:00"', "day_count.end_of_day"),
        ('cutoff = "17:00"', 'cutoff = "24:00"', "day_count.cutoff"),
        ('cutoff = "17:00"', 'cutoff = "5 pm"', "day_count.cutoff"),
    ],
)
def test_a_wrong_table_names_line_and_key(find: str, put: str, key: str) -> None:
    refused(WHOLE.replace(find, put, 1), put, key)


@pytest.mark.parametrize(
    ("find", "put", "key"),
    [
        ("critical = { amount = 2,", "critical = { amount = 25,", "urgent.critical"),
        ("urgent = { amount = 1 }", "urgent = { amount = 6 }", "urgent.urgent"),
        ("sign = { amount = 1,", "sign = { amount = 3,", "sign"),
        ("contact = { amount = 2,", "contact = { amount = 49,", "contact"),
        ("dispatch = { amount = 1 }", "dispatch = { amount = 3 }", "dispatch"),
        ("counts_itself = true", "counts_itself = false", "day_count.counts_itself"),
        ("yellow_share = 80", "yellow_share = 80\nyellow_before = { amount = 1 }", "light.yellow_share"),
        ("red = { amount = 5 }", "red = { amount = 0 }\nyellow = { amount = 1 }", "cards.red"),
        ("review_every = { amount = 30,", "review_every = { amount = 61,", "suspension.review_every"),
        ("tries = 3\nnext_try", "tries = 1\nnext_try", "follow_up.next_try"),
        ("respond = { amount = 1,", "respond = { amount = 25,", "overlays[0].respond"),
        ('name = "群众安全"', 'name = "水电气热"  # again', "overlays[1].name"),
        ('keywords = ["塌陷"]', 'keywords = [" "]', "overlays[1].keywords"),
        ('keywords = ["塌陷"]', "keywords = []", "overlays[1].keywords"),
    ],
)
def test_values_that_contradict_each_other_are_refused(find: str, put: str, key: str) -> None:
    text = WHOLE.replace("yellow = { amount = 0 }\n", "") if key == "cards.red" else WHOLE

    refused(text.replace(find, put, 1), put.split("\n")[-1 if key == "follow_up.next_try" else 0], key)


def test_what_comes_between_closing_and_cut_off_would_be_due_before_it_came() -> None:
    text = WHOLE.replace('start = "next_workday"', 'start = "same_day"').replace('cutoff = "17:00"', 'cutoff = "18:00"')

    refused(text, 'cutoff = "18:00"', "day_count.cutoff")


def test_a_table_that_says_nothing_is_refused() -> None:
    refused(WHOLE.replace("yellow_share = 80", ""), "[light]", "light")
    with pytest.raises(BadInput) as fault:
        parse(WHOLE.replace('handle = { amount = 4, unit = "hour" }', ""))

    second = [place for place, line in enumerate(WHOLE.splitlines(), start=1) if line == "[[overlays]]"][1]
    assert fault.value.details == {"line": second, "key": "overlays[1].handle"}


def refused(text: str, words: str, key: str) -> None:
    """I105 at the line that holds these words."""
    with pytest.raises(BadInput) as fault:
        parse(text)

    lines = text.splitlines()
    line = next((place for place, found in enumerate(lines, start=1) if words in found), 0)
    assert (fault.value.code, fault.value.details) == ("I105", {"line": line, "key": key})


def limit_of(pack: RulePack, kind: MatterKind, urgency: Urgency = Urgency.NORMAL, **more: object) -> tuple[int, str] | None:
    limit = pack.limit_for(kind, urgency, **more)  # type: ignore[arg-type]
    return (limit.amount, limit.unit.value) if limit else None


CAMPAIGN = Campaign("c1", "清欠", "2026-11-01", limits={"all": Span(8), "inquiry": Span(1)})


@pytest.mark.parametrize(
    ("kind", "more", "limit"),
    [
        ("help", {}, (5, "workday")),
        ("help", {"text": "村里停水三天"}, (24, "hour")),
        ("inquiry", {"text": "停水时间"}, (2, "workday")),
        ("inquiry", {"text": "路面塌陷"}, (4, "hour")),
        ("help", {"urgency": Urgency.CRITICAL, "text": "停水，路面塌陷"}, (2, "hour")),
        ("help", {"urgency": Urgency.URGENT, "text": "停水"}, (1, "workday")),
        ("help", {"campaign": CAMPAIGN}, (8, "workday")),
        ("inquiry", {"campaign": CAMPAIGN}, (1, "workday")),
        ("help", {"campaign": CAMPAIGN, "urgency": Urgency.CRITICAL}, (2, "hour")),
        ("help", {"campaign": CAMPAIGN, "text": "停电"}, (24, "hour")),
        ("help", {"campaign": Campaign("c2", "巡查", "2026-11-01")}, (5, "workday")),
    ],
)
def test_of_several_limits_the_nearer_and_tighter_counts(kind: str, more: dict[str, object], limit: tuple[int, str]) -> None:
    assert limit_of(parse(WHOLE), MatterKind(kind), **more) == limit  # type: ignore[arg-type]


def test_a_campaigns_limit_holds_where_the_pack_knows_none() -> None:
    assert limit_of(PACKS["fujian-pending"], MatterKind.HELP, campaign=CAMPAIGN) == (8, "workday")


@pytest.mark.parametrize(
    ("kind", "text", "span"),
    [("help", "停水", Span(1, Unit.HOUR)), ("inquiry", "停水", Span(2, Unit.HOUR)), ("help", "", Span(2, Unit.HOUR))],
)
def test_first_contact_is_as_soon_as_the_tightest_rule_says(kind: str, text: str, span: Span) -> None:
    assert parse(WHOLE).contact_for(MatterKind(kind), text=text) == span
    assert PACKS["shandong-2020"].contact_for(MatterKind(kind), text=text) is None


def in_words(pack: RulePack) -> list[str]:
    return [rule(line.code, **line.values) for line in pack.in_words()]


@pytest.mark.parametrize("pack", [*PACKS.values(), parse(WHOLE)], ids=[*PACKS, "whole"])
def test_every_line_of_a_pack_is_a_whole_sentence(pack: RulePack) -> None:
    lines = in_words(pack)

    assert not [line for line in lines if "〔pack" in line or "…" in line or "{" in line]
    assert len(lines) == len(set(lines))
    assert [words for words in pack.assumptions if not any(words in line for line in lines)] == []


def test_a_pack_that_says_everything_leaves_nothing_unknown() -> None:
    lines = in_words(parse(WHOLE))

    assert not [line for line in lines if line.startswith("规则包没有写")]
    assert "咨询：2 个工作日内办结" in lines
    assert "其余各类：5 个工作日内办结" in lines
    assert "“水电气热”：24 小时内办结，比别的时限短时照这个" in lines
    assert "17:00 以后来的件，算次日来件" in lines
    assert "延期须在到期以前申请" in lines
    assert "挂起期间期限停下来，恢复后接着算" in lines
    assert "期限用去百分之 80 亮黄灯，过期亮红灯" in lines
    assert "一超期就提示可以亮黄牌" in lines


def test_what_a_shipped_pack_does_not_know_is_said() -> None:
    lines = in_words(PACKS["shandong-2020"])

    assert "各类诉求一律 5 个工作日内办结" in lines
    assert "规则包没有写什么时候亮黄灯：本程序在最后一个工作日亮黄灯，过期亮红灯；这是本程序的推定，不是规则" in lines
    assert lines[-1] == (
        "规则包没有写：紧急件的时限、签收时限、首次联系时限、派单时限、告知时限、审核时限、延期最多几次、延期要提前多久申请、"
        "延期是否要盖章、延期多久内告知、最多退回几次、挂起、回访、重办、警示灯、红黄牌、退回几次后兜底。没有写的，本程序不替它定"
    )


def test_kinds_without_a_limit_are_named() -> None:
    assert "表扬、其他：没有时限，不给日期，单据上写“以平台正式时限为准”" in in_words(PACKS["guangdong-2022"])
    assert "各类诉求都没有时限：不给日期，单据上写“以平台正式时限为准”" in in_words(PACKS["fujian-pending"])


def test_the_pack_in_the_documents_is_one_that_is_read() -> None:
    """And it names every table there is, so that whoever writes one finds them all."""
    text = (ROOT / "docs" / "rule-packs.md").read_text(encoding="utf-8")
    example = text.split("```toml\n")[1].split("```")[0]

    pack = parse(example)

    assert [name for name in pack.__struct_fields__ if getattr(pack, name) in (None, {}, ())] == []

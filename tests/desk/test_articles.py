"""改知识库: each change is a version with who, when and why; the bundle keeps up for old stations; reports; tables in and out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
import openpyxl
import pytest

from county_hotline.background import Step, finished
from county_hotline.desk import Desk, article_tables, articles, intake, knowledge, remarks
from county_hotline.domain.articles import ArticleQuery, Edition, RemarkField, RemarkOutcome
from county_hotline.domain.facts import AnsweredAtOnce
from county_hotline.domain.reference import Article
from county_hotline.domain.vocabulary import OfficerRole
from county_hotline.errors import Refusal
from county_hotline.ids import AgencyCode
from tests.support.desks import Counters, a_form
from tests.support.ticking_clock import TickingClock

HEATING = Edition(
    "", "供热投诉找谁", "先找供热企业，再拨打12345。", "2026-10-15", keywords=("暖气", "不热"), valid_until="2027-03-31"
)


@pytest.fixture
def counters(tmp_path: Path, clock: TickingClock) -> Iterator[Counters]:
    made = Counters(tmp_path, clock)
    yield made
    made.close()


@pytest.fixture
def centre(counters: Counters) -> Desk:
    return counters.centre.sits(OfficerRole.ADMIN)


@pytest.fixture
def hall(counters: Counters) -> Desk:
    return counters.hall.sits(OfficerRole.CLERK)


# ---------------------------------------------------------------- versions


def test_each_change_is_a_version_that_says_who_when_and_why(centre: Desk, clock: TickingClock) -> None:
    first = articles.save(centre, HEATING)
    clock.advance(hours=1)
    second = articles.save(centre, msgspec.structs.replace(first, text="直接拨打12345。"), why="企业电话停用")
    past = knowledge.history(centre, first.code)

    assert first.code.startswith("K")
    assert [(each.number, each.text) for each in past] == [(2, "直接拨打12345。"), (1, HEATING.text)]
    assert (second.by, second.why, second.at - first.at) == (centre.signed_in().officer, "企业电话停用", 3_600_000)
    assert knowledge.version_of(second) == "2026-10-15 第2版"


def test_an_order_keeps_which_version_it_was_answered_from(centre: Desk, hall: Desk, counters: Counters) -> None:
    made = articles.save(centre, HEATING)
    hall.store.knowledge.add_editions([made])
    order = intake.answer(hall, a_form(), answer="先找供热企业。", article=made.code)

    fact = hall.store.view(order.number).story[-1].fact
    assert isinstance(fact, AnsweredAtOnce)
    assert (fact.article, fact.article_version) == (made.code, "2026-10-15 第1版")


def test_an_older_version_comes_back_as_a_new_one(centre: Desk) -> None:
    first = articles.save(centre, HEATING)
    articles.save(centre, msgspec.structs.replace(first, text="错的"), why="试")
    articles.restore(centre, first.code, 1)

    assert [each.text for each in knowledge.history(centre, first.code)] == [HEATING.text, "错的", HEATING.text]


def test_what_is_withdrawn_is_found_and_answered_from_no_more_and_can_come_back(centre: Desk) -> None:
    made = articles.save(centre, HEATING)
    articles.withdraw(centre, made.code, why="文件废止")

    assert knowledge.find(centre, "供热投诉找谁") == ()
    with pytest.raises(Refusal, match="R410"):
        knowledge.usable(centre, made.code)
    articles.restore(centre, made.code, 1)
    assert knowledge.usable(centre, made.code).text == HEATING.text


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"title": " "}, "R420"),
        ({"text": "\n "}, "R420"),
        ({"version": "2026"}, "R426"),
        ({"valid_until": "2026-10-14"}, "R426"),
        ({"category": "9999"}, "R421"),
        ({"places": ("999999",)}, "R421"),
        ({"unit": "nobody"}, "R421"),
        ({"title": "长" * 201}, "R606"),
    ],
)
def test_what_is_missing_or_unknown_is_refused_and_nothing_changes(changes: dict[str, object], code: str, centre: Desk) -> None:
    before = knowledge.counts(centre)
    with pytest.raises(Refusal, match=code):
        articles.save(centre, msgspec.structs.replace(HEATING, **changes))
    assert knowledge.counts(centre) == before


def test_the_same_again_is_no_version_and_a_change_needs_its_reason(centre: Desk) -> None:
    made = articles.save(centre, HEATING)
    with pytest.raises(Refusal, match="R601"):
        articles.save(centre, made, why="又存")
    with pytest.raises(Refusal, match="R420"):
        articles.save(centre, msgspec.structs.replace(made, text="改"))
    with pytest.raises(Refusal, match="R602"):
        articles.save(centre, msgspec.structs.replace(made, text="改"), why="改", based_on=0)


def test_only_the_centre_and_whose_duty_it_is_may_change_articles(hall: Desk, counters: Counters) -> None:
    with pytest.raises(Refusal, match="R204"):
        articles.save(hall, HEATING)
    with pytest.raises(Refusal, match="R400"):
        articles.save(counters.hall.sits(OfficerRole.ADMIN), HEATING)


def test_old_stations_read_the_newest_in_the_bundle(centre: Desk) -> None:
    bundled = centre.store.reference.bundle().articles[0]
    edition = knowledge.newest(centre, bundled.code)
    assert edition is not None
    assert edition.number == 0
    articles.save(centre, msgspec.structs.replace(edition, title="改过的标题"), why="试")
    made = articles.save(centre, HEATING)
    articles.withdraw(centre, centre.store.reference.bundle().articles[1].code, why="试")
    now = {each.code: each for each in centre.store.reference.bundle().articles}

    assert type(now[made.code]) is Article
    assert now[bundled.code].title == "改过的标题"
    assert len(knowledge.find(centre, "改过的标题")) == 1


# ---------------------------------------------------------------- finding


@pytest.mark.parametrize("typed", ["供热", "grts", "暖气 找谁", "不热", "12345", "先找供热企业，再拨打", "hot", "投诉找谁"])
def test_words_keywords_initials_and_any_two_characters_find_it(typed: str, centre: Desk) -> None:
    made = articles.save(centre, msgspec.structs.replace(HEATING, source="hot line rules"))

    assert made.code in [each.code for each in knowledge.find(centre, typed)]


def test_a_whole_message_finds_what_it_is_about(centre: Desk) -> None:
    made = articles.save(centre, HEATING)
    said = "你好我家住的小区到现在暖气还是冰凉的，打物业没人管，想问一下供热的事情到底该找谁投诉，谢谢"

    assert knowledge.find(centre, said)[0].code == made.code


def test_filters_narrow_by_unit_category_place_and_validity(centre: Desk, clock: TickingClock) -> None:
    centre.store.reference.change(articles=())
    place = centre.store.reference.places()[3]
    unit = centre.store.reference.agencies()[0].code
    local = articles.save(
        centre, msgspec.structs.replace(HEATING, title="只在这里", places=(place.code,), unit=unit, category="0101")
    )
    soon = articles.save(centre, msgspec.structs.replace(HEATING, title="快到期", valid_until="2026-12-01"))
    over = articles.save(
        centre, msgspec.structs.replace(HEATING, title="过期了", version="2025-01-01", valid_until="2026-11-20")
    )

    def found(**asked: str) -> set[str]:
        return {row.code for row in knowledge.look(centre, ArticleQuery(**asked)).rows}

    assert found(unit=unit) == found(category="01") == {local.code}
    assert found(place=place.code + "001") == {local.code, soon.code, over.code}
    assert found(place="370323999") == {soon.code, over.code}
    assert found(validity="ending") == {soon.code}
    assert found(validity="expired") == {over.code}
    assert found(validity="in_force") == {local.code, soon.code}
    assert knowledge.counts(centre)[:3] == (3, 1, 1)
    assert (knowledge.left(centre, soon), knowledge.left(centre, over)) == (10, -1)


# ---------------------------------------------------------------- 纠错


def test_a_report_is_settled_with_a_version_or_with_a_reason(centre: Desk) -> None:
    made = articles.save(centre, HEATING)
    wrong = remarks.report(centre, RemarkField.TEXT, "电话停用了", code=made.code)
    other = remarks.report(centre, RemarkField.TITLE, "标题不通", code=made.code)
    with pytest.raises(Refusal, match="R608"):
        remarks.settle(centre, wrong.remark, RemarkOutcome.MENDED)
    articles.save(centre, msgspec.structs.replace(made, text="新电话"), why="纠错")
    mended = remarks.settle(centre, wrong.remark, RemarkOutcome.MENDED)
    with pytest.raises(Refusal, match="R420"):
        remarks.settle(centre, other.remark, RemarkOutcome.REFUSED)
    remarks.settle(centre, other.remark, RemarkOutcome.REFUSED, reason="通的")
    with pytest.raises(Refusal, match="R605"):
        remarks.settle(centre, other.remark, RemarkOutcome.REFUSED, reason="再说")

    assert mended.number == 2
    assert remarks.listed(centre, open_only=True) == ()


def test_anybody_may_report_and_nobody_writes_a_citizens_number(hall: Desk) -> None:
    remark = remarks.report(hall, RemarkField.OTHER, "缺供暖补贴怎么领")

    assert remark.field is RemarkField.MISSING
    assert [each.remark for each in remarks.listed(hall)] == [remark]
    for text in ("问 13800000000", "问138-0000-0000", "证号37032319800101123X"):
        with pytest.raises(Refusal, match="R607"):
            remarks.report(hall, RemarkField.OTHER, text)
    with pytest.raises(Refusal, match="R204"):
        remarks.settle(hall, remark.remark, RemarkOutcome.REFUSED, reason="不")


# ---------------------------------------------------------------- tables


def a_table(folder: Path, *rows: tuple[str, ...], name: str = "条目.xlsx") -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(folder / name)
    return folder / name


HEAD = ("编号", "知识标题", "知识内容", "更新日期", "有效期至", "责任单位", "关键词")


def test_rows_become_versions_and_what_cannot_be_read_comes_back(centre: Desk, tmp_path: Path) -> None:
    made = articles.save(centre, HEATING)
    unit = centre.store.reference.agencies()[0]
    file = a_table(
        tmp_path,
        HEAD,
        ("", "新的一条", "正文", "2026-01-01", "2027-01-01", unit.name, "甲、乙"),
        (made.code, HEATING.title, "改过的正文", "2026-11-01", "2027-03-31", "", "暖气"),
        ("", "没有正文", "", "2026-01-01", "", "", ""),
        ("", "新的一条", "又一行", "2026-01-01", "", "", ""),
        ("", "日子不对", "正文", "去年", "", "", ""),
        ("", "单位不对", "正文", "2026-01-01", "", "没有的单位", ""),
    )
    seen = article_tables.import_excel(centre, file, dry_run=True)
    assert knowledge.newest(centre, made.code) == made
    report = article_tables.import_excel(centre, file)

    assert (seen.new, seen.changed) == (report.new, report.changed) == (1, 1)
    assert [each.row for each in report.returned] == [4, 5, 6, 7]
    assert all("一" <= each.reason[0] <= "龥" or each.reason[0] in "“文" for each in report.returned)
    new = knowledge.find(centre, "新的一条")[0]
    assert (new.unit, new.keywords, new.why) == (unit.code, ("甲", "乙"), "从《条目.xlsx》导入")
    changed = knowledge.newest(centre, made.code)
    assert changed is not None
    assert (changed.number, changed.text, changed.source) == (2, "改过的正文", HEATING.source)


def test_cancelled_while_it_is_written_no_article_is_there(centre: Desk, tmp_path: Path) -> None:
    rows = [("", f"第{at}条", "正文", "2026-01-01", "", "", "") for at in range(120)]
    seen = finished(article_tables.look_in_steps(centre, a_table(tmp_path, HEAD, *rows)))
    codes, bundle = centre.store.knowledge.codes("K"), centre.store.reference.document()
    told: list[Step] = []

    def stop_in_the_middle(step: Step) -> bool:
        told.append(step)
        return step.done < 60

    with pytest.raises(Refusal, match="R670"):
        article_tables.take(centre, seen, told=stop_in_the_middle)
    left = centre.store.knowledge.codes("K"), centre.store.reference.document()
    count = article_tables.take(centre, seen)

    assert told == [Step(0, 120), Step(50, 120), Step(100, 120)]
    assert left == (codes, bundle)
    assert count == 120


def test_an_article_that_was_changed_since_the_file_was_seen_is_not_written_over(centre: Desk, tmp_path: Path) -> None:
    made = articles.save(centre, HEATING)
    file = a_table(tmp_path, HEAD, (made.code, HEATING.title, "改过的正文", "2026-11-01", "", "", ""))
    seen = finished(article_tables.look_in_steps(centre, file))
    by_another = articles.save(centre, msgspec.structs.replace(made, text="别人刚改的"), why="改")

    with pytest.raises(Refusal, match="R651"):
        article_tables.take(centre, seen)
    assert knowledge.newest(centre, made.code) == by_another


def test_what_was_exported_and_comes_back_as_it_was_changes_nothing(centre: Desk, tmp_path: Path) -> None:
    unit = centre.store.reference.agencies()[0].code
    articles.save(centre, msgspec.structs.replace(HEATING, unit=AgencyCode(unit), category="0101", text="=1+1\n第二行"))
    count = article_tables.export_excel(centre, tmp_path / "out.xlsx")
    report = article_tables.import_excel(centre, tmp_path / "out.xlsx")

    assert count == report.rows == report.same == 10
    assert (report.new, report.changed, report.returned) == (0, 0, ())


def test_a_file_of_an_article_lies_on_the_shelf_and_is_kept(centre: Desk, tmp_path: Path) -> None:
    (tmp_path / "申请表.pdf").write_bytes(b"%PDF-1.7")
    form = articles.file_of(centre, tmp_path / "申请表.pdf")
    made = articles.save(centre, msgspec.structs.replace(HEATING, files=(form,)))
    centre.store.files.sweep(centre.store.life())

    assert made.files == (form,)
    assert centre.store.files.shelf.has(form.sha256)
    assert form.media_type == "application/pdf"

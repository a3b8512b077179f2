"""单独放着的记录: each is told with whether anything is lost and what to do; forms belong to the record they were opened for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec
import pytest

from county_hotline.background import InlineRunner
from county_hotline.desk.acts.spec import Act, Choice, Field, FieldKind, Opened
from county_hotline.desk.repairing import WHY, HeldHere
from county_hotline.domain.facts import Replied
from county_hotline.errors import HotlineError, Refusal
from county_hotline.ids import EntryId, Number, StationId
from county_hotline.signals import Bulletin, Changes
from county_hotline.ui.screens.repair import telling
from county_hotline.ui.screens.repair.presenter import RepairPresenter
from county_hotline.ui.screens.repair.telling import RecordTold, fields_of, record_told
from county_hotline.ui.screens.repair.work import Lines, Looked
from county_hotline.ui.telling.reading import FieldTold


def a_record(entry_id: str = "e-1", code: str = "H106", **given: object) -> HeldHere:
    record = HeldHere(
        entry_id=EntryId(entry_id),
        number=Number("370323-03A-261121-0007K"),
        title="路灯不亮",
        kind=Replied.kind,
        code=code,
        station=StationId("370323-03"),
        officer="0301 受理员甲",
        recorded_at=1_795_223_520_000,
        is_ours=True,
        is_withdrawn=False,
        is_sent_again=False,
        can_withdraw=True,
        can_rewrite=True,
        can_send=False,
    )
    return msgspec.structs.replace(record, **given)


FORM = Opened(
    Act(
        "reply",
        Replied,
        fields=(Field("public", FieldKind.TEXT), Field("solved", FieldKind.TERNARY), Field(WHY, is_required=True)),
    ),
    {"public": "已修好", "solved": "yes", WHY: ""},
    {},
    {"solved": (Choice("yes", "是"), Choice("no", "否"))},
    {},
)


class Work:
    def __init__(self, *records: HeldHere) -> None:
        self.records = list(records)
        self.did: list[tuple[object, ...]] = []
        self.refuses: HotlineError | None = None

    def look(self) -> Looked:
        return Looked(tuple(self.records), 2026)

    def open(self, entry_id: EntryId) -> Opened:
        return FORM

    def rewrite(self, entry_id: EntryId, typed: Mapping[str, str]) -> None:
        self._do("rewrite", entry_id, dict(typed))

    def withdraw(self, entry_id: EntryId, why: str) -> None:
        self._do("withdraw", entry_id, why)

    def send_again(self, entry_id: EntryId) -> None:
        self._do("resend", entry_id)

    def units(self, typed: str) -> Lines:
        return ()

    def _do(self, *what: object) -> None:
        if self.refuses is not None:
            raise self.refuses
        self.did.append(what)


class View:
    def __init__(self) -> None:
        self.listed: list[RecordTold] = []
        self.record: RecordTold | None = None
        self.form: tuple[str, list[str]] | None = None
        self.typed: dict[str, str] = {}
        self.said: list[str] = []
        self.wrongs: list[tuple[str, str]] = []

    def is_seen(self) -> bool:
        return True

    def show(self, records: Sequence[RecordTold], keep: str) -> None:
        self.listed = list(records)

    def show_record(self, told: RecordTold | None) -> None:
        self.record = told

    def ask(self, what: str, fields: Sequence[FieldTold]) -> None:
        self.form = what, [field.name for field in fields]

    def asked(self) -> Mapping[str, str]:
        return self.typed

    def wrong(self, field: str, words: str) -> None:
        self.wrongs.append((field, words))

    def offer(self, field: str, typed: str, lines: Lines) -> None: ...

    def close_form(self) -> None:
        self.form = None

    def murmur(self, words: str) -> None:
        self.said.append(words)

    def fail(self, fault: Exception) -> None:
        raise fault


def a_page(*records: HeldHere) -> tuple[RepairPresenter, View, Work, Bulletin]:
    view, work, bulletin = View(), Work(*records), Bulletin()
    presenter = RepairPresenter(view, work, InlineRunner(), bulletin)
    presenter.shown("")
    return presenter, view, work, bulletin


@pytest.mark.parametrize("code", ["H101", "H102", "H103", "H106", "H201", "H202"])
def test_each_is_told_in_three_parts_and_in_a_few_words(code: str) -> None:
    told = record_told(a_record(code=code), year=2026)

    assert [label for label, _ in told.paragraphs] == ["怎么回事", "丢没丢", "怎么办"]
    assert "都在" in told.paragraphs[1][1]
    assert "Ctrl+" in told.paragraphs[2][1] or "F9" in told.paragraphs[2][1]
    assert len(told.why) <= 6
    assert not [words for _, words in told.paragraphs if "〔" in words or "…" in words]


def test_what_is_withdrawn_or_anothers_is_quiet_and_says_who_acts() -> None:
    withdrawn = record_told(a_record(is_withdrawn=True), year=2026)
    theirs = record_told(a_record(code="H104", is_ours=False, station=StationId("370323-05")), year=2026)

    assert (withdrawn.tone, theirs.tone) == ("quiet", "quiet")
    assert "下一轮" in withdrawn.paragraphs[2][1]
    assert "370323-05" in theirs.paragraphs[2][1]


def test_the_form_has_the_acts_fields_and_why() -> None:
    fields = fields_of(FORM)

    assert [(field.name, field.kind) for field in fields] == [("public", "text"), ("solved", "choice"), (WHY, "line")]
    assert fields[0].value == "已修好"
    assert telling.WHY == WHY


def test_it_is_written_anew_with_what_was_typed_and_looked_at_again() -> None:
    presenter, view, work, _ = a_page(a_record(), a_record("e-2"))
    presenter.choose("e-2")
    presenter.open_rewrite()
    assert view.form == ("rewrite", ["public", "solved", WHY])
    view.typed = {"public": "三盏都好了", WHY: "写漏"}

    work.records = [a_record(), a_record("e-2", is_withdrawn=True)]
    presenter.record()

    assert work.did == [("rewrite", "e-2", view.typed)]
    assert view.form is None  # type: ignore[comparison-overlap,unused-ignore]
    assert len(view.said) == 1
    assert view.record is not None
    assert view.record.key == "e-2"


def test_a_form_stays_with_its_record_though_another_line_is_chosen_meanwhile() -> None:
    presenter, view, work, bulletin = a_page(a_record(), a_record("e-2"))
    presenter.open_withdraw()
    presenter.choose("e-2")
    bulletin.post(Changes(counts=True))
    view.typed = {WHY: "不归本站"}

    presenter.record()

    assert work.did == [("withdraw", "e-1", "不归本站")]


def test_a_refusal_stands_at_its_field_and_nothing_typed_is_lost() -> None:
    presenter, view, work, _ = a_page(a_record())
    presenter.open_withdraw()
    work.refuses = Refusal("R541", field="why")

    presenter.record()

    assert view.wrongs[0][0] == WHY
    assert view.form is not None
    presenter.give_up()
    assert view.form is None
    assert work.did == []


def test_what_cannot_be_done_is_not_done() -> None:
    presenter, view, work, _ = a_page(a_record(can_withdraw=False, can_rewrite=False))

    for act in (presenter.open_rewrite, presenter.open_withdraw, presenter.send_again, presenter.record):
        act()

    assert (view.form, work.did) == (None, [])


def test_it_is_sent_again_at_a_key() -> None:
    presenter, view, work, _ = a_page(a_record(code="H202", can_send=True))

    presenter.send_again()

    assert work.did == [("resend", "e-1")]
    assert "再送" in view.said[0]

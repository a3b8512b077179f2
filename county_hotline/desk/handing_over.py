"""交接班: what the next shift must know, gathered; handed over, and taken over by the next officer who signs in."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import msgspec

from county_hotline.clock import local
from county_hotline.db.beside import memos, preferences, shifts
from county_hotline.db.tables import tallies
from county_hotline.desk import files, intake_form, line, looking_up, overview, printing, today
from county_hotline.desk.desk import Desk
from county_hotline.desk.intake_form import IntakeForm
from county_hotline.domain.civil_time import start_of_day_ms
from county_hotline.domain.cleaning import clean, storable
from county_hotline.domain.privacy import mask_name, mask_phone
from county_hotline.domain.shifts import LONGEST_NOTES, Shift, ShiftDraft, ShiftLine, ShiftSheet, ShiftTodo
from county_hotline.domain.tasks import TaskKind
from county_hotline.domain.views import Draft, TodayRow
from county_hotline.errors import Refusal
from county_hotline.ids import OfficerId

LINES = 6
"""Orders that stand on the sheet by number in each group; the rest is said as a count."""
LOOKED_AT = 2000
FORM = "shift"
NOTES = "shift.notes"


def gather(desk: Desk, notes: str = "") -> ShiftSheet:
    """The station as it stands now. Refuses (R203) when nobody is signed in, and (R622) notes that do not fit on the sheet."""
    officer = desk.signed_in()
    told = clean(notes, lines=True)
    if len(told) > LONGEST_NOTES:
        raise Refusal("R622", most=LONGEST_NOTES, count=len(told))
    now, soon, since = desk.clock.now_ms(), today.soon_until(desk), _began(desk)
    rows = _waiting(desk, soon)
    late = [row for row in rows if row.due_at and row.due_at < now and row.kind is not TaskKind.FOLLOW_UP]
    near = [row for row in rows if now <= row.due_at <= soon and row.kind is not TaskKind.FOLLOW_UP]
    calls = [row for row in rows if row.kind is TaskKind.FOLLOW_UP]
    counts, state, did = looking_up.counts(desk), line.line(desk), overview.line_did(desk)
    short = {str(agency.code): agency.short_name or agency.name for agency in looking_up.agencies(desk, also_retired=True)}
    return ShiftSheet(
        unit_name=desk.card.unit_name,
        desk_name=desk.card.desk,
        hotline=desk.store.reference.bundle().title,
        made_at=now,
        giver=officer.officer,
        since=since,
        done=desk.store.done_since(since),
        printed=printing.printed_today(desk),
        todo=_todo(desk, now=now, soon=soon),
        overdue=_lines(late, short),
        overdue_count=len({row.number for row in late}),
        near=_lines(near, short),
        near_count=len({row.number for row in near}),
        call_backs=_lines(calls, short),
        call_backs_count=len({row.number for row in calls}),
        drafts=tuple(_draft(draft) for draft in intake_form.drafts(desk)),
        incoming=len(desk.store.incoming(waiting_only=True)),
        stored=counts.stored,
        received=counts.received,
        waiting=counts.waiting,
        held=counts.held,
        files=files.waiting(desk).count,
        balanced=counts.balanced,
        line=state.state,
        line_since=state.since,
        synced_at=did.synced_at,
        notes=told,
    )


def hand_over(desk: Desk, notes: str = "") -> Shift:
    """交班: keep the sheet as it stands now, in the signed-in officer's name. Refuses as `gather`."""
    sheet = gather(desk, notes)
    with desk.store.immediate() as db:
        made = shifts.add(db, sheet)
        preferences.forget(db, sheet.giver, NOTES)
        memos.audit(db, sheet.made_at, sheet.giver, act="hand_over", subject=str(made.shift))
    return made


def take_over(desk: Desk, shift: int, remark: str = "") -> Shift:
    """接班: the signed-in officer has read it. Refuses the giver's own (R623), and what is not here or was taken over before (R624)."""
    officer, now = desk.signed_in(), desk.clock.now_ms()
    with desk.store.immediate() as db:
        found = shifts.one(db, shift)
        if found is not None and found.sheet.giver == officer.officer:
            raise Refusal("R623")
        said = clean(remark, lines=False)[:LONGEST_NOTES]
        if found is None or not shifts.take(db, shift, taker=officer.officer, at=now, remark=said):
            raise Refusal("R624", shift=shift)
        memos.audit(db, now, officer.officer, act="take_over", subject=str(shift))
    return msgspec.structs.replace(found, taker=officer.officer, taken_at=now, remark=said)


def to_take_over(desk: Desk) -> Shift | None:
    """The newest sheet that another officer left and nobody has taken over yet; None where there is none."""
    last = kept(desk, limit=1)
    officer = desk.signed_in().officer
    return last[0] if last and not last[0].is_taken and last[0].sheet.giver != officer else None


def kept(desk: Desk, limit: int = 50) -> tuple[Shift, ...]:
    """Who handed over to whom and when, newest first."""
    return shifts.listed(desk.store.database.connection(), limit)


def one(desk: Desk, shift: int) -> Shift:
    """One of them. Refuses (R624) what is not here."""
    found = shifts.one(desk.store.database.connection(), shift)
    if found is None:
        raise Refusal("R624", shift=shift)
    return found


def notes(desk: Desk) -> str:
    """What the signed-in officer has written so far for the next shift."""
    with desk.store.immediate() as db:
        return preferences.chosen(db, desk.signed_in().officer, NOTES, str) or ""


def keep_notes(desk: Desk, typed: str) -> None:
    """Keep what is being written, so that neither another page nor a power cut takes it."""
    officer = desk.signed_in()
    with desk.store.immediate() as db:
        preferences.choose(db, officer.officer, NOTES, storable(typed))


def paper_path(desk: Desk, shift: Shift) -> Path:
    """`slips/2026-11/交接班-000012.pdf`'s place, without a word of Chinese in the name."""
    month = local(shift.sheet.made_at).strftime("%Y-%m")
    return desk.home.slips / month / f"shift-{shift.shift:06d}.pdf"


def printed(desk: Desk, shift: Shift) -> None:
    """Its paper was made: audited."""
    officer = desk.signed_in()
    with desk.store.immediate() as db:
        memos.audit(db, desk.clock.now_ms(), officer.officer, act="print", subject=str(shift.shift), reason=FORM)


def _began(desk: Desk) -> int:
    """The hand-over before this one where it was today, else midnight."""
    midnight = start_of_day_ms(local(desk.clock.now_ms()).date().isoformat())
    last = kept(desk, limit=1)
    return max(midnight, last[0].sheet.made_at) if last else midnight


def _waiting(desk: Desk, soon: int) -> tuple[TodayRow, ...]:
    """Everything that waits at this station, whoever's duty it is: each order once, by what is most urgent of it."""
    rows = desk.store.todo(
        today.whose(desk), frozenset(TaskKind), officer=OfficerId(""), watch_before=soon + 1, limit=LOOKED_AT
    )
    first: dict[tuple[str, bool], TodayRow] = {}
    for row in rows:
        first.setdefault((row.number, row.kind is TaskKind.FOLLOW_UP), row)
    return tuple(first.values())


def _todo(desk: Desk, *, now: int, soon: int) -> tuple[ShiftTodo, ...]:
    db = desk.store.database.connection()
    found = {kind: (orders, late) for kind, orders, late in tallies.waiting(db, today.whose(desk), now=now, soon=soon)}
    return tuple(ShiftTodo(kind.value, *found[kind.value]) for kind in TaskKind if kind.value in found)


def _lines(rows: Sequence[TodayRow], short: dict[str, str]) -> tuple[ShiftLine, ...]:
    return tuple(
        ShiftLine(
            row.number,
            "" if row.confidential else row.title,
            short.get(row.agency, row.agency),
            row.due_at,
            row.kind.value,
            row.tries,
            row.confidential,
        )
        for row in rows[:LINES]
    )


def _draft(draft: Draft) -> ShiftDraft:
    """A draft of another shape (another release's, another page's) is only said to be there."""
    try:
        form = msgspec.json.decode(draft.body, type=IntakeForm)
    except msgspec.MsgspecError:
        return ShiftDraft(draft.saved_at, "", confidential=True)
    if form.confidential:
        return ShiftDraft(draft.saved_at, "", confidential=True)
    words = (mask_name(form.name), mask_phone(form.phone))
    return ShiftDraft(draft.saved_at, " ".join(each for each in words if each), confidential=False)

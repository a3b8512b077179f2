"""附件 at the desk: what is added, under which name it is shown and saved, what shows a confidential caller, what a crash leaves."""

from __future__ import annotations

import contextlib
import io
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image

from county_hotline.db.beside import shelf as shelves
from county_hotline.desk import attaching, handling, intake
from county_hotline.desk import files as desk_files
from county_hotline.desk.files import Standing
from county_hotline.desk.picture_marks import Place
from county_hotline.domain.files import LARGEST, FileWay, safe_name, shown_name
from county_hotline.domain.vocabulary import OfficerRole
from county_hotline.errors import BadInput, Refusal, StoreFault
from county_hotline.ids import Number
from county_hotline.settings import FILES_ASK_ABOVE
from tests.support.a_photo import a_photo_with_its_place
from tests.support.desks import ROADS, Counters, a_form
from tests.support.ticking_clock import TickingClock


@pytest.fixture
def counters(tmp_path: Path, clock: TickingClock) -> Iterator[Counters]:
    made = Counters(tmp_path, clock)
    made.hall.sits(OfficerRole.CLERK)
    made.centre.sits(OfficerRole.DISPATCHER)
    made.agency.sits(OfficerRole.HANDLER)
    yield made
    made.close()


@pytest.fixture
def number(counters: Counters) -> Number:
    """An order all have heard of."""
    order = intake.accept(counters.hall.desk, a_form())
    counters.sync()
    return order.number


@pytest.fixture
def secret(counters: Counters) -> Number:
    """A confidential one, in the agency's hand."""
    order = intake.accept(counters.hall.desk, a_form(confidential=True))
    counters.sync()
    handling.dispatch(counters.centre.desk, order.number, ROADS)
    counters.sync()
    return order.number


def written(tmp_path: Path, name: str, content: bytes = b"jpeg" * 100) -> Path:
    file = tmp_path / name
    file.write_bytes(content)
    return file


def test_an_attachment_lies_under_its_hash_before_it_is_named(counters: Counters, number: Number, tmp_path: Path) -> None:
    photo = tmp_path / "照片\u200b.jpg"
    photo.write_bytes(b"jpeg" * 100)

    order = attaching.attach(counters.hall.desk, number, photo).order

    kept = order.attachments[0]
    assert (kept.name, kept.size_bytes, kept.media_type) == ("照片.jpg", 400, "image/jpeg")
    assert counters.hall.store.files.shelf.path(kept.sha256).read_bytes() == photo.read_bytes()
    with pytest.raises(Refusal, match="R161"):
        attaching.attach(counters.hall.desk, number, photo)


def test_a_file_of_a_kind_nobody_knows_is_kept_too_and_once_for_two_orders(
    counters: Counters, number: Number, tmp_path: Path
) -> None:
    file = tmp_path / "材料.某某"
    file.write_bytes(b"x")
    other = intake.accept(counters.hall.desk, a_form()).number

    first = attaching.attach(counters.hall.desk, number, file).order
    second = attaching.attach(counters.hall.desk, other, file).order

    assert first.attachments[0].media_type == "application/octet-stream"
    assert first.attachments[0].sha256 == second.attachments[0].sha256


def test_what_cannot_be_attached_leaves_no_entry_and_no_file(
    counters: Counters, number: Number, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    empty, large = tmp_path / "空.txt", tmp_path / "大.txt"
    empty.write_bytes(b"")
    large.write_bytes(b"1234")
    monkeypatch.setattr(attaching, "LARGEST_ATTACHMENT", 3)

    for file, kind, code in ((empty, Refusal, "R160"), (large, Refusal, "R162"), (tmp_path / "没有", BadInput, "I101")):
        with pytest.raises(kind, match=code):
            attaching.attach(counters.hall.desk, number, file)

    assert counters.hall.store.order(number).attachments == ()
    assert list(counters.hall.home.attachments.rglob("*")) == []


def test_an_attachment_that_cannot_be_written_is_not_named(counters: Counters, number: Number, tmp_path: Path) -> None:
    photo = tmp_path / "照片.jpg"
    photo.write_bytes(b"jpeg")
    counters.hall.home.attachments.rmdir()
    counters.hall.home.attachments.write_bytes(b"")

    with pytest.raises((StoreFault, OSError)):
        attaching.attach(counters.hall.desk, number, photo)

    assert counters.hall.store.order(number).attachments == ()


# ---------------------------------------------------------------- the place in a photo


def test_where_a_photo_was_taken_goes_and_the_photo_as_it_was_brought_stays_here(
    counters: Counters, number: Number, tmp_path: Path
) -> None:
    photo = written(tmp_path, "现场.jpg", a_photo_with_its_place())

    done = attaching.attach(counters.hall.desk, number, photo)

    fact = done.order.attachments[0]
    shelf = counters.hall.store.files.shelf
    sent, kept = shelf.path(fact.sha256).read_bytes(), shelf.path(fact.original).read_bytes()
    assert done.place is Place.TAKEN_OUT
    assert kept == photo.read_bytes()
    assert not Image.open(io.BytesIO(sent)).getexif().get_ifd(0x8825)
    assert Image.open(io.BytesIO(sent)).tobytes() == Image.open(photo).tobytes()
    assert desk_files.files_of(counters.hall.desk, number)[0].lost_its_place


def test_the_place_stays_where_it_is_the_matter(counters: Counters, number: Number, tmp_path: Path) -> None:
    photo = written(tmp_path, "现场.jpg", a_photo_with_its_place())

    done = attaching.attach(counters.hall.desk, number, photo, keeps_place=True)

    assert counters.hall.store.files.shelf.path(done.sha256).read_bytes() == photo.read_bytes()
    assert done.order.attachments[0].original == ""


# ---------------------------------------------------------------- names: disaster 14


NAMES = (
    "村口路灯现场照片.jpg", "照片😀👨‍👩‍👧.jpg", "𠮷某𫝆的诉求.pdf", "长" * 195 + ".docx", "结尾有点...", "CON.jpg", "con", "LPT¹.txt",
    "cafe\u0301.jpg", "a\u202egpj.exe", " 空 格 .txt ", "问号?冒号:.txt", ".隐藏", "没有后缀",
)  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_disaster_14_a_file_of_any_name_is_shown_under_it_and_saved_under_one_that_windows_bears(
    name: str, counters: Counters, number: Number, tmp_path: Path
) -> None:
    file = tmp_path / "原文件"
    file.write_bytes(name.encode())
    into = tmp_path / "存"
    into.mkdir()

    fact = attaching._named(
        counters.hall.store.order(number), tmp_path / name, attaching._brought(file, keeps_place=True), personal=None
    )[0]
    saved = into / safe_name(fact.name, "附件")
    saved.write_bytes(b"x")

    assert fact.name == shown_name(fact.name)
    assert saved.parent == into
    assert not set(saved.name) & set('<>:"/\\|?*')
    assert saved.name[-1] not in " ."
    assert saved.name.split(".")[0].upper() not in ("CON", "LPT¹", "")
    assert len(saved.name.encode()) <= 200
    assert "\u202e" not in fact.name
    assert saved.suffix == Path(fact.name).suffix or not Path(fact.name).suffix[1:].isalnum()


def test_disaster_14_names_travel_as_they_are_shown_and_the_disk_knows_only_hashes(
    counters: Counters, number: Number, tmp_path: Path
) -> None:
    names = [name for name in NAMES if len(name.encode()) < 250]  # what the disk of this PC bears
    for name in names:
        attaching.attach(counters.hall.desk, number, written(tmp_path, name, name.encode()))
    counters.sync()

    shown = [each.name for each in counters.centre.store.order(number).attachments]

    assert shown == [shown_name(name) for name in names]
    assert all(path.name.isascii() for path in counters.hall.home.attachments.rglob("*"))


def test_a_copy_is_saved_under_its_name_and_nothing_is_written_over(counters: Counters, number: Number, tmp_path: Path) -> None:
    attaching.attach(counters.hall.desk, number, written(tmp_path, "现场.jpg"))
    into = tmp_path / "桌面"
    into.mkdir()

    saved = desk_files.save_copy(counters.hall.desk, number, "1", into)

    assert saved == into / "现场.jpg"
    assert saved.read_bytes() == b"jpeg" * 100
    with pytest.raises(Refusal, match="R504"):
        desk_files.save_copy(counters.hall.desk, number, "现场.jpg", into)
    with pytest.raises(Refusal, match="R500"):
        desk_files.save_copy(counters.hall.desk, number, "2", into)
    with pytest.raises(BadInput, match="I170"):
        desk_files.save_copy(counters.hall.desk, number, "1", saved / "不是文件夹" / "x.jpg")


def test_what_acts_by_itself_is_never_opened_here(counters: Counters, number: Number, tmp_path: Path) -> None:
    for name in ("材料.exe", "材料.pdf.LNK", "a\u202efdp.scr"):
        attaching.attach(counters.hall.desk, number, written(tmp_path, name, name.encode()))

    for place in ("1", "2", "3"):
        with pytest.raises(Refusal, match="R503"):
            desk_files.open_copy(counters.hall.desk, number, place)

    attaching.attach(counters.hall.desk, number, written(tmp_path, "材料.pdf"))
    opened = desk_files.open_copy(counters.hall.desk, number, "4")
    assert opened.name == "材料.pdf"
    desk_files.forget_opened(counters.hall.desk)
    assert not opened.exists()


# ---------------------------------------------------------------- whom it shows


def test_p9_a_confidential_orders_file_has_a_neutral_name_everywhere_but_in_the_persons_part(
    counters: Counters, secret: Number, tmp_path: Path
) -> None:
    name = "某某某身份证.jpg"
    fact = attaching.attach(counters.hall.desk, secret, written(tmp_path, name)).order.attachments[0]
    counters.sync()

    assert (fact.name, fact.personal) == ("保密附件1.jpg", True)
    here = counters.hall.store.view(secret).story[-1].person
    there = counters.agency.store.view(secret).story[-1]
    assert here is not None
    assert here.original == {"name": name}
    assert there.person is None
    assert name not in str(counters.agency.store.view(secret))
    line = desk_files.files_of(counters.agency.desk, secret)[0]
    assert (line.name, line.standing) == ("保密附件1.jpg", Standing.WITHHELD)
    with pytest.raises(Refusal, match="R502"):
        desk_files.fetch(counters.agency.desk, secret, "1")
    with pytest.raises(Refusal, match="R502"):
        desk_files.save_copy(counters.agency.desk, secret, "1", tmp_path)


def test_p9_looking_at_a_file_that_shows_the_caller_needs_what_unmasking_needs(
    counters: Counters, secret: Number, tmp_path: Path
) -> None:
    attaching.attach(counters.hall.desk, secret, written(tmp_path, "某某某身份证.jpg"))
    with pytest.raises(Refusal, match="R204"):
        desk_files.open_copy(counters.hall.desk, secret, "1", reason="核对")
    counters.hall.sits(OfficerRole.LEADER)
    with pytest.raises(Refusal, match="R192"):
        desk_files.save_copy(counters.hall.desk, secret, "1", tmp_path / "x.jpg")

    opened = desk_files.open_copy(counters.hall.desk, secret, "1", reason="核对")

    assert opened.name == "某某某身份证.jpg"
    rows = counters.hall.store.database.execute_sql("SELECT act, subject, reason FROM audit").fetchall()
    assert ("unmask", secret, "核对") in rows


def test_a_file_that_the_clerk_says_shows_nobody_keeps_its_name(counters: Counters, secret: Number, tmp_path: Path) -> None:
    done = attaching.attach(counters.hall.desk, secret, written(tmp_path, "路面.jpg"), personal=False)

    assert done.order.attachments[0].name == "路面.jpg"
    assert not desk_files.files_of(counters.hall.desk, secret)[0].is_personal
    assert desk_files.open_copy(counters.hall.desk, secret, "1").name == "路面.jpg"


# ---------------------------------------------------------------- where it stands


def test_a_large_one_asks_how_it_is_to_go_and_goes_as_it_was_said(counters: Counters, number: Number, tmp_path: Path) -> None:
    desk = counters.hall.desk
    desk.settings.change(FILES_ASK_ABOVE, 1)
    attaching.attach(desk, number, written(tmp_path, "录音.mp3", bytes(2 << 20)))
    standings = [desk_files.files_of(desk, number)[0].standing]
    for way in (FileWay.GOOD, FileWay.PARCEL, FileWay.LINE):
        desk_files.let_go(desk, number, "1", way)
        standings.append(desk_files.files_of(desk, number)[0].standing)
    sha256 = desk_files.files_of(desk, number)[0].sha256
    for sent in (1 << 20, 2 << 20):
        desk.store.files.note_sent(sha256, sent)
        standings.append(desk_files.files_of(desk, number)[0].standing)

    assert standings == [
        Standing.ASKS, Standing.WAITS_GOOD, Standing.WAITS_PARCEL, Standing.LOCAL, Standing.SENDING, Standing.ARRIVED,
    ]  # fmt: skip


def test_nothing_is_told_of_a_file_by_a_rebuild(counters: Counters, number: Number, tmp_path: Path) -> None:
    desk = counters.hall.desk
    attaching.attach(desk, number, written(tmp_path, "现场.jpg"), way=FileWay.PARCEL)
    before = desk_files.files_of(desk, number)

    desk.store.rebuild()

    assert desk_files.files_of(desk, number) == before
    assert before[0].standing is Standing.WAITS_PARCEL


def test_a_file_that_is_gone_from_the_disk_is_told_and_fetched_again(
    counters: Counters, number: Number, tmp_path: Path
) -> None:
    desk = counters.hall.desk
    sha256 = attaching.attach(desk, number, written(tmp_path, "现场.jpg")).sha256
    counters.sync()
    desk.store.files.shelf.path(sha256).unlink()

    with pytest.raises(Refusal, match="R501"):
        desk_files.open_copy(desk, number, "1")

    assert desk_files.files_of(desk, number)[0].standing is Standing.ABSENT
    assert [file.sha256 for file in desk.store.files.to_fetch()] == [sha256]


def test_a_damaged_file_is_never_handed_out(counters: Counters, number: Number, tmp_path: Path) -> None:
    desk = counters.hall.desk
    sha256 = attaching.attach(desk, number, written(tmp_path, "现场.jpg")).sha256
    desk.store.files.shelf.path(sha256).write_bytes(b"jpeg" * 99 + b"JPEG")

    with pytest.raises(Refusal, match="R501"):
        desk_files.save_copy(desk, number, "1", tmp_path / "x.jpg")

    assert not (tmp_path / "x.jpg").exists()


# ---------------------------------------------------------------- a crash: disaster 13


class PowerCut(BaseException):
    """Nothing after this is done, and nobody tidies up."""


def cuts(monkeypatch: pytest.MonkeyPatch, at: int) -> Callable[[], None]:
    """Stop the program at the `at`-th step that touches the disk."""
    steps = iter(range(10_000))

    def step() -> None:
        if next(steps) == at:
            raise PowerCut

    for owner, name in (
        (os, "fsync"),
        (os, "open"),
        (shelves, "_write"),
        (shelves, "settle"),
        (Path, "replace"),
        (Path, "unlink"),
    ):
        real = getattr(owner, name)

        def stepped(*given: object, real: Callable[..., object] = real, **named: object) -> object:
            step()
            return real(*given, **named)

        monkeypatch.setattr(owner, name, stepped)
    return step


@pytest.mark.parametrize("at", range(16))
def test_disaster_13_power_cut_between_any_two_steps_leaves_no_ghost(
    at: int, counters: Counters, number: Number, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = counters.hall.desk
    photo = written(tmp_path, "现场.jpg", a_photo_with_its_place())
    step = cuts(monkeypatch, at)
    real = type(desk.store).record
    monkeypatch.setattr(type(desk.store), "record", lambda *given, **named: (step(), real(*given, **named))[1])
    with contextlib.suppress(PowerCut):
        attaching.attach(desk, number, photo)
    monkeypatch.undo()

    shelf = desk.store.files.shelf
    named = desk.store.order(number).attachments
    assert all(shelf.has(fact.sha256) and shelf.has(fact.original) for fact in named)
    desk.store.files.sweep(desk.store.life())
    lying = {path.name for path in counters.hall.home.attachments.rglob("*") if path.is_file()}
    assert lying == {name for fact in named for name in (fact.sha256, fact.original)}, "orphans are swept, nothing else"

    if not named:
        attaching.attach(desk, number, photo)
    assert len(desk.store.order(number).attachments) == 1


def test_disaster_13_a_sweep_by_another_program_between_writing_and_naming_does_no_harm(
    counters: Counters, number: Number, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = counters.hall.desk
    real = type(desk.store).record
    swept: list[int] = []

    def after_a_sweep(store: object, *given: object, **named: object) -> object:
        if not swept:
            swept.append(desk.store.files.sweep(desk.store.life()))
        return real(store, *given, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(type(desk.store), "record", after_a_sweep)

    done = attaching.attach(desk, number, written(tmp_path, "现场.jpg"))

    assert swept == [1]
    assert desk.store.files.shelf.has(done.sha256)
    assert desk.store.files.sweep(desk.store.life()) == 0


def test_a_file_as_large_as_any_may_be_is_named(counters: Counters) -> None:
    assert LARGEST == attaching.LARGEST_ATTACHMENT

"""知识库 in parcels, and the files of articles: as over the line, and nobody gets a file by naming it."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path

from county_hotline.domain.articles import ArticleFile
from county_hotline.hub.asking import Hub
from tests.support.articles import a_remark, written
from tests.support.attaching import attached
from tests.support.line import Post
from tests.support.parcels import export, hand_in, import_, there_and_back
from tests.sync.test_knowledge import card_of, numbers, titles


def test_it_goes_by_parcel_both_ways(centre: Post, hall: Post, hub: Hub, tmp_path: Path) -> None:
    written(centre)
    remark = a_remark(hall)
    there_and_back(centre, hub, tmp_path / "1")
    there_and_back(hall, hub, tmp_path / "2")
    there_and_back(centre, hub, tmp_path / "3")

    assert titles(hall) == ["社会保障卡挂失怎么办"]
    assert [each.remark for each in centre.store.knowledge.reported()] == [remark]
    assert hall.store.knowledge.reported()[0].is_above
    assert hall.store.knowledge.waiting(1 << 20) == ()
    assert hall.sync().fault == "", "the line goes on where the parcel ended"


def test_a_parcel_read_twice_or_late_changes_nothing(centre: Post, hall: Post, hub: Hub, tmp_path: Path) -> None:
    written(centre)
    centre.sync()
    _, late = hand_in(hub, export(hall, tmp_path / "up"), tmp_path / "down")
    written(centre, title="第二版")
    centre.sync(), hall.sync()
    import_(hall, late)
    import_(hall, late)

    assert titles(hall) == ["第二版"]
    assert numbers(hall) == [2, 1]


def a_form(post: Post, content: bytes) -> ArticleFile:
    """A file on the shelf of this post."""
    sha256 = hashlib.sha256(content).hexdigest()
    post.store.files.shelf.keep(io.BytesIO(content), sha256)
    post.store.files.note_here(sha256, len(content))
    return ArticleFile("申请表.pdf", sha256, len(content), "application/pdf")


def test_forms_come_with_the_article_and_large_ones_when_somebody_wants_them(centre: Post, hall: Post, agency: Post) -> None:
    small, large = a_form(centre, b"%PDF" * 2_000), a_form(centre, bytes(6 << 20))
    written(centre, files=(small, large))
    report = centre.sync()
    hall.sync()

    assert (report.files_sent, report.files_fault) == (2, "")
    assert hall.store.files.shelf.has(small.sha256)
    assert not hall.store.files.shelf.has(large.sha256)
    hall.store.files.want(large.sha256)
    assert hall.sync().files_received == 1
    assert hall.store.files.shelf.has(large.sha256)
    hall.store.files.sweep(hall.store.life())
    hall.store.files.look_again()
    assert hall.store.files.state(large.sha256).is_here  # type: ignore[union-attr]


def test_naming_a_hash_in_an_article_brings_nobody_a_file_its_author_has_not(
    centre: Post, hall: Post, agency: Post, hub: Hub
) -> None:
    secret = attached(hall, hall.accept(confidential=True), b"a callers picture" * 50, personal=True)
    hall.sync()
    written(centre, files=(ArticleFile("表.jpg", secret, 850),))
    centre.sync()

    rights = hub.store.file_rights(card_of(agency), secret)
    assert not rights.may_have
    agency.sync()
    assert not agency.store.files.shelf.has(secret)

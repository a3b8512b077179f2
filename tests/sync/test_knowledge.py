"""知识库 over the line: only what changed comes, nothing that our hub did not sign, nobody's writing is lost, and a report finds its answer."""

from __future__ import annotations

import secrets
from collections.abc import Callable

import msgspec
import pytest

from county_hotline.db.beside.knowledge_items import CURSOR, Item
from county_hotline.domain.articles import ArticleQuery, Edition, Kind, RemarkOutcome
from county_hotline.domain.reference import Article, StationCard
from county_hotline.domain.vocabulary import StationRole
from county_hotline.errors import HotlineError
from county_hotline.hub import endpoints
from county_hotline.hub import knowledge as room
from county_hotline.hub.asking import Hub
from county_hotline.hub.serve import HubThread
from county_hotline.sync import keys, protocol
from county_hotline.sync.round import knowledge
from county_hotline.sync.wire import articles
from county_hotline.sync.wire.transport import HttpTransport
from tests.support.articles import a_remark, an_answer, an_edition, written
from tests.support.bundles import a_bundle
from tests.support.line import Post, a_card
from tests.support.ticking_clock import TickingClock

TODAY = "2026-11-21"
Enrol = Callable[[StationCard, TickingClock], Post]


def titles(post: Post, text: str = "") -> list[str]:
    found = post.store.knowledge.find(ArticleQuery(text, today=TODAY))
    return [row.title for row in found.rows]


def numbers(post: Post, code: str = "K1") -> list[int]:
    return [each.number for each in post.store.knowledge.history(code)]


# ---------------------------------------------------------------- down and up


def test_what_the_centre_writes_is_found_at_the_hall_after_one_round_each(centre: Post, hall: Post) -> None:
    written(centre)
    reports = [centre.sync(), hall.sync()]

    assert [each.fault for each in reports] == ["", ""]
    assert titles(hall, "临时挂失") == ["社会保障卡挂失怎么办"]
    assert hall.store.knowledge.newest("K1") == centre.store.knowledge.newest("K1")


def test_over_real_sockets_too(centre: Post, hall: Post, hub: Hub) -> None:
    for at in range(40):
        written(centre, f"K{at}", text="很长的正文。" * 800)
    with HubThread(hub) as server:
        for post in (centre, hall):
            post.transport = HttpTransport(server.url, post.pair, post.hub.key, clock=post.clock)
            assert post.sync().fault == ""
            post.transport.close()

    assert len(hall.store.knowledge.all()) == 40


def test_only_what_changed_comes(centre: Post, hall: Post) -> None:
    for at in range(60):
        written(centre, f"K{at}", text=secrets.token_hex(200))
    centre.sync()
    first = hall.sync()
    written(centre, "K7", title="改过的", why="电话变了")
    centre.sync()
    second = hall.sync()

    assert titles(hall, "改过的") == ["改过的"]
    assert numbers(hall, "K7") == [2, 1]
    assert second.bytes_received < first.bytes_received / 4
    assert hall.sync().bytes_received < second.bytes_received


def test_a_version_that_withdraws_takes_the_article_away_and_keeps_its_history(centre: Post, hall: Post) -> None:
    written(centre)
    centre.sync(), hall.sync()
    written(centre, gone=True, why="文件废止")
    centre.sync(), hall.sync()

    assert titles(hall) == []
    assert numbers(hall) == [2, 1]
    assert hall.store.knowledge.newest("K1").gone  # type: ignore[union-attr]


def test_everything_again_changes_nothing(centre: Post, hall: Post, hub: Hub) -> None:
    written(centre)
    a_remark(hall)
    for _ in range(2):
        assert centre.sync().fault == ""
        assert hall.sync().fault == ""
    place = hub.store.knowledge.last_place()
    items = centre.store.knowledge.history("K1")
    body = articles.offer([_item(items[0])])
    centre.transport.hello()
    said = protocol.decoded(centre.transport.ask("POST", "/v1/knowledge", body=body), articles.Taken)

    assert (said.taken, said.refused) == ((("edition", "K1#1", 1),), ())
    assert hub.store.knowledge.last_place() == place == 2


def _item(edition: Edition) -> Item:
    return Item(Kind.EDITION.value, msgspec.json.encode(edition))


# ---------------------------------------------------------------- cut, old, restored


def test_a_line_that_is_cut_again_and_again_goes_on_where_it_was(centre: Post, hall: Post) -> None:
    for at in range(80):
        written(centre, f"K{at}", text=f"{at}号正文，" + "长" * 2_000)
    centre.sync()
    hall.transport.hello()
    real, cut = hall.transport.ask, [0]

    def ask(method: str, target: str, **how: object) -> bytes:
        if target.startswith("/v1/knowledge?"):
            cut[0] += 1
            if cut[0] % 2:
                from county_hotline.errors import Unreachable

                raise Unreachable("N105")
        return real(method, target, **how)  # type: ignore[arg-type]

    hall.transport.ask = ask  # type: ignore[method-assign]
    report = hall.sync()

    assert (report.fault, len(hall.store.knowledge.all())) == ("", 80)
    assert cut[0] > 6, "it was cut at all"


def test_a_round_stopped_in_the_middle_keeps_what_came(centre: Post, hall: Post) -> None:
    for at in range(80):
        written(centre, f"K{at}", text="长" * 2_000)
    centre.sync()
    body = _page(hall, 0, 8_192)
    through, last, _ = knowledge.take(hall.store, body, hall.hub.key, card_of(hall), after=0)

    assert 0 < through < last
    assert hall.store.note(CURSOR) == str(through)
    with pytest.raises(HotlineError, match="A321"):
        knowledge.take(hall.store, body, hall.hub.key, card_of(hall), after=through)


def card_of(post: Post) -> StationCard:
    card = post.store.station()
    assert card is not None
    return card


def _page(post: Post, after: int, limit: int = 1 << 20) -> bytes:
    post.transport.hello()
    post.store.knowledge.position(post.hub.epoch, card_of(post).role.value)
    return post.transport.ask("GET", f"/v1/knowledge?after={after}&bytes={limit}")


def test_an_old_hub_is_asked_nothing_and_the_bundles_articles_serve(
    hall: Post, hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = {key: value for key, value in endpoints.ENDPOINTS.items() if key[1] != "/v1/knowledge"}
    monkeypatch.setattr(endpoints, "ENDPOINTS", old)
    monkeypatch.setattr(type(hub.store.knowledge), "last_place", lambda self: -1)
    bundle = msgspec.json.decode(a_bundle(3), type=dict)
    bundle["articles"] = [msgspec.to_builtins(Article("Z1", "旧条目", "正文", "2026-01-01"))]
    hub.store.reference.take_bundle(msgspec.json.encode(bundle))
    a_remark(hall)

    assert hall.sync().fault == ""
    hall.store.knowledge.catch_up(hall.store.reference.bundle().articles)
    assert titles(hall) == ["旧条目"]
    assert len(hall.store.knowledge.waiting(1 << 20)) == 1, "the report waits for a newer hub"


def test_a_version_from_the_hub_stands_before_the_bundles(centre: Post, hall: Post) -> None:
    for post in (centre, hall):
        post.store.knowledge.catch_up((Article("K1", "清单里的", "正文", "2026-01-01"),))
    written(centre, title="改过的")
    centre.sync(), hall.sync()
    hall.store.knowledge.catch_up((Article("K1", "清单里的又一版", "正文", "2026-01-02"),))

    assert titles(hall) == ["改过的"]
    assert numbers(hall) == [1, 0]


def test_a_hub_put_back_from_a_backup_gets_again_what_it_lost(centre: Post, hall: Post, hub: Hub) -> None:
    written(centre)
    centre.sync(), hall.sync()
    written(centre, title="第二版")
    a_remark(hall)
    hall.sync(), centre.sync(), hall.sync()
    with hub.store.immediate() as db:  # as the backup of the evening before has it
        db.execute("DELETE FROM articles")
        db.execute("INSERT INTO article_search (article_search) VALUES ('delete-all')")
        db.execute("DELETE FROM article_files")
        db.execute("DELETE FROM knowledge WHERE place > 1")
        from county_hotline.db.tables import articles as table

        table.fold(db, "K1")
    for post in (centre, hall):
        knowledge_again(post)

    assert [each.number for each in hub.store.knowledge.history("K1")] == [2, 1]
    assert titles(hall) == ["第二版"]
    assert len(hub.store.knowledge.reported()) == 1


def knowledge_again(post: Post) -> None:
    """A round in another epoch of the hub, as far as the knowledge base goes."""
    post.store.set_note("knowledge.epoch", "another one")
    assert post.sync().fault == ""


# ---------------------------------------------------------------- whose word counts


def _cut(body: bytes) -> bytes:
    return body[: body.rindex(b"{")]


def _other_text(body: bytes) -> bytes:
    return body.replace("临时挂失".encode(), "拨打电话".encode())


def _other_key(body: bytes) -> bytes:
    head, _, lines = body.partition(b"\n")
    said = msgspec.json.decode(head, type=articles.PageHead)
    mine = keys.make()
    signed = msgspec.structs.replace(said, key=mine.key_id, signature=mine.sign(articles.statement(said, lines)))
    return msgspec.json.encode(signed) + b"\n" + lines


def _unsigned(body: bytes) -> bytes:
    head, _, lines = body.partition(b"\n")
    said = msgspec.structs.replace(msgspec.json.decode(head, type=articles.PageHead), signature=b"")
    return msgspec.json.encode(said) + b"\n" + lines


def _said_shorter(body: bytes) -> bytes:
    head, _, lines = body.partition(b"\n")
    said = msgspec.json.decode(head, type=articles.PageHead)
    return msgspec.json.encode(msgspec.structs.replace(said, last=said.last + 5)) + b"\n" + lines


@pytest.mark.parametrize("change", [_cut, _other_text, _other_key, _unsigned, _said_shorter])
def test_what_our_hub_did_not_sign_is_not_believed(change: Callable[[bytes], bytes], centre: Post, hall: Post) -> None:
    written(centre)
    centre.sync()
    body = _page(hall, 0)

    with pytest.raises(HotlineError, match="A321"):
        knowledge.take(hall.store, change(body), hall.hub.key, card_of(hall), after=0)

    assert titles(hall) == []
    knowledge.take(hall.store, body, hall.hub.key, card_of(hall), after=0)
    assert len(titles(hall)) == 1


def test_a_page_made_for_another_station_is_not_taken(centre: Post, hall: Post, agency: Post) -> None:
    written(centre)
    centre.sync()

    with pytest.raises(HotlineError, match="A321"):
        knowledge.take(hall.store, _page(agency, 0), hall.hub.key, card_of(hall), after=0)


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda post: an_edition(station=card_of(post).station, number=1), "A325"),
        (lambda post: an_edition(station="370323-90", number=1), "A325"),
    ],
)
def test_nobody_but_the_centre_writes_articles(make: Callable[[Post], Edition], code: str, hall: Post, hub: Hub) -> None:
    hall.transport.hello()
    answer = hall.transport.ask("POST", "/v1/knowledge", body=articles.offer([_item(make(hall))]))

    assert [each[2] for each in protocol.decoded(answer, articles.Taken).refused] == [code]
    assert hub.store.knowledge.last_place() == 0


@pytest.mark.parametrize(
    "changes",
    [{"title": ""}, {"version": "morgen"}, {"valid_until": "2020-01-01"}, {"text": "x" * 100_001}, {"code": "../K1"}],
)
def test_what_is_not_sound_is_refused_by_itself(changes: dict[str, object], centre: Post, hub: Hub) -> None:
    card = card_of(centre)
    wrong = msgspec.structs.replace(an_edition(station=card.station, number=1), **changes)
    right = an_edition("K2", station=card.station, number=1)
    said = room.take(hub, card, articles.offer([_item(wrong), _item(right)]))

    assert [each[2] for each in said.refused] == ["A326"]
    assert [each[1] for each in said.taken] == ["K2#1"]


# ---------------------------------------------------------------- two centres


def test_of_two_versions_with_one_number_the_hubs_stands_and_the_other_is_kept_aside(
    centre: Post, hall: Post, enrolled: Enrol
) -> None:
    other = enrolled(a_card("91", StationRole.CENTRE, "37032300"), TickingClock())
    written(centre)
    centre.sync(), other.sync()
    written(centre, title="甲的改法")
    written(other, title="乙的改法")
    written(other, title="乙又改")
    centre.sync()
    report = other.sync()
    hall.sync()

    assert report.fault == ""
    assert titles(other) == titles(hall) == ["甲的改法"]
    assert numbers(other) == [2, 1]
    assert [aside.edition.title for aside in other.store.knowledge.asides()] == ["乙又改"]
    again = other.store.knowledge.asides()[0]
    other.store.knowledge.add_editions([replace_words(again.edition)])
    other.store.knowledge.drop_aside(again.item)
    other.sync(), centre.sync()
    assert titles(centre) == ["乙又改"]
    assert numbers(centre) == [3, 2, 1]


def replace_words(edition: Edition) -> Edition:
    return msgspec.structs.replace(edition, why="照新版再改")


# ---------------------------------------------------------------- 纠错


def test_a_report_goes_up_and_its_answer_comes_back_to_the_reporter_alone(centre: Post, hall: Post, agency: Post) -> None:
    written(centre)
    centre.sync(), hall.sync(), agency.sync()
    remark = a_remark(hall)
    hall.sync(), centre.sync(), agency.sync()

    assert [each.remark for each in centre.store.knowledge.reported(open_only=True)] == [remark]
    assert agency.store.knowledge.reported() == ()
    an_answer(centre, remark, outcome=RemarkOutcome.MENDED, number=written(centre, text="新电话").number)
    centre.sync(), hall.sync(), agency.sync()

    told = hall.store.knowledge.reported()[0].settlement
    assert told is not None
    assert (told.outcome, told.number) == (RemarkOutcome.MENDED, 2)
    assert agency.store.knowledge.reported() == ()
    assert centre.store.knowledge.reported(open_only=True) == ()


def test_of_two_answers_the_first_at_the_hub_stands_everywhere(centre: Post, hall: Post, enrolled: Enrol) -> None:
    other = enrolled(a_card("91", StationRole.CENTRE, "37032300"), TickingClock())
    remark = a_remark(hall)
    hall.sync(), centre.sync(), other.sync()
    an_answer(centre, remark, reason="不用改")
    an_answer(other, remark, reason="没看懂")
    for post in (centre, other, hall):
        assert post.sync().fault == ""

    said = {post.store.knowledge.reported()[0].settlement.reason for post in (centre, other, hall)}  # type: ignore[union-attr]
    assert said == {"不用改"}


def test_a_report_with_a_persons_number_in_it_is_not_passed_on(hall: Post, hub: Hub) -> None:
    a_remark(hall, "打 138 0000 0000 的说电话错了")
    hall.sync()

    assert hub.store.knowledge.reported() == ()


def test_a_station_that_becomes_a_centre_is_told_of_the_reports_before_it(
    centre: Post, hall: Post, agency: Post, hub: Hub
) -> None:
    a_remark(hall)
    hall.sync(), agency.sync()
    card = replace_role(card_of(agency))
    agency.store.set_station(card)
    with hub.store.immediate() as db:
        db.execute("UPDATE hub_stations SET card = ? WHERE station = ?", (msgspec.json.encode(card), card.station))
    agency.sync()

    assert len(agency.store.knowledge.reported()) == 1


def replace_role(card: StationCard) -> StationCard:
    return msgspec.structs.replace(card, role=StationRole.CENTRE)

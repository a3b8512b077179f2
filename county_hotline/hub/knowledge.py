"""知识库 at the hub: versions of articles, reports and answers taken from stations, given a place, handed out after a place in signed pages."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from typing import Annotated, Final, cast

import msgspec
from anyio import to_thread
from litestar import Request, Response, get, post
from litestar.datastructures import State
from litestar.handlers import HTTPRouteHandler
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import FromQuery, QueryParameter, RawBody

from county_hotline.domain.articles import Kind, Remark, Written, name_of, read
from county_hotline.domain.reference import StationCard
from county_hotline.domain.vocabulary import StationRole
from county_hotline.hub.asking import Endpoints, Hub, Question, Reply, known, number, unpacked
from county_hotline.sync import protocol
from county_hotline.sync.wire import articles
from county_hotline.sync.wire.articles import PageHead, Taken

log = logging.getLogger(__name__)

PAGE_BYTES: Final = 256 << 10
_LARGEST_PAGE: Final = 1 << 20
_SMALLEST_PAGE: Final = 8 << 10


def page(hub: Hub, card: StationCard, *, after: int, limit_bytes: int = PAGE_BYTES) -> tuple[PageHead, bytes]:
    """What this station is told after a place, signed: its head, and the whole as it travels."""
    items, through, last = hub.store.knowledge.page(
        after=after, limit_bytes=limit_bytes, station=card.station, is_centre=card.role is StationRole.CENTRE
    )
    head = PageHead(articles.VERSION, card.county, card.station, after, through, max(last, through), len(items))
    return head, articles.page(head, items, hub.pair)


def take(hub: Hub, card: StationCard, body: bytes) -> Taken:
    """What a station handed in, each item by itself: placed, or refused with why. The same again is the same success. Raises HubRejected
    H202 where nothing of it can be read."""
    taken: list[tuple[str, str, int]] = []
    refused: list[tuple[str, str, str]] = []
    for line in articles.offered(body):
        try:
            written = read(line.k, bytes(line.b))
        except (msgspec.MsgspecError, ValueError):
            refused.append((line.k, _named(line), "A326"))
            continue
        kind, name, _ = name_of(written)
        place, why = hub.store.knowledge.place(written, bytes(line.b)) if _may_write(card, written) else (0, "A325")
        if why:
            refused.append((kind.value, name, why))
        else:
            taken.append((kind.value, name, place))
    log.info("knowledge_taken station=%s taken=%d refused=%d", card.station, len(taken), len(refused))
    return Taken(tuple(taken), tuple(refused))


class _Names(msgspec.Struct, frozen=True):
    code: str = ""
    number: int = 0
    remark: str = ""


def _named(line: articles.Line) -> str:
    """The name of what cannot be read otherwise, so that its author learns which one it is."""
    try:
        names = msgspec.json.decode(line.b, type=_Names)
    except (msgspec.MsgspecError, ValueError):
        return ""
    return f"{names.code}#{names.number}" if line.k == Kind.EDITION.value else names.remark


def _may_write(card: StationCard, written: Written) -> bool:
    """Everybody in their own name; articles and answers the centre alone."""
    return written.station == card.station and (isinstance(written, Remark) or card.role is StationRole.CENTRE)


def _page(hub: Hub, question: Question) -> Reply:
    card = known(hub, question).card
    limit = max(_SMALLEST_PAGE, min(number(question, "bytes", PAGE_BYTES), _LARGEST_PAGE))
    _, body = page(hub, card, after=number(question, "after", 0), limit_bytes=limit)
    return Reply(body, media_type=protocol.LINES)


def _take(hub: Hub, question: Question) -> Reply:
    card = known(hub, question).card
    return Reply(protocol.encoded(take(hub, card, unpacked(hub, question.asked))))


ENDPOINTS: Final[Endpoints] = {
    ("GET", "/v1/knowledge"): _page,
    ("POST", "/v1/knowledge"): _take,
}

_Request = Request[object, object, State]
_Bytes = Annotated[int, QueryParameter(name="bytes")]


def routes(
    through: Callable[[_Request, bytes], Response[bytes]], refusals: Mapping[int, ResponseSpec]
) -> list[HTTPRouteHandler]:
    """The room's routes on Litestar: types for the OpenAPI document. Whatever is asked goes `through` to the endpoints."""

    @get(
        "/v1/knowledge",
        responses=refusals,
        tags=["reference"],
        summary="A page of the knowledge base, signed",
        media_type=protocol.LINES,
    )
    async def knowledge(request: _Request, after: FromQuery[int] = 0, limit: _Bytes = PAGE_BYTES) -> Response[bytes]:
        """JSON Lines, packed: what the asking station is told of the knowledge base after a place; see docs/sync-protocol.md."""
        return cast("Response[bytes]", await to_thread.run_sync(through, request, b""))

    @post(
        "/v1/knowledge",
        status_code=200,
        responses=refusals,
        tags=["reference"],
        summary="Hand in versions of articles, reports, answers",
    )
    async def offered_knowledge(request: _Request, body: RawBody) -> Response[Taken]:
        """JSON Lines, packed. What is refused, and why, stands in the answer; the rest is taken."""
        return cast("Response[Taken]", await to_thread.run_sync(through, request, body))

    return [knowledge, offered_knowledge]

"""The hub's routes on Litestar: types for the OpenAPI document, bytes for the work. What is answered stands in endpoints."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Annotated, Final, cast

from anyio import EndOfStream, WouldBlock, create_memory_object_stream, create_task_group, move_on_after, to_thread
from anyio.streams.memory import MemoryObjectReceiveStream, MemoryObjectSendStream
from litestar import Litestar, Request, Response, get, head, patch, post
from litestar.background_tasks import BackgroundTask
from litestar.datastructures import State
from litestar.exceptions import HTTPException, InternalServerException
from litestar.openapi.config import OpenAPIConfig
from litestar.openapi.datastructures import ResponseSpec
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.params import FromQuery, QueryParameter, RawBody

from county_hotline import __version__
from county_hotline.domain.receipts import Receipt
from county_hotline.hub import endpoints, knowledge, proof_routes
from county_hotline.hub.asking import Hub
from county_hotline.sync.protocol import Enrolled, FileOffset, FilesHeld, Heads, Hello, Problem, ReferenceBundle, ReferenceTaken
from county_hotline.sync.round import relays
from county_hotline.sync.round.relays import Introduced, RanksTaken, Relayed, RelayHeads
from county_hotline.sync.wire.signing import Answered, Asked

_REFUSALS: Final = {
    400: ResponseSpec(Problem, description="H2xx: malformed, torn, or packed in a way unknown here."),
    401: ResponseSpec(Problem, description="A2xx: who asks is in doubt: no such key, signature, clock, enrolment code."),
    409: ResponseSpec(Problem, description="A3xx: the chain has a gap, forked, or is another station's."),
    413: ResponseSpec(Problem, description="H201, H203: one entry, or the whole batch, is too large."),
    503: ResponseSpec(Problem, description="The hub cannot just now; try later."),
}
_AHEAD: Final = 16
"""Pieces of a stream, of 64 KiB at most, that wait while one is worked on."""
_QUIET_S: Final = 60.0
_LONGEST_S: Final = 900.0
"""A stream that brings nothing for so long, or does not end for so long, is over: a station gives up sooner."""
_Request = Request[object, object, State]
_Hash = Annotated[str, QueryParameter(name="hash")]


def create_app(hub: Hub) -> Litestar:
    """The ASGI application of one hub."""
    return Litestar(
        [
            hello,
            enrol,
            heads,
            push,
            frames,
            pull,
            receipts,
            offer_reference,
            reference,
            held_files,
            file_offset,
            take_file,
            give_file,
            *RELAYED,
            *knowledge.routes(_through, _REFUSALS),
            *proof_routes.routes(_through, _REFUSALS),
            healthz,
        ],
        openapi_config=_openapi(),
        exception_handlers={HTTPException: elsewhere},
        request_max_body_size=hub.limits.batch_bytes + 1,
        logging_config=None,
        state=State({"hub": hub}),
        debug=False,
    )


@get("/v1/hello", sync_to_thread=True, tags=["line"], summary="Who the hub is, its clock, versions and limits")
def hello(request: _Request) -> Response[Hello]:
    """Unsigned question, signed answer. `nonce` in the query binds the answer to the question."""
    return cast("Response[Hello]", _through(request))


@post(
    "/v1/enrolments",
    sync_to_thread=True,
    status_code=200,
    responses=_REFUSALS,
    tags=["enrolment"],
    summary="Let a station in",
)
def enrol(request: _Request, body: RawBody) -> Response[Enrolled]:
    """An `EnrolmentRequest`, signed by the key it brings; not packed."""
    return cast("Response[Enrolled]", _through(request, body))


@get("/v1/heads", sync_to_thread=True, responses=_REFUSALS, tags=["sync"], summary="How far the hub holds each life")
def heads(request: _Request) -> Response[Heads]:
    return cast("Response[Heads]", _through(request))


@post("/v1/entries", status_code=200, responses=_REFUSALS, tags=["sync"], summary="Send a batch")
async def push(request: _Request, body: RawBody) -> Response[Receipt]:
    """JSON Lines, packed; see docs/sync-protocol.md. The answer is the receipt."""
    # Not sync_to_thread: Litestar 2.25 wraps the first of two handlers of one path twice and then answers 500.
    return cast("Response[Receipt]", await to_thread.run_sync(_through, request, body))


@post(
    "/v2/frames",
    status_code=200,
    request_max_body_size=None,
    responses=_REFUSALS,
    tags=["sync"],
    summary="Send a stream of frames, kept as they arrive",
)
async def frames(
    request: _Request, life: FromQuery[str] = "", after: FromQuery[int] = 0, vocabulary: FromQuery[int] = 0
) -> Response[Receipt]:
    """One zstd stream; see docs/sync-protocol.md, "Frames". The answer is the receipt for all of it."""
    stream = endpoints.Stream(_hub_of(request), _asked(request, b""))
    try:
        answered = await to_thread.run_sync(stream.begin) or await _taken(request, stream)
    finally:
        stream.arrived()
    response = _response(answered)
    response.background = BackgroundTask(to_thread.run_sync, stream.settle)
    return cast("Response[Receipt]", response)


async def _taken(request: _Request, stream: endpoints.Stream) -> Answered:
    """What arrives is kept on a thread of its own while more arrives; a reader far ahead waits."""
    ahead, behind = create_memory_object_stream[bytes](_AHEAD)
    async with create_task_group() as group, behind:
        group.start_soon(_read, request, ahead)
        async for first in behind:
            piece = b"".join((first, *_at_hand(behind)))
            if (answered := await to_thread.run_sync(stream.take, piece)) is not None:
                group.cancel_scope.cancel()
                return answered
    return await to_thread.run_sync(stream.end)


async def _read(request: _Request, ahead: MemoryObjectSendStream[bytes]) -> None:
    """A line that is cut only ends the stream: whole frames are kept, and nobody is left to be answered."""
    pieces = aiter(request.stream())
    async with ahead:
        with contextlib.suppress(InternalServerException), move_on_after(_LONGEST_S):
            while True:
                with move_on_after(_QUIET_S) as patience:
                    piece = await anext(pieces, None)
                if patience.cancelled_caught or piece is None:
                    return
                await ahead.send(piece)


def _at_hand(behind: MemoryObjectReceiveStream[bytes]) -> Iterator[bytes]:
    with contextlib.suppress(WouldBlock, EndOfStream):
        while True:
            yield behind.receive_nowait()


@get("/v1/entries", sync_to_thread=True, responses=_REFUSALS, tags=["sync"], summary="Take in a page")
def pull(request: _Request, after: FromQuery[int] = 0, limit: FromQuery[int] = 200, life: FromQuery[str] = "") -> Response[str]:
    """JSON Lines, packed: what concerns the asking station after its cursor, but for what it wrote itself in `life`."""
    return cast("Response[str]", _through(request))


@get("/v1/receipts", sync_to_thread=True, responses=_REFUSALS, tags=["sync"], summary="Receipts whose answer was lost")
def receipts(
    request: _Request, life: FromQuery[str] = "", after: FromQuery[int] = 0, limit: FromQuery[int] = 200
) -> Response[Receipt]:
    return cast("Response[Receipt]", _through(request))


@get(
    "/v1/reference",
    sync_to_thread=True,
    responses=_REFUSALS,
    tags=["reference"],
    summary="Reference data newer than a version",
)
def reference(request: _Request, after: FromQuery[int] = 0) -> Response[ReferenceBundle]:
    return cast("Response[ReferenceBundle]", _through(request))


@post(
    "/v1/reference",
    status_code=200,
    responses=_REFUSALS,
    tags=["reference"],
    summary="Hand in reference data that a station of the centre changed",
)
async def offer_reference(request: _Request, body: RawBody) -> Response[ReferenceTaken]:
    """A `ReferenceOffer`, packed. A324 (409) where the hub's was changed since; A325 from any other station."""
    return cast("Response[ReferenceTaken]", await to_thread.run_sync(_through, request, body))


@post("/v1/files", status_code=200, responses=_REFUSALS, tags=["files"], summary="How far these files have come")
async def held_files(request: _Request, body: RawBody) -> Response[FilesHeld]:
    """A `FilesAsked`, packed. Files that are not the station's concern are left out."""
    return cast("Response[FilesHeld]", await to_thread.run_sync(_through, request, body))


@head("/v1/files", responses=_REFUSALS, tags=["files"], summary="How far one file has come")
async def file_offset(request: _Request, sha256: _Hash = "") -> Response[None]:
    """In `upload-offset`, for people and their tools: what is believed stands in the answer to POST."""
    answered = await to_thread.run_sync(_through, request)
    return Response(None, status_code=answered.status_code, headers=dict(answered.headers))


@patch("/v1/files", status_code=200, responses=_REFUSALS, tags=["files"], summary="One piece of a file")
async def take_file(
    request: _Request,
    body: RawBody,
    sha256: _Hash = "",
    size: FromQuery[int] = 0,
    offset: FromQuery[int] = 0,
) -> Response[FileOffset]:
    """At most 256 KiB at `offset` of the file; `size` is the whole's. H212 (400) says in `offset` how far it has come."""
    return cast("Response[FileOffset]", await to_thread.run_sync(_through, request, body))


@get(
    "/v1/files", responses=_REFUSALS, tags=["files"], summary="One piece of a whole file", media_type="application/octet-stream"
)
async def give_file(
    request: _Request,
    sha256: _Hash = "",
    offset: FromQuery[int] = 0,
    length: FromQuery[int] = 0,
) -> Response[bytes]:
    return cast("Response[bytes]", await to_thread.run_sync(_through, request))


@post(relays.INTRODUCTIONS, status_code=200, responses=_REFUSALS, tags=["relays"], summary="Say who stands below")
async def introductions(request: _Request, body: RawBody) -> Response[Introduced]:
    """`Introductions`, packed, from a hub that is enrolled here: everybody below it. A33x in the answer for whom it may not introduce."""
    return cast("Response[Introduced]", await to_thread.run_sync(_through, request, body))


@post(relays.ENTRIES, status_code=200, responses=_REFUSALS, tags=["relays"], summary="Pass on a batch under its author's seal")
async def relayed(request: _Request, body: RawBody) -> Response[Relayed]:
    """JSON Lines, packed: a `RelayHead`, then the batch as its author sealed it."""
    return cast("Response[Relayed]", await to_thread.run_sync(_through, request, body))


@post(relays.RANKS, status_code=200, responses=_REFUSALS, tags=["relays"], summary="Ranks given since")
async def ranks(request: _Request, body: RawBody) -> Response[RanksTaken]:
    """`Ranks`, packed: places in orders of hubs at or below the asking one, for entries that are here."""
    return cast("Response[RanksTaken]", await to_thread.run_sync(_through, request, body))


@get(relays.HEADS, sync_to_thread=True, responses=_REFUSALS, tags=["relays"], summary="How far the hub holds the chains below")
def heads_below(request: _Request) -> Response[RelayHeads]:
    return cast("Response[RelayHeads]", _through(request))


@get(
    relays.CHAIN,
    responses=_REFUSALS,
    tags=["relays"],
    summary="One chain below a relay that lost it",
    media_type="application/x-ndjson",
)
async def chain_below(
    request: _Request, station: FromQuery[str] = "", life: FromQuery[str] = "", after: FromQuery[int] = 0
) -> Response[bytes]:
    return cast("Response[bytes]", await to_thread.run_sync(_through, request))


RELAYED: Final = (introductions, relayed, ranks, heads_below, chain_below)


@get("/healthz", sync_to_thread=True, tags=["operation"], summary="The hub lives and its database answers")
def healthz(request: _Request) -> Response[dict[str, str]]:
    return cast("Response[dict[str, str]]", _through(request))


def elsewhere(request: _Request, fault: Exception) -> Response[bytes]:
    """Unknown paths, parameters that are no numbers, too much at once: told like everything else, signed."""
    if isinstance(fault, HTTPException) and fault.status_code == 413:  # its body was not read, so its signature cannot be right
        return _response(endpoints.too_large(_hub_of(request), _asked(request, b"")))
    return _through(request)


def _openapi() -> OpenAPIConfig:
    return OpenAPIConfig(
        title="连心桥 county hotline hub",
        version=__version__,
        description="Requests and answers are signed (RFC 9421, RFC 9530). docs/sync-protocol.md has the whole protocol.",
        path="/schema",
        render_plugins=[JsonRenderPlugin(path="/openapi.json")],
    )


def _through(request: _Request, body: bytes = b"") -> Response[bytes]:
    address = request.client.host if request.client else ""
    return _response(endpoints.answer(_hub_of(request), _asked(request, body), address))


def _hub_of(request: _Request) -> Hub:
    return cast("Hub", request.app.state["hub"])


def _asked(request: _Request, body: bytes) -> Asked:
    scope = request.scope
    query = scope["query_string"].decode("latin-1")
    target = scope["raw_path"].decode("latin-1").partition("?")[0] + (f"?{query}" if query else "")
    return Asked(request.method, target, dict(request.headers.items()), body)


def _response(answered: Answered) -> Response[bytes]:
    headers = dict(answered.headers)
    media_type = headers.pop("content-type")
    return Response(content=answered.body, status_code=answered.status_code, media_type=media_type, headers=headers)

"""改知识库: versions written at the centre, by whose duty it is: who, when and why stands in each; nothing is ever overwritten."""

from __future__ import annotations

import hashlib
import io
import mimetypes
from collections.abc import Iterable, Iterator, Sequence
from itertools import count
from pathlib import Path
from typing import Final

import msgspec

from county_hotline.background import Step, Told, go_on, unless_stopped
from county_hotline.desk import changing, knowledge
from county_hotline.desk.desk import Desk
from county_hotline.domain import articles, files
from county_hotline.domain.articles import ArticleFile, Aside, Edition
from county_hotline.domain.cleaning import clean
from county_hotline.domain.reference import Account, Article
from county_hotline.errors import BadInput, Refusal
from county_hotline.signals import Changes
from county_hotline.wording import say

BUNDLED: Final = 300
"""So many articles stand in the county's bundle besides, for stations of before 0.3 that read them there alone."""
TOLD_EVERY: Final = 50
_WORDS: Final = ("title", "version", "source", "valid_until")
_SAME: Final = ("title", "text", "version", "source", "unit", "category", "valid_until", "keywords", "places", "files", "gone")


def save(desk: Desk, edition: Edition, *, why: str = "", based_on: int | None = None) -> Edition:
    """The next version of its article; without a code, the first of a new one. `based_on`: the version that was read before it was changed.

    Refuses what is missing (R420), an unknown unit, category or place (R421), days the wrong way round (R426), what is too long (R606),
    nothing changed (R601), and (R602) where another version came meanwhile.
    """
    changing.allowed(desk)
    edition = checked(desk, edition)
    before = knowledge.newest(desk, edition.code) if edition.code else None
    if before is not None and based_on is not None and before.number != based_on:
        raise Refusal("R602", number=before.number, by=before.by)
    if before is not None:
        if is_same(edition, before):
            raise Refusal("R601")
        changing.needed("knowledge_why", why)
    made = _written(desk, [edition if edition.code else msgspec.structs.replace(edition, code=_next_codes(desk, 1)[0])], why)
    return made[0]


def save_many(desk: Desk, editions: Sequence[Edition], *, why: str = "", told: Told = go_on) -> tuple[Edition, ...]:
    """Versions of several articles at once, for imports: checked before, one transaction. Refuses (R670) where `told` wants no more:
    then none of them is written."""
    changing.allowed(desk)
    codes = iter(_next_codes(desk, sum(not each.code for each in editions)))
    coded = [each if each.code else msgspec.structs.replace(each, code=next(codes)) for each in editions]
    return _written(desk, coded, why, told)


def withdraw(desk: Desk, code: str, *, why: str) -> Edition:
    """停用: a last version that says so. What was answered from it keeps its title and version. Refuses R410, no reason (R420)."""
    changing.allowed(desk)
    changing.needed("knowledge_why", why)
    before = knowledge.newest(desk, code)
    if before is None or before.gone:
        raise Refusal("R410", text=code[:40])
    return _written(desk, [msgspec.structs.replace(before, gone=True)], why)[0]


def restore(desk: Desk, code: str, number: int) -> Edition:
    """An older version's words as the next version. Refuses R410 where there is none, R601 where it says what is in force."""
    found = next((each for each in knowledge.history(desk, code) if each.number == number), None)
    if found is None:
        raise Refusal("R410", text=f"{code}#{number}"[:40])
    return save(desk, msgspec.structs.replace(found, gone=False), why=say("knowledge.restored", number=number))


def checked(desk: Desk, edition: Edition) -> Edition:
    """Cleaned; refuses as `save`."""
    texts = {name: clean(getattr(edition, name), lines=False) for name in _WORDS}
    keywords = tuple(dict.fromkeys(word for each in edition.keywords if (word := clean(each, lines=False))))
    edition = msgspec.structs.replace(edition, text=clean(edition.text, lines=True), keywords=keywords, **texts)
    for field in ("title", "text", "version"):
        changing.needed(field, getattr(edition, field))
    changing.known(desk, units=(edition.unit,), category=edition.category)
    for place in edition.places:
        changing.known(desk, place=place)
    odd = articles.unsound(edition if edition.code else msgspec.structs.replace(edition, code="new"))
    if odd in ("version", "valid_until"):
        raise Refusal("R426", field=odd)
    if odd is not None:
        raise Refusal("R606", field=odd)
    return edition


def is_same(edition: Edition, other: Edition) -> bool:
    """Whether both say the same of the same article: who wrote it and when does not count."""
    return all(getattr(edition, name) == getattr(other, name) for name in _SAME)


# ---------------------------------------------------------------- files of an article


def file_of(desk: Desk, path: Path) -> ArticleFile:
    """A form or picture put on the shelf, to be named by the next version. Refuses R160 (empty), R162 (too large), BadInput I101."""
    changing.allowed(desk)
    try:
        content = path.read_bytes()
    except OSError as exc:
        raise BadInput("I101", file=path.name) from exc
    if not content:
        raise Refusal("R160", name=path.name)
    if len(content) > files.LARGEST:
        raise Refusal("R162", limit=files.LARGEST >> 20)
    sha256 = hashlib.sha256(content).hexdigest()
    desk.store.files.begin(sha256, desk.store.life())
    desk.store.files.shelf.keep(io.BytesIO(content), sha256)
    desk.store.files.note_here(sha256, len(content))
    media_type = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return ArticleFile(files.safe_name(clean(path.name, lines=False), say("files.nameless")), sha256, len(content), media_type)


# ---------------------------------------------------------------- two centres


def asides(desk: Desk) -> tuple[Aside, ...]:
    """Versions made here that did not stand on the hub's newest: a person decides."""
    return desk.store.knowledge.asides()


def retake(desk: Desk, item: int, *, why: str = "") -> Edition:
    """Its words as the next version, over what came from elsewhere. Refuses R603 where it was decided before."""
    changing.allowed(desk)
    found = _aside(desk, item)
    made = _written(desk, [found.edition], why or found.edition.why)[0]
    desk.store.knowledge.drop_aside(item)
    return made


def drop_aside(desk: Desk, item: int) -> None:
    """What came from elsewhere stands. Refuses R603."""
    changing.allowed(desk)
    desk.store.knowledge.drop_aside(_aside(desk, item).item)
    desk.tell(Changes(reference=True))


def _aside(desk: Desk, item: int) -> Aside:
    found = next((each for each in asides(desk) if each.item == item), None)
    if found is None:
        raise Refusal("R603")
    return found


# ---------------------------------------------------------------- inside


def _written(desk: Desk, editions: Sequence[Edition], why: str, told: Told = go_on) -> tuple[Edition, ...]:
    """In this officer's name, in one transaction; then told, and put into the bundle for those who read articles there."""
    officer = desk.signed_in()
    now = desk.clock.now_ms()
    why = clean(why, lines=False)

    def signed() -> Iterator[Edition]:
        for at, each in enumerate(editions):
            if at % TOLD_EVERY == 0:
                unless_stopped(told, Step(at, len(editions)))
            yield _signed(each, desk, officer, now=now, why=why)

    made = desk.store.knowledge.add_editions(signed())
    _bundle(desk, made)
    desk.tell(Changes(reference=True))
    return made


def _signed(edition: Edition, desk: Desk, officer: Account, *, now: int, why: str) -> Edition:
    return msgspec.structs.replace(edition, by=officer.officer, station=desk.card.station, at=now, why=why)


def _bundle(desk: Desk, made: Iterable[Edition]) -> None:
    """The bundle's own articles as they are now. What is new goes in while there is room; more would make every bundle heavy."""
    now = {each.code: each for each in desk.store.reference.bundle().articles}
    before = dict(now)
    for edition in made:
        if edition.gone:
            now.pop(edition.code, None)
        elif edition.code in now or len(now) < BUNDLED:
            now[edition.code] = Article(*(getattr(edition, name) for name in Article.__struct_fields__))
    if now != before:
        desk.store.reference.change(articles=tuple(now.values()))


def _next_codes(desk: Desk, many: int) -> list[str]:
    if not many:
        return []
    taken = desk.store.knowledge.codes("K")
    free = (code for at in count(1) if (code := f"K{at:05}") not in taken)
    return [next(free) for _ in range(many)]

"""模板与常用语: what is typed again and again, of the officer or of the whole station; found by characters or pinyin."""

from __future__ import annotations

from typing import Final

import msgspec

from county_hotline.db.beside import phrases as kept
from county_hotline.desk.desk import Desk
from county_hotline.domain import finding
from county_hotline.domain.cleaning import clean
from county_hotline.domain.decisions import LONG_LIMIT, TITLE_LIMIT
from county_hotline.domain.taking_apart import LABEL, pieces
from county_hotline.domain.views import Phrase
from county_hotline.errors import Refusal

MOST: Final = 500


def listed(desk: Desk, typed: str = "") -> tuple[Phrase, ...]:
    """The officer's own first, then the station's; those that fit what was typed, by title or in the text."""
    found = kept.phrases(desk.store.database.connection(), desk.signed_in().officer)
    ranked = [(rank, phrase) for phrase in found if (rank := finding.rank(typed, (phrase.title, phrase.text))) is not None]
    if typed.strip():
        ranked.sort(key=lambda pair: pair[0])
    return tuple(phrase for _, phrase in ranked)


def save(desk: Desk, phrase: Phrase) -> int:
    """Keep it; its number. Refuses an empty title or text (R581), too long ones (R582), and more than `MOST` (R583)."""
    officer = desk.signed_in().officer
    phrase = msgspec.structs.replace(phrase, title=clean(phrase.title, lines=False), text=clean(phrase.text, lines=True))
    if not phrase.title or not phrase.text:
        raise Refusal("R581", field="text" if phrase.title else "title")
    if len(phrase.title) > TITLE_LIMIT or len(phrase.text) > LONG_LIMIT:
        raise Refusal("R582", title=TITLE_LIMIT, text=LONG_LIMIT)
    if not phrase.phrase and len(listed(desk)) >= MOST:
        raise Refusal("R583", most=MOST)
    with desk.store.immediate() as db:
        return kept.save(db, officer, phrase)


def drop(desk: Desk, phrase: int) -> None:
    """It is wanted no more. Of another officer's nothing is dropped."""
    with desk.store.immediate() as db:
        kept.drop(db, desk.signed_in().officer, phrase)


def is_template(text: str) -> bool:
    """Whether it names fields (`标题：…`) and so fills several. `【地点】` is a blank, not a field."""
    return any(piece.field == LABEL and piece.text.rstrip().endswith((":", "：")) for piece in pieces(text))

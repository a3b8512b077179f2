"""模板与常用语: not journalled, not sent."""

from __future__ import annotations

from sqlcipher3.dbapi2 import Connection

from county_hotline.domain.views import Phrase
from county_hotline.ids import OfficerId


def phrases(db: Connection, officer: OfficerId) -> tuple[Phrase, ...]:
    """The officer's own, then the station's, by title."""
    rows = db.execute(
        "SELECT phrase, title, text, officer <> '' FROM phrases WHERE officer IN (?, '') ORDER BY officer = '', title, phrase",
        (officer,),
    )
    return tuple(Phrase(phrase, title, text, bool(own)) for phrase, title, text, own in rows)


def save(db: Connection, officer: OfficerId, phrase: Phrase) -> int:
    """Put it in place of the one with its number, or behind the others for 0; its number."""
    owner = officer if phrase.own else ""
    if phrase.phrase:
        db.execute(
            "UPDATE phrases SET officer = ?, title = ?, text = ? WHERE phrase = ? AND officer IN (?, '')",
            (owner, phrase.title, phrase.text, phrase.phrase, officer),
        )
        return phrase.phrase
    row = db.execute(
        "INSERT INTO phrases (officer, title, text) VALUES (?,?,?) RETURNING phrase", (owner, phrase.title, phrase.text)
    ).fetchone()
    return int(row[0])


def drop(db: Connection, officer: OfficerId, phrase: int) -> None:
    """Another officer's stays."""
    db.execute("DELETE FROM phrases WHERE phrase = ? AND officer IN (?, '')", (phrase, officer))

"""A row of another system's table as a request: what is understood goes into its field, what is not is kept beside, nothing is invented."""

from __future__ import annotations

import hashlib
import hmac
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from enum import Enum

import msgspec

from county_hotline.db.beside.reference import Reference
from county_hotline.desk import field_names, naming
from county_hotline.desk.import_mapping import JOINED, ColumnMap
from county_hotline.desk.import_tables import TableRow
from county_hotline.desk.intake_form import IntakeForm
from county_hotline.desk.written_forms import LISTED, code_in_list, value_of
from county_hotline.domain.cleaning import clean
from county_hotline.domain.decisions import TITLE_LIMIT
from county_hotline.domain.headlines import headline, shortened
from county_hotline.domain.reference import Agency, Category, Place
from county_hotline.domain.vocabulary import CallerKind, Channel, MatterKind
from county_hotline.errors import Refusal

WITHOUT_NUMBER = "ROW-"
"""Rows without a number of their own are known again by this and the hash of what stands in them."""
HASH_LENGTH = 16
LEVELS_JOINED = " / "
KEPT_AS_WRITTEN = ("category", "agency_hint", "place", *LISTED)
"""Names of another county's lists: where ours has no such name, the text is kept as it was written."""

MAY_BE_OTHER: Mapping[str, Enum] = {
    "channel": Channel.OTHER,
    "matter_kind": MatterKind.OTHER,
    "caller_kind": CallerKind.OTHER,
}
"""Closed lists with an 其他: another system's word for it goes there, and is kept. An urgency nobody understands is given back instead."""


class ReadRow(msgspec.Struct, frozen=True):
    """A row as a form, with what could not be put into a field of it."""

    form: IntakeForm
    as_written: dict[str, str]
    former_number: str = ""
    """By what the row was known in 0.1, where it has no number of its own."""


class RowReader:
    """Reads rows of one table by one mapping."""

    def __init__(
        self, columns: ColumnMap, reference: Reference, *, place: str, values: Mapping[str, str], secret: str = ""
    ) -> None:
        self._columns = columns
        self._reference = reference
        self._place = place
        self._values = values
        self._secret = secret
        self._seen: Counter[str] = Counter()
        self._codes: dict[tuple[str, str], str] = {}

    def read(self, row: TableRow) -> ReadRow:
        """The request in a row. Raises BadInput I122 for a value its field cannot have; refuses (R102) a row without content."""
        texts = self._texts(row)
        as_written: dict[str, str] = {}
        values: dict[str, object] = {}
        for field, text in texts.items():
            if field in MAY_BE_OTHER and field_names.member_of(field_names.CLOSED[field], field, text) is None:
                as_written[field] = text
                values[field] = MAY_BE_OTHER[field]
            elif field in KEPT_AS_WRITTEN:
                values[field] = self._named(field, text, as_written)
            else:
                values[field] = value_of(field, text, self._reference)
        form = msgspec.convert(values, IntakeForm)
        former = self._own_number(row, "") if self._secret else ""
        return ReadRow(self._completed(form, row, as_written), as_written, former)

    def _texts(self, row: TableRow) -> dict[str, str]:
        texts: dict[str, list[str]] = {}
        for place, field in self._columns.fields.items():
            if place < len(row.cells) and row.cells[place].strip():
                texts.setdefault(field, []).append(row.cells[place])
        found = {field: LEVELS_JOINED.join(part.strip() for part in parts) for field, parts in texts.items() if field in JOINED}
        return {**self._values, **{field: parts[0] for field, parts in texts.items()}, **found}

    def _named(self, field: str, text: str, as_written: dict[str, str]) -> str:
        """The code of what is named; where our lists do not have it, the text is put down as it was written."""
        if (field, text) not in self._codes:
            self._codes[field, text] = self._code_of(field, text)
        code = self._codes[field, text]
        if not code:
            as_written[field] = text
        return code

    def _code_of(self, field: str, text: str) -> str:
        """The code of the only one so named; empty for none and several."""
        reference = self._reference
        if field in LISTED:
            return code_in_list(field, text, reference) or ""
        found: Sequence[Agency | Category | Place] = ()
        if field == "category":
            found = naming.categories_named(reference.categories(), text)
        elif field == "place":
            found = naming.places_named(reference.places(), text)
        else:
            wanted = field_names.plain(text)
            found = [a for a in reference.agencies() if wanted in (a.code.lower(), field_names.plain(a.name), a.short_name)]
        return found[0].code if len(found) == 1 else ""

    def _completed(self, form: IntakeForm, row: TableRow, as_written: dict[str, str]) -> IntakeForm:
        """What a form must have and other systems do not give: a title, a place, a caller or none, a number to be known by."""
        if not clean(form.content, lines=True):
            raise Refusal("R102")
        title = form.title
        if not title.strip():
            title = headline(clean(form.content, lines=True))
        elif len(clean(title, lines=False)) > TITLE_LIMIT:
            as_written["title"] = title
            title = shortened(clean(title, lines=False), TITLE_LIMIT)
        detail = form.place_detail or as_written.get("place", "")
        return msgspec.structs.replace(
            form,
            title=title,
            place=form.place or self._place,
            place_detail=detail,
            anonymous=form.anonymous or not (form.name.strip() or form.phone.strip()),
            external_number=clean(form.external_number, lines=False) or self._own_number(row, self._secret),
        )

    def _own_number(self, row: TableRow, secret: str) -> str:
        """The same row of the same file gives the same number again; the same words a second time in a file give another."""
        digest = digest_of(row.cells, secret)
        self._seen[digest] += 1
        if self._seen[digest] > 1:
            digest = hashlib.sha256(f"{digest} {self._seen[digest]}".encode()).hexdigest()
        return WITHOUT_NUMBER + digest[:HASH_LENGTH].upper()


def digest_of(words: Iterable[str], secret: str = "") -> str:
    """What words are known again by. The number made of it goes wherever the order goes: with the station's `secret` nobody there can try
    out which telephone number gives it (DOMAIN 7.1: a bare hash of eleven digits can be guessed)."""
    text = "\x1f".join(words).encode("utf-8", "surrogatepass")
    return hmac.new(secret.encode(), text, hashlib.sha256).hexdigest() if secret else hashlib.sha256(text).hexdigest()

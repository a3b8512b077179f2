"""知识库: versions of articles, reports that one is wrong, and answers to these. What they must be to be taken, at either end."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from datetime import date
from enum import Enum
from typing import Final, NamedTuple

import msgspec

from county_hotline.domain.files import HASH, LARGEST
from county_hotline.domain.reference import Article
from county_hotline.ids import AgencyCode, OfficerId, StationId

LONGEST_TITLE: Final = 200
LONGEST_TEXT: Final = 100_000
LONGEST_REMARK: Final = 2_000
MOST_FILES: Final = 20
MOST_KEYWORDS: Final = 40
ENDING_DAYS: Final = 30
"""即将过期: so many days left, or fewer."""
_CODE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,29}")
_NAME: Final = re.compile(r"[0-9a-f-]{36}")
_PERSONAL: Final = re.compile(r"(?<![0-9])(?:1[3-9][0-9]{9}|[0-9]{17}[0-9Xx])(?![0-9])")


class Kind(str, Enum):
    """What may stand in the knowledge base's own book."""

    EDITION = "edition"  # 版本
    REMARK = "remark"  # 纠错
    SETTLEMENT = "settlement"  # 纠错处理


class ArticleFile(msgspec.Struct, frozen=True, omit_defaults=True):
    """A form or a picture that belongs to an article; it lies by its hash like every file."""

    name: str
    sha256: str
    size: int
    media_type: str = ""


class Edition(Article, frozen=True, omit_defaults=True):
    """版本: an article as it was from one change to the next, with who changed it, when and why. Never changed itself."""

    number: int = 0
    """1, 2, 3, …; 0: as the county's bundle brings it, with no word of who wrote it."""
    keywords: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    """适用地区: region codes, their villages meant too; none: the whole county."""
    files: tuple[ArticleFile, ...] = ()
    gone: bool = False
    """停用: from here on nobody answers from it; a later version may put it in force again."""
    by: OfficerId = OfficerId("")
    station: StationId = StationId("")
    at: int = 0
    """UTC ms, by that station's clock."""
    why: str = ""
    follows: str = ""
    """SHA-256 of the version before; empty in the first one."""


class RemarkField(str, Enum):
    """What of an article is said to be wrong."""

    TEXT = "text"  # 正文
    TITLE = "title"  # 标题
    SOURCE = "source"  # 依据
    VALIDITY = "validity"  # 有效期
    UNIT = "unit"  # 责任单位
    FILE = "file"  # 附件
    OTHER = "other"  # 其他
    MISSING = "missing"  # 缺这一条


class Remark(msgspec.Struct, frozen=True, omit_defaults=True):
    """纠错: an officer says that an article is wrong, or missing. No word of a citizen."""

    remark: str
    """UUIDv7."""
    station: StationId
    unit: AgencyCode
    by: OfficerId
    at: int
    field: RemarkField
    text: str
    code: str = ""
    """The article's; empty for one that is missing."""
    number: int = 0
    """The version that was read."""


class RemarkOutcome(str, Enum):
    """How the centre settled a report."""

    MENDED = "mended"  # 已改
    REFUSED = "refused"  # 不改


class Settlement(msgspec.Struct, frozen=True, omit_defaults=True):
    """纠错处理: the centre's answer to a report. The first one stands."""

    remark: str
    outcome: RemarkOutcome
    by: OfficerId
    station: StationId
    at: int
    reason: str = ""
    code: str = ""
    number: int = 0
    """The version in which it is mended."""


Written = Edition | Remark | Settlement


class ArticleQuery(msgspec.Struct, frozen=True):
    """What is looked for. Filters narrow; `near` only puts first."""

    text: str = ""
    unit: str = ""
    category: str = ""
    """Its children are meant too."""
    place: str = ""
    """Articles that hold there: for the whole county, for it, or for what it lies in."""
    validity: str = ""
    """in_force, ending, expired, or all."""
    near: str = ""
    """Category whose articles come first."""
    today: str = ""
    """ISO date."""


class ArticleRow(NamedTuple):
    """One article in a list: its newest version."""

    code: str
    number: int
    title: str
    unit: str
    category: str
    version: str
    valid_until: str


class ArticlePage(NamedTuple):
    """Some rows of a list, and how many there are."""

    rows: tuple[ArticleRow, ...]
    total: int


class Aside(NamedTuple):
    """A version made here that did not stand on the newest one: kept until somebody decides."""

    item: int
    edition: Edition


class Reported(NamedTuple):
    """A report with its answer, if there is one."""

    remark: Remark
    settlement: Settlement | None
    is_above: bool
    """Whether the hub has it."""


class ArticleCounts(NamedTuple):
    """For the centre: what wants looking after."""

    articles: int
    ending: int
    expired: int
    asides: int
    remarks: int
    """Reports not settled yet."""


def body_of(written: Written) -> bytes:
    """As it is kept, sent and hashed."""
    return msgspec.json.encode(written)


def digest(body: bytes) -> str:
    """What the next version names as the one it follows."""
    return hashlib.sha256(body).hexdigest()


def name_of(written: Written) -> tuple[Kind, str, str]:
    """Kind, own name, and the code of the article it is about."""
    match written:
        case Edition():
            return Kind.EDITION, f"{written.code}#{written.number}", written.code
        case Remark():
            return Kind.REMARK, written.remark, written.code
        case Settlement():
            return Kind.SETTLEMENT, written.remark, written.code


_KINDS: Final[dict[Kind, type[Written]]] = {Kind.EDITION: Edition, Kind.REMARK: Remark, Kind.SETTLEMENT: Settlement}


def read(kind: str, body: bytes) -> Written:
    """What somebody else wrote. Raises ValueError where it is none of ours, or not sound."""
    written = msgspec.json.decode(body, type=_KINDS[Kind(kind)])
    if (why := unsound(written)) is not None:
        raise ValueError(why)
    return written


def unsound(written: Written) -> str | None:
    """Why it cannot be taken: the field that is wrong, or None."""
    match written:
        case Edition():
            return _unsound_edition(written)
        case Remark():
            whole = _NAME.fullmatch(written.remark) and written.text.strip() and len(written.text) <= LONGEST_REMARK
            if not whole or has_personal_number(written.text):
                return "text"
            return None if _is_code(written.code) == (written.field is not RemarkField.MISSING) else "code"
        case Settlement():
            if not _NAME.fullmatch(written.remark) or len(written.reason) > LONGEST_REMARK:
                return "remark"
            has_word = written.reason.strip() if written.outcome is RemarkOutcome.REFUSED else written.number
            return None if has_word else "reason"


def _unsound_edition(edition: Edition) -> str | None:
    fits: tuple[tuple[str, object], ...] = (
        ("code", _is_code(edition.code)),
        ("title", edition.title.strip() and len(edition.title) <= LONGEST_TITLE),
        ("text", edition.text.strip() and len(edition.text) <= LONGEST_TEXT),
        ("version", _is_day(edition.version)),
        ("valid_until", not edition.valid_until or (_is_day(edition.valid_until) and edition.valid_until >= edition.version)),
        ("number", 0 <= edition.number < 1_000_000),
        (
            "keywords",
            len(edition.keywords) <= MOST_KEYWORDS and all(0 < len(each) <= LONGEST_TITLE for each in edition.keywords),
        ),
        ("places", all(each.isdecimal() and len(each) <= 12 for each in edition.places)),
        ("files", len(edition.files) <= MOST_FILES and all(_is_file(each) for each in edition.files)),
    )
    return next((field for field, is_right in fits if not is_right), None)


def has_personal_number(text: str) -> bool:
    """Whether a mobile number or an ID card's stands in it: a report is read by whoever looks after articles, so neither may."""
    return _PERSONAL.search(unicodedata.normalize("NFKC", text).replace(" ", "").replace("-", "")) is not None


def _is_code(text: str) -> bool:
    return _CODE.fullmatch(text) is not None


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _is_file(file: ArticleFile) -> bool:
    return HASH.fullmatch(file.sha256) is not None and 0 < file.size <= LARGEST and 0 < len(file.name) <= LONGEST_TITLE


# ---------------------------------------------------------------- validity


def days_left(article: Article, today: str) -> int | None:
    """Days it may still be answered from after today; negative: days since it ended; None: it has no end."""
    if not article.valid_until:
        return None
    return (date.fromisoformat(article.valid_until) - date.fromisoformat(today)).days


def is_expired(valid_until: str, today: str) -> bool:
    """Whether its last day lies before today."""
    return bool(valid_until) and valid_until < today

"""What every fact is made of: who the caller is, what an act is, and what stands in place of words that cannot be read."""

from __future__ import annotations

from typing import ClassVar

import msgspec


class Person(msgspec.Struct, frozen=True, omit_defaults=True, rename="camel"):
    """诉求人: everything that says who the caller is."""

    name: str = ""
    phone: str = ""
    address: str = ""
    id_number: str = ""
    """证件号码: optional, only where the matter needs it."""
    original: dict[str, str] = {}
    """What was typed or pasted, for each field whose text was cleaned."""
    company: str = ""
    """单位名称, of an enterprise or another body."""
    credit_code: str = ""
    """统一社会信用代码 (GB 32100), eighteen characters."""
    representatives: str = ""
    """代表人 of several callers, with how to reach them."""


class Fact(msgspec.Struct, frozen=True, omit_defaults=True, rename="camel"):
    """One act. `kind` is its name on disk, `version` the form of its words."""

    kind: ClassVar[str] = ""
    version: ClassVar[int] = 1


class Unknown(Fact, frozen=True, omit_defaults=True, rename="camel"):
    """由新版本记录: a kind (or version) this release does not know. Stored, passed on, shown, not folded."""

    kind_on_disk: str = ""
    version_on_disk: int = 0


class Withheld(Fact, frozen=True, omit_defaults=True, rename="camel"):
    """已删除或不在本站: the words of this entry are not here (erased); only its envelope is."""

    kind_on_disk: str = ""


class Nothing(Fact, frozen=True):
    """What stands in a story in place of a record that was withdrawn, and of the withdrawal: it counts for nothing."""

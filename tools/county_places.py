"""Makes a county's `places.json` from the national region lists (streets.csv, villages.csv.gz); run once by a developer.

    python -m tools.county_places 370323 FOLDER_WITH_THE_CSV_FILES > county_hotline/data/sample_county/places.json

Needs pypinyin, which the program itself does not: initials are computed here, once.
"""

from __future__ import annotations

import csv
import gzip
import json
import sys
from collections.abc import Iterator
from pathlib import Path


def main(county: str, folder: Path) -> None:
    """Write the places of `county` to standard output, townships first."""
    with (folder / "streets.csv").open(encoding="utf-8-sig", newline="") as file:
        townships = {row["code"]: row["name"] for row in csv.DictReader(file) if row["areaCode"] == county}
    with gzip.open(folder / "villages.csv.gz", "rt", encoding="utf-8-sig", newline="") as file:
        villages = [(row["code"], row["name"], row["streetCode"]) for row in csv.DictReader(file) if row["areaCode"] == county]
    rows = [*_townships(townships), *_villages(villages, townships)]
    sys.stdout.write("[\n" + ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows) + "\n]\n")


def plain_name(official: str) -> str:
    """`黄家宅村委会` is 黄家宅村 and `学府社区居委会` is 学府社区, as people say them; `历山居委会` has no other name."""
    for ending, instead in (
        ("社区居民委员会", "社区"),
        ("社区居委会", "社区"),
        ("村村民委员会", "村"),
        ("村村委会", "村"),
        ("村民委员会", "村"),
        ("村委会", "村"),
        ("村委员会", "村"),
    ):
        if official.endswith(ending) and len(official) > len(ending):
            return official.removesuffix(ending) + instead
    return official


def _townships(townships: dict[str, str]) -> Iterator[dict[str, str]]:
    for code, name in townships.items():
        yield {"code": code, "name": name, "path": name, "initials": initials(name), "agency": code}


def _villages(villages: list[tuple[str, str, str]], townships: dict[str, str]) -> Iterator[dict[str, str]]:
    for code, official, township in villages:
        name = plain_name(official)
        path = f"{townships[township]} {name}"
        yield {"code": code, "name": name, "path": path, "initials": initials(path), "agency": township}


def initials(text: str) -> str:
    """The first letters of the pinyin: `燕崖镇` is `yyz`."""
    from pypinyin import Style, lazy_pinyin  # type: ignore[import-not-found, unused-ignore]

    return "".join(lazy_pinyin(text.replace(" ", ""), style=Style.FIRST_LETTER, errors="ignore"))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))

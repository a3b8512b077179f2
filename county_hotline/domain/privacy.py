"""脱敏: how a caller's particulars are shown to those who need not see them. Shown so, not stored so."""

from __future__ import annotations

import re

HIDDEN = "*"
_SEPARATORS = frozenset("-+ ()（）－　")
_PLACE_ENDS = re.compile(r".*?(?:街道|社区|[镇乡村路街])")


def mask_name(name: str) -> str:
    """`林秀英` -> `林**`. One character hides wholly; long names do not tell their length."""
    name = name.strip()
    if len(name) < 2:
        return HIDDEN * len(name)
    return name[0] + HIDDEN * min(len(name) - 1, 2)


def mask_phone(phone: str) -> str:
    """`13805914472` -> `138****4472`. Shorter numbers show less; other characters than separators hide too."""
    phone = phone.strip()
    places = [place for place, char in enumerate(phone) if char not in _SEPARATORS]
    first, last = _shown_of(len(places))
    open_places = {*places[:first], *places[len(places) - last :]}
    return "".join(
        char if char in _SEPARATORS or (place in open_places and char.isdigit()) else HIDDEN for place, char in enumerate(phone)
    )


def mask_id(id_number: str) -> str:
    """`370323199001011234` -> `370***********1234`: the birthday and what tells the village are hidden."""
    id_number = id_number.strip()
    if len(id_number) < 15:
        return HIDDEN * len(id_number)
    return id_number[:3] + HIDDEN * (len(id_number) - 7) + id_number[-4:]


def mask_address(address: str) -> str:
    """Township, village or street stay; what stands behind (group, house, room) is hidden. No digit is ever shown."""
    address = address.strip()
    if not address:
        return ""
    kept, rest = "", address
    while found := _PLACE_ENDS.match(rest):
        if any(char.isdigit() for char in found.group()):
            break
        kept, rest = kept + found.group(), rest[found.end() :]
    return kept + HIDDEN * 3


def _shown_of(count: int) -> tuple[int, int]:
    """How many of `count` characters show at the front and at the end."""
    if count >= 11:
        return 3, 4
    return (2, 2) if count >= 7 else (0, 0)

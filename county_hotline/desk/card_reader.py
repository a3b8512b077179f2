"""读身份证: a small interface to readers of second-generation identity cards, and the one driver that the usual Windows DLL allows.

A reader reads one card when it is asked. The card must be lifted before the next reading. Some DLLs give text in GBK: rare characters then
arrive as private-use code points or `?`, and a person mends them.
"""

from __future__ import annotations

import ctypes
import re
import sys
import unicodedata
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

import msgspec

from county_hotline.domain.cleaning import clean
from county_hotline.errors import Refusal
from county_hotline.settings import CARD_READER

if TYPE_CHECKING:
    from county_hotline.desk.desk import Desk
    from county_hotline.paths import Home

DLL: Final = "termb.dll"
FOLDER: Final = "drivers"
"""In the home folder: where the county puts the reader's own files."""
USB_PORTS: Final = range(1001, 1017)
_ROOM: Final = 512
_DONE: Final = 1
_ODD: Final = re.compile(r"[?？\ufffd]")


class Card(msgspec.Struct, frozen=True):
    """What a card says, as far as the form asks for it."""

    name: str
    id_number: str
    address: str = ""

    @property
    def to_mend(self) -> tuple[str, ...]:
        """Fields in which a character did not arrive: private use, or `?` in its place."""
        return tuple(name for name in self.__struct_fields__ if _is_odd(getattr(self, name)))


def _is_odd(text: str) -> bool:
    return bool(_ODD.search(text)) or any(unicodedata.category(each) in ("Co", "Cn") for each in text)


class CardReader(Protocol):
    """Any reader."""

    def read(self) -> Card:
        """The card that lies on it, now or not at all. Refuses R584 where none lies there, R585 where the reader does not answer."""
        ...


def read(desk: Desk, drivers: Mapping[str, Callable[[Home], CardReader]] | None = None) -> Card:
    """The card on the reader that the settings name, cleaned. Refuses (R586) where none is named, and what the reader refuses."""
    make = (DRIVERS if drivers is None else drivers).get(desk.settings.value(CARD_READER))
    if make is None:
        raise Refusal("R586")
    card = make(desk.home).read()
    return Card(*(clean(getattr(card, name), lines=False) for name in Card.__struct_fields__))


class TermbReader:
    """The DLL that most makers give with their readers (`termb.dll`), by the calls of its published header.

    Written from the documents; not yet seen with a reader on the table. The DLL is mostly 32-bit and then needs a 32-bit program.
    """

    def __init__(self, home: Home) -> None:
        self._path = home.path / FOLDER / DLL

    def read(self) -> Card:
        """See `CardReader`."""
        dll = _loaded(self._path)
        if not any(dll.CVR_InitComm(port) == _DONE for port in USB_PORTS):
            raise Refusal("R585")
        try:
            if dll.CVR_Authenticate() != _DONE or dll.CVR_Read_Content(1) != _DONE:
                raise Refusal("R584")
            return Card(_text(dll.GetPeopleName), _text(dll.GetPeopleIDCode), _text(dll.GetPeopleAddress))
        finally:
            dll.CVR_CloseComm()


def _loaded(path: Path) -> ctypes.CDLL:
    """Refuses (R585) where the DLL is not there, or is for a program of another width."""
    if sys.platform != "win32":
        raise Refusal("R585")
    try:
        return ctypes.WinDLL(str(path))
    except OSError as exc:
        raise Refusal("R585") from exc


def _text(call: Callable[..., int]) -> str:
    """One field: the DLL writes GBK into a buffer, and its length."""
    buffer, length = ctypes.create_string_buffer(_ROOM), ctypes.c_int(_ROOM)
    call(buffer, ctypes.byref(length))
    return decoded(buffer.raw[: max(0, min(length.value, _ROOM))])


def decoded(raw: bytes) -> str:
    """GBK up to the first NUL; what is none becomes the replacement character, which is told for mending."""
    return raw.split(b"\0", 1)[0].decode("gb18030", "replace").strip()


DRIVERS: Final[Mapping[str, Callable[[Home], CardReader]]] = {"termb": TermbReader}

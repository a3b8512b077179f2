"""附件 of an order in words: what each is, where it stands, what may be done with it; and the forms that ask for it. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from county_hotline.domain.files import FileWay, acts_when_opened, safe_name
from county_hotline.errors import HotlineError
from county_hotline.ui.screens.order.forms import FieldTold, FormTold
from county_hotline.ui.telling.marks import Mark
from county_hotline.ui.telling.story import size_words
from county_hotline.wording import say, sentence

if TYPE_CHECKING:
    from county_hotline.desk.files import FileLine

OPEN, SAVE, FETCH, SEND = "open", "save", "fetch", "send"
"""What may be done with a file; wording `order.file.<deed>`."""
_MARKS: Final = {
    "withheld": ("lock", "quiet"),
    "local": ("cloud-upload", "quiet"),
    "asks": ("exclamation-triangle", "amber"),
    "waits_good": ("hourglass-split", "quiet"),
    "waits_parcel": ("hourglass-split", "quiet"),
    "sending": ("cloud-upload", "blue"),
    "arrived": ("check-lg", "green"),
    "absent": ("cloud-slash", "quiet"),
    "wanted": ("cloud-download", "blue"),
    "fetching": ("cloud-download", "blue"),
}
_SAID_ANYWAY: Final = frozenset({"local", "sending", "asks", "waits_good", "wanted", "fetching"})
"""Where it still matters what last went wrong."""


@dataclass(frozen=True, slots=True)
class FileTold:
    """One attachment."""

    which: str
    name: str
    size: str
    state: Mark
    notes: tuple[str, ...]
    deeds: tuple[str, ...]
    asks_why: bool = False
    """It shows a confidential caller: a reason is asked first, and leaves a trace."""


def files_told(lines: Sequence[FileLine]) -> tuple[FileTold, ...]:
    """All of them, in their order."""
    return tuple(_told(line) for line in lines)


def _told(line: FileLine) -> FileTold:
    icon, tone = _MARKS[line.standing.value]
    notes = [say("order.file.shows_caller")] if line.is_personal else []
    notes += [say("order.file.no_place")] if line.lost_its_place else []
    notes += [sentence(HotlineError(line.fault))] if line.fault and line.standing.value in _SAID_ANYWAY else []
    mark = Mark(say(f"standing.{line.standing.value}", percent=line.percent), tone, icon)
    return FileTold(
        str(line.place), line.name, size_words(line.size), mark, tuple(notes), tuple(_deeds(line)), line.is_personal
    )


def _deeds(line: FileLine) -> list[str]:
    if line.standing.value == "withheld":
        return []
    if not line.is_here:
        return [FETCH] if line.standing.value == "absent" else []
    return [*([] if acts_when_opened(line.name) else [OPEN]), SAVE, *([SEND] if line.is_waiting_to_go else [])]


def open_form(file: FileTold) -> FormTold:
    """打开 what shows a confidential caller."""
    return _form(OPEN, file, (_reason(),))


def save_form(file: FileTold, folder: Path) -> FormTold:
    """另存为."""
    target = str(folder / safe_name(file.name, say("files.nameless")))
    fields = (FieldTold("target", say("order.field.target"), value=target, is_required=True, hint=say("order.file.save.hint")),)
    return _form(SAVE, file, (*fields, _reason()) if file.asks_why else fields)


def send_form(file: FileTold) -> FormTold:
    """怎么传."""
    ways = tuple((way.value, say(f"file_way.{way.name.lower()}"), "") for way in FileWay if way is not FileWay.UNSAID)
    return _form(
        SEND, file, (FieldTold("way", say("order.field.way"), "choice", FileWay.LINE.value, choices=ways, is_required=True),)
    )


def _reason() -> FieldTold:
    return FieldTold("reason", say("order.field.why_look"), is_required=True, hint=say("order.form.unmask.hint"))


def _form(deed: str, file: FileTold, fields: tuple[FieldTold, ...]) -> FormTold:
    wrong = {"R192": "reason", "R204": "reason", "R193": "reason", "R504": "target", "I170": "target"}
    return FormTold(
        f"file_{deed} {file.which}",
        say(f"order.file.{deed}.title", name=file.name),
        say("order.form.unmask.beside") if file.asks_why and deed != SEND else "",
        f"order.file.{deed}.go",
        fields=fields,
        wrong={code: name for code, name in wrong.items() if name in {field.name for field in fields}},
    )

"""来件 without Tk: messages that wait to be reviewed; each becomes an order by a person's hand, or none, with a reason."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from county_hotline.background import Runner
from county_hotline.clock import shown
from county_hotline.domain.privacy import mask_name, mask_phone
from county_hotline.domain.views import Incoming
from county_hotline.errors import HotlineError
from county_hotline.signals import Bulletin, Changes
from county_hotline.ui.screens.incoming.work import BroughtIn, IncomingWork
from county_hotline.wording import say, sentence, word

FIRST_WORDS = 40


@dataclass(frozen=True, slots=True)
class MessageTold:
    """One message: its line in the list and its whole text."""

    key: str
    channel: str
    came: str
    sender: str
    """Masked."""
    first_words: str
    title: str
    text: str
    beside: tuple[tuple[str, str], ...]
    """Label and words of what else is known."""


class IncomingScreen(Protocol):
    """What the presenter needs of the view."""

    def is_seen(self) -> bool:
        """Whether the page is in front."""
        ...

    def show(self, messages: Sequence[MessageTold], keep: str) -> None:
        """The list; `keep` stays chosen."""
        ...

    def show_message(self, told: MessageTold | None) -> None:
        """The chosen one."""
        ...

    def ask(self, what: str) -> None:
        """A form in place of the text: `drop`, `paste` or `file`."""
        ...

    def asked(self) -> str:
        """What stands in it."""
        ...

    def close_form(self) -> None:
        """Back to reading."""
        ...

    def take_in(self, key: str) -> None:
        """Go to 登记 with it."""
        ...

    def say(self, words: str) -> None:
        """What is wrong, beside the acts."""
        ...

    def tell(self, head: str, words: str, *, all_well: bool) -> None:
        """What came of it, above the page."""
        ...

    def murmur(self, words: str) -> None:
        """A line that fades."""
        ...

    def fail(self, fault: Exception) -> None:
        """Say a failure."""
        ...


class IncomingPresenter:
    """One list, one message, one form at a time."""

    def __init__(self, view: IncomingScreen, work: IncomingWork, runner: Runner, bulletin: Bulletin) -> None:
        self._view, self._work, self._runner = view, work, runner
        self._told: dict[str, MessageTold] = {}
        self._chosen = ""
        self._form = ""
        self._is_busy = False
        self._cancel: Callable[[], None] = bulletin.subscribe(self._news)

    @property
    def form(self) -> str:
        """Which form is open, or empty."""
        return self._form

    def shown(self) -> None:
        """In front: what waits now."""
        self.look()

    def close(self) -> None:
        """Hear no news any more."""
        self._cancel()

    def look(self, keep: str = "") -> None:
        """The list as it is now; where the chosen one is gone, the one that stood after it."""
        keep = keep or self._chosen

        def show(found: tuple[Incoming, ...]) -> None:
            before = list(self._told)
            self._told = {str(each.incoming): message_told(each) for each in found}
            follows = before[before.index(keep) :] if keep in before else [keep]
            self._chosen = next((key for key in follows if key in self._told), next(iter(self._told), ""))
            self._view.show(tuple(self._told.values()), self._chosen)
            self._view.show_message(self._told.get(self._chosen))

        self._runner.run(self._work.waiting, show, self._view.fail)

    def choose(self, key: str) -> None:
        """Read one."""
        self._chosen = key
        self._view.say("")
        self._view.show_message(self._told.get(key))

    def take_in(self) -> None:
        """转为工单: the form of 登记 is filled from it; it waits until that is accepted."""
        if self._chosen:
            self._view.take_in(self._chosen)

    def open_form(self, what: str) -> None:
        """不转…, 粘贴… or 导入文件…"""
        if what == "drop" and not self._chosen:
            return
        self._form = what
        self._view.ask(what)

    def give_up(self) -> None:
        """Esc in the form."""
        self._form = ""
        self._view.close_form()

    def record(self) -> None:
        """F9 in the form."""
        typed = self._view.asked().strip()
        if not typed:
            self._view.say(say(f"incoming.{self._form}.empty"))
            return
        if self._is_busy:
            return
        self._is_busy = True
        match self._form:
            case "drop":
                key = self._chosen
                self._runner.run(lambda: self._work.drop(int(key), typed), lambda _none: self._dropped(), self._failed)
            case "paste":
                self._runner.run(lambda: self._work.paste(typed), self._brought_in, self._failed)
            case _:
                self._runner.run(lambda: self._work.bring_in(Path(typed)), self._brought_in, self._failed)

    def _dropped(self) -> None:
        self._ended()
        self._view.murmur(say("incoming.dropped"))
        self.look()

    def _brought_in(self, report: BroughtIn) -> None:
        self._ended()
        head = say("incoming.brought_in" if report.taken else "incoming.nothing_new", count=report.taken)
        parts = [say("incoming.known", count=report.known)] if report.known else []
        if report.returned:
            parts.append(say("incoming.returned", count=report.returned, file=report.returned_file))
        self._view.tell(head, "".join(parts), all_well=bool(report.taken) and not report.returned)
        self.look(str(report.first or ""))

    def _ended(self) -> None:
        self._is_busy = False
        self.give_up()

    def _failed(self, fault: Exception) -> None:
        self._is_busy = False
        if isinstance(fault, HotlineError):
            self._view.say(sentence(fault))
        else:
            self._view.fail(fault)

    def _news(self, changes: Changes) -> None:
        if (changes.work_orders or changes.counts) and self._view.is_seen():
            self.look()


def message_told(message: Incoming) -> MessageTold:
    """A message as it is read. Its sender is masked; who takes it in sees the form."""
    sender = " ".join(part for part in (mask_name(message.sender), mask_phone(message.phone)) if part)
    first = message.title or " ".join(message.text.split())[:FIRST_WORDS]
    beside = (
        ("channel", word(message.channel)),
        ("came", shown(message.came_at)),
        ("sender", sender),
        ("external_number", message.external_number),
        ("grid", message.grid),
        ("collected_by", message.collected_by),
    )
    return MessageTold(
        str(message.incoming),
        word(message.channel),
        shown(message.came_at)[5:],
        sender or say("incoming.unsigned"),
        first,
        message.title or say("incoming.untitled"),
        message.text,
        tuple((say(f"incoming.known.{name}"), words) for name, words in beside if words),
    )

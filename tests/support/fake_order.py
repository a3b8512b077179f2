"""The page of one order as its presenter sees it, without a screen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from county_hotline.ui.screens.order.forms import FormTold
from county_hotline.ui.screens.order.telling import OrderTold
from county_hotline.ui.screens.order.work import Lines


@dataclass
class FakeOrder:
    """A page that remembers what it was shown; `values` is what a person has typed into its form."""

    is_front: bool = True
    told: OrderTold | None = None
    drawn: int = 0
    form: FormTold | None = None
    values: dict[str, str] = field(default_factory=dict)
    wrongs: list[tuple[str, str]] = field(default_factory=list)
    is_busy: bool = False
    caller: str = ""
    lines: Lines = ()
    done: list[str] = field(default_factory=list)
    compared: list[str] = field(default_factory=list)
    whys: list[str] = field(default_factory=list)
    printed: tuple[str, str] = ("", "")
    not_here: str = ""
    opened: Path | None = None
    folder: Path = Path()
    faults: list[Exception] = field(default_factory=list)

    def is_seen(self) -> bool:
        return self.is_front

    def show(self, told: OrderTold) -> None:
        self.told = told
        self.drawn += 1

    def show_form(self, form: FormTold, typed: Mapping[str, str]) -> None:
        self.form = form
        self.values = {each.name: typed.get(each.name, each.value) for each in form.fields}

    def hide_form(self) -> None:
        self.form = None

    def typed(self) -> dict[str, str]:
        return dict(self.values)

    def wrong(self, field: str, words: str) -> None:
        self.wrongs.append((field, words))

    def busy(self, *, yes: bool) -> None:
        self.is_busy = yes

    def show_caller(self, words: str) -> None:
        self.caller = words

    def offer(self, field: str, typed: str, lines: Lines) -> None:
        del field
        self.lines = lines

    def say_done(self, words: str) -> None:
        self.done.append(words)

    def say_why(self, words: str) -> None:
        self.whys.append(words)

    def say_printed(self, head: str, words: str) -> None:
        self.printed = (head, words)

    def open_path(self, path: Path) -> None:
        self.opened = path

    def folder_for_copies(self) -> Path:
        return self.folder

    def say_not_here(self, head: str, words: str) -> None:
        self.not_here = f"{head}。{words}"

    def compare(self, number: str) -> None:
        self.compared.append(number)

    def fail(self, fault: Exception) -> None:
        self.faults.append(fault)

"""The form of the intake page: its fields in reading order, read and filled as one value."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from county_hotline.desk.intake import IntakeForm
from county_hotline.domain.vocabulary import Channel, MatterKind, Urgency
from county_hotline.ui import theme
from county_hotline.ui.screens.intake.more_fields import MoreFields
from county_hotline.ui.theme import Size, Tone
from county_hotline.ui.widgets.acts import Act, ActButton, ActKind
from county_hotline.ui.widgets.basic import Pane, Words
from county_hotline.ui.widgets.finder import Finder
from county_hotline.ui.widgets.inputs import Choice, ChoiceInput, Input, LineInput, TextInput, Tick, pass_by
from county_hotline.ui.widgets.page_head import SectionHead
from county_hotline.ui.widgets.rows import FieldRow
from county_hotline.wording import say, word

TITLE_LENGTH = 25
_NAME_WIDTH = {Size.STANDARD: 160, Size.LARGE: 104, Size.LARGEST: 88}
"""What the row has room for; names of other peoples have eight characters and more."""
LINES = range(3, 9)
"""Of the content: fewer cannot be overlooked, more look empty."""
USUAL = ("phone", "name", "place", "title", "content", "category")
"""What nearly every form has in the end."""
GROUP_FROM = 5
"""So many persons name representatives (the field list of the project's domain brief, section 3.2)."""


@dataclass(frozen=True, slots=True)
class FormNews:
    """What the form tells its page."""

    changed: Callable[[], None]
    """After each change by the person."""
    left: Callable[[], None]
    """The keyboard left a field."""
    grown: Callable[[], None]
    """There is more (or less) of it."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Who is asked for lines while one types."""

    place: Callable[[str], None]
    category: Callable[[str], None]
    agency: Callable[[str], None]
    grid: Callable[[str], None]


class IntakeFields:
    """`form()` reads all of it, `show(form)` fills it."""

    def __init__(self, parent: Pane, news: FormNews, finding: Finding, helpers: Sequence[Act], card: Act) -> None:
        self._parent = parent
        self._news = news
        self._finding = finding
        self._helpers, self._card = tuple(helpers), card
        """What helps to write the matter down; shown at its head."""
        self._rows: dict[str, FieldRow] = {}
        self._build_caller()
        self._build_matter()
        self._build_where_to()
        self._build_more()
        self._inputs: dict[str, Input] = {
            "phone": self.phone, "name": self.name, "channel": self.channel, "people": self.people, "address": self.address,
            "place": self.place, "place_detail": self.detail, "title": self.title, "content": self.content,
            "demand": self.demand, "category": self.category, "matter_kind": self.kind, "urgency": self.urgency,
            "agency_hint": self.agency, "representatives": self.representatives, **self.more.inputs,
        }  # fmt: skip
        self._incoming = 0
        pass_by(self.people, self.address, self.urgency, *self._ticks())
        for each in self._inputs.values():
            each.on_change(news.changed)
        for finder in self._finders().values():
            LineInput.on_change(finder, news.changed)  # words of which no line was taken yet are kept too
        for tick in (*self._ticks(), *self.more.ticks.values()):
            tick.on_change(news.changed)
        self.people.on_change(self._ask_representatives)
        self.title.on_change(self._count_title)
        for line in (self.phone, self.name, self.address, self.title):
            line.bind("<FocusOut>", lambda _event: news.left(), add="+")
        self.content.text.bind("<FocusOut>", lambda _event: news.left(), add="+")
        self.show(IntakeForm())

    def form(self) -> IntakeForm:
        """What is typed and chosen."""
        return IntakeForm(
            name=self.name.value(),
            phone=self.phone.value(),
            address=self.address.value(),
            anonymous=self.anonymous.is_on(),
            confidential=self.confidential.is_on(),
            public=not self.private.is_on(),
            notified=self.notified.is_on(),
            wants_call_back=self.call_back.is_on(),
            people=self._people(),
            representatives=self.representatives.value(),
            channel=Channel(self.channel.value()),
            matter_kind=MatterKind(self.kind.value()),
            urgency=Urgency(self.urgency.value()),
            category=self.category.value(),
            place=self.place.value(),
            place_detail=self.detail.value(),
            title=self.title.value(),
            content=self.content.value(),
            demand=self.demand.value(),
            agency_hint=self.agency.value(),
            incoming=self._incoming,
            half=self._half(),
            **self.more.values(),
        )

    def in_hand(self) -> str:
        """The field with the keyboard, or empty."""
        focused = self._parent.focus_get()
        return next((name for name, each in self._inputs.items() if focused in (each, getattr(each, "text", None))), "")

    def show(self, form: IntakeForm, *, place: str = "", category: str = "", agency: str = "") -> None:
        """Fill it; tells nobody."""
        for name in ("phone", "name", "address", "title", "content", "demand", "representatives"):
            self._inputs[name].show(getattr(form, name))
        self._incoming = form.incoming
        self.more.show(form)
        self.detail.show(form.place_detail)
        self.people.show(str(form.people))
        self.channel.show(form.channel.value)
        self.kind.show(form.matter_kind.value)
        self.urgency.show(form.urgency.value)
        for (name, finder), words in zip(self._finders().items(), (place, category, agency, ""), strict=True):
            finder.show(getattr(form, name), words or form.half.get(name, ""))
        self.anonymous.show(on=form.anonymous)
        self.confidential.show(on=form.confidential)
        self.private.show(on=not form.public)
        self.notified.show(on=form.notified)
        self.call_back.show(on=form.wants_call_back)
        self._more_wanted = self.more.is_used(form)
        self._ask_representatives()
        self._count_title()
        self.mark(())
        self.show_cautions({})
        self.fit_to(self._room)

    def show_title(self, words: str) -> None:
        """Put a title in; tells nobody."""
        self.title.show(words)
        self._count_title()

    def go_to(self, field: str) -> None:
        """The keyboard goes to a field; what is hidden comes into sight first."""
        if field in self.more.inputs and not self.more.winfo_manager():
            self._more_wanted = True
            self.fit_to(self._room)
            self._news.grown()
        self._inputs[field].take_focus()

    def return_to(self, field: str) -> None:
        """The keyboard goes back to a field; nothing is chosen there that the next key would overwrite."""
        each = self._inputs[field]
        (each.text if isinstance(each, TextInput) else self._parent.nametowidget(str(each))).focus_set()

    def go_on(self) -> str:
        """The keyboard goes to the first field that is usually filled and still empty; where none is, to the first of all. Which it was."""
        field = next((name for name in USUAL if not self._inputs[name].value().strip()), USUAL[0])
        self.go_to(field)
        return field

    def mark(self, fields: Sequence[str]) -> None:
        """Red borders on these, none on the others."""
        for name, each in self._inputs.items():
            each.mark(wrong=name in fields)

    def show_cautions(self, words: Mapping[str, str]) -> None:
        """Amber sentences below the rows of these fields."""
        said: dict[int, tuple[FieldRow, list[str]]] = {id(row): (row, []) for row in self._rows.values()}
        for field, sentence in words.items():
            if field in self._rows:
                said[id(self._rows[field])][1].append(sentence)
        for row, sentences in said.values():
            row.say("；".join(sentences), Tone.AMBER)

    def insert(self, text: str) -> bool:
        """A phrase, where the cursor stands in the content; the keyboard goes to its first blank, or behind it. Whether it has blanks."""
        box = self.content.text
        begin = box.index("insert")
        box.insert("insert", text)
        self.content.take_focus()
        box.mark_set("insert", begin)
        has_blanks = "【" in text and self.next_blank()
        if not has_blanks:
            box.mark_set("insert", f"{begin}+{len(text)}c")
        box.see("insert")
        return has_blanks

    def next_blank(self) -> bool:
        """Choose the next 【…】 of the content, from the cursor on and then from its beginning; whether there is one."""
        box = self.content.text
        found = box.search("【", "insert", stopindex="end") or box.search("【", "1.0", stopindex="end")
        end = box.search("】", found, stopindex="end") if found else ""
        if not end:
            return False
        box.tag_remove("sel", "1.0", "end")
        box.tag_add("sel", found, f"{end}+1c")
        box.mark_set("insert", f"{end}+1c")
        box.see("insert")
        self.content.take_focus()
        return True

    def turn_more(self) -> None:
        """Show or hide what is seldom asked for (Alt+M)."""
        self._more_wanted = not self._more_wanted
        self.fit_to(self._room)
        self._news.grown()
        self.go_to("caller_kind" if self.more.winfo_manager() else "phone")

    def fit_to(self, room: int) -> None:
        """Use the height there is: more lines for the content, and what is seldom asked for where it fits unasked."""
        self._room = room
        if room <= 1:
            return
        line = theme.line_height(theme.BODY)
        others = sum(_height_with_gaps(row) for row in self._parent.pack_slaves() if row not in (self._content_row, self.more))
        left = room - others - theme.px(24)
        with_more = left - self.more.winfo_reqheight() - theme.px(8)
        if self._more_wanted or with_more >= LINES[-1] * line:
            self.more.pack(fill="x")
            left = with_more
        else:
            self.more.pack_forget()
        lines = min(max(left // line, LINES[0]), LINES[-1])
        if lines != int(str(self.content.text.cget("height"))):
            self.content.text.configure(height=lines)

    # -- building ---------------------------------------------------------------------------------------------------

    def _row(self, *names: str) -> FieldRow:
        row = FieldRow(self._parent)
        row.pack(fill="x", padx=(theme.px(12), theme.px(20)))
        for name in names:
            self._rows[name] = row
        return row

    def _head(self, wording: str, beside: str = "") -> SectionHead:
        head = SectionHead(self._parent, say(wording), say(beside) if beside else "")
        head.pack(fill="x", padx=theme.px(22), pady=(theme.px(2), theme.px(5)))
        return head

    def _build_caller(self) -> None:
        head = self._head("intake.caller", "intake.caller_hint")
        ActButton(head.right, Act("intake.more", self.turn_more, shown="Alt+M", kind=ActKind.LINK), takes_focus=False).pack(
            side="right"
        )
        ActButton(head.right, self._card, takes_focus=False).pack(side="right", padx=(0, theme.px(10)))
        row = self._row("phone", "name", "channel", "people")
        self.phone = LineInput(row.body, width=136)
        row.put(self.phone, say("intake.field.phone"), required=True)
        self.name = LineInput(row.body, width=_NAME_WIDTH[theme.size()])
        row.put(self.name, say("intake.field.name"), gap=14)
        self.channel = ChoiceInput(row.body, [Choice(each.value, word(each)) for each in Channel], width=98)
        row.put(self.channel, say("intake.field.channel"), gap=14)
        self.people = LineInput(row.body, width=44)
        row.put(self.people, say("intake.field.people"), gap=14)
        row = self._row("address")
        self.address = LineInput(row.body)
        row.put(self.address, say("intake.field.address"), grow=True)
        row = self._spoken_for = self._row("representatives")
        self.representatives = LineInput(row.body, hint=say("intake.hint.representatives"))
        row.put(self.representatives, say("intake.field.representatives"), grow=True)
        row = self._row("ticks")
        self.anonymous = Tick(row.body, say("intake.field.anonymous"))
        self.confidential = Tick(row.body, say("intake.field.confidential"))
        self.private = Tick(row.body, say("intake.private"))
        self.notified = Tick(row.body, say("intake.field.notified"))
        for tick in (self.anonymous, self.confidential, self.private, self.notified):
            row.put(tick)

    def _build_matter(self) -> None:
        head = self._head("intake.matter")
        for act in reversed(self._helpers):
            ActButton(head.right, act, takes_focus=False).pack(side="right", padx=(theme.px(10), 0))
        row = self._row("place", "place_detail")
        self.place = Finder(row.body, width=226, hint=say("intake.hint.place"), on_typed=self._finding.place)
        row.put(self.place, say("intake.field.place"), required=True)
        self.detail = LineInput(row.body, hint=say("intake.hint.detail"))
        row.put(self.detail, say("intake.detail"), grow=True)
        row = self._row("title")
        self.title = LineInput(row.body)
        row.put(self.title, say("intake.field.title"), required=True, grow=True)
        self._title_count = Words(row.body, font=theme.SMALL, ink=theme.INK3)
        self._title_count.pack(side="right", padx=(theme.px(10), 0))
        row = self._content_row = self._row("content")
        self.content = TextInput(row.body, lines=3, hint=say("intake.hint.content"))
        row.put(self.content, say("intake.field.content"), required=True, grow=True)
        row = self._row("demand")
        self.demand = LineInput(row.body)
        row.put(self.demand, say("intake.field.demand"), grow=True)
        self.call_back = Tick(row.body, say("intake.call_back"))
        row.put(self.call_back)

    def _build_where_to(self) -> None:
        row = self._row("category", "matter_kind", "urgency")
        self.category = Finder(row.body, hint=say("intake.hint.category"), on_typed=self._finding.category)
        row.put(self.category, say("intake.field.category"), grow=True)
        self.kind = ChoiceInput(row.body, [Choice(each.value, word(each)) for each in MatterKind], width=78)
        row.put(self.kind, say("intake.kind"))
        self.urgency = ChoiceInput(row.body, [Choice(each.value, word(each)) for each in Urgency], width=78)
        row.put(self.urgency, say("intake.urgency"))
        row = self._row("agency_hint")
        self.agency = Finder(row.body, hint=say("intake.hint.agency"), on_typed=self._finding.agency)
        row.put(self.agency, say("intake.agency"), grow=True)
        Words(row.body, say("intake.agency_hint"), font=theme.SMALL, ink=theme.INK3).pack(side="right", padx=(theme.px(10), 0))

    def _build_more(self) -> None:
        self.more = MoreFields(self._parent, find_grid=self._finding.grid)
        self._rows.update(self.more.rows)
        self._room = 0
        self._more_wanted = False

    def _ticks(self) -> tuple[Tick, ...]:
        return self.anonymous, self.confidential, self.private, self.notified, self.call_back

    def _finders(self) -> dict[str, Finder]:
        return {"place": self.place, "category": self.category, "agency_hint": self.agency, "grid": self.more.grid_field}

    def is_taking(self) -> bool:
        """Whether a line will be taken that is still being found."""
        return any(each.is_taking for each in self._finders().values())

    def _half(self) -> dict[str, str]:
        """What is typed and no value yet."""
        half = {name: words for name, each in self._finders().items() if not each.value() and (words := each.words())}
        return half | self.more.half()

    def _people(self) -> int:
        typed = self.people.value().strip()
        return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 9 else 0

    def _ask_representatives(self) -> None:
        """Many are spoken for by some of them."""
        if self._people() >= GROUP_FROM or self.representatives.value():
            self._spoken_for.pack(fill="x", padx=(theme.px(12), theme.px(20)), after=self._rows["address"])
        else:
            self._spoken_for.pack_forget()

    def _count_title(self) -> None:
        length = len(self.title.value().strip())
        ink = theme.AMBER if length > TITLE_LENGTH else theme.INK3
        self._title_count.say(say("intake.length", length=length, limit=TITLE_LENGTH), ink=ink)


def _height_with_gaps(row: tk.Widget) -> int:
    gaps = row.pack_info()["pady"]
    return row.winfo_reqheight() + (sum(gaps) if isinstance(gaps, tuple) else 2 * int(gaps))

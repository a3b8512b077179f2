"""How the window looks: colours, type and sizes. Every other file of the window takes them from here."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from tkinter import font, ttk

import ttkbootstrap

from county_hotline.ui import tokens
from county_hotline.ui.tones import Size, Tone

__all__ = ["Size", "Tone"]

FAMILY = "Noto Sans SC"

# The set in force (`use_contrast` puts the other one here): read at the moment of drawing, never as the default of an argument.
SHEET = tokens.STANDARD.sheet
SIDE = tokens.STANDARD.side
RAIL = tokens.STANDARD.rail
CHOSEN = tokens.STANDARD.chosen
INK = tokens.STANDARD.ink
INK2 = tokens.STANDARD.ink2
INK3 = tokens.STANDARD.ink3
FIELD = tokens.STANDARD.field
LINE = tokens.STANDARD.line
BAR = tokens.STANDARD.bar
BAR_ON = tokens.STANDARD.bar_on
CHART = tokens.STANDARD.chart
BLUE = tokens.STANDARD.blue
BLUE_ON = tokens.STANDARD.blue_on
BLUE_WASH = tokens.STANDARD.blue_wash
RED = tokens.STANDARD.red
RED_WASH = tokens.STANDARD.red_wash
RED_WASH_ON = tokens.STANDARD.red_wash_on
AMBER = tokens.STANDARD.amber
AMBER_WASH = tokens.STANDARD.amber_wash
GREEN = tokens.STANDARD.green
GREEN_WASH = tokens.STANDARD.green_wash
GREY_WASH = tokens.STANDARD.grey_wash


INKS = {Tone.PLAIN: INK, Tone.QUIET: INK2, Tone.BLUE: BLUE, Tone.RED: RED, Tone.AMBER: AMBER, Tone.GREEN: GREEN}
WASHES = {
    Tone.PLAIN: GREY_WASH,
    Tone.QUIET: GREY_WASH,
    Tone.BLUE: BLUE_WASH,
    Tone.RED: RED_WASH,
    Tone.AMBER: AMBER_WASH,
    Tone.GREEN: GREEN_WASH,
}

SMALL, BODY, BOLD, HEAD, TITLE, FIGURE, BRAND = (
    "LxqSmall",
    "LxqBody",
    "LxqBold",
    "LxqHead",
    "LxqTitle",
    "LxqFigure",
    "LxqBrand",
)
SMALL_BOLD = "LxqSmallBold"
"""Names of Tk fonts: one change restyles everything."""

_PIXELS = {
    Size.STANDARD: {SMALL: 12, SMALL_BOLD: 12, BODY: 14, BOLD: 14, HEAD: 15, TITLE: 18, FIGURE: 26, BRAND: 40},
    Size.LARGE: {SMALL: 14, SMALL_BOLD: 14, BODY: 16, BOLD: 16, HEAD: 17, TITLE: 21, FIGURE: 30, BRAND: 46},
    Size.LARGEST: {SMALL: 16, SMALL_BOLD: 16, BODY: 18, BOLD: 18, HEAD: 20, TITLE: 23, FIGURE: 34, BRAND: 52},
}
_LIGHT_FONTS = (SMALL, BODY)
_FACTOR = {Size.STANDARD: 1.0, Size.LARGE: 1.15, Size.LARGEST: 1.3}


@dataclass(slots=True)
class _Present:
    """The size in force. One window a process, so one value a process."""

    size: Size = Size.STANDARD
    is_high: bool = False
    styled_rest: bool = False
    word_icons: dict[tuple[str, int, str, Size], str] = field(default_factory=dict)


_present = _Present()


def size() -> Size:
    """The size in force."""
    return _present.size


def is_high_contrast() -> bool:
    """Whether 高对比 is in force."""
    return _present.is_high


def use_contrast(*, high: bool) -> None:
    """The other set of colours, for everything drawn from now on. The root's styles follow with `new_root` or `change_look`."""
    _present.is_high = high
    chosen = tokens.HIGH if high else tokens.STANDARD
    globals().update({name.upper(): colour for name, colour in asdict(chosen).items()})
    grey, ink2 = chosen.grey_wash, chosen.ink2
    INKS.update({Tone.PLAIN: chosen.ink, Tone.QUIET: ink2, Tone.BLUE: chosen.blue, Tone.RED: chosen.red})
    INKS.update({Tone.AMBER: chosen.amber, Tone.GREEN: chosen.green})
    WASHES.update({Tone.PLAIN: grey, Tone.QUIET: grey, Tone.BLUE: chosen.blue_wash, Tone.RED: chosen.red_wash})
    WASHES.update({Tone.AMBER: chosen.amber_wash, Tone.GREEN: chosen.green_wash})


def px(pixels: float) -> int:
    """Pixels of the 标准 drawing in the size in force."""
    return round(pixels * _FACTOR[_present.size])


def icon(name: str, pixels: int | tuple[int, int] = 16, colour: str = "") -> str:
    """A sign of the Bootstrap set as the name of a cached Tk image; follows the size in force. An unknown name raises."""
    return str(ttkbootstrap.Icon(name, pixels, colour or INK2))  # type: ignore[no-untyped-call]


def new_root(title: str, chosen: Size, *, high_contrast: bool = False) -> tk.Tk:
    """The program's one root window, themed, still withdrawn and empty."""
    _present.size = chosen
    use_contrast(high=high_contrast)
    for each in Size:
        _own_theme(each).register()  # type: ignore[no-untyped-call]
    root = ttkbootstrap.App(title=title, theme=f"{_family(chosen)}-light", scaling=4 / 3 * _FACTOR[chosen], iconphoto=None)
    root.withdraw()
    _present.word_icons.clear()
    _make_fonts(root)
    _style(root)
    return root


def change_size(root: tk.Tk, chosen: Size) -> None:
    """See `change_look`."""
    change_look(root, chosen, high_contrast=_present.is_high)


def change_look(root: tk.Tk, chosen: Size, *, high_contrast: bool) -> None:
    """Everything drawn from now on has the new size and colours. What was laid out before must be built again by its owner."""
    if chosen is _present.size and high_contrast is _present.is_high:
        return
    _present.size = chosen
    use_contrast(high=high_contrast)
    root.tk.call("tk", "scaling", 4 / 3 * _FACTOR[chosen])
    ttkbootstrap.Style().theme_use(f"{_family(chosen)}-light")  # type: ignore[no-untyped-call]
    _make_fonts(root)
    _style(root)


def word_icon(name: str, pixels: int = 14, colour: str = "") -> str:
    """A sign with room at its right, to stand before words in a label or button (Tk leaves almost none)."""
    colour = colour or INK2
    key = (name, pixels, colour, _present.size)
    if key not in _present.word_icons:
        sign = icon(name, pixels, colour)
        root = ttkbootstrap.Style.get_instance().master  # type: ignore[no-untyped-call]
        width, height = int(root.tk.call("image", "width", sign)), int(root.tk.call("image", "height", sign))
        roomy = str(root.tk.call("image", "create", "photo", "-width", width + px(3), "-height", height))
        root.tk.call(roomy, "copy", sign, "-to", 0, 0)
        _present.word_icons[key] = roomy
    return _present.word_icons[key]


def measure(font_name: str) -> Callable[[str], int]:
    """How wide a text is in a font of ours, in pixels."""
    return font.nametofont(font_name).measure


def line_height(font_name: str) -> int:
    """Height of one line in a font of ours, in pixels."""
    return int(font.nametofont(font_name).metrics("linespace"))


def _own_theme(each: Size) -> ttkbootstrap.Theme:
    """The engine darkens these by a fifth for solids: they are our colours divided by 0.8."""
    return ttkbootstrap.Theme(
        name=_family(each),
        primary="#1e6ed2",
        danger="#e03026",
        success="#248649",
        info="#2a6f97",
        warning="#b86e00",
        neutral="#6b7685",
        light={"background": SHEET, "foreground": INK},
    )


def _family(chosen: Size) -> str:
    """One family of themes, `lianxinqiao`; its images are drawn once a size."""
    return "lianxinqiao" if chosen is Size.STANDARD else f"lianxinqiao-{chosen.value}"


def _make_fonts(root: tk.Tk) -> None:
    known = font.names(root)
    for name, pixels in _PIXELS[_present.size].items():
        weight = "normal" if name in _LIGHT_FONTS else "bold"
        if name in known:
            root.tk.call("font", "configure", name, "-family", FAMILY, "-size", -pixels, "-weight", weight)
        else:
            root.tk.call("font", "create", name, "-family", FAMILY, "-size", -pixels, "-weight", weight)
    body = -_PIXELS[_present.size][BODY]
    for stock in ("TkDefaultFont", "TkTextFont", "TkMenuFont", "TkHeadingFont", "TkTooltipFont", "TkFixedFont"):
        root.tk.call("font", "configure", stock, "-family", FAMILY, "-size", body)


def _style(root: tk.Tk) -> None:
    """Our own styles, by name, for plain ttk widgets. Only what the sign-in page needs: `style_rest` does the others."""
    style = ttk.Style(root)
    _style_fields(style)
    _style_choices(style)
    _style_buttons(style)
    root.option_add("*TCombobox*Listbox.font", BODY)
    root.option_add("*TCombobox*Listbox.background", SHEET)
    root.option_add("*TCombobox*Listbox.foreground", INK)
    root.option_add("*TCombobox*Listbox.selectBackground", CHOSEN)
    root.option_add("*TCombobox*Listbox.selectForeground", INK)
    root.option_add("*TCombobox*Listbox.borderWidth", 0)
    root.option_add("*TCombobox*Listbox.highlightThickness", 1)
    root.option_add("*TCombobox*Listbox.highlightColor", BLUE)
    root.option_add("*TCombobox*Listbox.highlightBackground", FIELD)
    root.configure(background=SHEET)
    _present.styled_rest = False


def style_rest(root: tk.Tk) -> None:
    """What may wait until after the first paint: drawing the images of ticks takes a while."""
    if _present.styled_rest:
        return
    _present.styled_rest = True
    ttkbootstrap.Scrollbar(root).destroy()
    _style_ticks(ttk.Style(root), root)


def _style_choices(style: ttk.Style) -> None:
    """The engine's own way to a combobox draws a scrollbar first; ours needs one chevron."""
    if "Lxq.downarrow" not in style.element_names():
        style.element_create("Lxq.downarrow", "image", icon("chevron-down", 12, INK), sticky="")
    parts = [("Lxq.downarrow", {"side": "right", "sticky": ""}), ("Combobox.textarea", {"sticky": "nswe"})]
    padding = ("Combobox.padding", {"expand": "1", "sticky": "nswe", "children": parts})
    style.layout("TCombobox", [("combo.Spinbox.field", {"side": "top", "sticky": "we", "children": [padding]})])  # type: ignore[list-item]


def _style_fields(style: ttk.Style) -> None:
    rings = [("invalid", RED), ("focus !disabled", BLUE)]
    inner = [("focus invalid", RED), ("focus !disabled", BLUE)]
    for name, padding in (("TEntry", (px(6), px(3))), ("TCombobox", (px(6), px(3), px(7), px(3)))):
        style.configure(
            name,
            padding=padding,
            bordercolor=FIELD,
            lightcolor=SHEET,
            darkcolor=SHEET,
            fieldbackground=SHEET,
            foreground=INK,
            insertcolor=INK,
            insertwidth=2,
            selectbackground=BLUE,
            selectforeground=SHEET,
        )
        style.map(
            name,
            bordercolor=rings,
            lightcolor=[*inner, ("disabled", GREY_WASH)],
            darkcolor=[*inner, ("disabled", GREY_WASH)],
            fieldbackground=[("disabled", GREY_WASH), ("readonly", SHEET)],
            foreground=[("disabled", INK3)],
            selectbackground=[("readonly", SHEET), ("!focus", SHEET)],
            selectforeground=[("readonly", INK), ("!focus", INK)],
        )


def _style_buttons(style: ttk.Style) -> None:
    """Main = the one solid button of a page; Act = its other acts; Pane = small; Danger = red on wash; Link = words only."""
    _button(style, "Main.TButton", font_name=BOLD, padding=(18, 7), ink=SHEET, ground=BLUE, border=BLUE, hover=BLUE_ON)
    _ring(style, "Main.TButton", SHEET, border=BLUE)
    _button(style, "Act.TButton", font_name=BODY, padding=(12, 7), ink=INK, ground=SHEET, border=FIELD, hover=GREY_WASH)
    _ring(style, "Act.TButton", BLUE, border=BLUE)
    _button(style, "Pane.TButton", font_name=BODY, padding=(8, 3), ink=INK, ground=SHEET, border=FIELD, hover=GREY_WASH)
    _ring(style, "Pane.TButton", BLUE, border=BLUE)
    _button(style, "Danger.TButton", font_name=BOLD, padding=(14, 7), ink=RED, ground=RED_WASH, border=RED, hover=RED_WASH_ON)
    _ring(style, "Danger.TButton", RED, border=RED)
    for ground_name, ground in (("Sheet", SHEET), ("Side", SIDE)):
        name = f"{ground_name}.Link.TButton"
        _button(style, name, font_name=SMALL, padding=(1, 1), ink=BLUE, ground=ground, border=ground, hover=CHOSEN)
        style.configure(name, padding=(px(6), px(1), px(1), px(1)))  # its words end where what stands below ends
        _ring(style, name, BLUE, border=BLUE)
        strip = f"{ground_name}.Strip.TButton"
        _button(style, strip, font_name=BODY, padding=(8, 3), ink=INK, ground=ground, border=ground, hover=CHOSEN)
        _ring(style, strip, BLUE, border=BLUE)


def _button(
    style: ttk.Style,
    name: str,
    *,
    font_name: str,
    padding: tuple[int, int],
    ink: str,
    ground: str,
    border: str,
    hover: str,
) -> None:
    label = ("Button.padding", {"sticky": "nswe", "children": [("Button.label", {"sticky": "nswe"})]})
    style.layout(name, [("Button.border", {"sticky": "nswe", "border": "1", "children": [label]})])  # type: ignore[list-item]
    style.configure(
        name,
        font=font_name,
        padding=(px(padding[0]), px(padding[1])),
        foreground=ink,
        background=ground,
        bordercolor=border,
        lightcolor=ground,
        darkcolor=ground,
        relief="raised",
        borderwidth=1,
        anchor="center",
    )
    style.map(
        name,
        foreground=[("disabled", INK3)],
        background=[("disabled", GREY_WASH), ("pressed", hover), ("active", hover)],
    )


def _ring(style: ttk.Style, name: str, inner: str, *, border: str) -> None:
    """A focus ring of two pixels: the border and the clam theme's light and dark edges, mapped together or a bevel shows."""
    hover = str(style.lookup(name, "background", ["active"]))
    edges = [("disabled", GREY_WASH), ("focus", inner), ("active", hover)]
    style.map(name, bordercolor=[("disabled", LINE), ("focus", border)], lightcolor=edges, darkcolor=edges)


def _style_ticks(style: ttk.Style, root: tk.Tk) -> None:
    box = f"Lxq.tick.{_present.size.value}{'.high' if _present.is_high else ''}"
    if box not in style.element_names():
        off, on = _tick_image(root, FIELD, SHEET), _tick_image(root, BLUE, BLUE, tick=SHEET)
        off_grey, on_grey = _tick_image(root, LINE, GREY_WASH), _tick_image(root, LINE, GREY_WASH, tick=INK3)
        states = (("disabled", "selected", on_grey), ("disabled", off_grey), ("selected", on))
        style.element_create(box, "image", off, *states, sticky="w")
    label = ("Checkbutton.label", {"side": "left", "sticky": ""})
    padding = ("Checkbutton.padding", {"sticky": "nswe", "children": [(box, {"side": "left", "sticky": ""}), label]})
    for name, ground in (("Sheet.TCheckbutton", SHEET), ("Side.TCheckbutton", SIDE)):
        style.layout(name, [padding])  # type: ignore[list-item]
        style.configure(
            name, background=ground, foreground=INK, font=BODY, focuscolor=BLUE, focusthickness=2, padding=(0, px(2))
        )
        # The engine's ring is one dotted pixel: too weak to be found; the wash of what is chosen is not.
        style.map(name, background=[("focus", CHOSEN), ("active", ground)], foreground=[("disabled", INK3), ("focus", BLUE)])
    style.configure("TCheckbutton", background=SHEET, font=BODY, focuscolor=BLUE)


def _tick_image(root: tk.Tk, border: str, ground: str, *, tick: str = "") -> str:
    """A box with room at its right, ours because the engine's border is too faint to be found (2.3:1)."""
    side, room = px(18), px(8)
    image = str(root.tk.call("image", "create", "photo", "-width", side + room, "-height", side))
    root.tk.call(image, "put", border, "-to", 0, 0, side, side)
    root.tk.call(image, "put", ground, "-to", 1, 1, side - 1, side - 1)
    if tick:
        sign = icon("check-lg", 14, tick)
        width, height = int(root.tk.call("image", "width", sign)), int(root.tk.call("image", "height", sign))
        root.tk.call(image, "copy", sign, "-to", (side - width) // 2, (side - height) // 2)
    return image

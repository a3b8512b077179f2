"""What Tk 8.6 gets wrong for Chinese desks, mended once: characters beyond the BMP, word lists of its dialogs, silent errors."""

from __future__ import annotations

import logging
import tkinter as tk
from collections.abc import Callable
from types import TracebackType

from county_hotline.wording import say

log = logging.getLogger(__name__)

_PAIRS_TCL = r"""
namespace eval ::lxq {}
proc ::lxq::is_half {text i} {
    if {$i <= 0 || $i >= [string length $text]} { return 0 }
    set code 0
    scan [string index $text $i] %c code
    return [expr {$code >= 0xDC00 && $code <= 0xDFFF}]
}
proc ::lxq::back {w i} { expr {[::lxq::is_half [$w get] $i] ? $i - 1 : $i} }
proc ::lxq::on {w i} { expr {[::lxq::is_half [$w get] $i] ? $i + 1 : $i} }

rename ::ttk::entry::RelIndex ::lxq::RelIndex
proc ::ttk::entry::RelIndex {w where {index insert}} {
    set i [$w index [::lxq::RelIndex $w $where $index]]
    if {[string match prev* $where]} { return [::lxq::back $w $i] }
    return [::lxq::on $w $i]
}
rename ::ttk::entry::ClosestGap ::lxq::ClosestGap
proc ::ttk::entry::ClosestGap {w x} {
    return [::lxq::on $w [$w index [::lxq::ClosestGap $w $x]]]
}
rename ::ttk::entry::ExtendTo ::lxq::ExtendTo
proc ::ttk::entry::ExtendTo {w index} {
    return [::lxq::ExtendTo $w [::lxq::on $w [$w index $index]]]
}
rename ::ttk::entry::WordBack ::lxq::WordBack
proc ::ttk::entry::WordBack {text index} {
    set i [::lxq::WordBack $text $index]
    return [expr {[::lxq::is_half $text $i] ? $i - 1 : $i}]
}
rename ::ttk::entry::WordForward ::lxq::WordForward
proc ::ttk::entry::WordForward {text index} {
    set i [::lxq::WordForward $text $index]
    if {$i eq "end"} { return end }
    return [expr {[::lxq::is_half $text $i] ? $i + 1 : $i}]
}
proc ::ttk::entry::Backspace {w} {
    if {[PendingDelete $w]} { See $w; return }
    set insert [$w index insert]
    if {$insert <= 0} { return }
    $w delete [::lxq::back $w [expr {$insert - 1}]] $insert
    if {[$w index @0] >= [$w index insert]} {
        lassign [$w xview] left right
        $w xview moveto [expr {$left - ($right - $left)/2.0}]
    }
}
proc ::ttk::entry::Delete {w} {
    if {[PendingDelete $w]} { return }
    set insert [$w index insert]
    $w delete $insert [::lxq::on $w [expr {$insert + 1}]]
}
"""
"""Tk 8.6 counts a character beyond the BMP (𠮷) as two and lets the cursor, a deletion or a selection fall between the halves:
BackSpace then takes the wrong character or splices foreign memory into the text. Every way there goes through these procedures
of the ttk entry (the combobox and spinbox use them too), so they are taught to treat a pair as one."""


def install(root: tk.Tk) -> None:
    """All mends that must be in force before the first key."""
    mend_pairs(root)
    _mend_keys(root)


def mend_pairs(root: tk.Tk) -> None:
    """A pair is one character to the keyboard and the mouse. Tk 9 counts rightly and is left alone."""
    if int(root.tk.call("string", "length", "\U00020bb7")) == 1:
        return
    root.tk.eval(_PAIRS_TCL)


def whole(text: str) -> str:
    """`text` as read from a widget without torn characters: halves that belong together are joined, lone ones dropped."""
    if not any("\ud800" <= character <= "\udfff" for character in text):
        return text
    try:
        text = text.encode("utf-8", "surrogateescape").decode("utf-8", "surrogatepass")
    except UnicodeError:
        log.debug("value_has_lone_halves")
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "ignore")


_EMACS_KEYS = ("d", "e", "f", "b", "h", "k", "n", "o", "p", "t", "i", "space")


def _mend_keys(root: tk.Tk) -> None:
    """Keys that Tk took from Emacs would edit the text under a page's own Ctrl keys; the wheel would change a choice unseen."""
    for key in _EMACS_KEYS:
        root.unbind_class("Text", f"<Control-{key}>")
        root.unbind_class("TEntry", f"<Control-{key}>")
        root.unbind_class("TCombobox", f"<Control-{key}>")
    for wheel in ("<MouseWheel>", "<Shift-MouseWheel>", "<Button-4>", "<Button-5>"):
        root.unbind_class("TCombobox", wheel)
    root.unbind_all("<F10>")  # Tk would look for a menu bar
    root.event_add("<<SelectAll>>", "<Control-Key-a>")


_TOOLKIT_WORDS = {
    "Yes": "yes", "No": "no", "OK": "ok", "Ok": "ok", "Cancel": "cancel", "Retry": "retry", "Previous": "previous", "Next": "next",
    "Search": "search", "Page": "page", "of": "of", "Reset table": "reset_table", "Columns": "columns", "Move": "move",
    "Align": "align", "Hide column": "hide_column", "Delete column": "delete_column", "Show All": "show_all",
    "Sort Ascending": "sort_up", "Sort Descending": "sort_down", "Filter": "filter", "Export": "export", "Edit": "edit",
    "Delete selected rows": "delete_rows",
    "January": "month_1", "February": "month_2", "March": "month_3", "April": "month_4", "May": "month_5", "June": "month_6",
    "July": "month_7", "August": "month_8", "September": "month_9", "October": "month_10", "November": "month_11",
    "December": "month_12", "Mo": "day_1", "Tu": "day_2", "We": "day_3", "Th": "day_4", "Fr": "day_5", "Sa": "day_6", "Su": "day_7",
}  # fmt: skip


def mend_catalogue() -> None:
    """The toolkit's own dialogs speak the clerk's Chinese. May wait until the first paint: none is open then."""
    import ttkbootstrap
    from ttkbootstrap.localization import MessageCatalog

    ttkbootstrap.set_locale("zh_cn")
    pairs: list[str] = []
    for english, key in _TOOLKIT_WORDS.items():
        pairs += [english, say(f"ui.toolkit.{key}")]
    MessageCatalog.set_many("zh_cn", *pairs)


def tell_errors(root: tk.Tk, show: Callable[[BaseException], None]) -> None:
    """Every error in a Tk callback comes to this one place: logged with its trace, then shown. Tk alone would print and go on."""

    def report(kind: type[BaseException], fault: BaseException, trace: TracebackType | None) -> None:
        log.error("callback_failed kind=%s", kind.__name__, exc_info=(kind, fault, trace))
        show(fault)

    root.report_callback_exception = report

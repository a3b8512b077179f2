"""对照: what two people did without seeing each other, line by line, and one key to settle it."""

from __future__ import annotations

import tkinter as tk

from county_hotline.ui.screens.clash.presenter import ClashPresenter
from county_hotline.ui.screens.clash.view import ClashView
from county_hotline.ui.screens.clash.work import DeskClash
from county_hotline.ui.shell import Page, Shell
from county_hotline.ui.tk_runner import WhileOpen


def open_page(parent: tk.Misc, shell: Shell) -> Page:
    """The page, still empty."""
    services = shell.services
    view = ClashView(parent, shell)
    runner = WhileOpen(services.desk_lane, view.is_open)
    view.presenter = ClashPresenter(view, DeskClash(services.desk), runner, services.bulletin)
    return view

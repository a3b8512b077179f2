"""规则包: the rules in force in plain words, what another pack would have done, and the calendar."""

from __future__ import annotations

import tkinter as tk

from county_hotline.ui.screens.packs.presenter import PacksPresenter
from county_hotline.ui.screens.packs.view import PacksView
from county_hotline.ui.screens.packs.work import DeskPacks
from county_hotline.ui.shell import Page, Shell
from county_hotline.ui.tk_runner import WhileOpen


def open_page(parent: tk.Misc, shell: Shell) -> Page:
    """The page, still empty."""
    services = shell.services
    view = PacksView(parent, shell)
    runner = WhileOpen(services.desk_lane, view.is_open)
    view.presenter = PacksPresenter(view, DeskPacks(services.desk), runner, services.bulletin)
    return view

"""待办: what waits for this officer, one list by real deadline."""

from __future__ import annotations

import tkinter as tk

from county_hotline.ui.screens.today.presenter import TodayPresenter
from county_hotline.ui.screens.today.view import TodayView
from county_hotline.ui.screens.today.work import DeskToday
from county_hotline.ui.shell import Page, Shell
from county_hotline.ui.tk_runner import WhileOpen


def open_page(parent: tk.Misc, shell: Shell) -> Page:
    """The page, still empty."""
    services = shell.services
    view = TodayView(parent, shell)
    runner = WhileOpen(services.desk_lane, view.is_open)
    view.presenter = TodayPresenter(view, DeskToday(services.desk), runner, services.bulletin)
    return view

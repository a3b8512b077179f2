"""清单: 归属清单 and the county's other lists, to look up and, with the duty, to change."""

from __future__ import annotations

import tkinter as tk

from county_hotline.ui.long_work import LongWork
from county_hotline.ui.screens.duties.presenter import DutiesPresenter
from county_hotline.ui.screens.duties.view import DutiesView
from county_hotline.ui.screens.duties.work import DeskDuties
from county_hotline.ui.shell import Page, Shell
from county_hotline.ui.tk_runner import WhileOpen


def open_page(parent: tk.Misc, shell: Shell) -> Page:
    """The page, still empty."""
    services = shell.services
    view = DutiesView(parent, shell)
    runner = WhileOpen(services.desk_lane, view.is_open)
    long_work = LongWork(view, runner, services.answers.put)
    view.presenter = DutiesPresenter(view, DeskDuties(services.desk), runner, bulletin=services.bulletin, long_work=long_work)
    return view

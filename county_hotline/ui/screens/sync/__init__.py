"""同步: whether everything is with the county centre, why not yet, and what the last rounds did."""

from __future__ import annotations

import tkinter as tk

from county_hotline.ui.screens.sync.presenter import SyncPresenter
from county_hotline.ui.screens.sync.view import SyncView
from county_hotline.ui.screens.sync.work import DeskSync
from county_hotline.ui.shell import Page, Shell
from county_hotline.ui.tk_runner import WhileOpen


def open_page(parent: tk.Misc, shell: Shell) -> Page:
    """The page, still empty."""
    services = shell.services
    view = SyncView(parent, shell)
    runner = WhileOpen(services.desk_lane, view.is_open)
    wire = WhileOpen(services.wire_lane, view.is_open)
    view.presenter = SyncPresenter(view, DeskSync(services.desk), runner, services.bulletin, wire=wire)
    view.watch()
    return view

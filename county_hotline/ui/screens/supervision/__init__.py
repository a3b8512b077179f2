"""督办: the ledger of supervised matters, and the cards that were shown or are suggested."""

from __future__ import annotations

import tkinter as tk

from county_hotline.ui.screens.supervision.presenter import SupervisionPresenter
from county_hotline.ui.screens.supervision.view import SupervisionView
from county_hotline.ui.screens.supervision.work import DeskSupervision
from county_hotline.ui.shell import Page, Shell
from county_hotline.ui.tk_runner import WhileOpen


def open_page(parent: tk.Misc, shell: Shell) -> Page:
    """The page, still empty."""
    services = shell.services
    view = SupervisionView(parent, shell)
    runner = WhileOpen(services.desk_lane, view.is_open)
    view.presenter = SupervisionPresenter(view, DeskSupervision(services.desk), runner, services.bulletin)
    return view

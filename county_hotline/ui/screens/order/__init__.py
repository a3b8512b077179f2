"""工单: one order with its whole story, and what may be done to it."""

from __future__ import annotations

import tkinter as tk

from county_hotline.ui.screens.order.presenter import OrderPresenter
from county_hotline.ui.screens.order.view import OrderView
from county_hotline.ui.screens.order.work import DeskOrder
from county_hotline.ui.shell import Page, Shell
from county_hotline.ui.tk_runner import WhileOpen


def open_page(parent: tk.Misc, shell: Shell) -> Page:
    """The page, still empty."""
    services = shell.services
    view = OrderView(parent, shell)
    runner = WhileOpen(services.desk_lane, view.is_open)
    view.presenter = OrderPresenter(view, DeskOrder(services.desk), runner, services.bulletin)
    return view
